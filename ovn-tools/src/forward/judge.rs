//! The judge: what of a client's messages goes on to a server, in which words, and what is refused.
//!
//! A request goes on as it was understood here, written anew: no message can mean one thing to the
//! judge and another to the server.

use ovsdb_client::rpc::Envelope;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};

use crate::forward::reading::reads;

/// What a forwarded socket leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speech {
    /// A database server.
    Database,
    /// A daemon's control socket.
    Control,
}

/// What becomes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// This goes on.
    Pass(Vec<u8>),
    /// This is the answer; what was refused, in words.
    Refuse(Vec<u8>, String),
    /// It is none of the protocol, and the connection is to end.
    Break(String),
}

/// The methods of database servers that only read, but for `transact`.
const READING: [&str; 10] = [
    "list_dbs",
    "get_schema",
    "get_server_id",
    "monitor",
    "monitor_cond",
    "monitor_cond_since",
    "monitor_cond_change",
    "monitor_cancel",
    "set_db_change_aware",
    "echo",
];

/// The operations that only read.
const READING_OPERATIONS: [&str; 4] = ["select", "wait", "comment", "abort"];

/// The tag of ovsdb-server's refusals.
const NOT_ALLOWED: &str = "not allowed";

impl Speech {
    /// Judges a message of a client.
    pub(super) fn judge(self, message: &str) -> Verdict {
        let envelope = match Envelope::decode(message) {
            Ok(envelope) => envelope,
            Err(error) => return Verdict::Break(error.to_string()),
        };
        let verdict = match (self, envelope) {
            // The client answers the server's probe.
            (Self::Database, Envelope::Reply { .. }) => Ok(Verdict::Pass(message.into())),
            (
                Self::Database,
                Envelope::Notification {
                    method: "cancel",
                    params,
                },
            ) => again(None, "cancel", params),
            (Self::Database, Envelope::Request { id, method, params }) => {
                database_request(id, method, params)
            }
            (Self::Control, Envelope::Request { id, method, params }) => {
                control_request(id, method, params)
            }
            (_, Envelope::Notification { method, .. }) => {
                return Verdict::Break(format!(
                    "the notification {method:?} is none that a client sends"
                ));
            }
            (_, Envelope::Reply { .. }) => {
                return Verdict::Break("an answer to nothing".to_owned());
            }
        };
        verdict.unwrap_or_else(|error| Verdict::Break(error.to_string()))
    }
}

fn database_request(id: &RawValue, method: &str, params: &RawValue) -> serde_json::Result<Verdict> {
    if READING.contains(&method) {
        return again(Some(id), method, params);
    }
    if method == "transact" {
        return transaction(id, params);
    }
    // In the words of a server that is read-only.
    let details = match method {
        "lock" | "steal" | "unlock" => {
            "lock and unlock methods not allowed, DB server is read only.".to_owned()
        }
        method => {
            format!("{method} operation not allowed when database server is in read only mode")
        }
    };
    let error = json!({"error": NOT_ALLOWED, "details": details});
    refuse(id, Err(error), format!("{method} was refused"))
}

/// A transaction goes on when all of its operations read; else none of them does.
fn transaction(id: &RawValue, params: &RawValue) -> serde_json::Result<Verdict> {
    // What is judged is what is sent: of members of one name the last counts, here as there.
    let params: Vec<Json> = serde_json::from_str(params.get())?;
    let operations = params.get(1..).unwrap_or_default();
    let name = |operation: &Json| operation["op"].as_str().unwrap_or_default().to_owned();
    let changing = operations
        .iter()
        .position(|operation| !READING_OPERATIONS.contains(&name(operation).as_str()));
    let Some(at) = changing else {
        return again(Some(id), "transact", &params);
    };
    let name = name(&operations[at]);
    let error = json!({
        "error": NOT_ALLOWED,
        "details": format!("{name} operation not allowed when database server is in read only mode"),
    });
    // Those before it were not carried out either.
    let mut outcome = vec![Json::Null; at];
    outcome.push(error);
    refuse(
        id,
        Ok(json!(outcome)),
        format!("a transaction with {name} was refused"),
    )
}

fn control_request(id: &RawValue, method: &str, params: &RawValue) -> serde_json::Result<Verdict> {
    let arguments: Vec<String> = serde_json::from_str(params.get())?;
    if reads(method, &arguments) {
        return again(Some(id), method, &arguments);
    }
    let what = format!(
        "{method:?} is not allowed here: this socket is forwarded read-only, for commands that only read"
    );
    refuse(
        id,
        Err(json!(format!("{what}\n"))),
        format!("{method} was refused"),
    )
}

