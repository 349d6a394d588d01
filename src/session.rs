//! Owns the order of the passes: files in, a compilation out; refuses to know the file system.

mod decode;
mod ending;
mod reader;

use crate::analysis::{self, Memo};
use crate::ast;
use crate::config::{Config, FILE_NAME, read_config};
use crate::diag::{Code, Diagnostic, Diagnostics, Levels, Severity, except, settle};
use crate::graph::{self, Graph};
use crate::lints;
use crate::model::Model;
use crate::prh::{Rule, imports, read_rules};
use crate::resolve;
use crate::source::{FileId, Sources, Span};
use crate::types::{Types, check_types};

pub(crate) use decode::decode;
pub use ending::{intended_name, is_rules};
use reader::{Remembered, decode_all, parse_all};

/// One file as read, before anything is known of its encoding.
#[derive(Clone, Debug)]
pub struct Input {
    /// Relative to the knowledge base, with `/`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// All that is known of a knowledge base after the passes.
#[derive(Debug)]
pub struct Compilation {
    pub sources: Sources,
    pub model: Model,
    pub types: Types,
    pub graph: Graph,
    /// In the order of the files, each once.
    pub diagnostics: Diagnostics,
}

/// Compiles a knowledge base: the input named `faq.toml` is its configuration (none is needed), all others its rules.
/// Those whose names are misspelt (`x.faq.txt`) are reported and not read, whatever they hold.
///
/// The result depends on the inputs and their order alone; it is made whatever they hold, and an output is worth making
/// of it when its diagnostics have no errors.
pub fn compile(inputs: Vec<Input>) -> Compilation {
    compile_with(inputs, &Levels::default())
}

/// The same, with lint levels that go before those of `faq.toml`.
pub fn compile_with(inputs: Vec<Input>, levels: &Levels) -> Compilation {
    run(inputs, levels, None, Some(&mut Memo::default()), None)
}

/// The same without the proofs, which can take longer than all else: for those who ask what a knowledge base means, not
/// whether it is sound.
pub fn compile_unproved(inputs: Vec<Input>) -> Compilation {
    run(inputs, &Levels::default(), None, None, None)
}

/// Compiles again and again: parses again only the files that have changed, and proves again only what an edit has
/// touched. Give the inputs in the same order each time; a file that comes or goes has those after it parsed again.
#[derive(Debug, Default)]
pub struct Session {
    /// Lint levels that go before those of `faq.toml`.
    pub levels: Levels,
    /// The day it is; without it nothing is said about days of review.
    pub today: Option<ast::Date>,
    files: Remembered,
    memo: Memo,
}

impl Session {
    /// With lint levels that go before those of `faq.toml`.
    pub fn new(levels: Levels) -> Self {
        Self { levels, ..Self::default() }
    }

    /// The same on a day that is known, for days of review.
    #[must_use]
    pub fn on(self, today: ast::Date) -> Self {
        Self { today: Some(today), ..self }
    }

    /// The same as [`compile_with`].
    pub fn compile(&mut self, inputs: Vec<Input>) -> Compilation {
        run(inputs, &self.levels, self.today, Some(&mut self.memo), Some(&mut self.files))
    }

    /// The same as [`compile_unproved`], with the levels of the session.
    pub fn compile_unproved(&mut self, inputs: Vec<Input>) -> Compilation {
        run(inputs, &self.levels, None, None, Some(&mut self.files))
    }
}

fn run(
    inputs: Vec<Input>,
    levels: &Levels,
    today: Option<ast::Date>,
    memo: Option<&mut Memo>,
    remembered: Option<&mut Remembered>,
) -> Compilation {
    let mut diagnostics = Diagnostics::default();
    let mut sources = Sources::default();
    let ids = decode_all(inputs, remembered.as_deref(), &mut sources, &mut diagnostics);
    let config = config_of(&ids, &sources, &mut diagnostics);
    let words = words_of(&ids, &config, &sources, &mut diagnostics);
    let files = parse_all(&ids, remembered, &sources, &mut diagnostics);
    check_not_empty(&files, &mut diagnostics);
    let model = resolve::resolve(files, &config, &sources, &mut diagnostics);
    let types = check_types(&model, &sources, &mut diagnostics);
    let graph = graph::build(&model, &types);
    graph::check(&model, &types, &graph, &sources, &mut diagnostics);
    let errors = errors_of(&diagnostics);
    let context = lints::Context {
        model: &model,
        types: &types,
        graph: &graph,
        sources: &sources,
        errors: &errors,
        today,
        words: &words,
    };
    // Without entries everything is unused.
    if !model.entries.is_empty() {
        lints::check(&context, &mut diagnostics);
    }
    // What a mistake left out would be missed everywhere, so that nothing is proved of a knowledge base with errors.
    if let Some(memo) = memo.filter(|_| errors.is_empty()) {
        analysis::analyse(&model, &types, &graph, &sources, memo, &mut diagnostics);
    }
    let levels = config.lints.overlaid(levels);
    let is_whole = !diagnostics.has_errors() && !model.entries.is_empty();
    let diagnostics = except(diagnostics, &model.exceptions, is_whole, &levels, &sources);
    let diagnostics = settle(diagnostics, &levels);
    Compilation { sources, model, types, graph, diagnostics }
}

fn config_of(ids: &[FileId], sources: &Sources, diagnostics: &mut Diagnostics) -> Config {
    let file = ids.iter().find(|id| sources[**id].name == FILE_NAME);
    file.map(|id| read_config(*id, sources, diagnostics)).unwrap_or_default()
}

/// The rules of the files that the configuration names, and of those that these take rules from, as far as they were
/// handed in.
fn words_of(ids: &[FileId], config: &Config, sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Rule> {
    let find = |name: &str| ids.iter().copied().find(|id| sources[*id].name == name);
    let mut wanted: Vec<FileId> = Vec::new();
    for (name, span) in &config.words {
        match find(name) {
            Some(id) => wanted.push(id),
            None => Diagnostic::at(Code::WordRules, *span).message("missing").text("name", name).push_to(diagnostics),
        }
    }
    let mut at = 0;
    while let Some(file) = wanted.get(at).map(|id| &sources[*id]) {
        let beside = file.name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let more = imports(&file.text)
            .into_iter()
            .filter_map(|name| find(&format!("{beside}{}", name.trim_start_matches("./"))));
        let new: Vec<FileId> = more.filter(|id| !wanted.contains(id)).collect();
        wanted.extend(new);
        at += 1;
    }
    wanted.into_iter().flat_map(|id| read_rules(id, sources, diagnostics)).collect()
}

fn errors_of(diagnostics: &Diagnostics) -> Vec<Span> {
    let errors = diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let mut places: Vec<Span> = errors.filter_map(|finding| finding.span).collect();
    places.sort_unstable();
    places
}

fn check_not_empty(files: &[ast::File], diagnostics: &mut Diagnostics) {
    let is_entry = |item: &ast::Item| matches!(item, ast::Item::Entry(_));
    if !files.iter().flat_map(|file| &file.items).any(is_entry) && diagnostics.is_empty() {
        Diagnostic::general(Code::NoEntries).help("write-one").push_to(diagnostics);
    }
}
