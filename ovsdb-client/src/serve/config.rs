//! Configuration: how a server behaves, and why it closes a connection.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;

use crate::rpc::FramingError;
use crate::serve::fault::Fault;
use crate::serve::message::Malformed;

/// The greatest request, in bytes.
/// **Default and why**: 16 MiB; a real server has no limit, but nothing that only reads comes near
/// this, and a stream that never ends its message must not fill the memory.
pub const MAX_REQUEST: usize = 16 * 1024 * 1024;

/// Makes the [`Fault`] of each connection.
pub type Faults = Arc<dyn Fn() -> Box<dyn Fault> + Send + Sync>;

/// How a server behaves.
#[derive(Clone, Default)]
pub struct ServeConfig {
    /// After how long a silence a client is asked for a sign of life, and after how long again the
    /// connection is closed; `None` never asks.
    /// **Default and why**: `None`, as on a real server's unix sockets; on TCP it has 5 s.
    pub probe: Option<Duration>,
    /// Whether `monitor_cond` and `monitor_cond_since` are unknown methods, as on a server before
    /// OVS 2.6.
    pub plain_monitors_only: bool,
    /// What misbehaves on purpose; `None` for an honest server.
    pub faults: Option<Faults>,
}

impl fmt::Debug for ServeConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServeConfig")
            .field("probe", &self.probe)
            .field("plain_monitors_only", &self.plain_monitors_only)
            .field("faults", &self.faults.is_some())
            .finish()
    }
}

/// Why a server closes a connection.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CloseReason {
    /// The bytes are no messages.
    #[error("the client's bytes are no messages")]
    Framing(#[from] FramingError),
    /// A message is none that a server reads.
    #[error("the client's message cannot be read")]
    Malformed(#[from] Malformed),
    /// A message is greater than [`MAX_REQUEST`].
    #[error("the client's message is greater than {MAX_REQUEST} bytes")]
    TooGreat,
    /// The client said nothing for two probe intervals.
    #[error("the client has been silent for {0:?}")]
    Silent(Duration),
    /// A fault asked for it.
    #[error("the connection is closed on purpose")]
    Fault,
}
