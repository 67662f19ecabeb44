//! The bodies of the fuzz targets: each takes any bytes and fails only where the tools are wrong.
//!
//! They use the tools' public interface alone and know nothing of libFuzzer, so that
//! `ovn-tools/tests/fuzz.rs` runs the same functions over the seeds in every `cargo test`.

pub mod packing;

pub mod bundle;
