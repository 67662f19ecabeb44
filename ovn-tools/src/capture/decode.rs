//! Decoding: from the bytes of a captured packet to what its headers say.

use core::net::IpAddr;

use etherparse::{
    ArpPacketSlice, EtherType, LaxNetSlice, LaxSlicedPacket, TcpSlice, TransportSlice, ip_number,
};

use crate::address::Mac;
use crate::capture::frame::{Address, Content, End, Frame, Segment, Trouble, Tunnel};

/// Kinds of frames.
/// **Source**: the list of link types of the tcpdump group.
const ETHERNET: u16 = 1;
const RAW_IP: [u16; 5] = [12, 14, 101, 228, 229];
/// Those of the interface `any`, with the place of the EtherType and the length of the header.
const COOKED: (u16, usize, usize) = (113, 14, 16);
const COOKED_2: (u16, usize, usize) = (276, 0, 20);

/// The UDP ports of tunnels.
const GENEVE: u16 = 6081;
const VXLAN: u16 = 4789;
/// What a tunnel's header says of a whole frame inside.
const ETHERNET_INSIDE: u16 = 0x6558;
/// How many tunnels are looked into that stand in each other.
const MAX_TUNNELS: u8 = 1;

/// Below this an EtherType is a length.
const LEAST_ETHER_TYPE: u16 = 0x0600;

