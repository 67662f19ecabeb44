//! Streamable HTTP: MCP for any number of clients at an address.
//!
//! Each connection is a task; each request passes the gate and is then the protocol's.

mod page;

mod entry;

mod owner;

mod gate;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rmcp::handler::server::ServerHandler;
use rmcp::transport::streamable_http_server::session::local::{LocalSessionManager, SessionConfig};
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::{TcpListener, TcpStream, lookup_host};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time;

use crate::http::entry::Entry;
use crate::http::gate::{Gate, Protocol, too_many};
use crate::http::owner::Owners;
use crate::http::page::Pages;
use crate::limit::{
    ACCEPT_PAUSE, GRACE, HEAD_TIME, Limits, MAX_BODY_BYTES, MAX_REFUSED, SESSION_IDLE,
};
use crate::listen::{Admission, Listen, ListenError, PATH};

/// How MCP is served over HTTP.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where.
    pub place: Listen,
    /// To whom.
    pub admission: Admission,
    /// Whether clients of the revisions before 2026-07-28 get sessions.
    /// **Default and why**: no; every question stands for itself, and sessions that nobody ends
    /// cost memory. A few clients cannot do without, and only in a session can such a client
    /// withdraw a call without hanging up.
    pub sessions: bool,
    /// How much at once.
    pub limits: Limits,
}

/// An address that is listened at. What connects waits until it is served.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    address: SocketAddr,
    hosts: Vec<String>,
    origins: Vec<String>,
    settings: Settings,
}

impl Listener {
    /// Listens.
    ///
    /// # Errors
    /// [`ListenError`] when the settings would let anyone in, or nobody, and when the address
    /// cannot be had.
    pub async fn bind(settings: Settings) -> Result<Self, ListenError> {
        let place = &settings.place;
        let cannot = |cause: io::Error| ListenError::Bind {
            place: place.clone(),
            cause,
        };
        let addresses = lookup_host((place.host.as_str(), place.port)).await;
        let addresses: Vec<SocketAddr> = addresses.map_err(cannot)?.collect();
        settings.admission.check(place, &addresses)?;
        let socket = TcpListener::bind(&*addresses).await.map_err(cannot)?;
        Ok(Self {
            address: socket.local_addr().map_err(cannot)?,
            socket,
            hosts: settings.admission.hosts_at(place),
            origins: settings.admission.origins()?,
            settings,
        })
    }

    /// Where clients on this machine find it.
    pub fn url(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// Serves until `stop` resolves; what is under way then has [`GRACE`] to end.
    ///
    /// # Cancel safety
    /// Dropping the future closes all connections; calls under way are dropped with them.
    pub async fn serve<S>(self, handler: S, stop: impl Future<Output = ()>)
    where
        S: ServerHandler + Clone + Sync,
    {
        let mut config = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(self.settings.sessions)
            // One message is answered as one; what sends progress first becomes a stream.
            .with_json_response(true)
            .with_max_request_body_bytes(MAX_BODY_BYTES)
            .with_allowed_hosts(self.hosts)
            .with_allowed_origins(self.origins.clone());
        if !config.allowed_origins.is_empty() {
            config = config.enforce_origin_validation();
        }
        let ending = config.cancellation_token.clone();
        let mut sessions = LocalSessionManager::default();
        let mut session = SessionConfig::default();
        session.keep_alive = Some(SESSION_IDLE);
        sessions.session_config = session;
        let sessions = Arc::new(sessions);
        let protocol: Protocol<S> =
            StreamableHttpService::new(move || Ok(handler.clone()), sessions.clone(), config);
        let gate = Arc::new(Gate {
            protocol,
            owners: Owners::default(),
            sessions,
            entry: Entry::of(&self.settings.admission),
            pages: Pages {
                origins: self.origins,
            },
            body_time: self.settings.limits.body_time,
        });
        let limits = self.settings.limits;
        let served = Arc::new(Semaphore::new(limits.connections));
        let refused = Arc::new(Semaphore::new(MAX_REFUSED));
        let (stopping, stopped) = watch::channel(false);
        let mut connections = JoinSet::new();
        let mut stop = pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                // What has ended leaves nothing behind.
                Some(_) = connections.join_next() => continue,
                accepted = self.socket.accept() => accepted,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    time::sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            };
            tracing::debug!(%peer, "connected");
            if let Ok(permit) = served.clone().try_acquire_owned() {
                let connection = connection(stream, gate.clone(), stopped.clone());
                connections.spawn(async move {
                    connection.await;
                    drop(permit);
                });
            } else if let Ok(permit) = refused.clone().try_acquire_owned() {
                let refusal = refuse(stream, limits.connections);
                connections.spawn(async move {
                    refusal.await;
                    drop(permit);
                });
            }
        }
        drop(self.socket);
        // Nobody waits where no connection is left.
        let _ = stopping.send(true);
        let all = async { while connections.join_next().await.is_some() {} };
        if time::timeout(GRACE, all).await.is_err() {
            tracing::info!("calls under way are broken off");
        }
        ending.cancel();
        connections.shutdown().await;
    }
}

/// Serves one connection until its client closes it or the server stops.
async fn connection<S>(stream: TcpStream, gate: Arc<Gate<S>>, mut stopped: watch::Receiver<bool>)
where
    S: ServerHandler + Clone + Sync,
{
    // An answer is one piece and nothing follows it; waiting for more only delays it.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let gate = gate.clone();
        async move { gate.answer(request).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Tells one connection that there are too many.
async fn refuse(stream: TcpStream, most: usize) {
    let service = service_fn(move |_: hyper::Request<Incoming>| async move {
        Ok::<_, Infallible>(*too_many("connections", most))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a refused connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    use super::*;
    use crate::config::Config;
    use crate::offer::Offer;
    use crate::server::Server;

    #[tokio::test]
    async fn a_body_that_does_not_arrive_is_given_up_and_its_connection_closed() {
        let limits = Limits {
            body_time: Duration::from_millis(100),
            ..Limits::default()
        };
        let listener = Listener::bind(Settings {
            place: "127.0.0.1:0".parse().expect("a place"),
            admission: Admission::default(),
            sessions: false,
            limits,
        });
        let listener = listener.await.expect("an address");
        let address = listener.address;
        let config = Config::new(Vec::new(), None, None).expect("the demo");
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(
            listener.serve(Server::new(&config, Offer::default()), async {
                let _ = stopped.await;
            }),
        );
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        let half = "POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n{";
        stream.write_all(half.as_bytes()).await.expect("it reads");
        let mut answer = String::new();
        let whole = stream.read_to_string(&mut answer);
        let whole = time::timeout(Duration::from_secs(30), whole).await;
        whole.expect("it ends").expect("UTF-8");
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.ends_with("more than 0.1 s to arrive\n"), "{answer}");
        drop(stop);
        serving.await.expect("it stops");
    }
}
