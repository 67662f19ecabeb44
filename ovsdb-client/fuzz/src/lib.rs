//! The bodies of the fuzz targets: each takes any bytes and fails only where the client is wrong.
//!
//! They use the client's public interface alone and know nothing of libFuzzer, so that
//! `ovsdb-client/tests/fuzz.rs` runs the same functions over the seeds in every `cargo test`.

pub mod framing;

pub mod envelope;

pub mod value;

mod shapes;

pub mod update;

pub mod schema;

pub mod dbfile;

pub mod session;

pub mod memory;

/// What a target does with an input.
pub type Run = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: [(&str, Run); 7] = [
    ("framing", framing::run),
    ("envelope", envelope::run),
    ("value", value::run),
    ("update", update::run),
    ("schema", schema::run),
    ("dbfile", dbfile::run),
    ("session", session::run),
];

/// Splits an input in lines, each an operation: its first byte says which, the rest is its text.
///
/// A line that is not UTF-8 is left out.
fn lines(data: &[u8]) -> impl Iterator<Item = (u8, &str)> {
    data.split(|byte| *byte == b'\n').filter_map(|line| {
        let (&operation, rest) = line.split_first()?;
        Some((operation, std::str::from_utf8(rest).ok()?))
    })
}
