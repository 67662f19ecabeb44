//! Commands: the closed list of what daemons and programs may be asked, with typed arguments.
//!
//! There is no shell anywhere and no free command line: every command is a variant here, all of
//! them only read, and no text of a user or a model can become an option ([`Word`]).

mod conntrack_state;

mod word;

mod kernel;

mod namespace;

mod capture;

mod drops;

mod counters;

use std::fmt;
use std::time::Duration;

pub use self::capture::{Bounds, Capture};
pub use self::conntrack_state::{ConntrackState, ParseConntrackState};
pub use self::counters::{Counters, Look};
pub use self::drops::{DropTrace, Tracer};
pub use self::kernel::{Family, KernelListing};
pub use self::namespace::NetworkNamespace;
pub use self::word::{Word, WordError};
use crate::command::capture::PROGRAM;
use crate::command::namespace::ENTER;

/// A daemon with a control socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Daemon {
    /// `ovs-vswitchd`, which forwards packets.
    Vswitchd,
    /// `ovn-controller`, which makes flows of the Southbound database.
    Controller,
    /// `ovn-northd`, which makes the Southbound database of the Northbound one.
    Northd,
}

impl Daemon {
    /// All of them, from the cluster to the packets.
    pub const ALL: [Self; 3] = [Self::Northd, Self::Controller, Self::Vswitchd];

    /// The program, after which its control socket is named.
    pub fn program(self) -> &'static str {
        match self {
            Self::Vswitchd => "ovs-vswitchd",
            Self::Controller => "ovn-controller",
            Self::Northd => "ovn-northd",
        }
    }
}

impl fmt::Display for Daemon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.program())
    }
}

/// A question to a daemon or to a program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Command {
    /// `version`: what a daemon is.
    Version(Daemon),
    /// `connection-status` of ovn-controller: whether it has the Southbound database.
    ConnectionStatus,
    /// `debug/status` of ovn-controller: whether it is running or paused.
    ControllerStatus,
    /// `status` of ovn-northd: whether it is active, on standby or paused.
    NorthdStatus,
    /// `ct-zone-list` of ovn-controller: the conntrack zone of each port and router.
    ConntrackZones,
    /// `memory/show`: what a daemon holds.
    Memory(Daemon),
    /// `bridge/dump-flows` of ovs-vswitchd: the OpenFlow flows of a bridge, hidden ones included.
    BridgeFlows {
        /// The bridge.
        bridge: Word,
    },
    /// `ofproto/trace` of ovs-vswitchd: what the flows of a bridge do with a packet.
    FlowTrace {
        /// The bridge.
        bridge: Word,
        /// The packet, in the notation of ovs-fields(7).
        flow: Word,
        /// What conntrack says of it, pass by pass.
        conntrack: Vec<ConntrackState>,
    },
    /// `dpctl/dump-flows` of ovs-vswitchd: the flows cached in the datapath.
    DatapathFlows,
    /// `dpctl/dump-conntrack` of ovs-vswitchd: the connections known to the datapath.
    Conntrack {
        /// Only those of this zone.
        zone: Option<u16>,
    },
    /// A listing of what the kernel of a node holds.
    Kernel(KernelListing),
    /// The devices in a network namespace of a node, as [`KernelListing::Links`] tells those of the
    /// node.
    LinksInside(NetworkNamespace),
    /// `tcpdump`: packets that pass on a node.
    Capture(Capture),
    /// `retis` or `pwru`: each packet that the kernel of a node drops.
    Drops(DropTrace),
    /// Counters of what is dropped, looked at twice.
    Counters {
        /// Which.
        of: Counters,
        /// Which of the looks.
        look: Look,
    },
    /// Nothing, for a while: what stands behind it is asked that much later.
    Pause {
        /// How long.
        time: Duration,
    },
    /// `ovn-trace`: what the logical flows do with a packet.
    LogicalTrace {
        /// The logical switch or router where it enters.
        datapath: Word,
        /// The packet, as an OVN expression.
        microflow: Word,
        /// What conntrack says of it, pass by pass.
        conntrack: Vec<ConntrackState>,
        /// The backend that a load balancer is to choose, `IP:PORT`.
        backend: Option<Word>,
    },
}

/// Who carries a command out, and in which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// A daemon, over its control socket.
    Control {
        /// The daemon.
        daemon: Daemon,
        /// The command as the daemon calls it.
        method: &'static str,
        /// Its arguments.
        arguments: Vec<String>,
    },
    /// A program on the node itself, which sees the node's network.
    Host {
        /// The program.
        program: &'static str,
        /// Its arguments.
        arguments: Vec<String>,
    },
    /// A program on the node itself that goes on until it is ended, whose output is bytes.
    Capture {
        /// The program.
        program: &'static str,
        /// Its arguments.
        arguments: Vec<String>,
        /// When it is ended.
        bounds: Bounds,
    },
    /// Nobody: time passes.
    Pause {
        /// How long.
        time: Duration,
    },
    /// A program beside a server of the rows that were read.
    Program {
        /// The program.
        program: &'static str,
        /// Its arguments, but for where the server is.
        arguments: Vec<String>,
    },
}

