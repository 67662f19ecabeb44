//! What retis writes of each event.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::capture::{Frame, decode};
use crate::dump::Listing;
use crate::dump::drop::{Device, Drop, REASON, Told, function, whole_lines};

/// Where the kernel reports drops.
const DROPS: &str = "skb:kfree_skb";
/// The kind of frames that packets are told as.
/// **Source**: the list of link types of the tcpdump group.
const ETHERNET: u16 = 1;

#[derive(Deserialize)]
struct Line {
    startup: Option<IgnoredAny>,
    kernel: Option<Kernel>,
    #[serde(rename = "skb-drop")]
    drop: Option<Reason>,
    packet: Option<Packet>,
    netns: Option<Namespace>,
    dev: Option<NetworkDevice>,
}

#[derive(Deserialize)]
struct Kernel {
    symbol: String,
    #[serde(default)]
    stack_trace: Vec<String>,
}

#[derive(Deserialize)]
struct Reason {
    subsys: Option<String>,
    drop_reason: String,
}

#[derive(Deserialize)]
struct Packet {
    data: String,
}

#[derive(Deserialize)]
struct Namespace {
    inum: u64,
}

#[derive(Deserialize)]
struct NetworkDevice {
    name: String,
    ifindex: u32,
}

impl Told {
    /// Reads what retis wrote with `collect --out`.
    pub fn by_retis(text: &str) -> Self {
        let (mut items, mut other) = (Vec::new(), Vec::new());
        let mut has_listened = false;
        for line in whole_lines(text) {
            match serde_json::from_str::<Line>(line) {
                // It is written once the probes are in place.
                Ok(event) if event.startup.is_some() => has_listened = true,
                Ok(event) if event.is_drop() => items.push(event.dropped()),
                _ => other.push(line.to_owned()),
            }
        }
        Self {
            drops: Listing { items, other },
            has_listened,
        }
    }
}

impl Line {
    fn is_drop(&self) -> bool {
        let is_probe = |kernel: &Kernel| kernel.symbol == DROPS;
        self.drop.is_some() || self.kernel.as_ref().is_some_and(is_probe)
    }

    fn dropped(self) -> Drop {
        let reason = self.drop.map(|drop| {
            let reason = drop.drop_reason.strip_prefix(REASON);
            let reason = reason.unwrap_or(&drop.drop_reason);
            match drop.subsys {
                Some(part) => format!("{part}/{reason}"),
                None => reason.to_owned(),
            }
        });
        let stack = self.kernel.iter().flat_map(|kernel| &kernel.stack_trace);
        let frame = self.packet.as_ref().and_then(Packet::frame);
        let end = |end: Option<String>| end.filter(|end| end != "-");
        Drop {
            reason,
            function: stack.into_iter().find_map(|symbol| function(symbol)),
            device: self.dev.and_then(NetworkDevice::device),
            netns: self.netns.map(|netns| netns.inum),
            from: end(frame.as_ref().map(|frame| frame.source.to_string())),
            to: end(frame.as_ref().map(|frame| frame.destination.to_string())),
            protocol: frame.map(|frame| frame.protocol),
        }
    }
}

impl Packet {
    /// What its headers say; of a packet in a tunnel, those inside.
    fn frame(&self) -> Option<Frame> {
        decode(ETHERNET, &STANDARD.decode(&self.data).ok()?)
    }
}

impl NetworkDevice {
    fn device(self) -> Option<Device> {
        match (self.name.as_str(), self.ifindex) {
            ("", 0) => None,
            ("", number) => Some(Device::Number(number)),
            _ => Some(Device::Name(self.name)),
        }
    }
}
