//! A native client for the Open vSwitch Database protocol (OVSDB, RFC 7047).
//!
//! It connects, replicates databases, answers queries from memory, tells what changes, writes, and
//! goes on when servers go. The [guide] has a chapter for each of these jobs, and for
//! [other schemas](guide::another_schema), [files](guide::files), and what
//! [other clients](guide::comparison) do differently.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use ovsdb_client::changes::{ChangeItem, Overflow};
//! use ovsdb_client::client::{Client, ReadOnly};
//! use ovsdb_client::session::Interest;
//!
//! let client = Client::<ReadOnly>::builder()
//!     .remotes("tcp:10.0.0.1:6641,tcp:10.0.0.2:6641")?
//!     .connect()
//!     .await?;
//! let monitor = client.monitor(Interest::everything("OVN_Northbound")).await?;
//! let mut changes = monitor.changes(Overflow::Coalesce).await?;
//! while let Some(ChangeItem::Batch(batch)) = changes.next().await {
//!     for (table, row) in batch.rows() {
//!         println!("{:?}: {} {}", batch.cause, table.name, row.uuid);
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Layers
//!
//! ```text
//! client  changes  serve  unixctl  dial                runtime (feature `runtime`, tokio)
//! replica  transaction  dbfile  session  endpoint      machines: input goes in, output comes out
//! value  schema  row  table  update  rpc  operation    data
//! ```
//!
//! 1. **Data**, no more than its form and meaning: [`value`] (atoms, sets and maps), [`schema`]
//!    (and the layout of rows by it), [`row`] (one compact record each), [`table`] (what generated
//!    code is made of), [`update`] (what servers send of rows), [`rpc`] (JSON-RPC and its framing),
//!    [`operation`] (what a transaction asks).
//! 2. **Machines**, which know no IO, clock or async: [`replica`] (rows, snapshots, indexes,
//!    changes), [`transaction`] (what is to be changed, checked and read over a snapshot),
//!    [`dbfile`] (database files), [`session`] (the conversation with servers, over any number of
//!    connections), [`endpoint`] (where servers are).
//! 3. **Runtime**, on tokio: [`dial`] (any byte stream will do), [`client`] (the handle),
//!    [`changes`] (streams), [`serve`] (the server's side, read-only), [`unixctl`] (the daemons'
//!    control sockets). One task owns a connection; no lock is held over an await.
//!
//! A module uses only what stands below it. The first two layers alone are what
//! `--no-default-features` builds.
//!
//! # Features
//!
//! | feature | default | |
//! | --- | --- | --- |
//! | `runtime` | yes | the third layer |
//! | `tls` | no | `ssl:` and `pssl:`, by rustls |
//!
//! # What holds
//!
//! - A client reads its own writes: when a transaction's reply is given out, snapshots show it.
//! - A snapshot is immutable, consistent across its tables, and free to take and to hold.
//! - Nothing is dropped in silence: neither a change nor the end of a connection nor a value that
//!   cannot be read.
//! - Integers are exact in 64 bits, and unknown values of enumerations are kept.
//! - A transaction whose outcome is unknown is [said to be](client::ClientError::InDoubt), and
//!   never sent again.
//! - Whatever bytes come, nothing panics, and memory stays in proportion to them.

pub mod value;

pub mod schema;

pub mod row;

pub mod table;

pub mod update;

pub mod rpc;

pub mod operation;

pub mod replica;

pub mod transaction;

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

#[cfg(all(doc, feature = "runtime"))]
pub mod guide;
