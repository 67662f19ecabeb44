//! The quick way through a transaction: one pass over its text.
//!
//! It knows only what servers write. Anything else ends it, and the text is then read again the
//! careful way, which looks at each row and column for itself and says what is wrong with it.

use std::fmt;
use std::sync::Arc;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{COMMENT, DATE, Head, IS_DIFF};
use crate::replica::{Snapshot, TableRows};
use crate::row::RowBuilder;
use crate::update::{ColumnsSeed, Lookup, RowChange, Update, fill_absents};
use crate::value::parse_uuid;

/// A transaction, read.
#[derive(Debug)]
pub(crate) struct Quick<'t> {
    pub(crate) head: Head<'t>,
    pub(crate) update: Update,
}

impl<'t> Quick<'t> {
    /// Reads an object of tables. A row that is not among the `known` ones is a new one.
    pub(crate) fn read(text: &'t str, known: &Snapshot, builder: &mut RowBuilder) -> Option<Self> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let quick = TablesSeed { known, builder }
            .deserialize(&mut reader)
            .ok()?;
        reader.end().ok()?;
        Some(quick)
    }

    /// Reads a cluster's commit that changes rows only: `[null, transaction]`.
    pub(crate) fn read_commit(
        text: &'t str,
        known: &Snapshot,
        builder: &mut RowBuilder,
    ) -> Option<Self> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let tables = TablesSeed { known, builder };
        let quick = CommitSeed(tables).deserialize(&mut reader).ok()?;
        reader.end().ok()?;
        Some(quick)
    }
}

/// Reads the pair of a schema, which there must not be, and a transaction.
struct CommitSeed<'a>(TablesSeed<'a>);

impl<'de> DeserializeSeed<'de> for CommitSeed<'_> {
    type Value = Quick<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Quick<'de>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for CommitSeed<'_> {
    type Value = Quick<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no schema and a transaction")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Quick<'de>, A::Error> {
        seq.next_element::<()>()?
            .ok_or_else(|| A::Error::custom("an empty commit"))?;
        let quick = seq
            .next_element_seed(self.0)?
            .ok_or_else(|| A::Error::custom("a commit without its transaction"))?;
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(quick),
            Some(_) => Err(A::Error::custom("a commit of three parts")),
        }
    }
}

/// Reads an object of tables.
struct TablesSeed<'a> {
    known: &'a Snapshot,
    builder: &'a mut RowBuilder,
}

/// What a member of a transaction is.
enum Member {
    Date,
    Comment,
    IsDiff,
    /// It begins as no table's name does.
    Other,
    /// A table by its number in the layout.
    Table(usize),
    /// A table that is not asked for.
    Unwanted,
    Unknown,
}

impl Member {
    fn of(name: &str, known: &Snapshot) -> Self {
        match name {
            DATE => Self::Date,
            COMMENT => Self::Comment,
            IS_DIFF => Self::IsDiff,
            _ if name.starts_with('_') => Self::Other,
            _ => match known.layout().table_number(name) {
                Some(number) => Self::Table(number),
                None if known.layout().schema.table(name).is_some() => Self::Unwanted,
                None => Self::Unknown,
            },
        }
    }
}

impl<'de> DeserializeSeed<'de> for TablesSeed<'_> {
    type Value = Quick<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Quick<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TablesSeed<'_> {
    type Value = Quick<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of tables")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Quick<'de>, A::Error> {
        let Self { known, builder } = self;
        let mut head = Head::default();
        let mut update = Update::new(Arc::clone(known.layout()));
        while let Some(member) = map.next_key_seed(Lookup(|name: &str| Member::of(name, known)))? {
            match member {
                Member::Date => head.date = Some(map.next_value::<&RawValue>()?.get()),
                Member::Comment => head.comment = Some(map.next_value::<&RawValue>()?.get()),
                Member::IsDiff => head.is_diff = Some(map.next_value::<&RawValue>()?.get()),
                Member::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
                Member::Unwanted => map.next_value_seed(Rows(()))?,
                Member::Table(number) => {
                    let mut rows = Vec::new();
                    map.next_value_seed(Rows(TableSeed {
                        table: known.table_at(number),
                        builder: &mut *builder,
                        rows: &mut rows,
                    }))?;
                    if update.tables.iter().any(|(other, _)| *other == number) {
                        return Err(A::Error::custom("a table stands twice"));
                    }
                    update.tables.push((number, rows));
                }
                Member::Unknown => return Err(A::Error::custom("the schema has no such table")),
            }
        }
        // In the order of the tables' names, whatever that of the text.
        update.tables.sort_by_key(|(number, _)| *number);
        Ok(Quick { head, update })
    }
}

/// Reads an object of rows, each as it is to be.
struct Rows<R>(R);

/// Reads a row's key and value.
trait ReadRow<'de> {
    fn row<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<bool, A::Error>;
}

impl<'de, R: ReadRow<'de>> DeserializeSeed<'de> for Rows<R> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, R: ReadRow<'de>> Visitor<'de> for Rows<R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of rows")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while self.0.row(&mut map)? {}
        Ok(())
    }
}

/// Passes rows over.
impl<'de> ReadRow<'de> for () {
    fn row<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<bool, A::Error> {
        Ok(map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some())
    }
}

/// Passes over an object of rows.
pub(super) fn pass_over(text: &str) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Rows(()).deserialize(&mut reader)?;
    reader.end()
}

/// Keeps rows of one table.
struct TableSeed<'a> {
    table: TableRows<'a>,
    builder: &'a mut RowBuilder,
    rows: &'a mut Vec<(Uuid, RowChange)>,
}

impl<'de> ReadRow<'de> for TableSeed<'_> {
    fn row<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<bool, A::Error> {
        let Some(uuid) = map.next_key_seed(Lookup(parse_uuid))? else {
            return Ok(false);
        };
        let uuid = uuid.ok_or_else(|| A::Error::custom("this is no uuid of a row"))?;
        let change = map.next_value_seed(RowSeed {
            uuid,
            is_known: self.table.get(uuid).is_some(),
            table: &self.table,
            builder: self.builder,
        })?;
        self.rows.push((uuid, change));
        Ok(true)
    }
}

/// Reads what becomes of one row.
struct RowSeed<'a> {
    uuid: Uuid,
    is_known: bool,
    table: &'a TableRows<'a>,
    builder: &'a mut RowBuilder,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = RowChange;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<RowChange, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = RowChange;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null or an object of columns")
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<RowChange, E> {
        match self.is_known {
            true => Ok(RowChange::Delete),
            false => Err(E::custom("a row that is not there is deleted")),
        }
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RowChange, D::Error> {
        let (table, builder) = (self.table.layout(), self.builder);
        builder.clear();
        ColumnsSeed {
            table,
            builder: &mut *builder,
        }
        .deserialize(deserializer)?;
        if self.is_known {
            return Ok(RowChange::Modify(builder.delta()));
        }
        fill_absents(table, builder);
        Ok(RowChange::Whole(builder.row(self.uuid)))
    }
}
