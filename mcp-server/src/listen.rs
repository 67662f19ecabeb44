//! Listening over HTTP: at which address, and who is let in.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use http::Uri;
use http::uri::Authority;
use thiserror::Error;

use crate::failure::Failure;

/// Where clients find MCP below the address.
pub const PATH: &str = "/mcp";
/// What stands for any host or origin.
const ANY: &str = "*";
/// The hosts that are this machine.
const LOOPBACK_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "::1"];
/// The origins that are this machine, at any port.
const LOOPBACK_ORIGINS: [&str; 3] = ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"];
/// The fewest characters of a token.
/// **Default and why**: 16; fewer can be guessed over a network.
const MIN_TOKEN: usize = 16;
/// The most characters of a token.
/// **Default and why**: 4 096; a header of a request holds no more.
const MAX_TOKEN: usize = 4_096;

/// An address to listen at, as it is written: `HOST:PORT`, or `:PORT` on this machine alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listen {
    /// A name or an address, without brackets.
    pub host: String,
    /// The port; 0 lets the operating system choose.
    pub port: u16,
}

/// A text says no address to listen at.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is no HOST:PORT, such as 127.0.0.1:8722 or [::1]:8722")]
pub struct ParseListenError(String);

impl FromStr for Listen {
    type Err = ParseListenError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseListenError(text.to_owned());
        let (host, port) = text.rsplit_once(':').ok_or_else(wrong)?;
        let port = port.parse().map_err(|_| wrong())?;
        let host = match host.strip_prefix('[') {
            Some(rest) => rest.strip_suffix(']').ok_or_else(wrong)?,
            // An IPv6 address without brackets could end anywhere.
            None if host.contains(':') => return Err(wrong()),
            None => host,
        };
        let host = if host.is_empty() {
            Ipv4Addr::LOCALHOST.to_string()
        } else {
            host.to_owned()
        };
        Ok(Self { host, port })
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host.parse() {
            Ok(IpAddr::V6(address)) => write!(f, "[{address}]:{}", self.port),
            _ => write!(f, "{}:{}", self.host, self.port),
        }
    }
}

/// A secret that whoever asks must know. It is shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// The token in a file: all of it, without the blanks around it.
    ///
    /// # Errors
    /// [`ListenError::Token`] when there is none that could be sent, or a short one.
    pub fn read(path: &Path) -> Result<Self, ListenError> {
        let wrong = |cause| ListenError::Token {
            path: path.to_owned(),
            cause,
        };
        let mut text = String::new();
        File::open(path)
            .and_then(|file| file.take(MAX_TOKEN as u64 + 2).read_to_string(&mut text))
            .map_err(|error| wrong(TokenError::Read(error)))?;
        Self::new(text.trim()).map_err(wrong)
    }

    fn new(text: &str) -> Result<Self, TokenError> {
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenError::Characters);
        }
        match text.len() {
            MIN_TOKEN..=MAX_TOKEN => Ok(Self(text.to_owned())),
            length => Err(TokenError::Length(length)),
        }
    }

    /// Whether this is the token. How long it takes does not tell how much of it is right.
    pub fn is(&self, given: &str) -> bool {
        let pairs = self.0.bytes().zip(given.bytes());
        let differences = pairs.fold(0, |differences, (a, b)| differences | (a ^ b));
        self.0.len() == given.len() && differences == 0
    }
}

/// What a file of a token lacks.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TokenError {
    /// It cannot be read.
    #[error("cannot read it")]
    Read(#[source] io::Error),
    /// Not the characters of a header.
    #[error("a token is one word of visible ASCII characters")]
    Characters,
    /// Too few or too many characters.
    #[error("a token has {MIN_TOKEN} to {MAX_TOKEN} characters, not {0}")]
    Length(usize),
}

/// Who is let in.
#[derive(Clone, Debug, Default)]
pub struct Admission {
    /// The hosts that clients may call the server by, beside the one it listens at and those that
    /// are this machine; `*` for any.
    pub hosts: Vec<String>,
    /// The origins of the browsers' pages that may call the server, beside those that are this
    /// machine; `*` for any.
    pub origins: Vec<String>,
    /// What whoever asks must know.
    pub token: Option<Token>,
    /// Whether other machines may ask without a token.
    pub anonymous: bool,
    /// Whether whoever asks sends a token of their own, with which the sources are read.
    pub callers: bool,
}

/// Nobody can be served over HTTP.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ListenError {
    /// The file of the token is wrong.
    #[error("{path} holds no token")]
    Token {
        /// The file.
        path: PathBuf,
        /// What it lacks.
        #[source]
        cause: TokenError,
    },
    /// The address cannot be had.
    #[error("cannot listen at {place}")]
    Bind {
        /// The address.
        place: Listen,
        /// What the operating system says.
        #[source]
        cause: io::Error,
    },
    /// Other machines could ask, and nobody would ask who they are.
    #[error("{0} can be reached from other machines, where anyone could read the databases")]
    Anonymous(Listen),
    /// Nobody from elsewhere would be let in.
    #[error("{0} stands for every address of this machine, and clients may call it by none")]
    NoHosts(Listen),
    /// Not a host.
    #[error("{0:?} is no host such as ovnscope.example.com or 10.0.0.5:8722")]
    Host(String),
    /// Not an origin.
    #[error("{0:?} is no origin such as https://example.com or http://10.0.0.5:8080")]
    Origin(String),
}

