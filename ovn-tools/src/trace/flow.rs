//! The output of `ofproto/trace`, as passes of steps through OpenFlow tables.
//!
//! The text begins with `Flow: …`, then a `bridge("NAME")` block with steps: a line with the
//! table, the match, the priority and the cookie, and under it the actions, deeper ones indented
//! further. Each pass ends with `Final flow:`, `Megaflow:` and `Datapath actions:`; where the
//! packet is recirculated, another pass follows under `recirc(0x…) - …`.
//!
//! **Source**: ovs-vswitchd(8), `ofproto/trace`; traces of a real stack of OVS 3.1 and 3.5.

/// A whole trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The packet as the switch understood it.
    pub packet: Option<String>,
    /// The passes, in order.
    pub passes: Vec<Pass>,
}

/// One pass through the tables, from the packet's arrival or from a recirculation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pass {
    /// Why the packet came again, such as `recirc(0x5) - resume conntrack with default ct_state
    /// trk|new`; `None` for the first pass.
    pub reason: Option<String>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// `Final flow`: the packet's fields at the end, or that nothing changed.
    pub final_flow: Option<String>,
    /// `Megaflow`: the fields that decided, which the datapath will remember.
    pub megaflow: Option<String>,
    /// `Datapath actions`: what the datapath does.
    pub datapath_actions: Option<String>,
    /// Lines that are none of these, as they stand.
    pub notes: Vec<String>,
}

/// A flow that the packet met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The bridge.
    pub bridge: String,
    /// The table.
    pub table: u8,
    /// How deep within other steps it stands.
    pub depth: usize,
    /// The match; empty where any packet matches.
    pub condition: String,
    /// The priority; `None` where no flow matched.
    pub priority: Option<u16>,
    /// The cookie, which OVN makes of the first 32 bits of the logical flow's UUID.
    pub cookie: Option<u64>,
    /// The actions and what the switch says of them, line by line.
    pub actions: Vec<String>,
}

impl Trace {
    /// Reads what ovs-vswitchd answered. Every line but blank ones and rules is in the result.
    pub fn parse(text: &str) -> Self {
        let mut trace = Self::default();
        let mut pass = Pass::default();
        let mut bridges: Vec<(usize, &str)> = Vec::new();
        for line in text.lines() {
            let words = line.trim();
            if words.is_empty() || is_rule(words) {
                continue;
            }
            if let Some(packet) = line.strip_prefix("Flow: ") {
                trace.packet.get_or_insert_with(|| packet.to_owned());
            } else if let Some(name) = bridge_name(words) {
                // What follows is its own until a step stands less far in.
                let depth = depth(line);
                bridges.retain(|(at, _)| *at < depth);
                bridges.push((depth, name));
            } else if line.starts_with("recirc(") {
                let next = Pass {
                    reason: Some(words.to_owned()),
                    ..Pass::default()
                };
                trace.passes.push(std::mem::replace(&mut pass, next));
            } else if let Some(flow) = line.strip_prefix("Final flow: ") {
                pass.final_flow = Some(flow.to_owned());
            } else if let Some(flow) = line.strip_prefix("Megaflow: ") {
                pass.megaflow = Some(flow.to_owned());
            } else if let Some(actions) = line.strip_prefix("Datapath actions: ") {
                pass.datapath_actions = Some(actions.to_owned());
            } else if let Some(step) = step(line, &bridges) {
                pass.steps.push(step);
            } else if let (None, Some(step)) = (&pass.final_flow, parent(&mut pass.steps, line)) {
                step.actions.push(words.to_owned());
            } else {
                pass.notes.push(words.to_owned());
            }
        }
        trace.passes.push(pass);
        trace
    }

    /// What the datapath does in the end: the actions of the last pass.
    pub fn verdict(&self) -> Option<&str> {
        self.passes.last()?.datapath_actions.as_deref()
    }
}

/// A line of `---` or `===`.
fn is_rule(line: &str) -> bool {
    line.len() > 2 && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|b| b == b'='))
}

fn bridge_name(line: &str) -> Option<&str> {
    line.strip_prefix("bridge(\"")?.strip_suffix("\")")
}

/// ` 8. metadata=0x3, priority 50, cookie 0xd2a2ab9f`, `12. priority 0`, or `23. No match.`.
fn step(line: &str, bridges: &[(usize, &str)]) -> Option<Step> {
    let (table, rest) = line.trim_start().split_once(". ")?;
    if table.is_empty() || !table.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let depth = depth(line);
    let bridge = bridges.iter().rev().find(|(at, _)| *at <= depth);
    let mut step = Step {
        bridge: bridge.map_or(String::new(), |(_, name)| (*name).to_owned()),
        table: table.parse().ok()?,
        depth,
        condition: String::new(),
        priority: None,
        cookie: None,
        actions: Vec::new(),
    };
    let mut rest = rest;
    if let Some((before, cookie)) = rest.rsplit_once(", cookie 0x") {
        step.cookie = Some(u64::from_str_radix(cookie, 16).ok()?);
        rest = before;
    }
    if let Some((before, priority)) = rest.rsplit_once("priority ")
        && let Ok(priority) = priority.parse()
    {
        step.priority = Some(priority);
        rest = before.trim_end_matches([',', ' ']);
    }
    rest.clone_into(&mut step.condition);
    Some(step)
}

