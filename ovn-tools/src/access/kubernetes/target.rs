//! Targets: what a stream into a pod leads to.

use std::fmt;

/// What a stream into a pod leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A unix socket in a container.
    Socket(String),
    /// A TCP port of the pod.
    Port(Port),
}

/// A TCP port of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Port {
    /// Not 0.
    pub(super) number: u16,
    /// Whether TLS is spoken there.
    pub(super) is_secure: bool,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Socket(path) => f.write_str(path),
            Self::Port(port) => port.fmt(f),
        }
    }
}

impl fmt::Display for Port {
    /// `tcp:6641`, or `ssl:6641`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_secure { "ssl" } else { "tcp" };
        write!(f, "{scheme}:{}", self.number)
    }
}
