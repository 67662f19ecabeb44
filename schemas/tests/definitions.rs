//! The definitions in the compiled code say what the schemas say.
//!
//! Only databases whose feature is on are compared: run with `--all-features` for all.

use std::path::Path;

use ovn_schemas::DATABASES;
use ovn_schemas_codegen::VENDORED;
use ovsdb_client::schema::{DatabaseSchema, compare};
use ovsdb_client::table::{DatabaseDef, TableDef};

#[test]
fn definitions_equal_the_schema() {
    for &database in DATABASES {
        let schema = schema(database);
        assert_eq!(database.version, &*schema.version);
        assert_eq!(database.tables.len(), schema.tables.len());
        for (&definition, table) in database.tables.iter().zip(&schema.tables) {
            let name = definition.name;
            assert_eq!(name, &*table.name);
            assert_eq!(definition.database, database.name);
            assert_eq!(definition.is_root, table.is_root, "{name}");
            assert_eq!(definition.max_rows, table.max_rows, "{name}");
            assert_eq!(indexes(definition), table.indexes, "{name}");
            assert_eq!(definition.columns.len(), table.columns.len(), "{name}");
            for (definition, column) in definition.columns.iter().zip(&table.columns) {
                let name = format!("{name}.{}", definition.name);
                assert_eq!(definition.name, &*column.name);
                assert_eq!(definition.column_type(), column.column_type, "{name}");
                assert_eq!(definition.mutable, column.mutable, "{name}");
                assert_eq!(definition.ephemeral, column.ephemeral, "{name}");
            }
        }
        assert_eq!(compare(database.tables, &schema), []);
    }
}

#[cfg(feature = "nb")]
#[test]
fn constants_know_their_columns() {
    use ovn_schemas::nb;
    use ovsdb_client::table::{Enumeration, Table};

    assert_eq!(nb::acl::MATCH.name(), "match");
    assert_eq!(
        nb::acl::MATCH.definition().column_type().to_string(),
        "string"
    );
    assert_eq!(
        format!("{:?}", nb::logical_switch::PORTS),
        "Logical_Switch.ports"
    );
    assert_eq!(
        nb::LogicalSwitch::DEFINITION,
        &nb::logical_switch::DEFINITION
    );
    assert_eq!(
        nb::AclAction::from_name("allow-related"),
        nb::AclAction::AllowRelated
    );
    let newer = nb::AclAction::from_name("teleport");
    assert_eq!(newer, nb::AclAction::Other("teleport".into()));
    assert_eq!(newer.name(), "teleport");
}

fn indexes(definition: &TableDef) -> Vec<Vec<Box<str>>> {
    let name = |&number: &u16| definition.columns[usize::from(number)].name.into();
    definition
        .indexes
        .iter()
        .map(|index| index.iter().map(name).collect())
        .collect()
}

fn schema(database: &DatabaseDef) -> DatabaseSchema {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ovsschema");
    VENDORED
        .iter()
        .filter_map(|vendored| vendored.schema(&folder).ok())
        .find(|schema| *schema.name == *database.name)
        .expect("each database is generated from a kept schema")
}
