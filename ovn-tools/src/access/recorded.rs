//! Recorded databases: files, folders and archives, read natively and never written.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use flate2::read::GzDecoder;
use jiff::Timestamp;
use ovsdb_client::dbfile::{DatabaseFile, FileError, OnDamage, ReadOptions};
use ovsdb_client::schema;
use thiserror::Error;
use tokio::task;

use crate::access::bundle::{Bundle, Found, MAX_PROBLEMS, Meter, Nameless, Progress, Stage};
use crate::access::{AccessError, in_words};
use crate::database::Database;
use crate::moment::Moment;
use crate::node;
use crate::report::Gap;
use crate::snapshot::{BundleRead, DatabaseRead, Log, Naming, Needs, Snapshot};

/// A file holds a database that is none of ours.
#[derive(Debug, Error)]
#[error("the file holds the database {name}, which the tools do not know (version {version})")]
struct UnknownDatabase {
    name: String,
    version: String,
}

/// None of the databases that are needed can be read.
#[derive(Debug, Error)]
#[error("{}cannot read {first}", match .more {
    0 => String::new(),
    more => format!("no database that is needed can be read, {first} and {more} more: "),
})]
struct NoneRead {
    first: String,
    more: usize,
    #[source]
    cause: Cause,
}

/// The most databases that a gap names.
/// **Default and why**: 10; `sources_list` names them all.
const MAX_NAMED: usize = 10;

type Cause = Box<dyn Error + Send + Sync>;

/// Reads what is needed of a file, a folder or an archive into the snapshot.
pub(super) async fn read(
    path: &Path,
    needs: &Needs,
    progress: &Arc<dyn Progress>,
    snapshot: &mut Snapshot,
) -> Result<(), AccessError> {
    let meter = Arc::new(Meter::default());
    // The work goes on in threads of its own, which must not outlive the wait for it.
    let cancel = CancelOnDrop(Arc::clone(&meter));
    let work = {
        let (path, needs, progress) = (path.to_path_buf(), needs.clone(), Arc::clone(progress));
        move || {
            let outcome = read_blocking(&path, &needs, &meter, &*progress);
            progress.reached(Stage::Finished);
            outcome
        }
    };
    let outcome = match task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(broken) => Err(broken.into()),
    };
    drop(cancel);
    let read = outcome.map_err(|cause| AccessError::Recorded {
        path: path.display().to_string(),
        cause,
    })?;
    snapshot.databases.extend(read.databases);
    snapshot.gaps.extend(read.gaps);
    snapshot.bundles.extend(read.bundle);
    Ok(())
}

/// What was read of a path.
#[derive(Debug)]
struct Read {
    databases: Vec<DatabaseRead>,
    gaps: Vec<Gap>,
    /// What is in it; `None` for a lone database file.
    bundle: Option<BundleRead>,
}

