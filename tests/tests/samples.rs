//! Parsers account for every line of what real programs printed: the newest kept samples, and the
//! installed OVN and Open vSwitch. What is not understood is kept as it stands and counted.

use std::fmt::{self, Display, Formatter};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use ovn_tests::sandbox::Node;
use ovn_tools::dump::Listing;
use ovn_tools::dump::conntrack::Connection;
use ovn_tools::dump::datapath::DatapathFlow;
use ovn_tools::dump::openflow::OpenFlow;
use ovn_tools::flow::{Actions, Match};
use ovn_tools::trace::{flow, logical};

/// Where the newest samples lie; `data/samples/README.md` says what made them.
const NEWEST: &str = "data/samples/ovn-25.03.0_ovs-3.5.0";

/// A kept sample.
fn sample(name: &str) -> Result<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(NEWEST);
    let path = folder.join(format!("{name}.gz"));
    let file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text)?;
    // The first line of a trace is the command that made it.
    let is_command = text.starts_with("# ov") && text.lines().nth(1).is_some();
    let whole = text.split_once('\n').filter(|_| is_command);
    Ok(whole.map_or(text.clone(), |(_, rest)| rest.to_owned()))
}

/// Text without white space.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What becomes of the lines of a text.
struct Told {
    /// How many are understood.
    understood: usize,
    /// Those that are kept as they stand.
    other: Vec<String>,
}

impl Display for Told {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (understood, other) = (self.understood, &self.other);
        write!(f, "{understood} understood, {} not: {other:?}", other.len())
    }
}

/// What becomes of the lines of a listing.
fn listed<T>(text: &str, headings: usize, listing: &Listing<T>) -> Told {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let (items, other) = (listing.items.len(), listing.other.len());
    assert_eq!(items + other + headings, lines, "every line is somewhere");
    Told {
        understood: items,
        other: listing.other.clone(),
    }
}

/// What becomes of the lines of a trace by ovn-trace.
fn logical(text: &str) -> Told {
    let trace = logical::Trace::parse(text);
    let is_rule = |line: &str| line.len() > 2 && line.bytes().all(|byte| byte == b'-');
    let lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !is_rule(line))
        .count();
    let mut understood = usize::from(trace.packet.is_some());
    let mut notes = Vec::new();
    for block in &trace.blocks {
        understood += usize::from(block.place != logical::Place::Start);
        for step in &block.steps {
            match step {
                logical::Step::Flow(flow) => understood += 1 + flow.actions.len(),
                logical::Step::Note(note) => notes.push(note.clone()),
            }
        }
    }
    assert_eq!(understood + notes.len(), lines, "every line is somewhere");
    Told {
        understood,
        other: notes,
    }
}

/// What becomes of the lines of a trace by ovs-vswitchd.
fn physical(text: &str) -> Told {
    let trace = flow::Trace::parse(text);
    let is_rule = |line: &str| {
        line.len() > 2
            && ["-", "="]
                .iter()
                .any(|one| line.replace(one, "").is_empty())
    };
    let lines = text.lines().map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !is_rule(line))
        .collect();
    let again = |line: &&&str| line.starts_with("Flow: ") || line.starts_with("bridge(\"");
    // A bridge is told with each step, and the packet of a pass with its final flow.
    let mut understood = lines.iter().filter(again).count();
    let mut notes = Vec::new();
    for pass in &trace.passes {
        let single = [
            &pass.reason,
            &pass.final_flow,
            &pass.megaflow,
            &pass.datapath_actions,
        ];
        understood += single.iter().filter(|part| part.is_some()).count();
        understood += pass
            .steps
            .iter()
            .map(|step| 1 + step.actions.len())
            .sum::<usize>();
        notes.extend(pass.notes.iter().cloned());
    }
    assert_eq!(
        understood + notes.len(),
        lines.len(),
        "every line is somewhere"
    );
    Told {
        understood,
        other: notes,
    }
}

#[test]
fn every_logical_flow_of_the_newest_samples_is_understood_and_prints_as_northd_wrote_it()
-> Result<()> {
    let text = sample("lflow-list")?;
    let mut flows = 0;
    for line in text.lines().filter(|line| line.starts_with("  table=")) {
        let (_, rest) = line.split_once(", match=(").context("a match")?;
        let (condition, actions) = rest.split_once("), action=(").context("actions")?;
        let actions = actions.strip_suffix(')').context("an end")?;
        let read = Match::parse(condition).map(|read| bare(&read.to_string()));
        assert_eq!(read, Ok(bare(condition)), "{condition}");
        let parsed = Actions::parse(actions);
        assert_eq!(parsed.unknown(), 0, "{actions}");
        let printed = bare(&parsed.to_string()).replace(';', "");
        assert_eq!(printed, bare(actions).replace(';', ""), "{actions}");
        flows += 1;
    }
    let headings = text
        .lines()
        .filter(|line| line.starts_with("Datapath: "))
        .count();
    assert_eq!(flows + headings, text.lines().count());
    Ok(())
}

