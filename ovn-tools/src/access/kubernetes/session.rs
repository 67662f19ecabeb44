//! The session with one cluster: its pods, and commands in them.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kube::Client;
use kube::core::Request;
use kube::core::params::ListParams;
use kube::core::subresource::AttachParams;
use ovsdb_client::dial::{Dial, Dialling, Stream};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use crate::access::kubernetes::bridge::{Bridge, Collapse};
use crate::access::kubernetes::channel::Version;
use crate::access::kubernetes::conversation::Conversation;
use crate::access::kubernetes::exec_stream::ExecStream;
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::layout::{Layout, NAMESPACES, Place};
use crate::access::kubernetes::pod::{Node, Page, Pod};
use crate::access::kubernetes::runner::Runner;

/// How long the API server may take for one request.
/// **Default and why**: 15 s; a page of pods takes well under a second, and a server that is
/// restarted answers again within that.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);

/// How long one bridge may take from its start until it is connected.
/// **Default and why**: 10 s; it takes some 50 ms, on a node under load a second or two.
const BRIDGE_TIMEOUT: Duration = Duration::from_secs(10);

/// How many objects are asked for at once.
/// **Default and why**: 250, half of what kubectl takes: pods of OVN-Kubernetes are some 30 KB.
const PAGE: u32 = 250;

/// The most pages of one list.
/// **Default and why**: 400, a hundred thousand objects; a server that never ends a list must not
/// keep the caller.
const MAX_PAGES: usize = 400;

/// A session. It keeps one connection for questions and remembers which bridge an image has.
pub(super) struct Session {
    client: Client,
    /// The source, in the notation of `--source`.
    source: String,
    bridges: Mutex<HashMap<String, Bridge>>,
    runners: Mutex<HashMap<String, Runner>>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({})", self.source)
    }
}

impl Session {
    pub(super) fn new(client: Client, source: String) -> Self {
        Self {
            client,
            source,
            bridges: Mutex::default(),
            runners: Mutex::default(),
        }
    }

    /// What asks the API server.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The runner that an image is known to have.
    pub(super) fn runner_of(&self, image: &str) -> Option<Runner> {
        let runners = self.runners.lock().unwrap_or_else(PoisonError::into_inner);
        runners.get(image).copied()
    }

    /// Remembers the runner of an image.
    pub(super) fn remember_runner(&self, image: &str, runner: Runner) {
        let mut runners = self.runners.lock().unwrap_or_else(PoisonError::into_inner);
        runners.insert(image.to_owned(), runner);
    }

    /// A pod by its name.
    ///
    /// It is looked up in the list of its namespace, so that no right is needed besides that.
    pub(super) async fn pod(&self, namespace: &str, name: &str) -> Result<Pod, KubernetesError> {
        let pods: Vec<Pod> = self
            .select(
                format!("/api/v1/namespaces/{namespace}/pods"),
                ListParams::default().fields(&format!("metadata.name={name}")),
                "list pods in the namespace of OVN-Kubernetes",
            )
            .await?;
        let mut pods = pods.into_iter();
        pods.find(|pod| pod.metadata.name == name)
            .ok_or_else(|| KubernetesError::NoPod(format!("{namespace}/{name}")))
    }

