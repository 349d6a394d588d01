//! Actions and steps. Refuses to know which entry is being written.

use schemars::JsonSchema;
use serde::Serialize;

use super::Reading;
use super::condition::Condition;
use crate::emit::table::action::likely;
use crate::emit::wire;
use crate::model::{self, ActionId, EntryUse, FactUse};
use crate::speech::value;
use crate::table::{LikelyWord, Reference};

/// Something to do, with its alternatives.
#[derive(Serialize, JsonSchema)]
pub struct Action {
    /// `entry/name`, or `entry/2` for an action without a name.
    id: String,
    /// Place within its entry.
    number: String,
    /// It is another entry's, offered here too.
    reused: bool,
    /// Title of the cause that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
    steps: Vec<Step>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<Action>,
    /// Ids of the facts that doing this finds out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    finds: Vec<String>,
    /// What is so once this is done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sets: Vec<Effect>,
    /// Ids of the facts that doing this puts in doubt.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recheck: Vec<String>,
    /// Ids of the entries to go on with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    then: Vec<String>,
    /// Ids of contacts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts: Vec<String>,
    /// Ids of the actions to try before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    after: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    see: Vec<Reference>,
    /// How to ask whether it helped.
    #[serde(skip_serializing_if = "Option::is_none")]
    solved: Option<String>,
    /// Percentage of the entry's cases that this solves.
    #[serde(skip_serializing_if = "Option::is_none")]
    likely_percent: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    likely_word: Option<LikelyWord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    file: String,
    line: u32,
}

/// `fact = value`
#[derive(Serialize, JsonSchema)]
struct Effect {
    /// Id of the fact.
    fact: String,
    /// In the reader's words.
    value: String,
}

/// One line or block of instructions.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Step {
    #[serde(rename = "step")]
    Line {
        text: String,
    },
    Bullet {
        text: String,
    },
    Note {
        text: String,
    },
    Warning {
        text: String,
    },
    /// What to type (`info` is `入力` or `input`), what the screen shows (`表示`, `output`), or else.
    Fence {
        info: String,
        lines: Vec<String>,
    },
    /// The first whose condition holds.
    Branches {
        branches: Vec<Branch>,
    },
    /// The steps of another action, done here.
    Do {
        action: String,
    },
    Contact {
        contact: String,
    },
    See {
        references: Vec<Reference>,
    },
}

/// Steps for certain situations.
#[derive(Serialize, JsonSchema)]
pub struct Branch {
    /// Absent for *otherwise*.
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
    steps: Vec<Step>,
}

impl Reading<'_> {
    pub(super) fn action(&self, id: ActionId, reused: bool, cause: Option<&str>) -> Action {
        let model = &self.compilation.model;
        let action = &model.actions[id];
        let (likely_percent, likely_word) = likely(action.likely);
        let place = self.place(action.span);
        Action {
            id: wire::action_id(id, model),
            number: action.number.clone(),
            reused,
            cause: cause.map(str::to_owned),
            title: self.maybe_plain(action.title.as_ref()),
            condition: self.condition(&action.when),
            steps: self.steps(&action.steps),
            alternatives: action.alternatives.iter().map(|id| self.action(*id, reused, None)).collect(),
            finds: self.fact_ids(&action.finds),
            sets: action.sets.iter().map(|effect| self.effect(effect)).collect(),
            recheck: self.fact_ids(&action.recheck),
            then: self.entry_ids(&action.then),
            contacts: action.contacts.iter().map(|it| model.contacts[it.contact].id.clone()).collect(),
            after: action.after.iter().map(|(id, _)| wire::action_id(*id, model)).collect(),
            see: wire::references(&action.see, self.compilation),
            solved: self.maybe_plain(action.solved.as_ref()),
            likely_percent,
            likely_word,
            seconds: action.takes,
            file: place.file,
            line: place.line,
        }
    }

    fn fact_ids(&self, uses: &[FactUse]) -> Vec<String> {
        uses.iter().map(|it| self.compilation.model.facts[it.fact].id.clone()).collect()
    }

    pub(super) fn entry_ids(&self, uses: &[EntryUse]) -> Vec<String> {
        uses.iter().map(|it| self.compilation.model.entries[it.entry].id.clone()).collect()
    }

    fn effect(&self, effect: &model::Effect) -> Effect {
        Effect {
            fact: self.compilation.model.facts[effect.fact].id.clone(),
            value: value(wire::speech(self.compilation), effect.fact, &effect.value),
        }
    }

    pub(super) fn steps(&self, steps: &[model::Step]) -> Vec<Step> {
        steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&self, step: &model::Step) -> Step {
        let model = &self.compilation.model;
        match &step.kind {
            model::StepKind::Step(prose) => Step::Line { text: self.plain(prose) },
            model::StepKind::Bullet(prose) => Step::Bullet { text: self.plain(prose) },
            model::StepKind::Note(prose) => Step::Note { text: self.plain(prose) },
            model::StepKind::Warning(prose) => Step::Warning { text: self.plain(prose) },
            model::StepKind::Fence { info, lines } => {
                let lines = wire::texts(lines, &self.compilation.sources);
                Step::Fence { info: self.text(*info).trim().to_owned(), lines }
            }
            model::StepKind::Branches(branches) => {
                Step::Branches { branches: branches.iter().map(|branch| self.branch(branch)).collect() }
            }
            model::StepKind::Do(action) => Step::Do { action: wire::action_id(*action, model) },
            model::StepKind::Contact(contact) => Step::Contact { contact: model.contacts[*contact].id.clone() },
            model::StepKind::See(references) => {
                Step::See { references: wire::references(references, self.compilation) }
            }
        }
    }

    fn branch(&self, branch: &model::Branch) -> Branch {
        Branch { condition: self.condition(branch.when.as_slice()), steps: self.steps(&branch.steps) }
    }
}
