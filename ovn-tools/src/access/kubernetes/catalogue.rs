//! The catalogue: the kinds of objects that an API server has.
//!
//! **Source**: Kubernetes 1.36, `metav1.APIGroupList` and `metav1.APIResourceList`.

use serde::Deserialize;

/// The kinds of a cluster, as far as they were asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Catalogue {
    pub(super) kinds: Vec<Kind>,
    /// The group versions that were asked for.
    pub(super) asked: Vec<String>,
}

/// A kind of objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// `v1`, `apps/v1`.
    pub(super) group_version: String,
    /// As paths have it.
    pub(super) plural: String,
    /// As objects have it.
    pub(super) kind: String,
    pub(super) is_namespaced: bool,
    /// Other names of it.
    pub(super) names: Vec<String>,
    pub(super) verbs: Vec<String>,
}

/// The groups of an API server.
#[derive(Debug, Deserialize)]
pub(super) struct Groups {
    #[serde(default)]
    pub(super) groups: Vec<Group>,
}

/// One group.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    #[serde(default)]
    pub(super) versions: Vec<GroupVersion>,
    #[serde(default)]
    preferred_version: Option<GroupVersion>,
}

/// A version of a group.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupVersion {
    pub(super) group_version: String,
}

/// The kinds of one version of a group.
#[derive(Debug, Deserialize)]
pub(super) struct Resources {
    #[serde(default)]
    resources: Vec<Resource>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    name: String,
    #[serde(default)]
    singular_name: String,
    #[serde(default)]
    namespaced: bool,
    kind: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    short_names: Vec<String>,
}

impl Group {
    /// The version that the server would have asked.
    pub(super) fn preferred(self) -> Option<String> {
        let first = self.versions.into_iter().next();
        let version = self.preferred_version.or(first)?;
        Some(version.group_version)
    }
}

impl Resources {
    /// The kinds of the version; subresources are none.
    pub(super) fn kinds(self, group_version: &str) -> Vec<Kind> {
        let whole = self
            .resources
            .into_iter()
            .filter(|resource| !resource.name.contains('/'));
        whole
            .map(|resource| Kind {
                group_version: group_version.to_owned(),
                is_namespaced: resource.namespaced,
                names: resource
                    .short_names
                    .into_iter()
                    .chain([resource.singular_name])
                    .filter(|name| !name.is_empty())
                    .collect(),
                verbs: resource.verbs,
                kind: resource.kind,
                plural: resource.name,
            })
            .collect()
    }
}

impl Kind {
    /// The group; empty for the core one.
    pub(super) fn group(&self) -> &str {
        self.group_version
            .split_once('/')
            .map_or("", |(group, _)| group)
    }

    /// Whether it goes by this name: its plural, its kind, its singular or a short one, with
    /// `.GROUP` or without.
    pub(super) fn is_called(&self, asked: &str) -> bool {
        let bare = |name: &str| {
            name.eq_ignore_ascii_case(&self.plural)
                || name.eq_ignore_ascii_case(&self.kind)
                || self
                    .names
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known))
        };
        bare(asked)
            || asked
                .split_once('.')
                .is_some_and(|(name, group)| bare(name) && group.eq_ignore_ascii_case(self.group()))
    }

    /// The path of its objects.
    pub(super) fn path(&self, namespace: Option<&str>) -> String {
        let root = match self.group() {
            "" => "api",
            _ => "apis",
        };
        let Self {
            group_version,
            plural,
            ..
        } = self;
        match namespace {
            Some(namespace) => format!("/{root}/{group_version}/namespaces/{namespace}/{plural}"),
            None => format!("/{root}/{group_version}/{plural}"),
        }
    }
}

impl Catalogue {
    /// The kind of this name; of several the one that was learned first, core before others.
    pub(super) fn find(&self, asked: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.is_called(asked))
    }

    /// Takes the kinds of a version.
    pub(super) fn learn(&mut self, group_version: &str, kinds: Vec<Kind>) {
        if !self.asked.iter().any(|known| known == group_version) {
            self.asked.push(group_version.to_owned());
            self.kinds.extend(kinds);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORE: &str = r#"{"resources": [
        {"name": "pods", "singularName": "pod", "namespaced": true, "kind": "Pod", "verbs": ["get", "list"], "shortNames": ["po"]},
        {"name": "pods/log", "singularName": "", "namespaced": true, "kind": "Pod", "verbs": ["get"]}]}"#;
    const OVN: &str = r#"{"resources": [
        {"name": "egressips", "singularName": "egressip", "namespaced": false, "kind": "EgressIP", "verbs": ["list"], "shortNames": ["eip"]}]}"#;

    #[test]
    fn kinds_go_by_all_their_names() {
        let mut catalogue = Catalogue::default();
        for (version, text) in [("v1", CORE), ("k8s.ovn.org/v1", OVN), ("v1", CORE)] {
            let resources: Resources = serde_json::from_str(text).expect("resources");
            catalogue.learn(version, resources.kinds(version));
        }
        assert_eq!(catalogue.kinds.len(), 2, "no subresource, and each once");
        for name in ["pods", "pod", "Pod", "po"] {
            let kind = catalogue.find(name).expect("a kind");
            assert_eq!(kind.path(Some("a")), "/api/v1/namespaces/a/pods");
        }
        for name in ["eip", "EgressIP", "egressips.k8s.ovn.org"] {
            let kind = catalogue.find(name).expect("a kind");
            assert_eq!(kind.path(None), "/apis/k8s.ovn.org/v1/egressips");
        }
        assert_eq!(catalogue.find("pods.k8s.ovn.org"), None);
        let groups: Groups = serde_json::from_str(
            r#"{"groups": [{"name": "a", "versions": [{"groupVersion": "a/v1", "version": "v1"}, {"groupVersion": "a/v2"}], "preferredVersion": {"groupVersion": "a/v2"}}, {"name": "b"}]}"#,
        )
        .expect("groups");
        let preferred: Vec<Option<String>> =
            groups.groups.into_iter().map(Group::preferred).collect();
        assert_eq!(preferred, [Some("a/v2".to_owned()), None]);
    }
}
