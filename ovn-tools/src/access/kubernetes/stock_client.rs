//! The stock client: what `ovsdb-client` is asked in a container where nothing bridges.
//!
//! It is asked for the schema and then, in one transaction, for rows; it aborts that transaction
//! itself, and it holds nothing but selections. No shell runs: the socket and the transaction are
//! arguments of their own. What it prints is one JSON text each time, with an answer for each
//! table, so that an output that broke off is known as such whatever status comes with it.
//!
//! **Source**: ovsdb-client(1), `get-schema` and `query`, from Open vSwitch 2.9 on.

use std::collections::BTreeMap;
use std::sync::Arc;

use ovsdb_client::replica::{Cause, Replica, Snapshot};
use ovsdb_client::schema::{DatabaseLayout, DatabaseSchema, SchemaError, Selection};
use ovsdb_client::update::{Format, Update, UpdateError};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use thiserror::Error;

use crate::access::kubernetes::bridge::{Collapse, PathError, check_path};
use crate::access::kubernetes::ending::Ending;
use crate::database::Database;

/// The program.
pub(super) const PROGRAM: &str = "ovsdb-client";

/// How long it may run, in seconds, so that nothing stays behind in the pod.
/// **Default and why**: 50; it ends by itself before its caller gives up after 60.
const RUN_SECONDS: u32 = 50;

/// The columns of a table that are asked for; all for `None`.
type Columns = Option<Vec<Box<str>>>;

/// A question for rows.
#[derive(Debug)]
pub(super) struct Query {
    layout: Arc<DatabaseLayout>,
    /// By table, ascending.
    tables: BTreeMap<Box<str>, Columns>,
}

