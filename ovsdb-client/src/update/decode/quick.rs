//! The quick way through table updates: one pass over the text.
//!
//! It knows only what servers send. Anything else is an error here, and the text is then read
//! again the careful way, which looks at each row and column for itself and says what is wrong
//! with it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use uuid::Uuid;

use super::{ColumnsSeed, Format, Lookup, Word, fill_absents};
use crate::row::RowBuilder;
use crate::schema::TableLayout;
use crate::update::RowChange;
use crate::value::parse_uuid;

/// Reads an object of row updates.
pub(super) struct RowsSeed<'a> {
    pub(super) table: &'a TableLayout,
    pub(super) format: Format,
    pub(super) builder: &'a mut RowBuilder,
    pub(super) rows: &'a mut Vec<(Uuid, RowChange)>,
}

impl<'de> DeserializeSeed<'de> for RowsSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowsSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of rows")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(uuid) = map.next_key_seed(Lookup(parse_uuid))? {
            let uuid = uuid.ok_or_else(|| A::Error::custom("this is no uuid of a row"))?;
            let change = map.next_value_seed(RowSeed {
                uuid,
                table: self.table,
                format: self.format,
                builder: self.builder,
            })?;
            self.rows.push((uuid, change));
        }
        Ok(())
    }
}

/// Reads one row update.
struct RowSeed<'a> {
    uuid: Uuid,
    table: &'a TableLayout,
    format: Format,
    builder: &'a mut RowBuilder,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = RowChange;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<RowChange, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = RowChange;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row update")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RowChange, A::Error> {
        let Self {
            uuid,
            table,
            format,
            builder,
        } = self;
        let mut change = None;
        while let Some(word) = map.next_key_seed(Lookup(|name: &str| Word::of(format, name)))? {
            let next = match word {
                Word::Whole | Word::Modify => {
                    builder.clear();
                    map.next_value_seed(ColumnsSeed { table, builder })?;
                    if matches!(word, Word::Modify) {
                        RowChange::Modify(builder.delta())
                    } else {
                        if format == Format::Differences {
                            fill_absents(table, builder);
                        }
                        RowChange::Whole(builder.row(uuid))
                    }
                }
                Word::Delete => {
                    map.next_value::<IgnoredAny>()?;
                    RowChange::Delete
                }
                Word::Unknown => return Err(A::Error::custom("an unknown member")),
            };
            change = Some(match (change, next) {
                (None, next) => next,
                // Format 1 tells a change as the old row and the new one.
                (Some(RowChange::Delete), next @ RowChange::Whole(_))
                | (Some(next @ RowChange::Whole(_)), RowChange::Delete)
                    if format == Format::Old =>
                {
                    next
                }
                _ => return Err(A::Error::custom("a row update says two things")),
            });
        }
        change.ok_or_else(|| A::Error::custom("the row update says nothing"))
    }
}
