//! The day it is: as the user says, or else as the clock says.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::ast::Date;
use crate::runtime::Day;
use crate::speech::civil;

/// For clap: a day written `2026-04-01`.
pub fn read(written: &str) -> Result<Date, String> {
    let day = Day::try_from(written.to_owned()).map_err(str::to_owned)?;
    Ok(of_days(day.number()))
}

/// Of the clock, in universal time: reviews are no matter of hours.
pub fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    of_days((seconds / 86_400) as i64)
}

fn of_days(days: i64) -> Date {
    let (year, month, day) = civil(days);
    Date { year: year as i32, month: month as u8, day: day as u8 }
}
