//! Whether to ask or to act, and what: the rule of `docs/table.md`. Refuses to know where to go when nothing is left.

use std::collections::{BTreeMap, BTreeSet};

use super::Verdict;
use super::cost::Score;
use super::next::{ContactSource, Next};
use super::precedence::{Precedence, Status};
use super::relevance::facts_that_matter;
use super::view::{Remedy, View, What, is_bare};
use super::weigh::{Scales, only_finds, question_seconds, remedy_seconds};

/// Finds actions that have become pointless, of which none is left after that: those that only find things out, when some of these
/// are known and none of the others matters.
pub(super) fn drop_idle(view: &mut View) {
    let finds =
        |it: &Remedy| it.what.action().is_some_and(|it| view.lineage_of(it).iter().any(|it| !it.finds.is_empty()));
    if !view.remedies.iter().any(|it| it.is_left && finds(it)) {
        return;
    }
    let idle: Vec<usize> = Chooser::new(view).idle().collect();
    for at in idle {
        if let Some(remedy) = view.remedies.get_mut(at) {
            remedy.is_left = false;
        }
    }
}

/// The next question, action or contact of an entry; none when nothing is left.
pub(super) fn choose(view: &View) -> Option<Next> {
    Chooser::new(view).next()
}

struct Chooser<'a> {
    view: &'a View<'a>,
    precedence: Precedence,
    /// For each remedy that only finds things out what these are.
    finds: Vec<Vec<u32>>,
    /// For each remedy the facts that matter to it.
    matters: Vec<BTreeSet<u32>>,
    /// Questions whose answers matter: their facts that do, and the places of the entries that they matter to.
    questions: BTreeMap<u32, Relevance>,
}

#[derive(Default)]
struct Relevance {
    facts: BTreeSet<u32>,
    places: BTreeSet<usize>,
}

impl<'a> Chooser<'a> {
    fn new(view: &'a View<'a>) -> Self {
        let finds = view.remedies.iter().map(|it| finds(view, it)).collect();
        let (matters, questions) = (Vec::new(), BTreeMap::new());
        let mut chooser = Self { view, precedence: Precedence::new(view), finds, matters, questions };
        chooser.matters = (0..view.remedies.len()).map(|at| chooser.facts_for(at, false)).collect();
        chooser.collect_questions();
        let for_themselves: Vec<usize> = (0..view.remedies.len()).filter(|at| chooser.is_pointless(*at)).collect();
        for at in &for_themselves {
            chooser.matters[*at] = chooser.facts_for(*at, true);
        }
        if !for_themselves.is_empty() {
            chooser.collect_questions();
        }
        chooser
    }

    /// Whether a remedy only finds things out, none of which matters.
    fn is_pointless(&self, at: usize) -> bool {
        !self.finds[at].is_empty() && !self.is_worth_doing(at)
    }

    /// The facts that matter to a remedy that is left. To an action that only finds things out none do while these matter, for they
    /// can be asked for as well; where it is `for_itself`, or hands over to entries that are not in play, all but what it finds.
    fn facts_for(&self, at: usize, for_itself: bool) -> BTreeSet<u32> {
        let (remedy, finds) = (&self.view.remedies[at], &self.finds[at]);
        let is_open = remedy.is_left && remedy.verdict == Verdict::Possible;
        if !is_open || !finds.is_empty() && !for_itself && !self.leads_on(remedy) {
            return BTreeSet::new();
        }
        let mut facts = facts_that_matter(self.view, &remedy.conditions);
        facts.retain(|fact| self.view.table.facts.get(*fact as usize).is_some_and(|it| !finds.contains(&it.question)));
        facts
    }

