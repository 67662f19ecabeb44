//! Databases in plain pods: where one is, as somebody wrote it for a cluster whose layout is not
//! known.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::access::kubernetes::bridge::check_path;
use crate::access::kubernetes::pod::Metadata;
use crate::access::kubernetes::target::{Port, Target};
use crate::database::Database;

/// The most characters of a name in Kubernetes.
const MAX_NAME: usize = 253;
/// The most characters of a label's value, and of names that are labels of DNS.
const MAX_LABEL: usize = 63;

/// Where a database is: `DATABASE=NAMESPACE/POD/CONTAINER:WHERE`.
///
/// `DATABASE` is `nb`, `sb` or `ovs`. `POD` is the name of a pod, or labels with commas
/// (`app=ovn-central,ovn-nb-leader=true`), which stand for every pod that has them. `WHERE` is the
/// absolute path of a unix socket in the container, or `tcp:PORT` or `ssl:PORT` for a port on the
/// pod's own loopback address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodDatabase {
    pub(super) database: Database,
    pub(super) namespace: String,
    pub(super) pods: Pods,
    pub(super) container: String,
    pub(super) target: Target,
}

/// Which pods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pods {
    /// The one of this name.
    Name(String),
    /// All that have these labels, in the order written.
    Labels(Vec<(String, String)>),
}

impl Pods {
    /// Whether the pod of this name and these labels is one of them.
    pub(super) fn has(&self, pod: &Metadata) -> bool {
        match self {
            Self::Name(name) => *name == pod.name,
            Self::Labels(labels) => labels
                .iter()
                .all(|(name, value)| pod.labels.get(name) == Some(value)),
        }
    }
}

/// A text names no database in a pod.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParsePodDatabaseError {
    /// Not of that form at all.
    #[error(
        "{0:?} is no place of a database: write DATABASE=NAMESPACE/POD/CONTAINER:WHERE, as in nb=kube-system/app=ovn-central/ovn-central:/var/run/ovn/ovnnb_db.sock"
    )]
    Form(String),
    /// No such database.
    #[error("{0:?} is none of the databases nb, sb and ovs")]
    Database(String),
    /// A name that nothing in Kubernetes has.
    #[error("{0:?} is no name of a {1}: names have small letters, digits, - and, of pods, .")]
    Name(String, &'static str),
    /// Labels that nothing in Kubernetes has.
    #[error("{0:?} is no label: write NAME=VALUE, with commas between several")]
    Label(String),
    /// Neither a socket nor a port.
    #[error("{0:?} is neither the absolute path of a socket nor tcp:PORT or ssl:PORT")]
    Where(String),
    /// A path that no socket is looked for at.
    #[error("{0}")]
    Path(String),
}

impl PodDatabase {
    /// Whether TLS is spoken there.
    pub(super) fn is_secure(&self) -> bool {
        matches!(self.target, Target::Port(port) if port.is_secure)
    }
}

impl FromStr for PodDatabase {
    type Err = ParsePodDatabaseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = || ParsePodDatabaseError::Form(text.to_owned());
        let (database, rest) = text.split_once('=').ok_or_else(form)?;
        let (place, target) = rest.split_once(':').ok_or_else(form)?;
        let (namespace, rest) = place.split_once('/').ok_or_else(form)?;
        // A label may have a slash in its name.
        let (pods, container) = rest.rsplit_once('/').ok_or_else(form)?;
        let known = Database::ALL
            .into_iter()
            .find(|known| known.short_name() == database);
        Ok(Self {
            database: known.ok_or_else(|| ParsePodDatabaseError::Database(database.to_owned()))?,
            namespace: name(namespace, "namespace", MAX_LABEL, b"-")?,
            pods: if pods.contains('=') {
                Pods::Labels(pods.split(',').map(label).collect::<Result<_, _>>()?)
            } else {
                Pods::Name(name(pods, "pod", MAX_NAME, b"-.")?)
            },
            container: name(container, "container", MAX_LABEL, b"-")?,
            target: parse_target(target)?,
        })
    }
}

