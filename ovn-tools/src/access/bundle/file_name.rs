//! File names: what the path of a database tells of its node and pod.
//!
//! A path is a hint and no more: which database a file holds is for its content to say, and so is
//! the node where the content names one.

use crate::database::Database;

/// How collectors name database files, longest first. What stands before it, with a separator, is
/// the name of a node or pod.
///
/// **Source**: OVN's and Open vSwitch's own file names; the collection scripts of OpenShift's
/// must-gather (`POD_nbdb`, `leader_nbdb.gz`); `contrib/export-kind-logs.sh`
/// (`NODE_ovnnb_db.db`) and `test/e2e` (`NODE-conf.db`) of ovn-kubernetes.
const ENDINGS: [(&str, Database); 15] = [
    ("ovnnb_db.db", Database::Nb),
    ("ovnsb_db.db", Database::Sb),
    ("ovnnb_db", Database::Nb),
    ("ovnsb_db", Database::Sb),
    ("ovnnb.db", Database::Nb),
    ("ovnsb.db", Database::Sb),
    ("nbdb.db", Database::Nb),
    ("sbdb.db", Database::Sb),
    ("conf.db", Database::Ovs),
    ("nb.db", Database::Nb),
    ("sb.db", Database::Sb),
    ("ovs.db", Database::Ovs),
    ("vswitch.db", Database::Ovs),
    ("nbdb", Database::Nb),
    ("sbdb", Database::Sb),
];

/// What is put behind the name of a file that was packed, cut or copied.
const SUFFIXES: [&str; 8] = [
    ".gz", ".xz", ".zst", ".tar", ".tgz", ".txz", ".tailed", ".backup",
];

/// Folders that are named for what is in them and not for a node.
const COMMON_FOLDERS: [&str; 28] = [
    "backup",
    "central",
    "common",
    "conf",
    "data",
    "database",
    "databases",
    "db",
    "dbs",
    "etc",
    "host",
    "lib",
    "local",
    "network_logs",
    "openvswitch",
    "opt",
    "ovn",
    "ovn-ic",
    "ovndbs",
    "ovnk_database_store",
    "ovs",
    "run",
    "snap",
    "sos_commands",
    "sos_strings",
    "tmp",
    "usr",
    "var",
];

/// What every pod of OVN-Kubernetes with databases is named like.
const POD_LEAD: &str = "ovnkube-";

/// What must-gather names the files of a cluster's leader.
const LEADER: &str = "leader";

/// What the path of a database tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileName {
    /// The database that files of this name hold.
    pub(crate) database: Option<Database>,
    /// The pod whose database it is.
    pub(crate) pod: Option<String>,
    /// What stands before the usual name: a node.
    pub(crate) prefix: Option<String>,
    /// The innermost folder that may be named for a node.
    pub(crate) folder: Option<String>,
}

impl FileName {
    /// What a path tells, archives on it read as folders.
    pub(crate) fn of(path: &str) -> Self {
        let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let name = parts.pop().unwrap_or_default();
        let name = without_suffixes(name);
        let found = ENDINGS.iter().find_map(|(ending, database)| {
            let before = name.strip_suffix(ending)?;
            match before.strip_suffix(['_', '-', '.']) {
                Some(prefix) if !prefix.is_empty() => Some((*database, Some(prefix))),
                None if before.is_empty() => Some((*database, None)),
                _ => None,
            }
        });
        // `ovnnb_db.20240131.backup`, as kubectl-ko names them.
        let dated = || {
            let (first, _) = name.split_once('.')?;
            let ending = ENDINGS.iter().find(|(ending, _)| *ending == first)?;
            Some((ending.1, None))
        };
        let (database, before) = match found.or_else(dated) {
            Some((database, before)) => (Some(database), before.filter(|name| *name != LEADER)),
            None => (None, None),
        };
        let is_pod = |prefix: &&str| prefix.starts_with(POD_LEAD);
        Self {
            database,
            pod: before.filter(is_pod).map(str::to_owned),
            prefix: before.filter(|name| !is_pod(name)).map(str::to_owned),
            folder: parts
                .iter()
                .rev()
                .map(|part| without_suffixes(part))
                .find(|part| !COMMON_FOLDERS.contains(part) && *part != "." && *part != "..")
                .map(str::to_owned),
        }
    }
}

fn without_suffixes(mut name: &str) -> &str {
    while let Some(shorter) = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix)) {
        name = shorter;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str) -> String {
        let FileName {
            database,
            pod,
            prefix,
            folder,
        } = FileName::of(path);
        let database = database.map_or("-".to_owned(), |database| database.to_string());
        let word = |word: Option<String>| word.unwrap_or("-".to_owned());
        format!(
            "{path}: {database} pod {} node {} folder {}",
            word(pod),
            word(prefix),
            word(folder)
        )
    }

    #[test]
    fn the_names_that_collectors_give_are_known() {
        let names = [
            "network_logs/ovnk_database_store/ovnkube-node-x7k2p_nbdb",
            "mg.tar.gz/q/network_logs/leader_sbdb.gz",
            "ovndbs/kind-worker_ovnnb_db.db",
            "e2e-dbs/test-1/kind-worker-conf.db",
            "e2e-dbs/test-1/ovnsb_db.db",
            "sos-w1/var/lib/ovn-ic/etc/ovnnb_db.db",
            "sos-w1/sos_strings/openvswitch/etc.openvswitch.conf.db.tailed",
            "node1/nbdb",
            "worker-a.tar.xz/conf.db",
            "ovnnb_db.240131.backup",
            "db/ch1.conf.db",
            "notes/README.md",
            "nonbdb",
            "",
        ]
        .map(shown);
        insta::assert_snapshot!(names.join("\n"), @"
        network_logs/ovnk_database_store/ovnkube-node-x7k2p_nbdb: nb pod ovnkube-node-x7k2p node - folder -
        mg.tar.gz/q/network_logs/leader_sbdb.gz: sb pod - node - folder q
        ovndbs/kind-worker_ovnnb_db.db: nb pod - node kind-worker folder -
        e2e-dbs/test-1/kind-worker-conf.db: ovs pod - node kind-worker folder test-1
        e2e-dbs/test-1/ovnsb_db.db: sb pod - node - folder test-1
        sos-w1/var/lib/ovn-ic/etc/ovnnb_db.db: nb pod - node - folder sos-w1
        sos-w1/sos_strings/openvswitch/etc.openvswitch.conf.db.tailed: ovs pod - node etc.openvswitch folder sos-w1
        node1/nbdb: nb pod - node - folder node1
        worker-a.tar.xz/conf.db: ovs pod - node - folder worker-a
        ovnnb_db.240131.backup: nb pod - node - folder -
        db/ch1.conf.db: ovs pod - node ch1 folder -
        notes/README.md: - pod - node - folder notes
        nonbdb: - pod - node - folder -
        : - pod - node - folder -
        ");
    }
}
