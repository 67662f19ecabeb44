//! Faults on purpose, and what our client makes of them.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use ovn_tests::demo::{Demo, NODES, NORTHBOUND};
use ovn_tests::dump;
use ovsdb_client::client::{Client, ClientError, Lost, ReadOnly};
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::serve::{Emission, Fault, ServeConfig, Treatment};
use ovsdb_client::session::Interest;

use crate::peer::{Raw, Served, recorded};

fn serve(fault: impl Fault + Clone + Sync + 'static) -> Result<Served> {
    let demo = Demo::unpack()?;
    let database = recorded(&demo.file(NODES[0], NORTHBOUND))?;
    let config = ServeConfig {
        faults: Some(Arc::new(move || Box::new(fault.clone()))),
        ..ServeConfig::default()
    };
    Served::start(vec![database], config)
}

async fn connect(served: &Served) -> Result<Client> {
    let endpoint: Endpoint = served.endpoint().parse()?;
    Ok(Client::<ReadOnly>::connect(endpoint).await?)
}

/// Cuts every message into pieces of so many bytes, which arrive one after the other.
#[derive(Clone)]
struct Split(usize);

impl Fault for Split {
    fn send(&mut self, _: &str, message: Vec<u8>) -> Vec<Emission> {
        let pieces = message.chunks(self.0);
        pieces
            .map(|piece| Emission::Bytes(piece.to_vec()))
            .collect()
    }
}

#[tokio::test]
async fn a_client_reads_messages_that_come_in_pieces() -> Result<()> {
    let served = serve(Split(7))?;
    let client = connect(&served).await?;
    let monitor = client
        .monitor(Interest::everything("OVN_Northbound"))
        .await?;
    let expected = served
        .server
        .databases()
        .iter()
        .find(|d| d.name() == "OVN_Northbound");
    let expected = expected.context("the database")?.snapshot();
    assert_eq!(dump::dynamic(&monitor.snapshot()), dump::dynamic(expected));
    Ok(())
}

/// Refuses, ignores, spoils or ends what a method's name says.
#[derive(Clone)]
struct ByName;

impl Fault for ByName {
    fn request(&mut self, method: &str) -> Treatment {
        match method {
            "list_dbs" => Treatment::Unknown,
            "get_schema" => Treatment::Ignore,
            "transact" => Treatment::Close,
            _ => Treatment::Serve,
        }
    }

    fn send(&mut self, method: &str, message: Vec<u8>) -> Vec<Emission> {
        match method {
            "get_server_id" => vec![Emission::Bytes(b"]".to_vec())],
            "set_db_change_aware" => Vec::new(),
            "monitor_cancel" => vec![
                Emission::Pause(Duration::from_millis(50)),
                Emission::Bytes(message),
                Emission::Close,
            ],
            _ => vec![Emission::Bytes(message)],
        }
    }
}

#[tokio::test]
async fn a_method_is_unknown_or_ignored_as_asked() -> Result<()> {
    let served = serve(ByName)?;
    let client = connect(&served).await?;
    let Err(ClientError::Remote(error)) = client.databases().await else {
        panic!("it is refused");
    };
    assert_eq!(error.tag, "unknown method");
    let ignored = client.schema("OVN_Northbound");
    let silence = tokio::time::timeout(Duration::from_millis(100), ignored).await;
    assert!(silence.is_err(), "no answer comes");
    client.echo().await?;
    Ok(())
}

#[tokio::test]
async fn an_answer_is_spoiled_and_a_connection_closed_as_asked() -> Result<()> {
    let served = serve(ByName)?;
    let client = connect(&served).await?;
    let error = client.server_id().await.unwrap_err();
    assert!(
        matches!(error, ClientError::Lost(Lost::Session(_))),
        "{error:?}"
    );
    let client = connect(&served).await?;
    let error = client
        .transact("OVN_Northbound", Vec::new())
        .await
        .unwrap_err();
    assert!(
        matches!(error, ClientError::Lost(Lost::Closed)),
        "{error:?}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_swallowed_or_held_back_as_asked() -> Result<()> {
    let served = serve(ByName)?;
    let mut client = Raw::connect(&served.socket())?;
    let aware = r#"{"method":"set_db_change_aware","params":[true],"id":1}"#;
    assert!(client.say(aware)?.is_empty());
    let before = std::time::Instant::now();
    let heard = client.say(r#"{"method":"monitor_cancel","params":[0],"id":2}"#)?;
    assert!(before.elapsed() >= Duration::from_millis(50));
    assert_eq!(heard[0]["error"], "unknown monitor");
    assert_eq!(
        heard[1],
        serde_json::Value::Null,
        "the connection is closed"
    );
    Ok(())
}
