//! Hints: small files of a bundle that tell to which node its databases belong.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::access::bundle::place::Place;

/// What a small file tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    /// On which node a pod runs.
    Pod {
        pod: String,
        node: String,
        from: Place,
    },
    /// The name of the host that everything in a folder comes from.
    Host {
        folder: String,
        name: String,
        from: Place,
    },
    /// The databases of a recording of ovnscope, by their paths from the folder of the manifest.
    Manifest {
        folder: String,
        databases: Vec<Recorded>,
    },
}

/// A database of a recording, as its manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Recorded {
    /// The file's path from the manifest's folder.
    pub(crate) path: String,
    /// The node it belongs to.
    #[serde(default)]
    pub(crate) node: Option<String>,
}

/// Which hint a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HintKind {
    Pod,
    Host,
    Manifest,
}

/// The manifest of a recording.
#[derive(Debug, Deserialize)]
struct Manifest {
    #[serde(rename = "ovnscope_recording")]
    version: u64,
    /// Read one by one, so that what a later version adds loses none of them.
    databases: Vec<Json>,
}

/// The version of manifests that is understood.
const VERSION: u64 = 1;

impl HintKind {
    /// Which hint a file at this path may hold.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let mut parts = path.rsplit('/');
        let name = parts.next()?;
        if name == "manifest.json" {
            return Some(Self::Manifest);
        }
        if path.ends_with("sos_commands/host/hostname") {
            return Some(Self::Host);
        }
        // `pods/ovnkube-node-x/ovnkube-node-x.yaml`, as must-gather lays pods out.
        let pod = name.strip_suffix(".yaml")?;
        (parts.next() == Some(pod) && parts.next() == Some("pods") && pod.starts_with("ovnkube-"))
            .then_some(Self::Pod)
    }

    /// The hint in a file; `None` where it holds none after all.
    pub(crate) fn read(self, place: &Place, content: &[u8]) -> Option<Hint> {
        let path = place.whole_path();
        let folder = |levels: usize| {
            let mut parts: Vec<&str> = path.split('/').collect();
            parts.truncate(parts.len().saturating_sub(levels));
            parts.join("/")
        };
        match self {
            Self::Pod => {
                let text = std::str::from_utf8(content).ok()?;
                let node = text
                    .lines()
                    .find_map(|line| line.trim_start().strip_prefix("nodeName:"))?;
                let name = path.rsplit('/').next()?.strip_suffix(".yaml")?;
                Some(Hint::Pod {
                    pod: name.to_owned(),
                    node: word(node.trim().trim_matches(['"', '\'']))?,
                    from: place.clone(),
                })
            }
            Self::Host => Some(Hint::Host {
                folder: folder(3),
                name: word(std::str::from_utf8(content).ok()?.trim())?,
                from: place.clone(),
            }),
            Self::Manifest => {
                let manifest: Manifest = serde_json::from_slice(content).ok()?;
                let databases = manifest.databases.into_iter();
                (manifest.version == VERSION).then(|| Hint::Manifest {
                    folder: folder(1),
                    databases: databases
                        .filter_map(|database| serde_json::from_value(database).ok())
                        .collect(),
                })
            }
        }
    }
}

/// A name, where it is a single word.
fn word(text: &str) -> Option<String> {
    let is_word = !text.is_empty() && !text.contains(char::is_whitespace);
    is_word.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, content: &str, expected: &str) {
        let place = Place::file("mg.tar").member(path, 0);
        let read = HintKind::of(path).and_then(|kind| kind.read(&place, content.as_bytes()));
        let shown = match read {
            None => "nothing".to_owned(),
            Some(Hint::Pod { pod, node, .. }) => format!("pod {pod} on {node}"),
            Some(Hint::Host { folder, name, .. }) => format!("host {name} in {folder}"),
            Some(Hint::Manifest { folder, databases }) => {
                let databases: Vec<String> = databases
                    .into_iter()
                    .map(|recorded| format!("{}={:?}", recorded.path, recorded.node))
                    .collect();
                format!("manifest of {folder}: {}", databases.join(" "))
            }
        };
        assert_eq!(shown, expected, "{path}");
    }

    #[test]
    fn small_files_tell_of_nodes() {
        let pod = "namespaces/openshift-ovn-kubernetes/pods/ovnkube-node-x/ovnkube-node-x.yaml";
        check(
            pod,
            "spec:\n  nodeName: worker-0\n",
            "pod ovnkube-node-x on worker-0",
        );
        check(pod, "spec:\n  nodeName: \"w 0\"\n", "nothing");
        check(pod, "spec: {}\n", "nothing");
        check("a/pods/web/web.yaml", "nodeName: worker-0\n", "nothing");
        check(
            "sos-1/sos_commands/host/hostname",
            "w1.example.com\n",
            "host w1.example.com in mg.tar/sos-1",
        );
        check(
            "sos-1/sos_commands/host/hostname",
            "sh: not found\n",
            "nothing",
        );
        check(
            "r/manifest.json",
            r#"{"ovnscope_recording":1,"more":0,"databases":[{"path":"a/nb.db","node":"a","x":1},{"path":"b.db"},7]}"#,
            r#"manifest of mg.tar/r: a/nb.db=Some("a") b.db=None"#,
        );
        check(
            "manifest.json",
            r#"{"ovnscope_recording":2,"databases":[]}"#,
            "nothing",
        );
        check("manifest.json", r#"{"components":{}}"#, "nothing");
        check("manifest.json", "\u{0}", "nothing");
    }
}
