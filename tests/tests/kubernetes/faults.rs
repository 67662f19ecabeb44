//! Each fault of a cluster gives a clear error or is got over, in time, and leaves nothing behind.

use std::num::NonZero;
use std::time::Duration;

use anyhow::{Context, Result};
use ovn_tests::kubernetes::{Faults, KubeCluster, Pod};
use ovn_tools::access::Cluster;

use crate::scene::{Scene, soon_idle, source};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_the_cluster_say_what_is_wrong() -> Result<()> {
    let scene = Scene::start().await?;
    let none = Faults::default;
    let faults = [
        ("none", none()),
        (
            "who asks is unknown",
            Faults {
                unauthorized: true,
                ..none()
            },
        ),
        (
            "pods may not be listed",
            Faults {
                forbid_pods: true,
                ..none()
            },
        ),
        (
            "nodes may not be listed",
            Faults {
                forbid_nodes: true,
                ..none()
            },
        ),
        (
            "the verb get is missing",
            Faults {
                forbid_exec_get: true,
                ..none()
            },
        ),
        (
            "the verb create is missing",
            Faults {
                forbid_exec_create: true,
                ..none()
            },
        ),
        (
            "an old API server",
            Faults {
                only_version_4: true,
                ..none()
            },
        ),
        (
            "no way to the kubelet",
            Faults {
                unreachable_nodes: vec!["n1".to_owned()],
                ..none()
            },
        ),
        (
            "the kubelet dies, which is told as a success",
            Faults {
                kubelet_dies_after: Some(3000),
                ..none()
            },
        ),
        (
            "the API server dies",
            Faults {
                server_dies_after: Some(3000),
                ..none()
            },
        ),
        (
            "the command is killed",
            Faults {
                command_dies_after: Some(3000),
                ..none()
            },
        ),
        (
            "nonsense",
            Faults {
                nonsense: true,
                ..none()
            },
        ),
    ];
    let mut told = Vec::new();
    for (what, faults) in faults {
        told.push(format!("{what}\n  {}", scene.ask_with(faults).await?));
    }
    insta::assert_snapshot!("faults_of_the_cluster", told.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_passes_is_got_over_without_a_word() -> Result<()> {
    let scene = Scene::start().await?;
    let expected = scene.ask_with(Faults::default()).await?;
    let none = Faults::default;
    let faults = [
        ("the API server is busy", Faults { busy: 2, ..none() }),
        (
            "the API server is about to end",
            Faults {
                unavailable: 2,
                ..none()
            },
        ),
        (
            "a list expires while it is read",
            Faults {
                page: 1,
                pages_expire: true,
                ..none()
            },
        ),
        (
            "the command complains at length",
            Faults {
                chatter: 200_000,
                ..none()
            },
        ),
        (
            "the node is slow",
            Faults {
                slow_exec: Some(Duration::from_secs(2)),
                ..none()
            },
        ),
    ];
    let directory = scene.directory.path().to_owned();
    scene.cluster.change_pods(|pods| {
        // So that lists have pages.
        for name in ["a", "b"] {
            pods.push(Pod::plain(
                "ovn-kubernetes",
                name,
                "n1",
                &["other"],
                &directory,
            ));
        }
    });
    for (what, faults) in faults {
        assert_eq!(scene.ask_with(faults).await?, expected, "{what}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_freezes_is_given_up_in_time() -> Result<()> {
    let scene = Scene::start().await?;
    let told = scene
        .ask_with(Faults {
            freezes_after: Some(3000),
            ..Faults::default()
        })
        .await?;
    assert!(
        told.contains("silent") || told.contains("no complete answer"),
        "{told}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_does_not_answer_is_waited_for_in_bounds() -> Result<()> {
    let scene = Scene::start().await?;
    let none = Faults::default;
    let faults = [
        (
            "a node",
            Faults {
                silent: vec!["n1".to_owned()],
                ..none()
            },
        ),
        (
            "a command",
            Faults {
                stuck_commands: true,
                ..none()
            },
        ),
        (
            "the API server",
            Faults {
                silent: vec![String::new()],
                ..none()
            },
        ),
    ];
    let mut told = Vec::new();
    for (what, faults) in faults {
        told.push(format!("{what}\n  {}", scene.ask_with(faults).await?));
    }
    insta::assert_snapshot!("silence", told.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_a_pod_say_what_is_wrong() -> Result<()> {
    let mut scene = Scene::start().await?;
    let sources = [source(&scene.cluster)];
    let mut told = Vec::new();
    let mut tell = |what: &str, text: String| told.push(format!("{what}\n  {text}"));

    scene
        .cluster
        .change_pods(|pods| pods[0].programs = vec!["sh".to_owned()]);
    tell("no bridge in the image", scene.ask(&sources).await?);
    scene
        .cluster
        .change_pods(|pods| pods[0].programs = vec!["python3".to_owned()]);

    scene.cluster.change_pods(|pods| pods[0].running = false);
    tell("the container does not run", scene.ask(&sources).await?);
    scene.cluster.change_pods(|pods| pods[0].running = true);

    scene.server.kill()?;
    tell("nobody listens", scene.ask(&sources).await?);
    std::fs::remove_file(scene.directory.path().join("ovnnb_db.sock"))?;
    tell("there is no socket", scene.ask(&sources).await?);

    scene.cluster.change_pods(Vec::clear);
    tell("no pods", scene.ask(&sources).await?);
    insta::assert_snapshot!("faults_of_a_pod", told.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_or_a_cluster_that_cannot_be_reached_does_not_keep_the_others() -> Result<()> {
    let scene = Scene::start().await?;
    let directory = scene.directory.path().to_owned();
    scene.cluster.change_pods(|pods| {
        let mut other = Pod::upstream("n2", directory);
        other.containers = vec!["nb-ovsdb".to_owned()];
        pods.push(other);
    });
    scene.cluster.add_node("n3");
    scene.cluster.set_faults(Faults {
        unreachable_nodes: vec!["n2".to_owned()],
        ..Faults::default()
    });
    let kubeconfig = scene.cluster.kubeconfig();
    let context = |name: &str| soon_idle(Cluster::of_context(name).kubeconfig(&kubeconfig));
    let both = scene.ask(&[context("nowhere"), context("test")]).await?;
    let alone = scene.ask(&[context("nowhere")]).await?;
    let unknown = scene.ask(&[context("nobody")]).await?;
    insta::assert_snapshot!(
        "unreachable",
        format!("both: {both}\nalone: {alone}\nunknown: {unknown}")
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bridge_is_looked_for_once_an_image() -> Result<()> {
    let scene = Scene::start().await?;
    scene
        .cluster
        .change_pods(|pods| pods[0].programs = vec!["perl".to_owned()]);
    let sources = [source(&scene.cluster)];
    let commands = |cluster: &KubeCluster| {
        let requests = cluster.requests();
        let exec = requests.iter().filter(|request| request.contains("/exec?"));
        exec.count()
    };
    scene.ask(&sources).await?;
    assert_eq!(commands(&scene.cluster), 3, "python3, socat, perl");
    scene.ask(&sources).await?;
    assert_eq!(commands(&scene.cluster), 4, "perl at once");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_nodes_are_read_a_bounded_number_at_a_time() -> Result<()> {
    let scene = Scene::start().await?;
    let directory = scene.directory.path().to_owned();
    scene.cluster.change_pods(|pods| {
        for number in 2..=100 {
            let mut pod = Pod::upstream(&format!("n{number}"), &directory);
            pod.containers = vec!["nb-ovsdb".to_owned()];
            pod.programs = vec!["perl".to_owned()];
            pods.push(pod);
        }
    });
    let most = NonZero::new(32).context("not zero")?;
    let few = Cluster::current().kubeconfig(scene.cluster.kubeconfig());
    let text = scene.ask(&[soon_idle(few.streams(most))]).await?;
    assert!(!text.contains("gap"), "{text}");
    assert!(
        scene.cluster.most_running() <= 32 * 3,
        "{}",
        scene.cluster.most_running()
    );
    Ok(())
}
