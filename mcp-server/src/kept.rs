//! Kept files: those that went with answers, for a while.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ovn_tools::access::Identity;
use ovn_tools::report::KeptFile;

/// How many files are kept; the oldest goes first.
/// **Default and why**: 16; an investigation looks at a few captures, and again at the last ones.
pub const MAX_FILES: usize = 16;
/// How much they may hold in all, in bytes.
/// **Default and why**: 64 MiB, four of the largest.
pub const MAX_BYTES: usize = 64 << 20;

/// The files that went with the last answers.
///
/// A file's URI is made of its checksum, so whoever was not answered with it cannot name it; where
/// callers have identities, each reads their own alone all the same.
#[derive(Default)]
pub struct Kept {
    files: Mutex<VecDeque<(Owner, KeptFile)>>,
}

/// Who was answered; `None` where everyone sees the same.
type Owner = Option<Identity>;

/// The kept files of one owner.
#[derive(Clone, Copy, Debug)]
pub struct Shelf<'k> {
    kept: &'k Kept,
    owner: Owner,
}

impl Shelf<'_> {
    /// Keeps a file, and no more old ones, whosever they are, than there is room for.
    pub fn keep(self, file: KeptFile) {
        let mut files = self.kept.files();
        files.retain(|(owner, known)| *owner != self.owner || known.uri != file.uri);
        files.push_back((self.owner, file));
        let mut bytes: usize = files.iter().map(|(_, file)| file.content.len()).sum();
        while files.len() > MAX_FILES || (bytes > MAX_BYTES && files.len() > 1) {
            if let Some((_, oldest)) = files.pop_front() {
                bytes -= oldest.content.len();
            }
        }
    }

    /// The file of this URI.
    pub fn find(self, uri: &str) -> Option<KeptFile> {
        let files = self.kept.files();
        let mut own = files.iter().filter(|(owner, _)| *owner == self.owner);
        own.find(|(_, file)| file.uri == uri)
            .map(|(_, file)| file.clone())
    }
}

impl Kept {
    /// The files of one owner.
    pub fn of(&self, owner: Owner) -> Shelf<'_> {
        Shelf { kept: self, owner }
    }

    fn files(&self) -> MutexGuard<'_, VecDeque<(Owner, KeptFile)>> {
        // What was kept is whole at every moment.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Without what is in them.
impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = self.files();
        let uris = files.iter().map(|(_, file)| &file.uri);
        f.debug_list().entries(uris).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ovn_tools::access::Bearer;

    use super::*;

    fn file(name: usize, bytes: usize) -> KeptFile {
        KeptFile {
            uri: format!("ovn://capture/{name}"),
            media_type: "application/x-pcapng",
            content: Arc::new(vec![0; bytes]),
        }
    }

    fn has(kept: Shelf<'_>, name: usize) -> bool {
        kept.find(&file(name, 0).uri).is_some()
    }

    #[test]
    fn the_oldest_files_go_when_there_are_too_many_or_they_are_too_long() {
        let all = Kept::default();
        let kept = all.of(None);
        for name in 0..=MAX_FILES {
            kept.keep(file(name, 1));
        }
        assert!(!has(kept, 0) && has(kept, 1) && has(kept, MAX_FILES));
        // One that is kept again is the newest.
        kept.keep(file(1, 1));
        kept.keep(file(100, MAX_BYTES - 1));
        assert!(has(kept, 1) && has(kept, 100) && !has(kept, 2));
        // The last one stays whatever its length.
        kept.keep(file(101, MAX_BYTES + 1));
        assert!(has(kept, 101) && !has(kept, 100));
    }

    #[test]
    fn nobody_reads_what_another_was_answered() {
        let identity = |token| Bearer::new(token).expect("a token").identity();
        let (alice, bob) = (Some(identity("alice-token")), Some(identity("bob-token")));
        let kept = Kept::default();
        kept.of(alice).keep(file(1, 1));
        assert!(has(kept.of(alice), 1));
        assert!(!has(kept.of(bob), 1) && !has(kept.of(None), 1));
        // The same packets are each one's own.
        kept.of(bob).keep(file(1, 1));
        assert!(has(kept.of(alice), 1) && has(kept.of(bob), 1));
    }
}
