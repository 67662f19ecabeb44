//! Datapath flows, as `dpctl/dump-flows` lists them.
//!
//! **Source**: ovs-dpctl(8), `dump-flows`.

use crate::dump::{Form, Listing, split};

/// One flow that the datapath has cached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatapathFlow {
    /// Its identifier; `None` where the listing is a short one.
    pub ufid: Option<String>,
    /// The match, as printed, without fields that match anything.
    pub condition: String,
    /// The packets that it has met.
    pub packets: u64,
    /// The bytes that it has met.
    pub bytes: u64,
    /// When it was last met, as printed: seconds ago, or `never`.
    pub used: String,
    /// Which datapath has it, such as `ovs` or `tc`.
    pub layer: Option<String>,
    /// Whether hardware has it.
    pub offloaded: Option<String>,
    /// The actions, as printed.
    pub actions: String,
}

impl DatapathFlow {
    /// Reads one line.
    pub fn parse(line: &str) -> Option<Self> {
        let (head, tail) = line.split_once("actions:")?;
        let actions = match tail.split_once(", dp-extra-info:") {
            Some((actions, _)) => actions,
            None => tail,
        };
        let mut flow = Self {
            actions: actions.trim().to_owned(),
            ..Self::default()
        };
        let mut condition: Vec<String> = Vec::new();
        for field in split(head) {
            match (field.form, field.name) {
                (Form::Colon, "ufid") => flow.ufid = Some(field.value.to_owned()),
                (Form::Colon, "packets") => flow.packets = field.value.parse().ok()?,
                (Form::Colon, "bytes") => flow.bytes = field.value.parse().ok()?,
                (Form::Colon, "used") => field.value.clone_into(&mut flow.used),
                (Form::Colon, "dp") => flow.layer = Some(field.value.to_owned()),
                (Form::Colon, "offloaded") => flow.offloaded = Some(field.value.to_owned()),
                (Form::Colon, "flags") => {}
                (Form::Parentheses, _) if field.value.ends_with("/0") && is_any(field.value) => {}
                _ => condition.push(field.to_string()),
            }
        }
        flow.condition = condition.join(",");
        (!flow.condition.is_empty() && !flow.used.is_empty()).then_some(flow)
    }

    /// Reads a whole listing.
    pub fn list(text: &str) -> Listing<Self> {
        let is_heading = |line: &str| line.starts_with("flow-dump from");
        Listing::read(text, is_heading, Self::parse)
    }
}

/// Whether `VALUE/0` matches anything: no mask but the last.
fn is_any(value: &str) -> bool {
    !value.contains(',') && value.matches('/').count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "\
flow-dump from the main thread:
recirc_id(0),in_port(8),packet_type(ns=0,id=0),eth(src=0a:58:0a:f4:00:05,dst=0a:58:0a:f4:00:01),eth_type(0x0800),ipv4(src=10.244.0.5,dst=10.244.1.6/255.128.0.0,proto=17,frag=no),udp(src=48315/0x8000), packets:3, bytes:180, used:0.5s, actions:ct(zone=20,nat),recirc(0x10)
ufid:1329013e-4c70-4ec1-acc0-832355f62f74, recirc_id(0),dp_hash(0/0),skb_priority(0/0),in_port(v-pod-a),ct_label(0/0),eth_type(0x0800),ipv4(src=10.244.0.5,dst=10.244.1.6,proto=17,tos=0/0,frag=no), packets:0, bytes:0, used:never, dp:ovs, actions:drop, dp-extra-info:miniflow_bits(5,3)
no such datapath
";

    #[test]
    fn flows_are_read_and_what_is_none_is_kept() {
        let listing = DatapathFlow::list(TEXT);
        insta::assert_debug_snapshot!(listing.items, @r#"
        [
            DatapathFlow {
                ufid: None,
                condition: "recirc_id(0),in_port(8),packet_type(ns=0,id=0),eth(src=0a:58:0a:f4:00:05,dst=0a:58:0a:f4:00:01),eth_type(0x0800),ipv4(src=10.244.0.5,dst=10.244.1.6/255.128.0.0,proto=17,frag=no),udp(src=48315/0x8000)",
                packets: 3,
                bytes: 180,
                used: "0.5s",
                layer: None,
                offloaded: None,
                actions: "ct(zone=20,nat),recirc(0x10)",
            },
            DatapathFlow {
                ufid: Some(
                    "1329013e-4c70-4ec1-acc0-832355f62f74",
                ),
                condition: "recirc_id(0),in_port(v-pod-a),eth_type(0x0800),ipv4(src=10.244.0.5,dst=10.244.1.6,proto=17,tos=0/0,frag=no)",
                packets: 0,
                bytes: 0,
                used: "never",
                layer: Some(
                    "ovs",
                ),
                offloaded: None,
                actions: "drop",
            },
        ]
        "#);
        assert_eq!(listing.other, ["no such datapath"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[a-z0-9_=:, .()\\n]{0,80}|\\PC{0,40}") {
            let _ = DatapathFlow::list(&text);
        }
    }
}
