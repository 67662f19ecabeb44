//! Diagnostics: known ways in which OVN fails, and how rows show them.
//!
//! Each stands in a file of its own as a `CHECK` and in the [`CHECKS`] list. It gets the
//! databases zone by zone and gives findings; what was not read makes a gap, never a finding.

mod finding;

mod scene;

mod definition;

mod run;

#[cfg(test)]
mod fixture;

mod problem;

mod egress_ip;

mod northd_behind;

mod controller_behind;

mod port_unprocessed;

mod reference_dangling;

mod port_unbound;

mod port_down;

mod interface_version;

mod interface_twice;

mod chassis_duplicate;

mod remote_port_unbound;

mod interconnect_route;

mod egress_ip_snat;

mod service_empty;

mod match_reference;

mod registry;

pub use self::definition::{Check, Layer, Need};
pub use self::finding::{Evidence, Severity};
pub use self::registry::CHECKS;
pub use self::run::{Asked, Found, Outcome, needs, run};
