use super::{abbreviated, count, decimal, duration, duration_ms, moment, size};
use crate::Lang::{En, Es};

#[test]
fn digits_stand_in_groups() {
    assert_eq!(count(En, 999), "999");
    assert_eq!(count(En, 1_002_347), "1,002,347");
    assert_eq!(count(Es, 1_002_347), "1\u{202f}002\u{202f}347");
    assert_eq!(count(En, u64::MAX), "18,446,744,073,709,551,615");
}

#[test]
fn decimals_follow_the_language() {
    assert_eq!(decimal(En, 1234.56, 1), "1,234.6");
    assert_eq!(decimal(Es, -0.5, 1), "-0,5");
    assert_eq!(decimal(En, f64::NAN, 0), "0");
}

#[test]
fn sizes_step_by_a_thousand() {
    assert_eq!(size(En, 0), "0\u{a0}B");
    assert_eq!(size(En, 999), "999\u{a0}B");
    assert_eq!(size(Es, 61_440), "61,4\u{a0}kB");
    assert_eq!(size(En, 251_400_192), "251\u{a0}MB");
    assert_eq!(size(En, u64::MAX), "18,446,744\u{a0}TB");
}

#[test]
fn times_grow_from_milliseconds_to_hours() {
    assert_eq!(duration(En, 0.0), "0\u{a0}s");
    assert_eq!(duration_ms(En, 95), "95\u{a0}ms");
    assert_eq!(duration(Es, 12.34), "12,3\u{a0}s");
    assert_eq!(duration(En, 59.99), "1\u{a0}min\u{a0}00\u{a0}s");
    assert_eq!(duration(En, 3_661.0), "1\u{a0}h\u{a0}01\u{a0}min");
    assert_eq!(duration(En, f64::INFINITY), "0\u{a0}s");
}

#[test]
fn moments_are_readable_and_anything_else_is_kept() {
    assert_eq!(moment("2025-11-24T20:15:47.120Z"), "2025-11-24 20:15:47\u{a0}UTC");
    assert_eq!(moment("yesterday"), "yesterday");
    assert_eq!(moment(""), "");
}

#[test]
fn digests_are_cut_only_when_long() {
    assert_eq!(abbreviated("0123456789abcdef"), "0123456789ab…");
    assert_eq!(abbreviated("0123"), "0123");
}
