//! Rows and the objects that they are made from, joined through a real API server's protocol.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use ovn_tests::kubernetes::{Denied, Faults, KubeCluster, Pod};
use ovn_tools::access::Source;
use ovn_tools::check::CHECKS;
use ovn_tools::run::run;
use ovn_tools::tool::health_check::{self, HealthCheck, HealthChecked};
use ovn_tools::tool::object_locate::{self, ObjectLocate};
use ovn_tools::tool::packet_trace::{self, PacketTrace, PacketTraced};
use serde_json::{Value as Json, json};

use crate::joined::{Joined, admin_policy, firewall, node, policy, service, slice, web};
use crate::scene::{NO_HANG, chain, keeping, nothing_runs};

/// The diagnostics that compare rows with objects.
fn compared() -> Vec<String> {
    let checks = CHECKS.iter().filter(|check| check.needs_cluster());
    checks.map(|check| check.id.to_owned()).collect()
}

async fn check(sources: &[Source]) -> Result<HealthChecked> {
    let params = health_check::Params {
        checks: compared(),
        ..health_check::Params::default()
    };
    let asking = tokio::time::timeout(NO_HANG, run::<HealthCheck>(sources, &params));
    Ok(asking.await.context("it hangs")??)
}

fn told(checked: &HealthChecked) -> Vec<String> {
    let found = checked.findings.iter();
    let mut told: Vec<String> = found
        .map(|one| {
            let node = one.node.as_deref().unwrap_or("-");
            format!("{} {node}: {}", one.id, one.object)
        })
        .collect();
    told.extend(
        checked
            .gaps
            .iter()
            .map(|gap| format!("gap {}: {}", gap.what, gap.why)),
    );
    told
}

/// What is done to a cluster, and how it is undone.
enum Change {
    Put(Json),
    Take(Json),
    Pods(fn(&mut Vec<Pod>)),
    Northbound(&'static str, Json),
    Southbound(&'static str, Json),
}

fn delete(table: &str, column: &str, value: &str) -> Json {
    json!([{"op": "delete", "table": table, "where": [[column, "==", value]]}])
}

fn update(table: &str, name: &str, row: &Json) -> Json {
    json!([{"op": "update", "table": table, "where": [["name", "==", name]], "row": row}])
}

fn noted(name: &str, key: &str, value: &str) -> Json {
    let mut node = node(name, 0);
    node["metadata"]["annotations"][format!("k8s.ovn.org/{key}")] = json!(value);
    node
}

/// For each diagnostic a fault.
fn faults() -> Vec<(&'static str, Change)> {
    let another = json!({"addresses": "0a:58:0a:f4:00:05 10.244.0.50"});
    let mut firewall_gone = firewall("shop");
    firewall_gone["metadata"]["namespace"] = json!("shop");
    let mut other_service = service();
    other_service["metadata"]["name"] = json!("db");
    other_service["spec"]["clusterIP"] = json!("10.96.0.9");
    other_service["spec"]["clusterIPs"] = json!(["10.96.0.9"]);
    let of_network = json!({"apiVersion": "k8s.cni.cncf.io/v1", "kind": "NetworkAttachmentDefinition", "metadata": {"name": "blue", "namespace": "shop"}});
    let leaving = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {
        "name": "shop", "labels": {"kubernetes.io/metadata.name": "shop"},
        "deletionTimestamp": "2026-01-01T00:00:00Z"}});
    let egress_ip =
        json!({"apiVersion": "k8s.ovn.org/v1", "kind": "EgressIP", "metadata": {"name": "out"}});
    vec![
        (
            "pod-annotation",
            Change::Northbound("a", update("Logical_Switch_Port", "shop_web-1", &another)),
        ),
        (
            "pod-gone",
            Change::Pods(|pods| pods.retain(|pod| pod.name != "web-1")),
        ),
        (
            "pod-unwired",
            Change::Pods(|pods| pods.push(web("web-3", "a", 0))),
        ),
        (
            "node-annotation",
            Change::Put(noted("a", "node-chassis-id", "id-other")),
        ),
        (
            "node-unknown",
            Change::Southbound("b", delete("Chassis", "name", "id-a")),
        ),
        ("node-gone", Change::Take(node("b", 1))),
        ("egressip-status", Change::Take(egress_ip)),
        ("service-endpoints", Change::Put(slice(&["10.244.0.5"]))),
        ("service-gone", Change::Take(service())),
        ("service-unserved", Change::Put(other_service)),
        ("adminpolicy-gone", Change::Take(admin_policy("edge"))),
        ("adminpolicy-missing", Change::Put(admin_policy("another"))),
        (
            "adminpolicy-peers",
            Change::Northbound(
                "b",
                update("Address_Set", "a6", &json!({"addresses": "10.244.1.5"})),
            ),
        ),
        (
            "adminpolicy-selection",
            Change::Northbound(
                "a",
                update("Port_Group", "a5", &json!({"ports": ["set", []]})),
            ),
        ),
        ("policy-gone", Change::Take(policy("web"))),
        ("policy-missing", Change::Put(policy("another"))),
        (
            "policy-selection",
            Change::Northbound(
                "a",
                update("Port_Group", "a1", &json!({"ports": ["set", []]})),
            ),
        ),
        ("egressfirewall-gone", Change::Take(firewall_gone)),
        ("egressfirewall-missing", Change::Put(firewall("bank"))),
        (
            "namespace-pods",
            Change::Northbound(
                "b",
                update("Address_Set", "a3", &json!({"addresses": "10.244.1.5"})),
            ),
        ),
        (
            "selected-pods",
            Change::Northbound(
                "a",
                update("Address_Set", "a7", &json!({"addresses": "10.244.0.5"})),
            ),
        ),
        ("deletion-stuck", Change::Put(leaving)),
        ("network-leaked", Change::Take(of_network)),
    ]
}

