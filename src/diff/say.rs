//! What things and situations are called. Refuses to know any output format.

use super::example::Answer;
use super::joint::Place;
use super::{Diff, Face, JointVariable, Side, Thing, Twin, Version};
use crate::domain::{Cell, Variable, say_variable};
use crate::language::Language;
use crate::logic::{Cube, Values, Var};
use crate::model::{FactId, Target};
use crate::prose;

/// Under whose assumptions a box is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Both,
    Only(Side),
}

/// A variable as one version calls it, without the cells that the view excludes, and which of its values are meant.
pub struct Spoken<'a> {
    pub version: &'a Version<'a>,
    pub face: Face,
    pub variable: Variable,
    pub values: Values,
    /// Those of the variable's cells that are only part of the stretch that they are said to be.
    pub partial: Values,
}

impl Diff<'_> {
    pub fn version(&self, side: Side) -> &Version<'_> {
        match side {
            Side::Old => &self.versions[0],
            Side::New => &self.versions[1],
        }
    }

    /// How a thing is shown: as in the new version, if that has it.
    pub fn title(&self, thing: Thing) -> String {
        let in_version = |side: Side| self.title_in(side, thing);
        in_version(Side::New).or_else(|| in_version(Side::Old)).unwrap_or_default()
    }

    fn title_in(&self, side: Side, thing: Thing) -> Option<String> {
        let version = self.version(side);
        let (model, sources) = (version.model(), &version.compilation.sources);
        let matching = &self.matching;
        let of = |target: Target| prose::title(&target, model, sources).replace('\n', " ");
        Some(match thing {
            Thing::KnowledgeBase => model.config.title.clone(),
            Thing::Entry(twin) => {
                let entry = &model.entries[matching.entries.get(side, twin)?];
                let title = prose::plain(&entry.title, model, sources).replace('\n', " ");
                let title = if title.trim().is_empty() { entry.id.clone() } else { title };
                entry.number.map_or(title.clone(), |number| format!("No.{number} {title}"))
            }
            Thing::Action(twin) => self.action_title(version, matching.actions.get(side, twin)?),
            Thing::Symptom(twin) => of(Target::Symptom(matching.symptoms.get(side, twin)?)),
            Thing::Fact(twin) => of(Target::Fact(matching.facts.get(side, twin)?)),
            Thing::Document(twin) => of(Target::Document(matching.documents.get(side, twin)?)),
            Thing::Section(twin) => of(Target::Section(matching.sections.get(side, twin)?)),
            Thing::Link(twin) => of(Target::Link(matching.links.get(side, twin)?)),
            Thing::Contact(twin) => of(Target::Contact(matching.contacts.get(side, twin)?)),
            Thing::Term(twin) => of(Target::Term(matching.terms.get(side, twin)?)),
        })
    }

    fn action_title(&self, version: &Version<'_>, id: crate::model::ActionId) -> String {
        let action = &version.model().actions[id];
        match &action.title {
            Some(title) => prose::plain(title, version.model(), &version.compilation.sources).replace('\n', " "),
            None => action.number.clone(),
        }
    }

    /// The entry that an action is written in.
    pub fn entry_of(&self, action: Twin) -> Option<Twin> {
        let in_version = |side: Side| {
            let id = self.matching.actions.get(side, action)?;
            Some(self.matching.entries.of(side, self.version(side).model().actions[id].entry))
        };
        in_version(Side::New).or_else(|| in_version(Side::Old))
    }

    /// The lasting name of a thing: that of the new version, if that has it. A section goes by its document, an action by
    /// its entry.
    pub fn id(&self, thing: Thing) -> String {
        let in_version = |side: Side| self.id_in(side, thing);
        in_version(Side::New).or_else(|| in_version(Side::Old)).unwrap_or_default()
    }

    fn id_in(&self, side: Side, thing: Thing) -> Option<String> {
        let (model, matching) = (self.version(side).model(), &self.matching);
        Some(match thing {
            Thing::KnowledgeBase => String::new(),
            Thing::Entry(twin) => model.entries[matching.entries.get(side, twin)?].id.clone(),
            Thing::Action(twin) => crate::emit::wire::action_id(matching.actions.get(side, twin)?, model),
            Thing::Symptom(twin) => model.symptoms[matching.symptoms.get(side, twin)?].id.clone(),
            Thing::Fact(twin) => model.facts[matching.facts.get(side, twin)?].id.clone(),
            Thing::Document(twin) => model.documents[matching.documents.get(side, twin)?].id.clone(),
            Thing::Section(twin) => {
                let sources = &self.version(side).compilation.sources;
                crate::emit::wire::section_id(matching.sections.get(side, twin)?, model, sources)
            }
            Thing::Link(twin) => model.links[matching.links.get(side, twin)?].id.clone(),
            Thing::Contact(twin) => model.contacts[matching.contacts.get(side, twin)?].id.clone(),
            Thing::Term(twin) => model.terms[matching.terms.get(side, twin)?].id.clone(),
        })
    }

    /// The literals of a box, as far as they say something in the view.
    pub fn spoken(&self, cube: &Cube, view: View) -> Vec<Spoken<'_>> {
        cube.literals().iter().filter_map(|(var, values)| self.speak(*var, values, view)).collect()
    }

    /// One fact of a box or of a situation; `None` when the values are all there are.
    pub fn speak(&self, var: Var, values: &Values, view: View) -> Option<Spoken<'_>> {
        let joint = self.joint.variables.get(var.index())?;
        let side = speaker(joint, view);
        let face = joint.faces[side.index()]?;
        let known: Vec<usize> = (0..joint.cells.len()).filter(|at| is_known(joint, *at, view)).collect();
        let cells = known.iter().map(|at| match &joint.cells[*at].places[side.index()] {
            Place::Known(cell, _) => cell.clone(),
            // Such a cell is not known in the view of a version that asks.
            Place::Excluded | Place::Free => Cell::NotApplicable,
        });
        let variable = Variable { fact: face.fact, member: face.member, cells: cells.collect() };
        let chosen: Vec<u32> =
            (0..).zip(&known).filter(|(_, at)| values.contains(**at as u32)).map(|(at, _)| at).collect();
        let size = variable.cells.len() as u32;
        let partial = (0..).zip(&known).filter(|(_, at)| joint.cells[**at].is_partial).map(|(at, _)| at);
        let partial = Values::of(size, partial);
        let values = Values::of(size, chosen);
        (!values.is_full()).then(|| Spoken { version: self.version(side), face, variable, values, partial })
    }

    /// A box in words, fact by fact; nothing for the box of every situation.
    pub fn box_words(&self, cube: &Cube, view: View, language: Language) -> Vec<String> {
        self.spoken(cube, view).iter().map(|spoken| spoken.words(language)).collect()
    }

    /// A situation in words, fact by fact.
    pub fn situation_words(&self, situation: &[(Var, u32)], view: View, language: Language) -> Vec<String> {
        let literals = situation.iter().map(|(var, value)| (*var, Values::of(self.joint.space.size(*var), [*value])));
        Cube::new(literals).map(|cube| self.box_words(&cube, view, language)).unwrap_or_default()
    }

    /// An entry with its actions: 「No.10 …［…、…］」.
    pub fn answer_words(&self, answer: &Answer, language: Language) -> String {
        let entry = self.title(Thing::Entry(answer.entry));
        let actions: Vec<String> = answer.actions.iter().map(|it| self.title(Thing::Action(*it))).collect();
        match (actions.is_empty(), language) {
            (true, _) => entry,
            (false, Language::Japanese) => format!("{entry}［{}］", actions.join("、")),
            (false, Language::English) => format!("{entry} [{}]", actions.join(", ")),
        }
    }

    pub fn fact(&self, side: Side, id: FactId) -> Thing {
        Thing::Fact(self.matching.facts.of(side, id))
    }
}

/// The version that says it: the new one where it can.
fn speaker(joint: &JointVariable, view: View) -> Side {
    let preferred = match view {
        View::Both => Side::New,
        View::Only(side) => side,
    };
    if joint.faces[preferred.index()].is_some() { preferred } else { preferred.other() }
}

fn is_known(joint: &JointVariable, at: usize, view: View) -> bool {
    let is_in = |side: Side| joint.cells.get(at).is_some_and(|cell| cell.places[side.index()] != Place::Excluded);
    match view {
        View::Both => is_in(Side::Old) && is_in(Side::New),
        View::Only(side) => is_in(side),
    }
}

impl Spoken<'_> {
    pub fn words(&self, language: Language) -> String {
        let said = say_variable(&self.variable, &self.values, self.version.speech(language));
        match (!self.values.is_disjoint(&self.partial), language) {
            (false, _) => said,
            (true, Language::Japanese) => format!("{said}（一方の版だけにある値）"),
            (true, Language::English) => format!("{said} (values that only one version has)"),
        }
    }
}
