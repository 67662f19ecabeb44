//! Limits: how much a bundle may make the program do, whatever it claims to hold.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use thiserror::Error;

const MEBIBYTE: u64 = 1 << 20;
const GIBIBYTE: u64 = 1 << 30;

/// The most files and archive members that are looked at.
/// **Default and why**: 1 000 000; the largest must-gathers hold some 200 000.
pub const MAX_FILES: u64 = 1_000_000;
/// The most bytes that are unpacked while a bundle is opened, and again while it is read.
/// **Default and why**: 64 GiB, some minutes of work; unpacking costs time and no memory.
pub const MAX_UNPACKED: u64 = 64 * GIBIBYTE;
/// How many times its packed size a packed file may unpack to, once it has given
/// [`RATIO_COUNTS_FROM`].
/// **Default and why**: 250; databases pack some 30 times and logs 100 times, only what was made
/// to exhaust its reader packs better.
pub const MAX_RATIO: u64 = 250;
/// How many unpacked bytes there must be before [`MAX_RATIO`] counts.
/// **Default and why**: 256 MiB; small files may be as empty as they like.
pub const RATIO_COUNTS_FROM: u64 = 256 * MEBIBYTE;
/// The largest database that is read.
/// **Default and why**: 2 GiB; it is held in memory, and the largest databases seen are a few
/// hundred MiB.
pub const MAX_DATABASE: u64 = 2 * GIBIBYTE;
/// The most bytes of unpacked databases that opening keeps for reading.
/// **Default and why**: 256 MiB, so that most archives are unpacked once; what is beyond is
/// unpacked again when it is read.
pub const MAX_KEPT: u64 = 256 * MEBIBYTE;
/// The most layers around a file, each archive and each compression being one.
/// **Default and why**: 8; a must-gather in a support case takes 6.
pub const MAX_DEPTH: usize = 8;
/// The most memory that one decompressor may ask for.
/// **Default and why**: 128 MiB; `xz -9` asks for 65 and `zstd --long` for 128.
pub const MAX_DICTIONARY: u64 = 128 * MEBIBYTE;
/// The longest extended header of an archive member, which holds its long name.
/// **Default and why**: 64 KiB; paths have at most 4 KiB.
pub const MAX_EXTENSION: u64 = 64 << 10;
/// The largest file that is read for what it tells of nodes and pods.
/// **Default and why**: 4 MiB; the YAML of a pod has some 50 KiB, a manifest of ovnscope some 200
/// bytes a database.
pub const MAX_HINT: u64 = 4 * MEBIBYTE;
/// The most problems that are stated one by one.
/// **Default and why**: 50; more would bury the answer.
pub const MAX_PROBLEMS: usize = 50;
/// The most command outputs and logs that are noted.
/// **Default and why**: 100 000; some 200 bytes each.
pub(crate) const MAX_NOTED: usize = 100_000;

/// The limits of one opening. The default is the constants; tests set smaller ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) files: u64,
    pub(crate) unpacked: u64,
    pub(crate) ratio_from: u64,
    pub(crate) database: u64,
    pub(crate) kept: u64,
    pub(crate) depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            files: MAX_FILES,
            unpacked: MAX_UNPACKED,
            ratio_from: RATIO_COUNTS_FROM,
            database: MAX_DATABASE,
            kept: MAX_KEPT,
            depth: MAX_DEPTH,
        }
    }
}

/// A bundle goes beyond a limit. The bundle is at fault, or else too large for this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LimitError {
    /// Too many files.
    #[error("there are more than {0} files; the rest is not looked at")]
    Files(u64),
    /// Too many bytes.
    #[error("more than {} are unpacked; the rest is not looked at", Bytes(*.0))]
    Unpacked(u64),
    /// Too good a compression.
    #[error("it unpacks to more than {MAX_RATIO} times its size, which no recording does")]
    Ratio,
    /// Too large a database.
    #[error("it is larger than {}, the most that is read of one database", Bytes(*.0))]
    Database(u64),
    /// Too large a file of objects.
    #[error("it is larger than {}, the most that is read of one file of objects", Bytes(*.0))]
    Objects(u64),
    /// Too many layers.
    #[error("it is packed more than {0} times over")]
    Depth(usize),
    /// Too long an extended header.
    #[error("a member's extended header is longer than {}", Bytes(MAX_EXTENSION))]
    Extension,
    /// Nobody waits for the answer any more.
    #[error("reading was broken off")]
    Cancelled,
}

impl From<LimitError> for io::Error {
    fn from(error: LimitError) -> Self {
        Self::other(error)
    }
}

