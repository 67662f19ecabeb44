//! The session with one cluster: its pods, and commands in them.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use kube::Client;
use kube::core::Request;
use kube::core::params::ListParams;
use ovsdb_client::dial::{Dial, Dialling};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use crate::access::bearer::Identity;
use crate::access::kubernetes::bridge::Bridge;
use crate::access::kubernetes::catalogue::Catalogue;
use crate::access::kubernetes::debug_pod::DebugPods;
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::layout::{Layout, NAMESPACES, Place};
use crate::access::kubernetes::listing::{ControlSocket, Listing};
use crate::access::kubernetes::patience::patiently;
use crate::access::kubernetes::pod::{Node, Page, Pod};
use crate::access::kubernetes::runner::Runner;
use crate::access::kubernetes::warm::Key;
use crate::command::Daemon;

/// How long the API server may take for one request.
/// **Default and why**: 15 s; a page of pods takes well under a second, and a server that is
/// restarted answers again within that.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);

/// How many objects are asked for at once.
/// **Default and why**: 250, half of what kubectl takes: pods of OVN-Kubernetes are some 30 KB.
const PAGE: u32 = 250;

/// The most pages of one list.
/// **Default and why**: 400, a hundred thousand objects; a server that never ends a list must not
/// keep the caller.
const MAX_PAGES: usize = 400;

/// The HTTP status of a page that has expired.
pub(super) const EXPIRED: u16 = 410;

/// How often a list is begun anew because its next page has expired.
/// **Default and why**: 1; then it is asked for as a whole, which cannot expire.
pub(super) const MAX_BEGINNINGS: usize = 1;

/// A session. It keeps one connection for questions and remembers which bridge an image has, where
/// databases are, and which control sockets are beside them.
pub(super) struct Session {
    client: Client,
    /// Whose it is; `None` for this program's own.
    identity: Option<Identity>,
    /// The source, in the notation of `--source`.
    source: String,
    bridges: Mutex<HashMap<String, Bridge>>,
    runners: Mutex<HashMap<String, Runner>>,
    /// The kinds of objects that the cluster has, as far as they were asked for.
    pub(super) catalogue: tokio::sync::Mutex<Catalogue>,
    /// The debug pods that it made.
    pub(super) debug_pods: tokio::sync::Mutex<DebugPods>,
    /// When the API server last said that commands may be run in a namespace.
    pub(super) rights: tokio::sync::Mutex<HashMap<String, Instant>>,
    /// By the addresses of the databases' sockets.
    places: Mutex<HashMap<String, Arc<Place>>>,
    /// By containers.
    sockets: Mutex<HashMap<String, Listing>>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({})", self.source)
    }
}

impl Session {
    pub(super) fn new(client: Client, identity: Option<Identity>, source: String) -> Self {
        Self {
            client,
            identity,
            rights: tokio::sync::Mutex::default(),
            source,
            bridges: Mutex::default(),
            runners: Mutex::default(),
            catalogue: tokio::sync::Mutex::default(),
            debug_pods: tokio::sync::Mutex::default(),
            places: Mutex::default(),
            sockets: Mutex::default(),
        }
    }

    /// What asks the API server.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Whose it is; `None` for this program's own.
    pub(super) fn identity(&self) -> Option<Identity> {
        self.identity
    }

    /// What the stream to a socket is known by.
    pub(super) fn key(&self, address: &str) -> Key {
        Key {
            identity: self.identity,
            address: address.to_owned(),
        }
    }

    /// The runner that an image is known to have.
    pub(super) fn runner_of(&self, image: &str) -> Option<Runner> {
        lock(&self.runners).get(image).copied()
    }

    /// Remembers the runner of an image.
    pub(super) fn remember_runner(&self, image: &str, runner: Runner) {
        lock(&self.runners).insert(image.to_owned(), runner);
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
        let mut begun = 0;
        for _ in 0..MAX_PAGES {
            let page: Result<Page<T>, _> = patiently(|| async {
                let page = request
                    .list(&params)
                    .map_err(|error| KubernetesError::Unreachable(error.into()))?;
                timeout(REQUEST_TIMEOUT, self.client.request(page))
                    .await
                    .map_err(|_| KubernetesError::Slow {
                        what: "the API server",
                        limit: REQUEST_TIMEOUT,
                    })?
                    .map_err(|error| {
                        KubernetesError::of(error, || format!("the right to {right} is needed"))
                    })
            })
            .await;
            let page = match page {
                // A list that changes while it is read begins anew.
                Err(KubernetesError::Refused { code: EXPIRED, .. }) if begun < MAX_BEGINNINGS => {
                    begun += 1;
                    items.clear();
                    params.continue_token = None;
                    // All at once this time.
                    params.limit = None;
                    continue;
                }
                page => page?,
            };
            items.extend(page.items);
            match page.metadata.next.filter(|next| !next.is_empty()) {
                Some(next) => params = params.continue_token(&next),
                None => break,
            }
        }
        Ok(items)
    }

    /// The bridges to try in a container of an image: first the one that it is known to have.
    pub(super) fn bridges_of(&self, image: &str) -> Vec<Bridge> {
        let remembered = lock(&self.bridges).get(image).copied();
        let others = Bridge::ALL
            .into_iter()
            .filter(|bridge| Some(*bridge) != remembered);
        remembered.into_iter().chain(others).collect()
    }

    /// Remembers the bridge of an image.
    pub(super) fn remember_bridge(&self, image: &str, bridge: Bridge) {
        lock(&self.bridges).insert(image.to_owned(), bridge);
    }

    /// Remembers where a database is that is read.
    pub(super) fn remember_place(&self, address: &str, place: &Arc<Place>) {
        lock(&self.places).insert(address.to_owned(), Arc::clone(place));
    }

    /// Where a database is that was read.
    pub(super) fn place_of(&self, address: &str) -> Option<Arc<Place>> {
        lock(&self.places).get(address).cloned()
    }

    /// The path of a daemon's control socket that is known already.
    pub(super) fn known_socket(&self, place: &Place, daemon: Daemon) -> Option<String> {
        let sockets = lock(&self.sockets);
        sockets
            .get(&place.in_container())?
            .of(daemon)
            .map(ControlSocket::path)
    }

    /// Remembers control sockets of a container, besides those that are known.
    pub(super) fn remember_sockets(&self, place: &Place, listing: Listing) {
        let mut sockets = lock(&self.sockets);
        sockets
            .entry(place.in_container())
            .or_default()
            .adopt(listing);
    }

    /// Forgets the control sockets of a container: one of them is not what it was.
    pub(super) fn forget_sockets(&self, place: &Place) {
        lock(&self.sockets).remove(&place.in_container());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The way to a socket in a container.
#[derive(Clone, Debug)]
pub(crate) struct PodDial {
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
