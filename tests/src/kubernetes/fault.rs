//! What a cluster can do wrong.

use std::time::Duration;

/// A right that somebody lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// Who; everybody for `None`.
    pub user: Option<String>,
    /// The verb, such as `list`.
    pub verb: String,
    /// The resource with its subresource, such as `pods/exec`.
    pub resource: String,
    /// In which namespace; everywhere for `None`.
    pub namespace: Option<String>,
}

impl Denied {
    /// A right that nobody has anywhere.
    pub fn everywhere(verb: &str, resource: &str) -> Self {
        Self {
            user: None,
            verb: verb.to_owned(),
            resource: resource.to_owned(),
            namespace: None,
        }
    }
}

/// Which faults a cluster has; by default none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// The API server does not know who asks.
    pub unauthorized: bool,
    /// Pods may not be listed.
    pub forbid_pods: bool,
    /// Nodes may not be listed.
    pub forbid_nodes: bool,
    /// The verb `get` on `pods/exec` is missing.
    pub forbid_exec_get: bool,
    /// The verb `create` on `pods/exec` is missing; the refusal has no reason.
    pub forbid_exec_create: bool,
    /// Any other rights that are missing.
    pub denied: Vec<Denied>,
    /// The API groups that the server does not have.
    pub absent_groups: Vec<String>,
    /// The API server takes requests for lists of these resources and never answers them.
    pub silent_lists: Vec<String>,
    /// The API server is older than 1.30: it has version 4 of the channels only.
    pub only_version_4: bool,
    /// The API server takes requests and never answers those for these nodes; with an empty name,
    /// none at all.
    pub silent: Vec<String>,
    /// The API server takes so long before it answers a request to run a command.
    pub slow_exec: Option<Duration>,
    /// The API server has no way to the kubelets of these nodes.
    pub unreachable_nodes: Vec<String>,
    /// So many of the next requests are refused because the server is busy (429).
    pub busy: usize,
    /// So many of the next requests are refused because the server is about to end (503).
    pub unavailable: usize,
    /// Commands are begun, and nothing comes of them.
    pub stuck_commands: bool,
    /// After so many bytes of output a kubelet dies, which the API server tells as a success.
    pub kubelet_dies_after: Option<usize>,
    /// After so many bytes of output the API server dies: the connection breaks.
    pub server_dies_after: Option<usize>,
    /// After so many bytes of output the command is killed.
    pub command_dies_after: Option<usize>,
    /// After so many bytes of output the stream freezes: the connection stays, and nothing comes
    /// any more, as when the pod is removed (kubernetes#129144) or a load balancer forgot it.
    pub freezes_after: Option<usize>,
    /// Streams are closed after this time without data (a kubelet's
    /// `streamingConnectionIdleTimeout`, a load balancer's limit).
    pub idle_limit: Option<Duration>,
    /// Commands write so many bytes on standard error before anything else.
    pub chatter: usize,
    /// The API server sends what is none of the protocol.
    pub nonsense: bool,
    /// How many objects a page has at most; 0 for as many as are asked for.
    pub page: usize,
    /// Lists end in the middle: the next page has expired (410).
    pub pages_expire: bool,
    /// Pods that are created never start.
    pub pods_stay_pending: bool,
}
