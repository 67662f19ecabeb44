//! The settings of a client, and its connecting.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use crate::client::{Access, Client, ClientError};
use crate::connection::{self, Lost, now};
use crate::dial::{Dial, Listener};
#[cfg(feature = "tls")]
use crate::dial::{SecureEndpoint, SecureListener, Tls};
use crate::endpoint::{Endpoint, ParseEndpointError, PassiveEndpoint, split_list};
use crate::session::{BackoffConfig, Member, Remote, Session, SessionConfig, State};

/// How far apart reads are while changes come in faster, unless [`Builder::pace`] says otherwise.
/// **Default and why**: 4 ms, a tenth of what OVN's own programs take for a change of a large
/// database; a process that wakes for every one of many small changes spends most of its time on
/// that.
const PACE: Duration = Duration::from_millis(4);

/// The settings of a client; [`SessionConfig`] says what each means and its default.
#[derive(Clone)]
pub struct Builder<A> {
    config: SessionConfig,
    servers: Vec<Server>,
    pace: Duration,
    #[cfg(feature = "tls")]
    tls: Option<Tls>,
    marker: PhantomData<fn() -> A>,
}

/// A server as it was named.
#[derive(Clone)]
enum Server {
    Endpoint(Endpoint),
    Passive(PassiveEndpoint),
    Dial(Arc<dyn Dial>),
}

impl<A: Access> Builder<A> {
    pub(crate) fn new() -> Self {
        Self {
            config: SessionConfig::default(),
            servers: Vec::new(),
            pace: PACE,
            #[cfg(feature = "tls")]
            tls: None,
            marker: PhantomData,
        }
    }

    /// Adds the servers of a list such as `tcp:10.0.0.1:6641,tcp:10.0.0.2:6641`. An element may
    /// be passive, as `ptcp:6640` is: that server calls.
    ///
    /// # Errors
    /// [`ParseEndpointError`] when one of them is no endpoint.
    pub fn remotes(mut self, list: &str) -> Result<Self, ParseEndpointError> {
        for text in split_list(list) {
            self.servers.push(match text.parse() {
                Ok(endpoint) => Server::Endpoint(endpoint),
                Err(ParseEndpointError::Passive(_)) => Server::Passive(text.parse()?),
                Err(error) => return Err(error),
            });
        }
        Ok(self)
    }

    /// The keys and certificates for the `ssl:` and `pssl:` elements of [`Builder::remotes`].
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }

    /// Adds a server that is reached by a way of its own.
    #[must_use]
    pub fn dial(mut self, dial: impl Dial) -> Self {
        self.servers.push(Server::Dial(Arc::new(dial)));
        self
    }

    /// Whether a lost connection is made anew.
    #[must_use]
    pub fn reconnect(mut self, reconnect: bool) -> Self {
        self.config.reconnect = reconnect;
        self
    }

    /// After how long a silence the server is asked for a sign of life; `None` never asks.
    #[must_use]
    pub fn probe(mut self, probe: Option<Duration>) -> Self {
        self.config.probe = probe;
        self
    }

    /// Which members of a cluster will do.
    #[must_use]
    pub fn member(mut self, member: Member) -> Self {
        self.config.member = member;
        self
    }

    /// How long a connection attempt may take at least.
    #[must_use]
    pub fn attempt(mut self, attempt: Duration) -> Self {
        self.config.attempt = attempt;
        self
    }

    /// The waits between attempts.
    #[must_use]
    pub fn backoff(mut self, backoff: BackoffConfig) -> Self {
        self.config.backoff = backoff;
        self
    }

    /// Whether servers are told that this client knows of databases that come, go or are converted.
    #[must_use]
    pub fn change_aware(mut self, aware: bool) -> Self {
        self.config.change_aware = aware;
        self
    }

    /// Whether the servers are tried in another order by every client.
    #[must_use]
    pub fn shuffle(mut self, shuffle: bool) -> Self {
        self.config.shuffle = shuffle;
        self
    }

    /// How far apart the server is read while it tells of changes faster than that and nothing is
    /// asked of it. The first change after a silence, and replies, are read at once; later ones are
    /// held back for that long at most, and for up to a millisecond more, by which the runtime's
    /// timers count. Zero reads everything as it comes.
    /// **Default**: 4 ms.
    #[must_use]
    pub fn pace(mut self, pace: Duration) -> Self {
        self.pace = pace;
        self
    }

    /// How the servers are reached, with the TLS of these settings.
    fn dials(&self) -> Vec<Arc<dyn Dial>> {
        self.servers
            .iter()
            .map(|server| self.dial_of(server))
            .collect()
    }

    fn dial_of(&self, server: &Server) -> Arc<dyn Dial> {
        #[cfg(feature = "tls")]
        if let Some(tls) = &self.tls {
            match server {
                Server::Endpoint(endpoint) => {
                    return Arc::new(SecureEndpoint::new(endpoint.clone(), tls.clone()));
                }
                Server::Passive(endpoint) => {
                    return Arc::new(SecureListener::new(endpoint.clone(), tls.clone()));
                }
                Server::Dial(_) => {}
            }
        }
        match server {
            Server::Endpoint(endpoint) => Arc::new(endpoint.clone()),
            Server::Passive(endpoint) => Arc::new(Listener::new(endpoint.clone())),
            Server::Dial(dial) => Arc::clone(dial),
        }
    }

    /// Starts the client, in a task on the current tokio runtime, without waiting for a server.
    pub fn start(self) -> Client<A> {
        let dials = self.dials();
        let remotes: Vec<Remote> = dials.iter().map(|dial| dial.to_string().into()).collect();
        let (seed, _) = Uuid::new_v4().as_u64_pair();
        let session = Session::new(self.config, remotes, seed, now());
        Client {
            handle: connection::spawn(session, dials, self.pace),
        }
    }

    /// Starts the client and waits for a server that serves.
    ///
    /// With [`Builder::reconnect`] on, the default, it goes on trying until there is one.
    ///
    /// # Errors
    /// [`ClientError::Lost`] when the one attempt failed that was allowed.
    ///
    /// # Cancel safety
    /// Dropping the future gives the attempt up.
    pub async fn connect(self) -> Result<Client<A>, ClientError> {
        let client = self.start();
        let mut state = client.state();
        let settled = |state: &State| matches!(state, State::Serving(_) | State::Closed);
        match state.wait_for(settled).await.map(|state| state.clone()) {
            Ok(State::Serving(_)) => Ok(client),
            _ => Err(ClientError::Lost(client.lost().unwrap_or(Lost::Closed))),
        }
    }
}
