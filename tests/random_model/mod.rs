//! Small random knowledge bases, as the passes would resolve them.

#![allow(dead_code, reason = "each test uses what it needs")]

pub mod definitions;
pub mod mutation;
mod paths;
mod table;

use faqc::ast;
use faqc::diag::Diagnostics;
use faqc::graph::Graph;
use faqc::model::{
    Action, ActionId, ActionUse, Branch, Cause, CheckProcedure, ConditionId, DecisionTable, Entry, EntryId, EntryUse,
    Fact, FactId, FactUse, Id, Model, Prose, Rule, RuleValue, Step, StepKind, Symptom, SymptomId, SymptomUse,
    TextByValue, TextCase, Type, ValueDecl,
};
use faqc::session::{Compilation, Descent};
use faqc::source::{FileId, Sources, Span};
use faqc::types::{Condition, Cut, Interval, Point, Test, Types};
#[allow(unused_imports, reason = "each test uses what it needs")]
pub use paths::compilation_with_paths;
#[allow(unused_imports, reason = "each test uses what it needs")]
pub use table::random_table;

/// xorshift64*: the cases are the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % limit
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

pub fn compilation(seed: u64) -> Compilation {
    maker(seed).finish()
}

fn maker(seed: u64) -> Maker {
    let mut maker = Maker { random: Random::new(seed), model: Model::default(), types: Types::default(), next_span: 0 };
    maker.facts();
    for _ in 0..maker.random.below(3) {
        let assumption = maker.random_condition(2);
        maker.model.assumptions.push(assumption);
    }
    maker.symptoms();
    maker.entries();
    maker.texts();
    maker
}

/// Where the letters stand that texts are made of.
const LETTERS: u32 = 4096;

struct Maker {
    random: Random,
    model: Model,
    types: Types,
    /// Values are found by their span, so that each one needs its own.
    next_span: u32,
}

impl Maker {
    fn finish(self) -> Compilation {
        let mut sources = Sources::default();
        sources.add("random.faq", "x".repeat(LETTERS as usize) + "ABCD");
        let Maker { model, types, .. } = self;
        Compilation {
            sources,
            model,
            types,
            graph: Graph::default(),
            diagnostics: Diagnostics::default(),
            changes: None,
            descent: Descent::default(),
        }
    }

    fn span(&mut self) -> Span {
        self.next_span += 1;
        Span { file: FileId(0), start: self.next_span, end: self.next_span + 1 }
    }

    fn value(&mut self, test: Test) -> ast::Value {
        let span = self.span();
        self.types.values.insert(span, test);
        ast::Value { span, kind: ast::ValueKind::Word { quoted: false }, unit: None }
    }

    fn number(&mut self, number: i64) -> ast::Value {
        let from = Some(before(Point::Number(number)));
        self.value(Test::Within(vec![Interval { from, to: Some(before(Point::Number(number + 1))) }]))
    }

    fn condition(&mut self, condition: Condition) -> ConditionId {
        let span = self.span();
        self.model.conditions.push(ast::Condition::Error(span));
        self.types.conditions.push(condition)
    }

    fn declared(&mut self, count: usize) -> Vec<ValueDecl> {
        (0..count).map(|at| ValueDecl { id: format!("v{at}"), span: self.span(), label: None }).collect()
    }

    fn ty(&mut self) -> Type {
        match self.random.below(8) {
            0..=2 => Type::YesNo,
            3 => Type::OneOf { values: self.declared(2), open: true },
            4 => Type::AnyOf { values: self.declared(2) },
            5 => Type::Version,
            6 => Type::Date,
            _ => {
                let (span, from, to) = (self.span(), self.number(1), self.number(7));
                let range = ast::Range { span, from: Some(from), to: Some(to), inclusive: true };
                let step = self.number(2);
                match self.random.below(3) {
                    0 => Type::Number { range: None, step: None, unit: None },
                    1 => Type::Number { range: Some(range), step: None, unit: None },
                    _ => Type::Number { range: Some(range), step: Some(step), unit: None },
                }
            }
        }
    }

    fn fact(&mut self, ty: Type) -> FactId {
        let (name, span) = (self.span(), self.span());
        let id = format!("f{}", self.model.facts.len());
        self.model.facts.push(Fact {
            id,
            name,
            span,
            label: None,
            ty,
            derived: None,
            table: None,
            ask: None,
            checks: Vec::new(),
            shows: Vec::new(),
            only_when: Vec::new(),
            if_unknown: None,
            takes: None,
            formerly: Vec::new(),
            notes: Vec::new(),
        })
    }

