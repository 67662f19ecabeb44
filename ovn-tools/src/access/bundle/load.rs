//! Loading: the contents of the databases that a question needs, several at a time.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use ovsdb_client::dbfile::{DatabaseFile, FileError, ReadOptions};
use thiserror::Error;

use crate::access::bundle::found::{Found, Kept};
use crate::access::bundle::limit::Meter;
use crate::access::bundle::look::whole;
use crate::access::bundle::opening::Bundle;
use crate::access::bundle::parallel::{take, workers};
use crate::access::bundle::place::Place;
use crate::access::bundle::progress::{Progress, Silent, Stage};
use crate::access::bundle::visit::{self, Visitor, visit};
use crate::database::Database;

/// A database that was found cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// Its content cannot be got.
    #[error(transparent)]
    Content(#[from] io::Error),
    /// Its content is no sound database, or not as the options ask.
    #[error(transparent)]
    File(#[from] FileError),
    /// It was there when the bundle was opened. Opening it again helps.
    #[error("it changed while it was read")]
    Changed,
}

impl Bundle {
    /// Reads some of the databases, by their numbers, as `options` say.
    ///
    /// **Shape**: a result for each number, in their order.
    ///
    /// It blocks: call it where blocking is allowed.
    pub fn load(
        &self,
        numbers: &[usize],
        options: &ReadOptions,
    ) -> Vec<Result<DatabaseFile, LoadError>> {
        let generated: Vec<_> = Database::ALL
            .iter()
            .flat_map(|database| database.definition().tables)
            .copied()
            .collect();
        self.contents(numbers, |_, bytes| {
            DatabaseFile::read_with(bytes, &generated, options)
        })
        .into_iter()
        .map(|outcome| outcome.and_then(|file| file.map_err(Into::into)))
        .collect()
    }

    /// Passes the contents of some of the databases, by their numbers, to `decode`.
    ///
    /// Plain files are read and packed ones unpacked, several at a time; what is in one packed
    /// file is unpacked once for all, and decoded while the unpacking goes on. Few contents are in
    /// memory at a time: those that opening kept, and one for each worker.
    ///
    /// **Shape**: a result for each number, in their order.
    ///
    /// It blocks: call it where blocking is allowed.
    pub fn contents<T: Send>(
        &self,
        numbers: &[usize],
        decode: impl Fn(&Found, &Arc<Vec<u8>>) -> T + Sync,
    ) -> Vec<Result<T, LoadError>> {
        self.contents_telling(numbers, &Meter::default(), &Silent, decode)
    }

    /// Does as [`Bundle::contents`], tells how far it has come, and ends early when the meter is
    /// cancelled.
    pub(crate) fn contents_telling<T: Send>(
        &self,
        numbers: &[usize],
        meter: &Meter,
        progress: &dyn Progress,
        decode: impl Fn(&Found, &Arc<Vec<u8>>) -> T + Sync,
    ) -> Vec<Result<T, LoadError>> {
        // What opening has counted is counted again.
        let meter = &meter.anew();
        let mut packed: BTreeMap<&str, Wanted<'_>> = BTreeMap::new();
        let mut jobs = Vec::new();
        for (at, found) in numbers.iter().map(|at| self.databases.get(*at)).enumerate() {
            match found {
                Some(found) if matches!(found.content, Kept::Packed) => {
                    let wanted = packed.entry(found.place.file_path()).or_default();
                    wanted.push((at, found));
                }
                Some(found) => jobs.push(Job::Ready(at, found)),
                None => {}
            }
        }
        jobs.extend(packed.into_values().map(Job::Unpack));
        let results = Results {
            slots: Mutex::new(numbers.iter().map(|_| None).collect()),
            done: AtomicUsize::new(0),
            of: numbers.len(),
            progress,
        };
        let work = |at: usize, found: &Found, content: io::Result<&Arc<Vec<u8>>>| {
            let content =
                content.and_then(|bytes| meter.check().map(|()| bytes).map_err(Into::into));
            let result = content.map(|bytes| decode(found, bytes));
            results.put(at, found, result.map_err(Into::into));
        };
        let threads = workers();
        // Without a buffer, so that only a worker that waits for it takes a content.
        let (sender, receiver) = sync_channel::<Unpacked<'_>>(0);
        let receiver = Mutex::new(receiver);
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..threads.min(numbers.len()) {
                let sender = sender.clone();
                scope.spawn(|| {
                    let sender = sender;
                    while let Some((_, job)) = take(&jobs, &next) {
                        match job {
                            Job::Ready(at, found) => match &found.content {
                                Kept::Memory(bytes) => work(*at, found, Ok(bytes)),
                                _ => match plain(found, meter) {
                                    Ok(bytes) => work(*at, found, Ok(&Arc::new(bytes))),
                                    Err(error) => work(*at, found, Err(error)),
                                },
                            },
                            Job::Unpack(wanted) => unpack(wanted, meter, &sender, &work),
                        }
                    }
                    drop(sender);
                    // Whoever has no file left decodes for those that still unpack.
                    while let Some((at, found, content)) = receive(&receiver) {
                        work(at, found, content.as_ref().map_err(again));
                    }
                });
            }
            drop(sender);
        });
        results.into_inner()
    }
}

