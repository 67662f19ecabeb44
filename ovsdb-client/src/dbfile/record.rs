//! Records: the length- and checksum-guarded entries that every OVSDB log is made of.
//!
//! **Source**: ovsdb(5), "File Format": `OVSDB <magic> <length> <sha1>\n` and so many bytes.

use std::fmt;

use memchr::memmem;
use sha1::{Digest, Sha1};
use thiserror::Error;

/// The longest header line.
/// **Default and why**: 127 bytes with the line feed, as ovsdb-server reads it.
const MAX_HEADER: usize = 127;

/// What every header begins with.
const LEAD: &[u8] = b"OVSDB ";

/// How many times the file's size the searches for sound records may hash.
/// **Default and why**: 64; headers that damage left whole claim each record once, and only a file
/// made to waste time claims more.
const SEARCH_EFFORT: usize = 64;

/// What kind of log a record belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Magic {
    /// A standalone (or active-backup) database.
    Json,
    /// A member of a clustered database.
    Cluster,
}

/// One sound record.
#[derive(Clone, Copy, Debug)]
pub struct Record<'f> {
    /// How many sound records stand before it.
    pub number: usize,
    /// Where its header begins, in bytes from the start of the file.
    pub offset: usize,
    /// Where its body ends.
    pub end: usize,
    /// The kind of log.
    pub magic: Magic,
    /// The body, a JSON object.
    pub body: &'f str,
}

/// A record is damaged. The file is at fault from `offset` on; what stands before is sound.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("record {number} at byte {offset}: {problem}")]
pub struct RecordError {
    /// How many sound records stand before it.
    pub number: usize,
    /// Where it begins.
    pub offset: usize,
    /// What is wrong with it.
    pub problem: RecordProblem,
}

/// What is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordProblem {
    /// No header line.
    Header,
    /// The header is one of the other kind of log.
    Magic,
    /// Fewer bytes than the header says.
    Truncated {
        /// The bytes the header says.
        expected: usize,
        /// The bytes there are.
        found: usize,
    },
    /// The checksum is another.
    Checksum,
    /// The body is not UTF-8.
    Encoding,
}

impl fmt::Display for RecordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header => f.write_str("no record header stands here"),
            Self::Magic => f.write_str("the header is one of another kind of log"),
            Self::Truncated { expected, found } => write!(
                f,
                "the file ends within the record: {found} of {expected} bytes are there"
            ),
            Self::Checksum => f.write_str("the checksum does not fit the record"),
            Self::Encoding => f.write_str("the record is not UTF-8"),
        }
    }
}

/// Reads the records of a file one after the other; ends after the first damaged one, unless it is
/// told to [go on](Records::resume).
///
/// A header's length is compared with what is there before anything is done with it: a damaged one
/// costs nothing.
#[derive(Clone, Debug)]
pub struct Records<'f> {
    bytes: &'f [u8],
    offset: usize,
    number: usize,
    magic: Option<Magic>,
    /// Where the search for the next sound record begins after damage.
    resume: usize,
    /// How many bytes the searches may still hash.
    effort: usize,
    /// Whether the checksums are looked at.
    checked: bool,
}

impl<'f> Records<'f> {
    /// The records of a file's content.
    pub fn new(bytes: &'f [u8]) -> Self {
        Self {
            bytes,
            offset: 0,
            number: 0,
            magic: Self::recognise(bytes),
            resume: bytes.len(),
            effort: bytes.len().saturating_mul(SEARCH_EFFORT),
            checked: true,
        }
    }

    /// The records of a file's content, their checksums not looked at.
    pub(crate) fn unchecked(bytes: &'f [u8]) -> Self {
        Self {
            checked: false,
            ..Self::new(bytes)
        }
    }

    /// Whether the content begins as an OVSDB log does.
    pub fn recognise(bytes: &[u8]) -> Option<Magic> {
        let header = Header::parse(bytes)?;
        parse_sha1(header.sha1).map(|_| header.magic)
    }

    /// After damage, goes on at the next place where a header stands whose checksum fits what
    /// follows it; gives that place, `None` where there is none.
    ///
    /// Without damage it stays where it is.
    pub fn resume(&mut self) -> Option<usize> {
        let mut from = self.resume;
        while let Some(found) = memmem::find(self.bytes.get(from..)?, LEAD) {
            let at = from + found;
            let length = Header::parse(&self.bytes[at..]).map_or(0, |header| header.length);
            self.effort = self.effort.checked_sub(length.min(self.bytes.len() - at))?;
            if self.read(at, true).is_ok() {
                self.offset = at;
                self.resume = self.bytes.len();
                return Some(at);
            }
            from = at + 1;
        }
        None
    }

    /// Whether the file ends within the damaged record: what is there may be the beginning of a
    /// sound one, and no sound one follows.
    pub(crate) fn is_unfinished(&mut self, error: &RecordError) -> bool {
        let rest = self.bytes.get(error.offset..).unwrap_or_default();
        let begun = match error.problem {
            RecordProblem::Truncated { .. } => true,
            RecordProblem::Header => is_begun_header(rest),
            _ => false,
        };
        begun && self.resume().is_none()
    }

