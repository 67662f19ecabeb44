//! Resources: what the API server of a cluster is asked, and what it answered.
//!
//! Like commands this is a closed list with typed arguments. What comes back holds no secrets:
//! [`conceal`] takes them out before anything else sees an object.

mod name;

mod conceal;

mod annotation;

mod path;

mod selection;

pub mod record;

use std::fmt;
use std::time::Duration;

use serde_json::Value as Json;

pub use self::annotation::decode;
pub use self::conceal::{CONCEALED, Concealed, conceal, conceal_text, is_secret_kind};
pub use self::name::{NameError, ObjectName, Selector};
pub use self::path::{FieldPath, ParsePathError};
pub use self::selection::{Selection, SelectionError};

/// A question to the API server.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResourceQuestion {
    /// The objects of a kind.
    List {
        /// The kind: its plural, its singular, a short name, with `.GROUP` or without.
        kind: ObjectName,
        /// Only those of this namespace.
        namespace: Option<ObjectName>,
        /// Only those with these labels.
        labels: Option<Selector>,
        /// Only those with these fields.
        fields: Option<Selector>,
    },
    /// One object.
    Get {
        /// The kind, as for a list.
        kind: ObjectName,
        /// Its namespace; none for what belongs to the cluster.
        namespace: Option<ObjectName>,
        /// Its name.
        name: ObjectName,
    },
    /// What a container wrote.
    Log {
        /// The pod's namespace.
        namespace: ObjectName,
        /// The pod.
        pod: ObjectName,
        /// The container; none where the pod has one only.
        container: Option<ObjectName>,
        /// What it wrote before it was last restarted.
        previous: bool,
        /// How many of the last lines.
        lines: u64,
        /// Only what is not older.
        since: Option<Duration>,
    },
}

impl fmt::Display for ResourceQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List {
                kind, namespace, ..
            } => {
                write!(f, "list of {kind}")?;
                match namespace {
                    Some(namespace) => write!(f, " in {namespace}"),
                    None => Ok(()),
                }
            }
            Self::Get {
                kind,
                namespace,
                name,
            } => match namespace {
                Some(namespace) => write!(f, "{kind} {namespace}/{name}"),
                None => write!(f, "{kind} {name}"),
            },
            Self::Log { namespace, pod, .. } => write!(f, "log of {namespace}/{pod}"),
        }
    }
}

/// What an API server answered.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceRead {
    /// The source, in the notation of `--source`.
    pub source: String,
    /// What was asked.
    pub question: ResourceQuestion,
    /// The answer.
    pub answer: ResourceAnswer,
}

/// An answer, without secrets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ResourceAnswer {
    /// Objects, in the server's order.
    Objects {
        /// The kind, as the server calls it, such as `Pod`.
        kind: String,
        /// The objects.
        objects: Vec<Json>,
        /// Whether there are more than were read.
        more: bool,
        /// How many values were taken out of them.
        concealed: usize,
    },
    /// A log.
    Log {
        /// Its text, each line with its time before it.
        text: String,
        /// Whether more than that was asked for, which the server cut.
        cut: bool,
        /// How many values were taken out of it.
        concealed: usize,
    },
}
