//! Packings: what an input says that a folder holds, as collectors and those who mean harm pack it.
//!
//! An input that begins with `0` is one file, as it is after that byte. Any other is lines, each an
//! operation on a pile of contents; its first byte says which, the rest is its text:
//!
//! | operation | what it does |
//! | --- | --- |
//! | `s` | puts a sound northbound database on the pile |
//! | `t` TEXT | puts a text on it |
//! | `r` JSON | adds a record with a sound header to the uppermost content |
//! | `l` TEXT | adds a line to it |
//! | `n` NAME | names it |
//! | `g`, `x`, `z` | packs it with gzip, xz or zstd |
//! | `a` COUNT | packs so many of the uppermost contents, or all, into a tar archive |
//! | `k` TARGET | makes it a link in its archive |
//! | `h` SIZE | has its archive claim that it is so large |
//! | `c` LENGTH | cuts it |
//! | `f` AT | flips a bit of it |
//! | `d` | puts it on the pile once more |

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use lzma_rust2::{XzOptions, XzWriter};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use sha1::{Digest, Sha1};
use tar::{EntryType, Header};

/// How large all contents may become together.
/// **Unit and why**: bytes; packing the same again and again doubles it.
const MOST: usize = 1 << 20;

/// How long a name may be that a tar header holds.
const NAME: usize = 100;

/// The unit of tar archives.
const BLOCK: usize = 512;

/// A content with its name.
#[derive(Clone, Default)]
pub struct Content {
    /// What it is called, which may be no path that anyone should follow.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How many layers stand around a sound database in it; `None` where there is none, or harm
    /// was done to what stands around.
    pub sound: Option<usize>,
    link: Option<String>,
    claimed: Option<u64>,
}

/// The contents that an input leaves on the pile.
pub fn contents(data: &[u8]) -> Vec<Content> {
    if let Some((b'0', bytes)) = data.split_first() {
        return vec![Content {
            bytes: bytes.to_vec(),
            ..Content::default()
        }];
    }
    let mut pile = Vec::new();
    for line in data.split(|byte| *byte == b'\n') {
        if let Some((&operation, text)) = line.split_first()
            && let Ok(text) = std::str::from_utf8(text)
        {
            let before = pile.clone();
            apply(operation, text, &mut pile);
            if pile.iter().map(|one| one.bytes.len()).sum::<usize>() > MOST {
                pile = before;
            }
        }
    }
    pile
}

fn apply(operation: u8, text: &str, pile: &mut Vec<Content>) {
    match operation {
        b's' => {
            pile.push(Content {
                bytes: sound(),
                sound: Some(0),
                ..Content::default()
            });
            return;
        }
        b't' => {
            pile.push(Content {
                bytes: text.as_bytes().to_vec(),
                ..Content::default()
            });
            return;
        }
        b'a' => {
            let count = text.parse().unwrap_or(usize::MAX).min(pile.len());
            let members = pile.split_off(pile.len() - count);
            pile.push(archive(&members));
            return;
        }
        b'r' | b'l' if pile.is_empty() => pile.push(Content::default()),
        _ => {}
    }
    let number = text.parse().unwrap_or(0usize);
    let Some(top) = pile.last_mut() else {
        return;
    };
    let length = top.bytes.len().max(1);
    match operation {
        b'r' => {
            record(text, &mut top.bytes);
            top.sound = None;
        }
        b'l' => {
            top.bytes.extend_from_slice(text.as_bytes());
            top.bytes.push(b'\n');
            top.sound = None;
        }
        b'n' => text.clone_into(&mut top.name),
        b'g' => pack(top, gzip),
        b'x' => pack(top, xz),
        b'z' => pack(top, |bytes| {
            compress_to_vec(bytes, CompressionLevel::Fastest)
        }),
        b'k' => {
            top.link = Some(text.to_owned());
            top.sound = None;
        }
        b'h' => {
            top.claimed = text.parse().ok();
            top.sound = top.sound.filter(|_| top.claimed.is_none());
        }
        b'c' => {
            top.bytes.truncate(number % length);
            top.sound = None;
        }
        b'f' => {
            if let Some(byte) = top.bytes.get_mut(number % length) {
                *byte ^= 1 << (number % 8);
            }
            top.sound = None;
        }
        b'd' => {
            let again = top.clone();
            pile.push(again);
        }
        _ => {}
    }
}

fn pack(content: &mut Content, pack: impl FnOnce(&[u8]) -> Vec<u8>) {
    content.bytes = pack(&content.bytes);
    content.sound = content.sound.map(|layers| layers + 1);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = XzOptions::with_preset(0);
    let mut writer = XzWriter::new(Vec::new(), options).expect("the options are sound");
    writer.write_all(bytes).expect("memory takes it");
    writer.finish().expect("memory takes it")
}

/// An archive, whose names are written as they are, whatever they lead to.
fn archive(members: &[Content]) -> Content {
    let mut bytes = Vec::new();
    // What a member claims falsely makes all that comes after it part of it.
    let mut lied = false;
    let mut layers = None;
    for member in members {
        let mut header = Header::new_gnu();
        // No archive has a member without a name, and what begins with one is none.
        let name = match member.name.as_bytes() {
            b"" => b"member",
            name => name,
        };
        let field = &mut header.as_old_mut().name;
        let kept = name.len().min(NAME);
        field[..kept].copy_from_slice(&name[..kept]);
        header.set_mode(0o644);
        let content = match &member.link {
            Some(target) => {
                header.set_entry_type(EntryType::Symlink);
                // A target that no header holds is left out.
                let _ = header.set_link_name_literal(target);
                &[]
            }
            None => &*member.bytes,
        };
        let size = u64::try_from(content.len()).expect("it is in memory");
        header.set_size(member.claimed.unwrap_or(size));
        header.set_cksum();
        bytes.extend_from_slice(header.as_bytes());
        bytes.extend_from_slice(content);
        bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
        lied |= member.claimed.is_some_and(|claimed| claimed != size);
        if !lied {
            layers = layers
                .into_iter()
                .chain(member.sound.map(|layers| layers + 1))
                .min();
        }
    }
    bytes.resize(bytes.len() + 2 * BLOCK, 0);
    Content {
        name: "archive.tar".to_owned(),
        bytes,
        sound: layers,
        ..Content::default()
    }
}

/// Adds a record to a log.
fn record(body: &str, log: &mut Vec<u8>) {
    let digest = Sha1::digest(body.as_bytes());
    let sha1: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let header = format!("OVSDB JSON {} {sha1}\n", body.len());
    log.extend_from_slice(header.as_bytes());
    log.extend_from_slice(body.as_bytes());
}

/// A northbound database of one row.
fn sound() -> Vec<u8> {
    let mut log = Vec::new();
    record(
        r#"{"name":"OVN_Northbound","version":"7.0.0","tables":{"NB_Global":{"columns":{"name":{"type":"string"}}}}}"#,
        &mut log,
    );
    record(
        r#"{"NB_Global":{"10000000-0000-4000-8000-000000000001":{"name":"zone"}}}"#,
        &mut log,
    );
    log
}
