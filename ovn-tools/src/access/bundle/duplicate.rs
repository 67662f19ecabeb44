//! Duplicates: the same content at several places, read once.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::access::bundle::found::{Found, Hash, Kept};
use crate::access::bundle::limit::Meter;
use crate::access::bundle::parallel::each;
use crate::access::bundle::unpack::BUFFER;

/// Leaves one of each content, the first; it learns of its copies.
///
/// Files whose size no other has are not read for it.
pub(crate) fn merge(databases: Vec<Found>, meter: &Meter) -> Vec<Found> {
    let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
    for found in &databases {
        *sizes.entry(found.size).or_default() += 1;
    }
    let hashes = each(&databases, |found| {
        match (&found.hash, &found.content) {
            (Some(hash), _) => Some(*hash),
            // A file that cannot be read says so when it is.
            (None, Kept::File) if sizes.get(&found.size).is_some_and(|count| *count > 1) => {
                hash(&found.path, meter).ok()
            }
            (None, _) => None,
        }
    });
    let mut known: BTreeMap<Hash, usize> = BTreeMap::new();
    let mut left: Vec<Found> = Vec::with_capacity(databases.len());
    for (mut found, hash) in databases.into_iter().zip(hashes) {
        found.hash = hash;
        let first = hash.and_then(|hash| known.get(&hash)).copied();
        match first.and_then(|at| left.get_mut(at)) {
            Some(first) => first.copies.push(found.place),
            None => {
                if let Some(hash) = hash {
                    known.insert(hash, left.len());
                }
                left.push(found);
            }
        }
    }
    left
}

fn hash(path: &Path, meter: &Meter) -> io::Result<Hash> {
    let mut hasher = Sha256::new();
    let mut file = BufReader::with_capacity(BUFFER, File::open(path)?);
    loop {
        meter.check()?;
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hasher.finalize().into());
        }
        hasher.update(bytes);
        let read = bytes.len();
        file.consume(read);
    }
}
