//! ovn-controller, which turns southbound rows into flows.

use std::ops::{Deref, DerefMut};

use anyhow::Result;

use crate::sandbox::daemon::{Daemon, Launch};
use crate::sandbox::directory::Directory;

/// A running ovn-controller.
#[derive(Debug)]
pub struct Controller(Daemon);

impl Controller {
    /// Starts ovn-controller; it learns from the Open_vSwitch database where the southbound one is.
    pub(crate) fn start(directory: &Directory) -> Result<Self> {
        let launch = Launch {
            program: "ovn-controller",
            name: "ovn-controller".to_owned(),
            arguments: Vec::new(),
            // OVN 23.03 does not know the option.
            takes_unixctl: false,
        };
        Ok(Self(Daemon::start(directory, launch)?))
    }
}

impl Deref for Controller {
    type Target = Daemon;

    fn deref(&self) -> &Daemon {
        &self.0
    }
}

impl DerefMut for Controller {
    fn deref_mut(&mut self) -> &mut Daemon {
        &mut self.0
    }
}
