//! The demo: a small recorded cluster inside the program.

use std::sync::{Arc, OnceLock};

use ovsdb_client::dbfile::ReadOptions;

use crate::access::AccessError;
use crate::access::recorded::{decode, gunzip, moments};
use crate::snapshot::{DatabaseRead, Needs, Snapshot};

macro_rules! file {
    ($path:literal) => {
        (
            $path,
            include_bytes!(concat!("../../demo/", $path, ".gz")).as_slice(),
        )
    };
}

/// The demo's database files, compressed; `demo/README.md` says how they were recorded.
const FILES: [(&str, &[u8]); 6] = [
    file!("worker-a/ovnnb_db.db"),
    file!("worker-a/ovnsb_db.db"),
    file!("worker-a/conf.db"),
    file!("worker-b/ovnnb_db.db"),
    file!("worker-b/ovnsb_db.db"),
    file!("worker-b/conf.db"),
];

/// Reads the demo's databases into the snapshot, where they are needed.
pub(super) fn read(needs: &Needs, snapshot: &mut Snapshot) -> Result<(), AccessError> {
    // The files never change, so a program that serves many questions reads them once.
    static READS: [OnceLock<DatabaseRead>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    for ((path, packed), read) in FILES.iter().zip(&READS) {
        let wrong = |cause| AccessError::Recorded {
            path: format!("demo/{path}"),
            cause,
        };
        // Only the rows at the end of the files are kept.
        if needs.moments() != [None] || needs.wants_history() {
            let bytes = gunzip(packed).map_err(|error| wrong(error.into()))?;
            let (reads, gaps) = moments(&Arc::new(bytes), "demo", path, needs).map_err(wrong)?;
            snapshot.databases.extend(reads);
            snapshot.gaps.extend(gaps);
            continue;
        }
        let read = match read.get() {
            Some(read) => read,
            None => {
                let bytes = gunzip(packed).map_err(|error| wrong(error.into()))?;
                let decoded = decode(&bytes, "demo", path, None, &ReadOptions::default());
                let decoded = decoded.map_err(wrong)?;
                read.get_or_init(|| decoded.read)
            }
        };
        if needs.wants(read.database) {
            snapshot.databases.push(read.clone());
        }
    }
    Ok(())
}