/// What the program printed is no answer.
#[derive(Debug, Error)]
pub(super) enum AnswerError {
    /// Not JSON, or not all of it.
    #[error("what it printed is not complete, or no answer")]
    Text(#[from] serde_json::Error),
    /// Another schema than that of the database.
    #[error("it printed the schema of another database: {0}")]
    Database(Box<str>),
    /// A schema that cannot be read.
    #[error("the schema that it printed cannot be read")]
    Schema(#[from] SchemaError),
    /// The server refused a selection.
    #[error("the server refused to tell the table {table}: {said}")]
    Refused {
        /// The table.
        table: Box<str>,
        /// Its words.
        said: String,
    },
    /// Not as many answers as tables.
    #[error("it printed {0} answers for {1} tables")]
    Count(usize, usize),
    /// Rows that cannot be read.
    #[error("the rows that it printed cannot be read")]
    Rows(#[from] UpdateError),
}

#[derive(Deserialize)]
struct Answer<'t> {
    #[serde(borrow, default)]
    rows: Option<Vec<&'t RawValue>>,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    details: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    _uuid: (String, String),
}

/// The command that prints a database's schema.
pub(super) fn schema_command(path: &str, database: Database) -> Result<Vec<String>, PathError> {
    let name = database.definition().name.to_owned();
    command("get-schema", path, name)
}

/// Reads the schema that was printed.
pub(super) fn schema(text: &str, database: Database) -> Result<Arc<DatabaseSchema>, AnswerError> {
    // A text that broke off is told as such.
    let whole: &RawValue = serde_json::from_str(text)?;
    let schema = DatabaseSchema::parse(whole.get())?;
    if *schema.name != *database.definition().name {
        return Err(AnswerError::Database(schema.name));
    }
    Ok(Arc::new(schema))
}

impl Query {
    /// The question for these tables and columns of a database, as far as its schema has them.
    pub(super) fn new(
        schema: Arc<DatabaseSchema>,
        database: Database,
        select: impl Fn(&str) -> Option<Selection>,
    ) -> Self {
        let generated = database.definition().tables;
        let layout = DatabaseLayout::selected(schema, generated, &select);
        let columns = |table: &str| match select(table) {
            Some(Selection::Named(_)) => {
                let present = layout.table(table).into_iter();
                let present = present.flat_map(|table| table.present());
                Some(present.map(|(_, column)| column.name.clone()).collect())
            }
            _ => None,
        };
        let tables = layout.tables().iter();
        let tables = tables.map(|table| (table.name.clone(), columns(&table.name)));
        Self {
            tables: tables.collect(),
            layout: Arc::new(layout),
        }
    }

    /// The command that prints the rows.
    pub(super) fn command(&self, path: &str) -> Result<Vec<String>, PathError> {
        let database = json!(*self.layout.schema.name);
        let selections = self.tables.iter().map(|(table, columns)| {
            let mut selection = json!({"op": "select", "table": **table, "where": []});
            if let Some(columns) = columns {
                let columns = columns.iter().map(|name| &**name);
                let columns: Vec<&str> = ["_uuid"].into_iter().chain(columns).collect();
                selection["columns"] = json!(columns);
            }
            selection
        });
        let transaction: Vec<_> = [database].into_iter().chain(selections).collect();
        command("query", path, json!(transaction).to_string())
    }

    /// Reads the rows that were printed, all of them or none.
    pub(super) fn rows(&self, text: &str) -> Result<Snapshot, AnswerError> {
        let answers: Vec<Answer<'_>> = serde_json::from_str(text)?;
        if answers.len() != self.tables.len() {
            return Err(AnswerError::Count(answers.len(), self.tables.len()));
        }
        // As a monitor would have told them at first.
        let mut told = String::with_capacity(text.len() + text.len() / 4);
        told.push('{');
        for (table, answer) in self.tables.keys().zip(answers) {
            let Some(rows) = answer.rows else {
                let said = [answer.error, answer.details].into_iter().flatten();
                return Err(AnswerError::Refused {
                    table: table.clone(),
                    said: said.collect::<Vec<_>>().join(": "),
                });
            };
            if told.len() > 1 {
                told.push(',');
            }
            told.push_str(&json!(**table).to_string());
            told.push_str(":{");
            for (at, row) in rows.into_iter().enumerate() {
                let named: Named = serde_json::from_str(row.get())?;
                if at > 0 {
                    told.push(',');
                }
                told.push_str(&json!(named._uuid.1).to_string());
                told.push_str(":{\"new\":");
                told.push_str(row.get());
                told.push('}');
            }
            told.push('}');
        }
        told.push('}');
        let update = Update::decode(&self.layout, Format::Old, &told)?;
        let mut replica = Replica::new(Arc::clone(&self.layout));
        replica.replace(update, Cause::Initial)?;
        Ok(replica.snapshot())
    }
}

fn command(method: &str, path: &str, last: String) -> Result<Vec<String>, PathError> {
    check_path(path)?;
    Ok(vec![
        PROGRAM.to_owned(),
        format!("--timeout={RUN_SECONDS}"),
        // A member of a cluster of servers answers for itself.
        "--no-leader-only".to_owned(),
        method.to_owned(),
        format!("unix:{path}"),
        last,
    ])
}

/// Why the program ended badly.
pub(super) fn collapse(ending: Option<&Ending>, complaints: &str) -> Collapse {
    for (words, collapse) in [
        ("No such file or directory", Collapse::NoSocket),
        ("Permission denied", Collapse::Denied),
        ("Connection refused", Collapse::Refused),
    ] {
        if complaints.contains(words) {
            return collapse;
        }
    }
    match ending {
        Some(ending) if ending.is_absent(PROGRAM) => Collapse::NoProgram,
        _ => {
            let mut lines = complaints.lines().rev();
            let last = lines.find(|line| !line.trim().is_empty());
            let how = match ending {
                Some(Ending::Code(code)) => format!("it ended with exit code {code}"),
                Some(Ending::Failure(message)) => message.clone(),
                Some(Ending::Success) | None => "it ended too early".to_owned(),
            };
            Collapse::Other(match last {
                Some(last) => format!("{how}: {}", last.trim()),
                None => how,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use ovn_schemas::nb;
    use proptest::prelude::*;

    use super::*;

    const PATH: &str = "/var/run/ovn/ovnnb_db.sock";
    const SCHEMA: &str = r#"{"name": "OVN_Northbound", "version": "7.0.0", "tables": {
        "Logical_Switch": {"columns": {
            "name": {"type": "string"},
            "other_config": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}}}},
        "NB_Global": {"columns": {"nb_cfg": {"type": "integer"}}}}}"#;

    fn query() -> Query {
        let schema = schema(SCHEMA, Database::Nb).expect("a schema");
        let switch = nb::logical_switch::DEFINITION.name;
        Query::new(schema, Database::Nb, |table| match table {
            table if table == switch => {
                let name = nb::logical_switch::NAME.name();
                Some(Selection::Named(vec![name.into(), "not there".into()]))
            }
            _ => Some(Selection::All),
        })
    }

    #[test]
    fn what_is_asked_is_a_selection_and_no_part_of_it_an_option() {
        let commands = [
            schema_command(PATH, Database::Nb).expect("plain"),
            query().command(PATH).expect("plain"),
        ];
        insta::assert_debug_snapshot!(commands, @r#"
        [
            [
                "ovsdb-client",
                "--timeout=50",
                "--no-leader-only",
                "get-schema",
                "unix:/var/run/ovn/ovnnb_db.sock",
                "OVN_Northbound",
            ],
            [
                "ovsdb-client",
                "--timeout=50",
                "--no-leader-only",
                "query",
                "unix:/var/run/ovn/ovnnb_db.sock",
                "[\"OVN_Northbound\",{\"op\":\"select\",\"table\":\"Logical_Switch\",\"where\":[],\"columns\":[\"_uuid\",\"name\"]},{\"op\":\"select\",\"table\":\"NB_Global\",\"where\":[]}]",
            ],
        ]
        "#);
        for path in ["-v", "/a b", "tcp:1.2.3.4:6641", "/a,b"] {
            assert!(schema_command(path, Database::Nb).is_err(), "{path}");
            assert!(query().command(path).is_err(), "{path}");
        }
    }

    #[test]
    fn rows_are_read_as_exactly_as_from_a_monitor() {
        let text = r#"[{"rows":[{"_uuid":["uuid","5a5a5a5a-0000-4000-8000-000000000001"],"name":"a \"b\""}]},
            {"rows":[{"_uuid":["uuid","5a5a5a5a-0000-4000-8000-000000000002"],"_version":["uuid","5a5a5a5a-0000-4000-8000-000000000003"],"nb_cfg":9007199254740993}]}]"#;
        let rows = query().rows(text).expect("rows");
        let switches: Vec<_> = rows.rows::<nb::LogicalSwitch>().collect();
        assert_eq!(switches.len(), 1);
        assert_eq!(switches[0].name(), "a \"b\"");
        let global: Vec<_> = rows.rows::<nb::NbGlobal>().collect();
        assert_eq!(global[0].nb_cfg(), 9_007_199_254_740_993);
    }

    #[test]
    fn what_is_no_whole_answer_is_refused() {
        let errors = [
            r#"[{"rows":[]},{"rows":["#,
            r#"[{"rows":[]}]"#,
            r#"[{"rows":[]},{"error":"unknown column","details":"no x"}]"#,
            r#"[{"rows":[]},{"rows":[{"nb_cfg":1}]}]"#,
            "",
        ]
        .map(|text| {
            query()
                .rows(text)
                .map(|_| ())
                .expect_err("refused")
                .to_string()
        });
        insta::assert_snapshot!(errors.join("\n"), @"
        what it printed is not complete, or no answer
        it printed 1 answers for 2 tables
        the server refused to tell the table NB_Global: unknown column: no x
        what it printed is not complete, or no answer
        what it printed is not complete, or no answer
        ");
        let other = schema(SCHEMA, Database::Sb).expect_err("refused");
        insta::assert_snapshot!(other, @"it printed the schema of another database: OVN_Northbound");
    }

    proptest! {
        #[test]
        fn whatever_is_printed_is_rows_or_an_error(text: String) {
            let _ = query().rows(&text);
            let _ = schema(&text, Database::Nb);
        }

        #[test]
        fn an_answer_that_is_cut_is_never_taken_for_whole(length in 0_usize..111) {
            let text = r#"[{"rows":[{"_uuid":["uuid","5a5a5a5a-0000-4000-8000-000000000001"],"name":"a"}]},{"rows":[]}]"#;
            prop_assert!(query().rows(&text[..length.min(text.len() - 1)]).is_err());
        }
    }
}
