//! How connections over TLS end.

use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use anyhow::{Context, Result};
use ovn_tests::pki::Authority;
use ovn_tests::sandbox::{DatabaseServer, READY, wait_until};
use ovsdb_client::client::{Client, ReadOnly};
use ovsdb_client::dial::{Dial, Dialling, SecureEndpoint, Stream};
use ovsdb_client::session::State;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::timeout;

use crate::secure_server::{SecureServer, chain, check_use, log, tls};

/// What the server logs of connections that end otherwise than TLS wants.
const UNCLEAN: [&str; 2] = ["SSL_read", "WARN"];

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_client_is_clean_for_the_server() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let server = SecureServer::start(&issued, authority.certificate())?;
    let dial = server.dial(&tls(&authority, &authority.issue("client")?))?;
    check_use(dial.clone()).await?;
    wait_for_no_sessions(&server.server)?;
    let log_text = log(&server.server)?;
    for word in UNCLEAN {
        assert!(!log_text.contains(word), "{log_text}");
    }

    Client::<ReadOnly>::connect(Abrupt(dial))
        .await?
        .echo()
        .await?;
    wait_for_no_sessions(&server.server)?;
    let log_text = log(&server.server)?;
    assert!(
        log_text.contains(UNCLEAN[0]),
        "this test would not see an unclean end: {log_text}"
    );
    Ok(())
}

fn wait_for_no_sessions(server: &DatabaseServer) -> Result<()> {
    wait_until("the server has no client", READY, || {
        let usage = server.daemon().appctl(&["memory/show"])?;
        Ok((!usage.contains("sessions:")).then_some(()))
    })
}

#[tokio::test]
async fn a_server_that_is_killed_is_told_from_one_that_closes() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let mut server = SecureServer::start(&issued, authority.certificate())?;
    let dial = server.dial(&tls(&authority, &authority.issue("client")?))?;
    let client = Client::<ReadOnly>::connect(dial).await?;
    client.echo().await?;
    server.server.kill()?;
    let mut state = client.state();
    let closed = state.wait_for(|state| *state == State::Closed);
    timeout(READY, closed).await??;
    let lost = client.lost().context("nothing says why")?;
    insta::assert_snapshot!(chain(&lost), @"the stream failed: the connection was cut off");
    Ok(())
}

/// Dials, and ends what it dialled without a word.
struct Abrupt(SecureEndpoint);

impl std::fmt::Display for Abrupt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Dial for Abrupt {
    fn dial(&self) -> Dialling<'_> {
        Box::pin(async {
            let stream = self.0.dial().await?;
            Ok(Box::new(AbruptStream(stream)) as Box<dyn Stream>)
        })
    }
}

struct AbruptStream(Box<dyn Stream>);

impl AsyncRead for AbruptStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut TaskContext<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl AsyncWrite for AbruptStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut TaskContext<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut TaskContext<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