/// The step that an indented line belongs to: the last one that is set in less.
fn parent<'s>(steps: &'s mut [Step], line: &str) -> Option<&'s mut Step> {
    let depth = depth(line);
    steps.iter_mut().rev().find(|step| step.depth < depth)
}

/// How deep a line stands. Tables are set flush right to two places; what stands further in is
/// nested.
fn depth(line: &str) -> usize {
    (line.len() - line.trim_start().len()) / INDENT
}

/// The columns by which a nested step is set in.
const INDENT: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TRACE: &str = r#"Flow: tcp,in_port=5,vlan_tci=0x0000

bridge("br-int")
----------------
 0. in_port=5, priority 100, cookie 0x7cd595d9
    set_field:0x12/0xffff->reg13
    resubmit(,8)
 8. metadata=0x6, priority 50, cookie 0xd2a2ab9f
    resubmit(,73)
    73. reg0=0x2, priority 0
            drop
    move:NXM_NX_REG10[12]->NXM_NX_XXREG0[111]
     -> NXM_NX_XXREG0[111] is now 0
    ct(table=15,zone=NXM_NX_REG13[0..15],nat)
     -> A clone of the packet is forked to recirculate.

Final flow: tcp,reg0=0x5
Megaflow: recirc_id=0,eth,tcp,in_port=5
Datapath actions: ct(zone=18,nat),recirc(0x5)

===============================================================================
recirc(0x5) - resume conntrack with default ct_state=trk|new (use --ct-next to customize)
Replacing src/dst IP/ports to simulate NAT:
 Initial flow: 
===============================================================================

Flow: recirc_id=0x5,ct_state=new|trk,tcp

bridge("br-int")
----------------
    thaw
        Resuming from table 15
15. No match.
    drop

Final flow: unchanged
Megaflow: recirc_id=0x5
Datapath actions: drop
"#;

    #[test]
    fn passes_steps_and_what_they_end_in_are_told_apart() {
        insta::assert_debug_snapshot!(Trace::parse(TRACE), @r#"
        Trace {
            packet: Some(
                "tcp,in_port=5,vlan_tci=0x0000",
            ),
            passes: [
                Pass {
                    reason: None,
                    steps: [
                        Step {
                            bridge: "br-int",
                            table: 0,
                            depth: 0,
                            condition: "in_port=5",
                            priority: Some(
                                100,
                            ),
                            cookie: Some(
                                2094372313,
                            ),
                            actions: [
                                "set_field:0x12/0xffff->reg13",
                                "resubmit(,8)",
                            ],
                        },
                        Step {
                            bridge: "br-int",
                            table: 8,
                            depth: 0,
                            condition: "metadata=0x6",
                            priority: Some(
                                50,
                            ),
                            cookie: Some(
                                3533876127,
                            ),
                            actions: [
                                "resubmit(,73)",
                                "move:NXM_NX_REG10[12]->NXM_NX_XXREG0[111]",
                                "-> NXM_NX_XXREG0[111] is now 0",
                                "ct(table=15,zone=NXM_NX_REG13[0..15],nat)",
                                "-> A clone of the packet is forked to recirculate.",
                            ],
                        },
                        Step {
                            bridge: "br-int",
                            table: 73,
                            depth: 1,
                            condition: "reg0=0x2",
                            priority: Some(
                                0,
                            ),
                            cookie: None,
                            actions: [
                                "drop",
                            ],
                        },
                    ],
                    final_flow: Some(
                        "tcp,reg0=0x5",
                    ),
                    megaflow: Some(
                        "recirc_id=0,eth,tcp,in_port=5",
                    ),
                    datapath_actions: Some(
                        "ct(zone=18,nat),recirc(0x5)",
                    ),
                    notes: [],
                },
                Pass {
                    reason: Some(
                        "recirc(0x5) - resume conntrack with default ct_state=trk|new (use --ct-next to customize)",
                    ),
                    steps: [
                        Step {
                            bridge: "br-int",
                            table: 15,
                            depth: 0,
                            condition: "No match.",
                            priority: None,
                            cookie: None,
                            actions: [
                                "drop",
                            ],
                        },
                    ],
                    final_flow: Some(
                        "unchanged",
                    ),
                    megaflow: Some(
                        "recirc_id=0x5",
                    ),
                    datapath_actions: Some(
                        "drop",
                    ),
                    notes: [
                        "Replacing src/dst IP/ports to simulate NAT:",
                        "Initial flow:",
                        "thaw",
                        "Resuming from table 15",
                    ],
                },
            ],
        }
        "#);
        assert_eq!(Trace::parse(TRACE).verdict(), Some("drop"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(
            text in proptest::collection::vec("[ 0-9a-zA-Z.:,()\"=x-]{0,40}", 0..20)
        ) {
            let _ = Trace::parse(&text.join("\n"));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(text in any::<String>()) {
            let _ = Trace::parse(&text);
        }
    }
}
