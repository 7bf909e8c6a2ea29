//! The report of a run as JSON and as one self-contained HTML page.
