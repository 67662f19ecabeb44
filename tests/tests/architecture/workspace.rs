//! The workspace: every source file in it, read once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};

use crate::source::Source;

/// The folders of all packages, from the workspace's root.
pub(crate) const PACKAGES: [&str; 9] = [
    "ovsdb-client",
    "schemas",
    "schemas/codegen",
    "ovn-tools",
    "mcp-server",
    "tests",
    "tests/shapes",
    "benches",
    "benches/micro",
];

/// The packages that a user runs; the generated one is not among them.
pub(crate) const PRODUCT: [&str; 3] = ["ovsdb-client", "ovn-tools", "mcp-server"];

/// What the generator is expected to write for an odd schema, kept for its tests.
const EXPECTED: &str = "schemas/codegen/tests/odd/odd";

static SOURCES: LazyLock<Result<Vec<Source>>> = LazyLock::new(|| {
    let mut sources = Vec::new();
    for path in paths("rs")? {
        let text = fs::read_to_string(root().join(&path)).with_context(|| path.clone())?;
        sources.push(Source::parse(&path, &text)?);
    }
    Ok(sources)
});

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every source file, ascending by path.
pub(crate) fn sources() -> &'static [Source] {
    SOURCES.as_ref().expect("every source file can be read")
}

/// The source files that people write.
pub(crate) fn written() -> impl Iterator<Item = &'static Source> {
    sources()
        .iter()
        .filter(|source| !is_generated(&source.path))
}

/// The source files under `src` of a package.
pub(crate) fn sources_of(package: &str) -> impl Iterator<Item = &'static Source> {
    sources()
        .iter()
        .filter(move |source| source.in_package(package).is_some())
}

/// Whether a generator writes the file.
pub(crate) fn is_generated(path: &str) -> bool {
    let table = path
        .strip_prefix("schemas/src/")
        .is_some_and(|rest| rest != "lib.rs");
    table || path.starts_with(EXPECTED)
}

/// Every file of the packages with this ending, ascending, what is built or vendored left out.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn paths(ending: &str) -> Result<Vec<String>> {
    let root = root();
    let mut folders: Vec<String> = PACKAGES
        .iter()
        .filter(|package| !package.contains('/'))
        .map(|&package| package.to_owned())
        .collect();
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).with_context(|| folder.clone())? {
            let entry = entry?;
            let name = entry.file_name().into_string().unwrap_or_default();
            let path = format!("{folder}/{name}");
            if entry.file_type()?.is_dir() {
                if name != "target" {
                    folders.push(path);
                }
            } else if name.rsplit_once('.').is_some_and(|(_, end)| end == ending) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    Ok(paths)
}