    fn test(&mut self, fact: FactId) -> Test {
        let subset = |random: &mut Random, count: usize| {
            let chosen: Vec<usize> = (0..count).filter(|_| random.chance(50)).collect();
            Test::OneOf(if chosen.is_empty() { vec![0] } else { chosen })
        };
        match &self.model.facts[fact].ty {
            Type::YesNo => subset(&mut self.random, 2),
            Type::OneOf { values, open } => subset(&mut self.random, values.len() + usize::from(*open)),
            Type::AnyOf { values } => Test::Has(self.random.below(values.len())),
            Type::Number { .. } => self.within(|random| before(Point::Number(random.below(8) as i64))),
            Type::Date => self.within(|random| before(Point::Today(random.below(3) as i64 - 1))),
            Type::Version => self.within(|random| {
                let points = [vec![], vec![1], vec![1, 5], vec![2]];
                Cut { point: Point::Version(points[random.below(4)].clone()), after: random.chance(30) }
            }),
            Type::Error => unreachable!("no such fact is made"),
        }
    }

    fn within(&mut self, cut: impl Fn(&mut Random) -> Cut) -> Test {
        let (a, b) = (cut(&mut self.random), cut(&mut self.random));
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        let intervals = match self.random.below(4) {
            0 => vec![Interval { from: Some(a), to: None }],
            1 => vec![Interval { from: None, to: Some(b) }],
            2 if a < b => vec![Interval { from: Some(a), to: Some(b) }],
            _ if a < b => vec![Interval { from: None, to: Some(a) }, Interval { from: Some(b), to: None }],
            _ => vec![Interval { from: Some(a), to: None }],
        };
        Test::Within(intervals)
    }

    /// Over the first `limit` facts.
    fn formula(&mut self, depth: usize, limit: usize) -> Condition {
        match self.random.below(if depth == 0 { 2 } else { 6 }) {
            0..=2 => {
                let fact = FactId::new(self.random.below(limit));
                Condition::Test(fact, self.test(fact))
            }
            3 => Condition::Not(Box::new(self.formula(depth - 1, limit))),
            4 => Condition::And((0..2).map(|_| self.formula(depth - 1, limit)).collect()),
            _ => Condition::Or((0..2).map(|_| self.formula(depth - 1, limit)).collect()),
        }
    }

    fn random_condition(&mut self, depth: usize) -> ConditionId {
        let limit = self.model.facts.len();
        let formula = self.formula(depth, limit);
        self.condition(formula)
    }

    fn random_condition_over(&mut self, limit: usize) -> ConditionId {
        let formula = self.formula(1, limit);
        self.condition(formula)
    }

    /// Cases, perhaps with an *else*; none, often.
    fn branches(&mut self) -> Vec<Step> {
        let mut branches = Vec::new();
        for _ in 0..self.random.below(4) {
            let (span, when) = (self.span(), Some(self.random_condition(1)));
            branches.push(Branch { span, when, steps: Vec::new() });
        }
        if !branches.is_empty() && self.random.chance(60) {
            branches.push(Branch { span: self.span(), when: None, steps: Vec::new() });
        }
        let is_empty = branches.is_empty();
        let step = Step { span: self.span(), kind: StepKind::Branches(branches) };
        if is_empty { Vec::new() } else { vec![step] }
    }

    /// Texts by facts of few values, with an *otherwise*.
    fn texts(&mut self) {
        for fact in self.model.facts.ids().collect::<Vec<_>>() {
            let count = match &self.model.facts[fact].ty {
                Type::YesNo => 2,
                Type::OneOf { values, open } => values.len() + usize::from(*open),
                _ => continue,
            };
            if !self.random.chance(30) {
                continue;
            }
            let named = 1 + self.random.below(count);
            let mut cases = Vec::new();
            for at in 0..named {
                let value = Some(self.value(Test::OneOf(vec![at])));
                cases.push(TextCase { span: self.span(), value, text: Prose::default() });
            }
            cases.push(TextCase { span: self.span(), value: None, text: Prose::default() });
            let (name, span) = (self.span(), self.span());
            let by = Some(FactUse { fact, span });
            self.model.texts.push(TextByValue { id: format!("t{}", fact.index()), name, span, by, cases });
        }
    }

    fn maybe_condition(&mut self, percent: usize) -> Vec<ConditionId> {
        let count = usize::from(self.random.chance(percent)) * (1 + usize::from(self.random.chance(20)));
        (0..count).map(|_| self.random_condition(2)).collect()
    }

    fn facts(&mut self) {
        for at in 0..2 + self.random.below(3) {
            let ty = self.ty();
            let fact = self.fact(ty);
            if at > 0 && self.random.chance(30) {
                let when = Some(self.random_condition_over(at));
                let span = self.span();
                let steps = self.branches();
                self.model.facts[fact].checks.push(CheckProcedure { span, when, steps });
            }
            if at > 0 && self.random.chance(30) {
                let formula = self.formula(1, at);
                let only_when = self.condition(formula);
                self.model.facts[fact].only_when.push(only_when);
            }
        }
        for _ in 0..self.random.below(3) {
            self.derived();
        }
    }

