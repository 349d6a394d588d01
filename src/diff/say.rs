//! What things and situations are called. Refuses to know any output format.

use super::example::Answer;
use super::joint::Place;
use super::{Diff, Face, JointCell, JointVariable, Side, Thing, Twin, Version};
use crate::domain::{Cell, Variable, say_variable};
use crate::language::Language;
use crate::logic::{Cube, Values, Var};
use crate::model::{FactId, Target, Type, ValueDecl};
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
    /// Whether only this version asks.
    pub is_alone: bool,
    variable: Variable,
    values: Values,
    pub meant: Vec<Meant>,
    nuance: Nuance,
}

/// One of the cells that are meant.
pub enum Meant {
    Cell(Cell),
    /// A value that only the other version declares, by its name there.
    Named(String),
    /// Of a stretch those values that the other version does not have.
    PartOf(Cell),
}

/// What the words of the version that speaks leave unsaid.
#[derive(Debug, Default)]
struct Nuance {
    is_partial: bool,
    /// Of *other* values only these are meant, or all but these; by their labels in the other version.
    only: Vec<String>,
    except: Vec<String>,
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

    /// Its name in one version, if that has it.
    pub fn id_in(&self, side: Side, thing: Thing) -> Option<String> {
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
        let known: Vec<&JointCell> = known(joint, view).map(|(_, cell)| cell).collect();
        let chosen: Vec<&JointCell> = known_in(joint, view, values).map(|(_, cell)| cell).collect();
        if chosen.len() == known.len() {
            return None;
        }
        let own = |cell: &JointCell| match &cell.places[side.index()] {
            Place::Known(own, _) => Some(own.clone()),
            // The version that asks has a word for all that is known in its view.
            Place::Excluded | Place::Free => None,
        };
        let cells = in_order(known.iter().filter_map(|cell| own(cell)).collect());
        let named = |cell: &Cell| chosen.iter().any(|chosen| own(chosen).as_ref() == Some(cell));
        let indices: Vec<u32> = (0u32..).zip(&cells).filter(|(_, cell)| named(cell)).map(|(at, _)| at).collect();
        let values = Values::of(cells.len() as u32, indices);
        let variable = Variable { fact: face.fact, member: face.member, cells };
        let is_alone = joint.faces[side.other().index()].is_none();
        let meant = chosen.iter().filter_map(|cell| self.meant(joint, cell, side)).collect();
        let nuance = self.nuance(joint, &known, &chosen, side);
        Some(Spoken { version: self.version(side), face, is_alone, variable, values, meant, nuance })
    }

    fn meant(&self, joint: &JointVariable, cell: &JointCell, side: Side) -> Option<Meant> {
        match (&cell.places[side.index()], &cell.places[side.other().index()]) {
            (Place::Known(Cell::Other(_), _), Place::Known(Cell::Value(at), _)) => {
                self.declared(joint, side.other(), *at).map(|value| Meant::Named(value.id.clone()))
            }
            (Place::Known(own, _), _) if cell.is_partial => Some(Meant::PartOf(own.clone())),
            (Place::Known(own, _), _) => Some(Meant::Cell(own.clone())),
            (Place::Excluded | Place::Free, _) => None,
        }
    }

    fn declared(&self, joint: &JointVariable, side: Side, at: usize) -> Option<&ValueDecl> {
        let face = joint.faces[side.index()]?;
        match &self.version(side).model().facts[face.fact].ty {
            Type::OneOf { values, .. } | Type::AnyOf { values } => values.get(at),
            Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => None,
        }
    }

    fn nuance(&self, joint: &JointVariable, known: &[&JointCell], chosen: &[&JointCell], side: Side) -> Nuance {
        let is_other = |cell: &&&JointCell| matches!(cell.places[side.index()], Place::Known(Cell::Other(_), _));
        let label = |cell: &JointCell| match &cell.places[side.other().index()] {
            Place::Known(Cell::Value(at), _) => {
                let value = self.declared(joint, side.other(), *at)?;
                let sources = &self.version(side.other()).compilation.sources;
                Some(sources.text(value.label.unwrap_or(value.span)).to_owned())
            }
            Place::Known(..) | Place::Excluded | Place::Free => None,
        };
        let others: Vec<&&JointCell> = known.iter().filter(is_other).collect();
        let meant: Vec<&&JointCell> = chosen.iter().filter(is_other).collect();
        let mut nuance = Nuance { is_partial: chosen.iter().any(|cell| cell.is_partial), ..Nuance::default() };
        if meant.is_empty() || meant.len() == others.len() {
            return nuance;
        }
        if meant.iter().all(|cell| label(cell).is_some()) {
            nuance.only = meant.iter().filter_map(|cell| label(cell)).collect();
        } else {
            let missing = others.iter().filter(|cell| !meant.contains(cell));
            nuance.except = missing.filter_map(|cell| label(cell)).collect();
        }
        nuance
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

/// Each cell once; what the other version declares and this one does not is *other*, which follows the declared values.
fn in_order(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.dedup();
    let (others, mut cells): (Vec<Cell>, Vec<Cell>) =
        cells.into_iter().partition(|cell| matches!(cell, Cell::Other(_)));
    if let Some(other) = others.into_iter().next() {
        let end = cells.iter().position(|cell| *cell == Cell::NotApplicable).unwrap_or(cells.len());
        cells.insert(end, other);
    }
    cells
}

/// The version that says it: the new one where it can.
fn speaker(joint: &JointVariable, view: View) -> Side {
    let preferred = match view {
        View::Both => Side::New,
        View::Only(side) => side,
    };
    if joint.faces[preferred.index()].is_some() { preferred } else { preferred.other() }
}

/// The cells that are not excluded in the view.
fn known(joint: &JointVariable, view: View) -> impl Iterator<Item = (usize, &JointCell)> {
    let is_in = |cell: &JointCell, side: Side| cell.places[side.index()] != Place::Excluded;
    joint.cells.iter().enumerate().filter(move |(_, cell)| match view {
        View::Both => is_in(cell, Side::Old) && is_in(cell, Side::New),
        View::Only(side) => is_in(cell, side),
    })
}

fn known_in<'a>(
    joint: &'a JointVariable,
    view: View,
    values: &'a Values,
) -> impl Iterator<Item = (usize, &'a JointCell)> {
    known(joint, view).filter(|(at, _)| values.contains(*at as u32))
}

impl Spoken<'_> {
    pub fn words(&self, language: Language) -> String {
        let mut said = say_variable(&self.variable, &self.values, self.version.speech(language));
        let Nuance { is_partial, only, except } = &self.nuance;
        match language {
            Language::Japanese => {
                if *is_partial {
                    said.push_str("（一方の版だけにある値）");
                }
                if !only.is_empty() {
                    said.push_str(&format!("（{}）", only.join("、")));
                }
                if !except.is_empty() {
                    said.push_str(&format!("（{}を除く）", except.join("、")));
                }
            }
            Language::English => {
                if *is_partial {
                    said.push_str(" (values that only one version has)");
                }
                if !only.is_empty() {
                    said.push_str(&format!(" ({})", only.join(", ")));
                }
                if !except.is_empty() {
                    said.push_str(&format!(" (except {})", except.join(", ")));
                }
            }
        }
        said
    }
}
