//! Sources: where data comes from, in the notation of `--source`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use ovsdb_client::endpoint::{Endpoint, ParseEndpointError};
use thiserror::Error;

use crate::access::bearer::Bearer;
#[cfg(feature = "kube")]
use crate::access::kubernetes::{Cluster, PodDatabase};
use crate::access::tls_files::TlsFiles;
use crate::access::warm::Warm;

/// Where data comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// The recorded cluster inside the program.
    Demo,
    /// Recorded databases: a file of one, or a folder or archive with any number of them, such as
    /// a must-gather or a sosreport.
    Recorded(PathBuf),
    /// An ovsdb-server, or the members of a cluster of them that are tried in turn.
    Server {
        /// Where they listen.
        endpoints: Vec<Endpoint>,
        /// What `ssl:` endpoints need. It is no part of the text.
        tls: Option<TlsFiles>,
        /// What is kept from one question to the next; nothing unless that is asked for.
        warm: Warm,
    },
    /// An OVN-Kubernetes cluster: the databases of every node.
    #[cfg(feature = "kube")]
    Kube(Cluster),
}

/// A text names no source.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseSourceError {
    /// No scheme of ours.
    #[error(
        "{0:?} is no source: write unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT, kube, kube:CONTEXT, recorded:PATH or demo"
    )]
    Scheme(String),
    /// `kube:` without a context.
    #[error(
        "kube: needs the name of a context of the kubeconfig, as in kube:prod; kube alone is the current one"
    )]
    Context,
    /// A scheme that this build leaves out.
    #[error("{0:?} cannot be read: this build was made without Kubernetes (feature \"kube\")")]
    LeftOut(String),
    /// `recorded:` without a path.
    #[error(
        "recorded: needs the path of a database file, folder or archive, as in recorded:must-gather.tar.gz"
    )]
    Path,
    /// An endpoint is wrong.
    #[error(transparent)]
    Endpoint(#[from] ParseEndpointError),
}

impl Source {
    /// The source that an argument names: in the notation, or by the path of what is recorded.
    ///
    /// # Errors
    /// [`ParseSourceError`] when it begins as one of the notation and is none.
    pub fn named(text: &str) -> Result<Self, ParseSourceError> {
        match text.parse() {
            Err(ParseSourceError::Scheme(text)) if !text.is_empty() => {
                Ok(Self::Recorded(text.into()))
            }
            parsed => parsed,
        }
    }

    /// Whether it needs [`TlsFiles`] and has none.
    pub fn needs_tls(&self) -> bool {
        let is_secure = |endpoint: &Endpoint| matches!(endpoint, Endpoint::Ssl { .. });
        match self {
            Self::Server { endpoints, tls, .. } => tls.is_none() && endpoints.iter().any(is_secure),
            #[cfg(feature = "kube")]
            Self::Kube(cluster) => cluster.needs_tls(),
            _ => false,
        }
    }

    /// Has it follow its servers from one question to the next, for programs that watch changes or
    /// ask twice. Clones share what is followed.
    #[must_use]
    pub fn kept_warm(mut self) -> Self {
        if let Self::Server { warm, .. } = &mut self
            && !warm.keeps()
        {
            *warm = Warm::keeping();
        }
        self
    }

    /// The same for programs that answer many questions: each reads all rows of the tables it
    /// needs, so that they are here for those after it. For one question a server is asked for the
    /// rows that may match alone.
    #[must_use]
    pub fn for_many_questions(self) -> Self {
        match self.kept_warm() {
            Self::Server {
                endpoints,
                tls,
                warm,
            } => Self::Server {
                endpoints,
                tls,
                warm: warm.for_many(),
            },
            #[cfg(feature = "kube")]
            Self::Kube(cluster) => Self::Kube(cluster.for_many()),
            source => source,
        }
    }

    /// The same for many callers, each of whom reads it with their own rights through
    /// [`Self::read_by`], and nobody with those of this program.
    ///
    /// `None` for a source that only this program can be the reader of: it would show to everyone
    /// what this program may read.
    #[must_use]
    pub fn for_callers(self) -> Option<Self> {
        match self {
            #[cfg(feature = "kube")]
            // A key of this program would open the database to everyone.
            Self::Kube(cluster) if !cluster.is_secure() => Some(Self::Kube(cluster.for_callers())),
            _ => None,
        }
    }

