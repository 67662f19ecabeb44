//! Routes: `ip route show table all`.

use serde::Deserialize;

use crate::dump::Listing;
use crate::dump::kernel::words::{Words, json};

/// The table of a route that names none.
const MAIN: &str = "main";

/// What a route of no other kind is.
const UNICAST: &str = "unicast";

/// The kinds that stand before the destination.
///
/// **Source**: ip-route(8).
const KINDS: [&str; 10] = [
    UNICAST,
    "local",
    "broadcast",
    "multicast",
    "anycast",
    "throw",
    "unreachable",
    "prohibit",
    "blackhole",
    "nat",
];

/// One route.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// What becomes of the packets, such as `unicast`, `local` or `blackhole`.
    pub kind: String,
    /// The prefix, or `default`.
    pub destination: String,
    /// Where they go; several share them.
    pub hops: Vec<Hop>,
    /// The table.
    pub table: String,
    /// Who made it.
    pub protocol: Option<String>,
    /// The address that packets from this node get.
    pub source: Option<String>,
    /// Of several the least wins.
    pub metric: Option<u64>,
    /// What else is said, such as `onlink`, `linkdown` or `mtu 1400`.
    pub rest: Vec<String>,
}

/// Where packets go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hop {
    /// The router; `None` where the destination is on the link.
    pub gateway: Option<String>,
    /// The device.
    pub device: Option<String>,
    /// Its share among several.
    pub weight: Option<u64>,
}

#[derive(Deserialize)]
struct JsonRoute {
    #[serde(rename = "type")]
    kind: Option<String>,
    dst: String,
    gateway: Option<String>,
    via: Option<JsonVia>,
    dev: Option<String>,
    table: Option<String>,
    protocol: Option<String>,
    prefsrc: Option<String>,
    metric: Option<u64>,
    #[serde(default)]
    flags: Vec<String>,
    #[serde(default)]
    metrics: Vec<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    nexthops: Vec<JsonHop>,
}

#[derive(Deserialize)]
struct JsonVia {
    host: String,
}

#[derive(Deserialize)]
struct JsonHop {
    gateway: Option<String>,
    via: Option<JsonVia>,
    dev: Option<String>,
    weight: Option<u64>,
    #[serde(default)]
    flags: Vec<String>,
}

impl From<JsonRoute> for Route {
    fn from(json: JsonRoute) -> Self {
        let mut rest = json.flags;
        for (name, value) in json.metrics.into_iter().flatten() {
            rest.push(format!("{name} {value}"));
        }
        let mut hops = Vec::new();
        if json.dev.is_some() || json.gateway.is_some() || json.via.is_some() {
            hops.push(Hop {
                gateway: json.gateway.or(json.via.map(|via| via.host)),
                device: json.dev,
                weight: None,
            });
        }
        for hop in json.nexthops {
            rest.extend(hop.flags);
            hops.push(Hop {
                gateway: hop.gateway.or(hop.via.map(|via| via.host)),
                device: hop.dev,
                weight: hop.weight,
            });
        }
        Self {
            kind: json.kind.unwrap_or_else(|| UNICAST.to_owned()),
            destination: json.dst,
            hops,
            table: json.table.unwrap_or_else(|| MAIN.to_owned()),
            protocol: json.protocol,
            source: json.prefsrc,
            metric: json.metric,
            rest,
        }
    }
}

impl Route {
    /// Reads the output of `ip route`, in JSON or as text.
    pub fn list(text: &str) -> Listing<Self> {
        json::<JsonRoute, _>(text).unwrap_or_else(|| Self::list_text(text))
    }

