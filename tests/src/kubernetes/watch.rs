//! Watches: changes as they happen, line by line.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::StatusCode;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::kubernetes::kind::Kind;
use crate::kubernetes::reply::{Reply, status, streaming};
use crate::kubernetes::selector::Selector;
use crate::kubernetes::state::State;

/// How long a watch lasts when its caller names no time.
const DEFAULT_TIME: Duration = Duration::from_secs(300);
/// How often changes are looked for.
const LOOK: Duration = Duration::from_millis(10);
/// How many lines wait to be sent.
const WAITING: usize = 16;

/// What is watched.
pub(super) struct Watch {
    pub(super) kind: Kind,
    pub(super) namespace: Option<String>,
    pub(super) labels: Selector,
    pub(super) fields: Selector,
    /// After which version; `None` for what is there now and what comes.
    pub(super) after: Option<usize>,
    pub(super) time: Option<Duration>,
}

impl Watch {
    fn concerns(&self, kind: Kind, object: &Value) -> bool {
        kind == self.kind
            && self
                .namespace
                .as_ref()
                .is_none_or(|namespace| object["metadata"]["namespace"] == namespace.as_str())
            && self.labels.fits_labels(object)
            && self.fields.fits_fields(object)
    }
}

/// Answers a watch.
pub(super) fn watch(state: Arc<State>, watch: Watch) -> Reply {
    let (lines, mut told) = mpsc::channel(WAITING);
    tokio::spawn(async move { tell(&state, &watch, &lines).await });
    let frames = stream::poll_fn(move |context| {
        told.poll_recv(context).map(|line| {
            line.map(|line: String| Ok::<_, Infallible>(Frame::data(Bytes::from(line))))
        })
    });
    streaming(StreamBody::new(frames).boxed_unsync())
}

/// Tells changes until the time is over or nobody listens.
async fn tell(state: &State, watch: &Watch, lines: &mpsc::Sender<String>) -> Option<()> {
    let end = tokio::time::Instant::now() + watch.time.unwrap_or(DEFAULT_TIME);
    let mut version = match watch.after {
        Some(version) if version > state.version() => {
            let message = format!("too old resource version: {version} ({})", state.version());
            let gone = status(StatusCode::GONE, "Expired", &message);
            return lines.send(line("ERROR", &gone)).await.ok();
        }
        Some(version) => version,
        None => {
            let version = state.version();
            for object in state.objects(watch.kind, watch.namespace.as_deref()) {
                if watch.concerns(watch.kind, &object) {
                    lines.send(line("ADDED", &object)).await.ok()?;
                }
            }
            version
        }
    };
    while tokio::time::Instant::now() < end && !lines.is_closed() {
        let (changes, now) = state.changes_after(version);
        version = now;
        for change in changes {
            if watch.concerns(change.kind, &change.object) {
                lines.send(line(change.what, &change.object)).await.ok()?;
            }
        }
        tokio::time::sleep(LOOK).await;
    }
    Some(())
}

fn line(what: &str, object: &Value) -> String {
    format!("{}\n", json!({"type": what, "object": object}))
}