impl ListenError {
    /// What to do instead, where that is not plain.
    fn remedy(&self) -> Option<&'static str> {
        match self {
            Self::Anonymous(_) => Some(
                "name a file that holds a token with --token-file, have everyone send their own \
                 with --user-tokens, or say --allow-anonymous where a proxy in front asks who \
                 calls; 127.0.0.1 serves this machine alone",
            ),
            Self::NoHosts(_) => Some(
                "name the hosts that clients write in the URL with --allowed-hosts, such as \
                 --allowed-hosts ovnscope.example.com; '*' is any",
            ),
            Self::Token {
                cause: TokenError::Length(_) | TokenError::Characters,
                ..
            } => Some("make one with: openssl rand -hex 32"),
            _ => None,
        }
    }
}

impl From<ListenError> for Failure {
    fn from(error: ListenError) -> Self {
        let failure = Self::of(&error);
        match error.remedy() {
            Some(remedy) => failure.hint(remedy),
            None => failure,
        }
    }
}

impl Admission {
    /// Refuses what would let anyone in, or nobody, at a place that has these addresses.
    ///
    /// # Errors
    /// [`ListenError`] for what was forgotten or cannot be meant.
    pub fn check(&self, place: &Listen, addresses: &[SocketAddr]) -> Result<(), ListenError> {
        for host in self.hosts.iter().filter(|host| *host != ANY) {
            authority(host)?;
        }
        for origin in self.origins.iter().filter(|origin| *origin != ANY) {
            with_port(origin)?;
        }
        let is_far = addresses.iter().any(|address| !address.ip().is_loopback());
        if is_far && self.token.is_none() && !self.anonymous && !self.callers {
            return Err(ListenError::Anonymous(place.clone()));
        }
        let is_any = |address: &SocketAddr| address.ip().is_unspecified();
        if self.hosts.is_empty() && addresses.iter().any(is_any) {
            return Err(ListenError::NoHosts(place.clone()));
        }
        Ok(())
    }

    /// The hosts that a request at this place may name; none for any.
    pub(crate) fn hosts_at(&self, place: &Listen) -> Vec<String> {
        if self.hosts.iter().any(|host| host == ANY) {
            return Vec::new();
        }
        let named = self.hosts.iter().cloned();
        let own = LOOPBACK_HOSTS.into_iter().chain([place.host.as_str()]);
        named.chain(own.map(str::to_owned)).collect()
    }

    /// The origins that a request may name; none for any.
    ///
    /// # Errors
    /// [`ListenError::Origin`] for what is none.
    pub(crate) fn origins(&self) -> Result<Vec<String>, ListenError> {
        if self.origins.iter().any(|origin| origin == ANY) {
            return Ok(Vec::new());
        }
        let named = self.origins.iter().map(|origin| with_port(origin));
        let own = LOOPBACK_ORIGINS.map(|origin| Ok(origin.to_owned()));
        named.chain(own).collect()
    }
}

fn authority(host: &str) -> Result<Authority, ListenError> {
    let wrong = || ListenError::Host(host.to_owned());
    let authority: Authority = host.parse().map_err(|_| wrong())?;
    let is_host = !authority.host().is_empty() && !host.contains('@');
    is_host.then_some(authority).ok_or_else(wrong)
}

