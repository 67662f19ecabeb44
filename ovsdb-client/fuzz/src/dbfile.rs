//! Database files: any bytes are a database or are refused, and damage costs what it should.

use std::fmt::Write as _;

use ovsdb_client::dbfile::{DatabaseFile, Records};
use sha1::{Digest, Sha1};

use super::{shapes, update};

/// The first byte chooses what the rest is:
///
/// - `s`: lines, each the body of a sound record after a schema of every shape;
/// - `r`: lines, each the body of a sound record;
/// - `d`: as `s`, with damage: the next three bytes choose the place and the byte put there;
/// - anything else belongs to the file, which is taken as it is.
pub fn run(data: &[u8]) {
    match data.split_first() {
        Some((b's', rest)) => read(&file(Some(shapes::SCHEMA), rest)),
        Some((b'r', rest)) => read(&file(None, rest)),
        Some((b'd', rest)) => damaged(rest),
        _ => read(data),
    }
}

fn damaged(data: &[u8]) {
    let Some((&[high, low, byte], rest)) = data.split_first_chunk() else {
        return;
    };
    let mut bytes = file(Some(shapes::SCHEMA), rest);
    let sound = Records::new(&bytes).filter(Result::is_ok).count();
    let place = usize::from(u16::from_be_bytes([high, low])) % bytes.len();
    bytes[place] = byte;
    let left = Records::new(&bytes).filter(Result::is_ok).count();
    assert!(left <= sound, "damage makes no record");
    read(&bytes);
    read(&bytes[..place]);
}

/// A log of these records.
fn file(schema: Option<&str>, lines: &[u8]) -> Vec<u8> {
    let lines = lines.split(|byte| *byte == b'\n');
    let mut bytes = Vec::new();
    for line in schema.map(str::as_bytes).into_iter().chain(lines) {
        let body = [line, b"\n"].concat();
        let mut header = format!("OVSDB JSON {} ", body.len());
        for byte in Sha1::digest(&body) {
            let _ = write!(header, "{byte:02x}");
        }
        bytes.extend_from_slice(header.as_bytes());
        bytes.push(b'\n');
        bytes.extend_from_slice(&body);
    }
    bytes
}

fn read(bytes: &[u8]) {
    let mut end = 0;
    for record in Records::new(bytes).flatten() {
        assert!(record.offset >= end, "records follow one another");
        end = record.offset + record.body.len();
        assert!(end <= bytes.len());
    }
    for generated in [&[][..], &[&shapes::TABLE][..]] {
        match DatabaseFile::read(bytes, generated) {
            Ok(file) => update::check_rows(&file.snapshot),
            Err(error) => drop(error.to_string()),
        }
    }
}