impl fmt::Display for PodDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            database,
            namespace,
            pods,
            container,
            target,
        } = self;
        let database = database.short_name();
        write!(f, "{database}={namespace}/{pods}/{container}:{target}")
    }
}

impl fmt::Display for Pods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Labels(labels) => {
                for (at, (name, value)) in labels.iter().enumerate() {
                    let comma = if at == 0 { "" } else { "," };
                    write!(f, "{comma}{name}={value}")?;
                }
                Ok(())
            }
        }
    }
}

/// A name that begins and ends with a small letter or digit.
fn name(
    text: &str,
    of: &'static str,
    most: usize,
    between: &[u8],
) -> Result<String, ParsePodDatabaseError> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if is_word(text, most, plain, between) {
        Ok(text.to_owned())
    } else {
        Err(ParsePodDatabaseError::Name(text.to_owned(), of))
    }
}

fn label(text: &str) -> Result<(String, String), ParsePodDatabaseError> {
    let wrong = || ParsePodDatabaseError::Label(text.to_owned());
    let (name, value) = text.split_once('=').ok_or_else(wrong)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    let is_label = is_word(name, MAX_NAME + MAX_LABEL, plain, b"-._/")
        && (value.is_empty() || is_word(value, MAX_LABEL, plain, b"-._"));
    is_label
        .then(|| (name.to_owned(), value.to_owned()))
        .ok_or_else(wrong)
}

/// Whether a text begins and ends plain, and has nothing but that and these between.
fn is_word(text: &str, most: usize, plain: impl Fn(u8) -> bool, between: &[u8]) -> bool {
    let bytes = text.as_bytes();
    let is_plain = |byte: Option<&u8>| byte.is_some_and(|byte| plain(*byte));
    bytes.len() <= most
        && is_plain(bytes.first())
        && is_plain(bytes.last())
        && bytes
            .iter()
            .all(|byte| plain(*byte) || between.contains(byte))
}

