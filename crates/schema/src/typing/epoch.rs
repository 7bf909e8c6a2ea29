use autobot_catalog::EpochUnit;

/// What the numbers in a date column count, by the whole range of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitGuess {
    /// One unit puts all of them between 1973 and 2286, no other does.
    Clear(EpochUnit),
    /// More than one unit, or none, makes sense of all of them.
    Ambiguous,
}

/// Ranges that mean the years 1973 to 5138 (seconds: to 2286).
///
/// Seconds of before 2001 may as well be Apple's, which begin then: a column that holds nothing else is ambiguous.
/// Nanoseconds begin in 1992, as .NET's ticks of our time lie below.
const RANGES: &[(EpochUnit, i64, i64)] = &[
    (EpochUnit::Seconds, 100_000_000, 10_000_000_000),
    (EpochUnit::AppleSeconds, 100_000_000, 978_307_200),
    (EpochUnit::Milliseconds, 100_000_000_000, 100_000_000_000_000),
    (EpochUnit::Microseconds, 100_000_000_000_000, 10_000_000_000_000_000),
    (EpochUnit::Nanoseconds, 700_000_000_000_000_000, i64::MAX),
];

/// Decides the unit from the smallest and largest integer of the column, and the smallest and largest real.
pub(crate) fn guess_unit(integers: (i64, i64), reals: Option<(f64, f64)>) -> UnitGuess {
    let (low, high) = integers;
    #[expect(clippy::cast_precision_loss, reason = "an order of magnitude is asked for")]
    let holds_reals = |from: i64, to: i64| {
        reals.is_none_or(|(low, high)| [low, high].iter().all(|real| (from as f64..to as f64).contains(real)))
    };
    let mut within = RANGES
        .iter()
        .filter(|(_, from, to)| (*from..*to).contains(&low) && (*from..*to).contains(&high) && holds_reals(*from, *to));
    match (within.next(), within.next()) {
        (Some((unit, ..)), None) => UnitGuess::Clear(*unit),
        _ => UnitGuess::Ambiguous,
    }
}

/// True when the largest number of a column is a date of our time in that unit.
pub(crate) fn plausible(unit: EpochUnit, integers: Option<(i64, i64)>, reals: Option<(f64, f64)>) -> bool {
    /// Julian days of the years 1900 and 2132, and days of 1973 to 2063: from there on they may be those of a spreadsheet.
    const DAYS: [(EpochUnit, f64, f64); 2] =
        [(EpochUnit::JulianDay, 2_415_020.0, 2_500_000.0), (EpochUnit::Days, 1_100.0, 34_000.0)];
    #[expect(clippy::cast_precision_loss, reason = "an order of magnitude is asked for")]
    let high = reals.map(|(_, high)| high).or(integers.map(|(_, high)| high as f64)).unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "the bounds are powers of ten, which doubles hold")]
    let mut ranges = RANGES.iter().map(|(known, from, to)| (*known, *from as f64, *to as f64)).chain(DAYS);
    ranges.any(|(known, from, to)| known == unit && (from..to).contains(&high))
}
