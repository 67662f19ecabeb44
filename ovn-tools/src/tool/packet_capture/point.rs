//! Points: where on which node is captured.

use ovn_schemas::vswitch;

use crate::capture::Interface;
use crate::command::NetworkNamespace;
use crate::database::Database;
use crate::owner::Pod;
use crate::report::ToolError;
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::tool::beside::{node_of, none};
use crate::tool::near;
use crate::tool::packet_capture::Params;
use crate::tool::packet_capture::limit::MAX_POINTS;

/// The key by which an interface names its logical port.
const LOGICAL_PORT: &str = "iface-id";
/// All interfaces of a node.
const ANY: &str = "any";
/// What the names of ports are made of in networks that users define: the network's first.
const OF_NETWORK: char = '_';
/// Types of interfaces that are devices of the kernel under their own name.
const OF_KERNEL: [&str; 5] = ["", "system", "internal", "tap", "afxdp"];
/// Types of interfaces whose packets pass on the device of a tunnel.
const TUNNELS: [&str; 5] = ["geneve", "vxlan", "gre", "erspan", "bareudp"];

/// A place where packets are captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    /// The database of its node.
    pub(crate) database: usize,
    /// Its node.
    pub(crate) node: String,
    /// The network namespace that the interface is in; `None` for the node's own.
    pub(crate) inside: Option<NetworkNamespace>,
    /// The interface.
    pub(crate) interface: Interface,
    /// The logical port that has the interface.
    pub(crate) port: Option<String>,
}

impl Point {
    /// Whether it is this place.
    pub(crate) fn is_at(
        &self,
        database: usize,
        inside: Option<NetworkNamespace>,
        interface: &Interface,
    ) -> bool {
        (self.database, self.inside, &self.interface) == (database, inside, interface)
    }

    /// The place on its node: an interface, or one inside the pod that has the port.
    pub(crate) fn told(&self) -> String {
        match (self.inside, &self.port) {
            (Some(_), Some(port)) => format!("{} of {port}", self.interface),
            _ => self.interface.to_string(),
        }
    }
}

/// Refuses a question that names no place, or what cannot be one.
///
/// # Errors
/// [`ToolError`] with what to send.
pub(crate) fn check(params: &Params) -> Result<(), ToolError> {
    if params.pods.is_empty() && params.ports.is_empty() && params.interfaces.is_empty() {
        let error = ToolError::new("it is not said where to capture");
        return Err(error.hint(
            "send `pod` (namespace/name), `port` (a logical port) or `interface`, such as \
             genev_sys_6081 for what passes between nodes",
        ));
    }
    if params.inside && params.pods.is_empty() && params.ports.is_empty() {
        let error = ToolError::new("`inside` is said, and not which pod is meant");
        return Err(error.hint("send `pod` (namespace/name) or `port` (a logical port) too"));
    }
    for pod in &params.pods {
        if pod.split('/').filter(|part| !part.is_empty()).count() != 2 {
            let what = format!("`pod`: {pod:?} is no pod");
            return Err(ToolError::new(what).hint("write namespace/name"));
        }
    }
    for interface in &params.interfaces {
        named(interface)?;
    }
    Ok(())
}

/// An interface of this name.
///
/// # Errors
/// [`ToolError`] when none can have it.
pub(crate) fn named(interface: &str) -> Result<Interface, ToolError> {
    interface
        .parse()
        .map_err(|error| ToolError::new(format!("`interface`: {error}")))
}

