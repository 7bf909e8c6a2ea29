use autobot_catalog::{ColumnEvidence, Form, Seen};
use rusqlite::types::ValueRef;

use crate::form::{self, Detail};
use crate::shortest::Shortest;
use crate::{Interest, real, text};

/// Distinct texts that are kept.
const LABELS_MAX: usize = 64;

/// Longest label that an enum type of PostgreSQL can have, in bytes (`NAMEDATALEN` − 1).
const LABEL_BYTES_MAX: usize = 63;

/// Integers up to here are doubles.
const DOUBLE_EXACT_MAX: u64 = 1 << 53;

/// Collects the evidence of one column, value by value, in constant memory.
#[derive(Debug, Clone)]
pub struct Gauge {
    interest: Interest,
    counts: [u64; Form::ALL.len()],
    bytes: u64,
    longest: u64,
    /// Everything of the evidence but `forms`, `longest` and `labels`.
    evidence: ColumnEvidence,
    /// Sorted; none when there are too many.
    labels: Option<Vec<Box<[u8]>>>,
}

impl Gauge {
    /// A gauge that looks for what is of interest.
    pub fn new(interest: Interest) -> Self {
        Self {
            interest,
            counts: [0; Form::ALL.len()],
            bytes: 0,
            longest: 0,
            evidence: ColumnEvidence::default(),
            labels: interest.has(Interest::LABELS).then(Vec::new),
        }
    }

    /// Takes one value into account and gives its form.
    #[inline]
    pub fn note(&mut self, value: ValueRef<'_>) -> Form {
        let form = match value {
            ValueRef::Null => Form::Null,
            ValueRef::Integer(number) => self.integer(number),
            ValueRef::Real(number) => self.real(number),
            ValueRef::Text(text) => self.text(text),
            ValueRef::Blob(blob) => self.blob(blob),
        };
        self.counts[form as usize] += 1;
        form
    }

    /// How often a form was seen.
    pub fn count(&self, form: Form) -> u64 {
        self.counts[form as usize]
    }

    /// Bytes of the longest text or blob.
    pub fn longest(&self) -> u64 {
        self.longest
    }

