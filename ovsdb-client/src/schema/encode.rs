//! Writes schemas in their JSON form.
//!
//! **Source**: RFC 7047 §3.2; what is left out where it is the default is what ovsdb-server leaves
//! out.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::schema::{
    BaseType, ColumnSchema, ColumnType, DatabaseSchema, RefKind, TableSchema, UNLIMITED,
};
use crate::value::Datum;

/// The `<database-schema>`: [`DatabaseSchema::parse`] reads it back as the same schema.
///
/// **Shape**: what parsing passes over is not there: `cksum`, and `mutable` of tables.
impl Serialize for DatabaseSchema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Readers older than `isRoot` take every table for a root table, and so do later ones when
        // no table says otherwise.
        let all_roots = self.tables.iter().all(|table| table.is_root);
        let tables = Members(|| {
            self.tables.iter().map(move |table| {
                let table = Table { table, all_roots };
                (&*table.table.name, table)
            })
        });
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        if !self.version.is_empty() {
            map.serialize_entry("version", &self.version)?;
        }
        map.serialize_entry("tables", &tables)?;
        map.end()
    }
}

/// An object of the members that a function lists.
struct Members<F>(F);

impl<'a, T, I, F> Serialize for Members<F>
where
    T: Serialize,
    I: Iterator<Item = (&'a str, T)>,
    F: Fn() -> I,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

struct Table<'a> {
    table: &'a TableSchema,
    all_roots: bool,
}

impl Serialize for Table<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let columns = Members(|| {
            let columns = self.table.columns.iter();
            columns.map(|column| (&*column.name, Column(column)))
        });
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("columns", &columns)?;
        if let Some(rows) = self.table.max_rows {
            map.serialize_entry("maxRows", &rows)?;
        }
        if self.table.is_root != self.all_roots {
            map.serialize_entry("isRoot", &self.table.is_root)?;
        }
        if !self.table.indexes.is_empty() {
            map.serialize_entry("indexes", &self.table.indexes)?;
        }
        map.end()
    }
}

struct Column<'a>(&'a ColumnSchema);

impl Serialize for Column<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &self.0.column_type)?;
        if self.0.ephemeral {
            map.serialize_entry("ephemeral", &true)?;
        }
        if !self.0.mutable {
            map.serialize_entry("mutable", &false)?;
        }
        map.end()
    }
}

/// The `<type>`.
impl Serialize for ColumnType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_scalar() && self.key.is_plain() {
            return self.key.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", &self.key)?;
        if let Some(value) = &self.value {
            map.serialize_entry("value", value)?;
        }
        if self.min != 1 {
            map.serialize_entry("min", &self.min)?;
        }
        match self.max {
            1 => {}
            UNLIMITED => map.serialize_entry("max", "unlimited")?,
            max => map.serialize_entry("max", &max)?,
        }
        map.end()
    }
}

impl BaseType {
    fn is_plain(&self) -> bool {
        *self == Self::plain(self.kind)
    }
}

