//! Runs a tool on sources.

use thiserror::Error;

use crate::access::{self, AccessError, Source};
use crate::report::ToolError;
use crate::tool::Tool;

/// A tool gave no answer.
#[derive(Debug, Error)]
pub enum RunError {
    /// The question makes no sense, here or at all.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// A source cannot be read.
    #[error(transparent)]
    Access(#[from] AccessError),
}

/// Reads what the tool needs, asks what it plans to, and lets it conclude.
///
/// # Errors
/// [`RunError`] as its variants say.
///
/// # Cancel safety
/// Dropping the future closes the connections it opened; nothing stays behind.
pub async fn run<T: Tool>(sources: &[Source], params: &T::Params) -> Result<T::Report, RunError> {
    let needs = T::needs(params)?;
    let mut snapshot = access::read(sources, &needs).await?;
    let requests = T::plan(params, &snapshot)?;
    access::perform(requests, &mut snapshot).await;
    Ok(T::conclude(params, &snapshot)?)
}
