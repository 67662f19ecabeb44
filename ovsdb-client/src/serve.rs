//! The server's side of OVSDB, from snapshots: recorded databases for stock tools, and a server
//! for tests.
//!
//! To its clients this is an ovsdb-server in read-only mode: what reads is carried out, what
//! writes is refused with the words of the real one (ovsdb-server 3.1 as a backup, `--sync-from`).
//! Stock tools (`ovn-nbctl`, `ovn-sbctl`, `ovs-vsctl`, `ovsdb-client`, `ovn-trace`) show the same
//! of a file served here as of the file served there.
//!
//! [`ServerSession`] is one connection as a pure machine, [`Server`] the listener round it.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use ovsdb_client::dbfile::{DatabaseFile, Records};
//! use ovsdb_client::serve::{Database, ServeConfig, Server};
//!
//! let bytes = std::fs::read("ovnnb_db.db")?;
//! let file = DatabaseFile::read(&bytes, &[])?;
//! let schema = Records::new(&bytes).next().ok_or("an empty file")??;
//! let database = Database::with_schema(schema.body, file.snapshot)?;
//! let server = Server::new([database], ServeConfig::default())?;
//! server.listen_unix("/tmp/recorded/nb.sock")?;
//! // ovn-nbctl --db=unix:/tmp/recorded/nb.sock show
//! server.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! What it is not:
//!
//! - It writes nothing, converts nothing and holds no locks. A real read-only server does convert
//!   a database that it is asked to (seen on 3.1.0); this one refuses.
//! - It tells every database as a connected standalone one, whatever it was, and keeps no history:
//!   `monitor_cond_since` always gives all rows.
//! - `_version` is made from the row's content: it changes with the row, but is not the version
//!   that a real server had.
//! - Of a write it finds what is wrong with its words, not what would go wrong in carrying it out.
//! - It has no TLS and no roles, and on TCP listens on loopback only.
//! - Messages may nest 128 levels deep, not 1000, and be 16 MiB long.
//! - Where a real server crashes, it does not: a `monitor` with too few parameters is refused, and
//!   a change of conditions without `where` changes none.
//!
//! **Source**: RFC 7047 §4; ovsdb-server(7).

mod refusal;

mod member;

mod argument;

mod field;

mod clause;

mod server_database;

mod database;

mod message;

mod monitor;

mod transact;

mod fault;

mod config;

mod session;

mod listener;

pub use self::config::{CloseReason, Faults, MAX_REQUEST, ServeConfig};
pub use self::database::{Database, DatabaseError, Databases};
pub use self::fault::{Emission, Fault, Treatment};
pub use self::listener::{ListenError, PublishError, Server};
pub use self::message::Malformed;
pub use self::server_database::SERVER_SCHEMA;
pub use self::session::ServerSession;
