//! Failures on the way to a pod, told apart so that each says what to do.

use std::time::Duration;

use kube::Error as ApiError;
use thiserror::Error;

/// Why a pod's database or the cluster cannot be reached.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KubernetesError {
    /// No configuration that can be used.
    #[error("the kubeconfig cannot be used")]
    Config(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Nobody asks: the cluster is read with the rights of whoever asks, never with those of this
    /// program.
    #[error(
        "the cluster is read with the token of whoever asks, and the question came without one"
    )]
    NoCaller,
    /// Who asks is not known to the cluster.
    #[error(
        "the API server does not know who asks (401): the token has expired or is none of this cluster's; log in again, or renew it"
    )]
    Unauthorized,
    /// A right is missing.
    #[error("forbidden: {right}; the API server said: {said}")]
    Forbidden {
        /// Which right is needed.
        right: String,
        /// Its words.
        said: String,
    },
    /// The API server answers with an error.
    #[error("the API server refused ({code}): {said}")]
    Refused {
        /// The HTTP status.
        code: u16,
        /// Its words.
        said: String,
    },
    /// The API server has no time, or is about to end.
    #[error("the API server is busy or restarts ({code}): {said}")]
    Busy {
        /// The HTTP status.
        code: u16,
        /// Its words.
        said: String,
    },
    /// The API server cannot be reached, or broke off.
    #[error("the API server cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No answer came in time.
    #[error("{what} gave no answer within {limit:?}")]
    Slow {
        /// Who was asked.
        what: &'static str,
        /// How long was waited.
        limit: Duration,
    },
    /// The API server has no way to the node.
    #[error("the kubelet of the node cannot be reached: {0}")]
    Kubelet(String),
    /// The pod is gone.
    #[error("the pod is gone: {0}")]
    NoPod(String),
    /// The container is not there or does not run.
    #[error("there is no running container of that name: {0}")]
    NoContainer(String),
    /// The image has nothing that bridges.
    #[error(
        "the container has none of python3, socat and perl, one of which is needed to reach a unix socket"
    )]
    NoBridge,
    /// There is no such socket.
    #[error(
        "there is no socket {0} in the container: the database server does not run, or listens elsewhere"
    )]
    NoSocket(String),
    /// The socket may not be used.
    #[error("the socket {0} may not be used: commands in this container do not run as root")]
    Denied(String),
    /// Nobody listens on the socket.
    #[error("nobody listens on the socket {0}: the database server has ended")]
    NobodyListens(String),
    /// The bridge did not come to stand.
    #[error("the bridge to the socket failed: {0}")]
    Bridge(String),
    /// The output of a program on the node broke off.
    #[error("the output of the program on the node is not complete: {0}")]
    Cut(String),
    /// The pod does not share the node's network.
    #[error("the pod {0} does not share the network of its node")]
    NotOnHost(String),
    /// No container of the pod is privileged and runs.
    #[error("no container of the pod {0} is privileged and runs, which listing the kernel needs")]
    NotPrivileged(String),
    /// The image has nothing that runs programs and proves their output complete.
    #[error(
        "the container {0} has neither python3 nor perl, one of which is needed to run a program and to know that all of its output came"
    )]
    NoRunner(String),
    /// The container does not have the program.
    #[error("the container {container} does not have {program}")]
    NotInstalled {
        /// The program.
        program: String,
        /// The container.
        container: String,
    },
    /// A program on the node gave no answer that can be used.
    #[error("{program} on the node gave no answer: {why}")]
    Run {
        /// The program.
        program: String,
        /// Why.
        why: String,
    },
    /// No debug pod can be made.
    #[error("no debug pod can be made: {what}")]
    DebugPod {
        /// Why, in words.
        what: String,
        /// What the cluster said.
        #[source]
        cause: Box<KubernetesError>,
    },
    /// There is no namespace for debug pods.
    #[error(
        "a debug pod could do it, but the namespace ovnscope-debug {0}: deploy/debug.yaml makes it"
    )]
    DebugNamespace(&'static str),
    /// Rights to make and delete debug pods are missing.
    #[error(
        "a debug pod could do it, but these rights are missing in the namespace ovnscope-debug: {0}; deploy/debug.yaml grants them"
    )]
    DebugRights(String),
    /// Neither a container of OVN-Kubernetes nor a debug pod can do it.
    #[error("{first}, and {second}")]
    Neither {
        /// Why no container can.
        first: Box<KubernetesError>,
        /// Why no debug pod can, in words.
        second: String,
    },
    /// The cluster has no such kind of objects.
    #[error("the cluster has no kind {asked}{near}")]
    NoKind {
        /// What was asked for.
        asked: String,
        /// What is near it, in words.
        near: String,
    },
    /// Objects of this kind are secrets.
    #[error("objects of the kind {0} are secrets, which are never read")]
    SecretKind(String),
    /// A namespace is needed, or there can be none.
    #[error("{0}")]
    Scope(String),
    /// The object is not there.
    #[error("the API server knows no such object: {0}")]
    NoObject(String),
    /// No OVN-Kubernetes was found.
    #[error("no pod of OVN-Kubernetes runs in the namespaces {0}")]
    NoOvn(String),
    /// None of the databases that were asked for could be read.
    #[error("none of the databases asked for could be read: {0}")]
    Nothing(String),
}

impl KubernetesError {
    /// Whether the same question may be answered a moment later.
    pub(super) fn is_busy(&self) -> bool {
        matches!(self, Self::Busy { .. })
    }

    /// What an error of the API client means; `right` is what asking needs.
    pub(super) fn of(error: ApiError, right: impl FnOnce() -> String) -> Self {
        let status = match error {
            ApiError::Api(status) => status,
            // What is inside says it alone.
            ApiError::Service(error) => return Self::Unreachable(error),
            error => return Self::Unreachable(error.into()),
        };
        let said = match status.message.trim() {
            "" => status.reason.clone(),
            message => message.to_owned(),
        };
        let lower = said.to_lowercase();
        match status.code {
            401 => Self::Unauthorized,
            403 => Self::Forbidden {
                right: right(),
                said,
            },
            404 => Self::NoPod(said),
            400 if lower.contains("container") => Self::NoContainer(said),
            _ if lower.contains("dialing backend") => Self::Kubelet(said),
            code @ (429 | 503) => Self::Busy { code, said },
            502 | 504 => Self::Kubelet(said),
            code => Self::Refused { code, said },
        }
    }
}
