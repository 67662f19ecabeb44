//! What a column can hold, in words.

use ovsdb_client::schema::{BaseType, ColumnType, RefKind, UNLIMITED};
use ovsdb_client::value::{Atom, Kind};

use crate::docs::code;
use crate::emit::links::FileLinks;
use crate::model::{ColumnModel, ElementModel, TableModel};

/// The type, as in `set of at most 4096 integers from 0 to 4095; kept in memory only`.
pub(crate) fn shape(
    column: &ColumnModel<'_>,
    table: &TableModel<'_>,
    links: FileLinks<'_>,
) -> String {
    let schema = column.schema;
    let column_type = &schema.column_type;
    let one = |element, base| element_words(element, base, false, links);
    let mut words = match (&column.value, &column_type.value) {
        (Some(value), Some(base)) => format!(
            "map{} from {} to {}",
            bounds(column_type),
            one(&column.key, &column_type.key),
            one(value, base)
        ),
        _ if column_type.is_scalar() => one(&column.key, &column_type.key),
        _ if column_type.is_optional() => {
            format!("optional {}", one(&column.key, &column_type.key))
        }
        _ => format!(
            "set{} of {}",
            bounds(column_type),
            element_words(&column.key, &column_type.key, true, links)
        ),
    };
    if schema.ephemeral {
        words.push_str("; ephemeral: the database file does not keep it");
    }
    if !schema.mutable {
        words.push_str("; fixed when the row is inserted");
    }
    if table
        .schema
        .indexes
        .iter()
        .any(|index| **index == [schema.name.clone()])
    {
        words.push_str("; unique");
    }
    words
}

/// An atom's type without references, as in `integer from 0 to 32767`.
pub(crate) fn base_words(base: &BaseType) -> String {
    format!("{}{}", kind_words(base.kind), constraint_words(base))
}

fn element_words(
    element: &ElementModel,
    base: &BaseType,
    plural: bool,
    links: FileLinks<'_>,
) -> String {
    let ending = if plural { "s" } else { "" };
    match element {
        ElementModel::Plain(kind) => {
            format!("{}{ending}{}", kind_words(*kind), constraint_words(base))
        }
        ElementModel::Enumeration(enumeration) => format!("[`{}`]", enumeration.type_name),
        ElementModel::Reference(place) => {
            let table = &links.model.tables[*place];
            let strength = match base.reference.as_ref().map(|reference| reference.kind) {
                Some(RefKind::Weak) => "weak",
                Some(RefKind::Strong) | None => "strong",
            };
            let path = links.row_type(table);
            let link = if path == table.type_name {
                format!("[`{path}`]")
            } else {
                format!("[`{}`]({path})", table.type_name)
            };
            format!("{strength} reference{ending} to {link}")
        }
    }
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Uuid => "UUID",
        _ => kind.name(),
    }
}

/// What follows the kind: the values allowed or their range.
fn constraint_words(base: &BaseType) -> String {
    if !base.enumeration.is_empty() {
        let values: Vec<String> = base.enumeration.iter().map(atom_words).collect();
        return format!(", one of {}", values.join(", "));
    }
    match base.kind {
        Kind::Integer => range(base.min_integer, base.max_integer),
        Kind::Real => range(base.min_real, base.max_real),
        Kind::String => match range(base.min_length, base.max_length) {
            range if range.is_empty() => range,
            range => format!("{range} characters").replace(" from ", " of "),
        },
        Kind::Boolean | Kind::Uuid => String::new(),
    }
}

fn atom_words(atom: &Atom) -> String {
    match atom {
        Atom::String(value) if value.is_empty() => "the empty string".to_owned(),
        Atom::String(value) => code(value),
        other => code(&other.to_string()),
    }
}

/// How many pairs or atoms, where that is neither any number nor at most one.
fn bounds(column_type: &ColumnType) -> String {
    match (column_type.min, column_type.max) {
        (0, UNLIMITED) => String::new(),
        (least, UNLIMITED) => format!(" (at least {least})"),
        (0, most) => format!(" (at most {most})"),
        (least, most) => format!(" ({least} to {most})"),
    }
}

fn range<T: std::fmt::Display>(least: Option<T>, most: Option<T>) -> String {
    match (least, most) {
        (None, None) => String::new(),
        (Some(least), None) => format!(" of at least {least}"),
        (None, Some(most)) => format!(" of at most {most}"),
        (Some(least), Some(most)) => format!(" from {least} to {most}"),
    }
}
