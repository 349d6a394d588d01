//! What human and JSON output say alike: facts, conditions and places in words. Refuses to know layouts.

use super::{Inquiry, Reason, RequirementKind};
use crate::domain::say_literal;
use crate::language::Language;
use crate::logic::{Values, Var};
use crate::model::{ConditionId, EntryId, FactId, SymptomId, Type};
use crate::prose::{fact_title, plain};
use crate::source::Span;
use crate::speech::{Speech, describe, describe_meaning};

impl Inquiry<'_> {
    /// Facts and values are said in the language of the knowledge base, as they are everywhere else.
    pub(super) fn speech(&self) -> Speech<'_> {
        let compilation = self.compilation;
        Speech {
            model: &compilation.model,
            types: &compilation.types,
            sources: &compilation.sources,
            language: compilation.model.config.language,
        }
    }

    /// 「事業所の数：2以上」
    pub(super) fn say(&self, var: Var, cells: &Values) -> String {
        say_literal(var, cells, &self.domain, self.speech())
    }

    /// What is asked, without a value.
    pub(super) fn question(&self, var: Var) -> String {
        let compilation = self.compilation;
        let variable = &self.domain.variables[var.index()];
        let label = fact_title(variable.fact, &compilation.model, &compilation.sources);
        let member = variable.member.and_then(|member| match &compilation.model.facts[variable.fact].ty {
            Type::AnyOf { values } => values.get(member),
            Type::Error | Type::YesNo | Type::OneOf { .. } | Type::Number { .. } | Type::Version | Type::Date => None,
        });
        match member {
            Some(member) => {
                let member = compilation.sources.text(member.label.unwrap_or(member.span));
                match compilation.model.config.language {
                    Language::Japanese => format!("{label}（{member}）"),
                    Language::English => format!("{label} ({member})"),
                }
            }
            None => label,
        }
    }

    /// The id that the inference table gives a variable.
    pub(super) fn id(&self, var: Var) -> String {
        let variable = &self.domain.variables[var.index()];
        let fact = &self.compilation.model.facts[variable.fact];
        match (variable.member, &fact.ty) {
            (Some(member), Type::AnyOf { values }) => match values.get(member) {
                Some(value) => format!("{}/{}", fact.id, value.id),
                None => fact.id.clone(),
            },
            (
                _,
                Type::Error
                | Type::YesNo
                | Type::OneOf { .. }
                | Type::AnyOf { .. }
                | Type::Number { .. }
                | Type::Version
                | Type::Date,
            ) => fact.id.clone(),
        }
    }

    pub(super) fn condition_words(&self, kind: &RequirementKind) -> Option<String> {
        let speech = self.speech();
        match kind {
            RequirementKind::Condition { meaning, .. } => {
                Some(describe_meaning(meaning, speech.model, speech.types, speech.sources, speech.language))
            }
            RequirementKind::NotOverridden { .. } | RequirementKind::NothingRegular { .. } => None,
        }
    }

    /// Where a requirement is written.
    pub(super) fn span_of(&self, kind: &RequirementKind) -> Span {
        match kind {
            RequirementKind::Condition { span, .. } => *span,
            RequirementKind::NotOverridden { declared, .. } => *declared,
            RequirementKind::NothingRegular { entry } => self.compilation.model.entries[*entry].span,
        }
    }

    /// An assumption: its words, and the fact whose `only when` it is.
    pub(super) fn assumption(&self, written: ConditionId) -> (String, Option<FactId>) {
        let speech = self.speech();
        let words = describe(written, speech.model, speech.types, speech.sources, speech.language);
        let mut facts = speech.model.facts.enumerate();
        let dependent = facts.find(|(_, fact)| fact.only_when.first() == Some(&written)).map(|(id, _)| id);
        (words, dependent)
    }

    pub(super) fn place(&self, span: Span) -> (&str, u32) {
        let (file, position) = self.compilation.sources.locate(span);
        (file, position.line)
    }

    /// `No.12`, else the entry's name.
    pub(super) fn entry_name(&self, entry: EntryId) -> String {
        let declared = &self.compilation.model.entries[entry];
        declared.number.map_or_else(|| declared.id.clone(), |number| format!("No.{number}"))
    }

    pub(super) fn entry_title(&self, entry: EntryId) -> String {
        let compilation = self.compilation;
        plain(&compilation.model.entries[entry].title, &compilation.model, &compilation.sources)
    }

    pub(super) fn symptom_title(&self, symptom: SymptomId) -> String {
        let compilation = self.compilation;
        plain(&compilation.model.symptoms[symptom].title, &compilation.model, &compilation.sources)
    }
}

impl Reason {
    /// Nothing has to be known, and nothing assumed: it is so by itself.
    pub(super) fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.assumptions.is_empty()
    }
}
