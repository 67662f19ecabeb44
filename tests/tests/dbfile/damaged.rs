//! Logs that are cut short, flipped, or hold what no server writes.

use std::fs;

use anyhow::{Context, Result, bail};
use ovn_shapes::writer::{self, record};
use ovn_tests::sandbox::DatabaseServer;
use ovn_tests::workload::{self, DATABASE, Workload};
use ovsdb_client::dbfile::{
    DatabaseFile, Entries, FileError, Moment, OnDamage, ReadOptions, Records,
};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::clustered::create_cluster;
use crate::comparison::{check_content, leave_out, recorded, served, stop_at_damage};
use crate::standalone::start;

/// The content of a log of some twenty transactions.
fn sound_log(seed: u64) -> Result<Vec<u8>> {
    let directory = TempDir::with_prefix("ovn-")?;
    let server = start(&directory, &[])?;
    Workload::new(seed).run(&server, 20)?;
    Ok(fs::read(&server.files()[0])?)
}

fn ends(content: &[u8]) -> Result<Vec<usize>> {
    let ends = Records::new(content).map(|record| Ok(record?.end));
    ends.collect()
}

#[test]
fn a_log_cut_at_any_byte_is_read_up_to_its_last_whole_record() -> Result<()> {
    let content = sound_log(8)?;
    let ends = ends(&content)?;
    let &[.., before, end] = ends.as_slice() else {
        bail!("a log of several records");
    };
    let expected = DatabaseFile::read(&content[..before], &[])?;
    for cut in before + 1..end {
        let cut = &content[..cut];
        let error = DatabaseFile::read(cut, &[]).err().context("damage")?;
        let FileError::Record(error) = error else {
            bail!("{error}");
        };
        assert_eq!((error.number, error.offset), (ends.len() - 1, before));
        for damage in [OnDamage::Stop, OnDamage::Salvage] {
            let options = ReadOptions {
                damage,
                ..ReadOptions::default()
            };
            let file = DatabaseFile::read_with(cut, &[], &options)?;
            assert_eq!(recorded(&file), recorded(&expected));
            assert_eq!(file.transactions, expected.transactions);
            assert_eq!(file.damages.len(), 1);
        }
    }
    // The server agrees at some of them, within the header and the body.
    for cut in [before + 1, before + 40, before + 90, end - 1] {
        check_content(&content[..cut], &stop_at_damage(), &format!("cut at {cut}"))?;
    }
    // As of a record is what a server makes of a log that ends there.
    for record in [1, ends.len() / 2, ends.len() - 2] {
        let options = ReadOptions {
            until: Some(Moment::Record(record)),
            ..ReadOptions::default()
        };
        let file = DatabaseFile::read_with(&content, &[], &options)?;
        let mut expected = served(&content[..ends[record]])?;
        leave_out(&mut expected, &file);
        assert_eq!(recorded(&file), expected);
    }
    Ok(())
}

