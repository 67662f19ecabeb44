//! Schemas: what is read can be written, laid out and compared.

use std::sync::Arc;

use ovsdb_client::replica::{Cause, Replica, Values};
use ovsdb_client::schema::{DatabaseLayout, DatabaseSchema, compare};
use ovsdb_client::update::{Format, Update};
use ovsdb_client::value::Uuid;

use super::{shapes, update};

/// The input is one schema.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let schema = match DatabaseSchema::parse(text) {
        Ok(schema) => schema,
        Err(error) => return drop(error.to_string()),
    };
    // A bound or an enumeration can hold a real that is never sent.
    if let Ok(written) = serde_json::to_string(&schema) {
        let again = DatabaseSchema::parse(&written).expect("what we write can be read");
        assert_eq!(again, schema, "written as {written}");
    }
    for difference in compare(&[&shapes::TABLE], &schema) {
        drop(difference.to_string());
    }
    let schema = Arc::new(schema);
    for generated in [&[][..], &[&shapes::TABLE][..]] {
        let layout = DatabaseLayout::new(Arc::clone(&schema), generated);
        default_rows(&Arc::new(layout));
    }
}

/// One row with nothing set in each table.
fn default_rows(layout: &Arc<DatabaseLayout>) {
    let mut replica = Replica::new(Arc::clone(layout));
    for table in layout.tables() {
        let name = serde_json::Value::from(&*table.name);
        let row = Uuid::nil();
        let text = format!(r#"{{{name}:{{"{row}":{{"insert":{{}}}}}}}}"#);
        let update = Update::decode(layout, Format::Differences, &text).expect("an update");
        assert!(update.faults.is_empty(), "{:?}", update.faults);
        let batch = replica.apply(update, Values::Differences, Cause::Delta);
        batch.expect("the update is one for this layout");
    }
    let snapshot = replica.snapshot();
    for table in snapshot.tables() {
        assert_eq!(table.len(), 1);
        for (name, value) in table.iter().flat_map(|row| row.values(table.layout())) {
            let least = value.column_type().min as usize;
            assert!(value.len() >= least, "{name} holds what it must");
        }
    }
    update::check_rows(&snapshot);
}
