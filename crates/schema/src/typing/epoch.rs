use autobot_catalog::EpochUnit;

/// What the numbers in a date column count, by the whole range of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitGuess {
    /// One unit puts all of them between 1973 and 2286, no other does.
    Clear(EpochUnit),
    /// More than one unit, or none, makes sense of all of them.
    Ambiguous,
}

/// Ranges that mean the years 1973 to 5138 (seconds: to 2286); they do not overlap.
const RANGES: &[(EpochUnit, i64, i64)] = &[
    (EpochUnit::Seconds, 100_000_000, 10_000_000_000),
    (EpochUnit::Milliseconds, 100_000_000_000, 100_000_000_000_000),
    (EpochUnit::Microseconds, 100_000_000_000_000, 10_000_000_000_000_000),
    (EpochUnit::Nanoseconds, 100_000_000_000_000_000, i64::MAX),
];

/// Decides the unit from the smallest and largest integer of the column, and the smallest and largest real.
pub(crate) fn guess_unit(integers: (i64, i64), reals: Option<(f64, f64)>) -> UnitGuess {
    let (low, high) = integers;
    #[expect(clippy::cast_precision_loss, reason = "the bounds are powers of ten, which doubles hold")]
    let holds_reals = |from: i64, to: i64| {
        reals.is_none_or(|(low, high)| [low, high].iter().all(|real| (from as f64..to as f64).contains(real)))
    };
    let within = RANGES
        .iter()
        .find(|(_, from, to)| (*from..*to).contains(&low) && (*from..*to).contains(&high) && holds_reals(*from, *to));
    within.map_or(UnitGuess::Ambiguous, |(unit, ..)| UnitGuess::Clear(*unit))
}
