//! Transactions by names, on a schema that is known only when the test runs.

use std::fs;
use std::sync::Arc;

use anyhow::{Context, Result};
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovsdb_client::client::{Client, ClientError, Ending, ReadWrite, Stop, TransactionError};
use ovsdb_client::operation::{Columns, Condition, Function, Mutation, Mutator, Operation};
use ovsdb_client::session::Interest;
use ovsdb_client::value::{Atom, Datum, Uuid};
use tempfile::TempDir;

use crate::northbound::chain;

/// One column of every shape, and what no schema of OVN has: reals, and bounds on them.
const SCHEMA: &str = r#"{"name": "T", "version": "1.0.0", "tables": {
    "A": {"isRoot": true, "columns": {
        "n": {"type": "integer"},
        "r": {"type": {"key": {"type": "real", "minReal": -1, "maxReal": 2.5}}},
        "few": {"type": {"key": {"type": "integer", "minInteger": 1}, "min": 0, "max": 3}},
        "word": {"type": {"key": {"type": "string", "minLength": 2, "maxLength": 3}, "min": 0, "max": 1}},
        "m": {"type": {"key": "string", "value": "integer", "min": 0, "max": "unlimited"}},
        "once": {"type": "string", "mutable": false},
        "to": {"type": {"key": {"type": "uuid", "refTable": "B"}, "min": 0, "max": "unlimited"}}}},
    "B": {"columns": {"name": {"type": "string"}}}}}"#;

async fn server() -> Result<(DatabaseServer, Client<ReadWrite>)> {
    let folder = TempDir::new()?;
    let path = folder.path().join("t.ovsschema");
    fs::write(&path, SCHEMA)?;
    let server = DatabaseServer::setup()
        .database(Schema::at(&path))
        .start()?;
    let client = Client::<ReadWrite>::builder()
        .remotes(&server.endpoint())?
        .connect()
        .await?;
    Ok((server, client))
}

fn set(values: &[i64]) -> Datum {
    Datum::set(values.iter().copied().map(Atom::from))
}

fn mutation(column: &str, mutator: Mutator, value: Datum) -> Mutation {
    Mutation {
        column: column.into(),
        mutator,
        value,
    }
}

