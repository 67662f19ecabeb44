//! What works over TLS.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use ovn_tests::pki::{Authority, Issued};
use ovn_tests::sandbox::READY;
use ovn_tools::access::{self, Source, TlsFiles};
use ovn_tools::database::Database;
use ovn_tools::snapshot::Needs;
use ovsdb_client::client::{Client, ReadOnly, ReadWrite};
use ovsdb_client::dial::Tls;
use ovsdb_client::operation::{Operation, OperationResult};
use tempfile::TempDir;

use crate::secure_server::{NORTHBOUND, SecureServer, chain, check_use, refusal, tls};

#[tokio::test]
async fn a_database_is_replicated_and_written_over_tls() -> Result<()> {
    let authority = Authority::new()?;
    for arguments in [&[][..], &["--ssl-protocols=TLSv1.2"]] {
        let issued = authority.issue("server")?;
        let server =
            SecureServer::start_at("127.0.0.1", &issued, authority.certificate(), arguments)?;
        let tls = tls(&authority, &authority.issue("client")?);
        check_use(server.dial(&tls)?).await?;
    }
    Ok(())
}

#[tokio::test]
async fn tls_works_over_ipv6() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let server = SecureServer::start_at("[::1]", &issued, authority.certificate(), &[])?;
    let tls = tls(&authority, &authority.issue("client")?);
    check_use(server.dial(&tls)?).await
}

#[tokio::test]
async fn the_builder_gives_its_tls_to_every_ssl_remote() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let server = SecureServer::start(&issued, authority.certificate())?;
    let client = Client::<ReadOnly>::builder()
        .remotes(&server.endpoint)?
        .tls(tls(&authority, &authority.issue("client")?))
        .connect()
        .await?;
    client.echo().await?;
    Ok(())
}

#[tokio::test]
async fn a_tool_reads_an_ssl_source_when_it_has_the_files() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let server = SecureServer::start(&issued, authority.certificate())?;
    let issued = authority.issue("client")?;
    let files = TlsFiles {
        private_key: issued.private_key,
        certificate: issued.certificate,
        ca_certificate: authority.certificate().to_owned(),
    };
    let source: Source = server.endpoint.parse()?;
    assert!(source.needs_tls());
    let needs = Needs::default().database(Database::Nb);
    let error = access::read(std::slice::from_ref(&source), &needs)
        .await
        .expect_err("it has no files");
    insta::assert_snapshot!(chain(&error).replace(&server.endpoint, "SERVER"), @"cannot read from SERVER: there is no connection to the server: SERVER cannot be reached: TLS needs a private key, a certificate and a CA certificate, and none are configured");
    let snapshot = access::read(&[source.with_tls(&files)], &needs).await?;
    assert_eq!(*snapshot.databases[0].source, *server.endpoint);
    Ok(())
}

/// The names in such certificates are no host names, so only the chain can be checked.
#[tokio::test]
async fn certificates_that_ovs_pki_makes_are_good_on_both_sides() -> Result<()> {
    let directory = TempDir::with_prefix("ovs-pki-")?;
    let path = |name: &str| directory.path().join(name);
    let pki = |arguments: &[&str]| -> Result<()> {
        let done = Command::new("ovs-pki")
            .arg(format!("--dir={}", path("pki").display()))
            .arg(format!("--log={}", path("log").display()))
            .args(arguments)
            .current_dir(directory.path())
            .output()
            .context("cannot run ovs-pki; is it installed?")?;
        ensure!(
            done.status.success(),
            "ovs-pki: {}",
            String::from_utf8_lossy(&done.stderr)
        );
        Ok(())
    };
    pki(&["init"])?;
    let issue = |name: &str| -> Result<Issued> {
        pki(&["req+sign", name, "switch"])?;
        Ok(Issued {
            private_key: path(&format!("{name}-privkey.pem")),
            certificate: path(&format!("{name}-cert.pem")),
        })
    };
    let ca = path("pki/switchca/cacert.pem");
    let server = SecureServer::start(&issue("sc")?, &ca)?;
    let client = issue("cc")?;
    let tls = Tls::new(&ca).identity(&client.private_key, &client.certificate);
    check_use(server.dial(&tls)?).await?;
    assert!(
        refusal(&server, &tls.check_host(true))
            .await?
            .contains("is not for this host")
    );
    Ok(())
}

#[tokio::test]
async fn a_client_whose_host_is_certified_passes_the_check_of_the_host() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("127.0.0.1")?;
    let server = SecureServer::start(&issued, authority.certificate())?;
    let tls = tls(&authority, &authority.issue("client")?).check_host(true);
    check_use(server.dial(&tls)?).await
}

#[tokio::test]
async fn files_that_are_exchanged_count_for_the_next_connection() -> Result<()> {
    let [old, new] = [Authority::new()?, Authority::new()?];
    let servers = [
        SecureServer::start(&old.issue("server")?, old.certificate())?,
        SecureServer::start(&new.issue("server")?, new.certificate())?,
    ];
    let directory = TempDir::with_prefix("rotation-")?;
    let path = |name: &str| directory.path().join(name);
    let tls = Tls::new(path("ca.pem")).identity(path("key.pem"), path("cert.pem"));
    let mut present: Option<Client> = None;
    for (authority, [good, bad]) in [(&old, [0, 1]), (&new, [1, 0])] {
        let issued = authority.issue("client")?;
        fs::copy(authority.certificate(), path("ca.pem"))?;
        fs::copy(&issued.private_key, path("key.pem"))?;
        fs::copy(&issued.certificate, path("cert.pem"))?;
        if let Some(present) = &present {
            present.echo().await.context("a connection stays")?;
        }
        let client = Client::connect(servers[good].dial(&tls)?).await?;
        client.echo().await?;
        present = Some(client);
        let refusal = refusal(&servers[bad], &tls).await?;
        assert!(refusal.contains("does not come from a CA"), "{refusal}");
    }
    Ok(())
}

#[tokio::test]
async fn a_request_that_is_larger_than_every_buffer_is_answered() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let server = SecureServer::start(&issued, authority.certificate())?;
    let tls = tls(&authority, &authority.issue("client")?);
    let client = Client::<ReadWrite>::connect(server.dial(&tls)?).await?;
    for bytes in [16 << 10, 64 << 10, (1 << 20) + 1, 16 << 20] {
        let operation = Operation::Comment("x".repeat(bytes).into());
        let transaction = client.transact(NORTHBOUND, vec![operation]);
        let outcome = tokio::time::timeout(READY, transaction).await??;
        assert!(matches!(outcome.results[..], [OperationResult::Done]));
    }
    Ok(())
}
