//! Applies the fixes that need nobody's judgement and writes the files back.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::console::Console;
use super::failure::{Failure, shown};
use super::files::Loaded;
use crate::diag::{Arg, Diagnostic, Edit, Fix, Levels};
use crate::session::{Compilation, compile_with};
use crate::source::{Encoding, FileId, Sources};

/// A fix may bring another mistake to light; after this many rounds what is left is for people.
const MOST_ROUNDS: usize = 5;

/// Applies safe fixes until there are none, to the inputs and then to the files they came from. Says on standard error
/// what was changed. `only` is the one file that may be changed.
pub fn mend(loaded: &mut Loaded, levels: &Levels, only: Option<FileId>, console: Console) -> Result<(), Failure> {
    let mut mended: BTreeMap<FileId, usize> = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let compilation = compile_with(loaded.inputs.clone(), levels);
        let chosen = choose(&compilation, only);
        if chosen.is_empty() {
            break;
        }
        for (file, edits) in chosen {
            *mended.entry(file).or_default() += edits.len();
            apply(file, &edits, &compilation.sources, loaded);
        }
    }
    for (file, count) in mended {
        write_back(file, count, loaded, console)?;
    }
    Ok(())
}

/// Edits of one file by where they start.
type Edits<'a> = BTreeMap<u32, &'a Edit>;

/// The safe fixes, first come first served, that do not get in each other's way.
fn choose(compilation: &Compilation, only: Option<FileId>) -> BTreeMap<FileId, Edits<'_>> {
    let mut chosen: BTreeMap<FileId, Edits> = BTreeMap::new();
    for fix in compilation.diagnostics.iter().filter_map(safe_fix) {
        let is_possible = |edit: &Edit| {
            let file = &compilation.sources[edit.span.file];
            let may_change = only.is_none_or(|only| only == edit.span.file);
            may_change && file.encoding != Encoding::Other && is_free(edit, chosen.get(&edit.span.file))
        };
        if !fix.edits.iter().all(is_possible) {
            continue;
        }
        for edit in &fix.edits {
            chosen.entry(edit.span.file).or_default().insert(edit.span.start, edit);
        }
    }
    chosen
}

fn safe_fix(finding: &Diagnostic) -> Option<&Fix> {
    finding.fixes.iter().find(|fix| fix.safe && !fix.edits.is_empty())
}

/// Whether the edit overlaps none of those chosen, which do not overlap each other.
fn is_free(edit: &Edit, chosen: Option<&Edits<'_>>) -> bool {
    let Some(chosen) = chosen else { return true };
    let before = chosen.range(..edit.span.start).next_back();
    let after = chosen.range(edit.span.start..).next();
    before.is_none_or(|(_, earlier)| earlier.span.end <= edit.span.start)
        && after.is_none_or(|(start, _)| edit.span.end <= *start && edit.span.start < *start)
}

fn apply(file: FileId, edits: &Edits<'_>, sources: &Sources, loaded: &mut Loaded) {
    let Some(input) = loaded.inputs.get_mut(file.0 as usize) else { return };
    let source = &sources[file];
    let mut bytes: Vec<u8> = input.bytes.iter().take(source.encoding.mark_length() as usize).copied().collect();
    let mut from = 0;
    for edit in edits.values() {
        let range = edit.span.range();
        bytes.extend_from_slice(source.text.get(from..range.start).unwrap_or("").as_bytes());
        bytes.extend_from_slice(edit.text.as_bytes());
        from = range.end;
    }
    bytes.extend_from_slice(source.text.get(from..).unwrap_or("").as_bytes());
    input.bytes = bytes;
}

fn write_back(file: FileId, count: usize, loaded: &Loaded, console: Console) -> Result<(), Failure> {
    let index = file.0 as usize;
    let (Some(input), Some(path)) = (loaded.inputs.get(index), loaded.paths.get(index)) else { return Ok(()) };
    replace(path, &input.bytes).map_err(|error| Failure::cannot_write(path, &error).and("unchanged"))?;
    let (key, args) =
        ("mended", [("count", Arg::Text(count.to_string())), ("file", Arg::Text(shown(Path::new(&path))))]);
    console.say(key, &args);
    Ok(())
}

/// Writes beside the file and moves into its place, keeping its permissions; a symbolic link stays one.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = path.canonicalize()?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().set_permissions(permissions)?;
    beside.as_file().sync_all()?;
    beside.persist(&path).map_err(|error| error.error)?;
    Ok(())
}
