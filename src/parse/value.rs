//! Literals and ranges.

use super::argument::{digits, name_of};
use super::cursor::Node;
use super::{Parser, Rule};
use crate::ast::{Range, Value, ValueKind};

impl Parser<'_> {
    pub(super) fn value(&mut self, node: &Node<'_>) -> Option<Value> {
        let inner = node.first()?;
        let plain = |kind| Some(Value { span: inner.span(), kind, unit: None });
        match inner.rule() {
            Rule::today => plain(ValueKind::Today { days: self.days_from_today(&inner)? }),
            Rule::date => plain(ValueKind::Date(self.date_of(&inner)?)),
            Rule::version => plain(ValueKind::Version),
            Rule::measured => {
                let span = inner.find(Rule::number)?.span();
                Some(Value { span, kind: ValueKind::Number, unit: inner.find(Rule::unit).map(|unit| unit.span()) })
            }
            _ => {
                let name = name_of(&inner);
                Some(Value { span: name.span, kind: ValueKind::Word { quoted: name.quoted }, unit: None })
            }
        }
    }

    fn days_from_today(&mut self, node: &Node<'_>) -> Option<i64> {
        let Some(count) = node.find(Rule::integer) else { return Some(0) };
        let days = i64::from(self.integer_of(&count)?);
        let earlier = node.find(Rule::today_sign).is_some_and(|sign| digits(sign.text()) == "-");
        Some(if earlier { -days } else { days })
    }

    pub(super) fn values(&mut self, node: &Node<'_>) -> Vec<Value> {
        node.all(Rule::value).filter_map(|value| self.value(&value)).collect()
    }

    pub(super) fn range(&mut self, node: &Node<'_>) -> Option<Range> {
        let mark = node.find(Rule::range_mark)?;
        let mut end = |rule| node.find(rule).and_then(|end| end.first()).map(|value| self.value(&value));
        // An end that is written must be readable.
        let from = match end(Rule::range_from) {
            Some(value) => Some(value?),
            None => None,
        };
        let to = match end(Rule::range_to) {
            Some(value) => Some(value?),
            None => None,
        };
        Some(Range { span: node.span(), from, to, inclusive: !mark.text().ends_with(['<', '＜']) })
    }
}
