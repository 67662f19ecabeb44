//! Reads the databases of a server that a client is connected to.

#[cfg(feature = "kube")]
use std::io;
#[cfg(feature = "kube")]
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "kube")]
use futures_util::future::try_join;
use futures_util::future::try_join_all;
use jiff::Timestamp;
#[cfg(feature = "kube")]
use ovsdb_client::client::Lost;
use ovsdb_client::client::{Client, ClientError, Monitor};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::schema;
use ovsdb_client::session::{Interest, TableInterest};
use thiserror::Error;

use crate::database::Database;
use crate::node;
use crate::snapshot::{DatabaseRead, Naming, Needs};

/// How long one server may take to give all the rows a question needs.
/// **Default and why**: 60 s; a server makes 25 to 30 MB of JSON a second, so this covers the
/// largest databases seen and still ends on one that hangs.
pub(super) const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// How long a server whose connection was kept may take to show that it lives.
/// **Default and why**: 5 s, what the protocol's own probe waits; a server that is busy with others
/// for longer is asked over a new connection.
#[cfg(feature = "kube")]
const ALIVE_TIMEOUT: Duration = Duration::from_secs(5);

/// The server gave its rows not in time.
#[derive(Debug, Error)]
#[error("no complete answer within {READ_TIMEOUT:?}")]
pub(super) struct TooSlow;

/// What is known of the connection that a database is read over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connection {
    /// It was made just now.
    New,
    /// It was kept from an earlier question: rows that are here already are those of now only
    /// when the server has shown that it lives.
    #[cfg(feature = "kube")]
    Kept,
}

/// Reads those of its databases that are needed, each with what follows it; nothing does where the
/// server looked for a few rows itself.
pub(super) async fn read_all(
    client: &Client,
    source: &str,
    address: &str,
    needs: &Needs,
) -> Result<Vec<(DatabaseRead, Option<Monitor>)>, ClientError> {
    let server = Server {
        client,
        source,
        address,
    };
    let wanted: Vec<Database> = Database::ALL
        .into_iter()
        .filter(|database| needs.wants(*database))
        .collect();
    let some_rows_only = |database: &Database| needs.wants_some_rows_only(*database);
    // A few rows are there or not, and nobody has to know what else there is.
    if !wanted.is_empty() && wanted.iter().all(some_rows_only) {
        let rows = wanted
            .into_iter()
            .map(|database| server.rows(database, needs, Connection::New));
        if let Ok(reads) = try_join_all(rows).await {
            return Ok(reads);
        }
    }
    let mut reads = Vec::new();
    // The answer comes after the updates that the server sent before it.
    for name in client.databases().await? {
        let Some(database) = Database::from_name(&name).filter(|database| needs.wants(*database))
        else {
            continue;
        };
        let answered = server.rows(database, needs, Connection::New).await;
        reads.push(server.unless_refused(answered, database, needs).await?);
    }
    Ok(reads)
}

/// Reads one of its databases.
#[cfg(feature = "kube")]
pub(super) async fn read_one(
    client: &Client,
    database: Database,
    source: &str,
    address: &str,
    needs: &Needs,
    connection: Connection,
) -> Result<DatabaseRead, ClientError> {
    let server = Server {
        client,
        source,
        address,
    };
    let answered = server.rows(database, needs, connection).await;
    let (read, _) = server.unless_refused(answered, database, needs).await?;
    Ok(read)
}

/// A server that is asked.
#[derive(Clone, Copy)]
struct Server<'c> {
    client: &'c Client,
    source: &'c str,
    address: &'c str,
}

impl Server<'_> {
    /// What is needed of one of its databases, with what follows it.
    async fn rows(
        self,
        database: Database,
        needs: &Needs,
        connection: Connection,
    ) -> Result<(DatabaseRead, Option<Monitor>), ClientError> {
        let interest = interest(needs, database);
        // What names the node is a row or two.
        if needs.wants_some_rows_only(database) {
            let rows = self.client.read(&interest).await?;
            let read = database_read(database, rows, self.source, self.address);
            return Ok((read, None));
        }
        let monitor = match connection {
            Connection::New => self.client.monitor(interest).await?,
            // In one round trip: what the server sent before it answered the echo is in the rows.
            #[cfg(feature = "kube")]
            Connection::Kept => {
                let alive = async {
                    let echo = tokio::time::timeout(ALIVE_TIMEOUT, self.client.echo()).await;
                    echo.unwrap_or_else(|_| {
                        let silent = io::Error::from(io::ErrorKind::TimedOut);
                        Err(ClientError::Lost(Lost::Stream(Arc::new(silent))))
                    })
                };
                let ((), monitor) = try_join(alive, self.client.monitor(interest)).await?;
                monitor
            }
        };
        let read = database_read(database, monitor.snapshot(), self.source, self.address);
        Ok((read, Some(monitor)))
    }

    /// What was answered, or all rows from a server that refused the conditions on them, such as
    /// one whose columns are of other types.
    async fn unless_refused(
        self,
        answered: Result<(DatabaseRead, Option<Monitor>), ClientError>,
        database: Database,
        needs: &Needs,
    ) -> Result<(DatabaseRead, Option<Monitor>), ClientError> {
        let refused = match answered {
            Err(error @ (ClientError::Monitor(_) | ClientError::Transact(_))) => error,
            answered => return answered,
        };
        let Some(all) = needs.with_all_rows() else {
            return Err(refused);
        };
        tracing::debug!(%refused, address = self.address, "asks for all rows");
        // A server that refused just now lives.
        self.rows(database, &all, Connection::New).await
    }
}

/// What is needed of a database, with what tells its node.
pub(super) fn interest(needs: &Needs, database: Database) -> Interest {
    let needs = needs.clone().and(node::needs(database));
    let definition = database.definition();
    let interest = if needs.wants_whole(database) {
        Interest::all_of(definition)
    } else {
        Interest::nothing_of(definition)
    };
    needs
        .tables(database)
        .fold(interest, |interest, (table, columns)| {
            let rows = TableInterest {
                columns: columns.clone(),
                conditions: needs.conditions(database, table).to_vec(),
            };
            interest.table_named(table, rows)
        })
}

/// A database of a server as it is now.
pub(super) fn database_read(
    database: Database,
    rows: Snapshot,
    source: &str,
    address: &str,
) -> DatabaseRead {
    let tables = database.definition().tables;
    let missing = schema::compare(tables, &rows.layout().schema);
    let (node, reason) = node::named(database, &rows)
        .map(|named| (named.name, named.reason))
        .unzip();
    DatabaseRead {
        database,
        node: node.map(Into::into),
        naming: Naming {
            reason: reason.map(Into::into),
            pod: None,
        },
        source: source.into(),
        address: address.into(),
        moment: Some(Timestamp::now()),
        recorded: false,
        missing: missing.iter().map(ToString::to_string).collect(),
        at: None,
        schema_text: None,
        log: None,
        rows,
    }
}
