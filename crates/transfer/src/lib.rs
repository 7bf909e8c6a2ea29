//! Row copying: SQLite to binary COPY, staged, keyed and published.
