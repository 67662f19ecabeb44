//! The rules of nftables: `nft list ruleset`.

use serde_json::Value as Json;

use crate::dump::Listing;
use crate::dump::kernel::expression::statements;

/// A rule, with where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// The family, such as `ip` or `inet`.
    pub family: String,
    /// The table.
    pub table: String,
    /// The chain.
    pub chain: String,
    /// Its number.
    pub handle: Option<u64>,
    /// What it says, in the words of nft(8), without its counter and comment.
    pub text: String,
    /// How many packets it counted; `None` where it counts none.
    pub packets: Option<u64>,
    /// How many bytes.
    pub bytes: Option<u64>,
    /// Its comment.
    pub comment: Option<String>,
}

/// A chain, with where it is hooked in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// The family.
    pub family: String,
    /// The table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// Where packets enter it; `None` for a chain that others jump to.
    pub hook: Option<String>,
    /// Its place among those of the hook.
    pub priority: Option<String>,
    /// What becomes of packets that no rule decides on.
    pub policy: Option<String>,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruleset {
    /// The chains, in order.
    pub chains: Vec<Chain>,
    /// The rules, in order.
    pub rules: Vec<Rule>,
    /// How many sets and maps there are.
    pub sets: usize,
}

impl Ruleset {
    /// Reads the output of `nft list ruleset`, in JSON or as text.
    pub fn read(text: &str) -> Listing<Self> {
        let json: Option<Json> = match text.trim_start().starts_with('{') {
            true => serde_json::from_str(text).ok(),
            false => None,
        };
        let (mut ruleset, mut other) = (Self::default(), Vec::new());
        match json.as_ref().and_then(|json| json.get("nftables")) {
            Some(objects) => {
                for object in objects.as_array().into_iter().flatten() {
                    ruleset.add(object);
                }
            }
            None => ruleset.read_text(text, &mut other),
        }
        Listing {
            items: vec![ruleset],
            other,
        }
    }

    fn add(&mut self, object: &Json) {
        let Some((name, body)) = object.as_object().and_then(|object| object.iter().next()) else {
            return;
        };
        let text = |name: &str| match body.get(name) {
            Some(Json::String(text)) => Some(text.clone()),
            Some(value @ Json::Number(_)) => Some(value.to_string()),
            _ => None,
        };
        let named = |name: &str| text(name).unwrap_or_default();
        match name.as_str() {
            "chain" => self.chains.push(Chain {
                family: named("family"),
                table: named("table"),
                name: named("name"),
                hook: text("hook"),
                priority: text("prio"),
                policy: text("policy"),
            }),
            "rule" => {
                let empty = Vec::new();
                let all = body.get("expr").and_then(Json::as_array).unwrap_or(&empty);
                let counter = all.iter().find_map(|statement| statement.get("counter"));
                let count = |name: &str| counter?.get(name)?.as_u64();
                let rest: Vec<Json> = all
                    .iter()
                    .filter(|statement| statement.get("counter").is_none())
                    .cloned()
                    .collect();
                self.rules.push(Rule {
                    family: named("family"),
                    table: named("table"),
                    chain: named("chain"),
                    handle: body.get("handle").and_then(Json::as_u64),
                    text: statements(&rest),
                    packets: count("packets"),
                    bytes: count("bytes"),
                    comment: text("comment"),
                });
            }
            "set" | "map" => self.sets += 1,
            _ => {}
        }
    }

    fn read_text(&mut self, text: &str, other: &mut Vec<String>) {
        let mut table: Option<(String, String)> = None;
        let mut inside: Option<Block> = None;
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (body, handle) = without_handle(line);
            if let Some(head) = body.strip_suffix('{').map(str::trim_end) {
                let words: Vec<&str> = head.split_whitespace().collect();
                match (words.as_slice(), &table) {
                    (["table", family, name], _) => {
                        table = Some(((*family).to_owned(), (*name).to_owned()));
                        continue;
                    }
                    (["chain", name], Some((family, table))) => {
                        self.chains.push(Chain {
                            family: family.clone(),
                            table: table.clone(),
                            name: (*name).to_owned(),
                            ..Chain::default()
                        });
                        inside = Some(Block::Chain);
                        continue;
                    }
                    ([kind, _], Some(_)) => {
                        self.sets += usize::from(*kind == "set" || *kind == "map");
                        inside = Some(Block::Other);
                        continue;
                    }
                    _ => {}
                }
            }
            if body == "}" {
                if inside.take().is_none() {
                    table = None;
                }
                continue;
            }
            match (&inside, self.chains.last_mut()) {
                (Some(Block::Chain), Some(chain)) if body.starts_with("type ") => {
                    hook(chain, body);
                }
                (Some(Block::Chain), Some(chain)) => {
                    let chain = chain.clone();
                    self.rules.push(rule(&chain, body, handle));
                }
                (Some(Block::Other), _) => {}
                _ => other.push(line.to_owned()),
            }
        }
    }
}

