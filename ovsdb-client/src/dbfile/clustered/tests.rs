//! Cluster members' logs made by the test: what is taken back, what is committed, what cannot be.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::dbfile::file::tests::describe;
use crate::dbfile::record::tests::record;
use crate::dbfile::{DatabaseFile, Moment, ReadOptions};

const SELF: &str = "00000000-0000-0000-0000-000000000001";
const OTHER: &str = "00000000-0000-0000-0000-000000000002";

fn schema(columns: &Json) -> Json {
    json!({"name": "T", "version": "1.0.0", "tables": {"A": {"columns": columns}}})
}

fn header() -> Json {
    json!({
        "server_id": SELF, "cluster_id": OTHER, "name": "T", "local_address": "tcp:[::1]:1",
        "prev_servers": {SELF: "tcp:[::1]:1"}, "prev_index": 1, "prev_term": 1, "prev_eid": eid(1),
        "prev_data": [schema(&json!({"n": {"type": "integer"}})), {}],
    })
}

fn eid(index: u64) -> String {
    format!("00000000-0000-0000-0000-{index:012}")
}

/// An entry that inserts a row with this number.
fn entry(term: u64, index: u64, number: i64) -> Json {
    let row = format!("00000000-0000-0000-0000-0000000000{number:02}");
    json!({"term": term, "index": index, "eid": eid(index), "data": [null, {
        "_date": 1_700_000_000_000_u64 + index, "_is_diff": true, "A": {row: {"n": number}},
    }]})
}

fn commit(index: u64) -> Json {
    json!({"commit_index": index})
}

fn file(records: &[Json]) -> Vec<u8> {
    let all = std::iter::once(header()).chain(records.iter().cloned());
    all.flat_map(|json| record("CLUSTER", &format!("{json}\n")))
        .collect()
}

fn options(damage: OnDamage, entries: Entries) -> ReadOptions {
    ReadOptions {
        damage,
        entries,
        ..ReadOptions::default()
    }
}

fn check(records: &[Json]) -> String {
    describe(&file(records), &ReadOptions::default())
}

