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
    entries: OnceLock<Listing>,
    actions: OnceLock<Listing>,
}

/// What is judged: indexes, side by side, for lists of a symptom hold much else.
#[derive(Debug)]
struct Listing {
    indexes: Vec<u32>,
    columns: Columns,
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
        let listing =
            prepared.entries.get_or_init(|| self.listing(listed.entries.iter().map(|it| (it.entry, it.condition))));
        self.verdicts(listing, evidence, |entry, verdict| Judgement { entry, verdict })
    }

    /// What [`judge_actions`](super::judge_actions) says: the actions of a symptom's entries, by their index.
    pub fn judge_actions(&self, symptom: u32, evidence: &Evidence) -> Vec<ActionJudgement> {
        let Some((listed, prepared)) = self.symptom(symptom) else { return Vec::new() };
        let listing =
            prepared.actions.get_or_init(|| self.listing(listed.actions.iter().map(|it| (it.action, it.condition))));
        self.verdicts(listing, evidence, |action, verdict| ActionJudgement { action, verdict })
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

    fn listing(&self, listed: impl Iterator<Item = (u32, u32)>) -> Listing {
        let (indexes, conditions): (Vec<u32>, Vec<u32>) = listed.unzip();
        Listing { indexes, columns: Columns::new(self.table(), &conditions) }
    }

    fn verdicts<J>(&self, listing: &Listing, evidence: &Evidence, judged: impl Fn(u32, Verdict) -> J) -> Vec<J> {
        let Listing { indexes, columns } = listing;
        if self.ground.is_contradictory(evidence) {
            return indexes.iter().map(|it| judged(*it, Verdict::Contradictory)).collect();
        }
        let mut all = Vec::with_capacity(indexes.len());
        for (indexes, verdicts) in indexes.chunks(64).zip(columns.judge(evidence)) {
            all.extend(indexes.iter().zip(&verdicts.each()).map(|(it, verdict)| judged(*it, *verdict)));
        }
        all
    }
}
