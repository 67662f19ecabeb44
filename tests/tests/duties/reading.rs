//! Reading: rows of another schema than the program's, and references to rows that are not here.

use std::fs;

use anyhow::{Context, Result, ensure};
use ovn_schemas::nb;
use ovn_tests::gate::Gate;
use ovn_tests::sandbox::{DatabaseServer, READY, Schema, wait_until};
use ovsdb_client::client::{Client, ReadWrite};
use ovsdb_client::operation::{Condition, Function};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::row::Row;
use ovsdb_client::schema::{Selection, compare};
use ovsdb_client::session::{Interest, TableInterest};
use ovsdb_client::value::{Datum, Value};

use crate::start::{builder, endpoint, writer};

/// The switch and how many of its ports are here, of how many.
fn ports(rows: &Snapshot) -> Option<(usize, usize)> {
    let switch = rows.rows::<nb::LogicalSwitch>().next()?;
    let here = switch
        .ports()
        .iter()
        .filter(|port| rows.get(*port).is_some())
        .count();
    Some((here, switch.ports().iter().count()))
}

fn await_ports(expected: (usize, usize), mut rows: impl FnMut() -> Snapshot) -> Result<()> {
    let what = format!("{} of {} ports are here", expected.0, expected.1);
    wait_until(&what, READY, || {
        Ok((ports(&rows()) == Some(expected)).then_some(()))
    })
}

/// 29: A reference to a row that the conditions keep away reads as none, and as the row when it
/// comes; rows that go with what referred to them leave nothing behind.
#[tokio::test(flavor = "multi_thread")]
async fn a_reference_to_a_row_that_is_not_here_is_none_until_the_row_comes() -> Result<()> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let client = writer(&server).await?;
    server.transact(
        r#"["OVN_Northbound",
            {"op": "insert", "table": "Logical_Switch_Port", "uuid-name": "a", "row": {"name": "a"}},
            {"op": "insert", "table": "Logical_Switch_Port", "uuid-name": "b", "row": {"name": "b"}},
            {"op": "insert", "table": "Logical_Switch", "row":
             {"name": "sw", "ports": ["set", [["named-uuid", "a"], ["named-uuid", "b"]]]}}]"#,
    )?;
    let table = nb::logical_switch_port::DEFINITION.name;
    let named = |name: &str| Condition::Clause {
        column: nb::logical_switch_port::NAME.name().into(),
        function: Function::Equal,
        value: Datum::scalar(name),
    };
    let some = TableInterest {
        columns: Selection::All,
        conditions: vec![named("a")],
    };
    let interest = Interest::nothing_of(&nb::DATABASE)
        .table::<nb::LogicalSwitch>()
        .table_named(table, some);
    let monitor = client.monitor(interest).await?;
    ensure!(ports(&monitor.snapshot()) == Some((1, 2)));
    monitor.set_conditions(table, Vec::new()).await?;
    ensure!(ports(&monitor.snapshot()) == Some((2, 2)));
    monitor
        .set_conditions(table, vec![Condition::Always(false)])
        .await?;
    ensure!(ports(&monitor.snapshot()) == Some((0, 2)));
    monitor
        .set_conditions(table, vec![named("a"), named("b")])
        .await?;
    ensure!(ports(&monitor.snapshot()) == Some((2, 2)));

    // A port that nothing refers to any more is gone with the reference.
    server.transact(
        r#"["OVN_Northbound", {"op": "update", "table": "Logical_Switch", "where": [],
             "row": {"ports": ["set", []]}}]"#,
    )?;
    await_ports((0, 0), || monitor.snapshot())?;
    ensure!(
        monitor
            .snapshot()
            .rows::<nb::LogicalSwitchPort>()
            .next()
            .is_none()
    );
    Ok(())
}

