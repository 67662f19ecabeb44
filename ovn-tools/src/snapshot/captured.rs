//! What was captured, and what ended it.

use std::sync::Arc;

use crate::command::{Capture, DropTrace};

/// Packets that were captured beside a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptureRead {
    /// The database, by its place among those of the snapshot, on whose node it was.
    pub database: usize,
    /// What was asked for.
    pub capture: Capture,
    /// What was captured.
    pub captured: Captured,
}

/// What came of tracing the drops on the node of a database.
///
/// That one program does not run is no gap while another one may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropsRead {
    /// The database, by its place among those of the snapshot.
    pub database: usize,
    /// What was asked for.
    pub trace: DropTrace,
    /// What the program printed, or why it does not run there.
    pub outcome: Result<Captured, String>,
}

/// What a program captured until it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// The capture as the program wrote it, as far as it came.
    pub bytes: Arc<Vec<u8>>,
    /// What the program said of it, such as how many packets it lost.
    pub notes: String,
    /// What ended it.
    pub end: CaptureEnd,
}

/// What ended a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaptureEnd {
    /// The number of packets.
    Packets,
    /// The time.
    Time,
    /// The number of bytes.
    Bytes,
    /// It broke off; what came until then is there.
    Broken(String),
}