/// The `<base-type>`.
impl Serialize for BaseType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_plain() {
            return serializer.serialize_str(self.kind.name());
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.kind.name())?;
        if !self.enumeration.is_empty() {
            let allowed = Datum::Set(self.enumeration.clone());
            map.serialize_entry("enum", &allowed)?;
        }
        for (member, bound) in [
            ("minInteger", self.min_integer),
            ("maxInteger", self.max_integer),
        ] {
            if let Some(bound) = bound {
                map.serialize_entry(member, &bound)?;
            }
        }
        for (member, bound) in [("minReal", self.min_real), ("maxReal", self.max_real)] {
            if let Some(bound) = bound {
                map.serialize_entry(member, &bound)?;
            }
        }
        for (member, bound) in [
            ("minLength", self.min_length),
            ("maxLength", self.max_length),
        ] {
            if let Some(bound) = bound {
                map.serialize_entry(member, &bound)?;
            }
        }
        if let Some(reference) = &self.reference {
            map.serialize_entry("refTable", &reference.table)?;
            if reference.kind == RefKind::Weak {
                map.serialize_entry("refType", "weak")?;
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::value::{Atom, samples};

    prop_compose! {
        fn column()(
            column_type in samples::column_type(),
            bounds in any::<[Option<i64>; 2]>(),
            lengths in any::<[Option<u64>; 2]>(),
            reals in prop::option::of(prop::num::f64::NORMAL),
            ephemeral in any::<bool>(),
            mutable in any::<bool>(),
        ) -> ColumnSchema {
            let mut column_type = column_type;
            let key = &mut column_type.key;
            [key.min_integer, key.max_integer] = bounds;
            [key.min_length, key.max_length] = lengths.map(|length| length.map(|length| length >> 1));
            key.max_real = reals;
            ColumnSchema { name: "".into(), column_type, ephemeral, mutable }
        }
    }

    prop_compose! {
        fn table()(
            columns in prop::collection::btree_map("[a-z]{1,4}", column(), 1..4),
            max_rows in prop::option::of(1u64..),
            is_root in any::<bool>(),
            indexed in any::<bool>(),
        ) -> TableSchema {
            let columns: Vec<ColumnSchema> = columns
                .into_iter()
                .map(|(name, column)| ColumnSchema { name: name.into(), ..column })
                .collect();
            let indexes = if indexed { vec![vec![columns[0].name.clone()]] } else { Vec::new() };
            TableSchema { name: "".into(), columns, max_rows, is_root, indexes }
        }
    }

    prop_compose! {
        fn schema()(
            version in prop::option::of("[0-9]\\.[0-9]\\.[0-9]"),
            tables in prop::collection::btree_map("[A-Z]{1,3}", table(), 0..4),
        ) -> DatabaseSchema {
            let mut tables: Vec<TableSchema> = tables
                .into_iter()
                .map(|(name, table)| TableSchema { name: name.into(), ..table })
                .collect();
            // As parsing has it.
            if !tables.iter().any(|table| table.is_root) {
                for table in &mut tables {
                    table.is_root = true;
                }
            }
            DatabaseSchema {
                name: "D".into(),
                version: version.unwrap_or_default().into(),
                tables,
            }
        }
    }

    proptest! {
        #[test]
        fn a_schema_reads_back_as_it_was_written(schema in schema()) {
            let text = serde_json::to_string(&schema).unwrap();
            prop_assert_eq!(DatabaseSchema::parse(&text).unwrap(), schema);
        }
    }

    #[test]
    fn defaults_are_left_out_as_servers_leave_them_out() {
        let text = r#"{"name": "T", "version": "1.0.0", "cksum": "1 2", "tables": {
            "A": {"isRoot": true, "maxRows": 10, "indexes": [["n"]], "columns": {
                "n": {"type": {"key": {"type": "integer"}, "min": 1, "max": 1}},
                "m": {"type": {"key": "string", "value": {"type": "uuid", "refTable": "B", "refType": "strong"},
                      "min": 0, "max": "unlimited"}},
                "e": {"type": {"key": {"type": "string", "enum": "x"}, "min": 0}, "mutable": true}}},
            "B": {"isRoot": false, "columns": {
                "f": {"type": {"key": {"type": "real", "minReal": 0.5}}, "ephemeral": true}}}}}"#;
        let schema = DatabaseSchema::parse(text).unwrap();
        assert_eq!(
            schema.tables[0].columns[0].column_type.key.enumeration,
            [Atom::from("x")]
        );
        insta::assert_snapshot!(
            serde_json::to_string(&schema).unwrap(),
            @r#"{"name":"T","version":"1.0.0","tables":{"A":{"columns":{"e":{"type":{"key":{"type":"string","enum":"x"},"min":0}},"m":{"type":{"key":"string","value":{"type":"uuid","refTable":"B"},"min":0,"max":"unlimited"}},"n":{"type":"integer"}},"maxRows":10,"isRoot":true,"indexes":[["n"]]},"B":{"columns":{"f":{"type":{"key":{"type":"real","minReal":0.5}},"ephemeral":true}}}}}"#
        );
    }
}
