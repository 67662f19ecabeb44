//! The connections that the kernel tracks: `conntrack -L -o extended`.

use crate::dump::Listing;
use crate::dump::conntrack::{Connection, Tuple};

/// A connection of the kernel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KernelConnection {
    /// What it has in common with those that Open vSwitch lists.
    pub connection: Connection,
    /// What is said of it, such as `ASSURED` or `UNREPLIED`.
    pub flags: Vec<String>,
}

impl KernelConnection {
    /// Reads a whole listing, with the names of layer 3 (`-o extended`) or without.
    pub fn list(text: &str) -> Listing<Self> {
        let is_heading = |line: &str| {
            line.starts_with("conntrack v") && line.contains("flow entries have been shown")
        };
        Listing::read(text, is_heading, Self::parse)
    }

    /// `ipv4 2 tcp 6 431978 ESTABLISHED src=… dst=… sport=… dport=… src=… [ASSURED] mark=0 use=1`
    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace().peekable();
        if words
            .peek()
            .is_some_and(|word| ["ipv4", "ipv6"].contains(word))
        {
            words.next();
            words.next();
        }
        let mut connection = Connection {
            protocol: words.next()?.to_owned(),
            ..Connection::default()
        };
        words.next()?.parse::<u8>().ok()?;
        let mut flags = Vec::new();
        let mut tuples: Vec<Tuple> = Vec::new();
        for word in words {
            if let Some(flag) = word
                .strip_prefix('[')
                .and_then(|word| word.strip_suffix(']'))
            {
                flags.push(flag.to_owned());
                continue;
            }
            let Some((name, value)) = word.split_once('=') else {
                match word.parse() {
                    Ok(seconds) => connection.timeout = Some(seconds),
                    Err(_) => connection.state = Some(word.to_owned()),
                }
                continue;
            };
            if name == "src" {
                tuples.push(Tuple {
                    source: value.to_owned(),
                    ..Tuple::default()
                });
                continue;
            }
            match (name, tuples.last_mut()) {
                ("dst", Some(tuple)) => value.clone_into(&mut tuple.destination),
                ("sport" | "id", Some(tuple)) => tuple.source_port = value.parse().ok(),
                ("dport", Some(tuple)) => tuple.destination_port = value.parse().ok(),
                ("zone", _) => connection.zone = value.parse().ok()?,
                ("mark", _) if value != "0" => connection.mark = Some(value.to_owned()),
                ("labels", _) => connection.labels = Some(value.to_owned()),
                _ => {}
            }
        }
        let [original, reply] = <[Tuple; 2]>::try_from(tuples).ok()?;
        connection.original = original;
        connection.reply = reply;
        Some(Self { connection, flags })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // conntrack-tools 1.4.7 on the node of a real stack, and without `-o extended`.
    const TEXT: &str = "\
conntrack v1.4.7 (conntrack-tools): 4 flow entries have been shown.
ipv4     2 tcp      6 431978 ESTABLISHED src=10.244.0.2 dst=10.96.0.10 sport=35156 dport=80 src=10.244.1.6 dst=10.244.0.2 sport=9090 dport=35156 [ASSURED] mark=2 zone=11 use=1
udp      17 16 src=10.244.0.2 dst=10.244.1.6 sport=43650 dport=5353 [UNREPLIED] src=10.244.1.6 dst=10.244.0.2 sport=5353 dport=43650 mark=0 use=1
ipv6     10 icmpv6   58 29 src=fd00::1 dst=fd00::2 type=128 code=0 id=7 src=fd00::2 dst=fd00::1 type=129 code=0 id=7 mark=0 use=1
conntrack: Operation not permitted
";

    #[test]
    fn connections_are_read_and_what_is_none_is_kept() {
        let listing = KernelConnection::list(TEXT);
        let shown: Vec<String> = listing
            .items
            .iter()
            .map(|item| {
                let connection = &item.connection;
                format!(
                    "{} {}:{:?} > {}:{:?}, plain {}, zone {}, {:?} {:?} {:?} {:?}",
                    connection.protocol,
                    connection.original.source,
                    connection.original.source_port,
                    connection.original.destination,
                    connection.original.destination_port,
                    connection.is_plain(),
                    connection.zone,
                    connection.state,
                    connection.timeout,
                    connection.mark,
                    item.flags,
                )
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"
        tcp 10.244.0.2:Some(35156) > 10.96.0.10:Some(80), plain false, zone 11, Some("ESTABLISHED") Some(431978) Some("2") ["ASSURED"]
        udp 10.244.0.2:Some(43650) > 10.244.1.6:Some(5353), plain true, zone 0, None Some(16) None ["UNREPLIED"]
        icmpv6 fd00::1:Some(7) > fd00::2:None, plain true, zone 0, None Some(29) None []
        "#);
        assert_eq!(listing.other, ["conntrack: Operation not permitted"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "((ipv4 2 )?[a-z]{1,4} \\d* \\d* ?(src=[0-9.]* ?|dst=x |\\[A\\] |zone=\\d* ){0,5}\\n|\\PC*\\n){0,6}") {
            let _ = KernelConnection::list(&text);
        }
    }
}
