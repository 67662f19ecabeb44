//! The stock client: what `ovsdb-client` is asked in a container where nothing bridges.
//!
//! It is asked for the schema and then, in one transaction, for rows; it aborts that transaction
//! itself, and it holds nothing but selections. No shell runs: the socket and the transaction are
//! arguments of their own. What it prints is one JSON text each time, with an answer for each
//! table, so that an output that broke off is known as such whatever status comes with it.
//!
//! **Source**: ovsdb-client(1), `get-schema` and `query`, from Open vSwitch 2.9 on.

use std::error::Error;
use std::sync::Arc;

use ovsdb_client::operation::{Outcome, OutcomeError};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::schema::{DatabaseSchema, SchemaError};
use ovsdb_client::session::{Interest, Reading, ReadingError};
use ovsdb_client::update::UpdateError;
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

/// How long a transaction with conditions may be, in bytes.
/// **Default and why**: 8 KiB; some fifty conditions, and the address of a request that is longer
/// than 16 KiB, as it may be once its quotes are written for an address, is refused by proxies.
const MAX_TRANSACTION: usize = 8 * 1024;

/// A question for rows.
#[derive(Debug)]
pub(super) struct Query {
    database: Database,
    reading: Reading,
}

/// What the program printed is no answer.
#[derive(Debug, Error)]
pub(super) enum AnswerError {
    /// Not JSON, or not all of it.
    #[error("what it printed is not complete, or no answer")]
    Text(#[source] Box<dyn Error + Send + Sync>),
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

/// The command that prints a database's schema.
pub(super) fn schema_command(path: &str, database: Database) -> Result<Vec<String>, PathError> {
    let name = database.definition().name.to_owned();
    command("get-schema", path, name)
}

/// Reads the schema that was printed.
pub(super) fn schema(text: &str, database: Database) -> Result<Arc<DatabaseSchema>, AnswerError> {
    // A text that broke off is told as such.
    let whole = whole(text)?;
    let schema = DatabaseSchema::parse(whole.get())?;
    if *schema.name != *database.definition().name {
        return Err(AnswerError::Database(schema.name));
    }
    Ok(Arc::new(schema))
}

/// A text that is one JSON value.
fn whole(text: &str) -> Result<&RawValue, AnswerError> {
    serde_json::from_str(text).map_err(|error| AnswerError::Text(error.into()))
}

impl Query {
    /// The question for what an interest wants of a database, as far as its schema has it.
    pub(super) fn new(
        schema: Arc<DatabaseSchema>,
        database: Database,
        interest: &Interest,
    ) -> Self {
        Self {
            database,
            reading: Reading::new(schema, interest),
        }
    }

    /// Whether it may stand in a command: it travels in the address of a request, and servers
    /// and those in between take so much of one.
    pub(super) fn is_short(&self) -> bool {
        self.transaction().len() <= MAX_TRANSACTION
    }

    /// The command that prints the rows.
    pub(super) fn command(&self, path: &str) -> Result<Vec<String>, PathError> {
        command("query", path, self.transaction())
    }

    /// The selections, in one transaction.
    fn transaction(&self) -> String {
        let database = json!(self.database.definition().name);
        let selections = self.reading.operations().map(|operation| json!(operation));
        let transaction: Vec<_> = [database].into_iter().chain(selections).collect();
        json!(transaction).to_string()
    }

    /// Reads the rows that were printed, all of them or none.
    pub(super) fn rows(&self, text: &str) -> Result<Snapshot, AnswerError> {
        let asked = self.reading.operations().len();
        let outcome = match Outcome::decode(asked, whole(text)?) {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(refused)) => {
                let table = refused.operation.and_then(|at| self.reading.table(at));
                return Err(match table {
                    Some(table) => AnswerError::Refused {
                        table: table.into(),
                        said: refused.error.to_string(),
                    },
                    None => AnswerError::Text(refused.into()),
                });
            }
            Err(OutcomeError::Count { expected, found }) => {
                return Err(AnswerError::Count(found, expected));
            }
            Err(error) => return Err(AnswerError::Text(error.into())),
        };
        self.reading
            .snapshot(&outcome)
            .map_err(|error| match error {
                ReadingError::Update(error) => AnswerError::Rows(error),
                error => AnswerError::Text(error.into()),
            })
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
    use ovsdb_client::operation::Condition;
    use ovsdb_client::schema::Selection;
    use ovsdb_client::session::TableInterest;
    use ovsdb_client::value::Uuid;
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
        let name = nb::logical_switch::NAME.name();
        let named = TableInterest {
            columns: Selection::Named(vec![name.into(), "not there".into()]),
            conditions: Vec::new(),
        };
        let interest = Interest::nothing_of(&nb::DATABASE)
            .table_named(nb::logical_switch::DEFINITION.name, named)
            .table::<nb::NbGlobal>();
        Query::new(schema, Database::Nb, &interest)
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
    fn the_server_looks_for_the_rows_that_are_meant_unless_that_takes_too_many_words() {
        let some = |count: u128| {
            let schema = schema(SCHEMA, Database::Nb).expect("a schema");
            let conditions = (0..count).map(|number| Condition::row(Uuid::from_u128(number)));
            let rows = TableInterest {
                columns: Selection::Named(vec![nb::logical_switch::NAME.name().into()]),
                conditions: conditions.collect(),
            };
            let interest = Interest::nothing_of(&nb::DATABASE)
                .table_named(nb::logical_switch::DEFINITION.name, rows);
            Query::new(schema, Database::Nb, &interest)
        };
        let command = some(2).command(PATH).expect("plain");
        insta::assert_snapshot!(command.last().expect("a transaction"), @r#"["OVN_Northbound",{"op":"select","table":"Logical_Switch","where":[["_uuid","==",["uuid","00000000-0000-0000-0000-000000000000"]]],"columns":["_uuid","name"]},{"op":"select","table":"Logical_Switch","where":[["_uuid","==",["uuid","00000000-0000-0000-0000-000000000001"]]],"columns":["_uuid","name"]}]"#);
        assert!(some(2).is_short() && !some(200).is_short());
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
