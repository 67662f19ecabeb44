//! The parts that can be run alone.

mod instructions;
mod query;

mod fanout;

mod recorded;
mod resync;
mod stream;
mod sync;
mod tools;
mod transact;

use std::path::PathBuf;

use anyhow::Result;
use ovn_tests::sandbox::DatabaseServer;

use crate::dataset::Dataset;
use crate::measured::Log;

/// What a part works with.
#[derive(Debug)]
pub struct Bench {
    /// Where measurements go.
    pub log: Log,
    /// Where databases are, until the end of the run.
    pub directory: PathBuf,
    /// Whether the sizes and rounds are the least that still run everything.
    pub short: bool,
    /// How many rounds there are, where a case does not ask for fewer.
    pub rounds: usize,
}

/// One part.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// As it is called.
    pub name: &'static str,
    /// What it measures.
    pub title: &'static str,
    /// Runs it.
    pub run: fn(&mut Bench) -> Result<()>,
}

/// All parts, in the order of their running.
pub const PARTS: [Part; 9] = [
    Part {
        name: "sync",
        title: "Cold sync: a database comes whole for the first time",
        run: sync::run_all,
    },
    Part {
        name: "resync",
        title: "Resync: the server comes back with one row in a hundred changed",
        run: resync::run,
    },
    Part {
        name: "stream",
        title: "Update stream: row updates by another client, followed",
        run: stream::run,
    },
    Part {
        name: "transact",
        title: "Transactions: round trips and many under way",
        run: transact::run,
    },
    Part {
        name: "query",
        title: "One question to a server, by a fresh process or a warm one",
        run: query::run,
    },
    Part {
        name: "recorded",
        title: "Recorded files: first answer, whole replay, timeline",
        run: recorded::run,
    },
    Part {
        name: "tools",
        title: "Tools over MCP: time and size of the answers",
        run: tools::run,
    },
    Part {
        name: "fanout",
        title: "A question to every node of a cluster, through the API server",
        run: fanout::run,
    },
    Part {
        name: "instructions",
        title: "Instructions counted in the parsers",
        run: instructions::run,
    },
];

impl Bench {
    /// Serves a copy of a database.
    fn serve(&self, dataset: &Dataset) -> Result<DatabaseServer> {
        let file = dataset.file(&self.directory)?;
        DatabaseServer::setup().file(file).start()
    }
}
