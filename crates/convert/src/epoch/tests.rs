use rusqlite::Connection;

use super::*;

/// Microseconds since 1970.
fn since_1970(stamp: Stamp) -> i64 {
    stamp.micros + MICROS_1970_TO_2000
}

fn check_integer(number: i64, unit: EpochUnit, micros: i64, cut: bool) {
    let stamp = super::integer(number, unit).unwrap();
    assert_eq!((since_1970(stamp), stamp.cut), (micros, cut), "{number} {unit:?}");
}

fn check_real(number: f64, unit: EpochUnit, micros: i64, cut: bool) {
    let (stamp, _) = super::real(number, unit).unwrap();
    assert_eq!((since_1970(stamp), stamp.cut), (micros, cut), "{number} {unit:?}");
}

#[test]
fn integers_of_every_unit() {
    const MICROS: i64 = 1_700_000_000_123_000;
    check_integer(1_700_000_000_123, EpochUnit::Milliseconds, MICROS, false);
    check_integer(-1, EpochUnit::Milliseconds, -1_000, false);
    check_integer(1_700_000_000, EpochUnit::Seconds, 1_700_000_000_000_000, false);
    check_integer(MICROS, EpochUnit::Microseconds, MICROS, false);
    check_integer(MICROS * 1_000 + 999, EpochUnit::Nanoseconds, MICROS, true);
    check_integer(-1, EpochUnit::Nanoseconds, -1, true);
    check_integer(0, EpochUnit::AppleSeconds, 978_307_200_000_000, false);
    check_integer(13_344_473_600_123_000, EpochUnit::WebkitMicroseconds, MICROS, false);
    check_integer(19_782, EpochUnit::Days, 19_782 * DAY_MICROS, false);
    check_integer(2_440_588, EpochUnit::JulianDay, DAY_MICROS / 2, false);
}

#[test]
fn ends_of_the_range_of_postgresql() {
    let last = super::integer(9_224_318_015_999_999, EpochUnit::Milliseconds).unwrap();
    assert_eq!(last.micros, 9_223_371_331_199_999_000);
    let first = super::integer(-210_866_803_200, EpochUnit::Seconds).unwrap();
    assert_eq!(first.micros, -211_813_488_000_000_000);
}

#[test]
fn out_of_range() {
    let out = Err(Reason::OutOfRange.into());
    for unit in [EpochUnit::Seconds, EpochUnit::Milliseconds, EpochUnit::Days, EpochUnit::JulianDay] {
        assert_eq!(super::integer(i64::MAX, unit), out);
        assert_eq!(super::integer(i64::MIN, unit), out);
        assert_eq!(super::real(1e300, unit).map(|_| ()), out.map(|_: Stamp| ()));
        assert_eq!(super::real(-1e30, unit).map(|_| ()), out.map(|_: Stamp| ()));
    }
    assert_eq!(super::integer(9_224_318_016_000, EpochUnit::Seconds), out);
    assert_eq!(super::integer(-210_866_803_201, EpochUnit::Seconds), out);
    assert!(super::integer(-210_866_803_200, EpochUnit::Seconds).is_ok());
    assert_eq!(super::real(f64::INFINITY, EpochUnit::Seconds).map(|_| ()), Err(Reason::Infinite.into()));
    assert_eq!(super::integer(5_373_485, EpochUnit::JulianDay), out);
    assert_eq!(super::real(-0.5, EpochUnit::JulianDay).map(|_| ()), Err(Reason::OutOfRange.into()));
}

#[test]
fn reals_take_their_shortest_form() {
    check_real(1_700_000_000.123, EpochUnit::Seconds, 1_700_000_000_123_000, false);
    check_real(1_700_000_000.123_456_7, EpochUnit::Seconds, 1_700_000_000_123_456, true);
    check_real(-0.5, EpochUnit::Seconds, -500_000, false);
    check_real(-1e-7, EpochUnit::Seconds, -1, true);
    check_real(1e-7, EpochUnit::Seconds, 0, true);
    check_real(5e-324, EpochUnit::Seconds, 0, true);
    check_real(-5e-324, EpochUnit::Seconds, -1, true);
    check_real(1_627_303_906_122.5, EpochUnit::Milliseconds, 1_627_303_906_122_500, false);
    check_real(6.5e8, EpochUnit::AppleSeconds, 978_307_200_000_000 + 650_000_000_000_000, false);
    check_real(0.25, EpochUnit::Days, DAY_MICROS / 4, false);
}

#[test]
fn julian_days_are_read_as_sqlite_reads_them() {
    let sqlite = Connection::open_in_memory().unwrap();
    let sql =
        "select strftime('%s', ?1) * 1000 + cast(round((strftime('%f', ?1) - strftime('%S', ?1)) * 1000) as integer)";
    let mut statement = sqlite.prepare(sql).unwrap();
    let mut number = 1_721_059.5;
    while number < 5_373_484.0 {
        let expected: i64 = statement.query_row([number], |row| row.get(0)).unwrap();
        let (stamp, _) = super::real(number, EpochUnit::JulianDay).unwrap();
        assert_eq!(since_1970(stamp), expected * 1_000, "{number}");
        number += 1_234.567_891_23;
    }
    let changes = |number| super::real(number, EpochUnit::JulianDay).unwrap().1;
    assert_eq!(changes(2_460_310.5), Changes::NONE);
    assert_eq!(changes(2_460_310.123_456_789), Change::JulianRounded.into());
}
