//! The scene: a server or a cluster, and what befalls it.

use std::fmt::Write as _;

use anyhow::Result;
use ovn_tests::dump;
use ovn_tests::duty::DATABASE;
use ovn_tests::sandbox::{Cluster, DatabaseServer};
use ovsdb_client::client::{Builder, Client, ReadWrite};
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::session::Member;

use crate::dice::Dice;
use crate::held::Held;
use crate::watcher::settings;

/// What is written to and watched.
#[derive(Debug)]
pub(crate) struct Scene {
    stage: Stage,
    /// How often each thing befell it.
    told: Vec<(&'static str, usize)>,
}

#[derive(Debug)]
enum Stage {
    Standalone(DatabaseServer),
    Cluster {
        cluster: Cluster,
        /// The member that is not up, and whether it is only paused. One at a time: there is a
        /// majority always.
        down: Option<(usize, bool)>,
    },
}

impl Scene {
    pub(crate) fn standalone(server: DatabaseServer) -> Self {
        Self::new(Stage::Standalone(server))
    }

    pub(crate) fn cluster(cluster: Cluster) -> Self {
        let down = None;
        Self::new(Stage::Cluster { cluster, down })
    }

    fn new(stage: Stage) -> Self {
        let told = Vec::new();
        Self { stage, told }
    }

    /// Where clients find it.
    pub(crate) fn endpoints(&self) -> Result<Vec<Endpoint>> {
        let list = match &self.stage {
            Stage::Standalone(server) => server.endpoint(),
            Stage::Cluster { cluster, .. } => cluster.endpoints(),
        };
        Ok(Endpoint::parse_list(&list)?)
    }

    /// A client that writes.
    pub(crate) async fn writer(&self) -> Result<Client<ReadWrite>> {
        let mut builder: Builder<ReadWrite> = settings();
        for endpoint in self.endpoints()? {
            builder = builder.dial(endpoint);
        }
        Ok(builder.member(Member::Any).connect().await?)
    }

    /// What its servers hold, once all hold the same; `None` while they do not.
    pub(crate) fn held(&self) -> Result<Option<Held>> {
        let mut held: Option<Held> = None;
        for server in self.servers() {
            let rows = dump::dump(server, DATABASE)?;
            let found = match &self.stage {
                Stage::Standalone(_) => Held::exact(rows),
                Stage::Cluster { .. } => Held::clustered(rows),
            };
            if held.as_ref().is_some_and(|held| held.rows != found.rows) {
                return Ok(None);
            }
            held = Some(found);
        }
        Ok(held)
    }

    fn servers(&self) -> Vec<&DatabaseServer> {
        match &self.stage {
            Stage::Standalone(server) => vec![server],
            Stage::Cluster { cluster, .. } => (0..cluster.len())
                .map(|member| cluster.member(member))
                .collect(),
        }
    }

    /// Lets something befall it.
    pub(crate) fn disturb(&mut self, dice: &mut Dice) -> Result<()> {
        let what = match &mut self.stage {
            Stage::Standalone(server) => match dice.below(3) {
                0 => {
                    server.restart()?;
                    "restarts"
                }
                1 => {
                    let _ = server.daemon().appctl(&["ovsdb-server/compact"])?;
                    "compactions"
                }
                _ => {
                    server.daemon().appctl(&["ovsdb-server/reconnect"])?;
                    "times all connections closed"
                }
            },
            Stage::Cluster { cluster, down } => {
                let member = dice.index(cluster.len());
                match dice.below(6) {
                    0 | 1 => {
                        bring_back(cluster, down)?;
                        cluster.transfer_leadership()?;
                        "leaders changed"
                    }
                    2 => {
                        bring_back(cluster, down)?;
                        cluster.kill(member)?;
                        *down = Some((member, false));
                        "members killed"
                    }
                    3 => {
                        bring_back(cluster, down)?;
                        cluster.pause(member)?;
                        *down = Some((member, true));
                        "members paused"
                    }
                    4 if down.is_none() => {
                        let daemon = cluster.member(member).daemon();
                        daemon.appctl(&["ovsdb-server/compact"])?;
                        "compactions"
                    }
                    _ => {
                        bring_back(cluster, down)?;
                        "members back"
                    }
                }
            }
        };
        match self.told.iter_mut().find(|(name, _)| *name == what) {
            Some((_, count)) => *count += 1,
            None => self.told.push((what, 1)),
        }
        Ok(())
    }

    /// Brings everything back.
    pub(crate) fn calm(&mut self) -> Result<()> {
        match &mut self.stage {
            Stage::Standalone(_) => Ok(()),
            Stage::Cluster { cluster, down } => bring_back(cluster, down),
        }
    }

    /// How its servers stand, for a failure to quote.
    pub(crate) fn state(&self) -> String {
        match &self.stage {
            Stage::Standalone(server) => server.daemon().log_tail(),
            Stage::Cluster { cluster, .. } => (0..cluster.len())
                .map(|member| {
                    let tail = cluster.member(member).daemon().log_tail();
                    format!("{member}: {:?}\n{tail}", cluster.status(member))
                })
                .collect(),
        }
    }

    /// What befell it, in words.
    pub(crate) fn told(&self) -> String {
        let mut text = String::new();
        for (name, count) in &self.told {
            let comma = if text.is_empty() { "" } else { ", " };
            let _ = write!(text, "{comma}{count} {name}");
        }
        text
    }
}

fn bring_back(cluster: &mut Cluster, down: &mut Option<(usize, bool)>) -> Result<()> {
    match down.take() {
        Some((member, true)) => cluster.resume(member)?,
        Some((member, false)) => cluster.restart(member)?,
        None => return Ok(()),
    }
    cluster.await_members()
}
