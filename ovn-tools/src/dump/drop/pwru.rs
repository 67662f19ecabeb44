//! What pwru prints of each packet.

use core::net::IpAddr;

use serde::Deserialize;

use crate::capture::{Address, End, protocol_name};
use crate::dump::Listing;
use crate::dump::drop::{Device, Drop, REASON, Told, function, whole_lines};

/// The functions that it was to listen at.
const FUNCTIONS: [&str; 3] = ["kfree_skb", "kfree_skb_reason", "sk_skb_reason_drop"];
/// Reasons by which packets are freed that were not dropped.
const NO_DROPS: [&str; 2] = ["SKB_CONSUMED", "SKB_NOT_DROPPED_YET"];
/// What it says of itself when it begins to listen.
const LISTENS: &str = "Listening for events";
/// What stands before the end of a name that has no place.
const CUT: char = '~';

#[derive(Deserialize)]
struct Line {
    func: String,
    caller_func: Option<String>,
    iface: Option<String>,
    netns: Option<u64>,
    tuple: Option<Tuple>,
}

#[derive(Deserialize)]
struct Tuple {
    saddr: Option<String>,
    daddr: Option<String>,
    sport: Option<u16>,
    dport: Option<u16>,
    #[serde(default)]
    proto: u8,
}

impl Told {
    /// Reads what pwru printed with `--output-json`, and what it said of itself.
    pub fn by_pwru(text: &str, notes: &str) -> Self {
        let (mut items, mut other) = (Vec::new(), Vec::new());
        for line in whole_lines(text) {
            match parse(line) {
                Some(drop) => items.extend(drop),
                None => other.push(line.to_owned()),
            }
        }
        Self {
            drops: Listing { items, other },
            has_listened: notes.contains(LISTENS),
        }
    }
}

/// One line: a packet that was dropped or, `Some(None)`, one that was not.
fn parse(line: &str) -> Option<Option<Drop>> {
    let line: Line = serde_json::from_str(line).ok()?;
    // `kfree_skb_reason(SKB_DROP_REASON_NO_SOCKET)`, or with a number that has no name
    // `kfree_skb_reason (196609)`.
    let (name, reason) = match line.func.split_once('(') {
        Some((name, rest)) => (name.trim_end(), Some(rest.strip_suffix(')')?)),
        None => (&*line.func, None),
    };
    if !FUNCTIONS.contains(&name) {
        return None;
    }
    if reason.is_some_and(|reason| NO_DROPS.contains(&reason)) {
        return Some(None);
    }
    let reason = reason.map(|reason| reason.strip_prefix(REASON).unwrap_or(reason).to_owned());
    let tuple = line.tuple;
    let end = |address: Option<&String>, port| {
        let address = address.map(|address| address.trim_matches(['[', ']']));
        let address: IpAddr = address?.parse().ok()?;
        let address = Address::Ip(address);
        Some(End { address, port }.to_string())
    };
    let ends = tuple.as_ref().map(|tuple| {
        let from = end(tuple.saddr.as_ref(), tuple.sport);
        (from, end(tuple.daddr.as_ref(), tuple.dport))
    });
    let (from, to) = ends.unwrap_or_default();
    let protocol = tuple.filter(|tuple| tuple.proto > 0 && from.is_some());
    Some(Some(Drop {
        reason,
        function: line.caller_func.as_deref().and_then(function),
        device: line.iface.as_deref().and_then(device),
        netns: line.netns,
        protocol: protocol.map(|tuple| protocol_name(tuple.proto)),
        from,
        to,
    }))
}

/// `eth0:2`, with the end of the name alone `~f0123456789:17`, or the number alone; none is 0.
fn device(text: &str) -> Option<Device> {
    let Some((name, _)) = text.rsplit_once(':') else {
        let number = text.parse().ok().filter(|number| *number > 0)?;
        return Some(Device::Number(number));
    };
    Some(match name.strip_prefix(CUT) {
        Some(end) => Device::End(end.to_owned()),
        None => Device::Name(name.to_owned()),
    })
}
