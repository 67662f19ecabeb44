//! Counters of what is dropped, as daemons and programs print them.

use serde::Deserialize;
use std::collections::BTreeMap;

use crate::dump::Listing;

/// A counter of one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counter {
    /// What it counts at: a port, a processor; empty where there is only one.
    pub object: String,
    /// Its name.
    pub name: String,
    /// What it counted since it began.
    pub value: u64,
}

/// Parts of the names of events that are drops.
/// **Source**: Open vSwitch 3.5, `COVERAGE_DEFINE` of `drop_action_*`, `datapath_drop_*` and others.
const EVENTS: [&str; 5] = ["drop", "error", "discard", "overflow", "lost"];

/// Parts of the names of protocols' counters that are drops.
/// **Source**: Linux, `net/ipv4/proc.c` and `net/ipv6/proc.c`.
const PROTOCOLS: [&str; 20] = [
    "Drop",
    "Discards",
    "InErrors",
    "InErrs",
    "InCsumErrors",
    "RcvbufErrors",
    "SndbufErrors",
    "MemErrors",
    "InHdrErrors",
    "InAddrErrors",
    "InTooBigErrors",
    "InUnknownProtos",
    "InTruncatedPkts",
    "NoRoutes",
    "NoPorts",
    "ReasmFails",
    "FragFails",
    "Overflows",
    "ReversePathFilter",
    "PruneCalled",
];

/// The columns of the queues: what was dropped, and how often there was more to do than time.
const QUEUE_COLUMNS: [(usize, &str); 2] = [(1, "dropped"), (2, "time_squeeze")];

impl Counter {
    fn new(object: &str, name: impl Into<String>, value: u64) -> Self {
        Self {
            object: object.to_owned(),
            name: name.into(),
            value,
        }
    }

    /// Reads the ports of datapaths: what `dpctl/show -s` prints.
    pub fn of_datapath(text: &str) -> Listing<Self> {
        let mut listing = Listing {
            items: Vec::new(),
            other: Vec::new(),
        };
        let (mut datapath, mut port) = (String::new(), String::new());
        for line in text.lines() {
            let trimmed = line.trim();
            let (heading, rest) = trimmed.split_once(' ').unwrap_or((trimmed, ""));
            let (object, way) = match heading {
                "" => continue,
                name if line == trimmed && name.ends_with(':') => {
                    name.trim_end_matches(':').clone_into(&mut datapath);
                    continue;
                }
                "port" => {
                    // `NUMBER: NAME (TYPE)`
                    let name = rest.split_once(": ").map(|(_, name)| name);
                    match name.and_then(|name| name.split(' ').next()) {
                        Some(name) => name.clone_into(&mut port),
                        None => listing.other.push(trimmed.to_owned()),
                    }
                    continue;
                }
                "lookups:" => (&datapath, "upcalls_"),
                "RX" => (&port, "rx_"),
                "TX" => (&port, "tx_"),
                "UPCALL" => (&port, "upcall_"),
                _ => continue,
            };
            for field in rest.split_whitespace() {
                let Some((name, value)) = field.split_once(':') else {
                    continue;
                };
                let is_drop = [
                    "errors", "dropped", "overruns", "frame", "aborted", "carrier", "lost",
                ];
                // A datapath that does not count says `?`.
                if let (true, Ok(value)) = (is_drop.contains(&name), value.parse()) {
                    listing
                        .items
                        .push(Self::new(object, format!("{way}{name}"), value));
                }
            }
        }
        listing
    }

    /// Reads the events of a daemon that are drops: what `coverage/show` prints.
    pub fn of_coverage(text: &str) -> Listing<Self> {
        let is_event = |line: &str| line.contains("total:");
        let mut listing = Listing::read(
            text,
            |line| !is_event(line),
            |line| {
                let name = line.split_whitespace().next()?;
                let (_, total) = line.rsplit_once("total:")?;
                Some(Self::new("", name, total.trim().parse().ok()?))
            },
        );
        let is_drop = |counter: &Self| EVENTS.iter().any(|part| counter.name.contains(part));
        listing.items.retain(is_drop);
        listing
    }

    /// Reads what protocols drop: what `nstat -j` prints.
    pub fn of_protocols(text: &str) -> Listing<Self> {
        #[derive(Deserialize)]
        struct Printed {
            kernel: BTreeMap<String, u64>,
        }
        let (mut items, mut other) = (Vec::new(), Vec::new());
        match serde_json::from_str::<Printed>(text) {
            Ok(printed) => {
                let is_drop = |name: &str| PROTOCOLS.iter().any(|part| name.contains(part));
                let drops = printed.kernel.into_iter().filter(|(name, _)| is_drop(name));
                items.extend(drops.map(|(name, value)| Self::new("", name, value)));
            }
            Err(_) if text.trim().is_empty() => {}
            Err(error) => other.push(error.to_string()),
        }
        Listing { items, other }
    }

