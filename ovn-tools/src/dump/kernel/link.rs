//! Devices with their addresses and counters: `ip link` and `ip address`.

use serde::Deserialize;

use crate::dump::Listing;
use crate::dump::kernel::words::{Words, json};

/// One network device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: Option<u64>,
    /// The number of its other end, of whichever network namespace that is.
    pub other_end: Option<u64>,
    /// The number by which this network namespace knows that of the other end; `None` where both
    /// are in the same one.
    pub other_namespace: Option<u64>,
    /// Its flags, such as `UP`.
    pub flags: Vec<String>,
    /// The most bytes of one packet.
    pub mtu: Option<u64>,
    /// Its state, such as `UP`, `DOWN` or `UNKNOWN`.
    pub state: Option<String>,
    /// The bridge, bond, VRF or switch that it belongs to.
    pub master: Option<String>,
    /// What kind it is, such as `veth` or `geneve`; `None` for hardware, or where it is not told.
    pub kind: Option<String>,
    /// Its MAC address.
    pub mac: Option<String>,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// What it received.
    pub received: Option<Counters>,
    /// What it sent.
    pub sent: Option<Counters>,
}

/// An address of a device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The address with its prefix, such as `10.0.0.1/24`.
    pub prefix: String,
    /// How far it is valid, such as `global` or `link`.
    pub scope: Option<String>,
    /// What else is said of it, such as `deprecated` or `tentative`.
    pub flags: Vec<String>,
}

/// Counters of one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Bytes.
    pub bytes: u64,
    /// Packets.
    pub packets: u64,
    /// Packets with errors.
    pub errors: u64,
    /// Packets dropped.
    pub dropped: u64,
}

/// Flags that an address has in the text.
const ADDRESS_FLAGS: [&str; 10] = [
    "secondary",
    "deprecated",
    "tentative",
    "dadfailed",
    "dynamic",
    "temporary",
    "mngtmpaddr",
    "noprefixroute",
    "nodad",
    "home",
];

#[derive(Deserialize)]
struct JsonLink {
    ifname: String,
    ifindex: Option<u64>,
    link_index: Option<u64>,
    link_netnsid: Option<u64>,
    #[serde(default)]
    flags: Vec<String>,
    mtu: Option<u64>,
    operstate: Option<String>,
    master: Option<String>,
    address: Option<String>,
    linkinfo: Option<JsonInfo>,
    #[serde(default)]
    addr_info: Vec<serde_json::Map<String, serde_json::Value>>,
    #[serde(alias = "stats")]
    stats64: Option<JsonStatistics>,
}

#[derive(Deserialize)]
struct JsonInfo {
    info_kind: Option<String>,
}

#[derive(Deserialize)]
struct JsonStatistics {
    rx: Option<JsonCounters>,
    tx: Option<JsonCounters>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(default)]
#[derive(Default)]
struct JsonCounters {
    bytes: u64,
    packets: u64,
    errors: u64,
    dropped: u64,
}

impl From<JsonCounters> for Counters {
    fn from(json: JsonCounters) -> Self {
        Self {
            bytes: json.bytes,
            packets: json.packets,
            errors: json.errors,
            dropped: json.dropped,
        }
    }
}

impl From<JsonLink> for Link {
    fn from(json: JsonLink) -> Self {
        let statistics = json.stats64.map(|stats| (stats.rx, stats.tx));
        let (received, sent) = statistics.unwrap_or_default();
        Self {
            name: json.ifname,
            number: json.ifindex,
            other_end: json.link_index,
            other_namespace: json.link_netnsid,
            flags: json.flags,
            mtu: json.mtu,
            state: json.operstate,
            master: json.master,
            kind: json.linkinfo.and_then(|info| info.info_kind),
            mac: json.address,
            addresses: json.addr_info.iter().filter_map(of_json).collect(),
            received: received.map(Counters::from),
            sent: sent.map(Counters::from),
        }
    }
}

