//! The reader: goes through the histories once and keeps no more than a page.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use ovsdb_client::dbfile::{Damage, FileKind, Transaction};

use crate::report::Gap;
use crate::snapshot::DatabaseRead;
use crate::tool::transaction_list::filter::Filter;
use crate::tool::transaction_list::listed::{Kind, TransactionListed, time};
use crate::tool::transaction_list::place::Place;
use crate::tool::transaction_list::recorded::RecordingListed;
use crate::tool::transaction_list::{Order, Params};

/// Goes through histories.
#[derive(Debug)]
pub(super) struct Reader<'p> {
    filter: &'p Filter,
    newest_first: bool,
    with_rows: bool,
    limit: usize,
    after: Option<Place>,
    found: Found,
    page: BinaryHeap<Candidate>,
}

/// What was found in all histories.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The page, in order.
    pub(super) page: Vec<(Place, TransactionListed)>,
    /// How many match.
    pub(super) matching: usize,
    /// How many match and come after the cursor.
    pub(super) remaining: usize,
    /// How many there are.
    pub(super) all: usize,
    /// The files.
    pub(super) recordings: Vec<RecordingListed>,
}

/// A record that may be on the page; the greatest is the one to give way.
#[derive(Debug)]
struct Candidate {
    place: Place,
    newest_first: bool,
    item: Item,
}

/// What a candidate is made of. What is shown of a transaction is worked out for the page only,
/// since read from the oldest on every one is a candidate for the newest.
#[derive(Debug)]
enum Item {
    /// A transaction of a file of some kind, and the node that is named with it.
    Transaction(Box<Transaction>, FileKind, Option<Box<str>>),
    /// A part of a file that cannot be read.
    Damage(Box<TransactionListed>),
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place.compare(&other.place, self.newest_first)
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

impl Eq for Candidate {}

impl<'p> Reader<'p> {
    /// A reader for a question, which goes on after a place.
    pub(super) fn new(params: &Params, filter: &'p Filter, after: Option<Place>) -> Self {
        Self {
            filter,
            newest_first: params.order == Order::Newest,
            with_rows: params.rows,
            limit: params.limit,
            after,
            found: Found::default(),
            page: BinaryHeap::new(),
        }
    }

    /// Goes through one history.
    pub(super) fn read(
        &mut self,
        label: &str,
        read: &DatabaseRead,
        one_of_several: bool,
        gaps: &mut Vec<Gap>,
    ) {
        let Some(log) = &read.log else {
            return;
        };
        let gap = |why: String| Gap {
            what: read.address.to_string(),
            why,
        };
        let mut history = match log.transactions(read.database) {
            Ok(history) => history,
            Err(error) => {
                gaps.push(gap(error.to_string()));
                return;
            }
        };
        let (database, kind) = (read.database, history.kind());
        let node = one_of_several.then_some(label);
        let mut recording = RecordingListed::new(read.origin(), kind);
        let mut last = None;
        for transaction in history.by_ref() {
            let transaction = match transaction {
                Ok(transaction) => transaction,
                Err(error) => {
                    gaps.push(gap(error.to_string()));
                    break;
                }
            };
            recording.note(transaction.date);
            last = transaction.date.or(last);
            self.found.all += 1;
            if !self.filter.holds_time(last) || !self.filter.holds(&transaction) {
                continue;
            }
            let place = Place {
                date: last.unwrap_or(i64::MIN),
                database,
                label: label.to_owned(),
                record: transaction.record,
                part: 1,
            };
            self.offer(place, || {
                Item::Transaction(Box::new(transaction), kind, node.map(Into::into))
            });
        }
        self.damages(label, read, kind, history.damages(), node);
        recording.damages = history.damages().iter().map(ToString::to_string).collect();
        self.found.recordings.push(recording);
    }

    /// Lists damage among the records, at the time of the record before it.
    fn damages(
        &mut self,
        label: &str,
        read: &DatabaseRead,
        kind: FileKind,
        damages: &[Damage],
        node: Option<&str>,
    ) {
        if damages.is_empty() || !self.filter.holds_rowless() {
            return;
        }
        let dates = dates_before(read, kind, damages);
        for (damage, date) in damages.iter().zip(dates) {
            self.found.all += 1;
            if !self.filter.holds_time(date) {
                continue;
            }
            let place = Place {
                date: date.unwrap_or(i64::MIN),
                database: read.database,
                label: label.to_owned(),
                record: damage.number,
                part: 0,
            };
            let listed = TransactionListed {
                time: date.and_then(time),
                database: read.database,
                node: node.map(str::to_owned),
                record: damage.number,
                transaction: None,
                kind: Some(Kind::Damage),
                who: None,
                comment: None,
                tables: Vec::new(),
                rows: None,
                rows_left_out: 0,
                notes: vec![damage.to_string()],
            };
            self.offer(place, || Item::Damage(Box::new(listed)));
        }
    }

    /// Takes a record that matches, where the page has room for it.
    fn offer(&mut self, place: Place, item: impl FnOnce() -> Item) {
        self.found.matching += 1;
        let newest_first = self.newest_first;
        let is_after = |after: &Place| place.compare(after, newest_first) == Ordering::Greater;
        if !self.after.as_ref().is_none_or(is_after) {
            return;
        }
        self.found.remaining += 1;
        if self.page.len() == self.limit {
            let gives_way = self
                .page
                .peek()
                .is_some_and(|last| place.compare(&last.place, newest_first) == Ordering::Less);
            if !gives_way {
                return;
            }
            self.page.pop();
        }
        self.page.push(Candidate {
            place,
            newest_first,
            item: item(),
        });
    }

    /// What was found.
    pub(super) fn finish(mut self) -> Found {
        let (filter, with_rows) = (self.filter, self.with_rows);
        let page = self.page.into_sorted_vec().into_iter().map(|candidate| {
            let listed = match candidate.item {
                Item::Transaction(transaction, kind, node) => TransactionListed::new(
                    &transaction,
                    kind,
                    candidate.place.database,
                    node.as_deref(),
                    filter,
                    with_rows,
                ),
                Item::Damage(listed) => *listed,
            };
            (candidate.place, listed)
        });
        self.found.page = page.collect();
        self.found
    }
}

/// For each damage, the date of the last record before it that has one.
fn dates_before(read: &DatabaseRead, kind: FileKind, damages: &[Damage]) -> Vec<Option<i64>> {
    let mut dates = vec![None; damages.len()];
    let history = read.log.as_ref().map(|log| log.transactions(read.database));
    let (Some(Ok(history)), true) = (history, kind != FileKind::Dump) else {
        return dates;
    };
    for transaction in history.flatten() {
        for (damage, date) in damages.iter().zip(&mut dates) {
            if transaction.offset < damage.offset {
                *date = transaction.date.or(*date);
            }
        }
    }
    dates
}
