//! Searches walks that end without a contact: first along examples, then all of them, the shorter ones first. Refuses to know what makes an end.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::ending::{Conditions, State};
use super::tried::{Ended, what_is_tried};
use super::{DeadEnd, has_effects, is_live, last_targets};
use crate::analysis::gap::answered;
use crate::analysis::problem::{Action, Problem, Role};
use crate::analysis::reopen::Reopening;
use crate::analysis::search::size_of;
use crate::analysis::walk::Walk;
use crate::domain::Meanings;
use crate::logic::{Exploded, Formula, Var};

/// So many questions may be asked of the logic, and so many statements may they have in all.
const QUESTIONS: usize = 600;
const STATEMENTS: usize = 1 << 19;

/// So many steps are followed along examples before all walks are looked at, and so many turns taken at each.
const FOLLOWED: usize = 200;
const TURNS: usize = 6;

/// So many entries without a way on are named.
const ENDS: usize = 8;

/// A dead end if there is one.
///
/// # Errors
/// When it takes too long to see that there is none.
pub(super) fn search(problem: &Problem) -> Result<Option<DeadEnd>, Exploded> {
    let conditions = Conditions::new(problem);
    let start = start(&conditions)?;
    let mut effort = Effort { questions: QUESTIONS, statements: STATEMENTS };
    if let Some(found) = end(&start, &conditions, &mut effort)? {
        return Ok(Some(found));
    }
    let acts = problem.entries.iter().filter(|entry| is_live(entry)).flat_map(|entry| &entry.actions);
    if !acts.clone().any(has_effects) {
        return Ok(None);
    }
    let reopening = Reopening::new(problem)?;
    if !may_end(&conditions, &reopening, &mut effort)? {
        return Ok(None);
    }
    Search { problem, conditions: &conditions, reopening, effort }.run(start)
}

/// Any situation in which some entry answers, and nobody is named to turn to.
fn start<'a>(conditions: &Conditions<'a>) -> Result<State<'a>, Exploded> {
    let mut state = State {
        walk: Walk::begin(conditions.problem),
        tried: BTreeSet::new(),
        entered: BTreeSet::new(),
        begun: BTreeSet::new(),
        steps: Vec::new(),
    };
    state.walk.require(&Meanings::or(answered(conditions.problem)?));
    conditions.pass(&mut state);
    Ok(state)
}

/// Whether there is a situation in which walks might end.
fn may_end(conditions: &Conditions<'_>, reopening: &Reopening, effort: &mut Effort) -> Result<bool, Exploded> {
    let problem = conditions.problem;
    let mut changed_by: BTreeMap<Var, BTreeSet<usize>> = BTreeMap::new();
    for action in problem.entries.iter().filter(|entry| is_live(entry)).flat_map(|entry| &entry.actions) {
        for var in reopening.after(&action.effects).into_keys().filter(|_| has_effects(action)) {
            changed_by.entry(var).or_default().insert(action.number);
        }
    }
    let mut walk = Walk::begin(problem);
    conditions.may_end(|var| changed_by.get(&var).is_none_or(|actions| actions.len() < 2), &mut walk);
    Ok(effort.find(&walk)?.is_some())
}

/// The walk so far as a dead end, where it is one.
fn end(state: &State<'_>, conditions: &Conditions<'_>, effort: &mut Effort) -> Result<Option<DeadEnd>, Exploded> {
    let mut ended = state.clone();
    conditions.end(&mut ended);
    let Some(found) = effort.find(&ended.walk)? else { return Ok(None) };
    let problem = conditions.problem;
    let situation: Vec<u32> = found.iter().copied().take(problem.space.vars().len()).collect();
    let Ended { tried, last } = what_is_tried(problem, state, &state.walk.situations(&found)).ok_or(Exploded)?;
    let facts = ended.walk.first_box(&found);
    let size = ended.walk.is_determined().then(|| size_of(problem, &ended.walk.said())).flatten();
    let mut lasts = vec![last];
    if state.steps.is_empty() {
        more_ends(ended, conditions, effort, &mut lasts);
    }
    Ok(Some(DeadEnd { situation, facts, size, tried, last: lasts }))
}

