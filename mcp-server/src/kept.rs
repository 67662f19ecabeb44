//! Kept files: those that went with answers, for a while.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ovn_tools::report::KeptFile;

/// How many files are kept; the oldest goes first.
/// **Default and why**: 16; an investigation looks at a few captures, and again at the last ones.
pub const MAX_FILES: usize = 16;
/// How much they may hold in all, in bytes.
/// **Default and why**: 64 MiB, four of the largest.
pub const MAX_BYTES: usize = 64 << 20;

/// The files that went with the last answers.
///
/// A file's URI is made of its checksum, so whoever was not answered with it cannot name it.
#[derive(Default)]
pub struct Kept {
    files: Mutex<VecDeque<KeptFile>>,
}

impl Kept {
    /// Keeps a file, and no more old ones than there is room for.
    pub fn keep(&self, file: KeptFile) {
        let mut files = self.files();
        files.retain(|known| known.uri != file.uri);
        files.push_back(file);
        let mut bytes: usize = files.iter().map(|file| file.content.len()).sum();
        while files.len() > MAX_FILES || (bytes > MAX_BYTES && files.len() > 1) {
            if let Some(oldest) = files.pop_front() {
                bytes -= oldest.content.len();
            }
        }
    }

    /// The file of this URI.
    pub fn find(&self, uri: &str) -> Option<KeptFile> {
        let files = self.files();
        files.iter().find(|file| file.uri == uri).cloned()
    }

    fn files(&self) -> MutexGuard<'_, VecDeque<KeptFile>> {
        // What was kept is whole at every moment.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Without what is in them.
impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = self.files();
        let uris = files.iter().map(|file| &file.uri);
        f.debug_list().entries(uris).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn file(name: usize, bytes: usize) -> KeptFile {
        KeptFile {
            uri: format!("ovn://capture/{name}"),
            media_type: "application/x-pcapng",
            content: Arc::new(vec![0; bytes]),
        }
    }

    fn has(kept: &Kept, name: usize) -> bool {
        kept.find(&file(name, 0).uri).is_some()
    }

    #[test]
    fn the_oldest_files_go_when_there_are_too_many_or_they_are_too_long() {
        let kept = Kept::default();
        for name in 0..=MAX_FILES {
            kept.keep(file(name, 1));
        }
        assert!(!has(&kept, 0) && has(&kept, 1) && has(&kept, MAX_FILES));
        // One that is kept again is the newest.
        kept.keep(file(1, 1));
        kept.keep(file(100, MAX_BYTES - 1));
        assert!(has(&kept, 1) && has(&kept, 100) && !has(&kept, 2));
        // The last one stays whatever its length.
        kept.keep(file(101, MAX_BYTES + 1));
        assert!(has(&kept, 101) && !has(&kept, 100));
    }
}
