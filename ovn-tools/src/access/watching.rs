//! Watching: waits until something that is followed changes, and marks the moment.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use ovsdb_client::client::{Monitor, ReadOnly};
use ovsdb_client::replica;
use tokio::time::{Instant, sleep, timeout_at};

use crate::access::Source;
use crate::access::warm::Warm;
use crate::database::Database;
use crate::delta::differs;
use crate::report::Gap;
use crate::snapshot::{Needs, Snapshot, Watch, Watched};

/// How long is waited after the first change for those that go with it.
/// **Default and why**: 200 ms; a change in the Northbound database has its consequences in the
/// Southbound one some 10 to 100 ms later.
const SETTLE_TIME: Duration = Duration::from_millis(200);

/// One database that is watched.
struct Watching<'s> {
    warm: &'s Warm,
    source: String,
    address: String,
    database: Database,
    monitor: Monitor<ReadOnly>,
    before: replica::Snapshot,
    /// A moment up to which changes are asked for, instead of the present.
    upto: Option<replica::Snapshot>,
    is_forgotten: bool,
}

/// Waits for changes in what was read, and puts the rows before and after into the snapshot.
pub(super) async fn watch(
    sources: &[Source],
    needs: &Needs,
    watch: &Watch,
    snapshot: &mut Snapshot,
) {
    let mut all = Vec::new();
    for source in sources {
        let Source::Server { warm, .. } = source else {
            snapshot.gaps.push(Gap {
                what: source.to_string(),
                why: NOT_WATCHED.to_owned(),
            });
            continue;
        };
        for database in needs.databases() {
            for (address, monitor) in warm.monitors(database).await {
                let since = watch
                    .since
                    .iter()
                    .find(|since| since.address == address && since.database == database);
                let (mut before, mut upto) = (None, None);
                if let Some(since) = since {
                    before = warm.marked(since.from, &address, database).await;
                    if let Some(mark) = since.upto {
                        upto = warm.marked(mark, &address, database).await;
                    }
                }
                all.push(Watching {
                    warm,
                    source: source.to_string(),
                    is_forgotten: since.is_some_and(|since| {
                        before.is_none() || since.upto.is_some() != upto.is_some()
                    }),
                    before: before.unwrap_or_else(|| monitor.snapshot()),
                    upto,
                    address,
                    database,
                    monitor,
                });
            }
        }
    }
    wait(&mut all, needs, watch.wait).await;
    for one in all {
        let after = one.upto.clone().unwrap_or_else(|| one.monitor.snapshot());
        let (warm, address, database) = (one.warm, one.address, one.database);
        snapshot.watched.push(Watched {
            from: warm.mark(&address, database, &one.before).await,
            upto: warm.mark(&address, database, &after).await,
            source: one.source,
            address: address.clone(),
            database,
            before: one.before,
            is_forgotten: one.is_forgotten,
        });
        for read in &mut snapshot.databases {
            if read.database == database && *read.address == *address {
                read.rows = after.clone();
            }
        }
    }
}

/// Why nothing happens in a source that no server serves.
const NOT_WATCHED: &str = "only servers that are reached over a socket are watched: a recording \
                           does not change, `transaction_list` shows its history and `rows_diff` \
                           compares two moments of it";

/// Waits until something differs, or for the longest time.
async fn wait(all: &mut [Watching<'_>], needs: &Needs, longest: Duration) {
    let deadline = Instant::now() + longest;
    if all.iter().any(|one| one.upto.is_some()) {
        return;
    }
    loop {
        let has_changed = all
            .iter()
            .any(|one| differs(&one.before, &one.monitor.snapshot(), one.database, needs));
        if has_changed {
            if !longest.is_zero() {
                sleep(SETTLE_TIME.min(longest)).await;
            }
            return;
        }
        if all.is_empty() || timeout_at(deadline, any_change(all)).await != Ok(true) {
            return;
        }
    }
}

/// Waits for the next update of any of them; false when one has ended.
async fn any_change(all: &mut [Watching<'_>]) -> bool {
    type Change<'m> = Pin<Box<dyn Future<Output = bool> + Send + 'm>>;
    let mut changes: Vec<Change<'_>> = all
        .iter_mut()
        .map(|one| Box::pin(async { one.monitor.changed().await.is_ok() }) as Change<'_>)
        .collect();
    poll_fn(|context| {
        for change in &mut changes {
            if let Poll::Ready(goes_on) = change.as_mut().poll(context) {
                return Poll::Ready(goes_on);
            }
        }
        Poll::Pending
    })
    .await
}
