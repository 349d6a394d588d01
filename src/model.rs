//! Owns the resolved knowledge base: typed ids, tables indexed by them, every name looked up; refuses to know what
//! conditions mean (`types`) and what depends on what (`graph`).
//!
//! Something that could not be resolved is left out, or stands as an `Error` variant; it has been reported, and later
//! passes pass over it in silence.

mod ids;
mod names;

pub use ids::{
    ActionId, CategoryId, ConditionId, ContactId, DocumentId, EntryId, FactId, Id, IdVec, LinkId, SectionId, SymptomId,
    TermId, TestId, TextId,
};
pub use names::{Kind, Named, Names, fold_name};

use std::ops::Range;

use crate::ast::{self, Date, LikelihoodKind, Policy};
use crate::config::{LinkSettings, SiteConfig};
use crate::diag::Exception;
use crate::language::Language;
use crate::source::Span;

#[derive(Debug, Default)]
pub struct Model {
    pub config: Config,
    pub entries: IdVec<EntryId, Entry>,
    /// Every action and alternative of every entry, an entry's own together and in order.
    pub actions: IdVec<ActionId, Action>,
    pub symptoms: IdVec<SymptomId, Symptom>,
    pub facts: IdVec<FactId, Fact>,
    pub documents: IdVec<DocumentId, Document>,
    pub sections: IdVec<SectionId, Section>,
    pub links: IdVec<LinkId, Link>,
    pub contacts: IdVec<ContactId, Contact>,
    pub terms: IdVec<TermId, Term>,
    pub texts: IdVec<TextId, TextByValue>,
    pub categories: IdVec<CategoryId, Category>,
    pub tests: IdVec<TestId, Test>,
    /// The `assume` declarations.
    pub assumptions: Vec<ConditionId>,
    /// The `allow` lines, by file and place.
    pub exceptions: Vec<Exception>,
    /// Of each block at the top level its header line and the brace that closes it, in order.
    pub ends: Vec<(Span, Span)>,
    /// Every condition of the knowledge base, as written; `types` holds their meaning under the same ids.
    pub conditions: IdVec<ConditionId, ast::Condition>,
    pub names: Names,
}

impl Model {
    /// The brace that closes a block at the top level, by its header line.
    pub fn end_of(&self, header: Span) -> Option<Span> {
        let at = self.ends.binary_search_by_key(&header, |(header, _)| *header).ok()?;
        self.ends.get(at).map(|(_, brace)| *brace)
    }

    /// Actions and after them all their alternatives, step by step.
    pub fn with_alternatives(&self, actions: impl Iterator<Item = ActionId>) -> Vec<ActionId> {
        let mut found: Vec<ActionId> = actions.collect();
        let mut next = 0;
        while let Some(action) = found.get(next).copied() {
            found.extend(&self.actions[action].alternatives);
            next += 1;
        }
        found
    }
}

/// What `faq.toml` says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub title: String,
    /// Language of the prose.
    pub language: Language,
    pub version: Option<String>,
    /// Day of the knowledge base as a whole.
    pub updated: Option<Date>,
    pub default_contact: Option<ContactId>,
    /// Where the previous release is: a folder beside, or `git:` and a revision.
    pub previous: Option<String>,
    /// How addresses are tested, when somebody asks for it.
    pub links: LinkSettings,
    /// What the web site does beside showing the FAQ.
    pub site: SiteConfig,
}

#[derive(Debug)]
pub struct Entry {
    /// The name it is known by in references, links and outputs.
    pub id: String,
    pub name: Span,
    /// The header line.
    pub span: Span,
    pub title: Prose,
    pub number: Option<u32>,
    pub formerly: Vec<String>,
    /// The narrowest of its categories.
    pub category: Option<CategoryId>,
    pub symptoms: Vec<SymptomUse>,
    /// All must hold.
    pub when: Vec<ConditionId>,
    pub fallback: bool,
    pub before: Vec<EntryUse>,
    pub overrides: Vec<EntryUse>,
    pub causes: Vec<Cause>,
    /// Its own top-level actions, those of its causes, and the remedies it reuses, in the order written.
    pub actions: Vec<ActionUse>,
    pub notes: Vec<Step>,
    pub see: Vec<Reference>,
    pub contacts: Vec<ContactUse>,
    pub otherwise: Vec<Fallthrough>,
    pub weight: Option<u32>,
    pub review: Option<Date>,
    pub updated: Option<Date>,
    pub owner: Option<Prose>,
    /// All of its own, by their ids' indexes: those of its causes and notes too, those of its actions not.
    pub conditions: Range<usize>,
}

#[derive(Clone, Copy, Debug)]
pub struct SymptomUse {
    pub symptom: SymptomId,
    pub span: Span,
}

#[derive(Clone, Copy, Debug)]
pub struct EntryUse {
    pub entry: EntryId,
    pub span: Span,
}

#[derive(Clone, Copy, Debug)]
pub struct ContactUse {
    pub contact: ContactId,
    pub span: Span,
}

