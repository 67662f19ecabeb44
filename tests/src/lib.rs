//! Real servers for tests: a sandbox that starts them and the databases they once left.
//!
//! A test that needs two crates or a running OVN lives in this package.
//! Nothing here skips: a server that cannot start fails its test and says what its log said.

pub mod sandbox;

pub mod kubernetes;

pub mod pki;

pub mod demo;

pub mod dump;

pub mod duty;

pub mod gate;

pub mod workload;

pub mod pack;
