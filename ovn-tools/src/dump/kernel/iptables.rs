//! The rules of iptables: `iptables-save`, and the tables of `iptables -nvL` that collectors keep.

use crate::dump::Listing;

/// One rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// The table.
    pub table: String,
    /// The chain.
    pub chain: String,
    /// How many packets it counted.
    pub packets: Option<u64>,
    /// How many bytes.
    pub bytes: Option<u64>,
    /// Which packets it is for, in the words of the listing.
    pub selector: String,
    /// What becomes of them: a chain, or a target with its options.
    pub target: Option<String>,
    /// Its comment.
    pub comment: Option<String>,
}

/// What one line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A chain that the kernel enters, with what becomes of packets that no rule decides on.
    Chain {
        /// The table.
        table: String,
        /// The chain.
        name: String,
        /// `ACCEPT` or `DROP`.
        policy: String,
    },
    /// A rule.
    Rule(Rule),
}

/// What stands for no address, protocol or device in a table.
const ANY: [&str; 6] = ["*", "any", "0.0.0.0/0", "::/0", "0", "all"];

impl Item {
    /// Reads a listing of either kind. What stands under a line `*TABLE` is of that table.
    pub fn list(text: &str) -> Listing<Self> {
        let (mut items, mut other) = (Vec::new(), Vec::new());
        let mut table = "filter".to_owned();
        let mut chain: Option<String> = None;
        for line in text.lines().map(str::trim) {
            let is_heading = line.starts_with("pkts ") || line.starts_with("num ");
            if line.is_empty() || line.starts_with('#') || line == "COMMIT" || is_heading {
                continue;
            }
            if let Some(name) = line.strip_prefix('*').filter(|name| is_name(name)) {
                name.clone_into(&mut table);
                chain = None;
            } else if let Some(rest) = line.strip_prefix(':') {
                items.extend(policy(&table, rest));
            } else if let Some(rest) = line.strip_prefix("Chain ") {
                let name = rest.split_whitespace().next().unwrap_or_default();
                if let Some((_, policy)) = rest.split_once("(policy ") {
                    items.extend(self::policy(&table, &format!("{name} {policy}")));
                }
                chain = Some(name.to_owned());
            } else if let Some(rule) = saved(&table, line) {
                items.push(Self::Rule(rule));
            } else if let Some(rule) = chain
                .as_deref()
                .and_then(|chain| listed(&table, chain, line))
            {
                items.push(Self::Rule(rule));
            } else {
                other.push(line.to_owned());
            }
        }
        Listing { items, other }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// `INPUT ACCEPT [0:0]`; a chain of a user's own has `-` there.
fn policy(table: &str, rest: &str) -> Option<Item> {
    let mut words = rest.split_whitespace();
    let (name, policy) = (words.next()?, words.next()?);
    (policy != "-").then(|| Item::Chain {
        table: table.to_owned(),
        name: name.to_owned(),
        policy: policy.trim_end_matches(')').to_owned(),
    })
}

/// `[16:1751] -A OUTPUT -p tcp -j OVN-KUBE-ITP`
fn saved(table: &str, line: &str) -> Option<Rule> {
    let mut rule = Rule {
        table: table.to_owned(),
        ..Rule::default()
    };
    let mut rest = line;
    if let Some((counters, after)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) {
        let (packets, bytes) = counters.split_once(':')?;
        rule.packets = packets.parse().ok();
        rule.bytes = bytes.parse().ok();
        rest = after.trim_start();
    }
    let words = quoted(rest.strip_prefix("-A ")?);
    let mut words = words.into_iter().peekable();
    rule.chain = words.next()?;
    let (mut selector, mut target): (Vec<String>, Option<Vec<String>>) = (Vec::new(), None);
    while let Some(word) = words.next() {
        match (word.as_str(), &mut target) {
            ("--comment", _) => rule.comment = words.next(),
            ("-m", _) if words.peek().is_some_and(|module| module == "comment") => {
                words.next();
            }
            ("-j" | "-g", None) => target = Some(vec![words.next()?]),
            (_, Some(target)) => target.push(word),
            (_, None) => selector.push(word),
        }
    }
    rule.selector = selector.join(" ");
    rule.target = target.map(|target| target.join(" "));
    Some(rule)
}

/// The words of a line; what stands in double quotes is one.
fn quoted(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let (mut is_quoted, mut is_escaped) = (false, false);
    for c in line.chars() {
        match c {
            _ if is_escaped => {
                word.get_or_insert_default().push(c);
                is_escaped = false;
            }
            '\\' if is_quoted => is_escaped = true,
            '"' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !is_quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// `2 153 OVN-KUBE-ETP tcp -- eth0 * 0.0.0.0/0 10.0.0.1 tcp dpt:80 /* comment */`
fn listed(table: &str, chain: &str, line: &str) -> Option<Rule> {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let (packets, bytes) = (amount(words.first()?)?, amount(words.get(1)?)?);
    words.drain(..2);
    // A rule without a target has an empty column; the option column is never a target.
    let has_target = !matches!(words.get(1), Some(&("--" | "-f" | "!f")));
    let target = (has_target && !words.is_empty()).then(|| words.remove(0));
    let mut rest = words.split_off(6.min(words.len()));
    let [protocol, _, from, to, source, destination] = words.as_slice() else {
        return None;
    };
    let mut selector = Vec::new();
    for (option, value) in [
        ("-s", source),
        ("-d", destination),
        ("-i", from),
        ("-o", to),
        ("-p", protocol),
    ] {
        if !ANY.contains(value) {
            selector.push(format!("{option} {value}"));
        }
    }
    let comment = match (
        rest.iter().position(|word| *word == "/*"),
        rest.iter().position(|word| *word == "*/"),
    ) {
        (Some(start), Some(end)) if start < end => {
            let comment: Vec<&str> = rest.drain(start..=end).collect();
            Some(comment[1..comment.len() - 1].join(" "))
        }
        _ => None,
    };
    selector.extend(rest.iter().map(|&word| word.to_owned()));
    Some(Rule {
        table: table.to_owned(),
        chain: chain.to_owned(),
        packets: Some(packets),
        bytes: Some(bytes),
        selector: selector.join(" "),
        target: target.map(str::to_owned),
        comment,
    })
}

/// `153`, `12K`, `3M` or `4G`.
fn amount(text: &str) -> Option<u64> {
    let (number, factor) = match text.char_indices().next_back()? {
        (at, 'K') => (&text[..at], 1_000),
        (at, 'M') => (&text[..at], 1_000_000),
        (at, 'G') => (&text[..at], 1_000_000_000),
        (at, 'T') => (&text[..at], 1_000_000_000_000),
        _ => (text, 1_u64),
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // iptables 1.8.9 on the node of a real stack: `iptables-save -c`.
    const SAVED: &str = r#"# Generated by iptables-save v1.8.9 (nf_tables) on Sat Nov 21 03:29:33 2026
*mangle
:OUTPUT ACCEPT [0:0]
:OVN-KUBE-ITP - [0:0]
[16:1751] -A OUTPUT -j OVN-KUBE-ITP
[0:0] -A OVN-KUBE-ITP -d 10.96.0.20/32 -p tcp -m tcp --dport 8080 -j MARK --set-xmark 0x1745ec/0xffffffff
COMMIT
*filter
:INPUT DROP [0:0]
-A INPUT -i ovn-k8s-mp0 -m comment --comment "from \"OVN\" to localhost" -j ACCEPT
COMMIT
iptables-save: oops
"#;
    // The same node's `iptables -t nat -nvL`, and the form without a target.
    const LISTED: &str = "\
*nat
Chain PREROUTING (policy ACCEPT 0 packets, 0 bytes)
 pkts bytes target     prot opt in     out     source               destination         
    2  153K OVN-KUBE-ETP  0    --  *      *       0.0.0.0/0            0.0.0.0/0           
    3   175            tcp  --  eth0   *       10.0.0.0/8           0.0.0.0/0            tcp dpt:80 /* a web */

Chain OVN-KUBE-ETP (1 references)
 pkts bytes target     prot opt in     out     source               destination         
";

    #[test]
    fn both_forms_are_read() {
        let shown = |text: &str| {
            let listing = Item::list(text);
            let mut lines: Vec<String> = listing
                .items
                .iter()
                .map(|item| match item {
                    Item::Chain {
                        table,
                        name,
                        policy,
                    } => format!("{table} {name}: {policy}"),
                    Item::Rule(rule) => format!(
                        "{} {}: {:?}/{:?} [{}] -> {:?} {:?}",
                        rule.table,
                        rule.chain,
                        rule.packets,
                        rule.bytes,
                        rule.selector,
                        rule.target,
                        rule.comment
                    ),
                })
                .collect();
            lines.extend(
                listing
                    .other
                    .into_iter()
                    .map(|line| format!("other {line}")),
            );
            lines.join("\n")
        };
        insta::assert_snapshot!(shown(SAVED), @r#"
        mangle OUTPUT: ACCEPT
        mangle OUTPUT: Some(16)/Some(1751) [] -> Some("OVN-KUBE-ITP") None
        mangle OVN-KUBE-ITP: Some(0)/Some(0) [-d 10.96.0.20/32 -p tcp -m tcp --dport 8080] -> Some("MARK --set-xmark 0x1745ec/0xffffffff") None
        filter INPUT: DROP
        filter INPUT: None/None [-i ovn-k8s-mp0] -> Some("ACCEPT") Some("from \"OVN\" to localhost")
        other iptables-save: oops
        "#);
        insta::assert_snapshot!(shown(LISTED), @r#"
        nat PREROUTING: ACCEPT
        nat PREROUTING: Some(2)/Some(153000) [] -> Some("OVN-KUBE-ETP") None
        nat PREROUTING: Some(3)/Some(175) [-s 10.0.0.0/8 -i eth0 -p tcp tcp dpt:80] -> None Some("a web")
        "#);
    }

    #[test]
    fn a_line_that_ends_after_its_counters_is_no_rule() {
        assert!(listed("filter", "FORWARD", "0 0").is_none());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "((Chain |-A |\\[1:2\\] -A |\\*|:)?[A-Za-z0-9\"\\\\ */.-]*\\n|\\PC*\\n){0,8}") {
            let _ = Item::list(&text);
        }
    }
}
