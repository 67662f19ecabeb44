//! Locks, and transactions that wait until they are cancelled, on real servers.

use anyhow::{Result, bail};
use ovn_schemas::nb;
use ovn_tests::sandbox::{DatabaseServer, READY, Schema};
use ovsdb_client::client::{
    Client, ClientError, Ending, Lock, LockError, LockStatus, Lost, Monitor, ReadWrite,
    TransactionError,
};
use ovsdb_client::operation::{Operation, Outcome, Until, Wait};
use ovsdb_client::session::{Interest, State};
use ovsdb_client::value::Datum;
use tokio::time::timeout;

const NORTHBOUND: &str = "OVN_Northbound";

fn server() -> Result<DatabaseServer> {
    DatabaseServer::setup()
        .database(Schema::northbound())
        .start()
}

async fn connect(server: &DatabaseServer, aware: bool) -> Result<Client<ReadWrite>> {
    let builder = Client::<ReadWrite>::builder().remotes(&server.endpoint())?;
    Ok(builder.change_aware(aware).connect().await?)
}

async fn held(lock: &mut Lock) -> Result<()> {
    Ok(timeout(READY, lock.held()).await??)
}

async fn lost(lock: &mut Lock) -> Result<()> {
    Ok(timeout(READY, lock.lost()).await??)
}

#[tokio::test]
async fn a_lock_belongs_to_one_client_at_a_time() -> Result<()> {
    let server = server()?;
    let (one, two) = (connect(&server, true).await?, connect(&server, true).await?);
    let mut first = one.lock("lock_1").await?;
    held(&mut first).await?;
    let mut second = two.lock("lock_1").await?;
    two.echo().await?;
    assert_eq!(second.status()?, LockStatus::Waiting);
    first.unlock();
    held(&mut second).await?;

    // Who is robbed stays in the queue.
    let mut thief = one.steal("lock_1").await?;
    held(&mut thief).await?;
    lost(&mut second).await?;
    assert_eq!(second.status()?, LockStatus::Stolen);
    drop(thief);
    held(&mut second).await?;

    // A client that goes leaves its locks.
    let mut first = one.lock("lock_1").await?;
    drop((two, second));
    held(&mut first).await?;
    Ok(())
}

