//! The logical network as a graph: switches, routers, their ports, what is attached to what, and
//! where each port is bound.
//!
//! **Shape**: one [`Zone`] per Northbound database; under OVN interconnect every node has its own,
//! otherwise there is one. What the rows name but do not hold (a peer, a chassis) stays in the
//! graph and is marked so; [`Zone::problems`] lists it.

mod attachment;
mod chassis;
mod graph;
mod needs;
mod port;
mod problem;
mod search;
mod state;
mod zone;

pub mod mermaid;

pub use self::graph::{
    Attachment, Candidate, Chassis, ChassisId, Device, DeviceId, DeviceKind, Link, Mismatch, Place,
    Port, PortId, PortKind, Redirect, State, Stray, Topology, Unbound, Zone,
};
pub use self::needs::with_needs;
pub use self::problem::{Problem, ProblemKind};
pub use self::search::{Found, Hit};
