//! What is listed of each recording.

use ovsdb_client::dbfile::FileKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::Origin;
use crate::tool::transaction_list::listed::time;

/// One database's recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordingListed {
    /// Where it is.
    #[serde(flatten)]
    pub origin: Origin,
    /// `standalone`, `clustered` or `dump`.
    pub kind: String,
    /// How many transactions it holds.
    pub transactions: usize,
    /// When the first one with a date was written (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first: Option<String>,
    /// When the last one with a date was written (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last: Option<String>,
    /// What of the file was passed over.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub damages: Vec<String>,
}

impl RecordingListed {
    /// A recording of which nothing was read yet.
    pub(super) fn new(origin: Origin, kind: FileKind) -> Self {
        let kind = match kind {
            FileKind::Standalone => "standalone",
            FileKind::Clustered => "clustered",
            FileKind::Dump => "dump",
            _ => "other",
        };
        Self {
            origin,
            kind: kind.to_owned(),
            transactions: 0,
            first: None,
            last: None,
            damages: Vec::new(),
        }
    }

    /// Counts a transaction of this date.
    pub(super) fn note(&mut self, date: Option<i64>) {
        self.transactions += 1;
        if let Some(text) = date.and_then(time) {
            if self.first.is_none() {
                self.first = Some(text.clone());
            }
            self.last = Some(text);
        }
    }
}
