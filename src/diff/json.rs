//! A diff as one JSON document, for programs. Refuses to know the words of people beyond titles and conditions, which are
//! in the language of the new version.

use schemars::JsonSchema;
use serde::Serialize;

use super::say::{Meant, Spoken, View};
use super::{
    Answer, Change, Diff, Effect, OneSided, Region, Rename, RenamedKind, Side, SymptomChange, TextChange, Thing, Twin,
    Undecided,
};
use crate::domain::Cell;
use crate::emit::wire::{self, Stretch};
use crate::logic::{Cube, Values, Var};
use crate::model::Type;

const FORMAT: &str = "faqc-diff";
const VERSION: u32 = 1;

/// What changes for readers from one version of a knowledge base to another. Things go by their ids in the new version; those
/// that it does not have by their ids in the old one.
#[derive(Serialize, JsonSchema)]
struct Document {
    /// Always `faqc-diff`.
    format: &'static str,
    /// Version of the format.
    version: u32,
    old: Release,
    new: Release,
    /// It is proved that nothing changes for any reader. Changed names alone do not count.
    unchanged: bool,
    renames: Vec<NameChange>,
    /// Actions that have another id now, since actions without a name go by their number: effects and examples name an
    /// action as the version does that offers it.
    renumbered: Vec<Renumbered>,
    added: Vec<Name>,
    removed: Vec<Name>,
    /// Facts whose type changed; they were compared as two.
    retyped: Vec<String>,
    /// Where other entries apply, other actions are offered, or their order is another.
    symptoms: Vec<Symptom>,
    texts: Vec<Text>,
    /// What only one of the versions knows, and no answers are compared in.
    situations: Vec<Situations>,
    /// Questions stand in another order, which decides which is asked first where nothing else does.
    question_order_changed: bool,
    /// The versions have no situation in common: no answers were compared.
    disjoint: bool,
    /// What could not be decided; with one of these, nothing is said to be unchanged.
    undecided: Vec<Open>,
}

/// One of the two versions.
#[derive(Serialize, JsonSchema)]
struct Release {
    /// What it was compared as: a folder, or a revision and a folder.
    label: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<String>,
    /// `2023-06-29`
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
}

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Which {
    Old,
    New,
}

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    KnowledgeBase,
    Entry,
    Action,
    Symptom,
    Fact,
    Document,
    Section,
    Link,
    Contact,
    Term,
}

#[derive(Serialize, JsonSchema)]
struct NameChange {
    kind: Kind,
    old: String,
    new: String,
    /// By `formerly`; otherwise it is a guess, made because the contents are equal.
    declared: bool,
}

#[derive(Serialize, JsonSchema)]
struct Renumbered {
    old: String,
    new: String,
}

#[derive(Serialize, JsonSchema)]
struct Name {
    kind: Kind,
    id: String,
    title: String,
}

/// A symptom for which something changes.
#[derive(Serialize, JsonSchema)]
struct Symptom {
    id: String,
    title: String,
    order: Order,
    /// One for each region.
    changes: Vec<Changed>,
    /// Not decided, because it would take too long.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided: Vec<Effected>,
}

/// Ids of all entries of the symptom in the order in which they are shown, whether they apply or not.
#[derive(Serialize, JsonSchema)]
struct Order {
    old: Vec<String>,
    new: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Changed {
    effects: Vec<Effected>,
    #[serde(flatten)]
    region: Where,
    example: Example,
}

/// One thing that changes, by ids.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Effected {
    /// The entry applies now.
    Shown { entry: String },
    /// The entry applies no longer.
    Hidden { entry: String },
    /// Both apply in both versions, and `first` comes before `second` now.
    Before { first: String, second: String },
    /// The entry applies in both versions and offers the action now.
    Offered { entry: String, action: String },
    /// The entry applies in both versions and offers the action no longer.
    Withdrawn { entry: String, action: String },
    /// The entry offers both actions in both versions, and `first` comes before `second` now.
    ActionBefore { entry: String, first: String, second: String },
}

/// Where it is so.
#[derive(Serialize, JsonSchema)]
struct Where {
    /// It is so in each of them, and, if `complete`, nowhere else. None can be made larger or left out. What the assumptions
    /// exclude may lie in a box.
    boxes: Vec<Case>,
    complete: bool,
    /// So many situations, of so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    situations: Option<Counted>,
}

