//! Generated tables are looked up by key, followed and found back in a replica.

use std::fs;
use std::sync::Arc;

use anyhow::{Context, Result};
use ovn_schemas::{nb, sb};
use ovn_tests::demo::{Demo, NODES, NORTHBOUND, SOUTHBOUND};
use ovsdb_client::dbfile::DatabaseFile;
use ovsdb_client::replica::{Cause, IndexSpec, Referrer, Replica, Snapshot, Values};
use ovsdb_client::schema::{DatabaseLayout, DatabaseSchema, Selection};
use ovsdb_client::table::{DatabaseDef, Index, Ref, Table};
use ovsdb_client::update::{Format, Update};
use ovsdb_client::value::Uuid;

const SCHEMA: &str = include_str!("../../schemas/ovsschema/ovn-nb.ovsschema");

const BY_PRIORITY: Index<nb::Acl, i64> = Index::on(nb::acl::PRIORITY);
const BY_WAY: Index<nb::Acl, (nb::AclDirection, i64)> =
    Index::on(nb::acl::DIRECTION).and(nb::acl::PRIORITY);
const BY_POD: Index<nb::LogicalSwitchPort, Option<String>> =
    Index::on_key(nb::logical_switch_port::EXTERNAL_IDS, "pod");
#[expect(clippy::type_complexity, reason = "the key of three columns nests")]
const BY_THREE: Index<nb::Acl, ((Option<String>, i64), Option<String>)> = Index::on(nb::acl::NAME)
    .and(nb::acl::TIER)
    .and_key(nb::acl::EXTERNAL_IDS, "owner");

fn recorded(file: &str, database: &'static DatabaseDef) -> Result<Snapshot> {
    let demo = Demo::unpack()?;
    let bytes = fs::read(demo.file(NODES[0], file))?;
    Ok(DatabaseFile::read(&bytes, database.tables)?.snapshot)
}

/// A replica of the northbound tables chosen.
fn northbound(tables: &[&str]) -> Result<Replica> {
    let schema = Arc::new(DatabaseSchema::parse(SCHEMA)?);
    let layout = DatabaseLayout::selected(schema, nb::DATABASE.tables, |table| {
        tables.contains(&table).then_some(Selection::All)
    });
    Ok(Replica::new(Arc::new(layout)))
}

fn apply(replica: &mut Replica, text: &str) -> Result<()> {
    let update = Update::decode(replica.layout(), Format::Differences, text)?;
    assert_eq!(update.faults, []);
    replica.apply(update, Values::Differences, Cause::Delta)?;
    Ok(())
}

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Rules whose number is their UUID, with a priority that several share.
fn rules(numbers: impl Iterator<Item = u128>) -> String {
    let rows: Vec<String> = numbers
        .map(|number| {
            let (uuid, priority) = (uuid(number), number % 7);
            let way = if number.is_multiple_of(2) {
                "to-lport"
            } else {
                "from-lport"
            };
            let name = if number.is_multiple_of(3) {
                r#"["set", []]"#
            } else {
                r#""named""#
            };
            format!(
                r#""{uuid}": {{"insert": {{"action": "drop", "match": "ip", "name": {name},
                "direction": "{way}", "priority": {priority},
                "external_ids": ["map", [["owner", "{priority}"]]]}}}}"#
            )
        })
        .collect();
    format!(r#"{{"ACL": {{{}}}}}"#, rows.join(","))
}

#[test]
fn every_recorded_row_is_found_by_the_keys_of_its_schema() -> Result<()> {
    let snapshot = recorded(NORTHBOUND, &nb::DATABASE)?;
    assert!(snapshot.rows::<nb::LogicalSwitchPort>().count() > 8);
    for port in snapshot.rows::<nb::LogicalSwitchPort>() {
        let found = snapshot.find(nb::logical_switch_port::BY_NAME, port.name());
        assert_eq!(found, Some(port));
    }
    assert_eq!(
        snapshot.find(nb::logical_switch_port::BY_NAME, "no such port"),
        None
    );
    let snapshot = recorded(SOUTHBOUND, &sb::DATABASE)?;
    assert!(snapshot.rows::<sb::PortBinding>().count() > 8);
    for binding in snapshot.rows::<sb::PortBinding>() {
        let name = binding.logical_port();
        let key = (binding.datapath(), binding.tunnel_key());
        let found = snapshot.find(sb::port_binding::BY_LOGICAL_PORT, name);
        assert_eq!(found.as_ref(), Some(&binding));
        let found = snapshot.find(sb::port_binding::BY_DATAPATH_TUNNEL_KEY, key);
        assert_eq!(found, Some(binding));
    }
    for encap in snapshot.rows::<sb::Encap>() {
        let found = snapshot.find(sb::encap::BY_TYPE_IP, (encap.type_(), encap.ip()));
        assert_eq!(found, Some(encap));
    }
    Ok(())
}

