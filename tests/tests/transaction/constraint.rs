//! Constraints of generated tables, checked before anything is sent.

use anyhow::{Context, Result};
use ovn_schemas::{nb, sb, vswitch};
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovsdb_client::client::{Client, ReadWrite, TransactionError};
use ovsdb_client::session::Interest;
use ovsdb_client::table::Ref;
use ovsdb_client::transaction::{Problem, Transaction};
use ovsdb_client::value::Uuid;

use crate::northbound::{Northbound, chain, northbound, northbound_of, switch_names};

fn acl(tx: &mut Transaction) -> ovsdb_client::transaction::Insert<'_, nb::Acl> {
    tx.insert::<nb::Acl>()
        .set(nb::acl::ACTION, nb::acl::AclAction::Drop)
        .set(nb::acl::DIRECTION, nb::acl::AclDirection::FromLport)
}

/// What a program gives.
type Act = Box<dyn Fn(&mut Transaction)>;

/// What is wrong with a transaction, of which nothing may reach the server.
async fn check(
    northbound: &Northbound,
    act: impl Fn(&mut Transaction),
) -> Result<(String, Problem)> {
    let Northbound {
        client, monitor, ..
    } = northbound;
    let result = monitor
        .transaction(|tx| {
            act(tx);
            // Sound by itself, and not to be carried out either.
            tx.insert::<nb::LogicalSwitch>();
            Ok(())
        })
        .run()
        .await;
    let error = result.err().context("it was carried out")?;
    let text = chain(&error);
    let TransactionError::Constraint(error) = error else {
        anyhow::bail!("{text}");
    };
    assert!(client.lost().is_none(), "the connection is kept");
    client.echo().await?;
    assert!(switch_names(&monitor.snapshot()).is_empty());
    let text = text.strip_prefix("the transaction breaks a constraint: ");
    Ok((text.context("the place follows")?.to_owned(), error.problem))
}

