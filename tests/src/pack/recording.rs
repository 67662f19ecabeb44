//! Recorded databases of a scenario: the twin's files, each with what was written after them.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use crate::demo::{FILES, NODES};
use crate::pack::scenario::{Scenario, data};

/// Where the twin lies, from this package's folder.
const TWIN: &str = "data/twin";
/// What the end of a file is called beside the file's name.
const END: &str = "end.gz";
/// The bytes by which an archive ends: two empty blocks.
const END_OF_ARCHIVE: usize = 1024;

/// The databases of one scenario or of the twin, as plain files `NODE/FILE` in a directory that is
/// removed with the value.
#[derive(Debug)]
pub struct Recording {
    directory: TempDir,
}

impl Recording {
    /// The healthy twin.
    ///
    /// # Errors
    /// A file is missing from the checkout or does not unpack.
    pub fn twin() -> Result<Self> {
        Self::made(|_, _| Ok(None))
    }

    /// A scenario: of each file the twin's records, then those of the fault.
    ///
    /// # Errors
    /// A file is missing from the checkout or does not unpack.
    pub fn of(scenario: &Scenario) -> Result<Self> {
        Self::made(|node, file| {
            let path = end(scenario, node, file);
            path.exists().then(|| unpacked(&path)).transpose()
        })
    }

    fn made(end: impl Fn(&str, &str) -> Result<Option<Vec<u8>>>) -> Result<Self> {
        let directory = TempDir::with_prefix("ovn-pack-").context("cannot make a directory")?;
        let recording = Self { directory };
        for node in NODES {
            fs::create_dir(recording.path().join(node)).context("cannot make a node's folder")?;
            for file in FILES {
                let mut bytes = twin(node, file)?;
                bytes.extend(end(node, file)?.unwrap_or_default());
                let path = recording.file(node, file);
                fs::write(&path, bytes)
                    .with_context(|| format!("cannot write {}", path.display()))?;
            }
        }
        Ok(recording)
    }

    /// The directory that holds one folder for each node.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// The path of one database file.
    pub fn file(&self, node: &str, file: &str) -> PathBuf {
        self.path().join(node).join(file)
    }

    /// Whether a text stands in any of the files.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn holds(&self, text: &str) -> Result<bool> {
        for node in NODES {
            for file in FILES {
                if fs::read_to_string(self.file(node, file))?.contains(text) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// All files as one archive, with what is in another one (`.tar.gz`) behind them.
    ///
    /// # Errors
    /// It cannot be written, or the other one not read.
    pub fn bundle(&self, target: &Path, rest: Option<&Path>) -> Result<()> {
        let mut archive = tar::Builder::new(Vec::new());
        for node in NODES {
            archive
                .append_dir_all(format!("bundle/{node}"), self.path().join(node))
                .context("cannot pack a node")?;
        }
        let mut plain = archive.into_inner()?;
        if rest.is_some() {
            // An archive ends with its mark; what follows it would not be read.
            plain.truncate(plain.len().saturating_sub(END_OF_ARCHIVE));
        }
        let out =
            File::create(target).with_context(|| format!("cannot make {}", target.display()))?;
        let mut packed = GzEncoder::new(out, Compression::fast());
        packed.write_all(&plain)?;
        let mut out = packed.finish()?;
        if let Some(rest) = rest {
            // Compressed streams that follow each other unpack to what follows each other.
            let mut rest =
                File::open(rest).with_context(|| format!("cannot open {}", rest.display()))?;
            io::copy(&mut rest, &mut out)?;
        }
        Ok(())
    }
}

/// Keeps what a server wrote after the twin's records.
///
/// # Errors
/// The file does not begin with the twin's records, or the end cannot be written.
pub(crate) fn keep(scenario: &Scenario, node: &str, file: &str, bytes: &[u8]) -> Result<()> {
    let twin = twin(node, file)?;
    ensure!(
        bytes.starts_with(&twin),
        "{node}/{file} does not go on from the twin"
    );
    let path = end(scenario, node, file);
    fs::create_dir_all(path.parent().context("a folder")?)?;
    if bytes.len() == twin.len() {
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        };
    }
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(&bytes[twin.len()..])?;
    fs::write(&path, out.finish()?).with_context(|| format!("cannot write {}", path.display()))
}

fn end(scenario: &Scenario, node: &str, file: &str) -> PathBuf {
    scenario.folder().join(node).join(format!("{file}.{END}"))
}

fn twin(node: &str, file: &str) -> Result<Vec<u8>> {
    unpacked(&data(TWIN).join(node).join(format!("{file}.gz")))
}

fn unpacked(path: &Path) -> Result<Vec<u8>> {
    let packed = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut plain = Vec::new();
    GzDecoder::new(packed)
        .read_to_end(&mut plain)
        .with_context(|| format!("cannot unpack {}", path.display()))?;
    Ok(plain)
}
