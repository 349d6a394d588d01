//! What following the proposals costs on average, against the best that any order of questions and actions could do, found by dynamic
//! programming, for small random knowledge bases.
//!
//! `FAQC_CASES=2000 cargo test --release --test next_optimal -- --nocapture` prints the figures of `docs/performance.md`.

use std::collections::BTreeMap;
use std::fmt::Write;

use faqc::diag::Diagnostics;
use faqc::emit::table::build_table;
use faqc::runtime::optimum::{Expected, Unmeasured, expected};
use faqc::runtime::{Evidence, Next, Reader, Session, Verdict, judge, judge_actions, next};
use faqc::table::{Assignment, Table};
use faqc::{Input, compile};
use fastrand::Rng;

/// `FAQC_CASES` tries more.
const CASES: u64 = 30;

fn cases() -> u64 {
    std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES)
}

fn chance(random: &mut Rng, percent: u32) -> bool {
    random.u32(0..100) < percent
}

/// A knowledge base with one symptom whose likelihoods and times are all declared; `facts` questions of two or three answers.
fn knowledge_base(random: &mut Rng, facts: usize, conditions: bool) -> String {
    let mut text = String::new();
    let mut values = Vec::new();
    for fact in 0..facts {
        let count = 2 + random.usize(0..2);
        values.push(count);
        let names: Vec<String> = (0..count).map(|it| format!("v{it}")).collect();
        let seconds = 10 * (1 + random.usize(0..12));
        let _ = writeln!(text, "fact f{fact} : one of {{ {} }} {{ ask \"?\" ; takes {seconds}s }}", names.join(" "));
    }
    let condition = |random: &mut Rng| {
        let mut parts = Vec::new();
        for _ in 0..1 + random.usize(0..2) {
            let fact = random.usize(0..values.len());
            parts.push(format!("f{fact} = v{}", random.usize(0..values[fact])));
        }
        parts.join(if chance(random, 70) { " and " } else { " or " })
    };
    for entry in 0..2 + random.usize(0..3) {
        let _ = writeln!(text, "entry e{entry} \"e\" {{\n  symptom s\n  weight {}", 1 + random.usize(0..5));
        if conditions && chance(random, 75) {
            let _ = writeln!(text, "  when {}", condition(random));
        }
        let mut left = 100;
        for action in 0..1 + random.usize(0..2) {
            let share = random.usize(0..left);
            left -= share;
            let seconds = 20 * (1 + random.usize(0..40));
            let when =
                if conditions && chance(random, 25) { format!("when {} ; ", condition(random)) } else { String::new() };
            let _ = writeln!(text, "  action a{action} \"a\" {{ {when}likely {share}% ; takes {seconds}s }}");
        }
        let _ = writeln!(text, "  otherwise contact c\n}}");
    }
    let hours = 1 + random.usize(0..8);
    let _ = writeln!(text, "contact c \"c\" {{ takes {hours}h }}\nsymptom s \"s\"");
    text
}

fn table(text: &str) -> Table {
    let compilation = compile(vec![Input { name: "a.faq".to_owned(), bytes: text.as_bytes().to_vec() }]);
    let mut diagnostics = Diagnostics::default();
    let table = build_table(&compilation, &mut diagnostics);
    assert!(!compilation.diagnostics.has_errors(), "{text}");
    table
}

/// For each fact its cell.
type Situation = Vec<u32>;

/// What may be so: in this situation this action helps, or none does.
#[derive(Clone, Debug)]
struct Case {
    situation: Situation,
    solved_by: Option<u32>,
    weight: f64,
}

fn situations(table: &Table) -> Vec<Situation> {
    table.facts.iter().fold(vec![Vec::new()], |all, fact| {
        let cells = 0..fact.cells.len() as u32;
        all.iter()
            .flat_map(|start: &Situation| cells.clone().map(move |cell| [start.as_slice(), &[cell]].concat()))
            .collect()
    })
}

fn evidence_of(table: &Table, situation: &Situation) -> Evidence {
    let mut evidence = Evidence::new(table);
    (0u32..).zip(situation).for_each(|(fact, cell)| assert!(evidence.set(fact, &[*cell])));
    evidence
}

/// An entry is the case in proportion to its weight, what helps in proportion to its shares, and every situation in which both apply
/// is as likely as any other.
fn all_cases(table: &Table) -> Vec<Case> {
    let situations = situations(table);
    let applies = |situation: &Situation, entry: u32, action: Option<u32>| {
        let evidence = evidence_of(table, situation);
        let entry = judge(table, 0, &evidence).iter().any(|it| it.entry == entry && it.verdict == Verdict::Certain);
        let certain = judge_actions(table, 0, &evidence);
        entry
            && action
                .is_none_or(|action| certain.iter().any(|it| it.action == action && it.verdict == Verdict::Certain))
    };
    let mut cases = Vec::new();
    for listed in &table.symptoms[0].entries {
        let entry = &table.entries[listed.entry as usize];
        let share = |action: u32| f64::from(table.actions[action as usize].likely_percent.unwrap());
        let mut hypotheses: Vec<(Option<u32>, f64)> =
            entry.actions.iter().map(|it| (Some(it.action), share(it.action))).collect();
        let rest = 100.0 - hypotheses.iter().map(|it| it.1).sum::<f64>();
        hypotheses.push((None, rest));
        for (solved_by, share) in hypotheses {
            let inside: Vec<&Situation> = situations.iter().filter(|it| applies(it, listed.entry, solved_by)).collect();
            let weight = f64::from(entry.weight) * share / inside.len().max(1) as f64;
            cases.extend(inside.into_iter().map(|it| Case { situation: it.clone(), solved_by, weight }));
        }
    }
    cases
}

