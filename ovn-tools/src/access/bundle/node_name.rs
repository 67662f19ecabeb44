//! Node names: to which node each database of a bundle belongs, and what tells so.
//!
//! In this order: the manifest of a recording, the database itself, and the YAML of the pod it is
//! from. Where several databases of a kind are left without a name, what tells them apart: the
//! file's name, the host a sosreport is of, the folder, the database's only chassis, the pod.

use crate::access::bundle::file_name::FileName;
use crate::access::bundle::found::Found;
use crate::access::bundle::hint::Hint;
use crate::access::bundle::opening::Bundle;
use crate::access::bundle::place::Place;
use crate::database::Database;
use crate::node::Named;

/// A database of a bundle that was read, as far as its name matters.
#[derive(Debug)]
pub(crate) struct Nameless<'b> {
    pub(crate) found: &'b Found,
    pub(crate) database: Database,
    /// What its rows say.
    pub(crate) own: Option<Named>,
    /// What its chassis say.
    pub(crate) chassis: Option<Named>,
}

/// The node of a database, and the pod it is from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NodeName {
    pub(crate) node: Option<Named>,
    pub(crate) pod: Option<String>,
}

impl Bundle {
    /// The nodes of databases: one for each, in order.
    pub(crate) fn nodes(&self, databases: &[Nameless<'_>]) -> Vec<NodeName> {
        let mut names: Vec<NodeName> = databases.iter().map(|one| self.node(one)).collect();
        let names_of_files: Vec<FileName> = databases
            .iter()
            .map(|one| FileName::of(&one.found.place.whole_path()))
            .collect();
        for kind in Database::ALL {
            for way in [Way::File, Way::Host, Way::Folder, Way::Chassis, Way::Pod] {
                let unnamed: Vec<usize> = (0..databases.len())
                    .filter(|at| databases[*at].database == kind && names[*at].node.is_none())
                    .collect();
                let told: Vec<Option<Named>> = unnamed
                    .iter()
                    .map(|at| self.told(way, &databases[*at], &names_of_files[*at]))
                    .collect();
                // One alone has nothing to be told from, and what all have in common tells nothing.
                let differ = told.windows(2).any(|pair| pair[0] != pair[1]);
                // A folder is named for anything, unless those of all databases are.
                if differ && (way != Way::Folder || told.iter().all(Option::is_some)) {
                    for (at, node) in unnamed.into_iter().zip(told) {
                        names[at].node = node;
                    }
                }
            }
        }
        names
    }

    /// What needs no comparison.
    fn node(&self, one: &Nameless<'_>) -> NodeName {
        let path = one.found.place.whole_path();
        let pod = FileName::of(&path).pod;
        let node = self
            .in_manifest(&path)
            .or_else(|| one.own.clone())
            .or_else(|| self.of_pod(pod.as_deref()?));
        NodeName { node, pod }
    }

    fn in_manifest(&self, path: &str) -> Option<Named> {
        self.hints.iter().find_map(|hint| match hint {
            Hint::Manifest { folder, databases } => {
                let inside = within(path, folder)?;
                let listed = databases.iter().find(|listed| listed.path == inside)?;
                Some(Named {
                    name: listed.node.clone().filter(|name| !name.is_empty())?,
                    reason: "manifest".to_owned(),
                })
            }
            _ => None,
        })
    }

    fn of_pod(&self, wanted: &str) -> Option<Named> {
        self.hints.iter().find_map(|hint| match hint {
            Hint::Pod { pod, node, from } if pod == wanted => Some(Named {
                name: node.clone(),
                reason: format!("pod {pod} runs on it ({})", short(from)),
            }),
            _ => None,
        })
    }

    fn told(&self, way: Way, one: &Nameless<'_>, file: &FileName) -> Option<Named> {
        let named = |name: &Option<String>, reason: &str| {
            Some(Named {
                name: name.clone()?,
                reason: reason.to_owned(),
            })
        };
        match way {
            Way::File => named(&file.prefix, "name of the file"),
            Way::Host => self.hints.iter().find_map(|hint| match hint {
                Hint::Host { folder, name, from } => {
                    within(&one.found.place.whole_path(), folder)?;
                    Some(Named {
                        name: name.clone(),
                        reason: format!("host of the sosreport ({})", short(from)),
                    })
                }
                _ => None,
            }),
            Way::Folder => named(&file.folder, "name of the folder"),
            Way::Chassis => one.chassis.clone(),
            Way::Pod => named(&file.pod, "pod, whose node nothing tells"),
        }
    }
}

/// What may tell databases of a kind apart, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    File,
    Host,
    Folder,
    Chassis,
    Pod,
}

/// The rest of a path that leads into a folder.
fn within<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// The last two parts of a place, which tell it to people.
fn short(place: &Place) -> String {
    let path = place.inner_path();
    let cut = path.rmatch_indices('/').nth(1).map_or(0, |(at, _)| at + 1);
    path.get(cut..).unwrap_or(path).to_owned()
}
