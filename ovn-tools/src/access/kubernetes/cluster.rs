//! A cluster as a source: its name, and the session with it that is kept from one question to the
//! next.

use std::fmt;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use crate::access::kubernetes::connector::{Chosen, connect};
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::session::Session;
use crate::access::kubernetes::warm::{IDLE, Warm};

/// How many streams there are at most, and how many sockets are asked at once.
/// **Default and why**: 128, so that a hundred nodes answer at once; a stream takes 0.8 MB in the
/// API server, which others use too, and opening a hundred took it a second.
const MAX_STREAMS: NonZero<usize> = NonZero::new(128).expect("not zero");

/// An OVN-Kubernetes cluster, as one identity may see it. Clones share the session and its warm
/// streams, and two are equal when they name the same context of the same kubeconfig.
///
/// The streams are closed with the last clone.
#[derive(Clone)]
pub struct Cluster {
    chosen: Chosen,
    streams: NonZero<usize>,
    idle: Duration,
    /// Whether many questions are to come, so that each brings all rows for those after it.
    is_for_many: bool,
    kept: Arc<Mutex<Option<Kept>>>,
}

/// What is kept from one question to the next.
#[derive(Clone)]
struct Kept {
    session: Arc<Session>,
    warm: Arc<Warm>,
}

impl Default for Cluster {
    fn default() -> Self {
        Self {
            chosen: Chosen::default(),
            streams: MAX_STREAMS,
            idle: IDLE,
            is_for_many: false,
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
    pub(super) fn is_for_many(&self) -> bool {
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

    /// The session, where a question was asked.
    pub(super) async fn open_session(&self) -> Option<Arc<Session>> {
        let kept = self.kept.lock().await;
        Some(Arc::clone(&kept.as_ref()?.session))
    }

    /// The session, made at the first question. No API server is asked for that.
    pub(super) async fn session(&self) -> Result<Arc<Session>, KubernetesError> {
        Ok(self.kept().await?.session)
    }

    /// The warm streams.
    pub(super) async fn warm(&self) -> Result<Arc<Warm>, KubernetesError> {
        Ok(self.kept().await?.warm)
    }

    /// How many streams there are at most.
    pub(super) fn most_streams(&self) -> usize {
        self.streams.get()
    }

    async fn kept(&self) -> Result<Kept, KubernetesError> {
        let mut kept = self.kept.lock().await;
        if let Some(kept) = &*kept {
            return Ok(kept.clone());
        }
        let client = connect(self.chosen.clone()).await?;
        let new = Kept {
            session: Arc::new(Session::new(client, self.to_string())),
            warm: Warm::new(self.streams.get(), self.idle),
        };
        *kept = Some(new.clone());
        Ok(new)
    }
}

impl PartialEq for Cluster {
    fn eq(&self, other: &Self) -> bool {
        self.chosen == other.chosen
    }
}

impl Eq for Cluster {}

impl fmt::Debug for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cluster").field(&self.chosen).finish()
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
