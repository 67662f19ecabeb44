//! Entry: whose request is let in.

use http::HeaderMap;
use http::header::AUTHORIZATION;
use ovn_tools::access::{Bearer, BearerError};
use thiserror::Error;

use crate::listen::{Admission, Token};

/// What a request must say of whoever sends it.
#[derive(Debug)]
pub(super) enum Entry {
    /// Nothing.
    Open,
    /// The server's token.
    Token(Token),
    /// A token of their own, with which everything is read that is read for the request.
    Caller,
}

/// A request is not let in.
#[derive(Debug, Error)]
pub(super) enum EntryError {
    /// It does not know the server's token.
    #[error("send the server's token in a header: Authorization: Bearer TOKEN")]
    Token,
    /// It has no token of its own.
    #[error(
        "send your own token of the cluster in a header: Authorization: Bearer TOKEN; this server reads nothing with rights of its own"
    )]
    Nobody,
    /// Its token cannot be sent on.
    #[error("the header Authorization holds no token that could be sent on: {0}")]
    Bearer(#[from] BearerError),
}

impl Entry {
    /// What those who are admitted must send.
    pub(super) fn of(admission: &Admission) -> Self {
        match &admission.token {
            _ if admission.callers => Self::Caller,
            Some(token) => Self::Token(token.clone()),
            None => Self::Open,
        }
    }

    /// Looks at the head of a request and takes out of it what nobody behind may see; gives who
    /// asks, where that matters.
    pub(super) fn admit(&self, headers: &mut HeaderMap) -> Result<Option<Bearer>, EntryError> {
        let header = headers.remove(AUTHORIZATION);
        let given = header.as_ref().and_then(|header| {
            let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        });
        match self {
            Self::Open => Ok(None),
            Self::Token(token) => match given {
                Some(given) if token.is(given) => Ok(None),
                _ => Err(EntryError::Token),
            },
            Self::Caller => match given {
                Some(given) => Ok(Some(Bearer::new(given)?)),
                None => Err(EntryError::Nobody),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn check(entry: &Entry, header: Option<&str>) -> String {
        let mut headers = HeaderMap::new();
        if let Some(header) = header {
            let value = HeaderValue::from_bytes(header.as_bytes()).expect("a header");
            headers.insert(AUTHORIZATION, value);
        }
        let admitted = entry.admit(&mut headers);
        assert!(headers.is_empty(), "{header:?} is seen behind the gate");
        match admitted {
            Ok(who) => format!("{who:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn callers_need_a_token_of_their_own() {
        let entry = Entry::of(&Admission {
            callers: true,
            ..Admission::default()
        });
        let heads = [
            None,
            Some("Bearer alice-token"),
            Some("bearer  alice-token "),
            Some("Bearer "),
            Some("Bearer"),
            Some("Basic YWxpY2U6eA=="),
            Some("alice-token"),
            Some("Bearer a b"),
            Some("Bearer \u{e4}"),
        ];
        let texts = heads.map(|head| format!("{head:?}: {}", check(&entry, head)));
        insta::assert_snapshot!(texts.join("\n"), @r#"
        None: send your own token of the cluster in a header: Authorization: Bearer TOKEN; this server reads nothing with rights of its own
        Some("Bearer alice-token"): Some(Bearer(Identity(9c220f20)))
        Some("bearer  alice-token "): Some(Bearer(Identity(9c220f20)))
        Some("Bearer "): the header Authorization holds no token that could be sent on: the token is empty
        Some("Bearer"): send your own token of the cluster in a header: Authorization: Bearer TOKEN; this server reads nothing with rights of its own
        Some("Basic YWxpY2U6eA=="): send your own token of the cluster in a header: Authorization: Bearer TOKEN; this server reads nothing with rights of its own
        Some("alice-token"): send your own token of the cluster in a header: Authorization: Bearer TOKEN; this server reads nothing with rights of its own
        Some("Bearer a b"): the header Authorization holds no token that could be sent on: a token is one word of visible ASCII characters
        Some("Bearer ä"): send your own token of the cluster in a header: Authorization: Bearer TOKEN; this server reads nothing with rights of its own
        "#);
        assert_eq!(check(&Entry::of(&Admission::default()), None), "None");
    }
}