/// Breaks off reading when nobody waits for it any more.
struct CancelOnDrop(Arc<Meter>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

fn read_blocking(
    path: &Path,
    needs: &Needs,
    meter: &Arc<Meter>,
    progress: &dyn Progress,
) -> Result<Read, Cause> {
    let bundle = Bundle::open_with(path, meter, progress)?;
    let is_needed = |found: &Found| needs.databases().any(|database| found.may_hold(database));
    // A lone database that nobody knows is read for the sake of its error.
    let is_unknown = |found: &Found| found.name.is_some() && found.database().is_none();
    let only_unknown = bundle.databases.iter().all(is_unknown);
    let wanted: Vec<usize> = (0..)
        .zip(&bundle.databases)
        .filter(|(_, found)| is_needed(found) || only_unknown)
        .map(|(at, _)| at)
        .collect();
    let source = format!("recorded:{}", path.display());
    let results = bundle.contents(&wanted, progress, |found, bytes| {
        moments(bytes, &source, &bundle.address(&found.place), needs)
    });
    let mut gaps = Vec::new();
    let (mut decoded, mut failed) = (Vec::new(), Vec::new());
    let found = wanted.iter().filter_map(|at| bundle.databases.get(*at));
    for (found, result) in found.zip(results) {
        match result.map_err(Cause::from).and_then(|inner| inner) {
            Ok((reads, faults)) => {
                decoded.extend(reads.into_iter().map(|read| (found, read)));
                gaps.extend(faults);
            }
            Err(cause) => failed.push((bundle.address(&found.place), cause)),
        }
    }
    if decoded.is_empty() && !failed.is_empty() {
        let more = failed.len() - 1;
        let (first, cause) = failed.swap_remove(0);
        return Err(
            if bundle.databases.len() == 1 && !bundle.databases[0].place.is_member() {
                cause
            } else {
                NoneRead { first, more, cause }.into()
            },
        );
    }
    let failures = failed.into_iter().map(|(what, cause)| Gap {
        what,
        why: in_words(&*cause),
    });
    let unknown = bundle.databases.iter().filter(|found| is_unknown(found));
    let unknown = unknown.map(|found| Gap {
        what: bundle.address(&found.place),
        why: format!(
            "it holds the database {}, which the tools do not know",
            found.name.as_deref().unwrap_or_default()
        ),
    });
    let problems = bundle.problems.iter().map(|problem| Gap {
        what: match &problem.place {
            Some(place) => bundle.address(place),
            None => path.display().to_string(),
        },
        why: problem.why.clone(),
    });
    gaps.extend(limited(
        failures.chain(problems).chain(unknown).collect(),
        path,
    ));
    gaps.extend(limited(copies(&bundle, &decoded), path));
    let databases = name(&bundle, decoded);
    gaps.extend(rivals(&databases));
    let is_lone = bundle.files == 1 && bundle.databases.len() == 1;
    Ok(Read {
        databases,
        gaps,
        bundle: (!is_lone).then(|| describe(&bundle, source)),
    })
}

/// What is in a bundle, in numbers.
fn describe(bundle: &Bundle, source: String) -> BundleRead {
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    for noted in &bundle.noted {
        *texts.entry(noted.kind.to_string()).or_default() += 1;
    }
    BundleRead {
        source,
        collections: bundle.layouts.iter().map(ToString::to_string).collect(),
        files: bundle.files,
        databases: bundle.databases.len(),
        copies: bundle
            .databases
            .iter()
            .map(|found| found.copies.len())
            .sum(),
        texts,
    }
}

/// Gives the databases their nodes.
fn name(bundle: &Bundle, decoded: Vec<(&Found, DatabaseRead)>) -> Vec<DatabaseRead> {
    let nameless: Vec<Nameless<'_>> = decoded
        .iter()
        .map(|(found, read)| Nameless {
            found,
            database: read.database,
            own: node::named(read.database, &read.rows),
            chassis: match read.database {
                Database::Sb => node::only_chassis(&read.rows),
                _ => None,
            },
        })
        .collect();
    let names = bundle.nodes(&nameless);
    let named = decoded.into_iter().zip(names).map(|((_, read), name)| {
        let (node, reason) = name.node.map(|node| (node.name, node.reason)).unzip();
        DatabaseRead {
            node: node.map(Into::into),
            naming: Naming {
                reason: reason.map(Into::into),
                pod: name.pod.map(Into::into),
            },
            ..read
        }
    });
    named.collect()
}

/// The first of many gaps, and how many there are more.
fn limited(mut gaps: Vec<Gap>, path: &Path) -> Vec<Gap> {
    if let Some(more @ 1..) = gaps.len().checked_sub(MAX_PROBLEMS) {
        gaps.truncate(MAX_PROBLEMS);
        gaps.push(Gap {
            what: path.display().to_string(),
            why: format!("{more} more files could not be read or looked at"),
        });
    }
    gaps
}

/// Gaps for copies of databases that are named for other nodes than the databases themselves.
fn copies(bundle: &Bundle, decoded: &[(&Found, DatabaseRead)]) -> Vec<Gap> {
    let others = decoded.iter().flat_map(|(found, read)| {
        let differ = found.differently_named_copies();
        differ.map(|copy| Gap {
            what: bundle.address(copy),
            why: format!(
                "it has the very content of {} and is not shown again",
                read.address
            ),
        })
    });
    others.collect()
}

/// Gaps for databases of one kind that claim one node, or that no node is known of.
fn rivals(databases: &[DatabaseRead]) -> Vec<Gap> {
    let mut claims: BTreeMap<(Option<&str>, Database), BTreeSet<&str>> = BTreeMap::new();
    for read in databases {
        let claim = (read.node.as_deref(), read.database);
        claims.entry(claim).or_default().insert(&read.address);
    }
    let rivals = claims
        .into_iter()
        .filter(|(_, addresses)| addresses.len() > 1);
    let gaps = rivals.map(|((node, database), addresses)| {
        let more = addresses.len().saturating_sub(MAX_NAMED);
        let mut places = addresses
            .into_iter()
            .take(MAX_NAMED)
            .collect::<Vec<&str>>()
            .join(", ");
        if more > 0 {
            places.push_str(&format!(" and {more} more"));
        }
        match node {
            Some(node) => Gap {
                what: format!("{database} of node {node}"),
                why: format!(
                    "several different databases claim to be it, each of which is shown on its \
                     own: {places}"
                ),
            },
            None => Gap {
                what: format!("the nodes of {database} databases"),
                why: format!("nothing tells to which nodes these belong: {places}"),
            },
        }
    });
    limited(gaps.collect(), Path::new("nodes"))
}

/// Reads what is needed of a database file's content: its rows at each of the moments, and its
/// history.
pub(super) fn moments(
    content: &Arc<Vec<u8>>,
    source: &str,
    address: &str,
    needs: &Needs,
) -> Result<(Vec<DatabaseRead>, Vec<Gap>), Cause> {
    // A history shows its damage; rows are not taken from what is damaged.
    let damage = if needs.wants_history() {
        OnDamage::Salvage
    } else {
        OnDamage::Refuse
    };
    let (mut reads, mut gaps) = (Vec::new(), Vec::new());
    for &at in needs.moments() {
        match decode(content, source, address, at, damage) {
            Ok((mut read, faults)) if needs.wants(read.database) => {
                read.log = needs.wants_history().then(|| Log::new(Arc::clone(content)));
                reads.push(read);
                gaps.extend(faults);
            }
            Ok(_) => {}
            Err(error) => match outside(at, error.downcast_ref()) {
                Some(why) => gaps.push(Gap {
                    what: format!(
                        "{address} at {}",
                        at.map_or_else(String::new, |at| at.to_string())
                    ),
                    why,
                }),
                None => return Err(error),
            },
        }
    }
    Ok((reads, gaps))
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
) -> Result<(DatabaseRead, Vec<Gap>), Cause> {
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
    let named = node::named(database, &file.snapshot);
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
    let (node, reason) = named.map(|named| (named.name, named.reason)).unzip();
    let read = DatabaseRead {
        database,
        node: node.map(Into::into),
        naming: Naming {
            reason: reason.map(Into::into),
            pod: None,
        },
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

#[cfg(test)]
mod tests;
