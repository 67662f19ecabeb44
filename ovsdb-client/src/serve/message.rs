//! Messages: what a client sends, read as strictly as a server reads it, and the answers.
//!
//! A server closes the connection on any message that is not exactly one of RFC 7047's kinds; a
//! client that has it right against this server has it right against a real one.
//!
//! **Source**: RFC 7047 §4; `jsonrpc_msg_from_json` of ovsdb-server 3.1.

use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};
use thiserror::Error;

/// One message of a client.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Message {
    Request {
        id: Json,
        method: String,
        params: Vec<Json>,
    },
    Notification {
        method: String,
        params: Vec<Json>,
    },
    /// The answer to the server's `echo`, the one request that servers make.
    Echoed,
}

/// A message is none that a server reads.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Malformed {
    /// The text is no JSON, or JSON that OVSDB excludes.
    #[error("a message is no JSON object")]
    Json(#[source] serde_json::Error),
    /// A string holds a NUL character, or a number is too small for a real.
    #[error("a message holds a NUL character or a subnormal number")]
    Excluded,
    /// A member has no place in a message, such as `jsonrpc`.
    #[error("a message has the unexpected member {0:?}")]
    Member(String),
    /// The members make it neither request nor notification nor reply.
    #[error("a message is neither a request nor a notification nor a reply")]
    Kind,
    /// A reply to nothing that was asked.
    #[error("a reply answers nothing that was asked")]
    Unasked,
}

/// The id of the server's own requests.
pub(crate) const ECHO: &str = "echo";

impl Message {
    /// Reads a message.
    ///
    /// # Errors
    /// [`Malformed`], on which a server closes the connection without a word.
    pub(crate) fn decode(text: &str) -> Result<Self, Malformed> {
        let mut members: Map<String, Json> = serde_json::from_str(text).map_err(Malformed::Json)?;
        if members
            .iter()
            .any(|(name, member)| name.contains('\0') || is_excluded(member))
        {
            return Err(Malformed::Excluded);
        }
        let method = match members.remove("method") {
            None => None,
            Some(Json::String(method)) => Some(method),
            Some(_) => return Err(Malformed::Kind),
        };
        let [params, result, error, id] = ["params", "result", "error", "id"]
            .map(|name| members.remove(name).filter(|member| !member.is_null()));
        if let Some((name, _)) = members.into_iter().next() {
            return Err(Malformed::Member(name));
        }
        match (method, params, result, error, id) {
            (Some(method), Some(Json::Array(params)), None, None, Some(id)) => {
                Ok(Self::Request { id, method, params })
            }
            (Some(method), Some(Json::Array(params)), None, None, None) => {
                Ok(Self::Notification { method, params })
            }
            (None, None, Some(_), None, Some(id)) if id == ECHO => Ok(Self::Echoed),
            (None, None, Some(_), None, Some(_)) | (None, None, None, Some(_), Some(_)) => {
                Err(Malformed::Unasked)
            }
            _ => Err(Malformed::Kind),
        }
    }
}

/// Whether a value is one that OVSDB's readers refuse. The nesting is bounded by the parser.
fn is_excluded(json: &Json) -> bool {
    match json {
        Json::String(text) => text.contains('\0'),
        Json::Number(number) => number.as_f64().is_some_and(f64::is_subnormal),
        Json::Array(elements) => elements.iter().any(is_excluded),
        Json::Object(members) => members
            .iter()
            .any(|(name, member)| name.contains('\0') || is_excluded(member)),
        Json::Null | Json::Bool(_) => false,
    }
}

/// A result, or an error: its text or its object.
pub(crate) type Answer = Result<Box<RawValue>, Box<RawValue>>;

/// A value's JSON text. Everything that is answered has one; were it otherwise, null would stand.
pub(crate) fn raw(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

/// The text of a reply. An error's has no `result` at all, as a real server's has none.
pub(crate) fn encode_answer(id: &Json, answer: &Answer) -> Vec<u8> {
    #[derive(Serialize)]
    struct Success<'a> {
        id: &'a Json,
        result: &'a RawValue,
        error: (),
    }
    #[derive(Serialize)]
    struct Failure<'a> {
        id: &'a Json,
        error: &'a RawValue,
    }
    match answer {
        Ok(result) => bytes(&Success {
            id,
            result,
            error: (),
        }),
        Err(error) => bytes(&Failure { id, error }),
    }
}

/// The text of a notification.
pub(crate) fn encode_notice(method: &str, params: &impl Serialize) -> Vec<u8> {
    #[derive(Serialize)]
    struct Notice<'a, P> {
        id: (),
        method: &'a str,
        params: &'a P,
    }
    bytes(&Notice {
        id: (),
        method,
        params,
    })
}

/// The text of the server's question for a sign of life.
pub(crate) fn encode_echo() -> Vec<u8> {
    #[derive(Serialize)]
    struct Echo {
        id: &'static str,
        method: &'static str,
        params: [(); 0],
    }
    bytes(&Echo {
        id: ECHO,
        method: ECHO,
        params: [],
    })
}

fn bytes(message: &impl Serialize) -> Vec<u8> {
    raw(message).get().as_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match Message::decode(text) {
            Ok(Message::Request { id, method, params }) => {
                format!("request {id} {method} {}", Json::from(params))
            }
            Ok(Message::Notification { method, params }) => {
                format!("notification {method} {}", Json::from(params))
            }
            Ok(Message::Echoed) => "echoed".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    // Which of these close the connection was seen on ovsdb-server 3.1.0; a live test sends them.
    #[test]
    fn messages_are_read_as_strictly_as_a_server_reads_them() {
        let read: Vec<String> = [
            r#"{"method":"m","params":[],"id":0}"#,
            r#"{"method":"m","params":[1],"id":["x"],"error":null,"result":null}"#,
            r#"{"method":"m","params":[],"id":null}"#,
            r#"{"method":"m","params":[]}"#,
            r#"{"id":"echo","result":[],"error":null}"#,
            r#"{"id":"echo","error":"no"}"#,
            r#"{"id":3,"result":[],"error":null}"#,
            r#"{"method":"m","params":null,"id":0}"#,
            r#"{"method":"m","params":{},"id":0}"#,
            r#"{"method":"m","id":0}"#,
            r#"{"method":null,"params":[],"id":0}"#,
            r#"{"method":"m","params":[],"id":0,"jsonrpc":"2.0"}"#,
            r#"{"method":"m","params":[],"id":0,"result":1}"#,
            r#"{"method":"m","params":["\u0000"],"id":0}"#,
            r#"{"method":"m","params":["\ud800"],"id":0}"#,
            r#"{"method":"m","params":[3e-320],"id":0}"#,
            r#"{"method":"m","params":[1e400],"id":0}"#,
            r#"{"method":"m","params":[01],"id":0}"#,
            "{}",
        ]
        .map(check)
        .to_vec();
        insta::assert_snapshot!(read.join("\n"), @r#"
        request 0 m []
        request ["x"] m [1]
        notification m []
        notification m []
        echoed
        a reply answers nothing that was asked
        a reply answers nothing that was asked
        a message is neither a request nor a notification nor a reply
        a message is neither a request nor a notification nor a reply
        a message is neither a request nor a notification nor a reply
        a message is neither a request nor a notification nor a reply
        a message has the unexpected member "jsonrpc"
        a message is neither a request nor a notification nor a reply
        a message holds a NUL character or a subnormal number
        a message is no JSON object
        a message holds a NUL character or a subnormal number
        a message is no JSON object
        a message is no JSON object
        a message is neither a request nor a notification nor a reply
        "#);
    }
}