/// The message as it goes on.
fn again(
    id: Option<&RawValue>,
    method: &str,
    params: &(impl Serialize + ?Sized),
) -> serde_json::Result<Verdict> {
    #[derive(Serialize)]
    struct Message<'m, P: ?Sized> {
        id: Option<&'m RawValue>,
        method: &'m str,
        params: &'m P,
    }
    serde_json::to_vec(&Message { id, method, params }).map(Verdict::Pass)
}

fn refuse(id: &RawValue, outcome: Result<Json, Json>, what: String) -> serde_json::Result<Verdict> {
    #[derive(Serialize)]
    struct Reply<'m> {
        id: &'m RawValue,
        result: Option<Json>,
        error: Option<Json>,
    }
    let (result, error) = match outcome {
        Ok(result) => (Some(result), None),
        Err(error) => (None, Some(error)),
    };
    Ok(Verdict::Refuse(
        serde_json::to_vec(&Reply { id, result, error })?,
        what,
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(speech: Speech, message: &str) -> String {
        match speech.judge(message) {
            Verdict::Pass(bytes) => format!("pass {}", String::from_utf8_lossy(&bytes)),
            Verdict::Refuse(bytes, what) => format!("{what}: {}", String::from_utf8_lossy(&bytes)),
            Verdict::Break(why) => format!("break: {why}"),
        }
    }

    #[test]
    fn what_reads_goes_on_and_what_changes_is_refused_as_a_read_only_server_does() {
        let messages = [
            r#"{"method":"list_dbs","params":[],"id":1}"#,
            r#"{"method":"monitor","params":["D",null,{"T":{}}],"id":["a",2]}"#,
            r#"{"id":"echo","result":[],"error":null}"#,
            r#"{"method":"cancel","params":[7],"id":null}"#,
            r#"{"method":"transact","params":["D",{"op":"select","table":"T","where":[]},{"op":"abort"}],"id":3}"#,
            r#"{"method":"transact","params":["D",{"op":"select","table":"T","where":[]},{"op":"insert","table":"T","row":{}}],"id":4}"#,
            r#"{"method":"transact","params":["D",{"op":"select","op":"delete","table":"T","where":[]}],"id":5}"#,
            r#"{"method":"transact","params":["D",{"op":"delete","op":"select","table":"T","where":[]}],"id":6}"#,
            r#"{"method":"transact","params":["D","insert"],"id":7}"#,
            r#"{"method":"transact","params":["D"],"id":null}"#,
            r#"{"method":"lock","params":["x"],"id":8}"#,
            r#"{"method":"convert","params":["D",{}],"id":9}"#,
            r#"{"method":"transact","params":{},"id":10}"#,
            r#"[]"#,
        ];
        let told: Vec<String> = messages
            .map(|message| told(Speech::Database, message))
            .into();
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn daemons_are_asked_what_only_reads() {
        let messages = [
            r#"{"method":"ofproto/trace","params":["br-int","in_port=1"],"id":0}"#,
            r#"{"method":"exit","params":[],"id":1}"#,
            r#"{"method":"version","params":[1],"id":2}"#,
            r#"{"id":0,"result":"","error":null}"#,
        ];
        let told: Vec<String> = messages
            .map(|message| told(Speech::Control, message))
            .into();
        insta::assert_snapshot!(told.join("\n"));
    }

    proptest! {
        #[test]
        fn nothing_goes_on_that_changes(
            operations in proptest::collection::vec(
                prop::sample::select(vec!["select", "insert", "update", "mutate", "delete", "wait", "commit", "abort", "comment", "assert", ""]),
                0..5,
            ),
        ) {
            let operations: Vec<Json> = operations.iter().map(|op| json!({"op": op})).collect();
            let mut params = vec![json!("D")];
            params.extend(operations.iter().cloned());
            let message = json!({"method": "transact", "params": params, "id": 1}).to_string();
            let reads = operations.iter().all(|one| {
                READING_OPERATIONS.contains(&one["op"].as_str().unwrap_or_default())
            });
            let passes = matches!(Speech::Database.judge(&message), Verdict::Pass(_));
            prop_assert_eq!(passes, reads);
        }

        #[test]
        fn any_text_is_judged(text: String) {
            Speech::Database.judge(&text);
            Speech::Control.judge(&text);
        }
    }
}
