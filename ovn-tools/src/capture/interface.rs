//! Where to capture: the name of a network device, and which way packets go through it.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The longest name of a network device, in bytes.
/// **Source**: Linux, `IFNAMSIZ` in `include/uapi/linux/if.h`, less the zero behind it.
const MAX_BYTES: usize = 15;

/// Names that libpcap takes for something other than a network device: queues of the packet
/// filter, from which reading takes packets away, and other buses.
/// **Source**: pcap(3PCAP), the modules of libpcap 1.10.
const OTHER_DEVICES: [&str; 7] = [
    "nflog",
    "nfqueue",
    "bluetooth",
    "usbmon",
    "dbus-",
    "can",
    "dag",
];

/// The name of a network device, or `any` for all of a node's.
///
/// It cannot be an option, nor one of the names by which libpcap reads from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interface(Box<str>);

/// A text cannot be the name of a network device.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum InterfaceError {
    /// It has no name's length.
    #[error("{0:?} is no interface: names have 1 to {MAX_BYTES} bytes")]
    Length(String),
    /// It could be an option, or holds what no name does.
    #[error(
        "{0:?} is no interface: names hold no blanks, slashes or colons and begin with no hyphen"
    )]
    Letter(String),
    /// It is a number, which would choose any device by its place.
    #[error("{0:?} is a number: send the interface's name, such as ovs_show and ip_show tell it")]
    Number(String),
    /// It is something else that packets can be read from.
    #[error("{0:?} is no network interface, and reading from it may take packets away")]
    Other(String),
}

impl FromStr for Interface {
    type Err = InterfaceError;

    fn from_str(text: &str) -> Result<Self, InterfaceError> {
        let own = || text.to_owned();
        if text.is_empty() || text.len() > MAX_BYTES {
            return Err(InterfaceError::Length(own()));
        }
        let is_letter = |byte: u8| byte.is_ascii_graphic() && !b"/:".contains(&byte);
        if !text.bytes().all(is_letter) || text.starts_with('-') || [".", ".."].contains(&text) {
            return Err(InterfaceError::Letter(own()));
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InterfaceError::Number(own()));
        }
        if OTHER_DEVICES.iter().any(|other| is_other(text, other)) {
            return Err(InterfaceError::Other(own()));
        }
        Ok(Self(text.into()))
    }
}

/// Whether a name is this other device's, or this and a number.
fn is_other(text: &str, other: &str) -> bool {
    let rest = text.strip_prefix(other);
    rest.is_some_and(|rest| other.ends_with('-') || rest.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Interface {
    /// The name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which way packets go, as the node sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// What comes in at the interface: at a pod's port, what the pod sends.
    In,
    /// What goes out at the interface: at a pod's port, what the pod gets.
    Out,
}

impl Direction {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_devices_are_taken_and_whatever_else_is_refused() {
        let check = |text: &str| match text.parse::<Interface>() {
            Ok(interface) => interface.to_string(),
            Err(error) => error.to_string(),
        };
        for text in [
            "eth0",
            "any",
            "genev_sys_6081",
            "br-ex",
            "1a2b3c_0",
            "eth0.100",
            "cansas",
        ] {
            assert_eq!(check(text), text);
        }
        let refused = [
            "",
            "ovn-k8s-mp0-long",
            "-w",
            "a b",
            "a/b",
            "rpcap://h",
            "nfqueue:1",
            "7",
            "nflog",
            "can0",
            "dbus-system",
            "a\nb",
            "..",
        ];
        insta::assert_snapshot!(refused.map(check).join("\n"), @r#"
        "" is no interface: names have 1 to 15 bytes
        "ovn-k8s-mp0-long" is no interface: names have 1 to 15 bytes
        "-w" is no interface: names hold no blanks, slashes or colons and begin with no hyphen
        "a b" is no interface: names hold no blanks, slashes or colons and begin with no hyphen
        "a/b" is no interface: names hold no blanks, slashes or colons and begin with no hyphen
        "rpcap://h" is no interface: names hold no blanks, slashes or colons and begin with no hyphen
        "nfqueue:1" is no interface: names hold no blanks, slashes or colons and begin with no hyphen
        "7" is a number: send the interface's name, such as ovs_show and ip_show tell it
        "nflog" is no network interface, and reading from it may take packets away
        "can0" is no network interface, and reading from it may take packets away
        "dbus-system" is no network interface, and reading from it may take packets away
        "a\nb" is no interface: names hold no blanks, slashes or colons and begin with no hyphen
        ".." is no interface: names hold no blanks, slashes or colons and begin with no hyphen
        "#);
    }

    proptest! {
        #[test]
        fn no_name_is_an_option_or_holds_a_blank(text: String) {
            if let Ok(interface) = text.parse::<Interface>() {
                prop_assert!(!interface.name().starts_with('-'));
                prop_assert!(!interface.name().contains(|letter: char| letter.is_whitespace()));
            }
        }
    }
}
