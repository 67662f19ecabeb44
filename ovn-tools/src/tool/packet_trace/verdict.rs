//! Verdicts: what became of a packet, read from the steps of a trace.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::trace::logical::{Flow, Place, Step, Trace};

/// What becomes of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It reaches a port of somebody.
    Delivered,
    /// It leaves the logical network through a port to a physical one.
    LeavesNetwork,
    /// It leaves for another zone, whose databases were not read.
    LeavesZone,
    /// It is dropped.
    Dropped,
    /// It is refused, with an answer to its sender.
    Rejected,
    /// It is taken by OVN itself: answered, or held until a neighbour's address is known.
    Consumed,
    /// It could not be followed.
    Unknown,
}

/// How a trace ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ending<'t> {
    pub(super) verdict: Verdict,
    /// The port it ends at, and its type.
    pub(super) port: Option<(&'t str, &'t str)>,
    /// The last flow, and the place of it.
    pub(super) last: Option<(&'t Place, &'t Flow)>,
}

/// The types of ports that lead out of the logical network.
const PHYSICAL: [&str; 3] = ["localnet", "l2gateway", "vtep"];
/// The type of the ports that stand for those of another zone.
pub(super) const REMOTE: &str = "remote";
/// The types of ports that lead on within the logical network.
const INTERNAL: [&str; 4] = ["patch", "l3gateway", "chassisredirect", "router"];

/// Actions that answer the sender.
const REJECTS: [&str; 5] = ["reject", "tcp_reset", "icmp4 {", "icmp6 {", "sctp_abort"];
/// Actions by which OVN itself takes the packet.
const CONSUMES: [&str; 6] = [
    "arp {",
    "nd_ns {",
    "put_dhcp_opts",
    "put_dhcpv6_opts",
    "dns_lookup",
    "icmp4_error",
];

impl<'t> Ending<'t> {
    pub(super) fn of(trace: &'t Trace) -> Self {
        let last = trace.flows().last();
        let port = trace
            .outputs()
            .filter(|(_, kind)| !INTERNAL.contains(kind))
            .last();
        let does = |actions: &[&str]| {
            last.is_some_and(|(_, flow)| {
                let mut lines = flow.actions.iter();
                lines.any(|line| actions.iter().any(|action| line.starts_with(action)))
            })
        };
        let verdict = match port {
            Some((_, REMOTE)) => Verdict::LeavesZone,
            Some((_, kind)) if PHYSICAL.contains(&kind) => Verdict::LeavesNetwork,
            Some(_) => Verdict::Delivered,
            None if last.is_none() => Verdict::Unknown,
            None if does(&REJECTS) => Verdict::Rejected,
            None if does(&CONSUMES) => Verdict::Consumed,
            None => Verdict::Dropped,
        };
        Self {
            verdict,
            port,
            last,
        }
    }
}

/// Why a packet goes no further, where the stage tells more than the actions do.
pub(super) fn reason(flow: &Flow) -> Option<&'static str> {
    let is_default = flow.priority == 0 || flow.condition == "1";
    let stage = &*flow.stage;
    if stage.ends_with("ip_routing") && is_default {
        Some("no route matches")
    } else if stage.ends_with("l2_unknown") || stage.ends_with("l2_lkup") && is_default {
        Some("no port of the switch has the MAC address that it is for")
    } else if stage.ends_with("admission") && is_default {
        Some("no port of the router takes packets for that MAC address")
    } else if stage.contains("port_sec") {
        Some("port security does not allow its addresses")
    } else {
        None
    }
}

/// What the tracer says of the last step, such as that no flow matched.
pub(super) fn last_note(trace: &Trace) -> Option<&str> {
    match trace.blocks.last()?.steps.last()? {
        Step::Note(note) => Some(note),
        Step::Flow(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(actions: &str, expected: Verdict) {
        let text = format!(
            "ingress(dp=\"a\", inport=\"b\")\n-----\n 0. ls_in_acl: ip, priority 1, uuid 12345678\n{actions}"
        );
        assert_eq!(
            Ending::of(&Trace::parse(&text)).verdict,
            expected,
            "{actions}"
        );
    }

    #[test]
    fn the_last_step_tells_what_became_of_a_packet() {
        check("    drop;", Verdict::Dropped);
        check(
            "    tcp_reset { outport <-> inport; next; };",
            Verdict::Rejected,
        );
        check(
            "    arp { eth.dst = ff:ff:ff:ff:ff:ff; output; };",
            Verdict::Consumed,
        );
        check("    /* output to \"p1\", type \"\" */", Verdict::Delivered);
        check(
            "    /* output to \"r\", type \"patch\" */",
            Verdict::Dropped,
        );
        check(
            "    /* output to \"x\", type \"remote\" */",
            Verdict::LeavesZone,
        );
        check(
            "    /* output to \"x\", type \"localnet\" */",
            Verdict::LeavesNetwork,
        );
        assert_eq!(Ending::of(&Trace::default()).verdict, Verdict::Unknown);
    }
}
