//! The name of a database, as users write it.

use std::borrow::Cow;
use std::str::FromStr;

use ovn_tools::database::Database;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use thiserror::Error;

/// A database by its short or its full name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct DatabaseName(pub Database);

/// A text names no database.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is no database: the databases are {names}", names = names().join(", "))]
pub struct NoSuchDatabase(String);

/// Every name of every database, the short ones first.
fn names() -> Vec<&'static str> {
    let short = Database::ALL.into_iter().map(Database::short_name);
    let full = Database::ALL.into_iter().map(Database::full_name);
    short.chain(full).collect()
}

impl FromStr for DatabaseName {
    type Err = NoSuchDatabase;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match Database::from_name(text) {
            Some(database) => Ok(Self(database)),
            None => Err(NoSuchDatabase(text.to_owned())),
        }
    }
}

impl TryFrom<String> for DatabaseName {
    type Error = NoSuchDatabase;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl JsonSchema for DatabaseName {
    fn schema_name() -> Cow<'static, str> {
        "DatabaseName".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "enum": names()})
    }
}
