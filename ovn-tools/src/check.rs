//! Diagnostics: known ways in which OVN fails, and how rows show them.
//!
//! Each stands in a file of its own as a `CHECK` and in the [`CHECKS`] list. It gets the
//! databases zone by zone and gives findings; what was not read makes a gap, never a finding.

mod finding;

mod scene;

mod definition;

mod focus;

mod run;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
pub(crate) mod healthy;

mod problem;

mod egress_ip;

mod interface;

mod local_subnet;

mod cluster;

mod policy;

mod service;

mod members;

mod admin_policy;

mod rule;

mod acl_conflict;

mod acl_shadowed;

mod address_duplicate;

mod address_outside;

mod admin_policy_gone;

mod admin_policy_missing;

mod admin_policy_peers;

mod admin_policy_selection;

mod bfd_down;

mod binding_stray;

mod bridge_mapping;

mod chassis_duplicate;

mod chassis_missing;

mod chassis_private;

mod controller_behind;

mod ct_zone;

mod default_deny;

mod default_route;

mod deletion_stuck;

mod e2e_stale;

mod egress_firewall;

mod egress_ip_mark;

mod egress_ip_policy;

mod egress_ip_snat;

mod egress_ip_status;

mod egress_ip_twice;

mod egress_ip_unlisted;

mod egress_ip_unserved;

mod encap_mismatch;

mod gateway_snat_zone;

mod igmp_duplicate;

mod integration_bridge;

mod interconnect_route;

mod interconnect_route_stale;

mod interface_failed;

mod interface_installed;

mod interface_stale;

mod interface_twice;

mod interface_version;

mod load_balancer_unattached;

mod localnet_patch;

mod localnet_unmapped;

mod mac_binding;

mod masquerade_leftover;

mod match_invalid;

mod match_reference;

mod namespace_pods;

mod namespace_set;

mod nat_ignored;

mod network_leaked;

mod node_annotation;

mod node_gone;

mod node_unknown;

mod northd_behind;

mod patch_unpaired;

mod pod_annotation;

mod pod_gone;

mod pod_unwired;

mod policy_deny;

mod policy_gone;

mod policy_missing;

mod policy_selection;

mod port_chassis;

mod port_disabled;

mod port_down;

mod port_elsewhere;

mod port_security;

mod port_unbound;

mod port_unprocessed;

mod reference_dangling;

mod remote_port_unbound;

mod route_duplicate;

mod route_unreachable;

mod router_port_duplicate;

mod selected_pods;

mod service_backend_gone;

mod service_differs;

mod service_empty;

mod service_endpoints;

mod service_gone;

mod service_missing;

mod service_unserved;

mod snat_twice;

mod static_mac_dangling;

mod system_id_twice;

mod template_missing;

mod tunnel_key;

mod tunnel_missing;

mod vswitchd_behind;

mod registry;

pub use self::definition::{Check, Layer, Need};
pub use self::finding::{Evidence, ObjectEvidence, Severity};
pub use self::registry::CHECKS;
pub use self::run::{Asked, Found, Outcome, more, needs, needs_about, run};
pub(crate) use self::scene::{Host, Scene, SwitchPort, Zone, object_of_port};