    fn collect_questions(&mut self) {
        let Self { view, matters, questions, .. } = self;
        let mut collect = |place: usize, facts: &BTreeSet<u32>| {
            for fact in facts {
                let Some(question) = view.table.facts.get(*fact as usize).map(|it| it.question) else { continue };
                let relevance = questions.entry(question).or_default();
                relevance.facts.insert(*fact);
                relevance.places.insert(place);
            }
        };
        view.remedies.iter().zip(matters).for_each(|(it, facts)| collect(it.place, facts));
        for (place, it) in view.entries.iter().enumerate() {
            if let Some(condition) =
                it.condition.filter(|_| view.entry(place).is_some_and(is_bare) && !view.is_spent(place))
            {
                collect(place, &facts_that_matter(view, &[condition]));
            }
        }
    }

    /// Actions that only find things out of which some are known and none of the others matters.
    fn idle(&self) -> impl Iterator<Item = usize> {
        let is_idle = |(remedy, finds): (&Remedy, &Vec<u32>)| {
            let open: Vec<&u32> = finds.iter().filter(|it| !self.view.is_settled(**it)).collect();
            remedy.is_left
                && open.len() < finds.len()
                && !self.leads_on(remedy)
                && !open.iter().any(|it| self.questions.contains_key(it))
        };
        let remedies = self.view.remedies.iter().zip(&self.finds).enumerate();
        remedies.filter(move |(_, it)| is_idle(*it)).map(|(at, _)| at)
    }

    /// Whether an action hands over to an entry that is not in play, and may be entered.
    fn leads_on(&self, remedy: &Remedy) -> bool {
        let action = remedy.what.action();
        let mut then =
            action.into_iter().flat_map(|it| self.view.lineage_of(it)).flat_map(|it| it.then.iter().copied());
        then.any(|target| self.view.may_enter(target) && !self.view.is_in_play(target))
    }

    fn next(&self) -> Option<Next> {
        let found = self.view.session.found.iter().find(|it| self.questions.contains_key(it));
        if let Some(question) = found {
            return Some(self.ask(*question));
        }
        let asked = self.questions.iter().flat_map(|(question, it)| it.facts.iter().map(|fact| (*question, *fact)));
        let scales = Scales::new(self.view, &self.precedence, asked.collect());
        let available = self.available(&scales);
        let question = self.best_question(&scales);
        match (available.first().copied(), question) {
            (Some(remedy), None) => Some(self.propose(remedy)),
            (Some(remedy), Some((question, fact, score))) => {
                let asks = !self.is_worth_doing(remedy) && self.is_better(&scales, remedy, question, fact, score);
                if asks { Some(self.find_out(question, &available)) } else { Some(self.propose(remedy)) }
            }
            (None, Some((question, ..))) => Some(self.ask(question)),
            (None, None) => self.possible(&scales).map(|remedy| self.propose(remedy)),
        }
    }

    /// Whether asking now is better than trying the remedy first, whether the question is asked after it or never.
    fn is_better(&self, scales: &Scales, remedy: usize, question: u32, fact: u32, score: Score) -> bool {
        score < scales.plan().min(scales.try_then_ask(remedy, question, fact))
    }

    /// The certain remedies that wait for nothing, the best first.
    fn available(&self, scales: &Scales) -> Vec<usize> {
        let status = |(at, remedy): (usize, &Remedy)| match remedy.verdict {
            _ if !remedy.is_left => Status::Gone,
            Verdict::Certain if self.is_dear(at) => Status::Holds,
            Verdict::Certain => Status::Runs,
            Verdict::Possible if self.matters.get(at).is_some_and(|it| !it.is_empty()) => Status::Holds,
            Verdict::Possible => Status::HoldsAfter,
            Verdict::Excluded | Verdict::Contradictory => Status::Gone,
        };
        let statuses: Vec<Status> = self.view.remedies.iter().enumerate().map(status).collect();
        self.precedence.first(&statuses, scales.ranks())
    }

