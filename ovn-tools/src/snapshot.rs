//! Snapshots: the databases as read at one moment, each with where it came from.

mod captured;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use ovsdb_client::dbfile::{Checksums, Entries, FileError, History, OnDamage, ReadOptions};
use ovsdb_client::operation::Condition;
use ovsdb_client::replica;
use ovsdb_client::schema::Selection;
use ovsdb_client::table::{Column, Table};
use ovsdb_client::value::Uuid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::captured::{CaptureEnd, CaptureRead, Captured, DropsRead};
use crate::command::Command;
use crate::database::Database;
use crate::moment::Moment;
use crate::objects::{ObjectKind, ObjectQuestion, ObjectsRead};
use crate::report::{Gap, Origin};
use crate::resource::{ResourceQuestion, ResourceRead};

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
    /// What was captured, in the order in which it was asked for.
    pub captures: Vec<CaptureRead>,
    /// What came of tracing drops, in the order in which it was asked for.
    pub drops: Vec<DropsRead>,
    /// The recorded folders and archives, in the order in which they were named.
    pub bundles: Vec<BundleRead>,
    /// What API servers answered, in the order of the sources and of the questions.
    pub resources: Vec<ResourceRead>,
    /// The clusters that were asked, in the notation of `--source`; those that gave no answer
    /// too.
    pub clusters: Vec<String>,
    /// What is known of the objects of clusters that rows are made from.
    pub objects: Vec<ObjectsRead>,
    /// The databases that were watched, where that was asked for.
    pub watched: Vec<Watched>,
}

/// A database that was watched: [`DatabaseRead::rows`] are those after.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The source, in the notation of `--source`.
    pub source: String,
    /// The socket.
    pub address: String,
    /// The database.
    pub database: Database,
    /// The rows before.
    pub before: replica::Snapshot,
    /// The number of the moment before.
    pub from: u64,
    /// The number of the moment after.
    pub upto: u64,
    /// Whether a moment that was asked for is no longer known, so that this one begins anew.
    pub is_forgotten: bool,
}

/// What is to be waited for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// The moments since which changes are wanted; of other databases those from now on.
    pub since: Vec<Since>,
    /// The longest time to wait for a change.
    pub wait: Duration,
}

/// A moment of a watched database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// The socket.
    pub address: String,
    /// The database.
    pub database: Database,
    /// The number of the moment.
    pub from: u64,
    /// The number of the moment up to which changes are wanted; `None` for the present.
    pub upto: Option<u64>,
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
    /// The moment that was asked for; `None` for the present, or the end of a recording.
    pub at: Option<Moment>,
    /// The schema as the file spells it, checksum and all; `None` for a server or a dump.
    pub schema_text: Option<Arc<str>>,
    /// The history; only where it was asked for, and of a recording.
    pub log: Option<Log>,
    /// The rows.
    pub rows: replica::Snapshot,
}

/// The history of a recorded database: its file's content, of which the transactions are read one
/// after the other, so that however many there are, the rows of one moment are held.
#[derive(Clone)]
pub struct Log {
    content: Arc<Vec<u8>>,
    checksums: Checksums,
}

impl Log {
    /// The history in a database file's content.
    pub fn new(content: Arc<Vec<u8>>) -> Self {
        Self {
            content,
            checksums: Checksums::Here,
        }
    }

    /// The history in the content of a database file of which every record was found sound, and is
    /// not checked once more.
    pub fn sound(content: Arc<Vec<u8>>) -> Self {
        Self {
            content,
            checksums: Checksums::Elsewhere,
        }
    }