#[tokio::test]
async fn a_value_that_the_column_does_not_take_is_refused_with_its_place() -> Result<()> {
    let northbound = northbound().await?;
    let row = Ref::<nb::Acl>::new(Uuid::from_u128(7));
    let cases: Vec<Act> = vec![
        Box::new(|tx| {
            acl(tx).set(nb::acl::MATCH, "a\0b");
        }),
        Box::new(|tx| {
            acl(tx).set(nb::acl::PRIORITY, 32768);
        }),
        Box::new(|tx| {
            acl(tx).set(nb::acl::PRIORITY, -1);
        }),
        Box::new(|tx| {
            acl(tx).set(nb::acl::ACTION, nb::acl::AclAction::Other("jump".into()));
        }),
        Box::new(|tx| {
            acl(tx).set(nb::acl::NAME, Some("x".repeat(64)));
        }),
        Box::new(|tx| {
            tx.insert::<nb::Acl>();
        }),
        Box::new(move |tx| {
            acl(tx);
            tx.update(row).set(nb::acl::TIER, 4);
        }),
        Box::new(|tx| {
            tx.update_where([nb::acl::MATCH.eq("\0")])
                .set(nb::acl::LOG, true);
        }),
        Box::new(move |tx| {
            tx.update(row).clear(nb::acl::PRIORITY);
        }),
        Box::new(move |tx| {
            tx.mutate(row, nb::acl::PRIORITY.divide(0));
        }),
        Box::new(move |tx| {
            tx.verify(row, nb::acl::PRIORITY);
        }),
        Box::new(|tx| {
            tx.insert::<sb::Chassis>().set(sb::chassis::NAME, "hv1");
        }),
        Box::new(|tx| tx.comment("\0")),
    ];
    let mut refused = Vec::new();
    for case in cases {
        refused.push(check(&northbound, case).await?.0);
    }
    insta::assert_snapshot!(refused.join("\n"), @r#"
    operation 0, insert into ACL, column match, cannot be carried out: a string holds the NUL character
    operation 0, insert into ACL, column priority, cannot be carried out: 32768 is out of range: 0 to 32767
    operation 0, insert into ACL, column priority, cannot be carried out: -1 is out of range: 0 to 32767
    operation 0, insert into ACL, column action, cannot be carried out: jump is none of allow, allow-related, allow-stateless, drop, pass, reject
    operation 0, insert into ACL, column name, cannot be carried out: a string of 64 characters is out of range: at most 63
    operation 0, insert into ACL, column action, cannot be carried out: the column must be given, for its default will not do: "" is none of allow, allow-related, allow-stateless, drop, pass, reject
    operation 1, update of ACL 00000000-0000-0000-0000-000000000007, column tier, cannot be carried out: 4 is out of range: 0 to 3
    operation 0, update of ACL, column match, cannot be carried out: a string holds the NUL character
    operation 0, update of ACL 00000000-0000-0000-0000-000000000007, column priority, cannot be carried out: 0 values, and the column takes exactly 1
    operation 0, mutation of ACL 00000000-0000-0000-0000-000000000007, column priority, cannot be carried out: the division is by zero
    the check of ACL 00000000-0000-0000-0000-000000000007, column priority, cannot be carried out: the row is not in the snapshot
    operation 0, insert into Chassis cannot be carried out: the table is one of OVN_Southbound, and this is OVN_Northbound
    the comment cannot be carried out: a string holds the NUL character
    "#);
    Ok(())
}

#[tokio::test]
async fn tables_and_columns_that_the_server_lacks_are_refused_here() -> Result<()> {
    let northbound = northbound_of(Schema::northbound()).await?;
    let (text, problem) = check(&northbound, |tx| {
        acl(tx).set(nb::acl::TIER, 1);
    })
    .await?;
    assert_eq!(problem, Problem::ColumnAbsent);
    insta::assert_snapshot!(text, @"operation 0, insert into ACL, column tier, cannot be carried out: the server lacks the column");
    let (text, problem) = check(&northbound, |tx| {
        tx.insert::<nb::DhcpRelay>();
    })
    .await?;
    assert_eq!(problem, Problem::TableAbsent);
    insta::assert_snapshot!(text, @"operation 0, insert into DHCP_Relay cannot be carried out: the server lacks the table");
    let (_, problem) = check(&northbound, |tx| {
        tx.delete_where([nb::acl::TIER.ge(1)]);
    })
    .await?;
    assert_eq!(problem, Problem::ColumnAbsent);
    let (_, problem) = check(&northbound, |tx| {
        tx.verify_none([nb::acl::TIER.ge(1)]);
    })
    .await?;
    assert_eq!(problem, Problem::ColumnAbsent);

    // Without that column the row is taken.
    northbound
        .monitor
        .transaction(|tx| {
            let acl = acl(tx).reference();
            tx.insert::<nb::LogicalSwitch>()
                .set(nb::logical_switch::ACLS, [acl]);
            Ok(())
        })
        .run()
        .await?;
    Ok(())
}

#[tokio::test]
async fn a_column_that_is_set_for_good_changes_no_more_and_a_full_set_takes_no_more() -> Result<()>
{
    let server = DatabaseServer::setup()
        .database(Schema::open_vswitch())
        .start()?;
    let client = Client::<ReadWrite>::builder()
        .remotes(&server.endpoint())?
        .connect()
        .await?;
    let monitor = client.monitor(Interest::all_of(&vswitch::DATABASE)).await?;
    let bridge = monitor
        .transaction(|tx| {
            let bridge = tx
                .insert::<vswitch::Bridge>()
                .set(vswitch::bridge::NAME, "br0")
                .reference();
            tx.insert::<vswitch::OpenVswitch>()
                .set(vswitch::open_vswitch::BRIDGES, [bridge]);
            Ok(bridge)
        })
        .run()
        .await?
        .value;
    let mut refused = Vec::new();
    let error = monitor
        .transaction(|tx| {
            tx.update(bridge).set(vswitch::bridge::NAME, "br1");
            Ok(())
        })
        .run()
        .await
        .unwrap_err();
    refused.push(chain(&error).replace(&bridge.uuid().to_string(), "BRIDGE"));
    let error = monitor
        .transaction(|tx| {
            let insert = tx.insert::<vswitch::FlowTable>();
            insert.set(vswitch::flow_table::PREFIXES, ["a", "b", "c", "d", "e"]);
            // What is wrong is known at once.
            assert!(tx.check().is_err());
            Ok(())
        })
        .run()
        .await
        .unwrap_err();
    refused.push(chain(&error));
    insta::assert_snapshot!(refused.join("\n"), @r"
    the transaction breaks a constraint: operation 0, update of Bridge BRIDGE, column name, cannot be carried out: the column cannot change after the insert
    the transaction breaks a constraint: operation 0, insert into Flow_Table, column prefixes, cannot be carried out: 5 values, and the column takes 0 to 3
    ");
    Ok(())
}
