//! TEMP
use super::problem::{Entry, Otherwise, Problem};
use super::search::find_situation;
use super::shown::{Shown, ends_at_a_contact, offers};
use crate::domain::Meanings;
use crate::logic::{Exploded, Formula};
const STEPS: usize = 4096;
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
