//! The `flow_detrace` tool: the logical flow and the configuration behind OpenFlow cookies.

use ovn_schemas::sb;
use ovsdb_client::table::{Enumeration, Table};
use serde_json::{Value as Json, json};

use crate::database::Database;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::{node_of, none};
use crate::tool::origins::{Origins, with_needs};

/// Finds what OpenFlow flows were made from.
#[derive(Clone, Copy, Debug)]
pub struct FlowDetrace;

/// Which flows to trace back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Text with cookies in it: `0x19856ee8`, or lines of `ovs-ofctl dump-flows` or of a trace.
    pub cookies: Vec<String>,
    /// Only the databases of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// The digits of a cookie: the first group of a UUID.
const DIGITS: usize = 8;

impl Tool for FlowDetrace {
    const NAME: &'static str = "flow_detrace";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        if cookies(&params.cookies).is_empty() {
            return Err(ToolError::new("`cookies` holds no cookie")
                .hint("send cookies such as 0x19856ee8, or lines that hold them"));
        }
        Ok(with_needs(Needs::default()).column(Database::Sb, sb::datapath_binding::EXTERNAL_IDS))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        let wanted = cookies(&params.cookies);
        let mut rows: Vec<Vec<Json>> = Vec::new();
        let mut read_any = false;
        for read in snapshot.of(Database::Sb, node) {
            read_any = true;
            let nb = snapshot.of(Database::Nb, read.node.as_deref()).next();
            let origins = Origins::read(nb.map(|nb| &nb.rows), &read.rows);
            for flow in read.rows.rows::<sb::LogicalFlow>() {
                let uuid = flow.uuid().to_string();
                let Some(cookie) = uuid
                    .get(..DIGITS)
                    .filter(|digits| wanted.iter().any(|cookie| cookie == digits))
                else {
                    continue;
                };
                let datapath = flow
                    .logical_datapath()
                    .and_then(|datapath| read.rows.get(datapath));
                let name =
                    datapath.and_then(|row| row.external_ids().get("name").map(str::to_owned));
                rows.push(vec![
                    json!(format!("0x{cookie}")),
                    json!(node_of(read)),
                    json!(name),
                    json!(flow.pipeline().name()),
                    json!(origins.stage(cookie)),
                    json!(flow.priority()),
                    json!(flow.match_()),
                    json!(flow.actions()),
                    json!(origins.of_flow(cookie).map(|origin| origin.words())),
                ]);
            }
        }
        if !read_any {
            return Err(none(Database::Sb, node, snapshot));
        }
        rows.sort_by_key(|row| row.iter().map(Json::to_string).collect::<Vec<_>>());
        let known = wanted.iter().filter(|cookie| {
            let text = json!(format!("0x{cookie}"));
            rows.iter().any(|row| row.first() == Some(&text))
        });
        let found = format!(
            "{} of {} cookies belong to logical flows that are there",
            known.count(),
            wanted.len()
        );
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = [
            "cookie",
            "node",
            "datapath",
            "pipeline",
            "stage",
            "priority",
            "match",
            "actions",
            "made_from",
        ];
        Listing::page(found, &columns, rows, &params.page, question, snapshot)
    }
}

/// The cookies in the texts, as eight digits, ascending, each once.
fn cookies(texts: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for text in texts {
        let marked = text
            .match_indices("cookie")
            .map(|(at, word)| text[at + word.len()..].trim_start_matches(['=', ' ']));
        let mut candidates: Vec<&str> = marked.collect();
        if candidates.is_empty() {
            candidates = text.split([',', ' ', '\n']).collect();
        }
        for candidate in candidates {
            let digits = candidate.strip_prefix("0x").unwrap_or(candidate);
            let end = digits
                .find(|c: char| !c.is_ascii_hexdigit())
                .unwrap_or(digits.len());
            let digits = &digits[..end];
            if (1..=DIGITS).contains(&digits.len()) && digits.bytes().any(|digit| digit != b'0') {
                found.push(format!("{:0>DIGITS$}", digits.to_ascii_lowercase()));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> String {
        cookies(&[text.to_owned()]).join(" ")
    }

    #[test]
    fn cookies_are_found_in_whatever_holds_them() {
        assert_eq!(of("0xF235411"), "0f235411");
        assert_eq!(of("19856ee8, f235411"), "0f235411 19856ee8");
        assert_eq!(
            of(
                " cookie=0x19856ee8, duration=24.403s, table=0\n 8. x, priority 50, cookie 0xd2a2ab9f"
            ),
            "19856ee8 d2a2ab9f"
        );
        assert_eq!(of("cookie=0x0, table=0"), "");
        assert_eq!(of("0x123456789"), "");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = of(&text);
            let _ = of(&format!("cookie{text}"));
        }
    }
}
