//! Runs a tool on sources.

use std::collections::BTreeSet;
use std::sync::Arc;

use thiserror::Error;

use crate::access::bundle::{Progress, Silent};
use crate::access::{self, AccessError, Source};
use crate::objects::ObjectQuestion;
use crate::report::ToolError;
use crate::tool::Tool;

/// How often a tool may want further commands, or objects, because of the answers to earlier ones.
/// **Default and why**: 8; a packet is traced through a few zones at most, one after the other, and
/// one object leads to the next over two or three others.
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
    let mut known: BTreeSet<ObjectQuestion> = needs.object_questions().cloned().collect();
    for _ in 0..MAX_ROUNDS {
        for _ in 0..MAX_ROUNDS {
            let mut questions = T::objects(params, &snapshot);
            questions.retain(|question| known.insert(question.clone()));
            if questions.is_empty() {
                break;
            }
            Box::pin(access::ask_objects(sources, questions, &mut snapshot)).await;
        }
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
