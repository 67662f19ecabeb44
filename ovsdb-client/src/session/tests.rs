//! A session against a scripted server, on a clock that the tests hold.

mod script;

mod choosing;
mod locking;
mod recovering;
mod replicating;
