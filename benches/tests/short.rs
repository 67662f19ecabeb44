//! The short form runs every part against real servers; what is kept of long ones stays true.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use ovn_benches::part::PARTS;
use ovn_benches::run::{between, plots, read, rendered};

/// Counting instructions is a matter for the build that is shipped, and valgrind takes its time.
const COUNTED: &str = "instructions";

#[test]
fn the_short_form_measures_every_part_and_all_peers_agree() -> Result<()> {
    let out = tempfile::tempdir()?;
    let parts = PARTS.iter().map(|part| part.name);
    let done = Command::new(env!("CARGO_BIN_EXE_ovn-bench"))
        .args(parts.filter(|part| *part != COUNTED))
        .arg("--short")
        .arg("--out")
        .arg(out.path())
        .output()?;
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let all = read(out.path())?;
    for part in PARTS.iter().filter(|part| part.name != COUNTED) {
        assert!(all.iter().any(|one| one.part == part.name), "{}", part.name);
    }
    let compared = |part: &str| {
        let has = all
            .iter()
            .filter(|one| one.part == part && one.digest.is_some());
        has.count()
    };
    assert!(compared("sync") > 10, "every peer says what it holds");
    assert!(compared("resync") > 3 && compared("query") > 7 && compared("recorded") > 5);
    is_true(out.path())
}

#[test]
fn the_tables_and_plots_of_kept_runs_are_those_of_their_raw_data() -> Result<()> {
    let runs = Path::new(env!("CARGO_MANIFEST_DIR")).join("runs");
    let mut newest = None;
    for folder in fs::read_dir(&runs)? {
        let folder = folder?.path();
        is_true(&folder)?;
        newest = newest.max(
            folder
                .file_name()
                .map(|name| name.to_string_lossy().into_owned()),
        );
    }
    let readme = fs::read_to_string(runs.join("../../README.md"))?;
    let newest = newest.unwrap_or_default();
    let all = read(&runs.join(&newest))?;
    let summary = ovn_benches::run::summary(&all, Path::new(&newest));
    assert_eq!(
        between(&readme)?,
        summary,
        "the main README tells of the newest run"
    );
    Ok(())
}

fn is_true(folder: &Path) -> Result<()> {
    let all = read(folder)?;
    let readme = fs::read_to_string(folder.join("README.md"))?;
    assert_eq!(
        between(&readme)?,
        format!("\n{}", rendered(&all)),
        "{}",
        folder.display()
    );
    for (name, svg) in plots(&all) {
        assert_eq!(fs::read_to_string(folder.join(&name))?, svg, "{name}");
    }
    Ok(())
}
