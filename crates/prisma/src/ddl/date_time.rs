//! `DateTime` literals: read as Prisma's engine reads them, printed as it prints them.

/// Days of each month outside leap years.
const MONTH_DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// `2020-03-19T14:21:00.1+05:30` as `2020-03-19 14:21:00.100 +05:30`; `None` if it is no literal of RFC 3339.
///
/// The zone stays as it was given. PostgreSQL passes over it where the column is a `TIMESTAMP`.
pub(super) fn printed(text: &str) -> Option<String> {
    let mut rest = text;
    let year = number(&mut rest, 4)?;
    expect(&mut rest, &['-'])?;
    let month = number(&mut rest, 2)?;
    expect(&mut rest, &['-'])?;
    let day = number(&mut rest, 2)?;
    expect(&mut rest, &['T', 't', ' '])?;
    let hour = number(&mut rest, 2)?;
    expect(&mut rest, &[':'])?;
    let minute = number(&mut rest, 2)?;
    expect(&mut rest, &[':'])?;
    let second = number(&mut rest, 2)?;
    let fraction = fraction(&mut rest)?;
    let zone = zone(rest)?;
    // A leap second is one to Prisma too.
    if day == 0 || day > days_of(year, month)? || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}{fraction} {zone}"))
}

fn number(rest: &mut &str, digits: usize) -> Option<u32> {
    let (number, tail) = rest.split_at_checked(digits)?;
    *rest = tail;
    number.bytes().all(|b| b.is_ascii_digit()).then(|| number.parse().ok())?
}

fn expect(rest: &mut &str, signs: &[char]) -> Option<()> {
    *rest = rest.strip_prefix(signs)?;
    Some(())
}

/// Nothing, or three, six or nine digits, as few as say it all; digits past nanoseconds are cut.
fn fraction(rest: &mut &str) -> Option<String> {
    let Some(tail) = rest.strip_prefix('.') else { return Some(String::new()) };
    let length = tail.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return None;
    }
    let digits = &tail[..length];
    *rest = &tail[length..];
    let nanos = format!("{:0<9}", &digits[..length.min(9)]);
    Some(match nanos.trim_end_matches('0').len() {
        0 => String::new(),
        1..=3 => format!(".{}", &nanos[..3]),
        4..=6 => format!(".{}", &nanos[..6]),
        _ => format!(".{nanos}"),
    })
}

/// `Z` or an offset, whose minus may be the typographic one.
fn zone(text: &str) -> Option<String> {
    if matches!(text, "Z" | "z") {
        return Some("+00:00".to_owned());
    }
    let mut rest = text;
    let sign = if expect(&mut rest, &['+']).is_some() { '+' } else { '-' };
    if sign == '-' {
        expect(&mut rest, &['-', '\u{2212}'])?;
    }
    let hours = number(&mut rest, 2)?;
    expect(&mut rest, &[':'])?;
    let minutes = number(&mut rest, 2)?;
    if !rest.is_empty() || hours > 23 || minutes > 59 {
        return None;
    }
    let sign = if hours == 0 && minutes == 0 { '+' } else { sign };
    Some(format!("{sign}{hours:02}:{minutes:02}"))
}

fn days_of(year: u32, month: u32) -> Option<u32> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let index = usize::try_from(month.checked_sub(1)?).ok()?;
    let days = *MONTH_DAYS.get(index)?;
    Some(if month == 2 && is_leap { 29 } else { days })
}
