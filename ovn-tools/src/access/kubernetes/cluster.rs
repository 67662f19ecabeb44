//! A cluster as a source: its name, and the session with it that is kept from one question to the
//! next.

use std::collections::HashMap;
use std::fmt;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::access::bearer::{Bearer, Identity};
use crate::access::kubernetes::connector::{Chosen, ClientOf, connect, connect_callers};
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::pod_database::PodDatabase;
use crate::access::kubernetes::session::{Session, Settings};
use crate::access::kubernetes::warm::{IDLE, Warm};
use crate::access::tls_files::TlsFiles;

/// How many streams there are at most, and how many sockets are asked at once.
/// **Default and why**: 128, so that a hundred nodes answer at once; a stream takes 0.8 MB in the
/// API server, which others use too, and opening a hundred took it a second.
const MAX_STREAMS: NonZero<usize> = NonZero::new(128).expect("not zero");

/// How many callers' sessions are kept.
/// **Default and why**: 256; each remembers some kilobytes of where things are, and the one that
/// asked longest ago begins anew.
const MAX_CALLERS: usize = 256;

/// How long the session of a caller is kept who does not ask.
/// **Default and why**: 15 minutes, as long as the longest-lived thing that it made, a debug pod.
const CALLER_IDLE: Duration = Duration::from_secs(15 * 60);

/// An OVN-Kubernetes cluster, as one identity may see it. Clones share the sessions and warm
/// streams, and two are equal when they name the same context of the same kubeconfig and are asked
/// by the same.
///
/// The streams are closed with the last clone.
#[derive(Clone)]
pub struct Cluster {
    chosen: Chosen,
    asker: Asker,
    streams: NonZero<usize>,
    idle: Duration,
    /// Whether many questions are to come, so that each brings all rows for those after it.
    is_for_many: bool,
    databases: Arc<[PodDatabase]>,
    tls: Option<TlsFiles>,
    kept: Arc<Mutex<Kept>>,
}

/// With whose rights a cluster is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Asker {
    /// With those of the kubeconfig, or of the pod that this runs in.
    #[default]
    Program,
    /// With nobody's: each caller has to bring a token.
    Nobody,
    /// With those of a caller.
    Caller(Bearer),
}

/// What is kept from one question to the next.
#[derive(Default)]
struct Kept {
    own: Option<Arc<Session>>,
    client_of: Option<ClientOf>,
    callers: HashMap<Identity, Caller>,
    warm: Option<Arc<Warm>>,
}

/// A caller who asked.
struct Caller {
    session: Arc<Session>,
    asked: Instant,
}

impl Default for Cluster {
    fn default() -> Self {
        Self {
            chosen: Chosen::default(),
            asker: Asker::default(),
            streams: MAX_STREAMS,
            idle: IDLE,
            is_for_many: false,
            databases: Arc::default(),
            tls: None,
            kept: Arc::default(),
        }
    }
}

impl Cluster {
    /// The cluster of the kubeconfig's current context, or else the one in which the program runs.
    pub fn current() -> Self {
        Self::default()
    }

    /// The cluster of a context of the kubeconfig.
    pub fn of_context(context: impl Into<String>) -> Self {
        Self {
            chosen: Chosen {
                context: Some(context.into()),
                kubeconfig: None,
            },
            ..Self::default()
        }
    }

    /// With this kubeconfig instead of that of the usual places.
    #[must_use]
    pub fn kubeconfig(mut self, path: impl Into<PathBuf>) -> Self {
        self.chosen.kubeconfig = Some(path.into());
        self.kept = Arc::default();
        self
    }

    /// For many questions: what one reads is there for the next.
    #[must_use]
    pub(crate) fn for_many(mut self) -> Self {
        self.is_for_many = true;
        self
    }

    /// Whether many questions are to come.
    pub(crate) fn is_for_many(&self) -> bool {
        self.is_for_many
    }

    /// With at most so many streams at a time.
    ///
    /// **Default and why**: 128, so that a hundred nodes answer at once; a stream takes 0.8 MB in
    /// the API server.
    #[must_use]
    pub fn streams(mut self, streams: NonZero<usize>) -> Self {
        self.streams = streams;
        self.kept = Arc::default();
        self
    }

    /// With streams that are kept for so long without a question.
    ///
    /// **Default and why**: 2 minutes; questions that follow each other come within that, and a
    /// bridge takes some 10 MB in its pod.
    #[must_use]
    pub fn idle(mut self, idle: Duration) -> Self {
        self.idle = idle;
        self.kept = Arc::default();
        self
    }

    /// With databases in pods that are named by where they are, besides those that are found.
    #[must_use]
    pub fn databases(mut self, databases: &[PodDatabase]) -> Self {
        self.databases = databases.into();
        self.kept = Arc::default();
        self
    }

