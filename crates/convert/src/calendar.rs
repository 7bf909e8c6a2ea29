//! The proleptic Gregorian calendar, which SQLite, JavaScript and PostgreSQL all use.

/// Days from 1970-01-01 to 2000-01-01, PostgreSQL's epoch.
pub(crate) const DAYS_1970_TO_2000: i64 = 10_957;

/// Days in a 400-year cycle.
const CYCLE_DAYS: i64 = 146_097;

/// Days from 1970-01-01 to a date, none when there is no such date. Year 0 is 1 BC.
pub(crate) fn days(year: i64, month: u32, day: u32) -> Option<i64> {
    if !(1..=12).contains(&month) || day < 1 || day > month_days(year, month) {
        return None;
    }
    // Years that begin in March, so that the leap day is the last of the year (Howard Hinnant's algorithm).
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (cycle, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = i64::from((153 * month + 2) / 5 + day - 1);
    Some(cycle * CYCLE_DAYS + year * 365 + year / 4 - year / 100 + day_of_year - 719_468)
}

fn month_days(year: i64, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
