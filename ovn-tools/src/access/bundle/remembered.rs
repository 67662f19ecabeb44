//! Remembered bundles: those opened last, for a program that is asked again and again.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::access::bundle::limit::Meter;
use crate::access::bundle::opening::Bundle;
use crate::access::bundle::opening_error::OpenError;
use crate::access::bundle::progress::Progress;
use crate::access::bundle::walk::Listing;

/// The most bundles that are remembered.
/// **Default and why**: 2, as to compare two; each keeps up to [`MAX_KEPT`] of unpacked databases
/// in memory, so that not every question unpacks a large archive anew.
///
/// [`MAX_KEPT`]: crate::access::bundle::MAX_KEPT
pub const MAX_REMEMBERED: usize = 2;

/// The most plain files that are remembered beside them.
/// **Default and why**: 1 024, the three databases of some 300 nodes; each is a name and a place, as
/// their content stays where it is.
const MAX_PLAIN_REMEMBERED: usize = 1024;

/// A bundle as it was when its files had this fingerprint.
struct Remembered {
    fingerprint: u64,
    bundle: Arc<Bundle>,
}

/// The latest last.
static REMEMBERED: Mutex<VecDeque<Remembered>> = Mutex::new(VecDeque::new());

/// Opens a bundle, or gives the one that is remembered while none of its files has changed.
pub(crate) fn open(
    path: &Path,
    meter: &Meter,
    progress: &dyn Progress,
) -> Result<Arc<Bundle>, OpenError> {
    let listing = Listing::of(path, meter)?;
    let Some(fingerprint) = listing.fingerprint() else {
        return Ok(Arc::new(Bundle::of(listing, meter, progress)?));
    };
    if let Some(bundle) = recall(path, fingerprint) {
        return Ok(bundle);
    }
    let bundle = Arc::new(Bundle::of(listing, meter, progress)?);
    let mut remembered = REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner);
    remembered.retain(|known| known.bundle.path() != path);
    remembered.push_back(Remembered {
        fingerprint,
        bundle: Arc::clone(&bundle),
    });
    let is_plain = bundle.is_plain();
    let most = if is_plain {
        MAX_PLAIN_REMEMBERED
    } else {
        MAX_REMEMBERED
    };
    let alike = |known: &Remembered| known.bundle.is_plain() == is_plain;
    if remembered.iter().filter(|known| alike(known)).count() > most
        && let Some(oldest) = remembered.iter().position(alike)
    {
        remembered.remove(oldest);
    }
    Ok(bundle)
}

fn recall(path: &Path, fingerprint: u64) -> Option<Arc<Bundle>> {
    let mut remembered = REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner);
    let is_it =
        |known: &Remembered| known.bundle.path() == path && known.fingerprint == fingerprint;
    let at = remembered.iter().position(is_it)?;
    let known = remembered.remove(at)?;
    let bundle = Arc::clone(&known.bundle);
    remembered.push_back(known);
    Some(bundle)
}

#[cfg(test)]
mod tests;
