//! The owners of the demo's rows.

mod marks;

use std::collections::BTreeSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::database::Database;
use crate::owner::{Mark, Names, describe, describe_port, hashed_name};
use crate::tool::recording;

#[test]
fn every_marked_row_of_the_demo_has_an_owner_in_words() {
    let demo = recording::demo();
    let mut words = BTreeSet::new();
    for read in demo.of(Database::Nb, Some("worker-b")) {
        let rows = &read.rows;
        let mut add = |table: &str, owner: Option<String>| {
            words.extend(owner.map(|owner| format!("{table}: {owner}")));
        };
        for row in rows.rows::<nb::Acl>() {
            add(nb::Acl::DEFINITION.name, describe(row.external_ids()));
        }
        for row in rows.rows::<nb::AddressSet>() {
            add(
                nb::AddressSet::DEFINITION.name,
                describe(row.external_ids()),
            );
        }
        for row in rows.rows::<nb::LoadBalancer>() {
            add(
                nb::LoadBalancer::DEFINITION.name,
                describe(row.external_ids()),
            );
        }
        for row in rows.rows::<nb::LogicalRouterPolicy>() {
            add(
                nb::LogicalRouterPolicy::DEFINITION.name,
                describe(row.external_ids()),
            );
        }
        for row in rows.rows::<nb::Nat>() {
            add(nb::Nat::DEFINITION.name, describe(row.external_ids()));
        }
        for row in rows.rows::<nb::LogicalSwitchPort>() {
            add(
                nb::LogicalSwitchPort::DEFINITION.name,
                describe_port(row.name(), row.external_ids()),
            );
        }
    }
    let words: Vec<String> = words.into_iter().collect();
    insta::assert_snapshot!(words.join("\n"));
}

#[test]
fn every_hashed_name_of_the_demo_is_the_hash_of_its_mark() {
    let demo = recording::demo();
    let mut seen = 0;
    for read in demo.of(Database::Nb, None) {
        for row in read.rows.rows::<nb::AddressSet>() {
            let id = Mark::of(row.external_ids()).and_then(|mark| mark.id);
            assert_eq!(hashed_name(id.unwrap()), row.name());
            seen += 1;
        }
        for row in read.rows.rows::<nb::PortGroup>() {
            let id = Mark::of(row.external_ids()).and_then(|mark| mark.id);
            assert_eq!(hashed_name(id.unwrap()), row.name());
            seen += 1;
        }
    }
    assert!(seen > 20);
}

/// worker-a lacks the set; worker-b, where it is, tells what its name means.
#[test]
fn a_name_that_one_node_lacks_is_told_by_another() {
    let demo = recording::demo();
    let names = Names::of(demo.of(Database::Nb, None).map(|read| &read.rows));
    let meaning = names.meaning("a14262568268554482202");
    assert_eq!(
        meaning,
        Some("pods selected by shop_LS{ML:{app: frontend,},}")
    );
    assert_eq!(
        names.meaning("a5173984176225047974_ip4"),
        Some("network policy shop/allow-frontend")
    );
    assert_eq!(names.meaning("a1"), None);
    assert!(
        names
            .id("a14262568268554482202")
            .is_some_and(|id| id.ends_with(":v4"))
    );
}