fn weight(cases: &[Case]) -> f64 {
    cases.iter().map(|it| it.weight).sum()
}

fn question_seconds(table: &Table, question: u32) -> f64 {
    f64::from(table.questions[question as usize].seconds.unwrap())
}

fn action_seconds(table: &Table, action: u32) -> f64 {
    f64::from(table.actions[action as usize].seconds.unwrap())
}

/// The seconds, times the weight, that following the proposals costs. The contact's are left out: whoever is helped by nothing turns to
/// it in the end, whatever comes before.
fn followed(table: &Table, session: &Session, cases: Vec<Case>) -> f64 {
    if cases.is_empty() {
        return 0.0;
    }
    let total = weight(&cases);
    match next(table, session) {
        Next::Ask { question, .. } => {
            let fact = table.questions[question as usize].facts[0];
            let answers = parts(cases, fact).into_iter().map(|(cell, part)| {
                let mut session = session.clone();
                session.answer(table, question, &[Assignment { fact, cells: vec![cell] }]);
                followed(table, &session, part)
            });
            total * question_seconds(table, question) + answers.sum::<f64>()
        }
        Next::Do { action, certain, .. } => {
            assert!(certain, "every question was answered");
            let mut session = session.clone();
            session.done(table, action);
            let left = cases.into_iter().filter(|it| it.solved_by != Some(action)).collect();
            total * action_seconds(table, action) + followed(table, &session, left)
        }
        Next::Contact { .. } => 0.0,
        step @ (Next::Choose | Next::Contradiction { .. } | Next::Done) => panic!("{step:?}"),
    }
}

fn parts(cases: Vec<Case>, fact: u32) -> BTreeMap<u32, Vec<Case>> {
    let mut parts: BTreeMap<u32, Vec<Case>> = BTreeMap::new();
    for case in cases {
        parts.entry(case.situation[fact as usize]).or_default().push(case);
    }
    parts
}

/// The least seconds, times the weight, of all policies that try what is certain, ask what is open, and turn to the contact when
/// nothing is left to try.
struct Optimum<'a> {
    table: &'a Table,
    known: BTreeMap<String, f64>,
}

impl Optimum<'_> {
    fn best(&mut self, session: &Session, cases: Vec<Case>) -> f64 {
        if cases.is_empty() {
            return 0.0;
        }
        let key = serde_json::to_string(session).unwrap();
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let total = weight(&cases);
        let judged = judge_actions(self.table, 0, &session.evidence(self.table));
        let left = judged.iter().filter(|it| it.verdict != Verdict::Excluded && !session.tried.contains(&it.action));
        let left: Vec<_> = left.collect();
        let mut best = if left.is_empty() { 0.0 } else { f64::INFINITY };
        for it in left.iter().filter(|it| it.verdict == Verdict::Certain) {
            let mut session = session.clone();
            session.done(self.table, it.action);
            let others = cases.iter().filter(|case| case.solved_by != Some(it.action)).cloned().collect();
            best = best.min(total * action_seconds(self.table, it.action) + self.best(&session, others));
        }
        for question in
            (0..self.table.questions.len() as u32).filter(|it| !left.is_empty() && !session.asked.contains(it))
        {
            let fact = self.table.questions[question as usize].facts[0];
            let mut cost = total * question_seconds(self.table, question);
            for (cell, part) in parts(cases.clone(), fact) {
                let mut session = session.clone();
                session.answer(self.table, question, &[Assignment { fact, cells: vec![cell] }]);
                cost += self.best(&session, part);
            }
            best = best.min(cost);
        }
        self.known.insert(key, best);
        best
    }
}

fn compare(text: &str) -> f64 {
    let table = table(text);
    let cases = all_cases(&table);
    let optimum = Optimum { table: &table, known: BTreeMap::new() }.best(&Session::new(0), cases.clone());
    let cost = followed(&table, &Session::new(0), cases);
    assert!(cost >= optimum * (1.0 - 1e-9), "{text}");
    assert_measured(&table, [cost, optimum], text);
    if optimum > 0.0 { cost / optimum } else { 1.0 }
}

/// What the compiler tells the writer is the same. A weight here is 10,000 there, where a case shared among situations is rounded.
fn assert_measured(table: &Table, figures: [f64; 2], text: &str) {
    match measured(table) {
        Ok(Expected { proposed, least, .. }) => {
            let is_near = |sum: u128, figure: f64| (sum as f64 / 10_000.0 - figure).abs() <= 1e-4 * figure.max(1.0);
            assert!(
                is_near(proposed, figures[0]) && is_near(least, figures[1]),
                "{proposed} {least} {figures:?}\n{text}"
            );
        }
        Err(reason) => assert!(reason != Unmeasured::Changes, "{text}"),
    }
}

