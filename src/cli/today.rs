//! The day it is: as the user says, or else as the clock says.

use chrono::Datelike;

use crate::ast::Date;
use crate::runtime::Day;
use crate::speech::civil;

/// For clap: a day written `2026-04-01`.
pub fn read(written: &str) -> Result<Date, String> {
    let day = Day::try_from(written.to_owned()).map_err(str::to_owned)?;
    Ok(of_days(day.number()))
}

/// Of the clock, where the user is: `faqc ask` asks about the same day.
pub fn today() -> Date {
    let today = chrono::Local::now().date_naive();
    Date { year: today.year(), month: today.month() as u8, day: today.day() as u8 }
}

fn of_days(days: i64) -> Date {
    let (year, month, day) = civil(days);
    Date { year: year as i32, month: month as u8, day: day as u8 }
}
