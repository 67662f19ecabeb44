//! The layout: in which pods and containers the databases of a cluster are.
//!
//! It goes by what is there, not by versions: a container of a known name that holds a database's
//! socket. That covers interconnect (upstream and OpenShift 4.14 and later: all three databases in
//! one pod of each node), central deployments before it (northbound and southbound in pods of
//! their own), a zone of several nodes, MicroShift and DPUs.
//!
//! **Source**: ovn-kubernetes master 8871cd9 and its release branches, `dist/images/ovnkube.sh`
//! and the charts; cluster-network-operator 2a6a57f, `bindata/network/ovn-kubernetes`.

use std::collections::{BTreeMap, BTreeSet};

use crate::access::kubernetes::pod::{Container, ContainerStatus, Node, Pod};
use crate::access::kubernetes::pod_database::PodDatabase;
use crate::access::kubernetes::target::{Port, Target};
use crate::database::Database;
use crate::report::Gap;

/// The namespaces in which OVN-Kubernetes runs: upstream's and OpenShift's.
pub(super) const NAMESPACES: [&str; 2] = ["ovn-kubernetes", "openshift-ovn-kubernetes"];

/// The containers that see a database's socket, those first that are nearest to it, and the path.
///
/// The Open_vSwitch socket is in every upstream container, but in OpenShift only in those two that
/// mount `/run/openvswitch`.
fn sight(database: Database) -> (&'static [&'static str], &'static str) {
    match database {
        Database::Nb => (&["nb-ovsdb", "nbdb"], "/var/run/ovn/ovnnb_db.sock"),
        Database::Sb => (&["sb-ovsdb", "sbdb"], "/var/run/ovn/ovnsb_db.sock"),
        Database::Ovs => (
            &["ovn-controller", "ovnkube-controller", "ovs-daemons"],
            "/var/run/openvswitch/db.sock",
        ),
    }
}

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) database: Database,
    /// The node on which the pod runs.
    pub(super) node: String,
    pub(super) namespace: String,
    pub(super) pod: String,
    pub(super) container: String,
    /// The image, by which the bridge in it is remembered.
    pub(super) image: String,
    /// Where it is in the container or the pod.
    pub(super) target: Target,
    /// The port that it listens on besides, as databases of whole clusters do.
    pub(super) port: Option<Port>,
    /// Whether the pod is one of those that each node has, so that the database is its node's.
    pub(super) is_per_node: bool,
}

impl Place {
    /// Its container: namespace, pod and name.
    pub(super) fn container(&self) -> (&str, &str, &str) {
        (&self.namespace, &self.pod, &self.container)
    }

    /// The name of its socket, or the usual one where it is a port.
    pub(super) fn file(&self) -> &str {
        let (_, usual) = sight(self.database);
        let path = match &self.target {
            Target::Socket(path) => path,
            Target::Port(_) => usual,
        };
        path.rsplit('/').next().unwrap_or(path)
    }

    /// What names its container: namespace, pod and container.
    pub(super) fn in_container(&self) -> String {
        format!("{}/{}/{}", self.namespace, self.pod, self.container)
    }
}

/// The databases of a cluster, and those that cannot be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// Ascending by node and database.
    pub(super) places: Vec<Place>,
    pub(super) missing: Vec<Missing>,
}

/// A database, or all those of a node, that cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    /// The database; `None` for all of the node.
    pub(super) database: Option<Database>,
    /// Which, and why not.
    pub(super) gap: Gap,
}

impl Layout {
    /// The layout that pods show; `nodes` are those that there are, where they are known.
    pub(super) fn of(pods: &[Pod], nodes: Option<&[Node]>) -> Self {
        let mut best: BTreeMap<(String, Database), (Rank, Result<Place, String>)> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for pod in pods {
            let Some(node) = &pod.spec.node_name else {
                continue;
            };
            for database in Database::ALL {
                let Some((at, found)) = find(pod, node, database) else {
                    continue;
                };
                seen.insert(node.as_str());
                let rank = (
                    found.is_err(),
                    pod.metadata.deletion_timestamp.is_some(),
                    at,
                );
                let key = (node.clone(), database);
                if best.get(&key).is_none_or(|(known, _)| rank < *known) {
                    best.insert(key, (rank, found));
                }
            }
        }
        let mut layout = Self::default();
        for ((node, database), (_, found)) in best {
            match found {
                Ok(place) => layout.places.push(place),
                Err(why) => layout.missing.push(Missing {
                    database: Some(database),
                    gap: Gap {
                        what: format!("{node}: {database}"),
                        why,
                    },
                }),
            }
        }
        for node in nodes.into_iter().flatten() {
            if !seen.contains(node.metadata.name.as_str()) {
                layout.missing.push(Missing {
                    database: None,
                    gap: Gap {
                        what: node.metadata.name.clone(),
                        why: "no pod of OVN-Kubernetes with a database is on the node".to_owned(),
                    },
                });
            }
        }
        layout
    }
}

