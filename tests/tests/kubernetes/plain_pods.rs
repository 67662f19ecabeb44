//! Databases in plain pods, of layouts that are not known: named by where they are.

use std::os::unix::fs::symlink;

use anyhow::Result;
use ovn_tests::kubernetes::{Denied, Faults, KubeCluster, Pod};
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovn_tools::access::{Cluster, PodDatabase, Source};
use ovn_tools::database::Database;
use ovn_tools::run::run;
use ovn_tools::tool::rows_find::{self, RowsFind};
use ovn_tools::tool::sources_list::{self, SourcesList};
use tempfile::TempDir;

use crate::scene::{Scene, nothing_runs, soon_idle};

/// A cluster with another layout than OVN-Kubernetes': one pod has the northbound database, as
/// kube-ovn's central pods do.
async fn scene() -> Result<Scene> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    server.transact(
        r#"["OVN_Northbound", {"op": "insert", "table": "Logical_Switch", "row": {"name": "ovn-default"}}]"#,
    )?;
    let directory = TempDir::with_prefix("pod-")?;
    symlink(server.socket(), directory.path().join("ovnnb_db.sock"))?;
    let pod = |name: &str, node: &str, leads: &str| {
        let mut pod = Pod::plain(
            "kube-system",
            name,
            node,
            &["ovn-central"],
            directory.path(),
        );
        pod.labels = [("app", "ovn-central"), ("ovn-nb-leader", leads)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        pod
    };
    let pods = vec![
        pod("ovn-central-7d9-x2", "n1", "true"),
        pod("ovn-central-7d9-b8", "n2", "false"),
    ];
    let cluster = KubeCluster::start(pods).await?;
    Ok(Scene {
        cluster,
        server,
        directory,
    })
}

fn with(scene: &Scene, places: &[&str]) -> Result<Source> {
    let places = places.iter().map(|place| place.parse());
    let places = places.collect::<Result<Vec<PodDatabase>, _>>()?;
    let cluster = Cluster::current().kubeconfig(scene.cluster.kubeconfig());
    Ok(soon_idle(cluster.databases(&places)))
}

const LEADER: &str =
    "nb=kube-system/app=ovn-central,ovn-nb-leader=true/ovn-central:/var/run/ovn/ovnnb_db.sock";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_in_a_plain_pod_is_read_once_it_is_named() -> Result<()> {
    let scene = scene().await?;
    let mut told = Vec::new();
    for places in [
        &[][..],
        &[LEADER],
        &["nb=kube-system/ovn-central-7d9-b8/ovn-central:/var/run/ovn/ovnnb_db.sock"],
        &["nb=kube-system/ovn-central/ovn-central:/var/run/ovn/ovnnb_db.sock"],
        &["nb=kube-system/app=ovs/ovn-central:/var/run/ovn/ovnnb_db.sock"],
        &["nb=kube-system/ovn-central-7d9-x2/other:/var/run/ovn/ovnnb_db.sock"],
        &["nb=kube-system/ovn-central-7d9-x2/ovn-central:/var/run/ovn/other.sock"],
        // What is not there does not keep what is.
        &[LEADER, "sb=elsewhere/sb-0/sb:/var/run/ovn/ovnsb_db.sock"],
    ] {
        let answer = scene.ask(&[with(&scene, places)?]).await?;
        told.push(format!("{}\n  {answer}", places.join(" ")));
    }
    scene.cluster.set_faults(Faults {
        denied: vec![Denied {
            namespace: Some("kube-system".to_owned()),
            ..Denied::everywhere("list", "pods")
        }],
        ..Faults::default()
    });
    let answer = scene.ask(&[with(&scene, &[LEADER])?]).await?;
    told.push(format!("no right to list pods there\n  {answer}"));
    insta::assert_snapshot!(told.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_named_stands_beside_what_is_found_and_in_its_place_on_the_same_node() -> Result<()>
{
    let scene = scene().await?;
    let found = DatabaseServer::setup()
        .database(Schema::northbound())
        .start()?;
    found.transact(
        r#"["OVN_Northbound", {"op": "insert", "table": "Logical_Switch", "row": {"name": "found"}}]"#,
    )?;
    let directory = TempDir::with_prefix("pod-")?;
    symlink(found.socket(), directory.path().join("ovnnb_db.sock"))?;
    scene.cluster.change_pods(|pods| {
        for node in ["n1", "n3"] {
            let mut pod = Pod::upstream(node, directory.path());
            pod.containers = vec!["nb-ovsdb".to_owned()];
            pods.push(pod);
        }
    });
    let sources = [with(&scene, &[LEADER])?];
    let mut params = rows_find::Params::new(Database::Nb, "Logical_Switch");
    params.columns = vec!["name".to_owned()];
    let rows = serde_json::to_string(&run::<RowsFind>(&sources, &params).await?.rows)?;
    assert!(
        rows.contains("ovn-default") && rows.matches("\"found\"").count() == 1,
        "{rows}"
    );
    let listed = run::<SourcesList>(&sources, &sources_list::Params::default()).await?;
    let listed = serde_json::to_string(&listed)?;
    for address in [
        "kube/kube-system/ovn-central-7d9-x2/ovn-central:/var/run/ovn/ovnnb_db.sock",
        "kube/ovn-kubernetes/ovnkube-node-n3/nb-ovsdb:/var/run/ovn/ovnnb_db.sock",
    ] {
        assert!(listed.contains(address), "{listed}");
    }
    assert!(!listed.contains("ovnkube-node-n1"), "{listed}");
    nothing_runs(&scene.cluster).await
}
