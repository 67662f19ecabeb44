//! Records: the length- and checksum-guarded entries that every OVSDB log is made of.
//!
//! **Source**: ovsdb(5), "File Format": `OVSDB <magic> <length> <sha1>\n` and so many bytes.

use std::fmt;

use sha1::{Digest, Sha1};
use thiserror::Error;

/// The longest header line.
/// **Default and why**: 127 bytes with the line feed, as ovsdb-server reads it.
const MAX_HEADER: usize = 127;

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
    /// Where its header begins, in bytes from the start of the file.
    pub offset: usize,
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

/// Reads the records of a file one after the other; ends after the first damaged one.
#[derive(Clone, Debug)]
pub struct Records<'f> {
    bytes: &'f [u8],
    offset: usize,
    number: usize,
    magic: Option<Magic>,
}

impl<'f> Records<'f> {
    /// The records of a file's content.
    pub fn new(bytes: &'f [u8]) -> Self {
        Self {
            bytes,
            offset: 0,
            number: 0,
            magic: Self::recognise(bytes),
        }
    }

    /// Whether the content begins as an OVSDB log does.
    pub fn recognise(bytes: &[u8]) -> Option<Magic> {
        Header::parse(bytes).map(|header| header.magic)
    }

    fn read(&self) -> Result<(Record<'f>, usize), RecordProblem> {
        let rest = &self.bytes[self.offset..];
        let header = Header::parse(rest).ok_or(RecordProblem::Header)?;
        if Some(header.magic) != self.magic {
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
        let record = Record {
            offset: self.offset,
            magic: header.magic,
            body: std::str::from_utf8(body).map_err(|_| RecordProblem::Encoding)?,
        };
        Ok((record, self.offset + header.bytes + header.length))
    }
}

impl<'f> Iterator for Records<'f> {
    type Item = Result<Record<'f>, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.offset >= self.bytes.len() {
            return None;
        }
        match self.read() {
            Ok((record, end)) => {
                self.offset = end;
                self.number += 1;
                Some(Ok(record))
            }
            Err(problem) => {
                let error = RecordError {
                    number: self.number,
                    offset: self.offset,
                    problem,
                };
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
    if text.len() != 40 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut sha1 = [0; 20];
    for (at, byte) in sha1.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(sha1)
}

#[cfg(test)]
pub(crate) mod tests;
