//! Bundles: folders and archives of anything, opened and read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use ovn_tools::access::bundle::{Bundle, MAX_DEPTH};
use ovn_tools::access::{Source, read};
use ovn_tools::database::Database;
use ovn_tools::snapshot::Needs;
use tempfile::TempDir;
use tokio::runtime;

use super::packing::{Content, contents};

/// The longest path that a content may ask for.
/// **Unit and why**: bytes; more than a folder takes says nothing of its reader.
const PATH: usize = 120;

/// Opens and reads a folder, and each file in it as a source of its own.
pub fn run(data: &[u8]) {
    let contents = contents(data);
    let folder = TempDir::with_prefix("fuzz-").expect("a folder can be made");
    let files: Vec<PathBuf> = (0..)
        .zip(&contents)
        .map(|(number, content)| put(folder.path(), number, content))
        .collect();
    let before = held(folder.path());
    let is_sound = |content: &Content| content.sound.is_some_and(|layers| layers <= MAX_DEPTH);
    check(folder.path(), contents.iter().any(is_sound));
    for (file, content) in files.iter().zip(&contents) {
        check(file, is_sound(content));
    }
    assert!(held(folder.path()) == before, "the folder stays as it was");
}

/// Opens a path twice and reads all that it holds.
fn check(path: &Path, holds_sound: bool) {
    let open = || match Bundle::open(path) {
        Ok(bundle) => {
            let found = bundle.databases.iter().map(|found| found.place.to_string());
            let problems = bundle.problems.iter().map(|problem| problem.why.clone());
            (found.collect::<Vec<_>>(), problems.collect::<Vec<_>>())
        }
        Err(error) => (Vec::new(), vec![error.to_string()]),
    };
    let (found, problems) = open();
    assert!(
        !holds_sound || !found.is_empty(),
        "a sound database is not found: {problems:?}"
    );
    assert_eq!((found, problems), open());
    let needs = Database::ALL
        .iter()
        .fold(Needs::default(), |needs, database| {
            needs.database(*database)
        });
    let runtime = runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime can be made");
    let sources = [Source::Recorded(path.to_path_buf())];
    let outcome = runtime.block_on(read(&sources, &needs));
    if holds_sound {
        let snapshot = outcome.expect("what holds a sound database is read");
        let databases = snapshot.databases.iter().map(|read| read.database);
        assert!(
            databases
                .into_iter()
                .any(|database| database == Database::Nb),
            "the sound database is not read: {:?}",
            snapshot.gaps
        );
    }
}

/// Writes a content under its name, or under its number where its name is no path in the folder.
fn put(folder: &Path, number: usize, content: &Content) -> PathBuf {
    let name = Path::new(&content.name);
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let own = folder.join(name);
    let fits = !content.name.is_empty()
        && content.name.len() <= PATH
        && !content.name.contains('\0')
        && !content.name.ends_with('/')
        && name.components().all(is_plain)
        && own
            .parent()
            .is_some_and(|parent| fs::create_dir_all(parent).is_ok())
        && !own.exists();
    let path = if fits {
        own
    } else {
        folder.join(format!("{number}."))
    };
    fs::write(&path, &content.bytes).expect("it can be written");
    path
}

/// Everything in a folder: the files with their bytes, the folders without.
fn held(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("it can be listed") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            all.append(&mut held(&path));
            all.insert(path, None);
        } else {
            let bytes = fs::read(&path).expect("it can be read");
            all.insert(path, Some(bytes));
        }
    }
    all
}
