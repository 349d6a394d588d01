//! Owns the order of the passes: files in, a compilation out; refuses to know the file system.

mod decode;
mod descent;
mod ending;
mod reader;
mod words;

use crate::analysis::{self, Memo};
use crate::ast;
use crate::config::{Config, FILE_NAME, read_config};
use crate::diag::{Code, Diagnostic, Diagnostics, Levels, Severity, except, settle};
use crate::graph::{self, Graph};
use crate::links::Links;
use crate::lints::{self, Wording};
use crate::model::Model;
use crate::note::Note;
use crate::prh::Rule;
use crate::resolve;
use crate::source::{FileId, Sources, Span};
use crate::types::{Types, check_types};

pub(crate) use decode::decode;
pub use descent::Descent;
pub use ending::{intended_name, is_rules};
use reader::Remembered;
pub(crate) use reader::holds_rules;
use words::words_of;

/// One file as read, before anything is known of its encoding.
#[derive(Clone, Debug)]
pub struct Input {
    /// Relative to the knowledge base, with `/`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// One file for a session that has compiled before.
#[derive(Clone, Debug)]
pub enum Reread {
    Read(Input),
    /// Known to be as the session compiled a file of this name last; left out when there was none.
    Unchanged(String),
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
    /// What changed since the release before, for outputs that tell it. A compilation leaves it out: it knows no other
    /// version.
    pub changes: Option<Note>,
    /// What it has in common with the one before.
    pub descent: Descent,
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
    run(all_read(inputs), levels, Told::default(), Some(&mut Memo::default()), None)
}

/// The same without the proofs, which can take longer than all else: for those who ask what a knowledge base means, not
/// whether it is sound.
pub fn compile_unproved(inputs: Vec<Input>) -> Compilation {
    run(all_read(inputs), &Levels::default(), Told::default(), None, None)
}

/// Compiles again and again: parses again only the files that have changed, and proves again only what an edit has
/// touched. Give the inputs in the same order each time; a file that comes or goes has those after it parsed again.
#[derive(Debug, Default)]
pub struct Session {
    /// Lint levels that go before those of `faq.toml`.
    pub levels: Levels,
    /// The day it is; without it nothing is said about days of review.
    pub today: Option<ast::Date>,
    /// What became of addresses when they were tested; without it nothing is said about them.
    pub links: Option<Links>,
    kept: Kept,
    memo: Memo,
}

/// What is known of files that have not changed.
#[derive(Debug, Default)]
struct Kept {
    files: Remembered,
    wording: lints::Memory,
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
        self.compile_again(all_read(inputs))
    }

    /// The same, of files of which only those were read that may have changed.
    pub fn compile_again(&mut self, files: Vec<Reread>) -> Compilation {
        let told = Told { today: self.today, links: self.links.as_ref() };
        run(files, &self.levels, told, Some(&mut self.memo), Some(&mut self.kept))
    }

    /// The same, and what something else makes of the compilation while the graph, lints and proofs are looked at in a thread of their
    /// own. It is given a compilation without diagnostics, and only where there are no errors before the graph is looked at.
    pub fn compile_beside<T>(
        &mut self,
        files: Vec<Reread>,
        other: impl FnOnce(&Compilation) -> T,
    ) -> (Compilation, Option<T>) {
        let Self { levels, today, links, kept, memo } = self;
        let told = Told { today: *today, links: links.as_ref() };
        let Understood { found, config, words, mut diagnostics } = Understood::of(files, Some(&mut kept.files));
        let is_sound = !diagnostics.has_errors();
        let wording = Some(&mut kept.wording);
        let made = std::thread::scope(|threads| {
            threads.spawn(|| look_for_findings(&found, &words, told, Some(memo), wording, &mut diagnostics));
            is_sound.then(|| other(&found))
        });
        (finished(found, &config, levels, diagnostics), made)
    }

    /// Takes a compilation back, as it was given, that nobody needs any more. If it was the last one, the next one takes over what an
    /// edit has not touched.
    pub fn take_back(&mut self, compilation: Compilation) {
        let Compilation { model, sources, .. } = compilation;
        self.kept.files.take_back(model, &sources);
    }

    /// Whether these would be compiled to what the last ones were. Not said of a file that was read and is not UTF-8.
    pub fn has_compiled(&self, files: &[Reread]) -> bool {
        self.kept.files.is_of(files)
    }

    /// The same as [`compile_unproved`], with the levels of the session.
    pub fn compile_unproved(&mut self, inputs: Vec<Input>) -> Compilation {
        run(all_read(inputs), &self.levels, Told::default(), None, Some(&mut self.kept))
    }
}

fn all_read(inputs: Vec<Input>) -> Vec<Reread> {
    inputs.into_iter().map(Reread::Read).collect()
}

