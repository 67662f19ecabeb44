//! Recognition: what the first bytes of a file say that it is.
//!
//! Names lie and change; the first bytes do not. Nothing here looks at a name.

use tar::Header;

/// How many of a file's first bytes are looked at.
/// **Default and why**: 8 KiB; a tar header takes 512 bytes, and the end of a log that was cut
/// off at its front mostly has a whole record in the first 8 KiB.
pub(crate) const HEAD: usize = 8 << 10;

/// What a log begins with; whether its first record is sound is its reader's to say.
const LOG_LEAD: &[u8] = b"OVSDB ";

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// The log of a database or of a cluster's member, sound or not.
    Log,
    /// The output of `ovsdb-client dump -f json`.
    Dump,
    /// JSON tables, which are a dump if they have captions: those of `ovs-vsctl -f json list` have
    /// none.
    Tables,
    /// The end of a log whose beginning is cut off.
    Tail,
    /// Something compressed.
    Packed(Packing),
    /// A tar archive.
    Archive,
    /// Something packed in a way that is not read, with what it is.
    Unreadable(&'static str),
    /// Text, as far as one can see.
    Text,
    /// Nothing at all.
    Empty,
    /// Anything else.
    Other,
}

/// A compression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// gzip (RFC 1952).
    Gzip,
    /// xz.
    Xz,
    /// Zstandard (RFC 8878).
    Zstd,
}

/// What begins like these bytes but is not read.
const UNREADABLE: [(&[u8], &str); 4] = [
    (b"PK\x03\x04", "a zip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x04\x22\x4d\x18", "an lz4 file"),
    (b"-----BEGIN PGP MESSAGE", "an encrypted file"),
];

/// How a table in a dump begins.
const CAPTION: &[u8] = b"\"caption\":\"";

/// How it may begin otherwise: the order of the keys depends on the program that wrote it.
const OTHER_KEYS: [&[u8]; 2] = [b"\"headings\":[\"", b"\"data\":["];

impl Content {
    /// What a file is that begins with these bytes, or that they are the whole of.
    pub(crate) fn of(head: &[u8]) -> Self {
        if head.is_empty() {
            return Self::Empty;
        }
        if head.starts_with(LOG_LEAD) {
            return Self::Log;
        }
        if let Some(packing) = Packing::of(head) {
            return Self::Packed(packing);
        }
        if let Some((_, what)) = UNREADABLE.iter().find(|(lead, _)| head.starts_with(lead)) {
            return Self::Unreadable(what);
        }
        if is_bzip2(head) {
            return Self::Unreadable("a bzip2 file");
        }
        if is_archive(head) {
            return Self::Archive;
        }
        if let Some(tables) = tables(head) {
            return tables;
        }
        if header_in(head).is_some() {
            return Self::Tail;
        }
        if head.iter().any(|byte| is_binary(*byte)) {
            return Self::Other;
        }
        Self::Text
    }
}

impl Packing {
    fn of(head: &[u8]) -> Option<Self> {
        // Skippable frames may stand before the first one of a Zstandard file.
        let skippable = |head: &[u8]| {
            let magic = head.get(..4)?;
            ((0x50..=0x5f).contains(magic.first()?) && magic.get(1..)? == b"\x2a\x4d\x18")
                .then_some(())
        };
        if head.starts_with(b"\x1f\x8b") {
            Some(Self::Gzip)
        } else if head.starts_with(b"\xfd7zXZ\0") {
            Some(Self::Xz)
        } else if head.starts_with(b"\x28\xb5\x2f\xfd") || skippable(head).is_some() {
            Some(Self::Zstd)
        } else {
            None
        }
    }
}

/// `BZh`, a digit for the block size, and the digits of pi that every block begins with.
fn is_bzip2(head: &[u8]) -> bool {
    head.starts_with(b"BZh") && head.get(4..10) == Some(b"\x31\x41\x59\x26\x53\x59")
}

/// Whether the first block is a tar header, of whichever kind: the checksum says so.
fn is_archive(head: &[u8]) -> bool {
    let mut header = Header::new_old();
    let block = header.as_mut_bytes();
    let Some(first) = head.get(..block.len()) else {
        return false;
    };
    block.copy_from_slice(first);
    // A member has a name, which no block of zeros does.
    first.first().is_some_and(|byte| *byte != 0) && is_sound(&header)
}

/// Whether the header's checksum is right.
pub(crate) fn is_sound(header: &Header) -> bool {
    const CHECKSUM: std::ops::Range<usize> = 148..156;
    let sum: u32 = header
        .as_bytes()
        .iter()
        .enumerate()
        .map(|(at, byte)| match CHECKSUM.contains(&at) {
            true => u32::from(b' '),
            false => u32::from(*byte),
        })
        .sum();
    header.cksum().is_ok_and(|checksum| checksum == sum)
}

/// Whether JSON tables begin here.
fn tables(head: &[u8]) -> Option<Content> {
    let inside = head.trim_ascii_start().strip_prefix(b"{")?;
    // Pretty-printed dumps have blanks between.
    let start: Vec<u8> = inside
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .take(OTHER_KEYS.iter().map(|key| key.len()).max()?)
        .copied()
        .collect();
    if start.starts_with(CAPTION) {
        Some(Content::Dump)
    } else if OTHER_KEYS.iter().any(|key| start.starts_with(key)) {
        Some(Content::Tables)
    } else {
        None
    }
}

/// Where a line is a record's header, which tells the end of a log from text that speaks of one.
pub(crate) fn header_in(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if is_header(line) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// `OVSDB JSON 123 0123456789abcdef0123456789abcdef01234567` and a line feed.
fn is_header(line: &[u8]) -> bool {
    let Some(line) = line.strip_suffix(b"\n") else {
        return false;
    };
    let mut words = line.split(|byte| *byte == b' ');
    let lead = words.next() == Some(b"OVSDB");
    let magic = matches!(words.next(), Some(b"JSON" | b"CLUSTER"));
    let is_length = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let is_sha1 = |word: &[u8]| word.len() == 40 && word.iter().all(u8::is_ascii_hexdigit);
    lead && magic
        && words.next().is_some_and(is_length)
        && words.next().is_some_and(is_sha1)
        && words.next().is_none()
}

/// Whether the byte is a control character that text does not have.
fn is_binary(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x08 | 0x0c | 0x1b)
}

#[cfg(test)]
mod tests;