    /// The transactions, oldest first: past damage, and with those that are not known to be
    /// committed, each of which says so.
    ///
    /// # Errors
    /// [`FileError`] when the content is no database.
    pub fn transactions(&self, database: Database) -> Result<History<'_>, FileError> {
        self.open(database, OnDamage::Salvage, Entries::All)
    }

    /// The transactions, oldest first, of an undamaged file: those that are known to be committed,
    /// which together make its rows.
    ///
    /// # Errors
    /// [`FileError`] when the content is no database or is damaged.
    pub fn committed(&self, database: Database) -> Result<History<'_>, FileError> {
        self.open(database, OnDamage::Unfinished, Entries::Committed)
    }

    fn open(
        &self,
        database: Database,
        damage: OnDamage,
        entries: Entries,
    ) -> Result<History<'_>, FileError> {
        let options = ReadOptions {
            damage,
            entries,
            checksums: self.checksums,
            ..ReadOptions::default()
        };
        History::open(&self.content, database.definition().tables, &options)
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Log({} bytes)", self.content.len())
    }
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
        self.watched.sort_by(|a, b| {
            (a.database, &a.source, &a.address).cmp(&(b.database, &b.source, &b.address))
        });
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

/// How many digits of a UUID are shown at least.
/// **Default and why**: 8, its first group, which people and tools ask by.
const LEAST_DIGITS: usize = 8;

impl DatabaseRead {
    /// The beginning of a row's UUID that no other row of its table shares: 8 digits or more.
    pub fn short_uuid(&self, table: &str, uuid: Uuid) -> String {
        let whole = uuid.to_string();
        let rows = self.rows.table(table);
        // Rows ascend, so whichever shares most digits with one stands beside it.
        let beside = rows.map_or([None, None], |rows| rows.beside(uuid));
        let shared = beside.into_iter().flatten().map(|row| {
            let other = row.uuid().to_string();
            let pairs = whole.bytes().zip(other.bytes());
            pairs.take_while(|(a, b)| a == b).count() + 1
        });
        let digits = shared.max().unwrap_or_default().max(LEAST_DIGITS);
        whole.get(..digits).unwrap_or(&whole).to_owned()
    }

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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    databases: BTreeMap<Database, BTreeMap<Box<str>, Selection>>,
    /// Of which tables the rows suffice that meet one of these.
    conditions: BTreeMap<(Database, Box<str>), Vec<Condition>>,
    /// The databases that are needed with all that their servers have.
    whole: BTreeSet<Database>,
    /// When; empty for the present.
    moments: Vec<Option<Moment>>,
    /// What API servers are asked.
    resources: Vec<ResourceQuestion>,
    /// Which objects of clusters.
    objects: BTreeSet<ObjectQuestion>,
    watch: Option<Watch>,
    /// Whether histories are needed, and whether they may be damaged.
    history: Option<OfDamaged>,
}

/// Whether the history of a damaged file is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum OfDamaged {
    Refused,
    Wanted,
}

impl Needs {
    /// The database itself: its schema, without any rows.
    #[must_use]
    pub fn database(mut self, database: Database) -> Self {
        self.databases.entry(database).or_default();
        self
    }

    /// Everything in the database, tables and columns that ovnscope does not know included.
    #[must_use]
    pub fn whole(mut self, database: Database) -> Self {
        self.whole.insert(database);
        self.database(database)
    }

    /// Each database as it was at this moment, or at the present (of a recording: its end) for
    /// `None`. Asked several times, each database is read at each of the moments.
    ///
    /// **Default**: the present.
    #[must_use]
    pub fn at(mut self, moment: Option<Moment>) -> Self {
        if !self.moments.contains(&moment) {
            self.moments.push(moment);
        }
        self
    }

    /// The answer of each cluster's API server to a question.
    #[must_use]
    pub fn resource(mut self, question: ResourceQuestion) -> Self {
        if !self.resources.contains(&question) {
            self.resources.push(question);
        }
        self
    }

    /// What API servers are asked, in order.
    pub fn resources(&self) -> &[ResourceQuestion] {
        &self.resources
    }

    /// All objects of a kind of each cluster, beside the databases.
    #[must_use]
    pub fn objects(self, kind: ObjectKind) -> Self {
        self.some_objects(ObjectQuestion::all(kind))
    }

    /// Some objects of each cluster, beside the databases.
    #[must_use]
    pub fn some_objects(mut self, question: ObjectQuestion) -> Self {
        self.objects.insert(question);
        self
    }