#[test]
fn damage_in_the_middle_is_stopped_at_where_the_server_stops() -> Result<()> {
    let content = sound_log(9)?;
    let ends = ends(&content)?;
    let mut random = Workload::new(10);
    for _ in 0..6 {
        let record = 1 + usize::try_from(random.below(u64::try_from(ends.len() - 2)?))?;
        let length = u64::try_from(ends[record] - ends[record - 1])?;
        let at = ends[record - 1] + usize::try_from(random.below(length))?;
        let mut damaged = content.clone();
        damaged[at] ^= 1 << random.below(8);
        let what = format!("bit flip at {at}, in record {record}");
        check_content(&damaged, &stop_at_damage(), &what)?;
        let file = DatabaseFile::read_with(&damaged, &[], &stop_at_damage())?;
        assert_eq!(file.transactions, record - 1, "{what}");
        let options = ReadOptions {
            damage: OnDamage::Salvage,
            ..ReadOptions::default()
        };
        let salvaged = DatabaseFile::read_with(&damaged, &[], &options)?;
        assert_eq!(salvaged.transactions, ends.len() - 2, "{what}");
        assert_eq!(salvaged.damages[0].offset, ends[record - 1]);
        assert_eq!(salvaged.damages[0].end, ends[record]);
    }
    let (middle, end) = (ends[ends.len() / 2], content.len());
    for (what, at, with) in [
        ("garbage at the end", end, "garbage\n"),
        ("a blank line at the end", end, "\n"),
        ("a part of a header at the end", end, "OVSDB JSON 12"),
        ("garbage in the middle", middle, "garbage\n"),
        ("a blank line in the middle", middle, "\n"),
    ] {
        let damaged = [&content[..at], with.as_bytes(), &content[at..]].concat();
        check_content(&damaged, &stop_at_damage(), what)?;
    }
    let row = "00000000-0000-0000-0000-000000000001";
    // Values that break a constraint.
    for (what, body) in [
        (
            "too many",
            json!({"Root": {row: {"few": ["set", [1, 2, 3, 4]]}}}),
        ),
        (
            "too many of a map",
            json!({"Root": {row: {"map_of_one": ["map", [["a", 1], ["b", 2]]]}}}),
        ),
        (
            "an element twice",
            json!({"Root": {row: {"tags": ["set", ["a", "a"]]}}}),
        ),
    ] {
        let impossible = record(writer::JSON, &body.to_string());
        let damaged = [&*content, &impossible].concat();
        check_content(&damaged, &stop_at_damage(), what)?;
        let stopped = DatabaseFile::read_with(&damaged, &[], &stop_at_damage())?;
        assert_eq!(stopped.damages.len(), 1, "{what}");
    }
    for (what, body) in [
        ("unknown table", json!({"None": {row: {}}})),
        ("unknown column", json!({"Gone": {row: {"none": 1}}})),
        ("value of another type", json!({"Gone": {row: {"text": 1}}})),
        ("row that is not there", json!({"Gone": {row: null}})),
        ("no object", json!({"Gone": []})),
    ] {
        let impossible = record(writer::JSON, &body.to_string());
        let damaged = [&*content, &impossible].concat();
        check_content(&damaged, &stop_at_damage(), what)?;
        // In the middle the server passes it over, and its next write destroys the file. We stop
        // there, and go on where that is asked for.
        let damaged = [&content[..middle], &impossible, &content[middle..]].concat();
        let stopped = DatabaseFile::read_with(&damaged, &[], &stop_at_damage())?;
        assert_eq!(
            recorded(&stopped),
            recorded(&DatabaseFile::read(&content[..middle], &[])?)
        );
        assert_eq!(stopped.damages.len(), 1, "{what}");
        let options = ReadOptions {
            damage: OnDamage::Salvage,
            ..ReadOptions::default()
        };
        let salvaged = DatabaseFile::read_with(&damaged, &[], &options)?;
        let mut served = served(&damaged)?;
        leave_out(&mut served, &salvaged);
        // Of a row, what can be read is kept; no other record has rows of this table.
        let mut kept = recorded(&salvaged);
        for rows in [&mut served, &mut kept] {
            if let Some(gone) = rows.get_mut("Gone") {
                gone.remove(row);
            }
        }
        assert!(kept == served, "{what} in the middle");
    }
    Ok(())
}

