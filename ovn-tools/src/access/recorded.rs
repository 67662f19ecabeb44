//! Recorded databases: files, folders and archives, read natively and never written.

mod content;

mod remark;

mod objects;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use flate2::read::GzDecoder;
use jiff::Timestamp;
use ovsdb_client::dbfile::{FileError, OnDamage, ReadOptions};
use ovsdb_client::schema;
use thiserror::Error;
use tokio::task;

use crate::access::bundle::{
    self, Bundle, Found, Meter, Nameless, NodeName, Progress, Silent, Stage,
};
use crate::access::recorded::content::only;
use crate::access::recorded::objects::Inventory;
use crate::access::recorded::remark::{copies, limited, problems, rivals, unknown};
use crate::access::source::Source;
use crate::access::{AccessError, in_words};
use crate::command::Command;
use crate::database::Database;
use crate::moment::Moment;
use crate::node;
use crate::objects::ObjectsRead;
use crate::report::Gap;
use crate::resource::{ResourceQuestion, ResourceRead};
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

/// A recording of a cluster's objects holds none of its databases.
#[derive(Debug, Error)]
#[error(
    "it holds objects of a cluster and no database: resource_list, resource_get and event_list answer from it"
)]
struct NoDatabase;

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
            let outcome = bundle::open(&path, &meter, &*progress)
                .map_err(Cause::from)
                .and_then(|bundle| read_bundle(&bundle, &needs, &meter, &*progress));
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
    if read.has_objects {
        snapshot
            .clusters
            .push(format!("recorded:{}", path.display()));
    }
    snapshot.objects.extend(read.objects);
    snapshot.databases.extend(read.databases);
    snapshot.gaps.extend(read.gaps);
    snapshot.bundles.extend(read.bundle);
    Ok(())
}

/// Reads all objects of a cluster that rows are made from, where the recording has any and they
/// were not read before.
pub(super) async fn ask_objects(path: &Path, snapshot: &mut Snapshot) {
    let source = format!("recorded:{}", path.display());
    let is_read = snapshot.objects.iter().any(|read| read.source == source);
    if is_read || !snapshot.clusters.contains(&source) {
        return;
    }
    let asked = source.clone();
    let read = with_bundle(path, move |bundle, meter| {
        Ok(objects::inventory(bundle, &asked, meter))
    });
    match read.await {
        Ok(inventory) => {
            snapshot.objects.extend(inventory.read);
            snapshot.gaps.extend(inventory.gaps);
        }
        Err(why) => snapshot.gaps.push(Gap { what: source, why }),
    }
}

/// Answers questions to an API server from what was recorded of one.
pub(super) async fn ask_resources(
    path: &Path,
    questions: &[ResourceQuestion],
    snapshot: &mut Snapshot,
) {
    let source = format!("recorded:{}", path.display());
    let asked = questions.to_vec();
    let read = with_bundle(path, move |bundle, meter| {
        if bundle.object_files().is_empty() {
            return Ok(None);
        }
        let answers = asked.into_iter().map(|question| {
            let answer = objects::answer(bundle, &question, meter);
            (question, answer)
        });
        Ok(Some(answers.collect::<Vec<_>>()))
    });
    let answers = match read.await {
        // Databases alone are of no cluster.
        Ok(None) => return,
        Ok(Some(answers)) => answers,
        Err(why) => {
            snapshot.gaps.push(Gap { what: source, why });
            return;
        }
    };
    snapshot.clusters.push(source.clone());
    for (question, answer) in answers {
        match answer {
            Ok((answer, gaps)) => {
                snapshot.gaps.extend(gaps);
                snapshot.resources.push(ResourceRead {
                    source: source.clone(),
                    question,
                    answer,
                });
            }
            Err(why) => snapshot.gaps.push(Gap {
                what: format!("{source}: {question}"),
                why,
            }),
        }
    }
}

