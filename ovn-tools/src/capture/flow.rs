//! Flows: the conversations in a capture, each with what is remarkable about it.

use core::net::IpAddr;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};

use crate::capture::decode::decode;
use crate::capture::frame::{Content, End, Frame, Trouble};
use crate::capture::pcap::Pcap;
use crate::capture::stream::Stream;

/// How long before the last packet of a capture a request may be whose answer is still awaited.
/// **Default and why**: 100 ms; answers within a cluster take less.
const ANSWER_TIME: SignedDuration = SignedDuration::from_millis(100);

/// A conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The tunnel that it is in: its kind and the nodes at its ends, the lower address first.
    pub tunnel: Option<(&'static str, IpAddr, IpAddr)>,
    /// The numbers of the virtual networks in that tunnel.
    pub networks: BTreeSet<u32>,
    /// The VLAN.
    pub vlan: Option<u16>,
    /// The protocol.
    pub protocol: String,
    /// Who was seen to send first.
    pub from: End,
    /// The other end.
    pub to: End,
    /// When the first packet was captured.
    pub first: Timestamp,
    /// When the last packet was captured.
    pub last: Timestamp,
    /// From the one to the other.
    pub forth: Stream,
    /// Back.
    pub back: Stream,
    /// What is remarkable.
    pub remarks: Vec<String>,
}

/// The conversations of a capture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// In the order in which they began.
    pub flows: Vec<Flow>,
    /// How many packets could not be told.
    pub unknown: u64,
}

/// What makes a conversation one, whichever way its packets go.
type Key = (
    Option<(&'static str, IpAddr, IpAddr)>,
    Option<u16>,
    String,
    End,
    End,
);

/// The conversations in a capture. `is_one_way` says that only one way of each was captured, so
/// that a missing answer is not remarked.
pub fn flows(capture: &Pcap<'_>, is_one_way: bool) -> Flows {
    let mut known = Flows::default();
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut troubles: BTreeMap<(usize, String, Option<usize>), u64> = BTreeMap::new();
    let mut told: Vec<(usize, Trouble)> = Vec::new();
    for packet in &capture.packets {
        let Some(frame) = decode(capture.link, packet.bytes) else {
            known.unknown += 1;
            continue;
        };
        let key = key(&frame);
        let place = *places.entry(key).or_insert_with(|| {
            known.flows.push(begun(&frame, packet.time));
            known.flows.len() - 1
        });
        let Some(flow) = known.flows.get_mut(place) else {
            continue;
        };
        flow.first = flow.first.min(packet.time);
        flow.last = flow.last.max(packet.time);
        flow.networks
            .extend(frame.tunnel.map(|tunnel| tunnel.network));
        let is_forth = (frame.source, frame.destination) == (flow.from, flow.to);
        let stream = if is_forth {
            &mut flow.forth
        } else {
            &mut flow.back
        };
        stream.packets += 1;
        stream.bytes += u64::from(packet.length);
        match frame.content {
            Content::Segment(segment) => stream.take(&segment),
            Content::Question => stream.questions += 1,
            Content::Answer => stream.answers += 1,
            Content::Trouble(trouble) => told.push((place, trouble)),
            Content::Fragment | Content::Other => {}
        }
    }
    for (place, trouble) in told {
        let of = trouble.of.and_then(|of| quoted(&known.flows, &of));
        *troubles.entry((place, trouble.what, of)).or_default() += 1;
    }
    for ((place, what, of), count) in troubles {
        let by = known.flows.get(place).map(|flow| flow.from.to_string());
        let of_words = of
            .and_then(|of| known.flows.get(of))
            .map(|of| format!(" for {} {} to {}", of.protocol, of.from, of.to));
        if let Some(flow) = known.flows.get_mut(place) {
            let of_words = of_words.unwrap_or_default();
            flow.remarks
                .push(format!("{what}{of_words}{}", times(count)));
        }
        if let (Some(flow), Some(by)) = (of.and_then(|of| known.flows.get_mut(of)), by) {
            flow.remarks
                .push(format!("{by} says: {what}{}", times(count)));
        }
    }
    let end = capture.packets.iter().map(|packet| packet.time).max();
    for flow in &mut known.flows {
        let is_last = end.is_some_and(|end| end.duration_since(flow.last) <= ANSWER_TIME);
        let remarks = remarks(flow, is_one_way, is_last);
        flow.remarks.splice(0..0, remarks);
    }
    known
}

fn times(count: u64) -> String {
    match count {
        1 => String::new(),
        count => format!(" ({count} times)"),
    }
}

/// The conversation of which an error message tells.
fn quoted(flows: &[Flow], (protocol, source, destination): &(String, End, End)) -> Option<usize> {
    flows.iter().position(|flow| {
        let ends = (flow.from, flow.to);
        flow.protocol == *protocol
            && [(*source, *destination), (*destination, *source)].contains(&ends)
    })
}

/// The ends of the tunnel, the lower address first.
fn tunnel(frame: &Frame) -> Option<(&'static str, IpAddr, IpAddr)> {
    frame.tunnel.map(|tunnel| {
        let low = tunnel.source.min(tunnel.destination);
        (tunnel.kind, low, tunnel.source.max(tunnel.destination))
    })
}

fn key(frame: &Frame) -> Key {
    let low = frame.source.min(frame.destination);
    let high = frame.source.max(frame.destination);
    (tunnel(frame), frame.vlan, frame.protocol.clone(), low, high)
}

fn begun(frame: &Frame, time: Timestamp) -> Flow {
    Flow {
        tunnel: tunnel(frame),
        networks: BTreeSet::new(),
        vlan: frame.vlan,
        protocol: frame.protocol.clone(),
        from: frame.source,
        to: frame.destination,
        first: time,
        last: time,
        forth: Stream::default(),
        back: Stream::default(),
        remarks: Vec::new(),
    }
}

fn remarks(flow: &Flow, is_one_way: bool, is_last: bool) -> Vec<String> {
    // An answer that was under way when the capture ended is not missing.
    let so_far = if is_last {
        " before the capture ended"
    } else {
        ""
    };
    let mut remarks = Vec::new();
    let (forth, back) = (&flow.forth, &flow.back);
    if forth.begins() && back.only_resets() {
        remarks.push(format!("refused by {}", flow.to));
    } else {
        for (stream, end) in [(forth, flow.from), (back, flow.to)] {
            if stream.resets() {
                remarks.push(format!("reset by {end}"));
            }
        }
    }
    if !is_one_way {
        if forth.begins() && back.packets == 0 {
            remarks.push(format!("no answer to {} SYN{so_far}", forth.beginnings()));
        }
        let open = [(forth, back), (back, forth)]
            .map(|(asking, answering)| asking.questions.saturating_sub(answering.answers));
        let open: u64 = open.iter().sum();
        let asked = forth.questions + back.questions;
        if open > 0 {
            remarks.push(format!(
                "{open} of {asked} requests without an answer{so_far}"
            ));
        }
    }
    let again = forth.again + back.again;
    match again {
        0 => {}
        1 => remarks.push("1 retransmission".to_owned()),
        again => remarks.push(format!("{again} retransmissions")),
    }
    remarks
}
