//! Sample AutoBOT projects, from 60 KB to a million messages.