/// Does something with a recording in a thread of its own, which ends soon after nobody waits.
async fn with_bundle<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce(&Bundle, &Meter) -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    let meter = Arc::new(Meter::default());
    let cancel = CancelOnDrop(Arc::clone(&meter));
    let path = path.to_path_buf();
    let outcome = task::spawn_blocking(move || {
        let silent: &dyn Progress = &Silent;
        let bundle = bundle::open(&path, &meter, silent).map_err(|error| in_words(&error))?;
        work(&bundle, &meter)
    });
    let outcome = outcome.await;
    drop(cancel);
    outcome.map_err(|broken| in_words(&broken))?
}

/// What a recording keeps of the output of a command beside a database.
pub(super) async fn output(read: &DatabaseRead, command: &Command) -> Result<String, String> {
    let nothing = "it was recorded, and a recording has no daemons to ask".to_owned();
    let Ok(Source::Recorded(path)) = read.source.parse() else {
        return Err(nothing);
    };
    let (address, asked) = (Arc::clone(&read.address), command.clone());
    let work = move || -> Result<Option<(String, String)>, Cause> {
        let silent: &dyn Progress = &Silent;
        let bundle = bundle::open(&path, &Meter::default(), silent)?;
        Ok(bundle.output(&asked, &address)?)
    };
    match task::spawn_blocking(work).await {
        Ok(Ok(Some((_, text)))) => Ok(text),
        Ok(Ok(None)) => Err(format!(
            "{nothing}; it keeps no output of this command either"
        )),
        Ok(Err(error)) => Err(in_words(&*error)),
        Err(broken) => Err(in_words(&broken)),
    }
}

/// What was read of a path.
#[derive(Debug)]
struct Read {
    databases: Vec<DatabaseRead>,
    gaps: Vec<Gap>,
    /// What is in it; `None` for a lone database file.
    bundle: Option<BundleRead>,
    /// Whether there are objects of a cluster too.
    has_objects: bool,
    /// Those that rows are made from, where they are asked for.
    objects: Vec<ObjectsRead>,
}

