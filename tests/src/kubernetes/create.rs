//! Pods that are created and deleted through the API.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};

use crate::kubernetes::kind::Kind;
use crate::kubernetes::pod::Pod;
use crate::kubernetes::reply::{Reply, bad_request, json_reply, not_found, refusal};
use crate::kubernetes::state::{State, lock};

/// The label of a namespace that says which pods it takes.
const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

/// Creates a pod, or says what would be wrong with it.
pub(super) fn create(state: &Arc<State>, namespace: &str, body: &Value, dry: bool) -> Reply {
    let namespaces = Kind::of_path("", "v1", "namespaces");
    let namespaces = namespaces
        .map(|kind| state.objects(kind, None))
        .unwrap_or_default();
    let Some(home) = namespaces
        .iter()
        .find(|known| known["metadata"]["name"] == namespace)
    else {
        return not_found("namespaces", namespace);
    };
    let metadata = &body["metadata"];
    let name = match (metadata["name"].as_str(), metadata["generateName"].as_str()) {
        (Some(name), _) => name.to_owned(),
        (None, Some(start)) => format!("{start}{:05}", state.version() % 100_000),
        (None, None) => {
            return refusal(
                StatusCode::UNPROCESSABLE_ENTITY,
                "Invalid",
                "Pod \"\" is invalid: metadata.name: Required value: name or generateName is required",
            );
        }
    };
    let Some(containers) = body["spec"]["containers"]
        .as_array()
        .filter(|all| !all.is_empty())
    else {
        return refusal(
            StatusCode::UNPROCESSABLE_ENTITY,
            "Invalid",
            &format!("Pod \"{name}\" is invalid: spec.containers: Required value"),
        );
    };
    let level = home["metadata"]["labels"][ENFORCE]
        .as_str()
        .unwrap_or("privileged");
    let violations = violations(body);
    if level != "privileged" && !violations.is_empty() {
        return refusal(
            StatusCode::FORBIDDEN,
            "Forbidden",
            &format!(
                "pods \"{name}\" is forbidden: violates PodSecurity \"{level}:latest\": {}",
                violations.join(", ")
            ),
        );
    }
    let labels = metadata["labels"].as_object();
    let text = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
    let node = body["spec"]["nodeName"].as_str().unwrap_or_default();
    let starts = !node.is_empty() && !state.faults().pods_stay_pending;
    let neighbour = state.pods().iter().find(|pod| pod.node == node).cloned();
    let pod = Pod {
        namespace: namespace.to_owned(),
        name: name.clone(),
        node: node.to_owned(),
        containers: containers
            .iter()
            .filter_map(|container| container["name"].as_str().map(str::to_owned))
            .collect(),
        directory: neighbour.map_or_else(|| state.spare_directory.clone(), |pod| pod.directory),
        programs: lock(&state.image_programs).clone(),
        running: starts,
        labels: labels.into_iter().flatten().filter_map(text).collect(),
        annotations: metadata["annotations"]
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(text)
            .collect(),
        logs: [].into(),
        listens: [].into(),
        privileged: false,
        made_of: Some(body.clone()),
        phase: if starts { "Running" } else { "Pending" }.to_owned(),
    };
    let object = pod.object();
    if dry {
        return json_reply(StatusCode::CREATED, &object);
    }
    let is_there = state.change_pods(|pods| {
        let is_there = pods
            .iter()
            .any(|known| known.namespace == namespace && known.name == name);
        if !is_there {
            pods.push(pod);
        }
        is_there
    });
    if is_there {
        return refusal(
            StatusCode::CONFLICT,
            "AlreadyExists",
            &format!("pods \"{name}\" already exists"),
        );
    }
    if let Some(seconds) = body["spec"]["activeDeadlineSeconds"].as_u64() {
        let (state, namespace) = (Arc::downgrade(state), namespace.to_owned());
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            if let Some(state) = state.upgrade() {
                state.change_pods(|pods| {
                    let found = pods
                        .iter_mut()
                        .find(|pod| pod.namespace == namespace && pod.name == name);
                    if let Some(pod) = found {
                        pod.running = false;
                        pod.phase = "Failed".to_owned();
                    }
                });
            }
        });
    }
    json_reply(StatusCode::CREATED, &object)
}

/// Deletes pods: the one of that name, or all those given.
pub(super) fn delete(state: &State, namespace: &str, names: &[&str]) -> Option<Value> {
    state.change_pods(|pods| {
        let mut last = None;
        pods.retain(|pod| {
            let gone = pod.namespace == namespace && names.contains(&pod.name.as_str());
            if gone {
                last = Some(pod.object());
            }
            !gone
        });
        last
    })
}

/// Reads a request's body.
pub(super) fn parse(body: &[u8]) -> Result<Value, Box<Reply>> {
    serde_json::from_slice(body).map_err(|error| {
        Box::new(bad_request(&format!(
            "the object provided is unrecognized: {error}"
        )))
    })
}

/// What the levels below `privileged` do not take of a pod.
fn violations(body: &Value) -> Vec<String> {
    let spec = &body["spec"];
    let mut found = Vec::new();
    let host: Vec<&str> = ["hostNetwork", "hostPID", "hostIPC"]
        .into_iter()
        .filter(|name| spec[*name] == json!(true))
        .collect();
    if !host.is_empty() {
        let set: Vec<String> = host.iter().map(|name| format!("{name}=true")).collect();
        found.push(format!("host namespaces ({})", set.join(", ")));
    }
    let volumes = spec["volumes"].as_array().into_iter().flatten();
    let paths: Vec<String> = volumes
        .filter(|volume| volume["hostPath"].is_object())
        .map(|volume| volume["name"].to_string())
        .collect();
    if !paths.is_empty() {
        found.push(format!("hostPath volumes (volume {})", paths.join(", ")));
    }
    for container in spec["containers"].as_array().into_iter().flatten() {
        if container["securityContext"]["privileged"] == json!(true) {
            found.push(format!(
                "privileged (container {} must not set securityContext.privileged=true)",
                container["name"]
            ));
        }
    }
    found
}