#[derive(Serialize, JsonSchema)]
struct Counted {
    of: u64,
    all: u64,
}

/// All situations in which these facts have one of these values.
#[derive(Serialize, JsonSchema)]
struct Case {
    /// In words; empty for all situations.
    text: String,
    facts: Vec<Literal>,
}

/// Some values of a fact.
#[derive(Serialize, JsonSchema)]
struct Literal {
    fact: String,
    /// The version whose fact it is, where only one asks for it, or its type changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    only: Option<Which>,
    /// Of a fact of several values, the one that is chosen or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
    /// `yes`, `no`, or names of declared values.
    #[serde(rename = "in", skip_serializing_if = "Vec::is_empty")]
    values: Vec<String>,
    /// Any value that neither version declares.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    other: bool,
    /// Stretches of numbers, versions or days.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    within: Vec<Stretch>,
    /// The fact does not apply.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    not_applicable: bool,
    /// Stretches of which only those values are meant that the other version does not have, its steps being others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    within_other_steps: Vec<Stretch>,
}

#[derive(Serialize, JsonSchema)]
struct Example {
    /// In words; empty when the answers hang on nothing.
    text: String,
    facts: Vec<Literal>,
    old: Vec<Told>,
    new: Vec<Told>,
}

/// An entry that applies, with the actions that it offers, by ids, in order.
#[derive(Serialize, JsonSchema)]
struct Told {
    entry: String,
    actions: Vec<String>,
}

/// A text that changed.
#[derive(Serialize, JsonSchema)]
struct Text {
    kind: Kind,
    id: String,
    title: String,
    /// Lines that are gone and lines that are new, in reading order.
    lines: Vec<Line>,
    /// Where readers see the change; everywhere unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Where>,
    /// Ids of the entries that refer to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cited_by: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Line {
    of: Which,
    text: String,
    /// It steers the next step and is not shown itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    guidance: bool,
}

/// Situations that one version's assumptions allow and the other's do not.
#[derive(Serialize, JsonSchema)]
struct Situations {
    known_to: Which,
    #[serde(flatten)]
    region: Where,
    example: Vec<Literal>,
}

/// Something that was not decided.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "what", rename_all = "kebab-case")]
enum Open {
    /// A derived fact of this version is too large: nothing about conditions is sure.
    Conditions { of: Which },
    /// Whether only one version knows some situations.
    Situations,
    /// Whether this text changes.
    Text { kind: Kind, id: String },
    /// Whether more changes for this symptom.
    Symptom { id: String },
}

/// The document, on one line.
pub fn render(diff: &Diff<'_>, labels: [&str; 2]) -> String {
    let document = Writer { diff }.document(labels);
    serde_json::to_string(&document).expect("strings, numbers and lists of them can be written") + "\n"
}

/// The JSON Schema of the document.
pub fn schema() -> schemars::Schema {
    wire::schema::<Document>()
}

struct Writer<'a> {
    diff: &'a Diff<'a>,
}

