//! Direct access: a running ovsdb-server, over a unix socket, TCP or TLS.

use ovsdb_client::client::{Client, ClientError, ReadOnly};
use ovsdb_client::dial::SecureEndpoint;
use ovsdb_client::endpoint::Endpoint;

use crate::access::connected::{READ_TIMEOUT, TooSlow, read_all};
use crate::access::warm::Warm;
use crate::access::{AccessError, Source, TlsFiles};
use crate::snapshot::{DatabaseRead, Needs, Snapshot};

/// Reads the needed databases of a server, or of the first member of a cluster that answers.
pub(super) async fn read(
    source: &Source,
    needs: &Needs,
    snapshot: &mut Snapshot,
) -> Result<(), AccessError> {
    let Source::Server {
        endpoints,
        tls,
        warm,
    } = source
    else {
        return Ok(());
    };
    let mut last = None;
    for endpoint in endpoints {
        let reading = read_from(endpoint, tls.as_ref(), warm, source, needs);
        let cause: Box<dyn std::error::Error + Send + Sync> =
            match tokio::time::timeout(READ_TIMEOUT, reading).await {
                Ok(Ok(databases)) => {
                    snapshot.databases.extend(databases);
                    return Ok(());
                }
                Ok(Err(error)) => error.into(),
                Err(_) => {
                    warm.forget(&endpoint.to_string()).await;
                    TooSlow.into()
                }
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

/// Connects with one of these servers, and whenever the connection is lost with any of them again.
///
/// # Errors
/// [`ClientError`] when that one cannot be connected with at first.
pub(super) async fn follow(
    first: usize,
    endpoints: &[Endpoint],
    tls: Option<&TlsFiles>,
) -> Result<Client<ReadOnly>, ClientError> {
    // Who does not answer at first is told of at once; only later is patience what is wanted.
    if let Some(endpoint) = endpoints.get(first) {
        connect(endpoint.clone(), tls).await?;
    }
    let (before, from) = endpoints.split_at(first.min(endpoints.len()));
    let in_order = from.iter().chain(before).cloned();
    let builder = in_order.fold(
        Client::builder().shuffle(false),
        |builder, endpoint| match tls {
            Some(files) => builder.dial(SecureEndpoint::new(endpoint, files.tls())),
            None => builder.dial(endpoint),
        },
    );
    builder.connect().await
}

async fn read_from(
    endpoint: &Endpoint,
    tls: Option<&TlsFiles>,
    warm: &Warm,
    source: &Source,
    needs: &Needs,
) -> Result<Vec<DatabaseRead>, ClientError> {
    let (source, address) = (source.to_string(), endpoint.to_string());
    loop {
        let connecting = connect(endpoint.clone(), tls);
        let (client, was_kept) = warm.client(&address, connecting).await?;
        match read_all(&client, &source, &address, needs).await {
            Ok(reads) => {
                let mut databases = Vec::with_capacity(reads.len());
                for (read, monitor) in reads {
                    if let Some(monitor) = monitor {
                        warm.hold(&address, read.database, monitor).await;
                    }
                    databases.push(read);
                }
                return Ok(databases);
            }
            // What was kept may have been lost meanwhile; a new connection tells.
            Err(error) => {
                warm.forget(&address).await;
                if !was_kept {
                    return Err(error);
                }
                tracing::debug!(address, %error, "connects anew");
            }
        }
    }
}
