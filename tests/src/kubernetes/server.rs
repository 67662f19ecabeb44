//! The API server.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use bytes::Bytes;
use http::{HeaderValue, Request, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::kubernetes::exec::{self, VERSION_4, VERSION_5};
use crate::kubernetes::fault::Faults;
use crate::kubernetes::pod::Pod;
use crate::kubernetes::reply::{Reply, json_reply, refusal};

/// A cluster. Dropping it ends the API server; commands go on until their callers do.
#[derive(Debug)]
pub struct KubeCluster {
    address: SocketAddr,
    directory: TempDir,
    state: Arc<State>,
    serving: tokio::task::JoinHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    pods: Mutex<Vec<Pod>>,
    nodes: Mutex<Vec<String>>,
    faults: Mutex<Faults>,
    requests: Mutex<Vec<String>>,
    running: AtomicUsize,
    most_running: AtomicUsize,
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
        let nodes = pods.iter().map(|pod| pod.node.clone()).collect();
        let state = Arc::new(State {
            pods: Mutex::new(pods),
            nodes: Mutex::new(nodes),
            ..State::default()
        });
        let serving = tokio::spawn(serve(listener, Arc::clone(&state)));
        Ok(Self {
            address,
            directory,
            state,
            serving,
        })
    }

    /// The kubeconfig, with the contexts `test` (the current one) and `nowhere`.
    pub fn kubeconfig(&self) -> PathBuf {
        self.directory.path().join("kubeconfig")
    }

    /// Where the API server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes what goes wrong from now on.
    pub fn set_faults(&self, faults: Faults) {
        *lock(&self.state.faults) = faults;
    }

    /// Changes the pods.
    pub fn change_pods(&self, change: impl FnOnce(&mut Vec<Pod>)) {
        change(&mut lock(&self.state.pods));
    }

    /// Adds a node without a pod.
    pub fn add_node(&self, name: &str) {
        lock(&self.state.nodes).push(name.to_owned());
    }

    /// The requests so far, as paths with their queries.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.state.requests).clone()
    }

    /// How many commands run in pods now.
    pub fn running(&self) -> usize {
        self.state.running.load(Ordering::SeqCst)
    }

    /// How many commands ran at the same time at most.
    pub fn most_running(&self) -> usize {
        self.state.most_running.load(Ordering::SeqCst)
    }
}

