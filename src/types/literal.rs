//! Reads numbers, versions and dates as written; refuses to know facts.

use crate::ast::Date;
use crate::model::fold_name;

/// `mantissa / 10^digits`, without zeros at the end of the fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub mantissa: i64,
    pub digits: u32,
}

/// Magnitudes of scaled numbers stay below this, so that every reader of the outputs holds them exactly.
const LIMIT: i64 = 1 << 53;

impl Decimal {
    /// Times `10^scale`; `None` if that is no integer below 2^53.
    pub fn at_scale(self, scale: u32) -> Option<i64> {
        let factor = 10_i64.checked_pow(scale.checked_sub(self.digits)?)?;
        self.mantissa.checked_mul(factor).filter(|scaled| scaled.abs() < LIMIT)
    }

    /// Times `10^scale`, without what is left of the fraction; `None` if that is no integer below 2^53.
    pub fn floor_at(self, scale: u32) -> Option<i64> {
        match self.digits.checked_sub(scale) {
            None | Some(0) => self.at_scale(scale),
            Some(more) => {
                let floor = self.mantissa.div_euclid(10_i64.checked_pow(more)?);
                Some(floor).filter(|scaled| scaled.abs() < LIMIT)
            }
        }
    }
}

/// Digits with an optional sign and point.
pub(super) fn parse_decimal(written: &str) -> Option<Decimal> {
    let folded = fold_name(written.trim());
    let (whole, fraction) = folded.split_once('.').unwrap_or((&folded, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || !plain(digits) || !plain(fraction) {
        return None;
    }
    let mantissa = format!("{whole}{fraction}").parse().ok()?;
    Some(Decimal { mantissa, digits: u32::try_from(fraction.len()).ok()? })
}

/// A scaled number as people write it, without zeros at the end of the fraction.
pub fn show_scaled(scaled: i64, scale: u32) -> String {
    let scale = scale as usize;
    if scale == 0 {
        return scaled.to_string();
    }
    let digits = format!("{:0width$}", scaled.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if scaled < 0 { "-" } else { "" };
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// A version's parts without zeros at the end, and whether a wildcard follows them.
pub(super) fn parse_version(written: &str) -> Option<(Vec<u32>, bool)> {
    let folded = fold_name(written.trim());
    let (numbers, wildcard) = match folded.strip_suffix(".x") {
        Some(numbers) => (numbers, true),
        None => (folded.as_ref(), false),
    };
    let parts: Option<Vec<u32>> = numbers.split('.').map(parse_part).collect();
    Some((parts?, wildcard))
}

/// Digits and points, and a wildcard at the end perhaps: a version, were its parts not too large.
pub(super) fn is_dotted(written: &str) -> bool {
    let folded = fold_name(written.trim());
    let numbers = folded.strip_suffix(".x").unwrap_or(&folded);
    numbers.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn parse_part(part: &str) -> Option<u32> {
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
}

/// Version parts in the form in which 6.0 = 6.0.0.
pub(super) fn trim_zeros(mut parts: Vec<u32>) -> Vec<u32> {
    while parts.last() == Some(&0) {
        parts.pop();
    }
    parts
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar; the algorithm is `days_from_civil` of Howard Hinnant's
/// "chrono-Compatible Low-Level Date Algorithms".
pub fn days_since_epoch(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month), i64::from(date.day));
    let year = i64::from(date.year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(parse_decimal("0.250"), Some(Decimal { mantissa: 25, digits: 2 }));
        assert_eq!(parse_decimal("−１．５").and_then(|number| number.at_scale(2)), Some(-150));
        assert_eq!(parse_decimal("6.0.1"), None);
        assert_eq!(parse_decimal("9007199254740992").and_then(|number| number.at_scale(0)), None);
        assert_eq!(parse_decimal("-1.5").and_then(|number| number.floor_at(0)), Some(-2));
        assert_eq!(
            (show_scaled(-5, 2), show_scaled(-50, 2), show_scaled(-500, 2)),
            ("-0.05".into(), "-0.5".into(), "-5".into())
        );
    }

    #[test]
    fn versions_end_without_zeros() {
        assert_eq!(parse_version("22.04.x"), Some((vec![22, 4], true)));
        assert_eq!(parse_version("６.0").map(|(parts, _)| trim_zeros(parts)), Some(vec![6]));
        assert_eq!(parse_version("-1"), None);
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days_since_epoch(Date { year: 1970, month: 1, day: 1 }), 0);
        assert_eq!(days_since_epoch(Date { year: 2000, month: 3, day: 1 }), 11_017);
        assert_eq!(days_since_epoch(Date { year: 1969, month: 12, day: 31 }), -1);
        assert_eq!(days_since_epoch(Date { year: 2023, month: 6, day: 29 }), 19_537);
    }
}
