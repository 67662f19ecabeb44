//! Writes OVSDB log records, for files that no server would write.

use std::fmt::Write;

use sha1::{Digest, Sha1};

/// The magic of a standalone log's records.
pub const JSON: &str = "JSON";
/// The magic of a cluster member's.
pub const CLUSTER: &str = "CLUSTER";

/// A record with the header that fits its body.
pub fn record(magic: &str, body: &str) -> Vec<u8> {
    let body = format!("{body}\n");
    let mut record = format!("OVSDB {magic} {} ", body.len());
    for byte in Sha1::digest(body.as_bytes()) {
        let _ = write!(record, "{byte:02x}");
    }
    record.push('\n');
    record.push_str(&body);
    record.into_bytes()
}
