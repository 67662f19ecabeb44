//! Located fields: fields found in one database's table, ready to be read from its rows.

use ovsdb_client::replica::TableRows;
use ovsdb_client::schema::{ColumnType, TableLayout};
use ovsdb_client::table::Row;
use ovsdb_client::value::{Atom, AtomRef, Kind, Uuid, parse_atom};

use crate::report::{ToolError, UUID_COLUMN};
use crate::tool::natural::{atom_json, value_json};
use crate::tool::near;
use crate::tool::rows_find::field::Field;
use crate::tool::rows_find::scope::Searched;

/// The column that says which of several databases a row is from.
pub(super) const NODE_COLUMN: &str = "_node";

/// A field and where its value stands.
#[derive(Clone, Debug)]
pub(super) enum Located<'s> {
    /// The row's own UUID.
    RowUuid,
    /// A column.
    Column {
        /// Its name.
        name: &'s str,
        /// Its type.
        column_type: &'s ColumnType,
    },
    /// The value of one key of a map column; unset where the map lacks the key.
    Key {
        /// The column's name.
        name: &'s str,
        /// The column's type.
        column_type: &'s ColumnType,
        /// The key.
        key: Atom,
    },
    /// A field of the rows that a column refers to; unset where they are gone.
    There {
        /// The column's name.
        name: &'s str,
        /// Whether it refers to one row at most.
        is_one: bool,
        /// The rows.
        rows: TableRows<'s>,
        /// The field there.
        field: Box<Located<'s>>,
    },
}

impl<'s> Located<'s> {
    /// Finds a field.
    ///
    /// # Errors
    /// [`ToolError`] with near matches when the table has no such column, and with what to write
    /// when the column has no keys.
    pub(super) fn find(field: &Field, searched: &Searched<'s>) -> Result<Self, ToolError> {
        let table = &*searched.schema.name;
        if field.column == UUID_COLUMN && field.key.is_none() && field.reference.is_none() {
            return Ok(Self::RowUuid);
        }
        let layout = searched.layout();
        let column = layout
            .column_number(field.own_column())
            .and_then(|number| layout.column(number));
        let Some(column) = column else {
            return Err(no_column(field.own_column(), searched));
        };
        let (name, column_type) = (&*column.name, &column.column_type);
        if field.reference.is_some() {
            return there(field, name, column_type, searched);
        }
        let Some(key) = &field.key else {
            return Ok(Self::Column { name, column_type });
        };
        if !column_type.is_map() {
            return Err(ToolError::new(format!(
                "column `{name}` of {table} is of type {column_type}: it has no keys"
            ))
            .hint(format!("write `{name}` without `:{key}`")));
        }
        Ok(Self::Key {
            name,
            column_type,
            key: key_atom(key, name, column_type)?,
        })
    }

    /// Checks that rows can be sorted by it.
    ///
    /// # Errors
    /// [`ToolError`] for a whole map.
    pub(super) fn sortable(&self) -> Result<(), ToolError> {
        match self {
            Self::Column { name, column_type } if column_type.is_map() => Err(ToolError::new(
                format!("rows cannot be sorted by column `{name}`, which is of type {column_type}"),
            )
            .hint(format!("sort by one of its keys: `{name}:KEY`"))),
            _ => Ok(()),
        }
    }

    /// Whether its values are UUIDs, the row's own or of rows referred to.
    pub(super) fn holds_uuids(&self) -> bool {
        match self {
            Self::RowUuid => true,
            Self::Column { column_type, .. } | Self::Key { column_type, .. } => {
                let value = column_type.value.as_ref();
                column_type.key.kind == Kind::Uuid || value.is_some_and(|v| v.kind == Kind::Uuid)
            }
            Self::There { field, .. } => field.holds_uuids(),
        }
    }

