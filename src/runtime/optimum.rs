//! How long a reader of one symptom takes on average when following the proposals, and how long at least, whatever is asked and tried in
//! whatever order: by dynamic programming over everything that can be known and tried. Refuses symptoms where more happens than asking
//! and trying, and such as are too large.

use std::collections::{BTreeMap, BTreeSet};

use super::cost::{Score, divide};
use super::ground::Ground;
use super::next::decide;
use super::precedence::{Precedence, Status};
use super::view::{View, What, lineage};
use super::weigh::{Hypotheses, question_seconds, remedy_seconds};
use super::{ContactSource, Next, Reader, Session, Verdict};
use crate::table::{Assignment, Table};

/// Expected times of one symptom, from the first question to what solves the problem. Whoever is helped by nothing turns to somebody in
/// the end; that time is the same whatever comes before, and is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The weight of all cases; divided by it, the others are seconds.
    pub weight: u128,
    /// The sum of weight times seconds when the proposals are followed.
    pub proposed: u128,
    /// The least sum of any policy that asks what is open, tries what is certain and waits for nothing, or does what is proposed.
    pub least: u128,
}

/// Why there is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmeasured {
    /// Too many situations, or too much that can be known and tried.
    TooLarge,
    /// An action changes facts, finds some out or hands over; or a question makes sense only sometimes.
    Changes,
    /// Nothing says how likely anything is or how long it takes, or there is nothing to try.
    Undeclared,
}

/// At most so many situations are told apart.
const MOST_SITUATIONS: usize = 2_048;
/// At most so many states are looked at: for each fact unknown or one of its cells, and what was tried. A state takes about 50 µs.
const MOST_STATES: usize = 10_000;

impl Expected {
    /// The proposed time as a multiple of the least, in thousandths, rounded up: 1,000 where nothing is better.
    pub fn ratio(&self) -> u128 {
        if self.least == 0 { 1_000 } else { (self.proposed * 1_000).div_ceil(self.least) }
    }

    /// The proposed and the least time in seconds, rounded.
    pub fn seconds(&self) -> [u128; 2] {
        let weight = self.weight.max(1);
        [self.proposed, self.least].map(|sum| (sum + weight / 2) / weight)
    }
}

/// The expected times of a symptom (an index), looking at no more states than `budget` has, of which it takes what it needs.
///
/// # Errors
/// When it cannot be measured; see [`Unmeasured`].
pub fn expected(reader: &Reader, symptom: u32, budget: &mut usize) -> Result<Expected, Unmeasured> {
    let ground = reader.ground();
    let session = Session::new(symptom);
    let view = View::new(ground, &session, &[]);
    if view.remedies.iter().any(|it| it.what.action().is_some_and(|it| changes_something(view.table, it))) {
        return Err(Unmeasured::Changes);
    }
    let hypotheses = Hypotheses::new(&view);
    if !hypotheses.is_by_cost() || view.remedies.is_empty() || view.is_contradictory {
        return Err(Unmeasured::Undeclared);
    }
    let facts = hypotheses.facts();
    let may_not_apply = |fact: &u32| view.answers(*fact).len() < view.possible(*fact).len();
    if facts.iter().any(may_not_apply) {
        return Err(Unmeasured::Changes);
    }
    let cases = all_cases(&view, &hypotheses, &facts)?;
    let mut search = Search { ground, facts, cases, known: BTreeMap::new(), left: MOST_STATES.min(*budget) };
    let before = search.left;
    let measured = search.measure(&session);
    *budget -= before - search.left;
    measured
}

fn changes_something(table: &Table, action: u32) -> bool {
    let actions = lineage(table, action).into_iter().filter_map(|it| table.actions.get(it as usize));
    actions
        .into_iter()
        .any(|it| !it.sets.is_empty() || !it.recheck.is_empty() || !it.finds.is_empty() || !it.then.is_empty())
}

/// What may be so: a situation, and what solves the problem in it.
struct Case {
    /// For each fact its cell.
    cells: BTreeMap<u32, u32>,
    solved_by: Option<What>,
    weight: u64,
}

/// An entry is the case in proportion to its weight, what helps in proportion to its shares, and each situation in which both apply is as
/// likely as any other.
fn all_cases(view: &View, hypotheses: &Hypotheses, facts: &[u32]) -> Result<Vec<Case>, Unmeasured> {
    let situations = situations(view, facts)?;
    let mut cases = Vec::new();
    for (solved_by, weight, inside) in hypotheses.in_situations(&situations) {
        for (at, weight) in inside.iter().zip(divide(weight, inside.len())) {
            let cells = situations.get(*at).cloned().unwrap_or_default();
            cases.push(Case { cells, solved_by, weight });
        }
    }
    Ok(cases)
}

fn situations(view: &View, facts: &[u32]) -> Result<Vec<BTreeMap<u32, u32>>, Unmeasured> {
    let mut all = vec![BTreeMap::new()];
    for fact in facts {
        let mut longer = Vec::new();
        for start in &all {
            for cell in view.possible(*fact) {
                let mut cells: BTreeMap<u32, u32> = start.clone();
                cells.insert(*fact, *cell);
                let mut evidence = view.evidence.clone();
                for (fact, cell) in &cells {
                    evidence.set(*fact, &[*cell]);
                }
                if !view.ground.is_contradictory(&evidence) {
                    longer.push(cells);
                }
            }
            if longer.len() > MOST_SITUATIONS {
                return Err(Unmeasured::TooLarge);
            }
        }
        all = longer;
    }
    Ok(all)
}

/// What is known, and what was tried.
type State = (Vec<(u32, Vec<u32>)>, BTreeSet<u32>, BTreeSet<u32>);

