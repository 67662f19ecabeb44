//! Databases in images that have nothing that bridges, but the stock client.

use anyhow::{Context, Result};
use ovn_tests::kubernetes::{Faults, KubeCluster, Pod};
use ovn_tools::database::Database;
use ovn_tools::run::run;
use ovn_tools::tool::daemon_status::{self, DaemonStatus};
use ovn_tools::tool::rows_find::{self, RowsFind};
use ovn_tools::tool::sources_list::{self, SourcesList};

use crate::rows::{answer, direct, node};
use crate::scene::{Scene, keeping, nothing_runs, source};

/// What the image has.
const IMAGE: &[&str] = &["ovsdb-client"];

/// Has a pod of a node run such an image.
fn without_bridge(pod: &mut Pod) {
    pod.programs = IMAGE.iter().map(|&name| name.to_owned()).collect();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stock_client_reads_the_same_rows_as_a_bridge_would() -> Result<()> {
    let node = node("hv1")?;
    // What a reader could get wrong: quotes, other alphabets, sets, maps, large numbers.
    node.nbctl(&["ls-add", "odd \"name\" \\ é 漢"])?;
    node.nbctl(&["set", "NB_Global", ".", "nb_cfg=9007199254740993"])?;
    node.nbctl(&[
        "set",
        "Logical_Switch_Port",
        "p2",
        "external_ids:a=b",
        "tag=7",
    ])?;
    let pod = Pod::upstream("hv1", node.directory()).programs(IMAGE);
    let cluster = KubeCluster::start(vec![pod]).await?;
    let (sockets, through) = (direct(&[&node])?, [source(&cluster)]);
    for (database, table) in [
        (Database::Nb, "Logical_Switch"),
        (Database::Nb, "NB_Global"),
        (Database::Nb, "Logical_Switch_Port"),
        (Database::Nb, "Logical_Router"),
        (Database::Sb, "Port_Binding"),
        (Database::Sb, "Logical_Flow"),
        (Database::Sb, "Chassis"),
        // Most of its columns are in no database file.
        (Database::Ovs, "Interface"),
        (Database::Ovs, "Bridge"),
    ] {
        let mut params = rows_find::Params::new(database, table);
        params.limit = rows_find::MAX_LIMIT;
        let (expected, found) = (
            answer::<RowsFind>(&sockets, &params).await?,
            answer::<RowsFind>(&through, &params).await?,
        );
        assert!(expected["total"].as_u64() > Some(0), "{table}: {expected}");
        // Of interfaces, counters go on meanwhile.
        if database == Database::Ovs {
            assert_eq!(found["total"], expected["total"], "{table}");
            assert_eq!(found["columns"], expected["columns"], "{table}");
        } else {
            assert_eq!(found, expected, "{table}");
        }
    }
    let looked = cluster.requests().len();
    let mut params = rows_find::Params::new(Database::Nb, "Logical_Switch_Port");
    params.conditions = vec!["name == p2".to_owned()];
    let (expected, found) = (
        answer::<RowsFind>(&sockets, &params).await?,
        answer::<RowsFind>(&through, &params).await?,
    );
    assert_eq!((&found, found["total"].as_u64()), (&expected, Some(1)));
    // The server looked for it.
    let requests = cluster.requests();
    let asked = requests[looked..]
        .iter()
        .find(|request| request.contains("query"));
    let asked = asked.context("a query")?;
    assert!(asked.contains("p2"), "{asked}");
    let params = sources_list::Params::default();
    let listed = run::<SourcesList>(&through, &params).await?;
    let databases = listed.nodes.iter().flat_map(|node| &node.databases);
    let addresses: Vec<&str> = databases.map(|listed| &*listed.address).collect();
    insta::assert_snapshot!(addresses.join("\n"), @"
    kube/ovn-kubernetes/ovnkube-node-hv1/nb-ovsdb:/var/run/ovn/ovnnb_db.sock (read anew for each question by ovsdb-client)
    kube/ovn-kubernetes/ovnkube-node-hv1/sb-ovsdb:/var/run/ovn/ovnsb_db.sock (read anew for each question by ovsdb-client)
    kube/ovn-kubernetes/ovnkube-node-hv1/ovn-controller:/var/run/openvswitch/db.sock (read anew for each question by ovsdb-client)
    ");
    assert_eq!(listed.gaps, []);
    // The daemons beside take a bridge.
    let asked = run::<DaemonStatus>(&through, &daemon_status::Params::default()).await?;
    let told = serde_json::to_string(&asked)?;
    assert!(told.contains("none of python3, socat and perl"), "{told}");
    nothing_runs(&cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_question_sees_the_rows_of_now_and_leaves_nothing_behind() -> Result<()> {
    let scene = Scene::start().await?;
    scene
        .cluster
        .change_pods(|pods| without_bridge(&mut pods[0]));
    let sources = [keeping(&scene.cluster)];
    let first = scene.ask(&sources).await?;
    let looked = scene.cluster.requests().len();
    scene.server.transact(
        r#"["OVN_Northbound", {"op": "insert", "table": "Logical_Switch", "row": {"name": "sw1"}}]"#,
    )?;
    let second = scene.ask(&sources).await?;
    assert!(first == "\"sw0\"", "{first}");
    assert!(
        second.contains("\"sw0\"") && second.contains("\"sw1\""),
        "{second}"
    );
    // What the image lacks is not looked for again.
    let requests = scene.cluster.requests();
    let again = requests[looked..].iter();
    let programs: Vec<&str> = again
        .filter(|request| request.contains("/exec?"))
        .filter_map(|request| request.split("command=").nth(1))
        .map(|command| command.trim_end_matches('&'))
        .collect();
    assert_eq!(programs, ["ovsdb-client", "ovsdb-client"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_keeps_the_stock_client_from_reading_is_told_and_half_an_answer_is_none() -> Result<()>
{
    let mut scene = Scene::start().await?;
    scene
        .cluster
        .change_pods(|pods| without_bridge(&mut pods[0]));
    let sources = [source(&scene.cluster)];
    let mut told = Vec::new();
    for (what, faults) in [
        (
            "the kubelet dies in the schema, which is told as a success",
            Faults {
                kubelet_dies_after: Some(3000),
                ..Faults::default()
            },
        ),
        (
            "the API server dies in the schema",
            Faults {
                server_dies_after: Some(3000),
                ..Faults::default()
            },
        ),
        (
            "the command is killed",
            Faults {
                command_dies_after: Some(3000),
                ..Faults::default()
            },
        ),
        (
            "an older API server",
            Faults {
                only_version_4: true,
                ..Faults::default()
            },
        ),
    ] {
        told.push(format!("{what}\n  {}", scene.ask_with(faults).await?));
    }
    scene.cluster.set_faults(Faults::default());
    scene.server.kill()?;
    told.push(format!("nobody listens\n  {}", scene.ask(&sources).await?));
    std::fs::remove_file(scene.directory.path().join("ovnnb_db.sock"))?;
    told.push(format!("no socket\n  {}", scene.ask(&sources).await?));
    insta::assert_snapshot!(told.join("\n"));
    Ok(())
}