#[tokio::test]
async fn rows_are_changed_and_read_by_name() -> Result<()> {
    let (_server, client) = server().await?;
    let monitor = client.monitor(Interest::everything("T")).await?;
    let done = monitor
        .transaction(|tx| {
            let b = tx.table("B").insert([("name", Datum::scalar("b"))]);
            let a = tx.table("A").insert([
                ("n", Datum::scalar(1)),
                ("few", set(&[1, 2])),
                ("m", Datum::map([("a".into(), Atom::from(1))])),
                ("to", Datum::scalar(b)),
                ("once", Datum::scalar("for good")),
            ]);
            let mut table = tx.table("A");
            table.mutate(
                a,
                vec![
                    mutation("n", Mutator::Multiply, Datum::scalar(5)),
                    mutation("few", Mutator::Insert, set(&[3])),
                    mutation("m", Mutator::Delete, Datum::scalar("a")),
                    mutation("r", Mutator::Add, Datum::scalar(1.5)),
                ],
            );
            table.update(a, [("word", Datum::scalar("äöü"))]);
            let layout = table.layout().cloned().unwrap();
            let row = table.get(a).cloned().unwrap();
            Ok((a, layout, row))
        })
        .run()
        .await?;
    let (a, layout, expected) = done.value;
    let snapshot = monitor.snapshot();
    let rows = snapshot.table("A").context("the table")?;
    let row = rows.get(a).context("the row")?;
    assert_eq!(*row, expected, "what was seen inside is what came of it");
    let text: Vec<String> = row
        .values(&layout)
        .filter(|(name, _)| *name != "to")
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    insta::assert_snapshot!(text.join(" "), @r#"few=[1, 2, 3] m={} n=5 once="for good" r=1.5 word="äöü""#);

    let done = monitor
        .transaction(|tx| {
            let mut table = tx.table("A");
            table.verify(a, "few");
            let above = Condition::Clause {
                column: "n".into(),
                function: Function::Greater,
                value: Datum::scalar(4),
            };
            table.verify_none(vec![Condition::Clause {
                column: "n".into(),
                function: Function::Less,
                value: Datum::scalar(0),
            }]);
            table.verify_row(a);
            let step = table.update(vec![above], [("n", Datum::scalar(0))]);
            table.delete(a);
            assert_eq!(table.rows().count(), 0);
            Ok(step)
        })
        .run()
        .await?;
    assert_eq!(done.count(done.value), Some(1));
    let snapshot = monitor.snapshot();
    assert!(snapshot.tables().all(|table| table.is_empty()));
    Ok(())
}

#[tokio::test]
async fn a_transaction_without_a_monitor_needs_the_schema_only() -> Result<()> {
    let (_server, client) = server().await?;
    let schema = Arc::new(client.schema("T").await?);
    let done = client
        .transaction(Arc::clone(&schema), |tx| {
            assert!(tx.snapshot().is_none());
            assert_eq!(&*tx.schema().name, "T");
            let a = tx.table("A").insert([]);
            assert!(tx.table("A").get(a).is_none(), "nothing is read");
            Ok(tx.table("A").update(a, [("n", Datum::scalar(0))]))
        })
        .run()
        .await?;
    assert_eq!(done.ending, Ending::Committed);
    assert_eq!(done.count(done.value), Some(1));
    Ok(())
}

/// What is wrong with an operation: found here, and nothing was sent. The server, asked all the
/// same, agrees.
async fn check(client: &Client<ReadWrite>, operation: Operation) -> Result<String> {
    let schema = Arc::new(client.schema("T").await?);
    let result = client
        .transaction(schema, |tx| {
            match operation.clone() {
                Operation::Insert { table, row, .. } => {
                    tx.table(&table).insert(columns(&row));
                }
                Operation::Update {
                    table,
                    conditions,
                    row,
                } => {
                    tx.table(&table).update(conditions, columns(&row));
                }
                Operation::Mutate {
                    table,
                    conditions,
                    mutations,
                } => {
                    tx.table(&table).mutate(conditions, mutations);
                }
                Operation::Delete { table, conditions } => {
                    tx.table(&table).delete(conditions);
                }
                other => return Err(Stop::because(format!("{other:?}"))),
            }
            Ok(())
        })
        .run()
        .await;
    let error = result.err().context("it was carried out")?;
    assert!(
        matches!(error, TransactionError::Constraint(_)),
        "{error:?}"
    );
    let asked = client.transact("T", vec![operation.clone()]).await;
    assert!(
        matches!(
            asked,
            Err(ClientError::Transact(_) | ClientError::Encode(_))
        ),
        "{operation:?}: {asked:?}"
    );
    client.echo().await.context("the connection is kept")?;
    Ok(chain(&error))
}

fn columns(row: &Columns) -> impl Iterator<Item = (&str, Datum)> {
    row.iter().map(|(name, value)| (&**name, value.clone()))
}

fn insert(column: &str, value: Datum) -> Operation {
    Operation::Insert {
        table: "A".into(),
        row: vec![(column.into(), value)],
        uuid: None,
        uuid_name: None,
    }
}

#[tokio::test]
async fn what_breaks_a_constraint_is_refused_here_as_the_server_would_refuse_it() -> Result<()> {
    let (_server, client) = server().await?;
    let mut operations = Vec::new();
    for (column, value) in [
        ("r", Datum::scalar(2.6)),
        ("r", Datum::scalar(f64::NAN)),
        ("r", Datum::scalar(3e-320)),
        ("n", Datum::scalar(1.5)),
        ("n", set(&[])),
        ("n", set(&[1, 2])),
        ("few", set(&[1, 2, 3, 4])),
        ("few", set(&[0])),
        ("few", Datum::map([])),
        ("word", Datum::scalar("é")),
        ("word", Datum::scalar("word")),
        ("word", Datum::scalar("a\0")),
        ("m", Datum::map([("\0".into(), Atom::from(1))])),
        ("absent", set(&[])),
    ] {
        operations.push(insert(column, value));
    }
    for mutation in [
        mutation("once", Mutator::Insert, Datum::scalar("x")),
        mutation("n", Mutator::Insert, set(&[1])),
        mutation("r", Mutator::Remainder, Datum::scalar(1.0)),
        mutation("m", Mutator::Add, set(&[1])),
        mutation("word", Mutator::Add, set(&[1])),
        mutation("n", Mutator::Divide, set(&[0])),
        mutation("n", Mutator::Add, set(&[1, 2])),
        mutation("few", Mutator::Insert, set(&[0])),
        mutation("few", Mutator::Insert, set(&[1, 2, 3, 4])),
        mutation("few", Mutator::Delete, set(&[0, 1, 2, 3, 4])),
        mutation("m", Mutator::Insert, set(&[])),
    ] {
        operations.push(Operation::Mutate {
            table: "A".into(),
            conditions: Vec::new(),
            mutations: vec![mutation],
        });
    }
    for (column, function, value) in [
        ("word", Function::Less, Datum::scalar("x")),
        ("few", Function::Less, Datum::scalar(1)),
        ("n", Function::Less, set(&[])),
        ("m", Function::Equal, Datum::scalar("a")),
        ("m", Function::Includes, Datum::scalar("a")),
        ("few", Function::Equal, set(&[1, 2, 3, 4])),
        ("few", Function::Includes, set(&[1, 2, 3, 4])),
        ("few", Function::Excludes, set(&[0])),
        ("n", Function::Includes, set(&[])),
        ("n", Function::Excludes, set(&[1, 2])),
        ("absent", Function::Equal, Datum::scalar("a")),
        ("_uuid", Function::Equal, Datum::scalar("a")),
    ] {
        operations.push(Operation::Delete {
            table: "A".into(),
            conditions: vec![Condition::Clause {
                column: column.into(),
                function,
                value,
            }],
        });
    }
    operations.push(Operation::Update {
        table: "A".into(),
        conditions: Vec::new(),
        row: vec![("once".into(), Datum::scalar("again"))],
    });
    operations.push(Operation::Delete {
        table: "C".into(),
        conditions: Vec::new(),
    });
    // Something for the mutations to act on.
    let row = Operation::Insert {
        table: "A".into(),
        row: Columns::new(),
        uuid: None,
        uuid_name: None,
    };
    client.transact("T", vec![row]).await?;
    let mut refused = Vec::new();
    for operation in operations {
        refused.push(check(&client, operation).await?);
    }
    for text in &mut refused {
        let text_of = text.strip_prefix("the transaction breaks a constraint: ");
        *text = text_of.context("the place follows")?.to_owned();
    }
    insta::assert_snapshot!(refused.join("\n"), @r"
    operation 0, insert into A, column r, cannot be carried out: 2.6 is out of range: -1 to 2.5
    operation 0, insert into A, column r, cannot be carried out: NaN is no finite normal real
    operation 0, insert into A, column r, cannot be carried out: 3e-320 is no finite normal real
    operation 0, insert into A, column n, cannot be carried out: the value is not of type integer
    operation 0, insert into A, column n, cannot be carried out: 0 values, and the column takes exactly 1
    operation 0, insert into A, column n, cannot be carried out: 2 values, and the column takes exactly 1
    operation 0, insert into A, column few, cannot be carried out: 4 values, and the column takes 0 to 3
    operation 0, insert into A, column few, cannot be carried out: 0 is out of range: at least 1
    operation 0, insert into A, column few, cannot be carried out: the value is not of type set of integer
    operation 0, insert into A, column word, cannot be carried out: a string of 1 characters is out of range: 2 to 3
    operation 0, insert into A, column word, cannot be carried out: a string of 4 characters is out of range: 2 to 3
    operation 0, insert into A, column word, cannot be carried out: a string holds the NUL character
    operation 0, insert into A, column m, cannot be carried out: a string holds the NUL character
    operation 0, insert into A, column absent, cannot be carried out: the server lacks the column
    operation 0, mutation of A, column once, cannot be carried out: the column cannot change after the insert
    operation 0, mutation of A, column n, cannot be carried out: insert does not apply to type integer
    operation 0, mutation of A, column r, cannot be carried out: %= does not apply to type real
    operation 0, mutation of A, column m, cannot be carried out: += does not apply to type map of string to integer
    operation 0, mutation of A, column word, cannot be carried out: += does not apply to type optional string
    operation 0, mutation of A, column n, cannot be carried out: the division is by zero
    operation 0, mutation of A, column n, cannot be carried out: 2 values, and the column takes exactly 1
    operation 0, mutation of A, column few, cannot be carried out: 0 is out of range: at least 1
    operation 0, mutation of A, column few, cannot be carried out: 4 values, and the column takes 0 to 3
    operation 0, mutation of A, column few, cannot be carried out: 0 is out of range: at least 1
    operation 0, mutation of A, column m, cannot be carried out: the value is not of type map of string to integer
    operation 0, deletion from A, column word, cannot be carried out: values of type optional string have no order
    operation 0, deletion from A, column few, cannot be carried out: values of type set of integer have no order
    operation 0, deletion from A, column n, cannot be carried out: 0 values, and the column takes exactly 1
    operation 0, deletion from A, column m, cannot be carried out: the value is not of type map of string to integer
    operation 0, deletion from A, column m, cannot be carried out: the value is not of type map of string to integer
    operation 0, deletion from A, column few, cannot be carried out: 4 values, and the column takes 0 to 3
    operation 0, deletion from A, column few, cannot be carried out: 4 values, and the column takes 0 to 3
    operation 0, deletion from A, column few, cannot be carried out: 0 is out of range: at least 1
    operation 0, deletion from A, column n, cannot be carried out: 0 values, and the column takes exactly 1
    operation 0, deletion from A, column n, cannot be carried out: 2 values, and the column takes exactly 1
    operation 0, deletion from A, column absent, cannot be carried out: the server lacks the column
    operation 0, deletion from A, column _uuid, cannot be carried out: the value is not of type uuid
    operation 0, update of A, column once, cannot be carried out: the column cannot change after the insert
    operation 0, deletion from C cannot be carried out: the server lacks the table
    ");
    Ok(())
}

#[tokio::test]
async fn what_the_server_takes_is_not_refused_here() -> Result<()> {
    let (_server, client) = server().await?;
    let schema = Arc::new(client.schema("T").await?);
    let done = client
        .transaction(schema, |tx| {
            let mut table = tx.table("A");
            table.insert([
                ("r", Datum::scalar(-1.0)),
                ("few", set(&[i64::MAX])),
                ("word", Datum::scalar("äöü")),
            ]);
            let clauses = [
                ("n", Function::LessOrEqual, set(&[0])),
                ("r", Function::Less, Datum::scalar(0.0)),
                ("few", Function::Includes, set(&[])),
                ("few", Function::Excludes, set(&[1, 2, 3, 4])),
                ("word", Function::NotEqual, set(&[])),
                ("m", Function::Includes, Datum::map([])),
                ("_uuid", Function::NotEqual, Datum::scalar(Uuid::nil())),
            ];
            let conditions = clauses.map(|(column, function, value)| Condition::Clause {
                column: column.into(),
                function,
                value,
            });
            let mutations = vec![
                mutation("few", Mutator::Delete, set(&[1, 2, 3, 4])),
                mutation("word", Mutator::Delete, Datum::scalar("äöü")),
                mutation("m", Mutator::Insert, Datum::map([("a".into(), 1.into())])),
                mutation("m", Mutator::Delete, Datum::set(["a".into(), "b".into()])),
                mutation("few", Mutator::Subtract, Datum::scalar(-0)),
                mutation("r", Mutator::Divide, Datum::scalar(-2.0)),
            ];
            Ok(table.mutate(conditions.to_vec(), mutations))
        })
        .run()
        .await?;
    assert_eq!(done.count(done.value), Some(1));
    Ok(())
}

#[tokio::test]
async fn a_real_or_a_row_that_is_not_here_cannot_be_verified() -> Result<()> {
    let (_server, client) = server().await?;
    let monitor = client.monitor(Interest::everything("T")).await?;
    let a = monitor
        .transaction(|tx| Ok(tx.table("A").insert([])))
        .run()
        .await?
        .value;
    let mut refused = Vec::new();
    for (uuid, column) in [(a, "r"), (a, "absent"), (Uuid::nil(), "n")] {
        let error = monitor
            .transaction(|tx| {
                tx.table("A").verify(uuid, column);
                Ok(())
            })
            .run()
            .await
            .unwrap_err();
        refused.push(chain(&error).replace(&a.to_string(), "ROW"));
    }
    insta::assert_snapshot!(refused.join("\n"), @r"
    the transaction breaks a constraint: the check of A ROW, column r, cannot be carried out: a real cannot be checked: servers print 15 digits of it
    the transaction breaks a constraint: the check of A ROW, column absent, cannot be carried out: the server lacks the column
    the transaction breaks a constraint: the check of A 00000000-0000-0000-0000-000000000000, column n, cannot be carried out: the row is not in the snapshot
    ");
    Ok(())
}
