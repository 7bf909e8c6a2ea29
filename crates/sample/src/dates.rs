//! Points in time, in the three encodings that real Prisma databases hold side by side.

use rusqlite::types::Value;

use crate::random::Random;

/// 2022-01-01T00:00:00Z, when the sample's AutoBOT went into service; in milliseconds since 1970.
pub(crate) const START_MS: i64 = 1_640_995_200_000;

/// One day in milliseconds.
pub(crate) const DAY_MS: i64 = 86_400_000;

/// Three years of service.
const SPAN_MS: i64 = 3 * 365 * DAY_MS;

/// A moment of the sample's history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) ms: i64,
    /// Prisma's driver adapter was already in use: it writes ISO text where the native engine wrote integers. It is
    /// the last 12 % of the time.
    late: bool,
}

impl Moment {
    /// The moment of row `index` of `count` rows made in the order of time.
    pub(crate) fn of_row(random: &mut Random, index: u64, count: u64) -> Self {
        let parts = i128::from(count.max(1)) * 4096;
        let part = i128::from(index) * 4096 + i128::from(random.below(4096));
        let offset = i64::try_from(i128::from(SPAN_MS) * part / parts).unwrap_or(SPAN_MS);
        Self { ms: START_MS + offset + i64::try_from(random.below(1000)).unwrap_or(0), late: part * 100 > parts * 88 }
    }

    pub(crate) fn plus(self, ms: i64) -> Self {
        Self { ms: self.ms + ms, late: self.late }
    }

    /// The cell: 3 in 100 as `CURRENT_TIMESTAMP` leaves it (rows inserted by raw SQL), the rest as the engine of the
    /// time wrote it, with a few rows of an adapter tried out early.
    pub(crate) fn cell(self, random: &mut Random) -> Value {
        match random.below(100) {
            0..3 => Value::Text(plain(self.ms)),
            3..5 => Value::Text(iso(self.ms)),
            _ if self.late => Value::Text(iso(self.ms)),
            _ => Value::Integer(self.ms),
        }
    }
}

/// `2024-02-29T23:59:59.999+00:00`, what Prisma's driver adapters store.
pub(crate) fn iso(ms: i64) -> String {
    let (year, month, day) = civil(ms.div_euclid(DAY_MS));
    let of_day = ms.rem_euclid(DAY_MS);
    let (hour, minute, second) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}+00:00", of_day % 1000)
}

/// `2024-02-29 23:59:59`, what `CURRENT_TIMESTAMP` gives.
pub(crate) fn plain(ms: i64) -> String {
    let mut text = iso(ms);
    text.truncate(19);
    text.replace('T', " ")
}

/// Year, month and day of a day counted from 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests;
