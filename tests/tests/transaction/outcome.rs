//! What transactions come to, and what is read inside and afterwards.

use std::fs;
use std::sync::Arc;

use anyhow::{Context, Result};
use ovn_schemas::{nb, server};
use ovsdb_client::client::{Ending, Stop, TransactionError};
use ovsdb_client::operation::OperationResult;
use ovsdb_client::schema::DatabaseSchema;
use ovsdb_client::table::{Ref, Table, Uuid};
use ovsdb_client::transaction::{Naming, Place};

use crate::northbound::{NORTHBOUND, Northbound, chain, northbound, switch_names};

#[tokio::test]
async fn what_is_committed_is_there_to_read_on_return() -> Result<()> {
    let Northbound {
        server: _server,
        monitor,
        ..
    } = northbound().await?;
    for naming in [Naming::Chosen, Naming::Named] {
        let done = monitor
            .transaction(|tx| {
                let port = tx
                    .insert::<nb::LogicalSwitchPort>()
                    .set(nb::logical_switch_port::NAME, format!("p of {naming:?}"))
                    .set(nb::logical_switch_port::TAG, Some(7))
                    .set(nb::logical_switch_port::ADDRESSES, ["router", "dynamic"])
                    .set(nb::logical_switch_port::OPTIONS, [("a", "b")])
                    .set(nb::logical_switch_port::ENABLED, Some(true))
                    .reference();
                let switch = tx
                    .insert::<nb::LogicalSwitch>()
                    .set(nb::logical_switch::NAME, "sw")
                    .set(nb::logical_switch::PORTS, [port])
                    .reference();
                // Changes of a row that the same transaction inserts.
                tx.mutate(
                    switch,
                    nb::logical_switch::EXTERNAL_IDS.insert([("owner", "me")]),
                );
                let update = tx.update(switch).set(nb::logical_switch::NAME, "renamed");
                let update = update.step();
                tx.comment("made by a test");
                Ok((port, switch, update))
            })
            .naming(naming)
            .run()
            .await?;
        let (port, switch, update) = done.value;
        assert_eq!((done.ending, done.attempts), (Ending::Committed, 1));
        assert_eq!(done.count(update), Some(1));
        assert_eq!(
            done.reference(switch) == switch,
            naming == Naming::Chosen,
            "the reference is the client's own choice or is translated"
        );
        let snapshot = monitor.snapshot();
        let switch = snapshot
            .get(done.reference(switch))
            .context("the switch is here")?;
        assert_eq!(switch.name(), "renamed");
        assert_eq!(switch.external_ids().get("owner"), Some("me"));
        let port = snapshot.get(done.reference(port)).context("the port")?;
        assert!(switch.ports().contains(&Ref::from(&port)));
        assert_eq!(port.tag(), Some(7));
        assert_eq!(port.options().get("a"), Some("b"));
        assert_eq!(port.addresses().len(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn a_transaction_reads_its_own_changes_over_the_snapshot() -> Result<()> {
    let Northbound {
        server: _server,
        monitor,
        ..
    } = northbound().await?;
    let done = monitor
        .transaction(|tx| {
            let [old, gone] = ["old", "gone"].map(|name| {
                let insert = tx.insert::<nb::LogicalSwitch>();
                insert.set(nb::logical_switch::NAME, name).reference()
            });
            Ok((old, gone))
        })
        .run()
        .await?;
    let (old, gone) = done.value;
    let seen = monitor
        .transaction(|tx| {
            tx.delete(gone);
            tx.update(old).set(nb::logical_switch::NAME, "changed");
            let ids = nb::logical_switch::EXTERNAL_IDS;
            tx.mutate(old, ids.insert([("a", "1"), ("b", "2")]));
            tx.mutate(old, ids.put([("a", "3")]).and(ids.delete_keys(["b"])));
            let new = tx
                .insert::<nb::LogicalSwitch>()
                .set(nb::logical_switch::NAME, "new")
                .reference();
            let global = tx.insert::<nb::NbGlobal>().reference();
            tx.mutate(global, nb::nb_global::NB_CFG.add(i64::MAX));
            tx.mutate(global, nb::nb_global::NB_CFG.subtract(1));
            assert!(tx.get(gone).is_none());
            assert_eq!(
                tx.get(new).map(|row| row.name().to_owned()),
                Some("new".into())
            );
            let global = tx.get(global).ok_or_else(|| Stop::because("no global"))?;
            assert_eq!(global.nb_cfg(), i64::MAX - 1);
            let mut names: Vec<String> = tx
                .rows::<nb::LogicalSwitch>()
                .map(|row| format!("{} {:?}", row.name(), row.external_ids()))
                .collect();
            names.sort();
            Ok(names)
        })
        .run()
        .await?;
    let expected = [r#"changed {String("a"): String("3")}"#, "new {}"];
    assert_eq!(seen.value, expected);
    assert_eq!(switch_names(&monitor.snapshot()), ["changed", "new"]);
    Ok(())
}

#[tokio::test]
async fn what_changes_nothing_is_not_sent() -> Result<()> {
    let Northbound {
        server, monitor, ..
    } = northbound().await?;
    let done = monitor
        .transaction(|tx| {
            Ok(tx
                .insert::<nb::LogicalSwitch>()
                .set(nb::logical_switch::NAME, "sw0")
                .set(nb::logical_switch::EXTERNAL_IDS, [("a", "b")])
                .reference())
        })
        .run()
        .await?;
    let switch = done.value;
    // A server that does not answer is no hindrance.
    server.pause()?;
    let done = monitor
        .transaction(|tx| {
            tx.verify(switch, nb::logical_switch::NAME);
            tx.update(switch).set(nb::logical_switch::NAME, "sw0");
            let ids = nb::logical_switch::EXTERNAL_IDS;
            tx.mutate(switch, ids.insert([("a", "other")]));
            tx.mutate(switch, ids.delete_keys(["x"]));
            tx.update(switch).set(nb::logical_switch::NAME, "sw1");
            tx.update(switch).set(nb::logical_switch::NAME, "sw0");
            let passing = tx.insert::<nb::LogicalSwitch>().reference();
            tx.delete(passing);
            tx.comment("nothing to see");
            Ok(())
        })
        .run()
        .await?;
    assert_eq!(done.ending, Ending::Unchanged);
    server.resume()?;
    Ok(())
}

#[tokio::test]
async fn a_rehearsal_is_tried_by_the_server_and_undone() -> Result<()> {
    let Northbound {
        server: _server,
        monitor,
        ..
    } = northbound().await?;
    let done = monitor
        .transaction(|tx| {
            let insert = tx.insert::<nb::LogicalSwitch>();
            let insert = insert.set(nb::logical_switch::NAME, "rehearsed");
            let step = insert.step();
            let all = tx.update_where::<nb::LogicalSwitch>([]);
            let all = all.set(nb::logical_switch::NAME, "any").step();
            tx.abort();
            Ok((step, all))
        })
        .run()
        .await?;
    let (insert, all) = done.value;
    assert_eq!(done.ending, Ending::Aborted);
    assert!(matches!(
        done.result(insert),
        Some(OperationResult::Inserted(_))
    ));
    assert_eq!(done.count(all), Some(1));
    assert!(switch_names(&monitor.snapshot()).is_empty());

    // What fails, fails in rehearsal too.
    let error = monitor
        .transaction(|tx| {
            let global = tx.insert::<nb::NbGlobal>().reference();
            tx.mutate(global, nb::nb_global::NB_CFG.add(i64::MAX));
            tx.mutate(global, nb::nb_global::NB_CFG.add(i64::MAX));
            tx.abort();
            Ok(())
        })
        .run()
        .await
        .unwrap_err();
    let error = chain(&error);
    assert!(
        error.starts_with("operation 2, mutation of NB_Global"),
        "{error}"
    );
    Ok(())
}

#[tokio::test]
async fn a_closure_can_stop_its_transaction_with_any_error() -> Result<()> {
    let Northbound {
        server: _server,
        monitor,
        ..
    } = northbound().await?;
    let error = monitor
        .transaction(|tx| {
            tx.insert::<nb::LogicalSwitch>();
            let number: i64 = "seven".parse()?;
            Ok(number)
        })
        .run()
        .await
        .unwrap_err();
    insta::assert_snapshot!(chain(&error), @"the transaction was stopped by its own closure: invalid digit found in string");
    assert!(switch_names(&monitor.snapshot()).is_empty());
    Ok(())
}

#[tokio::test]
async fn an_error_is_that_of_the_operation_or_of_the_commit() -> Result<()> {
    let Northbound {
        server: _server,
        client,
        monitor,
    } = northbound().await?;
    let nowhere = Uuid::from_u128(7);
    let global = monitor
        .transaction(|tx| {
            let set = tx.insert::<nb::AddressSet>();
            set.set(nb::address_set::NAME, "taken");
            Ok(tx.insert::<nb::NbGlobal>().reference())
        })
        .run()
        .await?
        .value;

    let step = |error: &TransactionError| match error {
        TransactionError::Violation { place, .. } | TransactionError::Refused { place, .. } => {
            place.clone()
        }
        other => panic!("{other:?}"),
    };
    // The third operation of the program; the checks and the comment do not count.
    let error = monitor
        .transaction(|tx| {
            tx.comment("too much");
            tx.verify(global, nb::nb_global::NAME);
            tx.mutate(global, nb::nb_global::NB_CFG.add(1));
            tx.mutate(global, nb::nb_global::NB_CFG.subtract(2));
            let wrong = tx.mutate(global, nb::nb_global::NB_CFG.add(i64::MIN));
            tx.mutate(global, nb::nb_global::NB_CFG.add(1));
            assert_eq!(wrong.number(), 2);
            Ok(())
        })
        .run()
        .await
        .unwrap_err();
    let Place::Step { step: number, .. } = step(&error) else {
        panic!("{error:?}");
    };
    assert_eq!(number.number(), 2);
    let text = chain(&error).replace(&global.uuid().to_string(), "GLOBAL");
    insta::assert_snapshot!(text, @r#"operation 2, mutation of NB_Global GLOBAL breaks a constraint: range error: Result of "+=" operation is out of range."#);

    // All operations succeed; the commit does not.
    let error = monitor
        .transaction(|tx| {
            let insert = tx.insert::<nb::LogicalSwitch>();
            insert.set(nb::logical_switch::PORTS, [Ref::new(nowhere)]);
            Ok(())
        })
        .run()
        .await
        .unwrap_err();
    assert_eq!(step(&error), Place::Commit);
    let text = chain(&error);
    assert!(
        text.starts_with("the commit breaks a constraint: referential integrity violation"),
        "{text}"
    );
    let error = monitor
        .transaction(|tx| {
            let insert = tx.insert::<nb::AddressSet>();
            insert.set(nb::address_set::NAME, "taken");
            Ok(())
        })
        .run()
        .await
        .unwrap_err();
    assert_eq!(step(&error), Place::Commit);
    let text = chain(&error);
    assert!(
        text.starts_with("the commit breaks a constraint: constraint violation"),
        "{text}"
    );

    // What the server forbids altogether.
    let schema = Arc::new(client.schema("_Server").await?);
    let error = client
        .transaction(schema, |tx| {
            tx.table(server::database::DEFINITION.name)
                .delete(Vec::new());
            Ok(())
        })
        .run()
        .await
        .unwrap_err();
    let text = chain(&error);
    assert!(text.contains("was refused: not allowed"), "{text}");
    let schema = Arc::new(DatabaseSchema {
        name: "Other".into(),
        ..client.schema("_Server").await?
    });
    let error = client
        .transaction(schema, |tx| {
            tx.comment("to nobody");
            tx.table(server::database::DEFINITION.name)
                .delete(Vec::new());
            Ok(())
        })
        .run()
        .await
        .unwrap_err();
    let text = chain(&error);
    assert!(
        text.starts_with("the transaction was refused: unknown database"),
        "{text}"
    );
    Ok(())
}

#[tokio::test]
async fn comments_become_lines_of_one_note_in_the_log() -> Result<()> {
    let Northbound {
        server, monitor, ..
    } = northbound().await?;
    monitor
        .transaction(|tx| {
            tx.insert::<nb::LogicalSwitch>();
            tx.comment("first \"line\"");
            tx.comment("second");
            tx.durable();
            Ok(())
        })
        .run()
        .await?;
    let log = fs::read_to_string(&server.files()[0])?;
    assert!(
        log.contains(r#""_comment":"first \"line\"\nsecond""#),
        "{log}"
    );
    Ok(())
}

#[tokio::test]
async fn conditions_choose_rows_on_the_server() -> Result<()> {
    let Northbound {
        server: _server,
        monitor,
        ..
    } = northbound().await?;
    monitor
        .transaction(|tx| {
            let acls = [(1, "a"), (500, "b"), (1000, "c")].map(|(priority, name)| {
                tx.insert::<nb::Acl>()
                    .set(nb::acl::ACTION, nb::acl::AclAction::Allow)
                    .set(nb::acl::DIRECTION, nb::acl::AclDirection::ToLport)
                    .set(nb::acl::PRIORITY, priority)
                    .set(nb::acl::NAME, Some(name))
                    .reference()
            });
            let switch = tx.insert::<nb::LogicalSwitch>();
            switch.set(nb::logical_switch::ACLS, acls);
            Ok(())
        })
        .run()
        .await?;
    let done = monitor
        .transaction(|tx| {
            let high = tx.update_where([nb::acl::PRIORITY.gt(1)]);
            let high = high.set(nb::acl::LOG, true).step();
            let b = tx.mutate_where(
                [
                    nb::acl::NAME.eq(Some("b")),
                    nb::acl::ACTION.ne(nb::acl::AclAction::Drop),
                ],
                nb::acl::OPTIONS.insert([("x", "y")]),
            );
            let none = tx.mutate_where(
                [nb::acl::OPTIONS.includes([("x", "z")])],
                nb::acl::PRIORITY.multiply(2),
            );
            Ok((high, b, none))
        })
        .run()
        .await?;
    let (high, b, none) = done.value;
    let counts = [high, b, none].map(|step| done.count(step));
    assert_eq!(counts, [Some(2), Some(1), Some(0)]);
    let snapshot = monitor.snapshot();
    let mut logged: Vec<i64> = snapshot
        .rows::<nb::Acl>()
        .filter(nb::Acl::log)
        .map(|acl| acl.priority())
        .collect();
    logged.sort_unstable();
    assert_eq!(logged, [500, 1000]);
    let switch = snapshot.rows::<nb::LogicalSwitch>().next().context("one")?;
    monitor
        .transaction(|tx| {
            tx.mutate(
                &switch,
                nb::logical_switch::ACLS
                    .delete(snapshot.rows::<nb::Acl>().map(|acl| Ref::from(&acl))),
            );
            Ok(())
        })
        .run()
        .await?;
    let rest = monitor.snapshot().rows::<nb::Acl>().count();
    assert_eq!(rest, 0, "rows that nothing refers to go with the commit");
    assert_eq!(nb::Acl::DEFINITION.database, NORTHBOUND);
    Ok(())
}
