//! The temporary directory that holds the sockets, files and logs of one sandbox.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context, Result};
use tempfile::TempDir;

/// The variables by which OVS and OVN find their sockets, pid files, logs and databases.
const VARIABLES: [&str; 8] = [
    "OVS_RUNDIR",
    "OVS_LOGDIR",
    "OVS_DBDIR",
    "OVS_SYSCONFDIR",
    "OVN_RUNDIR",
    "OVN_LOGDIR",
    "OVN_DBDIR",
    "OVN_SYSCONFDIR",
];

/// A directory that the servers of one sandbox share; removed with its last clone.
#[derive(Clone, Debug)]
pub(crate) struct Directory(Arc<TempDir>);

impl Directory {
    /// Makes an empty directory. Its name is short, because the path of a unix socket may not exceed
    /// 107 bytes.
    pub(crate) fn new() -> Result<Self> {
        let directory =
            TempDir::with_prefix("ovn-").context("cannot make a temporary directory")?;
        Ok(Self(Arc::new(directory)))
    }

    /// Where the directory is.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The path of a file in the directory.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// A command that finds this sandbox's daemons and no others.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path()).stdin(Stdio::null());
        for variable in VARIABLES {
            command.env(variable, self.path());
        }
        command
    }

    /// Copies a file into the directory, so that a server may write to it.
    pub(crate) fn copy(&self, source: &Path) -> Result<PathBuf> {
        let name = source
            .file_name()
            .with_context(|| format!("{} is not a file", source.display()))?;
        let target = self.path().join(name);
        fs::copy(source, &target).with_context(|| format!("cannot copy {}", source.display()))?;
        Ok(target)
    }
}
