//! The output of `ovn-trace --detailed`, as steps through stages.
//!
//! The text is a sequence of blocks, each under a title that is underlined with hyphens, such as
//! `ingress(dp="sw0", inport="p1")` or `ct_lb_mark`. A block holds steps, each one logical flow:
//! a line with the table, the stage, the match, the priority and the flow's UUID, and under it the
//! actions. Whatever else there is, such as `*** dropping …`, is kept as a note.
//!
//! **Source**: ovn-trace(8); the trace of a real stack of OVN 23.03 and 25.03.

/// A whole trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The packet as ovn-trace understood it, in OpenFlow's notation.
    pub packet: Option<String>,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
}

/// Steps under one title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// What the packet goes through.
    pub place: Place,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// What a packet goes through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// What stands before the first title.
    #[default]
    Start,
    /// A pipeline of a logical switch or router.
    Pipeline {
        /// `ingress` or `egress`.
        name: String,
        /// The logical switch or router.
        datapath: String,
        /// Where the packet came in.
        inport: String,
        /// Where the packet goes, in an egress pipeline.
        outport: Option<String>,
    },
    /// An action that the packet passes through, such as `ct_lb_mark`, as it is titled.
    Action(String),
}

/// A logical flow that the packet met, or something said between flows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A logical flow.
    Flow(Flow),
    /// A line that is no flow, as it stands.
    Note(String),
}

/// A logical flow that the packet met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The table within the pipeline.
    pub table: u8,
    /// The stage, such as `ls_in_acl`.
    pub stage: String,
    /// Where in northd the flow was made.
    pub hint: Option<String>,
    /// The match.
    pub condition: String,
    /// The priority.
    pub priority: u16,
    /// The first digits of the flow's UUID.
    pub uuid: String,
    /// The actions and what ovn-trace says of them, line by line.
    pub actions: Vec<String>,
}

impl Trace {
    /// Reads what ovn-trace printed. Every line but blank ones and underlines is in the result.
    pub fn parse(text: &str) -> Self {
        let mut trace = Self::default();
        let mut block = Block::default();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if line.trim().is_empty() {
                continue;
            }
            if lines.peek().is_some_and(|next| is_underline(next)) {
                lines.next();
                let next = Block {
                    place: place(line.trim()),
                    steps: Vec::new(),
                };
                trace.push(std::mem::replace(&mut block, next));
            } else if let Some(flow) = flow(line) {
                block.steps.push(Step::Flow(flow));
            } else if let (true, Some(Step::Flow(flow))) =
                (line.starts_with(' '), block.steps.last_mut())
            {
                flow.actions.push(line.trim().to_owned());
            } else if let (Place::Start, Some(packet)) = (&block.place, line.strip_prefix("# ")) {
                trace.packet = Some(packet.to_owned());
            } else {
                block.steps.push(Step::Note(line.trim().to_owned()));
            }
        }
        trace.push(block);
        trace
    }

    fn push(&mut self, block: Block) {
        if block.place != Place::Start || !block.steps.is_empty() {
            self.blocks.push(block);
        }
    }

    /// The flows, in order, each with the place it stands in.
    pub fn flows(&self) -> impl Iterator<Item = (&Place, &Flow)> {
        self.blocks.iter().flat_map(|block| {
            block.steps.iter().filter_map(move |step| match step {
                Step::Flow(flow) => Some((&block.place, flow)),
                Step::Note(_) => None,
            })
        })
    }

    /// The ports of the packet's way out, as `/* output to "NAME", type "TYPE" */` names them:
    /// name and type.
    pub fn outputs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.flows().flat_map(|(_, flow)| {
            flow.actions.iter().filter_map(|action| {
                let rest = action.strip_prefix("/* output to \"")?;
                let (name, rest) = rest.split_once("\", type \"")?;
                Some((name, rest.split_once('"')?.0))
            })
        })
    }
}

fn is_underline(line: &str) -> bool {
    line.len() > 2 && line.bytes().all(|byte| byte == b'-')
}

/// `ingress(dp="sw0", inport="p1")` and the like; anything else is an action.
fn place(title: &str) -> Place {
    let pipeline = || {
        let (name, rest) = title.split_once('(')?;
        let datapath = quoted(rest, "dp=")?;
        Some(Place::Pipeline {
            name: name.to_owned(),
            datapath,
            inport: quoted(rest, "inport=").unwrap_or_default(),
            outport: quoted(rest, "outport="),
        })
    };
    pipeline().unwrap_or_else(|| Place::Action(title.to_owned()))
}

