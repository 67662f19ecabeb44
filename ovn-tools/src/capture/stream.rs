//! Streams: one way of a conversation, as far as it was seen.

use crate::capture::frame::Segment;

/// The flags of TCP that are told, in the order in which they come.
const FLAGS: [(u8, &str); 4] = [(0x02, "SYN"), (0x10, "ACK"), (0x01, "FIN"), (0x04, "RST")];
const SYN: u8 = 0x02;
const ACK: u8 = 0x10;
const FIN: u8 = 0x01;
const RST: u8 = 0x04;

/// One way of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    /// How many packets there were.
    pub packets: u64,
    /// How many bytes they had, headers included.
    pub bytes: u64,
    /// The flags of TCP that were seen.
    flags: u8,
    /// How many first segments of a connection there were.
    beginnings: u64,
    /// How many segments came again.
    pub again: u64,
    /// The number behind the last byte that was seen.
    next: Option<u32>,
    /// How many questions there were, and answers.
    pub questions: u64,
    /// How many answers there were.
    pub answers: u64,
}

impl Stream {
    /// Takes a part of a connection.
    pub(crate) fn take(&mut self, segment: &Segment) {
        self.flags |= segment.flags;
        let is_beginning = segment.flags & SYN != 0;
        // The first and the last segment count as a byte.
        let marks = u32::from(is_beginning) + u32::from(segment.flags & FIN != 0);
        let length = segment.length.saturating_add(marks);
        if is_beginning {
            self.beginnings += 1;
        }
        if length == 0 || segment.flags & RST != 0 {
            return;
        }
        let end = segment.sequence.wrapping_add(length);
        match self.next {
            // Numbers go round: what is less than half of the way ahead is new.
            Some(next) if end.wrapping_sub(next).wrapping_sub(1) >= 1 << 31 => {
                // A byte before what is expected only asks whether the other end lives.
                let is_probe = segment.length <= 1 && marks == 0 && end == next;
                let is_new = is_beginning && next.wrapping_sub(end) > MAX_BACK;
                if is_new {
                    self.next = Some(end);
                } else if !is_probe {
                    self.again += 1;
                }
            }
            _ => self.next = Some(end),
        }
    }

    /// The flags that were seen, with blanks between.
    pub fn flags(&self) -> String {
        let seen = FLAGS.iter().filter(|(bit, _)| self.flags & bit != 0);
        let names: Vec<&str> = seen.map(|(_, name)| *name).collect();
        names.join(" ")
    }

    /// Whether the first segment of a connection was seen.
    pub fn begins(&self) -> bool {
        self.beginnings > 0
    }

    /// How many connections were begun.
    pub fn beginnings(&self) -> u64 {
        self.beginnings
    }

    /// Whether a connection was refused or ended by force.
    pub fn resets(&self) -> bool {
        self.flags & RST != 0
    }

    /// Whether there was nothing but refusals.
    pub fn only_resets(&self) -> bool {
        self.resets() && self.flags & !(RST | ACK) == 0
    }
}

/// How far behind the last byte a first segment may be to be the same one again, in bytes.
/// **Default and why**: 1; between the first segment and the next nothing is sent.
const MAX_BACK: u32 = 1;
