//! One process that serves until it is stopped, started in the foreground as a child of the test.

use std::fs::{self, File, OpenOptions};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::sandbox::deadline::{READY, STOP, wait_until};
use crate::sandbox::directory::Directory;
use crate::sandbox::program::{run, timeout};

/// How much of a log a failure quotes, in lines: enough for the cause and what led to it.
const TAIL: usize = 30;

/// How to start a daemon, kept so that it can be started again in the same way.
#[derive(Clone, Debug)]
pub(crate) struct Launch {
    pub(crate) program: &'static str,
    pub(crate) name: String,
    pub(crate) arguments: Vec<String>,
    /// Whether the daemon takes `--unixctl`; where not, its control socket is named after its pid.
    pub(crate) takes_unixctl: bool,
}

/// A running (or killed) daemon. Dropping it kills it.
///
/// ```text
///   start ──► running ──pause──► paused
///               ▲  │ ◄──resume──────┘ │
///        restart│  └──kill/stop──► gone
///               └────────────────────┘
/// ```
#[derive(Debug)]
pub struct Daemon {
    launch: Launch,
    directory: Directory,
    child: Child,
    ctl: PathBuf,
    log: PathBuf,
    complaints: PathBuf,
    gone: bool,
}

impl Daemon {
    /// Starts a daemon and returns once its control socket answers.
    pub(crate) fn start(directory: &Directory, launch: Launch) -> Result<Self> {
        let log = directory.join(&format!("{}.log", launch.name));
        let complaints = directory.join(&format!("{}.stderr", launch.name));
        let child = spawn(directory, &launch, &log, &complaints)?;
        let ctl = directory.join(&control_socket(&launch, child.id()));
        let mut daemon = Self {
            launch,
            directory: directory.clone(),
            child,
            ctl,
            log,
            complaints,
            gone: false,
        };
        let ctl = daemon.ctl.clone();
        daemon.wait_for_socket(&ctl)?;
        Ok(daemon)
    }

    /// The process ID.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The control socket, which `ovs-appctl` and ovnscope's own client speak to.
    pub fn ctl(&self) -> &Path {
        &self.ctl
    }

    /// The log file.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// The last lines of the log and what the process wrote to standard error.
    pub fn log_tail(&self) -> String {
        let mut tail = String::new();
        for path in [&self.log, &self.complaints] {
            let text = fs::read_to_string(path).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            for line in &lines[lines.len().saturating_sub(TAIL)..] {
                tail.push_str(line);
                tail.push('\n');
            }
        }
        tail
    }

    /// Runs a command of the daemon's control socket, as `ovs-appctl` does.
    ///
    /// # Errors
    ///
    /// The daemon does not run or refuses the command.
    pub fn appctl(&self, arguments: &[&str]) -> Result<String> {
        let target = format!("--target={}", self.ctl.display());
        let timeout = timeout();
        let mut all = vec![target.as_str(), timeout.as_str()];
        all.extend(arguments);
        run(&self.directory, "ovs-appctl", &all)
    }

    /// Stops the process where it stands (SIGSTOP): connections stay open and nothing answers.
    ///
    /// # Errors
    ///
    /// The process is gone.
    pub fn pause(&self) -> Result<()> {
        self.signal(Signal::STOP)
    }

    /// Lets a paused process go on (SIGCONT).
    ///
    /// # Errors
    ///
    /// The process is gone.
    pub fn resume(&self) -> Result<()> {
        self.signal(Signal::CONT)
    }

    /// Kills the process at once (SIGKILL), as a power failure would, and waits for its end.
    ///
    /// # Errors
    ///
    /// The operating system refused.
    pub fn kill(&mut self) -> Result<()> {
        if !self.gone {
            self.child.kill().context("cannot kill")?;
            self.child.wait().context("cannot wait")?;
            self.gone = true;
        }
        Ok(())
    }

