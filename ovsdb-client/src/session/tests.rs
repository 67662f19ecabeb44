//! The session against scripted servers, on a clock that the tests hold.

mod choosing;
mod replicating;
mod script;
