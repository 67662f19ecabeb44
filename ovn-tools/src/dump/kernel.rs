//! Listings of a node's kernel, read into fields: the JSON that programs print when they are
//! asked, and the text that collectors keep.
//!
//! **Source**: iproute2 6.1 to 6.15, nftables 1.0, iptables 1.8, conntrack-tools 1.4; sosreport,
//! `networking`, `firewall_tables` and `conntrack`, which keep the text only.

mod words;

pub mod link;

pub mod route;

pub mod rule;

pub mod neighbour;

pub mod xfrm;

pub mod expression;

pub mod nftables;

pub mod iptables;

pub mod connection;

pub mod socket;

pub mod namespace;
