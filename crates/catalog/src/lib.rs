//! The model of what a database holds and how each column goes over.
