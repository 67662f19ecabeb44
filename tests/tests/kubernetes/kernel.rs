//! Listings of nodes' kernels through a cluster.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use ovn_tests::kubernetes::{Denied, Faults, KubeCluster, Pod};
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovn_tools::access::{self, Source};
use ovn_tools::listing::Listing;
use ovn_tools::run::run;
use ovn_tools::tool::ip_show::{self, IpShow, Subject};
use ovn_tools::tool::kernel_conntrack_list::{self, KernelConntrackList};
use serde_json::json;

use crate::scene::{keeping, nothing_runs, source};

/// A node whose pod holds the database of its host, and the same database on its own socket.
pub(crate) async fn node(
    programs: &[&str],
) -> Result<(KubeCluster, DatabaseServer, tempfile::TempDir)> {
    let server = DatabaseServer::setup()
        .database(Schema::open_vswitch())
        .start()?;
    server.transact(
        r#"["Open_vSwitch", {"op": "insert", "table": "Open_vSwitch",
            "row": {"external_ids": ["map", [["system-id", "n1"], ["hostname", "n1"]]]}}]"#,
    )?;
    let directory = tempfile::TempDir::with_prefix("pod-")?;
    std::os::unix::fs::symlink(server.socket(), directory.path().join("db.sock"))?;
    let mut pod = Pod::upstream("n1", directory.path()).programs(programs);
    pod.containers = vec!["ovn-controller".to_owned(), "ovnkube-controller".to_owned()];
    let cluster = KubeCluster::start(vec![pod]).await?;
    Ok((cluster, server, directory))
}

/// A namespace that takes pods of this level.
fn namespace(name: &str, level: &str) -> serde_json::Value {
    json!({
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {
            "name": name,
            "labels": {"pod-security.kubernetes.io/enforce": level},
        },
    })
}

/// What conntrack lists on the node.
const CONNECTION: &str = "ipv4 2 tcp 6 9 ESTABLISHED src=10.0.0.1 dst=10.0.0.2 sport=1 dport=80 \
                          src=10.0.0.2 dst=10.0.0.1 sport=80 dport=1 [ASSURED] mark=0 use=1";

/// Consents to debug pods, on a node that has conntrack while its containers have none.
pub(crate) fn debug_namespace(cluster: &KubeCluster, directory: &Path) -> Result<()> {
    cluster.add_object(namespace("ovnscope-debug", "privileged"));
    cluster.set_image_programs(&["python3"]);
    host_programs(directory)
}