impl Change {
    fn make(&self, joined: &Joined) -> Result<()> {
        match self {
            Self::Put(object) => joined.cluster.add_object(object.clone()),
            Self::Take(object) => {
                ensure!(
                    joined.cluster.remove_object(object),
                    "it is not there: {object}"
                );
            }
            Self::Pods(change) => joined.cluster.change_pods(*change),
            Self::Northbound(node, operations) => joined.northbound(node, operations)?,
            Self::Southbound(node, operations) => joined.southbound(node, operations)?,
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_whose_rows_are_as_its_objects_say_is_healthy() -> Result<()> {
    let joined = Joined::start().await?;
    let sources = [keeping(&joined.cluster)];
    for page in [0, 1] {
        joined.cluster.set_faults(Faults {
            page,
            ..Faults::default()
        });
        let before = joined.cluster.requests().len();
        let checked = check(&sources).await?;
        assert_eq!(told(&checked), Vec::<String>::new());
        assert_eq!(checked.checks, 23);
        let asked = joined.cluster.requests();
        let lists = asked.iter().skip(before);
        let lists: BTreeSet<&str> = lists
            .filter(|path| !path.contains("/namespaces/"))
            .map(|path| path.split('?').next().unwrap_or(path))
            .collect();
        // Eleven kinds; the networks of users themselves tell nothing more than what attaches them.
        assert_eq!(lists.len(), 11, "{lists:?}");
    }
    drop(sources);
    nothing_runs(&joined.cluster).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_is_found_by_its_diagnostic() -> Result<()> {
    let faults = faults();
    let with_fault: BTreeSet<String> = faults.iter().map(|(id, _)| (*id).to_owned()).collect();
    assert_eq!(with_fault, compared().into_iter().collect());
    let mut all = Vec::new();
    for (id, change) in faults {
        let joined = Joined::start().await?;
        change.make(&joined)?;
        let sources = [keeping(&joined.cluster)];
        let checked = check(&sources).await?;
        let told = told(&checked);
        ensure!(
            told.iter().any(|one| one.starts_with(&format!("{id} "))),
            "{id}: {told:?}"
        );
        all.push(format!("{id}\n  {}", told.join("\n  ")));
    }
    insta::assert_snapshot!(all.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kinds_that_are_forbidden_or_missing_are_gaps_and_the_rest_goes_on() -> Result<()> {
    let joined = Joined::start().await?;
    let sources = [keeping(&joined.cluster)];
    joined.cluster.set_faults(Faults {
        denied: vec![Denied::everywhere("list", "networkpolicies")],
        absent_groups: vec!["k8s.ovn.org".to_owned()],
        ..Faults::default()
    });
    joined.cluster.remove_object(&service());
    let checked = check(&sources).await?;
    insta::assert_snapshot!(told(&checked).join("\n"), @r#"
    service-gone a: service shop/web
    service-gone b: service shop/web
    gap 3 checks: policy-gone, policy-missing, policy-selection: forbidden: the right to list networkpolicies.networking.k8s.io is needed; the API server said: networkpolicies.networking.k8s.io is forbidden: User "alice" cannot list resource "networkpolicies" in API group "networking.k8s.io" at the cluster scope
    gap 1 check: egressip-status: the cluster has no kind egressips.k8s.ovn.org
    gap 2 checks: egressfirewall-gone, egressfirewall-missing: the cluster has no kind egressfirewalls.k8s.ovn.org
    "#);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_api_server_that_hangs_on_a_list_costs_that_list_only() -> Result<()> {
    let joined = Joined::start().await?;
    let sources = [keeping(&joined.cluster)];
    joined.cluster.set_faults(Faults {
        silent_lists: vec!["endpointslices".to_owned()],
        ..Faults::default()
    });
    let checked = check(&sources).await?;
    insta::assert_snapshot!(told(&checked).join("\n"), @"gap 1 check: service-endpoints: the API server gave no answer within 30s");
    assert_eq!(checked.checks, 22);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_that_change_while_they_are_read_and_a_busy_server_are_asked_again() -> Result<()> {
    let joined = Joined::start().await?;
    let sources = [keeping(&joined.cluster)];
    joined.cluster.set_faults(Faults {
        page: 1,
        pages_expire: true,
        ..Faults::default()
    });
    let checked = check(&sources).await?;
    assert_eq!(told(&checked), Vec::<String>::new());
    joined.cluster.set_faults(Faults {
        busy: 2,
        ..Faults::default()
    });
    let checked = check(&sources).await?;
    assert_eq!(told(&checked), Vec::<String>::new());
    Ok(())
}

async fn locate(joined: &Joined, object: &str) -> Result<String> {
    let params = object_locate::Params {
        object: object.to_owned(),
        ..object_locate::Params::default()
    };
    let sources = [keeping(&joined.cluster)];
    let listing = match run::<ObjectLocate>(&sources, &params).await {
        Ok(listing) => listing,
        Err(error) => return Ok(format!("{object}: error: {}", chain(&error))),
    };
    let at = |name: &str| listing.columns.iter().position(|column| column == name);
    let (row, link) = (at("row").context("rows")?, at("link").context("links")?);
    // The UUIDs are others each time.
    let shown = listing.rows.iter().map(|cells| {
        let of_cluster = cells[row]
            .as_str()
            .is_some_and(|row| row.starts_with("k8s."));
        let node = at("node").map_or(Json::Null, |node| cells[node].clone());
        match of_cluster {
            true => Json::from(cells.clone()).to_string(),
            false => format!("{node} {} {}", cells[row], cells[link]),
        }
    });
    let gaps = listing.gaps.iter();
    let gaps = gaps.map(|gap| format!("gap {}: {}", gap.what, gap.why));
    let shown: Vec<String> = shown.chain(gaps).collect();
    Ok(format!(
        "{object}: {}\n  {}",
        listing.summary,
        shown.join("\n  ")
    ))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chain_begins_with_the_object() -> Result<()> {
    let joined = Joined::start().await?;
    let mut network = json!({"apiVersion": "k8s.ovn.org/v1", "kind": "UserDefinedNetwork", "metadata": {"name": "blue", "namespace": "shop"}});
    network["spec"] = json!({"topology": "Layer2", "layer2": {"role": "Secondary"}});
    joined.cluster.add_object(network);
    let mut told = Vec::new();
    for object in [
        "shop/web-1",
        "10.244.1.5",
        "shop/web",
        "10.96.0.5",
        "out",
        "172.18.0.100",
        "shop/default",
        "shop/blue",
        "b",
        "shop",
        "ovn-kubernetes/ovnkube-node-a",
        "shop/nothing",
    ] {
        told.push(locate(&joined, object).await?);
    }
    insta::assert_snapshot!(told.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_rows_and_object_disagree_the_chain_breaks_at_the_object() -> Result<()> {
    let joined = Joined::start().await?;
    joined
        .cluster
        .change_pods(|pods| pods.retain(|pod| pod.name != "web-2"));
    joined
        .cluster
        .change_pods(|pods| pods.push(web("web-3", "a", 0)));
    joined
        .cluster
        .add_object(noted("a", "node-chassis-id", "id-other"));
    joined.cluster.add_object(slice(&["10.244.0.5"]));
    joined.cluster.add_object(policy("another"));
    joined.cluster.remove_object(&firewall("shop"));
    let mut told = Vec::new();
    for object in [
        "shop/web-2",
        "shop/web-3",
        "a",
        "shop/web",
        "shop/another",
        "shop/default",
    ] {
        told.push(locate(&joined, object).await?);
    }
    joined.cluster.set_faults(Faults {
        denied: vec![Denied::everywhere("list", "services")],
        ..Faults::default()
    });
    told.push(locate(&joined, "shop/web").await?);
    told.push(locate(&joined, "shop/web-1").await?);
    insta::assert_snapshot!(told.join("\n"));
    Ok(())
}

async fn trace(
    cluster: &KubeCluster,
    from: &str,
    to: &str,
) -> Result<Result<PacketTraced, String>> {
    let params = packet_trace::Params {
        from: from.to_owned(),
        to: to.to_owned(),
        ..packet_trace::Params::default()
    };
    let asking = run::<PacketTrace>(&[keeping(cluster)], &params).await;
    Ok(asking.map_err(|error| chain(&error)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trace_names_the_objects_that_decided_and_finds_ends_in_the_cluster() -> Result<()> {
    let real = ovn_tests::sandbox::Node::start("a")?;
    let address = |number: u8| format!("0a:58:0a:f4:00:0{number} 10.244.0.{number}");
    real.nbctl(&["set", "NB_Global", ".", "name=a", "options:name=a"])?;
    real.nbctl(&["ls-add", "a"])?;
    for (port, number) in [("shop_web-1", 5), ("shop_web-2", 6), ("k8s-a", 2)] {
        real.nbctl(&["lsp-add", "a", port])?;
        real.nbctl(&["lsp-set-addresses", port, &address(number)])?;
    }
    real.nbctl(&["pg-add", "a1", "shop_web-2"])?;
    real.nbctl(&["acl-add", "a1", "to-lport", "1000", "outport==@a1", "drop"])?;
    let acl = real.nbctl(&["--bare", "--columns=_uuid", "find", "ACL", "action=drop"])?;
    real.nbctl(&[
        "set",
        "ACL",
        acl.trim(),
        "external_ids:\"k8s.ovn.org/owner-type\"=NetworkPolicy",
        "external_ids:\"k8s.ovn.org/name\"=\"shop:web\"",
        "external_ids:direction=Ingress",
    ])?;
    real.sync()?;
    let mut second = web("web-2", "a", 0);
    second.annotations.insert(
        "k8s.ovn.org/pod-networks".to_owned(),
        json!({"default": {"ip_addresses": ["10.244.0.6/24"], "mac_address": "0a:58:0a:f4:00:06"}})
            .to_string(),
    );
    let pods = vec![
        Pod::upstream("a", real.directory()),
        web("web-1", "a", 0),
        second,
        web("web-9", "a", 0),
    ];
    let cluster = KubeCluster::start(pods).await?;
    cluster.add_object(policy("web"));
    let mut headless = service();
    headless["metadata"]["name"] = json!("db");
    headless["spec"]["clusterIP"] = json!("None");
    headless["spec"]["clusterIPs"] = json!(["None"]);
    cluster.add_object(headless);
    cluster.add_object(service());
    cluster.add_object(slice(&["10.244.0.5", "10.244.0.6"]));
    let told = |traced: Result<PacketTraced, String>| match traced {
        Err(error) => format!("error: {error}"),
        Ok(traced) => {
            let decided = traced.decided_by.iter().map(|one| {
                let owner = one.owner.as_deref().unwrap_or("-");
                format!("{owner} [{}]", one.object.as_deref().unwrap_or("-"))
            });
            let calls = traced.next.iter().map(|next| next.command());
            let calls: Vec<String> = calls.filter(|call| call.starts_with("resource")).collect();
            let decided: Vec<String> = decided.collect();
            let gaps = traced.gaps.iter();
            let gaps: Vec<String> = gaps
                .map(|gap| format!("gap {}: {}", gap.what, gap.why))
                .collect();
            format!(
                "{}\n  from {}\n  {}\n  {}\n  {}\n  {}",
                traced.summary,
                traced.from.what,
                decided.join("; "),
                traced.assumptions.join("; "),
                calls.join("; "),
                gaps.join("; ")
            )
        }
    };
    let mut all = Vec::new();
    for (from, to) in [
        ("shop/web-1", "shop/web-2"),
        ("ovn-kubernetes/ovnkube-node-a", "shop/web-1"),
        ("shop/web-9", "shop/web-1"),
        ("shop/none", "shop/web-1"),
        ("shop/web-1", "shop/none"),
        ("shop/web-1", "shop/db"),
        ("shop/web-1", "shop/web"),
    ] {
        let traced = trace(&cluster, from, to).await?;
        all.push(format!("{from} to {to}: {}", told(traced)));
    }
    cluster.remove_object(&policy("web"));
    let before = cluster.requests().len();
    let traced = trace(&cluster, "shop/web-1", "shop/web-2").await?;
    // The ends, the node that both are on, and the policy that decided: each by its name.
    let named = cluster.requests().into_iter().skip(before);
    let named: BTreeSet<String> = named
        .filter(|path| path.contains("metadata.name"))
        .collect();
    let wanted = [
        "/api/v1/namespaces/shop/pods web-1",
        "/api/v1/namespaces/shop/pods web-2",
        "/api/v1/namespaces/shop/services web-2",
        "/api/v1/nodes a",
        "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies web",
    ];
    let wanted = wanted.map(|one| {
        let one = one.replace(' ', "?&fieldSelector=metadata.name%3D");
        format!("{one}&limit=500")
    });
    assert_eq!(named, BTreeSet::from(wanted));
    all.push(format!("without the policy: {}", told(traced)));
    cluster.set_faults(Faults {
        denied: vec![Denied {
            namespace: Some("shop".to_owned()),
            ..Denied::everywhere("list", "pods")
        }],
        ..Faults::default()
    });
    let traced = trace(&cluster, "shop/web-1", "shop/web-2").await?;
    all.push(format!("without rights: {}", told(traced)));
    insta::assert_snapshot!(all.join("\n"));
    Ok(())
}
