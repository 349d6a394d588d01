//! `gap`: situations of a symptom in which no entry answers. Refuses to know how situations are searched.

mod report;

use super::problem::{Entry, Otherwise, Problem};
use super::replay::Replay;
use super::search::{Size, box_around, find_situation, size_of};
use super::shown::{Shown, ends_at_a_contact, offers};
use crate::domain::Meanings;
use crate::logic::{Cube, Exploded, Formula};

pub(super) use report::report;

/// So many regions are shown by themselves.
const REGIONS: usize = 3;

/// So many entries are looked at for one that is shown in all of the situations.
const LOOKED_AT: usize = 4;

/// Hand-overs are followed for so many steps in all, besides one for each entry.
const STEPS: usize = 4096;

/// The situations in which no entry answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub regions: Vec<Region>,
    /// There are more than those.
    pub has_more: bool,
    /// Of all of them together.
    pub size: Option<Size>,
    /// Entries that are shown in the first of the regions, and offer nothing.
    pub shown: Vec<usize>,
    /// One of them that is shown in all of the situations.
    pub shown_throughout: Option<usize>,
    /// No entry but fallbacks is shown in any of the situations, and there is no fallback yet.
    pub fallback_helps: bool,
    pub is_undecided: bool,
}

/// Some of the situations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    pub situation: Vec<u32>,
    /// A largest box around the situation.
    pub facts: Cube,
}

/// Looks for situations in which no entry answers.
pub fn find(problem: &Problem) -> Found {
    if problem.listed == 0 || problem.entries.iter().take(problem.listed).any(always_answers) {
        return Found::default();
    }
    holes(problem).unwrap_or_else(|Exploded| Found { is_undecided: true, ..Found::default() })
}

/// Whether it answers in every situation, as can be told at a glance.
fn always_answers(entry: &Entry) -> bool {
    entry.own == Formula::Const(true)
        && !entry.fallback
        && entry.overridden_by.is_empty()
        && (ends_at_a_contact(entry) || offers(entry) == Formula::Const(true))
}

fn holes(problem: &Problem) -> Result<Found, Exploded> {
    let answered = Answered::new(problem)?;
    let answering = answered.covered()?;
    let mut covered = answering.clone();
    let mut found = Found::default();
    let mut replay = None;
    let everything = Formula::Const(true);
    while let Some(situation) = find_situation(problem, &everything, &covered)? {
        let shown = &answered.shown;
        let replay = replay.get_or_insert_with(|| Replay::new(problem));
        let is_gap = replay.agrees(&situation, |holds| (0..problem.listed).all(|it| !shown.answers(it, holds)));
        // What hand-overs lead on to is not known beyond the cut.
        if problem.is_cut || !is_gap {
            return Err(Exploded);
        }
        if found.regions.len() == REGIONS {
            found.has_more = true;
            break;
        }
        let uncovered = Meanings::and(covered.iter().map(Meanings::not));
        let facts = box_around(problem, &uncovered, &situation);
        covered.push(Formula::from(&facts));
        found.regions.push(Region { situation, facts });
    }
    if let Some(first) = found.regions.first() {
        found.size = size_of(problem, &Meanings::and(answering.iter().map(Meanings::not)));
        found.shown = shown_at(&answered.shown, &first.situation);
        found.shown_throughout = found
            .shown
            .iter()
            .copied()
            .take(LOOKED_AT)
            .find(|it| is_shown_throughout(&answered.shown, *it, &answering));
        found.fallback_helps = answered.would_a_fallback_help(&answering);
    }
    Ok(found)
}

fn shown_at(shown: &Shown<'_>, situation: &[u32]) -> Vec<usize> {
    let mut holds = |formula: &Formula| formula.eval(situation);
    (0..shown.problem.listed).filter(|index| shown.is_shown(*index, &mut holds)).collect()
}

/// Whether an entry is shown wherever none answers.
fn is_shown_throughout(shown: &Shown<'_>, index: usize, answering: &[Formula]) -> bool {
    let is_nowhere =
        |within: &Formula, outside: &[Formula]| matches!(find_situation(shown.problem, within, outside), Ok(None));
    let own = shown.own(index);
    let with_own: Vec<Formula> = answering.iter().chain([own]).cloned().collect();
    let suppressing = shown.suppressors(index).into_iter().map(|it| shown.own(it).clone());
    is_nowhere(&Formula::Const(true), &with_own) && is_nowhere(&Meanings::or(suppressing), answering)
}

/// Formulas whose union is where some entry answers.
pub(super) fn answered(problem: &Problem) -> Result<Vec<Formula>, Exploded> {
    Answered::new(problem)?.covered()
}

