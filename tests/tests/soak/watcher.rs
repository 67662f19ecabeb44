//! A watcher: one client's replica of some of the rows, disturbed on its way, and three who listen
//! to its changes.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, ensure};
use ovn_tests::dump::{self, Rows};
use ovn_tests::duty::{DATABASE, ITEM, PART, at_least};
use ovn_tests::gate::Gate;
use ovsdb_client::changes::Overflow;
use ovsdb_client::client::{Access, Builder, Client, Monitor, ReadOnly};
use ovsdb_client::schema::Selection;
use ovsdb_client::session::{BackoffConfig, Interest, Member, TableInterest};
use ovsdb_client::value::{Atom, Datum};
use tokio::sync::RwLock;

use crate::dice::Dice;
use crate::held::Held;
use crate::replay::Replay;
use crate::scene::Scene;

/// How long a listener that blocks may keep its client waiting: longer than any quiet point.
const DEADLINE: Duration = Duration::from_secs(60);

/// The ways to listen, with little room so that there is not enough.
const LISTENING: [Overflow; 3] = [
    Overflow::Coalesce,
    Overflow::Block {
        batches: 2,
        deadline: DEADLINE,
    },
    Overflow::Lag { batches: 2 },
];

/// The columns of items that a view of columns shows.
const COLUMNS: [&str; 3] = ["marks", "name", "parts"];

/// Settings of every client here.
pub(crate) fn settings<A: Access>() -> Builder<A> {
    let backoff = BackoffConfig {
        least: Duration::from_millis(20),
        most: Duration::from_millis(100),
    };
    Client::builder()
        .backoff(backoff)
        .probe(Some(Duration::from_millis(500)))
}

/// What a watcher replicates.
#[derive(Debug)]
pub(crate) enum View {
    Everything,
    /// The parts, and the items whose number is at least this.
    Conditional(AtomicI64),
    /// Some columns of the items.
    Columns,
}

impl View {
    pub(crate) fn everything() -> Self {
        Self::Everything
    }

    pub(crate) fn conditional() -> Self {
        Self::Conditional(AtomicI64::new(0))
    }

    pub(crate) fn columns() -> Self {
        Self::Columns
    }

    fn interest(&self) -> Interest {
        let table = |columns, conditions| TableInterest {
            columns,
            conditions,
        };
        match self {
            Self::Everything => Interest::everything(DATABASE),
            Self::Conditional(least) => {
                let conditions = vec![at_least(least.load(Ordering::Relaxed))];
                Interest::nothing(DATABASE)
                    .table_named(ITEM, table(Selection::All, conditions))
                    .table_named(PART, table(Selection::All, Vec::new()))
            }
            Self::Columns => {
                let columns = Selection::Named(COLUMNS.map(Into::into).to_vec());
                Interest::nothing(DATABASE).table_named(ITEM, table(columns, Vec::new()))
            }
        }
    }

    /// What of all rows it shows.
    fn of(&self, all: &Rows) -> Rows {
        let mut rows = all.clone();
        match self {
            Self::Everything => {}
            Self::Conditional(least) => {
                let least = least.load(Ordering::Relaxed);
                if let Some(items) = rows.get_mut(ITEM) {
                    items.retain(|_, item| match item.get("number") {
                        Some(Datum::Set(atoms)) => {
                            matches!(atoms[..], [Atom::Integer(number)] if number >= least)
                        }
                        _ => false,
                    });
                }
            }
            Self::Columns => {
                rows.retain(|table, _| table == ITEM);
                for item in rows.values_mut().flat_map(|items| items.values_mut()) {
                    item.retain(|column, _| COLUMNS.contains(&column.as_str()));
                }
            }
        }
        rows
    }
}

/// The rows that differ.
fn differences(held: &Rows, found: &Rows) -> String {
    let mut text = String::new();
    for table in [ITEM, PART] {
        let rows = |all: &Rows| all.get(table).cloned().unwrap_or_default();
        let (held, found) = (rows(held), rows(found));
        let uuids: BTreeSet<&String> = held.keys().chain(found.keys()).collect();
        for uuid in uuids {
            let (held, found) = (held.get(uuid), found.get(uuid));
            if held != found {
                let _ = writeln!(
                    text,
                    "{table} {uuid}: the server {held:?}, the replica {found:?}"
                );
            }
        }
    }
    text
}

