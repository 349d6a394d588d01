//! What a symptom's readers are offered differently, and where: which entries apply, which actions are offered, and in
//! which order. Refuses to know what they say.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::example::{Example, example};
use super::matching::Twin;
use super::region::{Region, region};
use super::version::Side;
use super::world::Field;
use crate::logic::{Exploded, Formula};
use crate::model::SymptomId;

/// The differences of one symptom.
#[derive(Clone, Debug)]
pub struct SymptomChange {
    pub symptom: Twin,
    /// The entries of each version in their order, whether or not they apply.
    pub order: [Vec<Twin>; 2],
    /// One for each region.
    pub changes: Vec<Change>,
    /// What could not be decided.
    pub undecided: Vec<Effect>,
}

/// What changes in a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub effects: Vec<Effect>,
    pub region: Region,
    pub example: Example,
}

/// One thing that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// The entry applies now.
    Shown(Twin),
    /// The entry applies no longer.
    Hidden(Twin),
    /// Of two entries that apply in both versions, the first comes before the second now.
    Before(Twin, Twin),
    /// The entry, which applies in both versions, offers the action now.
    Offered(Twin, Twin),
    /// The entry, which applies in both versions, offers the action no longer.
    Withdrawn(Twin, Twin),
    /// Of two actions that the entry offers in both versions, the first comes before the second now.
    ActionBefore(Twin, Twin, Twin),
}

/// An entry of a symptom in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub entry: Twin,
    /// In joint situations that both versions know.
    pub applies: Formula,
    /// In their order, each with when it is offered where the entry applies.
    pub offers: Vec<(Twin, Formula)>,
}

/// Entries and actions whose order is compared pairwise at most this often for one symptom.
const MOST_PAIRS: usize = 4096;

/// What changes for a symptom that both versions have.
pub fn compare(cx: &Context<'_>, symptom: Twin, ids: (SymptomId, SymptomId), offers: &Offers) -> Option<SymptomChange> {
    let lists = [listed(cx, Side::Old, ids.0, offers), listed(cx, Side::New, ids.1, offers)];
    if lists[0] == lists[1] {
        return None;
    }
    let mut vars = BTreeSet::new();
    for it in lists.iter().flatten() {
        vars.append(&mut it.applies.support());
        it.offers.iter().for_each(|(_, when)| vars.append(&mut when.support()));
    }
    let field = Field::new(cx.joint, cx.world, vars);
    let lists = lists.map(|list| list.into_iter().map(|it| localised(it, &field)).collect::<Vec<_>>());
    let (found, undecided) = (Vec::new(), Vec::new());
    let mut finder = Finder { field: &field, lists: &lists, left: &cx.regions_left, found, undecided };
    finder.entries();
    finder.order();
    let Finder { found, undecided, .. } = finder;
    let changes = grouped(&field, &lists, found);
    let order = [0, 1].map(|side: usize| lists[side].iter().map(|it| it.entry).collect());
    (!changes.is_empty() || !undecided.is_empty()).then_some(SymptomChange { symptom, order, changes, undecided })
}

/// For each entry of each version what it offers, in joint terms.
pub type Offers = [Vec<Vec<(Twin, Formula)>>; 2];

/// What every entry offers.
pub fn offers(cx: &Context<'_>) -> Offers {
    Side::BOTH.map(|side| {
        let version = cx.version(side);
        let entries = version.model().entries.ids();
        let joint = |(action, when)| (cx.matching.actions.of(side, action), cx.joint.shared(&when, side));
        entries.map(|id| version.offers(id).into_iter().map(joint).collect()).collect()
    })
}

fn listed(cx: &Context<'_>, side: Side, id: SymptomId, offers: &Offers) -> Vec<Listed> {
    let version = cx.version(side);
    let conditions = version.applicability.conditions(id, &version.meanings);
    let one = |(entry, applies): (crate::model::EntryId, Formula)| Listed {
        entry: cx.matching.entries.of(side, entry),
        applies: cx.joint.shared(&applies, side),
        offers: offers[side.index()].get(crate::model::Id::index(entry)).cloned().unwrap_or_default(),
    };
    conditions.into_iter().map(one).collect()
}

