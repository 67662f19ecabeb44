//! Seals: what a cursor holds as opaque text, which shows when it was damaged.
//!
//! The text is base64url of a checksum (8 bytes) and JSON.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

const CHECKSUM_BYTES: usize = 8;

/// The text for a value, which must have a JSON form.
pub(crate) fn seal<T: Serialize>(value: &T) -> String {
    // What cursors hold, numbers and strings, always has a JSON form.
    let json = serde_json::to_vec(value).unwrap_or_default();
    let mut bytes = fingerprint(&json).to_be_bytes().to_vec();
    bytes.extend(json);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The value of a text; `None` for one that is damaged or holds something else.
pub(crate) fn unseal<T: DeserializeOwned>(text: &str) -> Option<T> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
    let (checksum, json) = bytes.split_at_checked(CHECKSUM_BYTES)?;
    if checksum != fingerprint(json).to_be_bytes() {
        return None;
    }
    serde_json::from_slice(json).ok()
}

/// A number for these bytes that is the same on every machine and in every version (FNV-1a).
pub(crate) fn fingerprint(bytes: &[u8]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    bytes.iter().fold(BASIS, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(PRIME)
    })
}