#[test]
fn entries_count_when_they_are_committed() {
    let records = [entry(1, 2, 20), commit(2), entry(1, 3, 30)];
    let bytes = file(&records);
    let all = describe(&bytes, &options(OnDamage::Refuse, Entries::All));
    insta::assert_snapshot!([check(&records), all].join("\n"), @"
    2 transactions, Some(1700000000002)
    A 00000000-0000-0000-0000-000000000020 n=20
    3 transactions, Some(1700000000003)
    A 00000000-0000-0000-0000-000000000020 n=20
    A 00000000-0000-0000-0000-000000000030 n=30
    ");
    let member = DatabaseFile::read(&bytes, &[]).unwrap().member.unwrap();
    assert_eq!((member.commit_index, member.last_index), (2, 3));
}

#[test]
fn an_entry_takes_the_place_of_those_from_its_index_on() {
    // Facts of a crash: index 3 and 4 of term 2 never got a majority; term 3 has others.
    let records = [
        entry(1, 2, 20),
        commit(2),
        entry(2, 3, 31),
        entry(2, 4, 41),
        entry(3, 3, 32),
        commit(3),
        json!({"term": 3, "index": 4}),
        entry(3, 5, 50),
        commit(5),
    ];
    insta::assert_snapshot!(check(&records), @"
    4 transactions, Some(1700000000005)
    A 00000000-0000-0000-0000-000000000020 n=20
    A 00000000-0000-0000-0000-000000000032 n=32
    A 00000000-0000-0000-0000-000000000050 n=50
    ");
    let member = DatabaseFile::read(&file(&records), &[])
        .unwrap()
        .member
        .unwrap();
    assert_eq!((member.taken_back, member.term), (2, 3));
    let at = |until| {
        describe(
            &file(&records),
            &ReadOptions {
                entries: Entries::All,
                until: Some(until),
                ..ReadOptions::default()
            },
        )
    };
    // As of record 4 the member still believed in the entries of term 2.
    insta::assert_snapshot!(at(Moment::Record(4)), @"
    4 transactions, Some(1700000000004)
    A 00000000-0000-0000-0000-000000000020 n=20
    A 00000000-0000-0000-0000-000000000031 n=31
    A 00000000-0000-0000-0000-000000000041 n=41
    ");
    insta::assert_snapshot!(at(Moment::Transaction(eid(3).parse().unwrap())), @"
    3 transactions, Some(1700000000003)
    A 00000000-0000-0000-0000-000000000020 n=20
    A 00000000-0000-0000-0000-000000000032 n=32
    ");
    insta::assert_snapshot!(at(Moment::Transaction(eid(4).parse().unwrap())), @"error: the file has no transaction 00000000-0000-0000-0000-000000000004 among those that are read");
}

#[test]
fn the_member_tells_its_cluster_and_its_state() {
    let records = [
        json!({"term": 2, "vote": OTHER}),
        json!({"term": 2, "leader": OTHER}),
        json!({"term": 2, "index": 2, "servers": {SELF: "tcp:[::1]:1", OTHER: "tcp:[::1]:2"}}),
        json!({"term": 2, "index": 3, "election_timer": 4000}),
        commit(3),
        json!({"note": "transfer leadership", "comment": "for a snapshot"}),
        json!({"term": -1}),
        json!({"note": "left"}),
    ];
    let member = DatabaseFile::read(&file(&records), &[]).unwrap().member;
    insta::assert_debug_snapshot!(member.unwrap(), @r#"
    ClusterMember {
        name: "T",
        server_id: 00000000-0000-0000-0000-000000000001,
        cluster_id: Some(
            00000000-0000-0000-0000-000000000002,
        ),
        local_address: "tcp:[::1]:1",
        remote_addresses: [],
        servers: [
            (
                00000000-0000-0000-0000-000000000001,
                "tcp:[::1]:1",
            ),
            (
                00000000-0000-0000-0000-000000000002,
                "tcp:[::1]:2",
            ),
        ],
        election_timer: Some(
            4s,
        ),
        term: 18446744073709551615,
        vote: None,
        leader: None,
        snapshot_index: 1,
        last_index: 3,
        commit_index: 3,
        taken_back: 0,
        left: true,
        notes: [
            Note {
                record: 6,
                note: "transfer leadership",
                comment: "for a snapshot",
            },
            Note {
                record: 8,
                note: "left",
                comment: "",
            },
        ],
    }
    "#);
}

#[test]
fn conversions_change_the_schema_with_or_without_bringing_rows() {
    let wider = schema(&json!({
        "n": {"type": {"key": "integer", "min": 0, "max": "unlimited"}},
        "new": {"type": "string"},
    }));
    let other =
        schema(&json!({"n": {"type": "real"}, "must": {"type": {"key": "string", "max": 3}}}));
    let narrower = schema(&json!({"n": {"type": {"key": "boolean"}}}));
    let convert = |index: u64, schema: &Json, rows: Json| json!({"term": 1, "index": index, "eid": eid(index), "data": [schema, rows]});
    let add = json!({"term": 1, "index": 4, "eid": eid(4), "data": [null, {"_is_diff": true, "A": {
        "00000000-0000-0000-0000-000000000020": {"n": ["set", [7, 20]], "new": "x"}}}]});
    let records = [
        entry(1, 2, 20),
        convert(3, &wider, Json::Null),
        add,
        convert(5, &other, Json::Null),
        convert(
            6,
            &other,
            json!({"A": {"00000000-0000-0000-0000-000000000090": {"n": 9}}, "_is_diff": true}),
        ),
        convert(7, &narrower, Json::Null),
        convert(8, &json!(5), Json::Null),
    ];
    let mut reports = Vec::new();
    for count in 0..=records.len() {
        let bytes = file(&records[..count]);
        reports.push(describe(&bytes, &options(OnDamage::Refuse, Entries::All)));
    }
    insta::assert_snapshot!(reports.join("\n"), @"
    1 transactions, None
    2 transactions, Some(1700000000002)
    A 00000000-0000-0000-0000-000000000020 n=20
    3 transactions, Some(1700000000002)
    A 00000000-0000-0000-0000-000000000020 n=[20]
    4 transactions, Some(1700000000002)
    A 00000000-0000-0000-0000-000000000020 n=[7] new=x
    5 transactions, Some(1700000000002)
    A 00000000-0000-0000-0000-000000000020 n=7
    6 transactions, Some(1700000000002)
    A 00000000-0000-0000-0000-000000000090 n=9
    7 transactions, Some(1700000000002)
    fault: A 00000000-0000-0000-0000-000000000090 n: this is no boolean at line 1 column 3
    A 00000000-0000-0000-0000-000000000090
    error: record 7 at byte 2016 converts the database to what is no schema: schema: it is no JSON object
    ");
}

#[test]
fn what_does_not_fit_the_log_is_told() {
    let mut report = String::new();
    let mut bad = |what: &str, records: &[Json]| {
        report += &format!("{what} => {}\n", check(records));
    };
    bad("index skips", &[entry(1, 2, 20), entry(1, 4, 40)]);
    bad(
        "committed entry taken back",
        &[entry(1, 2, 20), entry(1, 3, 30), commit(3), entry(2, 2, 21)],
    );
    bad("snapshot taken back", &[entry(2, 1, 10)]);
    bad("term falls", &[entry(3, 2, 20), entry(2, 3, 30)]);
    bad("commit falls", &[entry(1, 2, 20), commit(2), commit(1)]);
    bad("commit ahead", &[entry(1, 2, 20), commit(3)]);
    bad(
        "late vote",
        &[json!({"term": 3}), json!({"term": 2, "vote": SELF})],
    );
    bad(
        "second vote",
        &[
            json!({"term": 3, "vote": SELF}),
            json!({"term": 3, "vote": OTHER}),
        ],
    );
    bad("nothing", &[json!({})]);
    bad("term no number", &[json!({"term": "x"})]);
    bad("vote no uuid", &[json!({"term": 3, "vote": "x"})]);
    bad(
        "data without eid",
        &[json!({"term": 3, "index": 2, "data": [null, {}]})],
    );
    bad(
        "data no pair",
        &[
            json!({"term": 3, "index": 2, "eid": eid(2), "data": [null]}),
            commit(2),
        ],
    );
    bad(
        "transaction no object",
        &[
            json!({"term": 3, "index": 2, "eid": eid(2), "data": [null, 7]}),
            commit(2),
        ],
    );
    insta::assert_snapshot!(report, @r#"
    index skips => error: record 2 at byte 687 does not fit the log: its index 4 skips past the expected 3
    committed entry taken back => error: record 4 at byte 997 does not fit the log: it begins anew at index 2, while entries up to 3 are committed
    snapshot taken back => error: record 1 at byte 454 does not fit the log: it begins anew at index 1, while entries up to 1 are committed
    term falls => error: record 2 at byte 687 does not fit the log: its term 2 precedes the term 3 of the entry before
    commit falls => error: record 3 at byte 764 does not fit the log: it sets the commit index back from 2 to 1
    commit ahead => error: record 2 at byte 687 does not fit the log: it commits entries up to 3, while the last one is 2
    late vote => error: record 2 at byte 523 does not fit the log: it votes in term 2, while the term is 3
    second vote => error: record 2 at byte 569 does not fit the log: it votes for 00000000-0000-0000-0000-000000000002 in term 3, which voted for 00000000-0000-0000-0000-000000000001
    nothing => error: record 1 at byte 454 does not fit the log: it is no record of a cluster member's log: missing field `term`
    term no number => error: record 1 at byte 454 does not fit the log: it is no record of a cluster member's log: invalid type: string "x", expected a 64-bit integer at line 1 column 11
    vote no uuid => error: record 1 at byte 454 does not fit the log: it is no record of a cluster member's log: invalid value: string "x", expected 36 characters of a uuid at line 1 column 21
    data without eid => error: record 1 at byte 454 does not fit the log: it is no record of a cluster member's log: missing field `eid`
    data no pair => error: record 1 at byte 454 holds no transaction: the table updates cannot be read: invalid length 1, expected a tuple of size 2 at line 1 column 6
    transaction no object => error: record 1 at byte 454 holds no transaction: the table updates cannot be read: invalid type: integer `7`, expected a map at line 1 column 1
    "#);
}

#[test]
fn a_log_with_impossible_records_is_read_around_them() {
    let records = [
        entry(1, 2, 20),
        commit(2),
        // A record lost without a trace.
        entry(1, 4, 40),
        commit(4),
        commit(3),
        entry(1, 5, 50),
        commit(7),
        entry(1, 8, 80),
    ];
    let read = |damage| describe(&file(&records), &options(damage, Entries::All));
    insta::assert_snapshot!([read(OnDamage::Stop), read(OnDamage::Salvage)].join("\n"), @"
    2 transactions, Some(1700000000002)
    damage: record 3 at byte 764: its index 4 skips past the expected 3; 930 bytes are passed over, and nothing after them is used
    A 00000000-0000-0000-0000-000000000020 n=20
    5 transactions, Some(1700000000008)
    damage: record 3 at byte 764: its index 4 skips past the expected 3; 0 bytes are passed over, and the 6 records used after them may depend on what is lost
    damage: record 5 at byte 1074: it sets the commit index back from 4 to 3; 77 bytes are passed over, and the 3 records used after them may depend on what is lost
    A 00000000-0000-0000-0000-000000000020 n=20
    A 00000000-0000-0000-0000-000000000040 n=40
    A 00000000-0000-0000-0000-000000000050 n=50
    A 00000000-0000-0000-0000-000000000080 n=80
    ");
}

#[test]
fn after_a_hole_entries_count_as_their_commit_says() {
    let before = file(&[entry(1, 2, 20), commit(2)]);
    let lost = record("CLUSTER", &format!("{}\n", entry(1, 3, 30)));
    let after: Vec<u8> = [commit(3), entry(1, 4, 40), commit(4), entry(1, 5, 50)]
        .iter()
        .flat_map(|json| record("CLUSTER", &format!("{json}\n")))
        .collect();
    let mut damaged = lost.clone();
    damaged[80] ^= 1;
    let bytes = [before, damaged, after].concat();
    let read = |damage| describe(&bytes, &options(damage, Entries::Committed));
    insta::assert_snapshot!([OnDamage::Refuse, OnDamage::Stop, OnDamage::Salvage].map(read).join("\n"), @"
    error: the file is damaged: record 3 at byte 764: the checksum does not fit the record
    2 transactions, Some(1700000000002)
    damage: record 3 at byte 764: the checksum does not fit the record; 853 bytes are passed over, and nothing after them is used
    A 00000000-0000-0000-0000-000000000020 n=20
    3 transactions, Some(1700000000004)
    damage: record 3 at byte 764: the checksum does not fit the record; 233 bytes are passed over, and the 4 records used after them may depend on what is lost
    A 00000000-0000-0000-0000-000000000020 n=20
    A 00000000-0000-0000-0000-000000000040 n=40
    ");
}

#[test]
fn a_file_that_has_not_joined_its_cluster_holds_no_data() {
    let header = json!({"server_id": SELF, "name": "T", "local_address": "tcp:[::1]:1",
                        "remote_addresses": ["tcp:[::1]:2", "tcp:[::1]:3"]});
    let bytes = record("CLUSTER", &header.to_string());
    insta::assert_snapshot!(describe(&bytes, &ReadOptions::default()), @"error: the file is that of a server that has not joined its cluster yet (T at tcp:[::1]:2, tcp:[::1]:3): it holds no data");
}

proptest! {
    #[test]
    fn mutated_logs_are_read_or_refused(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        sound in any::<bool>(),
        salvage in any::<bool>(),
    ) {
        let records = [entry(1, 2, 20), commit(2), entry(2, 3, 30), entry(3, 3, 31), commit(3)];
        let mut bodies: Vec<String> = std::iter::once(header())
            .chain(records)
            .map(|json| json.to_string())
            .collect();
        let mut bytes = Vec::new();
        if sound {
            // Checksums that fit, over bodies that are another.
            for (place, byte) in &places {
                let at = place.index(bodies.len());
                let body = &mut bodies[at];
                let at = place.index(body.len());
                if body.is_char_boundary(at) && body.is_char_boundary(at + 1) {
                    body.replace_range(at..=at, &char::from(byte & 0x7f).to_string());
                }
            }
        }
        for body in &bodies {
            bytes.extend(record("CLUSTER", body));
        }
        if !sound {
            for (place, byte) in &places {
                let at = place.index(bytes.len());
                bytes[at] = *byte;
            }
        }
        let damage = if salvage { OnDamage::Salvage } else { OnDamage::Stop };
        let _ = describe(&bytes, &options(damage, Entries::All));
        let _ = describe(&bytes, &ReadOptions::default());
    }
}
