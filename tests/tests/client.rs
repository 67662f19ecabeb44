//! The client against real servers.

use std::sync::Arc;

use anyhow::Result;
use ovn_schemas::{nb, sb, vswitch};
use ovn_tests::dump;
use ovn_tests::sandbox::{DatabaseServer, Node, Schema};
use ovsdb_client::client::{Access, Client, ClientError, Lost, ReadOnly, ReadWrite};
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::operation::{
    Condition, Function, Mutation, Mutator, Operation, OperationResult, ReadOperation, Select,
    Until, Wait,
};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::schema::DatabaseLayout;
use ovsdb_client::session::{Interest, TableInterest};
use ovsdb_client::table::DatabaseDef;
use ovsdb_client::value::{Atom, Datum};

const NORTHBOUND: &str = "OVN_Northbound";

async fn connect<A: Access>(server: &DatabaseServer) -> Result<Client<A>> {
    let endpoint: Endpoint = server.endpoint().parse()?;
    Ok(Client::connect(endpoint).await?)
}

async fn replicate(server: &DatabaseServer, database: &'static DatabaseDef) -> Result<Snapshot> {
    let client = connect::<ReadOnly>(server).await?;
    let interest = Interest::all_of(database);
    Ok(client.monitor(interest).await?.snapshot())
}

fn insert_switch(name: &str) -> Operation {
    Operation::Insert {
        table: nb::logical_switch::DEFINITION.name.into(),
        row: vec![(nb::logical_switch::NAME.name().into(), Datum::scalar(name))],
        uuid: None,
        uuid_name: None,
    }
}

fn switch_names(snapshot: &Snapshot) -> Vec<String> {
    let mut names: Vec<String> = snapshot
        .rows::<nb::LogicalSwitch>()
        .map(|switch| switch.name().to_owned())
        .collect();
    names.sort();
    names
}

