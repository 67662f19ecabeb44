//! Objects, events and logs of a cluster.

use anyhow::Result;
use ovn_tests::kubernetes::{Denied, Faults, KubeCluster, Pod};
use ovn_tools::listing::Listing;
use ovn_tools::run::run;
use ovn_tools::tool::event_list::{self, EventList};
use ovn_tools::tool::pod_log::{self, PodLog};
use ovn_tools::tool::resource_get::{self, ResourceGet};
use ovn_tools::tool::resource_list::{self, ResourceList};
use serde_json::json;

use crate::scene::{chain, source};

/// What must never be seen.
const KEY: &str = "hunter2-7f3a9c";

async fn cluster() -> Result<KubeCluster> {
    let mut web = Pod::plain("shop", "web-1", "n1", &["web"], "/nowhere");
    web.logs = [(
        "web".to_owned(),
        format!(
            "2026-11-21T08:00:00.1Z I1121 08:00:00.100000 1 web.go:1] starts with token={KEY}\n\
             2026-11-21T08:00:01.1Z E1121 08:00:01.100000 1 web.go:2] cannot reach the database\n\
             2026-11-21T08:00:01.2Z \tgoroutine 7\n\
             2026-11-21T08:00:02.1Z I1121 08:00:02.100000 1 web.go:3] tries again\n"
        ),
    )]
    .into();
    let cluster = KubeCluster::start(vec![Pod::upstream("n1", "/nowhere"), web]).await?;
    for object in [
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "namespace": "shop"}, "data": {"k": KEY}}),
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c", "namespace": "shop", "annotations": {"kubectl.kubernetes.io/last-applied-configuration": KEY}}, "data": {"password": KEY, "port": "80"}}),
        json!({"apiVersion": "k8s.ovn.org/v1", "kind": "EgressIP", "metadata": {"name": "out"}, "spec": {"egressIPs": ["172.18.0.50"]}, "status": {"items": [{"node": "n1", "egressIP": "172.18.0.50"}]}}),
        json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1", "annotations": {"k8s.ovn.org/node-subnets": "{\"default\":[\"10.244.0.0/24\"]}"}}}),
        json!({"apiVersion": "v1", "kind": "Event", "metadata": {"name": "e1", "namespace": "shop"}, "type": "Warning", "reason": "FailedCreatePodSandBox", "message": format!("timed out waiting for OVS port binding, token={KEY}"), "count": 7, "lastTimestamp": "2026-11-21T08:00:00Z", "involvedObject": {"kind": "Pod", "namespace": "shop", "name": "web-1"}, "source": {"component": "kubelet", "host": "n1"}}),
        json!({"apiVersion": "v1", "kind": "Event", "metadata": {"name": "e2", "namespace": "shop"}, "type": "Normal", "reason": "Pulled", "message": "pulled", "count": 1, "lastTimestamp": "2026-11-21T09:00:00Z", "involvedObject": {"kind": "Pod", "namespace": "shop", "name": "web-1"}}),
    ] {
        cluster.add_object(object);
    }
    Ok(cluster)
}

fn shown(listed: &Listing) -> Result<String> {
    let text = serde_json::to_string(&listed.rows)?;
    assert!(!text.contains(KEY), "{text}");
    Ok(format!(
        "{}\n{}\n{text}",
        listed.summary,
        listed.columns.join(" ")
    ))
}

async fn list(cluster: &KubeCluster, params: resource_list::Params) -> Result<String> {
    match run::<ResourceList>(&[source(cluster)], &params).await {
        Ok(listed) => shown(&listed),
        Err(error) => Ok(format!("error: {}", chain(&error))),
    }
}

