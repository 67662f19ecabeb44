//! Notifications: what a server says of a monitor without being asked.

use serde_json::value::RawValue;
use uuid::Uuid;

use crate::session::replication::{Replication, Step, Updates};
use crate::update::{Format, Update, UpdateError};
use crate::value::parse_uuid;

/// A notification about a monitor.
pub(crate) enum Notification<'m> {
    Update(Format, Option<Uuid>, Updates<'m>),
    Canceled,
}

impl<'m> Notification<'m> {
    /// The monitor's identifier on the wire and what is said of it; `None` for a notification of
    /// another kind. `updates` are those that were read before the message was whole.
    pub(crate) fn decode(
        method: &str,
        params: &'m RawValue,
        updates: Option<Result<Update, UpdateError>>,
    ) -> Result<Option<(u64, Self)>, serde_json::Error> {
        let text = params.get();
        Ok(Some(match method {
            "update" | "update2" => {
                let (wire, text): (u64, &RawValue) = serde_json::from_str(text)?;
                let format = if method == "update" {
                    Format::Old
                } else {
                    Format::Differences
                };
                (
                    wire,
                    Self::Update(format, None, Updates::new(updates, text.get())),
                )
            }
            "update3" => {
                let (wire, last, text): (u64, &str, &RawValue) = serde_json::from_str(text)?;
                let last = parse_uuid(last);
                let updates = Updates::new(updates, text.get());
                (wire, Self::Update(Format::Differences, last, updates))
            }
            "monitor_canceled" => {
                let (wire,) = serde_json::from_str(text)?;
                (wire, Self::Canceled)
            }
            _ => return Ok(None),
        }))
    }

    /// Lets it act on the monitor it is about.
    pub(crate) fn apply(self, replication: &mut Replication) -> Step {
        match self {
            Self::Update(format, last, updates) => replication.handle_update(format, last, updates),
            Self::Canceled => {
                replication.reset();
                Step::Quiet
            }
        }
    }
}
