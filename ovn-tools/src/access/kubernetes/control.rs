//! Control sockets in pods: the daemons beside a database, over the same bridge.

use std::sync::Arc;
use std::time::Duration;

use ovsdb_client::unixctl::{Unixctl, UnixctlError};
use thiserror::Error;
use tokio::time::timeout;

use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::layout::Place;
use crate::access::kubernetes::session::{PodDial, Session};
use crate::access::kubernetes::warm::Warm;
use crate::command::Daemon;

/// How long a daemon may take to answer, its connection included.
/// **Default and why**: 45 s: the 30 s that a daemon beside has, and the bridge.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(45);

/// A daemon in a pod gave no answer.
#[derive(Debug, Error)]
pub(super) enum ControlError {
    #[error(
        "there is no control socket of {daemon} in the container {container} of the pod {pod}: is it running?"
    )]
    Missing {
        daemon: Daemon,
        container: String,
        pod: String,
    },
    #[error("{daemon} gave no answer within {ANSWER_TIMEOUT:?}")]
    Slow { daemon: Daemon },
    #[error(transparent)]
    Kubernetes(#[from] KubernetesError),
    #[error(transparent)]
    Unixctl(#[from] UnixctlError),
}

/// Asks a daemon that is beside a database in its container.
pub(super) async fn ask(
    session: &Arc<Session>,
    warm: &Arc<Warm>,
    place: &Arc<Place>,
    daemon: Daemon,
    method: &str,
    arguments: &[String],
) -> Result<String, ControlError> {
    let asking = async {
        match try_ask(session, warm, place, daemon, method, arguments).await {
            // What is asked only reads: a daemon that was restarted, or a stream that was lost
            // while it was kept, is asked anew.
            Err(ControlError::Unixctl(UnixctlError::Dial(_) | UnixctlError::Lost(_))) => {
                session.forget_sockets(place);
                try_ask(session, warm, place, daemon, method, arguments).await
            }
            answer => answer,
        }
    };
    let asked = timeout(ANSWER_TIMEOUT, asking).await;
    asked.unwrap_or(Err(ControlError::Slow { daemon }))
}

async fn try_ask(
    session: &Arc<Session>,
    warm: &Arc<Warm>,
    place: &Arc<Place>,
    daemon: Daemon,
    method: &str,
    arguments: &[String],
) -> Result<String, ControlError> {
    let path = socket(session, place, daemon).await?;
    let dial = PodDial {
        session: Arc::clone(session),
        place: Arc::clone(place),
        path,
    };
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut slot = warm.control(&session.key(&dial.to_string())).await;
    if slot.warm.is_some() && !session.may_go_on(&place.namespace).await {
        slot.close();
    }
    // While it is out of its slot a question that is given up takes the stream with it.
    let mut unixctl = match slot.warm.take() {
        Some(unixctl) => unixctl,
        None => {
            slot.close();
            let permit = warm.admit().await;
            let unixctl = Unixctl::connect(&dial).await?;
            if let Some(permit) = permit {
                slot.hold(permit);
            }
            unixctl
        }
    };
    let answer = unixctl.call(method, &arguments).await;
    match &answer {
        Ok(_) | Err(UnixctlError::Refused { .. } | UnixctlError::UnknownCommand(_)) => {
            slot.warm = Some(unixctl);
            slot.touch();
        }
        Err(_) => slot.close(),
    }
    Ok(answer?)
}

/// Where the daemon's control socket is.
async fn socket(
    session: &Arc<Session>,
    place: &Arc<Place>,
    daemon: Daemon,
) -> Result<String, ControlError> {
    if let Some(path) = session.known_socket(place, daemon) {
        return Ok(path);
    }
    let listing = session.control_sockets(place, Some(daemon)).await?;
    let path = listing.of(daemon).map(|socket| socket.path());
    session.remember_sockets(place, listing);
    path.ok_or_else(|| ControlError::Missing {
        daemon,
        container: place.container.clone(),
        pod: place.pod.clone(),
    })
}