impl Writer<'_> {
    fn document(&self, labels: [&str; 2]) -> Document {
        let diff = self.diff;
        Document {
            format: FORMAT,
            version: VERSION,
            old: self.release(Side::Old, labels[0]),
            new: self.release(Side::New, labels[1]),
            unchanged: diff.is_unchanged(),
            renames: diff.matching.renames.iter().map(rename).collect(),
            renumbered: self.renumbered(),
            added: diff.added.iter().map(|thing| self.name(*thing)).collect(),
            removed: diff.removed.iter().map(|thing| self.name(*thing)).collect(),
            retyped: diff.joint.retyped.iter().map(|twin| diff.id(Thing::Fact(*twin))).collect(),
            symptoms: diff.symptoms.iter().map(|change| self.symptom(change)).collect(),
            texts: diff.texts.iter().map(|change| self.text(change)).collect(),
            situations: diff.one_sided.iter().map(|it| self.situations(it)).collect(),
            question_order_changed: diff.is_question_order_changed,
            disjoint: diff.is_disjoint,
            undecided: diff.undecided.iter().map(|it| self.open(it)).collect(),
        }
    }

    fn release(&self, side: Side, label: &str) -> Release {
        let config = &self.diff.version(side).model().config;
        Release {
            label: label.to_owned(),
            title: config.title.clone(),
            release: config.version.clone(),
            updated: config.updated.map(wire::date),
        }
    }

    fn name(&self, thing: Thing) -> Name {
        Name { kind: kind(thing), id: self.diff.id(thing), title: self.diff.title(thing) }
    }

    fn entry(&self, twin: Twin) -> String {
        self.diff.id(Thing::Entry(twin))
    }

    fn action(&self, side: Side, twin: Twin) -> String {
        self.diff.id_in(side, Thing::Action(twin)).unwrap_or_default()
    }

    fn renumbered(&self) -> Vec<Renumbered> {
        let ids = self.diff.matching.actions.iter().filter(|(_, pair)| pair.iter().all(Option::is_some));
        let ids = ids.map(|(twin, _)| [Side::Old, Side::New].map(|side| self.action(side, twin)));
        ids.filter(|[old, new]| old != new).map(|[old, new]| Renumbered { old, new }).collect()
    }

    fn symptom(&self, change: &SymptomChange) -> Symptom {
        let ids = |side: Side| change.order[side.index()].iter().map(|twin| self.entry(*twin)).collect();
        Symptom {
            id: self.diff.id(Thing::Symptom(change.symptom)),
            title: self.diff.title(Thing::Symptom(change.symptom)),
            order: Order { old: ids(Side::Old), new: ids(Side::New) },
            changes: change.changes.iter().map(|it| self.change(it)).collect(),
            undecided: change.undecided.iter().map(|it| self.effect(*it)).collect(),
        }
    }

    fn change(&self, change: &Change) -> Changed {
        let [old, new] = &change.example.answers;
        let told = |side, answers: &[Answer]| answers.iter().map(|it| self.told(side, it)).collect();
        let situation = &change.example.situation;
        Changed {
            effects: change.effects.iter().map(|it| self.effect(*it)).collect(),
            region: self.region(&change.region, View::Both),
            example: Example {
                text: self.join(&self.diff.situation_words(situation, View::Both, self.language())),
                facts: self.situation(situation, View::Both),
                old: told(Side::Old, old),
                new: told(Side::New, new),
            },
        }
    }

    fn told(&self, side: Side, answer: &Answer) -> Told {
        let actions = answer.actions.iter().map(|it| self.action(side, *it)).collect();
        Told { entry: self.entry(answer.entry), actions }
    }

    fn effect(&self, effect: Effect) -> Effected {
        let (entry, action) = (|twin| self.entry(twin), |side, twin| self.action(side, twin));
        match effect {
            Effect::Shown(it) => Effected::Shown { entry: entry(it) },
            Effect::Hidden(it) => Effected::Hidden { entry: entry(it) },
            Effect::Before(a, b) => Effected::Before { first: entry(a), second: entry(b) },
            Effect::Offered(it, a) => Effected::Offered { entry: entry(it), action: action(Side::New, a) },
            Effect::Withdrawn(it, a) => Effected::Withdrawn { entry: entry(it), action: action(Side::Old, a) },
            Effect::ActionBefore(it, a, b) => {
                Effected::ActionBefore { entry: entry(it), first: action(Side::New, a), second: action(Side::New, b) }
            }
        }
    }

    fn text(&self, change: &TextChange) -> Text {
        let Name { kind, id, title } = self.name(change.thing);
        let lines = change.lines.iter().map(|line| Line {
            of: which(line.side),
            text: format!("{}{}", line.case, line.text),
            guidance: line.is_guidance,
        });
        Text {
            kind,
            id,
            title,
            lines: lines.collect(),
            region: change.region.as_ref().map(|region| self.region(region, View::Both)),
            cited_by: change.cited_by.iter().map(|twin| self.entry(*twin)).collect(),
        }
    }

    fn situations(&self, it: &OneSided) -> Situations {
        let view = View::Only(it.side);
        let region = self.region(&it.region, view);
        Situations { known_to: which(it.side), region, example: self.situation(&it.example, view) }
    }

    fn open(&self, it: &Undecided) -> Open {
        match it {
            Undecided::Derived(side) => Open::Conditions { of: which(*side) },
            Undecided::Situations => Open::Situations,
            Undecided::Text(thing) => Open::Text { kind: kind(*thing), id: self.diff.id(*thing) },
            Undecided::Symptom(twin) => Open::Symptom { id: self.diff.id(Thing::Symptom(*twin)) },
        }
    }

    fn region(&self, region: &Region, view: View) -> Where {
        let number = |count: u128| u64::try_from(count).unwrap_or(u64::MAX);
        Where {
            boxes: region.boxes.iter().map(|cube| self.cube(cube, view)).collect(),
            complete: region.is_complete,
            situations: region.count.map(|count| Counted { of: number(count.of), all: number(count.all) }),
        }
    }

    fn cube(&self, cube: &Cube, view: View) -> Case {
        let text = self.join(&self.diff.box_words(cube, view, self.language()));
        Case { text, facts: self.diff.spoken(cube, view).iter().map(|it| self.literal(it)).collect() }
    }

    fn situation(&self, situation: &[(Var, u32)], view: View) -> Vec<Literal> {
        let one = |(var, value): &(Var, u32)| {
            let values = Values::of(self.diff.joint.space.size(*var), [*value]);
            self.diff.speak(*var, &values, view).map(|it| self.literal(&it))
        };
        situation.iter().filter_map(one).collect()
    }

    fn language(&self) -> crate::language::Language {
        self.diff.version(Side::New).model().config.language
    }

    fn join(&self, words: &[String]) -> String {
        words.join(super::words::pick(self.language(), "、", " and "))
    }

    fn literal(&self, spoken: &Spoken<'_>) -> Literal {
        let side = spoken.version.side;
        let names = names(spoken);
        let mut literal = Literal {
            fact: self.diff.id(self.diff.fact(side, spoken.face.fact)),
            only: spoken.is_alone.then_some(which(side)),
            member: spoken.face.member.and_then(|at| names.get(at).cloned()),
            values: Vec::new(),
            other: false,
            within: Vec::new(),
            not_applicable: false,
            within_other_steps: Vec::new(),
        };
        spoken.meant.iter().for_each(|meant| add(meant, &names, &mut literal));
        literal
    }
}