    fn derived(&mut self) {
        let (mut rules, only_when) = (Vec::new(), self.maybe_condition(15));
        let define = self.random.chance(40);
        let ty = if define { Type::YesNo } else { Type::OneOf { values: self.declared(3), open: false } };
        for at in 0..if define { 1 } else { 1 + self.random.below(3) } {
            let when = (at == 0 || self.random.chance(70)).then(|| self.random_condition(2));
            let choice = self.random.below(3);
            let value = if define { RuleValue::Yes } else { RuleValue::Written(self.value(Test::OneOf(vec![choice]))) };
            rules.push(Rule { span: self.span(), value, when });
        }
        let fact = self.fact(ty);
        if !define && self.random.chance(60) {
            let policies = [ast::Policy::First, ast::Policy::Unique, ast::Policy::Any];
            let (name, policy) = (self.span(), policies[self.random.below(3)]);
            self.model.facts[fact].table = Some(DecisionTable { name, policy, columns: Vec::new() });
        }
        self.model.facts[fact].derived = Some(rules);
        self.model.facts[fact].only_when = only_when;
    }

    fn symptoms(&mut self) {
        for at in 0..3usize {
            let (name, span) = (self.span(), self.span());
            let mut symptom = Symptom {
                id: format!("s{at}"),
                name,
                span,
                title: Prose::default(),
                in_place: false,
                same_as: Vec::new(),
                kind_of: Vec::new(),
                messages: Vec::new(),
                during: None,
                also: Vec::new(),
                order: Vec::new(),
                policy: None,
                formerly: Vec::new(),
                notes: Vec::new(),
            };
            for other in 0..at {
                let used = SymptomUse { symptom: SymptomId::new(other), span };
                match self.random.below(4) {
                    0 => symptom.same_as.push(used),
                    1 => symptom.kind_of.push(used),
                    _ => {}
                }
            }
            self.model.symptoms.push(symptom);
        }
    }

    fn entries(&mut self) {
        let count = 2 + self.random.below(3);
        for at in 0..count {
            let (name, span) = (self.span(), self.span());
            let symptom = SymptomId::new(self.random.below(3));
            let when = self.maybe_condition(85);
            let (before, overrides) = (self.later(at, count), self.later(at, count));
            let causes = (0..self.random.below(2)).map(|_| self.cause()).collect();
            let entry = self.model.entries.push(Entry {
                id: format!("e{at}"),
                name,
                span,
                title: Prose::default(),
                number: None,
                formerly: Vec::new(),
                category: None,
                symptoms: vec![SymptomUse { symptom, span }],
                when,
                fallback: self.random.chance(20),
                before,
                overrides,
                causes,
                actions: Vec::new(),
                notes: Vec::new(),
                see: Vec::new(),
                contacts: Vec::new(),
                otherwise: Vec::new(),
                weight: None,
                review: None,
                updated: None,
                owner: None,
                conditions: 0..0,
            });
            self.actions(entry);
        }
    }

    fn later(&mut self, at: usize, count: usize) -> Vec<EntryUse> {
        let chosen: Vec<usize> = (at + 1..count).filter(|_| self.random.chance(30)).collect();
        chosen.into_iter().map(|other| EntryUse { entry: EntryId::new(other), span: self.span() }).collect()
    }

    fn cause(&mut self) -> Cause {
        let span = self.span();
        Cause { span, title: Prose::default(), when: self.maybe_condition(60), notes: Vec::new(), see: Vec::new() }
    }

    fn actions(&mut self, entry: EntryId) {
        for _ in 0..self.random.below(3) {
            let cause = (!self.model.entries[entry].causes.is_empty() && self.random.chance(50)).then_some(0);
            let action = self.action(entry, None, cause);
            if self.random.chance(40) {
                let alternative = self.action(entry, Some(action), cause);
                self.model.actions[action].alternatives.push(alternative);
            }
            self.model.entries[entry].actions.push(ActionUse { action, reused: None, cause });
        }
        if !self.model.actions.is_empty() && self.random.chance(40) {
            let action = ActionId::new(self.random.below(self.model.actions.len()));
            let reused = Some(self.span());
            self.model.entries[entry].actions.push(ActionUse { action, reused, cause: None });
        }
    }

    fn action(&mut self, entry: EntryId, parent: Option<ActionId>, cause: Option<usize>) -> ActionId {
        let span = self.span();
        let number = self.model.actions.len().to_string();
        let (when, steps) = (self.maybe_condition(40), self.branches());
        self.model.actions.push(Action {
            entry,
            parent,
            cause,
            number,
            name: None,
            span,
            title: None,
            when,
            steps,
            alternatives: Vec::new(),
            finds: Vec::new(),
            sets: Vec::new(),
            recheck: Vec::new(),
            then: Vec::new(),
            contacts: Vec::new(),
            after: Vec::new(),
            see: Vec::new(),
            solved: None,
            likely: None,
            takes: None,
            conditions: 0..0,
        })
    }
}

fn before(point: Point) -> Cut {
    Cut { point, after: false }
}