    /// Bytes of all values, as SQLite stores them (8 for numbers).
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes over what another gauge of the same column saw.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        self.bytes += other.bytes;
        self.longest = self.longest.max(other.longest);
        let (mine, theirs) = (&mut self.evidence, &other.evidence);
        mine.integers = wider(mine.integers, theirs.integers, i64::min, i64::max);
        mine.text_integers = wider(mine.text_integers, theirs.text_integers, i64::min, i64::max);
        mine.reals = wider(mine.reals, theirs.reals, f64::min, f64::max);
        mine.reals_least = nearer(mine.reals_least, theirs.reals_least);
        mine.characters_max = mine.characters_max.max(theirs.characters_max);
        mine.digits_max.0 = mine.digits_max.0.max(theirs.digits_max.0);
        mine.digits_max.1 = mine.digits_max.1.max(theirs.digits_max.1);
        mine.fraction_digits_max = mine.fraction_digits_max.max(theirs.fraction_digits_max);
        mine.integers_gcd = gcd(mine.integers_gcd, theirs.integers_gcd);
        mine.integers_not_double += theirs.integers_not_double;
        mine.real_zeros += theirs.real_zeros;
        mine.times_of_day += theirs.times_of_day;
        mine.uppercase_uuids += theirs.uppercase_uuids;
        mine.nul_in_invalid += theirs.nul_in_invalid;
        match &other.labels {
            None => self.labels = None,
            Some(labels) => labels.iter().for_each(|label| self.label(label)),
        }
    }

    /// The evidence, without places.
    pub fn evidence(&self) -> ColumnEvidence {
        let seen = Form::ALL.into_iter().filter(|form| self.count(*form) > 0);
        let seen = seen.map(|form| (form, Seen { count: self.count(form), first: Vec::new() }));
        let text = |label: &[u8]| String::from_utf8(label.to_vec()).ok();
        let labels = self.labels.as_ref().and_then(|labels| labels.iter().map(|label| text(label)).collect());
        ColumnEvidence { forms: seen.collect(), labels, ..self.evidence.clone() }
    }

    #[inline]
    fn integer(&mut self, number: i64) -> Form {
        self.bytes += 8;
        widen(&mut self.evidence.integers, number, |a, b| a < b);
        self.exactness(number);
        if matches!(number, 0 | 1) {
            return Form::IntegerBit;
        }
        let looked_for = self.interest.has(Interest::DATE);
        let divisor = if looked_for { gcd(self.evidence.integers_gcd, number.unsigned_abs()) } else { 1 };
        self.evidence.integers_gcd = divisor;
        Form::Integer
    }

    fn exactness(&mut self, number: i64) {
        if number.unsigned_abs() > DOUBLE_EXACT_MAX && real::from_integer(number).is_none() {
            self.evidence.integers_not_double += 1;
        }
    }

    fn real(&mut self, number: f64) -> Form {
        self.bytes += 8;
        let form = form::of_real(number);
        if matches!(form, Form::RealInfinite | Form::Null) {
            return form;
        }
        widen(&mut self.evidence.reals, number, |a, b| a < b);
        self.evidence.real_zeros += u64::from(number.to_bits() == 0);
        self.evidence.reals_least = nearer(self.evidence.reals_least, number.abs());
        if self.interest.has(Interest::DECIMAL) {
            let shortest = Shortest::of(number);
            if number != 0.0 {
                let length = i32::try_from(shortest.digits().len()).unwrap_or(i32::MAX);
                let count = |digits: i32| u32::try_from(digits).unwrap_or(0);
                self.digits(count(shortest.point), count(length - shortest.point));
            }
        } else {
            self.digits(u32::MAX, u32::MAX);
        }
        form
    }

    fn digits(&mut self, before: u32, after: u32) {
        let most = &mut self.evidence.digits_max;
        *most = (most.0.max(before), most.1.max(after));
    }

    #[inline]
    fn text(&mut self, text: &[u8]) -> Form {
        let length = self.length(text);
        let (form, detail) = form::of_text(text, self.interest);
        if length > self.evidence.characters_max {
            let invalid = matches!(form, Form::TextInvalidUtf8 | Form::TextSurrogates);
            let characters = if invalid { length } else { text::characters(text) };
            self.evidence.characters_max = self.evidence.characters_max.max(characters);
        }
        if matches!(form, Form::TextInvalidUtf8 | Form::TextSurrogates) {
            self.evidence.nul_in_invalid += u64::from(memchr::memchr(0, text).is_some());
        }
        match detail {
            Detail::None => {}
            Detail::Integer(number) => {
                widen(&mut self.evidence.text_integers, number, |a, b| a < b);
                self.exactness(number);
            }
            Detail::Digits(before, after) => self.digits(before, after),
            Detail::Time(digits, time_of_day) => {
                self.evidence.fraction_digits_max = self.evidence.fraction_digits_max.max(digits);
                self.evidence.times_of_day += u64::from(time_of_day);
            }
            Detail::Capitals => self.evidence.uppercase_uuids += 1,
        }
        if self.labels.is_some() {
            self.label(text);
        }
        form
    }

    fn blob(&mut self, blob: &[u8]) -> Form {
        let length = self.length(blob);
        if text::plain(blob).is_err() {
            return Form::Blob;
        }
        if length > self.evidence.characters_max {
            self.evidence.characters_max = self.evidence.characters_max.max(text::characters(blob));
        }
        Form::BlobText
    }

    #[inline]
    fn length(&mut self, bytes: &[u8]) -> u64 {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.bytes += length;
        self.longest = self.longest.max(length);
        length
    }

    fn label(&mut self, text: &[u8]) {
        let Some(labels) = &mut self.labels else { return };
        if let Err(at) = labels.binary_search_by(|label| (**label).cmp(text)) {
            if labels.len() >= LABELS_MAX || text.len() > LABEL_BYTES_MAX {
                self.labels = None;
            } else {
                labels.insert(at, text.into());
            }
        }
    }
}

/// Widens a range to a number.
#[inline]
fn widen<T: Copy>(range: &mut Option<(T, T)>, number: T, less: impl Fn(T, T) -> bool) {
    match range {
        None => *range = Some((number, number)),
        Some((low, _)) if less(number, *low) => *low = number,
        Some((_, high)) if less(*high, number) => *high = number,
        Some(_) => {}
    }
}

fn wider<T: Copy>(
    mine: Option<(T, T)>,
    theirs: Option<(T, T)>,
    min: impl Fn(T, T) -> T,
    max: impl Fn(T, T) -> T,
) -> Option<(T, T)> {
    match (mine, theirs) {
        (Some(mine), Some(theirs)) => Some((min(mine.0, theirs.0), max(mine.1, theirs.1))),
        (range, None) | (None, range) => range,
    }
}

/// The magnitude nearer to zero, where zero stands for none.
fn nearer(mine: f64, theirs: f64) -> f64 {
    if mine == 0.0 || theirs != 0.0 && theirs < mine { theirs } else { mine }
}

/// Greatest common divisor; 0 with anything gives that.
fn gcd(mut a: u64, mut b: u64) -> u64 {
    if a == 1 || b == 1 {
        return 1;
    }
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