    /// What API servers are asked about objects, in order.
    pub fn object_questions(&self) -> impl Iterator<Item = &ObjectQuestion> {
        // Those that are among all of their kind need no question of their own.
        self.objects.iter().filter(|question| {
            let all = ObjectQuestion::all(question.kind);
            **question == all || !self.objects.contains(&all)
        })
    }

    /// The histories of the databases too, where they are recorded: past damage, which they show.
    #[must_use]
    pub fn history(mut self) -> Self {
        self.history = Some(OfDamaged::Wanted);
        self
    }

    /// The histories of the databases too, where they are recorded in undamaged files.
    #[must_use]
    pub fn sound_history(mut self) -> Self {
        self.history = self.history.max(Some(OfDamaged::Refused));
        self
    }

    /// Changes of what is needed, where servers tell of them.
    #[must_use]
    pub fn watch(mut self, watch: Watch) -> Self {
        self.watch = Some(watch);
        self
    }

    /// What is to be waited for.
    pub fn watches(&self) -> Option<&Watch> {
        self.watch.as_ref()
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

    /// Of a table that is needed, the rows that meet one of `conditions` suffice; a reader may
    /// bring others too.
    ///
    /// **Default**: all rows.
    #[must_use]
    pub fn rows(mut self, database: Database, table: &str, conditions: Vec<Condition>) -> Self {
        if !conditions.is_empty() {
            self.conditions.insert((database, table.into()), conditions);
        }
        self
    }

    /// The conditions of which the rows needed of a table meet one; none where all rows are
    /// needed.
    pub fn conditions(&self, database: Database, table: &str) -> &[Condition] {
        let conditions = self.conditions.get(&(database, table.into()));
        conditions.map_or(&[], Vec::as_slice)
    }

    /// Whether of each table that is needed of the database some rows suffice.
    pub fn wants_some_rows_only(&self, database: Database) -> bool {
        let mut tables = self.tables(database).peekable();
        tables.peek().is_some()
            && !self.wants_whole(database)
            && tables.all(|(table, _)| !self.conditions(database, table).is_empty())
    }

    /// The same tables and columns with all rows; `None` where that changes nothing.
    #[must_use]
    pub fn with_all_rows(&self) -> Option<Self> {
        (!self.conditions.is_empty()).then(|| Self {
            conditions: BTreeMap::new(),
            ..self.clone()
        })
    }

    /// The databases, in order.
    pub fn databases(&self) -> impl Iterator<Item = Database> {
        self.databases.keys().copied()
    }

    /// These needs and the other ones.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.whole.extend(other.whole);
        self.history = self.history.max(other.history);
        self = other.resources.into_iter().fold(self, Self::resource);
        self.objects.extend(other.objects);
        self.watch = other.watch.or(self.watch);
        self = other.moments.into_iter().fold(self, Self::at);
        // Conditions of one side leave out what the other one needs of the same table.
        let (mut ours, mut theirs) = (self.conditions, other.conditions);
        ours.retain(|(database, table), conditions| {
            let also = other.databases.get(database);
            if let Some(more) = theirs.remove(&(*database, table.clone())) {
                conditions.extend(more);
                return true;
            }
            also.is_none_or(|tables| !tables.contains_key(table))
        });
        theirs.retain(|(database, table), _| {
            let known = self.databases.get(database);
            known.is_none_or(|tables| !tables.contains_key(table))
        });
        ours.extend(theirs);
        self.conditions = ours;
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

    /// The moments at which to read, each once.
    pub fn moments(&self) -> &[Option<Moment>] {
        match self.moments.as_slice() {
            [] => &[None],
            moments => moments,
        }
    }

    /// Whether histories are needed.
    pub fn wants_history(&self) -> bool {
        self.history.is_some()
    }

    /// Whether histories show what is damaged, so that damaged files are read too.
    pub fn shows_damage(&self) -> bool {
        self.history == Some(OfDamaged::Wanted)
    }

    /// Whether everything in the database is needed.
    pub fn wants_whole(&self, database: Database) -> bool {
        self.whole.contains(&database)
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