#[derive(Clone, Copy, Debug)]
pub struct FactUse {
    pub fact: FactId,
    pub span: Span,
}

#[derive(Clone, Copy, Debug)]
pub struct ActionUse {
    pub action: ActionId,
    /// Where `do entry/action` stands, when the action is another entry's.
    pub reused: Option<Span>,
    /// Index into the entry's `causes`.
    pub cause: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
pub enum Fallthrough {
    Contact(ContactUse),
    Entry(EntryUse),
}

#[derive(Debug)]
pub struct Cause {
    pub span: Span,
    pub title: Prose,
    pub when: Vec<ConditionId>,
    pub notes: Vec<Step>,
    pub see: Vec<Reference>,
}

#[derive(Debug)]
pub struct Action {
    pub entry: EntryId,
    /// The action of which this is an alternative; its guards hold for this one, its steps come before.
    pub parent: Option<ActionId>,
    /// Index into the entry's `causes`; the cause's conditions are guards too.
    pub cause: Option<usize>,
    /// Place within the entry, counted from 1: `2`, and `2.1` for an alternative of it.
    pub number: String,
    pub name: Option<String>,
    pub span: Span,
    pub title: Option<Prose>,
    pub when: Vec<ConditionId>,
    pub steps: Vec<Step>,
    pub alternatives: Vec<ActionId>,
    pub finds: Vec<FactUse>,
    pub sets: Vec<Effect>,
    pub recheck: Vec<FactUse>,
    pub then: Vec<EntryUse>,
    pub contacts: Vec<ContactUse>,
    pub after: Vec<(ActionId, Span)>,
    pub see: Vec<Reference>,
    pub solved: Option<Prose>,
    pub likely: Option<LikelihoodKind>,
    /// Seconds.
    pub takes: Option<u32>,
    /// All of its own, by their ids' indexes: those of its steps too, those of alternatives not.
    pub conditions: Range<usize>,
}

#[derive(Debug)]
pub struct Effect {
    pub fact: FactId,
    pub span: Span,
    pub value: ast::Value,
}

/// Text with its references looked up.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// Each line's text in the source.
    pub lines: Vec<Span>,
    /// In source order, each within one of `lines`.
    pub refs: Vec<Reference>,
}

#[derive(Clone, Debug)]
pub struct Reference {
    /// What is replaced when the text is rendered; for `see`, the reference as written.
    pub span: Span,
    pub target: Target,
    /// What to show instead of the target's own title.
    pub shown: Option<Span>,
    /// Written as a bare `No.6`, which is shown as written.
    pub bare: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Not found; reported. Rendered as written.
    Error,
    /// `\No.6`: rendered without its first byte.
    Escape,
    /// Several for a range of numbers.
    Entries(Vec<EntryId>),
    Action(ActionId),
    Symptom(SymptomId),
    Fact(FactId),
    Document(DocumentId),
    Section(SectionId),
    Link(LinkId),
    Contact(ContactId),
    Term(TermId),
    Text(TextId),
}

#[derive(Debug)]
pub struct Step {
    pub span: Span,
    pub kind: StepKind,
}

#[derive(Debug)]
pub enum StepKind {
    Step(Prose),
    Bullet(Prose),
    Note(Prose),
    Warning(Prose),
    Fence { info: Span, lines: Vec<Span> },
    Branches(Vec<Branch>),
    Do(ActionId),
    Contact(ContactId),
    See(Vec<Reference>),
}

#[derive(Debug)]
pub struct Branch {
    pub span: Span,
    /// `None` for `else`.
    pub when: Option<ConditionId>,
    pub steps: Vec<Step>,
}

#[derive(Debug)]
pub struct Symptom {
    pub id: String,
    pub name: Span,
    pub span: Span,
    pub title: Prose,
    /// Written in place in an entry, not declared.
    pub in_place: bool,
    pub same_as: Vec<SymptomUse>,
    pub kind_of: Vec<SymptomUse>,
    pub messages: Vec<Message>,
    pub during: Option<Prose>,
    pub also: Vec<Span>,
    pub order: Vec<EntryUse>,
    pub policy: Option<Policy>,
    pub formerly: Vec<String>,
    pub notes: Vec<Step>,
}

#[derive(Debug)]
pub struct Message {
    pub span: Span,
    pub language: Option<Span>,
    pub lines: Vec<Span>,
}

/// Something about the reader's situation that conditions speak of: asked, or derived from other facts.
#[derive(Debug)]
pub struct Fact {
    pub id: String,
    pub name: Span,
    pub span: Span,
    pub label: Option<Span>,
    pub ty: Type,
    pub derived: Option<Vec<Rule>>,
    /// The table that its rules are rows of.
    pub table: Option<DecisionTable>,
    pub ask: Option<Prose>,
    pub checks: Vec<CheckProcedure>,
    pub shows: Vec<Shows>,
    pub only_when: Vec<ConditionId>,
    pub if_unknown: Option<IfUnknown>,
    /// Seconds.
    pub takes: Option<u32>,
    pub formerly: Vec<String>,
    pub notes: Vec<Step>,
}