struct Search<'a> {
    ground: &'a Ground<'a>,
    /// That the symptom's conditions speak of.
    facts: Vec<u32>,
    cases: Vec<Case>,
    known: BTreeMap<State, Score>,
    /// So many states may be looked at yet.
    left: usize,
}

type Sum = Result<Score, Unmeasured>;
/// What goes on from a session, with the cases that are left.
type Policy<S> = fn(&mut S, &Session, Vec<usize>) -> Sum;

impl Search<'_> {
    fn measure(&mut self, session: &Session) -> Result<Expected, Unmeasured> {
        let all: Vec<usize> = (0..self.cases.len()).collect();
        let weight = self.weight(&all);
        Ok(Expected { weight, least: self.least(session, all.clone())?, proposed: self.proposed(session, all)? })
    }

    /// The best of all policies from here on.
    fn least(&mut self, session: &Session, cases: Vec<usize>) -> Sum {
        if self.weight(&cases) == 0 {
            return Ok(0);
        }
        let state = state(session);
        if let Some(known) = self.known.get(&state) {
            return Ok(*known);
        }
        self.count()?;
        let ground = self.ground;
        let view = View::new(ground, session, &[]);
        let mut best = if is_anything_left(&view) { self.follow(&view, &cases, Self::least)? } else { 0 };
        for at in available(&view) {
            best = best.min(self.trying(&view, at, &cases, Self::least)?);
        }
        for question in self.open_questions(&view).into_iter().filter(|_| is_anything_left(&view)) {
            best = best.min(self.asking(&view, question, &cases, Self::least)?);
        }
        self.known.insert(state, best);
        Ok(best)
    }

    /// What the proposals come to from here on.
    fn proposed(&mut self, session: &Session, cases: Vec<usize>) -> Sum {
        self.count()?;
        self.follow(&View::new(self.ground, session, &[]), &cases, Self::proposed)
    }

    /// Takes the step that is proposed.
    fn follow(&mut self, view: &View, cases: &[usize], then: Policy<Self>) -> Sum {
        let remedy = match decide(self.ground, view.session).0 {
            Next::Ask { question, .. } => return self.asking(view, question, cases, then),
            Next::Do { action, .. } => What::Action(action),
            Next::Contact { contact, from: ContactSource::Entry(_) } => What::Contact(contact),
            Next::Contact { .. } | Next::Choose | Next::Contradiction { .. } | Next::Done => return Ok(0),
        };
        view.remedy_of(remedy).map_or(Ok(0), |at| self.trying(view, at, cases, then))
    }

    fn count(&mut self) -> Result<(), Unmeasured> {
        self.left = self.left.checked_sub(1).ok_or(Unmeasured::TooLarge)?;
        Ok(())
    }

    fn weight(&self, cases: &[usize]) -> Score {
        cases.iter().filter_map(|it| self.cases.get(*it)).map(|it| Score::from(it.weight)).sum()
    }

    fn trying(&mut self, view: &View, at: usize, cases: &[usize], then: Policy<Self>) -> Sum {
        let Some(remedy) = view.remedies.get(at) else { return Ok(0) };
        let mut session = view.session.clone();
        match remedy.what {
            What::Action(action) => {
                session.tried.insert(action);
            }
            What::Contact(contact) => session.contact(contact),
        }
        let is_left = |it: &usize| self.cases.get(*it).is_some_and(|it| it.solved_by != Some(remedy.what));
        let left = cases.iter().copied().filter(is_left).collect();
        let trying = self.weight(cases) * Score::from(remedy_seconds(view, remedy));
        Ok(trying + then(self, &session, left)?)
    }

    fn asking(&mut self, view: &View, question: u32, cases: &[usize], then: Policy<Self>) -> Sum {
        let settled = view.question(question).map_or(&[][..], |it| it.facts.as_slice());
        let facts: Vec<u32> = self.facts.iter().copied().filter(|it| settled.contains(it)).collect();
        let mut answers: BTreeMap<Vec<u32>, Vec<usize>> = BTreeMap::new();
        for at in cases {
            let Some(case) = self.cases.get(*at) else { continue };
            answers.entry(facts.iter().filter_map(|it| case.cells.get(it).copied()).collect()).or_default().push(*at);
        }
        let mut sum = self.weight(cases) * Score::from(question_seconds(view, question));
        for (cells, part) in answers {
            let given = facts.iter().zip(cells).map(|(fact, cell)| Assignment { fact: *fact, cells: vec![cell] });
            let mut session = view.session.clone();
            session.answer(view.table, question, &given.collect::<Vec<_>>());
            sum += then(self, &session, part)?;
        }
        Ok(sum)
    }

    /// Questions that are not asked yet about facts that the symptom speaks of.
    fn open_questions(&self, view: &View) -> BTreeSet<u32> {
        let questions = self.facts.iter().filter_map(|it| view.table.facts.get(*it as usize)).map(|it| it.question);
        questions.filter(|it| !view.is_settled(*it)).collect()
    }
}

fn state(session: &Session) -> State {
    let known = session.evidence.0.iter().map(|(fact, cells)| (*fact, cells.clone())).collect();
    (known, session.tried.clone(), session.contacted.clone())
}

fn is_anything_left(view: &View) -> bool {
    view.remedies.iter().any(|it| it.is_left)
}

/// The remedies that are certain and wait for nothing.
fn available(view: &View) -> Vec<usize> {
    let status = |verdict: Verdict, is_left: bool| match verdict {
        _ if !is_left => Status::Gone,
        Verdict::Certain => Status::Runs,
        Verdict::Possible => Status::HoldsAfter,
        Verdict::Excluded | Verdict::Contradictory => Status::Gone,
    };
    let statuses: Vec<Status> = view.remedies.iter().map(|it| status(it.verdict, it.is_left)).collect();
    Precedence::new(view).first(&statuses, |at| at)
}