/// One client and its rows.
#[derive(Debug)]
pub(crate) struct Watcher {
    view: View,
    gates: Vec<Gate>,
    client: Client<ReadOnly>,
    monitor: Monitor<ReadOnly>,
    replays: Vec<Arc<Replay>>,
    changed: AtomicUsize,
}

impl Watcher {
    pub(crate) async fn start(scene: &Scene, view: View) -> Result<Self> {
        let mut builder: Builder<ReadOnly> = settings();
        let mut gates = Vec::new();
        for endpoint in scene.endpoints()? {
            let gate = Gate::before(endpoint);
            builder = builder.dial(gate.clone());
            gates.push(gate);
        }
        let member = match &view {
            View::Columns => Member::Leader,
            _ => Member::Any,
        };
        let client = builder.member(member).connect().await?;
        let monitor = client.monitor(view.interest()).await?;
        let mut replays = Vec::new();
        for overflow in LISTENING {
            let changes = monitor.changes(overflow).await?;
            let replay = Arc::new(Replay::default());
            replays.push(Arc::clone(&replay));
            tokio::spawn(async move { replay.listen(changes).await });
        }
        Ok(Self {
            view,
            gates,
            client,
            monitor,
            replays,
            changed: AtomicUsize::default(),
        })
    }

    /// Chooses other rows again and again, where it chooses rows at all.
    pub(crate) async fn change_conditions(
        self: Arc<Self>,
        mut dice: Dice,
        quiet: Arc<RwLock<()>>,
    ) -> Result<()> {
        let View::Conditional(least) = &self.view else {
            // Whoever ends is looked at.
            return std::future::pending().await;
        };
        loop {
            let held = quiet.read().await;
            let number = dice.number();
            self.monitor
                .set_conditions(ITEM, vec![at_least(number)])
                .await?;
            least.store(number, Ordering::Relaxed);
            self.changed.fetch_add(1, Ordering::Relaxed);
            drop(held);
            tokio::time::sleep(Duration::from_millis(dice.below(30))).await;
        }
    }

    /// Lets something befall its connections.
    pub(crate) async fn disturb(&self, dice: &mut Dice) {
        let gate = &self.gates[dice.index(self.gates.len())];
        match dice.below(6) {
            0 | 1 => gate.cut(),
            2 => gate.shut(),
            3 => gate.hold(),
            4 => self.client.reconnect().await,
            _ => {
                gate.open();
                gate.release();
            }
        }
    }

    /// Lets everything through again.
    pub(crate) fn calm(&self) {
        for gate in &self.gates {
            gate.open();
            gate.release();
        }
    }

    /// How it differs from what the servers hold, if it does.
    pub(crate) fn difference(&self, held: &Held) -> Option<String> {
        let snapshot = self.monitor.snapshot();
        let expected = self.view.of(&held.rows);
        let found = held.comparable(dump::dynamic(&snapshot));
        if expected != found {
            return Some(differences(&expected, &found));
        }
        for (replay, overflow) in self.replays.iter().zip(LISTENING) {
            if !replay.is(&snapshot) {
                return Some(format!("{overflow:?} replays to others: {replay:?}"));
            }
        }
        None
    }

    /// Fails where a stream contradicted itself.
    pub(crate) fn faults(&self) -> Result<()> {
        for (replay, overflow) in self.replays.iter().zip(LISTENING) {
            let faults = replay.faults();
            ensure!(faults.is_empty(), "{overflow:?}: {faults:#?}");
        }
        Ok(())
    }

    pub(crate) fn replays(&self) -> usize {
        self.replays.len()
    }

    pub(crate) fn connections(&self) -> usize {
        self.gates.iter().map(Gate::connections).sum()
    }

    pub(crate) fn changed(&self) -> usize {
        self.changed.load(Ordering::Relaxed)
    }

    /// Where it stands, in words.
    pub(crate) fn told(&self) -> String {
        let monitors: Vec<_> = self
            .gates
            .iter()
            .flat_map(|gate| gate.monitors(DATABASE))
            .collect();
        let answered = monitors.iter().filter_map(|(_, answer)| answer.as_ref());
        let resumed = answered
            .filter(|answer| answer["result"][0] == true)
            .count();
        let replays: Vec<_> = self.replays.iter().map(|replay| replay.told()).collect();
        format!(
            "{:?}: {:?}, lost {:?}; rows asked for {} times, {resumed} resumed; batches and gaps {replays:?}",
            self.view,
            *self.client.state().borrow(),
            self.client.lost(),
            monitors.len(),
        )
    }
}
