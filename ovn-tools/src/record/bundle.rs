//! Bundles: the files of a recording, under a temporary name until they are complete.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, Header};
use tempfile::TempDir;

use crate::access::{MANIFEST_FILE, Manifest};
use crate::record::RecordError;

/// The rights of the bundle's folder: what a network is made of is for its owner.
const FOLDER_MODE: u32 = 0o700;

/// The rights of the files in an archive once they are unpacked.
const FILE_MODE: u32 = 0o600;

/// Where a bundle goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    path: PathBuf,
    /// Whether it is a folder rather than an archive.
    is_folder: bool,
}

impl Target {
    /// The target of this path: a folder where it ends in `/`.
    ///
    /// # Errors
    /// [`RecordError::Exists`] when something stands there.
    pub(super) fn of(path: &Path) -> Result<Self, RecordError> {
        let text = path.as_os_str().to_string_lossy();
        let is_folder = text.ends_with('/');
        let target = Self {
            path: path.components().collect(),
            is_folder,
        };
        target.check()?;
        Ok(target)
    }

    fn check(&self) -> Result<(), RecordError> {
        match fs::symlink_metadata(&self.path) {
            Ok(_) => Err(RecordError::Exists(self.path.display().to_string())),
            Err(_) => Ok(()),
        }
    }

    /// The folder that it stands in, where temporary files go: renaming works in one file system.
    fn parent(&self) -> &Path {
        match self.path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        }
    }
}

/// The files of a recording, gone when it is dropped before it is finished.
#[derive(Debug)]
pub(super) struct Bundle {
    target: Target,
    staging: TempDir,
}

impl Bundle {
    /// A bundle without files.
    ///
    /// # Errors
    /// [`RecordError::Io`] when nothing can be written in the target's folder.
    pub(super) fn begin(target: Target) -> Result<Self, RecordError> {
        let name = target
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let staging = tempfile::Builder::new()
            .prefix(&format!(".{name}."))
            .suffix(".part")
            .permissions(Permissions::from_mode(FOLDER_MODE))
            .tempdir_in(target.parent())
            .map_err(|cause| RecordError::Io {
                place: target.parent().display().to_string(),
                cause,
            })?;
        Ok(Self { target, staging })
    }

    /// Adds bytes to a file, which is made where it is not there yet.
    ///
    /// # Errors
    /// [`RecordError::Io`] when they cannot be written.
    pub(super) fn append(&self, path: &str, bytes: &[u8]) -> Result<(), RecordError> {
        let place = self.staging.path().join(path);
        let append = || {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut file = OpenOptions::new().create(true).append(true).open(&place)?;
            file.write_all(bytes)
        };
        append().map_err(|cause| RecordError::Io {
            place: place.display().to_string(),
            cause,
        })
    }

    /// Empties a file.
    ///
    /// # Errors
    /// [`RecordError::Io`] when it cannot be emptied.
    pub(super) fn clear(&self, path: &str) -> Result<(), RecordError> {
        let place = self.staging.path().join(path);
        let emptied = OpenOptions::new().write(true).truncate(true).open(&place);
        emptied.map(drop).map_err(|cause| RecordError::Io {
            place: place.display().to_string(),
            cause,
        })
    }

    /// Writes the manifest and puts everything in its place.
    ///
    /// # Errors
    /// [`RecordError`] when it cannot be written, or something stands there by now.
    pub(super) fn finish(self, manifest: &Manifest) -> Result<(), RecordError> {
        self.append(MANIFEST_FILE, &manifest.write()?)?;
        self.target.check()?;
        let place = self.target.path.display().to_string();
        let put = || {
            if self.target.is_folder {
                self.put_folder(manifest)
            } else {
                self.put_archive(manifest)
            }
        };
        put().map_err(|cause| RecordError::Io { place, cause })
    }

    /// The files, the manifest first.
    fn files(&self, manifest: &Manifest) -> Vec<PathBuf> {
        let databases = manifest
            .databases
            .iter()
            .map(|database| database.path.as_str());
        std::iter::once(MANIFEST_FILE)
            .chain(databases)
            .map(|path| self.staging.path().join(path))
            .collect()
    }

    fn put_folder(self, manifest: &Manifest) -> io::Result<()> {
        for path in self.files(manifest) {
            File::open(path)?.sync_all()?;
        }
        let kept = self.staging.keep();
        let renamed = fs::rename(&kept, &self.target.path);
        if renamed.is_err() {
            // The first error says more than a second one.
            let _ = fs::remove_dir_all(&kept);
        }
        renamed
    }

    fn put_archive(self, manifest: &Manifest) -> io::Result<()> {
        let packed = tempfile::Builder::new()
            .prefix(".recording.")
            .suffix(".part")
            .tempfile_in(self.target.parent())?;
        let encoder = GzEncoder::new(packed, Compression::default());
        let mut archive = Builder::new(encoder);
        let modified = u64::try_from(manifest.recorded_at.as_second()).unwrap_or_default();
        for path in self.files(manifest) {
            let name = path.strip_prefix(self.staging.path()).unwrap_or(&path);
            let mut file = File::open(&path)?;
            let mut header = Header::new_gnu();
            header.set_size(file.metadata()?.len());
            header.set_mode(FILE_MODE);
            header.set_mtime(modified);
            archive.append_data(&mut header, name, &mut file)?;
        }
        let packed = archive.into_inner()?.finish()?;
        packed.as_file().sync_all()?;
        packed.persist_noclobber(&self.target.path)?;
        Ok(())
    }
}
