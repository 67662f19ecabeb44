//! Recorded databases: files, read natively and never written.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use flate2::read::GzDecoder;
use jiff::Timestamp;
use ovsdb_client::dbfile::{DatabaseFile, FileError, OnDamage, ReadOptions};
use ovsdb_client::schema;
use thiserror::Error;

use crate::access::AccessError;
use crate::database::Database;
use crate::moment::Moment;
use crate::node;
use crate::report::Gap;
use crate::snapshot::{DatabaseRead, Log, Needs, Snapshot};

/// A file holds a database that is none of ours.
#[derive(Debug, Error)]
#[error("the file holds the database {name}, which the tools do not know (version {version})")]
struct UnknownDatabase {
    name: String,
    version: String,
}

/// Reads one file into the snapshot, where its database is needed.
pub(super) async fn read(
    path: &Path,
    needs: &Needs,
    snapshot: &mut Snapshot,
) -> Result<(), AccessError> {
    let address = path.display().to_string();
    let wrong = |cause: Box<dyn std::error::Error + Send + Sync>| AccessError::Recorded {
        path: address.clone(),
        cause,
    };
    let bytes = tokio::fs::read(path)
        .await
        .map_err(|error| wrong(error.into()))?;
    let source = format!("recorded:{address}");
    add(&Arc::new(bytes), &source, &address, needs, snapshot).map_err(wrong)
}

/// Adds what is needed of a database file's content to the snapshot: its rows at each of the
/// moments, and its history.
pub(super) fn add(
    content: &Arc<Vec<u8>>,
    source: &str,
    address: &str,
    needs: &Needs,
    snapshot: &mut Snapshot,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    // A history shows its damage; rows are not taken from what is damaged.
    let damage = if needs.wants_history() {
        OnDamage::Salvage
    } else {
        OnDamage::Refuse
    };
    for &at in needs.moments() {
        let (mut read, gaps) = match decode(content, source, address, at, damage) {
            Ok(decoded) => decoded,
            Err(error) => match outside(at, error.downcast_ref()) {
                Some(why) => {
                    let what = format!(
                        "{address} at {}",
                        at.map_or_else(String::new, |at| at.to_string())
                    );
                    snapshot.gaps.push(Gap { what, why });
                    continue;
                }
                None => return Err(error),
            },
        };
        if needs.wants(read.database) {
            read.log = needs.wants_history().then(|| Log::new(Arc::clone(content)));
            snapshot.databases.push(read);
            snapshot.gaps.extend(gaps);
        }
    }
    Ok(())
}

/// Why a file does not hold the moment that was asked for; `None` where something else is wrong.
fn outside(at: Option<Moment>, error: Option<&FileError>) -> Option<String> {
    at?;
    let first = |milliseconds| Timestamp::from_millisecond(milliseconds).ok();
    match error? {
        FileError::TooEarly { first: None } => Some("the file does not tell times".to_owned()),
        FileError::TooEarly { first: Some(date) } => Some(match first(*date) {
            Some(time) => format!("the file's history begins later, at {time}"),
            None => "the file's history begins later".to_owned(),
        }),
        error @ (FileError::NoRecord { .. } | FileError::NoTransaction { .. }) => {
            Some(error.to_string())
        }
        _ => None,
    }
}

/// Reads the content of a database file, as it was at a moment or at its end.
pub(super) fn decode(
    bytes: &[u8],
    source: &str,
    address: &str,
    at: Option<Moment>,
    damage: OnDamage,
) -> Result<(DatabaseRead, Vec<Gap>), Box<dyn std::error::Error + Send + Sync>> {
    let generated: Vec<_> = Database::ALL
        .iter()
        .flat_map(|database| database.definition().tables)
        .copied()
        .collect();
    let options = ReadOptions {
        damage,
        until: at.map(Into::into),
        ..ReadOptions::default()
    };
    let file = DatabaseFile::read_with(bytes, &generated, &options)?;
    let schema = Arc::clone(&file.snapshot.layout().schema);
    let database = Database::from_name(&schema.name).ok_or_else(|| UnknownDatabase {
        name: schema.name.to_string(),
        version: schema.version.to_string(),
    })?;
    let missing = schema::compare(database.definition().tables, &schema);
    let node = node::name(database, &file.snapshot);
    let gaps = file
        .faults
        .iter()
        .map(|fault| Gap {
            what: match &fault.column {
                Some(column) => format!("{address}: {}.{column} of row {}", fault.table, fault.row),
                None => format!("{address}: row {} of {}", fault.row, fault.table),
            },
            why: fault.problem.clone(),
        })
        .collect();
    let read = DatabaseRead {
        database,
        node: node.map(Into::into),
        source: source.into(),
        address: address.into(),
        moment: file
            .written
            .and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok()),
        recorded: true,
        missing: missing.iter().map(ToString::to_string).collect(),
        at,
        schema_text: file.schema_text.map(Into::into),
        log: None,
        rows: file.snapshot,
    };
    Ok((read, gaps))
}

/// Unpacks gzip data whose size is known to be sane: only for what the program itself carries.
pub(super) fn gunzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out)?;
    Ok(out)
}