/// 28: What an older server lacks reads as its default and is not asked for, what a newer one has
/// beyond the program is left alone, and the program can list the differences.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_of_another_version_is_read_as_far_as_both_know() -> Result<()> {
    let text = fs::read_to_string(Schema::northbound().path())?;
    let mut schema: serde_json::Value = serde_json::from_str(&text)?;
    let tables = schema["tables"].as_object_mut().context("tables")?;
    tables.remove("BFD").context("a table to lack")?;
    tables.insert(
        "Novelty".to_owned(),
        serde_json::json!({"columns": {"x": {"type": "integer"}}}),
    );
    let columns = |table: &mut serde_json::Value| table["columns"].as_object_mut().cloned();
    let route = tables
        .get_mut("Logical_Router_Static_Route")
        .context("the route")?;
    let mut kept = columns(route).context("columns")?;
    kept.remove("bfd");
    route["columns"] = kept.into();
    let switch = tables.get_mut("Logical_Switch").context("the switch")?;
    let mut changed = columns(switch).context("columns")?;
    changed.remove("external_ids").context("a column to lack")?;
    changed.insert("novelty".to_owned(), serde_json::json!({"type": "string"}));
    switch["columns"] = changed.into();
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("other.ovsschema");
    fs::write(&path, schema.to_string())?;

    let server = DatabaseServer::setup()
        .database(Schema::at(&path))
        .start()?;
    server.transact(
        r#"["OVN_Northbound",
            {"op": "insert", "table": "Novelty", "row": {"x": 1}},
            {"op": "insert", "table": "Logical_Switch", "row": {"name": "sw", "novelty": "new"}}]"#,
    )?;
    let gate = Gate::before(endpoint(&server)?);
    let client: Client<ReadWrite> = builder().dial(gate.clone()).connect().await?;
    let interest = Interest::nothing_of(&nb::DATABASE)
        .table::<nb::LogicalSwitch>()
        .table::<nb::Bfd>();
    let monitor = client.monitor(interest).await?;
    let rows = monitor.snapshot();
    let switch = rows
        .rows::<nb::LogicalSwitch>()
        .next()
        .context("the switch")?;
    ensure!(switch.name() == "sw");
    ensure!(switch.external_ids().iter().next().is_none());
    ensure!(rows.rows::<nb::Bfd>().next().is_none());
    let listed: Vec<String> = compare(
        &[&nb::logical_switch::DEFINITION, &nb::bfd::DEFINITION],
        &rows.layout().schema,
    )
    .iter()
    .map(ToString::to_string)
    .collect();
    ensure!(
        listed.contains(&"column Logical_Switch.external_ids is absent".to_owned())
            && listed.contains(&"table BFD is absent".to_owned()),
        "{listed:?}"
    );
    let asked = gate.monitors("OVN_Northbound")[0].0["params"][2].to_string();
    for absent in ["BFD", "external_ids", "Novelty"] {
        ensure!(!asked.contains(absent), "{absent} in {asked}");
    }
    Ok(())
}

/// Rows are read by the columns that the program knows; the schema is asked for only where the
/// server's are others, and the rows are the same in either way.
#[tokio::test(flavor = "multi_thread")]
async fn a_schema_is_asked_for_only_where_the_server_has_other_columns() -> Result<()> {
    let text = fs::read_to_string(Schema::northbound().path())?;
    let mut schema: serde_json::Value = serde_json::from_str(&text)?;
    let columns = &mut schema["tables"]["Logical_Switch"]["columns"];
    // One column is of another type, and one is not there.
    columns["other_config"] = serde_json::json!({"type": "string"});
    let all = columns.as_object_mut().context("columns")?;
    all.remove("copp").context("a column to lack")?;
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("other.ovsschema");
    fs::write(&path, schema.to_string())?;
    let server = DatabaseServer::setup()
        .database(Schema::at(&path))
        .start()?;
    server.transact(
        r#"["OVN_Northbound", {"op": "insert", "table": "Logical_Switch",
             "row": {"name": "sw", "other_config": "text"}}]"#,
    )?;
    let table = nb::logical_switch::DEFINITION.name;
    let named = |columns: &[&str]| TableInterest {
        columns: Selection::Named(columns.iter().map(|&name| name.into()).collect()),
        conditions: vec![Condition::compare("name", Function::Equal, "sw")],
    };
    for (wanted, schemas, transactions) in [
        (named(&["name", "external_ids"]), 0, 1),
        (named(&["name", "other_config"]), 1, 2),
        (named(&["name", "copp"]), 1, 2),
        (named(&["name", "no such"]), 1, 2),
        (TableInterest::rows(named(&[]).conditions), 1, 1),
    ] {
        let what = format!("{:?}", wanted.columns);
        let gate = Gate::before(endpoint(&server)?);
        let client: Client<ReadWrite> = builder().dial(gate.clone()).connect().await?;
        let interest = Interest::nothing_of(&nb::DATABASE).table_named(table, wanted);
        let read = client.read(&interest).await?;
        ensure!(gate.calls("get_schema").len() == schemas, "{what}");
        ensure!(gate.calls("transact").len() == transactions, "{what}");
        let followed = client.monitor(interest).await?.snapshot();
        let rows = |snapshot: &Snapshot| -> Option<Vec<Vec<(String, Datum)>>> {
            let table = snapshot.table(table)?;
            let owned = |(name, value): (&str, Value<'_>)| (name.to_owned(), value.to_datum());
            let values = |row: &Row| row.values(table.layout()).map(owned).collect();
            Some(table.iter().map(values).collect())
        };
        ensure!(rows(&read) == rows(&followed), "{what}");
        ensure!(rows(&read).is_some_and(|rows| rows.len() == 1), "{what}");
    }
    Ok(())
}
