//! A native client for the Open vSwitch Database protocol (OVSDB, RFC 7047).
//!
//! Three layers, of which the upper two are pure (no IO, no clock, no async):
//!
//! 1. **Data**: [`value`], [`schema`], [`row`], [`table`], `operation`, `update`, `rpc`.
//! 2. **Machines**: `replica`, `dbfile`, `session`; input goes in, output comes out, time is passed.
//! 3. **Runtime** (feature `runtime`, tokio): `endpoint`, `dial`, `connection`, `client`.

pub mod value;

pub mod schema;

pub mod row;

pub mod table;

pub mod operation;

pub mod update;

pub mod rpc;

pub mod replica;

pub mod dbfile;

pub mod session;

#[cfg(feature = "runtime")]
pub mod endpoint;

#[cfg(feature = "runtime")]
pub mod dial;

#[cfg(feature = "runtime")]
mod connection;

#[cfg(feature = "runtime")]
pub mod client;
