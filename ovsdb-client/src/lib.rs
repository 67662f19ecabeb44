//! A native client for the Open vSwitch Database protocol (OVSDB, RFC 7047).
//!
//! Three layers, of which the upper two are pure (no IO, no clock, no async):
//!
//! 1. **Data**: [`value`], [`schema`], [`row`], [`table`], `update`, `rpc`, `operation`.
//! 2. **Machines**: `replica`, `dbfile`, `session`; input goes in, output comes out, time is passed.
//! 3. **Runtime** (feature `runtime`, tokio): `endpoint`, `dial`, `connection`, `client`, `serve`,
//!    `unixctl`.

pub mod value;

pub mod schema;

pub mod row;

pub mod table;

pub mod update;

pub mod rpc;

pub mod operation;

pub mod replica;

pub mod dbfile;

pub mod session;

pub mod endpoint;

#[cfg(feature = "runtime")]
pub mod dial;

#[cfg(feature = "runtime")]
pub mod changes;

#[cfg(feature = "runtime")]
mod connection;

#[cfg(feature = "runtime")]
pub mod client;

#[cfg(feature = "runtime")]
pub mod serve;

#[cfg(feature = "runtime")]
pub mod unixctl;