/// What the headers of a packet of this kind of frame say; `None` where nothing can be told.
pub(crate) fn decode(link: u16, bytes: &[u8]) -> Option<Frame> {
    if link == ETHERNET {
        return ethernet(bytes, MAX_TUNNELS);
    }
    if RAW_IP.contains(&link) {
        let sliced = LaxSlicedPacket::from_ip(bytes).ok()?;
        return Some(frame(&sliced, None, MAX_TUNNELS));
    }
    let cooked = [COOKED, COOKED_2].into_iter().find(|(of, ..)| *of == link);
    let (_, at, header) = cooked?;
    let ether_type = number(bytes, at)?;
    let sliced = LaxSlicedPacket::from_ether_type(EtherType(ether_type), bytes.get(header..)?);
    let mut decoded = frame(&sliced, None, MAX_TUNNELS);
    if decoded.protocol.is_empty() {
        decoded.protocol = ether_name(ether_type);
    }
    Some(decoded)
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

fn mac(bytes: &[u8], at: usize) -> Option<Mac> {
    let bytes = bytes.get(at..at.checked_add(6)?)?;
    Some(Mac(bytes.try_into().ok()?))
}

fn ethernet(bytes: &[u8], tunnels: u8) -> Option<Frame> {
    let sliced = LaxSlicedPacket::from_ethernet(bytes).ok()?;
    let ends = (mac(bytes, 6)?, mac(bytes, 0)?);
    let mut decoded = frame(&sliced, Some(ends), tunnels);
    if decoded.protocol.is_empty() {
        let inside = sliced.ether_payload().map(|payload| payload.ether_type.0);
        decoded.protocol = ether_name(inside.or_else(|| number(bytes, 12))?);
    }
    Some(decoded)
}

fn ether_name(number: u16) -> String {
    match number {
        0x0800 => "ip".to_owned(),
        0x0806 => "arp".to_owned(),
        0x86dd => "ip6".to_owned(),
        0x88cc => "lldp".to_owned(),
        length if length < LEAST_ETHER_TYPE => "llc".to_owned(),
        number => format!("0x{number:04x}"),
    }
}

fn end(address: Option<Mac>) -> End {
    End {
        address: address.map_or(Address::None, Address::Mac),
        port: None,
    }
}

fn ip(address: impl Into<IpAddr>) -> End {
    End {
        address: Address::Ip(address.into()),
        port: None,
    }
}

/// What the headers say; the protocol is empty where only the frame can name it.
fn frame(sliced: &LaxSlicedPacket<'_>, ends: Option<(Mac, Mac)>, tunnels: u8) -> Frame {
    let mut frame = Frame {
        tunnel: None,
        vlan: sliced.vlan_ids().first().map(|vlan| vlan.value()),
        protocol: String::new(),
        source: end(ends.map(|(source, _)| source)),
        destination: end(ends.map(|(_, destination)| destination)),
        content: Content::Other,
    };
    // The bytes behind the header of IP, as that tells them: what was kept may be less.
    let length = match &sliced.net {
        None => return frame,
        Some(LaxNetSlice::Arp(packet)) => {
            arp(packet, &mut frame);
            return frame;
        }
        Some(LaxNetSlice::Ipv4(packet)) => {
            let header = packet.header();
            frame.source = ip(header.source_addr());
            frame.destination = ip(header.destination_addr());
            header.payload_len().map_or(0, usize::from)
        }
        Some(LaxNetSlice::Ipv6(packet)) => {
            let header = packet.header();
            frame.source = ip(header.source_addr());
            frame.destination = ip(header.destination_addr());
            let extensions = packet.extensions().slice().len();
            usize::from(header.payload_length()).saturating_sub(extensions)
        }
    };
    let payload = sliced.net.as_ref().and_then(LaxNetSlice::ip_payload_ref);
    if let Some(payload) = payload {
        frame.protocol = protocol_name(payload.ip_number.0);
        if payload.fragmented {
            frame.content = Content::Fragment;
        } else if payload.ip_number == ip_number::SCTP {
            frame.source.port = number(payload.payload, 0);
            frame.destination.port = number(payload.payload, 2);
        }
    }
    match &sliced.transport {
        Some(TransportSlice::Tcp(tcp)) => {
            frame.source.port = Some(tcp.source_port());
            frame.destination.port = Some(tcp.destination_port());
            frame.content = Content::Segment(segment(tcp, length));
        }
        Some(TransportSlice::Udp(udp)) => {
            frame.source.port = Some(udp.source_port());
            frame.destination.port = Some(udp.destination_port());
            let inside = tunnels
                .checked_sub(1)
                .and_then(|tunnels| inside(udp.destination_port(), udp.payload(), &frame, tunnels));
            return inside.unwrap_or(frame);
        }
        Some(TransportSlice::Icmpv4(icmp)) => {
            let (kind, code) = (icmp.type_u8(), icmp.code_u8());
            frame.content = match kind {
                8 => Content::Question,
                0 => Content::Answer,
                _ => trouble(trouble_of_ip4(kind, code), icmp.payload()),
            };
        }
        Some(TransportSlice::Icmpv6(icmp)) => {
            let (kind, code) = (icmp.type_u8(), icmp.code_u8());
            frame.content = match kind {
                128 | 135 => Content::Question,
                129 | 136 => Content::Answer,
                _ => trouble(trouble_of_ip6(kind, code), icmp.payload()),
            };
            if matches!(kind, 135 | 136) {
                neighbour(icmp.payload(), kind == 135, &mut frame);
            }
        }
        _ => {}
    }
    frame
}

/// The name of a protocol of IP, or its number.
pub(crate) fn protocol_name(number: u8) -> String {
    match number {
        1 => "icmp".to_owned(),
        2 => "igmp".to_owned(),
        4 => "ipip".to_owned(),
        6 => "tcp".to_owned(),
        17 => "udp".to_owned(),
        47 => "gre".to_owned(),
        50 => "esp".to_owned(),
        58 => "icmp6".to_owned(),
        89 => "ospf".to_owned(),
        112 => "vrrp".to_owned(),
        132 => "sctp".to_owned(),
        number => format!("proto {number}"),
    }
}

fn segment(tcp: &TcpSlice<'_>, length: usize) -> Segment {
    let flags = [
        (tcp.fin(), 0x01),
        (tcp.syn(), 0x02),
        (tcp.rst(), 0x04),
        (tcp.psh(), 0x08),
        (tcp.ack(), 0x10),
    ];
    let set = flags.into_iter().filter(|(is_set, _)| *is_set);
    // Hardware that cuts segments leaves their length to be filled in.
    let data = if length == 0 {
        tcp.payload().len()
    } else {
        length.saturating_sub(tcp.header_slice().len())
    };
    Segment {
        flags: set.fold(0, |flags, (_, bit)| flags | bit),
        sequence: tcp.sequence_number(),
        length: u32::try_from(data).unwrap_or(u32::MAX),
    }
}

/// Whether whoever asks has no address yet, and makes sure that nobody else has the one asked for.
fn is_unset(end: End) -> bool {
    matches!(end.address, Address::Ip(address) if address.is_unspecified())
}

/// Who asks for whose address, or tells it.
fn arp(packet: &ArpPacketSlice<'_>, frame: &mut Frame) {
    "arp".clone_into(&mut frame.protocol);
    if let Ok(packet) = packet.to_packet().try_eth_ipv4() {
        frame.source = ip(packet.sender_ipv4_addr());
        frame.destination = ip(packet.target_ipv4_addr());
        frame.content = match packet.operation.0 {
            // Who asks for its own address tells it to all.
            1 if frame.source != frame.destination && !is_unset(frame.source) => Content::Question,
            2 => Content::Answer,
            _ => Content::Other,
        };
    }
}

/// Who asks for whose address, or tells it, over IPv6: the address is in the message.
fn neighbour(payload: &[u8], is_question: bool, frame: &mut Frame) {
    let target = payload
        .get(..16)
        .and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    if let Some(target) = target {
        let target = ip(IpAddr::from(target));
        "nd".clone_into(&mut frame.protocol);
        if is_question {
            frame.destination = target;
            if is_unset(frame.source) {
                // Nobody has the address, which is what is hoped for.
                frame.content = Content::Other;
            }
        } else {
            frame.source = target;
        }
    }
}

fn trouble(what: Option<String>, quoted: &[u8]) -> Content {
    let Some(what) = what else {
        return Content::Other;
    };
    let of = LaxSlicedPacket::from_ip(quoted).ok().and_then(|sliced| {
        // Only the beginning of the header is quoted, where the ports are.
        let payload = sliced.net.as_ref()?.ip_payload_ref()?;
        let has_ports = matches!(payload.ip_number.0, 6 | 17 | 132);
        let ports = has_ports.then(|| (number(payload.payload, 0), number(payload.payload, 2)));
        let mut quoted = frame(&sliced, None, 0);
        if let Some((source, destination)) = ports {
            quoted.source.port = source;
            quoted.destination.port = destination;
        }
        Some((quoted.protocol, quoted.source, quoted.destination))
    });
    Content::Trouble(Trouble { what, of })
}

fn trouble_of_ip4(kind: u8, code: u8) -> Option<String> {
    Some(match (kind, code) {
        (3, 0) => "network unreachable".to_owned(),
        (3, 1) => "host unreachable".to_owned(),
        (3, 2) => "protocol unreachable".to_owned(),
        (3, 3) => "port unreachable".to_owned(),
        (3, 4) => "too big, fragmentation needed".to_owned(),
        (3, 9 | 10 | 13) => "prohibited".to_owned(),
        (3, code) => format!("destination unreachable (code {code})"),
        (5, _) => "redirect".to_owned(),
        (11, 0) => "time to live exceeded".to_owned(),
        (11, _) => "reassembly time exceeded".to_owned(),
        (12, _) => "bad header".to_owned(),
        _ => return None,
    })
}

fn trouble_of_ip6(kind: u8, code: u8) -> Option<String> {
    Some(match (kind, code) {
        (1, 0) => "no route to destination".to_owned(),
        (1, 1 | 5 | 6) => "prohibited".to_owned(),
        (1, 3) => "address unreachable".to_owned(),
        (1, 4) => "port unreachable".to_owned(),
        (1, code) => format!("destination unreachable (code {code})"),
        (2, _) => "too big".to_owned(),
        (3, 0) => "hop limit exceeded".to_owned(),
        (3, _) => "reassembly time exceeded".to_owned(),
        (4, _) => "bad header".to_owned(),
        (137, _) => "redirect".to_owned(),
        _ => return None,
    })
}

/// The packet in a tunnel; `None` where there is none.
///
/// **Source**: RFC 8926 (Geneve), RFC 7348 (VXLAN).
fn inside(port: u16, payload: &[u8], outer: &Frame, tunnels: u8) -> Option<Frame> {
    let (kind, header) = match port {
        GENEVE => {
            let first = *payload.first()?;
            // The version is in the first two bits, the words of options in the others.
            let options = usize::from(first & 0x3f) * 4;
            if first >> 6 != 0 || number(payload, 2)? != ETHERNET_INSIDE {
                return None;
            }
            ("geneve", 8 + options)
        }
        VXLAN if payload.first()? & 0x08 != 0 => ("vxlan", 8),
        _ => return None,
    };
    let network: [u8; 4] = payload.get(4..8)?.try_into().ok()?;
    let (Address::Ip(source), Address::Ip(destination)) =
        (outer.source.address, outer.destination.address)
    else {
        return None;
    };
    let mut frame = ethernet(payload.get(header..)?, tunnels)?;
    frame.tunnel = Some(Tunnel {
        kind,
        source,
        destination,
        network: u32::from_be_bytes(network) >> 8,
    });
    Some(frame)
}
