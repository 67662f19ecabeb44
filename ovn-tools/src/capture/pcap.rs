//! Reading captures: the format that tcpdump writes.
//!
//! **Source**: pcap-savefile(5); draft-ietf-opsawg-pcap.

use jiff::Timestamp;
use thiserror::Error;

/// The numbers at the beginning of a capture, with times in micro- and in nanoseconds.
const MICROSECONDS: u32 = 0xa1b2_c3d4;
const NANOSECONDS: u32 = 0xa1b2_3c4d;
/// How long the header of a capture is, in bytes.
const HEADER: usize = 24;
/// How long the header of a packet is, in bytes.
const PACKET_HEADER: usize = 16;
/// The largest length of a packet that is believed.
/// **Source**: libpcap, `MAXIMUM_SNAPLEN`.
const MAX_PACKET: u32 = 262_144;
/// The bits of the link type; the others tell of check sequences.
const LINK_BITS: u32 = 0xffff;

/// A capture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pcap<'a> {
    /// The kind of the frames.
    /// **Source**: the list of link types of the tcpdump group.
    pub link: u16,
    /// The most bytes that were kept of a packet.
    pub snap: u32,
    /// The packets, in the order in which they were captured.
    pub packets: Vec<Packet<'a>>,
    /// Whether the capture ends within a packet, or is damaged from there on.
    pub is_cut: bool,
}

/// A packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// When it was captured.
    pub time: Timestamp,
    /// How long it was, in bytes.
    pub length: u32,
    /// What was kept of it.
    pub bytes: &'a [u8],
}

/// Bytes are no capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PcapError {
    /// There are too few.
    #[error("{0} bytes are no capture")]
    Short(usize),
    /// They begin otherwise.
    #[error("it begins with {0:08x}, which no capture does")]
    Magic(u32),
}

/// Reads numbers in the order of whoever wrote the capture.
#[derive(Clone, Copy)]
struct Reader {
    is_big: bool,
}

impl Reader {
    fn number(self, bytes: &[u8], at: usize) -> Option<u32> {
        let bytes = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.is_big {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        })
    }
}

impl<'a> Pcap<'a> {
    /// Reads a capture as far as it goes.
    ///
    /// # Errors
    /// [`PcapError`] when it is none.
    pub fn read(bytes: &'a [u8]) -> Result<Self, PcapError> {
        let short = PcapError::Short(bytes.len());
        let little = Reader { is_big: false };
        let magic = little.number(bytes, 0).ok_or(short)?;
        let (reader, in_nanoseconds) = match (magic, magic.swap_bytes()) {
            (MICROSECONDS, _) => (little, false),
            (NANOSECONDS, _) => (little, true),
            (_, MICROSECONDS) => (Reader { is_big: true }, false),
            (_, NANOSECONDS) => (Reader { is_big: true }, true),
            _ => return Err(PcapError::Magic(magic)),
        };
        let rest = bytes.get(HEADER..).ok_or(short)?;
        let snap = reader.number(bytes, 16).ok_or(short)?;
        let link = reader.number(bytes, 20).ok_or(short)? & LINK_BITS;
        let mut capture = Self {
            link: u16::try_from(link).unwrap_or_default(),
            snap,
            ..Self::default()
        };
        let mut rest = rest;
        while !rest.is_empty() {
            let Some((packet, after)) = packet(reader, in_nanoseconds, rest) else {
                capture.is_cut = true;
                break;
            };
            capture.packets.push(packet);
            rest = after;
        }
        Ok(capture)
    }
}

/// The first packet and what stands behind it; `None` where it is not whole.
fn packet(reader: Reader, in_nanoseconds: bool, bytes: &[u8]) -> Option<(Packet<'_>, &[u8])> {
    let seconds = reader.number(bytes, 0)?;
    let fraction = reader.number(bytes, 4)?;
    let kept = reader.number(bytes, 8)?;
    let length = reader.number(bytes, 12)?;
    let (most, scale) = if in_nanoseconds {
        (1_000_000_000, 1)
    } else {
        (1_000_000, 1_000)
    };
    if kept > MAX_PACKET || fraction >= most {
        return None;
    }
    let nanoseconds = i32::try_from(fraction).ok()?.checked_mul(scale)?;
    let time = Timestamp::new(i64::from(seconds), nanoseconds).ok()?;
    let end = PACKET_HEADER.checked_add(usize::try_from(kept).ok()?)?;
    let packet = Packet {
        time,
        length,
        bytes: bytes.get(PACKET_HEADER..end)?,
    };
    Some((packet, bytes.get(end..)?))
}
