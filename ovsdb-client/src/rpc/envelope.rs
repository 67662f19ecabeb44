//! The envelope: what kind of message this is, and its parts as undecoded JSON.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use thiserror::Error;

/// One message, its parts still text.
#[derive(Clone, Copy, Debug)]
pub enum Envelope<'m> {
    /// The peer asks for something and waits for an answer.
    Request {
        /// What to send back with the answer, any JSON value but null.
        id: &'m RawValue,
        /// The method.
        method: &'m str,
        /// The parameters, an array.
        params: &'m RawValue,
    },
    /// The peer tells something.
    Notification {
        /// The method.
        method: &'m str,
        /// The parameters, an array.
        params: &'m RawValue,
    },
    /// The answer to one of our requests.
    Reply {
        /// The request's id.
        id: &'m RawValue,
        /// The result, or the error as the peer wrote it.
        result: Result<&'m RawValue, &'m RawValue>,
    },
}

/// A message is no JSON-RPC. The fault is the peer's.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// The text is no JSON object.
    #[error("a message is no JSON object")]
    Json(#[source] serde_json::Error),
    /// Its members make it neither request nor notification nor reply.
    #[error("a message is neither a request nor a notification nor a reply")]
    Kind,
}

/// The members; those that are null read as absent, as serde reads any `Option`.
#[derive(Deserialize)]
struct Members<'m> {
    #[serde(borrow, default)]
    id: Option<&'m RawValue>,
    #[serde(borrow, default)]
    method: Option<&'m RawValue>,
    #[serde(borrow, default)]
    params: Option<&'m RawValue>,
    #[serde(borrow, default, deserialize_with = "even_null")]
    result: Option<&'m RawValue>,
    #[serde(borrow, default)]
    error: Option<&'m RawValue>,
}

fn even_null<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

impl<'m> Envelope<'m> {
    /// Reads a message's envelope.
    ///
    /// A member that is null counts as absent, save the result of a reply; members of other names
    /// are passed over.
    ///
    /// # Errors
    /// [`EnvelopeError`] when the text is no message.
    pub fn decode(text: &'m str) -> Result<Self, EnvelopeError> {
        let members: Members<'m> = serde_json::from_str(text).map_err(EnvelopeError::Json)?;
        let id = members.id;
        if let Some(method) = members.method {
            let method: &'m str =
                serde_json::from_str(method.get()).map_err(EnvelopeError::Json)?;
            let params = members.params.ok_or(EnvelopeError::Kind)?;
            return Ok(match id {
                Some(id) => Self::Request { id, method, params },
                None => Self::Notification { method, params },
            });
        }
        let id = id.ok_or(EnvelopeError::Kind)?;
        // An error reply of a real server has no `result` at all; others send it as null.
        let result = match (members.error, members.result) {
            (Some(error), _) => Err(error),
            (None, Some(result)) => Ok(result),
            (None, None) => return Err(EnvelopeError::Kind),
        };
        Ok(Self::Reply { id, result })
    }
}

/// The error of a reply: a tag and what the peer said about it.
///
/// **Shape**: real servers send a bare string or an object; both read into this.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct RemoteError {
    /// The tag, such as `unknown database`; stable between versions.
    pub tag: String,
    /// More in words, which may change between versions.
    pub details: Option<String>,
    /// The part of the request that is meant.
    pub syntax: Option<String>,
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)?;
        if let Some(details) = &self.details {
            write!(f, ": {details}")?;
        }
        Ok(())
    }
}

impl RemoteError {
    /// Reads an `<error>`, string or object; anything else becomes the tag as it stands.
    pub fn decode(json: &RawValue) -> Self {
        #[derive(Deserialize)]
        struct Object<'m> {
            #[serde(borrow)]
            error: Cow<'m, str>,
            #[serde(borrow, default)]
            details: Option<Cow<'m, str>>,
            #[serde(borrow, default)]
            syntax: Option<Cow<'m, str>>,
        }
        if let Ok(tag) = serde_json::from_str::<String>(json.get()) {
            return Self {
                tag,
                details: None,
                syntax: None,
            };
        }
        match serde_json::from_str::<Object<'_>>(json.get()) {
            Ok(object) => Self {
                tag: object.error.into_owned(),
                details: object.details.map(Cow::into_owned),
                syntax: object.syntax.map(Cow::into_owned),
            },
            Err(_) => Self {
                tag: json.get().to_owned(),
                details: None,
                syntax: None,
            },
        }
    }
}

/// The text of a request.
///
/// # Errors
/// When a parameter has no JSON form, such as an infinite real.
pub fn encode_request(
    id: u64,
    method: &str,
    params: &impl Serialize,
) -> Result<Vec<u8>, serde_json::Error> {
    #[derive(Serialize)]
    struct Request<'a, P> {
        id: u64,
        method: &'a str,
        params: &'a P,
    }
    serde_json::to_vec(&Request { id, method, params })
}

/// The text of a notification.
///
/// # Errors
/// When a parameter has no JSON form.
pub fn encode_notification(
    method: &str,
    params: &impl Serialize,
) -> Result<Vec<u8>, serde_json::Error> {
    #[derive(Serialize)]
    struct Notification<'a, P> {
        id: (),
        method: &'a str,
        params: &'a P,
    }
    serde_json::to_vec(&Notification {
        id: (),
        method,
        params,
    })
}

/// The text of a reply without error.
///
/// # Errors
/// When the result has no JSON form.
pub fn encode_reply(id: &RawValue, result: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    #[derive(Serialize)]
    struct Reply<'a, R> {
        id: &'a RawValue,
        result: &'a R,
        error: (),
    }
    serde_json::to_vec(&Reply {
        id,
        result,
        error: (),
    })
}
