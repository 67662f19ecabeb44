//! Reads table updates straight into compact rows, without a tree of JSON values between.

mod quick;

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use thiserror::Error;
use uuid::Uuid;

pub(super) use self::quick::row_update;
pub(crate) use self::quick::{Order, columns};
use crate::row::RowBuilder;
use crate::schema::TableLayout;
use crate::update::{RowChange, RowFault, Update};
use crate::value::parse_uuid;
use crate::value::wire::PackSeed;

/// How rows are written in an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `monitor` and `update`: old and new values (RFC 7047).
    Old,
    /// `monitor_cond`, `monitor_cond_since`, `update2` and `update3`: differences.
    Differences,
}

/// Table updates cannot be used at all.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// The text is no table updates. The fault is the sender's.
    #[error("the table updates cannot be read")]
    Text(#[from] serde_json::Error),
    /// They were read for another layout than the rows', so that their numbers mean other tables
    /// and columns. The fault is the program's.
    #[error("the table updates were read for another layout than the rows have")]
    Layout,
}

/// Reads table updates the careful way, which looks at each row and column for itself and says
/// what is wrong with it.
pub(super) fn tables(update: &mut Update, format: Format, text: &str) -> serde_json::Result<()> {
    let mut reader = serde_json::Deserializer::from_str(text);
    TablesSeed { format, update }.deserialize(&mut reader)?;
    reader.end()
}

/// Reads a table as it stands among the others, the careful way.
pub(super) fn table_member(
    update: &mut Update,
    format: Format,
    member: &str,
) -> serde_json::Result<()> {
    tables(update, format, &format!("{{{member}}}"))
}

/// Reads a row update as it stands among the others, the careful way; the changes of its table
/// stand at this place of the update.
pub(super) fn row_member(
    update: &mut Update,
    place: usize,
    format: Format,
    member: &str,
) -> serde_json::Result<()> {
    let text = format!("{{{member}}}");
    let mut reader = serde_json::Deserializer::from_str(&text);
    let layout = Arc::clone(&update.layout);
    let (table, rows) = &mut update.tables[place];
    RowsSeed {
        columns: Columns {
            table: &layout.tables()[*table],
            builder: &mut RowBuilder::default(),
            faults: &mut update.faults,
        },
        read: |columns: &mut Columns<'_>, uuid, text: &str| columns.row_change(uuid, format, text),
        rows,
    }
    .deserialize(&mut reader)?;
    reader.end()
}

struct TablesSeed<'a> {
    format: Format,
    update: &'a mut Update,
}

impl<'de> DeserializeSeed<'de> for TablesSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TablesSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of tables")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (format, layout) = (self.format, Arc::clone(&self.update.layout));
        let number_of = |name: &str| layout.table_number(name);
        while let Some(number) = map.next_key_seed(Lookup(number_of))? {
            let Some(number) = number else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let place = self.update.place_of(number);
            map.next_value_seed(RowsSeed {
                columns: Columns {
                    table: &layout.tables()[number],
                    builder: &mut RowBuilder::default(),
                    faults: &mut self.update.faults,
                },
                read: |columns: &mut Columns<'_>, uuid, text: &str| {
                    columns.row_change(uuid, format, text)
                },
                rows: &mut self.update.tables[place].1,
            })?;
        }
        Ok(())
    }
}

/// Turns an object's key into what a function makes of it.
pub(crate) struct Lookup<F>(pub(crate) F);

impl<'de, T, F: FnOnce(&str) -> T> DeserializeSeed<'de> for Lookup<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> T> Visitor<'_> for Lookup<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        Ok((self.0)(text))
    }
}

/// Reads an object of rows, each by a function from its UUID and its text.
struct RowsSeed<'a, F> {
    columns: Columns<'a>,
    read: F,
    rows: &'a mut Vec<(Uuid, RowChange)>,
}

impl<'de, F> DeserializeSeed<'de> for RowsSeed<'_, F>
where
    F: FnMut(&mut Columns<'_>, Uuid, &str) -> Option<RowChange>,
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F> Visitor<'de> for RowsSeed<'_, F>
where
    F: FnMut(&mut Columns<'_>, Uuid, &str) -> Option<RowChange>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of rows")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let uuid_of = |text: &str| parse_uuid(text).ok_or_else(|| Box::<str>::from(text));
        while let Some(uuid) = map.next_key_seed(Lookup(uuid_of))? {
            let text: &RawValue = map.next_value()?;
            match uuid {
                Ok(uuid) => {
                    if let Some(change) = (self.read)(&mut self.columns, uuid, text.get()) {
                        self.rows.push((uuid, change));
                    }
                }
                Err(text) => self.columns.fault(&text, None, "this is no uuid of a row"),
            }
        }
        Ok(())
    }
}

/// Reads rows of one table.
pub(crate) struct Columns<'a> {
    pub(crate) table: &'a TableLayout,
    pub(crate) builder: &'a mut RowBuilder,
    pub(crate) faults: &'a mut Vec<RowFault>,
}

/// What a row update says, before its columns are read.
#[derive(Default)]
struct Parts<'t> {
    whole: Option<&'t str>,
    modify: Option<&'t str>,
    delete: bool,
}

