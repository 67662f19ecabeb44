//! Object files: which objects of a cluster a file holds, told by its path.
//!
//! ```text
//! namespaces/NS/NS.yaml                      the namespace itself
//! namespaces/NS/GROUP/PLURAL.yaml            all objects of a kind in it, as one list
//! namespaces/NS/GROUP/PLURAL/NAME.yaml       one of them
//! namespaces/NS/pods/POD/POD.yaml            a pod beside its logs
//! cluster-scoped-resources/GROUP/PLURAL.yaml, or PLURAL/NAME.yaml
//! ```
//!
//! **Source**: `oc adm inspect`, which `oc adm must-gather` runs; openshift/oc,
//! `pkg/cli/admin/inspect`.

/// The folders of what is in namespaces, and of what is not.
const NAMESPACES: &str = "namespaces";
const CLUSTER: &str = "cluster-scoped-resources";

/// The folder that stands for the group without a name.
const CORE: &str = "core";

/// The folder of pods with their logs, and what their kind is called by.
const PODS: &str = "pods";

/// Which objects a file holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ObjectFile {
    /// The namespace that they are in; `None` for what belongs to the cluster.
    pub(crate) namespace: Option<String>,
    /// The group; empty for the core one.
    pub(crate) group: String,
    /// The kind, as paths of the API have it.
    pub(crate) plural: String,
    /// What part of all objects of the kind in the namespace, or the cluster, it is.
    pub(crate) part: Part,
}

/// What part of a kind a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// All, as a list.
    All,
    /// One of those that are all beside it.
    OneOfAll,
    /// One of which nothing says that the others are there too.
    One,
}

impl ObjectFile {
    /// Those that a file on this path holds, archives read as folders.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let (file, folders) = parts.split_last()?;
        let stem = [".yaml", ".yml", ".json"]
            .iter()
            .find_map(|ending| file.strip_suffix(ending))?;
        let at = folders
            .iter()
            .rposition(|part| *part == NAMESPACES || *part == CLUSTER)?;
        let below = &folders[at + 1..];
        if folders[at] == CLUSTER {
            return Self::below(None, below, stem);
        }
        let (namespace, below) = below.split_first()?;
        match below {
            [] if stem == *namespace => Some(Self {
                namespace: None,
                group: String::new(),
                plural: NAMESPACES.to_owned(),
                part: Part::One,
            }),
            [PODS, pod] if stem == *pod => Some(Self {
                namespace: Some((*namespace).to_owned()),
                group: String::new(),
                plural: PODS.to_owned(),
                part: Part::One,
            }),
            below => Self::below(Some(namespace), below, stem),
        }
    }

    fn below(namespace: Option<&str>, folders: &[&str], stem: &str) -> Option<Self> {
        let (group, plural, part) = match folders {
            [group] => (group, stem, Part::All),
            [group, plural] => (group, *plural, Part::OneOfAll),
            _ => return None,
        };
        Some(Self {
            namespace: namespace.map(str::to_owned),
            group: match *group {
                CORE => String::new(),
                group => group.to_owned(),
            },
            plural: plural.to_owned(),
            part,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_kinds_and_namespaces() {
        let told = |path: &str| match ObjectFile::of(path) {
            None => format!("{path}: none"),
            Some(file) => format!(
                "{path}: {:?} of {:?} {} {}",
                file.part,
                file.namespace.as_deref().unwrap_or("-"),
                file.group,
                file.plural
            ),
        };
        insta::assert_snapshot!(
            [
                "mg/quay-io/namespaces/shop/shop.yaml",
                "mg/namespaces/shop/core/pods.yaml",
                "mg.tar.gz/namespaces/shop/pods/web-1/web-1.yaml",
                "namespaces/shop/networking.k8s.io/networkpolicies.yaml",
                "namespaces/shop/k8s.ovn.org/egressfirewalls/default.yaml",
                "cluster-scoped-resources/core/nodes/a.yaml",
                "cluster-scoped-resources/core/nodes.json",
                "cluster-scoped-resources/k8s.ovn.org/egressips/out.yml",
                "namespaces/shop/pods/web-1/web/web/logs/current.log",
                "namespaces/shop/other.yaml",
                "namespaces/shop/a/b/c/d.yaml",
                "namespaces/x.yaml",
                "pods.yaml",
                "",
            ]
            .map(told)
            .join("\n"),
            @r#"
        mg/quay-io/namespaces/shop/shop.yaml: One of "-"  namespaces
        mg/namespaces/shop/core/pods.yaml: All of "shop"  pods
        mg.tar.gz/namespaces/shop/pods/web-1/web-1.yaml: One of "shop"  pods
        namespaces/shop/networking.k8s.io/networkpolicies.yaml: All of "shop" networking.k8s.io networkpolicies
        namespaces/shop/k8s.ovn.org/egressfirewalls/default.yaml: OneOfAll of "shop" k8s.ovn.org egressfirewalls
        cluster-scoped-resources/core/nodes/a.yaml: OneOfAll of "-"  nodes
        cluster-scoped-resources/core/nodes.json: All of "-"  nodes
        cluster-scoped-resources/k8s.ovn.org/egressips/out.yml: OneOfAll of "-" k8s.ovn.org egressips
        namespaces/shop/pods/web-1/web/web/logs/current.log: none
        namespaces/shop/other.yaml: none
        namespaces/shop/a/b/c/d.yaml: none
        namespaces/x.yaml: none
        pods.yaml: none
        : none
        "#
        );
    }
}
