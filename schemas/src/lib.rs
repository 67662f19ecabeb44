//! Typed tables.
