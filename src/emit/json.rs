//! Owns `kb.json`: the resolved knowledge base and its graph, for other programs. Refuses to know rows and cells: those are the
//! inference table's.
//!
//! Texts are plain here, each reference as the words it is shown with; `references` lists what an entry relies on.

mod action;
mod condition;
mod declared;
mod entry;
mod exception;

use schemars::JsonSchema;
use serde::Serialize;

use super::graph::{GraphDocument, whole};
use super::{OutputFile, wire};
use crate::model::Prose;
use crate::prose::plain;
use crate::session::Compilation;
use crate::source::Span;
use crate::table::TableLanguage;

const FORMAT: &str = "faqc-kb";
const VERSION: u32 = 1;

/// A knowledge base with every name looked up.
#[derive(Serialize, JsonSchema)]
struct KnowledgeBase {
    /// Always `faqc-kb`.
    format: &'static str,
    /// Version of the format.
    version: u32,
    title: String,
    /// Language of the prose.
    language: TableLanguage,
    /// Version of the knowledge base, as its writers count.
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<String>,
    /// Day of the knowledge base as a whole, `2023-06-29`.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    /// Id of the contact who helps when nothing else does.
    #[serde(skip_serializing_if = "Option::is_none")]
    default_contact: Option<String>,
    entries: Vec<entry::Entry>,
    symptoms: Vec<declared::Symptom>,
    facts: Vec<declared::Fact>,
    documents: Vec<declared::Document>,
    links: Vec<declared::Link>,
    contacts: Vec<declared::Contact>,
    terms: Vec<declared::Term>,
    texts: Vec<declared::Text>,
    /// Each as titles from the widest to the narrowest.
    categories: Vec<Vec<String>>,
    /// Warnings and notes that its writers allow.
    exceptions: Vec<exception::Exception>,
    /// What relies on what.
    graph: GraphDocument,
}

/// The file `kb.json`.
pub fn emit(compilation: &Compilation) -> Vec<OutputFile> {
    let mut text = Vec::with_capacity(1 << 16);
    let document = knowledge_base(compilation);
    serde_json::to_writer(&mut text, &document).expect("strings, numbers and lists of them can be written");
    text.push(b'\n');
    let text = String::from_utf8(text).expect("serde_json writes UTF-8");
    vec![OutputFile::text("kb.json", text)]
}

/// The JSON Schema of the file.
pub fn schema() -> schemars::Schema {
    wire::schema::<KnowledgeBase>()
}

fn knowledge_base(compilation: &Compilation) -> KnowledgeBase {
    let model = &compilation.model;
    let config = &model.config;
    let it = Reading { compilation };
    KnowledgeBase {
        format: FORMAT,
        version: VERSION,
        title: config.title.clone(),
        language: wire::language(config.language),
        release: config.version.clone(),
        updated: config.updated.map(wire::date),
        default_contact: config.default_contact.map(|id| model.contacts[id].id.clone()),
        entries: model.entries.enumerate().map(|(id, entry)| it.entry(id, entry)).collect(),
        symptoms: model.symptoms.iter().map(|symptom| it.symptom(symptom)).collect(),
        facts: model.facts.enumerate().map(|(id, fact)| it.fact(id, fact)).collect(),
        documents: model.documents.iter().map(|document| it.document(document)).collect(),
        links: model.links.iter().map(|link| it.link(link)).collect(),
        contacts: model.contacts.iter().map(|contact| it.contact(contact)).collect(),
        terms: model.terms.iter().map(|term| it.term(term)).collect(),
        texts: model.texts.iter().map(|text| it.text_by_value(text)).collect(),
        categories: model.categories.ids().map(|id| wire::category_path(Some(id), model)).collect(),
        exceptions: it.exceptions(),
        graph: whole(compilation),
    }
}

/// What the parts of the document are read from.
struct Reading<'a> {
    compilation: &'a Compilation,
}

/// Where something is written.
#[derive(Serialize, JsonSchema)]
struct Place {
    /// Relative to the knowledge base, with `/`.
    file: String,
    /// Counted from 1.
    line: u32,
}

impl Reading<'_> {
    fn plain(&self, prose: &Prose) -> String {
        plain(prose, &self.compilation.model, &self.compilation.sources)
    }

    fn maybe_plain(&self, prose: Option<&Prose>) -> Option<String> {
        prose.map(|prose| self.plain(prose))
    }

    fn text(&self, span: Span) -> String {
        self.compilation.sources.text(span).to_owned()
    }

    fn place(&self, span: Span) -> Place {
        let sources = &self.compilation.sources;
        Place { file: sources[span.file].name.clone(), line: sources.line(span) }
    }
}
