//! Transactions on real servers.

mod cluster;
mod conflict;
mod constraint;
mod convert;
mod doubt;
mod dynamic;
mod northbound;
mod outcome;
