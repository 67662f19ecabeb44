//! Layouts where the server's schema is narrower, wider, older or newer than the generated table.

use std::fmt;

use super::*;
use crate::replica::{Cause, Replica, Snapshot};
use crate::schema::{UNLIMITED, compare};
use crate::table::{self, BaseDef, Column, Map, Ref, Row, Set, Table, Visit};
use crate::update::{Format, Update};
use crate::value::{Kind, Uuid};

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

/// What generated code knows of table `Shelf` of database `Shop`.
static SHELF: TableDef = TableDef {
    database: "Shop",
    name: "Shelf",
    is_root: true,
    max_rows: None,
    columns: &[
        column("many", Kind::String, 0, UNLIMITED),
        column("one", Kind::Integer, 1, 1),
        ColumnDef {
            value: Some(BaseDef::plain(Kind::Integer)),
            ..column("pairs", Kind::String, 0, UNLIMITED)
        },
        column("perhaps", Kind::Integer, 0, 1),
        column("some", Kind::String, 1, UNLIMITED),
    ],
    indexes: &[],
};

#[derive(Clone)]
struct Shelf(Row);

impl Shelf {
    const MANY: Column<Self, Set<String>> = Column::new(0);
    const ONE: Column<Self, i64> = Column::new(1);
    const PAIRS: Column<Self, Map<String, i64>> = Column::new(2);
    const PERHAPS: Column<Self, Option<i64>> = Column::new(3);
    const SOME: Column<Self, Set<String>> = Column::new(4);
}

impl Table for Shelf {
    const DEFINITION: &'static TableDef = &SHELF;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(Self::MANY, self.get(Self::MANY));
        visitor.column(Self::ONE, self.get(Self::ONE));
        visitor.column(Self::PAIRS, self.get(Self::PAIRS));
        visitor.column(Self::PERHAPS, self.get(Self::PERHAPS));
        visitor.column(Self::SOME, self.get(Self::SOME));
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        table::debug(self, f)
    }
}

const UUID: &str = "00000000-0000-0000-0000-000000000001";

