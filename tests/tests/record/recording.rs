//! Recordings of servers and files as they are at one moment, whole, redacted or in part.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use ovn_tests::demo::{Demo, FILES, NODES, NORTHBOUND};
use ovn_tests::sandbox::{DatabaseServer, Node};
use ovn_tools::access::{MANIFEST_FILE, Manifest, Source};
use ovn_tools::database::Database;
use ovn_tools::record::{RecordError, RecordOptions, Recording};
use ovn_tools::run::run;
use ovn_tools::tool::rows_find::{self, RowsFind};
use ovn_tools::tool::topology_show::{self, TopologyShow};
use ovsdb_client::dbfile::DatabaseFile;
use serde_json::Value as Json;

use crate::stock::{dump, folder, tool};

/// A key for redactions that are the same in every run.
const KEY: [u8; 32] = [3; 32];

/// What only a recording that is redacted must not hold, of the demonstration recording.
const PRIVATE: [&str; 9] = [
    "worker",
    "shop",
    "cart",
    "frontend",
    "payments",
    "checkout",
    "grafana",
    "prometheus",
    "monitoring",
];

/// A recording in a folder of `directory`.
async fn record(
    sources: &[Source],
    options: &RecordOptions,
    directory: &Path,
) -> Result<(PathBuf, Manifest)> {
    let target = directory.join("bundle/");
    let recording = Recording::begin(sources, options, &target).await?;
    let manifest = recording.finish()?.manifest;
    let bytes = fs::read(target.join(MANIFEST_FILE))?;
    assert_eq!(Manifest::read(&bytes)?, manifest);
    Ok((target, manifest))
}

fn demo_sources(demo: &Demo) -> Vec<Source> {
    let files = NODES
        .iter()
        .flat_map(|node| FILES.map(|file| demo.file(node, file)));
    files.map(Source::Recorded).collect()
}