impl Command {
    /// Who carries it out, and in which words.
    pub fn call(&self) -> Call {
        let control = |daemon, method, arguments: Vec<String>| Call::Control {
            daemon,
            method,
            arguments,
        };
        match self {
            Self::Version(daemon) => control(*daemon, "version", Vec::new()),
            Self::ConnectionStatus => control(Daemon::Controller, "connection-status", Vec::new()),
            Self::ControllerStatus => control(Daemon::Controller, "debug/status", Vec::new()),
            Self::NorthdStatus => control(Daemon::Northd, "status", Vec::new()),
            Self::ConntrackZones => control(Daemon::Controller, "ct-zone-list", Vec::new()),
            Self::Memory(daemon) => control(*daemon, "memory/show", Vec::new()),
            Self::BridgeFlows { bridge } => control(
                Daemon::Vswitchd,
                "bridge/dump-flows",
                vec![bridge.to_string()],
            ),
            Self::FlowTrace {
                bridge,
                flow,
                conntrack,
            } => {
                let mut arguments = vec![bridge.to_string(), flow.to_string()];
                for state in conntrack {
                    arguments.extend(["--ct-next".to_owned(), state.to_string()]);
                }
                control(Daemon::Vswitchd, "ofproto/trace", arguments)
            }
            Self::DatapathFlows => {
                control(Daemon::Vswitchd, "dpctl/dump-flows", vec!["-m".to_owned()])
            }
            Self::Conntrack { zone } => {
                let zone = zone.iter().map(|zone| format!("zone={zone}"));
                let arguments = ["-m".to_owned()].into_iter().chain(zone).collect();
                control(Daemon::Vswitchd, "dpctl/dump-conntrack", arguments)
            }
            Self::Kernel(listing) => {
                let arguments = listing.arguments().into_iter();
                Call::Host {
                    program: listing.program(),
                    arguments: arguments.map(str::to_owned).collect(),
                }
            }
            Self::LinksInside(namespace) => {
                let listing = KernelListing::Links;
                let arguments = listing.arguments().into_iter().map(str::to_owned);
                Call::Host {
                    program: ENTER,
                    arguments: namespace.enter(listing.program(), arguments.collect()),
                }
            }
            Self::Capture(capture) => {
                let arguments = capture.arguments();
                let (program, arguments) = match capture.inside {
                    Some(namespace) => (ENTER, namespace.enter(PROGRAM, arguments)),
                    None => (PROGRAM, arguments),
                };
                Call::Capture {
                    program,
                    arguments,
                    bounds: capture.bounds(),
                }
            }
            Self::Drops(trace) => Call::Capture {
                program: trace.tracer.program(),
                arguments: trace.arguments(),
                bounds: trace.bounds(),
            },
            Self::Counters { of, .. } => of.call(),
            Self::Pause { time } => Call::Pause { time: *time },
            Self::LogicalTrace {
                datapath,
                microflow,
                conntrack,
                backend,
            } => {
                // Of routes of equal cost one is taken at random otherwise, and the same question
                // must have the same answer; every choice has one of this number.
                let mut arguments = vec!["--detailed".to_owned(), "--select-id=1".to_owned()];
                arguments.extend(conntrack.iter().map(|state| format!("--ct={state}")));
                arguments.extend(backend.iter().map(|backend| format!("--lb-dst={backend}")));
                // Whatever follows is no option.
                arguments.extend(["--".to_owned(), datapath.to_string(), microflow.to_string()]);
                Call::Program {
                    program: "ovn-trace",
                    arguments,
                }
            }
        }
    }
}