fn add(meant: &Meant, names: &[String], literal: &mut Literal) {
    match meant {
        Meant::Named(name) => literal.values.push(name.clone()),
        Meant::PartOf(Cell::Stretch(interval)) => literal.within_other_steps.push(wire::stretch(interval)),
        Meant::Cell(cell) | Meant::PartOf(cell) => match cell {
            Cell::Yes => literal.values.push("yes".to_owned()),
            Cell::No => literal.values.push("no".to_owned()),
            Cell::Value(at) => literal.values.extend(names.get(*at).cloned()),
            Cell::Other(_) => literal.other = true,
            Cell::Stretch(interval) => literal.within.push(wire::stretch(interval)),
            Cell::NotApplicable => literal.not_applicable = true,
        },
    }
}

fn names(spoken: &Spoken<'_>) -> Vec<String> {
    match &spoken.version.model().facts[spoken.face.fact].ty {
        Type::OneOf { values, .. } | Type::AnyOf { values } => values.iter().map(|value| value.id.clone()).collect(),
        Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => Vec::new(),
    }
}

fn which(side: Side) -> Which {
    match side {
        Side::Old => Which::Old,
        Side::New => Which::New,
    }
}

fn rename(rename: &Rename) -> NameChange {
    let kind = match rename.kind {
        RenamedKind::Entry => Kind::Entry,
        RenamedKind::Symptom => Kind::Symptom,
        RenamedKind::Fact => Kind::Fact,
        RenamedKind::Document => Kind::Document,
        RenamedKind::Link => Kind::Link,
        RenamedKind::Contact => Kind::Contact,
        RenamedKind::Term => Kind::Term,
    };
    NameChange { kind, old: rename.old.clone(), new: rename.new.clone(), declared: rename.is_declared }
}

fn kind(thing: Thing) -> Kind {
    match thing {
        Thing::KnowledgeBase => Kind::KnowledgeBase,
        Thing::Entry(_) => Kind::Entry,
        Thing::Action(_) => Kind::Action,
        Thing::Symptom(_) => Kind::Symptom,
        Thing::Fact(_) => Kind::Fact,
        Thing::Document(_) => Kind::Document,
        Thing::Section(_) => Kind::Section,
        Thing::Link(_) => Kind::Link,
        Thing::Contact(_) => Kind::Contact,
        Thing::Term(_) => Kind::Term,
    }
}
