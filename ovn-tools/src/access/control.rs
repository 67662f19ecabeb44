//! Control sockets: the daemons beside a database server.
//!
//! Daemons put their sockets where packages put those of the databases: `ovs-vswitchd.PID.ctl` in
//! the run directory of Open vSwitch, `ovn-controller.PID.ctl` and `ovn-northd.PID.ctl` in that of
//! OVN, or without the number where they were told so.
//!
//! **Source**: ovs-appctl(8), `--target`.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::unixctl::{Unixctl, UnixctlError};
use thiserror::Error;

use crate::command::Daemon;
use crate::snapshot::DatabaseRead;

/// How long a daemon may take to answer.
/// **Default and why**: 30 s; dumping a million connections takes seconds, and a daemon that is
/// stuck must not keep the caller.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// The run directories that stand beside each other, as packages make them.
const RUN_DIRECTORIES: [&str; 2] = ["openvswitch", "ovn"];

/// A daemon gave no answer.
#[derive(Debug, Error)]
pub(super) enum ControlError {
    #[error("daemons are asked over unix sockets beside the database's, which was read from {0}")]
    Remote(String),
    #[error("cannot look for the control socket of {daemon} in {}", directory.display())]
    Directory {
        daemon: Daemon,
        directory: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("there is no control socket of {daemon} in {}: is it running?", directory.display())]
    Missing { daemon: Daemon, directory: PathBuf },
    #[error("{daemon} gave no answer within {ANSWER_TIMEOUT:?}")]
    Slow { daemon: Daemon },
    #[error(transparent)]
    Unixctl(#[from] UnixctlError),
}

/// Asks the daemon beside the server that the database was read from.
pub(super) async fn ask(
    read: &DatabaseRead,
    daemon: Daemon,
    method: &str,
    arguments: &[String],
) -> Result<String, ControlError> {
    let directory = match read.address.parse() {
        Ok(Endpoint::Unix(socket)) => match socket.parent() {
            Some(directory) => directory.to_owned(),
            None => PathBuf::from("."),
        },
        _ => return Err(ControlError::Remote(read.address.to_string())),
    };
    let socket = find(daemon, &directory)?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let conversation = async {
        let mut unixctl = Unixctl::connect(&Endpoint::Unix(socket)).await?;
        Ok(unixctl.call(method, &arguments).await?)
    };
    let answered = tokio::time::timeout(ANSWER_TIMEOUT, conversation).await;
    answered.unwrap_or(Err(ControlError::Slow { daemon }))
}

/// The daemon's control socket in the directory of a database's socket, or in the other run
/// directory beside it.
fn find(daemon: Daemon, directory: &Path) -> Result<PathBuf, ControlError> {
    let beside = RUN_DIRECTORIES
        .iter()
        .filter_map(|name| Some(directory.parent()?.join(name)))
        .filter(|other| other != directory);
    let mut newest = newest_in(daemon, directory).map_err(|cause| ControlError::Directory {
        daemon,
        directory: directory.to_owned(),
        cause,
    })?;
    for other in beside {
        if newest.is_none() {
            // A directory that does not exist holds no socket.
            newest = newest_in(daemon, &other).unwrap_or_default();
        }
    }
    newest.ok_or_else(|| ControlError::Missing {
        daemon,
        directory: directory.to_owned(),
    })
}

/// The newest socket of that daemon: one that died without cleaning up leaves its own behind.
fn newest_in(daemon: Daemon, directory: &Path) -> io::Result<Option<PathBuf>> {
    let mut newest = None;
    for entry in directory.read_dir()? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| is_of(daemon, name)) {
            let modified = entry.metadata().and_then(|data| data.modified()).ok();
            newest = newest.max(Some((modified, entry.path())));
        }
    }
    Ok(newest.map(|(_, path)| path))
}

/// Whether a file of that name is the daemon's control socket: `NAME.ctl` or `NAME.PID.ctl`.
pub(super) fn is_of(daemon: Daemon, name: &str) -> bool {
    let rest = name
        .strip_prefix(daemon.program())
        .and_then(|rest| rest.strip_suffix(".ctl"));
    match rest {
        Some("") => true,
        Some(rest) => rest
            .strip_prefix('.')
            .is_some_and(|pid| !pid.is_empty() && pid.bytes().all(|byte| byte.is_ascii_digit())),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_socket_beside_the_database_is_the_daemons() {
        let root = tempfile::tempdir().expect("a directory");
        let (ovs, ovn) = (root.path().join("openvswitch"), root.path().join("ovn"));
        for directory in [&ovs, &ovn] {
            std::fs::create_dir(directory).expect("a directory");
        }
        for (file, seconds) in [
            (ovs.join("ovs-vswitchd.99.ctl"), 1),
            (ovs.join("ovs-vswitchd.7.ctl"), 2),
            (ovs.join("ovs-vswitchd.x.ctl"), 3),
            (ovs.join("ovs-vswitchd.pid"), 3),
            (ovn.join("ovn-northd.ctl"), 1),
        ] {
            let file = std::fs::File::create(file).expect("a file");
            let time = std::time::UNIX_EPOCH + Duration::from_secs(seconds);
            file.set_modified(time).expect("a time");
        }
        let found = find(Daemon::Vswitchd, &ovs).expect("found");
        assert_eq!(found, ovs.join("ovs-vswitchd.7.ctl"));
        let found = find(Daemon::Northd, &ovs).expect("found beside");
        assert_eq!(found, ovn.join("ovn-northd.ctl"));
        let missing = find(Daemon::Controller, &ovs).expect_err("none");
        assert!(matches!(missing, ControlError::Missing { .. }));
        let nowhere = find(Daemon::Controller, &root.path().join("none")).expect_err("none");
        assert!(matches!(nowhere, ControlError::Directory { .. }));
    }
}
