//! IPsec in the kernel: `ip xfrm state` and `ip xfrm policy`.
//!
//! Keys are left out by construction: only the words named here are kept, and of an algorithm its
//! name alone. There is no JSON of these.

use crate::dump::Listing;
use crate::dump::kernel::words::Words;

/// An association, or a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transform {
    /// From where.
    pub source: String,
    /// Where to.
    pub destination: String,
    /// Which packets a policy is for besides, such as `proto udp dport 6081`.
    pub selector: String,
    /// `in`, `out` or `fwd`; of a policy.
    pub direction: Option<String>,
    /// Of several the least wins; of a policy.
    pub priority: Option<u64>,
    /// The protocol, such as `esp`.
    pub protocol: Option<String>,
    /// The index of security parameters; of an association.
    pub spi: Option<String>,
    /// What joins policies with associations.
    pub request: Option<String>,
    /// `transport` or `tunnel`.
    pub mode: Option<String>,
    /// The names of the algorithms; of an association.
    pub algorithms: Vec<String>,
}

/// What begins the line of an algorithm: its name follows, and then its key.
const ALGORITHMS: [&str; 5] = ["auth", "auth-trunc", "enc", "aead", "comp"];

/// What a selector may name, beside addresses.
const SELECTORS: [&str; 6] = ["proto", "sport", "dport", "type", "code", "dev"];

/// The most letters of one word that is kept; a longer one could hold a key.
/// **Default and why**: 48; the longest name of an algorithm, such as
/// `rfc7539esp(chacha20,poly1305)`, has 30, and an address with its prefix 43.
const MAX_WORD: usize = 48;

impl Transform {
    /// Reads the output of `ip xfrm state` or `ip xfrm policy`.
    ///
    /// A line that is none of them is kept without what could be a key.
    pub fn list(text: &str) -> Listing<Self> {
        let (mut items, mut other): (Vec<Self>, Vec<String>) = (Vec::new(), Vec::new());
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let mut words = Words::of(line);
            if !line.starts_with([' ', '\t']) {
                match Self::first_line(words) {
                    Some(item) => items.push(item),
                    None => other.push(told(line)),
                }
            } else if let Some(item) = items.last_mut() {
                if words.peek().is_some_and(|word| ALGORITHMS.contains(&word)) {
                    words.word();
                    item.algorithms.extend(words.word().and_then(plain));
                } else if words.peek() != Some("sel") {
                    item.take(words);
                }
            } else {
                other.push(told(line));
            }
        }
        Listing { items, other }
    }

    /// `src 172.31.0.1/32 dst 172.31.0.2/32 proto udp dport 6081`
    fn first_line(mut words: Words<'_>) -> Option<Self> {
        (words.word()? == "src").then_some(())?;
        let source = plain(words.word()?)?;
        (words.word()? == "dst").then_some(())?;
        let destination = plain(words.word()?)?;
        let mut selector = Vec::new();
        while let Some(word) = words.word() {
            if SELECTORS.contains(&word) {
                selector.extend(
                    [plain(word), words.word().and_then(plain)]
                        .into_iter()
                        .flatten(),
                );
            }
        }
        Some(Self {
            source,
            destination,
            selector: selector.join(" "),
            ..Self::default()
        })
    }

    fn take(&mut self, mut words: Words<'_>) {
        while let Some(word) = words.word() {
            let slot = match word {
                "dir" => &mut self.direction,
                "proto" => &mut self.protocol,
                "spi" => &mut self.spi,
                "reqid" => &mut self.request,
                "mode" => &mut self.mode,
                "priority" => {
                    self.priority = words.number();
                    continue;
                }
                _ => continue,
            };
            // `proto esp spi 0x0a reqid 1`: a template's zero index says nothing.
            let value = words.word().and_then(plain);
            if slot.is_none() {
                *slot = value;
            }
        }
    }
}

/// A word that holds no key: short, and no hexadecimal number longer than an index.
fn plain(word: &str) -> Option<String> {
    const INDEX: usize = 10;
    let is_number = word.starts_with("0x") && word.len() > INDEX;
    (!is_number && word.len() <= MAX_WORD).then(|| word.to_owned())
}

/// A line with its numbers and long words left out.
fn told(line: &str) -> String {
    let words = line.split_whitespace().filter_map(plain);
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POLICY: &str = "\
src 172.31.0.2/32 dst 172.31.0.1/32 proto udp dport 6081 
\tdir in priority 1360065 ptype main 
\ttmpl src 0.0.0.0 dst 0.0.0.0
\t\tproto esp reqid 16413 mode transport
";
    // The form of ip-xfrm(8); the keys are made up.
    const STATE: &str = "\
src 172.31.0.1 dst 172.31.0.2
\tproto esp spi 0x0d4a3b21 reqid 16417 mode transport
\treplay-window 32 
\taead rfc4106(gcm(aes)) 0x5ec2e7000102030405060708090a0b0c0d0e0f1011121314 128
\tauth-trunc hmac(sha256) 0x5ec2e7aabbccddeeff 128
\tenc cbc(aes) 0x5ec2e7ffeeddccbbaa
\tanti-replay context: seq 0x0, oseq 0x5, bitmap 0x00000000
\tsel src 0.0.0.0/0 dst 0.0.0.0/0 
aead rfc4106(gcm(aes)) 0x5ec2e700010203
";

    #[test]
    fn policies_and_associations_are_read() {
        let policy = &Transform::list(POLICY).items[0];
        assert_eq!(policy.selector, "proto udp dport 6081");
        assert_eq!(policy.direction.as_deref(), Some("in"));
        assert_eq!(policy.protocol.as_deref(), Some("esp"));
        assert_eq!(policy.mode.as_deref(), Some("transport"));
        let state = &Transform::list(STATE).items[0];
        assert_eq!(state.spi.as_deref(), Some("0x0d4a3b21"));
        assert_eq!(
            state.algorithms,
            ["rfc4106(gcm(aes))", "hmac(sha256)", "cbc(aes)"]
        );
    }

    #[test]
    fn no_key_is_kept() {
        let listing = Transform::list(STATE);
        let all = format!("{listing:?}");
        assert!(!all.contains("5ec2e7"), "{all}");
        assert_eq!(listing.other, ["aead rfc4106(gcm(aes))"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "(src [0-9.]* dst [0-9.]* ?[a-z0-9 ]*\\n|\t(enc|proto|spi) [a-z0-9 ]*\\n|\\PC*\\n){0,6}") {
            let _ = Transform::list(&text);
        }
    }
}