impl LimitError {
    /// Whether it ends the whole opening rather than the reading of one file.
    pub(crate) fn is_final(error: &io::Error) -> bool {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
        matches!(
            inner,
            Some(Self::Files(_) | Self::Unpacked(_) | Self::Cancelled)
        )
    }
}

/// A number of bytes, in words: `64 GiB`, `1.5 MiB`, `17 bytes`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bytes(pub(crate) u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(GIBIBYTE, "GiB"), (MEBIBYTE, "MiB"), (1 << 10, "KiB")];
        match units.into_iter().find(|(unit, _)| self.0 >= *unit) {
            Some((unit, name)) => {
                // Less than a unit, of which the largest is 2³⁰, so that nothing overflows.
                match (self.0 / unit, self.0 % unit * 10 / unit) {
                    (whole, 0) => write!(f, "{whole} {name}"),
                    (whole, tenths) => write!(f, "{whole}.{tenths} {name}"),
                }
            }
            None => write!(f, "{} bytes", self.0),
        }
    }
}

/// What a bundle has cost so far. All threads that look at it share one.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    pub(crate) limits: Limits,
    files: AtomicU64,
    unpacked: AtomicU64,
    kept: AtomicU64,
    cancelled: Arc<AtomicBool>,
    told: AtomicBool,
}

impl Meter {
    #[cfg(test)]
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// A meter that begins to count anew, and is cancelled with this one.
    pub(crate) fn anew(&self) -> Self {
        Self {
            limits: self.limits,
            cancelled: Arc::clone(&self.cancelled),
            ..Self::default()
        }
    }

    /// Counts a file or an archive member.
    pub(crate) fn file(&self) -> Result<(), LimitError> {
        self.check()?;
        let files = self.files.fetch_add(1, Ordering::Relaxed);
        if files >= self.limits.files {
            return Err(LimitError::Files(self.limits.files));
        }
        Ok(())
    }

    /// Counts unpacked bytes.
    pub(crate) fn unpacked(&self, bytes: u64) -> Result<(), LimitError> {
        self.check()?;
        let unpacked = self.unpacked.fetch_add(bytes, Ordering::Relaxed);
        if unpacked.saturating_add(bytes) > self.limits.unpacked {
            return Err(LimitError::Unpacked(self.limits.unpacked));
        }
        Ok(())
    }

    /// Whether so many bytes may be kept in memory; counts them if so.
    pub(crate) fn keep(&self, bytes: u64) -> bool {
        let fits = |kept: u64| {
            let kept = kept.checked_add(bytes)?;
            (kept <= self.limits.kept).then_some(kept)
        };
        self.kept
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits)
            .is_ok()
    }

    /// Whether nobody has been told yet that a limit ended everything; somebody is from now on.
    pub(crate) fn tell(&self) -> bool {
        !self.told.swap(true, Ordering::Relaxed)
    }

    /// How many bytes were unpacked.
    pub(crate) fn bytes(&self) -> u64 {
        self.unpacked.load(Ordering::Relaxed)
    }

    /// How many files were counted.
    pub(crate) fn files(&self) -> u64 {
        self.files.load(Ordering::Relaxed).min(self.limits.files)
    }

    /// Ends all reading soon.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    pub(crate) fn check(&self) -> Result<(), LimitError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(LimitError::Cancelled);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_bytes_read_well() {
        let words = [17, 1 << 10, 1536, 25 * MEBIBYTE, 64 * GIBIBYTE, u64::MAX]
            .map(|bytes| Bytes(bytes).to_string());
        insta::assert_snapshot!(
            words.join(", "),
            @"17 bytes, 1 KiB, 1.5 KiB, 25 MiB, 64 GiB, 17179869183.9 GiB"
        );
    }

    #[test]
    fn what_is_kept_never_exceeds_its_limit() {
        let meter = Meter::new(Limits {
            kept: 10,
            ..Limits::default()
        });
        assert!(meter.keep(6));
        assert!(!meter.keep(5));
        assert!(!meter.keep(u64::MAX));
        assert!(meter.keep(4));
        assert!(!meter.keep(1));
    }

    #[test]
    fn a_meter_that_counts_anew_is_cancelled_with_the_first() {
        let first = Meter::new(Limits {
            files: 1,
            ..Limits::default()
        });
        assert_eq!(first.file(), Ok(()));
        assert_eq!(first.file(), Err(LimitError::Files(1)));
        let second = first.anew();
        assert_eq!(second.file(), Ok(()));
        first.cancel();
        assert_eq!(second.check(), Err(LimitError::Cancelled));
    }
}
