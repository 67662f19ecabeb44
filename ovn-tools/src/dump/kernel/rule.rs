//! The rules that choose a routing table: `ip rule`.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::dump::Listing;
use crate::dump::kernel::words::{Words, json};

/// One rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Its place: the least is asked first.
    pub priority: u64,
    /// Which packets it is for, in the words of ip-rule(8).
    pub selector: String,
    /// The table that it chooses; `None` where it does something else.
    pub table: Option<String>,
    /// What it does instead.
    pub action: Option<String>,
}

#[derive(Deserialize)]
struct JsonRule {
    priority: u64,
    table: Option<String>,
    action: Option<String>,
    #[serde(flatten)]
    rest: serde_json::Map<String, Json>,
}

/// The members that stand in the selector as a name and a value, in the order of the text.
const PAIRS: [&str; 9] = [
    "tos", "fwmark", "iif", "oif", "uidrange", "ipproto", "sport", "dport", "tun_id",
];

impl From<JsonRule> for Rule {
    fn from(json: JsonRule) -> Self {
        let plain = |value: &Json| match value {
            Json::String(text) => text.clone(),
            value => value.to_string(),
        };
        let get = |name: &str| json.rest.get(name).map(plain);
        let mut selector = Vec::new();
        if json.rest.contains_key("not") {
            selector.push("not".to_owned());
        }
        for (word, name, length) in [("from", "src", "srclen"), ("to", "dst", "dstlen")] {
            if let Some(address) = get(name) {
                let length = get(length).map(|length| format!("/{length}"));
                selector.push(format!("{word} {address}{}", length.unwrap_or_default()));
            }
        }
        for name in PAIRS {
            if let Some(value) = get(name) {
                let mask = match name {
                    "fwmark" => get("fwmask").map(|mask| format!("/{mask}")),
                    _ => None,
                };
                selector.push(format!("{name} {value}{}", mask.unwrap_or_default()));
            }
        }
        if json.rest.contains_key("l3mdev") {
            selector.push("lookup [l3mdev-table]".to_owned());
        }
        Self {
            priority: json.priority,
            selector: selector.join(" "),
            table: json.table,
            action: json.action,
        }
    }
}

impl Rule {
    /// Reads the output of `ip rule`, in JSON or as text.
    pub fn list(text: &str) -> Listing<Self> {
        json::<JsonRule, _>(text).unwrap_or_else(|| Listing::read(text, |_| false, Self::parse))
    }

    /// `2000: from all fwmark 0x1003 lookup 1010`
    fn parse(line: &str) -> Option<Self> {
        let (priority, rest) = line.split_once(':')?;
        let mut rule = Self {
            priority: priority.parse().ok()?,
            ..Self::default()
        };
        let mut selector = Vec::new();
        let mut words = Words::of(rest);
        while let Some(word) = words.word() {
            match word {
                "lookup" if words.peek() == Some("[l3mdev-table]") => {
                    words.word();
                    selector.push("lookup [l3mdev-table]");
                }
                "lookup" => rule.table = words.word().map(str::to_owned),
                "goto" => {
                    rule.action = words.word().map(|target| format!("goto {target}"));
                }
                "unreachable" | "prohibit" | "blackhole" | "nop" => {
                    rule.action = Some(word.to_owned());
                }
                // How a table is asked is no part of the selector.
                "suppress_prefixlength" | "suppress_ifgroup" | "proto" | "realms" => {
                    words.word();
                }
                word => selector.push(word),
            }
        }
        rule.selector = selector.join(" ");
        Some(rule)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // iproute2 6.15 on the node of a real stack.
    const TEXT: &str = "\
0:\tfrom all lookup local
30:\tfrom all fwmark 0x1745ec lookup 7
1000:\tfrom all to 169.254.0.0/16 lookup main
2000:\tnot from all fwmark 0x1003/0xff iif eth0 lookup 1010
6000:\tfrom 10.244.0.5 unreachable
1:\tfrom all lookup [l3mdev-table]
Dump terminated
";
    const JSON: &str = r#"[{"priority":0,"src":"all","table":"local"},{"priority":30,"src":"all","fwmark":"0x1745ec","table":"7"},{"priority":1000,"src":"all","dst":"169.254.0.0","dstlen":16,"table":"main"},{"priority":2000,"not":null,"src":"all","fwmark":"0x1003","fwmask":"0xff","iif":"eth0","table":"1010"},{"priority":6000,"src":"10.244.0.5","action":"unreachable"},{"priority":1,"src":"all","l3mdev":null}]"#;

    #[test]
    fn text_and_json_read_the_same() {
        let text = Rule::list(TEXT);
        assert_eq!(text.items, Rule::list(JSON).items);
        assert_eq!(
            text.items[3].selector,
            "not from all fwmark 0x1003/0xff iif eth0"
        );
        assert_eq!(text.other, ["Dump terminated"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "(\\d*:\t(from|to|lookup|goto)? ?[a-z0-9./ ]*\\n|\\PC*\\n){0,6}") {
            let _ = Rule::list(&text);
        }
    }
}
