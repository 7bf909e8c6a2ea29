/// A scale from zero to a round number, with even steps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    /// Where it ends.
    pub(crate) top: f64,
    /// The marks on it, zero and the end included.
    pub(crate) marks: Vec<f64>,
}

/// A scale that holds `greatest` in three to six steps of 1, 2, 2.5 or 5 times a power of ten.
pub(crate) fn scale(greatest: f64) -> Scale {
    let greatest = if greatest.is_finite() && greatest > 0.0 { greatest } else { 1.0 };
    let power = 10_f64.powf((greatest / 5.0).log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|part| part * power).into_iter().find(|step| greatest / step <= 5.0);
    let step = step.unwrap_or(10.0 * power);
    let steps = (greatest / step).ceil().max(1.0);
    let mut marks = Vec::new();
    let mut mark = 0.0;
    while mark <= steps + 0.5 {
        marks.push(mark * step);
        mark += 1.0;
    }
    Scale { top: steps * step, marks }
}

#[cfg(test)]
mod tests;