fn localised(listed: Listed, field: &Field) -> Listed {
    let offers = listed.offers.into_iter().map(|(action, when)| (action, field.local(&when))).collect();
    Listed { entry: listed.entry, applies: field.local(&listed.applies), offers }
}

struct Finder<'a> {
    field: &'a Field,
    lists: &'a [Vec<Listed>; 2],
    left: &'a Cell<usize>,
    found: Vec<(Effect, Region, Vec<u32>)>,
    undecided: Vec<Effect>,
}

impl Finder<'_> {
    fn look(&mut self, effect: Effect, wanted: &Formula) {
        if self.left.get() == 0 {
            return self.undecided.push(effect);
        }
        match region(self.field, wanted) {
            Ok(Some((region, situation))) => {
                self.left.set(self.left.get() - 1);
                self.found.push((effect, region, situation));
            }
            Ok(None) => {}
            Err(Exploded) => self.undecided.push(effect),
        }
    }

    fn entries(&mut self) {
        let [old, new] = self.lists;
        let before: BTreeMap<Twin, &Listed> = old.iter().map(|it| (it.entry, it)).collect();
        let after: BTreeSet<Twin> = new.iter().map(|it| it.entry).collect();
        for it in new {
            match before.get(&it.entry) {
                None => self.look(Effect::Shown(it.entry), &it.applies),
                Some(old) => self.entry(old, it),
            }
        }
        for it in old.iter().filter(|it| !after.contains(&it.entry)) {
            self.look(Effect::Hidden(it.entry), &it.applies);
        }
    }

    fn entry(&mut self, old: &Listed, new: &Listed) {
        if old.applies != new.applies {
            self.look(Effect::Shown(new.entry), &without(&new.applies, &old.applies));
            self.look(Effect::Hidden(new.entry), &without(&old.applies, &new.applies));
        }
        if old.offers == new.offers {
            return;
        }
        let applies = both(&old.applies, &new.applies);
        let before: BTreeMap<Twin, &Formula> = old.offers.iter().map(|(action, when)| (*action, when)).collect();
        let after: BTreeMap<Twin, &Formula> = new.offers.iter().map(|(action, when)| (*action, when)).collect();
        let never = Formula::Const(false);
        for action in new.offers.iter().chain(&old.offers).map(|(action, _)| *action).collect::<BTreeSet<Twin>>() {
            let (old_when, new_when) = (before.get(&action).copied(), after.get(&action).copied());
            if old_when == new_when {
                continue;
            }
            let (old_when, new_when) = (old_when.unwrap_or(&never), new_when.unwrap_or(&never));
            let offered = both(&applies, &without(new_when, old_when));
            self.look(Effect::Offered(new.entry, action), &offered);
            let withdrawn = both(&applies, &without(old_when, new_when));
            self.look(Effect::Withdrawn(new.entry, action), &withdrawn);
        }
        self.action_order(old, new, &applies);
    }

    /// Pairs whose order is another now, where both entries apply in both versions.
    fn order(&mut self) {
        let [old, new] = self.lists;
        let names = [old, new].map(|list| list.iter().map(|it| it.entry).collect::<Vec<Twin>>());
        let when = |list: &[Listed]| -> BTreeMap<Twin, Formula> {
            list.iter().map(|it| (it.entry, it.applies.clone())).collect()
        };
        let (before, after) = (when(old), when(new));
        let all = |twins: [Twin; 2]| {
            let parts = twins.iter().flat_map(|twin| [before.get(twin), after.get(twin)]);
            Formula::And(parts.flatten().cloned().collect())
        };
        let pairs = inverted(&names[0], &names[1]);
        self.pairs(pairs, all, Effect::Before);
    }

    fn action_order(&mut self, old: &Listed, new: &Listed, applies: &Formula) {
        let names = [old, new].map(|it| it.offers.iter().map(|(action, _)| *action).collect::<Vec<Twin>>());
        let find = |it: &Listed, action: Twin| {
            it.offers.iter().find(|(known, _)| *known == action).map(|(_, when)| when.clone())
        };
        let all = |twins: [Twin; 2]| {
            let parts = twins.iter().flat_map(|twin| [find(old, *twin), find(new, *twin)]);
            Formula::And([applies.clone()].into_iter().chain(parts.flatten()).collect())
        };
        let entry = new.entry;
        let pairs = inverted(&names[0], &names[1]);
        self.pairs(pairs, all, |first, second| Effect::ActionBefore(entry, first, second));
    }

    fn pairs(
        &mut self,
        pairs: impl Iterator<Item = (Twin, Twin)>,
        together: impl Fn([Twin; 2]) -> Formula,
        effect: impl Fn(Twin, Twin) -> Effect,
    ) {
        for (looked_at, (first, second)) in pairs.enumerate() {
            if looked_at == MOST_PAIRS {
                return self.undecided.push(effect(first, second));
            }
            self.look(effect(first, second), &together([first, second]));
        }
    }
}

