//! Bearers: who of many a question is from, by the token that they sent.
//!
//! What is read with a token belongs to whoever sent it. It is kept under the token's digest,
//! which tells two callers apart and does not lead back to the token.

use std::fmt;

use sha2::{Digest, Sha256};
use thiserror::Error;

/// The most characters of a token.
/// **Default and why**: 16 384; those of Kubernetes have one or two thousand, and those of
/// identity providers that list many groups some thousands more.
pub const MAX_BEARER: usize = 16_384;

/// How many bytes of a digest are shown.
/// **Default and why**: 4; enough to follow one caller of some hundred through a log.
const SHOWN: usize = 4;

/// The token of whoever asks, which is sent on in their name. It is shown nowhere.
#[derive(Clone)]
pub struct Bearer {
    token: String,
    identity: Identity,
}

/// Who asks: the SHA-256 digest of their token.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Identity([u8; 32]);

/// A text is no token that could be sent on.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BearerError {
    /// Nothing.
    #[error("the token is empty")]
    Empty,
    /// Not the characters of a header's word.
    #[error("a token is one word of visible ASCII characters")]
    Characters,
    /// Too many characters.
    #[error("a token has at most {MAX_BEARER} characters, not {0}")]
    Length(usize),
}

impl Bearer {
    /// The bearer of a token.
    ///
    /// # Errors
    /// [`BearerError`] when it cannot be sent in a header.
    pub fn new(token: &str) -> Result<Self, BearerError> {
        if token.is_empty() {
            return Err(BearerError::Empty);
        }
        if token.len() > MAX_BEARER {
            return Err(BearerError::Length(token.len()));
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BearerError::Characters);
        }
        Ok(Self {
            token: token.to_owned(),
            identity: Identity(Sha256::digest(token).into()),
        })
    }

    /// Who it is.
    pub fn identity(&self) -> Identity {
        self.identity
    }

    /// The token, to be sent on and nothing else.
    #[cfg(feature = "kube")]
    pub(crate) fn token(&self) -> &str {
        &self.token
    }
}

impl PartialEq for Bearer {
    fn eq(&self, other: &Self) -> bool {
        self.identity == other.identity
    }
}

impl Eq for Bearer {}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bearer").field(&self.identity).finish()
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({self})")
    }
}

impl fmt::Display for Identity {
    /// The first digits of the digest.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0.iter().take(SHOWN) {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_told_apart_and_shown_nowhere() {
        let alice = Bearer::new("alice-token").expect("a token");
        let bob = Bearer::new("bob-token").expect("a token");
        assert_ne!(alice.identity(), bob.identity());
        assert_ne!(alice, bob);
        assert_eq!(alice, Bearer::new("alice-token").expect("a token"));
        let shown = format!("{alice:?} {}", alice.identity());
        // The first bytes of what `printf alice-token | sha256sum` prints.
        assert_eq!(shown, "Bearer(Identity(9c220f20)) 9c220f20");
    }

    #[test]
    fn what_no_header_can_carry_is_no_token() {
        let error = |text: &str| Bearer::new(text).expect_err("no token").to_string();
        assert_eq!(error(""), "the token is empty");
        for text in ["a b", "a\r\nb", "a\0", "ä"] {
            assert_eq!(
                error(text),
                "a token is one word of visible ASCII characters"
            );
        }
        assert_eq!(
            error(&"x".repeat(MAX_BEARER + 1)),
            "a token has at most 16384 characters, not 16385"
        );
    }
}
