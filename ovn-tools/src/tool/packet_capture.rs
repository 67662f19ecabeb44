//! The `packet_capture` tool: packets that pass at ports and interfaces of nodes, as flows and as a
//! file.

mod limit;

mod point;

mod inside;

mod answer;

#[cfg(test)]
mod tests;

use std::time::Duration;

use ovn_schemas::vswitch;

pub use self::answer::{CaptureFile, FILE_MEDIA_TYPE, FILE_URI, PacketsCaptured, PointRead};
pub use self::limit::{
    BYTES, LEAST_BYTES, LEAST_PACKET_BYTES, MAX_BYTES, MAX_PACKET_BYTES, MAX_PACKETS, MAX_POINTS,
    MAX_TIME, PACKET_BYTES, PACKETS, TIME,
};
pub use crate::capture::Direction;
use crate::capture::{Filter, ParseFilterError};
use crate::command::{Capture, Command};
use crate::database::Database;
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::kernel;
use crate::tool::packet_capture::answer::conclude;
use crate::tool::packet_capture::inside::{Inside, inside};
use crate::tool::packet_capture::limit::within;
use crate::tool::packet_capture::point::{Point, points};

/// Captures packets.
#[derive(Clone, Copy, Debug)]
pub struct PacketCapture;

/// What to capture, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// At the ports of these pods, `namespace/name`.
    pub pods: Vec<String>,
    /// At the interfaces of these logical ports.
    pub ports: Vec<String>,
    /// At these interfaces of the nodes, or inside of the pods; `any` for all of them.
    pub interfaces: Vec<String>,
    /// In the network namespaces of the pods, at the other ends of their ports unless interfaces
    /// are named.
    pub inside: bool,
    /// Only on this node.
    pub node: Option<String>,
    /// Which packets, in the words of pcap-filter(7).
    pub filter: Option<String>,
    /// Which way; `None` for both.
    pub direction: Option<Direction>,
    /// The longest time in seconds; [`TIME`] unless it is said.
    pub seconds: Option<u64>,
    /// The most packets at each place; [`PACKETS`] unless it is said.
    pub packets: Option<u32>,
    /// How much of each packet is kept, in bytes; [`PACKET_BYTES`] unless it is said.
    pub packet_bytes: Option<u32>,
    /// How much is kept in all, in bytes; [`BYTES`] unless it is said.
    pub bytes: Option<usize>,
}

/// What is asked for, as it is captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    filter: Option<Filter>,
    time: Duration,
    packets: u32,
    packet_bytes: u32,
    bytes: usize,
}

impl Question {
    fn of(params: &Params) -> Result<Self, ToolError> {
        let filter = params.filter.as_deref().map(str::trim);
        let filter = filter.filter(|filter| !filter.is_empty()).map(|filter| {
            filter.parse().map_err(|error: ParseFilterError| {
                ToolError::new(format!("`filter`: {error}")).hint(error.hint())
            })
        });
        Ok(Self {
            filter: filter.transpose()?,
            time: Duration::from_secs(within("seconds", params.seconds, TIME, 1, MAX_TIME)?),
            packets: within("packets", params.packets, PACKETS, 1, MAX_PACKETS)?,
            packet_bytes: within(
                "packet_bytes",
                params.packet_bytes,
                PACKET_BYTES,
                LEAST_PACKET_BYTES,
                MAX_PACKET_BYTES,
            )?,
            bytes: within("bytes", params.bytes, BYTES, LEAST_BYTES, MAX_BYTES)?,
        })
    }

    /// What is captured at a point, one of so many.
    fn at(&self, point: &Point, points: usize, direction: Option<Direction>) -> Capture {
        Capture {
            inside: point.inside,
            interface: point.interface.clone(),
            direction,
            filter: self.filter.clone(),
            packets: self.packets,
            packet_bytes: self.packet_bytes,
            bytes: self.bytes / points.max(1),
            time: self.time,
        }
    }
}

/// Where to capture, as far as it is known.
enum Found {
    /// On the nodes.
    Here(Vec<Point>),
    /// Inside of pods.
    Inside(Inside),
}

impl Found {
    fn of(params: &Params, snapshot: &Snapshot) -> Result<Self, ToolError> {
        let points = points(params, snapshot)?;
        if params.inside {
            return Ok(Self::Inside(inside(params, &points, snapshot)?));
        }
        Ok(Self::Here(points))
    }
}

impl Tool for PacketCapture {
    const NAME: &'static str = "packet_capture";
    type Params = Params;
    type Report = PacketsCaptured;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        // What makes no sense is said before anything is read.
        Question::of(params)?;
        point::check(params)?;
        Ok(kernel::needs()
            .column(Database::Ovs, vswitch::interface::NAME)
            .column(Database::Ovs, vswitch::interface::TYPE)
            .column(Database::Ovs, vswitch::interface::EXTERNAL_IDS))
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let question = Question::of(params)?;
        let (mut requests, points) = match Found::of(params, snapshot)? {
            Found::Here(points) => (Vec::new(), points),
            Found::Inside(inside) => (inside.requests, inside.points),
        };
        requests.extend(points.iter().map(|point| Request {
            database: point.database,
            command: Command::Capture(question.at(point, points.len(), params.direction)),
        }));
        Ok(requests)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<PacketsCaptured, ToolError> {
        let question = Question::of(params)?;
        let (points, gaps) = match Found::of(params, snapshot)? {
            Found::Here(points) => (points, Vec::new()),
            Found::Inside(inside) => (inside.points, inside.gaps),
        };
        let direction = params.direction;
        Ok(conclude(&question, direction, &points, gaps, snapshot))
    }
}
