//! What tests of a knowledge base come to is what the definitions say, situation by situation: verdicts, what applies, and
//! which givens cannot be so together, for small random knowledge bases.

mod random_model;

use std::collections::BTreeSet;

use faqc::ast::{Spanned, Value, ValueKind};
use faqc::diag::{Code, Diagnostics};
use faqc::domain::{Applicability, Cell, Domain, Meanings, cut_domain};
use faqc::emit::table::build_table;
use faqc::logic::Formula;
use faqc::model::{EntryId, Expect, ExpectKind, FactId, Given, Id, Prose, SymptomId, Test, Type};
use faqc::session::Compilation;
use faqc::source::{FileId, Span};
use faqc::suite::run_tests;
use faqc::types::{Cut, Interval, Point, Test as ValueTest};
use random_model::{Random, compilation};

/// `FAQC_CASES=100000` tries more.
const CASES: u64 = 300;

#[test]
fn tests_pass_exactly_when_the_definitions_say_so() {
    let mut seen = BTreeSet::new();
    let cases = std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES);
    for seed in 1..=cases {
        let mut random = Random::new(seed);
        let mut compilation = compilation(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let answers = random_answers(&mut compilation, &mut random);
        let expected = expected(&compilation, &answers);
        // Assumptions that contradict each other are an error, and no test is carried out.
        if answers.is_empty() && expected.is_none() {
            continue;
        }
        for symptom in compilation.model.symptoms.ids() {
            add_test(&mut compilation, symptom, &answers);
        }
        check(&compilation, &expected, seed, &mut seen);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["certain", "clash", "excluded", "possible"]);
}

/// Facts that are given, each with the cells that agree with what is given.
type Answers = Vec<(FactId, Vec<(u32, BTreeSet<u32>)>, Value)>;

fn random_answers(compilation: &mut Compilation, random: &mut Random) -> Answers {
    let domain = cut_domain(&compilation.model, &compilation.types, &compilation.sources);
    let mut answers = Answers::new();
    let asked: Vec<FactId> = compilation.model.facts.ids().collect();
    for (fact, at) in asked.into_iter().zip(2000..) {
        if compilation.model.facts[fact].derived.is_some() || !random.chance(50) {
            continue;
        }
        let test = random_value(&compilation.model.facts[fact].ty, random);
        let span = Span { file: FileId(0), start: at, end: at + 1 };
        answers.push((
            fact,
            cells(fact, &test, &domain),
            Value { span, kind: ValueKind::Word { quoted: false }, unit: None },
        ));
        compilation.types.values.insert(span, test);
    }
    answers
}

/// One value of the type.
fn random_value(ty: &Type, random: &mut Random) -> ValueTest {
    let at = |point: Point, next: Point| {
        let cut = |point| Cut { point, after: false };
        ValueTest::Within(vec![Interval { from: Some(cut(point)), to: Some(cut(next)) }])
    };
    let number = |number| at(Point::Number(number), Point::Number(number + 1));
    match ty {
        Type::YesNo => ValueTest::OneOf(vec![random.below(2)]),
        Type::OneOf { values, open } => ValueTest::OneOf(vec![random.below(values.len() + usize::from(*open))]),
        Type::AnyOf { values } => ValueTest::Has(random.below(values.len())),
        Type::Number { range: None, .. } => number(random.below(10) as i64 - 1),
        Type::Number { step: None, .. } => number(1 + random.below(7) as i64),
        Type::Number { .. } => number(1 + 2 * random.below(4) as i64),
        Type::Version => {
            let version =
                [vec![0, 1], vec![1], vec![1, 2], vec![1, 5], vec![1, 7], vec![2], vec![3]][random.below(7)].clone();
            let cut = |after| Some(Cut { point: Point::Version(version.clone()), after });
            ValueTest::Within(vec![Interval { from: cut(false), to: cut(true) }])
        }
        Type::Date => {
            let day = random.below(7) as i64 - 3;
            at(Point::Today(day), Point::Today(day + 1))
        }
        Type::Error => unreachable!("no such fact is made"),
    }
}

/// For each variable of the fact the cells that agree with the value.
fn cells(fact: FactId, test: &ValueTest, domain: &Domain) -> Vec<(u32, BTreeSet<u32>)> {
    domain
        .vars(fact)
        .map(|var| {
            let variable = &domain.variables[var.index()];
            let agrees = |cell: &Cell| match (cell, test) {
                (Cell::Yes, ValueTest::Has(member)) => variable.member == Some(*member),
                (Cell::No, ValueTest::Has(member)) => variable.member != Some(*member),
                (Cell::Yes, ValueTest::OneOf(values)) => values == &[0],
                (Cell::No, ValueTest::OneOf(values)) => values == &[1],
                (Cell::Value(value) | Cell::Other(value), ValueTest::OneOf(values)) => values == &[*value],
                (Cell::Stretch(stretch), ValueTest::Within(intervals)) => {
                    let point = &intervals[0].from.as_ref().unwrap().point;
                    let below = |cut: &Cut| if cut.after { *point <= cut.point } else { *point < cut.point };
                    stretch.from.as_ref().is_none_or(|from| !below(from)) && stretch.to.as_ref().is_none_or(below)
                }
                _ => false,
            };
            (var.0, (0u32..).zip(&variable.cells).filter(|(_, cell)| agrees(cell)).map(|(at, _)| at).collect())
        })
        .collect()
}

