//! Patience: asking again where waiting helps, by chance not all at once.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

use tokio::time::sleep;

use crate::access::kubernetes::failure::KubernetesError;

/// How often a busy API server is asked.
/// **Default and why**: 4; with the waits between them that is two seconds and more, after which
/// an API server that is merely restarted answers again.
const ATTEMPTS: u32 = 4;

/// How long is waited before a busy API server is asked again at least; each time twice as long.
/// **Default and why**: 250 ms, and by chance up to twice that, so that the streams to a hundred
/// nodes do not all come back at once.
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// Waits before the next attempt, by chance longer than the last time.
pub(super) async fn wait_before_attempt(attempt: u32) {
    // The keys of a hasher are chosen by chance.
    let chance = RandomState::new().build_hasher().finish();
    sleep(wait(attempt, chance)).await;
}

/// How long to wait before an attempt: each time twice as long, and by chance up to twice that.
fn wait(attempt: u32, chance: u64) -> Duration {
    let least = FIRST_WAIT * 2_u32.saturating_pow(attempt.min(ATTEMPTS));
    let thousandths = u16::try_from(chance % 1000).unwrap_or_default();
    least + least.mul_f64(f64::from(thousandths) / 1000.0)
}

/// Asks again while the API server is busy.
pub(super) async fn patiently<T, F>(mut ask: impl FnMut() -> F) -> Result<T, KubernetesError>
where
    F: Future<Output = Result<T, KubernetesError>>,
{
    let mut attempt = 0;
    loop {
        match ask().await {
            Err(error) if error.is_busy() && attempt + 1 < ATTEMPTS => {
                tracing::debug!(%error, attempt, "asking again");
                wait_before_attempt(attempt).await;
                attempt += 1;
            }
            answer => return answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_differ_by_chance() {
        let times = |attempt| [0, 500, 999].map(|chance| wait(attempt, chance).as_millis());
        assert_eq!(times(0), [250, 375, 499]);
        assert_eq!(times(2), [1000, 1500, 1999]);
        assert_eq!(wait(u32::MAX, 0), wait(ATTEMPTS, 0));
    }
}