    fn list_text(text: &str) -> Listing<Self> {
        let (mut items, mut other): (Vec<Self>, Vec<String>) = (Vec::new(), Vec::new());
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let mut words = Words::of(line);
            if words.peek() == Some("nexthop") && line.starts_with([' ', '\t']) {
                words.word();
                if let Some(route) = items.last_mut() {
                    let mut hop = Hop::default();
                    route.take(&mut hop, words);
                    route.hops.push(hop);
                    continue;
                }
            } else if let Some(route) = Self::parse(words) {
                items.push(route);
                continue;
            }
            other.push(line.trim().to_owned());
        }
        Listing { items, other }
    }

    fn parse(mut words: Words<'_>) -> Option<Self> {
        let first = words.word()?;
        let (kind, destination) = match KINDS.contains(&first) {
            true => (first, words.word()?),
            false => (UNICAST, first),
        };
        let is_prefix = |c: char| c.is_ascii_hexdigit() || ".:/".contains(c);
        if destination != "default" && !destination.chars().all(is_prefix) {
            return None;
        }
        let mut route = Self {
            kind: kind.to_owned(),
            destination: destination.to_owned(),
            table: MAIN.to_owned(),
            ..Self::default()
        };
        let mut hop = Hop::default();
        route.take(&mut hop, words);
        if hop != Hop::default() {
            route.hops.push(hop);
        }
        Some(route)
    }

    /// Takes names and values, those of a hop for `hop`.
    fn take(&mut self, hop: &mut Hop, mut words: Words<'_>) {
        let text = |word: Option<&str>| word.map(str::to_owned);
        while let Some(word) = words.word() {
            match word {
                "via" => {
                    let family = ["inet", "inet6"].contains(&words.peek().unwrap_or_default());
                    if family {
                        words.word();
                    }
                    hop.gateway = text(words.word());
                }
                "dev" => hop.device = text(words.word()),
                "weight" => hop.weight = words.number(),
                "table" => self.table = words.word().unwrap_or(MAIN).to_owned(),
                "proto" => self.protocol = text(words.word()),
                "src" => self.source = text(words.word()),
                "metric" => self.metric = words.number(),
                // They say nothing that the destination and the kind do not.
                "scope" | "pref" => {
                    words.word();
                }
                "mtu" | "advmss" | "hoplimit" | "error" | "expires" | "nhid" | "realm"
                | "realms" | "window" | "rtt" | "initcwnd" | "initrwnd" | "encap" => {
                    let value = words.word().unwrap_or_default();
                    self.rest.push(format!("{word} {value}"));
                }
                word => self.rest.push(word.to_owned()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // iproute2 6.15 on the node of a real stack.
    const TEXT: &str = "\
10.244.0.0/24 dev ovn-k8s-mp0 table 7 scope link 
unreachable default table 1010 metric 4278198272 
10.96.0.0/16 via 169.254.169.4 dev br-ex onlink mtu 1400 
10.244.0.0/24 dev ovn-k8s-mp0 proto kernel scope link src 10.244.0.2 
198.51.100.0/24 
\tnexthop via 172.18.0.1 dev br-ex weight 1 
\tnexthop via 172.18.0.12 dev br-ex weight 2 
fe80::/64 dev eth0 proto kernel metric 256 pref medium
RTNETLINK answers: Operation not permitted
";
    const JSON: &str = r#"[{"dst":"10.244.0.0/24","dev":"ovn-k8s-mp0","table":"7","scope":"link","flags":[]},{"type":"unreachable","dst":"default","table":"1010","metric":4278198272,"flags":[]},{"dst":"10.96.0.0/16","gateway":"169.254.169.4","dev":"br-ex","flags":["onlink"],"metrics":[{"mtu":1400}]},{"dst":"10.244.0.0/24","dev":"ovn-k8s-mp0","protocol":"kernel","scope":"link","prefsrc":"10.244.0.2","flags":[]},{"dst":"198.51.100.0/24","flags":[],"nexthops":[{"gateway":"172.18.0.1","dev":"br-ex","weight":1,"flags":[]},{"gateway":"172.18.0.12","dev":"br-ex","weight":2,"flags":[]}]},{"dst":"fe80::/64","dev":"eth0","protocol":"kernel","metric":256,"flags":[],"pref":"medium"}]"#;

    #[test]
    fn text_and_json_read_the_same() {
        let text = Route::list(TEXT);
        assert_eq!(text.items, Route::list(JSON).items);
        assert_eq!(text.items[4].hops.len(), 2);
        assert_eq!(text.items[2].rest, ["onlink", "mtu 1400"]);
        assert_eq!(text.other, ["RTNETLINK answers: Operation not permitted"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "((local |blackhole )?[0-9a-f.:/]{0,12} (via|dev|table|nexthop)? ?[a-z0-9 ]*\\n|\\PC*\\n){0,6}") {
            let _ = Route::list(&text);
        }
    }
}
