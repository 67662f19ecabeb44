//! The other nodes of the cluster of a hundred: healthy, and put up once for many recordings.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use crate::demo::{FILES, NORTHBOUND};
use crate::pack::cluster;
use crate::pack::form::Form;
use crate::pack::heartbeat::Heartbeat;
use crate::sandbox::DatabaseServer;

/// What the folder of the nodes is called.
const FOLDER: &str = "others";

/// The other nodes, as files and in the forms that were asked for; gone with the value.
#[derive(Debug)]
pub struct Others {
    folder: TempDir,
    nodes: Vec<String>,
    has_archive: bool,
    servers: Vec<(DatabaseServer, Heartbeat)>,
}

impl Others {
    /// Writes the nodes' files, and puts them in these forms.
    ///
    /// # Errors
    /// The twin does not unpack, a file cannot be written, or a server does not start.
    pub fn new(forms: &[Form]) -> Result<Self> {
        let mut others = Self {
            folder: TempDir::with_prefix("ovn-hundred-")?,
            nodes: Vec::new(),
            has_archive: forms.contains(&Form::Bundle),
            servers: Vec::new(),
        };
        let home = others.folder.path().join(FOLDER);
        others.nodes = cluster::write_others(&home)?;
        if others.has_archive {
            let out = File::create(others.archive_path())?;
            let mut archive = tar::Builder::new(GzEncoder::new(out, Compression::fast()));
            archive.append_dir_all(FOLDER, &home)?;
            archive.into_inner()?.finish()?;
        }
        if forms.contains(&Form::Live) {
            for node in &others.nodes {
                let server = serve(&home.join(node))?;
                others.servers.push(server);
            }
        }
        Ok(others)
    }

    /// The path of each database file.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        let home = self.folder.path().join(FOLDER);
        let nodes = self.nodes.iter().map(move |node| home.join(node));
        nodes.flat_map(|node| FILES.map(|file| node.join(file)))
    }

    /// An archive of all of them.
    ///
    /// # Errors
    /// It was not asked for.
    pub fn archive(&self) -> Result<PathBuf> {
        let path = self.has_archive.then(|| self.archive_path());
        path.context("the other nodes were not packed")
    }

    /// Where the server of each node listens.
    ///
    /// # Errors
    /// They were not asked for.
    pub fn endpoints(&self) -> Result<Vec<String>> {
        let endpoints: Vec<String> = self
            .servers
            .iter()
            .map(|(server, _)| server.endpoint())
            .collect();
        let are_there = endpoints.len() == self.nodes.len();
        are_there
            .then_some(endpoints)
            .context("the other nodes are not served")
    }

    /// Moves the heartbeats behind the servers on to now.
    ///
    /// # Errors
    /// A server has ended.
    pub fn go_on(&self) -> Result<()> {
        let mut servers = self.servers.iter();
        servers.try_for_each(|(_, heartbeat)| heartbeat.go_on())
    }

    fn archive_path(&self) -> PathBuf {
        self.folder.path().join("others.tar.gz")
    }
}

/// Serves copies of the files in a node's folder.
pub(super) fn serve(node: &Path) -> Result<(DatabaseServer, Heartbeat)> {
    let setup = FILES
        .into_iter()
        .fold(DatabaseServer::setup(), |setup, file| {
            setup.file(node.join(file))
        });
    let server = setup.start()?;
    let heartbeat = Heartbeat::of(&server, &node.join(NORTHBOUND))?;
    Ok((server, heartbeat))
}