fn schema(database: &str, columns: &str) -> Arc<DatabaseSchema> {
    let text =
        format!(r#"{{"name": "{database}", "tables": {{"Shelf": {{"columns": {{{columns}}}}}}}}}"#);
    Arc::new(DatabaseSchema::parse(&text).unwrap())
}

/// The replica of a server that holds one row.
fn replica(layout: DatabaseLayout, format: Format, row: &str) -> Snapshot {
    let word = match format {
        Format::Old => "new",
        Format::Differences => "insert",
    };
    let text = format!(r#"{{"Shelf": {{"{UUID}": {{"{word}": {row}}}}}}}"#);
    let layout = Arc::new(layout);
    let update = Update::decode(&layout, format, &text).unwrap();
    assert_eq!(update.faults, []);
    let mut replica = Replica::new(layout);
    replica
        .apply(update, format.into(), Cause::Initial)
        .unwrap();
    replica.snapshot()
}

/// How the row reads: dynamically, and as generated code reads it.
fn read(snapshot: &Snapshot) -> String {
    let table = snapshot.table("Shelf").unwrap();
    let row = table.iter().next().unwrap();
    let dynamic: Vec<String> = row
        .values(table.layout())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let typed = snapshot
        .rows::<Shelf>()
        .next()
        .map_or("none".to_owned(), |shelf| format!("{shelf:?}"));
    format!("dynamic: {}\ntyped: {typed}", dynamic.join(" "))
}

/// How rows of a server with these columns read: one with everything left out, and this one.
fn check(columns: &str, row: &str) -> String {
    let mut report = String::new();
    for row in ["{}", row] {
        let layout = DatabaseLayout::new(schema("Shop", columns), &[&SHELF]);
        let read = read(&replica(layout, Format::Differences, row));
        report += &format!("{row}\n{read}\n");
    }
    report
}

const AS_GENERATED: &str = r#"
    "many": {"type": {"key": "string", "min": 0, "max": "unlimited"}},
    "one": {"type": "integer"},
    "pairs": {"type": {"key": "string", "value": "integer", "min": 0, "max": "unlimited"}},
    "perhaps": {"type": {"key": "integer", "min": 0, "max": 1}},
    "some": {"type": {"key": "string", "min": 1, "max": "unlimited"}}"#;

#[test]
fn the_schema_the_code_was_generated_from_reads_in_full() {
    insta::assert_snapshot!(check(AS_GENERATED, r#"{"many": ["set", ["b", "a"]], "one": 7,
        "pairs": ["map", [["k", 1]]], "perhaps": 0, "some": "x"}"#), @r#"
        {}
        dynamic: many=[] one=0 pairs={} perhaps=[] some=[""]
        typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, one: 0, some: "" }
        {"many": ["set", ["b", "a"]], "one": 7,
                "pairs": ["map", [["k", 1]]], "perhaps": 0, "some": "x"}
        dynamic: many=[a, b] one=7 pairs={k=1} perhaps=0 some=[x]
        typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, many: [a, b], one: 7, pairs: {k=1}, perhaps: 0, some: x }
        "#);
}

#[test]
fn scalars_where_the_code_knows_optional_values_and_sets_are_read_with_their_zero() {
    insta::assert_snapshot!(check(r#"
    "many": {"type": "string"},
    "one": {"type": "integer"},
    "perhaps": {"type": "integer"},
    "some": {"type": "string"}"#, r#"{"many": "", "perhaps": 0, "some": "a"}"#), @r#"
    {}
    dynamic: many="" one=0 perhaps=0 some=""
    typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, many: "", one: 0, perhaps: 0, some: "" }
    {"many": "", "perhaps": 0, "some": "a"}
    dynamic: many="" one=0 perhaps=0 some=a
    typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, many: "", one: 0, perhaps: 0, some: a }
    "#);
}

#[test]
fn wider_columns_than_the_code_knows_are_read_as_far_as_it_can() {
    insta::assert_snapshot!(check(r#"
    "many": {"type": {"key": "string", "min": 1, "max": 2}},
    "one": {"type": {"key": "integer", "min": 0, "max": 1}},
    "pairs": {"type": {"key": "string", "value": "integer", "min": 1, "max": 1}},
    "perhaps": {"type": {"key": "integer", "min": 0, "max": 4}},
    "some": {"type": {"key": "string", "min": 0, "max": 1}}"#,
        r#"{"many": "a", "one": 0, "perhaps": ["set", [3, 2]], "some": "x"}"#), @r#"
        {}
        dynamic: many=[""] one=[] pairs=""=0 perhaps=[] some=[]
        typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, many: "", one: 0, pairs: {""=0} }
        {"many": "a", "one": 0, "perhaps": ["set", [3, 2]], "some": "x"}
        dynamic: many=[a] one=0 pairs=""=0 perhaps=[2, 3] some=x
        typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, many: a, one: 0, pairs: {""=0}, perhaps: 2, some: x }
        "#);
    insta::assert_snapshot!(check(r#"
    "one": {"type": {"key": "integer", "min": 1, "max": 3}},
    "perhaps": {"type": {"key": "integer", "min": 1, "max": 3}}"#,
        r#"{"one": ["set", [9, 8]], "perhaps": 0}"#), @r#"
        {}
        dynamic: one=[0] perhaps=[0]
        typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, one: 0, perhaps: 0 }
        {"one": ["set", [9, 8]], "perhaps": 0}
        dynamic: one=[8, 9] perhaps=[0]
        typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, one: 8, perhaps: 0 }
        "#);
}

#[test]
fn missing_columns_read_as_unset_and_others_only_dynamically() {
    insta::assert_snapshot!(check(r#"
    "a": {"type": {"key": "string", "min": 1, "max": 3}},
    "one": {"type": "string"},
    "zone": {"type": "integer"}"#, r#"{"one": "other kind", "zone": 4, "gone": 1}"#), @r#"
    {}
    dynamic: a=[""] one="" zone=0
    typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, one: 0 }
    {"one": "other kind", "zone": 4, "gone": 1}
    dynamic: a=[""] one="other kind" zone=4
    typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, one: 0 }
    "#);
}

#[test]
fn differences_apply_to_columns_whose_min_was_lowered() {
    let schema = schema(
        "Shop",
        r#""perhaps": {"type": "integer"}, "many": {"type": "string"}"#,
    );
    let layout = DatabaseLayout::new(schema, &[&SHELF]);
    let mut replica = Replica::new(Arc::new(layout));
    let mut apply = |change: &str| {
        let text = format!(r#"{{"Shelf": {{"{UUID}": {change}}}}}"#);
        let update = Update::decode(replica.layout(), Format::Differences, &text).unwrap();
        let batch = replica
            .apply(update, Format::Differences.into(), Cause::Delta)
            .unwrap();
        format!("{} changed; {}\n", batch.len(), read(&replica.snapshot()))
    };
    let mut report = apply(r#"{"insert": {"perhaps": 3, "many": "a"}}"#);
    report += &apply(r#"{"modify": {"perhaps": 0, "many": ""}}"#);
    report += &apply(r#"{"modify": {"perhaps": 0}}"#);
    insta::assert_snapshot!(report, @r#"
    1 changed; dynamic: many=a perhaps=3
    typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, many: a, one: 0, perhaps: 3 }
    1 changed; dynamic: many="" perhaps=0
    typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, many: "", one: 0, perhaps: 0 }
    0 changed; dynamic: many="" perhaps=0
    typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, many: "", one: 0, perhaps: 0 }
    "#);
}

#[test]
fn a_selection_reads_only_the_columns_named() {
    let selected = |database: &str, selection: Option<Selection>| {
        DatabaseLayout::selected(schema(database, AS_GENERATED), &[&SHELF], |table| {
            assert_eq!(table, "Shelf");
            selection.clone()
        })
    };
    let named = Selection::Named(vec!["perhaps".into(), "gone".into(), "some".into()]);
    let row = r#"{"many": "a", "one": 7, "perhaps": 5}"#;
    let layout = selected("Shop", Some(named));
    insta::assert_snapshot!(read(&replica(layout, Format::Differences, row)), @r#"
    dynamic: perhaps=5 some=[""]
    typed: Shelf { _uuid: 00000000-0000-0000-0000-000000000001, one: 0, perhaps: 5, some: "" }
    "#);
    let all = selected("Shop", Some(Selection::All));
    assert_eq!(
        all,
        DatabaseLayout::new(schema("Shop", AS_GENERATED), &[&SHELF])
    );
    assert!(selected("Shop", None).tables().is_empty());
}

/// A table of the same name whose columns are numbered otherwise.
static OTHER_SHELF: TableDef = TableDef {
    database: "Store",
    name: "Shelf",
    is_root: true,
    max_rows: None,
    columns: &[column("one", Kind::Integer, 1, 1)],
    indexes: &[],
};

#[test]
fn another_databases_table_of_the_same_name_is_not_read_as_the_generated_one() {
    let row = r#"{"one": 7, "a": 1}"#;
    let columns = r#""a": {"type": "integer"}, "one": {"type": "integer"}"#;
    let uuid = Uuid::parse_str(UUID).unwrap();
    for (database, generated, typed) in [
        ("Shop", &[&SHELF][..], true),
        ("Shop", &[], false),
        ("Store", &[&SHELF], false),
        ("Shop", &[&OTHER_SHELF, &SHELF], true),
        ("Store", &[&SHELF, &OTHER_SHELF], false),
    ] {
        let layout = DatabaseLayout::new(schema(database, columns), generated);
        let snapshot = replica(layout, Format::Old, row);
        let table = snapshot.table("Shelf").unwrap();
        let row = table.get(uuid).unwrap();
        if database == "Store" && generated.len() == 2 {
            assert_eq!(&*table.layout().columns()[0].name, "one");
        }
        assert_eq!(row.value(table.layout(), "one").unwrap().to_string(), "7");
        assert_eq!(snapshot.rows::<Shelf>().count() == 1, typed, "{database}");
        let shelf = snapshot.get(Ref::<Shelf>::new(uuid));
        assert_eq!(shelf.map(|shelf| shelf.get(Shelf::ONE)), typed.then_some(7));
    }
}

#[test]
fn what_a_server_lacks_or_holds_otherwise_is_listed() {
    let list = |tables: &[&'static TableDef], schema: &DatabaseSchema| {
        let lines: Vec<String> = compare(tables, schema)
            .iter()
            .map(ToString::to_string)
            .collect();
        lines.join("\n")
    };
    let same = schema("Shop", AS_GENERATED);
    assert_eq!(list(&[&SHELF], &same), "");
    let other = schema(
        "Shop",
        r#""one": {"type": {"key": "integer", "min": 0}}, "extra": {"type": "string"},
        "perhaps": {"type": {"key": {"type": "uuid", "refTable": "T"}, "min": 0}},
        "pairs": {"type": {"key": "string", "value": "string", "max": 4}}"#,
    );
    static CRATE: TableDef = TableDef {
        database: "Shop",
        name: "Crate",
        is_root: true,
        max_rows: None,
        columns: &[],
        indexes: &[],
    };
    insta::assert_snapshot!(list(&[&SHELF, &CRATE], &other), @"
    column Shelf.many is absent
    column Shelf.pairs is of type map of string to string here
    column Shelf.perhaps is of type optional reference to T here
    column Shelf.some is absent
    table Crate is absent
    ");
}
