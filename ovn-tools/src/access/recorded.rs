//! Recorded databases: files, read natively and never written.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use flate2::read::GzDecoder;
use jiff::Timestamp;
use ovsdb_client::dbfile::DatabaseFile;
use ovsdb_client::schema;
use thiserror::Error;

use crate::access::AccessError;
use crate::database::Database;
use crate::node;
use crate::report::Gap;
use crate::snapshot::{DatabaseRead, Needs, Snapshot};

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
    match decode(&bytes, &source, &address).map_err(wrong)? {
        (read, gaps) if needs.wants(read.database) => {
            snapshot.databases.push(read);
            snapshot.gaps.extend(gaps);
        }
        _ => {}
    }
    Ok(())
}

/// Reads the content of a database file.
pub(super) fn decode(
    bytes: &[u8],
    source: &str,
    address: &str,
) -> Result<(DatabaseRead, Vec<Gap>), Box<dyn std::error::Error + Send + Sync>> {
    let generated: Vec<_> = Database::ALL
        .iter()
        .flat_map(|database| database.definition().tables)
        .copied()
        .collect();
    let file = DatabaseFile::read(bytes, &generated)?;
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