fn measured(table: &Table) -> Result<Expected, Unmeasured> {
    expected(&Reader::new(table), 0, &mut { usize::MAX })
}

#[test]
fn the_expected_cost_is_near_the_optimum() {
    let mut ratios = Vec::new();
    for seed in 1..=cases() {
        let mut random = Rng::with_seed(seed);
        let facts = 1 + random.usize(0..3);
        let text = knowledge_base(&mut random, facts, true);
        let ratio = compare(&text);
        if ratio > 1.3 {
            println!("seed {seed}: {ratio:.3}\n{text}");
        }
        ratios.push(ratio);
    }
    let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
    let worst = ratios.iter().copied().fold(1.0, f64::max);
    let optimal = ratios.iter().filter(|it| **it < 1.0 + 1e-9).count();
    println!("{} knowledge bases: mean {mean:.4}, worst {worst:.3}, optimal {optimal}", ratios.len());
    assert!(mean < 1.03 && worst < 1.25, "mean {mean}, worst {worst}");
}

#[test]
fn without_questions_it_is_the_optimum() {
    for seed in 1..=cases() {
        let mut random = Rng::with_seed(seed);
        let ratio = compare(&knowledge_base(&mut random, 1, false));
        assert!(ratio < 1.0 + 1e-9, "seed {seed}: {ratio}");
    }
}

/// Vomlelová 2003, theorem 4: 3m + 3 faults that are equally likely, each with an action that takes 1; and questions that take 1, whether the
/// fault is among three of them. Where m of these sets cover all but three faults, the optimum is 2 + m(m + 3) / (2(m + 1)).
#[test]
fn an_exact_cover_is_asked_set_by_set() {
    for (m, millis) in [(1, 3_000u128), (2, 3_667), (3, 4_250)] {
        let mut text = String::from("symptom s \"s\"\ncontact c \"c\" { takes 1h }\n");
        for set in 0..m {
            let _ = writeln!(text, "fact q{set} : yes/no {{ ask \"?\" ; takes 1s }}");
            for other in 0..set {
                let _ = writeln!(text, "assume not (q{other} and q{set})");
            }
        }
        for fault in 0..3 * m + 3 {
            let when = match fault / 3 {
                set if set < m => format!("q{set}"),
                _ => (0..m).map(|set| format!("not q{set}")).collect::<Vec<_>>().join(" and "),
            };
            let _ = writeln!(
                text,
                "entry e{fault} \"e\" {{\n symptom s\n when {when}\n action \"a\" {{ likely 100% ; takes 1s }}\n otherwise contact c\n}}"
            );
        }
        let Expected { weight, proposed, least } = measured(&table(&text)).unwrap();
        let round = |sum: u128| (sum * 1_000 + weight / 2) / weight;
        assert_eq!([round(least), round(proposed)], [millis, millis], "{text}");
    }
}

/// Jensen et al. 2001, fig. 1, with the question whether it is one of the first two causes: 45 of 100 cases, which the first action solves,
/// while the third solves the others. Actions take 1, the question 0.2, and asking 1.2; times ten.
#[test]
fn a_cheap_question_that_tells_which_action_helps_is_asked() {
    let text = "
fact q : yes/no { ask \"?\" ; takes 2s }
entry first \"1\" {
  symptom s
  when q
  weight 45
  action a \"a\" { likely 100% ; takes 10s }
  otherwise contact c
}
entry others \"2\" {
  symptom s
  when not q
  weight 55
  action b \"b\" { likely 100% ; takes 10s }
  otherwise contact c
}
symptom s \"s\"
contact c \"c\" { takes 1h }
";
    let table = table(text);
    assert!(matches!(next(&table, &Session::new(0)), Next::Ask { question: 0, .. }));
    let expected = measured(&table).unwrap();
    assert_eq!((expected.seconds(), expected.ratio()), ([12, 12], 1_000));
}

/// What is too large, or changes more than what is known and tried, has no figure.
#[test]
fn what_cannot_be_measured_is_said() {
    let with = |action: &str| {
        let text = format!(
            "fact q : yes/no {{ ask \"?\" }}\nentry a \"a\" {{\n symptom s\n when q\n action \"a\" {{ {action} }}\n otherwise contact c\n}}\nsymptom s \"s\"\ncontact c \"c\"\n"
        );
        table(&text)
    };
    assert_eq!(measured(&with("> do")), Err(Unmeasured::Undeclared));
    assert_eq!(measured(&with("takes 5s ; recheck q")), Err(Unmeasured::Changes));
    assert_eq!(expected(&Reader::new(&with("takes 5s")), 0, &mut 2), Err(Unmeasured::TooLarge));
    assert_eq!(measured(&with("takes 5s")).map(|it| it.ratio()), Ok(1_000));
}
