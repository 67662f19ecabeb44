//! Direct access: a running ovsdb-server, over a unix socket, TCP or TLS.

use std::time::Duration;

use jiff::Timestamp;
use ovsdb_client::client::{Client, ClientError, ReadOnly};
use ovsdb_client::dial::SecureEndpoint;
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::schema;
use ovsdb_client::session::{Interest, TableInterest};
use thiserror::Error;

use crate::access::{AccessError, Source, TlsFiles};
use crate::database::Database;
use crate::node;
use crate::snapshot::{DatabaseRead, Naming, Needs, Snapshot};

/// How long one server may take to give all the rows a question needs.
/// **Default and why**: 60 s; a server makes 25 to 30 MB of JSON a second, so this covers the
/// largest databases seen and still ends on one that hangs.
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// The server gave its rows not in time.
#[derive(Debug, Error)]
#[error("no complete answer within {READ_TIMEOUT:?}")]
struct TooSlow;

/// Reads the needed databases of a server, or of the first member of a cluster that answers.
pub(super) async fn read(
    source: &Source,
    endpoints: &[Endpoint],
    tls: Option<&TlsFiles>,
    needs: &Needs,
    snapshot: &mut Snapshot,
) -> Result<(), AccessError> {
    let mut last = None;
    for endpoint in endpoints {
        let reading = read_one(endpoint, tls, source, needs);
        let cause: Box<dyn std::error::Error + Send + Sync> =
            match tokio::time::timeout(READ_TIMEOUT, reading).await {
                Ok(Ok(databases)) => {
                    snapshot.databases.extend(databases);
                    return Ok(());
                }
                Ok(Err(error)) => error.into(),
                Err(_) => TooSlow.into(),
            };
        tracing::info!(%endpoint, %cause, "a server cannot be read");
        last = Some(AccessError::Server {
            endpoint: endpoint.to_string(),
            cause,
        });
    }
    last.map_or(Ok(()), Err)
}

/// Connects with a server.
pub(super) async fn connect(
    endpoint: Endpoint,
    tls: Option<&TlsFiles>,
) -> Result<Client<ReadOnly>, ClientError> {
    match tls {
        Some(files) => Client::connect(SecureEndpoint::new(endpoint, files.tls())).await,
        None => Client::connect(endpoint).await,
    }
}

async fn read_one(
    endpoint: &Endpoint,
    tls: Option<&TlsFiles>,
    source: &Source,
    needs: &Needs,
) -> Result<Vec<DatabaseRead>, ClientError> {
    let client = connect(endpoint.clone(), tls).await?;
    let mut reads = Vec::new();
    for name in client.databases().await? {
        let Some(database) = Database::from_name(&name).filter(|database| needs.wants(*database))
        else {
            continue;
        };
        let needs = needs.clone().and(node::needs(database));
        let definition = database.definition();
        let whole = needs.wants_whole(database);
        let mut interest = if whole {
            Interest::all_of(definition)
        } else {
            Interest::nothing_of(definition)
        };
        for (table, columns) in needs.tables(database) {
            let conditions = Vec::new();
            let columns = columns.clone();
            interest = interest.table_named(
                table,
                TableInterest {
                    columns,
                    conditions,
                },
            );
        }
        let rows = client.monitor(interest).await?.snapshot();
        let missing = schema::compare(definition.tables, &rows.layout().schema);
        let (node, reason) = node::named(database, &rows)
            .map(|named| (named.name, named.reason))
            .unzip();
        reads.push(DatabaseRead {
            database,
            node: node.map(Into::into),
            naming: Naming {
                reason: reason.map(Into::into),
                pod: None,
            },
            source: source.to_string().into(),
            address: endpoint.to_string().into(),
            moment: Some(Timestamp::now()),
            recorded: false,
            missing: missing.iter().map(ToString::to_string).collect(),
            at: None,
            schema_text: None,
            log: None,
            rows,
        });
    }
    Ok(reads)
}
