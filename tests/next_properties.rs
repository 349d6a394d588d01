//! What comes next in small random knowledge bases with hand-overs and effects, whatever the reader answers: it ends, nothing is
//! repeated, every question can change what follows, and nothing uncertain is proposed while a question helps.

mod random_model;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use faqc::diag::Diagnostics;
use faqc::emit::table::build_table;
use faqc::model::{EntryId, EntryUse, Fallthrough, Id, Model};
use faqc::runtime::{ContactSource, Next, Session, Verdict, judge_condition, next, shown};
use faqc::source::{FileId, Span};
use faqc::table::{Assignment, IfUnknown, Otherwise, Table};
use random_model::{Random, compilation};

/// `FAQC_CASES=100000` tries more.
const CASES: u64 = 60;

fn cases() -> u64 {
    std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES)
}

fn random_table(seed: u64) -> Table {
    let mut compilation = compilation(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut random = Random::new(seed ^ 0x5555);
    hand_over(&mut compilation.model, &mut random);
    let mut table = build_table(&compilation, &mut Diagnostics::default());
    decorate(&mut table, &mut random);
    forget_circular_finds(&mut table);
    let json = serde_json::to_vec(&table).unwrap();
    Table::from_json(&json).unwrap()
}

fn hand_over(model: &mut Model, random: &mut Random) {
    let entries = model.entries.len();
    let to = |random: &mut Random| EntryUse {
        entry: EntryId::new(random.below(entries)),
        span: Span { file: FileId(0), start: 0, end: 1 },
    };
    for action in model.actions.iter_mut() {
        if random.chance(20) {
            let count = 1 + random.below(2);
            action.then = (0..count).map(|_| to(random)).collect();
        }
    }
    for entry in model.entries.iter_mut() {
        if random.chance(30) {
            entry.otherwise.push(Fallthrough::Entry(to(random)));
        }
    }
    for fact in model.facts.iter_mut() {
        if random.chance(20) {
            fact.if_unknown = Some(faqc::model::IfUnknown::Entry(to(random)));
        }
    }
}

fn decorate(table: &mut Table, random: &mut Random) {
    let contact = serde_json::json!({"id": "c", "title": ["c"]});
    table.contacts = (0..3).map(|_| serde_json::from_value(contact.clone()).unwrap()).collect();
    table.default_contact = random.chance(70).then_some(0);
    let questions = table.questions.len();
    let cells: Vec<usize> = table.facts.iter().map(|fact| fact.cells.len()).collect();
    let assignment = |random: &mut Random| {
        let fact = random.below(cells.len());
        Assignment { fact: fact as u32, cells: vec![random.below(cells[fact]) as u32] }
    };
    let actions = table.actions.len();
    let has_effects = random.chance(50);
    // Several that find out what decides about each other would be done for nothing but themselves.
    let finder = random.below(actions.max(1) * 2);
    for (index, action) in table.actions.iter_mut().enumerate() {
        if index == finder && action.parent.is_none() {
            action.finds = (0..1 + random.below(2)).map(|_| random.below(questions) as u32).collect();
            action.finds.sort_unstable();
            action.finds.dedup();
        }
        if has_effects && random.chance(15) {
            action.sets = vec![assignment(random)];
        }
        if has_effects && random.chance(15) {
            action.recheck = vec![random.below(questions) as u32];
        }
        if random.chance(15) {
            action.after = vec![random.below(actions) as u32];
        }
        // One that helps and is spent once its findings are known could be lost by a question.
        if random.chance(25) && index != finder && action.parent != Some(finder as u32) {
            action.likely_percent = Some(random.below(100) as u8);
            action.seconds = Some(random.below(1000) as u32);
        }
    }
    for entry in &mut table.entries {
        if random.chance(30) {
            entry.otherwise.push(Otherwise::Contact(random.below(3) as u32));
        }
        if random.chance(15) {
            entry.contacts.push(random.below(3) as u32);
        }
        if random.chance(15) {
            entry.weight = random.below(5) as u32;
        }
    }
    for question in table.questions.iter_mut().filter(|it| it.if_unknown.is_none()) {
        question.if_unknown = match random.below(4) {
            0 => Some(IfUnknown::Contact(random.below(3) as u32)),
            1 => {
                let fact = question.facts[random.below(question.facts.len())];
                let cell = random.below(cells[fact as usize]) as u32;
                Some(IfUnknown::Assume(vec![Assignment { fact, cells: vec![cell] }]))
            }
            _ => None,
        };
    }
}

/// What an action finds out does not decide whether the action applies: such a writer asks for what cannot be had.
fn forget_circular_finds(table: &mut Table) {
    let named = |condition: u32| -> BTreeSet<u32> {
        let it = &table.conditions[condition as usize];
        let lists = [&it.certain, &it.certain_clear_of, &it.excluded, &it.excluded_clear_of];
        let facts = lists.into_iter().flatten().flatten().flat_map(|row| row.0.keys());
        facts.map(|fact| table.facts[*fact as usize].question).collect()
    };
    let mut decided_by: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); table.actions.len()];
    let alone = table.entries.iter().filter_map(|it| it.alone.as_ref()).flat_map(|it| &it.actions);
    for listed in table.symptoms.iter().flat_map(|it| &it.actions).chain(alone) {
        let parent = table.actions[listed.action as usize].parent;
        for action in [Some(listed.action), parent].into_iter().flatten() {
            decided_by[action as usize].extend(named(listed.condition));
        }
    }
    for (action, questions) in table.actions.iter_mut().zip(decided_by) {
        action.finds.retain(|question| !questions.contains(question));
    }
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
