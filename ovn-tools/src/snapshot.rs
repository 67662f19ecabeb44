//! Snapshots: the databases as read at one moment, each with where it came from.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use ovsdb_client::replica;
use ovsdb_client::schema::Selection;
use ovsdb_client::table::{Column, Table};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::database::Database;
use crate::report::{Gap, Origin};

/// Everything a tool may know: the databases it asked for, and what could not be read of them.
///
/// **Shape**: databases ascending by node and database, whatever order they were read in, so that
/// the same sources give the same answer to the byte.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The databases that were read.
    pub databases: Vec<DatabaseRead>,
    /// What could not be read, for the report to state.
    pub gaps: Vec<Gap>,
    /// What daemons and programs answered, in the order in which they were asked.
    pub outputs: Vec<Output>,
    /// The recorded folders and archives, in the order in which they were named.
    pub bundles: Vec<BundleRead>,
}

/// A recorded folder or archive, with what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BundleRead {
    /// The source, in the notation of `--source`.
    pub source: String,
    /// Whose collections it holds, such as `OpenShift must-gather`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub collections: Vec<String>,
    /// How many files it holds, those in archives included.
    pub files: u64,
    /// How many different databases it holds.
    pub databases: usize,
    /// How many more files hold the very content of one of these.
    pub copies: usize,
    /// How many command outputs, logs and the like it holds, by what they are.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub texts: BTreeMap<String, usize>,
}

/// A command that a tool wants carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The database, by its place in [`Snapshot::databases`], beside whose server the daemon
    /// runs, or whose rows the program is to read.
    pub database: usize,
    /// What is asked.
    pub command: Command,
}

/// What a daemon or a program answered. One that gave no answer is a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// What was asked.
    pub request: Request,
    /// The answer.
    pub text: String,
}

/// One database as it was read.
#[derive(Clone, Debug)]
pub struct DatabaseRead {
    /// Which database.
    pub database: Database,
    /// The node (zone, chassis or host) it belongs to; `None` where nothing tells.
    pub node: Option<Arc<str>>,
    /// What tells its node, and which pod it is from.
    pub naming: Naming,
    /// The source it was read from, in the notation of `--source`.
    pub source: Arc<str>,
    /// The socket or file it was read from.
    pub address: Arc<str>,
    /// When it was read, or for a recorded database when it was last written.
    pub moment: Option<Timestamp>,
    /// Whether it was read from a recording.
    pub recorded: bool,
    /// Tables and columns that ovnscope knows and this database lacks, in words.
    pub missing: Vec<String>,
    /// The rows.
    pub rows: replica::Snapshot,
}

/// What tells the node of a database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// What tells the node, such as `NB_Global.name`; `None` where no node is known.
    pub reason: Option<Arc<str>>,
    /// The pod that the database is from; `None` where nothing tells.
    pub pod: Option<Arc<str>>,
}

impl Naming {
    /// Told by this.
    pub fn by(reason: &str) -> Self {
        Self {
            reason: Some(reason.into()),
            pod: None,
        }
    }
}

impl Snapshot {
    /// Puts the databases into their order; every reader of sources does so once.
    pub fn sort(&mut self) {
        self.databases.sort_by(|a, b| {
            (&a.node, a.database, &a.source, &a.address)
                .cmp(&(&b.node, b.database, &b.source, &b.address))
        });
    }

