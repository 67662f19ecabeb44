//! Rows: one shared, immutable, compact record each.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use crate::schema::TableLayout;
use crate::value::{Value, packed};

const UUID_BYTES: usize = 16;

/// A row, shared and immutable; a clone costs a reference count.
///
/// The record is the UUID and then, ascending by column number, the columns whose value is not
/// the default: number, length (varints) and packed value. Rows of one layout are equal exactly
/// when their bytes are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(Arc<[u8]>);

impl Row {
    /// The row's UUID.
    pub fn uuid(&self) -> Uuid {
        Uuid::from_bytes(self.0[..UUID_BYTES].try_into().unwrap_or_default())
    }

    /// The packed value of a column; empty for the default.
    pub(crate) fn payload(&self, column: u16) -> &[u8] {
        for (number, payload) in self.entries() {
            if number >= column {
                return if number == column { payload } else { &[] };
            }
        }
        &[]
    }

    /// The columns whose value is not the default, ascending by number.
    pub(crate) fn entries(&self) -> Entries<'_> {
        Entries(&self.0[UUID_BYTES..])
    }

    /// The value of the column called `name`, `None` where the layout does not hold it.
    pub fn value<'a>(&'a self, layout: &'a TableLayout, name: &str) -> Option<Value<'a>> {
        let number = layout.column_number(name)?;
        Some(Value::new(
            &layout.column(number)?.column_type,
            self.payload(number),
        ))
    }

    /// The value of every present column with its name, ascending by name.
    pub fn values<'a>(
        &'a self,
        layout: &'a TableLayout,
    ) -> impl Iterator<Item = (&'a str, Value<'a>)> {
        layout.present().map(|(number, column)| {
            (
                &*column.name,
                Value::new(&column.column_type, self.payload(number)),
            )
        })
    }

    /// How many bytes the record takes, the allocator's share left out.
    pub fn bytes(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row({}, {} bytes)", self.uuid(), self.bytes())
    }
}

/// The stored columns of a record.
pub(crate) struct Entries<'a>(&'a [u8]);

impl<'a> Iterator for Entries<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let number = packed::take_varint(&mut self.0);
        let length = packed::take_varint(&mut self.0);
        let (payload, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        Some((u16::try_from(number).unwrap_or(u16::MAX), payload))
    }
}

/// Collects the columns of one row in any order; one builder serves many rows.
#[derive(Debug, Default)]
pub(crate) struct RowBuilder {
    /// Column numbers with the ends of their values in `bytes`.
    columns: Vec<(u16, usize, usize)>,
    bytes: Vec<u8>,
    record: Vec<u8>,
}

impl RowBuilder {
    /// Forgets the last row.
    pub(crate) fn clear(&mut self) {
        self.columns.clear();
        self.bytes.clear();
    }

    /// Where the next value's bytes go.
    pub(crate) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Takes what was appended to the buffer since `start` as the value of `column`.
    /// A column given twice keeps the later value, as a JSON object does.
    pub(crate) fn set(&mut self, column: u16, start: usize) {
        let end = self.bytes.len();
        match self
            .columns
            .iter_mut()
            .find(|(number, ..)| *number == column)
        {
            Some(entry) => *entry = (column, start, end),
            None => self.columns.push((column, start, end)),
        }
    }

    /// Sets a column to these bytes.
    pub(crate) fn put(&mut self, column: u16, payload: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(payload);
        self.set(column, start);
    }

    /// Whether the column was given.
    pub(crate) fn has(&self, column: u16) -> bool {
        self.columns.iter().any(|(number, ..)| *number == column)
    }

    /// The row; values without bytes are left out as defaults.
    pub(crate) fn row(&mut self, uuid: Uuid) -> Row {
        self.record.clear();
        self.record.extend_from_slice(uuid.as_bytes());
        self.write(false);
        Row(Arc::from(self.record.as_slice()))
    }

    /// The columns given, those without bytes included, as a difference to another row.
    pub(crate) fn delta(&mut self) -> Delta {
        self.record.clear();
        self.write(true);
        Delta(Box::from(self.record.as_slice()))
    }

    fn write(&mut self, keep_empty: bool) {
        self.columns.sort_unstable_by_key(|(number, ..)| *number);
        for &(number, start, end) in &self.columns {
            if keep_empty || end > start {
                packed::push_varint(&mut self.record, usize::from(number));
                packed::push_varint(&mut self.record, end - start);
                self.record.extend_from_slice(&self.bytes[start..end]);
            }
        }
    }
}

/// The changed columns of one row as an update gave them: whole values or differences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delta(Box<[u8]>);

impl Delta {
    /// The columns given, ascending by number.
    pub(crate) fn entries(&self) -> Entries<'_> {
        Entries(&self.0)
    }

    /// The row after this change.
    ///
    /// With `differences`, columns that hold several values take the given one as a difference
    /// (update2, update3, database files with `_is_diff`); without, every value is whole.
    pub(crate) fn apply(
        &self,
        row: &Row,
        layout: &TableLayout,
        differences: bool,
        builder: &mut RowBuilder,
    ) -> Row {
        builder.clear();
        for (number, payload) in row.entries() {
            builder.put(number, payload);
        }
        for (number, change) in self.entries() {
            let Some(column) = layout.column(number) else {
                continue;
            };
            if differences && column.column_type.is_composite() {
                let (key, value) = column.column_type.kinds();
                let merged = packed::symmetric(row.payload(number), change, key, value);
                builder.put(number, &merged);
            } else {
                builder.put(number, change);
            }
        }
        builder.row(row.uuid())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_row_gives_back_the_columns_put_into_it_in_any_order(
            mut columns in prop::collection::btree_map(
                0u16..300,
                prop::collection::vec(any::<u8>(), 0..200),
                0..20,
            ).prop_map(|columns| columns.into_iter().collect::<Vec<_>>()).prop_shuffle(),
            uuid in any::<u128>().prop_map(Uuid::from_u128),
        ) {
            let mut builder = RowBuilder::default();
            for (number, payload) in &columns {
                builder.put(*number, payload);
            }
            let row = builder.row(uuid);
            columns.sort();
            prop_assert_eq!(row.uuid(), uuid);
            for (number, payload) in &columns {
                prop_assert_eq!(row.payload(*number), payload);
            }
            let delta = builder.delta();
            let given: Vec<_> = delta.entries().map(|(n, p)| (n, p.to_vec())).collect();
            prop_assert_eq!(&given, &columns);
            let stored: Vec<_> = row.entries().map(|(n, p)| (n, p.to_vec())).collect();
            columns.retain(|(_, payload)| !payload.is_empty());
            prop_assert_eq!(stored, columns);
        }
    }

    #[test]
    fn a_column_given_twice_keeps_the_later_value() {
        let mut builder = RowBuilder::default();
        builder.put(3, b"first");
        builder.put(1, b"other");
        builder.put(3, b"");
        builder.put(1, b"last");
        let row = builder.row(Uuid::nil());
        assert_eq!((row.payload(1), row.payload(3)), (&b"last"[..], &b""[..]));
        assert_eq!(row.entries().count(), 1);
        assert_eq!(row.bytes(), 16 + 2 + 4);
        builder.clear();
        assert_eq!(builder.row(Uuid::nil()).bytes(), 16);
    }
}