/// What a `table` says beside its rows.
#[derive(Debug)]
pub struct DecisionTable {
    pub name: Span,
    /// What it means that several rows hold together; the value is that of the first one in any case.
    pub policy: Policy,
    /// The facts of the columns before the last, as far as they were found.
    pub columns: Vec<FactId>,
}

/// The first rule that holds gives a derived fact its value; if none does it has no value, and every comparison is false.
#[derive(Debug)]
pub struct Rule {
    pub span: Span,
    pub value: RuleValue,
    /// `None` holds always.
    pub when: Option<ConditionId>,
}

#[derive(Clone, Debug)]
pub enum RuleValue {
    /// Of a `define`.
    Yes,
    Written(ast::Value),
}

#[derive(Clone, Debug)]
pub enum Type {
    /// Not parsed; reported.
    Error,
    YesNo,
    /// `open`: some other value is possible.
    OneOf {
        values: Vec<ValueDecl>,
        open: bool,
    },
    AnyOf {
        values: Vec<ValueDecl>,
    },
    Number {
        range: Option<ast::Range>,
        step: Option<ast::Value>,
        unit: Option<Span>,
    },
    Version,
    Date,
}

#[derive(Clone, Debug)]
pub struct ValueDecl {
    /// Folded name.
    pub id: String,
    pub span: Span,
    pub label: Option<Span>,
}

#[derive(Debug)]
pub struct CheckProcedure {
    pub span: Span,
    pub when: Option<ConditionId>,
    pub steps: Vec<Step>,
}

#[derive(Debug)]
pub struct Shows {
    pub value: ast::Value,
    pub text: Span,
}

#[derive(Debug)]
pub enum IfUnknown {
    Contact(ContactUse),
    Entry(EntryUse),
    Value(ast::Value),
}

#[derive(Debug)]
pub struct Document {
    pub id: String,
    pub name: Span,
    pub span: Span,
    pub title: Prose,
    pub sections: Vec<SectionId>,
    pub url: Option<Span>,
    /// Where it is published.
    pub place: Option<Prose>,
    pub notes: Vec<Step>,
}

#[derive(Debug)]
pub struct Section {
    pub document: DocumentId,
    pub span: Span,
    /// Folded, without 第…章.
    pub number: Option<String>,
    pub title: Option<Span>,
    pub url: Option<Span>,
}

#[derive(Debug)]
pub struct Link {
    pub id: String,
    pub name: Span,
    pub span: Span,
    pub title: Prose,
    pub url: Span,
}

#[derive(Debug)]
pub struct Contact {
    pub id: String,
    pub name: Span,
    pub span: Span,
    pub title: Prose,
    pub url: Option<Span>,
    pub tel: Option<Prose>,
    pub mail: Option<Prose>,
    pub hours: Option<Prose>,
    pub tell: Option<Prose>,
    pub takes: Option<u32>,
    pub notes: Vec<Step>,
}

#[derive(Debug)]
pub struct Term {
    pub id: String,
    pub name: Span,
    pub span: Span,
    pub avoid: Vec<Span>,
    pub meaning: Option<Prose>,
    pub reading: Option<Prose>,
}

impl Term {
    /// The right form, then those to avoid.
    pub fn spellings(&self) -> impl Iterator<Item = Span> {
        std::iter::once(self.name).chain(self.avoid.iter().copied())
    }
}

#[derive(Debug)]
pub struct TextByValue {
    pub id: String,
    pub name: Span,
    pub span: Span,
    pub by: Option<FactUse>,
    pub cases: Vec<TextCase>,
}

#[derive(Debug)]
pub struct TextCase {
    pub span: Span,
    /// `None` for `otherwise`.
    pub value: Option<ast::Value>,
    pub text: Prose,
}

#[derive(Debug)]
pub struct Category {
    /// As first written.
    pub title: String,
    pub parent: Option<CategoryId>,
    /// Where it is first used.
    pub span: Span,
}

#[derive(Debug)]
pub struct Test {
    pub span: Span,
    pub title: Prose,
    pub given: Vec<ast::Spanned<Given>>,
    pub expect: Vec<Expect>,
}

#[derive(Clone, Debug)]
pub enum Given {
    Symptom(SymptomId),
    Message(Span),
    Fact { fact: FactId, value: ast::Value },
    Unknown(FactId),
    Failed(ActionId),
    Today(Date),
}

#[derive(Debug)]
pub struct Expect {
    pub span: Span,
    pub kind: ExpectKind,
}

#[derive(Debug)]
pub enum ExpectKind {
    Entry(EntryId),
    Applies(Vec<EntryId>),
    Certain(EntryId),
    Possible(EntryId),
    Excluded(EntryId),
    Ask(FactId),
    Action(ActionId),
    Contact(ContactId),
    None,
}
