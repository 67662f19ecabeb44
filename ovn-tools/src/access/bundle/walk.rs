//! Walks: the files of a bundle, before anything looks into them.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use crate::access::bundle::file_name::FileName;
use crate::access::bundle::found::Problem;
use crate::access::bundle::limit::{LimitError, Meter};
use crate::access::bundle::opening_error::OpenError;
use crate::access::bundle::place::Place;

/// The files of a bundle.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) root: PathBuf,
    pub(crate) is_folder: bool,
    /// Ascending by place.
    pub(crate) files: Vec<(PathBuf, Place)>,
    /// What could not be listed.
    pub(crate) problems: Vec<Problem>,
}

impl Listing {
    /// Lists the files of a folder and its folders, or the one file.
    pub(crate) fn of(path: &Path, meter: &Meter) -> Result<Self, OpenError> {
        let kind = fs::metadata(path)?;
        let is_folder = kind.is_dir();
        let (files, problems) = if is_folder {
            // A folder that cannot be read at all is no empty one.
            fs::read_dir(path)?;
            walk(path, meter)
        } else if kind.is_file() {
            let name = path.file_name().unwrap_or(path.as_os_str());
            let place = Place::file(&name.to_string_lossy());
            (vec![(path.to_path_buf(), place)], Vec::new())
        } else {
            return Err(OpenError::Kind);
        };
        Ok(Self {
            root: path.to_path_buf(),
            is_folder,
            files,
            problems,
        })
    }

    /// What changes when a file comes, goes or is written to; `None` where that cannot be told.
    pub(crate) fn fingerprint(&self) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        for (path, _) in &self.files {
            let meta = fs::metadata(path).ok()?;
            (path, meta.len(), meta.modified().ok()?).hash(&mut hasher);
        }
        Some(hasher.finish())
    }
}

/// The files of a folder, ascending by path, and what could not be walked.
///
/// Links are never followed: what they lead to within the folder is found at its own place, and
/// what is outside is no part of the bundle. So no loop of links matters.
fn walk(root: &Path, meter: &Meter) -> (Vec<(PathBuf, Place)>, Vec<Problem>) {
    let mut walk = Walk {
        files: Vec::new(),
        problems: Vec::new(),
        meter,
        root: fs::canonicalize(root).ok(),
    };
    // Folders yet to be read, with their paths from the root.
    let mut folders = vec![(root.to_path_buf(), String::new())];
    while let Some((folder, name)) = folders.pop() {
        if let Err(error) = walk.folder(&folder, &name, &mut folders) {
            let place = Place::file(if name.is_empty() { "." } else { &name });
            if !LimitError::is_final(&error) {
                walk.state(place, error.to_string());
                continue;
            }
            if meter.tell() {
                walk.problems.push(Problem {
                    place: None,
                    why: error.to_string(),
                });
            }
            break;
        }
    }
    walk.files.sort_by(|a, b| a.1.cmp(&b.1));
    (walk.files, walk.problems)
}

struct Walk<'m> {
    files: Vec<(PathBuf, Place)>,
    problems: Vec<Problem>,
    meter: &'m Meter,
    root: Option<PathBuf>,
}

impl Walk<'_> {
    fn folder(
        &mut self,
        folder: &Path,
        name: &str,
        folders: &mut Vec<(PathBuf, String)>,
    ) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let own = entry.file_name();
            let own = own.to_string_lossy();
            let path = match name {
                "" => own.into_owned(),
                name => format!("{name}/{own}"),
            };
            let kind = match entry.file_type() {
                Ok(kind) => kind,
                Err(error) => {
                    self.state(Place::file(&path), error.to_string());
                    continue;
                }
            };
            if kind.is_dir() {
                self.meter.check()?;
                folders.push((entry.path(), path));
            } else if kind.is_file() {
                let most = usize::try_from(self.meter.limits.files).unwrap_or(usize::MAX);
                if self.files.len() >= most {
                    return Err(LimitError::Files(self.meter.limits.files).into());
                }
                self.files.push((entry.path(), Place::file(&path)));
            } else if kind.is_symlink() && FileName::of(&path).database.is_some() {
                self.link(&entry.path(), &path);
            }
        }
        Ok(())
    }

    /// States a link that is named like a database and leads out of the folder.
    fn link(&mut self, link: &Path, name: &str) {
        let why = match (fs::canonicalize(link), &self.root) {
            (Ok(target), Some(root)) if target.starts_with(root) => return,
            (Ok(_), _) => {
                "it is a link that leads out of the folder, which is not followed: name its target \
                 as a source of its own"
            }
            (Err(_), _) => "it is a link that leads nowhere",
        };
        self.state(Place::file(name), why.to_owned());
    }

    fn state(&mut self, place: Place, why: String) {
        self.problems.push(Problem {
            place: Some(place),
            why,
        });
    }
}
