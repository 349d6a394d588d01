//! Boxes and examples of a diff, read as a program that has the JSON would read them.

use std::collections::BTreeSet;

use faqc::diff::Thing;
use faqc::model::FactId;
use faqc::types::Point;
use serde_json::Value as Json;

use crate::random_model::definitions;
use crate::values::{Joint, is_within, member, to_own};
use crate::{Answer, Case, Situation};

impl Case<'_> {
    pub fn check_boxes(
        &self,
        change: &Json,
        both: &[(&Situation, [&definitions::Situation; 2])],
        answers: &[[Answer; 2]],
    ) {
        let boxes = change["boxes"].as_array().unwrap();
        assert_eq!(change["complete"], Json::Bool(true), "seed {}", self.seed);
        let holds = |situation: &Situation| boxes.iter().any(|it| self.is_in_box(it, situation));
        assert_eq!(both.len(), answers.len());
        for (at, one) in boxes.iter().enumerate() {
            let alone = both.iter().any(|(situation, _)| {
                let others = boxes.iter().enumerate().filter(|(other, _)| *other != at);
                self.is_in_box(one, situation) && !others.into_iter().any(|(_, it)| self.is_in_box(it, situation))
            });
            assert!(alone, "seed {}: {one} is needless among {boxes:?}", self.seed);
            self.check_prime(one, both, &holds);
        }
    }

    /// No value of a fact can be added without a situation that is not in the region.
    fn check_prime(
        &self,
        one: &Json,
        both: &[(&Situation, [&definitions::Situation; 2])],
        holds: &impl Fn(&Situation) -> bool,
    ) {
        let literals = one["facts"].as_array().unwrap();
        for (at, literal) in literals.iter().enumerate() {
            let fact = self.place(literal);
            let outside: BTreeSet<String> = both
                .iter()
                .filter(|(situation, _)| !self.holds(literal, situation))
                .map(|(situation, _)| format!("{:?}", member(literal, &situation[fact])))
                .collect();
            for value in outside {
                let beyond = both.iter().any(|(situation, _)| {
                    let others = literals.iter().enumerate().filter(|(other, _)| *other != at);
                    let in_others = others.into_iter().all(|(_, it)| self.holds(it, situation));
                    let has_value = format!("{:?}", member(literal, &situation[fact])) == value;
                    in_others && (has_value || self.holds(literal, situation)) && !holds(situation)
                });
                // Where the assumptions let nothing else have the value, it is in the box already.
                assert!(beyond, "seed {}: {value} fits into {one}", self.seed);
            }
        }
    }

    /// The answers are those of every situation that is like the example.
    pub fn check_example(
        &self,
        example: &Json,
        both: &[(&Situation, [&definitions::Situation; 2])],
        answers: &[[Answer; 2]],
    ) {
        let mut count = 0;
        for ((situation, _), answer) in both.iter().zip(answers) {
            if !example["facts"].as_array().unwrap().iter().all(|it| self.holds(it, situation)) {
                continue;
            }
            count += 1;
            for (at, key) in ["old", "new"].into_iter().enumerate() {
                let told: Vec<&str> =
                    example[key].as_array().unwrap().iter().map(|it| it["entry"].as_str().unwrap()).collect();
                let expected: Vec<&str> = answer[at].iter().map(|(entry, _)| entry.as_str()).collect();
                assert_eq!(told, expected, "seed {}: {example} at {situation:?}", self.seed);
                let counts: Vec<usize> =
                    example[key].as_array().unwrap().iter().map(|it| it["actions"].as_array().unwrap().len()).collect();
                let expected: Vec<usize> = answer[at].iter().map(|(_, actions)| actions.len()).collect();
                assert_eq!(counts, expected, "seed {}: {example} at {situation:?}", self.seed);
            }
        }
        assert!(count > 0, "seed {}: {example} is no situation", self.seed);
    }

    pub fn is_in_region(&self, region: &Json, situation: &Situation) -> bool {
        region["boxes"].as_array().unwrap().iter().any(|it| self.is_in_box(it, situation))
    }

    fn is_in_box(&self, one: &Json, situation: &Situation) -> bool {
        one["facts"].as_array().unwrap().iter().all(|it| self.holds(it, situation))
    }

    /// The place of a literal's fact.
    fn place(&self, literal: &Json) -> usize {
        let has_id = |at: usize, id: FactId| {
            let twin = self.diff.matching.facts.of(Self::side(at), id);
            literal["fact"] == self.diff.id(Thing::Fact(twin)).as_str()
        };
        let only = match literal["only"].as_str() {
            Some("old") => Some(0),
            Some(_) => Some(1),
            None => None,
        };
        let found = self.facts.iter().position(|fact| match only {
            Some(at) => fact.ids[at].is_some_and(|id| has_id(at, id)),
            None => fact.ids[0].is_some() && fact.ids[1].is_some_and(|id| has_id(1, id)),
        });
        found.unwrap_or_else(|| panic!("seed {}: {literal}", self.seed))
    }

    fn holds(&self, literal: &Json, situation: &Situation) -> bool {
        let fact = self.place(literal);
        let is_in =
            |list: &str, value: &str| literal[list].as_array().is_some_and(|list| list.iter().any(|it| it == value));
        match &situation[fact] {
            Joint::Absent => literal["not_applicable"] == Json::Bool(true),
            Joint::Other => literal["other"] == Json::Bool(true),
            Joint::Named(name) => is_in("in", name),
            Joint::Chosen(chosen) => {
                is_in("in", if chosen.contains(literal["member"].as_str().unwrap()) { "yes" } else { "no" })
            }
            Joint::Point(point) => {
                let stretches = |list: &str| literal[list].as_array().cloned().unwrap_or_default();
                let inside = |list: &str| stretches(list).iter().any(|it| is_within(it, point));
                inside("within") || inside("within_other_steps") && !self.is_known_to_both(fact, point)
            }
        }
    }

    fn is_known_to_both(&self, fact: usize, point: &Point) -> bool {
        let value = Joint::Point(point.clone());
        let known = |at: usize| self.facts[fact].ids[at].is_none_or(|id| to_own(&value, self.fact(at, id)).is_some());
        known(0) && known(1)
    }
}
