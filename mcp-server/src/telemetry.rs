//! Telemetry: what goes on inside, as lines on standard error.

use std::env;
use std::io;

use thiserror::Error;
use tracing::Level;
use tracing_subscriber::filter::{ParseError, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{Layer, fmt, registry};

/// The environment variable that says what to log: a level, or `target=level` pairs with commas
/// between, such as `info,ovsdb_client=debug`.
pub const LOG_VARIABLE: &str = "OVNSCOPE_LOG";
/// What is logged unless [`LOG_VARIABLE`] says otherwise.
/// **Default and why**: warnings; answers and errors are shown anyway.
pub const DEFAULT_LEVEL: Level = Level::WARN;
/// What is logged of the protocol library unless [`LOG_VARIABLE`] says otherwise.
/// **Default and why**: errors; it warns of each refused request, which its sender is told.
const PROTOCOL_LEVEL: Level = Level::ERROR;

/// Logging cannot start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TelemetryError {
    /// The variable cannot be read.
    #[error("{LOG_VARIABLE} is wrong: write a level such as debug, or info,ovsdb_client=debug")]
    Filter(#[source] ParseError),
    /// Something in this process logs already.
    #[error("cannot log")]
    Taken(#[source] TryInitError),
}

/// Starts to log to standard error, which no protocol uses.
///
/// # Errors
/// [`TelemetryError`] as its variants say.
pub fn start() -> Result<(), TelemetryError> {
    let filter = match env::var(LOG_VARIABLE) {
        Ok(text) if !text.trim().is_empty() => text.parse().map_err(TelemetryError::Filter)?,
        _ => Targets::new()
            .with_default(DEFAULT_LEVEL)
            .with_target("rmcp", PROTOCOL_LEVEL),
    };
    let lines = fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(false)
        .with_filter(filter);
    registry()
        .with(lines)
        .try_init()
        .map_err(TelemetryError::Taken)
}
