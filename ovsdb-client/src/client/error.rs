//! Why a client's request failed.

use std::sync::Arc;

use thiserror::Error;

use crate::connection::Lost;
use crate::operation::{OutcomeError, TransactError};
use crate::rpc::RemoteError;
use crate::schema::SchemaError;
use crate::session::MonitorError;

/// A request failed.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum ClientError {
    /// There is no connection, or it was lost before the answer came. Asking again is safe.
    #[error("there is no connection to the server")]
    Lost(#[source] Lost),
    /// The connection, or the server's hold of the database, was lost while a transaction that may
    /// change something was under way: whether it was carried out is not known, and sending it
    /// again could do it twice.
    #[error("the transaction's outcome is unknown")]
    InDoubt(#[source] Lost),
    /// The server answered with an error.
    #[error("the server refused the request")]
    Remote(#[source] RemoteError),
    /// The server carried nothing of the transaction out.
    #[error("the transaction was refused")]
    Transact(#[from] TransactError),
    /// The database cannot be replicated.
    #[error("the database cannot be replicated")]
    Monitor(#[source] Arc<MonitorError>),
    /// The server's answer has an unknown form.
    #[error("the server's answer cannot be read")]
    Answer(#[source] Arc<dyn std::error::Error + Send + Sync>),
    /// The request has no JSON form; nothing was sent.
    #[error("the request cannot be sent")]
    Encode(#[source] Arc<serde_json::Error>),
}

impl From<OutcomeError> for ClientError {
    fn from(error: OutcomeError) -> Self {
        Self::Answer(Arc::new(error))
    }
}

impl From<SchemaError> for ClientError {
    fn from(error: SchemaError) -> Self {
        Self::Answer(Arc::new(error))
    }
}
