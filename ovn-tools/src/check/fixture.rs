//! Small databases for the tests of diagnostics.

use std::collections::BTreeMap;
use std::path::Path;

use ovsdb_client::schema::DatabaseSchema;
use serde_json::{Map, Value as Json, json};
use sha1::{Digest, Sha1};

use crate::check::definition::Check;
use crate::check::run::{Asked, Found, run};
use crate::database::Database;
use crate::objects::{Object, ObjectKind, ObjectList, ObjectQuestion, ObjectsRead};
use crate::snapshot::Snapshot;
use crate::tool::recording;

/// The rows of a database, by table and what stands for the UUID.
type Rows = BTreeMap<(&'static str, String), Json>;

/// The rows of some nodes: node and database, table, and what stands for the UUID.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fixture {
    node: String,
    rows: BTreeMap<(String, Database), Rows>,
    /// The objects of the cluster by kind and full name; `None` where there is no cluster.
    objects: Option<BTreeMap<(ObjectKind, String), Json>>,
    /// The kinds that nobody may list.
    forbidden: Vec<ObjectKind>,
}

impl Fixture {
    /// No rows, of a node.
    pub(crate) fn on(node: &str) -> Self {
        Self {
            node: node.to_owned(),
            ..Self::default()
        }
    }

    /// Goes on with another node.
    pub(crate) fn node(mut self, node: &str) -> Self {
        self.node = node.to_owned();
        self
    }

    /// A Northbound row; references are written as what stands for the UUID.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "rows are written where they are passed"
    )]
    pub(crate) fn nb(self, table: &'static str, id: &str, row: Json) -> Self {
        self.row(Database::Nb, table, id, &row)
    }

    /// A Southbound row.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "rows are written where they are passed"
    )]
    pub(crate) fn sb(self, table: &'static str, id: &str, row: Json) -> Self {
        self.row(Database::Sb, table, id, &row)
    }

    /// An `Open_vSwitch` row.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "rows are written where they are passed"
    )]
    pub(crate) fn ovs(self, table: &'static str, id: &str, row: Json) -> Self {
        self.row(Database::Ovs, table, id, &row)
    }

    /// A row; given again, its columns are laid over the ones before.
    fn row(mut self, database: Database, table: &'static str, id: &str, row: &Json) -> Self {
        let place = (self.node.clone(), database);
        let rows = self.rows.entry(place).or_default();
        let old = rows.entry((table, id.to_owned())).or_insert(json!({}));
        for (column, value) in row.as_object().expect("a row is an object") {
            old[column] = value.clone();
        }
        self
    }

    /// Without a row.
    pub(crate) fn without(mut self, database: Database, table: &'static str, id: &str) -> Self {
        let place = (self.node.clone(), database);
        let rows = self.rows.get_mut(&place).expect("the database");
        let gone = rows.remove(&(table, id.to_owned()));
        assert!(gone.is_some(), "{table} {id} was not there");
        self
    }

    /// In a cluster with this object; given again, its parts are laid over the ones before.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "objects are written where they are passed"
    )]
    pub(crate) fn object(mut self, kind: ObjectKind, name: &str, parts: Json) -> Self {
        let objects = self.objects.get_or_insert_default();
        let object =
            objects
                .entry((kind, name.to_owned()))
                .or_insert_with(|| match name.split_once('/') {
                    Some((namespace, name)) => {
                        json!({"metadata": {"namespace": namespace, "name": name}})
                    }
                    None => json!({"metadata": {"name": name}}),
                });
        lay_over(object, &parts);
        self
    }

    /// Without an object.
    pub(crate) fn without_object(mut self, kind: ObjectKind, name: &str) -> Self {
        let objects = self.objects.as_mut().expect("a cluster");
        let gone = objects.remove(&(kind, name.to_owned()));
        assert!(gone.is_some(), "{kind} {name} was not there");
        self
    }

    /// Without the right to list a kind.
    pub(crate) fn forbid(mut self, kind: ObjectKind) -> Self {
        self.forbidden.push(kind);
        self
    }

    /// What the cluster says of its objects.
    fn objects_read(&self) -> Vec<ObjectsRead> {
        let Some(objects) = &self.objects else {
            return Vec::new();
        };
        let read = ObjectKind::ALL.map(|kind| {
            let own = objects.iter().filter(|((of, _), _)| *of == kind);
            let own = own.map(|(_, object)| Object::read(kind, object).expect("it has a name"));
            ObjectsRead {
                source: recording::SOURCE.to_owned(),
                question: ObjectQuestion::all(kind),
                outcome: match self.forbidden.contains(&kind) {
                    true => Err(format!("forbidden: {kind}")),
                    false => Ok(ObjectList {
                        objects: own.collect(),
                        ..ObjectList::default()
                    }),
                },
            }
        });
        read.to_vec()
    }

    /// With the databases of one node only.
    pub(crate) fn only(mut self, node: &str) -> Self {
        self.rows.retain(|(own, _), _| own == node);
        self
    }

    /// The databases, each with the whole schema.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let reads = self.rows.iter().map(|((node, database), rows)| {
            let (schema, definition) = schema(*database);
            let mut transaction = Map::new();
            for ((table, id), row) in rows {
                let table_schema = definition.tables.iter().find(|one| *one.name == **table);
                let table_schema = table_schema.unwrap_or_else(|| panic!("no table {table}"));
                let mut wire = Map::new();
                for (name, value) in row.as_object().expect("an object") {
                    let column = table_schema.columns.iter().find(|one| *one.name == **name);
                    let column = column.unwrap_or_else(|| panic!("no column {table}.{name}"));
                    let kind = &column.column_type;
                    let is_reference = kind.key.reference.is_some();
                    wire.insert(
                        name.clone(),
                        on_wire(value, kind.value.is_some(), is_reference),
                    );
                }
                let rows = transaction.entry((*table).to_owned()).or_insert(json!({}));
                rows[uuid(id)] = Json::Object(wire);
            }
            recording::read(*database, node, &[schema, Json::Object(transaction)])
        });
        Snapshot {
            objects: self.objects_read(),
            ..recording::snapshot(reads.collect())
        }
    }

    /// What a diagnostic finds here, and nothing but it.
    pub(crate) fn found(&self, check: &'static Check) -> Vec<Found> {
        run(&[check], &self.snapshot(), &Asked::default()).findings
    }

    /// The objects that a diagnostic finds something about here, as `node: object`.
    #[track_caller]
    pub(crate) fn check(&self, check: &'static Check, expected: &[&str]) {
        let found = self.found(check);
        let objects: Vec<String> = found
            .iter()
            .map(|found| format!("{}: {}", found.node.as_deref().unwrap_or("-"), found.object))
            .collect();
        assert_eq!(objects, expected, "{}: {found:#?}", check.id);
        for finding in &found {
            let shows = finding.evidence.len() + finding.objects.len();
            assert!(shows > 0, "{} shows no row", check.id);
            assert!(
                !check.needs_cluster() || !finding.objects.is_empty(),
                "{} shows no object",
                check.id
            );
        }
    }
}

