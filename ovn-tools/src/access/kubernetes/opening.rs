//! Opening: commands in containers, and byte streams to sockets over them.

use std::io;
use std::time::Duration;

use kube::core::Request;
use kube::core::subresource::AttachParams;
use ovsdb_client::dial::Stream;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::time::timeout;

use crate::access::kubernetes::bridge::{Bridge, Collapse};
use crate::access::kubernetes::channel::Version;
use crate::access::kubernetes::conversation::Conversation;
use crate::access::kubernetes::exec_stream::ExecStream;
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::layout::Place;
use crate::access::kubernetes::listing::{Listing, RUN_DIRECTORIES};
use crate::access::kubernetes::patience::patiently;
use crate::access::kubernetes::session::Session;
use crate::command::Daemon;

/// How long one bridge may take from its start until it is connected.
/// **Default and why**: 10 s; it takes some 50 ms, on a node under load a second or two.
const BRIDGE_TIMEOUT: Duration = Duration::from_secs(10);

/// The most that is read of a listing, in bytes.
/// **Default and why**: 64 KiB, some thousand sockets; a node has ten.
const MAX_LISTING: u64 = 64 * 1024;

impl Session {
    /// A byte stream to a socket in a container, by the first bridge that is there.
    pub(super) async fn bridge(
        &self,
        place: &Place,
        path: &str,
    ) -> Result<Box<dyn Stream>, KubernetesError> {
        for bridge in self.bridges_of(&place.image) {
            let started = timeout(BRIDGE_TIMEOUT, self.start(place, path, bridge));
            match started.await {
                Ok(Ok(Ok(stream))) => {
                    self.remember_bridge(&place.image, bridge);
                    return Ok(stream);
                }
                Ok(Ok(Err(Collapse::NoProgram))) => {}
                Ok(Ok(Err(collapse))) => return Err(explain(collapse, place, path)),
                Ok(Err(error)) => return Err(error),
                Err(_) => {
                    return Err(KubernetesError::Slow {
                        what: "the bridge in the pod",
                        limit: BRIDGE_TIMEOUT,
                    });
                }
            }
        }
        Err(KubernetesError::NoBridge)
    }

    async fn start(
        &self,
        place: &Place,
        path: &str,
        bridge: Bridge,
    ) -> Result<Result<Box<dyn Stream>, Collapse>, KubernetesError> {
        let command = match bridge.command(path) {
            Ok(command) => command,
            Err(error) => return Err(KubernetesError::Bridge(error.to_string())),
        };
        let mut stream = self.open(place.container(), command).await?;
        let broken = |error: io::Error| KubernetesError::Bridge(error.to_string());
        if stream
            .wait_until_ready(|complaints| bridge.is_ready(complaints))
            .await
            .map_err(broken)?
        {
            return Ok(Ok(Box::new(stream)));
        }
        let (ending, complaints) = stream.ending();
        Ok(Err(bridge.collapse(ending.as_ref(), &complaints)))
    }

    /// The streams of a command in a container, which is given by namespace, pod and name.
    pub(super) async fn open(
        &self,
        (namespace, pod, container): (&str, &str, &str),
        command: Vec<String>,
    ) -> Result<ExecStream<impl AsyncRead + AsyncWrite + Send + Unpin + 'static>, KubernetesError>
    {
        let params = AttachParams::default()
            .container(container)
            .stdin(true)
            .stdout(true)
            .stderr(true);
        let right = || {
            format!("the verbs get and create on pods/exec are needed in the namespace {namespace}")
        };
        let connection = patiently(|| async {
            let request = Request::new(format!("/api/v1/namespaces/{namespace}/pods"))
                .exec(pod, command.clone(), &params)
                .map_err(|error| KubernetesError::Unreachable(error.into()))?;
            let connecting = self.client().connect(request).await;
            connecting.map_err(|error| KubernetesError::of(error, right))
        })
        .await?;
        let version = if connection.supports_stream_close() {
            Version::V5
        } else {
            Version::V4
        };
        Ok(ExecStream::new(
            connection.into_stream(),
            Conversation::new(version),
        ))
    }

    /// The control sockets in a container; where it can only be asked for one daemon's, that one.
    pub(super) async fn control_sockets(
        &self,
        place: &Place,
        daemon: Option<Daemon>,
    ) -> Result<Listing, KubernetesError> {
        let listing = timeout(BRIDGE_TIMEOUT, self.list_sockets(place, daemon));
        listing.await.unwrap_or(Err(KubernetesError::Slow {
            what: "the listing in the pod",
            limit: BRIDGE_TIMEOUT,
        }))
    }

    async fn list_sockets(
        &self,
        place: &Place,
        daemon: Option<Daemon>,
    ) -> Result<Listing, KubernetesError> {
        for bridge in self.bridges_of(&place.image) {
            if let Some(command) = Listing::command(bridge) {
                let (text, collapse) = self.read_all(place, bridge, command).await?;
                match (Listing::parse(&text), collapse) {
                    (Some(listing), _) => return Ok(listing),
                    (None, Collapse::NoProgram) => {}
                    (None, collapse) => return Err(explain(collapse, place, "")),
                }
                continue;
            }
            let mut has_program = true;
            let mut found = Listing::default();
            for daemon in daemon.map_or(Daemon::ALL.to_vec(), |daemon| vec![daemon]) {
                for directory in RUN_DIRECTORIES {
                    if !has_program {
                        break;
                    }
                    let command = Listing::number_command(daemon, directory);
                    let (text, collapse) = self.read_all(place, bridge, command).await?;
                    if let Some(listing) = Listing::of_number(daemon, directory, &text) {
                        found.adopt(listing);
                        break;
                    }
                    has_program = collapse != Collapse::NoProgram;
                }
            }
            if has_program {
                return Ok(found);
            }
        }
        Err(KubernetesError::NoBridge)
    }

    /// All that a short command prints, and what its end says if that is not what was looked for.
    async fn read_all(
        &self,
        place: &Place,
        bridge: Bridge,
        command: Vec<String>,
    ) -> Result<(String, Collapse), KubernetesError> {
        let mut stream = self.open(place.container(), command).await?;
        let mut bytes = Vec::new();
        // How it ended is judged by what it printed.
        let _ = (&mut stream)
            .take(MAX_LISTING)
            .read_to_end(&mut bytes)
            .await;
        let (ending, complaints) = stream.ending();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok((text, bridge.collapse(ending.as_ref(), &complaints)))
    }
}

fn explain(collapse: Collapse, place: &Place, path: &str) -> KubernetesError {
    match collapse {
        Collapse::NoProgram => KubernetesError::NoBridge,
        Collapse::NoSocket => KubernetesError::NoSocket(path.to_owned()),
        Collapse::Denied => KubernetesError::Denied(path.to_owned()),
        Collapse::Refused => KubernetesError::NobodyListens(path.to_owned()),
        Collapse::NoContainer => KubernetesError::NoContainer(place.container.clone()),
        Collapse::Other(words) => KubernetesError::Bridge(words),
    }
}
