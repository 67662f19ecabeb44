//! Debugging: debug pods are made when they are needed, kept for a while, and deleted.
//!
//! ```text
//!   namespace there and privileged? ─► rights? ─► swept once ─► dry run ─► made ─► running
//!                                                                            kept, used again
//!   idle or at the end ─► deleted; forgotten ─► ended by its deadline ─► swept
//! ```

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::Value as Json;
use tokio::time::sleep;

use crate::access::kubernetes::chamber::Chamber;
use crate::access::kubernetes::debug_pod::{
    CONTAINER, Kept, LABEL, NAMESPACE, RIGHTS, has_ended, manifest, on_host, takes_privileged, told,
};
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::session::Session;
use crate::command::Bounds;
use crate::snapshot::Captured;

/// How long a debug pod is kept that nobody uses.
/// **Default and why**: 2 minutes; questions that follow each other come within that.
const KEEP: Duration = Duration::from_secs(120);

/// How long a debug pod may take until it runs.
/// **Default and why**: 30 s; its image is on the node already, so it takes a second or two.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// How often it is looked at meanwhile.
/// **Default and why**: 300 ms.
const LOOK: Duration = Duration::from_millis(300);

/// Where a debug pod is made.
const PODS: &str = "/api/v1/namespaces/ovnscope-debug/pods";

impl Session {
    /// What a program of the node itself prints, run in a debug pod.
    pub(super) async fn run_in_debug_pod(
        self: &Arc<Self>,
        node: &str,
        image: &str,
        program: &str,
        argv: &[String],
    ) -> Result<String, KubernetesError> {
        let chamber = self.debug_pod(node, image).await?;
        let outcome = self.run(&chamber, program, &on_host(argv)).await;
        outcome.map_err(|error| of_node(error, node))
    }

    /// What a program of the node itself prints until it ends or a bound is reached, run in a
    /// debug pod.
    pub(super) async fn capture_in_debug_pod(
        self: &Arc<Self>,
        node: &str,
        image: &str,
        program: &str,
        argv: &[String],
        bounds: Bounds,
    ) -> Result<Captured, KubernetesError> {
        let chamber = self.debug_pod(node, image).await?;
        let argv = on_host(argv);
        let outcome = self.capture(&chamber, program, &argv, bounds).await;
        outcome.map_err(|error| of_node(error, node))
    }

    /// The debug pod of a node: the one that is kept, or a new one.
    async fn debug_pod(
        self: &Arc<Self>,
        node: &str,
        image: &str,
    ) -> Result<Chamber, KubernetesError> {
        let mut pods = self.debug_pods.lock().await;
        if let Some(kept) = pods.kept.get_mut(node) {
            if self.is_running(&kept.chamber.pod).await {
                kept.used = Instant::now();
                return Ok(kept.chamber.clone());
            }
            pods.kept.remove(node);
        }
        self.check_namespace().await?;
        self.check_rights().await?;
        if !pods.swept {
            self.sweep().await;
            pods.swept = true;
        }
        let body = manifest(node, image);
        let dry = self.post(&format!("{PODS}?dryRun=All"), &body).await;
        dry.map_err(|error| KubernetesError::DebugPod {
            what: "the cluster would not take one".to_owned(),
            cause: Box::new(error),
        })?;
        let made = self.post(PODS, &body).await?;
        let name = made["metadata"]["name"].as_str().unwrap_or_default();
        let chamber = Chamber {
            namespace: NAMESPACE.to_owned(),
            pod: name.to_owned(),
            container: CONTAINER.to_owned(),
            image: image.to_owned(),
        };
        let started = Instant::now();
        while !self.is_running(name).await {
            if started.elapsed() > START_TIMEOUT {
                self.delete(name).await;
                return Err(KubernetesError::Slow {
                    what: "the debug pod",
                    limit: START_TIMEOUT,
                });
            }
            sleep(LOOK).await;
        }
        let kept = Kept {
            chamber: chamber.clone(),
            used: Instant::now(),
        };
        pods.kept.insert(node.to_owned(), kept);
        self.forget_later(node.to_owned());
        Ok(chamber)
    }

    /// Deletes the debug pod of a node once nobody has used it for a while.
    fn forget_later(self: &Arc<Self>, node: String) {
        let session = Arc::downgrade(self);
        tokio::spawn(async move {
            let mut left = KEEP;
            loop {
                sleep(left).await;
                let Some(session) = session.upgrade() else {
                    return;
                };
                let mut pods = session.debug_pods.lock().await;
                let Some(kept) = pods.kept.get(&node) else {
                    return;
                };
                left = KEEP.saturating_sub(kept.used.elapsed());
                if left.is_zero() {
                    let name = kept.chamber.pod.clone();
                    pods.kept.remove(&node);
                    session.delete(&name).await;
                    return;
                }
            }
        });
    }