    /// The databases of the cluster.
    pub(super) async fn layout(&self) -> Result<Layout, KubernetesError> {
        let pods = |namespace: &'static str| {
            self.list::<Pod>(
                format!("/api/v1/namespaces/{namespace}/pods"),
                "list pods in the namespace of OVN-Kubernetes",
            )
        };
        let (upstream, openshift, nodes) = tokio::join!(
            pods(NAMESPACES[0]),
            pods(NAMESPACES[1]),
            self.list::<Node>("/api/v1/nodes".to_owned(), "list nodes"),
        );
        let mut known = Vec::new();
        let mut refused = None;
        for pods in [upstream, openshift] {
            match pods {
                Ok(pods) => known.extend(pods),
                // A right that is missing in the one namespace does not matter where the other
                // has the pods.
                Err(error) => refused = Some(error),
            }
        }
        if known.is_empty() {
            return Err(refused.unwrap_or_else(|| KubernetesError::NoOvn(NAMESPACES.join(" and "))));
        }
        // Without the right to list nodes, those without a pod are not known.
        let layout = Layout::of(&known, nodes.as_deref().ok());
        if layout.places.is_empty() && layout.missing.is_empty() {
            return Err(KubernetesError::NoOvn(NAMESPACES.join(" and ")));
        }
        Ok(layout)
    }

    async fn list<T: DeserializeOwned>(
        &self,
        path: String,
        right: &'static str,
    ) -> Result<Vec<T>, KubernetesError> {
        self.select(path, ListParams::default(), right).await
    }

    async fn select<T: DeserializeOwned>(
        &self,
        path: String,
        params: ListParams,
        right: &'static str,
    ) -> Result<Vec<T>, KubernetesError> {
        let request = Request::new(path);
        let mut params = params.limit(PAGE);
        let mut items = Vec::new();
        for _ in 0..MAX_PAGES {
            let page = request
                .list(&params)
                .map_err(|error| KubernetesError::Unreachable(error.into()))?;
            let page: Page<T> = timeout(REQUEST_TIMEOUT, self.client.request(page))
                .await
                .map_err(|_| KubernetesError::Slow {
                    what: "the API server",
                    limit: REQUEST_TIMEOUT,
                })?
                .map_err(|error| {
                    KubernetesError::of(error, || format!("the right to {right} is needed"))
                })?;
            items.extend(page.items);
            match page.metadata.next.filter(|next| !next.is_empty()) {
                Some(next) => params = params.continue_token(&next),
                None => break,
            }
        }
        Ok(items)
    }

    /// A byte stream to a socket in a container, by the first bridge that is there.
    async fn bridge(&self, place: &Place, path: &str) -> Result<Box<dyn Stream>, KubernetesError> {
        let remembered = self.lock().get(&place.image).copied();
        let others = Bridge::ALL
            .into_iter()
            .filter(|bridge| Some(*bridge) != remembered);
        for bridge in remembered.into_iter().chain(others) {
            let started = timeout(BRIDGE_TIMEOUT, self.start(place, path, bridge));
            match started.await {
                Ok(Ok(Ok(stream))) => {
                    self.lock().insert(place.image.clone(), bridge);
                    return Ok(stream);
                }
                Ok(Ok(Err(Collapse::NoProgram))) => {}
                Ok(Ok(Err(collapse))) => return Err(explain(collapse, place, path)),
                Ok(Err(error)) => return Err(error),
                Err(_) => {
                    return Err(KubernetesError::Slow {
                        what: "the bridge in the pod",
                        limit: BRIDGE_TIMEOUT,
                    });
                }
            }
        }
        Err(KubernetesError::NoBridge)
    }

    async fn start(
        &self,
        place: &Place,
        path: &str,
        bridge: Bridge,
    ) -> Result<Result<Box<dyn Stream>, Collapse>, KubernetesError> {
        let command = match bridge.command(path) {
            Ok(command) => command,
            Err(error) => return Err(KubernetesError::Bridge(error.to_string())),
        };
        let params = AttachParams::default()
            .container(&place.container)
            .stdin(true)
            .stdout(true)
            .stderr(true);
        let request = Request::new(format!("/api/v1/namespaces/{}/pods", place.namespace))
            .exec(&place.pod, command, &params)
            .map_err(|error| KubernetesError::Unreachable(error.into()))?;
        let right = || {
            format!(
                "the verbs get and create on pods/exec are needed in the namespace {}",
                place.namespace
            )
        };
        let connection = self
            .client
            .connect(request)
            .await
            .map_err(|error| KubernetesError::of(error, right))?;
        let version = if connection.supports_stream_close() {
            Version::V5
        } else {
            Version::V4
        };
        let mut stream = ExecStream::new(connection.into_stream(), Conversation::new(version));
        let broken = |error: io::Error| KubernetesError::Bridge(error.to_string());
        if stream
            .wait_until_ready(|complaints| bridge.is_ready(complaints))
            .await
            .map_err(broken)?
        {
            return Ok(Ok(Box::new(stream)));
        }
        let (ending, complaints) = stream.ending();
        Ok(Err(bridge.collapse(ending.as_ref(), &complaints)))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Bridge>> {
        self.bridges.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn explain(collapse: Collapse, place: &Place, path: &str) -> KubernetesError {
    match collapse {
        Collapse::NoProgram => KubernetesError::NoBridge,
        Collapse::NoSocket => KubernetesError::NoSocket(path.to_owned()),
        Collapse::Denied => KubernetesError::Denied(path.to_owned()),
        Collapse::Refused => KubernetesError::NobodyListens(path.to_owned()),
        Collapse::NoContainer => KubernetesError::NoContainer(place.container.clone()),
        Collapse::Other(words) => KubernetesError::Bridge(words),
    }
}

/// The way to a socket in a container.
#[derive(Clone, Debug)]
pub(super) struct PodDial {
    pub(super) session: Arc<Session>,
    pub(super) place: Arc<Place>,
    /// The socket.
    pub(super) path: String,
}

impl fmt::Display for PodDial {
    /// `kube:prod/ovn-kubernetes/ovnkube-node-x7/nb-ovsdb:/var/run/ovn/ovnnb_db.sock`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place {
            namespace,
            pod,
            container,
            ..
        } = &*self.place;
        let (source, path) = (&self.session.source, &self.path);
        write!(f, "{source}/{namespace}/{pod}/{container}:{path}")
    }
}

impl Dial for PodDial {
    fn dial(&self) -> Dialling<'_> {
        Box::pin(async {
            self.session
                .bridge(&self.place, &self.path)
                .await
                .map_err(io::Error::other)
        })
    }
}
