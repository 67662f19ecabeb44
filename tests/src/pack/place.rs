//! Where a recording is put for a question: as files, as a bundle, or behind live sockets.

use std::path::Path;

use anyhow::Result;
use tempfile::TempDir;

use crate::demo::{FILES, NODES};
use crate::pack::form::Form;
use crate::pack::heartbeat::Heartbeat;
use crate::pack::others::{Others, serve};
use crate::pack::recording::Recording;
use crate::sandbox::DatabaseServer;

/// A recording that is ready to be read, alone or among other nodes; what was made for it is gone
/// with the value.
#[derive(Debug)]
pub struct Placed<'a> {
    /// The sources, as `--source` takes them.
    pub sources: Vec<String>,
    servers: Vec<(DatabaseServer, Heartbeat)>,
    others: Option<&'a Others>,
    _bundle: Option<TempDir>,
}

impl<'a> Placed<'a> {
    /// Puts a recording in a form, and the other nodes with it in the same one.
    ///
    /// # Errors
    /// The archive cannot be made, a server does not start, or the others are not in that form.
    pub fn new(recording: &Recording, form: Form, others: Option<&'a Others>) -> Result<Self> {
        let mut placed = Self {
            sources: Vec::new(),
            servers: Vec::new(),
            others,
            _bundle: None,
        };
        let recorded = |path: &Path| format!("recorded:{}", path.display());
        match form {
            Form::Files => {
                for node in NODES {
                    let files = FILES.map(|file| recorded(&recording.file(node, file)));
                    placed.sources.extend(files);
                }
                let others = others.into_iter().flat_map(Others::files);
                placed.sources.extend(others.map(|path| recorded(&path)));
            }
            Form::Bundle => {
                let folder = TempDir::with_prefix("ovn-bundle-")?;
                let path = folder.path().join("bundle.tar.gz");
                let rest = others.map(Others::archive).transpose()?;
                recording.bundle(&path, rest.as_deref())?;
                placed.sources.push(recorded(&path));
                placed._bundle = Some(folder);
            }
            Form::Live => {
                for node in NODES {
                    let (server, heartbeat) = serve(&recording.path().join(node))?;
                    placed.sources.push(server.endpoint());
                    placed.servers.push((server, heartbeat));
                }
                if let Some(others) = others {
                    placed.sources.extend(others.endpoints()?);
                }
                placed.go_on()?;
            }
        }
        Ok(placed)
    }

    /// Moves the heartbeats behind live servers on to now, as if ovnkube-controller and northd had
    /// gone on as they did before the recording ended.
    ///
    /// # Errors
    /// A server has ended.
    pub fn go_on(&self) -> Result<()> {
        for (_, heartbeat) in &self.servers {
            heartbeat.go_on()?;
        }
        if let Some(others) = self.others {
            others.go_on()?;
        }
        Ok(())
    }

    /// The live server of a node, in the order of [`NODES`].
    pub fn server(&self, node: usize) -> Option<&DatabaseServer> {
        self.servers.get(node).map(|(server, _)| server)
    }
}
