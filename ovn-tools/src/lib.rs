//! Read-only troubleshooting tools over OVN and Open vSwitch databases.
//!
//! The pure half (no IO, no clock): [`database`], [`moment`], [`report`], [`address`],
//! [`capture`], [`command`], [`resource`], [`objects`],
//! [`snapshot`]; what rows mean: [`owner`], [`flow`], [`topology`], [`trace`],
//! [`dump`]; and [`tool`], and [`redact`].
//! A tool says which tables it needs, gets a [`snapshot::Snapshot`] of them, and concludes a typed
//! report; where the rows came from makes no difference to it.
//!
//! The IO half: [`access`] reads sources into snapshots, [`run`] runs a tool on them,
//! [`serve`] serves them to the stock tools, [`record`] records them, and `forward` makes the sockets
//! in a cluster's pods unix sockets of this machine.

pub mod database;

pub mod moment;

pub mod report;

pub mod address;

pub mod capture;

pub mod command;

pub mod resource;

pub mod objects;

pub mod snapshot;

pub(crate) mod delta;

pub mod node;

pub mod owner;

pub mod flow;

pub mod deployment;

pub mod topology;

pub mod check;
pub mod trace;

pub mod dump;

pub mod page;

pub mod listing;

pub mod tool;

pub mod redact;

pub mod access;

pub mod run;

pub mod serve;

pub mod record;

#[cfg(feature = "kube")]
pub mod forward;