/// Entries that are left without a way on where those known so far do not apply.
fn more_ends(mut ended: State<'_>, conditions: &Conditions<'_>, effort: &mut Effort, lasts: &mut Vec<usize>) {
    while let Some(last) = lasts.last().copied().filter(|_| lasts.len() < ENDS) {
        let applies = ended.walk.at_present(&conditions.applies(last));
        ended.walk.rule_out_as_said(applies);
        let Ok(Some(found)) = effort.find(&ended.walk) else { return };
        let Some(end) = what_is_tried(conditions.problem, &ended, &ended.walk.situations(&found)) else { return };
        if lasts.contains(&end.last) {
            return;
        }
        lasts.push(end.last);
    }
}

/// What may still be asked.
struct Effort {
    questions: usize,
    statements: usize,
}

impl Effort {
    fn find(&mut self, walk: &Walk<'_>) -> Result<Option<Vec<u32>>, Exploded> {
        self.questions = self.questions.checked_sub(1).ok_or(Exploded)?;
        let found = walk.find();
        self.statements = self.statements.saturating_sub(walk.weight());
        if self.statements == 0 {
            self.questions = 0;
        }
        found
    }
}

struct Search<'a, 's> {
    problem: &'a Problem,
    conditions: &'s Conditions<'a>,
    reopening: Reopening,
    effort: Effort,
}

/// What may come next on a walk.
#[derive(Clone, Copy, Debug)]
enum Next {
    /// An entry's action is done.
    Done(usize, usize),
    /// Nothing is left to do, and the first entry's `otherwise` leads to the second.
    Otherwise(usize, usize),
}