#[test]
fn recorded_references_lead_there_and_back() -> Result<()> {
    let snapshot = recorded(NORTHBOUND, &nb::DATABASE)?;
    let mut followed = 0;
    for switch in snapshot.rows::<nb::LogicalSwitch>() {
        let ports = nb::logical_switch::PORTS;
        for (reference, port) in snapshot.follow(&switch, ports) {
            let port = port.context("a strong reference leads somewhere")?;
            assert_eq!(port.uuid(), reference.uuid());
            let back: Vec<_> = snapshot.referrers(reference, ports).collect();
            assert_eq!(back, std::slice::from_ref(&switch));
            let all = snapshot.referrers_of(nb::LogicalSwitchPort::DEFINITION.name, port.uuid());
            let holds = |found: &&Referrer<'_>| found.row == switch.as_row();
            assert_eq!(all.iter().filter(holds).count(), 1);
            followed += 1;
        }
    }
    assert_eq!(followed, snapshot.rows::<nb::LogicalSwitchPort>().count());
    Ok(())
}

#[test]
fn declared_indexes_answer_as_scans_do() -> Result<()> {
    let mut replica = northbound(&["ACL"])?;
    apply(&mut replica, &rules(1..300))?;
    let scanned = replica.snapshot();
    replica.declare(IndexSpec::ordered(BY_PRIORITY))?;
    replica.declare(IndexSpec::ordered(BY_WAY))?;
    replica.declare(IndexSpec::hash(BY_THREE))?;
    let indexed = replica.snapshot();
    let numbers = |rows: &mut dyn Iterator<Item = nb::Acl>| -> Vec<u128> {
        rows.map(|rule| rule.uuid().as_u128()).collect()
    };
    for snapshot in [&scanned, &indexed] {
        let found = numbers(&mut snapshot.lookup(BY_PRIORITY, 3));
        let known: Vec<u128> = (1..300).filter(|number| number % 7 == 3).collect();
        assert_eq!(found, known);
        let found = numbers(&mut snapshot.range(BY_PRIORITY, 2..=3).rev());
        let mut known: Vec<u128> = (1..300).filter(|n| (2..=3).contains(&(n % 7))).collect();
        known.sort_by_key(|number| (number % 7, *number));
        known.reverse();
        assert_eq!(found, known);
        assert_eq!(snapshot.range(BY_PRIORITY, ..).count(), 299);
        let from = (nb::AclDirection::ToLport, 5);
        let found = numbers(&mut snapshot.range(BY_WAY, from..));
        let mut known: Vec<u128> = (1..300).filter(|n| n % 2 == 0 && n % 7 >= 5).collect();
        known.sort_by_key(|number| (number % 7, *number));
        assert_eq!(found, known);
        let found = numbers(&mut snapshot.lookup(BY_THREE, ((None, 0), Some("4"))));
        let known: Vec<u128> = (1..300).filter(|n| n % 3 == 0 && n % 7 == 4).collect();
        assert_eq!(found, known);
        assert_eq!(snapshot.find(BY_THREE, ((None, 1), Some("4"))), None);
    }
    assert_eq!(format!("{BY_THREE:?}"), "ACL.name.tier.external_ids:owner");
    Ok(())
}

