//! Code generated from a schema full of oddities compiles, keeps to rustfmt, and reads rows.
//!
//! The code beside this file is checked in; after a change of the generator:
//! `cargo run -p ovn-schemas-codegen -- schemas/codegen/tests/odd/odd.ovsschema --module odd
//! --out schemas/codegen/tests/odd`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ovn_schemas_codegen::{Options, generate};
use ovsdb_client::replica::{Cause, Replica, Snapshot};
use ovsdb_client::schema::{DatabaseLayout, DatabaseSchema};
use ovsdb_client::table::{Enumeration, Ref, RefKind, Table};
use ovsdb_client::update::{Format, Update};
use ovsdb_client::value::Uuid;

#[expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "the code is made for a library, of which this program uses only some"
)]
mod odd;

const SET: Uuid = Uuid::from_u128(1);
const NODE: Uuid = Uuid::from_u128(2);

#[test]
fn the_checked_in_code_is_current() {
    let options = Options {
        module: "odd".to_owned(),
        source: "odd.ovsschema".to_owned(),
        origin: String::new(),
    };
    for file in generate(&schema(), None, &options) {
        let path = folder().join(&file.path);
        let text = fs::read_to_string(&path).unwrap_or_default();
        assert!(text == file.text, "{} is out of date", path.display());
    }
}

#[test]
fn names_that_collide_are_told_apart() {
    let names: Vec<&str> = odd::DATABASE
        .tables
        .iter()
        .map(|table| table.name)
        .collect();
    let expected = [
        "A_Table_Whose_Name_Is_So_Long_That_Nothing_Fits_On_One_Line",
        "Node",
        "Node_Mode",
        "Nothing",
        "Set",
        "self",
        "set",
    ];
    assert_eq!(names, expected);
    assert_eq!(odd::SetTable::DEFINITION.name, "Set");
    assert_eq!(odd::SetTable2::DEFINITION.name, "set");
    assert_eq!(odd::SelfTable::DEFINITION.name, "self");
    assert_eq!(odd::NodeMode::DEFINITION.name, "Node_Mode");
    assert_eq!(odd::node::MODE.name(), "mode");
    assert_eq!(odd::set::A_B.name(), "A-b");
    assert_eq!(odd::set::A_B_.name(), "a_b");
    assert_eq!(odd::set::DEFINITION_.name(), "definition");
}

#[test]
fn definitions_equal_the_schema() {
    for (&definition, table) in odd::DATABASE.tables.iter().zip(&schema().tables) {
        assert_eq!(definition.name, &*table.name);
        assert_eq!(definition.max_rows, table.max_rows);
        for (definition, column) in definition.columns.iter().zip(&table.columns) {
            let mut expected = column.column_type.clone();
            if definition.name == "level" {
                // Definitions list the values of strings only.
                expected.key.enumeration.clear();
            }
            assert_eq!(definition.column_type(), expected, "{}", definition.name);
        }
    }
    let parent = odd::node::PARENT.definition();
    assert_eq!(parent.key.reference, Some(("Node", RefKind::Weak)));
    assert_eq!(odd::set::DEFINITION.indexes, [&[9][..], &[12, 7]]);
}

#[test]
fn columns_of_every_shape_are_read() {
    let snapshot = snapshot();
    let row = snapshot
        .get::<odd::SetTable>(Ref::new(SET))
        .expect("the row is there");
    assert_eq!(row.match_(), odd::SetTableMatch::ABValue);
    assert_eq!(row.type_(), "keyword");
    assert!(row.clone_());
    assert_eq!(row.uuid(), SET);
    assert_eq!(row.uuid_(), NODE);
    assert_eq!(row.limit(), -1);
    assert_eq!(row.level(), Some(4));
    assert_eq!(row.label(), None);
    assert_eq!(row.few().iter().collect::<Vec<_>>(), ["x", "y"]);
    assert_eq!(row.pair().get("half"), Some(0.5));
    assert_eq!(row.get(odd::set::TYPE), "keyword");
}

