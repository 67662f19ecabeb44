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
        // Serde would read an array as the members in their order.
        if text.trim_start().starts_with('[') {
            return Err(EnvelopeError::Kind);
        }
        let members: Members<'m> = serde_json::from_str(text).map_err(EnvelopeError::Json)?;
        let id = members.id;
        if let Some(method) = members.method {
            let method: &'m str =
                serde_json::from_str(method.get()).map_err(|_| EnvelopeError::Kind)?;
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
    /// The tag of a transaction that was cancelled, at the client's wish or because its database
    /// was converted.
    pub const CANCELED: &'static str = "canceled";

    /// What a server says of a transaction that was cancelled.
    pub(crate) fn canceled() -> Self {
        Self {
            tag: Self::CANCELED.to_owned(),
            details: None,
            syntax: None,
        }
    }

    /// Whether a transaction was cancelled.
    pub fn is_canceled(&self) -> bool {
        self.tag == Self::CANCELED
    }

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

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;
    use crate::value::Atom;

    /// The messages' kinds and parts, or what is wrong with them.
    fn check(messages: &[&str]) -> String {
        let mut report = String::new();
        for message in messages {
            let line = match Envelope::decode(message) {
                Ok(Envelope::Request { id, method, params }) => {
                    format!("request {id} of {method} with {params}")
                }
                Ok(Envelope::Notification { method, params }) => {
                    format!("notification of {method} with {params}")
                }
                Ok(Envelope::Reply { id, result }) => match result {
                    Ok(result) => format!("reply {id}: {result}"),
                    Err(error) => format!("reply {id}: error: {}", RemoteError::decode(error)),
                },
                Err(error) => match error.source() {
                    Some(cause) => format!("error: {error}: {cause}"),
                    None => format!("error: {error}"),
                },
            };
            report += &format!("{message} => {line}\n");
        }
        report
    }

    #[test]
    fn a_reply_holds_a_result_or_an_error() {
        insta::assert_snapshot!(check(&[
            r#"{"id":1,"result":{},"error":null}"#,
            r#"{"id":1,"result":{}}"#,
            r#"{"id":1,"result":null,"error":null}"#,
            r#"{"id":1,"result":null}"#,
            r#"{"id":1,"error":"unknown method"}"#,
            r#"{"id":1,"result":null,"error":"canceled"}"#,
            r#"{"id":1,"result":[],"error":"both"}"#,
            r#"{"id":1,"error":{"error":"unknown database","details":"no T","syntax":"[\"T\"]"}}"#,
            r#"{"id":1,"error":{"error":"I/O error","io-error":"disk full","details":null}}"#,
            r#"{"id":1,"error":{"details":"no tag"}}"#,
            r#"{"id":1,"error":[1, 2]}"#,
            r#"{"id":1,"error":false}"#,
            r#"{"id":["a",{}],"result":0,"more":[{}],"jsonrpc":"2.0"}"#,
            r#"{"id":1,"error":null}"#,
            r#"{"id":1}"#,
            r#"{"id":null,"result":{},"error":null}"#,
            r#"{"result":{}}"#,
        ]), @r#"
        {"id":1,"result":{},"error":null} => reply 1: {}
        {"id":1,"result":{}} => reply 1: {}
        {"id":1,"result":null,"error":null} => reply 1: null
        {"id":1,"result":null} => reply 1: null
        {"id":1,"error":"unknown method"} => reply 1: error: unknown method
        {"id":1,"result":null,"error":"canceled"} => reply 1: error: canceled
        {"id":1,"result":[],"error":"both"} => reply 1: error: both
        {"id":1,"error":{"error":"unknown database","details":"no T","syntax":"[\"T\"]"}} => reply 1: error: unknown database: no T
        {"id":1,"error":{"error":"I/O error","io-error":"disk full","details":null}} => reply 1: error: I/O error
        {"id":1,"error":{"details":"no tag"}} => reply 1: error: {"details":"no tag"}
        {"id":1,"error":[1, 2]} => reply 1: error: [1, 2]
        {"id":1,"error":false} => reply 1: error: false
        {"id":["a",{}],"result":0,"more":[{}],"jsonrpc":"2.0"} => reply ["a",{}]: 0
        {"id":1,"error":null} => error: a message is neither a request nor a notification nor a reply
        {"id":1} => error: a message is neither a request nor a notification nor a reply
        {"id":null,"result":{},"error":null} => error: a message is neither a request nor a notification nor a reply
        {"result":{}} => error: a message is neither a request nor a notification nor a reply
        "#);
    }

    #[test]
    fn a_method_makes_a_request_or_without_id_a_notification() {
        insta::assert_snapshot!(check(&[
            r#"{"id":"echo","method":"echo","params":[]}"#,
            r#"{"id":0,"method":"echo","params":[],"result":null,"error":null}"#,
            r#"{"id":null,"method":"update2","params":["m",{}]}"#,
            r#"{"method":"update","params":["m",{}],"more":1}"#,
            r#"{"id":1,"method":"get_server_id","params":null}"#,
            r#"{"id":1,"method":"get_server_id"}"#,
            r#"{"id":1,"method":7,"params":[]}"#,
        ]), @r#"
        {"id":"echo","method":"echo","params":[]} => request "echo" of echo with []
        {"id":0,"method":"echo","params":[],"result":null,"error":null} => request 0 of echo with []
        {"id":null,"method":"update2","params":["m",{}]} => notification of update2 with ["m",{}]
        {"method":"update","params":["m",{}],"more":1} => notification of update with ["m",{}]
        {"id":1,"method":"get_server_id","params":null} => error: a message is neither a request nor a notification nor a reply
        {"id":1,"method":"get_server_id"} => error: a message is neither a request nor a notification nor a reply
        {"id":1,"method":7,"params":[]} => error: a message is neither a request nor a notification nor a reply
        "#);
    }

    #[test]
    fn other_texts_are_no_messages() {
        insta::assert_snapshot!(check(&["", "[]", r#"[1,"echo",[]]"#, "1", "{}", "{\"id\":", "{\"id\":1}x"]), @r#"
         => error: a message is no JSON object: EOF while parsing a value at line 1 column 0
        [] => error: a message is neither a request nor a notification nor a reply
        [1,"echo",[]] => error: a message is neither a request nor a notification nor a reply
        1 => error: a message is no JSON object: invalid type: integer `1`, expected struct Members at line 1 column 1
        {} => error: a message is neither a request nor a notification nor a reply
        {"id": => error: a message is no JSON object: EOF while parsing a value at line 1 column 6
        {"id":1}x => error: a message is no JSON object: trailing characters at line 1 column 9
        "#);
    }

    #[test]
    fn messages_are_written_with_the_members_that_servers_take_and_no_other() {
        let text = |bytes: Result<Vec<u8>, serde_json::Error>| match bytes {
            Ok(bytes) => String::from_utf8(bytes).unwrap(),
            Err(error) => format!("error: {error}"),
        };
        let id = serde_json::value::to_raw_value("echo").unwrap();
        let unsendable = Atom::from(f64::NAN);
        let messages = [
            text(encode_request(7, "get_server_id", &[(); 0])),
            text(encode_request(8, "transact", &("T", unsendable))),
            text(encode_notification("cancel", &[7])),
            text(encode_reply(&id, &["a"])),
        ];
        insta::assert_snapshot!(messages.join("\n"), @r#"
        {"id":7,"method":"get_server_id","params":[]}
        error: NaN cannot be sent: no finite normal real
        {"id":null,"method":"cancel","params":[7]}
        {"id":"echo","result":["a"],"error":null}
        "#);
    }
}