/// An origin with its port, which it may leave out where it is the usual one.
///
/// # Errors
/// [`ListenError::Origin`] for what is none.
pub(crate) fn with_port(origin: &str) -> Result<String, ListenError> {
    let wrong = || ListenError::Origin(origin.to_owned());
    if origin == "null" {
        return Ok(origin.to_owned());
    }
    let base = origin.strip_suffix(":*").unwrap_or(origin);
    let uri: Uri = base.parse().map_err(|_| wrong())?;
    let usual = match uri.scheme_str() {
        Some("http") => 80,
        Some("https") => 443,
        _ => return Err(wrong()),
    };
    let authority = uri.authority().ok_or_else(wrong)?;
    let rest = base.trim_end_matches('/').len();
    let scheme = uri
        .scheme_str()
        .map_or(0, |scheme| scheme.len() + "://".len());
    if rest != scheme + authority.as_str().len() || authority.as_str().contains('@') {
        return Err(wrong());
    }
    let base = base.trim_end_matches('/');
    Ok(match authority.port_u16() {
        Some(_) if base == origin.trim_end_matches('/') => base.to_owned(),
        Some(_) => return Err(wrong()),
        None if base == origin.trim_end_matches('/') => format!("{base}:{usual}"),
        None => origin.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(text: &str) -> String {
        match text.parse::<Listen>() {
            Ok(listen) => listen.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn places_are_a_host_and_a_port() {
        let places = [
            "127.0.0.1:8722",
            ":8722",
            "localhost:0",
            "[::1]:8722",
            "::1:8722",
            "8722",
            "localhost:http",
            "[::1:8722",
        ];
        insta::assert_snapshot!(places.map(listen).join("\n"), @r#"
        127.0.0.1:8722
        127.0.0.1:8722
        localhost:0
        [::1]:8722
        "::1:8722" is no HOST:PORT, such as 127.0.0.1:8722 or [::1]:8722
        "8722" is no HOST:PORT, such as 127.0.0.1:8722 or [::1]:8722
        "localhost:http" is no HOST:PORT, such as 127.0.0.1:8722 or [::1]:8722
        "[::1:8722" is no HOST:PORT, such as 127.0.0.1:8722 or [::1]:8722
        "#);
    }

    #[test]
    fn only_visible_words_of_some_length_are_tokens() {
        let new = |text: &str| {
            Token::new(text).map_or_else(|error| error.to_string(), |_| "fine".to_owned())
        };
        assert_eq!(new("0123456789abcdef"), "fine");
        insta::assert_snapshot!(new("short"), @"a token has 16 to 4096 characters, not 5");
        insta::assert_snapshot!(new("0123456789 abcdef"), @"a token is one word of visible ASCII characters");
        insta::assert_snapshot!(new(&"x".repeat(4_097)), @"a token has 16 to 4096 characters, not 4097");
        let token = Token::new("0123456789abcdef").expect("a token");
        assert!(token.is("0123456789abcdef"));
        for other in [
            "",
            "0123456789abcdeF",
            "0123456789abcde",
            "0123456789abcdef0",
        ] {
            assert!(!token.is(other), "{other}");
        }
        assert_eq!(format!("{token:?}"), "Token(…)");
    }

    fn admitted(place: &str, admission: &Admission) -> String {
        let place: Listen = place.parse().expect("a place");
        let address = SocketAddr::new(place.host.parse().expect("an address"), place.port);
        let checked = admission.check(&place, &[address]);
        match checked.and_then(|()| admission.origins()) {
            Ok(origins) => format!("{:?} {origins:?}", admission.hosts_at(&place)),
            Err(error) => Failure::from(error).text(),
        }
    }

    #[test]
    fn who_is_let_in_is_said_before_other_machines_can_ask() {
        let with = |hosts: &[&str], origins: &[&str], anonymous: bool| Admission {
            hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
            origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
            token: None,
            anonymous,
            callers: false,
        };
        let texts = [
            admitted("127.0.0.1:1", &Admission::default()),
            admitted("10.0.0.5:1", &Admission::default()),
            admitted("10.0.0.5:1", &with(&[], &[], true)),
            admitted("0.0.0.0:1", &with(&[], &[], true)),
            admitted("0.0.0.0:1", &with(&["*"], &["*"], true)),
            admitted(
                "[::]:1",
                &with(
                    &["a.example:8443"],
                    &["https://a.example", "http://b:8080/", "https://c:*", "null"],
                    true,
                ),
            ),
            admitted("127.0.0.1:1", &with(&["a b"], &[], false)),
            admitted("127.0.0.1:1", &with(&[], &["a.example"], false)),
            admitted(
                "127.0.0.1:1",
                &with(&[], &["https://a.example/page"], false),
            ),
            admitted("127.0.0.1:1", &with(&[], &["https://a.example:1:*"], false)),
        ];
        insta::assert_snapshot!(texts.join("\n\n"), @r#"
        ["localhost", "127.0.0.1", "::1", "127.0.0.1"] ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"]

        error: 10.0.0.5:1 can be reached from other machines, where anyone could read the databases
        hint: name a file that holds a token with --token-file, have everyone send their own with --user-tokens, or say --allow-anonymous where a proxy in front asks who calls; 127.0.0.1 serves this machine alone

        ["localhost", "127.0.0.1", "::1", "10.0.0.5"] ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"]

        error: 0.0.0.0:1 stands for every address of this machine, and clients may call it by none
        hint: name the hosts that clients write in the URL with --allowed-hosts, such as --allowed-hosts ovnscope.example.com; '*' is any

        [] []

        ["a.example:8443", "localhost", "127.0.0.1", "::1", "::"] ["https://a.example:443", "http://b:8080", "https://c:*", "null", "http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"]

        error: "a b" is no host such as ovnscope.example.com or 10.0.0.5:8722

        error: "a.example" is no origin such as https://example.com or http://10.0.0.5:8080

        error: "https://a.example/page" is no origin such as https://example.com or http://10.0.0.5:8080

        error: "https://a.example:1:*" is no origin such as https://example.com or http://10.0.0.5:8080
        "#);
        let token = Admission {
            token: Some(Token::new("0123456789abcdef").expect("a token")),
            ..Admission::default()
        };
        assert!(admitted("10.0.0.5:1", &token).contains("\"10.0.0.5\""));
        let callers = Admission {
            callers: true,
            ..Admission::default()
        };
        assert!(admitted("10.0.0.5:1", &callers).contains("\"10.0.0.5\""));
    }
}
