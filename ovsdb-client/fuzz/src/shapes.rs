//! A database with a column of every shape, and a program that knows some of it otherwise.

use std::sync::{Arc, LazyLock};

use ovsdb_client::schema::{DatabaseLayout, DatabaseSchema, UNLIMITED};
use ovsdb_client::table::{BaseDef, ColumnDef, TableDef};
use ovsdb_client::value::Kind;

/// The schema, on one line.
pub(crate) const SCHEMA: &str = concat!(
    r#"{"name":"T","version":"1.0.0","tables":{"A":{"columns":{"#,
    r#""boolean":{"type":"boolean"},"integer":{"type":"integer"},"real":{"type":"real"},"#,
    r#""string":{"type":"string"},"uuid":{"type":"uuid"},"#,
    r#""maybe":{"type":{"key":"integer","min":0,"max":1}},"#,
    r#""turned":{"type":"string"},"widened":{"type":"integer"}},"isRoot":true},"#,
    r#""S":{"columns":{"#,
    r#""bounded":{"type":{"key":"integer","min":0,"max":3}},"#,
    r#""choice":{"type":{"key":{"type":"string","enum":["set",["a","b"]]},"min":0,"max":1}},"#,
    r#""least":{"type":{"key":"string","min":1,"max":"unlimited"}},"#,
    r#""map":{"type":{"key":"string","value":"string","min":0,"max":"unlimited"}},"#,
    r#""numbers":{"type":{"key":"integer","value":"real","min":1,"max":9}},"#,
    r#""one":{"type":{"key":"string","value":"integer","min":0,"max":1}},"#,
    r#""optional":{"type":{"key":"real","min":0,"max":1}},"#,
    r#""references":{"type":{"key":{"type":"uuid","refTable":"A","refType":"weak"},"#,
    r#""min":0,"max":"unlimited"}}},"indexes":[["bounded"]]}}}"#,
);

/// The same database after a conversion: columns came, went and changed their shape.
const CONVERTED: &str = concat!(
    r#"{"name":"T","version":"2.0.0","tables":{"A":{"columns":{"#,
    r#""boolean":{"type":{"key":"boolean","min":0,"max":1}},"new":{"type":"integer"},"#,
    r#""string":{"type":{"key":"string","min":0,"max":"unlimited"}},"uuid":{"type":"string"}}},"#,
    r#""B":{"columns":{"a":{"type":"integer"}}}}}"#,
);

const fn column(name: &'static str, kind: Kind, min: u32, max: u32) -> ColumnDef {
    ColumnDef {
        name,
        key: BaseDef::plain(kind),
        value: None,
        min,
        max,
        mutable: true,
        ephemeral: false,
    }
}

/// Table `A` as a program knows it: a column that the server lacks, one of another kind, one that
/// it takes for a set, and one that it takes for optional.
pub(crate) static TABLE: TableDef = TableDef {
    database: "T",
    name: "A",
    is_root: true,
    max_rows: None,
    columns: &[
        column("absent", Kind::String, 1, 1),
        column("integer", Kind::Integer, 0, 1),
        column("turned", Kind::Integer, 1, 1),
        column("widened", Kind::Integer, 0, UNLIMITED),
    ],
    indexes: &[],
};

/// One layout that is made once.
type Made = LazyLock<Arc<DatabaseLayout>>;

static DYNAMIC: Made = LazyLock::new(|| layout_of(SCHEMA, &[]));
static GENERATED: Made = LazyLock::new(|| layout_of(SCHEMA, &[&TABLE]));
static CONVERTED_LAYOUT: Made = LazyLock::new(|| layout_of(CONVERTED, &[&TABLE]));

fn layout_of(text: &str, generated: &[&'static TableDef]) -> Arc<DatabaseLayout> {
    let schema = DatabaseSchema::parse(text).expect("the schema is one");
    Arc::new(DatabaseLayout::new(Arc::new(schema), generated))
}

/// The layout without the generated table.
pub(crate) fn dynamic() -> Arc<DatabaseLayout> {
    Arc::clone(&DYNAMIC)
}

/// The layout with the generated table.
pub(crate) fn generated() -> Arc<DatabaseLayout> {
    Arc::clone(&GENERATED)
}

/// The layout with the generated table after the conversion.
pub(crate) fn converted() -> Arc<DatabaseLayout> {
    Arc::clone(&CONVERTED_LAYOUT)
}
