//! Updates: the changes of a watched table, and their JSON form.
//!
//! **Source**: RFC 7047 §4.1.6, `<table-update>`; ovsdb-server(7) §4.1.14, `<table-update2>`.

use std::cmp::Ordering;

use serde::ser::{Serialize, SerializeMap, Serializer};
use uuid::Uuid;

use crate::replica::Snapshot;
use crate::row::Row;
use crate::serve::clause::{Clause, meets_any};
use crate::serve::database::{Database, rows};
use crate::serve::field::{Columns, Field, Shape};
use crate::serve::monitor::Version;
use crate::serve::monitor::watched::{Kind, Watched};
use crate::value::packed;

/// What is told of a table.
#[derive(Debug)]
pub(crate) struct TableUpdates<'a> {
    table: &'a Watched,
    shape: &'a Shape,
    rows: Vec<(Uuid, RowUpdate<'a>)>,
}

/// What is told of a row.
#[derive(Clone, Copy, Debug)]
enum RowUpdate<'a> {
    Initial(&'a Row),
    Insert(&'a Row),
    Delete(&'a Row),
    Modify { old: &'a Row, new: &'a Row },
}

impl RowUpdate<'_> {
    fn kind(&self) -> Kind {
        match self {
            Self::Initial(_) => Kind::Initial,
            Self::Insert(_) => Kind::Insert,
            Self::Delete(_) => Kind::Delete,
            Self::Modify { .. } => Kind::Modify,
        }
    }
}

impl<'a> TableUpdates<'a> {
    fn new(table: &'a Watched, database: &'a Database) -> Self {
        Self {
            table,
            shape: &database.shapes()[table.table],
            rows: Vec::new(),
        }
    }

    fn push(&mut self, uuid: Uuid, update: RowUpdate<'a>) {
        if self.table.select.has(update.kind()) {
            self.rows.push((uuid, update));
        }
    }

    /// The rows that a new monitor begins with.
    pub(crate) fn initial(
        table: &'a Watched,
        database: &'a Database,
        snapshot: &'a Snapshot,
    ) -> Self {
        let mut updates = Self::new(table, database);
        for row in rows(snapshot, updates.shape)
            .iter()
            .flat_map(|rows| rows.iter())
        {
            if table.holds(updates.shape, row) {
                updates.push(row.uuid(), RowUpdate::Initial(row));
            }
        }
        updates
    }

    /// The difference of two snapshots.
    pub(crate) fn change(
        table: &'a Watched,
        database: &'a Database,
        old: &'a Snapshot,
        new: &'a Snapshot,
    ) -> Self {
        let mut updates = Self::new(table, database);
        let [mut olds, mut news] = [old, new].map(|snapshot| {
            rows(snapshot, updates.shape)
                .into_iter()
                .flat_map(|rows| rows.iter())
                .peekable()
        });
        loop {
            let order = match (olds.peek(), news.peek()) {
                (None, None) => return updates,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(old), Some(new)) => old.uuid().cmp(&new.uuid()),
            };
            let old = if order.is_le() { olds.next() } else { None };
            let new = if order.is_ge() { news.next() } else { None };
            if old != new {
                updates.row(old, new);
            }
        }
    }

    /// A row that changed, came or went; with conditions, a change may make it come or go.
    fn row(&mut self, old: Option<&'a Row>, new: Option<&'a Row>) {
        let (table, shape) = (self.table, self.shape);
        let watched = |row: Option<&'a Row>| row.filter(|row| table.holds(shape, row));
        match (watched(old), watched(new)) {
            (None, None) => {}
            (None, Some(new)) => self.push(new.uuid(), RowUpdate::Insert(new)),
            (Some(old), None) => self.push(old.uuid(), RowUpdate::Delete(old)),
            (Some(old), Some(new)) => {
                if table.differs(shape, old, new) {
                    self.push(new.uuid(), RowUpdate::Modify { old, new });
                }
            }
        }
    }

    /// What comes and goes by a change of conditions.
    pub(crate) fn turn(
        table: &'a Watched,
        before: &[Clause],
        database: &'a Database,
        snapshot: &'a Snapshot,
    ) -> Self {
        let mut updates = Self::new(table, database);
        for row in rows(snapshot, updates.shape)
            .iter()
            .flat_map(|rows| rows.iter())
        {
            let was = meets_any(before, updates.shape, row);
            match (was, table.holds(updates.shape, row)) {
                (false, true) => updates.push(row.uuid(), RowUpdate::Insert(row)),
                (true, false) => updates.push(row.uuid(), RowUpdate::Delete(row)),
                _ => {}
            }
        }
        updates
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn name(&self) -> &'a str {
        &self.shape.name
    }

    /// The `<table-update>` or `<table-update2>`.
    pub(crate) fn written(&self, version: Version) -> impl Serialize {
        Written {
            updates: self,
            version,
        }
    }

    /// The columns that changes of this kind tell.
    fn fields(&self, kind: Kind) -> Vec<&'a Field> {
        let fields = self.shape.fields();
        self.table
            .columns
            .iter()
            .filter(|(_, select)| select.has(kind))
            .map(|(number, _)| &fields[*number])
            .collect()
    }
}

