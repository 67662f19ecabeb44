//! Journeys: a packet's way from zone to zone, as far as it is known.

use ovn_schemas::sb;

use crate::database::Database;
use crate::objects::ObjectKind;
use crate::report::ToolError;
use crate::snapshot::{Request, Snapshot};
use crate::tool::packet_trace::Params;
use crate::tool::packet_trace::ends::{Port, Target, sender, target};
use crate::tool::packet_trace::hop::Hop;
use crate::tool::packet_trace::packet::{DEFAULT_PORT, Packet, Protocol};
use crate::tool::packet_trace::verdict::{Ending, Verdict};
use crate::trace::logical::{Place, Trace};

/// The most zones that a packet is followed through.
/// **Default and why**: 4; between two nodes there are two, and a packet that wanders further is
/// going in circles.
const MAX_HOPS: usize = 4;

/// Who sends, whom to, and the way between.
#[derive(Debug)]
pub(super) struct Journey {
    pub(super) sender: Port,
    pub(super) target: Target,
    pub(super) legs: Vec<Leg>,
}

/// One hop, with its trace where that is known.
#[derive(Debug)]
pub(super) struct Leg {
    pub(super) hop: Hop,
    request: Request,
    /// What ovn-trace printed, and the same read.
    pub(super) trace: Option<(String, Trace)>,
}

impl Journey {
    /// Follows the packet as far as the traces in the snapshot reach.
    pub(super) fn follow(params: &Params, snapshot: &Snapshot) -> Result<Self, ToolError> {
        let sender = sender(&params.from, params.node.as_deref(), snapshot)?;
        let wanted = (params.protocol, params.port);
        let target = target(&params.to, wanted, &sender, snapshot)?;
        let mut next = Some(first_hop(params, &sender, &target)?);
        let conntrack = params.conntrack();
        let mut legs: Vec<Leg> = Vec::new();
        while let Some(hop) = next.take() {
            let request = hop.request(&conntrack)?;
            let output = snapshot
                .outputs
                .iter()
                .find(|output| output.request == request);
            let trace = output.map(|output| (output.text.clone(), Trace::parse(&output.text)));
            if let Some((_, trace)) = &trace
                && legs.len() + 1 < MAX_HOPS
            {
                next = next_hop(&hop, trace, snapshot)
                    .filter(|next| legs.iter().all(|leg| leg.hop.place != next.place));
            }
            legs.push(Leg {
                hop,
                request,
                trace,
            });
        }
        Ok(Self {
            sender,
            target,
            legs,
        })
    }

    /// The network policies whose rows have decided on the way, as `NAMESPACE/NAME`.
    pub(super) fn policies(&self, snapshot: &Snapshot) -> Vec<String> {
        let mut all = Vec::new();
        for leg in &self.legs {
            let Some((_, trace)) = &leg.trace else {
                continue;
            };
            let origins = leg.hop.origins(snapshot);
            for (_, flow) in trace.flows() {
                let object = origins
                    .of_flow(&flow.uuid)
                    .and_then(|one| one.object.clone());
                if let Some((ObjectKind::NetworkPolicy, name)) = object {
                    all.push(name);
                }
            }
        }
        all
    }

    /// The trace that is to be made next.
    pub(super) fn wanted(&self) -> Option<Request> {
        let last = self.legs.last()?;
        last.trace.is_none().then(|| last.request.clone())
    }
}

fn first_hop(params: &Params, sender: &Port, target: &Target) -> Result<Hop, ToolError> {
    let ip = target.ip;
    let Some(own) = sender.address_towards(ip) else {
        let family = if ip.is_ipv4() { "IPv4" } else { "IPv6" };
        return Err(ToolError::new(format!(
            "{} has no {family} address to send to {ip} from",
            sender.name
        )));
    };
    let Some(mac) = sender.mac_towards(ip) else {
        let mut why = format!(
            "nothing on switch {} leads to {ip}: no port has that address, and there is no router",
            sender.switch
        );
        if let Some(note) = &target.note {
            why.push_str(&format!("; {note}"));
        }
        return Err(ToolError::new(why));
    };
    let default = match params.port.or(target.port) {
        Some(_) => Protocol::Tcp,
        None => Protocol::Icmp,
    };
    let protocol = params.protocol.or(target.protocol).unwrap_or(default);
    let port = params.port.or(target.port).unwrap_or(DEFAULT_PORT);
    Ok(Hop {
        place: sender.place,
        datapath: sender.switch.clone(),
        packet: Packet::new(&sender.name, [sender.mac, mac], [own, ip], (protocol, port)),
        backend: target.backend.as_ref().map(|(backend, _)| backend.clone()),
    })
}

/// Where a packet goes on that leaves a zone over the interconnect: on the same transit switch, in
/// the zone that has the port it left by for its own.
fn next_hop(hop: &Hop, trace: &Trace, snapshot: &Snapshot) -> Option<Hop> {
    let ending = Ending::of(trace);
    if ending.verdict != Verdict::LeavesZone {
        return None;
    }
    let (left_by, remote) = ending.port?;
    let Some((Place::Pipeline { datapath, .. }, _)) = ending.last else {
        return None;
    };
    // Where it was sent to many at once, only an earlier pipeline tells where it came in.
    let inport = trace.blocks.iter().rev().find_map(|block| {
        let Place::Pipeline {
            datapath: of,
            inport,
            ..
        } = &block.place
        else {
            return None;
        };
        (of == datapath && !inport.is_empty()).then_some(inport)
    })?;
    let (place, _) = snapshot.places(Database::Sb, None).find(|(place, read)| {
        let mut ports = read.rows.rows::<sb::PortBinding>();
        *place != hop.place
            && ports.any(|port| port.logical_port() == left_by && port.type_() != remote)
    })?;
    let mut packet = hop.packet_after(trace);
    packet.inport.clone_from(inport);
    if let Some((backend, _)) = hop
        .backend
        .as_ref()
        .and_then(|backend| Some((backend.ip()?, ())))
        && packet.ip_dst == hop.packet.ip_dst
        && went_to_a_backend(trace)
    {
        packet.ip_dst = backend;
        let port = hop
            .backend
            .as_ref()
            .and_then(|backend| backend.port.as_deref());
        packet.port = port
            .and_then(|port| port.parse().ok())
            .unwrap_or(packet.port);
    }
    Some(Hop {
        place,
        datapath: datapath.clone(),
        packet,
        backend: None,
    })
}

/// Whether a load balancer has chosen a backend on the way.
fn went_to_a_backend(trace: &Trace) -> bool {
    trace.flows().any(|(_, flow)| {
        let mut actions = flow.actions.iter();
        actions.any(|action| action.starts_with("ct_lb") && action.contains("backends="))
    })
}
