//! Fields: the columns of a served table, `_uuid` and `_version` among them.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};
use sha1::{Digest, Sha1};
use uuid::{Builder, Uuid};

use crate::row::Row;
use crate::schema::{ColumnType, TableLayout, TableSchema};
use crate::value::{Kind, Value};

/// The column that identifies a row.
pub(crate) const UUID: &str = "_uuid";
/// The column that changes whenever another one does.
pub(crate) const VERSION: &str = "_version";

/// A table as its clients see it.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) name: Box<str>,
    /// Ascending by name.
    fields: Vec<Field>,
}

/// One column of a served table.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Box<str>,
    pub(crate) column_type: ColumnType,
    pub(crate) mutable: bool,
    default: Vec<u8>,
    place: Place,
}

/// Where a column's values are.
#[derive(Clone, Copy, Debug)]
enum Place {
    Uuid,
    Version,
    /// In the rows; not there where the snapshot was made without the column.
    Stored(Option<u16>),
}

impl Shape {
    /// The table of `schema`, whose rows have this layout; without one there are no rows.
    pub(crate) fn new(schema: &TableSchema, layout: Option<&TableLayout>) -> Self {
        let uuid = || ColumnType::scalar(Kind::Uuid);
        let mut fields = vec![
            Field::new(UUID, uuid(), false, Place::Uuid),
            Field::new(VERSION, uuid(), false, Place::Version),
        ];
        for column in &schema.columns {
            let number = layout.and_then(|layout| layout.column_number(&column.name));
            let column_type = column.column_type.clone();
            fields.push(Field::new(
                &column.name,
                column_type,
                column.mutable,
                Place::Stored(number),
            ));
        }
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            name: schema.name.clone(),
            fields,
        }
    }

    /// The fields, ascending by name.
    pub(crate) fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The number of the field called `name`.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.fields
            .binary_search_by(|field| (*field.name).cmp(name))
            .ok()
    }
}

impl Field {
    fn new(name: &str, column_type: ColumnType, mutable: bool, place: Place) -> Self {
        Self {
            name: name.into(),
            mutable,
            default: column_type.default_payload(),
            column_type,
            place,
        }
    }

    /// The packed value in a row.
    pub(crate) fn payload<'r>(&self, row: &'r Row) -> Cow<'r, [u8]> {
        match self.place {
            Place::Uuid => Cow::Owned(row.uuid().as_bytes().to_vec()),
            Place::Version => Cow::Owned(version(row).as_bytes().to_vec()),
            Place::Stored(Some(number)) => Cow::Borrowed(row.payload(number)),
            Place::Stored(None) => Cow::Borrowed(&[]),
        }
    }

    /// The value that such a payload is.
    pub(crate) fn value<'p>(&'p self, payload: &'p [u8]) -> Value<'p> {
        Value::new(&self.column_type, payload)
    }

    fn is_default(&self, payload: &[u8]) -> bool {
        payload.is_empty() || payload == self.default
    }

    /// Whether the two states of one row differ in this column.
    pub(crate) fn differs(&self, old: &Row, new: &Row) -> bool {
        match self.place {
            Place::Version => old != new,
            _ => self.payload(old) != self.payload(new),
        }
    }
}

/// A version of a row: another one whenever the row is another one.
///
/// A real server's versions are random and new with every change; a recorded database has none.
fn version(row: &Row) -> Uuid {
    let mut hash = Sha1::new();
    hash.update(row.uuid().as_bytes());
    for (number, payload) in row.entries() {
        hash.update(number.to_le_bytes());
        hash.update(payload.len().to_le_bytes());
        hash.update(payload);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// Chosen columns of a row as a JSON object.
#[derive(Debug)]
pub(crate) struct Columns<'a> {
    pub(crate) row: &'a Row,
    pub(crate) fields: Vec<&'a Field>,
    /// Whether columns that have their default value stay out.
    pub(crate) sparse: bool,
}

impl Serialize for Columns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for field in &self.fields {
            let payload = field.payload(self.row);
            if !(self.sparse && field.is_default(&payload)) {
                map.serialize_entry(&field.name, &field.value(&payload))?;
            }
        }
        map.end()
    }
}
