//! One ovsdb-server with one or several databases.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::sandbox::daemon::{Daemon, Launch};
use crate::sandbox::directory::Directory;
use crate::sandbox::program::{run, timeout};
use crate::sandbox::schema::Schema;

/// What ovsdb-server logs when it has opened a passive TCP remote; the port follows.
const LISTENING: &str = "listening on port ";

/// An ovsdb-server of standalone databases on a unix socket, and on loopback TCP if asked for.
#[derive(Debug)]
pub struct DatabaseServer {
    daemon: Daemon,
    directory: Directory,
    socket: PathBuf,
    tcp: Option<SocketAddr>,
    files: Vec<PathBuf>,
}

/// What a [`DatabaseServer`] will serve, and how.
#[derive(Debug, Default)]
#[must_use = "nothing runs before start()"]
pub struct DatabaseServerSetup {
    directory: Option<Directory>,
    name: Option<String>,
    socket: Option<String>,
    schemas: Vec<Schema>,
    copies: Vec<PathBuf>,
    own: Vec<PathBuf>,
    tcp: bool,
    arguments: Vec<String>,
}

impl DatabaseServerSetup {
    /// Serves an empty database of a schema.
    pub fn database(mut self, schema: Schema) -> Self {
        self.schemas.push(schema);
        self
    }

    /// Serves a copy of a database file; the original is not touched.
    pub fn file(mut self, path: impl AsRef<Path>) -> Self {
        self.copies.push(path.as_ref().to_path_buf());
        self
    }

    /// Serves a file that is the sandbox's own already, in place.
    pub(crate) fn own_file(mut self, path: PathBuf) -> Self {
        self.own.push(path);
        self
    }

    /// Listens on loopback TCP too, at a port that the kernel picks.
    pub fn tcp(mut self) -> Self {
        self.tcp = true;
        self
    }

    /// Adds an argument to ovsdb-server's command line, such as a further `--remote`.
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Makes the files, starts the server and returns once it listens.
    ///
    /// # Errors
    ///
    /// A file cannot be made, or the server does not start; the message then holds its log's tail.
    pub fn start(self) -> Result<DatabaseServer> {
        let directory = match self.directory {
            Some(directory) => directory,
            None => Directory::new()?,
        };
        let mut files = Vec::new();
        for schema in &self.schemas {
            files.push(create(&directory, schema)?);
        }
        for original in &self.copies {
            files.push(directory.copy(original)?);
        }
        files.extend(self.own);
        let name = self.name.unwrap_or_else(|| "ovsdb-server".to_owned());
        let socket = directory.join(&self.socket.unwrap_or_else(|| "db.sock".to_owned()));
        let mut arguments = vec![format!("--remote=punix:{}", socket.display())];
        if self.tcp {
            arguments.push(tcp_remote(0));
        }
        arguments.extend(self.arguments);
        arguments.extend(files.iter().map(|file| file.display().to_string()));
        let launch = Launch {
            program: "ovsdb-server",
            name,
            arguments,
            takes_unixctl: true,
        };
        let daemon = Daemon::start(&directory, launch)?;
        let mut server = DatabaseServer {
            daemon,
            directory,
            socket,
            tcp: None,
            files,
        };
        if self.tcp {
            server.learn_port()?;
        }
        server.wait_for_remotes()?;
        Ok(server)
    }

    /// Shares a directory with other daemons; the file names then must differ.
    pub(crate) fn beside(mut self, directory: &Directory, name: &str, socket: &str) -> Self {
        self.directory = Some(directory.clone());
        self.name = Some(name.to_owned());
        self.socket = Some(socket.to_owned());
        self
    }
}

impl DatabaseServer {
    /// Describes a server that is to be started.
    pub fn setup() -> DatabaseServerSetup {
        DatabaseServerSetup::default()
    }

    /// The unix socket.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// The unix socket in the notation of OVSDB's tools: `unix:PATH`.
    pub fn endpoint(&self) -> String {
        format!("unix:{}", self.socket.display())
    }

    /// The TCP address, if [`DatabaseServerSetup::tcp`] asked for one. A restart keeps it.
    pub fn tcp(&self) -> Option<SocketAddr> {
        self.tcp
    }

