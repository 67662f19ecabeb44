//! Connections, as `dpctl/dump-conntrack` and `conntrack -L -o extended`'s kernel counterpart in
//! Open vSwitch list them.
//!
//! **Source**: ovs-dpctl(8), `dump-conntrack`.

use crate::dump::{Field, Listing, split};

/// One connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// The protocol.
    pub protocol: String,
    /// The packets in the direction of the first.
    pub original: Tuple,
    /// The packets that answer.
    pub reply: Tuple,
    /// The zone; 0 where none is printed.
    pub zone: u16,
    /// The mark, as printed.
    pub mark: Option<String>,
    /// The labels, as printed.
    pub labels: Option<String>,
    /// The state of the protocol, such as `ESTABLISHED`.
    pub state: Option<String>,
    /// After how many seconds it is forgotten.
    pub timeout: Option<u64>,
}

/// The addresses of one direction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tuple {
    /// Who sends.
    pub source: String,
    /// Who receives.
    pub destination: String,
    /// The source port, or the identifier of an ICMP echo.
    pub source_port: Option<u16>,
    /// The destination port.
    pub destination_port: Option<u16>,
}

impl Tuple {
    fn read(field: Field<'_>) -> Option<Self> {
        let mut tuple = Self::default();
        for inner in field.inner() {
            match inner.name {
                "src" => inner.value.clone_into(&mut tuple.source),
                "dst" => inner.value.clone_into(&mut tuple.destination),
                "sport" | "id" => tuple.source_port = Some(inner.value.parse().ok()?),
                "dport" => tuple.destination_port = Some(inner.value.parse().ok()?),
                _ => {}
            }
        }
        Some(tuple)
    }
}

impl Connection {
    /// Reads one line.
    pub fn parse(line: &str) -> Option<Self> {
        let fields = split(line);
        let (first, rest) = fields.split_first()?;
        let mut connection = Self {
            protocol: first.name.to_owned(),
            ..Self::default()
        };
        for field in rest {
            match field.name {
                "orig" => connection.original = Tuple::read(*field)?,
                "reply" => connection.reply = Tuple::read(*field)?,
                "zone" => connection.zone = field.value.parse().ok()?,
                "mark" => connection.mark = Some(field.value.to_owned()),
                "labels" => connection.labels = Some(field.value.to_owned()),
                "timeout" => connection.timeout = Some(field.value.parse().ok()?),
                "protoinfo" => {
                    let state = field
                        .inner()
                        .into_iter()
                        .find(|inner| inner.name.starts_with("state"));
                    connection.state = state.map(|state| state.value.to_owned());
                }
                _ => {}
            }
        }
        let is_connection =
            !connection.original.source.is_empty() && !connection.reply.source.is_empty();
        is_connection.then_some(connection)
    }

    /// Reads a whole listing.
    pub fn list(text: &str) -> Listing<Self> {
        Listing::read(text, |_| false, Self::parse)
    }

    /// Whether the answers come from where the packets went, so that no address was translated.
    pub fn is_plain(&self) -> bool {
        self.original.source == self.reply.destination
            && self.original.destination == self.reply.source
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "\
icmp,orig=(src=10.244.0.5,dst=8.8.8.8,id=20896,type=8,code=0),reply=(src=8.8.8.8,dst=172.18.0.11,id=20896,type=0,code=0)
tcp,orig=(src=10.244.0.5,dst=10.96.0.10,sport=40000,dport=80),reply=(src=10.244.1.5,dst=10.244.0.5,sport=8080,dport=40000),id=0,zone=11,status=0,timeout=29,mark=2,labels=0x1,protoinfo=(state_orig=ESTABLISHED,state_reply=ESTABLISHED)
ovs-appctl: server returned an error
";

    #[test]
    fn connections_are_read_and_what_is_none_is_kept() {
        let listing = Connection::list(TEXT);
        insta::assert_debug_snapshot!(listing.items, @r#"
        [
            Connection {
                protocol: "icmp",
                original: Tuple {
                    source: "10.244.0.5",
                    destination: "8.8.8.8",
                    source_port: Some(
                        20896,
                    ),
                    destination_port: None,
                },
                reply: Tuple {
                    source: "8.8.8.8",
                    destination: "172.18.0.11",
                    source_port: Some(
                        20896,
                    ),
                    destination_port: None,
                },
                zone: 0,
                mark: None,
                labels: None,
                state: None,
                timeout: None,
            },
            Connection {
                protocol: "tcp",
                original: Tuple {
                    source: "10.244.0.5",
                    destination: "10.96.0.10",
                    source_port: Some(
                        40000,
                    ),
                    destination_port: Some(
                        80,
                    ),
                },
                reply: Tuple {
                    source: "10.244.1.5",
                    destination: "10.244.0.5",
                    source_port: Some(
                        8080,
                    ),
                    destination_port: Some(
                        40000,
                    ),
                },
                zone: 11,
                mark: Some(
                    "2",
                ),
                labels: Some(
                    "0x1",
                ),
                state: Some(
                    "ESTABLISHED",
                ),
                timeout: Some(
                    29,
                ),
            },
        ]
        "#);
        assert_eq!(listing.other, ["ovs-appctl: server returned an error"]);
        assert!(!listing.items[0].is_plain());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[a-z0-9_=:, .()\\n]{0,80}|\\PC{0,40}") {
            let _ = Connection::list(&text);
        }
    }
}
