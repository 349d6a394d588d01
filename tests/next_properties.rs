//! What comes next in small random knowledge bases with hand-overs and effects, whatever the reader answers: it ends, nothing is
//! repeated, every question can change what follows, and nothing uncertain is proposed while a question helps.

mod random_model;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use faqc::runtime::{ContactSource, Next, Session, Verdict, judge_condition, next, shown};
use faqc::table::{Assignment, Table};
use random_model::random_table;

/// `FAQC_CASES=100000` tries more.
const CASES: u64 = 60;

fn cases() -> u64 {
    std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES)
}

/// Every answer to a question that some situation has, *not applicable* never.
fn answers(table: &Table, session: &Session, question: u32) -> Vec<Vec<Assignment>> {
    let facts = &table.questions[question as usize].facts;
    let mut all: Vec<Vec<Assignment>> = vec![Vec::new()];
    for fact in facts {
        let cells = &table.facts[*fact as usize].cells;
        let cells = (0..cells.len()).filter(|at| !cells[*at].not_applicable).map(|at| at as u32);
        let cells: Vec<Assignment> = cells.map(|cell| Assignment { fact: *fact, cells: vec![cell] }).collect();
        all = all
            .iter()
            .flat_map(|start| cells.iter().map(move |it| [start.as_slice(), std::slice::from_ref(it)].concat()))
            .collect();
    }
    let evidence = session.evidence(table);
    all.retain(|cells| cells.iter().all(|it| evidence.allows(it.fact, it.cells[0])));
    all.retain(|cells| !is_contradictory(table, &answered(table, session, question, cells)));
    all
}

fn is_contradictory(table: &Table, session: &Session) -> bool {
    judge_condition(table, 0, &session.evidence(table)) == Verdict::Contradictory
}

fn answered(table: &Table, session: &Session, question: u32, cells: &[Assignment]) -> Session {
    let mut session = session.clone();
    session.answer(table, question, cells);
    session
}

/// Everything that can follow from a session, as a number that is the same for the same.
struct Walker<'a> {
    table: &'a Table,
    seen: BTreeMap<String, u64>,
    steps: usize,
    asked: usize,
    uncertain: usize,
}

/// A walk that is longer than this is given up.
const MOST_STEPS: usize = 20_000;

