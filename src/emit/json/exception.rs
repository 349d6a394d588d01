//! What writers allow, for those who publish. Refuses to know what was found.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Reading;
use crate::diag;
use crate::model::Kind;
use crate::source::{FileId, Span};

/// A check whose finding a writer allows.
#[derive(Serialize, JsonSchema)]
pub struct Exception {
    /// Name of the check, `unused-fact`.
    name: &'static str,
    /// Its code, `F0501`.
    code: &'static str,
    /// In the writer's words.
    reason: String,
    /// What it is allowed in; absent for a whole file, and for a table.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    subject: Option<Subject>,
    file: String,
    line: u32,
}

/// A declaration.
#[derive(Clone, Serialize, JsonSchema)]
struct Subject {
    /// `entry`, `symptom`, `fact` …
    kind: &'static str,
    id: String,
}

/// Declarations by the place where they begin.
type Subjects = BTreeMap<(FileId, u32), Subject>;

impl Reading<'_> {
    pub(super) fn exceptions(&self) -> Vec<Exception> {
        let exceptions = &self.compilation.model.exceptions;
        let subjects = if exceptions.is_empty() { Subjects::new() } else { self.subjects() };
        exceptions.iter().map(|exception| self.exception(exception, &subjects)).collect()
    }

    fn exception(&self, exception: &diag::Exception, subjects: &Subjects) -> Exception {
        let diag::Exception { code, block, span, reason } = *exception;
        let place = self.place(span);
        Exception {
            name: code.name(),
            code: code.id(),
            reason: self.text(reason),
            // A file begins where its first declaration may.
            subject: subjects.get(&(block.file, block.start)).filter(|_| !self.is_file(block)).cloned(),
            file: place.file,
            line: place.line,
        }
    }

    fn is_file(&self, block: Span) -> bool {
        block.start == 0 && block.end as usize == self.compilation.sources[block.file].text.len()
    }

    fn subjects(&self) -> Subjects {
        let model = &self.compilation.model;
        let own = |kind: Kind, span: Span, id: &str| {
            ((span.file, span.start), Subject { kind: kind.word(), id: id.to_owned() })
        };
        let entries = model.entries.iter().map(|it| own(Kind::Entry, it.span, &it.id));
        let symptoms = model.symptoms.iter().map(|it| own(Kind::Symptom, it.span, &it.id));
        let facts = model.facts.iter().map(|it| own(Kind::Fact, it.span, &it.id));
        let documents = model.documents.iter().map(|it| own(Kind::Document, it.span, &it.id));
        let contacts = model.contacts.iter().map(|it| own(Kind::Contact, it.span, &it.id));
        let terms = model.terms.iter().map(|it| own(Kind::Term, it.span, &it.id));
        let texts = model.texts.iter().map(|it| own(Kind::Text, it.span, &it.id));
        entries.chain(symptoms).chain(facts).chain(documents).chain(contacts).chain(terms).chain(texts).collect()
    }
}
