//! ovs-vswitchd, with a datapath that lives in its own memory.

use std::ops::{Deref, DerefMut};

use anyhow::Result;

use crate::sandbox::daemon::{Daemon, Launch};
use crate::sandbox::directory::Directory;

/// A running ovs-vswitchd.
///
/// All its datapaths and devices are dummies: it needs no privilege and touches no interface of the
/// machine, yet `netdev-dummy/receive` takes packets, and flows, conntrack and traces are real.
#[derive(Debug)]
pub struct Vswitchd(Daemon);

impl Vswitchd {
    /// Starts ovs-vswitchd on the Open_vSwitch database of its directory.
    pub(crate) fn start(directory: &Directory) -> Result<Self> {
        let arguments = [
            "--enable-dummy=override",
            "--disable-system",
            "--disable-system-route",
        ];
        let launch = Launch {
            program: "ovs-vswitchd",
            name: "ovs-vswitchd".to_owned(),
            arguments: arguments.map(str::to_owned).to_vec(),
            takes_unixctl: true,
        };
        Ok(Self(Daemon::start(directory, launch)?))
    }
}

impl Deref for Vswitchd {
    type Target = Daemon;

    fn deref(&self) -> &Daemon {
        &self.0
    }
}

impl DerefMut for Vswitchd {
    fn deref_mut(&mut self) -> &mut Daemon {
        &mut self.0
    }
}
