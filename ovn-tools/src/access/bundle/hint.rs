//! Hints: small files of a bundle that tell to which node its databases belong.

use memchr::memmem;

use crate::access::bundle::place::Place;
use crate::access::manifest::{DatabaseRecorded, MANIFEST_FILE, Manifest, ManifestError};

/// Where a sosreport keeps the name of its host, from the report's folder.
const HOST_FILE: &str = "sos_commands/host/hostname";

/// What every manifest of ovnscope has and hardly any other JSON.
const MANIFEST_MARK: &[u8] = b"\"ovnscope_recording\"";

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
        databases: Vec<DatabaseRecorded>,
    },
}

/// Which hint a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HintKind {
    Pod,
    Host,
    Manifest,
}

impl HintKind {
    /// Which hint a file at this path may hold.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let mut parts = path.rsplit('/');
        let name = parts.next()?;
        if name == MANIFEST_FILE {
            return Some(Self::Manifest);
        }
        if path.ends_with(HOST_FILE) {
            return Some(Self::Host);
        }
        // `pods/ovnkube-node-x/ovnkube-node-x.yaml`, as must-gather lays pods out.
        let pod = name.strip_suffix(".yaml")?;
        (parts.next() == Some(pod) && parts.next() == Some("pods") && pod.starts_with("ovnkube-"))
            .then_some(Self::Pod)
    }

    /// The hint in a file; `None` where it holds none after all.
    ///
    /// # Errors
    /// [`ManifestError`] for a manifest of ovnscope that cannot be read.
    pub(crate) fn read(self, place: &Place, content: &[u8]) -> Result<Option<Hint>, ManifestError> {
        match self {
            Self::Manifest if memmem::find(content, MANIFEST_MARK).is_some() => {
                let manifest = Manifest::read(content)?;
                let path = place.whole_path();
                let folder = path.strip_suffix(MANIFEST_FILE).unwrap_or_default();
                Ok(Some(Hint::Manifest {
                    folder: folder.trim_end_matches('/').to_owned(),
                    databases: manifest.databases,
                }))
            }
            Self::Manifest => Ok(None),
            Self::Pod => Ok(pod(place, content)),
            Self::Host => Ok(host(place, content)),
        }
    }
}

fn pod(place: &Place, content: &[u8]) -> Option<Hint> {
    let path = place.whole_path();
    let text = std::str::from_utf8(content).ok()?;
    let node = text
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("nodeName:"))?;
    Some(Hint::Pod {
        pod: path.rsplit('/').next()?.strip_suffix(".yaml")?.to_owned(),
        node: word(node.trim().trim_matches(['"', '\'']))?,
        from: place.clone(),
    })
}

fn host(place: &Place, content: &[u8]) -> Option<Hint> {
    let path = place.whole_path();
    let folder = path.strip_suffix(HOST_FILE)?;
    Some(Hint::Host {
        folder: folder.trim_end_matches('/').to_owned(),
        name: word(std::str::from_utf8(content).ok()?.trim())?,
        from: place.clone(),
    })
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
        let read = HintKind::of(path).map(|kind| kind.read(&place, content.as_bytes()));
        let read = read.unwrap_or(Ok(None));
        let shown = match read.unwrap_or_else(|error| panic!("{path}: {error}")) {
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
        check("manifest.json", r#"{"components":{}}"#, "nothing");
        check("manifest.json", "\u{0}", "nothing");
        let manifest = Manifest::new(jiff::Timestamp::UNIX_EPOCH, Vec::new(), None);
        let manifest = String::from_utf8(manifest.write().unwrap()).unwrap();
        check("r/manifest.json", &manifest, "manifest of mg.tar/r: ");
        check("manifest.json", &manifest, "manifest of mg.tar: ");
    }
}
