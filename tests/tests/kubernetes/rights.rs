//! The manifests: they parse, and name the rights that are used and no others.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use ovn_tests::kubernetes::{KubeCluster, Pod};
use ovn_tools::access::{self, Source};
use ovn_tools::run::run;
use ovn_tools::tool::event_list::{self, EventList};
use ovn_tools::tool::kernel_conntrack_list::{self, KernelConntrackList};
use ovn_tools::tool::pod_log::{self, PodLog};
use ovn_tools::tool::resource_get::{self, ResourceGet};
use ovn_tools::tool::resource_list::{self, ResourceList};
use serde_json::Value as Json;

use crate::kernel::{debug_namespace, node};
use crate::scene::source;

/// A verb on a resource, with its group before it and its part behind it.
type Right = (String, String);

fn manifests(name: &str) -> Result<Vec<Json>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../deploy")
        .join(name);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    text.split("\n---\n")
        .map(|part| serde_saphyr::from_str(part).with_context(|| format!("{name}: {part}")))
        .collect()
}

fn role<'m>(manifests: &'m [Json], kind: &str) -> Result<&'m Json> {
    let mut all = manifests.iter();
    all.find(|one| one["kind"] == kind).context("no role")
}

/// What a role grants.
fn granted(role: &Json) -> BTreeSet<Right> {
    let texts = |value: &Json| -> Vec<String> {
        let texts = value.as_array().into_iter().flatten();
        texts
            .filter_map(|text| text.as_str().map(str::to_owned))
            .collect()
    };
    let mut rights = BTreeSet::new();
    for rule in role["rules"].as_array().into_iter().flatten() {
        for group in texts(&rule["apiGroups"]) {
            for resource in texts(&rule["resources"]) {
                for verb in texts(&rule["verbs"]) {
                    rights.insert((verb, format!("{group}/{resource}")));
                }
            }
        }
    }
    rights
}

/// What the requests needed: of the namespace for debug pods, of that of OVN-Kubernetes, and
/// elsewhere.
fn used(requests: &[String]) -> [BTreeSet<Right>; 3] {
    let mut rights: [BTreeSet<Right>; 3] = Default::default();
    for request in requests {
        let (method, path) = request.split_once(' ').unwrap_or(("GET", request));
        let path = path.split('?').next().unwrap_or(path);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let (group, rest) = match parts.as_slice() {
            ["api", _, rest @ ..] => ("", rest),
            ["apis", group, _, rest @ ..] => (*group, rest),
            _ => continue,
        };
        // Everybody may ask for kinds and for their own rights.
        if rest.is_empty() || group.starts_with("auth") {
            continue;
        }
        let (namespace, rest) = match rest {
            ["namespaces", namespace, rest @ ..] if !rest.is_empty() => (*namespace, rest),
            rest => ("", rest),
        };
        let (verb, resource) = match (method, rest) {
            ("GET", [resource]) => ("list", (*resource).to_owned()),
            ("GET", [resource, _]) => ("get", (*resource).to_owned()),
            ("POST", [resource]) => ("create", (*resource).to_owned()),
            ("DELETE", [resource, _]) => ("delete", (*resource).to_owned()),
            ("GET", [resource, _, part]) => ("get", format!("{resource}/{part}")),
            _ => ("?", path.to_owned()),
        };
        let is_exec = resource.ends_with("/exec");
        let at = match namespace {
            "ovnscope-debug" => 0,
            "ovn-kubernetes" if is_exec => 1,
            _ => 2,
        };
        let resource = format!("{group}/{resource}");
        if is_exec {
            rights[at].insert(("create".to_owned(), resource.clone()));
        }
        rights[at].insert((verb.to_owned(), resource));
    }
    rights
}

