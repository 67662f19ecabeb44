//! Runs a tool on sources.

use std::sync::Arc;

use thiserror::Error;

use crate::access::bundle::{Progress, Silent};
use crate::access::{self, AccessError, Source};
use crate::report::ToolError;
use crate::tool::Tool;

/// How often a tool may want further commands because of the answers to earlier ones.
/// **Default and why**: 8; a packet is traced through a few zones at most, one after the other.
const MAX_ROUNDS: usize = 8;

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
    let silent: Arc<dyn Progress> = Arc::new(Silent);
    run_telling::<T>(sources, params, &silent).await
}

/// Does as [`run`] and tells how far the reading has come.
///
/// # Errors
/// [`RunError`] as its variants say.
///
/// # Cancel safety
/// As that of [`run`].
pub async fn run_telling<T: Tool>(
    sources: &[Source],
    params: &T::Params,
    progress: &Arc<dyn Progress>,
) -> Result<T::Report, RunError> {
    let needs = T::needs(params)?;
    // What reads is as large as all kinds of sources together, and callers have it in their own
    // state, which stands on the stack of whoever polls them.
    let mut snapshot = Box::pin(access::read_telling(sources, &needs, progress)).await?;
    let mut asked = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let mut requests = T::plan(params, &snapshot)?;
        requests.retain(|request| !asked.contains(request));
        if requests.is_empty() {
            break;
        }
        asked.extend_from_slice(&requests);
        Box::pin(access::perform(sources, requests, &mut snapshot)).await;
    }
    Ok(T::conclude(params, &snapshot)?)
}