/// For each symptom the word for each of its entries; none where no situation agrees with the answers.
fn expected(compilation: &Compilation, answers: &Answers) -> Option<Vec<Vec<(EntryId, &'static str)>>> {
    let Compilation { model, types, sources, .. } = compilation;
    let domain = cut_domain(model, types, sources);
    let meanings = Meanings::new(model, types, &domain, &mut Diagnostics::default());
    let assumed: Vec<Formula> = meanings.assumptions().into_iter().map(|it| it.formula).collect();
    let applicability = Applicability::new(model);
    let agrees = |situation: &Vec<u32>| {
        let given = answers.iter().flat_map(|(_, cells, _)| cells);
        assumed.iter().all(|formula| formula.eval(situation))
            && given.into_iter().all(|(var, cells)| cells.contains(&situation[*var as usize]))
    };
    let inside: Vec<Vec<u32>> = situations(&domain).into_iter().filter(agrees).collect();
    let word = |formula: &Formula| match inside.iter().filter(|situation| formula.eval(situation)).count() {
        0 => "excluded",
        all if all == inside.len() => "certain",
        _ => "possible",
    };
    let words =
        |symptom| applicability.conditions(symptom, &meanings).iter().map(|(entry, it)| (*entry, word(it))).collect();
    (!inside.is_empty()).then(|| model.symptoms.ids().map(words).collect())
}

fn situations(domain: &Domain) -> Vec<Vec<u32>> {
    domain.variables.iter().fold(vec![Vec::new()], |all, variable| {
        let longer = |situation: Vec<u32>| {
            (0..variable.cells.len() as u32)
                .map(move |cell| situation.iter().copied().chain([cell]).collect::<Vec<u32>>())
        };
        all.into_iter().flat_map(longer).collect()
    })
}

/// A test that expects everything of every entry, one expectation each.
fn add_test(compilation: &mut Compilation, symptom: SymptomId, answers: &Answers) {
    let span = |at: u32| Span { file: FileId(0), start: 3000 + at, end: 3001 + at };
    let symptom = Spanned { span: span(0), value: Given::Symptom(symptom) };
    let facts = answers
        .iter()
        .map(|(fact, _, value)| Spanned { span: value.span, value: Given::Fact { fact: *fact, value: value.clone() } });
    let kinds = compilation
        .model
        .entries
        .ids()
        .flat_map(|entry| [ExpectKind::Certain(entry), ExpectKind::Possible(entry), ExpectKind::Excluded(entry)]);
    let all: Vec<EntryId> = compilation.model.entries.ids().collect();
    let sets = (0..1usize << all.len()).map(|chosen| {
        ExpectKind::Applies(all.iter().copied().filter(|entry| chosen >> entry.index() & 1 == 1).collect())
    });
    let asked: Vec<FactId> = compilation.model.facts.ids().collect();
    let asked = asked.into_iter().filter(|fact| compilation.model.facts[*fact].derived.is_none()).map(ExpectKind::Ask);
    let steps = asked.chain(compilation.model.actions.ids().map(ExpectKind::Action)).chain([ExpectKind::None]);
    let steps = steps.chain(compilation.model.entries.ids().map(ExpectKind::Entry));
    let expect = kinds.chain(sets).chain(steps).zip(1..).map(|(kind, at)| Expect { span: span(at), kind }).collect();
    let given = std::iter::once(symptom).chain(facts).collect();
    compilation.model.tests.push(Test { span: span(0), title: Prose::default(), given, expect });
}

fn check(
    compilation: &Compilation,
    expected: &Option<Vec<Vec<(EntryId, &'static str)>>>,
    seed: u64,
    seen: &mut BTreeSet<&'static str>,
) {
    let table = build_table(compilation, &mut Diagnostics::default());
    let results = run_tests(compilation, &table, |_| true);
    assert_eq!(results.len(), compilation.model.symptoms.len());
    for (result, symptom) in results.iter().zip(0..) {
        let Some(words) = expected.as_ref().map(|words| &words[symptom]) else {
            let codes: Vec<Code> = result.findings.iter().map(|finding| finding.code).collect();
            assert_eq!(codes, [Code::TestContradiction], "seed {seed}");
            seen.insert("clash");
            continue;
        };
        let word = |entry: &EntryId| words.iter().find(|(it, _)| it == entry).map_or("excluded", |(_, word)| *word);
        let failed: BTreeSet<Span> = result.findings.iter().filter_map(|finding| finding.span).collect();
        let expect = &compilation.model.tests[result.test].expect;
        let met = |expect: &&Expect| !failed.contains(&expect.span);
        let steps =
            expect.iter().filter(|it| matches!(it.kind, ExpectKind::Ask(_) | ExpectKind::Action(_) | ExpectKind::None));
        assert_eq!(steps.filter(met).count(), 1, "seed {seed}: one thing comes next, for nobody is named to turn to");
        let first = expect.iter().filter(|it| matches!(it.kind, ExpectKind::Entry(_)));
        assert!(first.filter(met).count() <= 1, "seed {seed}: one entry is the first");
        for expect in expect {
            let is_met = match &expect.kind {
                ExpectKind::Certain(entry) => word(entry) == "certain",
                ExpectKind::Possible(entry) => word(entry) == "possible",
                ExpectKind::Excluded(entry) => word(entry) == "excluded",
                ExpectKind::Applies(entries) => {
                    words
                        .iter()
                        .all(|(entry, word)| *word == if entries.contains(entry) { "certain" } else { "excluded" })
                        && entries.iter().all(|entry| word(entry) == "certain")
                }
                ExpectKind::Entry(entry) if met(&expect) => word(entry) != "excluded",
                _ => met(&expect),
            };
            assert_eq!(is_met, met(&expect), "seed {seed}, {expect:?}, {words:?}");
        }
        seen.extend(words.iter().map(|(_, word)| *word));
    }
}
