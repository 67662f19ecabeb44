//! Folders and archives of databases give the same answers as the live servers and the plain
//! files, however they are packed, and stay as they are.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use ovn_tests::demo::{Demo, FILES, NODES};
use ovn_tests::sandbox::Node;
use ovn_tools::access::Source;
use ovn_tools::database::Database;
use ovn_tools::run::run;
use ovn_tools::tool::Tool;
use ovn_tools::tool::rows_find::{self, RowsFind};
use ovn_tools::tool::sources_list::{self, SourcesList};
use ovn_tools::tool::topology_show::{self, TopologyShow};
use serde_json::Value as Json;
use tempfile::TempDir;

/// How tar packs, by the ending of the file. It runs the packers of the system.
const PACKINGS: [(&str, &[&str]); 4] = [
    ("tar", &[]),
    ("tar.gz", &["--gzip"]),
    ("tar.xz", &["--xz"]),
    ("tar.zst", &["--zstd"]),
];

/// Packs a folder, found by its name in `within`.
fn pack(within: &Path, folder: &str, into: &Path, options: &[&str]) -> Result<()> {
    let done = Command::new("tar")
        .args(options)
        .arg("--create")
        .arg("--file")
        .arg(into)
        .arg("--directory")
        .arg(within)
        .arg(folder)
        .output()
        .context("cannot run tar; is it installed?")?;
    let complaint = String::from_utf8_lossy(&done.stderr);
    ensure!(
        done.status.success(),
        "tar {options:?} failed (are xz and zstd installed?): {complaint}"
    );
    Ok(())
}

/// The folder and its archives, in each of the packings, and once within another archive.
fn bundles(directory: &Path, folder: &str) -> Result<Vec<Source>> {
    let mut bundles = vec![directory.join(folder)];
    for (ending, options) in PACKINGS {
        let archive = directory.join(format!("{folder}.{ending}"));
        pack(directory, folder, &archive, options)?;
        bundles.push(archive);
    }
    // As must-gather packs its database store in what is packed once more.
    let store = directory.join("collected/network_logs");
    fs::create_dir_all(&store)?;
    fs::copy(
        directory.join(format!("{folder}.tar.gz")),
        store.join("store.tar.gz"),
    )?;
    let nested = directory.join("collected.tar.xz");
    pack(directory, "collected", &nested, &["--xz"])?;
    bundles.push(nested);
    let bundles = bundles.into_iter().map(Source::Recorded);
    Ok(bundles.collect())
}

/// The answers of the tools as JSON, without where and when the rows were read.
async fn answers(sources: &[Source]) -> Result<Vec<Json>> {
    let mut answers = Vec::new();
    for (database, table) in [
        (Database::Nb, "Logical_Switch_Port"),
        (Database::Sb, "Port_Binding"),
        (Database::Sb, "Logical_Flow"),
        (Database::Ovs, "Bridge"),
    ] {
        let mut params = rows_find::Params::new(database, table);
        params.limit = rows_find::MAX_LIMIT;
        // Ephemeral columns stand in no file; those of the chosen tables stay out of the question.
        if database == Database::Ovs {
            params.columns = vec!["name".to_owned(), "ports".to_owned()];
        }
        let found = answer::<RowsFind>(sources, &params).await?;
        assert!(found["total"].as_u64() > Some(0), "{table}: {found}");
        answers.push(found);
    }
    let params = topology_show::Params {
        node: None,
        of: None,
        format: topology_show::Format::Graph,
        ports: None,
    };
    answers.push(answer::<TopologyShow>(sources, &params).await?);
    answers.push(answer::<SourcesList>(sources, &sources_list::Params::default()).await?);
    Ok(answers)
}

async fn answer<T: Tool>(sources: &[Source], params: &T::Params) -> Result<Json> {
    let mut json = serde_json::to_value(run::<T>(sources, params).await?)?;
    forget_origins(&mut json);
    Ok(json)
}

