//! Records, sound and damaged.

use proptest::prelude::*;

use super::*;

fn bytes_record(magic: &str, body: &[u8]) -> Vec<u8> {
    let sha1: String = Sha1::digest(body)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let header = format!("OVSDB {magic} {} {sha1}\n", body.len());
    [header.as_bytes(), body].concat()
}

/// A record with the header that fits its body.
pub(crate) fn record(magic: &str, body: &str) -> Vec<u8> {
    bytes_record(magic, body.as_bytes())
}

/// The records of a file, and the damage that ends them.
fn check(bytes: &[u8]) -> String {
    let lines: Vec<String> = Records::new(bytes)
        .map(|record| match record {
            Ok(record) => format!("{:?} at {}: {:?}", record.magic, record.offset, record.body),
            Err(error) => format!("error: {error}"),
        })
        .collect();
    lines.join("\n")
}

fn file() -> Vec<u8> {
    [
        record("JSON", "{}\n"),
        record("JSON", "{\"é\":\n1}"),
        record("JSON", "{}\n"),
    ]
    .concat()
}

#[test]
fn sound_records_are_read_one_after_the_other() {
    insta::assert_snapshot!(check(&file()), @r#"
    Json at 0: "{}\n"
    Json at 57: "{\"é\":\n1}"
    Json at 120: "{}\n"
    "#);
    insta::assert_snapshot!(check(&record("CLUSTER", "{}\n")), @r#"Cluster at 0: "{}\n""#);
    assert_eq!(check(b""), "");
    let mut upper = file();
    upper[14..54].make_ascii_uppercase();
    assert_eq!(check(&upper), check(&file()));
    assert_ne!(upper, file());
}

#[test]
fn a_damaged_record_is_told_with_its_place_and_ends_the_file() {
    let file = file();
    let second = record("JSON", "{}\n").len();
    let body = second
        + file[second..]
            .iter()
            .position(|&byte| byte == b'\n')
            .unwrap()
        + 1;
    let third = file.len() - second;
    let mut report = String::new();
    let mut damaged = |what: &str, bytes: &[u8]| {
        let lines = check(bytes);
        let last = lines.lines().last().unwrap_or_default();
        report += &format!("{what}: {} records, {last}\n", lines.lines().count() - 1);
    };
    let splice = |at: usize, length: usize, with: &[u8]| {
        let mut bytes = file.clone();
        bytes.splice(at..at + length, with.iter().copied());
        bytes
    };
    damaged("garbage line", &splice(third, 0, b"garbage\n"));
    damaged("blank line within", &splice(second, 0, b"\n"));
    damaged("blank line at the end", &splice(file.len(), 0, b"\n"));
    damaged("header cut short", &file[..third + 20]);
    damaged("header without line feed", &file[..file.len() - 4]);
    damaged("body missing", &file[..file.len() - 3]);
    damaged("body cut short", &file[..file.len() - 1]);
    damaged("bit flip in a body", &splice(body, 1, b"z"));
    damaged("bit flip in a checksum", &splice(body - 2, 1, b"g"));
    let digit: &[u8] = if file[body - 2] == b'0' { b"1" } else { b"0" };
    damaged("other digit in a checksum", &splice(body - 2, 1, digit));
    damaged("greater length", &splice(second + 11, 1, b"10"));
    damaged("lesser length", &splice(second + 11, 1, b"8"));
    damaged("no length", &splice(second + 11, 2, b""));
    damaged("length 0", &splice(second + 11, 2, b"0"));
    damaged("signed length", &splice(second + 11, 0, b"+"));
    damaged(
        "overlong length",
        &splice(second + 11, 0, b"99999999999999999999"),
    );
    damaged("two spaces", &splice(second + 10, 0, b" "));
    damaged("one word more", &splice(body - 1, 0, b" x"));
    damaged(
        "header of 128 bytes",
        &splice(second + 11, 0, &b"0".repeat(128 - (body - second))),
    );
    damaged("unknown magic", &splice(second + 6, 4, b"TEXT"));
    damaged("clustered magic", &splice(second + 6, 4, b"CLUSTER"));
    damaged(
        "no UTF-8",
        &splice(second, 0, &bytes_record("JSON", b"\xff")),
    );
    insta::assert_snapshot!(report, @"
    garbage line: 2 records, error: record 2 at byte 120: no record header stands here
    blank line within: 1 records, error: record 1 at byte 57: no record header stands here
    blank line at the end: 3 records, error: record 3 at byte 177: no record header stands here
    header cut short: 2 records, error: record 2 at byte 120: no record header stands here
    header without line feed: 2 records, error: record 2 at byte 120: no record header stands here
    body missing: 2 records, error: record 2 at byte 120: the file ends within the record: 0 of 3 bytes are there
    body cut short: 2 records, error: record 2 at byte 120: the file ends within the record: 2 of 3 bytes are there
    bit flip in a body: 1 records, error: record 1 at byte 57: the checksum does not fit the record
    bit flip in a checksum: 1 records, error: record 1 at byte 57: no record header stands here
    other digit in a checksum: 1 records, error: record 1 at byte 57: the checksum does not fit the record
    greater length: 1 records, error: record 1 at byte 57: the checksum does not fit the record
    lesser length: 1 records, error: record 1 at byte 57: the checksum does not fit the record
    no length: 1 records, error: record 1 at byte 57: no record header stands here
    length 0: 1 records, error: record 1 at byte 57: no record header stands here
    signed length: 1 records, error: record 1 at byte 57: no record header stands here
    overlong length: 1 records, error: record 1 at byte 57: no record header stands here
    two spaces: 1 records, error: record 1 at byte 57: no record header stands here
    one word more: 1 records, error: record 1 at byte 57: no record header stands here
    header of 128 bytes: 1 records, error: record 1 at byte 57: no record header stands here
    unknown magic: 1 records, error: record 1 at byte 57: no record header stands here
    clustered magic: 1 records, error: record 1 at byte 57: the header is one of another kind of log
    no UTF-8: 1 records, error: record 1 at byte 57: the record is not UTF-8
    ");
}

#[test]
fn a_header_of_127_bytes_is_the_longest() {
    let short = record("JSON", "{}\n");
    let header = short.len() - 3;
    let padded = |bytes: usize| {
        let mut record = short.clone();
        record.splice(11..11, b"0".repeat(bytes - header));
        record
    };
    assert_eq!(check(&padded(127)), check(&short));
    assert_eq!(Records::recognise(&padded(127)), Some(Magic::Json));
    assert_eq!(Records::recognise(&padded(128)), None);
}

proptest! {
    #[test]
    fn a_file_cut_short_gives_the_records_before_the_cut(
        bodies in prop::collection::vec("[^\0]{1,40}", 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let records: Vec<_> = bodies.iter().map(|body| record("JSON", body)).collect();
        let file = records.concat();
        let cut = cut.index(file.len() + 1);
        let mut end = 0;
        let whole = records.iter().take_while(|record| {
            end += record.len();
            end <= cut
        });
        let whole = whole.count();
        let read: Vec<_> = Records::new(&file[..cut]).collect();
        let sound = read.iter().filter_map(|record| Some(record.as_ref().ok()?.body));
        prop_assert!(sound.eq(bodies[..whole].iter().map(String::as_str)));
        let offset: usize = records[..whole].iter().map(Vec::len).sum();
        match read.last() {
            Some(Err(error)) => {
                prop_assert_eq!((error.number, error.offset), (whole, offset));
            }
            _ => prop_assert_eq!(offset, cut),
        }
    }

    #[test]
    fn any_bytes_give_records_or_damage(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let prefixed = [b"OVSDB JSON ".as_slice(), &bytes].concat();
        prop_assert!(Records::new(&bytes).count() <= 1);
        prop_assert!(Records::new(&prefixed).count() <= 1);
    }
}

#[test]
fn after_damage_the_search_finds_the_next_sound_record() {
    let (one, two) = (record("JSON", "{\"a\":1}\n"), record("JSON", "{\"b\":2}\n"));
    let find = |bytes: &[u8]| {
        let mut records = Records::new(bytes);
        let mut report = Vec::new();
        loop {
            match records.next() {
                Some(Ok(record)) => report.push(format!("{}@{}", record.number, record.offset)),
                Some(Err(error)) => {
                    let resumed = records.resume();
                    report.push(format!("({} -> {resumed:?})", error.offset));
                }
                None => return report.join(" "),
            }
        }
    };
    let mut flipped = one.clone();
    flipped[60] ^= 1;
    let all = |parts: &[&[u8]]| find(&parts.concat());
    insta::assert_snapshot!([
        all(&[&one, &two]),
        all(&[&one, &flipped, &two]),
        all(&[&flipped, &two]),
        all(&[&one, b"garbage", &two]),
        all(&[&one, &two[..50], &two]),
        all(&[&one, &two[..50]]),
        // Headers that fit nothing, one of the other kind of log among them.
        all(&[&one, &two[..30], &record("CLUSTER", "{}\n"), b"OVSDB OVSDB ", &two]),
        all(&[&flipped, &record("CLUSTER", "{}\n")]),
        all(&[&flipped]),
        all(&[b"hello"]),
        all(&[]),
    ].join("\n"), @"
    0@0 1@62
    0@0 (62 -> Some(124)) 1@124
    (0 -> Some(62)) 0@62
    0@0 (62 -> Some(69)) 1@69
    0@0 (62 -> Some(112)) 1@112
    0@0 (62 -> None)
    0@0 (62 -> Some(164)) 1@164
    (0 -> None)
    (0 -> None)
    (0 -> None)
    ");
}

#[test]
fn the_search_in_a_file_of_nothing_but_headers_ends() {
    // Each header claims all that follows it, which without a bound takes time in the square.
    let mut file = Vec::new();
    for number in (0..4000).rev() {
        file.extend(format!("OVSDB JSON {:>06} {}\n", number * 59 + 1, "0".repeat(40)).bytes());
    }
    let mut records = Records::new(&file);
    assert!(records.next().is_some_and(|record| record.is_err()));
    assert_eq!(records.resume(), None);
}
