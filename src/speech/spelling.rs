//! Remembers how the writer put values: versions as spelled, bounds by the numbers and days that they were written with.
//! Refuses to know the words around them.

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::{self, Comparison, Name, Range, Value, ValueKind};
use crate::model::{FactId, fold_name};
use crate::source::Sources;
use crate::types::Point;

use super::{Speech, point};

/// Versions as the writer spelled them, since 22.04 is kept as 22.4, but nobody calls it that; and with what number or
/// day a stretch was written to begin or end, since 「5未満」 and 「4以下」 are one stretch.
#[derive(Debug, Default)]
pub struct Spellings {
    versions: BTreeMap<Vec<u32>, String>,
    /// Numbers and days without units.
    bounds: BTreeSet<(FactId, String, Side)>,
}

/// Where a written value parts those below it from those above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// `< 5`, `>= 5`
    Before,
    /// `<= 5`, `> 5`
    After,
    /// `= 5`
    Around,
}

impl Spellings {
    /// Those of the values that conditions name.
    pub fn of<'a>(conditions: impl IntoIterator<Item = &'a ast::Condition>, speech: Speech<'_>) -> Self {
        let mut spellings = Self::default();
        for condition in conditions {
            spellings.add(condition, speech);
        }
        spellings
    }

    /// Those of a value that a fact has.
    pub fn of_value(fact: FactId, value: &Value, speech: Speech<'_>) -> Self {
        let mut spellings = Self::default();
        spellings.add_value_of(|| Some(fact), value, Side::Around, speech);
        spellings
    }

    /// As if the writer had named these ends of stretches of a fact.
    pub(super) fn of_ends(fact: FactId, ends: impl Iterator<Item = (Point, Side)>, speech: Speech<'_>) -> Self {
        let bounds = ends.map(|(point, side)| (fact, point::bare(speech, fact, &point), side)).collect();
        Self { bounds, ..Self::default() }
    }

    /// Whether the writer named this value, and parted the others from it there.
    pub fn has(&self, speech: Speech<'_>, fact: FactId, point: &Point, side: Side) -> bool {
        !self.bounds.is_empty() && self.bounds.contains(&(fact, point::bare(speech, fact, point), side))
    }

    pub(super) fn version(&self, parts: &[u32]) -> String {
        self.versions.get(parts).cloned().unwrap_or_else(|| match parts {
            [] => "0".to_owned(),
            parts => parts.iter().map(u32::to_string).collect::<Vec<_>>().join("."),
        })
    }

    fn add(&mut self, condition: &ast::Condition, speech: Speech<'_>) {
        match condition {
            ast::Condition::Error(_) | ast::Condition::Name(_) => {}
            ast::Condition::Or(parts) | ast::Condition::And(parts) => {
                parts.iter().for_each(|part| self.add(part, speech));
            }
            ast::Condition::Implies(left, right) => {
                self.add(left, speech);
                self.add(right, speech);
            }
            ast::Condition::Not(inner) | ast::Condition::Whole { inner, .. } => self.add(inner, speech),
            ast::Condition::Compare { fact, op, value } => {
                self.add_value(*fact, value, side(*op), speech);
            }
            ast::Condition::Has { fact, value } => self.add_value(*fact, value, Side::Around, speech),
            ast::Condition::InRange { fact, range } => self.add_range(*fact, range, speech),
            ast::Condition::InSet { fact, values } => {
                values.iter().for_each(|value| self.add_value(*fact, value, Side::Around, speech));
            }
        }
    }

    fn add_range(&mut self, fact: Name, range: &Range, speech: Speech<'_>) {
        let end = if range.inclusive { Side::After } else { Side::Before };
        for (value, side) in [(&range.from, Side::Before), (&range.to, end)] {
            value.iter().for_each(|value| self.add_value(fact, value, side, speech));
        }
    }

    fn add_value(&mut self, fact: Name, value: &Value, side: Side, speech: Speech<'_>) {
        self.add_value_of(|| find(fact, speech), value, side, speech);
    }

    fn add_value_of(&mut self, fact: impl FnOnce() -> Option<FactId>, value: &Value, side: Side, speech: Speech<'_>) {
        self.add_version(value, speech.sources);
        let written = match value.kind {
            ValueKind::Number => plain_number(speech.sources.text(value.span)),
            ValueKind::Date(date) => Some(point::date(date.year.into(), date.month.into(), date.day.into(), speech)),
            ValueKind::Today { days } => Some(point::from_today(days, speech.language)),
            ValueKind::Word { .. } | ValueKind::Version => None,
        };
        self.bounds.extend(written.and_then(|written| Some((fact()?, written, side))));
    }

    fn add_version(&mut self, value: &Value, sources: &Sources) {
        let text = sources.text(value.span);
        let digits: Option<Vec<u32>> =
            text.trim_end_matches([']', 'x', 'X', '*', '.']).split('.').map(|part| part.parse().ok()).collect();
        if let Some(mut parts) = digits {
            let kept = text.trim_end_matches(['x', 'X', '*']).trim_end_matches('.').to_owned();
            while parts.last() == Some(&0) {
                parts.pop();
            }
            self.versions.entry(parts).or_insert(kept);
        }
    }
}

fn find(name: Name, speech: Speech<'_>) -> Option<FactId> {
    speech.model.names.find::<FactId>(&fold_name(speech.sources.text(name.span)))
}

fn side(op: Comparison) -> Side {
    match op {
        Comparison::Equal | Comparison::NotEqual => Side::Around,
        Comparison::Less | Comparison::GreaterOrEqual => Side::Before,
        Comparison::LessOrEqual | Comparison::Greater => Side::After,
    }
}

/// `－０５．５０` as `-5.5`, which is how points are written; `None` for what is no number.
fn plain_number(written: &str) -> Option<String> {
    let folded = fold_name(written.trim());
    let (sign, digits) = folded.strip_prefix('-').map_or(("", folded.as_ref()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(fraction) {
        return None;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    Some(match (whole, fraction) {
        ("", "") => "0".to_owned(),
        ("", fraction) => format!("{sign}0.{fraction}"),
        (whole, "") => format!("{sign}{whole}"),
        (whole, fraction) => format!("{sign}{whole}.{fraction}"),
    })
}

#[cfg(test)]
mod tests {
    use super::plain_number;

    #[test]
    fn numbers_are_spelled_as_points_are() {
        let plain = |text| plain_number(text).unwrap_or_default();
        assert_eq!(
            (plain("－０５．５０").as_str(), plain("-0").as_str(), plain("0.50").as_str()),
            ("-5.5", "0", "0.5")
        );
        assert_eq!((plain("100").as_str(), plain("6.0.1").as_str(), plain("").as_str()), ("100", "", ""));
    }
}
