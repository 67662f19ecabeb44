//! Commands in containers: processes of this machine that see a pod's directory.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result};
use tokio::process::{Child, Command};

use crate::kubernetes::pod::Pod;

/// Where containers have the sockets.
const RUN_DIRECTORIES: [&str; 2] = ["/var/run/ovn/", "/var/run/openvswitch/"];

/// A command that a container cannot start, in the words of runc.
pub(super) struct NotFound(pub(super) String);

/// Starts a command in a pod.
pub(super) fn start(pod: &Pod, command: &[String]) -> Result<Result<Child, NotFound>> {
    let (program, arguments) = command.split_first().context("no command")?;
    if !pod.programs.contains(program) {
        return Ok(Err(NotFound(format!(
            "command terminated: error executing command in container: failed to exec in container: failed to start exec \"e\": OCI runtime exec failed: exec failed: unable to start container process: exec: \"{program}\": executable file not found in $PATH: unknown"
        ))));
    }
    let arguments = arguments
        .iter()
        .map(|argument| lead(argument, &pod.directory));
    // Programs of the image's own stand before those of this machine's packages, and those before
    // what else is in the path, which may be a slow script in front of another program.
    let places = [pod.directory.join("bin"), PathBuf::from("/usr/bin")];
    let path = places
        .iter()
        .map(|place| place.join(program))
        .find(|path| path.is_file())
        .unwrap_or_else(|| program.into());
    let child = Command::new(path)
        .args(arguments)
        .current_dir(&pod.directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {program}; is it installed?"))?;
    Ok(Ok(child))
}

/// The argument with the path of a socket led into the pod's directory.
fn lead(argument: &str, directory: &Path) -> String {
    for run in RUN_DIRECTORIES {
        if let Some((before, name)) = argument.split_once(run)
            && matches!(before, "" | "UNIX-CONNECT:" | "OPEN:" | "unix:")
        {
            return format!("{before}{}", directory.join(name).display());
        }
    }
    argument.to_owned()
}
