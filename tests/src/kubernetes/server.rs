//! The API server.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::kubernetes::fault::Faults;
use crate::kubernetes::kind::Kind;
use crate::kubernetes::pod::Pod;
use crate::kubernetes::route::answer;
use crate::kubernetes::state::{State, lock};

/// A cluster. Dropping it ends the API server; commands go on until their callers do.
#[derive(Debug)]
pub struct KubeCluster {
    address: SocketAddr,
    directory: TempDir,
    state: Arc<State>,
    serving: tokio::task::JoinHandle<()>,
}

impl KubeCluster {
    /// Starts the API server of a cluster with these pods, and the nodes that they are on.
    ///
    /// # Errors
    ///
    /// No port can be had, or the kubeconfig cannot be written.
    pub async fn start(pods: Vec<Pod>) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let directory = TempDir::with_prefix("kube-")?;
        std::fs::write(directory.path().join("kubeconfig"), kubeconfig(address))
            .context("cannot write the kubeconfig")?;
        let state = Arc::new(State::new(pods, directory.path().to_owned()));
        let serving = tokio::spawn(serve(listener, Arc::clone(&state)));
        Ok(Self {
            address,
            directory,
            state,
            serving,
        })
    }

    /// The kubeconfig, with the contexts `test` (of alice, the current one), `bob` and `nowhere`.
    pub fn kubeconfig(&self) -> PathBuf {
        self.directory.path().join("kubeconfig")
    }

    /// Where the API server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes what goes wrong from now on.
    pub fn set_faults(&self, faults: Faults) {
        *self.state.faults() = faults;
    }

    /// Changes the pods.
    pub fn change_pods(&self, change: impl FnOnce(&mut Vec<Pod>)) {
        self.state.change_pods(change);
    }

    /// The pods.
    pub fn pods(&self) -> Vec<Pod> {
        self.state.pods().clone()
    }

    /// Adds a node without a pod.
    pub fn add_node(&self, name: &str) {
        self.add_object(json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}}));
    }

    /// Adds an object of any type but pods (with `apiVersion`, `kind` and `metadata`), or replaces
    /// the one of its name.
    pub fn add_object(&self, object: Value) {
        self.state.put(object);
    }

    /// Takes away the object of this one's type and name; gives whether it was there.
    pub fn remove_object(&self, object: &Value) -> bool {
        let name = |member: &str| object["metadata"][member].as_str();
        match (Kind::of_object(object), name("name")) {
            (Some(kind), Some(own)) => self.state.take(kind, name("namespace"), own).is_some(),
            _ => false,
        }
    }

    /// What the image of pods that are created through the API has.
    pub fn set_image_programs(&self, programs: &[&str]) {
        *lock(&self.state.image_programs) = programs.iter().map(|&name| name.to_owned()).collect();
    }

    /// The requests so far, as paths with their queries; those that are no GET with their method
    /// and a blank before.
    pub fn requests(&self) -> Vec<String> {
        self.state.requests().clone()
    }

    /// By which values of `Authorization` was asked so far.
    pub fn askers(&self) -> Vec<String> {
        lock(&self.state.askers).iter().cloned().collect()
    }

    /// How many commands and forwarded ports run in pods now.
    pub fn running(&self) -> usize {
        self.state.running()
    }

    /// How many ran at the same time at most.
    pub fn most_running(&self) -> usize {
        self.state.most_running()
    }
}

impl Drop for KubeCluster {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn kubeconfig(address: SocketAddr) -> String {
    let config = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "test",
        "clusters": [
            {"name": "test", "cluster": {"server": format!("http://{address}")}},
            // Nobody listens on the port for discarding.
            {"name": "nowhere", "cluster": {"server": "http://127.0.0.1:9"}},
        ],
        "users": [
            {"name": "alice", "user": {"token": "alice-token"}},
            {"name": "bob", "user": {"token": "bob-token"}},
        ],
        "contexts": [
            {"name": "test", "context": {"cluster": "test", "user": "alice"}},
            {"name": "bob", "context": {"cluster": "test", "user": "bob"}},
            {"name": "nowhere", "context": {"cluster": "nowhere", "user": "alice"}},
        ],
    });
    // JSON is YAML.
    config.to_string()
}

async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        connections.spawn(connection(stream, Arc::clone(&state)));
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    let service = service_fn(move |request| {
        let state = Arc::clone(&state);
        async move { Ok::<_, Infallible>(answer(request, state).await) }
    });
    // A caller that breaks off is no failure.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
        .await;
}
