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
        }
    }

    /// Whether the content begins as an OVSDB log does.
    pub fn recognise(bytes: &[u8]) -> Option<Magic> {
        Header::parse(bytes).map(|header| header.magic)
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
            if self.read(at).is_ok() {
                self.offset = at;
                self.resume = self.bytes.len();
                return Some(at);
            }
            from = at + 1;
        }
        None
    }

    fn read(&self, offset: usize) -> Result<Record<'f>, RecordProblem> {
        let rest = &self.bytes[offset..];
        let header = Header::parse(rest).ok_or(RecordProblem::Header)?;
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
        if Sha1::digest(body).as_slice() != header.sha1 {
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
        match self.read(self.offset) {
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

struct Header {
    magic: Magic,
    length: usize,
    sha1: [u8; 20],
    /// Its own length with the line feed.
    bytes: usize,
}

impl Header {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let line = &bytes[..bytes.len().min(MAX_HEADER)];
        let end = memchr::memchr(b'\n', line)?;
        let line = std::str::from_utf8(&line[..end]).ok()?;
        let mut words = line.strip_prefix("OVSDB ")?.split(' ');
        let (magic, length, sha1) = (words.next()?, words.next()?, words.next()?);
        let magic = match magic {
            "JSON" => Magic::Json,
            "CLUSTER" => Magic::Cluster,
            _ => return None,
        };
        if words.next().is_some() || !length.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some(Self {
            magic,
            length: length.parse().ok().filter(|&length| length > 0)?,
            sha1: parse_sha1(sha1)?,
            bytes: end + 1,
        })
    }
}

fn parse_sha1(text: &str) -> Option<[u8; 20]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks() else {
        return None;
    };
    let mut sha1 = [0; 20];
    if pairs.len() != sha1.len() {
        return None;
    }
    for (byte, &[high, low]) in sha1.iter_mut().zip(pairs) {
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(sha1)
}

#[cfg(test)]
pub(crate) mod tests;
