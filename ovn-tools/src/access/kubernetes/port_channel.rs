//! The channels of one forwarded port on its WebSocket.
//!
//! Each binary message is one byte that names the channel, and then its bytes: channel 0 has those
//! of the connection, channel 1 says in words why there is none. The first message on each is the
//! port, little-endian, and no part of the bytes. Neither channel can be closed alone.
//!
//! **Source**: `v4.channel.k8s.io` of k8s.io/kubelet `pkg/cri/streaming/portforward/websocket.go`,
//! which API servers of every version pass on as it is.

use thiserror::Error;

const DATA: u8 = 0;
const ERROR: u8 = 1;
/// How many bytes of a port the first message on each channel has.
const PORT_BYTES: usize = 2;
/// The most bytes of an error that are kept.
/// **Default and why**: 2 KiB; the words of a runtime are some hundred.
const MAX_ERROR: usize = 2 * 1024;

/// What was heard of one forwarded port. It does no IO: messages are passed in.
#[derive(Debug, Default)]
pub(super) struct PortChannel {
    begun: [bool; 2],
    error: Vec<u8>,
}

/// What came is none of the protocol.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum PortChannelError {
    /// Not even a channel.
    #[error("an empty message")]
    Empty,
    /// Another channel than the two that there are.
    #[error("a message on channel {0}")]
    Channel(u8),
    /// The first message is not the port.
    #[error("a channel that does not begin with its port")]
    Beginning,
}

impl PortChannel {
    /// Takes a message; gives the bytes of the connection in it, which may be none.
    pub(super) fn hear<'m>(&mut self, message: &'m [u8]) -> Result<&'m [u8], PortChannelError> {
        let (&channel, bytes) = message.split_first().ok_or(PortChannelError::Empty)?;
        let begun = match channel {
            DATA | ERROR => &mut self.begun[usize::from(channel)],
            channel => return Err(PortChannelError::Channel(channel)),
        };
        if !*begun {
            if bytes.len() != PORT_BYTES {
                return Err(PortChannelError::Beginning);
            }
            *begun = true;
            return Ok(&[]);
        }
        if channel == DATA {
            return Ok(bytes);
        }
        let room = MAX_ERROR.saturating_sub(self.error.len());
        self.error
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
        Ok(&[])
    }

    /// Whether the node has taken the port on.
    pub(super) fn has_begun(&self) -> bool {
        self.begun == [true; 2]
    }

    /// The message that brings bytes to the port.
    pub(super) fn input(data: &[u8]) -> Vec<u8> {
        let mut message = Vec::with_capacity(data.len() + 1);
        message.push(DATA);
        message.extend_from_slice(data);
        message
    }

    /// Why there is no connection, in the cluster's words.
    pub(super) fn error(&self) -> Option<String> {
        let text = String::from_utf8_lossy(&self.error);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_comes_is_bytes_or_an_error(messages: Vec<Vec<u8>>) {
            let mut channel = PortChannel::default();
            for message in &messages {
                if let Ok(bytes) = channel.hear(message) {
                    prop_assert!(message.ends_with(bytes));
                }
            }
            prop_assert!(channel.error().is_none_or(|error| !error.is_empty()));
        }

        #[test]
        fn bytes_arrive_as_they_were_sent(pieces: Vec<Vec<u8>>) {
            let mut channel = PortChannel::default();
            for first in [[0, 0xf1, 0x19], [1, 0xf1, 0x19]] {
                prop_assert_eq!(channel.hear(&first), Ok(&[][..]));
            }
            for piece in &pieces {
                let message = PortChannel::input(piece);
                prop_assert_eq!(channel.hear(&message), Ok(piece.as_slice()));
            }
        }
    }

    #[test]
    fn errors_are_kept_and_nonsense_is_refused() {
        let mut channel = PortChannel::default();
        assert_eq!(channel.hear(&[]), Err(PortChannelError::Empty));
        assert_eq!(channel.hear(&[2, 0, 0]), Err(PortChannelError::Channel(2)));
        assert_eq!(channel.hear(b"\0hello"), Err(PortChannelError::Beginning));
        assert_eq!(channel.hear(&[1, 0xf1, 0x19]), Ok(&[][..]));
        assert_eq!(channel.error(), None);
        assert_eq!(channel.hear(b"\x01connection refused\n"), Ok(&[][..]));
        assert_eq!(channel.error().as_deref(), Some("connection refused"));
    }
}
