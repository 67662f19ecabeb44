//! Sockets: `ss`.

use crate::dump::Listing;

/// One socket of TCP, UDP or the like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Socket {
    /// The protocol, such as `tcp`.
    pub protocol: String,
    /// Its state, such as `LISTEN` or `ESTAB`.
    pub state: String,
    /// Bytes that the program has not yet read, or connections that wait.
    pub receive_queue: u64,
    /// Bytes that the peer has not yet acknowledged, or the most connections that may wait.
    pub send_queue: u64,
    /// Its own end, such as `10.0.0.1:80` or `*:22`.
    pub local: String,
    /// The other end.
    pub peer: String,
    /// The programs that hold it, as `NAME/PID`.
    pub programs: Vec<String>,
    /// What else is told of it.
    pub details: String,
}

/// What is read; other kinds, such as those of netlink, are counted as left out by the caller.
const PROTOCOLS: [&str; 8] = [
    "tcp", "udp", "raw", "sctp", "dccp", "mptcp", "icmp6", "udplite",
];

/// What stands before the programs that hold a socket.
const USERS: &str = "users:(";

/// A listing, and how many sockets of other kinds it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sockets {
    /// The sockets.
    pub listing: Listing<Socket>,
    /// How many others there are, such as those of netlink.
    pub others: usize,
}

impl Socket {
    /// Reads the output of `ss` with its column of protocols.
    pub fn list(text: &str) -> Sockets {
        let (mut items, mut other): (Vec<Self>, Vec<String>) = (Vec::new(), Vec::new());
        let mut others = 0;
        let mut is_other = false;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if line.starts_with("Netid ") {
                continue;
            }
            if line.starts_with([' ', '\t']) {
                // What does not fit stands on a line of its own.
                match items.last_mut() {
                    Some(socket) if !is_other => socket.add(line),
                    _ => {}
                }
                continue;
            }
            match Self::parse(line) {
                Some(socket) => {
                    is_other = false;
                    items.push(socket);
                }
                None if is_socket(line) => {
                    is_other = true;
                    others += 1;
                }
                None => other.push(line.trim().to_owned()),
            }
        }
        Sockets {
            listing: Listing { items, other },
            others,
        }
    }

    /// `tcp ESTAB 0 0 172.31.0.1:51554 172.31.0.254:6642 users:(("x",pid=1,fd=30))`
    fn parse(line: &str) -> Option<Self> {
        let (head, users) = match line.split_once(USERS) {
            Some((head, users)) => (head, Some(users)),
            None => (line, None),
        };
        let mut words = head.split_whitespace();
        let protocol = words.next()?;
        PROTOCOLS.contains(&protocol).then_some(())?;
        let mut socket = Self {
            protocol: protocol.to_owned(),
            state: words.next()?.to_owned(),
            receive_queue: words.next()?.parse().ok()?,
            send_queue: words.next()?.parse().ok()?,
            local: words.next()?.to_owned(),
            peer: words.next()?.to_owned(),
            ..Self::default()
        };
        for word in words {
            socket.tell(word);
        }
        if let Some(users) = users {
            socket.hold(users);
        }
        Some(socket)
    }

    /// Takes a line of details.
    fn add(&mut self, line: &str) {
        match line.split_once(USERS) {
            Some((before, users)) => {
                self.tell(before);
                self.hold(users);
            }
            None => self.tell(line),
        }
    }

    /// Takes the programs, and what stands behind them.
    fn hold(&mut self, users: &str) {
        // A name may hold blanks.
        let (users, rest) = users.split_once("))").unwrap_or((users, ""));
        self.programs = programs(users);
        self.tell(rest);
    }

    fn tell(&mut self, text: &str) {
        for word in text.split_whitespace() {
            if !self.details.is_empty() {
                self.details.push(' ');
            }
            self.details.push_str(word);
        }
    }

    /// The port of an end; `None` for any.
    pub fn port(end: &str) -> Option<u16> {
        end.rsplit_once(':')?.1.parse().ok()
    }

    /// The address of an end, without its device and brackets.
    pub fn address(end: &str) -> &str {
        let address = end.rsplit_once(':').map_or(end, |(address, _)| address);
        let address = address.trim_start_matches('[').trim_end_matches(']');
        let address = address
            .split_once('%')
            .map_or(address, |(address, _)| address);
        address.trim_end_matches(']')
    }
}