fn of(kind: &str) -> resource_list::Params {
    resource_list::Params {
        kind: kind.to_owned(),
        ..resource_list::Params::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn objects_of_any_kind_are_listed_by_all_their_names() -> Result<()> {
    let cluster = cluster().await?;
    cluster.set_faults(Faults {
        page: 1,
        ..Faults::default()
    });
    let mut told = Vec::new();
    for kind in ["eip", "egressips.k8s.ovn.org", "EgressIP", "node"] {
        told.push(list(&cluster, of(kind)).await?);
    }
    let params = resource_list::Params {
        namespace: Some("shop".to_owned()),
        fields: Some("spec.nodeName=n1".to_owned()),
        columns: vec!["spec.nodeName".to_owned(), "status.phase".to_owned()],
        ..of("po")
    };
    told.push(list(&cluster, params).await?);
    told.push(list(&cluster, of("egressip5")).await?);
    let params = resource_list::Params {
        namespace: Some("shop".to_owned()),
        ..of("nodes")
    };
    told.push(list(&cluster, params).await?);
    insta::assert_snapshot!(told.join("\n\n"), @r#"
    1 EgressIP from kube
    name spec.egressIPs status.items
    [["out",["172.18.0.50"],[{"node":"n1","egressIP":"172.18.0.50"}]]]

    1 EgressIP from kube
    name spec.egressIPs status.items
    [["out",["172.18.0.50"],[{"node":"n1","egressIP":"172.18.0.50"}]]]

    1 EgressIP from kube
    name spec.egressIPs status.items
    [["out",["172.18.0.50"],[{"node":"n1","egressIP":"172.18.0.50"}]]]

    1 Node from kube
    name status.addresses.address metadata.annotations[k8s.ovn.org/node-subnets] metadata.annotations[k8s.ovn.org/node-chassis-id]
    [["n1",null,"{\"default\":[\"10.244.0.0/24\"]}",null]]

    1 Pod from kube
    namespace name spec.nodeName status.phase
    [["shop","web-1","n1","Running"]]

    error: kube: list of egressip5: the cluster has no kind egressip5; near it are egressips

    error: kube: list of nodes in shop: nodes belong to the cluster: leave the namespace out
    "#);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_are_never_asked_for_and_keys_never_shown() -> Result<()> {
    let cluster = cluster().await?;
    let mut told = Vec::new();
    for kind in ["secrets", "Secret", "secret.", "cm"] {
        told.push(list(&cluster, of(kind)).await?);
    }
    let params = resource_list::Params {
        columns: vec!["data.password".to_owned(), "data.port".to_owned()],
        ..of("configmaps")
    };
    told.push(list(&cluster, params).await?);
    insta::assert_snapshot!(told.join("\n\n"), @r#"
    error: kube: list of secrets: objects of the kind secrets are secrets, which are never read

    error: kube: list of Secret: objects of the kind Secret are secrets, which are never read

    error: kube: list of secret.: objects of the kind secret. are secrets, which are never read

    1 ConfigMap from kube; 2 values that may be keys were taken out
    namespace name metadata.creationTimestamp
    [["shop","c",null]]

    1 ConfigMap from kube; 2 values that may be keys were taken out
    namespace name data.password data.port
    [["shop","c","(concealed)","80"]]
    "#);
    let asked = cluster.requests();
    assert!(
        !asked.iter().any(|path| path.contains("secret")),
        "{asked:?}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_object_comes_with_its_annotations_as_values() -> Result<()> {
    let cluster = cluster().await?;
    let mut told = Vec::new();
    for (kind, name) in [
        ("no", "n1"),
        ("cm", "shop/c"),
        ("pod", "web-1"),
        ("pod", "shop/none"),
    ] {
        let params = resource_get::Params {
            kind: kind.to_owned(),
            name: name.to_owned(),
            ..resource_get::Params::default()
        };
        told.push(
            match run::<ResourceGet>(&[source(&cluster)], &params).await {
                Ok(resource) => serde_json::to_string(&resource)?,
                Err(error) => format!("error: {}", chain(&error)),
            },
        );
    }
    let told = told.join("\n");
    assert!(!told.contains(KEY), "{told}");
    insta::assert_snapshot!(told, @r#"
    {"summary":"Node n1 from kube","object":{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1","annotations":{"k8s.ovn.org/node-subnets":"{\"default\":[\"10.244.0.0/24\"]}"},"resourceVersion":"7"}},"annotations":{"node-subnets":{"default":["10.244.0.0/24"]}},"gaps":[]}
    {"summary":"ConfigMap shop/c from kube; 2 values that may be keys were taken out","object":{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"shop","annotations":{},"resourceVersion":"5"},"data":{"password":"(concealed)","port":"80"}},"gaps":[]}
    error: kube: pod web-1: pods are in namespaces: name one
    error: kube: pod shop/none: the API server knows no such object: pods "none" not found
    "#);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_come_newest_first_and_are_selected_by_the_server() -> Result<()> {
    let cluster = cluster().await?;
    let params = event_list::Params {
        object: Some("shop/web-1".to_owned()),
        kind: Some("Pod".to_owned()),
        ..event_list::Params::default()
    };
    let all = run::<EventList>(&[source(&cluster)], &params).await?;
    let params = event_list::Params {
        warnings: true,
        contains: Some("ovs port".to_owned()),
        ..params
    };
    let warnings = run::<EventList>(&[source(&cluster)], &params).await?;
    insta::assert_snapshot!(format!("{}\n{}", shown(&all)?, shown(&warnings)?), @r#"
    2 of 2 events, the newest first; from kube; 1 values that may be keys were taken out
    last type reason kind object count from host message
    [["2026-11-21T09:00:00Z","Normal","Pulled","Pod","shop/web-1",1,null,null,"pulled"],["2026-11-21T08:00:00Z","Warning","FailedCreatePodSandBox","Pod","shop/web-1",7,"kubelet","n1","timed out waiting for OVS port binding, token=(concealed)"]]
    1 of 1 events, the newest first; from kube; 1 values that may be keys were taken out
    last type reason kind object count from host message
    [["2026-11-21T08:00:00Z","Warning","FailedCreatePodSandBox","Pod","shop/web-1",7,"kubelet","n1","timed out waiting for OVS port binding, token=(concealed)"]]
    "#);
    let asked = cluster.requests();
    assert!(
        asked.iter().any(|path| path.contains("type%3DWarning")),
        "{asked:?}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logs_are_searched_record_by_record() -> Result<()> {
    let cluster = cluster().await?;
    let ask = |params: pod_log::Params| {
        let sources = [source(&cluster)];
        async move {
            match run::<PodLog>(&sources, &params).await {
                Ok(listed) => shown(&listed),
                Err(error) => Ok(format!("error: {}", chain(&error))),
            }
        }
    };
    let of_web = || pod_log::Params {
        pod: "shop/web-1".to_owned(),
        ..pod_log::Params::default()
    };
    let told = [
        ask(of_web()).await?,
        ask(pod_log::Params {
            contains: vec!["GOROUTINE".to_owned()],
            context: 1,
            ..of_web()
        })
        .await?,
        ask(pod_log::Params {
            lines: Some(1),
            container: Some("web".to_owned()),
            ..of_web()
        })
        .await?,
        ask(pod_log::Params {
            previous: true,
            ..of_web()
        })
        .await?,
        ask(pod_log::Params {
            pod: "web-1".to_owned(),
            ..pod_log::Params::default()
        })
        .await?,
        ask(pod_log::Params {
            pod: "shop/../../secrets".to_owned(),
            ..pod_log::Params::default()
        })
        .await?,
    ];
    insta::assert_snapshot!(told.join("\n\n"), @r#"
    3 of 3 records (4 lines), the newest first; 1 values that may be keys were taken out
    time level record
    [["2026-11-21T08:00:02.1Z","info","I1121 08:00:02.100000 1 web.go:3] tries again"],["2026-11-21T08:00:01.1Z","error","E1121 08:00:01.100000 1 web.go:2] cannot reach the database\n\tgoroutine 7"],["2026-11-21T08:00:00.1Z","info","I1121 08:00:00.100000 1 web.go:1] starts with token=(concealed)"]]

    1 of 3 records (4 lines), the newest first; 1 values that may be keys were taken out
    time level record matches
    [["2026-11-21T08:00:02.1Z","info","I1121 08:00:02.100000 1 web.go:3] tries again",false],["2026-11-21T08:00:01.1Z","error","E1121 08:00:01.100000 1 web.go:2] cannot reach the database\n\tgoroutine 7",true],["2026-11-21T08:00:00.1Z","info","I1121 08:00:00.100000 1 web.go:1] starts with token=(concealed)",false]]

    1 of 1 records (1 lines), the newest first
    time level record
    [["2026-11-21T08:00:02.1Z","info","I1121 08:00:02.100000 1 web.go:3] tries again"]]

    error: kube: log of shop/web-1: there is no running container of that name: previous terminated container "web" in pod "web-1" not found

    error: `pod` needs the pod's namespace

    error: `pod`: "../../secrets" is no name: it must be 1 to 253 letters, digits and any of - . _ : that begin with a letter or digit
    "#);
    let asked = cluster.requests();
    assert!(
        asked.iter().any(|path| path.contains("tailLines=1&")
            || path.ends_with("tailLines=1")
            || path.contains("tailLines=1")),
        "{asked:?}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_right_and_a_missing_cluster_are_told() -> Result<()> {
    let cluster = cluster().await?;
    cluster.set_faults(Faults {
        denied: vec![Denied::everywhere("list", "egressips")],
        ..Faults::default()
    });
    let forbidden = list(&cluster, of("eip")).await?;
    let nowhere = run::<ResourceList>(&["demo".parse()?], &of("pods")).await;
    let nowhere = nowhere.map(|_| ()).expect_err("no cluster").to_string();
    insta::assert_snapshot!(format!("{forbidden}\n{nowhere}"), @r#"
    error: kube: list of eip: forbidden: the right to list egressips.k8s.ovn.org is needed; the API server said: egressips.k8s.ovn.org is forbidden: User "alice" cannot list resource "egressips" in API group "k8s.ovn.org" at the cluster scope
    there is no Kubernetes cluster among the sources
    "#);
    Ok(())
}
