//! Legends: long texts that stand in many cells of an answer, told once, so that more rows fit.
//!
//! Names of nodes and datapaths repeat down the rows of one node. Where an answer does not fit its
//! budget they are called `~1`, `~2` and so on, and the answer's `legend` says what each is.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::schema::Object;

/// The member of an answer that says what the short names stand for.
pub const LEGEND: &str = "legend";
/// The member of an answer that holds rows.
const ROWS: &str = "rows";
/// What short names begin with. An answer with a text that begins so is left as it is.
const SIGN: char = '~';
/// The bytes of a short name as JSON, such as `"~12"`.
const SHORT_BYTES: usize = 5;
/// The fewest bytes of a text, quotes included, that gets a short name.
/// **Default and why**: 16; a word such as `router` is read faster than it is looked up.
const MIN_BYTES: usize = 16;
/// The fewest bytes that a short name must save.
/// **Default and why**: 40, some 18 tokens; a reader who has to look a name up loses more than a
/// few bytes are worth.
const MIN_SAVED: usize = 40;

/// Whether an answer of this schema has rows whose cells a legend may speak of.
pub fn is_of(output: &Object) -> bool {
    let rows = output.get("properties").and_then(|all| all.get(ROWS));
    rows.and_then(|rows| rows.get("items"))
        .and_then(|items| items.get("type"))
        .is_some_and(|kind| kind == "array")
}

/// Gives the texts that repeat short names, where that makes the answer shorter.
pub(super) fn shorten(answer: &mut Value) {
    let Value::Object(answer) = answer else {
        return;
    };
    let Some(Value::Array(rows)) = answer.get_mut(ROWS) else {
        return;
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let cells = rows.iter().filter_map(Value::as_array).flatten();
    for text in cells.filter_map(Value::as_str) {
        if text.starts_with(SIGN) {
            return;
        }
        *counts.entry(text).or_default() += 1;
    }
    let mut saved: Vec<(usize, String)> = counts
        .into_iter()
        .filter_map(|(text, count)| Some((saved(text, count)?, text.to_owned())))
        .collect();
    // The most worth has the shortest name; equal ones stay in order.
    saved.sort_by_key(|(saved, _)| std::cmp::Reverse(*saved));
    let mut legend = Map::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (number, (_, text)) in (1..).zip(saved) {
        let name = format!("{SIGN}{number}");
        legend.insert(name.clone(), text.clone().into());
        names.insert(text, name);
    }
    if legend.is_empty() {
        return;
    }
    for cell in rows.iter_mut().filter_map(Value::as_array_mut).flatten() {
        if let Some(name) = cell.as_str().and_then(|text| names.get(text)) {
            *cell = name.clone().into();
        }
    }
    answer.insert(LEGEND.to_owned(), legend.into());
}

/// How many bytes a short name for a text saves; `None` where that is not worth it.
fn saved(text: &str, count: usize) -> Option<usize> {
    let bytes = Value::from(text).to_string().len();
    if bytes < MIN_BYTES {
        return None;
    }
    let entry = bytes + SHORT_BYTES + 2;
    let saved = bytes.checked_sub(SHORT_BYTES)?.checked_mul(count)?;
    saved.checked_sub(entry).filter(|saved| *saved >= MIN_SAVED)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// The answer with the names of its legend written out.
    fn written_out(mut answer: Value) -> Value {
        let members = answer.as_object_mut().expect("an object");
        let legend = members.remove(LEGEND).unwrap_or_default();
        let rows = members["rows"].as_array_mut().expect("rows");
        for cell in rows.iter_mut().filter_map(Value::as_array_mut).flatten() {
            if let Some(text) = cell.as_str().and_then(|name| legend.get(name)) {
                *cell = text.clone();
            }
        }
        answer
    }

    #[test]
    fn long_texts_that_repeat_are_told_once() {
        let node = "ip-10-0-0-17.us-east-2.compute.internal";
        let row = |port: &str| json!([port, node, 7]);
        let mut answer = json!({"summary": "ports", "rows": [row("a"), row("b"), row("c")]});
        shorten(&mut answer);
        insta::assert_snapshot!(answer, @r#"{"summary":"ports","rows":[["a","~1",7],["b","~1",7],["c","~1",7]],"legend":{"~1":"ip-10-0-0-17.us-east-2.compute.internal"}}"#);
        let twice = json!({"rows": [["worker-a"], ["worker-a"]], "total": 2});
        let taken = json!({"rows": [[node, "~1"], [node, ""], [node, ""]]});
        let words = json!({"rows": [node, node, node]});
        for plain in [twice, taken, words, json!({"summary": node}), json!(7)] {
            let mut answer = plain.clone();
            shorten(&mut answer);
            assert_eq!(answer, plain);
        }
    }

    proptest! {
        #[test]
        fn an_answer_says_the_same_and_is_no_longer_than_before(
            rows in prop::collection::vec(prop::collection::vec("[~a-c]{0,2}x{0,30}", 0..4), 0..40)
        ) {
            let plain = json!({"rows": rows});
            let mut answer = plain.clone();
            shorten(&mut answer);
            prop_assert!(answer.to_string().len() <= plain.to_string().len());
            prop_assert_eq!(written_out(answer), plain);
        }
    }
}
