//! What is proved of single facts, rules and conditions is so in every situation, for small random knowledge bases, and
//! everything that is so is found.

mod random_model;

use std::collections::{BTreeMap, BTreeSet};

use faqc::analysis::{Memo, analyse};
use faqc::ast::Policy;
use faqc::diag::{Arg, Code, Diagnostics};
use faqc::emit::table::build_table;
use faqc::graph::{build, facts_in};
use faqc::model::{ActionId, ConditionId, Fact, FactId, Id, Model, Rule, RuleValue, Step, StepKind, Type};
use faqc::session::{Compilation, Input, compile};
use faqc::source::Span;
use faqc::types::{Condition, Test};
use random_model::compilation;
use random_model::definitions::{Definitions, Situation, Value, as_cells, passes};

/// `FAQC_CASES=100000` tries more.
const CASES: u64 = 600;

const CODES: [Code; 7] = [
    Code::IdleFact,
    Code::ImpossibleValue,
    Code::ConstantCondition,
    Code::TableGap,
    Code::TableOverlap,
    Code::DeadRow,
    Code::Undecided,
];

#[test]
fn what_is_proved_of_facts_rules_and_conditions_is_so() {
    let cases = std::env::var("FAQC_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(CASES);
    let (mut seen, mut idle) = (BTreeMap::new(), 0);
    for seed in 1..=cases {
        let compilation = compilation(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let found = found(&compilation);
        let definitions = Definitions { model: &compilation.model, types: &compilation.types };
        let situations = definitions.situations();
        if situations.is_empty() {
            continue;
        }
        let mut expected = Expected::new(definitions, &situations);
        expected.all();
        let without_idle: BTreeSet<_> = found.iter().copied().filter(|(code, _)| *code != Code::IdleFact).collect();
        assert_eq!(without_idle, expected.found, "seed {seed}");
        found.iter().for_each(|(code, _)| *seen.entry(*code).or_insert(0) += 1);
        idle += u32::from(check_idle(&compilation, &situations, &found, &expected.constant, seed));
    }
    assert!(idle > 0 && CODES[..6].iter().all(|code| seen.contains_key(code)), "all came up: {seen:?}, {idle}");
}

/// Each row that is suggested for a table can be written there, and holds in the situation that it is suggested for: with
/// one after the other there is a value everywhere.
#[test]
fn suggested_rows_fill_the_gaps_of_a_table() {
    let facts = "fact sure : yes/no { ask A? }
fact os : one of { \"win 11\" mac … } { ask B? }
fact used : any of { edge chrome } { ask C? }
fact rate : number 0..1 step 0.25 { ask D? }
fact app : version { ask E? }
fact bought : date { ask F? }
fact left : date { ask G? ; only when sure }
fact count : number { ask H? }
define many when count > 10
";
    let rows =
        "  - | \"win 11\" | not chrome | 0.25..0.5 | 6.0..<7.1 | 2023-06-29.. | today..today + 3 days | 3..5 | no | x
  yes | mac | edge | < 0.5 | > 8 | - | > today | > 20 | - | x
";
    let header = "  sure | os | used | rate | app | bought | left | count | many | kind\n";
    let rest = "entry e \"E\" { symptom \"s\" ; when kind = x ; note N }\n";
    let mut added = String::new();
    for _ in 0..200 {
        let text = format!("{facts}table t decides kind {{\n{header}{rows}{added}}}\n{rest}");
        let input = Input { name: "a.faq".to_owned(), bytes: text.clone().into_bytes() };
        let compilation = compile(vec![input]);
        assert!(!compilation.diagnostics.has_errors(), "{text}\n{:?}", compilation.diagnostics);
        let Some(gap) = compilation.diagnostics.iter().find(|finding| finding.code == Code::TableGap) else {
            assert!(added.lines().count() > 5, "the table has gaps to begin with");
            return;
        };
        let row = gap.args.iter().find(|(name, _)| *name == "row").map(|(_, row)| row);
        let Some(Arg::Text(row)) = row else { panic!("each of these columns can say what is missing: {gap:?}") };
        added.push_str(&format!("  {}\n", row.replace('…', "x")));
    }
    panic!("rows do not fill the gaps:\n{added}");
}

fn found(compilation: &Compilation) -> BTreeSet<(Code, Span)> {
    let Compilation { model, types, sources, .. } = compilation;
    let mut diagnostics = Diagnostics::default();
    analyse(model, types, &build(model, types), sources, &mut Memo::default(), &mut diagnostics);
    let own = diagnostics.iter().filter(|finding| CODES.contains(&finding.code));
    own.map(|finding| (finding.code, finding.span.unwrap())).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Report {
    Both,
    AlwaysOnly,
    NeverOnly,
}

/// The findings by enumeration.
struct Expected<'a> {
    definitions: Definitions<'a>,
    model: &'a Model,
    situations: &'a [Situation],
    found: BTreeSet<(Code, Span)>,
    /// Conditions that are the same wherever they are judged.
    constant: BTreeSet<ConditionId>,
}

type Inside<'a> = Vec<&'a Situation>;

impl<'a> Expected<'a> {
    fn new(definitions: Definitions<'a>, situations: &'a [Situation]) -> Self {
        let model = definitions.model;
        Self { definitions, model, situations, found: BTreeSet::new(), constant: BTreeSet::new() }
    }

    fn all(&mut self) {
        let all: Inside = self.situations.iter().collect();
        for (id, fact) in self.model.facts.enumerate() {
            self.fact(fact, &all);
            self.values(id, fact);
        }
        for entry in self.model.entries.iter() {
            let Some(own) = self.conditions(&entry.when, &all, Report::AlwaysOnly) else { continue };
            entry.causes.iter().for_each(|cause| _ = self.conditions(&cause.when, &own, Report::Both));
        }
        for id in self.model.actions.ids() {
            let action = &self.model.actions[id];
            let around: Inside = all.iter().copied().filter(|it| self.is_offered(id, it)).collect();
            if around.is_empty() {
                self.constant.extend(&action.when);
            } else if let Some(inside) = self.conditions(&action.when, &around, Report::AlwaysOnly) {
                self.steps(&action.steps, &inside);
            }
        }
        for text in self.model.texts.iter() {
            let tests: Vec<&Test> = text
                .cases
                .iter()
                .filter_map(|it| self.definitions.types.values.get(&it.value.as_ref()?.span))
                .collect();
            let value = |it: &Situation| self.definitions.value(text.by.unwrap().fact, it);
            let named = |it: &&Situation| value(it).is_some_and(|value| tests.iter().any(|test| passes(&value, test)));
            if all.iter().all(named) {
                self.found.insert((Code::ConstantCondition, text.cases.last().unwrap().span));
            }
        }
    }

    fn holds(&self, id: ConditionId, situation: &Situation) -> bool {
        self.definitions.all(&[id], situation)
    }

    fn conditions(&mut self, ids: &[ConditionId], given: &Inside<'a>, report: Report) -> Option<Inside<'a>> {
        let mut inside = given.clone();
        for id in ids {
            let place = (Code::ConstantCondition, self.model.conditions[*id].span());
            if !inside.iter().any(|it| self.holds(*id, it)) {
                self.constant.extend(ids);
                if report != Report::AlwaysOnly {
                    self.found.insert(place);
                }
                return None;
            }
            if given.iter().all(|it| self.holds(*id, it)) {
                self.constant.insert(*id);
                if report != Report::NeverOnly {
                    self.found.insert(place);
                }
            }
            inside.retain(|it| self.definitions.all(&[*id], it));
        }
        Some(inside)
    }

    fn steps(&mut self, steps: &[Step], given: &Inside<'a>) {
        for step in steps {
            let StepKind::Branches(branches) = &step.kind else { continue };
            let mut reached = given.clone();
            for (at, branch) in branches.iter().enumerate() {
                let report = if at == 0 { Report::Both } else { Report::NeverOnly };
                let Some(when) = branch.when else {
                    if reached.is_empty() {
                        self.found.insert((Code::ConstantCondition, branch.span));
                    }
                    continue;
                };
                let taken = self.conditions(&[when], &reached, report).is_some();
                reached.retain(|it| !self.definitions.all(&[when], it));
                if taken && at == 0 && reached.is_empty() {
                    break;
                }
            }
        }
    }

    /// Some entry offers the action: its own condition, the cause's and those of the actions above hold.
    fn is_offered(&self, action: ActionId, situation: &Situation) -> bool {
        let lineage: Vec<ActionId> = std::iter::successors(Some(action), |id| self.model.actions[*id].parent).collect();
        let above = lineage.iter().skip(1).all(|id| self.definitions.all(&self.model.actions[*id].when, situation));
        let offers = |entry: &faqc::model::Entry| {
            let used = entry.actions.iter().filter(|used| lineage.contains(&used.action));
            let own = self.definitions.all(&entry.when, situation);
            used.map(|used| used.cause.map_or(&[][..], |cause| &entry.causes[cause].when))
                .any(|when| own && self.definitions.all(when, situation))
        };
        above && self.model.entries.iter().any(offers)
    }

    fn fact(&mut self, fact: &'a Fact, all: &Inside<'a>) {
        let applicable = self.conditions(&fact.only_when, all, Report::Both);
        if let Some(rows) = fact.derived.as_deref() {
            self.rules(fact, rows, applicable.as_ref());
        }
        let Some(applicable) = applicable else { return };
        for check in &fact.checks {
            if let Some(inside) = self.conditions(check.when.as_slice(), &applicable, Report::Both) {
                self.steps(&check.steps, &inside);
            }
        }
    }

    fn rules(&mut self, fact: &Fact, rows: &'a [Rule], applicable: Option<&Inside<'a>>) {
        let none = Vec::new();
        let inside = applicable.unwrap_or(&none);
        if let [Rule { value: RuleValue::Yes, when: Some(when), .. }] = rows {
            if applicable.is_some() {
                self.conditions(&[*when], inside, Report::Both);
            }
            return;
        }
        let holds = |row: &Rule, it: &Situation| row.when.is_none_or(|when| self.definitions.all(&[when], it));
        let table = fact.table.as_ref();
        let (place, policy) = table.map_or((fact.name, Policy::First), |table| (table.name, table.policy));
        let value = |row: &Rule| match &row.value {
            RuleValue::Written(value) => &self.definitions.types.values[&value.span],
            RuleValue::Yes => unreachable!("no such row is made"),
        };
        let mut found = Vec::new();
        if inside.iter().any(|it| !rows.iter().any(|row| holds(row, it))) {
            found.push((Code::TableGap, place));
        }
        for (at, row) in rows.iter().enumerate() {
            let mut earlier = rows[..at].iter();
            let is_first = |it: &Situation| policy != Policy::First || !rows[..at].iter().any(|row| holds(row, it));
            if !inside.iter().any(|it| holds(row, it) && is_first(it)) {
                found.push((Code::DeadRow, row.span));
                self.constant.extend(row.when);
            }
            let clashes = |other: &Rule| match policy {
                Policy::Unique => true,
                Policy::Any => value(row) != value(other),
                Policy::First | Policy::Collect => false,
            };
            if earlier.any(|other| clashes(other) && inside.iter().any(|it| holds(row, it) && holds(other, it))) {
                found.push((Code::TableOverlap, row.span));
            }
        }
        self.found.extend(found);
    }

    fn values(&mut self, id: FactId, fact: &Fact) {
        if fact.derived.is_some() {
            return;
        }
        let had =
            |test: &dyn Fn(&Value) -> bool| self.situations.iter().any(|it| it[id.index()].as_ref().is_some_and(test));
        let is_applicable = had(&|value| *value != Value::Absent);
        let choice = |at: usize| !had(&|value| *value == Value::Choice(at));
        let mut found = Vec::new();
        match &fact.ty {
            Type::YesNo if choice(0) || choice(1) => found.push(fact.name),
            Type::OneOf { values, open } => {
                let never: Vec<usize> = (0..values.len() + usize::from(*open)).filter(|at| choice(*at)).collect();
                match never.as_slice() {
                    [] => {}
                    [only] => found.push(values.get(*only).map_or(fact.name, |value| value.span)),
                    [..] => found.push(fact.name),
                }
            }
            Type::AnyOf { values } => {
                for (member, value) in values.iter().enumerate() {
                    let chosen =
                        |yes: bool| had(&|value| matches!(value, Value::Chosen(chosen) if chosen[member] == yes));
                    if !chosen(true) || !chosen(false) {
                        found.push(value.span);
                    }
                }
            }
            Type::Number { range: Some(_), step, .. } => {
                let step = if step.is_some() { 2 } else { 1 };
                let number = |number: i64| Value::Point(faqc::types::Point::Number(number));
                if (1..=7).step_by(step).any(|at| !had(&|value| *value == number(at))) {
                    found.push(fact.name);
                }
            }
            Type::YesNo | Type::Number { .. } | Type::Version | Type::Date | Type::Error => {}
        }
        if is_applicable {
            self.found.extend(found.into_iter().map(|place| (Code::ImpossibleValue, place)));
        }
    }
}

/// The most states of knowledge that are looked at for one knowledge base.
const STATES: usize = 3000;

/// That facts are idle exactly when no answer, in any state of knowledge, makes a condition certain or excluded that is
/// possible before; whether there were few enough states to see.
fn check_idle(
    compilation: &Compilation,
    situations: &[Situation],
    found: &BTreeSet<(Code, Span)>,
    constant: &BTreeSet<ConditionId>,
    seed: u64,
) -> bool {
    let Compilation { model, types, .. } = compilation;
    let table = build_table(compilation, &mut Diagnostics::default());
    let sizes: Vec<usize> = table.facts.iter().map(|fact| fact.cells.len()).collect();
    let states = sizes.iter().fold(1usize, |all, size| all.saturating_mul((1 << size) - 1));
    if states > STATES {
        return false;
    }
    let cells: Vec<Vec<u32>> = situations.iter().map(|it| as_cells(it, &table, model)).collect();
    let mattering = mattering(&sizes, &cells, &judged(&Definitions { model, types }, situations));
    for (id, fact) in model.facts.enumerate().filter(|(_, fact)| fact.derived.is_none()) {
        let question = table.questions.iter().find(|question| question.id == fact.id).unwrap();
        let matters = question.facts.iter().any(|var| mattering.contains(var));
        let is_found = found.contains(&(Code::IdleFact, fact.name));
        assert!(!(matters && is_found), "seed {seed}, {}", fact.id);
        let is_settled =
            question.facts.iter().all(|var| cells.iter().all(|it| it[*var as usize] == cells[0][*var as usize]));
        if !matters && !is_found && !is_settled && named(model, compilation).contains(&id) {
            let naming = model.conditions.ids().filter(|it| facts_in(*it, types).contains(&id));
            let naming: Vec<ConditionId> = naming.collect();
            assert!(naming.iter().all(|it| constant.contains(it)), "seed {seed}, {}", fact.id);
        }
    }
    true
}

/// For each condition by which advice is chosen, in which situations it holds.
fn judged(definitions: &Definitions<'_>, situations: &[Situation]) -> BTreeSet<Vec<bool>> {
    let model = definitions.model;
    let mut all: Vec<Vec<ConditionId>> = Vec::new();
    for entry in model.entries.iter() {
        all.push(entry.when.clone());
        all.extend(entry.causes.iter().map(|cause| cause.when.clone()));
        for (id, action) in model.actions.enumerate() {
            let parent = |id: &ActionId| model.actions[*id].parent;
            let lineage: Vec<ActionId> = std::iter::successors(Some(id), parent).collect();
            for used in entry.actions.iter().filter(|used| lineage.contains(&used.action)) {
                let cause = used.cause.map_or(&[][..], |cause| &entry.causes[cause].when);
                let guards = lineage.iter().skip(1).flat_map(|id| &model.actions[*id].when);
                all.push(entry.when.iter().chain(cause).chain(guards).chain(&action.when).copied().collect());
            }
        }
    }
    let mut steps: Vec<&Step> = model.actions.iter().flat_map(|action| &action.steps).collect();
    for check in model.facts.iter().flat_map(|fact| &fact.checks) {
        all.push(check.when.into_iter().collect());
        steps.extend(&check.steps);
    }
    for step in steps {
        let StepKind::Branches(branches) = &step.kind else { continue };
        all.extend(branches.iter().map(|branch| branch.when.into_iter().collect()));
    }
    let mut judged: BTreeSet<Vec<bool>> =
        all.iter().map(|conditions| situations.iter().map(|it| definitions.all(conditions, it)).collect()).collect();
    for text in model.texts.iter() {
        for value in text.cases.iter().filter_map(|case| case.value.as_ref()) {
            let test = Condition::Test(text.by.unwrap().fact, definitions.types.values[&value.span].clone());
            judged.insert(situations.iter().map(|it| definitions.holds(&test, it)).collect());
        }
    }
    judged
}

/// The variables of which some answer matters, by trying every state of knowledge.
fn mattering(sizes: &[usize], cells: &[Vec<u32>], judged: &BTreeSet<Vec<bool>>) -> BTreeSet<u32> {
    let mut mattering = BTreeSet::new();
    let mut state = vec![1u32; sizes.len()];
    loop {
        let inside: Vec<usize> = (0..cells.len())
            .filter(|at| cells[*at].iter().zip(&state).all(|(cell, allowed)| allowed >> cell & 1 == 1))
            .collect();
        for truth in judged.iter().filter(|truth| is_open(truth, &inside)) {
            for (var, size) in
                sizes.iter().enumerate().filter(|(var, _)| !mattering.contains(&(*var as u32))).collect::<Vec<_>>()
            {
                let after = |cell: u32| inside.iter().copied().filter(|at| cells[*at][var] == cell).collect::<Vec<_>>();
                if (0..*size as u32).map(after).any(|left| !left.is_empty() && !is_open(truth, &left)) {
                    mattering.insert(var as u32);
                }
            }
        }
        let Some(at) = (0..sizes.len()).find(|at| state[*at] + 1 < 1 << sizes[*at]) else { return mattering };
        state[at] += 1;
        state[..at].fill(1);
    }
}

fn is_open(truth: &[bool], inside: &[usize]) -> bool {
    inside.iter().any(|at| truth[*at]) && inside.iter().any(|at| !truth[*at])
}

/// The facts that something names that a reader comes to.
fn named(model: &Model, compilation: &Compilation) -> BTreeSet<FactId> {
    let of_facts = model.facts.iter().flat_map(|fact| {
        fact.only_when.iter().copied().chain(fact.derived.iter().flatten().filter_map(|rule| rule.when))
    });
    let of_facts: BTreeSet<ConditionId> = of_facts.collect();
    let others = model.conditions.ids().filter(|id| !of_facts.contains(id));
    let mut open: Vec<FactId> = others.flat_map(|id| facts_in(id, &compilation.types)).collect();
    open.extend(model.texts.iter().filter_map(|text| text.by).map(|by| by.fact));
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let fact = &model.facts[id];
            let rules = fact.derived.iter().flatten().filter_map(|rule| rule.when);
            open.extend(rules.chain(fact.only_when.iter().copied()).flat_map(|id| facts_in(id, &compilation.types)));
        }
    }
    seen
}
