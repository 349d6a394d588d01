//! `overlap`: two entries of a symptom are shown together, it is not said which comes first, and they tell the reader different
//! things. Refuses to know how situations are searched.

mod report;

use std::ops::ControlFlow;

use rustc_hash::FxHashSet;

use super::problem::Problem;
use super::ranking::Ranking;
use super::replay::Replay;
use super::search::{Size, box_around, find_situation, size_of};
use super::shown::{Shown, offers};
use super::telling::{Comparison, compare, same_offers, told};
use crate::ast::Policy;
use crate::domain::Meanings;
use crate::logic::{Cube, Exploded, Formula, overlapping_pairs};

pub(super) use report::report;

/// So many pairs are shown by themselves.
const PAIRS: usize = 32;

/// So many further pairs are counted.
const COUNTED: usize = 10_000;

/// So many pairs are looked at that cannot be told at a glance.
const SEARCHED: usize = 20_000;

/// So many ways in which two entries offer their actions are looked at.
const WAYS: usize = 64;

/// The pairs of entries that overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub pairs: Vec<Pair>,
    /// How many more there are.
    pub more: usize,
    /// There may be still more of them.
    pub is_open: bool,
    /// Pairs of which it could not be found out.
    pub undecided: Vec<(usize, usize)>,
}

/// Two listed entries that overlap, in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub first: usize,
    pub second: usize,
    pub situation: Vec<u32>,
    /// A largest box around the situation in which they overlap.
    pub facts: Cube,
    pub size: Option<Size>,
    pub winner: Option<Winner>,
}

/// Which of two entries may keep the other from being shown: the other is still shown somewhere, and no declared order is turned
/// round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Winner {
    First,
    Second,
}

/// Looks for pairs of entries that overlap.
pub fn find(problem: &Problem) -> Found {
    let Some(rule) = Rule::of(problem) else { return Found::default() };
    let offers: Vec<Formula> = problem.entries.iter().take(problem.listed).map(offers).collect();
    let parts = problem.entries.iter().zip(&offers);
    let formulas: Vec<Formula> = parts.map(|(it, offers)| Meanings::and([it.own.clone(), offers.clone()])).collect();
    let mut search = Search {
        shown: Shown::new(problem),
        ranking: Ranking::new(problem),
        rule,
        formulas: &formulas,
        replay: None,
        searched: 0,
        shown_pairs: 0,
        excepted: FxHashSet::default(),
        found: Found::default(),
    };
    overlapping_pairs(&problem.space, &formulas, &mut |first, second| search.visit(first, second));
    search.found
}

/// Which pairs count.
#[derive(Clone, Copy, Debug)]
struct Rule {
    /// Only those of which it is not said which comes first.
    unranked: bool,
    /// Only those that tell different things.
    different: bool,
}

impl Rule {
    /// `None` when no pair counts.
    fn of(problem: &Problem) -> Option<Self> {
        match problem.policy {
            Some(Policy::First | Policy::Collect) => None,
            Some(Policy::Unique) => Some(Self { unranked: false, different: false }),
            Some(Policy::Any) => Some(Self { unranked: false, different: true }),
            None => (!Ranking::is_total(problem)).then_some(Self { unranked: true, different: true }),
        }
    }
}

struct Search<'a> {
    shown: Shown<'a>,
    ranking: Ranking<'a>,
    rule: Rule,
    /// For each listed entry when its own condition holds and it offers something.
    formulas: &'a [Formula],
    replay: Option<Replay>,
    searched: usize,
    /// How many of the pairs found are not meant.
    shown_pairs: usize,
    /// Entries of which a pair was found that is meant for them.
    excepted: FxHashSet<usize>,
    found: Found,
}

/// Where two entries are shown together and offer something: inside the one and outside the others.
struct Together {
    inside: Formula,
    outside: Vec<Formula>,
}

