//! Finds and reads the files of a knowledge base; refuses to know what is in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::failure::{Failure, about, shown};
use crate::config::FILE_NAME;
use crate::diag::{Code, Diagnostic, nearest};
use crate::model::fold_name;
use crate::prh::{imports, is_rules_of_words};
use crate::session::{Input, intended_name, is_rules};

/// A knowledge base as read from disk.
#[derive(Debug)]
pub struct Loaded<T = Input> {
    /// `faq.toml` first, then the rules in the order of their names, among them those that are not read.
    pub inputs: Vec<T>,
    /// Where each input came from.
    pub paths: Vec<PathBuf>,
    /// What leads from here to an input's name: `kb/careplan/`, or nothing.
    pub prefix: String,
}

/// Longest file in bytes: places in it are 32-bit offsets.
const LONGEST: u64 = u32::MAX as u64 - 16;

/// Reads a folder with all `.faq` files in it, or a single `.faq` file, which needs no `faq.toml`.
pub fn load(knowledge_base: &Path) -> Result<Loaded, Failure> {
    load_each(knowledge_base, read_input)
}

/// The same, with what is made of each file's name and path.
pub fn load_each<T>(
    knowledge_base: &Path,
    mut each: impl FnMut(String, &Path) -> Result<T, Failure>,
) -> Result<Loaded<T>, Failure> {
    let meta = fs::metadata(knowledge_base).map_err(|error| unreachable_path(knowledge_base, &error))?;
    if meta.is_dir() {
        return load_folder(knowledge_base, each);
    }
    let name = knowledge_base.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = knowledge_base.parent().unwrap_or(Path::new(""));
    let home = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if name == FILE_NAME {
        return load_folder(home, each);
    }
    if !is_rules(&name) {
        return Err(about(Code::NotAKnowledgeBase, knowledge_base).help("give").into());
    }
    let inputs = vec![each(name, knowledge_base)?];
    Ok(Loaded { inputs, paths: vec![knowledge_base.to_owned()], prefix: prefix(folder) })
}

/// The same, but of a single file all of the knowledge base that it stands in, and its place among the inputs.
pub fn load_around(path: &Path) -> Result<(Loaded, Option<usize>), Failure> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().filter(|_| is_rules(&name) && path.is_file());
    let Some(base) = folder.and_then(base_above) else { return Ok((load(path)?, None)) };
    let loaded = load_folder(&base, read_input)?;
    let place = fs::canonicalize(path).ok();
    let is_it = |known: &PathBuf| place.is_some() && fs::canonicalize(known).ok() == place;
    match loaded.paths.iter().position(is_it) {
        Some(at) => Ok((loaded, Some(at))),
        // A hidden file is none of the knowledge base.
        None => Ok((load(path)?, None)),
    }
}

/// The nearest folder from here up that has a `faq.toml`, as it would be written from the current one.
fn base_above(folder: &Path) -> Option<PathBuf> {
    let written = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if let Some(found) = written.ancestors().find(|it| !it.as_os_str().is_empty() && it.join(FILE_NAME).is_file()) {
        return Some(found.to_owned());
    }
    let whole = fs::canonicalize(written).ok()?;
    whole.ancestors().find(|it| it.join(FILE_NAME).is_file()).map(Path::to_owned)
}

fn load_folder<T>(
    folder: &Path,
    mut each: impl FnMut(String, &Path) -> Result<T, Failure>,
) -> Result<Loaded<T>, Failure> {
    let config = folder.join(FILE_NAME);
    match config.try_exists() {
        Ok(true) => {}
        Ok(false) => return Err(no_config(folder)),
        Err(error) => return Err(Failure::cannot_read(folder, &error)),
    }
    let mut files = rules_in(folder)?;
    files.sort();
    files.extend(words_of(folder, &read(&config)?)?);
    files.insert(0, (FILE_NAME.to_owned(), config));
    let mut loaded = Loaded { inputs: Vec::new(), paths: Vec::new(), prefix: prefix(folder) };
    for (name, path) in files {
        loaded.inputs.push(each(name, &path)?);
        loaded.paths.push(path);
    }
    Ok(loaded)
}

/// A file that is not read need not be readable.
pub fn read_input(name: String, path: &Path) -> Result<Input, Failure> {
    let bytes = if intended_name(&name).is_some() { Vec::new() } else { read(path)? };
    Ok(Input { name, bytes })
}

/// The files of rules for words that `faq.toml` names, with those that they take rules from. One that is missing is left
/// to the check, which shows where it is named.
fn words_of(folder: &Path, config: &[u8]) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut wanted: Vec<(String, bool)> = named_words(config).into_iter().map(|name| (name, true)).collect();
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut followed = BTreeSet::new();
    while let Some((name, follows)) = wanted.pop() {
        let path = folder.join(&name);
        if !is_rules_of_words(&name) || !path.is_file() {
            continue;
        }
        if follows && followed.insert(name.clone()) {
            let text = String::from_utf8_lossy(&read(&path)?).into_owned();
            wanted.extend(imports(&text).iter().map(|import| (import.beside(&name), import.follows)));
        }
        found.insert(name, path);
    }
    Ok(found.into_iter().collect())
}