/// A node that has conntrack, while its containers have none.
fn host_programs(directory: &Path) -> Result<()> {
    let bin = directory.join("bin");
    let scripts = [
        (
            "python3",
            format!(
                "#!/bin/sh\ncase \"$*\" in\n*\" chroot \"*) PATH={}:$PATH; export PATH;;\n\
                 *\" conntrack \"*) printf '\\000run-end errno=2 0\\n'; exit 0;;\nesac\n\
                 exec /usr/bin/env python3 \"$@\"\n",
                bin.join("host").display()
            ),
        ),
        (
            "host/chroot",
            format!("#!/bin/sh\n[ \"$1 $2\" = '/host conntrack' ] && echo '{CONNECTION}'\n"),
        ),
    ];
    for (name, text) in scripts {
        let path = bin.join(name);
        fs::create_dir_all(path.parent().context("a folder")?)?;
        fs::write(&path, text)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

fn routes() -> ip_show::Params {
    ip_show::Params {
        subject: Subject::Route,
        ..ip_show::Params::default()
    }
}

async fn ask(sources: &[Source]) -> Result<Listing> {
    Ok(run::<IpShow>(sources, &routes()).await?)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_tells_the_same_through_its_pod_as_on_its_own_host() -> Result<()> {
    for (programs, only_version_4) in [
        (&["python3"][..], false),
        (&["socat", "perl"], false),
        (&["python3"], true),
    ] {
        let (cluster, server, _directory) = node(programs).await?;
        cluster.set_faults(Faults {
            only_version_4,
            ..Faults::default()
        });
        let local = ask(&[server.endpoint().parse()?]).await?;
        let through = ask(&[source(&cluster)]).await?;
        assert!(local.total > 0);
        assert_eq!(through.gaps, [], "{programs:?}");
        assert_eq!(through.rows, local.rows, "{programs:?}");
        nothing_runs(&cluster).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn output_that_is_not_whole_is_told_and_never_shown() -> Result<()> {
    let (cluster, _server, _directory) = node(&["python3"]).await?;
    // What a first question reads of the database comes whole, and its stream is kept.
    let sources = [keeping(&cluster)];
    assert_eq!(ask(&sources).await?.gaps, []);
    let mut told = Vec::new();
    for faults in [
        Faults {
            kubelet_dies_after: Some(40),
            ..Faults::default()
        },
        Faults {
            server_dies_after: Some(40),
            ..Faults::default()
        },
        Faults {
            command_dies_after: Some(40),
            ..Faults::default()
        },
    ] {
        cluster.set_faults(faults);
        let answer = ask(&sources).await;
        told.push(match answer {
            Ok(listed) => {
                assert_eq!(listed.rows, Vec::<Vec<serde_json::Value>>::new());
                let gaps = listed.gaps.iter().map(|gap| gap.why.clone());
                gaps.collect::<Vec<_>>().join("\n")
            }
            Err(error) => format!("error: {error:#}"),
        });
        cluster.set_faults(Faults::default());
    }
    drop(sources);
    nothing_runs(&cluster).await?;
    insta::assert_snapshot!(told.join("\n"), @"
    ip on the node gave no answer: its output is not complete: the end is missing after 40 bytes
    the output of the program on the node is not complete: the connection to the pod broke off: the API server or the node's kubelet has gone
    the output of the program on the node is not complete: the command in the pod ended with exit code 137
    ");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_keeps_a_program_from_running_is_told() -> Result<()> {
    let (cluster, _server, _directory) = node(&["socat"]).await?;
    let sources = [source(&cluster)];
    let mut told = vec![gaps(&ask(&sources).await?)];
    let (cluster, _server, _directory) = node(&["python3"]).await?;
    let sources = [source(&cluster)];
    cluster.change_pods(|pods| pods[0].privileged = false);
    told.push(gaps(&ask(&sources).await?));
    cluster.change_pods(|pods| pods[0].privileged = true);
    cluster.set_faults(Faults {
        denied: vec![Denied::everywhere("create", "pods/exec")],
        ..Faults::default()
    });
    told.push(match ask(&sources).await {
        Ok(listed) => gaps(&listed),
        Err(error) => format!("error: {error:#}"),
    });
    insta::assert_snapshot!(told.join("\n"), @r#"
    n1: ip -j -4 route show table all, ip -j -6 route show table all: the container ovnkube-controller has neither python3 nor perl, one of which is needed to run a program and to know that all of its output came
    n1: ip -j -4 route show table all, ip -j -6 route show table all: no container of the pod ovn-kubernetes/ovnkube-node-n1 is privileged and runs, which listing the kernel needs, and a debug pod could do it, but the namespace ovnscope-debug does not exist: deploy/debug.yaml makes it
    n1: ip -j -4 route show table all, ip -j -6 route show table all: forbidden: the verbs get and create on pods/exec are needed in the namespace ovn-kubernetes; the API server said: pods "ovnkube-node-n1" is forbidden:
    "#);
    Ok(())
}

async fn connections(sources: &[Source]) -> Result<Listing> {
    let params = kernel_conntrack_list::Params::default();
    Ok(run::<KernelConntrackList>(sources, &params).await?)
}

/// The names of the debug pods.
fn debug_pods(cluster: &KubeCluster) -> Vec<String> {
    let pods = cluster.pods().into_iter();
    pods.filter(|pod| pod.namespace == "ovnscope-debug")
        .map(|pod| pod.name)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_debug_pod_runs_what_no_container_has_and_goes_at_the_end() -> Result<()> {
    let (cluster, _server, directory) = node(&["python3"]).await?;
    debug_namespace(&cluster, directory.path())?;
    // One that somebody left behind has ended, another one's still runs.
    let mut left = Pod::plain("ovnscope-debug", "left", "n1", &["debug"], directory.path());
    left.labels = [(
        "app.kubernetes.io/managed-by".to_owned(),
        "ovnscope".to_owned(),
    )]
    .into();
    let other = Pod {
        name: "other".to_owned(),
        ..left.clone()
    };
    left.phase = "Failed".to_owned();
    cluster.change_pods(|pods| pods.extend([left, other]));
    let sources = [source(&cluster)];
    let first = connections(&sources).await?;
    assert_eq!(first.total, 2, "one of each family: {:?}", first.gaps);
    let made: Vec<String> = debug_pods(&cluster);
    assert!(
        made.len() == 2 && made.contains(&"other".to_owned()),
        "{made:?}"
    );
    // The pod is used again.
    connections(&sources).await?;
    assert_eq!(debug_pods(&cluster), made);
    access::close(&sources).await;
    assert_eq!(debug_pods(&cluster), ["other"]);
    nothing_runs(&cluster).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_keeps_a_debug_pod_from_being_made_is_told_and_none_is_left() -> Result<()> {
    let mut told = Vec::new();
    let (cluster, _server, directory) = node(&["python3"]).await?;
    host_programs(directory.path())?;
    let sources = [source(&cluster)];
    told.push(gaps(&connections(&sources).await?));
    cluster.add_object(namespace("ovnscope-debug", "restricted"));
    told.push(gaps(&connections(&sources).await?));
    cluster.add_object(namespace("ovnscope-debug", "privileged"));
    let denied = |verb: &str, resource: &str| Denied {
        namespace: Some("ovnscope-debug".to_owned()),
        ..Denied::everywhere(verb, resource)
    };
    cluster.set_faults(Faults {
        denied: vec![denied("delete", "pods"), denied("create", "pods/exec")],
        ..Faults::default()
    });
    told.push(gaps(&connections(&sources).await?));
    assert_eq!(debug_pods(&cluster), Vec::<String>::new());
    let told = told.join("\n").replace("/n1", "");
    insta::assert_snapshot!(told, @"
    n1: conntrack -L -f ipv4 -o extended, conntrack -L -f ipv6 -o extended: the container ovnkube-controller does not have conntrack, and a debug pod could do it, but the namespace ovnscope-debug does not exist: deploy/debug.yaml makes it
    n1: conntrack -L -f ipv4 -o extended, conntrack -L -f ipv6 -o extended: the container ovnkube-controller does not have conntrack, and a debug pod could do it, but the namespace ovnscope-debug is not labelled pod-security.kubernetes.io/enforce=privileged: deploy/debug.yaml makes it
    n1: conntrack -L -f ipv4 -o extended, conntrack -L -f ipv6 -o extended: the container ovnkube-controller does not have conntrack, and a debug pod could do it, but these rights are missing in the namespace ovnscope-debug: delete pods, create pods/exec; deploy/debug.yaml grants them
    ");
    Ok(())
}

fn gaps(listed: &Listing) -> String {
    let gaps = listed.gaps.iter();
    // What ovn-controller tells of zones is another matter.
    gaps.filter(|gap| !gap.what.contains("ct-zone-list"))
        .map(|gap| format!("{}: {}", gap.what, gap.why))
        .collect::<Vec<_>>()
        .join("\n")
}
