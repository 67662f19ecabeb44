//! OpenFlow flows, as `ovs-ofctl dump-flows` and `bridge/dump-flows` list them.
//!
//! **Source**: ovs-ofctl(8), `dump-flows`; ovs-vswitchd(8), `bridge/dump-flows`, which prints no
//! cookies and lists hidden flows too.

use crate::dump::{Field, Listing, split};

/// One flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenFlow {
    /// The table.
    pub table: u8,
    /// The priority; 32768 where none is printed.
    pub priority: u16,
    /// The cookie, which OVN makes of the first 32 bits of the logical flow's UUID; `None` where
    /// the listing has none.
    pub cookie: Option<u64>,
    /// The packets that it has met.
    pub packets: u64,
    /// The bytes that it has met.
    pub bytes: u64,
    /// How long it has been there, as printed.
    pub duration: String,
    /// The match, as printed; empty where any packet matches.
    pub condition: String,
    /// The actions, as printed.
    pub actions: String,
}

/// The priority that is not printed.
const DEFAULT_PRIORITY: u16 = 32_768;

/// What stands before the match beside the fields above.
const HEADER: [&str; 10] = [
    "idle_age",
    "hard_age",
    "importance",
    "send_flow_rem",
    "check_overlap",
    "reset_counts",
    "no_packet_counts",
    "no_byte_counts",
    "flags",
    "out_port",
];

/// How the names of time-outs end.
const TIMEOUT: &str = "_timeout";

impl OpenFlow {
    /// Reads one line.
    pub fn parse(line: &str) -> Option<Self> {
        let at = line.find("actions=").filter(|at| {
            let before = line[..*at].chars().next_back();
            before.is_none_or(|c| c == ' ' || c == ',')
        })?;
        let mut flow = Self {
            priority: DEFAULT_PRIORITY,
            actions: line[at + "actions=".len()..].to_owned(),
            ..Self::default()
        };
        // What stands before the match is separated by a comma and a blank, but for its end.
        let head = line[..at].trim().trim_end_matches(',').replace(", ", ",");
        let head = head.replace(' ', ",");
        let mut condition: Vec<String> = Vec::new();
        for field in split(&head) {
            if !flow.take(field)? {
                condition.push(field.to_string());
            }
        }
        flow.condition = condition.join(",");
        (!flow.duration.is_empty() || flow.cookie.is_some() || !head.is_empty()).then_some(flow)
    }

    /// Takes a field of what stands before the match; false where it belongs to the match.
    fn take(&mut self, field: Field<'_>) -> Option<bool> {
        match field.name {
            "cookie" => {
                let digits = field.value.strip_prefix("0x").unwrap_or(field.value);
                let digits = digits.split('/').next().unwrap_or(digits);
                self.cookie = Some(u64::from_str_radix(digits, 16).ok()?);
            }
            "duration" => field.value.clone_into(&mut self.duration),
            name if name.strip_suffix("_id").unwrap_or(name) == "table" => {
                self.table = field.value.parse().ok()?;
            }
            "n_packets" => self.packets = field.value.parse().ok()?,
            "n_bytes" => self.bytes = field.value.parse().ok()?,
            "priority" => self.priority = field.value.parse().ok()?,
            name if HEADER.contains(&name) || name.ends_with(TIMEOUT) => {}
            _ => return Some(false),
        }
        Some(true)
    }

    /// Reads a whole listing.
    pub fn list(text: &str) -> Listing<Self> {
        let is_heading =
            |line: &str| line.contains("_FLOW reply") || line.starts_with("OFPST_FLOW");
        Listing::read(text, is_heading, Self::parse)
    }

    /// The first digits of the UUID of the logical flow that it was made of.
    pub fn logical_flow(&self) -> Option<String> {
        self.cookie
            .filter(|cookie| *cookie != 0)
            .map(|cookie| format!("{cookie:08x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "\
NXST_FLOW reply (xid=0x4): flags=[more]
 cookie=0x19856ee8, duration=24.403s, table=0, n_packets=7, n_bytes=588, idle_age=24, priority=180,conj_id=100,in_port=2,vlan_tci=0x0000/0x1000 actions=load:0x10->NXM_NX_REG13[0..15],resubmit(,8)
 cookie=0xf235411, duration=24.403s, table=8, n_packets=0, n_bytes=0, idle_age=0, actions=drop
duration=26s, n_packets=444, n_bytes=266304, priority=0,actions=NORMAL
table_id=254, duration=26s, n_packets=0, n_bytes=0, priority=2,recirc_id=0,actions=drop
ovs-ofctl: br-int is not a bridge
";

    #[test]
    fn both_listings_are_read_and_what_is_none_is_kept() {
        let listing = OpenFlow::list(TEXT);
        let told: Vec<String> = listing
            .items
            .iter()
            .map(|flow| {
                format!(
                    "{} {} {:?} {}p {}b {} [{}] -> {}",
                    flow.table,
                    flow.priority,
                    flow.logical_flow(),
                    flow.packets,
                    flow.bytes,
                    flow.duration,
                    flow.condition,
                    flow.actions
                )
            })
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        0 180 Some("19856ee8") 7p 588b 24.403s [conj_id=100,in_port=2,vlan_tci=0x0000/0x1000] -> load:0x10->NXM_NX_REG13[0..15],resubmit(,8)
        8 32768 Some("0f235411") 0p 0b 24.403s [] -> drop
        0 0 None 444p 266304b 26s [] -> NORMAL
        254 2 None 0p 0b 26s [recirc_id=0] -> drop
        "#);
        assert_eq!(listing.other, ["ovs-ofctl: br-int is not a bridge"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[a-z0-9_=, .()\\n]{0,80}|\\PC{0,40}") {
            let _ = OpenFlow::list(&text);
        }
    }
}
