//! Numbers, versions and days as people write them, and the cells that they belong to. Refuses to know names and labels.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::super::fold;
use super::AnswerError;
use crate::table::{Bound, Cell, Fact, Kind};

/// A day of the Gregorian calendar, written `2023-06-29`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// None when there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = year >= 1 && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar; the algorithm is `days_from_civil` of Howard Hinnant's
    /// "chrono-Compatible Low-Level Date Algorithms".
    pub fn number(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }
}

impl TryFrom<String> for Day {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        day(&text).ok_or("not a day such as 2023-06-29")
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Something that is compared with bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A scaled number, or days from today.
    Integer(i128),
    /// Parts without zeros before and after, so that they compare by length and then by letter.
    Version(Vec<String>),
    Day(Day),
}

/// A value as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Exact(Value),
    /// Between this integer and the next: with more decimals than the fact has.
    After(i128),
}

/// Beyond all bounds, which are below 2^53.
const HUGE: i128 = 1 << 100;

/// A number at a scale; its unit may follow it, and commas part thousands.
pub(super) fn number(text: &str, scale: u32, unit: Option<&str>) -> Option<Reading> {
    let plain = plain(text);
    let end = plain.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '.' | ',')).unwrap_or(plain.len());
    let (written, rest) = plain.split_at(end);
    let is_unit = rest.trim().is_empty() || unit.is_some_and(|unit| fold(unit) == fold(rest));
    let negative = written.starts_with('-');
    let digits = written.strip_prefix(['-', '+']).unwrap_or(written);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = without_commas(whole)?;
    let is_plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_unit || whole.is_empty() || !is_plain(&whole) || !is_plain(fraction) {
        return None;
    }
    let kept = fraction.len().min(scale as usize);
    let (kept, dropped) = fraction.split_at(kept);
    let digits = format!("{whole}{kept:0<width$}", width = scale as usize);
    let magnitude = digits.parse::<i128>().map_or(HUGE, |number| number.min(HUGE));
    let exact = dropped.bytes().all(|byte| byte == b'0');
    Some(match (exact, negative) {
        (true, false) => Reading::Exact(Value::Integer(magnitude)),
        (true, true) => Reading::Exact(Value::Integer(-magnitude)),
        (false, false) => Reading::After(magnitude),
        (false, true) => Reading::After(-magnitude - 1),
    })
}

/// Commas stand where they part thousands, or nowhere.
fn without_commas(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let fits = groups.all(|group| group.len() == 3) && (!whole.contains(',') || (1..=3).contains(&first.len()));
    fits.then(|| whole.replace(',', ""))
}

/// Digits joined by points; a `v` may stand before them.
pub(super) fn version(text: &str) -> Option<Value> {
    let plain = plain(text).to_lowercase();
    let plain = ["version", "バージョン", "ver.", "ver", "v"]
        .iter()
        .find_map(|word| plain.strip_prefix(word))
        .unwrap_or(&plain);
    let part = |part: &str| {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.trim_start_matches('0').to_owned())
    };
    let parts: Option<Vec<String>> = plain.trim().split('.').map(part).collect();
    parts.map(|parts| Value::Version(without_zeros(parts)))
}

fn without_zeros(mut parts: Vec<String>) -> Vec<String> {
    while parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts
}

/// `2023-06-29`, `2023/6/29`, `2023.6.29`, `2023年6月29日`.
pub(super) fn day(text: &str) -> Option<Day> {
    let plain = plain(text);
    let plain = plain.strip_suffix('日').unwrap_or(&plain);
    let mut parts = plain.split(['-', '/', '.', '年', '月']).map(str::trim);
    let mut part = || parts.next().filter(|it| it.bytes().all(|byte| byte.is_ascii_digit()) && it.len() <= 4);
    let (year, month, day) = (part()?.parse().ok()?, part()?.parse().ok()?, part()?.parse().ok()?);
    if parts.next().is_some() { None } else { Day::new(year, month, day) }
}