impl<'a> Search<'a, '_> {
    fn run(mut self, start: State<'a>) -> Result<Option<DeadEnd>, Exploded> {
        match self.follow(start.clone())? {
            Some(found) => Ok(Some(found)),
            None => self.exhaust(start),
        }
    }

    /// Does what is offered in an example of the walk, in the order shown, until nothing is left; then the next best.
    fn follow(&mut self, start: State<'a>) -> Result<Option<DeadEnd>, Exploded> {
        let mut open = vec![start];
        for _ in 0..FOLLOWED {
            let Some(state) = open.pop() else { break };
            let Some(found) = self.effort.find(&state.walk)? else { continue };
            let situations = state.walk.situations(&found);
            let here = situations.last().map_or(&[][..], Vec::as_slice);
            let offered: Vec<Next> =
                self.next(&state).into_iter().filter(|next| self.is_offered(*next, here)).take(TURNS).collect();
            if offered.is_empty()
                && let Some(found) = end(&state, self.conditions, &mut self.effort)?
            {
                return Ok(Some(found));
            }
            open.extend(offered.into_iter().rev().flat_map(|next| self.go_on(next, &state)));
        }
        Ok(None)
    }

    fn is_offered(&self, next: Next, situation: &[u32]) -> bool {
        match next {
            Next::Done(entry, action) => {
                let guard = &self.problem.entries[entry].actions[action].guard;
                guard.eval(situation) && self.conditions.applies(entry).eval(situation)
            }
            Next::Otherwise(..) => false,
        }
    }

    /// Looks at all walks, by the number of their steps.
    fn exhaust(mut self, start: State<'a>) -> Result<Option<DeadEnd>, Exploded> {
        let mut open = VecDeque::from([start]);
        while let Some(state) = open.pop_front() {
            for next in self.next(&state) {
                for longer in self.go_on(next, &state) {
                    if self.effort.find(&longer.walk)?.is_none() {
                        continue;
                    }
                    if let Some(found) = end(&longer, self.conditions, &mut self.effort)? {
                        return Ok(Some(found));
                    }
                    open.push_back(longer);
                }
            }
        }
        Ok(None)
    }

    /// What may come next, as far as it changes a fact or leads to an entry that is not listed.
    fn next(&self, state: &State<'a>) -> Vec<Next> {
        let mut found = Vec::new();
        let present = (0..self.problem.listed).chain(state.entered.iter().copied());
        for entry in present.filter(|entry| is_live(&self.problem.entries[*entry])) {
            let actions = self.problem.entries[entry].actions.iter().enumerate();
            let untried = actions.filter(|(_, it)| it.role != Role::Introduction && !state.tried.contains(&it.number));
            let mattering = untried.filter(|(_, action)| self.matters(action, state));
            found.extend(mattering.map(|(action, _)| Next::Done(entry, action)));
        }
        let present: BTreeSet<usize> =
            (0..self.problem.listed).chain(state.entered.iter().chain(&state.begun).copied()).collect();
        for entry in present {
            let targets = last_targets(&self.problem.entries[entry]);
            let live = targets.filter(|it| self.is_new(*it, state) && is_live(&self.problem.entries[*it]));
            found.extend(live.map(|target| Next::Otherwise(entry, target)));
        }
        found
    }

    fn go_on(&self, next: Next, state: &State<'a>) -> Vec<State<'a>> {
        match next {
            Next::Done(entry, action) => self.do_action(entry, action, state),
            Next::Otherwise(entry, target) => vec![self.fall_through(entry, target, state)],
        }
    }

    /// Whether it makes a difference when it is done: one that names a contact does not name it again once it was tried.
    fn matters(&self, action: &Action, state: &State<'_>) -> bool {
        let may_send = !matches!(action.contact, Formula::Const(_));
        may_send || has_effects(action) || action.then.iter().any(|target| self.is_new(*target, state))
    }

    fn is_new(&self, target: usize, state: &State<'_>) -> bool {
        target >= self.problem.listed && !state.entered.contains(&target)
    }

    /// The action is done; what it hands over to is entered where its condition holds then.
    fn do_action(&self, entry: usize, index: usize, state: &State<'a>) -> Vec<State<'a>> {
        let action = &self.problem.entries[entry].actions[index];
        let mut next = state.clone();
        next.walk.require(&self.conditions.applies(entry));
        next.walk.require(&action.guard);
        next.walk.take_effects(action, &self.reopening);
        next.tried.insert(action.number);
        next.begun.insert(entry);
        next.steps.push((entry, index));
        let mut found = vec![next];
        for target in action.then.iter().filter(|target| self.is_new(**target, state)) {
            found = found.into_iter().flat_map(|next| self.enter_or_not(*target, next)).collect();
        }
        found.iter_mut().for_each(|next| self.conditions.pass(next));
        found
    }

    fn enter_or_not(&self, target: usize, state: State<'a>) -> Vec<State<'a>> {
        let own = &self.problem.entries[target].own;
        let mut passed_over = state.clone();
        passed_over.walk.require(&Meanings::not(own));
        let entered = is_live(&self.problem.entries[target]).then(|| self.enter(target, state));
        entered.into_iter().chain([passed_over]).collect()
    }

    fn enter(&self, target: usize, mut state: State<'a>) -> State<'a> {
        state.walk.require(&self.problem.entries[target].own);
        state.entered.insert(target);
        state
    }

    /// Nothing is left to do but what the entry's `otherwise` leads to.
    fn fall_through(&self, entry: usize, target: usize, state: &State<'a>) -> State<'a> {
        let mut next = self.enter(target, state.clone());
        if !state.begun.contains(&entry) && !state.entered.contains(&entry) {
            next.walk.require(&self.conditions.applies(entry));
        }
        self.conditions.nothing_is_left(state, &mut next.walk);
        self.conditions.pass(&mut next);
        next
    }
}