impl Columns<'_> {
    /// Reads an object of rows, each by `read` from its UUID and its text.
    pub(crate) fn rows(
        self,
        text: &str,
        rows: &mut Vec<(Uuid, RowChange)>,
        read: impl FnMut(&mut Columns<'_>, Uuid, &str) -> Option<RowChange>,
    ) -> Result<(), UpdateError> {
        let mut reader = serde_json::Deserializer::from_str(text);
        RowsSeed {
            columns: self,
            read,
            rows,
        }
        .deserialize(&mut reader)?;
        reader.end()?;
        Ok(())
    }

    pub(crate) fn fault(&mut self, row: &str, column: Option<&str>, problem: impl fmt::Display) {
        self.faults.push(RowFault {
            table: self.table.name.clone(),
            row: row.into(),
            column: column.map(Box::from),
            problem: problem.to_string(),
        });
    }

    fn row_change(&mut self, uuid: Uuid, format: Format, text: &str) -> Option<RowChange> {
        let parts = match parts(format, text) {
            Ok(parts) => parts,
            Err(error) => {
                self.fault(&uuid.to_string(), None, error);
                return None;
            }
        };
        if let Some(text) = parts.whole {
            // Format 1 names every monitored column; the others leave defaults out.
            self.whole(uuid, text, format == Format::Differences)
        } else if let Some(text) = parts.modify {
            self.read(uuid, text)
                .then(|| RowChange::Modify(self.builder.delta()))
        } else if parts.delete {
            Some(RowChange::Delete)
        } else {
            self.fault(&uuid.to_string(), None, "the row update says nothing");
            None
        }
    }

    /// Reads an object of columns as a whole row. With `fill`, columns left out take what the
    /// server means by that where the layout cannot tell it from an empty value.
    pub(crate) fn whole(&mut self, uuid: Uuid, text: &str, fill: bool) -> Option<RowChange> {
        if !self.read(uuid, text) {
            return None;
        }
        if fill {
            fill_absents(self.table, self.builder);
        }
        Some(RowChange::Whole(self.builder.row(uuid)))
    }

    /// Reads an object of columns as changes to a row.
    pub(crate) fn delta(&mut self, uuid: Uuid, text: &str) -> Option<RowChange> {
        self.read(uuid, text)
            .then(|| RowChange::Modify(self.builder.delta()))
    }

    /// Fills the builder; false when the text is no object of columns.
    fn read(&mut self, uuid: Uuid, text: &str) -> bool {
        self.builder.clear();
        let mut reader = serde_json::Deserializer::from_str(text);
        let read = ColumnsSeed {
            table: self.table,
            builder: &mut *self.builder,
        }
        .deserialize(&mut reader)
        .and_then(|()| reader.end());
        // The quick way stops at the first bad column; a second pass keeps all the others.
        read.is_ok() || self.read_each(uuid, text)
    }

    fn read_each(&mut self, uuid: Uuid, text: &str) -> bool {
        self.builder.clear();
        let row = uuid.to_string();
        let columns: std::collections::BTreeMap<String, &RawValue> =
            match serde_json::from_str(text) {
                Ok(columns) => columns,
                Err(error) => {
                    self.fault(&row, None, error);
                    return false;
                }
            };
        for (name, value) in columns {
            let Some(number) = self.table.column_number(&name) else {
                continue;
            };
            let column_type = &self.table.columns()[usize::from(number)].column_type;
            let mut reader = serde_json::Deserializer::from_str(value.get());
            let mut bytes = Vec::new();
            let read = PackSeed {
                column_type,
                out: &mut bytes,
            }
            .deserialize(&mut reader);
            match read {
                Ok(()) => self.builder.put(number, &bytes),
                Err(error) => self.fault(&row, Some(&name), error),
            }
        }
        true
    }
}

/// Sets the columns left out to what the server means by that.
pub(crate) fn fill_absents(table: &TableLayout, builder: &mut RowBuilder) {
    for (number, absent) in table.absents() {
        if !builder.has(number) {
            builder.put(number, absent);
        }
    }
}

fn parts(format: Format, text: &str) -> Result<Parts<'_>, serde_json::Error> {
    struct PartsVisitor(Format);
    impl<'de> Visitor<'de> for PartsVisitor {
        type Value = Parts<'de>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a row update")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts<'de>, A::Error> {
            let mut parts = Parts::default();
            let word = |name: &str| Word::of(self.0, name);
            while let Some(word) = map.next_key_seed(Lookup(word))? {
                match word {
                    Word::Whole => parts.whole = Some(map.next_value::<&RawValue>()?.get()),
                    Word::Modify => parts.modify = Some(map.next_value::<&RawValue>()?.get()),
                    Word::Delete => {
                        map.next_value::<IgnoredAny>()?;
                        parts.delete = true;
                    }
                    Word::Unknown => {
                        return Err(A::Error::custom("a member that row updates do not have"));
                    }
                }
            }
            Ok(parts)
        }
    }
    serde_json::Deserializer::from_str(text).deserialize_map(PartsVisitor(format))
}

/// The members of a row update. In format 1 a row with `old` only is gone.
enum Word {
    Whole,
    Modify,
    Delete,
    Unknown,
}

impl Word {
    fn of(format: Format, name: &str) -> Self {
        match (format, name) {
            (Format::Old, "new") | (Format::Differences, "initial" | "insert") => Self::Whole,
            (Format::Old, "old") | (Format::Differences, "delete") => Self::Delete,
            (Format::Differences, "modify") => Self::Modify,
            _ => Self::Unknown,
        }
    }
}

/// Reads an object of columns into the builder.
pub(crate) struct ColumnsSeed<'a> {
    pub(crate) table: &'a TableLayout,
    pub(crate) builder: &'a mut RowBuilder,
}

impl<'de> DeserializeSeed<'de> for ColumnsSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ColumnsSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of columns")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let table = self.table;
        while let Some(number) =
            map.next_key_seed(Lookup(|name: &str| table.column_number(name)))?
        {
            let Some(number) = number else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let start = self.builder.buffer().len();
            map.next_value_seed(PackSeed {
                column_type: &table.columns()[usize::from(number)].column_type,
                out: self.builder.buffer(),
            })?;
            self.builder.set(number, start);
        }
        Ok(())
    }
}
