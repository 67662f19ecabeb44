//! A cluster as a source: its name, and the session with it that is kept from one question to the
//! next.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::access::kubernetes::connector::{Chosen, connect};
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::session::Session;

/// An OVN-Kubernetes cluster. Clones share the session, and two are equal when they name the same
/// context of the same kubeconfig.
#[derive(Clone, Default)]
pub struct Cluster {
    chosen: Chosen,
    session: Arc<Mutex<Option<Arc<Session>>>>,
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
            session: Arc::default(),
        }
    }

    /// With this kubeconfig instead of that of the usual places.
    #[must_use]
    pub fn kubeconfig(mut self, path: impl Into<PathBuf>) -> Self {
        self.chosen.kubeconfig = Some(path.into());
        self.session = Arc::default();
        self
    }

    /// The session, where a question was asked.
    pub(super) async fn open_session(&self) -> Option<Arc<Session>> {
        self.session.lock().await.clone()
    }

    /// The session, made at the first question. No API server is asked for that.
    pub(super) async fn session(&self) -> Result<Arc<Session>, KubernetesError> {
        let mut kept = self.session.lock().await;
        if let Some(session) = &*kept {
            return Ok(Arc::clone(session));
        }
        let client = connect(self.chosen.clone()).await?;
        let session = Arc::new(Session::new(client, self.to_string()));
        *kept = Some(Arc::clone(&session));
        Ok(session)
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
