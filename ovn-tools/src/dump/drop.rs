//! Dropped packets, as the programs that trace them print each: one JSON object a line.
//!
//! **Source**: retis 1.6, `retis-events/src/`; pwru 1.0.7 to 1.0.12, `internal/pwru/output.go`.

mod pwru;

mod retis;

#[cfg(test)]
mod tests;

use crate::dump::Listing;

/// A packet that a kernel dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drop {
    /// Why, as the kernel calls it without `SKB_DROP_REASON_`; the part of the kernel and a slash
    /// come before a reason of its own, such as `openvswitch/OVS_DROP_EXPLICIT`. `None` where the kernel
    /// gives none.
    pub reason: Option<String>,
    /// The kernel's function that dropped it.
    pub function: Option<String>,
    /// The network device that the packet was at.
    pub device: Option<Device>,
    /// The network namespace, by its inode.
    pub netns: Option<u64>,
    /// The protocol, such as `tcp`.
    pub protocol: Option<String>,
    /// Where the packet came from, with its port.
    pub from: Option<String>,
    /// Where it was to go, with its port.
    pub to: Option<String>,
}

/// A network device, as far as it is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Device {
    /// Its name.
    Name(String),
    /// The end of its name, where there was no place for all of it.
    End(String),
    /// Its number.
    Number(u32),
}

/// What a program told of drops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The drops, in order, and the lines that are none.
    pub drops: Listing<Drop>,
    /// Whether it showed that it listened: without that, no drop says nothing.
    pub has_listened: bool,
}

/// What a reason begins with.
const REASON: &str = "SKB_DROP_REASON_";

/// Functions through which drops go, whoever decides on them.
const WAYS: [&str; 9] = [
    "kfree_skb",
    "sk_skb_reason_drop",
    "__sk_skb_reason_drop",
    "__kfree_skb",
    "bpf_",
    "__bpf_",
    "trace_",
    "__traceiter_",
    "0x",
];

/// The lines of a text that was ended in its midst, without one that is cut.
fn whole_lines(text: &str) -> impl Iterator<Item = &str> {
    let whole = text.rfind('\n').and_then(|end| text.get(..end));
    let lines = whole.unwrap_or_default().lines().map(str::trim);
    lines.filter(|line| !line.is_empty())
}

/// The function, where it is no way of all drops: `tcp_v4_rcv+0x77` is `tcp_v4_rcv`.
fn function(symbol: &str) -> Option<String> {
    let (name, _) = symbol.split_once('+').unwrap_or((symbol, ""));
    let is_way = WAYS.iter().any(|way| name.starts_with(way));
    (!name.is_empty() && !is_way).then(|| name.to_owned())
}