/// What stands under `words`; the check tells what is wrong with it.
fn named_words(config: &[u8]) -> Vec<String> {
    let table: toml::Table = String::from_utf8_lossy(config).parse().unwrap_or_default();
    let one = |value: &toml::Value| value.as_str().map(str::to_owned);
    match table.get("words") {
        Some(toml::Value::Array(values)) => values.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Name and path of every `.faq` file below the folder, and of those that are meant to be one; hidden ones and symbolic
/// links back up are passed over.
fn rules_in(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut files = Vec::new();
    let walk = WalkDir::new(folder).follow_links(true).into_iter();
    for found in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        let entry = match found {
            Ok(entry) => entry,
            Err(error) if is_harmless(&error) => continue,
            Err(error) => return Err(walk_failure(folder, error)),
        };
        let name = entry.file_name().to_string_lossy();
        let is_misnamed = intended_name(&name).is_some() && entry.file_type().is_file();
        if entry.depth() == 0 || !is_rules(&name) && !is_misnamed {
            continue;
        }
        if !entry.file_type().is_file() {
            let help = if entry.file_type().is_dir() { "rename" } else { "special" };
            return Err(about(Code::NotAFile, entry.path()).help(help).into());
        }
        files.push((name_of(folder, entry.path()), entry.into_path()));
    }
    Ok(files)
}

/// A link back up, or a broken link that does not pretend to be rules.
fn is_harmless(error: &walkdir::Error) -> bool {
    let is_missing = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
    let name = error.path().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
    error.loop_ancestor().is_some() || (is_missing && (!is_rules(&name) || name.starts_with('.')))
}

fn walk_failure(folder: &Path, error: walkdir::Error) -> Failure {
    let path = error.path().unwrap_or(folder).to_owned();
    Failure::cannot_read(&path, &io::Error::from(error))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn name_of(folder: &Path, path: &Path) -> String {
    shown(path.strip_prefix(folder).unwrap_or(path))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: io::Error| Failure::cannot_read(path, &error);
    let meta = fs::metadata(path).map_err(failed)?;
    // A folder is refused by the system.
    if !meta.is_file() && !meta.is_dir() {
        return Err(about(Code::NotAFile, path).help("special").into());
    }
    read_whole(path)
}

/// All of what may be a pipe.
pub fn read_whole(path: &Path) -> Result<Vec<u8>, Failure> {
    read_at_most(path, LONGEST)?.ok_or_else(|| about(Code::FileTooLarge, path).help("split").into())
}

/// The same, of at most so many bytes; `None` when it is longer.
pub fn read_at_most(path: &Path, most: u64) -> Result<Option<Vec<u8>>, Failure> {
    let failed = |error: io::Error| Failure::cannot_read(path, &error);
    let mut file = fs::File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let mut bytes = Vec::new();
    if length <= most {
        bytes.reserve(length as usize + 1);
        file.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    }
    Ok((length.max(bytes.len() as u64) <= most).then_some(bytes))
}

/// The folder as it stands before names in messages: from the current folder where it can be, with a `/` at its end.
fn prefix(folder: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let folder = folder.strip_prefix(&here).unwrap_or(folder);
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    match shown(folder) {
        text if text.is_empty() || text.ends_with('/') => text,
        text => text + "/",
    }
}

fn unreachable_path(path: &Path, error: &io::Error) -> Failure {
    if error.kind() != io::ErrorKind::NotFound {
        return Failure::cannot_read(path, error);
    }
    let missing = about(Code::NoSuchPath, path);
    if let Some(option) = option_meant(path) {
        return missing.text("option", option).help("option").into();
    }
    match neighbour(path) {
        Some(name) => missing.text("suggestion", name).help("did-you-mean").into(),
        None => missing.help("check").into(),
    }
}

/// The option that was written with dashes of an input method or of a word processor: `－－fix`, `—fix`.
fn option_meant(path: &Path) -> Option<String> {
    const DASHES: [char; 7] = ['－', 'ー', '―', '‐', '–', '—', '−'];
    let written = path.to_string_lossy();
    let rest = written.strip_prefix(DASHES)?.trim_start_matches(DASHES).trim_start_matches('-');
    Some(format!("--{}", fold_name(rest)))
}

/// The path in the same folder whose name is nearest.
fn neighbour(path: &Path) -> Option<String> {
    let parent = path.parent()?;
    let folder = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let written = path.file_name()?.to_string_lossy().to_lowercase();
    let name = nearest(&written, names.iter().map(String::as_str))?;
    Some(shown(&parent.join(name)))
}

fn no_config(folder: &Path) -> Failure {
    let missing: Diagnostic = about(Code::NoConfig, folder);
    match nested_config(folder) {
        Some(nested) => missing.text("nested", shown(&nested)).help("nested").into(),
        None => missing.help("make").into(),
    }
}

/// A folder one level down that has the file.
fn nested_config(folder: &Path) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|e| e.path()).collect();
    folders.sort();
    folders.into_iter().find(|path| path.join(FILE_NAME).is_file())
}
