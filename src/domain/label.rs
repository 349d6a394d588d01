//! What a reader calls a cell, in the language of the knowledge base. Refuses to know where the words are shown.

use rustc_hash::FxHashMap;

use super::{Cell, Domain};
use crate::ast::{Condition, Value, ValueKind};
use crate::language::Language;
use crate::logic::Var;
use crate::model::{Fact, Model, Type, ValueDecl, fold_name};
use crate::source::{Sources, Span};
use crate::types::{Cut, Interval, Point, Types};

/// The words of one knowledge base.
#[derive(Debug)]
pub struct Labels<'a> {
    model: &'a Model,
    types: &'a Types,
    sources: &'a Sources,
    /// Versions as first written, which keeps `6.0` from becoming `6`.
    versions: FxHashMap<Vec<u32>, String>,
}

impl<'a> Labels<'a> {
    pub fn new(model: &'a Model, types: &'a Types, sources: &'a Sources) -> Self {
        let mut versions = FxHashMap::default();
        if model.facts.iter().any(|fact| matches!(fact.ty, Type::Version)) {
            model.conditions.iter().for_each(|condition| spellings(condition, sources, &mut versions));
        }
        Self { model, types, sources, versions }
    }

    /// 「2件以上」, `2 or more`.
    pub fn cell(&self, var: Var, cell: &Cell, domain: &Domain) -> String {
        let id = domain.variables[var.index()].fact;
        let fact = &self.model.facts[id];
        match cell {
            Cell::Yes => self.either("はい", "yes").to_owned(),
            Cell::No => self.either("いいえ", "no").to_owned(),
            Cell::Value(value) => self.value(fact, *value),
            Cell::Other(_) => self.either("その他", "other").to_owned(),
            Cell::NotApplicable => self.either("対象外", "not applicable").to_owned(),
            Cell::Stretch(stretch) => self.stretch(stretch, fact, self.types.scales.get(&id).copied().unwrap_or(0)),
        }
    }

    /// The label of a declared value, else its name.
    pub fn value(&self, fact: &Fact, index: usize) -> String {
        match &fact.ty {
            Type::OneOf { values, .. } | Type::AnyOf { values } => {
                values.get(index).map_or_else(String::new, |value| self.declared(value))
            }
            Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => String::new(),
        }
    }

    fn declared(&self, value: &ValueDecl) -> String {
        self.sources.text(value.label.unwrap_or(value.span)).to_owned()
    }

