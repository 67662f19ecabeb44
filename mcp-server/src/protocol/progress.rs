//! Progress as the protocol tells it, to those who ask for it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ovn_tools::access::bundle::{Progress, Silent, Stage};
use rmcp::model::{ProgressNotificationParam, ProgressToken};
use rmcp::service::{RequestContext, RoleServer};
use tokio::sync::watch;
use tokio::time;

use crate::stage;

/// How often a client is told how far its request has come.
/// **Default and why**: each second; quicker ones are answered before there is anything to tell,
/// and clients take a sign of life to wait longer.
const TELL_EVERY: Duration = Duration::from_secs(1);

/// Keeps what was reached last.
struct Kept {
    words: watch::Sender<String>,
}

impl Progress for Kept {
    fn reached(&self, stage: Stage<'_>) {
        if let Some(words) = stage::words(stage) {
            self.words.send_replace(words);
        }
    }
}

/// Does the work of a request; a client that gave a token for it is told each second how long it
/// takes and what is being done.
///
/// # Cancel safety
/// Dropping the future drops the work.
pub(super) async fn telling<T, F>(
    context: &RequestContext<RoleServer>,
    work: impl FnOnce(Arc<dyn Progress>) -> F,
) -> T
where
    F: Future<Output = T>,
{
    let Some(token) = context.meta.get_progress_token() else {
        return work(Arc::new(Silent)).await;
    };
    let words = watch::Sender::new("working".to_owned());
    let kept = Arc::new(Kept {
        words: words.clone(),
    });
    tokio::select! {
        biased;
        done = work(kept) => done,
        never = tell(context, token, &words) => match never {},
    }
}

async fn tell(
    context: &RequestContext<RoleServer>,
    token: ProgressToken,
    words: &watch::Sender<String>,
) -> Infallible {
    let started = Instant::now();
    loop {
        time::sleep(TELL_EVERY).await;
        // Nobody knows beforehand how much there is to do; the seconds only ever grow.
        let progress = started.elapsed().as_secs_f64();
        let words = words.borrow().clone();
        let told = ProgressNotificationParam::new(token.clone(), progress).with_message(words);
        if let Err(error) = context.peer.notify_progress(told).await {
            tracing::debug!(%error, "nobody is told of progress");
        }
    }
}