    /// Reads the queues of processors: `/proc/net/softnet_stat`, a line of hexadecimal numbers for
    /// each.
    pub fn of_queues(text: &str) -> Listing<Self> {
        let (mut items, mut other) = (Vec::new(), Vec::new());
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        for (processor, line) in (0_u64..).zip(lines) {
            let numbers: Option<Vec<u64>> = line
                .split_whitespace()
                .map(|word| u64::from_str_radix(word, 16).ok())
                .collect();
            let numbers = numbers.unwrap_or_default();
            // Newer kernels say which processor it is.
            let object = numbers.get(12).copied().unwrap_or(processor).to_string();
            let found = QUEUE_COLUMNS.iter().filter_map(|(at, name)| {
                let value = numbers.get(*at)?;
                Some(Self::new(&object, *name, *value))
            });
            let found: Vec<Self> = found.collect();
            if found.len() < QUEUE_COLUMNS.len() {
                other.push(line.to_owned());
            }
            items.extend(found);
        }
        Listing { items, other }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(listing: &Listing<Counter>) -> String {
        let items = listing.items.iter();
        let mut lines: Vec<String> = items
            .map(|one| format!("{} {} {}", one.object, one.name, one.value))
            .collect();
        lines.extend(listing.other.iter().map(|line| format!("? {line}")));
        lines.join("\n")
    }

    // As Open vSwitch 3.5, iproute2 6.1 and Linux 6.18 print them, shortened.
    const DATAPATH: &str = "\
netdev@ovs-netdev:
  lookups: hit:498 missed:94 lost:2
  flows: 15
  port 3: br-phys (tap)
    RX packets:138 errors:0 dropped:0 overruns:0 frame:0
    TX packets:220 errors:0 dropped:1 aborted:0 carrier:0
    collisions:0
    RX bytes:31726 (31.0 KiB)  TX bytes:185102 (180.8 KiB)
    UPCALL packets:? errors:?
  port 5: genev_sys_6081 (geneve: packet_type=ptap)
    RX packets:0 errors:? dropped:? overruns:? frame:?
";

    #[test]
    fn drops_are_read_as_each_program_prints_them() {
        let coverage = "\
Event coverage, avg rate over last: 5 seconds, last minute, last hour,  hash=e8678a6b:
xlate_actions              0.2/sec    27.383/sec        0.4564/sec   total: 1644
dpif_flow_put_error        0.0/sec     0.017/sec        0.0003/sec   total: 1
drop_action_of_pipeline    0.0/sec     0.267/sec        0.0044/sec   total: 16
112 events never hit
";
        let protocols = r#"{"kernel":{"IpInReceives":5,"IpInDiscards":2,"TcpExtListenDrops":0,"UdpNoPorts":3}}"#;
        let queues = "\
0003ce8d 00000001 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000002 00000000 00000000
00048d7d 00000000 0000000a
not a number
";
        let told = [
            shown(&Counter::of_datapath(DATAPATH)),
            shown(&Counter::of_coverage(coverage)),
            shown(&Counter::of_protocols(protocols)),
            shown(&Counter::of_protocols("nstat: no")),
            shown(&Counter::of_queues(queues)),
        ];
        insta::assert_snapshot!(told.join("\n\n"), @"
        netdev@ovs-netdev upcalls_lost 2
        br-phys rx_errors 0
        br-phys rx_dropped 0
        br-phys rx_overruns 0
        br-phys rx_frame 0
        br-phys tx_errors 0
        br-phys tx_dropped 1
        br-phys tx_aborted 0
        br-phys tx_carrier 0

         dpif_flow_put_error 1
         drop_action_of_pipeline 16

         IpInDiscards 2
         TcpExtListenDrops 0
         UdpNoPorts 3

        ? expected ident at line 1 column 2

        2 dropped 1
        2 time_squeeze 0
        1 dropped 0
        1 time_squeeze 10
        ? not a number
        ");
    }

    proptest! {
        #[test]
        fn no_text_panics(text: String, lines in proptest::collection::vec("(port|RX|TX|lookups:|UPCALL|total:|[0-9a-f]{1,20}|[ -~]{0,8}| |\n){0,12}", 0..6)) {
            for text in [text, lines.join("\n")] {
                Counter::of_datapath(&text);
                Counter::of_coverage(&text);
                Counter::of_protocols(&text);
                Counter::of_queues(&text);
            }
        }
    }
}
