//! Traces: what ovn-trace and `ofproto/trace` print, as steps.

pub mod flow;

pub mod logical;