    fn either(&self, japanese: &'static str, english: &'static str) -> &'static str {
        match self.model.config.language {
            Language::Japanese => japanese,
            Language::English => english,
        }
    }

    fn stretch(&self, stretch: &Interval, fact: &Fact, scale: u32) -> String {
        let point = |point: &Point| self.point(point, fact, scale);
        let (lower, upper) = (lower(stretch.from.as_ref()), upper(stretch.to.as_ref()));
        if let (Some(low), Some(high)) = (&lower, &upper) {
            if low.included && high.included && low.point == high.point {
                return point(&low.point);
            }
            if let Some(family) = self.version_family(stretch) {
                return family;
            }
        }
        let lower = lower.map(|it| (point(&it.point), it.included));
        let upper = upper.map(|it| (point(&it.point), it.included));
        match self.model.config.language {
            Language::Japanese => japanese_stretch(lower, upper, is_date(fact)),
            Language::English => english_stretch(lower, upper, is_date(fact)),
        }
    }

    fn point(&self, point: &Point, fact: &Fact, scale: u32) -> String {
        match point {
            Point::Number(number) => self.with_unit(&decimal(*number, scale), fact),
            Point::Version(parts) => self.versions.get(parts).cloned().unwrap_or_else(|| version_text(parts)),
            Point::Date(days) => self.date(*days),
            Point::Today(days) => self.relative(*days),
        }
    }

    fn with_unit(&self, number: &str, fact: &Fact) -> String {
        let Type::Number { unit: Some(unit), .. } = &fact.ty else { return number.to_owned() };
        let unit = self.sources.text(*unit);
        let space = if unit.starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" };
        format!("{number}{space}{unit}")
    }

    /// `22.04.x`, for the stretch of all versions that begin with the same parts.
    fn version_family(&self, stretch: &Interval) -> Option<String> {
        let Some(Cut { point: Point::Version(from), after: false }) = &stretch.from else { return None };
        let Some(Cut { point: Point::Version(to), after: false }) = &stretch.to else { return None };
        let (last, head) = to.split_last()?;
        let starts = from.iter().copied().chain(std::iter::repeat(0));
        let expected = head.iter().copied().chain([last.checked_sub(1)?]);
        let same = from.len() <= to.len() && starts.zip(expected).all(|(a, b)| a == b);
        same.then(|| {
            let mut parts = from.clone();
            parts.resize(to.len(), 0);
            let written = self.versions.get(from).filter(|text| text.matches('.').count() + 1 == to.len());
            format!("{}.x", written.cloned().unwrap_or_else(|| join(&parts)))
        })
    }

    fn date(&self, days: i64) -> String {
        let (year, month, day) = civil(days);
        match self.model.config.language {
            Language::Japanese => format!("{year}年{month}月{day}日"),
            Language::English => iso_date(days),
        }
    }

    fn relative(&self, days: i64) -> String {
        let count = days.unsigned_abs();
        match (self.model.config.language, days) {
            (Language::Japanese, 0) => "今日".to_owned(),
            (Language::Japanese, 1..) => format!("今日から{count}日後"),
            (Language::Japanese, _) => format!("今日から{count}日前"),
            (Language::English, 0) => "today".to_owned(),
            (Language::English, 1..) => format!("{count} days from today"),
            (Language::English, _) => format!("{count} days before today"),
        }
    }
}

fn is_date(fact: &Fact) -> bool {
    matches!(fact.ty, Type::Date)
}

/// An end of a stretch as a reader is told of it.
pub struct End {
    pub point: Point,
    /// Whether the point itself belongs to the stretch.
    pub included: bool,
}

/// The lower end; none where every smaller value belongs too.
pub fn lower(from: Option<&Cut>) -> Option<End> {
    let from = from?;
    match &from.point {
        Point::Version(parts) if parts.is_empty() && !from.after => None,
        Point::Number(_) | Point::Version(_) | Point::Date(_) | Point::Today(_) => {
            Some(End { point: from.point.clone(), included: !from.after })
        }
    }
}

/// The upper end: of numbers and dates the last value itself.
pub fn upper(to: Option<&Cut>) -> Option<End> {
    let to = to?;
    let (point, included) = match &to.point {
        Point::Number(number) => (Point::Number(number.saturating_sub(1)), true),
        Point::Date(days) => (Point::Date(days.saturating_sub(1)), true),
        Point::Today(days) => (Point::Today(days.saturating_sub(1)), true),
        Point::Version(parts) => (Point::Version(parts.clone()), to.after),
    };
    Some(End { point, included })
}

type Bound = Option<(String, bool)>;

fn japanese_stretch(lower: Bound, upper: Bound, date: bool) -> String {
    let (from_word, to_word) = if date { ("以降", "以前") } else { ("以上", "以下") };
    let low = |(text, included): (String, bool)| format!("{text}{}", if included { from_word } else { "より上" });
    let high = |(text, included): (String, bool)| format!("{text}{}", if included { to_word } else { "未満" });
    match (lower, upper) {
        (None, None) => "すべて".to_owned(),
        (Some(lower), None) => low(lower),
        (None, Some(upper)) => high(upper),
        (Some(lower), Some(upper)) => format!("{}{}", low(lower), high(upper)),
    }
}