/// Lays the members of one object over those of another; null takes one away.
fn lay_over(below: &mut Json, above: &Json) {
    match (below, above) {
        (Json::Object(below), Json::Object(above)) => {
            for (name, value) in above {
                match value {
                    Json::Null => {
                        below.remove(name);
                    }
                    value => lay_over(below.entry(name).or_insert(Json::Null), value),
                }
            }
        }
        (below, above) => below.clone_from(above),
    }
}

fn schema(database: Database) -> (Json, DatabaseSchema) {
    let file = match database {
        Database::Nb => "ovn-nb",
        Database::Sb => "ovn-sb",
        Database::Ovs => "vswitch",
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/ovsschema");
    let text = std::fs::read_to_string(folder.join(format!("{file}.ovsschema")));
    let text = text.expect("the vendored schema");
    let schema = DatabaseSchema::parse(&text).expect("a schema");
    (serde_json::from_str(&text).expect("JSON"), schema)
}

fn on_wire(value: &Json, is_map: bool, is_reference: bool) -> Json {
    let atom = |value: &Json| match value {
        Json::String(id) if is_reference => json!(["uuid", uuid(id)]),
        value => value.clone(),
    };
    match value {
        Json::Array(items) => json!(["set", items.iter().map(atom).collect::<Vec<_>>()]),
        Json::Object(pairs) if is_map => {
            let pairs: Vec<Json> = pairs
                .iter()
                .map(|(key, value)| json!([key, value]))
                .collect();
            json!(["map", pairs])
        }
        value => atom(value),
    }
}

/// The UUID that a text stands for.
pub(crate) fn uuid(id: &str) -> String {
    let digest = Sha1::digest(id.as_bytes());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |from: usize, to: usize| &digits[from..to];
    format!(
        "{}-{}-4{}-8{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 15),
        part(15, 18),
        part(18, 30)
    )
}
