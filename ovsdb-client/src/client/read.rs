//! Reading once: the rows as they are, without following them.

use std::sync::Arc;

use crate::client::{Access, Client, ClientError};
use crate::operation::{Condition, ReadOperation, Select, UUID_COLUMN};
use crate::replica::{Cause, Replica, Snapshot, Values};
use crate::schema::{DatabaseLayout, TableLayout};
use crate::session::Interest;
use crate::update::{RowChange, Update};

impl<A: Access> Client<A> {
    /// Reads rows once, all of one moment.
    ///
    /// For a few rows out of many this is the quickest way: a server that is asked to
    /// [monitor](Client::monitor) rows by conditions first copies their whole table. For whole
    /// tables the monitor is quicker, and it goes on with what is here already.
    ///
    /// # Errors
    /// [`ClientError::Transact`] when the server refuses, as conditions on columns that it does not
    /// have; [`ClientError::Remote`] when it does not have the database; [`ClientError::Lost`]
    /// when the session has ended.
    ///
    /// # Cancel safety
    /// Dropping the future gives the answer up.
    pub async fn read(&self, interest: &Interest) -> Result<Snapshot, ClientError> {
        let schema = self.schema(interest.database()).await?;
        let layout = DatabaseLayout::selected(Arc::new(schema), &interest.generated, |table| {
            interest.columns(table)
        });
        let layout = Arc::new(layout);
        let (mut tables, mut selects) = (Vec::new(), Vec::new());
        for (number, table) in layout.tables().iter().enumerate() {
            // Transactions join conditions by "and", interests by "or".
            match interest.conditions(&table.name) {
                [] => selects.push(select(table, Vec::new())),
                conditions => {
                    let each = conditions.iter();
                    selects.extend(each.map(|one| select(table, vec![one.clone()])));
                }
            }
            tables.resize(selects.len(), number);
        }
        let operations = selects.into_iter().map(A::Operation::from).collect();
        let outcome = self.transact(interest.database(), operations).await?;
        let mut update = Update::new(Arc::clone(&layout));
        for (number, result) in tables.into_iter().zip(&outcome.results) {
            let rows = result.rows(&layout.tables()[number], &mut update.faults);
            let changes = rows
                .into_iter()
                .map(|row| (row.uuid(), RowChange::Whole(row)));
            update.tables.push((number, changes.collect()));
        }
        for fault in &update.faults {
            tracing::warn!(
                table = &*fault.table,
                row = &*fault.row,
                "{}",
                fault.problem
            );
        }
        let mut replica = Replica::new(layout);
        replica
            .apply(update, Values::Whole, Cause::Initial)
            .map_err(|error| ClientError::Answer(Arc::new(error)))?;
        Ok(replica.snapshot())
    }
}

fn select(table: &TableLayout, conditions: Vec<Condition>) -> ReadOperation {
    let columns = table.present().map(|(_, column)| column.name.clone());
    ReadOperation::Select(Select {
        table: table.name.clone(),
        conditions,
        columns: Some(columns.chain([UUID_COLUMN.into()]).collect()),
    })
}
