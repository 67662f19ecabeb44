//! Replay: what someone knows who only listens to a change stream.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use ovsdb_client::changes::{ChangeItem, ChangeStream};
use ovsdb_client::replica::{ChangeBatch, Snapshot};
use ovsdb_client::row::Row;

/// Rows by table and UUID.
type Rows = BTreeMap<Box<str>, BTreeMap<String, Row>>;

/// The rows by one stream.
#[derive(Debug, Default)]
pub(crate) struct Replay(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    rows: Rows,
    /// Where the stream contradicted itself.
    faults: Vec<String>,
    batches: usize,
    gaps: usize,
    ended: bool,
}

impl Replay {
    /// Listens until the stream ends.
    pub(crate) async fn listen(&self, mut changes: ChangeStream) {
        while let Some(item) = changes.next().await {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match item {
                ChangeItem::Batch(batch) => state.apply(&batch),
                ChangeItem::Lagged { snapshot, .. } => {
                    state.gaps += 1;
                    state.rows = rows(&snapshot);
                }
                other => state.faults.push(format!("unknown: {other:?}")),
            }
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
    }

    /// Whether the rows are those of a snapshot.
    pub(crate) fn is(&self, snapshot: &Snapshot) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).rows == rows(snapshot)
    }

    pub(crate) fn faults(&self) -> Vec<String> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = state.ended.then(|| "it ended".to_owned());
        state.faults.iter().cloned().chain(ended).collect()
    }

    /// How many batches and gaps there were.
    pub(crate) fn told(&self) -> (usize, usize) {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (state.batches, state.gaps)
    }
}

impl State {
    fn apply(&mut self, batch: &ChangeBatch) {
        self.batches += 1;
        for changes in &batch.tables {
            let name = batch.layout().tables()[changes.table].name.clone();
            let rows = self.rows.entry(name.clone()).or_default();
            for change in &changes.rows {
                let known = match &change.new {
                    Some(row) => rows.insert(change.uuid.to_string(), row.clone()),
                    None => rows.remove(&change.uuid.to_string()),
                };
                if known != change.old || change.old == change.new {
                    let cause = batch.cause;
                    self.faults
                        .push(format!("{cause:?} of {name} {change:?}, known {known:?}"));
                }
            }
            if rows.is_empty() {
                self.rows.remove(&name);
            }
        }
    }
}

fn rows(snapshot: &Snapshot) -> Rows {
    let tables = snapshot.tables().filter(|table| !table.is_empty());
    tables
        .map(|table| {
            let rows = table
                .iter()
                .map(|row| (row.uuid().to_string(), row.clone()))
                .collect();
            (table.layout().name.clone(), rows)
        })
        .collect()
}