    /// The same as one caller may read it; other than a cluster it is the same to all.
    #[must_use]
    #[cfg_attr(
        not(feature = "kube"),
        expect(unused_variables, reason = "no source is read by a caller then")
    )]
    pub fn read_by(&self, bearer: &Bearer) -> Self {
        match self {
            #[cfg(feature = "kube")]
            Self::Kube(cluster) => Self::Kube(cluster.asked_by(bearer)),
            source => source.clone(),
        }
    }

    /// Tells a cluster where databases are that its layout does not show; any other source has no
    /// use for that.
    #[cfg(feature = "kube")]
    #[must_use]
    pub fn with_pod_databases(mut self, databases: &[PodDatabase]) -> Self {
        if let Self::Kube(cluster) = &mut self {
            *cluster = cluster.clone().databases(databases);
        }
        self
    }

    /// Whether what a question reads is to be there for others.
    pub(crate) fn is_for_many(&self) -> bool {
        match self {
            Self::Server { warm, .. } => warm.is_for_many(),
            #[cfg(feature = "kube")]
            Self::Kube(cluster) => cluster.is_for_many(),
            _ => false,
        }
    }

    /// Gives it the files for its `ssl:` endpoints, or the ports of a cluster that speak TLS; any
    /// other source has no use for them.
    #[must_use]
    pub fn with_tls(mut self, files: &TlsFiles) -> Self {
        match &mut self {
            Self::Server { tls, .. } => *tls = Some(files.clone()),
            #[cfg(feature = "kube")]
            Self::Kube(cluster) => *cluster = cluster.clone().tls(files),
            _ => {}
        }
        self
    }
}

impl FromStr for Source {
    type Err = ParseSourceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let scheme = text.split(':').next().unwrap_or_default();
        match scheme {
            "demo" if text == "demo" => Ok(Self::Demo),
            "recorded" => match text.strip_prefix("recorded:") {
                None | Some("") => Err(ParseSourceError::Path),
                Some(path) => Ok(Self::Recorded(path.into())),
            },
            #[cfg(feature = "kube")]
            "kube" => match text.strip_prefix("kube:") {
                None => Ok(Self::Kube(Cluster::current())),
                Some("") => Err(ParseSourceError::Context),
                Some(context) => Ok(Self::Kube(Cluster::of_context(context))),
            },
            #[cfg(not(feature = "kube"))]
            "kube" => Err(ParseSourceError::LeftOut(text.to_owned())),
            "unix" | "tcp" | "ssl" => Ok(Self::Server {
                endpoints: Endpoint::parse_list(text)?,
                tls: None,
                warm: Warm::default(),
            }),
            _ => Err(ParseSourceError::Scheme(text.to_owned())),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Demo => f.write_str("demo"),
            Self::Recorded(path) => write!(f, "recorded:{}", path.display()),
            Self::Server { endpoints, .. } => {
                for (at, endpoint) in endpoints.iter().enumerate() {
                    let comma = if at == 0 { "" } else { "," };
                    write!(f, "{comma}{endpoint}")?;
                }
                Ok(())
            }
            #[cfg(feature = "kube")]
            Self::Kube(cluster) => cluster.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match text.parse::<Source>() {
            Ok(source) => source.to_string(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn sources_read_and_print_in_one_notation() {
        for text in [
            "demo",
            "recorded:/var/lib/ovn/ovnnb_db.db",
            "recorded:relative, with: comma.db",
            "unix:/run/ovn/ovnnb_db.sock",
            "unix:/run/a,b.sock",
            "tcp:10.0.0.1:6641,tcp:[fd98::1]:6641,tcp:10.0.0.3:6641",
            "ssl:10.0.0.1:6641,ssl:[fd98::1]:6641",
        ] {
            assert_eq!(check(text), text);
        }
        #[cfg(feature = "kube")]
        for text in ["kube", "kube:prod", "kube:arn:aws:eks:eu-1:1:cluster/a b"] {
            assert_eq!(check(text), text);
        }
        assert_eq!(
            check("tcp:a:1, tcp:b:2"),
            "tcp:a:1,tcp:b:2",
            "blanks may follow a comma"
        );
    }

    #[test]
    fn what_is_no_source_says_what_to_write() {
        let errors = [
            "",
            "/var/lib/ovn/ovnnb_db.db",
            "demo:x",
            "recorded",
            "recorded:",
            "kube:",
            "unix:",
            "tcp:10.0.0.1:http",
            "tcp:10.0.0.1:6641,ptcp:6641",
        ]
        .map(|text| format!("{text:?}: {}", check(text)));
        insta::assert_snapshot!(errors.join("\n"), @r#"
        "": error: "" is no source: write unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT, kube, kube:CONTEXT, recorded:PATH or demo
        "/var/lib/ovn/ovnnb_db.db": error: "/var/lib/ovn/ovnnb_db.db" is no source: write unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT, kube, kube:CONTEXT, recorded:PATH or demo
        "demo:x": error: "demo:x" is no source: write unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT, kube, kube:CONTEXT, recorded:PATH or demo
        "recorded": error: recorded: needs the path of a database file, folder or archive, as in recorded:must-gather.tar.gz
        "recorded:": error: recorded: needs the path of a database file, folder or archive, as in recorded:must-gather.tar.gz
        "kube:": error: kube: needs the name of a context of the kubeconfig, as in kube:prod; kube alone is the current one
        "unix:": error: unix: needs the path of a socket, as in unix:/var/run/ovn/ovnnb_db.sock
        "tcp:10.0.0.1:http": error: "http" is no port: give a number from 1 to 65535
        "tcp:10.0.0.1:6641,ptcp:6641": error: "ptcp:6641" waits for a server: to call one, write unix:PATH, tcp:HOST:PORT or ssl:HOST:PORT
        "#);
    }
}
