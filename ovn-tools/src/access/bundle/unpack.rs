//! Unpacking: the plain bytes of a compressed stream, within limits.

mod zstd;

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;

use crate::access::bundle::content::Packing;
use crate::access::bundle::limit::{Bytes, LimitError, MAX_DICTIONARY, MAX_RATIO, Meter};
use crate::access::bundle::unpack::zstd::ZstdReader;

/// How much is unpacked ahead.
/// **Default and why**: 64 KiB; more brings nothing.
pub(crate) const BUFFER: usize = 64 << 10;

/// Unpacks a stream.
///
/// What is wrong with it shows while it is read: the error says so, and every later read gives it
/// again, for a decompressor that failed once cannot go on.
pub(crate) fn unpack<'r>(
    packing: Packing,
    packed: impl Read + 'r,
    meter: &'r Meter,
) -> impl BufRead + 'r {
    let taken = Rc::new(Cell::new(0));
    let packed = Counted {
        inner: BufReader::with_capacity(BUFFER, packed),
        taken: Rc::clone(&taken),
    };
    let plain: Box<dyn Read + 'r> = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(packed)),
        Packing::Xz => {
            let kibibytes = u32::try_from(MAX_DICTIONARY >> 10).unwrap_or(u32::MAX);
            Box::new(XzReader::new_mem_limit(packed, true, kibibytes))
        }
        Packing::Zstd => Box::new(ZstdReader::new(packed)),
    };
    BufReader::with_capacity(
        BUFFER,
        Guarded {
            plain,
            taken,
            given: 0,
            meter,
            failed: None,
        },
    )
}

/// Counts what a decompressor takes.
struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    fn count(&self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.taken.set(self.taken.get().saturating_add(bytes));
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.count(amount);
        self.inner.consume(amount);
    }
}

/// Holds a decompressor to the limits, and to its first error.
struct Guarded<'r> {
    plain: Box<dyn Read + 'r>,
    taken: Rc<Cell<u64>>,
    given: u64,
    meter: &'r Meter,
    failed: Option<Failure>,
}

/// An error that can be given again.
#[derive(Clone)]
enum Failure {
    Limit(LimitError),
    Other(io::ErrorKind, String),
}

impl Guarded<'_> {
    fn count(&mut self, bytes: usize) -> Result<(), LimitError> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.meter.unpacked(bytes)?;
        self.given = self.given.saturating_add(bytes);
        let most = self.taken.get().saturating_mul(MAX_RATIO);
        if self.given > self.meter.limits.ratio_from && self.given > most {
            return Err(LimitError::Ratio);
        }
        Ok(())
    }
}

impl Read for Guarded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(failure) = &self.failed {
            return Err(failure.error());
        }
        let outcome = self.plain.read(buffer);
        let failure = match outcome {
            Ok(read) => match self.count(read) {
                Ok(()) => return Ok(read),
                Err(limit) => Failure::Limit(limit),
            },
            // A read that was interrupted may be tried again.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => Failure::of(&error),
        };
        let error = failure.error();
        self.failed = Some(failure);
        Err(error)
    }
}

impl Failure {
    fn of(error: &io::Error) -> Self {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
        match inner {
            Some(limit) => Self::Limit(*limit),
            None => Self::Other(error.kind(), explain(error)),
        }
    }

    fn error(&self) -> io::Error {
        match self {
            Self::Limit(limit) => (*limit).into(),
            Self::Other(kind, text) => io::Error::new(*kind, text.clone()),
        }
    }
}

/// What is wrong with a packed file, in words: decompressors say little of files that end early.
fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the packed file ends early: it was cut off".to_owned(),
        io::ErrorKind::OutOfMemory => format!(
            "the packed file asks for more than {} of memory to be unpacked",
            Bytes(MAX_DICTIONARY)
        ),
        _ => format!("the packed file is damaged: {error}"),
    }
}

#[cfg(test)]
mod tests;
