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
        let schema = self.schema(interest.database()).await?;
        let reading = Reading::new(Arc::new(schema), interest);
        let operations = reading.operations().map(A::Operation::from).collect();
        let outcome = self.transact(interest.database(), operations).await?;
        let rows = reading.snapshot(&outcome);
        rows.map_err(|error| ClientError::Answer(Arc::new(error)))
    }
}
