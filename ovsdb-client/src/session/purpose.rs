//! Purposes: what each pending request was for.

use crate::session::event::{CallId, MonitorId};

/// What a request was for.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    Call(CallId),
    /// An echo sent after a cancellation: its reply says that the cancelled call gets none.
    Cancelled(CallId),
    Lock(Box<str>),
    Unlock,
    Probe,
    Aware,
    ServerSchema,
    ServerMonitor,
    Schema(MonitorId),
    Monitor(MonitorId),
    Conditions(MonitorId),
    CancelMonitor,
}

impl Purpose {
    /// Whether the reply holds rows, of which there may be many.
    pub(super) fn is_for_rows(&self) -> bool {
        matches!(self, Self::Monitor(_) | Self::Conditions(_))
    }
}