/// Breaks off reading when nobody waits for it any more.
struct CancelOnDrop(Arc<Meter>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

fn read_bundle(
    bundle: &Bundle,
    needs: &Needs,
    meter: &Meter,
    progress: &dyn Progress,
) -> Result<Read, Cause> {
    if bundle.databases.is_empty() && needs.databases().next().is_some() {
        return Err(NoDatabase.into());
    }
    let is_needed = |found: &Found| needs.databases().any(|database| found.may_hold(database));
    // A lone database that nobody knows is read for the sake of its error.
    let only_unknown = bundle.databases.iter().all(Found::is_unknown);
    let wanted: Vec<usize> = (0..)
        .zip(&bundle.databases)
        .filter(|(_, found)| is_needed(found) || only_unknown)
        .map(|(at, _)| at)
        .collect();
    let source = format!("recorded:{}", bundle.path().display());
    let results = bundle.contents_telling(&wanted, meter, progress, |found, bytes| {
        moments(bytes, &source, &bundle.address(&found.place), needs)
    });
    let mut gaps = Vec::new();
    let (mut decoded, mut failed) = (Vec::new(), Vec::new());
    for (at, result) in wanted.into_iter().zip(results) {
        match result.map_err(Cause::from).and_then(|inner| inner) {
            Ok((reads, faults)) => {
                decoded.extend(reads.into_iter().map(|read| (at, read)));
                gaps.extend(faults);
            }
            Err(cause) => failed.push((bundle.address(&bundle.databases[at].place), cause)),
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
    let mut unread: Vec<Gap> = failures.collect();
    unread.extend(problems(bundle));
    unread.extend(unknown(bundle));
    unread.extend(copies(bundle, decoded.iter().map(|(at, _)| *at)));
    gaps.extend(limited(unread, bundle));
    let databases = name(bundle, decoded);
    gaps.extend(limited(rivals(&databases), bundle));
    let is_lone = bundle.files == 1 && bundle.databases.len() == 1;
    let has_objects = !bundle.object_files().is_empty();
    let mut inventory = Inventory::default();
    if needs.object_questions().next().is_some() {
        inventory = objects::inventory(bundle, &source, meter);
    }
    gaps.extend(limited(inventory.gaps, bundle));
    Ok(Read {
        has_objects,
        objects: inventory.read,
        databases,
        gaps,
        bundle: (!is_lone).then(|| describe(bundle, source)),
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

/// Gives the databases, each with its number in the bundle, their nodes.
///
/// One that was read at several moments is named once, by the latest of its rows that tell.
fn name(bundle: &Bundle, decoded: Vec<(usize, DatabaseRead)>) -> Vec<DatabaseRead> {
    let mut nameless: BTreeMap<usize, Nameless<'_>> = BTreeMap::new();
    for (at, read) in &decoded {
        let own = node::named(read.database, &read.rows);
        let chassis = match read.database {
            Database::Sb => node::only_chassis(&read.rows),
            _ => None,
        };
        let one = nameless.entry(*at).or_insert_with(|| Nameless {
            found: &bundle.databases[*at],
            database: read.database,
            own: None,
            chassis: None,
        });
        one.own = own.or(one.own.take());
        one.chassis = chassis.or(one.chassis.take());
    }
    let (numbers, nameless): (Vec<usize>, Vec<Nameless<'_>>) = nameless.into_iter().unzip();
    let names: BTreeMap<usize, NodeName> =
        numbers.into_iter().zip(bundle.nodes(&nameless)).collect();
    let named = decoded.into_iter().map(|(at, read)| {
        let NodeName { node, pod } = names.get(&at).cloned().unwrap_or_default();
        let (node, reason) = node.map(|node| (node.name, node.reason)).unzip();
        DatabaseRead {
            node: node.map(Into::into),
            naming: Naming {
                reason: reason.map(Into::into),
                pod: pod.map(Into::into),
            },
            ..read
        }
    });
    named.collect()
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
    let damage = if needs.shows_damage() {
        OnDamage::Salvage
    } else {
        OnDamage::Unfinished
    };
    let (mut reads, mut gaps) = (Vec::new(), Vec::new());
    let only = Arc::new(only(needs));
    for &at in needs.moments() {
        let options = ReadOptions {
            damage,
            until: at.map(Into::into),
            only: Some(Arc::clone(&only)),
            ..ReadOptions::default()
        };
        match decode(content, source, address, at, &options) {
            Ok(Decoded {
                mut read,
                faults,
                is_sound,
            }) if needs.wants(read.database) => {
                let log = |log: fn(Arc<Vec<u8>>) -> Log| log(Arc::clone(content));
                read.log = needs.wants_history().then(|| match is_sound {
                    true => log(Log::sound),
                    false => log(Log::new),
                });
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

/// A database file's content, read.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) read: DatabaseRead,
    /// What of its rows could not be read.
    pub(super) faults: Vec<Gap>,
    /// Whether all records, also those after the moment, are sound.
    pub(super) is_sound: bool,
}

/// Reads the content of a database file, as it was at a moment or at its end.
pub(super) fn decode(
    bytes: &[u8],
    source: &str,
    address: &str,
    at: Option<Moment>,
    options: &ReadOptions,
) -> Result<Decoded, Cause> {
    let generated: Vec<_> = Database::ALL
        .iter()
        .flat_map(|database| database.definition().tables)
        .copied()
        .collect();
    let (file, is_sound) = content::read(bytes, &generated, options)?;
    let schema = Arc::clone(&file.snapshot.layout().schema);
    let database = Database::from_name(&schema.name).ok_or_else(|| UnknownDatabase {
        name: schema.name.to_string(),
        version: schema.version.to_string(),
    })?;
    let missing = schema::compare(database.definition().tables, &schema);
    let named = node::named(database, &file.snapshot);
    let mut faults: Vec<Gap> = file
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
    if options.damage == OnDamage::Unfinished {
        faults.extend(file.damages.iter().map(|damage| {
            Gap {
            what: format!("{address}: record {} at byte {}", damage.number, damage.offset),
            why: "the file ends within it, as one does that is copied while its server writes: the \
                  rows are those that the records before it left"
                .to_owned(),
        }
        }));
    }
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
    Ok(Decoded {
        read,
        faults,
        is_sound,
    })
}

/// Unpacks gzip data whose size is known to be sane: only for what the program itself carries.
pub(super) fn gunzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out)?;
    Ok(out)
}

#[cfg(test)]
mod tests;
