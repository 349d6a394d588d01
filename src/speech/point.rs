//! Writes the points that values are compared with: numbers, versions, dates, days from today. Knows no comparison words.

use crate::language::Language;
use crate::model::{FactId, Type};
use crate::types::Point;

use super::{Speech, Spellings};

/// The point with its unit.
pub fn words(speech: Speech<'_>, fact: FactId, point: &Point, spellings: &Spellings) -> String {
    match point {
        Point::Number(_) => with_unit(bare(speech, fact, point), unit(speech, fact)),
        Point::Version(parts) => spellings.version(parts),
        Point::Date(_) | Point::Today(_) => bare(speech, fact, point),
    }
}

/// A number without its unit, or a day.
pub fn bare(speech: Speech<'_>, fact: FactId, point: &Point) -> String {
    match point {
        Point::Number(number) => decimal(*number, speech.types.scales.get(&fact).copied().unwrap_or(0)),
        Point::Version(_) => String::new(),
        Point::Date(days) => {
            let (year, month, day) = civil(*days);
            date(year, month, day, speech)
        }
        Point::Today(days) => from_today(*days, speech.language),
    }
}

pub(super) fn unit(speech: Speech<'_>, fact: FactId) -> &str {
    match &speech.model.facts[fact].ty {
        Type::Number { unit: Some(span), .. } => speech.sources.text(*span),
        Type::Number { unit: None, .. }
        | Type::Error
        | Type::YesNo
        | Type::OneOf { .. }
        | Type::AnyOf { .. }
        | Type::Version
        | Type::Date => "",
    }
}

/// Latin units stand apart from their number, others do not.
pub(super) fn with_unit(number: String, unit: &str) -> String {
    match unit.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => format!("{number} {unit}"),
        false => format!("{number}{unit}"),
    }
}

/// A scaled integer as a decimal without trailing zeros.
pub fn decimal(number: i64, scale: u32) -> String {
    let width = scale as usize + 1;
    let digits = format!("{:0width$}", number.unsigned_abs());
    let (whole, part) = digits.split_at(digits.len() - scale as usize);
    let part = part.trim_end_matches('0');
    let sign = if number < 0 { "-" } else { "" };
    match part.is_empty() {
        true => format!("{sign}{whole}"),
        false => format!("{sign}{whole}.{part}"),
    }
}

pub(super) fn date(year: i64, month: i64, day: i64, speech: Speech<'_>) -> String {
    match speech.language {
        Language::Japanese => format!("{year}年{month}月{day}日"),
        Language::English => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// Year, month and day of a day counted from 1970-01-01, after Howard Hinnant's `civil_from_days`
/// (<https://howardhinnant.github.io/date_algorithms.html>).
pub fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days.saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

pub(super) fn from_today(days: i64, language: Language) -> String {
    let count = days.unsigned_abs();
    let plural = if count == 1 { "" } else { "s" };
    match (language, days) {
        (Language::Japanese, 0) => "今日".to_owned(),
        (Language::Japanese, 1..) => format!("今日の{count}日後"),
        (Language::Japanese, _) => format!("今日の{count}日前"),
        (Language::English, 0) => "today".to_owned(),
        (Language::English, 1..) => format!("{count} day{plural} from today"),
        (Language::English, _) => format!("{count} day{plural} before today"),
    }
}
