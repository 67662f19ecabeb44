//! Tests of remembering.

use std::fs;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::*;
use crate::access::bundle::progress::Silent;

const DATABASE: &[u8] = b"OVSDB JSON 0 {}";

fn again(path: &Path) -> Arc<Bundle> {
    open(path, &Meter::default(), &Silent).unwrap()
}

#[test]
fn a_bundle_is_opened_once_while_nothing_of_it_changes() {
    let folder = TempDir::with_prefix("remembered-").unwrap();
    let path = folder.path();
    fs::write(path.join("a.db"), DATABASE).unwrap();
    let first = again(path);
    assert!(Arc::ptr_eq(&first, &again(path)));
    fs::write(path.join("b"), "more").unwrap();
    let second = again(path);
    assert_eq!((first.files, second.files), (1, 2));
    // As long as before, but written later.
    let file = fs::File::options()
        .write(true)
        .open(path.join("b"))
        .unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(7))
        .unwrap();
    assert!(!Arc::ptr_eq(&second, &again(path)));
    fs::remove_file(path.join("b")).unwrap();
    assert_eq!(again(path).files, 1);
}

#[test]
fn a_bundle_that_was_broken_off_is_opened_anew() {
    let folder = TempDir::with_prefix("remembered-").unwrap();
    fs::write(folder.path().join("a.db"), DATABASE).unwrap();
    let meter = Meter::default();
    meter.cancel();
    let error = open(folder.path(), &meter, &Silent).unwrap_err();
    assert_eq!(error.to_string(), "opening was broken off");
    assert_eq!(again(folder.path()).databases.len(), 1);
}

#[test]
fn plain_files_do_not_push_a_folder_out() {
    let folder = TempDir::with_prefix("remembered-").unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("a.db"), DATABASE).unwrap();
    let whole = again(&inner);
    let files: Vec<_> = (0..MAX_REMEMBERED + 2)
        .map(|number| folder.path().join(format!("{number}.db")))
        .collect();
    let mut opened = Vec::new();
    for file in &files {
        fs::write(file, DATABASE).unwrap();
        opened.push(again(file));
    }
    assert!(Arc::ptr_eq(&whole, &again(&inner)));
    for (file, first) in files.iter().zip(&opened) {
        assert!(Arc::ptr_eq(first, &again(file)));
    }
}
