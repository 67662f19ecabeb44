//! Our own client holds what was published, by each of the three monitor methods.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use ovn_tests::demo::{Demo, FILES, NODES};
use ovn_tests::dump::{self, Rows};
use ovsdb_client::client::{Client, Monitor, ReadOnly};
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::operation::{Condition, Function};
use ovsdb_client::replica::{Cause, Replica, Snapshot};
use ovsdb_client::schema::{DatabaseLayout, DatabaseSchema, Selection};
use ovsdb_client::serve::{
    Database, Fault, ListenError, PublishError, ServeConfig, Server, Treatment,
};
use ovsdb_client::session::{Interest, TableInterest};
use ovsdb_client::update::{Format, Update};
use ovsdb_client::value::{Atom, Datum};
use serde_json::{Value, json};

use crate::answers::SCHEMA;
use crate::history::{COLUMNS, Dice, nothing, transaction};
use crate::peer::{PATIENCE, Served, recorded};

async fn connect(served: &Served) -> Result<Client> {
    let endpoint: Endpoint = served.endpoint().parse()?;
    Ok(Client::<ReadOnly>::connect(endpoint).await?)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recorded_file_is_replicated_as_it_is() -> Result<()> {
    let demo = Demo::unpack()?;
    for node in NODES {
        let databases: Vec<Database> = FILES
            .iter()
            .map(|file| recorded(&demo.file(node, file)))
            .collect::<Result<_>>()?;
        let served = Served::start(databases.clone(), ServeConfig::default())?;
        let client = connect(&served).await?;
        for database in databases {
            let monitor = client
                .monitor(Interest::everything(database.name()))
                .await?;
            let rows = dump::dynamic(&monitor.snapshot());
            assert_eq!(
                rows,
                dump::dynamic(database.snapshot()),
                "{}",
                database.name()
            );
        }
    }
    Ok(())
}

/// Refuses `monitor_cond_since` as servers before OVS 2.12 do.
struct WithoutSince;

impl Fault for WithoutSince {
    fn request(&mut self, method: &str) -> Treatment {
        match method {
            "monitor_cond_since" => Treatment::Unknown,
            _ => Treatment::Serve,
        }
    }
}

fn versions() -> [(&'static str, ServeConfig); 3] {
    let without_since = ServeConfig {
        faults: Some(Arc::new(|| Box::new(WithoutSince))),
        ..ServeConfig::default()
    };
    let plain = ServeConfig {
        plain_monitors_only: true,
        ..ServeConfig::default()
    };
    [
        ("monitor_cond_since", ServeConfig::default()),
        ("monitor_cond", without_since),
        ("monitor", plain),
    ]
}

/// The states of a database through a random history, each whole.
struct History {
    replica: Replica,
    dice: Dice,
    there: [bool; 12],
    /// The rows of `A` as JSON.
    rows: serde_json::Map<String, Value>,
}

impl History {
    fn new(seed: u64) -> Result<Self> {
        let schema = Arc::new(DatabaseSchema::parse(SCHEMA)?);
        Ok(Self {
            replica: Replica::new(Arc::new(DatabaseLayout::new(schema, &[]))),
            dice: Dice::new(seed),
            there: nothing(),
            rows: serde_json::Map::new(),
        })
    }

    fn next(&mut self) -> Result<Snapshot> {
        for operation in transaction(&mut self.dice, &mut self.there) {
            let named = operation["uuid"]
                .as_str()
                .or(operation["where"][0][2][1].as_str());
            let uuid = named.context("a row")?.to_owned();
            match operation["op"].as_str() {
                Some("insert") => {
                    let row = json!({"insert": operation["row"]});
                    self.rows.insert(uuid, row);
                }
                Some("delete") => drop(self.rows.remove(&uuid)),
                _ => {
                    let row = &mut self.rows[&uuid]["insert"];
                    for (column, value) in operation["row"].as_object().context("a row")? {
                        row[column] = value.clone();
                    }
                }
            }
        }
        let text = json!({"A": self.rows}).to_string();
        let update = Update::decode(self.replica.layout(), Format::Differences, &text)?;
        assert!(update.faults.is_empty(), "{:?}", update.faults);
        self.replica.replace(update, Cause::Delta)?;
        Ok(self.replica.snapshot())
    }
}

/// Waits until the client holds exactly these rows.
async fn reaches(monitor: &mut Monitor, expected: &Rows, what: &str) -> Result<()> {
    let reached = async {
        let mut rows = monitor.snapshot();
        while dump::dynamic(&rows) != *expected {
            rows = monitor.changed().await?;
        }
        anyhow::Ok(())
    };
    match tokio::time::timeout(PATIENCE, reached).await {
        Ok(reached) => reached,
        Err(_) => {
            let rows = dump::dynamic(&monitor.snapshot());
            bail!("{what}: the client holds {rows:?}\ninstead of {expected:?}")
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_method_follows_a_random_history() -> Result<()> {
    for (method, config) in versions() {
        let mut history = History::new(7)?;
        let database = Database::new(history.next()?)?;
        let served = Served::start(vec![database], config)?;
        let client = connect(&served).await?;
        let mut monitor = client.monitor(Interest::everything("T")).await?;
        for step in 0..200 {
            let rows = history.next()?;
            served.server.publish("T", rows.clone())?;
            // Some states follow each other at once.
            if history.dice.below(2) == 0 {
                let what = format!("{method}, step {step}");
                reaches(&mut monitor, &dump::dynamic(&rows), &what).await?;
            }
        }
    }
    Ok(())
}

/// Whether a row meets one of these, judged without the code under test.
fn meets(row: &std::collections::BTreeMap<String, Datum>, choice: usize) -> bool {
    let holds = |column: &str, atom: Atom| match &row[column] {
        Datum::Set(atoms) => atoms.contains(&atom),
        Datum::Map(pairs) => pairs.iter().any(|(key, _)| *key == atom),
    };
    match choice {
        0 => true,
        1 => holds("s", Atom::from("a")),
        2 => matches!(&row["o"], Datum::Set(atoms) if atoms.iter().any(|o| *o < Atom::from(3))),
        3 => !holds("e", Atom::from("x")) || holds("f", Atom::from(1.5)),
        _ => false,
    }
}

fn conditions(choice: usize) -> Vec<Condition> {
    let clause = |column: &str, function, atom: Atom| Condition::Clause {
        column: column.into(),
        function,
        value: Datum::scalar(atom),
    };
    match choice {
        0 => Vec::new(),
        1 => vec![clause("s", Function::Includes, Atom::from("a"))],
        2 => vec![clause("o", Function::Less, Atom::from(3))],
        3 => vec![
            clause("e", Function::NotEqual, Atom::from("x")),
            clause("f", Function::Equal, Atom::from(1.5)),
        ],
        _ => vec![Condition::Always(false)],
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_come_and_go_with_conditions_through_a_random_history() -> Result<()> {
    let [since, conditional, _] = versions();
    for (method, config) in [since, conditional] {
        let mut history = History::new(11)?;
        let database = Database::new(history.next()?)?;
        let served = Served::start(vec![database], config)?;
        let client = connect(&served).await?;
        let mut choice = 1;
        let table = TableInterest {
            columns: Selection::Named(COLUMNS.iter().map(|name| (*name).into()).collect()),
            conditions: conditions(choice),
        };
        let interest = Interest::nothing("T").table_named("A", table);
        let mut monitor = client.monitor(interest).await?;
        for step in 0..200 {
            let rows = history.next()?;
            served.server.publish("T", rows.clone())?;
            if history.dice.below(5) == 0 {
                choice = history.dice.below(5);
                monitor.set_conditions("A", conditions(choice)).await?;
            }
            let mut expected = dump::dynamic(&rows);
            expected.retain(|table, _| table == "A");
            for rows in expected.values_mut() {
                rows.retain(|_, row| meets(row, choice));
                for row in rows.values_mut() {
                    row.retain(|column, _| COLUMNS.contains(&column.as_str()));
                }
            }
            let what = format!("{method}, step {step}, condition {choice}");
            reaches(&mut monitor, &expected, &what).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_server_that_stops_closes_its_connections_and_removes_its_socket() -> Result<()> {
    let database = Database::new(History::new(1)?.next()?)?;
    let served = Served::start(vec![database], ServeConfig::default())?;
    let address = served.server.listen_tcp(([127, 0, 0, 1], 0).into()).await?;
    let endpoint: Endpoint = format!("tcp:{address}").parse()?;
    let by_tcp = Client::<ReadOnly>::connect(endpoint).await?;
    let by_unix = connect(&served).await?;
    assert_eq!(by_tcp.databases().await?, ["T", "_Server"]);
    assert_eq!(by_tcp.server_id().await?, by_unix.server_id().await?);
    let socket = served.socket();
    assert!(socket.exists());
    let Served { server, .. } = &served;
    let exposed = server.listen_tcp(([0, 0, 0, 0], 0).into()).await;
    assert!(matches!(exposed, Err(ListenError::Exposed(_))));
    let rows = |text: &str| {
        let schema = Arc::new(DatabaseSchema::parse(text)?);
        let layout = DatabaseLayout::new(schema, &[]);
        anyhow::Ok(Replica::new(Arc::new(layout)).snapshot())
    };
    let other = rows(r#"{"name": "T", "tables": {}}"#)?;
    let refused = server.publish("T", other.clone());
    assert_eq!(refused, Err(PublishError::Layout("T".to_owned())));
    let refused = server.publish("U", other);
    assert_eq!(refused, Err(PublishError::Unknown("U".to_owned())));
    served.server.stop().await;
    assert!(by_tcp.databases().await.is_err());
    assert!(by_unix.databases().await.is_err());
    assert!(!socket.exists());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_silent_client_is_asked_for_a_sign_of_life_and_then_left() -> Result<()> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let database = Database::new(History::new(1)?.next()?)?;
    let config = ServeConfig {
        probe: Some(std::time::Duration::from_secs(5)),
        ..ServeConfig::default()
    };
    let server = Server::new([database], config)?;
    let (mut near, far) = tokio::io::duplex(4096);
    server.serve(far);
    let start = tokio::time::Instant::now();
    let mut buffer = [0; 4096];
    let echo = br#"{"id":"echo","method":"echo","params":[]}"#;
    let bytes = near.read(&mut buffer).await?;
    assert_eq!(
        (&buffer[..bytes], start.elapsed().as_secs()),
        (&echo[..], 5)
    );
    near.write_all(br#"{"id":"echo","result":[],"error":null}"#)
        .await?;
    let bytes = near.read(&mut buffer).await?;
    assert_eq!(
        (&buffer[..bytes], start.elapsed().as_secs()),
        (&echo[..], 10)
    );
    let bytes = near.read(&mut buffer).await?;
    assert_eq!((bytes, start.elapsed().as_secs()), (0, 15));
    Ok(())
}