    /// What is only possible, in its order; then what waits in a circle.
    fn possible(&self, scales: &Scales) -> Option<usize> {
        let status = |remedy: &Remedy| match remedy.verdict {
            Verdict::Possible if remedy.is_left => Status::Runs,
            Verdict::Certain | Verdict::Possible | Verdict::Excluded | Verdict::Contradictory => Status::Gone,
        };
        let statuses: Vec<Status> = self.view.remedies.iter().map(status).collect();
        let first = self.precedence.sequence(&statuses, scales.ranks()).first().copied();
        let left = |verdict| self.view.remedies.iter().position(|it| it.is_left && it.verdict == verdict);
        first.or_else(|| left(Verdict::Certain)).or_else(|| left(Verdict::Possible))
    }

    /// Whether an action only finds things out, and asking for those that matter takes less time.
    fn is_dear(&self, at: usize) -> bool {
        let mut mattering = self.finds[at].iter().filter(|it| self.questions.contains_key(it)).peekable();
        mattering.peek().is_some()
            && remedy_seconds(self.view, &self.view.remedies[at])
                > mattering.map(|it| question_seconds(self.view, *it)).sum()
    }

    /// Whether an action that only finds things out finds some that matter.
    fn is_worth_doing(&self, at: usize) -> bool {
        self.finds[at].iter().any(|it| self.questions.contains_key(it))
    }

    /// The question, or an action that may be done now and finds its answer.
    fn find_out(&self, question: u32, available: &[usize]) -> Next {
        let finds = |at: &&usize| self.finds[**at].contains(&question);
        available.iter().find(finds).map_or_else(|| self.ask(question), |remedy| self.propose(*remedy))
    }

    /// The question with the least score, among those that certainly make sense if there are any: with the fact that it is weighed
    /// by, and the score.
    fn best_question(&self, scales: &Scales) -> Option<(u32, u32, Score)> {
        let applicable: Vec<u32> = self.questions.keys().copied().filter(|it| self.view.is_applicable(*it)).collect();
        let among = if applicable.is_empty() { self.questions.keys().copied().collect() } else { applicable };
        if let [question] = among.as_slice()
            && !self.view.remedies.iter().any(|it| it.is_left && it.verdict == Verdict::Certain)
        {
            return Some((*question, 0, 0));
        }
        let facts = |question: u32| self.questions.get(&question).into_iter().flat_map(|it| &it.facts).copied();
        let scored = among.into_iter().flat_map(|it| facts(it).map(move |fact| (it, fact)));
        scored.map(|(question, fact)| (question, fact, scales.ask(question, fact))).min_by_key(|(.., score)| *score)
    }

    fn propose(&self, remedy: usize) -> Next {
        let Some(remedy) = self.view.remedies.get(remedy) else { return Next::Done };
        let entry = self.view.entries.get(remedy.place).map_or(0, |it| it.entry);
        match remedy.what {
            What::Action(action) => Next::Do { action, entry, certain: remedy.verdict == Verdict::Certain },
            What::Contact(contact) => Next::Contact { contact, from: ContactSource::Entry(entry) },
        }
    }

    fn ask(&self, question: u32) -> Next {
        let places = self.questions.get(&question).into_iter().flat_map(|it| &it.places);
        ask(self.view, question, places.filter_map(|place| Some(self.view.entries.get(*place)?.entry)).collect())
    }
}

/// The questions that an action finds the answers to, where it does nothing else.
fn finds(view: &View, remedy: &Remedy) -> Vec<u32> {
    let lineage: Vec<_> = remedy.what.action().into_iter().flat_map(|it| view.lineage_of(it)).collect();
    if only_finds(&lineage) { lineage.iter().flat_map(|it| it.finds.iter().copied()).collect() } else { Vec::new() }
}

/// A question with the ways to find the answer out that are not excluded.
pub(super) fn ask(view: &View, question: u32, entries: Vec<u32>) -> Next {
    let ways = (0u32..).zip(view.question(question).map_or(&[][..], |it| it.procedures.as_slice()));
    let ways = ways.filter(|(_, it)| it.condition.is_none_or(|it| view.judge(it) != Verdict::Excluded));
    Next::Ask { question, procedures: ways.map(|(place, _)| place).collect(), entries }
}