impl Search<'_> {
    fn visit(&mut self, first: usize, second: usize) -> ControlFlow<()> {
        let meant_by = self.meant_by(first, second);
        // One such pair shows that the exception is needed.
        let is_known = meant_by.is_some_and(|index| self.excepted.contains(&index));
        if is_known || !self.counts(first, second) {
            return ControlFlow::Continue(());
        }
        match self.look(first, second, meant_by.is_some()) {
            Ok(Some(pair)) => {
                self.shown_pairs += usize::from(meant_by.is_none());
                self.excepted.extend(meant_by);
                self.found.pairs.push(pair);
            }
            Ok(None) => {}
            Err(Exploded) if self.found.undecided.len() < PAIRS => self.found.undecided.push((first, second)),
            Err(Exploded) => self.found.is_open = true,
        }
        self.found.is_open |= self.found.more >= COUNTED || self.searched >= SEARCHED;
        if self.found.is_open { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// The entry of a pair whose exception covers that it overlaps.
    fn meant_by(&self, first: usize, second: usize) -> Option<usize> {
        [first, second].into_iter().find(|index| self.shown.problem.entries[*index].overlaps_are_meant)
    }

    /// Whether a pair is worth a look.
    fn counts(&self, first: usize, second: usize) -> bool {
        let entries = &self.shown.problem.entries;
        entries[first].fallback == entries[second].fallback
            && !(self.rule.unranked && self.ranking.ranks(first, second))
            && !(self.rule.different && self.comparison(first, second) == Comparison::Alike)
    }

    fn comparison(&self, first: usize, second: usize) -> Comparison {
        let entries = &self.shown.problem.entries;
        compare(&entries[first], &entries[second])
    }

    /// The pair, if it overlaps; once enough are found they are only counted.
    fn look(&mut self, first: usize, second: usize, is_meant: bool) -> Result<Option<Pair>, Exploded> {
        let is_counted = !is_meant && self.shown_pairs >= PAIRS;
        if is_counted && self.is_plain(first, second) {
            self.found.more += 1;
            return Ok(None);
        }
        self.searched += 1;
        let mut together = self.together(first, second);
        let Some(situation) = self.situation(first, second, &mut together)? else { return Ok(None) };
        if is_counted {
            self.found.more += 1;
            return Ok(None);
        }
        if !self.replays(first, second, &situation) {
            return Err(Exploded);
        }
        let problem = self.shown.problem;
        // Nobody is shown more of it.
        if is_meant {
            return Ok(Some(Pair { first, second, situation, facts: Cube::whole(), size: None, winner: None }));
        }
        let region = together.formula();
        let facts = box_around(problem, &region, &situation);
        let (size, winner) = (size_of(problem, &region), self.winner(first, second));
        Ok(Some(Pair { first, second, situation, facts, size, winner }))
    }

    fn winner(&self, first: usize, second: usize) -> Option<Winner> {
        if self.survives(second, first) {
            Some(Winner::First)
        } else if !self.ranking.ranks(first, second) && self.survives(first, second) {
            Some(Winner::Second)
        } else {
            None
        }
    }

    /// Whether an entry would still be shown if another overrode it.
    fn survives(&self, index: usize, other: usize) -> bool {
        let own = |index: usize| self.shown.own(index).clone();
        let outside: Vec<Formula> = self.shown.suppressors(index).into_iter().chain([other]).map(own).collect();
        matches!(find_situation(self.shown.problem, self.shown.own(index), &outside), Ok(Some(_)))
    }

    /// Whether entries that hold together somewhere are known to overlap there.
    fn is_plain(&self, first: usize, second: usize) -> bool {
        let is_box = |index: usize| match &self.formulas[index] {
            Formula::Const(_) | Formula::In(..) => true,
            Formula::And(parts) => parts.iter().all(|part| matches!(part, Formula::In(..))),
            Formula::Not(_) | Formula::Or(_) => false,
        };
        let is_sure = |index: usize| is_box(index) && self.shown.is_free(index);
        self.shown.problem.assumptions.is_empty()
            && is_sure(first)
            && is_sure(second)
            && (!self.rule.different || self.comparison(first, second) == Comparison::Different)
    }

    fn together(&self, first: usize, second: usize) -> Together {
        let inside = Meanings::and([first, second].map(|index| self.formulas[index].clone()));
        let mut suppressors = self.shown.suppressors(first);
        suppressors.extend(self.shown.suppressors(second));
        suppressors.sort_unstable();
        suppressors.dedup();
        Together { inside, outside: suppressors.into_iter().map(|it| self.shown.own(it).clone()).collect() }
    }

    /// A situation in which they overlap. Those in which they tell the same are taken out on the way, all of them if they vary.
    fn situation(&self, first: usize, second: usize, together: &mut Together) -> Result<Option<Vec<u32>>, Exploded> {
        let problem = self.shown.problem;
        let varies = self.rule.different && self.comparison(first, second) == Comparison::Varying;
        let (one, other) = (&problem.entries[first], &problem.entries[second]);
        let mut seen = together.outside.clone();
        let mut found = None;
        for _ in 0..WAYS {
            let Some(situation) = find_situation(problem, &together.inside, &seen)? else { return Ok(found) };
            if !varies {
                return Ok(Some(situation));
            }
            let way = same_offers(one, other, &situation);
            let mut holds = |formula: &Formula| formula.eval(&situation);
            if told(one, &mut holds) == told(other, &mut holds) {
                together.outside.push(way.clone());
            } else if found.is_none() {
                found = Some(situation);
            }
            seen.push(way);
        }
        // The region is that of the way found alone, when there are too many.
        let situation = found.ok_or(Exploded)?;
        together.inside = Meanings::and([together.inside.clone(), same_offers(one, other, &situation)]);
        Ok(Some(situation))
    }

    fn replays(&mut self, first: usize, second: usize, situation: &[u32]) -> bool {
        let (shown, rule) = (&self.shown, self.rule);
        let problem = shown.problem;
        let replay = self.replay.get_or_insert_with(|| Replay::new(problem));
        replay.agrees(situation, |holds| {
            let is_offered = |index: usize, holds: &mut dyn FnMut(&Formula) -> bool| {
                shown.is_shown(index, holds) && holds(&offers(&problem.entries[index]))
            };
            let (one, other) = (&problem.entries[first], &problem.entries[second]);
            is_offered(first, holds)
                && is_offered(second, holds)
                && (!rule.different || told(one, &mut *holds) != told(other, &mut *holds))
        })
    }
}

impl Together {
    fn formula(&self) -> Formula {
        Meanings::and([self.inside.clone()].into_iter().chain(self.outside.iter().map(Meanings::not)))
    }
}
