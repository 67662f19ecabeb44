//! Reading once: the rows as they are, without following them.

use std::sync::Arc;

use crate::client::{Access, Client, ClientError};
use crate::replica::Snapshot;
use crate::session::{Interest, Reading};

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
        let database = interest.database();
        let expected = Reading::expected(interest);
        // In one round trip, since nearly every server has the tables and columns.
        let early = async {
            let operations = expected.clone()?.into_iter().map(A::Operation::from);
            self.transact(database, operations.collect()).await.ok()
        };
        let (schema, early) = tokio::join!(self.schema(database), early);
        let reading = Reading::new(Arc::new(schema?), interest);
        let is_as_expected = expected.is_some_and(|expected| reading.operations().eq(expected));
        let outcome = match early.filter(|_| is_as_expected) {
            Some(outcome) => outcome,
            None => {
                let operations = reading.operations().map(A::Operation::from).collect();
                self.transact(database, operations).await?
            }
        };
        let rows = reading.snapshot(&outcome);
        rows.map_err(|error| ClientError::Answer(Arc::new(error)))
    }
}