    fn read(&self, offset: usize, checked: bool) -> Result<Record<'f>, RecordProblem> {
        let rest = &self.bytes[offset..];
        let header = Header::parse(rest).ok_or(RecordProblem::Header)?;
        let sha1 = match checked {
            true => Some(parse_sha1(header.sha1).ok_or(RecordProblem::Header)?),
            false => None,
        };
        if self.magic.is_some_and(|magic| magic != header.magic) {
            return Err(RecordProblem::Magic);
        }
        let body = &rest[header.bytes..];
        let Some(body) = body.get(..header.length) else {
            return Err(RecordProblem::Truncated {
                expected: header.length,
                found: body.len(),
            });
        };
        if sha1.is_some_and(|sha1| Sha1::digest(body).as_slice() != sha1) {
            return Err(RecordProblem::Checksum);
        }
        Ok(Record {
            number: self.number,
            offset,
            end: offset + header.bytes + header.length,
            magic: header.magic,
            body: std::str::from_utf8(body).map_err(|_| RecordProblem::Encoding)?,
        })
    }
}

impl<'f> Iterator for Records<'f> {
    type Item = Result<Record<'f>, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.offset >= self.bytes.len() {
            return None;
        }
        match self.read(self.offset, self.checked) {
            Ok(record) => {
                self.offset = record.end;
                self.number += 1;
                self.magic = Some(record.magic);
                Some(Ok(record))
            }
            Err(problem) => {
                let error = RecordError {
                    number: self.number,
                    offset: self.offset,
                    problem,
                };
                self.resume = self.offset + 1;
                self.offset = self.bytes.len();
                Some(Err(error))
            }
        }
    }
}

/// Checks every record of a file: header, length, checksum and encoding. Gives how many there are.
///
/// What [`Checksums::Elsewhere`](crate::dbfile::Checksums) leaves to do.
///
/// # Errors
/// [`RecordError`] of the first one that is damaged.
pub fn check(bytes: &[u8]) -> Result<usize, RecordError> {
    let mut count = 0;
    for record in Records::new(bytes) {
        record?;
        count += 1;
    }
    Ok(count)
}

/// A header, of which the checksum is still a word.
struct Header<'f> {
    magic: Magic,
    length: usize,
    sha1: &'f [u8],
    /// Its own length with the line feed.
    bytes: usize,
}

impl<'f> Header<'f> {
    fn parse(bytes: &'f [u8]) -> Option<Self> {
        let line = &bytes[..bytes.len().min(MAX_HEADER)];
        let end = memchr::memchr(b'\n', line)?;
        let words = line[..end].strip_prefix(LEAD)?;
        let (magic, words) = if let Some(words) = words.strip_prefix(b"JSON ") {
            (Magic::Json, words)
        } else {
            (Magic::Cluster, words.strip_prefix(b"CLUSTER ")?)
        };
        let mut length = 0usize;
        let digits = words
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        for digit in &words[..digits] {
            length = length
                .checked_mul(10)?
                .checked_add(usize::from(digit - b'0'))?;
        }
        let sha1 = words[digits..].strip_prefix(b" ")?;
        (length > 0 && sha1.len() == SHA1_DIGITS).then_some(Self {
            magic,
            length,
            sha1,
            bytes: end + 1,
        })
    }
}

/// How many digits a checksum is written with.
const SHA1_DIGITS: usize = 40;

/// Whether a header line may begin so.
fn is_begun_header(bytes: &[u8]) -> bool {
    let leads = [&b"OVSDB JSON "[..], b"OVSDB CLUSTER "];
    let begins = |lead: &[u8]| match bytes.strip_prefix(lead) {
        Some(words) => {
            let is_length = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
            let is_sha1 =
                |word: &[u8]| word.len() <= SHA1_DIGITS && word.iter().all(u8::is_ascii_hexdigit);
            let mut words = words.split(|byte| *byte == b' ');
            words.next().is_some_and(is_length)
                && words.next().is_none_or(is_sha1)
                && words.next().is_none()
        }
        None => lead.starts_with(bytes),
    };
    bytes.len() < MAX_HEADER && leads.into_iter().any(begins)
}

fn parse_sha1(text: &[u8]) -> Option<[u8; 20]> {
    /// What each byte is as a digit; beyond 15 for none.
    const DIGITS: [u8; 256] = {
        let mut digits = [u8::MAX; 256];
        let mut digit = 0;
        while digit < 16 {
            digits[b"0123456789abcdef"[digit as usize] as usize] = digit;
            digits[b"0123456789ABCDEF"[digit as usize] as usize] = digit;
            digit += 1;
        }
        digits
    };
    let (pairs, []) = text.as_chunks() else {
        return None;
    };
    let mut sha1 = [0; 20];
    if pairs.len() != sha1.len() {
        return None;
    }
    let mut all = 0;
    for (byte, &[high, low]) in sha1.iter_mut().zip(pairs) {
        let (high, low) = (DIGITS[usize::from(high)], DIGITS[usize::from(low)]);
        all |= high | low;
        *byte = high << 4 | (low & 15);
    }
    (all < 16).then_some(sha1)
}

#[cfg(test)]
pub(crate) mod tests;
