//! Database files: any bytes are a database or are refused, and damage costs what it should.

use std::fmt::Write as _;
use std::sync::Arc;

use ovsdb_client::dbfile::{
    DatabaseFile, Entries, FileKind, History, Moment, OnDamage, ReadOptions, Records, check,
};
use sha1::{Digest, Sha1};

use super::{shapes, update};

/// The first record of a cluster member's log, up to the schema.
const MEMBER: &str = concat!(
    r#"{"server_id":"00000000-0000-0000-0000-000000000001","#,
    r#""cluster_id":"00000000-0000-0000-0000-000000000002","name":"T","#,
    r#""local_address":"tcp:[::1]:1","#,
    r#""prev_servers":{"00000000-0000-0000-0000-000000000001":"tcp:[::1]:1"},"#,
    r#""prev_index":1,"prev_term":1,"prev_eid":"00000000-0000-0000-0000-000000000003","#,
    r#""prev_data":["#,
);

/// The first byte chooses what the rest is:
///
/// - `s`: lines, each the body of a sound record after a schema of every shape;
/// - `r`: lines, each the body of a sound record;
/// - `c`, `C`: the same of a cluster member's log;
/// - `d`, `D`: as `s` or the log of a member, with damage: the next three bytes choose the place
///   and the byte put there;
/// - anything else belongs to the file, which is taken as it is; a dump is among these.
pub fn run(data: &[u8]) {
    let Some((&first, rest)) = data.split_first() else {
        return read(data);
    };
    match first {
        b's' => read(&file("JSON", Some(shapes::SCHEMA), rest)),
        b'r' => read(&file("JSON", None, rest)),
        b'c' => read(&file("CLUSTER", Some(&member()), rest)),
        b'C' => read(&file("CLUSTER", None, rest)),
        b'd' => damaged("JSON", shapes::SCHEMA, rest),
        b'D' => damaged("CLUSTER", &member(), rest),
        _ => read(data),
    }
}

fn member() -> String {
    format!("{MEMBER}{},{{}}]}}", shapes::SCHEMA)
}

fn damaged(magic: &str, first: &str, data: &[u8]) {
    let Some((&[high, low, byte], rest)) = data.split_first_chunk() else {
        return;
    };
    let mut bytes = file(magic, Some(first), rest);
    let sound = Records::new(&bytes).filter(Result::is_ok).count();
    let place = usize::from(u16::from_be_bytes([high, low])) % bytes.len();
    bytes[place] = byte;
    let left = Records::new(&bytes).filter(Result::is_ok).count();
    assert!(left <= sound, "damage makes no record");
    read(&bytes);
    read(&bytes[..place]);
}

/// A log of these records.
fn file(magic: &str, first: Option<&str>, lines: &[u8]) -> Vec<u8> {
    let lines = lines.split(|byte| *byte == b'\n');
    let mut bytes = Vec::new();
    for line in first.map(str::as_bytes).into_iter().chain(lines) {
        let body = [line, b"\n"].concat();
        let mut header = format!("OVSDB {magic} {} ", body.len());
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
        end = record.end;
        assert!(end <= bytes.len());
    }
    let until = |until| ReadOptions {
        until: Some(until),
        entries: Entries::All,
        ..ReadOptions::default()
    };
    drop(DatabaseFile::read_with(
        bytes,
        &[],
        &until(Moment::Record(1)),
    ));
    let time = Moment::Time(1_700_000_000_000);
    drop(DatabaseFile::read_with(bytes, &[], &until(time)));

    let strict = read_so(bytes, OnDamage::Refuse);
    let prefix = read_so(bytes, OnDamage::Stop);
    let rest = read_so(bytes, OnDamage::Salvage);
    let unfinished = read_so(bytes, OnDamage::Unfinished);
    if let Some(strict) = strict {
        assert_eq!(strict.damages, []);
        let same = unfinished.expect("a sound file is sound by every rule");
        assert_eq!(
            (same.transactions, same.damages),
            (strict.transactions, vec![])
        );
        if strict.kind != FileKind::Dump {
            assert!(check(bytes).is_ok());
        }
        let rest = rest.expect("a sound file is sound by every rule");
        assert_eq!(rest.transactions, strict.transactions);
        assert_eq!(rest.damages, []);
        // As a server does, the prefix ends where a record says what the schema does not know.
        let prefix = prefix.expect("a sound file is sound by every rule");
        assert!(prefix.transactions <= strict.transactions);
        assert!(prefix.transactions == strict.transactions || prefix.damages.len() == 1);
    }
}

fn read_so(bytes: &[u8], damage: OnDamage) -> Option<DatabaseFile> {
    let options = ReadOptions {
        damage,
        schema: Some(Arc::clone(&shapes::dynamic().schema)),
        ..ReadOptions::default()
    };
    let file = match DatabaseFile::read_with(bytes, &[&shapes::TABLE], &options) {
        Ok(file) => file,
        Err(error) => {
            drop(error.to_string());
            return None;
        }
    };
    update::check_rows(&file.snapshot);
    assert!(damage != OnDamage::Stop || file.damages.len() <= 1);
    let mut end = 0;
    for damage in &file.damages {
        drop(damage.to_string());
        assert!(end <= damage.offset && damage.offset <= damage.end);
        // A dump has no records, and so nothing to tell its damages apart by.
        end = match file.kind {
            FileKind::Dump => 0,
            _ => damage.offset,
        };
        assert!(damage.end <= bytes.len());
    }
    replay(bytes, &options);
    Some(file)
}

/// Each transaction leads from the rows before it to those after it.
fn replay(bytes: &[u8], options: &ReadOptions) {
    let Ok(mut history) = History::open(bytes, &[&shapes::TABLE], options) else {
        return;
    };
    let mut before = history.snapshot();
    while let Some(transaction) = history.next() {
        let Ok(transaction) = transaction else {
            return;
        };
        let after = history.snapshot();
        // A conversion turns the rows before into those of another layout first.
        if transaction.schema.is_none() {
            update::check_batch(&before, &transaction.changes, &after);
        }
        before = after;
    }
}
