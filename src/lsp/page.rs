//! One file as it stands in the editor, or on disk when it is not open: its text, what its syntax says, and the findings.

use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, Uri};
use rustc_hash::FxHashMap;

use super::mention::{Mention, Thing, What, mentions_of};
use super::place::Units;
use crate::ast;
use crate::config::{FILE_NAME, read_config};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Kind, fold_name};
use crate::parse::again::{Parsed, Replaced};
use crate::parse::rows::Row;
use crate::session::{decode, holds_rules};
use crate::source::{FileId, SourceFile, Sources, Span};

/// The only file of a page's own sources.
const FILE: FileId = FileId(0);

pub struct Page {
    /// Relative to the knowledge base, with `/`.
    pub name: String,
    pub path: PathBuf,
    pub uri: Uri,
    /// The version in the editor; `None` when the file is not open.
    pub version: Option<i32>,
    pub text: Arc<str>,
    pub sources: Sources,
    pub file: ast::File,
    pub rows: Vec<Row>,
    pub mentions: Vec<Mention>,
    /// Where each thing is declared, as places in `mentions`.
    pub declared: FxHashMap<Thing, usize>,
    /// Former names, by kind and name.
    pub former: FxHashMap<(Kind, String), Thing>,
    /// Entries by their numbers.
    pub numbers: FxHashMap<u32, String>,
    /// Facts by the values that they declare.
    pub holders: FxHashMap<String, Vec<String>>,
    /// What the parser found.
    pub parsed: Vec<Diagnostic>,
    /// What the last analysis found beside that, moved along with the text since.
    pub analysed: Vec<Diagnostic>,
    /// Whether the analysis is of the text as it is now.
    pub is_fresh: bool,
    /// Whether the editor shows all of this, and none of it points elsewhere.
    pub is_shown: bool,
    /// What was found in the file's bytes, when they are not UTF-8.
    pub decoded: Vec<Diagnostic>,
}

impl Page {
    pub fn from_bytes(name: String, path: PathBuf, uri: Uri, bytes: Vec<u8>) -> Self {
        let mut sources = Sources::default();
        let mut found = Diagnostics::default();
        let id = decode(name.clone(), bytes, &mut sources, &mut found);
        let text: Arc<str> = sources[id].text.as_str().into();
        let mut page = Self::empty(name, path, uri);
        page.decoded = found.into_vec();
        page.set_text(text);
        page
    }

    pub fn empty(name: String, path: PathBuf, uri: Uri) -> Self {
        let mut sources = Sources::default();
        sources.add(name.clone(), "");
        Self {
            name,
            path,
            uri,
            version: None,
            text: "".into(),
            sources,
            file: ast::File::default(),
            rows: Vec::new(),
            mentions: Vec::new(),
            declared: FxHashMap::default(),
            former: FxHashMap::default(),
            numbers: FxHashMap::default(),
            holders: FxHashMap::default(),
            parsed: Vec::new(),
            analysed: Vec::new(),
            is_fresh: false,
            is_shown: false,
            decoded: Vec::new(),
        }
    }

    pub fn source(&self) -> &SourceFile {
        &self.sources[FILE]
    }

    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    pub fn is_config(&self) -> bool {
        self.name == FILE_NAME
    }

    /// Whether the file is one of rules, not of settings or of words.
    pub fn holds_rules(&self) -> bool {
        holds_rules(&self.name)
    }

    /// Takes a text over and reads it.
    pub fn set_text(&mut self, text: Arc<str>) {
        self.take_text(text, None);
    }

    /// The same of a text that is the one before but for a stretch.
    fn take_text(&mut self, text: Arc<str>, replaced: Option<Replaced>) {
        self.sources = Sources::default();
        let id = self.sources.add(self.name.clone(), &*text);
        self.text = text;
        (self.is_fresh, self.is_shown) = (false, false);
        self.mentions.clear();
        // The parser's findings are those of the text as it is now.
        self.analysed.retain(|finding| !finding.code.id().starts_with("F01"));
        if self.is_config() {
            self.mentions.extend(default_contact(id, &self.sources));
        }
        if !self.holds_rules() {
            return;
        }
        let before = Parsed {
            file: std::mem::take(&mut self.file),
            rows: std::mem::take(&mut self.rows),
            findings: std::mem::take(&mut self.parsed),
        };
        let again = replaced.and_then(|replaced| before.again(replaced, &self.text));
        let parsed = again.unwrap_or_else(|| Parsed::of(id, &self.sources));
        (self.file, self.rows, self.parsed) = (parsed.file, parsed.rows, parsed.findings);
        self.mentions = mentions_of(&self.file, &self.text);
        self.index();
    }

    /// Becomes what another page of the same file is in the editor.
    pub fn take_over(&mut self, open: Self) {
        (self.uri, self.version, self.decoded) = (open.uri, open.version, open.decoded);
        self.set_text(open.text);
    }