/// A node with two switches, a router, a load balancer, an ACL, NAT and a bound port.
fn busy_node() -> Result<Node> {
    let node = Node::start("hv1")?;
    for command in [
        "ls-add sw0 -- lsp-add sw0 p1 -- lsp-set-addresses p1 50:54:00:00:00:01\\ 10.0.0.1",
        "ls-add sw1 -- lsp-add sw1 p2 -- lsp-set-options p2 a=b c=d",
        "lr-add r0 -- lrp-add r0 rp0 00:00:00:00:ff:01 10.0.0.254/24 fd00::1/64",
        "lsp-add sw0 sp0 -- lsp-set-type sp0 router -- lsp-set-addresses sp0 router -- lsp-set-options sp0 router-port=rp0",
        "lb-add lb0 30.0.0.1:80 10.0.0.1:8080,10.0.0.2:8080 tcp -- ls-lb-add sw0 lb0",
        "acl-add sw0 to-lport 1001 tcp.dst==80 allow-related",
        "lr-nat-add r0 snat 172.16.0.1 10.0.0.0/24",
        "set NB_Global . options:name=hv1 name=hv1",
    ] {
        let arguments: Vec<String> =
            command
                .split(' ')
                .fold(Vec::new(), |mut words: Vec<String>, word| {
                    match words.last_mut() {
                        Some(last) if last.ends_with('\\') => {
                            last.pop();
                            last.push(' ');
                            last.push_str(word);
                        }
                        _ => words.push(word.to_owned()),
                    }
                    words
                });
        node.nbctl(&arguments.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    node.plug("p1")?;
    node.sync()?;
    Ok(node)
}

#[tokio::test]
async fn typed_and_dynamic_rows_of_every_table_equal_the_servers_own_dump() -> Result<()> {
    let node = busy_node()?;

    let rows = replicate(node.northbound(), &nb::DATABASE).await?;
    let expected = dump::dump(node.northbound(), NORTHBOUND)?;
    assert_eq!(dump::dynamic(&rows), expected);
    assert_eq!(dump::typed(&rows, nb::visit), expected);

    let rows = replicate(node.southbound(), &sb::DATABASE).await?;
    let expected = dump::dump(node.southbound(), "OVN_Southbound")?;
    assert!(expected["Logical_Flow"].len() > 100, "northd made flows");
    assert_eq!(dump::dynamic(&rows), expected);
    assert_eq!(dump::typed(&rows, sb::visit), expected);

    let server = node.open_vswitch();
    let rows = replicate(server, &vswitch::DATABASE).await?;
    let mut expected = dump::dump(server, "Open_vSwitch")?;
    let mut found = [dump::dynamic(&rows), dump::typed(&rows, vswitch::visit)];
    // ovs-vswitchd goes on counting between the two reads.
    for rows in found.iter_mut().chain([&mut expected]) {
        for row in rows.values_mut().flat_map(|table| table.values_mut()) {
            row.remove("statistics");
        }
    }
    assert_eq!(found[0], expected);
    assert_eq!(found[1], expected);
    Ok(())
}

#[tokio::test]
async fn every_monitor_method_gives_the_same_replica() -> Result<()> {
    let node = busy_node()?;
    let server = node.southbound();
    let newest = replicate(server, &sb::DATABASE).await?;
    server
        .daemon()
        .appctl(&["ovsdb-server/disable-monitor-cond"])?;
    let plain = replicate(server, &sb::DATABASE).await?;
    assert_eq!(dump::dynamic(&newest), dump::dynamic(&plain));
    Ok(())
}

#[tokio::test]
async fn a_client_reads_its_own_writes() -> Result<()> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let client = connect::<ReadWrite>(&server).await?;
    let monitor = client.monitor(Interest::all_of(&nb::DATABASE)).await?;
    for number in 0..500 {
        let name = format!("sw{number:03}");
        client
            .transact(NORTHBOUND, vec![insert_switch(&name)])
            .await?;
        let snapshot = monitor.snapshot();
        assert_eq!(switch_names(&snapshot).len(), number + 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_snapshot_stays_as_it_was_while_updates_go_on() -> Result<()> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let client = connect::<ReadWrite>(&server).await?;
    let mut monitor = client.monitor(Interest::all_of(&nb::DATABASE)).await?;
    client
        .transact(NORTHBOUND, vec![insert_switch("before")])
        .await?;
    let before = monitor.changed().await?;
    client
        .transact(NORTHBOUND, vec![insert_switch("after")])
        .await?;
    let after = monitor.changed().await?;
    assert_eq!(switch_names(&before), ["before"]);
    assert_eq!(switch_names(&after), ["after", "before"]);
    assert_eq!(after.generation(), before.generation() + 1);
    Ok(())
}

#[tokio::test]
async fn all_ten_operations_are_carried_out_and_answered() -> Result<()> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let client = connect::<ReadWrite>(&server).await?;
    let table: Box<str> = nb::nb_global::DEFINITION.name.into();
    let column: Box<str> = nb::nb_global::NB_CFG.name().into();
    let values = |number: i64| vec![(column.clone(), Datum::scalar(number))];
    let clause = |number: i64| Condition::Clause {
        column: column.clone(),
        function: Function::Equal,
        value: Datum::scalar(number),
    };
    let wait = |number: i64| Wait {
        table: table.clone(),
        conditions: Vec::new(),
        columns: Some(vec![column.clone()]),
        until: Until::Equal,
        rows: vec![values(number)],
        timeout: Some(std::time::Duration::ZERO),
    };
    let outcome = client
        .transact(
            NORTHBOUND,
            vec![
                Operation::Insert {
                    table: table.clone(),
                    row: values(i64::MAX),
                    uuid: None,
                    uuid_name: Some("global".into()),
                },
                Operation::Wait(wait(i64::MAX)),
                Operation::Select(Select {
                    table: table.clone(),
                    conditions: vec![clause(i64::MAX)],
                    columns: Some(vec![column.clone()]),
                }),
                Operation::Update {
                    table: table.clone(),
                    conditions: vec![clause(i64::MAX)],
                    row: values(i64::MIN),
                },
                Operation::Mutate {
                    table: table.clone(),
                    conditions: vec![Condition::Always(true)],
                    mutations: vec![Mutation {
                        column: column.clone(),
                        mutator: Mutator::Add,
                        value: Datum::scalar(1),
                    }],
                },
                Operation::Comment("ovnscope was \"here\"".into()),
                Operation::Commit { durable: true },
                Operation::Delete {
                    table: table.clone(),
                    conditions: vec![clause(i64::MIN + 1)],
                },
            ],
        )
        .await?;
    let results: Vec<String> = outcome
        .results
        .iter()
        .map(|result| match result {
            OperationResult::Inserted(_) => "inserted".to_owned(),
            OperationResult::Rows(rows) => rows[0].get().to_owned(),
            OperationResult::Count(count) => format!("count {count}"),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(
        results,
        [
            "inserted",
            "Done",
            "{\"nb_cfg\":9223372036854775807}",
            "count 1",
            "count 1",
            "Done",
            "Done",
            "count 1"
        ]
    );

    let refused = |error: ClientError| match error {
        ClientError::Transact(error) => format!("{error}: {}", error.error),
        other => panic!("{other:?}"),
    };
    for (operations, expected) in [
        (
            vec![insert_switch("x"), Operation::Abort],
            "operation 1 was refused: aborted: aborted by request",
        ),
        (
            vec![Operation::Wait(wait(7))],
            "operation 0 was refused: timed out: \"where\" clause test failed",
        ),
        (
            vec![Operation::Assert { lock: "l".into() }],
            "operation 0 was refused: not owner: Asserted lock l not held.",
        ),
        (
            vec![Operation::Insert {
                table: nb::logical_switch::DEFINITION.name.into(),
                row: vec![(
                    nb::logical_switch::PORTS.name().into(),
                    Datum::set([Atom::NamedUuid("nowhere".into())]),
                )],
                uuid: None,
                uuid_name: None,
            }],
            "the commit was refused: referential integrity violation",
        ),
    ] {
        let error = client.transact(NORTHBOUND, operations).await.unwrap_err();
        let text = refused(error);
        assert!(text.starts_with(expected), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn a_select_of_a_read_only_client_gives_rows() -> Result<()> {
    let node = busy_node()?;
    let client = connect::<ReadOnly>(node.northbound()).await?;
    let schema = Arc::new(client.schema(NORTHBOUND).await?);
    let layout = DatabaseLayout::new(schema, nb::DATABASE.tables);
    let table = nb::logical_switch::DEFINITION.name;
    let select = ReadOperation::Select(Select {
        table: table.into(),
        conditions: Vec::new(),
        columns: None,
    });
    let outcome = client.transact(NORTHBOUND, vec![select]).await?;
    let mut faults = Vec::new();
    let mut rows = outcome.results[0].rows(layout.table(table).unwrap(), &mut faults);
    rows.sort();
    assert!(faults.is_empty(), "{faults:?}");
    let replica = replicate(node.northbound(), &nb::DATABASE).await?;
    assert!(replica.table(table).unwrap().iter().eq(&rows));
    Ok(())
}

#[tokio::test]
async fn rows_read_once_are_those_that_a_monitor_gives() -> Result<()> {
    let node = busy_node()?;
    let client = connect::<ReadOnly>(node.northbound()).await?;
    let all = client.read(&Interest::all_of(&nb::DATABASE)).await?;
    let replica = replicate(node.northbound(), &nb::DATABASE).await?;
    for table in replica.tables() {
        let read = all.table(&table.layout().name).unwrap();
        assert!(read.iter().eq(table.iter()), "{}", table.layout().name);
    }
    let name = nb::logical_switch_port::NAME.name();
    let named = |port: &str| Condition::compare(name, Function::Equal, port);
    let two = TableInterest::rows(vec![
        named("p1"),
        named("p2"),
        named("p1"),
        named("no such"),
    ]);
    let table = nb::logical_switch_port::DEFINITION.name;
    let interest = Interest::nothing_of(&nb::DATABASE).table_named(table, two);
    let read = client.read(&interest).await?;
    let ports = read.rows::<nb::LogicalSwitchPort>();
    let mut names: Vec<String> = ports.map(|port| port.name().to_owned()).collect();
    names.sort_unstable();
    assert_eq!(names, ["p1", "p2"]);
    let column = Condition::compare("colour", Function::Equal, "blue");
    let unknown = interest.table_named(table, TableInterest::rows(vec![column]));
    let refused = client.read(&unknown).await;
    assert!(
        matches!(refused, Err(ClientError::Transact(_))),
        "{refused:?}"
    );
    client.echo().await?;
    Ok(())
}

#[tokio::test]
async fn what_the_server_does_not_know_is_an_error_and_the_connection_goes_on() -> Result<()> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .tcp()
        .start()?;
    let address = server.tcp().expect("it was asked for");
    let endpoint: Endpoint = format!("tcp:{address}").parse()?;
    let client = Client::<ReadOnly>::connect(endpoint).await?;
    let error = client.schema("No_Such").await.unwrap_err();
    let ClientError::Remote(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.tag, "unknown database");
    assert_eq!(client.server_id().await?.len(), 36);
    let mut databases = client.databases().await?;
    databases.sort();
    assert_eq!(databases, [NORTHBOUND, "_Server"]);
    Ok(())
}

#[tokio::test]
async fn a_lost_connection_leaves_a_transaction_in_doubt_and_a_read_merely_lost() -> Result<()> {
    let mut server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    let writer = connect::<ReadWrite>(&server).await?;
    let reader = connect::<ReadOnly>(&server).await?;
    let mut monitor = reader.monitor(Interest::all_of(&nb::DATABASE)).await?;
    server.pause()?;
    // Both requests are handed over before the server goes, which cannot answer any more.
    let (written, read, killed) = tokio::join!(
        writer.transact(NORTHBOUND, vec![insert_switch("lost")]),
        reader.databases(),
        async { server.kill() },
    );
    killed?;
    assert!(matches!(written, Err(ClientError::InDoubt(_))));
    assert!(matches!(read, Err(ClientError::Lost(_))));
    assert!(monitor.changed().await.is_err());
    assert!(matches!(
        reader.lost(),
        Some(Lost::Closed | Lost::Stream(_))
    ));
    assert!(matches!(
        writer
            .transact(NORTHBOUND, vec![insert_switch("never sent")])
            .await,
        Err(ClientError::Lost(_))
    ));
    Ok(())
}