    /// Asks the process to end (SIGTERM), waits, and kills it if it does not.
    ///
    /// # Errors
    ///
    /// The operating system refused.
    pub fn stop(&mut self) -> Result<()> {
        if self.gone {
            return Ok(());
        }
        self.signal(Signal::TERM)?;
        let name = self.launch.name.clone();
        if wait_until(&format!("{name} ends"), STOP, || self.exit_status()).is_err() {
            self.kill()?;
        }
        self.gone = true;
        Ok(())
    }

    /// Whether the process has ended.
    ///
    /// # Errors
    ///
    /// The operating system refused to say.
    pub fn ended(&mut self) -> Result<bool> {
        Ok(self.gone || self.exit_status()?.is_some())
    }

    /// Starts the daemon again with the same arguments, after killing it if it still runs.
    ///
    /// # Errors
    ///
    /// It does not start; the message holds the log's tail.
    pub(crate) fn restart(&mut self, launch: Launch) -> Result<()> {
        self.kill()?;
        let directory = self.directory.clone();
        *self = Self::start(&directory, launch)?;
        Ok(())
    }

    /// Starts the daemon again as it was started, after killing it if it still runs.
    ///
    /// # Errors
    ///
    /// It does not start; the message holds the log's tail.
    pub fn start_again(&mut self) -> Result<()> {
        let launch = self.launch.clone();
        self.restart(launch)
    }

    pub(crate) fn launch(&self) -> &Launch {
        &self.launch
    }

    /// Returns once a unix socket accepts connections.
    pub(crate) fn wait_for_socket(&mut self, socket: &Path) -> Result<()> {
        let what = format!("{} listens on {}", self.launch.name, socket.display());
        self.wait_for(&what, || Ok(UnixStream::connect(socket).ok()))?;
        Ok(())
    }

    /// Waits for something this daemon will do, and fails at once when it has ended instead.
    pub(crate) fn wait_for<T>(
        &mut self,
        what: &str,
        mut look: impl FnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        let found = wait_until(what, READY, || {
            if let Some(status) = self.exit_status()? {
                bail!("{} ended ({status}) before {what}", self.launch.name);
            }
            look()
        });
        found.with_context(|| format!("log of {}:\n{}", self.launch.name, self.log_tail()))
    }

    fn exit_status(&mut self) -> Result<Option<ExitStatus>> {
        let status = self
            .child
            .try_wait()
            .context("cannot look after a child process")?;
        // Its pid may be another process's from now on.
        self.gone |= status.is_some();
        Ok(status)
    }

    fn signal(&self, signal: Signal) -> Result<()> {
        if self.gone {
            bail!("{} does not run", self.launch.name);
        }
        kill_process(Pid::from_child(&self.child), signal)
            .with_context(|| format!("cannot signal {}", self.launch.name))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // Nothing in a temporary directory is worth a daemon's orderly end, and this one is certain
        // even when the process is paused.
        let _ = self.kill();
    }
}

fn spawn(directory: &Directory, launch: &Launch, log: &Path, complaints: &Path) -> Result<Child> {
    let mut command = directory.command(launch.program);
    command.args(["-vconsole:off", "--no-chdir"]);
    command.arg(format!(
        "--pidfile={}",
        directory.join(&format!("{}.pid", launch.name)).display()
    ));
    command.arg(format!("--log-file={}", log.display()));
    if launch.takes_unixctl {
        command.arg(format!(
            "--unixctl={}",
            directory.join(&control_socket(launch, 0)).display()
        ));
    }
    command.args(&launch.arguments);
    command
        .stdout(appended(complaints)?)
        .stderr(appended(complaints)?);
    command
        .spawn()
        .with_context(|| format!("cannot run {}; is it installed?", launch.program))
}

fn appended(path: &Path) -> Result<File> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .with_context(|| format!("cannot write {}", path.display()))
}

fn control_socket(launch: &Launch, pid: u32) -> String {
    if launch.takes_unixctl {
        format!("{}.ctl", launch.name)
    } else {
        format!("{}.{pid}.ctl", launch.program)
    }
}
