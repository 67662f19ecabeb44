//! Several batches as one, with the net effect on each row.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use crate::replica::{Cause, ChangeBatch, RowChanged};
use crate::row::RowBuilder;
use crate::schema::DatabaseLayout;

/// The net effect of the batches put in.
#[derive(Debug, Default)]
pub(crate) struct Coalesced {
    rows: BTreeMap<(usize, Uuid), RowChanged>,
    last: Option<ChangeBatch>,
}

impl Coalesced {
    /// Adds a batch that came after those before.
    pub(crate) fn add(&mut self, mut batch: ChangeBatch) {
        let causes = [self.last.as_ref().map(|last| last.cause), Some(batch.cause)];
        if let Some(last) = &self.last
            && !Arc::ptr_eq(last.layout(), batch.layout())
        {
            let from = Arc::clone(last.layout());
            self.convert(&from, batch.layout());
        }
        for changes in std::mem::take(&mut batch.tables) {
            for change in changes.rows {
                let key = (changes.table, change.uuid);
                let old = match self.rows.remove(&key) {
                    Some(before) => before.old,
                    None => change.old,
                };
                if old != change.new {
                    self.rows.insert(key, RowChanged { old, ..change });
                }
            }
        }
        // A listener that starts on all rows must see that it does.
        for cause in [Cause::Initial, Cause::Resync] {
            if causes.contains(&Some(cause)) {
                batch.cause = cause;
                break;
            }
        }
        self.last = Some(batch);
    }

    /// Takes the one batch, when there was any; changes that cancelled each other out are none.
    pub(crate) fn take(&mut self) -> Option<ChangeBatch> {
        let mut batch = self.last.take()?;
        let mut tables: BTreeMap<usize, Vec<RowChanged>> = BTreeMap::new();
        for ((table, _), change) in std::mem::take(&mut self.rows) {
            tables.entry(table).or_default().push(change);
        }
        for (table, rows) in tables {
            batch.push(table, rows);
        }
        (!batch.is_empty() || batch.cause != Cause::Delta).then_some(batch)
    }

    /// Brings what waits into another layout: rows of two layouts cannot stand in one batch, and
    /// the batch that comes next tells only what differs from the rows converted.
    fn convert(&mut self, from: &DatabaseLayout, to: &DatabaseLayout) {
        let mut builder = RowBuilder::default();
        for ((table, uuid), change) in std::mem::take(&mut self.rows) {
            let from = &from.tables()[table];
            let Some(number) = to.table_number(&from.name) else {
                continue;
            };
            if let Some(change) = change.convert(from, &to.tables()[number], &mut builder) {
                self.rows.insert((number, uuid), change);
            }
        }
    }
}
