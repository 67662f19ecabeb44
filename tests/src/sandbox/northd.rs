//! ovn-northd, which turns northbound rows into southbound ones.

use std::ops::{Deref, DerefMut};

use anyhow::Result;

use crate::sandbox::daemon::{Daemon, Launch};
use crate::sandbox::directory::Directory;

/// A running ovn-northd.
#[derive(Debug)]
pub struct Northd(Daemon);

impl Northd {
    /// Starts ovn-northd between the two databases of its directory.
    pub(crate) fn start(directory: &Directory) -> Result<Self> {
        let launch = Launch {
            program: "ovn-northd",
            name: "ovn-northd".to_owned(),
            arguments: Vec::new(),
            takes_unixctl: true,
        };
        Ok(Self(Daemon::start(directory, launch)?))
    }
}

impl Deref for Northd {
    type Target = Daemon;

    fn deref(&self) -> &Daemon {
        &self.0
    }
}

impl DerefMut for Northd {
    fn deref_mut(&mut self) -> &mut Daemon {
        &mut self.0
    }
}
