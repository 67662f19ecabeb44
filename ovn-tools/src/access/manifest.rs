//! Manifests: what a recording made by `ovnscope record` says of itself.
//!
//! A recording is a folder, or the same folder packed, of standalone OVSDB files and one
//! [`MANIFEST_FILE`] beside them:
//!
//! ```json
//! {
//!   "ovnscope_recording": 1,
//!   "recorded_at": "2026-11-21T09:00:00Z",
//!   "databases": [
//!     {
//!       "path": "worker-a/ovnnb_db.db",
//!       "node": "worker-a",
//!       "database": "nb",
//!       "schema_version": "7.11.0",
//!       "source": "unix:/var/run/ovn/ovnnb_db.sock",
//!       "moment": "2026-11-21T09:00:00Z",
//!       "transactions": 1,
//!       "redacted": false
//!     }
//!   ]
//! }
//! ```

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::database::Database;

/// The name of the manifest's file in the recording's folder.
pub const MANIFEST_FILE: &str = "manifest.json";

/// The form of recording that is written, and the only one that is read.
const FORM: u32 = 1;

/// What a recording says of itself. Members that are not known are passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form; what tells a manifest from any other JSON.
    ovnscope_recording: u32,
    /// When the recording was begun.
    pub recorded_at: Timestamp,
    /// The database files, ascending by path.
    pub databases: Vec<DatabaseRecorded>,
    /// What was replaced; `None` where nothing was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub redactions: Option<Redactions>,
}

/// One database file of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseRecorded {
    /// Where the file is, from the recording's folder; with `/` and never leading out of it.
    pub path: String,
    /// The node (zone, chassis or host) that it belongs to; `None` where nothing told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// Which database it is.
    pub database: Database,
    /// The version of its schema.
    pub schema_version: String,
    /// The source that it was read from, in the notation of `--source`; of a redacted recording
    /// only its kind.
    pub source: String,
    /// When its first rows were read, or of a recorded source when they were last written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moment: Option<Timestamp>,
    /// How many transactions the file holds: one with all rows, and one for each batch of changes
    /// that was followed.
    pub transactions: u64,
    /// Whether names and addresses in it were replaced.
    pub redacted: bool,
}

/// What was replaced in a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redactions {
    /// How many different names.
    pub names: u64,
    /// How many different IP addresses.
    pub ip_addresses: u64,
    /// How many different MAC addresses.
    pub mac_addresses: u64,
    /// What stays as it was, in words.
    pub kept: Vec<String>,
}

/// Bytes are no manifest of a recording. The recording is at fault.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// They are no JSON of a manifest.
    #[error("{MANIFEST_FILE} is no manifest of a recording")]
    Json(#[from] serde_json::Error),
    /// A later version of ovnscope wrote it.
    #[error("{MANIFEST_FILE} is of form {0}; this version reads form {FORM}")]
    Form(u32),
    /// A path leads out of the recording's folder.
    #[error("{MANIFEST_FILE} names a file outside the recording: {0:?}")]
    Path(String),
}

impl Manifest {
    /// A manifest of these databases.
    pub fn new(
        recorded_at: Timestamp,
        databases: Vec<DatabaseRecorded>,
        redactions: Option<Redactions>,
    ) -> Self {
        let mut manifest = Self {
            ovnscope_recording: FORM,
            recorded_at,
            databases,
            redactions,
        };
        manifest.databases.sort_by(|a, b| a.path.cmp(&b.path));
        manifest
    }

    /// Reads the content of a [`MANIFEST_FILE`].
    ///
    /// # Errors
    /// [`ManifestError`] as its variants say.
    pub fn read(bytes: &[u8]) -> Result<Self, ManifestError> {
        /// What every form has.
        #[derive(Deserialize)]
        struct Form {
            ovnscope_recording: u32,
        }
        let form: Form = serde_json::from_slice(bytes)?;
        if form.ovnscope_recording != FORM {
            return Err(ManifestError::Form(form.ovnscope_recording));
        }
        let manifest: Self = serde_json::from_slice(bytes)?;
        let outside = |path: &str| {
            let mut parts = path.split('/');
            path.contains('\\') || parts.any(|part| matches!(part, "" | "." | ".."))
        };
        match manifest.databases.iter().find(|file| outside(&file.path)) {
            Some(file) => Err(ManifestError::Path(file.path.clone())),
            None => Ok(manifest),
        }
    }

    /// The content of a [`MANIFEST_FILE`]: JSON for people too, with a line feed at its end.
    ///
    /// # Errors
    /// [`ManifestError::Json`] when a text has no JSON form.
    pub fn write(&self) -> Result<Vec<u8>, ManifestError> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let file = |path: &str, node: Option<&str>, database| DatabaseRecorded {
            path: path.to_owned(),
            node: node.map(str::to_owned),
            database,
            schema_version: "7.11.0".to_owned(),
            source: "unix:/run/db.sock".to_owned(),
            moment: Some(Timestamp::UNIX_EPOCH),
            transactions: 3,
            redacted: true,
        };
        Manifest::new(
            Timestamp::UNIX_EPOCH,
            vec![
                file("worker-a/ovnsb_db.db", Some("worker-a"), Database::Sb),
                file("ovnnb_db.db", None, Database::Nb),
            ],
            Some(Redactions {
                names: 2,
                ..Redactions::default()
            }),
        )
    }

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let bytes = manifest().write().expect("JSON");
        assert_eq!(Manifest::read(&bytes).expect("a manifest"), manifest());
        insta::assert_snapshot!(String::from_utf8_lossy(&bytes), @r#"
        {
          "ovnscope_recording": 1,
          "recorded_at": "1970-01-01T00:00:00Z",
          "databases": [
            {
              "path": "ovnnb_db.db",
              "database": "nb",
              "schema_version": "7.11.0",
              "source": "unix:/run/db.sock",
              "moment": "1970-01-01T00:00:00Z",
              "transactions": 3,
              "redacted": true
            },
            {
              "path": "worker-a/ovnsb_db.db",
              "node": "worker-a",
              "database": "sb",
              "schema_version": "7.11.0",
              "source": "unix:/run/db.sock",
              "moment": "1970-01-01T00:00:00Z",
              "transactions": 3,
              "redacted": true
            }
          ],
          "redactions": {
            "names": 2,
            "ip_addresses": 0,
            "mac_addresses": 0,
            "kept": []
          }
        }
        "#);
    }

    #[test]
    fn what_is_no_manifest_is_an_error_that_says_so() {
        let text = String::from_utf8(manifest().write().expect("JSON")).expect("UTF-8");
        let read = |text: &str| match Manifest::read(text.as_bytes()) {
            Ok(_) => "fine".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(
            read(&text.replacen('1', "2", 1)),
            "manifest.json is of form 2; this version reads form 1"
        );
        for path in [
            "../ovnnb_db.db",
            "/etc/passwd",
            "a//b",
            "a/../b",
            ".",
            "a\\\\b",
        ] {
            let text = text.replace("\"ovnnb_db.db", &format!("\"{path}"));
            assert!(
                read(&text).contains("outside the recording"),
                "{path}: {}",
                read(&text)
            );
        }
        for text in ["", "{}", "[]", "{\"ovnscope_recording\": 1}", "null"] {
            assert_eq!(read(text), "manifest.json is no manifest of a recording");
        }
        let more = text.replacen('{', "{\"later\": true, ", 1);
        assert_eq!(read(&more), "fine", "what is not known is passed over");
    }
}
