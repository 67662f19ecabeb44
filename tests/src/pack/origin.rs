//! Answers without what they say of where and when the rows were read.

use serde_json::Value as Json;

/// What tells where and when rows were read.
const ORIGIN: [&str; 5] = ["source", "address", "moment", "recorded", "sources"];
/// A value that moves on with the time.
const HEARTBEAT: &str = "e2e_timestamp";

/// Takes out of an answer what two readings of the same rows differ in.
pub fn forget(answer: &mut Json) {
    match answer {
        Json::Object(members) => {
            for origin in ORIGIN {
                members.remove(origin);
            }
            for (name, value) in members.iter_mut() {
                if name.ends_with(HEARTBEAT) && value.is_string() {
                    *value = Json::from("moves on");
                }
                forget(value);
            }
            if let Some(Json::String(summary)) = members.get_mut("summary") {
                *summary = summary.replace("recorded ", "").replace("live ", "");
            }
        }
        Json::Array(items) => items.iter_mut().for_each(forget),
        _ => {}
    }
}
