//! Schemas of recordings: those of the sources, so that stock servers accept what is recorded.

use ovsdb_client::schema::DatabaseSchema;

use crate::database::Database;
use crate::node;
use crate::record::RecordError;

/// The tables to record; all where none is named.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables(Vec<String>);

impl Tables {
    /// Checks the names.
    ///
    /// # Errors
    /// [`RecordError::NoTable`] for one that no database has.
    pub(super) fn of(names: &[String], schemas: &[&DatabaseSchema]) -> Result<Self, RecordError> {
        let is_known = |name: &str| schemas.iter().any(|schema| schema.table(name).is_some());
        match names.iter().find(|name| !is_known(name)) {
            Some(unknown) => Err(RecordError::NoTable(unknown.clone())),
            None => Ok(Self(names.to_vec())),
        }
    }

    fn contains(&self, database: Database, table: &str) -> bool {
        self.0.is_empty()
            || self.0.iter().any(|name| name == table)
            || node::needs(database).columns(database, table).is_some()
    }

    /// Whether rows of this table are recorded.
    pub(super) fn schema(
        &self,
        database: Database,
        schema: &DatabaseSchema,
        live: bool,
    ) -> DatabaseSchema {
        let mut schema = schema.clone();
        for table in &mut schema.tables {
            for column in &mut table.columns {
                // What a running server told of counters and links would otherwise stand in no
                // file. A cluster keeps these columns too.
                column.ephemeral &= !live;
            }
        }
        if self.0.is_empty() {
            return schema;
        }
        schema
            .tables
            .retain(|table| self.contains(database, &table.name));
        let kept: Vec<Box<str>> = schema
            .tables
            .iter()
            .map(|table| table.name.clone())
            .collect();
        for table in &mut schema.tables {
            // A row that nothing refers to goes when a server loads the file, and one that refers
            // to what is not there makes the file unreadable.
            table.is_root = true;
            for column in &mut table.columns {
                let column_type = &mut column.column_type;
                for base in [Some(&mut column_type.key), column_type.value.as_mut()] {
                    let Some(base) = base else {
                        continue;
                    };
                    if let Some(reference) = &base.reference
                        && !kept.contains(&reference.table)
                    {
                        base.reference = None;
                    }
                }
            }
        }
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> DatabaseSchema {
        DatabaseSchema::parse(
            r#"{"name":"OVN_Northbound","version":"1.0.0","tables":{
                "NB_Global":{"isRoot":true,"columns":{
                    "name":{"type":"string"},
                    "ssl":{"type":{"key":{"type":"uuid","refTable":"SSL"},"min":0}}}},
                "SSL":{"columns":{"ca":{"type":"string"}}},
                "Switch":{"isRoot":true,"columns":{
                    "ports":{"type":{"key":{"type":"uuid","refTable":"Port"},"min":0,"max":"unlimited"}},
                    "ssl":{"type":{"key":{"type":"uuid","refTable":"SSL"},"min":0}}}},
                "Port":{"columns":{"up":{"type":"boolean","ephemeral":true}}}}}"#,
        )
        .expect("a schema")
    }

    fn chosen(names: &[&str], live: bool) -> Result<String, String> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let schema = schema();
        let tables = Tables::of(&names, &[&schema]).map_err(|error| error.to_string())?;
        let schema = tables.schema(Database::Nb, &schema, live);
        serde_json::to_string(&schema).map_err(|error| error.to_string())
    }

    #[test]
    fn without_a_choice_only_ephemeral_columns_of_live_servers_change() {
        let all = serde_json::to_string(&schema()).expect("JSON");
        assert_eq!(chosen(&[], false), Ok(all.clone()));
        assert_eq!(
            chosen(&[], true),
            Ok(all.replace(",\"ephemeral\":true", ""))
        );
    }

    #[test]
    fn chosen_tables_stand_alone_with_the_one_that_names_the_node() {
        insta::assert_snapshot!(chosen(&["Switch", "Port"], false).expect("a choice"));
        assert_eq!(
            chosen(&["Swtch"], false),
            Err("no database has a table `Swtch`".to_owned())
        );
    }
}