    /// Whether edits of this text can be made in the file: what is not UTF-8 would be read and written in another way, and
    /// what is not open may have changed.
    pub fn is_editable(&self) -> bool {
        let is_on_disk = || std::fs::read(&self.path).is_ok_and(|bytes| *text_of(bytes) == *self.text);
        self.decoded.is_empty() && (self.version.is_some() || is_on_disk())
    }

    /// Takes over what was typed, and moves the findings along.
    pub fn change(&mut self, changes: Vec<TextDocumentContentChangeEvent>, units: Units) {
        let mut text = self.text.to_string();
        let is_only = changes.len() == 1;
        let mut replaced = None;
        for change in changes {
            let Some(range) = change.range else {
                text = change.text;
                self.analysed.clear();
                continue;
            };
            let mut sources = Sources::default();
            let id = sources.add("", std::mem::take(&mut text));
            let start = units.offset(&sources[id], range.start);
            let end = units.offset(&sources[id], range.end).max(start);
            text.clone_from(&sources[id].text);
            text.replace_range(start as usize..end as usize, &change.text);
            move_findings(&mut self.analysed, start, end, change.text.len() as u32);
            replaced = Some(Replaced { start: start as usize, end: end as usize, length: change.text.len() });
        }
        self.decoded.clear();
        self.take_text(text.into(), replaced.filter(|_| is_only));
    }

    /// The parser's findings while the analysis, which has them too, is not of this text.
    pub fn shown_parsed(&self) -> impl Iterator<Item = &Diagnostic> {
        let parsed = if self.is_fresh { &[][..] } else { self.parsed.as_slice() };
        self.decoded.iter().chain(parsed)
    }

    /// Takes over what the analysis of this text has found.
    pub fn take_findings(&mut self, findings: Vec<Diagnostic>) {
        // The parser's findings are shown beside it until then.
        let is_all = self.is_fresh || self.parsed.is_empty();
        self.is_shown &= is_all && self.analysed == findings;
        (self.analysed, self.is_fresh) = (findings, true);
    }

    fn index(&mut self) {
        self.declared.clear();
        self.former.clear();
        self.numbers.clear();
        self.holders.clear();
        for (at, mention) in self.mentions.iter().enumerate() {
            match &mention.what {
                What::Declares(thing) => {
                    if let Thing::Value { fact, value } = thing {
                        self.holders.entry(value.clone()).or_default().push(fact.clone());
                    }
                    self.declared.entry(thing.clone()).or_insert(at);
                }
                What::Formerly(thing, name) => {
                    if let Thing::Named(kind, _) = thing {
                        self.former.insert((*kind, name.clone()), thing.clone());
                    }
                }
                What::Numbers { entry, number } => {
                    self.numbers.entry(*number).or_insert_with(|| entry.clone());
                }
                What::Uses(..)
                | What::Holds(_)
                | What::UsesNumbers { .. }
                | What::UsesAction { .. }
                | What::Refers(_) => {}
            }
        }
    }

    /// The mention at a byte, or just before it.
    pub fn mention_at(&self, offset: u32) -> Option<&Mention> {
        let holds = |mention: &&Mention| mention.span.start <= offset && offset <= mention.span.end;
        let until = self.mentions.partition_point(|mention| mention.span.start <= offset);
        let before = self.mentions.get(..until)?.iter().rev().take(8);
        before.filter(holds).min_by_key(|mention| mention.span.range().len())
    }
}

/// The name of a contact in `faq.toml`.
fn default_contact(id: FileId, sources: &Sources) -> Option<Mention> {
    let config = read_config(id, sources, &mut Diagnostics::default());
    // One that is written with escapes cannot be replaced as it stands.
    let (name, span) = config.default_contact.filter(|(name, span)| sources.text(*span) == name)?;
    let what = What::Uses(&[Kind::Contact], fold_name(&name).into_owned());
    Some(Mention { span, quoted: true, in_prose: false, what })
}

fn text_of(bytes: Vec<u8>) -> String {
    let mut sources = Sources::default();
    let id = decode(String::new(), bytes, &mut sources, &mut Diagnostics::default());
    sources[id].text.clone()
}

/// Findings behind an edit move with their text; those that it touches are gone until the next analysis. What mends them
/// is not offered until then.
fn move_findings(findings: &mut Vec<Diagnostic>, start: u32, end: u32, length: u32) {
    findings.retain_mut(|finding| {
        let Some(span) = &mut finding.span else { return true };
        if span.end < start {
            return true;
        }
        if span.start < end || span.start <= start && span.end > start {
            return false;
        }
        span.start = span.start - end + start + length;
        span.end = span.end - end + start + length;
        true
    });
}