/// When entries answer, in formulas that stay as small as what is written.
struct Answered<'a> {
    shown: Shown<'a>,
    /// For each listed entry when it answers, given that it is shown. Hand-overs to listed entries are left out: these answer by
    /// themselves where they are shown.
    when: Vec<Formula>,
}

impl<'a> Answered<'a> {
    fn new(problem: &'a Problem) -> Result<Self, Exploded> {
        let mut steps = STEPS + problem.listed;
        let when = (0..problem.listed).map(|index| answering(problem, index, &mut Vec::new(), &mut steps));
        Ok(Self { when: when.collect::<Result<_, _>>()?, shown: Shown::new(problem) })
    }

    /// Formulas whose union is where some entry answers.
    ///
    /// An entry needs not be cut where it is suppressed, as long as some entry answers there anyway.
    fn covered(&self) -> Result<Vec<Formula>, Exploded> {
        let sure = self.sure()?;
        let cover = |index: usize| {
            let cut = self.shown.suppressors(index).into_iter().filter(|other| !sure[*other]);
            let cut = cut.map(|other| Meanings::not(self.shown.own(other)));
            Meanings::and([self.shown.own(index).clone(), self.when[index].clone()].into_iter().chain(cut))
        };
        Ok((0..self.when.len()).map(cover).filter(|cover| *cover != Formula::Const(false)).collect())
    }

    /// Whether no entry is shown where none answers, and none is a fallback yet.
    fn would_a_fallback_help(&self, answering: &[Formula]) -> bool {
        let problem = self.shown.problem;
        let may_fail = |index: &usize| self.when[*index] != Formula::Const(true) || !self.shown.is_free(*index);
        let own = (0..problem.listed).filter(may_fail).map(|index| self.shown.own(index).clone());
        !problem.entries.iter().take(problem.listed).any(|entry| entry.fallback)
            && matches!(find_situation(problem, &Meanings::or(own), answering), Ok(None))
    }

    /// For each listed entry whether some entry answers wherever its own condition holds, for the reason that it does, or else
    /// one that suppresses it, of which the same is known.
    fn sure(&self) -> Result<Vec<bool>, Exploded> {
        let problem = self.shown.problem;
        let mut sure = vec![false; problem.listed];
        if !self.shown.has_suppression() {
            return Ok(sure);
        }
        let fallbacks = |wanted: bool| (0..problem.listed).filter(move |it| problem.entries[*it].fallback == wanted);
        // An overriding entry comes before what it overrides.
        for index in fallbacks(false).chain(fallbacks(true)) {
            let suppressors = self.shown.suppressors(index);
            sure[index] = suppressors.into_iter().all(|other| sure[other]) && self.answers_where_it_holds(index)?;
        }
        Ok(sure)
    }

    fn answers_where_it_holds(&self, index: usize) -> Result<bool, Exploded> {
        match &self.when[index] {
            Formula::Const(always) => Ok(*always),
            when => {
                let outside = [when.clone()];
                Ok(find_situation(self.shown.problem, self.shown.own(index), &outside)?.is_none())
            }
        }
    }
}

/// When an entry answers, given that it is shown: by what it offers, by its contact, or by way of entries that are not listed.
fn answering(problem: &Problem, index: usize, path: &mut Vec<usize>, steps: &mut usize) -> Result<Formula, Exploded> {
    *steps = steps.checked_sub(1).ok_or(Exploded)?;
    let entry = &problem.entries[index];
    if ends_at_a_contact(entry) {
        return Ok(Formula::Const(true));
    }
    let mut ways = vec![offers(entry)];
    if ways.contains(&Formula::Const(true)) {
        return Ok(Formula::Const(true));
    }
    path.push(index);
    for (guard, next) in onward(entry) {
        if next >= problem.listed && !path.contains(&next) {
            let there = answering(problem, next, path, steps)?;
            ways.push(Meanings::and([guard, problem.entries[next].own.clone(), there]));
        }
    }
    path.pop();
    Ok(Meanings::or(ways))
}

/// Where an entry leads on to, and when.
fn onward(entry: &Entry) -> Vec<(Formula, usize)> {
    let then = |action: &super::problem::Action| {
        let guard = action.guard.clone();
        action.then.iter().map(move |next| (guard.clone(), *next)).collect::<Vec<_>>()
    };
    let otherwise = entry.otherwise.iter().filter_map(|it| match it {
        Otherwise::Contact => None,
        Otherwise::Entry(next) => Some((Formula::Const(true), *next)),
    });
    entry.actions.iter().flat_map(then).chain(otherwise).collect()
}