/// What a compilation is told of the world, as it asks neither a clock nor a network.
#[derive(Clone, Copy, Debug, Default)]
struct Told<'a> {
    today: Option<ast::Date>,
    links: Option<&'a Links>,
}

fn run(
    files: Vec<Reread>,
    levels: &Levels,
    told: Told<'_>,
    memo: Option<&mut Memo>,
    kept: Option<&mut Kept>,
) -> Compilation {
    let (remembered, memory) = kept.map(|kept| (&mut kept.files, &mut kept.wording)).unzip();
    let Understood { found, config, words, mut diagnostics } = Understood::of(files, remembered);
    look_for_findings(&found, &words, told, memo, memory, &mut diagnostics);
    finished(found, &config, levels, diagnostics)
}

/// What a knowledge base means, before anything is looked for in it.
struct Understood {
    /// Without diagnostics.
    found: Compilation,
    config: Config,
    words: Vec<Rule>,
    diagnostics: Diagnostics,
}

impl Understood {
    fn of(files: Vec<Reread>, remembered: Option<&mut Remembered>) -> Self {
        let mut diagnostics = Diagnostics::default();
        let mut sources = Sources::default();
        let mut forgotten = Remembered::default();
        let remembered = remembered.unwrap_or(&mut forgotten);
        let ids = remembered.decode(files, &mut sources, &mut diagnostics);
        let config = config_of(&ids, &sources, &mut diagnostics);
        let words = words_of(&ids, &config, &sources, &mut diagnostics);
        let (model, descent) = model_of(remembered, &config, &sources, &mut diagnostics);
        // Trees are large.
        drop(forgotten);
        let types = check_types(&model, &sources, &mut diagnostics);
        let graph = graph::build(&model, &types);
        let no_findings = Diagnostics::default();
        let found = Compilation { sources, model, types, graph, diagnostics: no_findings, changes: None, descent };
        Self { found, config, words, diagnostics }
    }
}

/// With what was found, exceptions and levels applied.
fn finished(found: Compilation, config: &Config, levels: &Levels, diagnostics: Diagnostics) -> Compilation {
    let levels = config.lints.overlaid(levels);
    let is_whole = !diagnostics.has_errors() && !found.model.entries.is_empty();
    let diagnostics = except(diagnostics, &found.model.exceptions, is_whole, &levels, &found.sources);
    Compilation { diagnostics: settle(diagnostics, &levels), ..found }
}

/// What the graph shows, the lints and the proofs.
fn look_for_findings(
    found: &Compilation,
    words: &[Rule],
    told: Told<'_>,
    memo: Option<&mut Memo>,
    memory: Option<&mut lints::Memory>,
    diagnostics: &mut Diagnostics,
) {
    let Compilation { sources, model, types, graph, .. } = found;
    graph::check(model, types, graph, sources, diagnostics);
    let errors = errors_of(diagnostics);
    let wording = Wording::of(model, sources, words, memory);
    let Told { today, links } = told;
    let context = lints::Context { model, types, graph, sources, errors: &errors, today, links, wording: &wording };
    // Without entries everything is unused.
    if !model.entries.is_empty() {
        lints::check(&context, diagnostics);
    }
    // What a mistake left out would be missed everywhere, so that nothing is proved of a knowledge base with errors.
    if let Some(memo) = memo.filter(|_| errors.is_empty()) {
        analysis::analyse(model, types, graph, sources, memo, diagnostics);
    }
}

fn config_of(ids: &[FileId], sources: &Sources, diagnostics: &mut Diagnostics) -> Config {
    let file = ids.iter().find(|id| sources[**id].name == FILE_NAME);
    file.map(|id| read_config(*id, sources, diagnostics)).unwrap_or_default()
}

fn errors_of(diagnostics: &Diagnostics) -> Vec<Span> {
    let errors = diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let mut places: Vec<Span> = errors.filter_map(|finding| finding.span).collect();
    places.sort_unstable();
    places
}

fn model_of(
    remembered: &mut Remembered,
    config: &Config,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> (Model, Descent) {
    remembered.parse(sources);
    let (earlier, descent) = remembered.earlier().unzip();
    let descent = descent.unwrap_or_default();
    remembered.descent = descent.clone();
    let files = remembered.trees(diagnostics);
    check_not_empty(&files, diagnostics);
    let found = diagnostics.as_slice().len();
    let model = resolve::resolve_again(&files, earlier, config, sources, diagnostics);
    remembered.is_clean = diagnostics.as_slice().len() == found;
    (model, descent)
}

fn check_not_empty(files: &[&ast::File], diagnostics: &mut Diagnostics) {
    let is_entry = |item: &ast::Item| matches!(item, ast::Item::Entry(_));
    if !files.iter().flat_map(|file| &file.items).any(is_entry) && diagnostics.is_empty() {
        Diagnostic::general(Code::NoEntries).help("write-one").push_to(diagnostics);
    }
}
