//! Bundles for tests: small databases, packed in every way.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use lzma_rust2::{XzOptions, XzWriter};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value as Json, json};
use tar::{Builder, EntryType, Header};
use tempfile::TempDir;

use crate::access::bundle::{Bundle, Limits, Listing, Meter, Silent};
use crate::access::in_words;
use crate::access::recorded::{Cause, Read, read_bundle};
use crate::database::Database;
use crate::snapshot::Needs;
use crate::tool::recording;

/// Files by their paths.
pub(super) type Files<'f> = &'f [(&'f str, Vec<u8>)];

fn map() -> Json {
    json!({"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}})
}

fn uuid(number: u32) -> String {
    format!("{number:08x}-0000-4000-8000-000000000000")
}

/// A northbound database of this zone; of none where the name is empty. `mark` makes it another
/// one than others of the zone.
pub(super) fn nb(zone: &str, mark: &str) -> Vec<u8> {
    let schema = json!({"name": "OVN_Northbound", "version": "7.0.0", "tables": {
        "NB_Global": {"columns": {"name": {"type": "string"}, "options": map()}},
        "Logical_Switch": {"columns": {"name": {"type": "string"}}, "isRoot": true},
    }});
    let rows = json!({
        "NB_Global": {uuid(1): {"name": zone}},
        "Logical_Switch": {uuid(2): {"name": mark}},
    });
    recording::file(&[schema, rows])
}

/// A southbound database of this zone with these chassis; a `~` marks one of another zone.
pub(super) fn sb(zone: &str, chassis: &[&str]) -> Vec<u8> {
    let schema = json!({"name": "OVN_Southbound", "version": "20.0.0", "tables": {
        "SB_Global": {"columns": {"options": map()}},
        "Chassis": {"columns": {
            "name": {"type": "string"}, "hostname": {"type": "string"}, "other_config": map(),
        }, "isRoot": true},
    }});
    let mut rows = json!({"SB_Global": {uuid(1): {"options": ["map", [["name", zone]]]}}});
    for (number, name) in (2..).zip(chassis) {
        let remote = name.starts_with('~').to_string();
        rows["Chassis"][uuid(number)] = json!({
            "name": format!("id-{name}"),
            "hostname": name,
            "other_config": ["map", [["is-remote", remote]]],
        });
    }
    recording::file(&[schema, rows])
}

/// The database of a host; of none where the name is empty.
pub(super) fn ovs(host: &str) -> Vec<u8> {
    let schema = json!({"name": "Open_vSwitch", "version": "8.0.0", "tables": {
        "Open_vSwitch": {"columns": {"external_ids": map()}},
    }});
    let ids = match host {
        "" => json!(["map", []]),
        host => json!(["map", [["hostname", host]]]),
    };
    recording::file(&[
        schema,
        json!({"Open_vSwitch": {uuid(1): {"external_ids": ids}}}),
    ])
}

/// An archive of files.
pub(super) fn tar(files: Files<'_>) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (path, content) in files {
        let mut header = Header::new_gnu();
        header.set_size(u64::try_from(content.len()).unwrap());
        header.set_mode(0o644);
        header.set_entry_type(EntryType::Regular);
        builder
            .append_data(&mut header, path, content.as_slice())
            .unwrap();
    }
    builder.into_inner().unwrap()
}

pub(super) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = XzWriter::new(Vec::new(), XzOptions::with_preset(0)).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

pub(super) fn zst(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// A folder of this machine.
pub(super) struct Scene {
    directory: TempDir,
}

impl Scene {
    pub(super) fn of(files: Files<'_>) -> Self {
        let scene = Self {
            directory: TempDir::with_prefix("bundle-").unwrap(),
        };
        for (path, content) in files {
            let path = scene.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        scene
    }

    pub(super) fn path(&self) -> &Path {
        self.directory.path()
    }

    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// What is read of it, in words.
    pub(super) fn shown(&self, path: &str) -> String {
        self.shown_within(
            path,
            Limits::default(),
            &[Database::Nb, Database::Sb, Database::Ovs],
        )
    }

    /// What is read of it within limits, of these databases.
    pub(super) fn shown_within(&self, path: &str, limits: Limits, of: &[Database]) -> String {
        let outcome = self.read(path, limits, of);
        let text = match outcome {
            Ok(Read {
                mut databases,
                gaps,
                ..
            }) => {
                databases.sort_by(|a, b| {
                    (&a.node, a.database, &a.address).cmp(&(&b.node, b.database, &b.address))
                });
                let databases = databases.iter().map(|read| {
                    format!(
                        "{} {} of {} ({}){}",
                        read.address,
                        read.database,
                        read.node.as_deref().unwrap_or("-"),
                        read.naming.reason.as_deref().unwrap_or("-"),
                        read.naming
                            .pod
                            .as_deref()
                            .map_or(String::new(), |pod| format!(" {pod}")),
                    )
                });
                let gaps = gaps
                    .iter()
                    .map(|gap| format!("gap: {}: {}", gap.what, gap.why));
                databases.chain(gaps).collect::<Vec<String>>().join("\n")
            }
            Err(error) => format!("error: {}", in_words(&*error)),
        };
        text.replace(&self.path().display().to_string(), "B")
    }

    pub(super) fn read(&self, path: &str, limits: Limits, of: &[Database]) -> Result<Read, Cause> {
        let needs = of.iter().fold(Needs::default(), |needs, database| {
            needs.database(*database)
        });
        self.read_needs(path, limits, &needs)
    }

    pub(super) fn read_needs(
        &self,
        path: &str,
        limits: Limits,
        needs: &Needs,
    ) -> Result<Read, Cause> {
        let path = match path {
            "" => self.path().to_path_buf(),
            path => self.at(path),
        };
        let meter = Meter::new(limits);
        let bundle = Bundle::of(Listing::of(&path, &meter)?, &meter, &Silent)?;
        read_bundle(&bundle, needs, &meter, &Silent)
    }
}
