//! Why a connection ended or a database cannot be replicated.

use std::time::Duration;

use thiserror::Error;

use crate::rpc::{EnvelopeError, FramingError, RemoteError};
use crate::schema::SchemaError;
use crate::session::leader::Unsuitable;
use crate::update::UpdateError;

/// A database cannot be replicated.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MonitorError {
    /// The server refused it.
    #[error("the server refused the monitor")]
    Refused(#[source] RemoteError),
    /// The server does not hold the database.
    #[error("the server does not hold the database")]
    Unavailable(#[source] RemoteError),
    /// The database's schema cannot be read.
    #[error("the database's schema cannot be read")]
    Schema(#[source] SchemaError),
    /// The server sent what is no table updates.
    #[error("the server's rows cannot be read")]
    Unreadable(#[source] UpdateError),
    /// The server sent other parameters than its protocol says.
    #[error("the server's update has an unknown form")]
    Form(#[source] serde_json::Error),
    /// The request itself has no JSON form.
    #[error("the monitor's conditions cannot be sent")]
    Encode(#[source] serde_json::Error),
}

/// Why a connection ended.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SessionError {
    /// The bytes are no messages.
    #[error("the server's bytes are no messages")]
    Framing(#[from] FramingError),
    /// A message is no JSON-RPC.
    #[error("the server's message is no JSON-RPC")]
    Envelope(#[from] EnvelopeError),
    /// A notification of changed rows has a form that its method does not have. What it said is
    /// lost, so all rows are asked for anew.
    #[error("the server's update has an unknown form")]
    Update(#[from] serde_json::Error),
    /// The server said nothing for two probe intervals.
    #[error("the server has been silent for {0:?}")]
    Silent(Duration),
    /// The server is not one to stay with.
    #[error("the server will not do")]
    Unsuitable(#[from] Unsuitable),
    /// The owner asked for another connection.
    #[error("another connection was asked for")]
    Asked,
}
