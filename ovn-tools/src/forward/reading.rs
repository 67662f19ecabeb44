//! Reading commands: what daemons may be asked over their forwarded control sockets.
//!
//! The list is closed: what does not stand here is refused, whether it changes anything or not.
//!
//! **Source**: ovs-vswitchd(8), ovsdb-server(1), ovn-controller(8), ovn-northd(8) of Open vSwitch 3.7
//! and OVN 26.03, "Runtime Management Commands".

/// Commands of all daemons that only read.
const READING: [&str; 82] = [
    "autoattach/show-isid",
    "autoattach/statistics",
    "autoattach/status",
    "bfd/show",
    "bond/list",
    "bond/show",
    "bridge/dump-flows",
    "cfm/show",
    "cluster/cid",
    "cluster/sid",
    "cluster/status",
    "connection-status",
    "coverage/read-counter",
    "coverage/show",
    "ct-zone-list",
    "debug/dump-lflow-conj-ids",
    "debug/dump-local-bindings",
    "debug/dump-local-datapaths",
    "debug/dump-local-template-vars",
    "debug/dump-mac-bindings",
    "debug/dump-related-ports",
    "debug/status",
    "dpctl/ct-get-limits",
    "dpctl/ct-get-maxconns",
    "dpctl/ct-get-nconns",
    "dpctl/ct-get-sweep-interval",
    "dpctl/ct-get-tcp-seq-chk",
    "dpctl/ct-stats-show",
    "dpctl/dump-conntrack",
    "dpctl/dump-conntrack-exp",
    "dpctl/dump-dps",
    "dpctl/dump-flows",
    "dpctl/get-flow",
    "dpctl/ipf-get-status",
    "dpctl/offload-stats-show",
    "dpctl/show",
    "dpif-netdev/bond-show",
    "dpif-netdev/pmd-perf-show",
    "dpif-netdev/pmd-rxq-show",
    "dpif-netdev/pmd-stats-show",
    "dpif-netdev/subtable-lookup-info-get",
    "dpif/dump-dps",
    "dpif/dump-flows",
    "dpif/show",
    "dpif/show-dp-features",
    "fdb/show",
    "fdb/stats-show",
    "get-n-threads",
    "group-table-list",
    "inc-engine/show-stats",
    "lacp/show",
    "lacp/show-stats",
    "lflow-cache/show-stats",
    "list-commands",
    "mdb/show",
    "memory/show",
    "meter-table-list",
    "nb-cluster-state-show",
    "nb-connection-status",
    "ofproto/list",
    "ofproto/list-tunnels",
    "ofproto/trace",
    "ovs/route/lookup",
    "ovs/route/show",
    "ovsdb-server/get-active-ovsdb-server",
    "ovsdb-server/get-db-storage-status",
    "ovsdb-server/get-sync-exclude-tables",
    "ovsdb-server/list-dbs",
    "ovsdb-server/list-remotes",
    "ovsdb-server/perf-counters-show",
    "ovsdb-server/sync-status",
    "parallel-build/get-n-threads",
    "qos/show",
    "qos/show-types",
    "rstp/show",
    "sb-cluster-state-show",
    "sb-connection-status",
    "status",
    "stopwatch/show",
    "stp/show",
    "tnl/ports/show",
    "version",
];

/// Commands that only read without arguments; with them they set something.
const READING_ALONE: [&str; 6] = [
    "dpctl/ct-get-limits",
    "tnl/arp/show",
    "tnl/egress_port_range",
    "tnl/neigh/show",
    "vlog/list",
    "vlog/list-pattern",
];

/// The most words of a trace that are no options: a bridge and a flow, or a datapath and a flow. A
/// third one is a packet, which switches learn from.
const TRACE_WORDS: usize = 2;

/// Whether a command only reads.
pub(super) fn reads(command: &str, arguments: &[String]) -> bool {
    if arguments.is_empty() && READING_ALONE.contains(&command) {
        return true;
    }
    if command == "ofproto/trace" {
        return traces_only(arguments);
    }
    READING.binary_search(&command).is_ok()
}

/// Whether a trace has no side effects: with `-generate` or a packet, switches learn from it.
fn traces_only(arguments: &[String]) -> bool {
    let mut words = 0;
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--ct-next" => drop(arguments.next()),
            "--names" | "--no-names" => {}
            option if option.starts_with('-') => return false,
            _ => words += 1,
        }
    }
    words <= TRACE_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Call, Command, ConntrackState, Counters, Daemon, Look};

    fn check(line: &str, expected: bool) {
        let mut words = line.split(' ').map(str::to_owned);
        let command = words.next().expect("a command");
        let arguments: Vec<String> = words.collect();
        assert_eq!(reads(&command, &arguments), expected, "{line}");
    }

    #[test]
    fn the_list_is_in_order_each_once() {
        assert!(READING.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn what_changes_something_is_not_read() {
        for line in [
            "exit",
            "exit --cleanup",
            "pause",
            "vlog/set ANY:ANY:DBG",
            "vlog/reopen",
            "dpctl/del-flows",
            "dpctl/flush-conntrack",
            "dpctl/add-flow a b",
            "fdb/flush",
            "ofproto/trace br-int in_port=1 -generate",
            "ofproto/trace br-int in_port=1 ffffffffffff",
            "ofproto/trace br-int in_port=1 --generate",
            "ovsdb-server/add-remote ptcp:6641",
            "ovsdb-server/compact",
            "cluster/leave OVN_Northbound",
            "inject-pkt inport==x",
            "recompute",
            "tnl/arp/show x",
            "",
        ] {
            check(line, false);
        }
    }

    #[test]
    fn whatever_ovnscope_asks_itself_is_read() {
        let word = |text: &str| text.parse().expect("a word");
        let commands = [
            Command::Version(Daemon::Northd),
            Command::ConnectionStatus,
            Command::ControllerStatus,
            Command::NorthdStatus,
            Command::ConntrackZones,
            Command::Memory(Daemon::Vswitchd),
            Command::BridgeFlows {
                bridge: word("br-int"),
            },
            Command::FlowTrace {
                bridge: word("br-int"),
                flow: word("in_port=1"),
                conntrack: vec![ConntrackState::NEW; 2],
            },
            Command::DatapathFlows,
            Command::Conntrack { zone: Some(1) },
            Command::Counters {
                of: Counters::DatapathPorts,
                look: Look::First,
            },
            Command::Counters {
                of: Counters::Coverage,
                look: Look::Second,
            },
        ];
        for command in commands {
            let Call::Control {
                method, arguments, ..
            } = command.call()
            else {
                panic!("{command} asks a daemon");
            };
            assert!(reads(method, &arguments), "{command}");
        }
    }
}
