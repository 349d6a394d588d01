//! One of the two versions with all that the comparison needs of it. Refuses to know the other version.

use std::sync::Arc;

use crate::diag::Diagnostics;
use crate::domain::{Applicability, Assumed, Domain, Meanings, cut_domain, offer_guard};
use crate::language::Language;
use crate::logic::Formula;
use crate::model::{ActionId, EntryId, Model};
use crate::session::Compilation;
use crate::speech::Speech;

/// Which of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Old,
    New,
}

impl Side {
    pub const BOTH: [Self; 2] = [Self::Old, Self::New];

    /// Its place in a pair.
    pub fn index(self) -> usize {
        match self {
            Self::Old => 0,
            Self::New => 1,
        }
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}

/// A compilation, its space of situations, and when its entries apply.
#[derive(Debug)]
pub struct Version<'a> {
    pub side: Side,
    pub compilation: &'a Compilation,
    pub domain: Arc<Domain>,
    pub meanings: Meanings<'a>,
    pub applicability: Applicability,
    /// False when a derived fact was too large to be worked in; then conditions do not mean what they say.
    pub is_whole: bool,
}

impl<'a> Version<'a> {
    pub fn new(side: Side, compilation: &'a Compilation) -> Self {
        let Compilation { model, types, sources, .. } = compilation;
        let mut reported = Diagnostics::default();
        let domain = cut_domain(model, types, sources);
        let meanings = Meanings::new(model, types, &domain, &mut reported);
        let applicability = Applicability::new(model);
        Self { side, compilation, domain, meanings, applicability, is_whole: reported.is_empty() }
    }

    pub fn model(&self) -> &'a Model {
        &self.compilation.model
    }

    pub fn assumptions(&self) -> Vec<Assumed> {
        self.meanings.assumptions()
    }

    pub fn speech(&self, language: Language) -> Speech<'a> {
        let Compilation { model, types, sources, .. } = self.compilation;
        Speech { model, types, sources, language }
    }

    /// The actions that an entry offers, alternatives after the action that they belong to, each once, and when each is
    /// offered where the entry applies.
    pub fn offers(&self, entry: EntryId) -> Vec<(ActionId, Formula)> {
        let model = self.model();
        let mut offers: Vec<(ActionId, Vec<Formula>)> = Vec::new();
        for used in &model.entries[entry].actions {
            let guard = offer_guard(entry, used, model, &self.meanings);
            self.offer(used.action, guard, &mut offers);
        }
        offers.into_iter().map(|(action, ways)| (action, any(ways))).collect()
    }

    fn offer(&self, action: ActionId, guard: Formula, offers: &mut Vec<(ActionId, Vec<Formula>)>) {
        let model = self.model();
        let mut open = vec![(action, guard)];
        while let Some((id, guard)) = open.pop() {
            let way = Meanings::and([guard, self.meanings.all(&model.actions[id].when)]);
            let alternatives = &model.actions[id].alternatives;
            open.extend(alternatives.iter().rev().map(|alternative| (*alternative, way.clone())));
            match offers.iter_mut().find(|(known, _)| *known == id) {
                Some((_, ways)) => ways.push(way),
                None => offers.push((id, vec![way])),
            }
        }
    }
}

fn any(mut ways: Vec<Formula>) -> Formula {
    if ways.len() == 1 { ways.remove(0) } else { Formula::Or(ways) }
}