    /// The database files that the server writes: those made from schemas, then those copied.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The process.
    pub fn daemon(&self) -> &Daemon {
        &self.daemon
    }

    /// Kills the server (SIGKILL); its clients see their connections break.
    ///
    /// # Errors
    ///
    /// The operating system refused.
    pub fn kill(&mut self) -> Result<()> {
        self.daemon.kill()
    }

    /// Whether the server has ended of itself.
    ///
    /// # Errors
    ///
    /// The operating system refused to say.
    pub fn ended(&mut self) -> Result<bool> {
        self.daemon.ended()
    }

    /// Stops the server from answering (SIGSTOP) while its connections stay open.
    ///
    /// # Errors
    ///
    /// The server does not run.
    pub fn pause(&self) -> Result<()> {
        self.daemon.pause()
    }

    /// Lets a paused server answer again (SIGCONT).
    ///
    /// # Errors
    ///
    /// The server does not run.
    pub fn resume(&self) -> Result<()> {
        self.daemon.resume()
    }

    /// Starts the server again on the same files, socket and TCP port, after killing it if it runs.
    ///
    /// # Errors
    ///
    /// It does not start; the message holds the log's tail.
    pub fn restart(&mut self) -> Result<()> {
        self.daemon.kill()?;
        let mut launch = self.daemon.launch().clone();
        if let Some(address) = self.tcp {
            let any_port = tcp_remote(0);
            for argument in &mut launch.arguments {
                if *argument == any_port {
                    *argument = tcp_remote(address.port());
                }
            }
        }
        self.daemon.restart(launch)?;
        self.wait_for_remotes()
    }

    /// Runs `ovsdb-client COMMAND` on this server.
    ///
    /// # Errors
    ///
    /// The command failed; the message holds its standard error.
    pub fn ovsdb_client(&self, command: &str, arguments: &[&str]) -> Result<String> {
        let (timeout, endpoint) = (timeout(), self.endpoint());
        let mut all = vec![timeout.as_str(), command, endpoint.as_str()];
        all.extend(arguments);
        run(&self.directory, "ovsdb-client", &all)
    }

    /// Runs one transaction, given and answered as the JSON of RFC 7047.
    ///
    /// # Errors
    ///
    /// The request failed as a whole. An operation that failed stands in the answer.
    pub fn transact(&self, transaction: &str) -> Result<String> {
        self.ovsdb_client("transact", &[transaction])
    }

    /// Returns once each socket accepts connections.
    fn wait_for_remotes(&mut self) -> Result<()> {
        let socket = self.socket.clone();
        self.daemon.wait_for_socket(&socket)?;
        if let Some(address) = self.tcp {
            let what = format!("it listens on {address}");
            self.daemon
                .wait_for(&what, || Ok(TcpStream::connect(address).ok()))?;
        }
        Ok(())
    }

    /// Reads from the log which port the kernel picked. A port that was asked for is not logged.
    fn learn_port(&mut self) -> Result<()> {
        let log = self.daemon.log().to_path_buf();
        let port = self
            .daemon
            .wait_for("its TCP port is known", || logged_port(&log))?;
        self.tcp = Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        Ok(())
    }
}

fn create(directory: &Directory, schema: &Schema) -> Result<PathBuf> {
    let file = directory.join(schema.file());
    let (Some(path), Some(source)) = (file.to_str(), schema.path().to_str()) else {
        bail!("{} is no UTF-8", schema.path().display());
    };
    run(directory, "ovsdb-tool", &["create", path, source])?;
    Ok(file)
}

fn tcp_remote(port: u16) -> String {
    format!("--remote=ptcp:{port}:{}", Ipv4Addr::LOCALHOST)
}

fn logged_port(log: &Path) -> Result<Option<u16>> {
    let text = fs::read_to_string(log).with_context(|| format!("cannot read {}", log.display()))?;
    // A line that is still being written has no end yet.
    for line in text
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
    {
        if let Some((_, port)) = line.split_once(LISTENING) {
            return Ok(Some(port.trim().parse().context("no port follows")?));
        }
    }
    Ok(None)
}