    /// The databases of one kind, in order; `node` keeps those of that node only.
    pub fn of<'a>(
        &'a self,
        database: Database,
        node: Option<&'a str>,
    ) -> impl Iterator<Item = &'a DatabaseRead> {
        self.databases.iter().filter(move |read| {
            read.database == database && (node.is_none() || read.node.as_deref() == node)
        })
    }

    /// The database of one kind and its place, for a [`Request`]; of `node` only where one is
    /// given.
    pub fn places<'a>(
        &'a self,
        database: Database,
        node: Option<&'a str>,
    ) -> impl Iterator<Item = (usize, &'a DatabaseRead)> {
        let all = self.databases.iter().enumerate();
        all.filter(move |(_, read)| {
            read.database == database && (node.is_none() || read.node.as_deref() == node)
        })
    }

    /// The answers to the requests that `asked` picks, each with the database beside it.
    pub fn answers<'a>(
        &'a self,
        asked: impl Fn(&Command) -> bool + 'a,
    ) -> impl Iterator<Item = (&'a DatabaseRead, &'a Output)> {
        let outputs = self.outputs.iter();
        outputs
            .filter(move |output| asked(&output.request.command))
            .filter_map(|output| Some((self.databases.get(output.request.database)?, output)))
    }

    /// The names of the nodes, ascending, each once.
    pub fn nodes(&self) -> Vec<&str> {
        let mut nodes: Vec<&str> = self
            .databases
            .iter()
            .filter_map(|read| read.node.as_deref())
            .collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    /// Where each database came from, for the report.
    pub fn origins(&self) -> Vec<Origin> {
        self.databases.iter().map(DatabaseRead::origin).collect()
    }
}

impl DatabaseRead {
    /// Where it came from, for the report.
    pub fn origin(&self) -> Origin {
        Origin {
            source: self.source.to_string(),
            node: self.node.as_deref().map(str::to_owned),
            database: self.database,
            address: self.address.to_string(),
            schema_version: self.rows.layout().schema.version.to_string(),
            moment: self.moment.map(|moment| moment.to_string()),
            recorded: self.recorded,
        }
    }
}

/// What a tool needs to read: databases, their tables, and the columns of each.
///
/// The table and column names come from the generated tables, or from a user's question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    databases: BTreeMap<Database, BTreeMap<Box<str>, Selection>>,
}

impl Needs {
    /// The database itself: its schema, without any rows.
    #[must_use]
    pub fn database(mut self, database: Database) -> Self {
        self.databases.entry(database).or_default();
        self
    }

    /// A table by name with all its columns.
    #[must_use]
    pub fn table(mut self, database: Database, table: &str) -> Self {
        self.databases
            .entry(database)
            .or_default()
            .insert(table.into(), Selection::All);
        self
    }

    /// A column of a generated table.
    #[must_use]
    pub fn column<T: Table, V>(mut self, database: Database, column: Column<T, V>) -> Self {
        let columns = self
            .databases
            .entry(database)
            .or_default()
            .entry(T::DEFINITION.name.into())
            .or_insert_with(|| Selection::Named(Vec::new()));
        if let Selection::Named(names) = columns {
            names.push(column.name().into());
        }
        self
    }

    /// Columns of a table, all by name, where they exist.
    #[must_use]
    pub fn named_columns(mut self, database: Database, table: &str, names: &[&str]) -> Self {
        let columns = self
            .databases
            .entry(database)
            .or_default()
            .entry(table.into())
            .or_insert_with(|| Selection::Named(Vec::new()));
        if let Selection::Named(named) = columns {
            named.extend(names.iter().map(|&name| Box::from(name)));
        }
        self
    }

    /// The databases, in order.
    pub fn databases(&self) -> impl Iterator<Item = Database> {
        self.databases.keys().copied()
    }

    /// These needs and the other ones.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for (database, tables) in other.databases {
            let known = self.databases.entry(database).or_default();
            for (table, selection) in tables {
                match (known.get_mut(&table), selection) {
                    (Some(Selection::All), _) => {}
                    (Some(Selection::Named(names)), Selection::Named(more)) => names.extend(more),
                    (_, selection) => {
                        known.insert(table, selection);
                    }
                }
            }
        }
        self
    }

    /// Whether the database is needed.
    pub fn wants(&self, database: Database) -> bool {
        self.databases.contains_key(&database)
    }

    /// The tables needed of a database with their columns, ascending by name.
    pub fn tables(&self, database: Database) -> impl Iterator<Item = (&str, &Selection)> {
        self.databases
            .get(&database)
            .into_iter()
            .flatten()
            .map(|(table, columns)| (&**table, columns))
    }

    /// The columns needed of a table; `None` where the table is not.
    pub fn columns(&self, database: Database, table: &str) -> Option<&Selection> {
        self.databases.get(&database)?.get(table)
    }
}
