//! Identities: which two rows are one row.

use ovn_schemas::nb::logical_switch;
use ovsdb_client::schema::{TableLayout, TableSchema};
use ovsdb_client::value::Kind;

/// Which two rows are one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// Those of one UUID.
    Uuid,
    /// Those of one key: of the table's index, else of its name, else of all columns, in which
    /// case rows only come and go. References count as what they name.
    Index,
    /// Those with the same values in these columns.
    Columns(Vec<String>),
}

/// The columns that a table's rows are told apart by; empty for all of them.
///
/// Of several indexes the one that is easiest to read: strings alone, else no references.
pub(super) fn key_columns(schema: &TableSchema, layout: &TableLayout) -> Vec<Box<str>> {
    let kind = |column: &str| {
        schema
            .column(column)
            .map(|column| column.column_type.key.kind)
    };
    let is_read = |index: &[Box<str>]| index.iter().all(|c| layout.column_number(c).is_some());
    let rank = |index: &[Box<str>]| {
        let is = |wanted: Kind| index.iter().all(|column| kind(column) == Some(wanted));
        let refers = index.iter().any(|column| kind(column) == Some(Kind::Uuid));
        (!is(Kind::String), refers)
    };
    let indexes = schema.indexes.iter().filter(|index| is_read(index));
    if let Some(best) = indexes.min_by_key(|index| rank(index)) {
        return best.clone();
    }
    let name = logical_switch::NAME.name();
    // A name that may be left out, as that of an ACL, tells no row from others.
    let always = schema
        .column(name)
        .is_some_and(|column| column.column_type.is_scalar());
    if always && layout.column_number(name).is_some() {
        return vec![name.into()];
    }
    Vec::new()
}
