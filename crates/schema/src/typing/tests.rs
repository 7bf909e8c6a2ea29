use autobot_catalog::{Affinity, EpochUnit, PgType};

use super::epoch::{UnitGuess, guess_unit};
use super::rules::known;
use super::*;

#[test]
fn declared_types_are_taken_apart() {
    let check = |text: &str, words: &str, numbers: &[u32]| {
        let declared = Declared::of(text);
        assert_eq!((declared.words.as_str(), declared.numbers.as_slice()), (words, numbers));
    };
    check("varchar(255)", "VARCHAR", &[255]);
    check("Decimal ( 10 , 2 ) unsigned", "DECIMAL UNSIGNED", &[10, 2]);
    check("  double   precision ", "DOUBLE PRECISION", &[]);
    check("", "", &[]);
    check("enum('a','b')", "ENUM", &[]);
}

#[test]
fn rules_by_name_and_by_affinity() {
    let first = |words: &str, affinity| known(words, affinity).candidates[0].clone();
    assert_eq!(first("BOOL", Affinity::Numeric), PgType::Boolean);
    assert_eq!(first("PRINT", Affinity::Integer), PgType::BigInt);
    assert!(!known("PRINT", Affinity::Integer).meant && known("INT", Affinity::Integer).meant);
    for affinity in [Affinity::Integer, Affinity::Text, Affinity::Blob, Affinity::Real, Affinity::Numeric] {
        assert!(!known("NO SUCH TYPE", affinity).meant, "{affinity:?} has its row");
    }
}

#[test]
fn types_in_rules() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(parse_pg_type(text).map(|found| found.to_string()).as_deref(), expected, "{text}");
    };
    check("text", Some("TEXT"));
    check("timestamp(3)", Some("TIMESTAMP(3)"));
    check("TIMESTAMP(3) with time zone", Some("TIMESTAMPTZ(3)"));
    check("numeric(10,2)", Some("DECIMAL(10,2)"));
    check("numeric(2,10)", None);
    check("timestamp(9)", None);
    check("double precision", Some("DOUBLE PRECISION"));
    check("citext", Some("public.citext"));
    check("money", None);
    check("text; drop table x", None);
}

#[test]
fn the_unit_is_clear_or_it_is_not_guessed() {
    let clear = |low, high, unit| assert_eq!(guess_unit((low, high), None), UnitGuess::Clear(unit));
    clear(1_600_000_000, 1_700_000_000, EpochUnit::Seconds);
    clear(1_600_000_000_000, 1_700_000_000_000, EpochUnit::Milliseconds);
    clear(1_600_000_000_000_000, 1_700_000_000_000_000, EpochUnit::Microseconds);
    clear(1_600_000_000_000_000_000, 1_700_000_000_000_000_000, EpochUnit::Nanoseconds);
    // Dates of birth among those of today are seconds, whatever Apple counts.
    clear(300_000_000, 1_700_000_000, EpochUnit::Seconds);
    for (low, high) in [
        (0, 1_700_000_000_000),
        (1_700_000_000, 1_700_000_000_000),
        (20_000_000_000, 20_000_000_000),
        (-5, 5),
        // Apple's seconds of 2020 and 2023, or seconds of the 1990s.
        (600_000_000, 722_345_678),
        // .NET's ticks of 2023.
        (638_000_000_000_000_000, 638_400_000_000_000_000),
    ] {
        assert_eq!(guess_unit((low, high), None), UnitGuess::Ambiguous, "{low} to {high}");
    }
    assert_eq!(
        guess_unit((1_600_000_000_000, 1_700_000_000_000), Some((2_459_000.5, 2_459_001.5))),
        UnitGuess::Ambiguous
    );
}