/// What a line stands in.
enum Block {
    Chain,
    /// A set, a map or another object, whose content is not told.
    Other,
}

/// The line and the number behind it.
fn without_handle(line: &str) -> (&str, Option<u64>) {
    match line.rsplit_once("# handle ") {
        Some((body, handle)) => (body.trim_end(), handle.trim().parse().ok()),
        None => (line, None),
    }
}

/// `type nat hook prerouting priority dstnat; policy accept;`
fn hook(chain: &mut Chain, line: &str) {
    for part in line.split(';') {
        let words: Vec<&str> = part.split_whitespace().collect();
        let after = |name: &str| {
            let at = words.iter().position(|word| *word == name)?;
            words.get(at + 1)
        };
        if let Some(hook) = after("hook") {
            chain.hook = Some((*hook).to_owned());
        }
        if let Some(at) = words.iter().position(|word| *word == "priority") {
            chain.priority = Some(words[at + 1..].join(" "));
        }
        if let Some(policy) = after("policy") {
            chain.policy = Some((*policy).to_owned());
        }
    }
}

fn rule(chain: &Chain, line: &str, handle: Option<u64>) -> Rule {
    let (line, comment) = match line.split_once("comment \"") {
        Some((before, comment)) => (before.trim_end(), Some(comment.trim_end_matches('"'))),
        None => (line, None),
    };
    let mut rule = Rule {
        family: chain.family.clone(),
        table: chain.table.clone(),
        chain: chain.name.clone(),
        handle,
        comment: comment.map(str::to_owned),
        ..Rule::default()
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let counter = words
        .windows(5)
        .position(|five| five[0] == "counter" && five[1] == "packets" && five[3] == "bytes");
    let text = match counter {
        Some(at) => {
            rule.packets = words[at + 2].parse().ok();
            rule.bytes = words[at + 4].parse().ok();
            [&words[..at], &words[at + 5..]].concat()
        }
        None => words,
    };
    rule.text = text.join(" ");
    rule
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // nft 1.0.6 on the node of a real stack.
    const TEXT: &str = "\
# Warning: table ip nat is managed by iptables-nft, do not touch!
table ip nat { # handle 1
\tset nodes { # handle 9
\t\ttype ipv4_addr
\t\telements = { 10.0.0.1,
\t\t\t     10.0.0.2 }
\t}
\tchain OVN-KUBE-NODEPORT { # handle 1
\t\tmeta l4proto tcp fib daddr type local tcp dport 30080 counter packets 2 bytes 120 dnat to 10.96.0.10:80 # handle 19
\t\t counter packets 3 bytes 175 snat to 10.244.0.2 # handle 22
\t\tip daddr 203.0.113.0/24 drop comment \"no way\" # handle 23
\t}

\tchain PREROUTING { # handle 7
\t\ttype nat hook prerouting priority dstnat; policy accept;
\t\tcounter packets 2 bytes 153 jump OVN-KUBE-ETP # handle 8
\t}
}
Error: what
";
    const JSON: &str = r#"{"nftables": [{"metainfo": {"version": "1.0.6", "json_schema_version": 1}}, {"table": {"family": "ip", "name": "nat", "handle": 1}}, {"set": {"family": "ip", "name": "nodes", "table": "nat", "type": "ipv4_addr", "handle": 9, "elem": ["10.0.0.1", "10.0.0.2"]}}, {"chain": {"family": "ip", "table": "nat", "name": "OVN-KUBE-NODEPORT", "handle": 1}}, {"chain": {"family": "ip", "table": "nat", "name": "PREROUTING", "handle": 7, "type": "nat", "hook": "prerouting", "prio": -100, "policy": "accept"}}, {"rule": {"family": "ip", "table": "nat", "chain": "OVN-KUBE-NODEPORT", "handle": 19, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "l4proto"}}, "right": "tcp"}}, {"match": {"op": "==", "left": {"fib": {"result": "type", "flags": "daddr"}}, "right": "local"}}, {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 30080}}, {"counter": {"packets": 2, "bytes": 120}}, {"dnat": {"addr": "10.96.0.10", "port": 80}}]}}, {"rule": {"family": "ip", "table": "nat", "chain": "OVN-KUBE-NODEPORT", "handle": 22, "expr": [{"counter": {"packets": 3, "bytes": 175}}, {"snat": {"addr": "10.244.0.2"}}]}}, {"rule": {"family": "ip", "table": "nat", "chain": "OVN-KUBE-NODEPORT", "handle": 23, "comment": "no way", "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": {"prefix": {"addr": "203.0.113.0", "len": 24}}}}, {"drop": null}]}}, {"rule": {"family": "ip", "table": "nat", "chain": "PREROUTING", "handle": 8, "expr": [{"counter": {"packets": 2, "bytes": 153}}, {"jump": {"target": "OVN-KUBE-ETP"}}]}}]}"#;

    #[test]
    fn text_and_json_read_the_same_rules() {
        let text = Ruleset::read(TEXT);
        let json = Ruleset::read(JSON);
        assert_eq!(text.items[0].rules, json.items[0].rules);
        assert_eq!((text.items[0].sets, json.items[0].sets), (1, 1));
        let chains = |ruleset: &Ruleset| {
            let chains = ruleset.chains.iter();
            chains
                .map(|chain| (chain.name.clone(), chain.hook.clone(), chain.policy.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(chains(&text.items[0]), chains(&json.items[0]));
        assert_eq!(text.other, ["Error: what"]);
        let rules: Vec<&str> = text.items[0].rules.iter().map(|rule| &*rule.text).collect();
        insta::assert_snapshot!(rules.join("\n"), @"
        meta l4proto tcp fib daddr type local tcp dport 30080 dnat to 10.96.0.10:80
        snat to 10.244.0.2
        ip daddr 203.0.113.0/24 drop
        jump OVN-KUBE-ETP
        ");
    }

    #[test]
    fn statements_of_every_kind_stand_in_words_or_as_their_json() {
        let statements_of = |json: &str| {
            let json: Vec<Json> = serde_json::from_str(json).expect("an array");
            statements(&json)
        };
        let words = [
            r#"[{"match": {"op": "!=", "left": {"meta": {"key": "iifname"}}, "right": {"set": ["eth0", {"range": [1, 9]}]}}}, {"accept": null}]"#,
            r#"[{"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["new", "established"]}}, {"reject": {"type": "icmp", "expr": "port-unreachable"}}]"#,
            r#"[{"vmap": {"key": {"concat": [{"payload": {"protocol": "ip", "field": "saddr"}}, {"meta": {"key": "mark"}}]}, "data": {"set": [[1, {"drop": null}], [2, {"jump": {"target": "c"}}]]}}}]"#,
            r#"[{"mangle": {"key": {"meta": {"key": "mark"}}, "value": {"|": [{"meta": {"key": "mark"}}, 4]}}}, {"limit": {"rate": 5, "per": "second"}}, {"log": {"prefix": "x"}}]"#,
            r#"[{"dnat": {"addr": "fd00::1", "port": 80}}, {"masquerade": null}, {"xt": {"type": "match", "name": "owner"}}, {"tproxy": {"port": 5}}]"#,
        ]
        .map(statements_of);
        insta::assert_snapshot!(words.join("\n"), @r#"
        iifname != { eth0, 1-9 } accept
        ct state new,established reject with icmp port-unreachable
        ip saddr . meta mark vmap { 1 : drop, 2 : jump c }
        meta mark set meta mark | 4 limit rate 5/second log prefix "x"
        dnat to [fd00::1]:80 masquerade xt match owner {"tproxy":{"port":5}}
        "#);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "((table|chain|set|type|counter packets 1 bytes 2)? ?[a-z]* ?[{};]?\\n|\\PC*\\n){0,8}") {
            let _ = Ruleset::read(&text);
        }
    }
}