impl Walker<'_> {
    fn what_follows(&mut self, session: &Session, depth: usize) -> u64 {
        let key = serde_json::to_string(session).unwrap();
        if let Some(known) = self.seen.get(&key) {
            return *known;
        }
        self.steps += 1;
        assert!(depth < 200, "it ends: {key}");
        if self.steps > MOST_STEPS {
            return 0;
        }
        let step = next(self.table, session);
        let mut hasher = DefaultHasher::new();
        (told(self.table, session, &step), format!("{:?}", without_reasons(&step))).hash(&mut hasher);
        self.follow(session, &step, depth, &mut hasher);
        let hash = hasher.finish();
        self.seen.insert(key, hash);
        hash
    }

    fn follow(&mut self, session: &Session, step: &Next, depth: usize, hasher: &mut DefaultHasher) {
        match step {
            Next::Ask { question, .. } => {
                assert!(!session.asked.contains(question), "asked again");
                self.asked += 1;
                let follows = self.after_answers(session, *question, depth);
                let differ = follows.iter().collect::<BTreeSet<_>>().len() > 1;
                let counts =
                    self.steps <= MOST_STEPS && !self.may_be_undone(*question) && !self.some_may_not_apply(session);
                assert!(differ || !counts, "q{question} changes nothing in {}", self.describe(session));
                follows.hash(hasher);
                let mut unknown = session.clone();
                unknown.unknown(self.table, *question);
                self.what_follows(&unknown, depth + 1).hash(hasher);
            }
            Next::Do { action, certain, .. } => {
                assert!(!session.tried.contains(action), "done again");
                if !certain && !self.finds_out(*action) {
                    self.uncertain += 1;
                    self.check_that_no_question_helps(session);
                }
                let mut done = session.clone();
                done.done(self.table, *action);
                self.what_follows(&done, depth + 1).hash(hasher);
            }
            Next::Contact { contact, .. } => {
                assert!(!session.contacted.contains(contact), "sent there again");
                let mut contacted = session.clone();
                contacted.contact(*contact);
                self.what_follows(&contacted, depth + 1).hash(hasher);
            }
            Next::Contradiction { .. } => assert!(is_contradictory(self.table, session)),
            Next::Choose => panic!("there is a symptom"),
            Next::Done => {}
        }
    }

    fn finds_out(&self, action: u32) -> bool {
        let it = &self.table.actions[action as usize];
        !it.finds.is_empty() || it.parent.is_some_and(|parent| self.finds_out(parent))
    }

    /// An action's effects may make an answer pointless that was asked for before.
    fn may_be_undone(&self, question: u32) -> bool {
        self.table.actions.iter().any(|it| !it.sets.is_empty() || it.recheck.contains(&question))
    }

    fn after_answers(&mut self, session: &Session, question: u32, depth: usize) -> Vec<u64> {
        let answers = answers(self.table, session, question);
        answers
            .iter()
            .map(|cells| self.what_follows(&answered(self.table, session, question, cells), depth + 1))
            .collect()
    }

    fn check_that_no_question_helps(&self, session: &Session) {
        for question in 0..self.table.questions.len() as u32 {
            if session.asked.contains(&question) || self.may_not_apply(session, question) {
                continue;
            }
            let step = |cells: &Vec<Assignment>| {
                without_reasons(&next(self.table, &answered(self.table, session, question, cells)))
            };
            let follows: Vec<Next> = answers(self.table, session, question).iter().map(step).collect();
            // Which of several uncertain actions comes first may depend on an answer.
            let helps = |it: &Next| matches!(it, Next::Do { certain: true, .. } | Next::Contact { .. } | Next::Done);
            let differ = follows.windows(2).any(|pair| pair[0] != pair[1]);
            assert!(
                !(differ && follows.iter().any(helps)),
                "q{question} helps in {}: {follows:?}",
                self.describe(session)
            );
        }
    }

    /// Such a question may be asked later, when the reader did not know whether it makes sense.
    fn some_may_not_apply(&self, session: &Session) -> bool {
        let open = (0..self.table.questions.len() as u32).filter(|it| !session.asked.contains(it));
        !session.unknown.is_empty() && open.into_iter().any(|it| self.may_not_apply(session, it))
    }

    /// Any answer to such a question tells that it makes sense, and may decide something by that alone.
    fn may_not_apply(&self, session: &Session, question: u32) -> bool {
        let facts = self.table.questions[question as usize].facts.iter();
        let mut absent = facts.filter_map(|fact| {
            let cells = &self.table.facts[*fact as usize].cells;
            let cell = cells.iter().position(|it| it.not_applicable)? as u32;
            session.evidence(self.table).allows(*fact, cell).then(|| Assignment { fact: *fact, cells: vec![cell] })
        });
        absent.any(|it| !is_contradictory(self.table, &answered(self.table, session, question, &[it])))
    }

    fn describe(&self, session: &Session) -> String {
        format!("{}\n{}", serde_json::to_string(session).unwrap(), serde_json::to_string(self.table).unwrap())
    }
}

/// The entries with nothing to do, which are to be read, and the one that sends to a contact.
fn told(table: &Table, session: &Session, step: &Next) -> Vec<(u32, Verdict)> {
    let sends = |entry: u32| matches!(step, Next::Contact { from: ContactSource::Entry(it), .. } if *it == entry);
    let is_bare = |entry: u32| {
        let entry = &table.entries[entry as usize];
        entry.actions.is_empty() && entry.contacts.is_empty()
    };
    let shown = shown(table, session);
    shown.iter().filter(|it| is_bare(it.entry) || sends(it.entry)).map(|it| (it.entry, it.verdict)).collect()
}

/// A step without why and for which entry.
fn without_reasons(next: &Next) -> Next {
    match next {
        Next::Do { action, certain, .. } => Next::Do { action: *action, entry: 0, certain: *certain },
        Next::Ask { question, .. } => Next::Ask { question: *question, procedures: Vec::new(), entries: Vec::new() },
        other => other.clone(),
    }
}

#[test]
fn it_ends_without_repetition_and_every_question_matters() {
    let (mut asked, mut uncertain, mut cut) = (0, 0, 0);
    for seed in 1..=cases() {
        let table = random_table(seed);
        for symptom in 0..table.symptoms.len() as u32 {
            let mut walker = Walker { table: &table, seen: BTreeMap::new(), steps: 0, asked: 0, uncertain: 0 };
            println!("seed {seed}, symptom {symptom}");
            walker.what_follows(&Session::new(symptom), 0);
            asked += walker.asked;
            uncertain += walker.uncertain;
            cut += usize::from(walker.steps > MOST_STEPS);
        }
    }
    println!("{asked} questions, {uncertain} uncertain proposals, {cut} walks given up");
    assert!(asked > 100 && uncertain > 10, "{asked} questions, {uncertain} uncertain proposals");
}
