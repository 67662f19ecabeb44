//! Writing captures: of several places in one file, each with its name.
//!
//! **Source**: draft-ietf-opsawg-pcapng.

use crate::capture::pcap::{Packet, Pcap};

/// The block at the beginning, and what tells the order of bytes.
const SECTION: u32 = 0x0a0d_0d0a;
const ORDER: u32 = 0x1a2b_3c4d;
/// The block of a place.
const INTERFACE: u32 = 1;
/// The block of a packet.
const ENHANCED_PACKET: u32 = 6;
/// The options of a place: its name, and in which parts of a second its times are.
const NAME: u16 = 2;
const RESOLUTION: u16 = 9;
/// Times in nanoseconds: ten to the power of minus this.
const NANOSECONDS: [u8; 1] = [9];
/// The longest name that is written, in bytes.
const MAX_NAME: usize = 200;
/// What is written where a length is not known.
const UNKNOWN_LENGTH: u64 = u64::MAX;

/// A place with what was captured there.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// Its name.
    pub name: String,
    /// What was captured.
    pub capture: Pcap<'a>,
}

/// One file of the captures of several places, the packets in the order of their times.
pub fn write(places: &[Place<'_>]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut section = Vec::new();
    section.extend(ORDER.to_le_bytes());
    // The version.
    section.extend(1_u16.to_le_bytes());
    section.extend(0_u16.to_le_bytes());
    section.extend(UNKNOWN_LENGTH.to_le_bytes());
    block(&mut file, SECTION, &section);
    for place in places {
        let mut body = Vec::new();
        body.extend(place.capture.link.to_le_bytes());
        body.extend(0_u16.to_le_bytes());
        body.extend(place.capture.snap.to_le_bytes());
        option(&mut body, NAME, short(&place.name).as_bytes());
        option(&mut body, RESOLUTION, &NANOSECONDS);
        option(&mut body, 0, &[]);
        block(&mut file, INTERFACE, &body);
    }
    let mut packets: Vec<(u32, &Packet<'_>)> = Vec::new();
    for (number, place) in (0_u32..).zip(places) {
        packets.extend(place.capture.packets.iter().map(|packet| (number, packet)));
    }
    packets.sort_by_key(|(number, packet)| (packet.time, *number));
    for (number, packet) in packets {
        let time = u64::try_from(packet.time.as_nanosecond()).unwrap_or_default();
        let kept = u32::try_from(packet.bytes.len()).unwrap_or_default();
        let mut body = Vec::with_capacity(packet.bytes.len() + 24);
        body.extend(number.to_le_bytes());
        for half in [time >> 32, time & 0xffff_ffff] {
            body.extend(u32::try_from(half).unwrap_or_default().to_le_bytes());
        }
        body.extend(kept.to_le_bytes());
        body.extend(packet.length.to_le_bytes());
        body.extend(packet.bytes);
        pad(&mut body);
        block(&mut file, ENHANCED_PACKET, &body);
    }
    file
}

/// A block: its kind, its length before and behind, and what is in it.
fn block(file: &mut Vec<u8>, kind: u32, body: &[u8]) {
    let length = u32::try_from(body.len() + 12)
        .unwrap_or_default()
        .to_le_bytes();
    file.extend(kind.to_le_bytes());
    file.extend(length);
    file.extend(body);
    file.extend(length);
}

fn option(body: &mut Vec<u8>, code: u16, value: &[u8]) {
    body.extend(code.to_le_bytes());
    body.extend(u16::try_from(value.len()).unwrap_or_default().to_le_bytes());
    body.extend(value);
    pad(body);
}

fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
}

/// The beginning of a name, cut between letters.
fn short(name: &str) -> &str {
    let mut end = name.len().min(MAX_NAME);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}
