//! The whole stack of one node: three databases, northd, vswitchd and controller.

use std::path::Path;

use anyhow::{Context, Result};

use crate::sandbox::controller::Controller;
use crate::sandbox::database_server::DatabaseServer;
use crate::sandbox::deadline::{READY, wait_until};
use crate::sandbox::directory::Directory;
use crate::sandbox::northd::Northd;
use crate::sandbox::program::{run, timeout};
use crate::sandbox::schema::Schema;
use crate::sandbox::vswitchd::Vswitchd;

/// A node whose chassis is registered and whose integration bridge, `br-int`, exists.
///
/// Files and sockets have the names that packages give them (`ovnnb_db.sock`, `ovnsb_db.sock`,
/// `db.sock`, …), so a tool that is pointed at [`Node::directory`] finds them.
#[derive(Debug)]
pub struct Node {
    // Dropped in this order: first who writes, then who serves, last the directory.
    controller: Controller,
    vswitchd: Vswitchd,
    northd: Northd,
    open_vswitch: DatabaseServer,
    southbound: DatabaseServer,
    northbound: DatabaseServer,
    directory: Directory,
}

impl Node {
    /// Starts the stack of a node. `name` becomes the chassis' name and host name.
    ///
    /// # Errors
    ///
    /// A daemon does not start or does not become ready; the message holds its log's tail.
    pub fn start(name: &str) -> Result<Self> {
        let directory = Directory::new()?;
        let serve = |schema, name: &str, socket: &str| {
            DatabaseServer::setup()
                .database(schema)
                .beside(&directory, name, socket)
                .start()
        };
        let northbound = serve(Schema::northbound(), "ovnnb_db", "ovnnb_db.sock")?;
        let southbound = serve(Schema::southbound(), "ovnsb_db", "ovnsb_db.sock")?;
        let open_vswitch = serve(Schema::open_vswitch(), "ovsdb-server", "db.sock")?;
        run(&directory, "ovn-nbctl", &["init"])?;
        run(&directory, "ovn-sbctl", &["init"])?;
        configure(&directory, name, &southbound.endpoint())?;
        Self::with_daemons(directory, [northbound, southbound, open_vswitch])
    }

    /// Starts the stack of a node again from copies of its database files, which lie in `folder`
    /// under the names that packages give them, as after a reboot.
    ///
    /// # Errors
    ///
    /// A daemon does not start or does not become ready; the message holds its log's tail.
    pub fn resume(folder: &Path) -> Result<Self> {
        let directory = Directory::new()?;
        let serve = |schema: &Schema, name: &str, socket: &str| {
            DatabaseServer::setup()
                .file(folder.join(schema.file()))
                .beside(&directory, name, socket)
                .start()
        };
        let northbound = serve(&Schema::northbound(), "ovnnb_db", "ovnnb_db.sock")?;
        let southbound = serve(&Schema::southbound(), "ovnsb_db", "ovnsb_db.sock")?;
        let open_vswitch = serve(&Schema::open_vswitch(), "ovsdb-server", "db.sock")?;
        set_remote(&directory, OWN_SOUTHBOUND)?;
        Self::with_daemons(directory, [northbound, southbound, open_vswitch])
    }

    fn with_daemons(directory: Directory, servers: [DatabaseServer; 3]) -> Result<Self> {
        let [northbound, southbound, open_vswitch] = servers;
        let vswitchd = Vswitchd::start(&directory)?;
        let northd = Northd::start(&directory)?;
        let controller = Controller::start(&directory)?;
        let node = Self {
            controller,
            vswitchd,
            northd,
            open_vswitch,
            southbound,
            northbound,
            directory,
        };
        node.wait_for_controller()?;
        Ok(node)
    }

    /// The directory that holds the sockets, control sockets, database files and logs.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The server of the northbound database.
    pub fn northbound(&self) -> &DatabaseServer {
        &self.northbound
    }

    /// The server of the northbound database, to kill or restart it.
    pub fn northbound_mut(&mut self) -> &mut DatabaseServer {
        &mut self.northbound
    }

    /// The server of the southbound database.
    pub fn southbound(&self) -> &DatabaseServer {
        &self.southbound
    }

    /// The server of the southbound database, to kill or restart it.
    pub fn southbound_mut(&mut self) -> &mut DatabaseServer {
        &mut self.southbound
    }

    /// The server of the Open_vSwitch database.
    pub fn open_vswitch(&self) -> &DatabaseServer {
        &self.open_vswitch
    }

    /// The server of the Open_vSwitch database, to kill or restart it.
    pub fn open_vswitch_mut(&mut self) -> &mut DatabaseServer {
        &mut self.open_vswitch
    }

    /// ovn-northd.
    pub fn northd(&self) -> &Northd {
        &self.northd
    }

    /// ovn-northd, to stop or kill it.
    pub fn northd_mut(&mut self) -> &mut Northd {
        &mut self.northd
    }

    /// ovn-controller.
    pub fn controller(&self) -> &Controller {
        &self.controller
    }

    /// ovn-controller, to stop or kill it.
    pub fn controller_mut(&mut self) -> &mut Controller {
        &mut self.controller
    }

    /// ovs-vswitchd.
    pub fn vswitchd(&self) -> &Vswitchd {
        &self.vswitchd
    }

    /// ovs-vswitchd, to stop or kill it.
    pub fn vswitchd_mut(&mut self) -> &mut Vswitchd {
        &mut self.vswitchd
    }

