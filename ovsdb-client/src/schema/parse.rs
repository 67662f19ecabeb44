//! Reads schemas from their JSON form.

use serde_json::{Map, Value as Json};
use thiserror::Error;

use crate::schema::{ColumnSchema, DatabaseSchema, TableSchema};
use crate::value::column_type::{BaseType, ColumnType, RefKind, Reference, UNLIMITED};
use crate::value::{Atom, Kind, wire};

/// The most columns a table may have.
/// **Default and why**: 32 768, half of what the numbers of columns in rows can tell apart, so that
/// a server's columns find room beside a program's own; real tables have some dozens.
const MAX_COLUMNS: usize = 1 << 15;

/// A schema could not be read. The fault is the text's; reading it again will not help.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SchemaError {
    /// The text is no JSON.
    #[error("the schema is no JSON")]
    Json(#[source] serde_json::Error),
    /// A member is missing or of another form than ovsdb(7) says.
    #[error("{place}: {problem}")]
    Form {
        /// Which part of the schema, as `table.column`.
        place: String,
        /// What is wrong with it.
        problem: String,
    },
}

fn wrong(place: &str, problem: impl Into<String>) -> SchemaError {
    SchemaError::Form {
        place: place.to_owned(),
        problem: problem.into(),
    }
}

impl DatabaseSchema {
    /// Reads a schema from JSON text, as an `.ovsschema` file or `get_schema` gives it.
    ///
    /// Members this version does not know are passed over.
    ///
    /// # Errors
    /// [`SchemaError`] when the text is no JSON or no schema.
    pub fn parse(text: &str) -> Result<Self, SchemaError> {
        let json: Json = serde_json::from_str(text).map_err(SchemaError::Json)?;
        Self::from_json(&json)
    }

    /// Reads a schema from parsed JSON.
    ///
    /// # Errors
    /// [`SchemaError::Form`] when it is no schema.
    pub fn from_json(json: &Json) -> Result<Self, SchemaError> {
        let schema = object(json, "schema")?;
        let name = string(schema, "name", "schema")?;
        let version = match schema.get("version") {
            Some(_) => string(schema, "version", "schema")?,
            None => Box::from(""),
        };
        let tables = schema
            .get("tables")
            .ok_or_else(|| wrong("schema", "it has no member `tables`"))?;
        let mut tables = object(tables, "tables")?
            .iter()
            .map(|(name, table)| parse_table(name, table))
            .collect::<Result<Vec<_>, _>>()?;
        tables.sort_by(|a, b| a.name.cmp(&b.name));
        if !tables.iter().any(|table| table.is_root) {
            for table in &mut tables {
                table.is_root = true;
            }
        }
        Ok(Self {
            name,
            version,
            tables,
        })
    }
}

fn parse_table(name: &str, json: &Json) -> Result<TableSchema, SchemaError> {
    let table = object(json, name)?;
    let columns = table
        .get("columns")
        .ok_or_else(|| wrong(name, "it has no member `columns`"))?;
    let columns = object(columns, name)?;
    if columns.len() > MAX_COLUMNS {
        let count = columns.len();
        return Err(wrong(
            name,
            format!("it has {count} columns, {MAX_COLUMNS} at most"),
        ));
    }
    let mut columns = columns
        .iter()
        .filter(|(column, _)| !column.starts_with('_'))
        .map(|(column, json)| parse_column(name, column, json))
        .collect::<Result<Vec<_>, _>>()?;
    columns.sort_by(|a, b| a.name.cmp(&b.name));
    let max_rows = match table.get("maxRows") {
        None => None,
        Some(json) => Some(
            json.as_u64()
                .filter(|&rows| rows > 0)
                .ok_or_else(|| wrong(name, "`maxRows` is no positive integer"))?,
        ),
    };
    let mut indexes = Vec::new();
    if let Some(json) = table.get("indexes") {
        let sets = json
            .as_array()
            .ok_or_else(|| wrong(name, "`indexes` is no array"))?;
        for set in sets {
            let set = set
                .as_array()
                .ok_or_else(|| wrong(name, "an index is no array of columns"))?;
            let mut index = Vec::new();
            for column in set {
                let column = column
                    .as_str()
                    .filter(|column| columns.binary_search_by(|c| (*c.name).cmp(column)).is_ok())
                    .ok_or_else(|| wrong(name, format!("an index names {column}, no column")))?;
                index.push(column.into());
            }
            indexes.push(index);
        }
    }
    Ok(TableSchema {
        name: name.into(),
        columns,
        max_rows,
        is_root: boolean(table, "isRoot", false, name)?,
        indexes,
    })
}

fn parse_column(table: &str, name: &str, json: &Json) -> Result<ColumnSchema, SchemaError> {
    let place = format!("{table}.{name}");
    let column = object(json, &place)?;
    let column_type = column
        .get("type")
        .ok_or_else(|| wrong(&place, "it has no member `type`"))?;
    Ok(ColumnSchema {
        name: name.into(),
        column_type: parse_type(column_type, &place)?,
        ephemeral: boolean(column, "ephemeral", false, &place)?,
        mutable: boolean(column, "mutable", true, &place)?,
    })
}