/// The pairs that stand in both lists and in another order in the second, as they stand there.
fn inverted(old: &[Twin], new: &[Twin]) -> impl Iterator<Item = (Twin, Twin)> {
    let places: BTreeMap<Twin, usize> = old.iter().enumerate().map(|(place, twin)| (*twin, place)).collect();
    let common: Vec<(Twin, usize)> = new.iter().filter_map(|twin| Some((*twin, *places.get(twin)?))).collect();
    let lowest_after: Vec<usize> = {
        let lowest = common.iter().rev().scan(usize::MAX, |lowest, (_, place)| {
            *lowest = (*lowest).min(*place);
            Some(*lowest)
        });
        let mut lowest: Vec<usize> = lowest.collect();
        lowest.reverse();
        lowest
    };
    let later = common.clone();
    common.into_iter().enumerate().flat_map(move |(at, (first, place))| {
        // Most entries have nothing after them that stood before them.
        let has_any = lowest_after.get(at + 1).is_some_and(|lowest| *lowest < place);
        let rest = if has_any { later.get(at + 1..).unwrap_or_default() } else { &[] };
        let pairs = rest.iter().filter(|(_, other)| *other < place).map(|(second, _)| (first, *second));
        pairs.collect::<Vec<_>>()
    })
}

/// Changes of the same region are one.
fn grouped(field: &Field, lists: &[Vec<Listed>; 2], found: Vec<(Effect, Region, Vec<u32>)>) -> Vec<Change> {
    let mut places = BTreeMap::new();
    let mut groups: Vec<(Vec<Effect>, Region, Vec<u32>)> = Vec::new();
    for (effect, region, situation) in found {
        let key = (region.boxes.clone(), region.is_complete);
        match places.get(&key).and_then(|at: &usize| groups.get_mut(*at)) {
            Some((effects, ..)) => effects.push(effect),
            None => {
                places.insert(key, groups.len());
                groups.push((vec![effect], region, situation));
            }
        }
    }
    let change = |(effects, region, situation): (Vec<Effect>, Region, Vec<u32>)| {
        let example = example(field, lists, &situation);
        Change { effects, region, example }
    };
    groups.into_iter().map(change).collect()
}

fn both(one: &Formula, other: &Formula) -> Formula {
    Formula::And(vec![one.clone(), other.clone()])
}

/// Where the one holds and the other does not. What both demand is not denied: of a fallback that is all but one of ten
/// thousand conditions.
fn without(one: &Formula, other: &Formula) -> Formula {
    let (Formula::And(demanded), Formula::And(denied)) = (one, other) else {
        return both(one, &Formula::Not(Box::new(other.clone())));
    };
    let common: BTreeSet<&Formula> = demanded.iter().collect();
    let rest = denied.iter().filter(|part| !common.contains(part)).cloned().collect();
    both(one, &Formula::Not(Box::new(Formula::And(rest))))
}