fn of_json(json: &serde_json::Map<String, serde_json::Value>) -> Option<Address> {
    let local = json.get("local")?.as_str()?;
    let length = json.get("prefixlen")?.as_u64()?;
    let flags = json
        .iter()
        .filter(|(name, value)| {
            value.as_bool() == Some(true) && ADDRESS_FLAGS.contains(&name.as_str())
        })
        .map(|(name, _)| name.clone());
    Some(Address {
        prefix: format!("{local}/{length}"),
        scope: json
            .get("scope")
            .and_then(|scope| scope.as_str())
            .map(str::to_owned),
        flags: flags.collect(),
    })
}

impl Link {
    /// Reads the output of `ip link` or `ip address`, in JSON or as text.
    pub fn list(text: &str) -> Listing<Self> {
        json::<JsonLink, _>(text).unwrap_or_else(|| Self::list_text(text))
    }

    fn list_text(text: &str) -> Listing<Self> {
        let (mut items, mut other): (Vec<Self>, Vec<String>) = (Vec::new(), Vec::new());
        let mut heading: Option<(bool, Vec<&str>)> = None;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if !line.starts_with([' ', '\t']) {
                heading = None;
                match Self::first_line(line) {
                    Some(link) => items.push(link),
                    None => other.push(line.to_owned()),
                }
                continue;
            }
            let Some(link) = items.last_mut() else {
                other.push(line.trim().to_owned());
                continue;
            };
            let mut words = Words::of(line);
            let first = words.word().unwrap_or_default();
            if let Some((is_received, names)) = heading.take() {
                let counters = counters(&names, line);
                let side = match is_received {
                    true => &mut link.received,
                    false => &mut link.sent,
                };
                *side = side.or(counters);
            } else if first == "RX:" || first == "TX:" {
                heading = Some((first == "RX:", line.split_whitespace().skip(1).collect()));
            } else if first.starts_with("link/") {
                link.mac = words.word().map(str::to_owned);
                while let Some(word) = words.word() {
                    if word == "link-netnsid" {
                        link.other_namespace = words.number();
                    }
                }
            } else if first == "inet" || first == "inet6" {
                link.addresses.extend(address(words));
            } else if link.kind.is_none() && is_kind(first) {
                link.kind = Some(first.to_owned());
            }
        }
        Listing { items, other }
    }

    /// `2: eth0@if96: <BROADCAST,UP> mtu 1500 qdisc noqueue master br0 state UP …`
    fn first_line(line: &str) -> Option<Self> {
        let (index, rest) = line.split_once(": ")?;
        let number = index.parse::<u64>().ok()?;
        let (name, rest) = rest.split_once(": ")?;
        let (name, end) = name.split_once('@').unwrap_or((name, ""));
        let (flags, rest) = rest.strip_prefix('<')?.split_once('>')?;
        let mut link = Self {
            name: name.to_owned(),
            number: Some(number),
            other_end: end.strip_prefix("if").and_then(|end| end.parse().ok()),
            flags: flags.split(',').map(str::to_owned).collect(),
            ..Self::default()
        };
        let mut words = Words::of(rest);
        while let Some(word) = words.word() {
            match word {
                "mtu" => link.mtu = words.number(),
                "master" => link.master = words.word().map(str::to_owned),
                "state" => link.state = words.word().map(str::to_owned),
                _ => {}
            }
        }
        Some(link)
    }
}

/// Whether a word begins the line that tells the kind of a device: those of what it is a member
/// of, and of what is told of every device, do not.
fn is_kind(word: &str) -> bool {
    let is_name = word
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    is_name
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && !word.ends_with("_slave")
        && ![
            "valid_lft",
            "altname",
            "vf",
            "promiscuity",
            "alias",
            "addrgenmode",
            "numtxqueues",
        ]
        .contains(&word)
}

