//! A writer: random transactions, one after the other.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use ovn_tests::duty::{DATABASE, ITEM, PART, delete, insert_with, named};
use ovsdb_client::client::{Client, ClientError, Monitor, ReadWrite};
use ovsdb_client::operation::{Columns, Mutation, Mutator, Operation};
use ovsdb_client::session::Interest;
use ovsdb_client::value::{Atom, Datum};
use tokio::sync::RwLock;

use crate::dice::Dice;

/// How many items there are at most, by their names.
const ITEMS: u64 = 40;

/// How long a writer waits for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What became of the transactions.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) committed: AtomicUsize,
    pub(crate) refused: AtomicUsize,
    pub(crate) doubtful: AtomicUsize,
}

impl Tally {
    /// The numbers, in words.
    ///
    /// # Errors
    ///
    /// Nothing was written, which shows nothing.
    pub(crate) fn told(&self) -> Result<String> {
        let [committed, refused, doubtful] = [&self.committed, &self.refused, &self.doubtful]
            .map(|count| count.load(Ordering::Relaxed));
        ensure!(committed > 0, "nothing was written");
        Ok(format!(
            "{committed} transactions committed, {refused} refused, {doubtful} in doubt"
        ))
    }
}

/// One writer.
#[derive(Debug)]
pub(crate) struct Writer {
    pub(crate) client: Client<ReadWrite>,
    pub(crate) dice: Dice,
    pub(crate) quiet: Arc<RwLock<()>>,
    pub(crate) tally: Arc<Tally>,
}

impl Writer {
    /// Writes until aborted.
    pub(crate) async fn run(mut self) -> Result<()> {
        let monitor = self.client.monitor(Interest::everything(DATABASE)).await?;
        loop {
            let held = Arc::clone(&self.quiet).read_owned().await;
            let operations = self.transaction(&monitor);
            let written = self.client.transact(DATABASE, operations);
            let count = match tokio::time::timeout(PATIENCE, written).await {
                Ok(Ok(_)) => &self.tally.committed,
                // A name that is there already, a set that is full.
                Ok(Err(ClientError::Transact(_))) => &self.tally.refused,
                Ok(Err(ClientError::InDoubt(_))) | Err(_) => &self.tally.doubtful,
                Ok(Err(error)) => bail!("{error:?}"),
            };
            count.fetch_add(1, Ordering::Relaxed);
            drop(held);
        }
    }

    fn transaction(&mut self, monitor: &Monitor<ReadWrite>) -> Vec<Operation> {
        let mut operations = Vec::new();
        for number in 0..=self.dice.below(3) {
            let name = format!("item{}", self.dice.below(ITEMS));
            match self.dice.below(8) {
                0 | 1 => {
                    let parts = self.parts(number, &mut operations);
                    let mut row = self.columns();
                    row.push(("parts".into(), parts));
                    operations.push(insert_with(&name, row));
                }
                2 => operations.push(delete(&name)),
                3 | 4 => operations.push(Operation::Update {
                    table: ITEM.into(),
                    conditions: vec![named(&name)],
                    row: self.columns(),
                }),
                5 => {
                    let parts = self.parts(number, &mut operations);
                    operations.push(mutate(&name, "parts", Mutator::Insert, parts));
                }
                6 => {
                    // Another item may be gone by now, or was never there: a weak reference.
                    let snapshot = monitor.snapshot();
                    let items = snapshot.table(ITEM);
                    let rows: Vec<_> = items.iter().flat_map(|items| items.iter()).collect();
                    if !rows.is_empty() {
                        let peer = rows[self.dice.index(rows.len())].uuid();
                        let peers = Datum::scalar(Atom::Uuid(peer));
                        operations.push(mutate(&name, "peers", Mutator::Insert, peers));
                    }
                }
                _ => {
                    let (column, mutator, value) = self.mutation();
                    operations.push(mutate(&name, column, mutator, value));
                }
            }
        }
        operations
    }

    /// New parts, whose rows are inserted, as a value of references.
    fn parts(&mut self, number: u64, operations: &mut Vec<Operation>) -> Datum {
        let names: Vec<String> = (0..self.dice.below(3))
            .map(|part| format!("part{number}x{part}"))
            .collect();
        for name in &names {
            let ready = Datum::scalar(Atom::Boolean(self.dice.below(2) == 0));
            let label = self.text();
            operations.push(Operation::Insert {
                table: PART.into(),
                row: vec![("label".into(), label), ("ready".into(), ready)],
                uuid: None,
                uuid_name: Some(name.as_str().into()),
            });
        }
        Datum::set(
            names
                .iter()
                .map(|name| Atom::NamedUuid(name.as_str().into())),
        )
    }

    fn text(&mut self) -> Datum {
        let texts = ["", "plain", "\"quoted\"\n", "ünïcödé ✓", "a\\b\u{1}"];
        Datum::scalar(texts[self.dice.index(texts.len())])
    }

    fn columns(&mut self) -> Columns {
        let numbers = self.dice.below(4);
        let mut row: Columns = vec![("number".into(), Datum::scalar(self.dice.number()))];
        match self.dice.below(5) {
            0 => row.push(("weight".into(), Datum::set([]))),
            1 => {
                let number = i32::try_from(self.dice.number()).unwrap_or_default();
                let weight = Atom::Real(f64::from(number) / 4.0);
                row.push(("weight".into(), Datum::scalar(weight)));
            }
            2 => {
                // One at most: OVS 3.1.0, which Debian has, breaks off at a difference of more
                // elements than the column may hold (mended by its commit edfbd44ff).
                let marks = (0..numbers.min(1)).map(|_| Atom::from(self.dice.number()));
                row.push(("marks".into(), Datum::set(marks.collect::<Vec<_>>())));
            }
            3 => {
                let pairs = (0..numbers.min(1)).map(|_| (Atom::from("one"), Atom::from(7)));
                row.push(("one".into(), Datum::map(pairs)));
            }
            _ => row.push(("options".into(), self.options())),
        }
        row
    }

    fn options(&mut self) -> Datum {
        let pairs: Vec<(Atom, Atom)> = (0..self.dice.below(4))
            .map(|_| {
                let (key, value) = (self.dice.below(5), self.dice.below(3));
                (
                    Atom::from(format!("key{key}").as_str()),
                    Atom::from(format!("{value}").as_str()),
                )
            })
            .collect();
        Datum::map(pairs)
    }

    fn mutation(&mut self) -> (&'static str, Mutator, Datum) {
        let tags: Vec<Atom> = (0..=self.dice.below(3))
            .map(|_| Atom::from(format!("tag{}", self.dice.below(6)).as_str()))
            .collect();
        match self.dice.below(5) {
            0 => ("number", Mutator::Add, Datum::scalar(self.dice.number())),
            1 => ("tags", Mutator::Insert, Datum::set(tags)),
            2 => ("tags", Mutator::Delete, Datum::set(tags)),
            3 => ("options", Mutator::Insert, self.options()),
            _ => ("options", Mutator::Delete, self.options()),
        }
    }
}

fn mutate(name: &str, column: &str, mutator: Mutator, value: Datum) -> Operation {
    Operation::Mutate {
        table: ITEM.into(),
        conditions: vec![named(name)],
        mutations: vec![Mutation {
            column: column.into(),
            mutator,
            value,
        }],
    }
}