/// The sources that a bundle's files are.
fn of(bundle: &Path, manifest: &Manifest) -> Vec<Source> {
    let files = manifest.databases.iter();
    files
        .map(|file| Source::Recorded(bundle.join(&file.path)))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stock_tools_read_a_recording_as_the_servers_it_is_of() -> Result<()> {
    let demo = Demo::unpack()?;
    let directory = folder()?;
    for file in FILES {
        let live = DatabaseServer::setup()
            .file(demo.file(NODES[0], file))
            .start()?;
        let at = directory.path().join(file);
        fs::create_dir(&at)?;
        let (bundle, manifest) =
            record(&[live.endpoint().parse()?], &RecordOptions::default(), &at).await?;
        let [recorded] = manifest.databases.as_slice() else {
            anyhow::bail!("one database: {manifest:?}");
        };
        assert_eq!(recorded.path, format!("worker-a/{file}"));
        assert_eq!(recorded.transactions, 1);
        let path = bundle.join(&recorded.path);
        let name = recorded.database.full_name();
        let text = path.display().to_string();
        assert_eq!(tool("ovsdb-tool", &["db-name", &text])?.trim(), name);
        assert_eq!(
            tool("ovsdb-tool", &["db-version", &text])?.trim(),
            recorded.schema_version
        );
        let table = match recorded.database {
            Database::Nb => "Logical_Switch",
            Database::Sb => "Port_Binding",
            _ => "Bridge",
        };
        let question = format!(r#"["{name}",{{"op":"select","table":"{table}","where":[]}}]"#);
        let rows: Json = serde_json::from_str(&tool("ovsdb-tool", &["query", &text, &question])?)?;
        assert!(
            rows[0]["rows"]
                .as_array()
                .is_some_and(|rows| !rows.is_empty()),
            "{rows}"
        );
        // A server starts on it and holds the same rows.
        let again = DatabaseServer::setup().file(&path).start()?;
        assert_eq!(dump(&again, name)?, dump(&live, name)?, "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_database_file_keeps_stands_in_a_recording() -> Result<()> {
    let node = Node::start("hv1")?;
    node.nbctl(&["ls-add", "sw0", "--", "lsp-add", "sw0", "p1"])?;
    node.plug("p1")?;
    node.sync()?;
    let directory = folder()?;
    let source: Source = node.open_vswitch().endpoint().parse()?;
    let (bundle, manifest) = record(
        std::slice::from_ref(&source),
        &RecordOptions::default(),
        directory.path(),
    )
    .await?;
    let mut params = rows_find::Params::new(Database::Ovs, "Interface");
    params.columns = ["name", "admin_state", "mac_in_use", "ifindex"]
        .map(str::to_owned)
        .into();
    let live = run::<RowsFind>(&[source], &params).await?;
    let recorded = run::<RowsFind>(&of(&bundle, &manifest), &params).await?;
    assert_eq!(recorded.rows, live.rows);
    assert!(recorded.gaps.is_empty(), "{:?}", recorded.gaps);
    let states = live.rows.iter().filter(|row| !row[2].is_null());
    assert!(states.count() > 0, "{:?}", live.rows);
    DatabaseServer::setup()
        .file(bundle.join(&manifest.databases[0].path))
        .start()?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_holds_the_same_files_as_a_folder() -> Result<()> {
    let directory = folder()?;
    let sources = [Source::Demo];
    let target = directory.path().join("demo.tar.gz");
    let recording = Recording::begin(&sources, &RecordOptions::default(), &target).await?;
    let manifest = recording.finish()?.manifest;
    let (bundle, in_folder) = record(&sources, &RecordOptions::default(), directory.path()).await?;
    assert_eq!(manifest.databases, in_folder.databases);
    let list = tool("tar", &["tzf", &target.display().to_string()])?;
    let mut expected: Vec<&str> = manifest.databases.iter().map(|file| &*file.path).collect();
    expected.insert(0, MANIFEST_FILE);
    assert_eq!(list.lines().collect::<Vec<_>>(), expected);
    for file in &manifest.databases {
        let packed = tool("tar", &["xzOf", &target.display().to_string(), &file.path])?;
        let plain = fs::read_to_string(bundle.join(&file.path))?;
        assert_eq!(packed, plain, "{}", file.path);
    }
    Ok(())
}

/// Every address of version 4 and every MAC address in some text.
fn addresses(text: &str) -> BTreeSet<String> {
    let is_v4 = |word: &&str| word.parse::<std::net::Ipv4Addr>().is_ok();
    let is_mac = |word: &&str| {
        word.len() == 17
            && word
                .split(':')
                .all(|part| part.len() == 2 && u8::from_str_radix(part, 16).is_ok())
    };
    let v4 = text
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(is_v4);
    let macs = text
        .split(|c: char| !c.is_ascii_hexdigit() && c != ':')
        .filter(is_mac);
    v4.chain(macs).map(str::to_owned).collect()
}

/// Addresses that every deployment has.
fn is_common(address: &str) -> bool {
    [
        "0.",
        "127.",
        "169.254.",
        "22",
        "23",
        "24",
        "25",
        "00:00",
        "ff:ff",
        "01:00",
        "33:33",
        "0a:58:a9:fe",
    ]
    .iter()
    .any(|begin| address.starts_with(begin))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_private_is_left_in_a_redacted_recording() -> Result<()> {
    let demo = Demo::unpack()?;
    let directory = folder()?;
    let options = RecordOptions {
        redact: Some(KEY),
        ..RecordOptions::default()
    };
    let (bundle, manifest) = record(&demo_sources(&demo), &options, directory.path()).await?;
    let mut original = String::new();
    for node in NODES {
        for file in FILES {
            original += &fs::read_to_string(demo.file(node, file))?;
        }
    }
    let mut redacted = fs::read_to_string(bundle.join(MANIFEST_FILE))?;
    for file in &manifest.databases {
        redacted += &file.path;
        redacted += &fs::read_to_string(bundle.join(&file.path))?;
    }
    for word in PRIVATE {
        assert!(original.contains(word), "{word} stands in no original");
        assert!(!redacted.contains(word), "{word} is left");
    }
    let private = addresses(&original);
    let private: BTreeSet<&String> = private
        .iter()
        .filter(|address| !is_common(address))
        .collect();
    assert!(private.len() > 60, "{private:?}");
    let left = addresses(&redacted);
    let left: Vec<_> = private
        .iter()
        .filter(|address| left.contains(**address))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    let redactions = manifest.redactions.context("redactions")?;
    assert!(redactions.names > 50 && redactions.ip_addresses > 30 && redactions.mac_addresses > 10);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redacted_recording_works_as_the_original() -> Result<()> {
    let demo = Demo::unpack()?;
    let directory = folder()?;
    let options = RecordOptions {
        redact: Some(KEY),
        ..RecordOptions::default()
    };
    let originals = demo_sources(&demo);
    let (bundle, manifest) = record(&originals, &options, directory.path()).await?;
    let redacted = of(&bundle, &manifest);

    // Servers accept every file, and stock tools show as much of each.
    for file in &manifest.databases {
        DatabaseServer::setup()
            .file(bundle.join(&file.path))
            .start()?;
    }
    // The network has the same shape: what is not a name is the same.
    let params = topology_show::Params {
        node: None,
        of: None,
        format: topology_show::Format::Graph,
        ports: None,
    };
    let shape = async |sources: &[Source]| -> Result<Vec<String>> {
        let shown = serde_json::to_value(run::<TopologyShow>(sources, &params).await?)?;
        let mut shape = Vec::new();
        outline(&shown, "", &mut shape);
        shape.sort();
        Ok(shape)
    };
    assert_eq!(shape(&originals).await?, shape(&redacted).await?);

    // References by name hold: every port that a match names is there.
    let find =
        async |table: &str, columns: &[&str], database: Database| -> Result<Vec<Vec<Json>>> {
            let mut params = rows_find::Params::new(database, table);
            params.columns = columns.iter().map(|column| (*column).to_owned()).collect();
            params.limit = rows_find::MAX_LIMIT;
            Ok(run::<RowsFind>(&redacted, &params).await?.rows)
        };
    let ports = find("Port_Binding", &["logical_port"], Database::Sb).await?;
    let ports: BTreeSet<&str> = ports.iter().filter_map(|row| row[2].as_str()).collect();
    let flows = find("Logical_Flow", &["match"], Database::Sb).await?;
    let mut named = 0;
    for text in flows.iter().filter_map(|row| row[2].as_str()) {
        for rest in text.split("port == \"").skip(1) {
            let port = rest.split('"').next().unwrap_or_default();
            assert!(
                ports.contains(port) || port.starts_with("_MC") || port == "none",
                "{port} in {text}"
            );
            named += 1;
        }
    }
    assert!(named > 50, "{named}");
    let sets = find("Address_Set", &["name"], Database::Sb).await?;
    let sets: BTreeSet<&str> = sets.iter().filter_map(|row| row[2].as_str()).collect();
    let used = flows
        .iter()
        .filter_map(|row| row[2].as_str())
        .flat_map(|text| text.split('$').skip(1));
    for name in used.filter_map(|rest| {
        rest.split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
    }) {
        assert!(
            sets.contains(name) || name == "svc_monitor_mac",
            "{name} is no address set"
        );
    }
    Ok(())
}

/// How many members and items there are at each place, and what no name is.
fn outline(json: &Json, path: &str, out: &mut Vec<String>) {
    match json {
        Json::Object(members) => {
            for (key, value) in members {
                outline(value, &format!("{path}.{key}"), out);
            }
        }
        Json::Array(items) => {
            out.push(format!("{path}: {} items", items.len()));
            for item in items {
                outline(item, &format!("{path}[]"), out);
            }
        }
        Json::String(_) => out.push(format!("{path}: text")),
        other => out.push(format!("{path}: {other}")),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chosen_tables_make_files_that_servers_accept() -> Result<()> {
    let demo = Demo::unpack()?;
    let directory = folder()?;
    let options = RecordOptions {
        tables: vec!["Logical_Switch_Port".to_owned(), "Port_Binding".to_owned()],
        ..RecordOptions::default()
    };
    let live = DatabaseServer::setup()
        .file(demo.file(NODES[0], NORTHBOUND))
        .start()?;
    let refused = RecordOptions {
        tables: vec!["Logical_Swich".to_owned()],
        ..RecordOptions::default()
    };
    let source: Source = live.endpoint().parse()?;
    let error = Recording::begin(
        std::slice::from_ref(&source),
        &refused,
        &directory.path().join("x/"),
    )
    .await;
    assert!(matches!(error, Err(RecordError::NoTable(_))));
    let sources = demo_sources(&demo);
    let (bundle, manifest) = record(&sources, &options, directory.path()).await?;
    assert_eq!(manifest.databases.len(), 6, "each still tells its node");
    for file in &manifest.databases {
        assert!(file.node.is_some(), "{file:?}");
        let path = bundle.join(&file.path);
        let server = DatabaseServer::setup().file(&path).start()?;
        let bytes = fs::read(&path)?;
        let kept = DatabaseFile::read(&bytes, &[])?;
        let rows = kept
            .snapshot
            .table("Logical_Switch_Port")
            .map(|table| table.len());
        if file.database == Database::Nb {
            assert_eq!(rows, Some(12));
            let dumped =
                server.ovsdb_client("dump", &["OVN_Northbound", "Logical_Switch_Port", "name"])?;
            assert!(dumped.contains("stor-"), "{dumped}");
        }
        assert!(kept.snapshot.table("ACL").is_none());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recording_that_is_not_finished_leaves_nothing() -> Result<()> {
    let directory = folder()?;
    let left = || -> Result<usize> { Ok(fs::read_dir(directory.path())?.count()) };
    for target in ["demo.tar.gz", "demo/"] {
        let target = directory.path().join(target);
        let recording =
            Recording::begin(&[Source::Demo], &RecordOptions::default(), &target).await?;
        assert_eq!(left()?, 1, "it stands under a temporary name");
        assert!(!target.exists());
        drop(recording);
        assert_eq!(left()?, 0);
        let missing: Source = "recorded:/nonexistent.db".parse()?;
        let error = Recording::begin(&[missing], &RecordOptions::default(), &target).await;
        assert!(matches!(error, Err(RecordError::Access(_))), "{error:?}");
        assert_eq!(left()?, 0);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stands_in_the_place_is_never_replaced() -> Result<()> {
    let directory = folder()?;
    let target = directory.path().join("demo.tar.gz");
    let options = RecordOptions::default();
    let begin = || Recording::begin(&[Source::Demo], &options, &target);
    let recording = begin().await?;
    fs::write(&target, "mine")?;
    let error = recording.finish();
    assert!(matches!(error, Err(RecordError::Exists(_))), "{error:?}");
    let error = begin().await.err().context("it was begun")?;
    assert_eq!(
        error.hint().as_deref(),
        Some("choose another place, or remove it first")
    );
    assert_eq!(fs::read_to_string(&target)?, "mine");
    assert_eq!(fs::read_dir(directory.path())?.count(), 1);
    let nowhere = directory.path().join("missing/demo.tar.gz");
    let error = Recording::begin(&[Source::Demo], &RecordOptions::default(), &nowhere).await;
    assert!(matches!(error, Err(RecordError::Io { .. })), "{error:?}");
    Ok(())
}

#[test]
fn addresses_are_found_without_the_code_under_test() {
    let mut text = String::new();
    GzDecoder::new(
        fs::File::open(ovn_tests::demo::packed(NODES[0], NORTHBOUND)).expect("the demo"),
    )
    .read_to_string(&mut text)
    .expect("UTF-8");
    let found = addresses(&text);
    assert!(
        found.contains("10.244.0.5") && found.contains("0a:58:0a:f4:00:05"),
        "{found:?}"
    );
}