#[test]
fn every_line_of_the_newest_samples_is_accounted_for() -> Result<()> {
    let openflow = sample("dump-flows")?;
    let datapath = sample("dpctl-dump-flows")?;
    let connections = sample("dpctl-dump-conntrack")?;
    let replies = openflow.matches("_FLOW reply").count();
    let threads = datapath.matches("flow-dump from").count();
    let mut told = vec![
        (
            "dump-flows",
            listed(&openflow, replies, &OpenFlow::list(&openflow)),
        ),
        (
            "dpctl dump-flows",
            listed(&datapath, threads, &DatapathFlow::list(&datapath)),
        ),
        (
            "dpctl dump-conntrack",
            listed(&connections, 0, &Connection::list(&connections)),
        ),
    ];
    for name in ["svc", "deny", "ext", "arp"] {
        told.push((
            name,
            logical(&sample(&format!("ovn-trace_{name}_detailed"))?),
        ));
    }
    for name in ["svc", "deny", "ext", "tunnel_in"] {
        told.push((name, physical(&sample(&format!("ofproto-trace_{name}"))?)));
    }
    let told: Vec<String> = told
        .into_iter()
        .map(|(name, text)| format!("{name}: {text}"))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    Ok(())
}

#[test]
fn every_line_that_the_installed_programs_print_is_accounted_for() -> Result<()> {
    let node = Node::start("hv1")?;
    for command in [
        "ls-add sw0 -- lsp-add sw0 p1 -- lsp-add sw0 p2",
        "acl-add sw0 from-lport 1000 ip4 allow-related",
    ] {
        node.nbctl(&command.split(' ').collect::<Vec<_>>())?;
    }
    node.nbctl(&["lsp-set-addresses", "p1", "50:54:00:00:00:01 10.0.0.1"])?;
    node.nbctl(&["lsp-set-addresses", "p2", "50:54:00:00:00:02 10.0.0.2"])?;
    node.plug("p1")?;
    node.plug("p2")?;
    node.sync()?;
    let packet = "in_port(1),eth(src=50:54:00:00:00:01,dst=50:54:00:00:00:02),eth_type(0x0800),\
                  ipv4(src=10.0.0.1,dst=10.0.0.2,proto=17,tos=0,ttl=64,frag=no),\
                  udp(src=4000,dst=53)";
    node.appctl(&["netdev-dummy/receive", "p1", packet])?;
    let datapath = node.appctl(&["dpctl/dump-flows", "-m"])?;
    let connections = node.appctl(&["dpctl/dump-conntrack", "-m"])?;
    let openflow = node.appctl(&["bridge/dump-flows", "br-int"])?;
    let threads = datapath.matches("flow-dump from").count();
    let flows = DatapathFlow::list(&datapath);
    let connected = Connection::list(&connections);
    let open = OpenFlow::list(&openflow);
    assert!(!flows.items.is_empty() && !connected.items.is_empty() && !open.items.is_empty());
    for told in [
        listed(&datapath, threads, &flows),
        listed(&connections, 0, &connected),
        listed(&openflow, 0, &open),
    ] {
        assert!(told.other.is_empty(), "{told}");
    }
    let question = "udp,in_port=p1,dl_src=50:54:00:00:00:01,dl_dst=50:54:00:00:00:02,\
                    nw_src=10.0.0.1,nw_dst=10.0.0.2,nw_ttl=64,udp_src=4000,udp_dst=53";
    let traced = physical(&node.appctl(&["ofproto/trace", "br-int", question])?);
    // Where a pass through conntrack goes on is no step.
    let goes_on = |note: &String| note == "thaw" || note.starts_with("Resuming from table ");
    assert!(traced.other.iter().all(goes_on), "{traced}");
    let flow = "inport==\"p1\" && eth.src==50:54:00:00:00:01 && eth.dst==50:54:00:00:00:02 && \
                ip4.src==10.0.0.1 && ip4.dst==10.0.0.2 && ip.ttl==64 && udp && udp.dst==53";
    let traced = logical(&node.trace(&["--detailed", "sw0", flow])?);
    assert!(traced.other.is_empty(), "{traced}");
    let kept = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(NEWEST))?.count();
    assert_eq!(kept, 12, "a sample that no test looks at is none");
    Ok(())
}