/// The content of a plain file.
fn plain(found: &Found, meter: &Meter) -> io::Result<Vec<u8>> {
    whole(&mut File::open(&found.path)?, meter)
}

/// Unpacks a file and passes on what is wanted of it.
fn unpack<'b>(
    wanted: &Wanted<'b>,
    meter: &Meter,
    sender: &SyncSender<Unpacked<'b>>,
    work: &Work<'_>,
) {
    let Some((_, first)) = wanted.first() else {
        return;
    };
    let place = Place::file(first.place.file_path());
    let mut fetch = Fetch {
        meter,
        wanted: wanted.clone(),
        sender,
        work,
    };
    match File::open(&first.path) {
        Ok(mut file) => visit(&mut file, &place, 0, meter, &mut fetch),
        Err(error) => fetch.problem(&place, &error),
    }
}

/// Databases that are wanted, each with where its result belongs.
type Wanted<'b> = Vec<(usize, &'b Found)>;

/// A database's content, or why there is none.
type Unpacked<'b> = (usize, &'b Found, io::Result<Arc<Vec<u8>>>);

/// What is done with a content, given where its result belongs.
type Work<'w> = dyn Fn(usize, &Found, io::Result<&Arc<Vec<u8>>>) + 'w;

enum Job<'b> {
    /// A database that is in memory or in a plain file.
    Ready(usize, &'b Found),
    /// Databases that are packed in one file.
    Unpack(Wanted<'b>),
}

fn receive<'b>(receiver: &Mutex<Receiver<Unpacked<'b>>>) -> Option<Unpacked<'b>> {
    let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
    receiver.recv().ok()
}

/// The same error once more.
fn again(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), error.to_string())
}

/// Where results go.
struct Results<'p, T> {
    slots: Mutex<Vec<Option<Result<T, LoadError>>>>,
    done: AtomicUsize,
    of: usize,
    progress: &'p dyn Progress,
}

impl<T> Results<'_, T> {
    fn put(&self, at: usize, found: &Found, result: Result<T, LoadError>) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get_mut(at) {
            *slot = Some(result);
        }
        drop(slots);
        self.progress.reached(Stage::Reading {
            done: self.done.fetch_add(1, Ordering::Relaxed) + 1,
            of: self.of,
            place: &found.place.to_string(),
        });
    }

    fn into_inner(self) -> Vec<Result<T, LoadError>> {
        let slots = self.slots.into_inner();
        slots
            .unwrap_or_else(PoisonError::into_inner)
            .into_iter()
            .map(|slot| slot.unwrap_or(Err(LoadError::Changed)))
            .collect()
    }
}

/// Takes what is wanted out of a packed file.
struct Fetch<'b, 's> {
    meter: &'s Meter,
    wanted: Wanted<'b>,
    sender: &'s SyncSender<Unpacked<'b>>,
    work: &'s Work<'s>,
}

impl<'b> Fetch<'b, '_> {
    /// Passes a content to a worker that waits for one, or else works on it here.
    fn pass(&self, at: usize, found: &'b Found, content: io::Result<Arc<Vec<u8>>>) {
        if let Err(TrySendError::Full((at, found, content)))
        | Err(TrySendError::Disconnected((at, found, content))) =
            self.sender.try_send((at, found, content))
        {
            (self.work)(at, found, content.as_ref().map_err(again));
        }
    }
}

impl Visitor for Fetch<'_, '_> {
    fn wants(&self, place: &Place) -> bool {
        let mut wanted = self.wanted.iter();
        wanted.any(|(_, found)| place.holds(&found.place))
    }

    fn file(&mut self, file: visit::File<'_>) -> io::Result<()> {
        let is_here = |(_, found): &(usize, &Found)| found.place == *file.place;
        if let Some(here) = self.wanted.iter().position(is_here) {
            let bytes = whole(file.reader, self.meter)?;
            let (at, found) = self.wanted.swap_remove(here);
            self.pass(at, found, Ok(Arc::new(bytes)));
        }
        Ok(())
    }

    /// Everything wanted that is here is lost.
    fn problem(&mut self, place: &Place, error: &io::Error) {
        let (lost, left) = std::mem::take(&mut self.wanted)
            .into_iter()
            .partition(|(_, found)| place.holds(&found.place));
        self.wanted = left;
        let lost: Wanted<'_> = lost;
        for (at, found) in lost {
            self.pass(at, found, Err(again(error)));
        }
    }
}