    /// Runs `ovn-nbctl` and returns what it printed.
    ///
    /// # Errors
    ///
    /// The command failed; the message holds its standard error.
    pub fn nbctl(&self, arguments: &[&str]) -> Result<String> {
        self.run("ovn-nbctl", arguments)
    }

    /// Runs `ovn-sbctl` and returns what it printed.
    ///
    /// # Errors
    ///
    /// The command failed; the message holds its standard error.
    pub fn sbctl(&self, arguments: &[&str]) -> Result<String> {
        self.run("ovn-sbctl", arguments)
    }

    /// Runs `ovs-vsctl` and returns what it printed. It waits for ovs-vswitchd to take the change.
    ///
    /// # Errors
    ///
    /// The command failed; the message holds its standard error.
    pub fn vsctl(&self, arguments: &[&str]) -> Result<String> {
        self.run("ovs-vsctl", arguments)
    }

    /// Runs `ovs-appctl` on ovs-vswitchd; the other daemons have their own
    /// [`appctl`](crate::sandbox::Daemon::appctl).
    ///
    /// # Errors
    ///
    /// The command failed; the message holds its standard error.
    pub fn appctl(&self, arguments: &[&str]) -> Result<String> {
        self.vswitchd.appctl(arguments)
    }

    /// Runs `ovn-trace` on the southbound database and returns what it printed.
    ///
    /// # Errors
    ///
    /// The command failed; the message holds its standard error.
    pub fn trace(&self, arguments: &[&str]) -> Result<String> {
        // It has no option that makes it give up in time.
        run(&self.directory, "ovn-trace", arguments)
    }

    /// Runs `ovsdb-client` with exactly these arguments.
    ///
    /// # Errors
    ///
    /// The command failed; the message holds its standard error.
    pub fn ovsdb_client(&self, arguments: &[&str]) -> Result<String> {
        self.run("ovsdb-client", arguments)
    }

    /// Waits until everything written to the northbound database has reached the flows
    /// (`--wait=hv sync`).
    ///
    /// # Errors
    ///
    /// The daemons did not catch up in time; the message holds the ends of their logs.
    pub fn sync(&self) -> Result<()> {
        self.nbctl(&["--wait=hv", "sync"])
            .map(drop)
            .with_context(|| self.log_tails())
    }

    /// Stops ovn-controller, and says in the Open_vSwitch database that it spoke to `remote`.
    ///
    /// # Errors
    ///
    /// The command failed; the message holds its standard error.
    pub fn leave(&mut self, remote: &str) -> Result<()> {
        self.controller.kill()?;
        set_remote(&self.directory, remote)
    }

    /// Adds an interface to `br-int` for a logical port, both named `port`, and waits until the port is
    /// up.
    ///
    /// # Errors
    ///
    /// The logical port does not exist or ovn-controller did not claim it; the message holds the ends
    /// of the logs.
    pub fn plug(&self, port: &str) -> Result<()> {
        let iface_id = format!("external-ids:iface-id={port}");
        self.vsctl(&[
            "add-port",
            "br-int",
            port,
            "--",
            "set",
            "Interface",
            port,
            &iface_id,
        ])?;
        self.nbctl(&["wait-until", "Logical_Switch_Port", port, "up=true"])
            .map(drop)
            .with_context(|| self.log_tails())
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let timeout = timeout();
        let mut all = vec![timeout.as_str()];
        all.extend(arguments);
        run(&self.directory, program, &all)
    }

    /// ovn-controller first makes the bridge, then registers its chassis.
    fn wait_for_controller(&self) -> Result<()> {
        let chassis = ["--bare", "--columns=name", "list", "Chassis"];
        wait_until("br-int and the chassis exist", READY, || {
            let made = self.vsctl(&["br-exists", "br-int"]).is_ok();
            Ok((made && !self.sbctl(&chassis)?.trim().is_empty()).then_some(()))
        })
        .with_context(|| self.log_tails())
    }

    fn log_tails(&self) -> String {
        let northd = self.northd.log_tail();
        let controller = self.controller.log_tail();
        format!("log of ovn-northd:\n{northd}\nlog of ovn-controller:\n{controller}")
    }
}

/// The southbound socket as ovn-controller finds it in its own directory: no recorded row then
/// names the directory.
const OWN_SOUTHBOUND: &str = "unix:ovnsb_db.sock";

fn set_remote(directory: &Directory, remote: &str) -> Result<()> {
    let setting = format!("external_ids:ovn-remote={remote}");
    let arguments = ["--no-wait", "set", "Open_vSwitch", ".", &setting];
    run(directory, "ovs-vsctl", &arguments).map(drop)
}

/// Says in the Open_vSwitch database what ovn-controller needs to know, before any daemon runs.
fn configure(directory: &Directory, name: &str, southbound: &str) -> Result<()> {
    let settings = [
        format!("external-ids:system-id={name}"),
        format!("external-ids:hostname={name}"),
        format!("external-ids:ovn-remote={southbound}"),
        "external-ids:ovn-encap-type=geneve".to_owned(),
        "external-ids:ovn-encap-ip=127.0.0.1".to_owned(),
    ];
    let mut arguments = vec!["--no-wait", "init", "--", "set", "Open_vSwitch", "."];
    arguments.extend(settings.iter().map(String::as_str));
    run(directory, "ovs-vsctl", &arguments).map(drop)
}
