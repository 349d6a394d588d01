//! Reads a knowledge base as a revision of git has it, through the program `git` and without touching the work tree.
//! Refuses to know what a knowledge base is compared with.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::failure::{Failure, refused_for, shown};
use super::files::Loaded;
use crate::config::FILE_NAME;
use crate::diag::{Code, Diagnostic};
use crate::prh::is_rules_of_words;
use crate::session::{Input, intended_name, is_rules};

/// The versions that `--git` names; `None` is the work tree.
#[derive(Debug, PartialEq, Eq)]
pub struct Range {
    pub old: String,
    pub new: Option<String>,
}

/// `REV`, against the work tree; `REV..REV` and `REV...REV` as for `git diff`, where a missing end is HEAD and three dots
/// begin at the last common commit.
pub fn range(written: &str, near: &Path) -> Result<Range, Failure> {
    let or_head = |revision: &str| if revision.is_empty() { "HEAD".to_owned() } else { revision.to_owned() };
    if let Some((old, new)) = written.split_once("...") {
        let (old, new) = (or_head(old), or_head(new));
        let place = Place::of(near);
        place.check(&old)?;
        place.check(&new)?;
        let base = place.git(["merge-base", "--", &old, &new])?;
        let base = String::from_utf8_lossy(&base.stdout).trim().to_owned();
        return Ok(Range { old: base, new: Some(new) });
    }
    Ok(match written.split_once("..") {
        Some((old, new)) => Range { old: or_head(old), new: Some(or_head(new)) },
        None => Range { old: written.to_owned(), new: None },
    })
}

/// The folder, or the single `.faq` file, as the revision has it.
pub fn load(revision: &str, knowledge_base: &Path) -> Result<Loaded, Failure> {
    let place = Place::of(knowledge_base);
    place.check(revision)?;
    let label = name(revision, knowledge_base);
    let files = place.files(revision)?;
    let mut chosen = chosen(&files, &place.rest, &label)?;
    if chosen.is_empty() {
        return Err(Diagnostic::general(Code::NotInRevision)
            .text("path", shown(knowledge_base))
            .text("revision", revision)
            .help("look")
            .into());
    }
    chosen.sort_by(|a, b| (a.name != FILE_NAME, &a.name).cmp(&(b.name != FILE_NAME, &b.name)));
    let wanted: Vec<&str> =
        chosen.iter().filter(|file| !is_passed_over(file)).map(|file| file.object.as_str()).collect();
    let mut contents = place.contents(&wanted)?.into_iter();
    let mut read = |file: &File| if is_passed_over(file) { Vec::new() } else { contents.next().unwrap_or_default() };
    let inputs = chosen.iter().map(|file| Input { name: file.name.clone(), bytes: read(file) }).collect();
    let paths = chosen.iter().map(|file| PathBuf::from(format!("{label}/{}", file.name))).collect();
    let prefix = if place.rest.ends_with(".faq") { format!("{revision}:") } else { label + "/" };
    Ok(Loaded { inputs, paths, prefix })
}

/// As git names it: `v1.2:kb/careplan`.
pub fn name(revision: &str, knowledge_base: &Path) -> String {
    format!("{revision}:{}", shown(knowledge_base).trim_end_matches('/'))
}

/// A file that is reported by its name and not read.
fn is_passed_over(file: &File) -> bool {
    intended_name(&file.name).is_some()
}

/// A folder that is there, to run git in, and the way on from it, which the work tree need not have.
struct Place {
    folder: PathBuf,
    /// With `/`; empty for the folder itself.
    rest: String,
}

/// A file as a revision has it.
struct File {
    is_link: bool,
    object: String,
    /// From the folder that git runs in; relative to the knowledge base in the end.
    name: String,
}

/// What git tells its hooks of the repository and the work tree that they run for, which need not be those of the knowledge base.
const VARIABLES: [&str; 10] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
];

/// Those that lead git elsewhere. A hook that decides whether to take new commits in sees them only where git keeps them apart.
fn foreign_variables() -> impl Iterator<Item = &'static str> {
    let is_apart = std::env::var_os("GIT_QUARANTINE_PATH").is_some();
    VARIABLES.into_iter().filter(move |name| !is_apart || !name.contains("OBJECT"))
}