fn english_stretch(lower: Bound, upper: Bound, date: bool) -> String {
    let (more, less) = if date { ("later", "earlier") } else { ("more", "less") };
    let low = |(text, included): (String, bool)| {
        if included { format!("{text} or {more}") } else { format!("above {text}") }
    };
    let high = |(text, included): (String, bool)| {
        if included { format!("{text} or {less}") } else { format!("below {text}") }
    };
    match (lower, upper) {
        (None, None) => "any".to_owned(),
        (Some(lower), None) => low(lower),
        (None, Some(upper)) => high(upper),
        (Some((from, true)), Some((to, true))) => format!("{from} to {to}"),
        (Some(lower), Some(upper)) => format!("{} and {}", low(lower), high(upper)),
    }
}

/// A scaled number as it is written: 125 at scale 2 is `1.25`.
fn decimal(number: i64, scale: u32) -> String {
    if scale == 0 {
        return number.to_string();
    }
    let width = scale as usize + 1;
    let digits = format!("{:0width$}", number.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
    let fraction = fraction.trim_end_matches('0');
    let sign = if number < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// `6.0` for the version that begins with 6 and goes on with zeros.
pub fn version_text(parts: &[u32]) -> String {
    match parts {
        [] => "0".to_owned(),
        [major] => format!("{major}.0"),
        [_, _, ..] => join(parts),
    }
}

fn join(parts: &[u32]) -> String {
    parts.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}

/// `2023-06-29`, from days since 1970-01-01.
pub fn iso_date(days: i64) -> String {
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day in the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms", 2013).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468);
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// How the versions in a condition are written.
fn spellings(condition: &Condition, sources: &Sources, versions: &mut FxHashMap<Vec<u32>, String>) {
    match condition {
        Condition::Error(_) | Condition::Name(_) => {}
        Condition::Or(parts) | Condition::And(parts) => parts.iter().for_each(|it| spellings(it, sources, versions)),
        Condition::Implies(left, right) => [left, right].into_iter().for_each(|it| spellings(it, sources, versions)),
        Condition::Not(inner) => spellings(inner, sources, versions),
        Condition::Compare { value, .. } | Condition::Has { value, .. } => spelling(value, sources, versions),
        Condition::InSet { values, .. } => values.iter().for_each(|value| spelling(value, sources, versions)),
        Condition::InRange { range, .. } => {
            range.from.iter().chain(&range.to).for_each(|value| spelling(value, sources, versions));
        }
    }
}

fn spelling(value: &Value, sources: &Sources, versions: &mut FxHashMap<Vec<u32>, String>) {
    match value.kind {
        ValueKind::Number | ValueKind::Version => {}
        ValueKind::Word { .. } | ValueKind::Date(_) | ValueKind::Today { .. } => return,
    }
    if let Some((parts, text)) = read_version(value.span, sources) {
        versions.entry(parts).or_insert(text);
    }
}

/// The parts without trailing zeros, and the text without a wildcard.
fn read_version(span: Span, sources: &Sources) -> Option<(Vec<u32>, String)> {
    let folded = fold_name(sources.text(span).trim());
    let text = folded.strip_suffix(".x").or_else(|| folded.strip_suffix(".*")).unwrap_or(&folded);
    let mut parts: Vec<u32> = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    while parts.last() == Some(&0) {
        parts.pop();
    }
    Some((parts, text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{civil, decimal, iso_date};

    #[test]
    fn days_become_calendar_dates() {
        assert_eq!(iso_date(0), "1970-01-01");
        assert_eq!(iso_date(19_537), "2023-06-29");
        assert_eq!(civil(-1), (1969, 12, 31));
        assert_eq!(civil(11_016), (2000, 2, 29));
    }

    #[test]
    fn scaled_numbers_are_shown_as_written() {
        assert_eq!(decimal(125, 2), "1.25");
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(150, 2), "1.5");
        assert_eq!(decimal(300, 2), "3");
    }
}
