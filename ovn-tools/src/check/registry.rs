//! The list of diagnostics.

use crate::check::definition::Check;
use crate::check::{
    chassis_duplicate, controller_behind, egress_ip_snat, interconnect_route, interface_twice,
    interface_version, match_reference, northd_behind, port_down, port_unbound, port_unprocessed,
    reference_dangling, remote_port_unbound, service_empty,
};

/// Every diagnostic, by layer.
pub static CHECKS: [&Check; 14] = [
    &northd_behind::CHECK,
    &controller_behind::CHECK,
    &port_unprocessed::CHECK,
    &reference_dangling::CHECK,
    &port_unbound::CHECK,
    &port_down::CHECK,
    &interface_version::CHECK,
    &interface_twice::CHECK,
    &chassis_duplicate::CHECK,
    &remote_port_unbound::CHECK,
    &interconnect_route::CHECK,
    &egress_ip_snat::CHECK,
    &service_empty::CHECK,
    &match_reference::CHECK,
];
