//! Submitted transactions, which can be cancelled, and the conversion of a database.

use serde_json::value::RawValue;
use tokio::sync::oneshot;

use crate::client::{Client, ClientError, ReadWrite, encode};
use crate::connection::{Answer, Command, Failure, Token};
use crate::operation::{Operation, Outcome};
use crate::schema::DatabaseSchema;

/// A transaction that is under way.
///
/// Dropping it changes nothing: the transaction is carried out all the same, and its reply is
/// passed over.
#[derive(Debug)]
pub struct Submitted {
    client: Client<ReadWrite>,
    token: Token,
    count: usize,
    answer: oneshot::Receiver<Result<Answer, Failure>>,
}

impl Client<ReadWrite> {
    /// Sends operations without waiting for what comes of them, as for a `wait` without a time-out
    /// that may have to be given up. While it waits, later requests of the same client are answered.
    ///
    /// A client that only reads cannot make a server wait:
    ///
    /// ```compile_fail,E0599
    /// # use ovsdb_client::client::{Client, ReadOnly};
    /// # async fn example(client: Client<ReadOnly>) {
    /// client.submit("OVN_Northbound", Vec::new()).await;
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ClientError::Lost`] when the session has ended.
    ///
    /// # Cancel safety
    /// Dropping the future may leave the operations sent.
    pub async fn submit(
        &self,
        database: &str,
        operations: Vec<Operation>,
    ) -> Result<Submitted, ClientError> {
        let count = operations.len();
        let token = Token::new();
        let (reply, answer) = oneshot::channel();
        self.send(Command::Transact {
            database: database.to_owned(),
            operations,
            token,
            reply,
        })
        .await?;
        Ok(Submitted {
            client: self.clone(),
            token,
            count,
            answer,
        })
    }

    /// Converts a database to another schema, online and whole: columns and tables of the same name
    /// keep their values where these keep the new constraints.
    ///
    /// This client's monitors go on with the new schema by themselves, and their replicas stay; but
    /// other clients that do not know of changing databases lose their connections.
    ///
    /// ```compile_fail,E0599
    /// # use ovsdb_client::client::{Client, ReadOnly};
    /// # use ovsdb_client::schema::DatabaseSchema;
    /// # async fn example(client: Client<ReadOnly>, schema: DatabaseSchema) {
    /// client.convert(&schema).await;
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ClientError::Remote`] when the server refused; [`ClientError::InDoubt`] when the connection
    /// was lost in between.
    ///
    /// # Cancel safety
    /// A dropped future does not take the conversion back.
    pub async fn convert(&self, schema: &DatabaseSchema) -> Result<(), ClientError> {
        let params = encode(&(&schema.name, schema))?;
        let (reply, answer) = oneshot::channel();
        self.send(Command::Call {
            method: "convert",
            params,
            reply,
        })
        .await?;
        self.answer(answer, true).await.map(drop)
    }
}

impl Submitted {
    /// Asks the server to give the transaction up. [`Submitted::outcome`] then resolves in any
    /// case: with [`ClientError::InDoubt`] for [`crate::client::Lost::Canceled`], with
    /// [`ClientError::Lost`] where nothing was sent yet, or with what had come of the transaction
    /// before.
    ///
    /// A standalone server has carried nothing out of what it cancelled. In a cluster, a write that
    /// was handed on before the cancellation may still be carried out.
    ///
    /// # Errors
    /// [`ClientError::Lost`] when the session has ended.
    ///
    /// # Cancel safety
    /// Dropping the future may leave the cancellation sent.
    pub async fn cancel(&self) -> Result<(), ClientError> {
        self.give_up().await.map(drop)
    }

    /// Cancels; gives whether the transaction may have been sent.
    pub(crate) async fn give_up(&self) -> Result<bool, ClientError> {
        let (reply, answer) = oneshot::channel();
        let token = self.token;
        self.client.send(Command::Cancel { token, reply }).await?;
        let lost = |_| ClientError::Lost(self.client.why_lost());
        answer.await.map_err(lost)
    }

    /// Waits for what comes of it.
    ///
    /// # Errors
    /// As [`Client::transact`].
    ///
    /// # Cancel safety
    /// Dropping the future loses the answer, and takes nothing back.
    pub async fn outcome(mut self) -> Result<Outcome, ClientError> {
        let reply = self.reply().await?;
        Ok(Outcome::decode(self.count, &reply)??)
    }

    /// Waits for the reply, undecoded; once.
    pub(crate) async fn reply(&mut self) -> Result<Box<RawValue>, ClientError> {
        self.client.answer(&mut self.answer, true).await
    }
}