#[test]
fn rows_are_found_by_the_indexes_of_their_schema() {
    let snapshot = snapshot();
    let found = |row: Option<odd::SetTable>| row.map(|row| row.uuid());
    assert_eq!(found(snapshot.find(odd::set::BY_NAME, "")), Some(SET));
    let by_both = odd::set::BY_TYPE_LIMIT;
    assert_eq!(found(snapshot.find(by_both, ("keyword", -1))), Some(SET));
    assert_eq!(found(snapshot.find(by_both, ("keyword", 1))), None);
}

#[test]
fn references_and_maps_of_references_are_typed() {
    let snapshot = snapshot();
    let node = snapshot
        .get::<odd::Node>(Ref::new(NODE))
        .expect("the row is there");
    assert_eq!(node.parent(), Some(Ref::new(NODE)));
    assert_eq!(node.children().get("self"), Some(Ref::new(NODE)));
    let set = node.sets().get(7).expect("the map has the key");
    assert_eq!(snapshot.get(set).map(|set| set.limit()), Some(-1));
    assert_eq!(node.gone().iter().collect::<Vec<_>>(), [SET]);
}

#[test]
fn values_that_the_schema_does_not_list_are_kept() {
    let snapshot = snapshot();
    let node = snapshot
        .get::<odd::Node>(Ref::new(NODE))
        .expect("the row is there");
    let mode = node.mode();
    assert_eq!(mode, odd::NodeModeEnum::Other("newer".into()));
    assert_eq!(mode.name(), "newer");
    let quotas: Vec<_> = node.quotas().iter().collect();
    let firm = odd::NodeQuotasKey::Other("firm".into());
    let expected = [
        (firm, odd::NodeQuotasValue::Off),
        (odd::NodeQuotasKey::Soft, odd::NodeQuotasValue::On),
    ];
    assert_eq!(quotas, expected);
}

#[test]
fn every_listed_value_comes_back_as_it_was() {
    let matches = odd::set::MATCH.definition().key.enumeration;
    assert_eq!(matches.len(), 7);
    for name in matches {
        let value = odd::SetTableMatch::from_name(name);
        assert!(!matches!(value, odd::SetTableMatch::Other(_)), "{name:?}");
        assert_eq!(value.name(), *name);
    }
}

/// One row of `Set` and one of `Node`, as a server would send them.
fn snapshot() -> Snapshot {
    // The server is newer: it lists values that the generated code does not know.
    let text = schema_text()
        .replace(r#""enum": "only""#, r#""enum": ["set", ["only", "newer"]]"#)
        .replace(r#"["soft", "hard"]"#, r#"["soft", "hard", "firm"]"#);
    let schema = DatabaseSchema::parse(&text).expect("the schema is valid");
    let layout = Arc::new(DatabaseLayout::new(Arc::new(schema), odd::DATABASE.tables));
    let rows = format!(
        r#"{{
            "Set": {{"{SET}": {{"new": {{
                "match": "a-b", "type": "keyword", "clone": true, "uuid": ["uuid", "{NODE}"],
                "limit": -1, "level": 4, "few": ["set", ["x", "y"]],
                "pair": ["map", [["half", 0.5]]]
            }}}}}},
            "Node": {{"{NODE}": {{"new": {{
                "mode": "newer",
                "parent": ["uuid", "{NODE}"],
                "children": ["map", [["self", ["uuid", "{NODE}"]]]],
                "sets": ["map", [[7, ["uuid", "{SET}"]]]],
                "gone": ["uuid", "{SET}"],
                "quotas": ["map", [["firm", "off"], ["soft", "on"]]]
            }}}}}}
        }}"#
    );
    let update = Update::decode(&layout, Format::Old, &rows).expect("the rows can be read");
    assert_eq!(update.faults, []);
    let mut replica = Replica::new(layout);
    replica
        .apply(update, Format::Old.into(), Cause::Initial)
        .expect("the update is of the replica's layout");
    replica.snapshot()
}

fn schema() -> DatabaseSchema {
    DatabaseSchema::parse(&schema_text()).expect("the schema is valid")
}

fn schema_text() -> String {
    fs::read_to_string(folder().join("odd.ovsschema")).expect("the schema can be read")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/odd")
}
