//! The conversion of a database while clients are connected.

use anyhow::{Context, Result};
use ovn_schemas::nb;
use ovn_tests::sandbox::{READY, Schema};
use ovsdb_client::client::{Client, ClientError, Lost, ReadWrite};
use ovsdb_client::operation::{Operation, Until, Wait};
use ovsdb_client::schema::DatabaseSchema;
use ovsdb_client::session::State;

use crate::northbound::{NEWEST, NORTHBOUND, Northbound, join, northbound_of, switch_names};

#[tokio::test]
async fn monitors_follow_a_conversion_on_the_same_connection() -> Result<()> {
    let Northbound {
        server,
        client,
        monitor,
    } = northbound_of(Schema::northbound()).await?;
    let (other_client, other) = join(&server).await?;
    let done = monitor
        .transaction(|tx| {
            let acl = tx
                .insert::<nb::Acl>()
                .set(nb::acl::ACTION, nb::acl::AclAction::Drop)
                .set(nb::acl::DIRECTION, nb::acl::AclDirection::ToLport)
                .reference();
            tx.insert::<nb::LogicalSwitch>()
                .set(nb::logical_switch::NAME, "sw0")
                .set(nb::logical_switch::ACLS, [acl]);
            Ok(acl)
        })
        .run()
        .await?;
    let acl = done.value;
    let wait = Operation::Wait(Wait {
        table: nb::logical_switch::DEFINITION.name.into(),
        conditions: Vec::new(),
        columns: Some(vec![nb::logical_switch::NAME.name().into()]),
        until: Until::Equal,
        rows: Vec::new(),
        timeout: None,
    });
    let waiting = client.submit(NORTHBOUND, vec![wait]).await?;

    let mut states = [client.state(), other_client.state()];
    for state in &mut states {
        state.mark_unchanged();
    }
    let schema = DatabaseSchema::parse(&std::fs::read_to_string(NEWEST)?)?;
    client.convert(&schema).await?;

    let error = waiting.outcome().await.unwrap_err();
    assert!(
        matches!(error, ClientError::InDoubt(Lost::Canceled)),
        "{error:?}"
    );
    // The conversion is over when the client's own replica shows it.
    assert_eq!(monitor.snapshot().layout().schema.version, schema.version);
    for monitor in [&monitor, &other] {
        let mut monitor = monitor.clone();
        let converted = async {
            // The replica is never empty in between.
            loop {
                let snapshot = monitor.snapshot();
                assert_eq!(switch_names(&snapshot), ["sw0"]);
                assert!(snapshot.get(acl).is_some());
                if snapshot.layout().schema.version == schema.version {
                    return anyhow::Ok(());
                }
                monitor.changed().await?;
            }
        };
        tokio::time::timeout(READY, converted).await??;
    }
    for state in &states {
        assert!(!state.has_changed()?, "the connection stayed");
        assert!(matches!(*state.borrow(), State::Serving(_)));
    }
    // What the server lacked before can now be written.
    monitor
        .transaction(|tx| {
            tx.update(acl).set(nb::acl::TIER, 3);
            Ok(())
        })
        .run()
        .await?;
    let row = monitor.snapshot().get(acl).context("the row")?;
    assert_eq!(row.tier(), 3);

    let error = client
        .convert(&DatabaseSchema {
            name: "Other".into(),
            ..schema
        })
        .await
        .unwrap_err();
    assert!(matches!(error, ClientError::Remote(_)), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn a_client_without_monitors_outlives_a_conversion_too() -> Result<()> {
    let Northbound {
        server: _server,
        client,
        ..
    } = northbound_of(Schema::northbound()).await?;
    let alone = Client::<ReadWrite>::builder();
    let State::Serving(remote) = client.state().borrow().clone() else {
        anyhow::bail!("it serves");
    };
    let alone = alone.remotes(&remote)?.reconnect(false).connect().await?;
    let schema = DatabaseSchema::parse(&std::fs::read_to_string(NEWEST)?)?;
    alone.convert(&schema).await?;
    assert_eq!(alone.schema(NORTHBOUND).await?.version, schema.version);
    assert!(alone.lost().is_none());
    Ok(())
}