#[test]
fn a_damaged_cluster_log_is_read_as_its_server_reads_it() -> Result<()> {
    let directory = TempDir::with_prefix("ovn-")?;
    let schema = workload::schema(directory.path())?;
    let path = create_cluster(&directory, schema.path())?;
    let mut server = DatabaseServer::setup().file(&path).start()?;
    server.ovsdb_client("wait", &[DATABASE, "connected"])?;
    Workload::new(11).run(&server, 15)?;
    server.kill()?;
    let content = fs::read(&server.files()[0])?;
    let ends = ends(&content)?;
    let end = content.len();
    let cut = ends[ends.len() / 2];
    // A member alone commits what it finds in its log.
    let options = ReadOptions {
        entries: Entries::All,
        ..stop_at_damage()
    };
    for (what, damaged) in [
        ("cut short", content[..end - 1].to_vec()),
        (
            "cut in the middle of a record",
            content[..cut + 70].to_vec(),
        ),
        ("garbage at the end", [&*content, b"garbage\n"].concat()),
        (
            "a hole",
            [&content[..cut + 60], &content[cut + 61..]].concat(),
        ),
    ] {
        check_content(&damaged, &options, what)?;
    }

    // Sound records that cannot be: the server refuses the file, and so does the reader.
    let file = DatabaseFile::read(&content, &[])?;
    let member = file.member.clone().context("a member")?;
    let (term, last) = (member.term, member.last_index);
    let other = "00000000-0000-0000-0000-000000000001";
    for body in [
        json!({"term": term, "index": last + 2}),
        json!({"term": term, "index": 2}),
        json!({"term": term - 1, "index": last + 1}),
        json!({"commit_index": last + 1}),
        json!({"commit_index": 1}),
        json!({"term": term, "vote": other}),
        json!({"term": term - 1, "vote": other}),
        json!({"term": "x"}),
    ] {
        let content = [&*content, &record(writer::CLUSTER, &body.to_string())].concat();
        let refused = DatabaseFile::read(&content, &[]);
        assert!(
            matches!(refused, Err(FileError::Raft { .. })),
            "{body}: {refused:?}"
        );
        assert!(served(&content).is_err(), "{body}: the server refuses it");
        let stopped = DatabaseFile::read_with(&content, &[], &options)?;
        assert_eq!(recorded(&stopped), recorded(&file));
        assert_eq!(stopped.damages.len(), 1);
    }
    // One that left its cluster cannot come back, but its rows are there to read.
    let left = json!({"note": "left"});
    let content = [&*content, &record(writer::CLUSTER, &left.to_string())].concat();
    assert!(served(&content).is_err());
    assert!(
        DatabaseFile::read(&content, &[])?
            .member
            .is_some_and(|member| member.left)
    );
    Ok(())
}

/// Entries of a cluster's log that one leader wrote and the next took back.
#[test]
fn entries_that_were_taken_back_are_left_out_as_the_server_does() -> Result<()> {
    let directory = TempDir::with_prefix("ovn-")?;
    let schema = workload::schema(directory.path())?;
    let mut content = fs::read(create_cluster(&directory, schema.path())?)?;
    let header = Records::new(&content).next().context("a header")??;
    let header: Json = serde_json::from_str(header.body)?;
    let this = &header["server_id"];
    let entry = |term: u64, index: u64, text: &str| {
        let id = |kind: u64| format!("00000000-0000-0000-{kind:04}-{term:04}{index:08}");
        json!({"term": term, "index": index, "eid": id(1),
               "data": [null, {"Gone": {id(2): {"text": text}}, "_is_diff": true}]})
    };
    for body in [
        json!({"term": 2, "vote": this}),
        entry(2, 2, "kept"),
        json!({"commit_index": 2}),
        entry(2, 3, "taken back"),
        entry(2, 4, "taken back too"),
        json!({"term": 3, "vote": this}),
        entry(3, 3, "instead"),
        json!({"term": 3, "index": 4}),
        json!({"commit_index": 4}),
    ] {
        content.extend(record(writer::CLUSTER, &body.to_string()));
    }
    check_content(
        &content,
        &ReadOptions::default(),
        "the log with entries taken back",
    )?;
    let file = DatabaseFile::read(&content, &[])?;
    assert_eq!(file.snapshot.table("Gone").map(|rows| rows.len()), Some(2));
    assert_eq!(file.member.context("a member")?.taken_back, 2);
    Ok(())
}