impl Place {
    fn of(knowledge_base: &Path) -> Self {
        let is_config = knowledge_base.file_name() == Some(OsStr::new(FILE_NAME));
        let mut folder = if is_config { knowledge_base.parent().unwrap_or(Path::new("")) } else { knowledge_base };
        let mut rest: Vec<String> = Vec::new();
        while !folder.as_os_str().is_empty() && !folder.is_dir() {
            match folder.components().next_back() {
                Some(Component::Normal(name)) => rest.push(name.to_string_lossy().into_owned()),
                Some(Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir) | None => {}
            }
            folder = folder.parent().unwrap_or(Path::new(""));
        }
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        rest.reverse();
        Self { folder: folder.to_owned(), rest: rest.join("/") }
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder).stdin(Stdio::null());
        for name in foreign_variables() {
            command.env_remove(name);
        }
        command
    }

    fn git<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Result<Output, Failure> {
        let output = self.command().args(arguments).output().map_err(|error| not_started(&error))?;
        if output.status.success() { Ok(output) } else { Err(failed(&output)) }
    }

    /// That the folder is in a repository, and that this has the revision.
    fn check(&self, revision: &str) -> Result<(), Failure> {
        let outcome = self.command().args(["rev-parse", "--git-dir"]).output();
        let outcome = outcome.map_err(|error| not_started(&error))?;
        if !outcome.status.success() {
            let finding = Diagnostic::general(Code::NotInGit).text("path", shown(&self.folder));
            return Err(finding.text("reason", said(&outcome)).help("give").into());
        }
        let tree = format!("{revision}^{{tree}}");
        match self.git(["rev-parse", "--verify", "--quiet", &tree]) {
            Ok(_) if !revision.starts_with('-') => Ok(()),
            Ok(_) | Err(_) => {
                Err(Diagnostic::general(Code::UnknownRevision).text("revision", revision).help("look").into())
            }
        }
    }

    /// All files below, by their places as git writes them.
    fn files(&self, revision: &str) -> Result<Vec<File>, Failure> {
        let mut arguments = vec!["ls-tree", "-r", "-z", revision];
        if !self.rest.is_empty() {
            arguments.extend(["--", &self.rest]);
        }
        let output = self.git(arguments)?;
        Ok(output.stdout.split(|byte| *byte == 0).filter_map(file).collect())
    }

    /// The contents of objects, in order.
    fn contents(&self, objects: &[&str]) -> Result<Vec<Vec<u8>>, Failure> {
        let mut command = self.command();
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| not_started(&error))?;
        let asked: String = objects.iter().map(|object| format!("{object}\n")).collect();
        // Git answers while it is asked: whoever only asks and does not listen waits forever.
        let input = child.stdin.take();
        let asking = std::thread::spawn(move || input.map_or(Ok(()), |mut input| input.write_all(asked.as_bytes())));
        let output = child.wait_with_output().map_err(|error| not_started(&error))?;
        let is_asked = asking.join().is_ok_and(|asked| asked.is_ok());
        match parts(&output.stdout, objects.len()) {
            Some(parts) if output.status.success() && is_asked => Ok(parts),
            Some(_) | None => Err(failed(&output)),
        }
    }
}

/// `100644 blob 5716ca59… 40\tname`; what is no blob is passed over.
fn file(line: &[u8]) -> Option<File> {
    let line = String::from_utf8_lossy(line);
    let (about, name) = line.split_once('\t')?;
    let mut words = about.split_ascii_whitespace();
    let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
    let is_link = mode == "120000";
    (kind == "blob").then(|| File { is_link, object: object.to_owned(), name: name.to_owned() })
}

/// The files of the knowledge base: `faq.toml` and rules, as a folder on disk is read, or the one file.
fn chosen(files: &[File], rest: &str, label: &str) -> Result<Vec<File>, Failure> {
    let mut chosen = Vec::new();
    let single = files.iter().find(|file| file.name == rest);
    let has_config = |name: &str| files.iter().any(|file| inside(&file.name, rest) == Some(name));
    if single.is_none() && !has_config(FILE_NAME) {
        return Ok(Vec::new());
    }
    for file in files {
        let name = match single {
            Some(single) if single.name == file.name => file.name.rsplit('/').next(),
            Some(_) => None,
            None => inside(&file.name, rest),
        };
        let Some(name) = name.filter(|name| !is_hidden(name)) else { continue };
        let is_words = is_rules_of_words(name) && !file.is_link;
        if name != FILE_NAME && !is_rules(name) && intended_name(name).is_none() && !is_words {
            continue;
        }
        if file.is_link && intended_name(name).is_none() {
            return Err(refused_for(Path::new(&format!("{label}/{name}")), "reason-link"));
        }
        chosen.push(File { is_link: false, object: file.object.clone(), name: name.to_owned() });
    }
    Ok(chosen)
}

/// The way from the knowledge base on.
fn inside<'a>(name: &'a str, rest: &str) -> Option<&'a str> {
    match rest {
        "" => Some(name),
        rest => name.strip_prefix(rest)?.strip_prefix('/'),
    }
}

fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.'))
}

/// What `git cat-file --batch` writes: `object blob size`, the bytes, and a line's end.
fn parts(mut output: &[u8], count: usize) -> Option<Vec<Vec<u8>>> {
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        let end = memchr::memchr(b'\n', output)?;
        let size: usize = std::str::from_utf8(output.get(..end)?).ok()?.rsplit(' ').next()?.parse().ok()?;
        parts.push(output.get(end + 1..end + 1 + size)?.to_vec());
        output = output.get(end + 2 + size..)?;
    }
    Some(parts)
}

fn not_started(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Diagnostic::general(Code::GitMissing).help("install").into(),
        _ => Diagnostic::general(Code::GitFailed).text("reason", error.to_string()).help("try").into(),
    }
}

fn failed(output: &Output) -> Failure {
    Diagnostic::general(Code::GitFailed).text("reason", said(output)).help("try").into()
}

/// The first line of what git says, without its mark.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().next().unwrap_or_default();
    about_nothing(line.trim_start_matches("fatal: ").trim_start_matches("error: "))
}

fn about_nothing(line: &str) -> String {
    if line.is_empty() { "git".to_owned() } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn batches_are_cut_by_their_sizes() {
        let output = b"ab12 blob 3\nx\ny\ncd34 blob 0\n\n";
        assert_eq!(parts(output, 2), Some(vec![b"x\ny".to_vec(), Vec::new()]));
        assert_eq!(parts(b"ab12 missing\n", 1), None);
        assert_eq!(parts(b"ab12 blob 9\nx\n", 1), None);
    }
}