    /// Whether a database that was named speaks TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.databases.iter().any(PodDatabase::is_secure)
    }

    /// Whether nobody has said yet what ports that speak TLS need, and there are some.
    pub(crate) fn needs_tls(&self) -> bool {
        self.is_secure() && self.tls.is_none()
    }

    /// With what ports that speak TLS need.
    #[must_use]
    pub(crate) fn tls(mut self, files: &TlsFiles) -> Self {
        self.tls = Some(files.clone());
        self.kept = Arc::default();
        self
    }

    /// The same cluster, to be asked by callers alone, each with their own rights: without one of
    /// them ([`Self::asked_by`]) every question is refused.
    #[must_use]
    pub(crate) fn for_callers(mut self) -> Self {
        self.asker = Asker::Nobody;
        // The certificate would be this program's, whoever asks.
        self.tls = None;
        self.kept = Arc::default();
        self
    }

    /// The same cluster as one caller may see it. All callers share one connector and one bound of
    /// streams, and nothing that was read.
    #[must_use]
    pub(crate) fn asked_by(&self, bearer: &Bearer) -> Self {
        Self {
            asker: Asker::Caller(bearer.clone()),
            ..self.clone()
        }
    }

    /// The sessions in which questions were asked.
    pub(super) async fn open_sessions(&self) -> Vec<Arc<Session>> {
        let kept = self.kept.lock().await;
        let callers = kept.callers.values().map(|caller| &caller.session);
        kept.own.iter().chain(callers).cloned().collect()
    }

    /// The session of whoever asks, made at their first question. No API server is asked for that.
    pub(super) async fn session(&self) -> Result<Arc<Session>, KubernetesError> {
        let mut kept = self.kept.lock().await;
        match &self.asker {
            Asker::Nobody => Err(KubernetesError::NoCaller),
            Asker::Program => {
                if let Some(session) = &kept.own {
                    return Ok(Arc::clone(session));
                }
                let client = connect(self.chosen.clone()).await?;
                let session = Arc::new(Session::new(client, None, self.settings()));
                kept.own = Some(Arc::clone(&session));
                Ok(session)
            }
            Asker::Caller(bearer) => {
                let client_of = match &kept.client_of {
                    Some(client_of) => Arc::clone(client_of),
                    None => {
                        let made = connect_callers(self.chosen.clone()).await?;
                        Arc::clone(kept.client_of.insert(made))
                    }
                };
                kept.session_of(bearer, &client_of, self)
            }
        }
    }

    /// The warm streams.
    pub(super) async fn warm(&self) -> Arc<Warm> {
        let mut kept = self.kept.lock().await;
        let new = || Warm::new(self.streams.get(), self.idle);
        Arc::clone(kept.warm.get_or_insert_with(new))
    }

    fn settings(&self) -> Settings {
        Settings {
            source: self.to_string(),
            databases: Arc::clone(&self.databases),
            tls: self.tls.clone(),
        }
    }

    /// How many streams there are at most.
    pub(super) fn most_streams(&self) -> usize {
        self.streams.get()
    }
}

impl Kept {
    /// The session of a caller: the one that is kept, or a new one.
    fn session_of(
        &mut self,
        bearer: &Bearer,
        client_of: &ClientOf,
        cluster: &Cluster,
    ) -> Result<Arc<Session>, KubernetesError> {
        let now = Instant::now();
        self.callers
            .retain(|_, caller| now.duration_since(caller.asked) < CALLER_IDLE);
        let identity = bearer.identity();
        if let Some(caller) = self.callers.get_mut(&identity) {
            caller.asked = now;
            return Ok(Arc::clone(&caller.session));
        }
        if self.callers.len() >= MAX_CALLERS {
            let oldest = self.callers.iter().min_by_key(|(_, caller)| caller.asked);
            if let Some(oldest) = oldest.map(|(identity, _)| *identity) {
                self.callers.remove(&oldest);
            }
        }
        tracing::info!(%identity, %cluster, "a caller asks");
        let client = client_of(bearer)?;
        let session = Arc::new(Session::new(client, Some(identity), cluster.settings()));
        let caller = Caller {
            session: Arc::clone(&session),
            asked: now,
        };
        self.callers.insert(identity, caller);
        Ok(session)
    }
}

impl PartialEq for Cluster {
    fn eq(&self, other: &Self) -> bool {
        self.chosen == other.chosen
            && self.asker == other.asker
            && self.databases == other.databases
            && self.tls == other.tls
    }
}

impl Eq for Cluster {}

impl fmt::Debug for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cluster")
            .field(&self.chosen)
            .field(&self.asker)
            .finish()
    }
}

impl fmt::Display for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.chosen.context {
            None => f.write_str("kube"),
            Some(context) => write!(f, "kube:{context}"),
        }
    }
}