/// Where on the nodes to capture, each place once; with `inside`, the ports whose other ends are
/// meant.
///
/// # Errors
/// [`ToolError`] when something that was named is not there, cannot be captured at, or is too
/// much.
pub(crate) fn points(params: &Params, snapshot: &Snapshot) -> Result<Vec<Point>, ToolError> {
    let node = params.node.as_deref();
    let places: Vec<(usize, &DatabaseRead)> = snapshot.places(Database::Ovs, node).collect();
    if places.is_empty() {
        return Err(none(Database::Ovs, node, snapshot));
    }
    if places.iter().all(|(_, read)| read.recorded) {
        let error = ToolError::new(
            "packets can be captured on live nodes only, and these databases were recorded",
        );
        return Err(error.hint("name a live source: unix:PATH on the host itself, or kube"));
    }
    let mut points: Vec<Point> = Vec::new();
    for pod in &params.pods {
        let port = Pod::port_meant(pod);
        let of_network = format!("{OF_NETWORK}{port}");
        let is_of = |id: &str| id == port || id.ends_with(&of_network);
        points.extend(of_ports("pod", pod, is_of, &places)?);
    }
    for port in &params.ports {
        points.extend(of_ports("port", port, |id| id == port, &places)?);
    }
    let interfaces = params.interfaces.iter().filter(|_| !params.inside);
    for interface in interfaces {
        for (database, read) in &places {
            let mut rows = read.rows.rows::<vswitch::Interface>();
            let row = rows.find(|row| row.name() == interface);
            let port = row.as_ref().and_then(port_of);
            if let Some(row) = &row {
                check_type(row)?;
            }
            points.push(Point {
                database: *database,
                node: node_of(read),
                inside: None,
                interface: named(interface)?,
                port,
            });
        }
    }
    let points = once(points);
    check_count(&points)?;
    Ok(points)
}

/// Each place once, in the order in which they are.
pub(crate) fn once(points: Vec<Point>) -> Vec<Point> {
    let mut once: Vec<Point> = Vec::new();
    for point in points {
        let is_known = |known: &Point| known.is_at(point.database, point.inside, &point.interface);
        if !once.iter().any(is_known) {
            once.push(point);
        }
    }
    once
}

/// Refuses too many places.
///
/// # Errors
/// [`ToolError`] with how to ask for fewer.
pub(crate) fn check_count(points: &[Point]) -> Result<(), ToolError> {
    let count = points.len();
    if count <= MAX_POINTS {
        return Ok(());
    }
    let error = ToolError::new(format!("these are {count} places, more than {MAX_POINTS}"));
    let mut nodes: Vec<&str> = points.iter().map(|point| &*point.node).collect();
    nodes.sort_unstable();
    nodes.dedup();
    Err(error.hint(match nodes.as_slice() {
        [_] => "name fewer of them".to_owned(),
        nodes => format!("say `node`, one of {}", nodes.join(", ")),
    }))
}

fn port_of(row: &vswitch::Interface) -> Option<String> {
    row.external_ids().get(LOGICAL_PORT).map(str::to_owned)
}

/// The interfaces whose logical port is meant.
fn of_ports(
    parameter: &str,
    wanted: &str,
    is_meant: impl Fn(&str) -> bool,
    places: &[(usize, &DatabaseRead)],
) -> Result<Vec<Point>, ToolError> {
    let mut points = Vec::new();
    let mut known = Vec::new();
    for (database, read) in places {
        for row in read.rows.rows::<vswitch::Interface>() {
            let Some(port) = port_of(&row) else {
                continue;
            };
            if is_meant(&port) {
                check_type(&row)?;
                points.push(Point {
                    database: *database,
                    node: node_of(read),
                    inside: None,
                    interface: named(row.name())?,
                    port: Some(port),
                });
            } else {
                known.push(port);
            }
        }
    }
    if points.is_empty() {
        let what =
            format!("`{parameter}`: no interface of the nodes that were read is of {wanted}");
        let near = near::did_you_mean(&Pod::port_meant(wanted), known.iter().map(String::as_str));
        let hint = "ovs_show lists the interfaces with their logical ports (iface_id); a pod that \
                    shares its node's network has none";
        let near = near.map_or_else(String::new, |near| near + " ");
        return Err(ToolError::new(what).hint(format!("{near}{hint}")));
    }
    Ok(points)
}

/// Refuses an interface that is no device of the kernel.
fn check_type(row: &vswitch::Interface) -> Result<(), ToolError> {
    let (name, kind) = (row.name(), row.type_());
    if name == ANY || OF_KERNEL.contains(&kind) {
        return Ok(());
    }
    let error = ToolError::new(format!(
        "the interface {name} is of the type {kind}, which is no device of the kernel"
    ));
    Err(if TUNNELS.contains(&kind) {
        error.hint(
            "capture at the device of all tunnels of its type, such as genev_sys_6081, where \
             packets are seen without the tunnel's header, or at the interface to the other nodes \
             with the filter `udp port 6081`",
        )
    } else {
        error.hint("capture at a port or an interface on its way; ovs_show lists them")
    })
}