/// The command as a person would give it, for reading only: nothing runs this text.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (program, arguments) = match self.call() {
            Call::Control {
                daemon,
                method,
                arguments,
            } => (format!("ovs-appctl -t {daemon} {method}"), arguments),
            Call::Host { program, arguments }
            | Call::Program { program, arguments }
            | Call::Capture {
                program, arguments, ..
            } => (program.to_owned(), arguments),
            Call::Pause { time } => ("sleep".to_owned(), vec![time.as_secs().to_string()]),
        };
        f.write_str(&program)?;
        for argument in arguments {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/,=@".contains(c);
            if argument.chars().all(plain) {
                write!(f, " {argument}")?;
            } else {
                write!(f, " '{}'", argument.replace('\'', r"'\''"))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{Direction, Filter};

    fn capture() -> Capture {
        Capture {
            inside: None,
            interface: "eth0".parse().expect("a name"),
            direction: Some(Direction::In),
            filter: Some(filter()),
            packets: 100,
            packet_bytes: 256,
            bytes: 1_000_000,
            time: Duration::from_secs(10),
        }
    }

    fn filter() -> Filter {
        let filter = "tcp port 80 and (not src host fd00::1)".parse();
        filter.expect("a filter")
    }

    /// One of each command, with this text wherever a user's or a model's may stand; `None` where
    /// the text is refused.
    fn every_command(text: &str) -> Option<Vec<Command>> {
        let word: Word = text.parse().ok()?;
        let state = ConntrackState::NEW;
        let mut all = vec![
            Command::ConnectionStatus,
            Command::ControllerStatus,
            Command::NorthdStatus,
            Command::ConntrackZones,
            Command::BridgeFlows {
                bridge: word.clone(),
            },
            Command::FlowTrace {
                bridge: word.clone(),
                flow: word.clone(),
                conntrack: vec![state],
            },
            Command::DatapathFlows,
            Command::Conntrack { zone: Some(7) },
            Command::Conntrack { zone: None },
            // Neither an interface nor a filter is a word; what they refuse is tested with them.
            Command::Capture(capture()),
            Command::Capture(Capture {
                inside: Some(NetworkNamespace(4711)),
                ..capture()
            }),
            Command::LinksInside(NetworkNamespace(4711)),
            Command::LogicalTrace {
                datapath: word.clone(),
                microflow: word.clone(),
                conntrack: vec![state],
                backend: Some(word),
            },
        ];
        for daemon in Daemon::ALL {
            all.extend([Command::Version(daemon), Command::Memory(daemon)]);
        }
        all.extend(KernelListing::ALL.map(Command::Kernel));
        let look = Look::First;
        all.extend(Counters::ALL.map(|of| Command::Counters { of, look }));
        let time = Duration::from_secs(5);
        for tracer in Tracer::ALL {
            let trace = |filter| {
                Command::Drops(DropTrace {
                    tracer,
                    filter,
                    events: 1_000,
                    bytes: 1_000_000,
                    time,
                })
            };
            all.extend([trace(None), trace(Some(filter()))]);
        }
        all.push(Command::Pause { time });
        // A variant that is added fails to compile here until it stands above too.
        for command in &all {
            match command {
                Command::Version(_)
                | Command::ConnectionStatus
                | Command::ControllerStatus
                | Command::NorthdStatus
                | Command::ConntrackZones
                | Command::Memory(_)
                | Command::BridgeFlows { .. }
                | Command::FlowTrace { .. }
                | Command::DatapathFlows
                | Command::Conntrack { .. }
                | Command::LogicalTrace { .. }
                | Command::Capture(_)
                | Command::LinksInside(_)
                | Command::Drops(_)
                | Command::Counters { .. }
                | Command::Pause { .. }
                | Command::Kernel(_) => {}
            }
        }
        Some(all)
    }

    fn arguments(command: &Command) -> Vec<String> {
        match command.call() {
            Call::Control { arguments, .. }
            | Call::Host { arguments, .. }
            | Call::Capture { arguments, .. }
            | Call::Program { arguments, .. } => arguments,
            Call::Pause { .. } => Vec::new(),
        }
    }

    #[test]
    fn this_is_every_command_there_is() {
        let all = every_command("TEXT").expect("a word");
        let text: Vec<String> = all.iter().map(Command::to_string).collect();
        insta::assert_snapshot!(text.join("\n"), @"
        ovs-appctl -t ovn-controller connection-status
        ovs-appctl -t ovn-controller debug/status
        ovs-appctl -t ovn-northd status
        ovs-appctl -t ovn-controller ct-zone-list
        ovs-appctl -t ovs-vswitchd bridge/dump-flows TEXT
        ovs-appctl -t ovs-vswitchd ofproto/trace TEXT TEXT --ct-next trk,new
        ovs-appctl -t ovs-vswitchd dpctl/dump-flows -m
        ovs-appctl -t ovs-vswitchd dpctl/dump-conntrack -m zone=7
        ovs-appctl -t ovs-vswitchd dpctl/dump-conntrack -m
        tcpdump -i eth0 -n -p -U --immediate-mode -s 256 -c 100 -Q in -w - -- 'tcp port 80 and (not src host fd00::1)'
        nsenter --net=/proc/4711/ns/net -- tcpdump -i eth0 -n -p -U --immediate-mode -s 256 -c 100 -Q in -w - -- 'tcp port 80 and (not src host fd00::1)'
        nsenter --net=/proc/4711/ns/net -- ip -j -d -s link show
        ovn-trace --detailed --select-id=1 --ct=trk,new --lb-dst=TEXT -- TEXT TEXT
        ovs-appctl -t ovn-northd version
        ovs-appctl -t ovn-northd memory/show
        ovs-appctl -t ovn-controller version
        ovs-appctl -t ovn-controller memory/show
        ovs-appctl -t ovs-vswitchd version
        ovs-appctl -t ovs-vswitchd memory/show
        ip -j -d address show
        ip -j -d -s link show
        ip -j -4 route show table all
        ip -j -6 route show table all
        ip -j -4 rule show
        ip -j -6 rule show
        ip -j -s neighbour show
        ip xfrm policy list
        ip xfrm state list nokeys
        nft -j list ruleset
        iptables-save -c
        ip6tables-save -c
        conntrack -L -f ipv4 -o extended
        conntrack -L -f ipv6 -o extended
        ss -t -u -w -a -n -p -e -i
        lsns -t net -J -o NETNSID,PID
        ovs-appctl -t ovs-vswitchd dpctl/show -s
        ovs-appctl -t ovs-vswitchd dpctl/dump-flows -m
        ovs-appctl -t ovs-vswitchd coverage/show
        ip -j -d -s link show
        nstat -a -s -z -j
        cat /proc/net/softnet_stat
        retis collect --collectors skb-drop,skb,dev,ns --stack --out /dev/stdout
        retis collect --collectors skb-drop,skb,dev,ns --stack --out /dev/stdout '--filter-packet=tcp port 80 and (not src host fd00::1)'
        pwru --filter-func '^(kfree_skb|kfree_skb_reason|sk_skb_reason_drop)$' --output-json --output-meta --output-tuple --output-caller --timestamp none --output-limit-lines 1000
        pwru --filter-func '^(kfree_skb|kfree_skb_reason|sk_skb_reason_drop)$' --output-json --output-meta --output-tuple --output-caller --timestamp none --output-limit-lines 1000 -- 'tcp port 80 and (not src host fd00::1)'
        sleep 5
        ");
    }

    #[test]
    fn a_hostile_text_is_refused_or_stays_one_plain_value() {
        let plain: Vec<Vec<String>> = every_command("TEXT")
            .expect("a word")
            .iter()
            .map(arguments)
            .collect();
        for text in [
            "",
            "-x",
            "--db=tcp:1.2.3.4:5",
            " -x",
            "a\nb",
            "a\0b",
            "a\tb",
            "\u{1b}[0m",
        ] {
            assert_eq!(every_command(text), None, "{text:?}");
        }
        for text in [
            "a b",
            "'; reboot; '",
            "$(id)",
            "`id`",
            "\"",
            "a|b",
            "a;b",
            "*",
            "é",
            "x=-y",
        ] {
            let hostile = every_command(text).expect("a word");
            for (hostile, plain) in hostile.iter().map(arguments).zip(&plain) {
                assert_eq!(hostile.len(), plain.len(), "{text:?}");
                for (hostile, plain) in hostile.iter().zip(plain) {
                    // Only where the text was put does anything differ, and it is all there is.
                    assert_eq!(*hostile, plain.replace("TEXT", text));
                }
            }
        }
    }

    fn word(text: &str) -> Word {
        text.parse().expect("a word")
    }

    #[test]
    fn commands_read_as_a_person_would_give_them() {
        let new = ConntrackState::NEW;
        let commands = [
            Command::ConnectionStatus,
            Command::Version(Daemon::Northd),
            Command::BridgeFlows {
                bridge: word("br-int"),
            },
            Command::FlowTrace {
                bridge: word("br-int"),
                flow: word("in_port=p1,icmp"),
                conntrack: vec![new, new],
            },
            Command::Conntrack { zone: Some(7) },
            Command::LogicalTrace {
                datapath: word("it's"),
                microflow: word(r#"inport == "a""#),
                conntrack: vec![new],
                backend: Some(word("10.0.0.1:80")),
            },
        ];
        let text: Vec<String> = commands.iter().map(Command::to_string).collect();
        insta::assert_snapshot!(text.join("\n"), @r#"
        ovs-appctl -t ovn-controller connection-status
        ovs-appctl -t ovn-northd version
        ovs-appctl -t ovs-vswitchd bridge/dump-flows br-int
        ovs-appctl -t ovs-vswitchd ofproto/trace br-int in_port=p1,icmp --ct-next trk,new --ct-next trk,new
        ovs-appctl -t ovs-vswitchd dpctl/dump-conntrack -m zone=7
        ovn-trace --detailed --select-id=1 --ct=trk,new --lb-dst=10.0.0.1:80 -- 'it'\''s' 'inport == "a"'
        "#);
    }
}