#[tokio::test]
async fn a_lock_that_cannot_be_had_is_an_error() -> Result<()> {
    let server = server()?;
    let client = connect(&server, true).await?;
    for name in ["", "1", "a-b", "a b", "ä"] {
        let error = client.lock(name).await.unwrap_err();
        assert!(matches!(error, LockError::Name(_)), "{error:?}");
    }
    let error = client.lock("a-b").await.unwrap_err();
    insta::assert_snapshot!(error, @r#""a-b" is no name for a lock"#);
    let mut lock = client.lock("_a1").await?;
    held(&mut lock).await?;
    let error = client.steal("_a1").await.unwrap_err();
    insta::assert_snapshot!(error, @"this client asked for lock _a1 already");
    lock.unlock();
    // A read-only server has no locks to give.
    server
        .daemon()
        .appctl(&["ovsdb-server/set-active-ovsdb-server", "tcp:127.0.0.1:1"])?;
    server
        .daemon()
        .appctl(&["ovsdb-server/connect-active-ovsdb-server"])?;
    let mut lock = client.lock("_a1").await?;
    let error = timeout(READY, lock.held()).await?.unwrap_err();
    insta::assert_snapshot!(error, @"the server refused the lock");
    assert!(lock.status().is_err());

    Ok(())
}

#[tokio::test]
async fn a_lock_of_a_session_that_has_ended_is_lost_for_good() -> Result<()> {
    let mut server = server()?;
    let client = Client::<ReadWrite>::builder()
        .remotes(&server.endpoint())?
        .reconnect(false)
        .connect()
        .await?;
    let mut lock = client.lock("last").await?;
    held(&mut lock).await?;
    server.kill()?;
    let error = timeout(READY, async {
        loop {
            lock.lost().await?;
            lock.held().await?;
        }
    });
    let error: Result<(), LockError> = error.await?;
    insta::assert_snapshot!(error.unwrap_err(), @"the connection was lost for good");
    let error = client.lock("more").await.unwrap_err();
    assert!(matches!(error, LockError::Lost(_)), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn a_lock_is_asked_for_again_after_a_reconnect() -> Result<()> {
    let mut server = server()?;
    let client = connect(&server, true).await?;
    let mut lock = client.lock("l").await?;
    held(&mut lock).await?;
    server.kill()?;
    lost(&mut lock).await?;
    assert_eq!(lock.status()?, LockStatus::Waiting);
    server.restart()?;
    held(&mut lock).await?;
    client.reconnect().await;
    lost(&mut lock).await?;
    held(&mut lock).await
}

async fn monitor(client: &Client<ReadWrite>) -> Result<Monitor<ReadWrite>> {
    Ok(client.monitor(Interest::all_of(&nb::DATABASE)).await?)
}

async fn insert(monitor: &Monitor<ReadWrite>, lock: &Lock) -> Result<Ending, TransactionError> {
    let insert = monitor.transaction(|tx| {
        tx.insert::<nb::LogicalSwitch>();
        Ok(())
    });
    insert.lock(lock).run().await.map(|done| done.ending)
}

#[tokio::test]
async fn a_transaction_under_a_lock_is_carried_out_while_the_lock_is_held_only() -> Result<()> {
    let server = server()?;
    let (one, two) = (connect(&server, true).await?, connect(&server, true).await?);
    let monitor = monitor(&one).await?;
    let mut lock = one.lock("l").await?;
    held(&mut lock).await?;
    assert_eq!(insert(&monitor, &lock).await?, Ending::Committed);

    // Known here: nothing is sent.
    let mut thief = two.steal("l").await?;
    held(&mut thief).await?;
    lost(&mut lock).await?;
    let error = insert(&monitor, &lock).await.unwrap_err();
    insta::assert_snapshot!(error, @"lock l is not held");

    // Not known here: the server says so.
    let error = monitor
        .transaction(|tx| {
            tx.assert("l");
            tx.insert::<nb::LogicalSwitch>();
            Ok(())
        })
        .run()
        .await
        .unwrap_err();
    assert!(
        matches!(&error, TransactionError::NotLocked { lock } if **lock == *"l"),
        "{error:?}"
    );
    assert!(error.may_repeat());
    drop(thief);
    held(&mut lock).await?;
    assert_eq!(insert(&monitor, &lock).await?, Ending::Committed);
    let switches = monitor.snapshot().rows::<nb::LogicalSwitch>().count();
    assert_eq!(switches, 2);
    Ok(())
}

/// Waits for ever, or until there is a switch of this name.
fn wait_for(name: &str) -> Vec<Operation> {
    let column: Box<str> = nb::logical_switch::NAME.name().into();
    let clause = nb::logical_switch::NAME.eq(name);
    let value = Datum::scalar(name);
    vec![Operation::Wait(Wait {
        table: nb::logical_switch::DEFINITION.name.into(),
        conditions: vec![clause.into()],
        columns: Some(vec![column.clone()]),
        until: Until::Equal,
        rows: vec![vec![(column, value)]],
        timeout: None,
    })]
}

fn is_canceled(result: &Result<Outcome, ClientError>) -> bool {
    matches!(result, Err(ClientError::InDoubt(Lost::Canceled)))
}

#[tokio::test]
async fn a_waiting_transaction_can_be_cancelled_whatever_the_server_says_of_it() -> Result<()> {
    let server = server()?;
    for aware in [true, false] {
        let client = connect(&server, aware).await?;
        let waiting = client.submit(NORTHBOUND, wait_for("never")).await?;
        let later = client.submit(NORTHBOUND, wait_for("later")).await?;
        // What was asked later is answered meanwhile.
        client.echo().await?;
        waiting.cancel().await?;
        waiting.cancel().await?;
        let outcome = timeout(READY, waiting.outcome()).await?;
        assert!(is_canceled(&outcome), "{outcome:?}");

        // The other one goes on, and its end is not changed by a cancellation that comes too late.
        let insert = format!(
            r#"["{NORTHBOUND}",{{"op":"insert","table":"Logical_Switch","row":{{"name":"later"}}}}]"#
        );
        server.transact(&insert)?;
        client.echo().await?;
        later.cancel().await?;
        timeout(READY, later.outcome()).await??;
        let delete =
            format!(r#"["{NORTHBOUND}",{{"op":"delete","table":"Logical_Switch","where":[]}}]"#);
        server.transact(&delete)?;
        assert!(client.lost().is_none());
    }
    Ok(())
}

#[tokio::test]
async fn a_transaction_that_no_server_took_yet_is_cancelled_here() -> Result<()> {
    let mut server = server()?;
    let client = connect(&server, true).await?;
    server.kill()?;
    let mut state = client.state();
    state
        .wait_for(|state| !matches!(state, State::Serving(_)))
        .await?;
    let waiting = client.submit(NORTHBOUND, wait_for("never")).await?;
    waiting.cancel().await?;
    let outcome = timeout(READY, waiting.outcome()).await?;
    assert!(matches!(outcome, Err(ClientError::Lost(_))), "{outcome:?}");
    // One that is under way when the server goes is in doubt, cancelled or not.
    server.restart()?;
    client.echo().await?;
    let waiting = client.submit(NORTHBOUND, wait_for("never")).await?;
    client.echo().await?;
    server.pause()?;
    waiting.cancel().await?;
    server.kill()?;
    match timeout(READY, waiting.outcome()).await? {
        Err(ClientError::InDoubt(_)) => Ok(()),
        other => bail!("{other:?}"),
    }
}
