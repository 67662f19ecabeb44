//! Databases on TCP ports of pods.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use ovn_tests::kubernetes::{Denied, Faults, KubeCluster, Pod};
use ovn_tests::pki::Authority;
use ovn_tests::sandbox::{DatabaseServer, READY, Schema, wait_until};
use ovn_tools::access::{Cluster, Source, TlsFiles};
use ovn_tools::database::Database;
use ovn_tools::run::run;
use ovn_tools::tool::rows_find::{self, RowsFind};
use tempfile::TempDir;

use crate::scene::{Scene, nothing_runs, soon_idle};

const ROWS: &str = r#"["OVN_Northbound",
    {"op": "insert", "table": "NB_Global", "row": {"name": "n1"}},
    {"op": "insert", "table": "Logical_Switch", "row": {"name": "sw0"}}]"#;

/// A pod of the kind that held the databases of a whole cluster, whose port leads there.
fn central(address: SocketAddr, directory: &TempDir) -> Pod {
    let mut pod = Pod::plain(
        "ovn-kubernetes",
        "ovnkube-db-0",
        "n1",
        &["nb-ovsdb"],
        directory.path(),
    );
    pod.listens = [(6641, address)].into();
    pod
}

/// A database that listens on TCP, in such a pod.
pub(crate) async fn scene(change: impl FnOnce(&mut Pod)) -> Result<Scene> {
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .tcp()
        .start()?;
    server.transact(ROWS)?;
    let directory = TempDir::with_prefix("pod-")?;
    let mut pod = central(server.tcp().context("a port")?, &directory);
    change(&mut pod);
    let cluster = KubeCluster::start(vec![pod]).await?;
    Ok(Scene {
        cluster,
        server,
        directory,
    })
}

/// The cluster with a port that somebody named.
pub(crate) fn named(scene: &Scene, place: &str) -> Result<Source> {
    let cluster = Cluster::current().kubeconfig(scene.cluster.kubeconfig());
    Ok(soon_idle(cluster.databases(&[place.parse()?])))
}

pub(crate) const PLACE: &str = "nb=ovn-kubernetes/ovnkube-db-0/nb-ovsdb:tcp:6641";

