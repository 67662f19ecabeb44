//! The conversation with one command in a container: messages in, its output and its end out.
//!
//! ```text
//!            output                       stdout closes, or the status comes
//!   talking ────────► talking      talking ─────────────────────────────────► ending
//!   talking or ending ──the WebSocket closes──► over
//! ```

use std::collections::VecDeque;

use crate::access::kubernetes::channel::{Channel, ChannelError, Frame, Version};
use crate::access::kubernetes::ending::Ending;

/// The most bytes of complaints and of the status that are kept.
/// **Default and why**: 4 KiB; the last lines say what is wrong, and a command that complains
/// without end must not fill the memory.
const KEPT_BYTES: usize = 4 * 1024;

/// One command's conversation. It does no IO: messages are passed in.
#[derive(Debug)]
pub(super) struct Conversation {
    version: Version,
    complaints: VecDeque<u8>,
    status: Vec<u8>,
    stdout_closed: bool,
    closed: bool,
}

/// What a message brought.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard<'m> {
    /// Bytes of the command's output.
    Output(&'m [u8]),
    /// Something else, which the conversation keeps.
    Aside,
}

impl Conversation {
    /// A conversation that begins.
    pub(super) fn new(version: Version) -> Self {
        Self {
            version,
            complaints: VecDeque::new(),
            status: Vec::new(),
            stdout_closed: false,
            closed: false,
        }
    }

    /// The message that brings bytes to the command.
    pub(super) fn input(&self, data: &[u8]) -> Vec<u8> {
        let frame = Frame::Data(Channel::Stdin, data);
        self.version.encode(frame).unwrap_or_default()
    }

    /// The message that ends the command's input alone; `None` in version 4, where the whole
    /// WebSocket must be closed for it.
    pub(super) fn end_of_input(&self) -> Option<Vec<u8>> {
        self.version.encode(Frame::Close(Channel::Stdin))
    }

    /// Takes a message.
    pub(super) fn hear<'m>(&mut self, message: &'m [u8]) -> Result<Heard<'m>, ChannelError> {
        match self.version.decode(message)? {
            Frame::Data(Channel::Stdout, data) if !data.is_empty() => {
                return Ok(Heard::Output(data));
            }
            Frame::Data(Channel::Stderr, data) => {
                self.complaints.extend(data);
                let excess = self.complaints.len().saturating_sub(KEPT_BYTES);
                self.complaints.drain(..excess);
            }
            Frame::Data(Channel::Status, data) => {
                let room = KEPT_BYTES.saturating_sub(self.status.len());
                self.status.extend_from_slice(&data[..data.len().min(room)]);
            }
            Frame::Close(Channel::Stdout) => self.stdout_closed = true,
            // A server has no business on the others, and what is empty only opens a channel.
            Frame::Data(..) | Frame::Close(_) => {}
        }
        Ok(Heard::Aside)
    }

    /// The WebSocket is closed.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    /// Whether no output can come any more.
    pub(super) fn is_over(&self) -> bool {
        self.closed
    }

    /// Whether the command has ended or stopped talking; its status may still be on its way.
    pub(super) fn is_ending(&self) -> bool {
        self.closed || self.stdout_closed || !self.status.is_empty()
    }

    /// How the command ended; `None` when nothing told.
    pub(super) fn ending(&self) -> Option<Ending> {
        (!self.status.is_empty()).then(|| Ending::of(&self.status))
    }

    /// Forgets what was complained of so far, when that was no complaint.
    pub(super) fn forget_complaints(&mut self) {
        self.complaints.clear();
    }

    /// The last of what the command complained of, as text.
    pub(super) fn complaints(&self) -> String {
        let bytes: Vec<u8> = self.complaints.iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn message(channel: u8, data: &[u8]) -> Vec<u8> {
        let mut message = vec![channel];
        message.extend_from_slice(data);
        message
    }

    #[test]
    fn output_goes_out_and_the_rest_is_kept() {
        let mut talk = Conversation::new(Version::V5);
        for opening in [1, 2, 3] {
            assert_eq!(talk.hear(&[opening]), Ok(Heard::Aside));
        }
        assert!(!talk.is_ending(), "a channel that opens says nothing");
        assert_eq!(talk.hear(b"\x01rows"), Ok(Heard::Output(b"rows")));
        assert_eq!(talk.hear(b"\x02oh\n"), Ok(Heard::Aside));
        assert_eq!(talk.hear(&[255, 1]), Ok(Heard::Aside));
        assert!(talk.is_ending() && !talk.is_over());
        assert_eq!(talk.hear(b"\x03{\"status\":"), Ok(Heard::Aside));
        assert_eq!(talk.hear(b"\x03\"Success\"}"), Ok(Heard::Aside));
        assert_eq!(talk.ending(), Some(Ending::Success));
        talk.close();
        assert!(talk.is_over());
        assert_eq!(talk.complaints(), "oh\n");
    }

    #[test]
    fn a_command_that_complains_without_end_keeps_its_last_words_only() {
        let mut talk = Conversation::new(Version::V4);
        for _ in 0..100 {
            assert_eq!(talk.hear(&message(2, &[b'x'; 1000])), Ok(Heard::Aside));
        }
        assert_eq!(talk.hear(b"\x02the end"), Ok(Heard::Aside));
        assert_eq!(talk.complaints().len(), KEPT_BYTES);
        assert!(talk.complaints().ends_with("the end"));
    }

    proptest! {
        #[test]
        fn output_is_the_same_however_it_is_cut_and_mixed(
            parts: Vec<(bool, Vec<u8>)>,
        ) {
            let mut talk = Conversation::new(Version::V5);
            let (mut sent, mut heard) = (Vec::new(), Vec::new());
            for (is_output, data) in &parts {
                if *is_output {
                    sent.extend_from_slice(data);
                }
                let message = message(if *is_output { 1 } else { 2 }, data);
                if let Heard::Output(data) = talk.hear(&message).expect("a message") {
                    heard.extend_from_slice(data);
                }
            }
            prop_assert_eq!(heard, sent);
        }

        #[test]
        fn input_arrives_as_it_was_sent(data: Vec<u8>) {
            let talk = Conversation::new(Version::V4);
            let message = talk.input(&data);
            prop_assert_eq!(message.split_first(), Some((&0, data.as_slice())));
        }
    }
}