/// Days from today, when a text is a day, a word for one near today, or a number of days. An error when it is a day and it is
/// not known which day today is.
pub(super) fn days_from(text: &str, today: Option<Day>) -> Result<Option<i128>, AnswerError> {
    match fold(text).as_str() {
        "today" | "今日" | "本日" => return Ok(Some(0)),
        "yesterday" | "昨日" => return Ok(Some(-1)),
        "tomorrow" | "明日" => return Ok(Some(1)),
        _ => {}
    }
    if let Some(day) = day(text) {
        let today = today.ok_or(AnswerError::NoToday)?;
        return Ok(Some(i128::from(day.number() - today.number())));
    }
    Ok(match number(text, 0, None) {
        Some(Reading::Exact(Value::Integer(days))) => Some(days),
        Some(Reading::Exact(Value::Version(_) | Value::Day(_)) | Reading::After(_)) | None => None,
    })
}

/// NFKC, every dash a `-`, nothing around it.
fn plain(text: &str) -> String {
    let dash = |c| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c };
    let plain: String = text.nfkc().map(dash).collect();
    plain.trim().to_owned()
}

/// The cell whose bounds a value meets.
pub(super) fn cell_of(fact: &Fact, reading: &Reading) -> Option<u32> {
    let belongs = |cell: &Cell| match reading {
        Reading::Exact(value) => !is_named(cell) && bounds(cell).all(|(side, bound)| meets(value, side, bound)),
        Reading::After(_) => false,
    };
    (0u32..).zip(&fact.cells).find(|(_, cell)| belongs(cell)).map(|(index, _)| index)
}

/// Whether a value is less than all that cells hold, or greater.
pub(super) fn is_outside(fact: &Fact, reading: &Reading) -> bool {
    let value = match reading {
        Reading::Exact(value) => value.clone(),
        Reading::After(integer) => Value::Integer(*integer),
    };
    let breaks = |cell: &Cell, sides: [Side; 2]| {
        bounds(cell).any(|(side, bound)| sides.contains(&side) && !meets(&value, side, bound))
    };
    let all = |sides| fact.cells.iter().filter(|cell| !is_named(cell)).all(|cell| breaks(cell, sides));
    all([Side::Ge, Side::Gt]) || all([Side::Le, Side::Lt])
}

fn is_named(cell: &Cell) -> bool {
    cell.not_applicable || cell.other || cell.value.is_some()
}

/// Whether answers to a question of this kind are compared with such a bound.
pub(in crate::runtime) fn fits(kind: &Kind, bound: &Bound) -> bool {
    match (kind, bound) {
        (Kind::Number { .. } | Kind::DateFromToday, Bound::Integer(_)) => true,
        (Kind::Version, Bound::Text(text)) => version(text).is_some(),
        (Kind::Date, Bound::Text(text)) => day(text).is_some(),
        (_, Bound::Integer(_) | Bound::Text(_)) => false,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Ge,
    Gt,
    Le,
    Lt,
}

fn bounds(cell: &Cell) -> impl Iterator<Item = (Side, &Bound)> {
    let all = [(Side::Ge, &cell.ge), (Side::Gt, &cell.gt), (Side::Le, &cell.le), (Side::Lt, &cell.lt)];
    all.into_iter().filter_map(|(side, bound)| Some((side, bound.as_ref()?)))
}

fn meets(value: &Value, side: Side, bound: &Bound) -> bool {
    let Some(order) = compare(value, bound) else { return false };
    match side {
        Side::Ge => order.is_ge(),
        Side::Gt => order.is_gt(),
        Side::Le => order.is_le(),
        Side::Lt => order.is_lt(),
    }
}

/// None when the bound is of another kind, or is not written as such a bound is.
fn compare(value: &Value, bound: &Bound) -> Option<Ordering> {
    match (value, bound) {
        (Value::Integer(number), Bound::Integer(bound)) => Some(number.cmp(&i128::from(*bound))),
        (Value::Version(parts), Bound::Text(text)) => match version(text)? {
            Value::Version(bound) => Some(by_parts(parts, &bound)),
            Value::Integer(_) | Value::Day(_) => None,
        },
        (Value::Day(number), Bound::Text(text)) => Some(number.cmp(&day(text)?)),
        (Value::Integer(_), Bound::Text(_)) | (Value::Version(_) | Value::Day(_), Bound::Integer(_)) => None,
    }
}

fn by_parts(left: &[String], right: &[String]) -> Ordering {
    let key = |parts: &[String]| parts.iter().map(|part| (part.len(), part.clone())).collect::<Vec<_>>();
    key(left).cmp(&key(right))
}
