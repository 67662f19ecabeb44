//! Channels: the framing of a command's streams on one WebSocket.
//!
//! Each binary message is one byte that names the channel, and then its bytes. In version 5 a
//! message on channel 255 closes another channel; version 4 cannot close one alone.
//!
//! **Source**: `v5.channel.k8s.io` and `v4.channel.k8s.io`,
//! k8s.io/apimachinery/pkg/util/remotecommand/constants.go of Kubernetes 1.36.

use thiserror::Error;

/// The channel of a message that closes another channel, from version 5 on.
const CLOSE: u8 = 255;

/// What the two ends agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// `v4.channel.k8s.io`.
    V4,
    /// `v5.channel.k8s.io`.
    V5,
}

/// A stream of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channel {
    /// What the command reads.
    Stdin,
    /// What it writes.
    Stdout,
    /// What it complains of.
    Stderr,
    /// How it ended, as a `Status` in JSON.
    Status,
    /// The size of its terminal.
    Resize,
}

impl Channel {
    #[cfg(test)]
    const ALL: [Self; 5] = [
        Self::Stdin,
        Self::Stdout,
        Self::Stderr,
        Self::Status,
        Self::Resize,
    ];

    fn number(self) -> u8 {
        match self {
            Self::Stdin => 0,
            Self::Stdout => 1,
            Self::Stderr => 2,
            Self::Status => 3,
            Self::Resize => 4,
        }
    }

    fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::Stdin,
            1 => Self::Stdout,
            2 => Self::Stderr,
            3 => Self::Status,
            4 => Self::Resize,
            _ => return None,
        })
    }
}

/// One message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame<'b> {
    /// Bytes of a channel; a server opens each of its channels with none.
    Data(Channel, &'b [u8]),
    /// Nothing more comes on the channel.
    Close(Channel),
}

/// A message that is none of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(super) enum ChannelError {
    #[error("a message without a channel")]
    Empty,
    #[error("a message on channel {0}, which there is not")]
    Unknown(u8),
    #[error("a message closes channel {0}, which there is not")]
    CloseUnknown(u8),
    #[error("a message closes {0} channels at once")]
    CloseCount(usize),
}

impl Version {
    /// Reads a message.
    pub(super) fn decode(self, message: &[u8]) -> Result<Frame<'_>, ChannelError> {
        let (&number, data) = message.split_first().ok_or(ChannelError::Empty)?;
        if number == CLOSE && self == Self::V5 {
            let [closed] = data else {
                return Err(ChannelError::CloseCount(data.len()));
            };
            return Channel::from_number(*closed)
                .map(Frame::Close)
                .ok_or(ChannelError::CloseUnknown(*closed));
        }
        Channel::from_number(number)
            .map(|channel| Frame::Data(channel, data))
            .ok_or(ChannelError::Unknown(number))
    }

    /// Writes a message; `None` where this version cannot say it.
    pub(super) fn encode(self, frame: Frame<'_>) -> Option<Vec<u8>> {
        match frame {
            Frame::Data(channel, data) => {
                let mut message = Vec::with_capacity(data.len() + 1);
                message.push(channel.number());
                message.extend_from_slice(data);
                Some(message)
            }
            Frame::Close(channel) => (self == Self::V5).then(|| vec![CLOSE, channel.number()]),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VERSIONS: [Version; 2] = [Version::V4, Version::V5];

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(
            version in prop::sample::select(VERSIONS.as_slice()),
            channel in prop::sample::select(Channel::ALL.as_slice()),
            data: Vec<u8>,
        ) {
            let frame = Frame::Data(channel, &data);
            let message = version.encode(frame).expect("data is always said");
            prop_assert_eq!(version.decode(&message), Ok(frame));
        }

        #[test]
        fn any_bytes_read_as_one_frame_or_as_an_error(
            version in prop::sample::select(VERSIONS.as_slice()),
            message: Vec<u8>,
        ) {
            if let Ok(frame) = version.decode(&message) {
                prop_assert_eq!(version.encode(frame), Some(message));
            }
        }
    }

    #[test]
    fn only_version_5_closes_one_channel() {
        for channel in Channel::ALL {
            let close = Frame::Close(channel);
            let message = Version::V5.encode(close).expect("said");
            assert_eq!(message, [255, channel.number()]);
            assert_eq!(Version::V5.decode(&message), Ok(close));
            assert_eq!(Version::V4.encode(close), None);
            assert_eq!(
                Version::V4.decode(&message),
                Err(ChannelError::Unknown(255))
            );
        }
    }

    #[test]
    fn what_is_no_message_says_why() {
        let errors = [&[][..], &[5, 1], &[255], &[255, 9], &[255, 0, 1]]
            .map(|message| Version::V5.decode(message).expect_err("none").to_string());
        insta::assert_snapshot!(errors.join("\n"), @r"
        a message without a channel
        a message on channel 5, which there is not
        a message closes 0 channels at once
        a message closes channel 9, which there is not
        a message closes 2 channels at once
        ");
    }
}
