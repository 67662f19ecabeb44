//! Pods.

use std::fmt;

use crate::owner::ids::Ids;

const NAMESPACE: &str = "namespace";
const POD: &str = "pod";

/// A pod of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pod {
    /// Its namespace.
    pub namespace: Box<str>,
    /// Its name.
    pub name: Box<str>,
}

impl Pod {
    /// A pod by its names.
    pub fn new(namespace: &str, name: &str) -> Self {
        let (namespace, name) = (namespace.into(), name.into());
        Self { namespace, name }
    }

    /// The pod that a switch port was made for.
    ///
    /// The port is called `<namespace>_<pod>`; in a user-defined network a prefix comes first.
    pub fn of_port(port: &str, ids: Ids<'_>) -> Option<Self> {
        if ids.get(POD) != Some("true") {
            return None;
        }
        let namespace = ids.get(NAMESPACE).filter(|name| !name.is_empty())?;
        let own = format!("{namespace}_");
        // No name of an object holds an underscore, so the last one stands before the pod's.
        let start = port.rfind(&own)?;
        let name = port
            .get(start + own.len()..)
            .filter(|name| !name.is_empty())?;
        Some(Self::new(namespace, name))
    }

    /// The port that a user means with `<namespace>/<name>`; any other text means a port of that name.
    pub fn port_meant(text: &str) -> String {
        text.replacen('/', "_", 1)
    }

    /// The name of its port in the default network.
    pub fn port_name(&self) -> String {
        format!("{}_{}", self.namespace, self.name)
    }
}

impl fmt::Display for Pod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}