/// The text in quotes after a name.
fn quoted(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("{name}\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

/// ` 4. ls_in_pre_acl (northd.c:6023): ip, priority 100, uuid 3e804de1`.
fn flow(line: &str) -> Option<Flow> {
    let (table, rest) = line.trim_start().split_once(". ")?;
    let table = table.parse().ok()?;
    let (head, rest) = rest.split_once(": ")?;
    let (stage, hint) = match head.split_once(" (") {
        Some((stage, hint)) => (stage, Some(hint.strip_suffix(')')?.to_owned())),
        None => (head, None),
    };
    if !stage.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let (rest, uuid) = rest.rsplit_once(", uuid ")?;
    let (condition, priority) = rest.rsplit_once(", priority ")?;
    Some(Flow {
        table,
        stage: stage.to_owned(),
        hint,
        condition: condition.to_owned(),
        priority: priority.parse().ok()?,
        uuid: uuid.to_owned(),
        actions: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TRACE: &str = r#"# tcp,reg14=0x4,dl_src=0a:58:0a:f4:01:06

ingress(dp="node2", inport="default_pod-d")
-------------------------------------------
 0. ls_in_check_port_sec (northd.c:9365): 1, priority 50, uuid d2a2ab9f
    reg0[15] = check_in_port_sec();
    next;
 6. ls_in_pre_stateful: reg0[2] == 1 && ip4.dst == 10.96.0.10, priority 120, uuid c811fac8
    ct_lb_mark;

ct_lb_mark /* default (use --ct to customize) */
------------------------------------------------
28. ls_in_l2_lkup (northd.c:10246): eth.dst == 0a:58:0a:f4:00:01, priority 50, uuid f50d8632
    outport = "stor-node1";
    output;

egress(dp="node2", inport="default_pod-d", outport="stor-node1")
----------------------------------------------------------------
12. ls_out_apply_port_sec (northd.c:5843): 1, priority 0, uuid deff83f7
    output;
    /* output to "stor-node1", type "patch" */
 9. ls_out_acl_eval: no match (implicit drop)
*** ct_state_next: something
"#;

    #[test]
    fn blocks_steps_and_actions_are_told_apart() {
        let trace = Trace::parse(TRACE);
        assert_eq!(
            trace.packet.as_deref(),
            Some("tcp,reg14=0x4,dl_src=0a:58:0a:f4:01:06")
        );
        let told: Vec<String> = trace
            .blocks
            .iter()
            .map(|block| format!("{:?}\n{:#?}", block.place, block.steps.len()))
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        Pipeline { name: "ingress", datapath: "node2", inport: "default_pod-d", outport: None }
        2
        Action("ct_lb_mark /* default (use --ct to customize) */")
        1
        Pipeline { name: "egress", datapath: "node2", inport: "default_pod-d", outport: Some("stor-node1") }
        2
        "#);
        let flow = trace.flows().nth(1).expect("a flow").1;
        insta::assert_debug_snapshot!(flow, @r#"
        Flow {
            table: 6,
            stage: "ls_in_pre_stateful",
            hint: None,
            condition: "reg0[2] == 1 && ip4.dst == 10.96.0.10",
            priority: 120,
            uuid: "c811fac8",
            actions: [
                "ct_lb_mark;",
            ],
        }
        "#);
        assert_eq!(
            trace.outputs().collect::<Vec<_>>(),
            [("stor-node1", "patch")]
        );
        let notes = &trace.blocks[2].steps[1..];
        insta::assert_debug_snapshot!(notes, @r#"
        [
            Note(
                "*** ct_state_next: something",
            ),
        ]
        "#);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic_and_no_line_is_lost(
            lines in proptest::collection::vec("[ 0-9a-z.:,()\"=/*#-]{0,40}", 0..20)
        ) {
            let trace = Trace::parse(&lines.join("\n"));
            let kept: usize = trace.blocks.iter().map(|block| {
                usize::from(block.place != Place::Start) + block.steps.iter().map(|step| match step {
                    Step::Flow(flow) => 1 + flow.actions.len(),
                    Step::Note(_) => 1,
                }).sum::<usize>()
            }).sum();
            let blank = lines.iter().filter(|line| line.trim().is_empty()).count();
            let underlines = lines.iter().filter(|line| is_underline(line)).count();
            let packets = lines.iter().filter(|line| line.starts_with("# ")).count();
            prop_assert!(kept + blank + underlines + packets >= lines.len());
        }
    }
}
