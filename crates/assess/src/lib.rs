//! One pass over every value of the source: evidence, findings, forecast.
