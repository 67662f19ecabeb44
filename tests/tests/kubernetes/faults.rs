//! Each fault of a cluster gives a clear error or is got over, in time, and leaves nothing behind.

use anyhow::Result;
use ovn_tests::kubernetes::Faults;

use crate::scene::Scene;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_without_faults_answers() -> Result<()> {
    let scene = Scene::start().await?;
    insta::assert_snapshot!(scene.ask_with(Faults::default()).await?, @"");
    Ok(())
}