/// Whether a line is a socket of a kind that is not read here: its queues are numbers.
fn is_socket(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(4).collect();
    matches!(words.as_slice(), [_, _, receive, send] if receive.parse::<u64>().is_ok() && send.parse::<u64>().is_ok())
}

/// `("socat",pid=19548,fd=5),("socat",pid=19452,fd=5))`: each once.
fn programs(users: &str) -> Vec<String> {
    let mut programs = Vec::new();
    for user in users.split("(\"").skip(1) {
        let Some((name, rest)) = user.split_once('"') else {
            continue;
        };
        let pid = rest
            .split([',', ')'])
            .find_map(|part| part.strip_prefix("pid="))
            .unwrap_or("?");
        let program = format!("{name}/{pid}");
        if !programs.contains(&program) {
            programs.push(program);
        }
    }
    programs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // iproute2 6.15 on the node of a real stack: `ss -peaonmi`, shortened.
    const TEXT: &str = r#"Failed to find cgroup2 mount
Netid State  Recv-Q Send-Q    Local Address:Port        Peer Address:Port   Process
nl    UNCONN 0      0                  rtnl:kernel                  *
	 skmem:(r0,rb212992)
u_str ESTAB  0      0                     * 36103                  * 36104 users:(("a",pid=9,fd=3))
udp   UNCONN 0      0      127.0.0.53%lo:53        0.0.0.0:*      ino:1148 sk:1
tcp   ESTAB  0      64        172.31.0.1:51554    172.31.0.254:6642  users:(("ovn-controller",pid=18879,fd=30),("ovn-controller",pid=18879,fd=31)) timer:(keepalive,1min,0)
	 skmem:(r0,rb131072) cubic cwnd:10
tcp   LISTEN 0      128            [::]:22               [::]:*
"#;

    #[test]
    fn sockets_are_read_and_other_kinds_are_counted() {
        let sockets = Socket::list(TEXT);
        let shown: Vec<String> = sockets
            .listing
            .items
            .iter()
            .map(|socket| {
                format!(
                    "{socket:?} port {:?} of {}",
                    Socket::port(&socket.local),
                    Socket::address(&socket.local)
                )
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"
        Socket { protocol: "udp", state: "UNCONN", receive_queue: 0, send_queue: 0, local: "127.0.0.53%lo:53", peer: "0.0.0.0:*", programs: [], details: "ino:1148 sk:1" } port Some(53) of 127.0.0.53
        Socket { protocol: "tcp", state: "ESTAB", receive_queue: 0, send_queue: 64, local: "172.31.0.1:51554", peer: "172.31.0.254:6642", programs: ["ovn-controller/18879"], details: "timer:(keepalive,1min,0) skmem:(r0,rb131072) cubic cwnd:10" } port Some(51554) of 172.31.0.1
        Socket { protocol: "tcp", state: "LISTEN", receive_queue: 0, send_queue: 128, local: "[::]:22", peer: "[::]:*", programs: [], details: "" } port Some(22) of ::
        "#);
        assert_eq!(sockets.others, 2);
        assert_eq!(sockets.listing.other, ["Failed to find cgroup2 mount"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "((tcp|udp|nl) [A-Z]* \\d* \\d* [0-9.:\\[\\]%]* [0-9.:*]* ?(users:\\(\\(\"a\",pid=1)?\\n|\\PC*\\n){0,6}") {
            for socket in Socket::list(&text).listing.items {
                let _ = (Socket::port(&socket.local), Socket::address(&socket.peer));
            }
        }
    }
}
