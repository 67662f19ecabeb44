//! MAC addresses.

use std::fmt;

/// An Ethernet address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mac(pub [u8; 6]);

impl Mac {
    /// Six groups of one or two hexadecimal digits with colons between them, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 6];
        let mut groups = text.split(':');
        for byte in &mut bytes {
            let group = groups.next()?;
            let is_hexadecimal = group.bytes().all(|digit| digit.is_ascii_hexdigit());
            if !is_hexadecimal || !matches!(group.len(), 1 | 2) {
                return None;
            }
            *byte = u8::from_str_radix(group, 16).ok()?;
        }
        groups.next().is_none().then_some(Self(bytes))
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_six_groups_are_a_mac() {
        assert_eq!(
            Mac::parse("0A:58:a:f4:00:05").map(|mac| mac.to_string()),
            Some("0a:58:0a:f4:00:05".to_owned())
        );
        for text in [
            "",
            "0a:58",
            "0a:58:0a:f4:00:05:06",
            "0a:58:0a:f4:00:+5",
            "fe80::1",
        ] {
            assert_eq!(Mac::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_printed_is_read_back(bytes: [u8; 6]) {
            let mac = Mac(bytes);
            prop_assert_eq!(Mac::parse(&mac.to_string()), Some(mac));
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = Mac::parse(&text);
        }
    }
}
