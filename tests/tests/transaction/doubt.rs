//! Transactions of which it is not known whether they were carried out.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Result, bail};
use ovn_schemas::nb;
use ovn_tests::sandbox::READY;
use ovsdb_client::client::{
    Client, Completed, Doubt, InDoubt, ReadWrite, Resolution, TransactionError,
};
use ovsdb_client::session::{Interest, State};
use ovsdb_client::table::Ref;
use ovsdb_client::transaction::Naming;
use ovsdb_client::value::Uuid;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};

use crate::northbound::{NORTHBOUND, Northbound, chain, northbound, switch_names};

/// Stands between a client and its server, and keeps the server's words to itself once told so.
struct Gag {
    path: PathBuf,
    silent: Arc<AtomicBool>,
}

impl Gag {
    fn new(server: &Path) -> Result<Self> {
        let path = server.with_extension("gag");
        let listener = UnixListener::bind(&path)?;
        let silent = Arc::new(AtomicBool::new(false));
        let (server, gagged) = (server.to_path_buf(), Arc::clone(&silent));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if let Ok(server) = UnixStream::connect(&server).await {
                    tokio::spawn(pass(client, server, Arc::clone(&gagged)));
                }
            }
        });
        Ok(Self { path, silent })
    }
}

async fn pass(client: UnixStream, server: UnixStream, silent: Arc<AtomicBool>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let asked = async { tokio::io::copy(&mut from_client, &mut to_server).await };
    let told = async {
        let mut buffer = [0; 4096];
        loop {
            let bytes = from_server.read(&mut buffer).await?;
            if bytes == 0 {
                return std::io::Result::Ok(());
            }
            if !silent.load(Ordering::SeqCst) {
                to_client.write_all(&buffer[..bytes]).await?;
            }
        }
    };
    tokio::select! {
        _ = asked => {}
        _ = told => {}
    }
}

fn unknown(result: Result<Completed<()>, TransactionError>) -> Result<InDoubt> {
    match result {
        Err(TransactionError::Unknown(doubt)) => Ok(doubt),
        other => bail!("{other:?}"),
    }
}

#[tokio::test]
async fn a_chosen_uuid_tells_what_became_of_a_transaction_whose_server_was_killed() -> Result<()> {
    let Northbound {
        mut server,
        client: watcher,
        monitor: watched,
    } = northbound().await?;
    let gag = Gag::new(server.socket())?;
    let client = Client::<ReadWrite>::builder()
        .remotes(&format!("unix:{}", gag.path.display()))?
        .connect()
        .await?;
    let monitor = client.monitor(Interest::all_of(&nb::DATABASE)).await?;

    // Carried out, and the server dies before its reply gets here.
    gag.silent.store(true, Ordering::SeqCst);
    let transaction = monitor
        .transaction(|tx| {
            let insert = tx.insert::<nb::LogicalSwitch>();
            insert.set(nb::logical_switch::NAME, "done");
            Ok(())
        })
        .run();
    let kill = async {
        let mut watched = watched.clone();
        while switch_names(&watched.snapshot()).is_empty() {
            watched.changed().await?;
        }
        server.kill()
    };
    let (result, killed) = tokio::join!(transaction, kill);
    killed?;
    gag.silent.store(false, Ordering::SeqCst);
    let error = result.as_ref().unwrap_err();
    assert!(!error.may_repeat());
    insta::assert_snapshot!(error, @"the transaction's outcome is unknown");
    let doubt = unknown(result)?;
    assert!(matches!(doubt.cause, Doubt::Lost(_)));
    assert_eq!(doubt.inserted().len(), 1);
    server.restart()?;
    assert_eq!(doubt.resolve(&client).await?, Resolution::Committed);

    // Sent, and never read by the server.
    server.pause()?;
    let transaction = monitor
        .transaction(|tx| {
            let insert = tx.insert::<nb::LogicalSwitch>();
            insert.set(nb::logical_switch::NAME, "lost");
            Ok(())
        })
        .run();
    let (result, killed) = tokio::join!(transaction, async { server.kill() });
    killed?;
    let doubt = unknown(result)?;
    server.restart()?;
    assert_eq!(doubt.resolve(&client).await?, Resolution::Absent);
    drop(watcher);
    Ok(())
}

#[tokio::test]
async fn a_repeated_insert_of_the_same_row_is_refused_as_a_duplicate() -> Result<()> {
    let Northbound {
        server: _server,
        monitor,
        ..
    } = northbound().await?;
    let switch = Ref::<nb::LogicalSwitch>::new(Uuid::new_v4());
    let insert = || {
        monitor
            .transaction(|tx| {
                let insert = tx.insert_as(switch);
                insert.set(nb::logical_switch::NAME, "once");
                Ok(())
            })
            .run()
    };
    insert().await?;
    assert!(monitor.snapshot().get(switch).is_some());
    let error = insert().await.unwrap_err();
    let TransactionError::Violation { error, .. } = error else {
        bail!("{error:?}");
    };
    assert_eq!(error.tag, "duplicate uuid");
    Ok(())
}

#[tokio::test]
async fn a_deadline_ends_a_transaction_and_says_whether_it_was_sent() -> Result<()> {
    let Northbound {
        mut server,
        client,
        monitor,
    } = northbound().await?;
    let insert = || {
        monitor
            .transaction(|tx| {
                tx.insert::<nb::LogicalSwitch>();
                Ok(())
            })
            .deadline(Duration::from_millis(50))
            .run()
    };
    server.pause()?;
    let doubt = unknown(insert().await)?;
    insta::assert_snapshot!(chain(&doubt), @"the deadline came before the reply");
    server.resume()?;
    let resolution = doubt.resolve(&client).await?;
    let there = monitor.snapshot().rows::<nb::LogicalSwitch>().count();
    assert_eq!(resolution == Resolution::Committed, there == 1);

    server.kill()?;
    let mut state = client.state();
    state
        .wait_for(|state| !matches!(state, State::Serving(_)))
        .await?;
    let error = insert().await.unwrap_err();
    assert!(matches!(error, TransactionError::Expired), "{error:?}");
    server.restart()?;
    tokio::time::timeout(READY, client.echo()).await??;
    assert_eq!(
        monitor.snapshot().rows::<nb::LogicalSwitch>().count(),
        there,
        "what was not sent in time is never sent"
    );
    assert_eq!(client.schema(NORTHBOUND).await?.name.as_ref(), NORTHBOUND);
    Ok(())
}

#[tokio::test]
async fn without_a_chosen_uuid_nothing_can_be_told() -> Result<()> {
    let Northbound {
        mut server,
        client,
        monitor,
    } = northbound().await?;
    server.pause()?;
    let transaction = monitor
        .transaction(|tx| {
            tx.insert::<nb::LogicalSwitch>();
            Ok(())
        })
        .naming(Naming::Named)
        .run();
    let (result, killed) = tokio::join!(transaction, async { server.kill() });
    killed?;
    let doubt = unknown(result)?;
    assert_eq!(doubt.resolve(&client).await?, Resolution::Undecidable);

    // A rehearsal changes nothing either way.
    server.restart()?;
    client.echo().await?;
    server.pause()?;
    let rehearsal = monitor
        .transaction(|tx| {
            tx.insert::<nb::LogicalSwitch>();
            tx.abort();
            Ok(())
        })
        .run();
    let (result, killed) = tokio::join!(rehearsal, async { server.kill() });
    killed?;
    let error = result.unwrap_err();
    assert!(
        matches!(error, TransactionError::Unsent(_)) && error.may_repeat(),
        "{error:?}"
    );
    Ok(())
}