fn address(mut words: Words<'_>) -> Option<Address> {
    let first = words.word()?;
    let mut address = Address {
        prefix: first.to_owned(),
        ..Address::default()
    };
    while let Some(word) = words.word() {
        match word {
            // `10.0.0.1 peer 10.0.0.2/32`: the address itself has no prefix.
            "peer" | "brd" => {
                words.word();
            }
            "scope" => address.scope = words.word().map(str::to_owned),
            flag if ADDRESS_FLAGS.contains(&flag) => address.flags.push(flag.to_owned()),
            _ => {}
        }
    }
    Some(address)
}

fn counters(names: &[&str], line: &str) -> Option<Counters> {
    let numbers: Option<Vec<u64>> = line
        .split_whitespace()
        .map(|number| number.parse().ok())
        .collect();
    let numbers = numbers?;
    let of = |name: &str| {
        let at = names.iter().position(|known| *known == name)?;
        numbers.get(at).copied()
    };
    Some(Counters {
        bytes: of("bytes")?,
        packets: of("packets")?,
        errors: of("errors").unwrap_or_default(),
        dropped: of("dropped").unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // iproute2 6.15 on the node of a real stack: `ip -d -s link`, `ip address`, and `-j`.
    const LINK_TEXT: &str = "\
2: eth0@if96: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master br-ex state UP mode DEFAULT group default qlen 1000
    link/ether 7e:11:3d:0f:5c:74 brd ff:ff:ff:ff:ff:ff link-netnsid 0 promiscuity 1  allmulti 0 minmtu 68 maxmtu 65535 
    bridge_slave state forwarding priority 32
    veth addrgenmode eui64 numtxqueues 2 numrxqueues 2 gso_max_size 65536
    RX:  bytes packets errors dropped  missed   mcast           
        224637     300      0       7       0       0 
    TX:  bytes packets errors dropped carrier collsns           
         43193     159      2       0       0       0 
";
    const LINK_JSON: &str = r#"[{},{"ifindex":2,"link_index":96,"ifname":"eth0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,"qdisc":"noqueue","master":"br-ex","operstate":"UP","link_type":"ether","address":"7e:11:3d:0f:5c:74","link_netnsid":0,"linkinfo":{"info_kind":"veth"},"stats64":{"rx":{"bytes":224637,"packets":300,"errors":0,"dropped":7,"over_errors":0,"multicast":0},"tx":{"bytes":43193,"packets":159,"errors":2,"dropped":0}}}]"#;
    const ADDRESS_TEXT: &str = "\
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
    inet6 fe80::1/64 scope link deprecated 
       valid_lft forever preferred_lft 0sec
Device \"eth9\" does not exist.
";
    const ADDRESS_JSON: &str = r#"[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,"operstate":"UNKNOWN","address":"00:00:00:00:00:00","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host","label":"lo"},{"family":"inet6","local":"fe80::1","prefixlen":64,"scope":"link","deprecated":true}]}]"#;

    #[test]
    fn text_and_json_read_the_same() {
        let text = Link::list(LINK_TEXT);
        assert_eq!(text, Link::list(LINK_JSON));
        let counters = text.items[0].received.expect("counters");
        assert_eq!((counters.packets, counters.dropped), (300, 7));
        assert_eq!(text.items[0].kind.as_deref(), Some("veth"));
        let text = Link::list(ADDRESS_TEXT);
        assert_eq!(text.items, Link::list(ADDRESS_JSON).items);
        assert_eq!(text.items[0].addresses[1].flags, ["deprecated"]);
        assert_eq!(text.other, ["Device \"eth9\" does not exist."]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "(\\d: [a-z@:]{1,6}: <[A-Z,]*> [a-z0-9 ]*\\n| {4}(RX|TX|inet|link/)[: a-z0-9./]*\\n|\\PC*\\n){0,6}") {
            let _ = Link::list(&text);
        }
    }
}
