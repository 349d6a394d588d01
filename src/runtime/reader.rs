//! A table made ready for many sessions. Refuses to answer anything else than the functions of the same names, only sooner.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::columns::Columns;
use super::ground::Ground;
use super::next::{decide, entries_shown};
use super::{ActionJudgement, Evidence, Judgement, Next, Session, ShownEntry, Verdict};
use crate::table::{Symptom, Table};

/// What can be worked out of a table once, for a program that answers many times. What is needed of a symptom is worked out when it is
/// first asked for. It can be shared among threads.
#[derive(Debug)]
pub struct Reader<'a> {
    ground: Ground<'a>,
    symptoms: Vec<Prepared>,
}

#[derive(Debug, Default)]
struct Prepared {
    entries: OnceLock<Columns>,
    actions: OnceLock<Columns>,
}

impl<'a> Reader<'a> {
    pub fn new(table: &'a Table) -> Self {
        let symptoms = table.symptoms.iter().map(|_| Prepared::default()).collect();
        Self { ground: Ground::new(table), symptoms }
    }

    pub fn table(&self) -> &'a Table {
        self.ground.table
    }

    #[cfg(feature = "compiler")]
    pub(super) fn ground(&self) -> &Ground<'a> {
        &self.ground
    }

    /// What [`Session::evidence`] says.
    pub fn evidence(&self, session: &Session) -> Evidence {
        session.add_to(self.ground.blank())
    }

    /// What [`judge`](super::judge()) says: the entries of a symptom (an index), in the order in which they are shown.
    pub fn judge(&self, symptom: u32, evidence: &Evidence) -> Vec<Judgement> {
        let Some((listed, prepared)) = self.symptom(symptom) else { return Vec::new() };
        let listed = &listed.entries;
        let columns = prepared.entries.get_or_init(|| self.columns(listed.iter().map(|it| it.condition)));
        let judgement = |(entry, verdict)| Judgement { entry, verdict };
        self.verdicts(columns, evidence, listed.iter().map(|it| it.entry)).map(judgement).collect()
    }

    /// What [`judge_actions`](super::judge_actions) says: the actions of a symptom's entries, by their index.
    pub fn judge_actions(&self, symptom: u32, evidence: &Evidence) -> Vec<ActionJudgement> {
        let Some((listed, prepared)) = self.symptom(symptom) else { return Vec::new() };
        let listed = &listed.actions;
        let columns = prepared.actions.get_or_init(|| self.columns(listed.iter().map(|it| it.condition)));
        let judgement = |(action, verdict)| ActionJudgement { action, verdict };
        self.verdicts(columns, evidence, listed.iter().map(|it| it.action)).map(judgement).collect()
    }

    /// What [`judge_condition`](super::judge_condition) says.
    pub fn judge_condition(&self, condition: u32, evidence: &Evidence) -> Verdict {
        super::judge::verdict(self.table(), condition, self.ground.is_contradictory(evidence), evidence)
    }

    /// What [`clashes`](super::clashes()) says.
    pub fn clashes(&self, evidence: &Evidence) -> Vec<BTreeSet<u32>> {
        let is_contradictory = self.ground.is_contradictory(evidence);
        if is_contradictory { super::clashes(self.table(), evidence) } else { Vec::new() }
    }

    /// What [`next`](super::next()) says.
    pub fn next(&self, session: &Session) -> Next {
        decide(&self.ground, session).0
    }

    /// What [`shown`](super::shown) says.
    pub fn shown(&self, session: &Session) -> Vec<ShownEntry> {
        entries_shown(&decide(&self.ground, session).1)
    }

    /// What [`next`](super::next()) and [`shown`](super::shown) say, worked out together.
    pub fn next_and_shown(&self, session: &Session) -> (Next, Vec<ShownEntry>) {
        let (next, view) = decide(&self.ground, session);
        (next, entries_shown(&view))
    }

    fn symptom(&self, symptom: u32) -> Option<(&'a Symptom, &Prepared)> {
        self.table().symptoms.get(symptom as usize).zip(self.symptoms.get(symptom as usize))
    }

    fn columns(&self, conditions: impl Iterator<Item = u32>) -> Columns {
        Columns::new(self.table(), &conditions.collect::<Vec<u32>>())
    }

    fn verdicts(
        &self,
        columns: &Columns,
        evidence: &Evidence,
        indexes: impl ExactSizeIterator<Item = u32>,
    ) -> impl Iterator<Item = (u32, Verdict)> {
        let is_contradictory = self.ground.is_contradictory(evidence);
        indexes
            .zip(columns.judge(evidence))
            .map(move |(index, verdict)| (index, if is_contradictory { Verdict::Contradictory } else { verdict }))
    }
}
