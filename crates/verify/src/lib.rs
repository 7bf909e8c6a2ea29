//! Comparison of source and target: counts, content, constraints.