impl Drop for KubeCluster {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
        "users": [{"name": "alice", "user": {"token": "alice-token"}}],
        "contexts": [
            {"name": "test", "context": {"cluster": "test", "user": "alice"}},
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

async fn answer(request: Request<Incoming>, state: Arc<State>) -> Reply {
    lock(&state.requests).push(request.uri().to_string());
    let faults = lock(&state.faults).clone();
    if faults.silent.iter().any(String::is_empty) {
        std::future::pending::<()>().await;
    }
    let token = request.headers().get(header::AUTHORIZATION);
    if faults.unauthorized || token.is_none_or(|token| token != "Bearer alice-token") {
        return refusal(StatusCode::UNAUTHORIZED, "Unauthorized", "Unauthorized");
    }
    let path = request.uri().path().to_owned();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        ["api", "v1", "nodes"] => {
            if faults.forbid_nodes {
                return refusal(
                    StatusCode::FORBIDDEN,
                    "Forbidden",
                    "nodes is forbidden: User \"alice\" cannot list resource \"nodes\" in API group \"\" at the cluster scope",
                );
            }
            let nodes = lock(&state.nodes).clone();
            let nodes = nodes.iter().map(|name| json!({"metadata": {"name": name}}));
            page(&nodes.collect::<Vec<_>>(), &request, faults.page)
        }
        ["api", "v1", "namespaces", namespace, "pods"] => {
            if faults.forbid_pods {
                return refusal(
                    StatusCode::FORBIDDEN,
                    "Forbidden",
                    &format!(
                        "pods is forbidden: User \"alice\" cannot list resource \"pods\" in API group \"\" in the namespace \"{namespace}\""
                    ),
                );
            }
            let pods = lock(&state.pods);
            let pods = pods.iter().filter(|pod| pod.namespace == *namespace);
            page(
                &pods.map(Pod::object).collect::<Vec<_>>(),
                &request,
                faults.page,
            )
        }
        ["api", "v1", "namespaces", namespace, "pods", pod, "exec"] => {
            let found = lock(&state.pods)
                .iter()
                .find(|known| known.namespace == *namespace && known.name == *pod)
                .cloned();
            match found {
                Some(pod) => exec_reply(request, pod, state, faults).await,
                None => refusal(
                    StatusCode::NOT_FOUND,
                    "NotFound",
                    &format!("pods \"{pod}\" not found"),
                ),
            }
        }
        _ => refusal(
            StatusCode::NOT_FOUND,
            "NotFound",
            "the server could not find the requested resource",
        ),
    }
}

/// A page of a list.
fn page(items: &[Value], request: &Request<Incoming>, most: usize) -> Reply {
    let query = query(request);
    let number = |name: &str| {
        let found = query.iter().find(|(key, _)| key == name);
        found.and_then(|(_, value)| value.parse::<usize>().ok())
    };
    let start = number("continue").unwrap_or(0);
    let limit = match (number("limit").unwrap_or(0), most) {
        (0, 0) => usize::MAX,
        (0, most) => most,
        (limit, 0) => limit,
        (limit, most) => limit.min(most),
    };
    let shown: Vec<Value> = items.iter().skip(start).take(limit).cloned().collect();
    let end = start + shown.len();
    let next = if end < items.len() {
        end.to_string()
    } else {
        String::new()
    };
    json_reply(
        StatusCode::OK,
        &json!({"kind": "List", "apiVersion": "v1", "metadata": {"resourceVersion": "7", "continue": next}, "items": shown}),
    )
}

async fn exec_reply(
    mut request: Request<Incoming>,
    pod: Pod,
    state: Arc<State>,
    faults: Faults,
) -> Reply {
    if faults.forbid_exec_get {
        return refusal(
            StatusCode::FORBIDDEN,
            "Forbidden",
            &format!(
                "pods \"{}\" is forbidden: User \"alice\" cannot get resource \"pods/exec\" in API group \"\" in the namespace \"{}\"",
                pod.name, pod.namespace
            ),
        );
    }
    if faults.forbid_exec_create {
        return refusal(
            StatusCode::FORBIDDEN,
            "Forbidden",
            &format!("pods \"{}\" is forbidden: ", pod.name),
        );
    }
    if faults.silent.contains(&pod.node) {
        std::future::pending::<()>().await;
    }
    if faults.unreachable_nodes.contains(&pod.node) {
        return refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalError",
            "error dialing backend: dial tcp 10.0.0.7:10250: connect: connection refused",
        );
    }
    let query = query(&request);
    let container = query.iter().find(|(key, _)| key == "container");
    let container = container
        .map(|(_, value)| value.as_str())
        .unwrap_or_default();
    if !pod.containers.iter().any(|known| known == container) {
        return refusal(
            StatusCode::BAD_REQUEST,
            "BadRequest",
            &format!("container {container} is not valid for pod {}", pod.name),
        );
    }
    let command: Vec<String> = query
        .iter()
        .filter(|(key, _)| key == "command")
        .map(|(_, value)| value.clone())
        .collect();
    let offered = request.headers().get(header::SEC_WEBSOCKET_PROTOCOL);
    let offered = offered
        .and_then(|offered| offered.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let offers = |version: &str| offered.split(',').any(|offer| offer.trim() == version);
    let version_5 = offers(VERSION_5) && !faults.only_version_4;
    if !version_5 && !offers(VERSION_4) {
        return refusal(StatusCode::FORBIDDEN, "Forbidden", "no protocol in common");
    }
    let key = request.headers().get(header::SEC_WEBSOCKET_KEY).cloned();
    let Some(key) = key else {
        return refusal(
            StatusCode::BAD_REQUEST,
            "BadRequest",
            "Upgrade request required",
        );
    };
    let accept = derive_accept_key(key.as_bytes());
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let Ok(upgraded) = upgrade.await else {
            return;
        };
        let now = state.running.fetch_add(1, Ordering::SeqCst) + 1;
        state.most_running.fetch_max(now, Ordering::SeqCst);
        // A caller that breaks off is no failure.
        let _ = exec::carry(upgraded, version_5, pod, command, faults).await;
        state.running.fetch_sub(1, Ordering::SeqCst);
    });
    let mut reply = Reply::new(Full::new(Bytes::new()));
    *reply.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = reply.headers_mut();
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    if let Ok(accept) = HeaderValue::from_str(&accept) {
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    }
    let version = if version_5 { VERSION_5 } else { VERSION_4 };
    headers.insert(
        header::SEC_WEBSOCKET_PROTOCOL,
        HeaderValue::from_static(version),
    );
    reply
}

/// The parameters of a request, decoded.
fn query(request: &Request<Incoming>) -> Vec<(String, String)> {
    let query = request.uri().query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}
