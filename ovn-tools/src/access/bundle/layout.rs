//! Layouts: whose collection a bundle is, told by the folders in it.

use std::fmt;

/// Who collected a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Layout {
    /// What `ovnscope record` wrote.
    Recording,
    /// What OpenShift's `oc adm must-gather` collected.
    MustGather,
    /// What `sos report` collected of one host.
    SosReport,
    /// What the end-to-end tests of ovn-kubernetes keep of a failed one.
    EndToEnd,
    /// What `contrib/export-kind-logs.sh` of ovn-kubernetes collected.
    Kind,
    /// What `kubectl ko` of Kube-OVN collected.
    KubeOvn,
}

/// A folder that only this collection has.
const FOLDERS: [(&str, Layout); 8] = [
    ("cluster-scoped-resources", Layout::MustGather),
    ("ovnk_database_store", Layout::MustGather),
    ("network_logs", Layout::MustGather),
    ("sos_commands", Layout::SosReport),
    ("sos_reports", Layout::SosReport),
    ("e2e-dbs", Layout::EndToEnd),
    ("ovndbs", Layout::Kind),
    ("kubectl-ko-log", Layout::KubeOvn),
];

impl Layout {
    /// Whose collection a file on this path is part of.
    pub(crate) fn of(path: &str) -> Option<Self> {
        path.split('/').find_map(|part| {
            let known = |(folder, _): &&(&str, Self)| *folder == part;
            FOLDERS.iter().find(known).map(|(_, layout)| *layout)
        })
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Recording => "recording of ovnscope",
            Self::MustGather => "OpenShift must-gather",
            Self::SosReport => "sosreport",
            Self::EndToEnd => "databases of an ovn-kubernetes end-to-end test",
            Self::Kind => "databases of a kind cluster",
            Self::KubeOvn => "kubectl-ko collection",
        })
    }
}