fn parse_type(json: &Json, place: &str) -> Result<ColumnType, SchemaError> {
    if json.is_string() {
        return Ok(ColumnType {
            key: parse_base(json, place)?,
            value: None,
            min: 1,
            max: 1,
        });
    }
    let members = object(json, place)?;
    let key = members
        .get("key")
        .ok_or_else(|| wrong(place, "its type has no member `key`"))?;
    let count = |member: &str| match members.get(member) {
        None => Ok(1),
        Some(Json::String(word)) if member == "max" && word == "unlimited" => Ok(UNLIMITED),
        Some(json) => json
            .as_u64()
            .and_then(|count| u32::try_from(count).ok())
            .ok_or_else(|| wrong(place, format!("`{member}` is no count: {json}"))),
    };
    let (min, max) = (count("min")?, count("max")?);
    if min > 1 || max < 1 {
        return Err(wrong(
            place,
            format!("it may hold {min} to {max} values; `min` is 0 or 1 and `max` at least 1"),
        ));
    }
    Ok(ColumnType {
        key: parse_base(key, place)?,
        value: members
            .get("value")
            .map(|value| parse_base(value, place))
            .transpose()?,
        min,
        max,
    })
}

fn parse_base(json: &Json, place: &str) -> Result<BaseType, SchemaError> {
    let empty = Map::new();
    let (kind, members) = match json {
        Json::String(kind) => (Some(kind.as_str()), &empty),
        _ => {
            let members = object(json, place)?;
            (members.get("type").and_then(Json::as_str), members)
        }
    };
    let kind = kind
        .and_then(Kind::from_name)
        .ok_or_else(|| wrong(place, format!("{json} names no atomic type")))?;
    // Read as the server reads numbers: a bound of `1.0` or `1e3` is an integer too.
    let bound = |member: &str, kind| match members.get(member) {
        None => Ok(None),
        Some(json) => wire::atom_from_json(kind, json)
            .map(Some)
            .ok_or_else(|| wrong(place, format!("`{member}` is no {}: {json}", kind.name()))),
    };
    let integer = |member| match bound(member, Kind::Integer)? {
        Some(Atom::Integer(integer)) => Ok(Some(integer)),
        _ => Ok(None),
    };
    let real = |member| match bound(member, Kind::Real)? {
        Some(Atom::Real(real)) => Ok(Some(real)),
        _ => Ok(None),
    };
    let length = |member| match integer(member)?.map(u64::try_from) {
        Some(Err(_)) => Err(wrong(place, format!("`{member}` is negative"))),
        Some(Ok(length)) => Ok(Some(length)),
        None => Ok(None),
    };
    Ok(BaseType {
        kind,
        enumeration: match members.get("enum") {
            Some(json) => parse_enumeration(kind, json, place)?,
            None => Vec::new(),
        },
        min_integer: integer("minInteger")?,
        max_integer: integer("maxInteger")?,
        min_real: real("minReal")?,
        max_real: real("maxReal")?,
        min_length: length("minLength")?,
        max_length: length("maxLength")?,
        reference: match members.get("refTable") {
            None => None,
            Some(table) => Some(Reference {
                table: table
                    .as_str()
                    .ok_or_else(|| wrong(place, "`refTable` is no string"))?
                    .into(),
                kind: match members.get("refType").map(Json::as_str) {
                    None | Some(Some("strong")) => RefKind::Strong,
                    Some(Some("weak")) => RefKind::Weak,
                    Some(_) => return Err(wrong(place, "`refType` is neither strong nor weak")),
                },
            }),
        },
    })
}

fn parse_enumeration(kind: Kind, json: &Json, place: &str) -> Result<Vec<Atom>, SchemaError> {
    let atoms = match json {
        Json::Array(array) => match array.as_slice() {
            [Json::String(tag), Json::Array(atoms)] if tag == "set" => atoms.as_slice(),
            _ => std::slice::from_ref(json),
        },
        _ => std::slice::from_ref(json),
    };
    atoms
        .iter()
        .map(|atom| {
            wire::atom_from_json(kind, atom)
                .ok_or_else(|| wrong(place, format!("`enum` holds {atom}, no {}", kind.name())))
        })
        .collect()
}

fn object<'a>(json: &'a Json, place: &str) -> Result<&'a Map<String, Json>, SchemaError> {
    json.as_object()
        .ok_or_else(|| wrong(place, "it is no JSON object"))
}

fn string(map: &Map<String, Json>, member: &str, place: &str) -> Result<Box<str>, SchemaError> {
    map.get(member)
        .and_then(Json::as_str)
        .map(Box::from)
        .ok_or_else(|| wrong(place, format!("it has no string `{member}`")))
}

fn boolean(
    map: &Map<String, Json>,
    member: &str,
    default: bool,
    place: &str,
) -> Result<bool, SchemaError> {
    match map.get(member) {
        None => Ok(default),
        Some(json) => json
            .as_bool()
            .ok_or_else(|| wrong(place, format!("`{member}` is no boolean"))),
    }
}

#[cfg(test)]
mod tests;
