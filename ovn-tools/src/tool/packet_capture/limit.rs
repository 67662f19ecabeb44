//! Limits: how long and how much is captured.

use std::fmt;

use crate::report::ToolError;

/// How long is captured, in seconds.
/// **Default and why**: 10; long enough for a few requests or pings, short enough to wait for.
pub const TIME: u64 = 10;
/// The longest time, in seconds.
/// **Default and why**: 120; calls are given up after 300, and the way to a node takes time too.
pub const MAX_TIME: u64 = 120;
/// How many packets are captured at each place.
/// **Default and why**: 1 000; they make a few flows to read, and end a flood within moments.
pub const PACKETS: u32 = 1_000;
/// The most packets at each place.
/// **Default and why**: 50 000, what [`MAX_BYTES`] holds of the shortest.
pub const MAX_PACKETS: u32 = 50_000;
/// How much of each packet is kept, in bytes.
/// **Default and why**: 256; the headers of a packet in a tunnel with its options take 150, so
/// little of what people send is kept.
pub const PACKET_BYTES: u32 = 256;
/// The least that is kept of each packet, in bytes.
/// **Default and why**: 64, the shortest frame; with less not even its ports are known.
pub const LEAST_PACKET_BYTES: u32 = 64;
/// The most that is kept of each packet, in bytes.
/// **Source**: the longest packet of IP.
pub const MAX_PACKET_BYTES: u32 = 65_535;
/// How much is kept in all, in bytes.
/// **Default and why**: 4 MiB, a thousand packets of which all is kept.
pub const BYTES: usize = 4 << 20;
/// The least that can be asked for in all, in bytes.
/// **Default and why**: 64 KiB; less holds not one long packet.
pub const LEAST_BYTES: usize = 64 << 10;
/// The most that is kept in all, in bytes.
/// **Default and why**: 16 MiB; it is held in memory, and clients read it as one text.
pub const MAX_BYTES: usize = 16 << 20;
/// At how many places is captured at once.
/// **Default and why**: 8; both ends of a conversation with what lies between.
pub const MAX_POINTS: usize = 8;

/// A limit that was asked for, or the usual one.
///
/// # Errors
/// [`ToolError`] when it is outside of what there can be.
pub(super) fn within<N: Copy + PartialOrd + fmt::Display>(
    name: &str,
    asked: Option<N>,
    usual: N,
    least: N,
    most: N,
) -> Result<N, ToolError> {
    let value = asked.unwrap_or(usual);
    if value < least || value > most {
        let what = format!("`{name}` is {value}, not from {least} to {most}");
        return Err(ToolError::new(what));
    }
    Ok(value)
}