struct Written<'u, 'a> {
    updates: &'u TableUpdates<'a>,
    version: Version,
}

impl Serialize for Written<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.updates.rows.iter().map(|(uuid, update)| {
            let row = WrittenRow {
                updates: self.updates,
                update: *update,
                version: self.version,
            };
            (uuid.to_string(), row)
        });
        serializer.collect_map(rows)
    }
}

struct WrittenRow<'u, 'a> {
    updates: &'u TableUpdates<'a>,
    update: RowUpdate<'a>,
    version: Version,
}

impl Serialize for WrittenRow<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.updates.fields(self.update.kind());
        let sparse = self.version != Version::Old;
        let columns = |row, fields| Columns {
            row,
            fields,
            sparse,
        };
        let mut map = serializer.serialize_map(None)?;
        match (self.version, self.update) {
            (Version::Old, RowUpdate::Initial(row) | RowUpdate::Insert(row)) => {
                map.serialize_entry("new", &columns(row, fields))?;
            }
            (Version::Old, RowUpdate::Delete(row)) => {
                map.serialize_entry("old", &columns(row, fields))?;
            }
            (Version::Old, RowUpdate::Modify { old, new }) => {
                let mut changed = fields.clone();
                changed.retain(|field| field.differs(old, new));
                map.serialize_entry("old", &columns(old, changed))?;
                map.serialize_entry("new", &columns(new, fields))?;
            }
            (_, RowUpdate::Initial(row)) => {
                map.serialize_entry("initial", &columns(row, fields))?;
            }
            (_, RowUpdate::Insert(row)) => map.serialize_entry("insert", &columns(row, fields))?,
            (_, RowUpdate::Delete(_)) => map.serialize_entry("delete", &())?,
            (_, RowUpdate::Modify { old, new }) => {
                map.serialize_entry("modify", &Differences { old, new, fields })?;
            }
        }
        map.end()
    }
}

/// The changed columns: the difference where a column holds several values, else the new value.
struct Differences<'a> {
    old: &'a Row,
    new: &'a Row,
    fields: Vec<&'a Field>,
}

impl Serialize for Differences<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for field in &self.fields {
            if !field.differs(self.old, self.new) {
                continue;
            }
            let (old, new) = (field.payload(self.old), field.payload(self.new));
            if field.column_type.is_composite() {
                let (key, value) = field.column_type.kinds();
                let difference = packed::symmetric(&old, &new, key, value);
                map.serialize_entry(&field.name, &field.value(&difference))?;
            } else {
                map.serialize_entry(&field.name, &field.value(&new))?;
            }
        }
        map.end()
    }
}
