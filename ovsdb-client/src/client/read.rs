//! Reading once: the rows as they are, without following them.

use std::sync::Arc;

use crate::client::{Access, Client, ClientError};
use crate::operation::{Outcome, ReadOperation};
use crate::replica::Snapshot;
use crate::session::{Interest, Reading};

impl<A: Access> Client<A> {
    /// Reads rows once, all of one moment.
    ///
    /// For a few rows out of many this is the quickest way: a server that is asked to
    /// [monitor](Client::monitor) rows by conditions first copies their whole table. For whole
    /// tables the monitor is quicker, and it goes on with what is here already.
    ///
    /// Where only columns of generated tables are wanted, each by name, the server's schema is not
    /// asked for: that of the rows then has the tables that were read, as the program knows them,
    /// and an empty version.
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
        // Nearly every server has the columns of the generated tables. Its schema is then as much
        // work for it as thousands of rows, and is not asked for.
        let assumed = Reading::assumed(interest);
        if let Some(reading) = &assumed
            && let Ok(outcome) = self.outcome(database, reading.operations()).await
            && let Ok(rows) = reading.snapshot(&outcome)
        {
            return Ok(rows);
        }
        // In one round trip with the schema, unless they were asked for just now.
        let expected = Reading::expected(interest).filter(|_| assumed.is_none());
        let early = async {
            let operations = expected.clone()?.into_iter();
            self.outcome(database, operations).await.ok()
        };
        let (schema, early) = tokio::join!(self.schema(database), early);
        let reading = Reading::new(Arc::new(schema?), interest);
        let is_as_expected = expected.is_some_and(|expected| reading.operations().eq(expected));
        let outcome = match early.filter(|_| is_as_expected) {
            Some(outcome) => outcome,
            None => self.outcome(database, reading.operations()).await?,
        };
        let rows = reading.snapshot(&outcome);
        rows.map_err(|error| ClientError::Answer(Arc::new(error)))
    }

    async fn outcome(
        &self,
        database: &str,
        operations: impl Iterator<Item = ReadOperation>,
    ) -> Result<Outcome, ClientError> {
        let operations = operations.map(A::Operation::from).collect();
        self.transact(database, operations).await
    }
}
