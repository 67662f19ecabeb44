//! The demonstration recording, unpacked for a test.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use tempfile::TempDir;

/// The nodes of the recording; the first one has the faults.
pub const NODES: [&str; 2] = ["worker-a", "worker-b"];

/// The database files of each node: northbound, southbound, Open_vSwitch.
pub const FILES: [&str; 3] = [NORTHBOUND, SOUTHBOUND, OPEN_VSWITCH];

/// The file of a node's northbound database.
pub const NORTHBOUND: &str = "ovnnb_db.db";
/// The file of a node's southbound database.
pub const SOUTHBOUND: &str = "ovnsb_db.db";
/// The file of a node's Open_vSwitch database.
pub const OPEN_VSWITCH: &str = "conf.db";

/// Where the recording lies, from this package's folder.
const RECORDING: &str = "../ovn-tools/demo";

/// The recording as plain database files, `NODE/FILE` in a temporary directory.
///
/// What the files hold is written in `tests/demo/README.md`.
#[derive(Debug)]
pub struct Demo {
    directory: TempDir,
}

impl Demo {
    /// Unpacks all files.
    ///
    /// # Errors
    ///
    /// A file is missing from the checkout or does not unpack.
    pub fn unpack() -> Result<Self> {
        let directory = TempDir::with_prefix("ovn-demo-").context("cannot make a directory")?;
        let demo = Self { directory };
        for node in NODES {
            fs::create_dir(demo.path().join(node)).context("cannot make a node's directory")?;
            for file in FILES {
                unpack(&packed(node, file), &demo.file(node, file))?;
            }
        }
        Ok(demo)
    }

    /// The directory that holds one folder for each node.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// The path of one database file, such as `demo.file("worker-a", NORTHBOUND)`.
    pub fn file(&self, node: &str, file: &str) -> PathBuf {
        self.path().join(node).join(file)
    }
}

/// The compressed file in the checkout.
pub fn packed(node: &str, file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(RECORDING)
        .join(node)
        .join(format!("{file}.gz"))
}

fn unpack(source: &Path, target: &Path) -> Result<()> {
    let packed = File::open(source).with_context(|| format!("cannot open {}", source.display()))?;
    let mut plain =
        File::create(target).with_context(|| format!("cannot make {}", target.display()))?;
    io::copy(&mut GzDecoder::new(packed), &mut plain)
        .with_context(|| format!("cannot unpack {}", source.display()))?;
    Ok(())
}
