//! Owners: whose each session is.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ovn_tools::access::Identity;

/// Whose each session is, where callers have identities.
///
/// A session's name is no secret: whoever learns it, but comes with another token, must neither
/// read what its owner asked for nor speak in it.
#[derive(Debug, Default)]
pub(super) struct Owners(Mutex<HashMap<String, Identity>>);

impl Owners {
    /// Says whose a new session is; of the others only those stay that are still kept.
    pub(super) fn add(&self, session: &str, owner: Identity, is_kept: impl Fn(&str) -> bool) {
        let mut owners = self.lock();
        owners.retain(|other, _| is_kept(other));
        owners.insert(session.to_owned(), owner);
    }

    /// Whether a session is somebody's.
    pub(super) fn is(&self, session: &str, owner: Identity) -> bool {
        self.lock().get(session) == Some(&owner)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Identity>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
