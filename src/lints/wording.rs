//! What the lints about wording find in the texts of each file by itself. Refuses to know what they make of several files.
//!
//! A process that compiles again and again reads only the files that an edit has touched: what is found in a file depends on
//! its lines, on the terms and on the rules for words, and on nothing else.

use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

use super::avoided_word::Search;
use super::spelling_variants::{Groups, Reader};
use super::text::{Line, Stretch, stretches_of, visit_lines, visit_steps};
use super::undefined_abbreviation::Capitals;
use super::unused_term::Spelling;
use super::{avoided_word, long_sentence, several_actions, unused_term};
use crate::diag::Diagnostic;
use crate::graph::{Node, visit_parts};
use crate::model::{Model, Prose};
use crate::prh::Rule;
use crate::source::{FileId, SourceFile, Sources, Span};

/// What is found in each file, by its number.
#[derive(Debug, Default)]
pub struct Wording {
    files: Vec<Arc<Found>>,
}

/// What is found in one file.
#[derive(Debug, Default)]
pub struct Found {
    pub avoided: Vec<Diagnostic>,
    pub long: Vec<Diagnostic>,
    pub several: Vec<Diagnostic>,
    pub capitals: Capitals,
    pub variants: Groups,
    /// Where terms are spelt first.
    pub terms: FxHashMap<Spelling, Span>,
}

/// What was found the last time.
#[derive(Debug, Default)]
pub struct Memory {
    files: Vec<Known>,
    /// Of the terms and the rules.
    words: u64,
}

#[derive(Debug)]
struct Known {
    source: Arc<SourceFile>,
    /// Of the places of its lines.
    lines: u64,
    found: Arc<Found>,
}

impl Wording {
    /// Reads all files, or those of which the memory does not know.
    pub fn of(model: &Model, sources: &Sources, words: &[Rule], memory: Option<&mut Memory>) -> Self {
        let Some(memory) = memory else {
            let all: Vec<FileId> = sources.ids().collect();
            return Self { files: read(&all, model, sources, words).into_iter().map(Arc::new).collect() };
        };
        let lines = hash_lines(model, sources);
        let key = hash_words(model, sources, words);
        let before = std::mem::take(&mut memory.files);
        let is_known = |(id, lines): (&FileId, &u64)| {
            let known = before.get(id.0 as usize).filter(|_| memory.words == key)?;
            (known.lines == *lines && Arc::ptr_eq(&known.source, &sources.shared(*id)))
                .then(|| Arc::clone(&known.found))
        };
        let ids: Vec<FileId> = sources.ids().collect();
        let known: Vec<Option<Arc<Found>>> = ids.iter().zip(&lines).map(is_known).collect();
        let new: Vec<FileId> = ids.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(id, _)| *id).collect();
        let mut read = read(&new, model, sources, words).into_iter().map(Arc::new);
        let files: Vec<Arc<Found>> = known.into_iter().filter_map(|known| known.or_else(|| read.next())).collect();
        let remember = |((id, lines), found): ((FileId, u64), &Arc<Found>)| Known {
            source: sources.shared(id),
            lines,
            found: Arc::clone(found),
        };
        memory.files = ids.into_iter().zip(lines).zip(&files).map(remember).collect();
        memory.words = key;
        Self { files }
    }

    pub fn files(&self) -> impl Iterator<Item = &Found> {
        self.files.iter().map(Arc::as_ref)
    }
}

/// What some files say.
#[derive(Default)]
struct Texts<'a> {
    /// Of all kinds, each with whose text it is.
    lines: Vec<(Node, Span)>,
    stretches: Vec<Stretch>,
    steps: Vec<&'a Prose>,
}

/// What is found in each of some files.
fn read(files: &[FileId], model: &Model, sources: &Sources, words: &[Rule]) -> Vec<Found> {
    if files.is_empty() {
        return Vec::new();
    }
    let mut texts: Vec<Texts<'_>> = files.iter().map(|_| Texts::default()).collect();
    let mut places = vec![None; sources.ids().count()];
    files.iter().enumerate().for_each(|(place, file)| places[file.0 as usize] = Some(place));
    let place = |file: FileId| places.get(file.0 as usize).copied().flatten();
    visit_lines(model, &mut |line: Line<'_>| {
        if let Some(texts) = place(line.span.file).and_then(|place| texts.get_mut(place)) {
            stretches_of(line, sources, &mut texts.stretches);
        }
    });
    visit_parts(model, &mut |at, part| {
        for line in unused_term::lines(&part) {
            let texts = place(line.file).and_then(|place| texts.get_mut(place));
            texts.into_iter().for_each(|texts| texts.lines.push((at.node, *line)));
        }
    });
    visit_steps(model, &mut |prose| {
        let file = prose.lines.first().and_then(|line| place(line.file));
        file.and_then(|file| texts.get_mut(file)).into_iter().for_each(|texts| texts.steps.push(prose));
    });
    let search = Search::new(model, sources, words);
    let terms = unused_term::Search::new(model, sources);
    let reader = Reader::default();
    let found = |texts: &Texts<'_>| {
        let mut found = find(texts, sources, &search, &reader);
        texts.lines.iter().for_each(|(node, line)| terms.read(*node, *line, sources, &mut found.terms));
        found
    };
    texts.iter().map(found).collect()
}

fn find(texts: &Texts<'_>, sources: &Sources, search: &Search<'_>, reader: &Reader) -> Found {
    let stretches = || texts.stretches.iter().map(|stretch| (*stretch, sources.text(stretch.span)));
    let mut found = Found { long: long_sentence::find(stretches(), sources), ..Found::default() };
    for (stretch, text) in stretches() {
        avoided_word::find(stretch, text, search, &mut found.avoided);
        found.capitals.read(stretch.span, text);
        reader.read(stretch.span, text, &mut found.variants);
    }
    found.several = texts.steps.iter().filter_map(|prose| several_actions::find(prose, sources)).collect();
    found
}

/// Of each file the places of its lines, and of what is no text in them.
fn hash_lines(model: &Model, sources: &Sources) -> Vec<u64> {
    let mut hashers: Vec<FxHasher> = sources.ids().map(|_| FxHasher::default()).collect();
    visit_lines(model, &mut |line: Line<'_>| {
        if let Some(hasher) = hashers.get_mut(line.span.file.0 as usize) {
            hasher.write_u64(u64::from(line.span.start) << 32 | u64::from(line.span.end));
            line.references().for_each(|reference| hasher.write_u32(reference.span.start));
        }
    });
    hashers.iter().map(Hasher::finish).collect()
}

fn hash_words(model: &Model, sources: &Sources, words: &[Rule]) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    for term in model.terms.iter() {
        term.avoid.len().hash(&mut hasher);
        term.spellings().for_each(|span| (span, sources.text(span)).hash(&mut hasher));
    }
    words.iter().for_each(|rule| rule.hash(&mut hasher));
    hasher.finish()
}