#[test]
fn an_unset_key_of_a_map_sorts_first_and_is_found_by_none() -> Result<()> {
    let mut replica = northbound(&["Logical_Switch_Port"])?;
    let port = |number, ids: &str| {
        let uuid = uuid(number);
        format!(
            r#""{uuid}": {{"insert": {{"name": "p{number}", "external_ids": ["map", [{ids}]]}}}}"#
        )
    };
    let rows = [
        port(1, r#"["pod", "b"]"#),
        port(2, ""),
        port(3, r#"["other", "x"], ["pod", ""]"#),
        port(4, r#"["pod", "a"], ["zone", "y"]"#),
        port(5, r#"["other", "b"]"#),
    ];
    apply(
        &mut replica,
        &format!(r#"{{"Logical_Switch_Port": {{{}}}}}"#, rows.join(",")),
    )?;
    for is_declared in [false, true] {
        if is_declared {
            replica.declare(IndexSpec::ordered(BY_POD))?;
        }
        let snapshot = replica.snapshot();
        let names = |rows: &mut dyn Iterator<Item = nb::LogicalSwitchPort>| -> Vec<String> {
            rows.map(|port| port.name().to_owned()).collect()
        };
        let all = names(&mut snapshot.range(BY_POD, ..));
        assert_eq!(all, ["p2", "p5", "p3", "p4", "p1"]);
        assert_eq!(names(&mut snapshot.lookup(BY_POD, None)), ["p2", "p5"]);
        assert_eq!(names(&mut snapshot.lookup(BY_POD, Some("a"))), ["p4"]);
        assert_eq!(
            names(&mut snapshot.range(BY_POD, Some("a")..)),
            ["p4", "p1"]
        );
        assert_eq!(snapshot.find(BY_POD, Some("c")), None);
    }
    Ok(())
}

#[test]
fn rows_that_are_not_here_are_none_and_no_error() -> Result<()> {
    let mut replica = northbound(&["Logical_Switch"])?;
    let [switch, here, gone] = [1, 2, 3].map(uuid);
    apply(
        &mut replica,
        &format!(
            r#"{{"Logical_Switch": {{"{switch}": {{"insert": {{"name": "sw0",
            "ports": ["set", [["uuid", "{here}"], ["uuid", "{gone}"]]]}}}}}}}}"#
        ),
    )?;
    let ports = nb::logical_switch::PORTS;
    let followed = |snapshot: &Snapshot| -> Result<Vec<(Uuid, bool)>> {
        let row = snapshot.get::<nb::LogicalSwitch>(Ref::new(switch));
        let row = row.context("the switch is here")?;
        let found = snapshot.follow(&row, ports);
        Ok(found
            .map(|(to, port)| (to.uuid(), port.is_some()))
            .collect())
    };
    // The table of the ports is not replicated.
    let snapshot = replica.snapshot();
    assert_eq!(followed(&snapshot)?, [(here, false), (gone, false)]);
    assert_eq!(snapshot.find(nb::logical_switch_port::BY_NAME, "p1"), None);
    assert_eq!(
        snapshot.range(nb::logical_switch_port::BY_NAME, ..).count(),
        0
    );
    assert_eq!(snapshot.referrers(Ref::new(gone), ports).count(), 1);
    // It is, but a condition kept one of them out.
    let mut replica = northbound(&["Logical_Switch", "Logical_Switch_Port"])?;
    replica.declare(IndexSpec::references(ports))?;
    apply(
        &mut replica,
        &format!(
            r#"{{"Logical_Switch_Port": {{"{here}": {{"insert": {{"name": "p1"}}}}}},
            "Logical_Switch": {{"{switch}": {{"insert": {{"name": "sw0",
            "ports": ["set", [["uuid", "{here}"], ["uuid", "{gone}"]]]}}}}}}}}"#
        ),
    )?;
    let snapshot = replica.snapshot();
    assert_eq!(followed(&snapshot)?, [(here, true), (gone, false)]);
    assert_eq!(snapshot.referrers(Ref::new(gone), ports).count(), 1);
    assert_eq!(snapshot.referrers(Ref::new(switch), ports).count(), 0);
    let back = snapshot.referrers_of("Logical_Switch_Port", gone);
    assert_eq!(back.len(), 1);
    assert_eq!((back[0].column, back[0].row.uuid()), ("ports", switch));
    Ok(())
}

#[test]
fn snapshots_are_read_by_other_threads_while_updates_go_on() -> Result<()> {
    let mut replica = northbound(&["ACL"])?;
    replica.declare(IndexSpec::ordered(BY_PRIORITY))?;
    std::thread::scope(|scope| {
        let mut readers = Vec::new();
        for round in 0..20 {
            let snapshot = replica.snapshot();
            readers.push(scope.spawn(move || {
                let rows = snapshot.rows::<nb::Acl>().count();
                let in_order = snapshot.range(BY_PRIORITY, ..).count();
                let by_key = (0..7).map(|priority| snapshot.lookup(BY_PRIORITY, priority).count());
                (snapshot.generation(), rows, in_order, by_key.sum::<usize>())
            }));
            apply(&mut replica, &rules(round * 50..round * 50 + 50))?;
        }
        for (round, reader) in readers.into_iter().enumerate() {
            let rows = round * 50;
            let expected = (u64::try_from(round)?, rows, rows, rows);
            assert_eq!(reader.join().expect("a reader does not panic"), expected);
        }
        Ok(())
    })
}
