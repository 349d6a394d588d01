//! Applies the fixes that need nobody's judgement and writes the files back.

use std::collections::{BTreeMap, BTreeSet};

use super::console::Console;
use super::failure::{Failure, shown};
use super::files::Loaded;
use super::replace::rewrite;
use crate::diag::{Arg, Code, Diagnostic, Edit, Fix, Severity};
use crate::session::{Compilation, Input, Session};
use crate::source::{Encoding, FileId, Sources};

/// A fix may bring another mistake to light; after this many rounds what is left is for people.
const MOST_ROUNDS: usize = 5;

/// Applies safe fixes until there are none, to the inputs and then to the files they came from. A file that gets no better in a round
/// is left as it was before that round. Says on standard error what was changed. `only` is the one file that may be changed.
///
/// # Errors
/// When a file cannot be written, or was saved by somebody else meanwhile.
pub fn mend(loaded: &mut Loaded, session: &mut Session, only: Option<FileId>, console: Console) -> Result<(), Failure> {
    let mut mended: BTreeMap<FileId, usize> = BTreeMap::new();
    let mut stopped: BTreeSet<FileId> = BTreeSet::new();
    let files = (0..loaded.inputs.len()).map(|at| FileId(at as u32));
    let closed: BTreeSet<FileId> = files.filter(|file| only.is_some_and(|only| only != *file)).collect();
    let read = loaded.inputs.clone();
    let mut compilation = session.compile(read.clone());
    let mut rounds = 0;
    while rounds < MOST_ROUNDS {
        let round = Round::choose(&compilation, &stopped.union(&closed).copied().collect());
        if round.edits.is_empty() {
            break;
        }
        let before = loaded.inputs.clone();
        round.edits.iter().for_each(|(file, edits)| apply(*file, edits, &compilation.sources, loaded));
        let after = session.compile(loaded.inputs.clone());
        let spoilt = round.spoilt(&compilation, &after);
        if spoilt.is_empty() {
            round.edits.iter().for_each(|(file, edits)| *mended.entry(*file).or_default() += edits.len());
            compilation = after;
            rounds += 1;
        } else {
            loaded.inputs = before;
            stopped.extend(spoilt);
        }
    }
    mended.into_iter().try_for_each(|(file, count)| write_back(file, count, &read, loaded, console))?;
    stopped.into_iter().for_each(|file| say("mending-stopped", file, 0, loaded, console));
    Ok(())
}

/// Edits of one file by where they start.
type Edits<'a> = BTreeMap<u32, &'a Edit>;

/// What a finding is about, wherever in the file.
type Kind = (FileId, Code);

/// What is mended at once.
#[derive(Default)]
struct Round<'a> {
    edits: BTreeMap<FileId, Edits<'a>>,
    /// Where the findings stand.
    places: BTreeMap<Kind, BTreeSet<u32>>,
}

impl<'a> Round<'a> {
    /// The safe fixes, first come first served, that do not get in each other's way.
    fn choose(compilation: &'a Compilation, stopped: &BTreeSet<FileId>) -> Self {
        let mut round = Self::default();
        for (finding, fix) in compilation.diagnostics.iter().filter_map(|it| Some((it, safe_fix(it)?))) {
            let is_possible = |edit: &Edit| {
                let file = edit.span.file;
                let is_open = compilation.sources[file].encoding != Encoding::Other && !stopped.contains(&file);
                is_open && is_free(edit, round.edits.get(&file))
            };
            if !fix.edits.iter().all(is_possible) {
                continue;
            }
            for edit in &fix.edits {
                round.edits.entry(edit.span.file).or_default().insert(edit.span.start, edit);
            }
            if let Some(span) = finding.span {
                round.places.entry((span.file, finding.code)).or_default().insert(span.start);
            }
        }
        round
    }

    /// The files that are no better for it: they have more errors, or a finding stands where it stood, and there are as many of its
    /// kind. All of them when there are more errors only elsewhere.
    fn spoilt(&self, before: &Compilation, after: &Compilation) -> BTreeSet<FileId> {
        let (earlier, later) = (Standing::of(before), Standing::of(after));
        let is_in_vain = |(kind, places): &(&Kind, &BTreeSet<u32>)| {
            let fixable = |standing: &'_ Standing| standing.fixable.get(kind).map_or(0, BTreeSet::len);
            let is_there = later.fixable.get(kind).is_some_and(|now| !now.is_disjoint(places));
            is_there && fixable(&later) >= fixable(&earlier)
        };
        let mut spoilt: BTreeSet<FileId> = self.places.iter().filter(is_in_vain).map(|((file, _), _)| *file).collect();
        let errors = |standing: &Standing, file: &FileId| standing.errors.get(file).copied().unwrap_or(0);
        spoilt.extend(self.edits.keys().filter(|file| errors(&later, file) > errors(&earlier, file)));
        let is_worse = later.errors.values().sum::<usize>() > earlier.errors.values().sum();
        if spoilt.is_empty() && is_worse { self.edits.keys().copied().collect() } else { spoilt }
    }
}

/// What stands in each file.
#[derive(Default)]
struct Standing {
    errors: BTreeMap<FileId, usize>,
    fixable: BTreeMap<Kind, BTreeSet<u32>>,
}

impl Standing {
    fn of(compilation: &Compilation) -> Self {
        let mut standing = Self::default();
        for (finding, span) in compilation.diagnostics.iter().filter_map(|it| Some((it, it.span?))) {
            if finding.severity == Severity::Error {
                *standing.errors.entry(span.file).or_default() += 1;
            }
            if safe_fix(finding).is_some() {
                standing.fixable.entry((span.file, finding.code)).or_default().insert(span.start);
            }
        }
        standing
    }
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

fn write_back(file: FileId, count: usize, read: &[Input], loaded: &Loaded, console: Console) -> Result<(), Failure> {
    let index = file.0 as usize;
    let (Some(read), Some(input), Some(path)) = (read.get(index), loaded.inputs.get(index), loaded.paths.get(index))
    else {
        return Ok(());
    };
    rewrite(path, &read.bytes, &input.bytes)?;
    say("mended", file, count, loaded, console);
    Ok(())
}

fn say(key: &'static str, file: FileId, count: usize, loaded: &Loaded, console: Console) {
    let Some(path) = loaded.paths.get(file.0 as usize) else { return };
    console.say(key, &[("count", Arg::Text(count.to_string())), ("file", Arg::Text(shown(path)))]);
}
