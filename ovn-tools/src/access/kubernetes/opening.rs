//! Opening: commands in containers, and byte streams to sockets over them.

use std::io;
use std::time::Duration;

use kube::core::Request;
use kube::core::subresource::AttachParams;
use ovsdb_client::dial::Stream;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::time::timeout;

use crate::access::in_words;
use crate::access::kubernetes::bridge::{Bridge, Collapse};
use crate::access::kubernetes::channel::Version;
use crate::access::kubernetes::conversation::Conversation;
use crate::access::kubernetes::exec_stream::ExecStream;
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::layout::Place;
use crate::access::kubernetes::listing::{Listing, RUN_DIRECTORIES};
use crate::access::kubernetes::patience::patiently;
use crate::access::kubernetes::port_stream::PortStream;
use crate::access::kubernetes::session::Session;
use crate::access::kubernetes::target::{Port, Target};
use crate::command::Daemon;

/// How long one bridge may take from its start until it is connected.
/// **Default and why**: 10 s; it takes some 50 ms, on a node under load a second or two.
const BRIDGE_TIMEOUT: Duration = Duration::from_secs(10);

/// How long it may take until a port is forwarded, with TLS where that is spoken.
/// **Default and why**: 10 s, as for a bridge.
const PORT_TIMEOUT: Duration = Duration::from_secs(10);

/// The host that a forwarded port is at, as the pod's node calls it.
const FORWARDED_HOST: &str = "localhost";

/// The most that is read of a listing, in bytes.
/// **Default and why**: 64 KiB, some thousand sockets; a node has ten.
const MAX_LISTING: u64 = 64 * 1024;

impl Session {
    /// A byte stream to a database or a daemon: to its socket, or to its port.
    ///
    /// A database that listens on a port besides its socket is reached there when no command can
    /// be run for it, or when it has no socket that could be used.
    pub(super) async fn enter(
        &self,
        place: &Place,
        target: &Target,
    ) -> Result<Box<dyn Stream>, KubernetesError> {
        let path = match target {
            Target::Socket(path) => path,
            Target::Port(port) => return self.port(place, *port, None).await,
        };
        let first = match self.bridge(place, path).await {
            Err(first) => first,
            bridged => return bridged,
        };
        let port = match place.port {
            Some(port) if *target == place.target && first.leaves_the_port() => port,
            _ => return Err(first),
        };
        // Upstream speaks TLS on the same port where it was asked to.
        let port = Port {
            is_secure: port.is_secure || self.tls().is_some(),
            ..port
        };
        let second = self.port(place, port, Some(first.to_string())).await;
        second.map_err(|second| KubernetesError::Neither {
            first: Box::new(first),
            second: in_words(&second),
        })
    }

    /// A byte stream to a port of a pod.
    async fn port(
        &self,
        place: &Place,
        port: Port,
        first: Option<String>,
    ) -> Result<Box<dyn Stream>, KubernetesError> {
        let opening = timeout(PORT_TIMEOUT, self.open_port(place, port, first));
        opening.await.unwrap_or(Err(KubernetesError::Slow {
            what: "the port of the pod",
            limit: PORT_TIMEOUT,
        }))
    }

    async fn open_port(
        &self,
        place: &Place,
        port: Port,
        first: Option<String>,
    ) -> Result<Box<dyn Stream>, KubernetesError> {
        let (namespace, pod) = (&place.namespace, &place.pod);
        let number = port.number;
        // What cannot be used is not opened.
        let tls = match (port.is_secure, self.tls()) {
            (false, _) => None,
            (true, Some(files)) => Some(files.tls()),
            (true, None) => return Err(KubernetesError::NoTls(number)),
        };
        let right = || {
            format!(
                "the verbs get and create on pods/portforward are needed in the namespace {namespace}"
            )
        };
        let connection = patiently(|| async {
            let request = Request::new(format!("/api/v1/namespaces/{namespace}/pods"))
                .portforward(pod, &[number])
                .map_err(|error| KubernetesError::Unreachable(error.into()))?;
            let connecting = self.client().connect(request).await;
            connecting.map_err(|error| KubernetesError::of(error, right))
        })
        .await?;
        let mut stream = PortStream::new(connection.into_stream(), number, first);
        stream
            .wait_until_begun()
            .await
            .map_err(KubernetesError::Port)?;
        match tls {
            None => Ok(Box::new(stream)),
            Some(tls) => tls
                .call(Box::new(stream), FORWARDED_HOST)
                .await
                .map_err(KubernetesError::Port),
        }
    }

    /// A byte stream to a socket in a container, by the first bridge that is there.
    pub(super) async fn bridge(
        &self,
        place: &Place,
        path: &str,
    ) -> Result<Box<dyn Stream>, KubernetesError> {
        if self.is_bridgeless(&place.image) {
            return Err(KubernetesError::NoBridge);
        }
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
        self.remember_bridgeless(&place.image);
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

/// What the end of a program that was to reach a socket means.
pub(super) fn explain(collapse: Collapse, place: &Place, path: &str) -> KubernetesError {
    match collapse {
        Collapse::NoProgram => KubernetesError::NoBridge,
        Collapse::NoSocket => KubernetesError::NoSocket(path.to_owned()),
        Collapse::Denied => KubernetesError::Denied(path.to_owned()),
        Collapse::Refused => KubernetesError::NobodyListens(path.to_owned()),
        Collapse::NoContainer => KubernetesError::NoContainer(place.container.clone()),
        Collapse::Other(words) => KubernetesError::Bridge(words),
    }
}
