//! What the tests have in common: clusters, questions and answers.

use std::os::unix::fs::symlink;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use ovn_tests::kubernetes::{Faults, KubeCluster, Pod};
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovn_tools::access::{Cluster, Source};
use ovn_tools::database::Database;
use ovn_tools::run::run;
use ovn_tools::tool::rows_find::{self, RowsFind};
use serde_json::Value as Json;
use tempfile::TempDir;

/// How long a question with a fault may take: more than each limit of the product, less than any
/// hang.
pub(crate) const NO_HANG: Duration = Duration::from_secs(60);

/// How long commands in pods may outlive their caller.
const LEFTOVER: Duration = Duration::from_secs(15);

/// A cluster of one node `n1` with a northbound database alone.
pub(crate) struct Scene {
    pub(crate) cluster: KubeCluster,
    pub(crate) server: DatabaseServer,
    pub(crate) directory: TempDir,
}

impl Scene {
    pub(crate) async fn start() -> Result<Self> {
        let server = DatabaseServer::setup()
            .database(Schema::northbound())
            .start()?;
        server.transact(
            r#"["OVN_Northbound", {"op": "insert", "table": "NB_Global", "row": {"name": "n1"}},
                {"op": "insert", "table": "Logical_Switch", "row": {"name": "sw0"}}]"#,
        )?;
        let directory = TempDir::with_prefix("pod-")?;
        symlink(server.socket(), directory.path().join("ovnnb_db.sock"))?;
        let mut pod = Pod::upstream("n1", directory.path());
        // The other databases are of no account here; it is a pod of a node all the same.
        pod.containers = vec!["nb-ovsdb".to_owned(), "ovn-controller".to_owned()];
        let cluster = KubeCluster::start(vec![pod]).await?;
        Ok(Self {
            cluster,
            server,
            directory,
        })
    }

    /// Asks for the switches while something is wrong.
    pub(crate) async fn ask_with(&self, faults: Faults) -> Result<String> {
        self.cluster.set_faults(faults);
        self.ask(&[source(&self.cluster)]).await
    }

    /// Asks for the switches: gives the names and the gaps, or the error.
    pub(crate) async fn ask(&self, sources: &[Source]) -> Result<String> {
        let mut params = rows_find::Params::new(Database::Nb, "Logical_Switch");
        params.columns = vec!["name".to_owned()];
        let started = Instant::now();
        let answer = run::<RowsFind>(sources, &params).await;
        ensure!(
            started.elapsed() < NO_HANG,
            "it took {:?}",
            started.elapsed()
        );
        nothing_runs(&self.cluster).await?;
        let text = match answer {
            Ok(report) => shorten(&serde_json::to_value(&report)?),
            Err(error) => format!("error: {}", chain(&error)),
        };
        let address = self.cluster.address().to_string();
        Ok(text.replace(&address, "SERVER"))
    }
}

/// How long a source whose streams are soon given up keeps them.
const SOON: Duration = Duration::from_millis(200);

/// The cluster as a source whose streams are soon given up.
pub(crate) fn source(cluster: &KubeCluster) -> Source {
    soon_idle(Cluster::current().kubeconfig(cluster.kubeconfig()))
}

/// A cluster as a source whose streams are soon given up.
pub(crate) fn soon_idle(cluster: Cluster) -> Source {
    Source::Kube(cluster.idle(SOON))
}

/// The cluster as a source that keeps its streams.
pub(crate) fn keeping(cluster: &KubeCluster) -> Source {
    Source::Kube(Cluster::current().kubeconfig(cluster.kubeconfig()))
}

/// Waits until no command runs in any pod.
pub(crate) async fn nothing_runs(cluster: &KubeCluster) -> Result<()> {
    let started = Instant::now();
    while cluster.running() > 0 {
        ensure!(
            started.elapsed() < LEFTOVER,
            "{} commands are left behind in pods",
            cluster.running()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

fn shorten(report: &Json) -> String {
    let mut lines = Vec::new();
    for row in report["rows"].as_array().into_iter().flatten() {
        // The UUID, before the name, is another one each time.
        let name = row.as_array().and_then(|row| row.last());
        lines.push(name.map_or_else(String::new, Json::to_string));
    }
    for gap in report["gaps"].as_array().into_iter().flatten() {
        let text = |name: &str| gap[name].as_str().unwrap_or_default().to_owned();
        lines.push(format!("gap {}: {}", text("what"), text("why")));
    }
    lines.join("\n")
}

pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