/// Asks everything that asks the cluster anything.
async fn ask_all(cluster: &KubeCluster, sources: &[Source], role: &Json) -> Result<()> {
    let params = kernel_conntrack_list::Params::default();
    let listed = run::<KernelConntrackList>(sources, &params).await?;
    anyhow::ensure!(listed.total > 0, "{:?}", listed.gaps);
    for (verb, resource) in granted(role) {
        let (group, plural) = resource.split_once('/').context("a group")?;
        let kind = match group {
            "" => plural.to_owned(),
            group => format!("{plural}.{group}"),
        };
        match (verb.as_str(), plural) {
            ("list", _) => {
                let params = resource_list::Params {
                    kind,
                    ..resource_list::Params::default()
                };
                run::<ResourceList>(sources, &params).await?;
            }
            (_, "pods/log") => {
                let params = pod_log::Params {
                    pod: "ovn-kubernetes/ovnkube-node-n1".to_owned(),
                    container: Some("ovn-controller".to_owned()),
                    ..pod_log::Params::default()
                };
                run::<PodLog>(sources, &params).await?;
            }
            _ => {
                // There is none of that name: the right is needed all the same.
                for namespace in [None, Some("ovn-kubernetes".to_owned())] {
                    let params = resource_get::Params {
                        kind: kind.clone(),
                        name: "none".to_owned(),
                        namespace,
                        ..resource_get::Params::default()
                    };
                    let _ = run::<ResourceGet>(sources, &params).await;
                }
            }
        }
    }
    run::<EventList>(sources, &event_list::Params::default()).await?;
    access::close(sources).await;
    anyhow::ensure!(
        !cluster
            .pods()
            .iter()
            .any(|pod: &Pod| pod.namespace == "ovnscope-debug"),
        "a debug pod is left"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_roles_name_the_rights_that_are_used_and_no_others() -> Result<()> {
    let rights = manifests("rights.yaml")?;
    let debug = manifests("debug.yaml")?;
    let reading = role(&rights, "ClusterRole")?;
    let (cluster, _server, directory) = node(&["python3"]).await?;
    debug_namespace(&cluster, directory.path())?;
    let sources = [source(&cluster)];
    ask_all(&cluster, &sources, reading).await?;
    let [in_debug, in_ovn, elsewhere] = used(&cluster.requests());
    assert_eq!(in_debug, granted(role(&debug, "Role")?));
    assert_eq!(in_ovn, granted(role(&rights, "Role")?));
    assert_eq!(elsewhere, granted(reading));
    Ok(())
}

#[test]
fn the_manifests_fit_together() -> Result<()> {
    let rights = manifests("rights.yaml")?;
    let debug = manifests("debug.yaml")?;
    let server = manifests("server.yaml")?;
    let all = [rights, debug, server].concat();
    let of = |kind: &str| {
        all.iter()
            .filter(|one| one["kind"] == kind)
            .collect::<Vec<_>>()
    };
    let account = &of("ServiceAccount")[0]["metadata"];
    for kind in ["ClusterRoleBinding", "RoleBinding"] {
        for binding in of(kind) {
            let subject = &binding["subjects"][0];
            assert_eq!(subject["name"], account["name"]);
            assert_eq!(subject["namespace"], account["namespace"]);
            let role = &binding["roleRef"];
            let roles = of(role["kind"].as_str().context("a kind")?);
            let granted = roles.iter().any(|one| {
                one["metadata"]["name"] == role["name"]
                    && one["metadata"]["namespace"] == binding["metadata"]["namespace"]
            });
            assert!(granted, "{binding}");
        }
    }
    let pod = &of("Deployment")[0]["spec"]["template"];
    assert_eq!(pod["spec"]["serviceAccountName"], account["name"]);
    let policy = &of("NetworkPolicy")[0]["spec"];
    let labels = &pod["metadata"]["labels"];
    assert_eq!(&policy["podSelector"]["matchLabels"], labels);
    assert_eq!(&of("Service")[0]["spec"]["selector"], labels);
    assert_eq!(
        policy["ingress"][0]["ports"][0]["port"],
        pod["spec"]["containers"][0]["ports"][0]["containerPort"]
    );
    for role in of("ClusterRole").into_iter().chain(of("Role")) {
        for (verb, resource) in granted(role) {
            assert!(!verb.contains('*') && !resource.contains('*'), "{resource}");
            assert!(!resource.contains("secret"), "{resource}");
        }
    }
    Ok(())
}

#[test]
fn a_server_for_many_users_has_no_right_and_no_token() -> Result<()> {
    let all = manifests("users.yaml")?;
    let kinds: Vec<&str> = all.iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(
        kinds,
        [
            "Namespace",
            "ServiceAccount",
            "Deployment",
            "Service",
            "NetworkPolicy"
        ]
    );
    assert_eq!(all[1]["automountServiceAccountToken"], false);
    let template = &all[2]["spec"]["template"];
    let pod = &template["spec"];
    assert_eq!(pod["automountServiceAccountToken"], false);
    assert_eq!(pod["serviceAccountName"], all[1]["metadata"]["name"]);
    let volumes = pod["volumes"].to_string();
    assert!(
        !volumes.contains("serviceAccountToken") && !volumes.contains("secret\""),
        "{volumes}"
    );
    let arguments = pod["containers"][0]["args"].to_string();
    assert!(
        arguments.contains("--user-tokens") && !arguments.contains("--token-file"),
        "{arguments}"
    );
    let labels = &template["metadata"]["labels"];
    assert_eq!(&all[3]["spec"]["selector"], labels);
    assert_eq!(&all[4]["spec"]["podSelector"]["matchLabels"], labels);
    Ok(())
}