    /// Deletes all debug pods of this session.
    pub(super) async fn end_debug_pods(&self) {
        let mut pods = self.debug_pods.lock().await;
        let names = pods.kept.drain().map(|(_, kept)| kept.chamber.pod);
        let names: Vec<String> = names.collect();
        join_all(names.iter().map(|name| self.delete(name))).await;
    }

    /// The namespace must be there and take privileged pods.
    async fn check_namespace(&self) -> Result<(), KubernetesError> {
        let path = format!("/api/v1/namespaces/{NAMESPACE}");
        let right = || format!("the right to get the namespace {NAMESPACE}");
        match self.ask::<Json>("GET", &path, None, right).await {
            Ok(namespace) if takes_privileged(&namespace) => Ok(()),
            Ok(_) => Err(KubernetesError::DebugNamespace(
                "is not labelled pod-security.kubernetes.io/enforce=privileged",
            )),
            Err(KubernetesError::NoPod(_)) => {
                Err(KubernetesError::DebugNamespace("does not exist"))
            }
            Err(error) => Err(error),
        }
    }

    /// All rights must be there, so that no pod is made that cannot be deleted.
    async fn check_rights(&self) -> Result<(), KubernetesError> {
        let asking = RIGHTS.map(|(verb, resource, part)| async move {
            let is_allowed = self.may(NAMESPACE, verb, resource, part).await?;
            Ok((!is_allowed).then(|| told(verb, resource, part)))
        });
        let answers: Result<Vec<Option<String>>, KubernetesError> =
            join_all(asking).await.into_iter().collect();
        let missing: Vec<String> = answers?.into_iter().flatten().collect();
        match missing.as_slice() {
            [] => Ok(()),
            missing => Err(KubernetesError::DebugRights(missing.join(", "))),
        }
    }

    /// Deletes what has ended and nobody deleted; those of others that still run are theirs.
    async fn sweep(&self) {
        let label = LABEL.replace('=', "%3D");
        let path = format!("{PODS}?labelSelector={label}");
        let right = || format!("the right to list pods in the namespace {NAMESPACE}");
        let listed = self.ask::<Json>("GET", &path, None, right).await;
        let pods = match listed {
            Ok(pods) => pods,
            Err(error) => {
                tracing::info!(%error, "debug pods that were left behind cannot be swept");
                return;
            }
        };
        let ended = pods["items"].as_array().into_iter().flatten();
        let ended = ended
            .filter(|pod| has_ended(pod["status"]["phase"].as_str().unwrap_or_default()))
            .filter_map(|pod| pod["metadata"]["name"].as_str());
        join_all(ended.map(|name| self.delete(name))).await;
    }

    async fn is_running(&self, name: &str) -> bool {
        let right = || format!("the right to get pods in the namespace {NAMESPACE}");
        let path = format!("{PODS}/{name}");
        match self.ask::<Json>("GET", &path, None, right).await {
            Ok(pod) => {
                pod["status"]["phase"] == "Running"
                    && pod["metadata"]["deletionTimestamp"].is_null()
            }
            Err(_) => false,
        }
    }

    /// Deletes a debug pod; where that fails its deadline ends it.
    async fn delete(&self, name: &str) {
        let right = || format!("the right to delete pods in the namespace {NAMESPACE}");
        let path = format!("{PODS}/{name}");
        if let Err(error) = self.ask::<Json>("DELETE", &path, None, right).await {
            tracing::warn!(%error, name, "a debug pod cannot be deleted; it ends by its deadline");
        }
    }

    async fn post(&self, path: &str, body: &Json) -> Result<Json, KubernetesError> {
        let right = || format!("the right to create pods in the namespace {NAMESPACE}");
        self.ask("POST", path, Some(body), right).await
    }
}

/// What an error in a debug pod means: it is the node that lacks a program.
fn of_node(error: KubernetesError, node: &str) -> KubernetesError {
    match error {
        KubernetesError::Run { program, why } if why.contains("exit code 127") => {
            KubernetesError::NotInstalled {
                program,
                container: format!("{CONTAINER} and the node {node}"),
            }
        }
        error => error,
    }
}
