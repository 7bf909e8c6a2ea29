use super::*;

fn check(text: &str, expected: Reading) {
    assert_eq!(read(text.as_bytes()), expected, "{text}");
}

fn instant(seconds: i64, micros: u32, fraction_digits: u8) -> Instant {
    Instant { seconds, micros, fraction_digits }
}

#[test]
fn forms_that_real_databases_hold() {
    check("1970-01-02", Reading::Date(1));
    check("2024-02-29", Reading::Date(19_782));
    check("2023-11-14 22:13:20", Reading::Naive(instant(1_700_000_000, 0, 0)));
    check("2023-11-14T22:13", Reading::Naive(instant(1_699_999_980, 0, 0)));
    check("2023-11-14 22:13:20.000", Reading::Naive(instant(1_700_000_000, 0, 0)));
    check("2023-11-14T22:13:20.123+00:00", Reading::Zoned(instant(1_700_000_000, 123_000, 3)));
    check("2023-11-14T22:13:20.123Z", Reading::Zoned(instant(1_700_000_000, 123_000, 3)));
    check("2023-11-14 22:13:20.123 +00:00", Reading::Zoned(instant(1_700_000_000, 123_000, 3)));
    check("2023-11-15T03:43:20+0530", Reading::Zoned(instant(1_700_000_000, 0, 0)));
    check("2023-11-14 17:13:20-05", Reading::Zoned(instant(1_700_000_000, 0, 0)));
    check("2023-11-14T22:13:20.123456789Z", Reading::Zoned(instant(1_700_000_000, 123_456, 9)));
    check("1969-12-31T23:59:59.999Z", Reading::Zoned(instant(-1, 999_000, 3)));
    check("2023-11-14 22:13:20 UTC", Reading::Zoned(instant(1_700_000_000, 0, 0)));
    check("23:59:59.5", Reading::Time(instant(86_399, 500_000, 1)));
    check("00:00", Reading::Time(instant(0, 0, 0)));
}

#[test]
fn times_as_go_writes_them() {
    check("2023-11-14 22:13:20.123456789 +0000 UTC", Reading::Zoned(instant(1_700_000_000, 123_456, 9)));
    check("2023-11-14 23:13:20 +0100 CET", Reading::Zoned(instant(1_700_000_000, 0, 0)));
    check("2023-11-14 19:13:20 -0300 -03 m=+0.012345678", Reading::Zoned(instant(1_700_000_000, 0, 0)));
    for text in [
        "2023-11-14 22:13:20 UTC m=+0.5",
        "2023-11-14 22:13:20 +0000 ",
        "2023-11-14 22:13:20 +0000 utc",
        "2023-11-14 22:13:20 +0000 UTC m=",
        "2023-11-14 22:13:20 +0000 UTC m=+x",
        "2023-11-14 22:13:20 +0000 UTC UTC",
        "2023-11-14 22:13:20 CET",
    ] {
        check(text, Reading::No);
    }
}

#[test]
fn years_of_more_than_four_digits_and_before_christ() {
    check("+010000-01-01", Reading::Date(2_932_897));
    check("+275760-09-13T00:00:00.000Z", Reading::Zoned(instant(8_640_000_000_000, 0, 0)));
    check("+000000-01-01", Reading::Date(-719_528));
    check("-000001-12-31", Reading::Date(-719_529));
    check("-004712-01-01", Reading::Date(-2_440_550));
    for text in ["-000000-01-01", "-004713-01-01", "+275761-01-01", "+999999-12-31", "0000-01-01"] {
        check(text, Reading::Impossible);
    }
}

#[test]
fn what_does_not_exist() {
    for text in [
        "2021-02-29",
        "2021-02-30 25:61:00",
        "1900-02-29",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "2024-13-01",
        "2024-00-10",
        "2024-04-31T00:00:00Z",
        "2024-01-01 24:00:00",
        "2024-01-01 23:59:60",
        "2024-01-01T00:00:00+24:00",
        "2024-01-01T00:00:00-00:60",
        "24:00",
        "12:60:00",
    ] {
        check(text, Reading::Impossible);
    }
}

#[test]
fn what_has_another_form() {
    for text in [
        "",
        "now",
        "2024-01-01 ",
        " 2024-01-01",
        "2024-1-1",
        "24-01-01",
        "2024/01/01",
        "20240101",
        "2024-01-01T",
        "2024-01-01t00:00:00",
        "2024-01-01  00:00:00",
        "2024-01-01 0:00:00",
        "2024-01-01 00:00:00.",
        "2024-01-01 00:00:00,5",
        "2024-01-01 00:00:00z",
        "2024-01-01 00:00:00 ",
        "2024-01-01 00:00:00  Z",
        "2024-01-01 00:00:00+1",
        "2024-01-01 00:00:00+01:0",
        "2024-01-01 00:00:00+01:00:00",
        "2024-01-01 00",
        "2024-01-01Z",
        "2024-01-01 00:00:00.000000000000000000000000000000001",
        "12:00Z",
        "12:00:00 ",
        "+10000-01-01",
        "d41d8cd9-8f00-b204-e980-0998ecf8427e",
    ] {
        check(text, Reading::No);
    }
}

#[test]
fn every_day_of_nine_centuries_follows_the_one_before() {
    let mut expected = crate::calendar::days(1599, 12, 31).unwrap();
    for year in 1600..2500 {
        for month in 1..=12 {
            for day in 1..=31 {
                if let Some(days) = crate::calendar::days(year, month, day) {
                    expected += 1;
                    assert_eq!(days, expected, "{year}-{month}-{day}");
                }
            }
        }
    }
    assert_eq!(expected - crate::calendar::days(1600, 1, 1).unwrap() + 1, 146_097 * 2 + 36_525);
}
