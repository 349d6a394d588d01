//! From files to texts and trees; remembers those of the last run, so that a file that has not changed is neither decoded
//! nor parsed again. Refuses to know what the trees mean.

use std::borrow::Cow;
use std::sync::Arc;

use super::Input;
use super::decode::decode;
use crate::ast;
use crate::config::FILE_NAME;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::parse_file;
use crate::prh::is_rules_of_words;
use crate::source::{Encoding, FileId, SourceFile, Sources, Span};

use super::ending::intended_name;

/// The files of the last run, by their places in it: a tree holds the number of its file in every span.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    files: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    source: Arc<SourceFile>,
    /// None of a file that holds no rules.
    parsed: Option<Parsed>,
}

#[derive(Debug)]
struct Parsed {
    tree: ast::File,
    findings: Vec<Diagnostic>,
}

/// Adds the files to the sources, those that are as they were without looking into them.
pub(super) fn decode_all(
    inputs: Vec<Input>,
    remembered: Option<&Remembered>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<FileId> {
    let files = remembered.map_or(&[][..], |it| &it.files);
    let mut add = |(index, input): (usize, Input)| match files.get(index).filter(|known| known.is_of(&input)) {
        Some(known) => sources.share(Arc::clone(&known.source)),
        None => decode_anew(input, sources, diagnostics),
    };
    inputs.into_iter().enumerate().map(&mut add).collect()
}

fn decode_anew(input: Input, sources: &mut Sources, diagnostics: &mut Diagnostics) -> FileId {
    match intended_name(&input.name) {
        Some(intended) => pass_over(input.name, &intended, sources, diagnostics),
        None => decode(input.name, input.bytes, sources, diagnostics),
    }
}

fn pass_over(name: String, intended: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) -> FileId {
    let short = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let (written, meant) = (short(&name), short(intended));
    let file = sources.add_decoded(name, "", Encoding::Other);
    let finding = Diagnostic::at(Code::IgnoredFile, Span::new(file, 0..0)).text("file", written);
    finding.text("name", meant).help("rename").push_to(diagnostics);
    file
}

/// Whether an input of this name is read as rules: all are but the configuration, and rules for words.
pub fn holds_rules(name: &str) -> bool {
    name != FILE_NAME && !is_rules_of_words(name)
}

/// The trees of the files with rules: those of the memory, or where there is none, the caller's own.
pub(super) fn parse_all<'t>(
    ids: &[FileId],
    remembered: Option<&'t mut Remembered>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Cow<'t, ast::File>> {
    let is_rules = |id: &&FileId| holds_rules(&sources[**id].name);
    match remembered {
        None => ids.iter().filter(is_rules).map(|id| Cow::Owned(parse_file(*id, sources, diagnostics))).collect(),
        Some(remembered) => {
            remembered.parse_changed(ids, sources);
            let known = remembered.files.iter().filter_map(|known| known.parsed.as_ref());
            let known = known.inspect(|parsed| parsed.findings.iter().for_each(|it| diagnostics.push(it.clone())));
            known.map(|parsed| Cow::Borrowed(&parsed.tree)).collect()
        }
    }
}

impl Remembered {
    pub(super) fn is_of(&self, inputs: &[Input]) -> bool {
        let is_passed_over = |input: &Input| intended_name(&input.name).is_some();
        let mut pairs = self.files.iter().zip(inputs);
        self.files.len() == inputs.len()
            && pairs.all(|(known, it)| known.is_of(it) || known.source.name == it.name && is_passed_over(it))
    }

    fn parse_changed(&mut self, ids: &[FileId], sources: &Sources) {
        let mut before = std::mem::take(&mut self.files).into_iter();
        for id in ids {
            let source = sources.shared(*id);
            let known = before.next().filter(|known| Arc::ptr_eq(&known.source, &source));
            self.files.push(known.unwrap_or_else(|| Known::new(*id, source, sources)));
        }
    }
}

impl Known {
    fn new(id: FileId, source: Arc<SourceFile>, sources: &Sources) -> Self {
        let parse = || {
            let mut findings = Diagnostics::default();
            let tree = parse_file(id, sources, &mut findings);
            Parsed { tree, findings: findings.into_vec() }
        };
        let parsed = holds_rules(&source.name).then(parse);
        Self { source, parsed }
    }

    /// Whether the file would be read as it was. What is not UTF-8 is read again, so that what is wrong with it is said again.
    fn is_of(&self, input: &Input) -> bool {
        let text = self.source.text.as_bytes();
        self.source.name == input.name
            && match self.source.encoding {
                Encoding::Utf8 => input.bytes == text,
                Encoding::MarkedUtf8 => input.bytes.strip_prefix(super::decode::MARK) == Some(text),
                Encoding::Other => false,
            }
    }
}