impl Layout {
    /// Adds databases that were named by where they are, instead of those that were found on the
    /// same nodes.
    pub(super) fn include(&mut self, named: &[PodDatabase], pods: &[Pod]) {
        for named in named {
            let mut found: BTreeMap<&str, (bool, bool, Result<Place, String>)> = BTreeMap::new();
            let what = named.to_string();
            let matching = pods.iter().filter(|pod| {
                pod.metadata.namespace == named.namespace && named.pods.has(&pod.metadata)
            });
            let mut is_any = false;
            for pod in matching {
                is_any = true;
                let Some(node) = pod.spec.node_name.as_deref() else {
                    continue;
                };
                let place = enter(pod, node, named);
                let is_leaving = pod.metadata.deletion_timestamp.is_some();
                let rank = (place.is_err(), is_leaving);
                if found
                    .get(node)
                    .is_none_or(|(is_err, leaving, _)| rank < (*is_err, *leaving))
                {
                    found.insert(node, (rank.0, rank.1, place));
                }
            }
            if found.is_empty() {
                let why = match is_any {
                    true => "no node runs the pod yet",
                    false => "there is no such pod",
                };
                self.miss(named.database, what.clone(), why.to_owned());
            }
            for (node, (_, _, place)) in found {
                match place {
                    Ok(place) => self.replace(place),
                    Err(why) => self.miss(named.database, format!("{node}: {what}"), why),
                }
            }
        }
        self.places
            .sort_by(|a, b| (&a.node, a.database).cmp(&(&b.node, b.database)));
    }

    fn replace(&mut self, place: Place) {
        let (node, database) = (&place.node, place.database);
        let told = format!("{node}: {database}");
        self.places
            .retain(|known| known.node != *node || known.database != database);
        self.missing.retain(|missing| missing.gap.what != told);
        self.places.push(place);
    }

    /// Tells a database that cannot be reached.
    pub(super) fn miss(&mut self, database: Database, what: String, why: String) {
        self.missing.push(Missing {
            database: Some(database),
            gap: Gap { what, why },
        });
    }
}

/// The place of a database in a pod that was named, or why it cannot be entered.
fn enter(pod: &Pod, node: &str, named: &PodDatabase) -> Result<Place, String> {
    let mut containers = pod.spec.containers.iter();
    let container = containers.find(|container| container.name == named.container);
    let container = container.ok_or_else(|| {
        let (pod, container) = (&pod.metadata.name, &named.container);
        format!("the pod {pod} has no container {container}")
    })?;
    let status = running(pod, container)?;
    let target = (named.database, named.target.clone());
    Ok(place((pod, node), (container, status), target))
}

/// Whether it cannot be reached, whether its pod is being deleted, and how far its container is
/// from the database: the least is the best.
type Rank = (bool, bool, usize);

/// The container of a pod that sees the database best, and the reason where it does not run.
fn find(pod: &Pod, node: &str, database: Database) -> Option<(usize, Result<Place, String>)> {
    let (containers, path) = sight(database);
    let mut candidates = containers.iter().enumerate().filter_map(|(at, name)| {
        let mut known = pod.spec.containers.iter();
        Some((at, known.find(|container| container.name == *name)?))
    });
    let mut waiting = None;
    for (at, container) in candidates.by_ref() {
        match running(pod, container) {
            Ok(status) => {
                let is_per_node = is_per_node(pod);
                let port = port(database, &container.name).filter(|_| !is_per_node);
                let target = Target::Socket(path.to_owned());
                let place = place((pod, node), (container, status), (database, target));
                return Some((
                    at,
                    Ok(Place {
                        port,
                        is_per_node,
                        ..place
                    }),
                ));
            }
            Err(why) => waiting = waiting.or(Some((at, Err(why)))),
        }
    }
    waiting
}

/// A place in a container that runs in a pod on a node.
fn place(
    (pod, node): (&Pod, &str),
    (container, status): (&Container, &ContainerStatus),
    (database, target): (Database, Target),
) -> Place {
    Place {
        database,
        node: node.to_owned(),
        namespace: pod.metadata.namespace.clone(),
        pod: pod.metadata.name.clone(),
        container: container.name.clone(),
        image: match status.image_id.as_str() {
            "" => container.image.clone(),
            id => id.to_owned(),
        },
        target,
        port: None,
        // A switch is its node's wherever it is.
        is_per_node: database == Database::Ovs,
    }
}

/// Where a database of a whole cluster listens besides its socket: upstream in plain text unless
/// it was asked for TLS, in OpenShift 4.13 and before with TLS.
fn port(database: Database, container: &str) -> Option<Port> {
    let (number, is_secure) = match (database, container) {
        (Database::Nb, "nbdb") => (9641, true),
        (Database::Sb, "sbdb") => (9642, true),
        (Database::Nb, _) => (6641, false),
        (Database::Sb, _) => (6642, false),
        (Database::Ovs, _) => return None,
    };
    Some(Port { number, is_secure })
}

/// What runs for the switch of its own node alone. A controller of a zone of several nodes has
/// databases beside it too, and none of these.
const OF_ONE_NODE: [&str; 2] = ["ovn-controller", "ovs-daemons"];

/// Whether the pod's databases are those of its node.
fn is_per_node(pod: &Pod) -> bool {
    let mut containers = pod.spec.containers.iter();
    containers.any(|container| OF_ONE_NODE.contains(&container.name.as_str()))
}

/// The status of a container that runs, or why it does not.
fn running<'p>(pod: &'p Pod, container: &Container) -> Result<&'p ContainerStatus, String> {
    let name = &pod.metadata.name;
    let mut statuses = pod.status.container_statuses.iter();
    let Some(status) = statuses.find(|status| status.name == container.name) else {
        let reason = pod.status.reason.as_deref().unwrap_or(&pod.status.phase);
        return Err(format!(
            "the pod {name} has not started its containers ({reason})"
        ));
    };
    if status.state.running.is_some() {
        return Ok(status);
    }
    let state = &status.state;
    let reason = [&state.waiting, &state.terminated]
        .into_iter()
        .flatten()
        .find_map(|state| state.reason.as_deref());
    let container = &container.name;
    Err(match reason {
        Some(reason) => {
            format!("the container {container} of the pod {name} does not run ({reason})")
        }
        None => format!("the container {container} of the pod {name} does not run"),
    })
}

#[cfg(test)]
mod tests;
