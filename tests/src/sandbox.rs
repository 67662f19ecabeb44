//! A real OVN and Open vSwitch in a temporary directory.
//!
//! [`DatabaseServer`] is one ovsdb-server and [`Cluster`] several, for tests of the client; [`Node`] is the whole stack of one
//! node, for tests of what the daemons write.
//! Everything listens on unix sockets (or TCP on loopback, at a port the kernel picks), needs no
//! privilege and no kernel module, and is gone when the value is dropped.
//!
//! ```no_run
//! # fn main() -> anyhow::Result<()> {
//! use ovn_tests::sandbox::{DatabaseServer, Node, Schema};
//!
//! let mut server = DatabaseServer::setup().database(Schema::northbound()).tcp().start()?;
//! println!("{} and {:?}", server.endpoint(), server.tcp());
//! server.kill()?;
//! server.restart()?;
//!
//! let node = Node::start("hv1")?;
//! node.nbctl(&["ls-add", "sw0", "--", "lsp-add", "sw0", "p1"])?;
//! node.plug("p1")?;
//! node.sync()?;
//! # Ok(())
//! # }
//! ```
//!
//! The programs come from the packages `openvswitch-switch`, `ovn-central` and `ovn-host` (Debian's
//! names).

mod deadline;
mod directory;
mod program;

mod controller;
mod daemon;
mod northd;
mod schema;
mod vswitchd;

mod database_server;

mod cluster;
mod node;

pub use cluster::{Cluster, ClusterSetup, MemberStatus};
pub use controller::Controller;
pub use daemon::Daemon;
pub use database_server::{DatabaseServer, DatabaseServerSetup};
pub use deadline::{READY, wait_until};
pub use node::Node;
pub use northd::Northd;
pub use schema::Schema;
pub use vswitchd::Vswitchd;