fn forget_origins(json: &mut Json) {
    match json {
        Json::Object(members) => {
            for origin in ["source", "address", "moment", "recorded", "bundles"] {
                members.remove(origin);
            }
            if let Some(Json::String(summary)) = members.get_mut("summary") {
                *summary = summary.replace("recorded ", "").replace("live ", "");
            }
            members.values_mut().for_each(forget_origins);
        }
        Json::Array(items) => items.iter_mut().for_each(forget_origins),
        _ => {}
    }
}

/// Every file below a folder: its path, content and time of its last change.
fn contents(folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>, SystemTime)>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let modified = fs::metadata(&path)?.modified()?;
                files.push((path.clone(), fs::read(&path)?, modified));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Forbids or allows to write to all folders and files below one.
fn set_writable(folder: &Path, writable: bool) -> Result<()> {
    for (path, ..) in contents(folder)? {
        let parents = path
            .ancestors()
            .take_while(|parent| parent.starts_with(folder));
        for path in parents {
            let mode = match (writable, path.is_dir()) {
                (true, true) => 0o755,
                (true, false) => 0o644,
                (false, true) => 0o555,
                (false, false) => 0o444,
            };
            fs::set_permissions(path, Permissions::from_mode(mode))?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_live_node_and_its_files_in_every_packing_give_the_same_answers() -> Result<()> {
    let node = Node::start("hv1")?;
    for command in [
        "ls-add sw0 -- lsp-add sw0 p1 -- lsp-add sw0 p2",
        "lr-add r0 -- lrp-add r0 rp0 00:00:00:00:ff:01 10.0.0.254/24",
        "set NB_Global . name=hv1 options:name=hv1",
    ] {
        node.nbctl(&command.split(' ').collect::<Vec<_>>())?;
    }
    node.nbctl(&["lsp-set-addresses", "p1", "50:54:00:00:00:01 10.0.0.1"])?;
    node.plug("p1")?;
    node.sync()?;
    let servers = [node.northbound(), node.southbound(), node.open_vswitch()];
    let live = servers.map(|server| server.endpoint().parse());
    let live = live.into_iter().collect::<Result<Vec<Source>, _>>()?;
    let expected = answers(&live).await?;
    let directory = TempDir::with_prefix("ovn-bundle-")?;
    let folder = directory.path().join("hv1");
    fs::create_dir(&folder)?;
    for server in servers {
        let file = &server.files()[0];
        let name = file.file_name().context("a database file has a name")?;
        fs::copy(file, folder.join(name))?;
    }
    for bundle in bundles(directory.path(), "hv1")? {
        let found = answers(std::slice::from_ref(&bundle)).await?;
        assert_eq!(found, expected, "{bundle}");
    }
    Ok(())
}

#[tokio::test]
async fn plain_files_of_two_nodes_and_bundles_of_them_give_the_same_answers() -> Result<()> {
    let demo = Demo::unpack()?;
    let files = NODES
        .iter()
        .flat_map(|node| FILES.map(|file| demo.file(node, file)));
    let files: Vec<Source> = files.map(Source::Recorded).collect();
    let expected = answers(&files).await?;
    let directory = TempDir::with_prefix("ovn-bundle-")?;
    let collected = directory.path().join("nodes");
    fs::create_dir(&collected)?;
    for node in NODES {
        fs::create_dir(collected.join(node))?;
        for file in FILES {
            fs::copy(demo.file(node, file), collected.join(node).join(file))?;
        }
    }
    let bundles = bundles(directory.path(), "nodes")?;
    let before = contents(directory.path())?;
    set_writable(directory.path(), false)?;
    for bundle in bundles {
        let found = answers(std::slice::from_ref(&bundle)).await?;
        assert_eq!(found, expected, "{bundle}");
    }
    let after = contents(directory.path())?;
    set_writable(directory.path(), true)?;
    assert!(before == after, "nothing is written");
    Ok(())
}
