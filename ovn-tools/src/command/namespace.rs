//! Network namespaces: where the packets of a pod are its own.

use std::fmt;

/// What runs a program in another network namespace.
pub(crate) const ENTER: &str = "nsenter";

/// The network namespace of a process of a node, by the number of that process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NetworkNamespace(pub u32);

impl NetworkNamespace {
    /// The arguments of [`ENTER`] that run a program there. Of the node's namespaces, only that of
    /// the network is another one: the program is the node's.
    ///
    /// **Source**: nsenter(1), util-linux 2.23 and later.
    pub(crate) fn enter(self, program: &str, arguments: Vec<String>) -> Vec<String> {
        let lead = [
            format!("--net=/proc/{}/ns/net", self.0),
            // Whatever follows is no option.
            "--".to_owned(),
            program.to_owned(),
        ];
        lead.into_iter().chain(arguments).collect()
    }
}

impl fmt::Display for NetworkNamespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the network namespace of the process {}", self.0)
    }
}
