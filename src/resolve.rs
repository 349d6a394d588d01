//! Owns the way from asts to the model: declares all names of all files, then looks every reference up; refuses to
//! know what conditions mean, which names they use included (`types`).

mod action;
#[cfg(test)]
pub(crate) mod cases;
mod category;
mod declare;
mod earlier;
mod entry;
mod exception;
mod fact;
mod interface;
mod lookup;
mod prose;
mod report;
mod section;
mod subject;
mod suggest;
mod symptom;
mod table;
mod test;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

pub(crate) use earlier::Earlier;
pub(crate) use interface::{Declarations, have_same_interface};
pub(crate) use report::{did_you_mean, former_name, spelled, unknown_name, with_quotes};
pub(crate) use suggest::{Budget, Candidate, nearest};

use crate::ast;
use crate::config;
use crate::diag::{Diagnostics, Severity};
use crate::model::{ConditionId, Config, EntryId, Kind, Model, SectionId, SymptomId, fold_name};
use crate::source::{Sources, Span};

/// Joins the files into one knowledge base, which copies what it keeps of them. Ids are in order of the files and of the
/// declarations in each; symptoms written in place follow the declared ones.
pub fn resolve(
    files: &[&ast::File],
    config: &config::Config,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Model {
    resolve_again(files, None, config, sources, diagnostics)
}

/// The same, taking over what can be of a version in whose entries and actions nothing was found wrong, and whose files have the
/// [same interfaces](have_same_interface).
pub(crate) fn resolve_again(
    files: &[&ast::File],
    earlier: Option<Earlier>,
    config: &config::Config,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Model {
    let mut cx = Context { earlier, ..Context::new(config, sources, diagnostics) };
    cx.model.ends = files.iter().flat_map(|file| &file.ends).copied().collect();
    cx.model.ends.sort_unstable();
    let exceptions = files.iter().flat_map(|file| &file.exceptions).copied().collect();
    exception::resolve_exceptions(&mut cx, exceptions);
    let declared = declare::declare_all(&mut cx, files);
    cx.earlier.take_if(|earlier| !earlier.has_as_many(declared.entries.len(), declared.actions.len()));
    subject::resolve_subjects(&mut cx, declared.documents, declared.links, declared.contacts);
    subject::resolve_words(&mut cx, declared.terms, declared.texts);
    symptom::resolve_symptoms(&mut cx, declared.symptoms);
    fact::resolve_facts(&mut cx, declared.facts);
    table::resolve_tables(&mut cx, &declared.tables);
    entry::resolve_entries(&mut cx, declared.entries);
    action::resolve_actions(&mut cx, declared.actions);
    for assumption in declared.assumptions {
        let id = cx.condition(&assumption.condition);
        cx.model.assumptions.push(id);
    }
    test::resolve_tests(&mut cx, &declared.tests);
    category::check_categories(&mut cx);
    cx.model.config = resolve_config(&mut cx, config);
    cx.model
}

fn resolve_config(cx: &mut Context, config: &config::Config) -> Config {
    let contact = config.default_contact.as_ref();
    Config {
        title: config.title.clone(),
        language: config.language,
        version: config.version.clone(),
        updated: config.updated,
        previous: config.previous.clone(),
        links: config.links.clone(),
        default_contact: contact.and_then(|(name, span)| lookup::find_written(cx, name, quoted(*span))),
        site: config.site.clone(),
    }
}

fn quoted(span: Span) -> ast::Name {
    ast::Name { span, quoted: true }
}

/// What the two steps of resolution share.
struct Context<'a> {
    sources: &'a Sources,
    diagnostics: &'a mut Diagnostics,
    model: Model,
    numbers: BTreeMap<u32, EntryId>,
    /// By folded title.
    symptom_titles: FxHashMap<String, SymptomId>,
    /// Of each kind, by the index of the id.
    cards: FxHashMap<Kind, Vec<Card>>,
    /// Built when the first name of the kind is not found.
    candidates: FxHashMap<Kind, Vec<Candidate<Card>>>,
    budget: Budget,
    number_spans: FxHashMap<u32, Span>,
    /// Reported when all names are known.
    duplicates: Vec<declare::Duplicate>,
    /// Where lines could not be parsed, sorted.
    broken: Vec<Span>,
    /// Where former names are declared.
    former_spans: FxHashMap<(Kind, String), Span>,
    /// By the index of the document.
    document_sections: Vec<Vec<SectionId>>,
    /// By the index of the action.
    action_names: Vec<Option<ast::Name>>,
    categories: category::Index<'a>,
    /// The entry in which references stand.
    entry: Option<EntryId>,
    earlier: Option<Earlier>,
}

/// What something is called.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Card {
    name: ast::Name,
    title: Option<Span>,
}

impl<'a> Context<'a> {
    fn new(config: &config::Config, sources: &'a Sources, diagnostics: &'a mut Diagnostics) -> Self {
        let errors = diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
        let mut broken: Vec<Span> = errors.filter_map(|finding| finding.span).collect();
        broken.sort_unstable();
        let config = Config { language: config.language, ..Config::default() };
        Self {
            sources,
            diagnostics,
            model: Model { config, ..Model::default() },
            numbers: BTreeMap::new(),
            symptom_titles: FxHashMap::default(),
            cards: FxHashMap::default(),
            candidates: FxHashMap::default(),
            budget: Budget::default(),
            number_spans: FxHashMap::default(),
            duplicates: Vec::new(),
            broken,
            former_spans: FxHashMap::default(),
            document_sections: Vec::new(),
            action_names: Vec::new(),
            categories: category::Index::default(),
            entry: None,
            earlier: None,
        }
    }

    fn text(&self, span: Span) -> &'a str {
        self.sources.text(span)
    }

    /// A name as ids are: folded.
    fn id(&self, name: ast::Name) -> String {
        fold_name(self.text(name.span)).into_owned()
    }

    fn ids(&self, names: &[ast::Name]) -> Vec<String> {
        names.iter().map(|name| self.id(*name)).collect()
    }

    /// Whether a line from `from` on could not be parsed, up to the offset `end` of its file.
    fn is_broken(&self, from: Span, end: u32) -> bool {
        let next = self.broken.get(self.broken.partition_point(|span| *span < from));
        next.is_some_and(|span| span.file == from.file && span.start < end)
    }

    fn condition(&mut self, condition: &ast::Condition) -> ConditionId {
        self.model.conditions.push(condition.clone())
    }

    fn conditions(&mut self, conditions: &[ast::Condition]) -> Vec<ConditionId> {
        conditions.iter().map(|condition| self.condition(condition)).collect()
    }

    fn card(&self, kind: Kind, index: usize) -> Option<Card> {
        self.cards.get(&kind)?.get(index).copied()
    }
}