fn asked(scene: &Scene, what: &str) -> usize {
    let requests = scene.cluster.requests();
    requests.iter().filter(|one| one.contains(what)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_on_a_port_is_read_as_one_on_a_socket() -> Result<()> {
    let scene = scene(|_| ()).await?;
    let cluster = Cluster::current().kubeconfig(scene.cluster.kubeconfig());
    let source = Source::Kube(cluster.databases(&[PLACE.parse()?]));
    for _ in 0..2 {
        let mut params = rows_find::Params::new(Database::Nb, "Logical_Switch");
        params.columns = vec!["name".to_owned()];
        let sources = std::slice::from_ref(&source);
        let found = run::<RowsFind>(sources, &params).await?;
        assert_eq!(found.total, 1);
        let text = serde_json::to_string(&found)?;
        assert!(text.contains("sw0") && text.contains("n1"), "{text}");
    }
    assert_eq!(asked(&scene, "/portforward?"), 1, "it is kept");
    assert_eq!(asked(&scene, "/exec?"), 0);
    assert_eq!(scene.cluster.running(), 1);
    drop(source);
    nothing_runs(&scene.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_of_a_forwarded_port_is_told() -> Result<()> {
    let scene = scene(|_| ()).await?;
    let mut told = vec![format!(
        "well: {}",
        scene.ask(&[named(&scene, PLACE)?]).await?
    )];
    let closed = PLACE.replace("6641", "6640");
    told.push(format!(
        "nobody listens: {}",
        scene.ask(&[named(&scene, &closed)?]).await?
    ));
    let denied = |verb: &str| Faults {
        denied: vec![Denied::everywhere(verb, "pods/portforward")],
        ..Faults::default()
    };
    for (what, faults) in [
        ("no get", denied("get")),
        ("no create", denied("create")),
        (
            "no kubelet",
            Faults {
                unreachable_nodes: vec!["n1".to_owned()],
                ..Faults::default()
            },
        ),
        (
            "silent",
            Faults {
                silent: vec!["n1".to_owned()],
                ..Faults::default()
            },
        ),
        (
            "busy for a moment",
            Faults {
                busy: 2,
                ..Faults::default()
            },
        ),
    ] {
        scene.cluster.set_faults(faults);
        let answer = scene.ask(&[named(&scene, PLACE)?]).await?;
        told.push(format!("{what}: {answer}"));
    }
    scene.cluster.set_faults(Faults::default());
    // What listens there is none of ours, and closes at once.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = nobody.local_addr()?;
    std::thread::spawn(move || {
        for stream in nobody.incoming() {
            drop(stream);
        }
    });
    scene.cluster.change_pods(|pods| {
        for pod in pods {
            pod.listens = [(6641, address)].into();
        }
    });
    let answer = scene.ask(&[named(&scene, PLACE)?]).await?;
    told.push(format!("closed at once: {answer}"));
    insta::assert_snapshot!(told.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_databases_of_a_whole_cluster_are_reached_by_their_port_where_commands_are_of_no_use()
-> Result<()> {
    // Nothing in the image reaches a socket.
    let scene = scene(|pod| pod.programs.clear()).await?;
    let source = || soon_idle(Cluster::current().kubeconfig(scene.cluster.kubeconfig()));
    let mut told = vec![format!("no bridge: {}", scene.ask(&[source()]).await?)];
    // Commands may not be run.
    scene.cluster.set_faults(Faults {
        forbid_exec_create: true,
        ..Faults::default()
    });
    told.push(format!("no exec: {}", scene.ask(&[source()]).await?));
    scene.cluster.set_faults(Faults {
        forbid_exec_create: true,
        denied: vec![Denied::everywhere("get", "pods/portforward")],
        ..Faults::default()
    });
    told.push(format!("neither: {}", scene.ask(&[source()]).await?));
    scene.cluster.set_faults(Faults::default());
    // There is a bridge, but no socket.
    scene.cluster.change_pods(|pods| {
        for pod in pods {
            pod.programs = vec!["python3".to_owned()];
        }
    });
    told.push(format!("no socket: {}", scene.ask(&[source()]).await?));
    insta::assert_snapshot!(told.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_is_spoken_through_a_forwarded_port() -> Result<()> {
    let authority = Authority::new()?;
    let (issued, client) = (authority.issue("server")?, authority.issue("client")?);
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .argument("--remote=pssl:0:127.0.0.1")
        .argument(&format!("--private-key={}", issued.private_key.display()))
        .argument(&format!("--certificate={}", issued.certificate.display()))
        .argument(&format!("--ca-cert={}", authority.certificate().display()))
        .start()?;
    server.transact(ROWS)?;
    let port = wait_until("the server listens", READY, || {
        let log = std::fs::read_to_string(server.daemon().log())?;
        let mut lines = log.lines();
        let line = lines.find_map(|line| line.split_once("listening on port "));
        Ok(line.and_then(|(_, port)| port.trim().parse::<u16>().ok()))
    })?;
    let directory = TempDir::with_prefix("pod-")?;
    let pod = central(SocketAddr::from(([127, 0, 0, 1], port)), &directory);
    let scene = Scene {
        cluster: KubeCluster::start(vec![pod]).await?,
        server,
        directory,
    };
    let place = PLACE.replace("tcp", "ssl");
    let mut told = vec![format!(
        "without keys: {}",
        scene.ask(&[named(&scene, &place)?]).await?
    )];
    let files = TlsFiles {
        private_key: client.private_key.clone(),
        certificate: client.certificate.clone(),
        ca_certificate: authority.certificate().to_owned(),
    };
    let source = named(&scene, &place)?.with_tls(&files);
    told.push(format!("with keys: {}", scene.ask(&[source]).await?));
    // Whoever is trusted by nobody is told so.
    let other = Authority::new()?;
    let stranger = TlsFiles {
        ca_certificate: other.certificate().to_owned(),
        ..files
    };
    let source = named(&scene, &place)?.with_tls(&stranger);
    let answer = scene.ask(&[source]).await?;
    let path = other.certificate().display().to_string();
    told.push(format!("another CA: {}", answer.replace(&path, "CA")));
    insta::assert_snapshot!(told.join("\n"));
    Ok(())
}