    /// The atoms: of a set all, of a map its keys, of one key its value; none where it is unset.
    pub(super) fn atoms(&self, row: &'s Row, layout: &'s TableLayout) -> Vec<AtomRef<'s>> {
        match self {
            Self::RowUuid => vec![AtomRef::Uuid(row.uuid())],
            Self::Column { name, .. } => match row.value(layout, name) {
                Some(value) => value.atoms().collect(),
                None => Vec::new(),
            },
            Self::Key { name, key, .. } => lookup(row, layout, name, key).into_iter().collect(),
            Self::There {
                name, rows, field, ..
            } => referred(row, layout, name)
                .filter_map(|uuid| rows.get(uuid))
                .flat_map(|row| field.atoms(row, rows.layout()))
                .collect(),
        }
    }

    /// The value as natural JSON; null where it is unset.
    pub(super) fn json(&self, row: &Row, layout: &TableLayout) -> serde_json::Value {
        match self {
            Self::RowUuid => row.uuid().to_string().into(),
            Self::Column { name, .. } => row
                .value(layout, name)
                .map_or(serde_json::Value::Null, value_json),
            Self::Key { name, key, .. } => {
                lookup(row, layout, name, key).map_or(serde_json::Value::Null, atom_json)
            }
            Self::There {
                name,
                is_one,
                rows,
                field,
            } => {
                let mut values = referred(row, layout, name).map(|uuid| {
                    let row = rows.get(uuid);
                    row.map_or(serde_json::Value::Null, |row| {
                        field.json(row, rows.layout())
                    })
                });
                if *is_one {
                    return values.next().unwrap_or_default();
                }
                values.collect()
            }
        }
    }
}

/// The value of a key in a row's map.
pub(super) fn lookup<'r>(
    row: &'r Row,
    layout: &'r TableLayout,
    name: &str,
    key: &Atom,
) -> Option<AtomRef<'r>> {
    row.value(layout, name)?.lookup(key.borrow()?)
}

/// The rows that a row's column refers to.
fn referred<'r>(
    row: &'r Row,
    layout: &'r TableLayout,
    name: &str,
) -> impl Iterator<Item = Uuid> + use<'r> {
    let value = row.value(layout, name);
    let atoms = value.into_iter().flat_map(|value| value.atoms());
    atoms.filter_map(|atom| match atom {
        AtomRef::Uuid(uuid) => Some(uuid),
        _ => None,
    })
}

/// A field of the rows that a column refers to.
fn there<'s>(
    field: &Field,
    name: &'s str,
    column_type: &'s ColumnType,
    searched: &Searched<'s>,
) -> Result<Located<'s>, ToolError> {
    let table = &*searched.schema.name;
    let Some(reference) = &column_type.key.reference else {
        return Err(ToolError::new(format!(
            "column `{name}` of {table} is of type {column_type}: it refers to no rows"
        ))
        .hint(format!(
            "write `{name}` alone, or `{name}:KEY` for a key of a map"
        )));
    };
    let schema = searched.read.rows.layout().schema.table(&reference.table);
    let rows = searched.read.rows.table(&reference.table);
    let (Some(schema), Some(rows)) = (schema, rows) else {
        return Err(ToolError::new(format!(
            "`{field}` refers to rows of {}, which were not read",
            reference.table
        ))
        .hint(format!("write `{name}`, and find the rows by their UUIDs")));
    };
    let target = Searched {
        label: searched.label.clone(),
        read: searched.read,
        schema,
        rows,
    };
    Ok(Located::There {
        name,
        is_one: column_type.max == 1,
        rows,
        field: Box::new(Located::find(&field.there(), &target)?),
    })
}

fn key_atom(key: &str, name: &str, column_type: &ColumnType) -> Result<Atom, ToolError> {
    match column_type.key.kind {
        Kind::String => Ok(Atom::from(key)),
        kind => parse_atom(kind, key).map_err(|_| {
            ToolError::new(format!(
                "`{key}` is no key of column `{name}`, which is of type {column_type}"
            ))
        }),
    }
}

fn no_column(wanted: &str, searched: &Searched<'_>) -> ToolError {
    let table = &*searched.schema.name;
    let error = ToolError::new(format!("table {table} has no column `{wanted}`"));
    if wanted == NODE_COLUMN {
        return error.hint("rows of one node are had with the parameter `node`");
    }
    let columns = searched.schema.columns.iter();
    let mut names: Vec<&str> = columns.map(|column| &*column.name).collect();
    names.push(UUID_COLUMN);
    error.hint(
        near::did_you_mean(wanted, names.iter().copied())
            .unwrap_or_else(|| format!("its columns are {}", names.join(", "))),
    )
}
