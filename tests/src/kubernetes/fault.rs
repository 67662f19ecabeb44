//! What a cluster can do wrong.

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
    /// The API server is older than 1.30: it has version 4 of the channels only.
    pub only_version_4: bool,
    /// The API server takes requests and never answers those for these nodes; with an empty name,
    /// none at all.
    pub silent: Vec<String>,
    /// The API server has no way to the kubelets of these nodes.
    pub unreachable_nodes: Vec<String>,
    /// Commands are begun, and nothing comes of them.
    pub stuck_commands: bool,
    /// After so many bytes of output a kubelet dies, which the API server tells as a success.
    pub kubelet_dies_after: Option<usize>,
    /// After so many bytes of output the API server dies: the connection breaks.
    pub server_dies_after: Option<usize>,
    /// After so many bytes of output the command is killed.
    pub command_dies_after: Option<usize>,
    /// The API server sends what is none of the protocol.
    pub nonsense: bool,
    /// How many objects a page has at most; 0 for as many as are asked for.
    pub page: usize,
}
