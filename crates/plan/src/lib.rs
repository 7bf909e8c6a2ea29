//! Words and engine of a migration: phases, changes, plans, journal, events.
