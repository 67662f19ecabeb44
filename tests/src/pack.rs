//! The scenario pack: recorded faults, and agents that must find their causes.
//!
//! A scenario is a folder of `tests/data/scenarios`. Its definition says how the fault is made from
//! the healthy twin, what a user would ask, and what the cause is; beside it lies what the real
//! daemons wrote while the fault was made, as the ends of the twin's database files.
//! `tests/data/README.md` tells how the pack is made and read.

pub mod scenario;

pub mod recording;

pub mod make;

pub mod cluster;

pub mod form;

mod heartbeat;

pub mod others;

pub mod place;

pub mod server;

pub mod agent;

pub mod origin;

pub mod stock;

pub mod measure;

pub mod report;
