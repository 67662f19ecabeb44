//! The pieces of work that are measured, or that prepare or check them: each a process of its own.

mod follow;
mod raw;
mod sync;
mod transact;

use std::fs::File;
use std::future::Future;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use ovn_schemas::{nb, sb};
use ovsdb_client::dbfile::{DatabaseFile, History, ReadOptions};
use ovsdb_client::schema::DatabaseSchema;
use ovsdb_client::table::TableDef;

pub use self::raw::{Raw, monitor_request};
pub use self::sync::{Chosen, NAMED_COLUMNS, ROUTER_PORTS};

use crate::dataset::{Dataset, kind};
use crate::digest::Digest;

/// Does the piece of work that the words name.
///
/// # Errors
/// There is no such work, or it failed.
pub fn work(words: &[&str]) -> Result<()> {
    match words {
        ["generate", what, short, letter, revision, path] => {
            let dataset = Dataset {
                kind: kind(short)?,
                letter: letter.parse()?,
                revision: revision.parse()?,
            };
            let count = dataset.generate(what, Path::new(path))?;
            say(&count.to_string())
        }
        ["sync", endpoint, short, chosen, digest @ ..] => {
            let snapshot = wait_for(sync::sync(endpoint, kind(short)?, chosen.parse()?))?;
            match digest {
                ["digest"] => say(&Digest::of(&snapshot)?.to_string()),
                _ => Ok(()),
            }
        }
        ["raw", endpoint, short] => raw::read_all(endpoint, kind(short)?),
        ["follow", endpoint, short, ways @ ..] => {
            wait_for(follow::follow(endpoint, kind(short)?, ways))
        }
        ["transact", "raw", endpoint, count] => raw::transact(endpoint, count.parse()?),
        ["transact", "ours", endpoint, count] => {
            wait_for(transact::transact(endpoint, count.parse()?))
        }
        ["printed", short, rest @ ..] => {
            let schema = std::fs::read_to_string(kind(short)?.schema().path())?;
            let schema = DatabaseSchema::parse(&schema)?;
            let (table, file) = match rest {
                [] => (None, None),
                [file] => (None, Some(file)),
                [table, file, ..] => (Some(*table), Some(file)),
            };
            let digest = match file {
                None | Some(&"-") => Digest::printed(&schema, table, io::stdin().lock())?,
                Some(file) => {
                    Digest::printed(&schema, table, io::BufReader::new(File::open(file)?))?
                }
            };
            say(&digest.to_string())
        }
        ["replay", short, path] => {
            let bytes = std::fs::read(path)?;
            let file = DatabaseFile::read(&bytes, tables(short)?)?;
            say(&Digest::of(&file.snapshot)?.to_string())
        }
        ["timeline", short, path] => {
            let bytes = std::fs::read(path)?;
            let history = History::open(&bytes, tables(short)?, &ReadOptions::default())?;
            timeline(history)
        }
        _ => bail!("there is no such work: {}", words.join(" ")),
    }
}

/// Prints each transaction as one line, as `ovsdb-tool show-log` prints its record.
fn timeline(history: History<'_>) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for transaction in history {
        let transaction = transaction?;
        let comment = transaction.comment.as_deref().unwrap_or_default();
        let date = transaction.date.unwrap_or_default();
        write!(out, "{} {date} \"{comment}\"", transaction.record)?;
        for (table, row) in transaction.changes.rows() {
            write!(out, " {} {}", table.name, row.uuid)?;
        }
        writeln!(out)?;
    }
    out.flush().context("cannot print")
}

fn tables(short: &str) -> Result<&'static [&'static TableDef]> {
    Ok(match short {
        "NB" => nb::DATABASE.tables,
        "SB" => sb::DATABASE.tables,
        _ => bail!("there is no database {short}"),
    })
}

/// Prints a line for the process that started this one.
fn say(line: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").context("cannot print")?;
    out.flush().context("cannot print")
}

fn wait_for<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(work)
}
