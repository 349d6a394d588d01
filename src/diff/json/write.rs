//! Fills the document in. Refuses to know its shape as JSON.

use super::{
    Case, Changed, Counted, Document, Effected, Example, FORMAT, Kind, Line, Literal, Name, NameChange, Open, Order,
    Release, Renumbered, Situations, Symptom, Text, Told, VERSION, Where, Which,
};
use crate::diff::say::{Meant, Spoken, View};
use crate::diff::words::pick;
use crate::diff::{
    Answer, Change, Diff, Effect, OneSided, Region, Rename, RenamedKind, Side, SymptomChange, TextChange, Thing, Twin,
    Undecided,
};
use crate::domain::Cell;
use crate::emit::wire;
use crate::language::Language;
use crate::logic::{Cube, Values, Var};
use crate::model::Type;

pub(super) struct Writer<'a> {
    pub(super) diff: &'a Diff<'a>,
}

impl Writer<'_> {
    pub(super) fn document(&self, labels: [&str; 2]) -> Document {
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

    fn language(&self) -> Language {
        self.diff.version(Side::New).model().config.language
    }

    fn join(&self, words: &[String]) -> String {
        words.join(pick(self.language(), "、", " and "))
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
