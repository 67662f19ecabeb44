//! Databases: what a server holds.

use std::sync::Arc;

use serde_json::Value as Json;
use serde_json::value::RawValue;
use thiserror::Error;
use uuid::Uuid;

use crate::replica::{Snapshot, TableRows};
use crate::schema::{DatabaseSchema, SchemaError};
use crate::serve::field::Shape;
use crate::serve::refusal::sorted;
use crate::serve::server_database;

/// One database to serve: a schema and the rows to begin with.
#[derive(Clone, Debug)]
pub struct Database {
    name: Box<str>,
    /// What `get_schema` answers.
    schema: Arc<RawValue>,
    shapes: Arc<[Shape]>,
    snapshot: Snapshot,
}

/// A database cannot be served. The fault is the caller's.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The schema's text is no schema.
    #[error("the text of the schema cannot be read")]
    Schema(#[from] SchemaError),
    /// The schema has no JSON form.
    #[error("the schema cannot be written")]
    Encode(#[source] serde_json::Error),
    /// The text is another schema than that of the rows.
    #[error("the text is not the schema of these rows, which are of {0}")]
    Mismatch(Box<str>),
    /// Two databases have one name, or one has the server's own.
    #[error("there are two databases called {0}")]
    Twice(Box<str>),
}

impl Database {
    /// The database of a snapshot; its schema's text is written anew.
    ///
    /// A column that the snapshot's layout leaves out reads as its default.
    ///
    /// # Errors
    /// [`DatabaseError::Encode`] when the schema has no JSON form.
    pub fn new(snapshot: Snapshot) -> Result<Self, DatabaseError> {
        let schema = Arc::clone(&snapshot.layout().schema);
        let json = serde_json::to_value(&*schema).map_err(DatabaseError::Encode)?;
        Self::build(&schema, &json, snapshot)
    }

    /// The database of a snapshot, with the schema's text as a server or file gave it: beyond what
    /// [`Database::new`] writes it holds the checksum.
    ///
    /// # Errors
    /// [`DatabaseError`] when the text is no schema, or another one.
    pub fn with_schema(text: &str, snapshot: Snapshot) -> Result<Self, DatabaseError> {
        let json: Json = serde_json::from_str(text).map_err(SchemaError::Json)?;
        let schema = DatabaseSchema::from_json(&json)?;
        if schema != *snapshot.layout().schema {
            return Err(DatabaseError::Mismatch(
                snapshot.layout().schema.name.clone(),
            ));
        }
        Self::build(&schema, &json, snapshot)
    }

    fn build(
        schema: &DatabaseSchema,
        json: &Json,
        snapshot: Snapshot,
    ) -> Result<Self, DatabaseError> {
        let text = RawValue::from_string(sorted(json)).map_err(DatabaseError::Encode)?;
        let shapes = schema
            .tables
            .iter()
            .map(|table| Shape::new(table, snapshot.layout().table(&table.name)))
            .collect();
        Ok(Self {
            name: schema.name.clone(),
            schema: text.into(),
            shapes,
            snapshot,
        })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The rows to begin with.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The schema's text: compact, members sorted by name.
    pub fn schema(&self) -> &RawValue {
        &self.schema
    }

    pub(crate) fn shape(&self, table: &str) -> Option<(usize, &Shape)> {
        let number = self
            .shapes
            .binary_search_by(|shape| (*shape.name).cmp(table))
            .ok()?;
        Some((number, &self.shapes[number]))
    }

    pub(crate) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }
}

/// The rows of a table, none where the snapshot was made without it.
pub(crate) fn rows<'s>(snapshot: &'s Snapshot, shape: &Shape) -> Option<TableRows<'s>> {
    snapshot.table(&shape.name)
}

/// The databases of one server, the `_Server` database that tells of them included.
#[derive(Clone, Debug)]
pub struct Databases {
    list: Arc<[Database]>,
    server_id: Uuid,
}

impl Databases {
    /// A server's databases. `server_id` is what `get_server_id` answers; a real server has a
    /// new one whenever it starts.
    ///
    /// # Errors
    /// [`DatabaseError::Twice`] when two have one name.
    pub fn new(
        databases: impl IntoIterator<Item = Database>,
        server_id: Uuid,
    ) -> Result<Self, DatabaseError> {
        let mut list: Vec<Database> = databases.into_iter().collect();
        let told: Vec<(&str, &str)> = list
            .iter()
            .map(|database| (database.name(), database.schema().get()))
            .collect();
        let (text, snapshot) =
            server_database::describe(&told, server_id).map_err(DatabaseError::Encode)?;
        list.push(Database::with_schema(&text, snapshot)?);
        list.sort_by(|a, b| a.name.cmp(&b.name));
        if let Some(pair) = list.windows(2).find(|pair| pair[0].name == pair[1].name) {
            return Err(DatabaseError::Twice(pair[0].name.clone()));
        }
        Ok(Self {
            list: list.into(),
            server_id,
        })
    }

    /// The databases, ascending by name.
    pub fn iter(&self) -> impl Iterator<Item = &Database> {
        self.list.iter()
    }

    /// What `get_server_id` answers.
    pub fn server_id(&self) -> Uuid {
        self.server_id
    }

    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.list
            .binary_search_by(|database| (*database.name).cmp(name))
            .ok()
    }

    pub(crate) fn list(&self) -> &[Database] {
        &self.list
    }
}
