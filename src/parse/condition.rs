//! Conditions.

use super::argument::{Kind, name_of};
use super::cursor::Node;
use super::lines::trim;
use super::tree::Statement;
use super::{Parser, Rule};
use crate::ast::{Comparison, Condition, Name, Value, ValueKind};
use crate::diag::{Code, Diagnostic, Edit};
use crate::source::Span;

impl Parser<'_> {
    /// A statement's condition; one that cannot be read stands as an error.
    pub(super) fn condition_argument(&mut self, kind: Kind, statement: &Statement) -> Condition {
        match self.argument(kind, statement) {
            Some(node) => self.condition_in(&node),
            None => Condition::Error(statement.rest),
        }
    }

    /// The condition within a node.
    pub(super) fn condition_in(&mut self, node: &Node<'_>) -> Condition {
        match node.find(Rule::condition) {
            Some(inner) => self.condition(&inner),
            None => Condition::Error(node.span()),
        }
    }

    pub(super) fn condition(&mut self, node: &Node<'_>) -> Condition {
        let mut sides: Vec<Condition> = node.all(Rule::disjunction).map(|side| self.disjunction(&side)).collect();
        match (sides.pop(), sides.pop()) {
            (Some(right), Some(left)) => Condition::Implies(Box::new(left), Box::new(right)),
            (Some(only), None) => only,
            (None, _) => Condition::Error(node.span()),
        }
    }

    /// A condition with the span of the node that it was read from.
    fn whole(&self, node: &Node<'_>, condition: Condition) -> Condition {
        let span = trim(node.span(), self.text);
        if condition.span() == span { condition } else { Condition::Whole { span, inner: Box::new(condition) } }
    }

    fn disjunction(&mut self, node: &Node<'_>) -> Condition {
        self.check_connectives(node);
        let parts = node.all(Rule::conjunction).map(|part| self.conjunction(&part)).collect();
        one_or(parts, Condition::Or)
    }

    /// 「かつ」 and 「または」 side by side, of which a reader may not know which binds more tightly.
    fn check_connectives(&mut self, node: &Node<'_>) {
        let parts: Vec<Node<'_>> = node.all(Rule::conjunction).collect();
        let joined = parts.iter().find(|part| part.all(Rule::negation).nth(1).is_some());
        let (true, Some(joined)) = (parts.len() > 1, joined) else { return };
        let inner = trim(joined.span(), self.text);
        let (left, right) = if self.text_of(node.span()).is_ascii() { ("(", ")") } else { ("（", "）") };
        let edit = |span: Span, text: &str| Edit { span, text: text.to_owned() };
        let finding = Diagnostic::at(Code::MixedConnectives, trim(node.span(), self.text));
        let finding = finding.text("inner", self.text_of(inner));
        let edits = vec![edit(inner.before(), left), edit(inner.after(), right)];
        self.report(finding.edits("bracket", edits, false));
    }

    fn conjunction(&mut self, node: &Node<'_>) -> Condition {
        let parts = node.all(Rule::negation).map(|part| self.negation(&part)).collect();
        one_or(parts, Condition::And)
    }

    fn negation(&mut self, node: &Node<'_>) -> Condition {
        let negated = node.find(Rule::not_word).is_some() || node.find(Rule::not_after).is_some();
        let inner = match (node.find(Rule::negation), node.find(Rule::atom)) {
            (Some(inner), _) => self.negation(&inner),
            (None, Some(atom)) => self.atom(&atom),
            (None, None) => Condition::Error(node.span()),
        };
        let condition = match inner {
            // 「OS は a でない」 is 「OS ≠ a」.
            Condition::Compare { fact, op: Comparison::Equal, value } if node.find(Rule::not_after).is_some() => {
                Condition::Compare { fact, op: Comparison::NotEqual, value }
            }
            inner if negated => Condition::Not(Box::new(inner)),
            inner => inner,
        };
        self.whole(node, condition)
    }

    fn atom(&mut self, node: &Node<'_>) -> Condition {
        match node.first() {
            Some(inner) if inner.rule() == Rule::condition => self.condition(&inner),
            Some(test) => self.fact_test(&test).unwrap_or(Condition::Error(node.span())),
            None => Condition::Error(node.span()),
        }
    }

    fn fact_test(&mut self, node: &Node<'_>) -> Option<Condition> {
        let mut parts = node.children();
        let fact = name_of(&parts.next()?);
        let Some(test) = parts.next() else { return Some(Condition::Name(fact)) };
        match test.rule() {
            Rule::comparison => {
                let op = comparison_of(test.find(Rule::compare)?.first()?.rule())?;
                Some(Condition::Compare { fact, op, value: self.value(&test.find(Rule::value)?)? })
            }
            Rule::in_range => Some(Condition::InRange { fact, range: self.range(&test.find(Rule::range)?)? }),
            Rule::in_set => {
                let values = self.values(&test);
                if test.find(Rule::not_in).is_none() {
                    return Some(Condition::InSet { fact, values });
                }
                // Each is a comparison, and false where the fact is not applicable.
                let differs = |value| Condition::Compare { fact, op: Comparison::NotEqual, value };
                Some(one_or(values.into_iter().map(differs).collect(), Condition::And))
            }
            Rule::in_value => {
                let value = self.value(&test.find(Rule::value)?)?;
                Some(Condition::Compare { fact, op: Comparison::Equal, value })
            }
            Rule::presence => {
                let value = Value { span: test.span(), kind: ValueKind::Word { quoted: false }, unit: None };
                Some(Condition::Compare { fact, op: Comparison::Equal, value })
            }
            Rule::has => Some(Condition::Has { fact, value: self.value(&test.find(Rule::value)?)? }),
            _ => self.bounds(fact, &test),
        }
    }

    /// 18 以上 25 以下
    fn bounds(&mut self, fact: Name, node: &Node<'_>) -> Option<Condition> {
        let bounds = node.all(Rule::bound).map(|bound| {
            let (op, value) = self.bound(&bound)?;
            Some(Condition::Compare { fact, op, value })
        });
        Some(one_or(bounds.collect::<Option<_>>()?, Condition::And))
    }

    pub(super) fn bound(&mut self, node: &Node<'_>) -> Option<(Comparison, crate::ast::Value)> {
        let op = comparison_of(node.find(Rule::bound_op)?.first()?.rule())?;
        Some((op, self.value(&node.find(Rule::value)?)?))
    }
}

fn one_or(mut parts: Vec<Condition>, join: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.len() {
        1 => parts.swap_remove(0),
        _ => join(parts),
    }
}

pub(super) fn comparison_of(rule: Rule) -> Option<Comparison> {
    match rule {
        Rule::equal => Some(Comparison::Equal),
        Rule::not_equal => Some(Comparison::NotEqual),
        Rule::less | Rule::bound_less => Some(Comparison::Less),
        Rule::at_most | Rule::bound_at_most => Some(Comparison::LessOrEqual),
        Rule::greater | Rule::bound_greater => Some(Comparison::Greater),
        Rule::at_least | Rule::bound_at_least => Some(Comparison::GreaterOrEqual),
        _ => None,
    }
}