fn parse_target(text: &str) -> Result<Target, ParsePodDatabaseError> {
    let wrong = || ParsePodDatabaseError::Where(text.to_owned());
    if text.starts_with('/') {
        check_path(text).map_err(|error| ParsePodDatabaseError::Path(error.to_string()))?;
        return Ok(Target::Socket(text.to_owned()));
    }
    let (scheme, port) = text.split_once(':').ok_or_else(wrong)?;
    let is_secure = match scheme {
        "tcp" => false,
        "ssl" => true,
        _ => return Err(wrong()),
    };
    let number: u16 = port.parse().map_err(|_| wrong())?;
    // Neither a sign nor zeros in front.
    if number == 0 || number.to_string() != port {
        return Err(wrong());
    }
    Ok(Target::Port(Port { number, is_secure }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) -> String {
        match text.parse::<PodDatabase>() {
            Ok(place) => place.to_string(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn places_read_and_print_in_one_notation() {
        for text in [
            "nb=kube-system/app=ovn-central,ovn-nb-leader=true/ovn-central:/run/ovn/ovnnb_db.sock",
            "sb=kube-system/app.kubernetes.io/name=ovn/ovn-central:tcp:6642",
            "nb=ovn/ovn-central-0/nb:ssl:6641",
            "ovs=kube-system/ovs-ovn.x-7/openvswitch:/run/openvswitch/db.sock",
        ] {
            assert_eq!(check(text), text);
        }
    }

    #[test]
    fn what_is_no_place_says_what_to_write() {
        let texts = [
            "",
            "nb",
            "nb=ns/pod:/x",
            "north=ns/pod/c:/x",
            "nb=-n/pod/c:/x",
            "nb=ns/--help/c:/x",
            "nb=ns/Pod/c:/x",
            "nb=ns/pod/c c:/x",
            "nb=ns/app=,b/c:/x",
            "nb=ns/app=a b/c:/x",
            "nb=ns/pod/c:x",
            "nb=ns/pod/c:/a b",
            "nb=ns/pod/c:/a,fork",
            "nb=ns/pod/c:tcp:0",
            "nb=ns/pod/c:tcp:+1",
            "nb=ns/pod/c:tcp:65536",
            "nb=ns/pod/c:udp:1",
        ];
        let told = texts.map(|text| format!("{text:?}: {}", check(text)));
        insta::assert_snapshot!(told.join("\n"), @r#"
        "": error: "" is no place of a database: write DATABASE=NAMESPACE/POD/CONTAINER:WHERE, as in nb=kube-system/app=ovn-central/ovn-central:/var/run/ovn/ovnnb_db.sock
        "nb": error: "nb" is no place of a database: write DATABASE=NAMESPACE/POD/CONTAINER:WHERE, as in nb=kube-system/app=ovn-central/ovn-central:/var/run/ovn/ovnnb_db.sock
        "nb=ns/pod:/x": error: "nb=ns/pod:/x" is no place of a database: write DATABASE=NAMESPACE/POD/CONTAINER:WHERE, as in nb=kube-system/app=ovn-central/ovn-central:/var/run/ovn/ovnnb_db.sock
        "north=ns/pod/c:/x": error: "north" is none of the databases nb, sb and ovs
        "nb=-n/pod/c:/x": error: "-n" is no name of a namespace: names have small letters, digits, - and, of pods, .
        "nb=ns/--help/c:/x": error: "--help" is no name of a pod: names have small letters, digits, - and, of pods, .
        "nb=ns/Pod/c:/x": error: "Pod" is no name of a pod: names have small letters, digits, - and, of pods, .
        "nb=ns/pod/c c:/x": error: "c c" is no name of a container: names have small letters, digits, - and, of pods, .
        "nb=ns/app=,b/c:/x": error: "b" is no label: write NAME=VALUE, with commas between several
        "nb=ns/app=a b/c:/x": error: "app=a b" is no label: write NAME=VALUE, with commas between several
        "nb=ns/pod/c:x": error: "x" is neither the absolute path of a socket nor tcp:PORT or ssl:PORT
        "nb=ns/pod/c:/a b": error: "/a b" is no path of a socket: it must be absolute, at most 107 bytes long, and made of letters, digits and any of / . _ -
        "nb=ns/pod/c:/a,fork": error: "/a,fork" is no path of a socket: it must be absolute, at most 107 bytes long, and made of letters, digits and any of / . _ -
        "nb=ns/pod/c:tcp:0": error: "tcp:0" is neither the absolute path of a socket nor tcp:PORT or ssl:PORT
        "nb=ns/pod/c:tcp:+1": error: "tcp:+1" is neither the absolute path of a socket nor tcp:PORT or ssl:PORT
        "nb=ns/pod/c:tcp:65536": error: "tcp:65536" is neither the absolute path of a socket nor tcp:PORT or ssl:PORT
        "nb=ns/pod/c:udp:1": error: "udp:1" is neither the absolute path of a socket nor tcp:PORT or ssl:PORT
        "#);
    }

    proptest! {
        #[test]
        fn whatever_is_taken_prints_as_it_was_written(text: String) {
            if let Ok(place) = text.parse::<PodDatabase>() {
                prop_assert_eq!(place.to_string(), text);
            }
        }

        #[test]
        fn no_part_of_what_is_taken_could_be_an_option(
            pod in "[-a-z./= ]{1,6}",
            container in "[-a-z\\n ]{1,5}",
            path in "[-a-z/,! ]{1,8}",
        ) {
            let text = format!("nb=ns/{pod}/{container}:{path}");
            if let Ok(place) = text.parse::<PodDatabase>() {
                let parts = [place.pods.to_string(), place.container, place.target.to_string()];
                for part in parts {
                    prop_assert!(!part.starts_with('-') && !part.contains([' ', '\n', '!']));
                }
            }
        }
    }
}
