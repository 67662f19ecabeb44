//! Inside: where the other ends of ports are, in the network namespaces of their pods.
//!
//! ```text
//!   the node's devices ─► the port's own number, its other end's, and that of its namespace
//!   the node's namespaces ─► a process in that one
//!   the devices there ─► the one whose other end is the port
//! ```
//!
//! All of it is what the kernel tells, so no container runtime is asked, and a namespace that was
//! left meanwhile is not taken for the pod's.

use crate::command::{Command, KernelListing, NetworkNamespace};
use crate::dump::kernel::link::Link;
use crate::dump::kernel::namespace::Namespace;
use crate::report::{Gap, ToolError};
use crate::snapshot::{Request, Snapshot};
use crate::tool::packet_capture::Params;
use crate::tool::packet_capture::point::{Point, check_count, named, once};

/// What is known of the other ends so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inside {
    /// What is to be asked; what is known already among it.
    pub(crate) requests: Vec<Request>,
    /// Where to capture.
    pub(crate) points: Vec<Point>,
    /// The ports whose other ends cannot be found. What was asked and not answered is a gap
    /// already.
    pub(crate) gaps: Vec<Gap>,
}

/// The other end of a port.
struct OtherEnd {
    /// Its number there.
    number: u64,
    /// The number of the port on the node.
    of: u64,
    /// A process in its namespace.
    namespace: NetworkNamespace,
}

/// Where to capture inside the pods of these ports, as far as it is known.
///
/// # Errors
/// [`ToolError`] when an interface that was named cannot be one, or these are too many places.
pub(crate) fn inside(
    params: &Params,
    ports: &[Point],
    snapshot: &Snapshot,
) -> Result<Inside, ToolError> {
    let mut known = Inside::default();
    for port in ports {
        let mut ask = |command: Command| {
            let answer = answer(snapshot, port.database, &command).map(str::to_owned);
            let request = Request {
                database: port.database,
                command,
            };
            if !known.requests.contains(&request) {
                known.requests.push(request);
            }
            answer
        };
        let links = ask(Command::Kernel(KernelListing::Links));
        let namespaces = ask(Command::Kernel(KernelListing::Namespaces));
        let (Some(links), Some(namespaces)) = (links, namespaces) else {
            continue;
        };
        let end = match other_end(port, &links, &namespaces) {
            Ok(end) => end,
            Err(why) => {
                known.gaps.push(gap(port, why));
                continue;
            }
        };
        let Some(links) = ask(Command::LinksInside(end.namespace)) else {
            continue;
        };
        let links = Link::list(&links).items;
        let is_end =
            |link: &&Link| (link.number, link.other_end) == (Some(end.number), Some(end.of));
        let Some(link) = links.iter().find(is_end) else {
            let process = end.namespace.0;
            known.gaps.push(gap(
                port,
                format!(
                    "its other end is not where the process {process} is, so the pod has gone \
                     meanwhile: ask again"
                ),
            ));
            continue;
        };
        let names: Vec<&str> = match params.interfaces.as_slice() {
            [] => vec![link.name.as_str()],
            names => names.iter().map(String::as_str).collect(),
        };
        for name in names {
            known.points.push(Point {
                inside: Some(end.namespace),
                interface: named(name)?,
                ..port.clone()
            });
        }
    }
    known.points = once(known.points);
    check_count(&known.points)?;
    Ok(known)
}

fn answer<'s>(snapshot: &'s Snapshot, database: usize, command: &Command) -> Option<&'s str> {
    let mut outputs = snapshot.outputs.iter();
    let output = outputs
        .find(|output| output.request.database == database && output.request.command == *command);
    output.map(|output| output.text.as_str())
}

fn gap(port: &Point, why: String) -> Gap {
    Gap {
        what: format!("{}: inside {}", port.node, port.told()),
        why,
    }
}

/// The other end of a port, or why it is not known.
fn other_end(port: &Point, links: &str, namespaces: &str) -> Result<OtherEnd, String> {
    let name = port.interface.name();
    let links = Link::list(links).items;
    let link = links.iter().find(|link| link.name == name);
    let link = link.ok_or_else(|| format!("the node's kernel has no interface {name}"))?;
    let (Some(of), Some(number), Some(id)) = (link.number, link.other_end, link.other_namespace)
    else {
        let kind = link.kind.as_deref().unwrap_or("hardware");
        return Err(format!(
            "{name} ({kind}) has no other end in another network namespace"
        ));
    };
    let listed = Namespace::list(namespaces);
    let namespace = listed.items.iter().find(|namespace| namespace.number == id);
    let process = namespace.map(|namespace| namespace.process);
    let process = process.ok_or_else(|| {
        let unread = match listed.other.first() {
            Some(line) => format!("; lsns said {line:?}"),
            None => String::new(),
        };
        format!(
            "no process is seen in the network namespace {id}, where the other end of {name} is: \
             programs run where the processes of the node are not seen{unread}"
        )
    })?;
    Ok(OtherEnd {
        number,
        of,
        namespace: NetworkNamespace(process),
    })
}
