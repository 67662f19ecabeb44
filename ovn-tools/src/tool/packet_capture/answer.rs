//! The answer: what was captured, place by place and flow by flow, and the file of it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::capture::{Address, Flow, Pcap, Place, flows, write};
use crate::listing::cell;
use crate::report::{Block, Gap, KeptFile, Origin, Report, sources_of};
use crate::snapshot::{CaptureEnd, CaptureRead, Snapshot};
use crate::tool::packet_capture::point::Point;
use crate::tool::packet_capture::{Direction, Question};

/// What stands before the name of a file in its URI.
pub const FILE_URI: &str = "ovn://capture/";
/// What the file of a capture is.
pub const FILE_MEDIA_TYPE: &str = "application/x-pcapng";
/// How many bytes of its checksum name a file.
/// **Default and why**: 16; nobody hits another's by chance or by trying.
const NAME_BYTES: usize = 16;
/// How many remarks the summary repeats.
/// **Default and why**: 3; the others stand with their flows.
const MAX_REMARKS: usize = 3;
/// What a program says of packets that it could not take.
const LOST: [&str; 2] = [" packets dropped by kernel", " packet dropped by kernel"];

/// The columns of flows; those that nothing is said in are left out.
const COLUMNS: [&str; 15] = [
    "node",
    "at",
    "protocol",
    "from",
    "to",
    "packets",
    "bytes",
    "back_packets",
    "back_bytes",
    "begin",
    "end",
    "flags",
    "back_flags",
    "in",
    "remarks",
];
/// Which of them say nothing where they are the same in all rows.
const PLACES: usize = 2;

/// What was captured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PacketsCaptured {
    /// What was found, in a sentence.
    pub summary: String,
    /// The places where packets were captured.
    pub points: Vec<PointRead>,
    /// The columns' names. `packets`, `bytes` and `flags` are those from `from` to `to`, the
    /// others with `back` those of the way back; `begin` and `end` are seconds since the first
    /// packet.
    pub columns: Vec<String>,
    /// The flows, those with remarks first, then by bytes; null where unset.
    pub rows: Vec<Vec<Json>>,
    /// How many flows there are.
    pub total: usize,
    /// How many of them are shown.
    pub returned: usize,
    /// Whether some are not shown; all are in the file.
    pub truncated: bool,
    /// The packets.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<CaptureFile>,
    /// What could not be captured or told.
    pub gaps: Vec<Gap>,
    /// The databases of the nodes.
    pub sources: Vec<Origin>,
    #[serde(skip)]
    found: String,
    #[serde(skip)]
    content: Option<Arc<Vec<u8>>>,
}

/// A place where packets were captured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PointRead {
    /// The node.
    pub node: String,
    /// The interface.
    pub interface: String,
    /// Whether it is in the network namespace of the pod that has the port.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub inside: bool,
    /// The logical port that has it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub port: Option<String>,
    /// How many packets were captured.
    pub packets: usize,
    /// How many bytes they had.
    pub bytes: u64,
    /// When the first one was captured (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first: Option<String>,
    /// What ended it: `time`, `packets` or `bytes`, whichever limit came first, or what broke it
    /// off.
    pub ended_by: String,
    /// How many more packets passed than could be taken.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lost: Option<u64>,
}

/// The file of a capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaptureFile {
    /// Where a client reads it for a while, as pcapng.
    pub uri: String,
    /// How long it is.
    pub bytes: usize,
}

/// What was captured at a point, read.
struct Read<'a> {
    point: &'a Point,
    taken: &'a CaptureRead,
    capture: Pcap<'a>,
}

/// Makes the answer of what was captured.
pub(super) fn conclude(
    question: &Question,
    direction: Option<Direction>,
    points: &[Point],
    unfound: Vec<Gap>,
    snapshot: &Snapshot,
) -> PacketsCaptured {
    let mut gaps = [snapshot.gaps.clone(), unfound].concat();
    let mut reads = Vec::new();
    for point in points {
        let taken = snapshot.captures.iter().find(|taken| {
            let capture = &taken.capture;
            point.is_at(taken.database, capture.inside, &capture.interface)
        });
        let Some(taken) = taken else {
            // Why is among the gaps.
            continue;
        };
        let bytes = &taken.captured.bytes;
        let capture = if bytes.is_empty() {
            Pcap::default()
        } else {
            Pcap::read(bytes).unwrap_or_else(|error| {
                gaps.push(gap(point, error.to_string()));
                Pcap::default()
            })
        };
        if let CaptureEnd::Broken(why) = &taken.captured.end {
            gaps.push(gap(
                point,
                format!("{why}; what was captured until then is told"),
            ));
        }
        reads.push(Read {
            point,
            taken,
            capture,
        });
    }
    let is_one_way = direction.is_some()
        || question
            .filter
            .as_ref()
            .is_some_and(|filter| filter.is_one_way());
    let packets = reads.iter().flat_map(|read| &read.capture.packets);
    let begin = packets.map(|packet| packet.time).min();
    let mut rows: Vec<(bool, u64, Vec<Json>)> = Vec::new();
    let mut remarks: Vec<String> = Vec::new();
    for read in &reads {
        let told = flows(&read.capture, is_one_way);
        if told.unknown > 0 {
            let unknown = told.unknown;
            gaps.push(gap(
                read.point,
                format!("{unknown} packets have headers that cannot be told"),
            ));
        }
        for flow in told.flows {
            remarks.extend(
                flow.remarks.iter().map(|remark| {
                    format!("{} {} to {}: {remark}", flow.protocol, flow.from, flow.to)
                }),
            );
            let bytes = flow.forth.bytes + flow.back.bytes;
            let row = row(read.point, &flow, begin.unwrap_or(flow.first));
            rows.push((flow.remarks.is_empty(), bytes, row));
        }
    }
    rows.sort_by_key(|(is_plain, bytes, _)| (*is_plain, u64::MAX - bytes));
    let remarkable = rows.iter().filter(|(is_plain, ..)| !is_plain).count();
    let (columns, rows) = told(rows.into_iter().map(|(.., row)| row).collect());
    let content = file(&reads);
    let mut answer = PacketsCaptured {
        found: found(question, &reads, rows.len(), remarkable, &remarks),
        points: reads.iter().map(point_read).collect(),
        columns,
        total: rows.len(),
        rows,
        file: content.as_ref().map(|content| CaptureFile {
            uri: format!("{FILE_URI}{}", name(content)),
            bytes: content.len(),
        }),
        content: content.map(Arc::new),
        gaps,
        ..PacketsCaptured::default()
    };
    let nodes: Vec<&str> = points.iter().map(|point| point.node.as_str()).collect();
    answer.sources = sources_of(&snapshot.origins(), nodes.into_iter().map(Some));
    answer.settle();
    answer
}

fn gap(point: &Point, why: String) -> Gap {
    Gap {
        what: format!("{}: {}", point.node, point.told()),
        why,
    }
}

/// A place in words.
fn place(point: &Point) -> String {
    match &point.port {
        Some(_) if point.inside.is_some() => format!("{} on {}", point.told(), point.node),
        Some(port) => format!("{} ({port}) of {}", point.interface, point.node),
        None => format!("{} of {}", point.interface, point.node),
    }
}

fn found(
    question: &Question,
    reads: &[Read<'_>],
    flows: usize,
    remarkable: usize,
    remarks: &[String],
) -> String {
    let seconds = question.time.as_secs();
    let places: Vec<String> = reads.iter().map(|read| place(read.point)).collect();
    let places = places.join(" and ");
    let packets: usize = reads.iter().map(|read| read.capture.packets.len()).sum();
    if reads.is_empty() {
        return "nothing could be captured".to_owned();
    }
    if packets == 0 {
        let which = question
            .filter
            .as_ref()
            .map_or_else(String::new, |filter| format!(" that is {filter}"));
        return format!("no packet{which} passed at {places} within {seconds} s");
    }
    let packets = counted(packets, "packet");
    let mut text = format!("{packets} in {} at {places}", counted(flows, "flow"));
    for read in reads {
        let end = &read.taken.captured.end;
        if *end != CaptureEnd::Time {
            text.push_str(&format!(
                "; the capture at {} of {} ended early ({})",
                read.point.told(),
                read.point.node,
                ended_by(end)
            ));
        }
    }
    if remarkable > 0 {
        let shown = remarks.iter().take(MAX_REMARKS).cloned();
        let shown: Vec<String> = shown.collect();
        let verb = if remarkable == 1 { "is" } else { "are" };
        text.push_str(&format!(
            "; {} {verb} remarkable: {}",
            counted(remarkable, "flow"),
            shown.join("; ")
        ));
        if remarks.len() > shown.len() {
            text.push_str("; …");
        }
    }
    text
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

fn ended_by(end: &CaptureEnd) -> String {
    match end {
        CaptureEnd::Packets => "packets".to_owned(),
        CaptureEnd::Time => "time".to_owned(),
        CaptureEnd::Bytes => "bytes".to_owned(),
        CaptureEnd::Broken(why) => why.clone(),
    }
}

fn point_read(read: &Read<'_>) -> PointRead {
    let packets = &read.capture.packets;
    let lost = read.taken.captured.notes.lines().find_map(|line| {
        let count = LOST
            .iter()
            .find_map(|words| line.trim().strip_suffix(words));
        count.and_then(|count| count.parse().ok())
    });
    PointRead {
        node: read.point.node.clone(),
        interface: read.point.interface.to_string(),
        inside: read.point.inside.is_some(),
        port: read.point.port.clone(),
        packets: packets.len(),
        bytes: packets.iter().map(|packet| u64::from(packet.length)).sum(),
        first: packets
            .iter()
            .map(|packet| packet.time)
            .min()
            .map(|time| time.to_string()),
        ended_by: ended_by(&read.taken.captured.end),
        lost: lost.filter(|lost| *lost > 0),
    }
}

/// A flow as a row.
fn row(point: &Point, flow: &Flow, begin: Timestamp) -> Vec<Json> {
    let mut inside: Vec<String> = Vec::new();
    if let Some((kind, one, other)) = flow.tunnel {
        let networks = flow.networks.iter().map(u32::to_string);
        let networks: Vec<String> = networks.collect();
        inside.push(format!("{kind} {one} - {other} vni {}", networks.join(",")));
    }
    inside.extend(flow.vlan.map(|vlan| format!("vlan {vlan}")));
    let words = |words: String| (!words.is_empty()).then_some(words);
    let has_way_back = flow.to.address != Address::None;
    vec![
        json!(point.node),
        json!(point.told()),
        json!(flow.protocol),
        json!(flow.from.to_string()),
        json!(has_way_back.then(|| flow.to.to_string())),
        json!(flow.forth.packets),
        json!(flow.forth.bytes),
        json!(flow.back.packets),
        json!(flow.back.bytes),
        json!(seconds(flow.first.duration_since(begin))),
        json!(seconds(flow.last.duration_since(begin))),
        json!(words(flow.forth.flags())),
        json!(words(flow.back.flags())),
        json!(words(inside.join(" "))),
        json!(words(flow.remarks.join("; "))),
    ]
}

/// Seconds with six digits behind the point.
fn seconds(time: SignedDuration) -> String {
    format!("{}.{:06}", time.as_secs(), time.subsec_micros().abs())
}

/// The columns that say something, and the rows without the others.
fn told(rows: Vec<Vec<Json>>) -> (Vec<String>, Vec<Vec<Json>>) {
    let says = |at: usize| {
        let first = rows.first().and_then(|row| row.get(at));
        let differs = rows.iter().any(|row| row.get(at) != first);
        let is_set = rows
            .iter()
            .any(|row| row.get(at).is_some_and(|value| !value.is_null()));
        if at < PLACES { differs } else { is_set }
    };
    let kept: Vec<bool> = (0..COLUMNS.len()).map(says).collect();
    let columns = COLUMNS.iter().zip(&kept).filter(|(_, kept)| **kept);
    let columns = columns.map(|(name, _)| (*name).to_owned()).collect();
    let rows = rows.into_iter().map(|row| {
        let cells = row.into_iter().zip(&kept).filter(|(_, kept)| **kept);
        cells.map(|(cell, _)| cell).collect()
    });
    let rows = rows.collect();
    (columns, rows)
}

/// The file of all packets; none where there are none.
fn file(reads: &[Read<'_>]) -> Option<Vec<u8>> {
    let places: Vec<Place<'_>> = reads
        .iter()
        .filter(|read| !read.capture.packets.is_empty())
        .map(|read| Place {
            name: format!("{} on {}", read.point.told(), read.point.node),
            capture: read.capture.clone(),
        })
        .collect();
    (!places.is_empty()).then(|| write(&places))
}

/// The name of a file: the beginning of its checksum.
fn name(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    let bytes = digest.iter().take(NAME_BYTES);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

impl PacketsCaptured {
    fn settle(&mut self) {
        self.returned = self.rows.len();
        self.truncated = self.returned < self.total;
        self.summary.clone_from(&self.found);
        if self.truncated {
            self.summary.push_str(&format!(
                "; {} shown, all are in the file: a narrower filter shows the others",
                counted(self.returned, "flow")
            ));
        }
        if !self.gaps.is_empty() {
            self.summary
                .push_str("; not all could be captured, see gaps");
        }
    }
}

impl Report for PacketsCaptured {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        for point in &self.points {
            let port = point
                .port
                .as_ref()
                .map_or_else(String::new, |port| format!(" ({port})"));
            let inside = if point.inside { " inside" } else { "" };
            let lost = point
                .lost
                .map_or_else(String::new, |lost| format!(", {lost} lost"));
            blocks.push(Block::Line(format!(
                "{} {}{inside}{port}: {} packets, {} bytes{lost}, ended by {}",
                point.node, point.interface, point.packets, point.bytes, point.ended_by
            )));
        }
        if !self.rows.is_empty() {
            blocks.push(Block::Table {
                columns: self.columns.clone(),
                rows: self
                    .rows
                    .iter()
                    .map(|row| row.iter().map(cell).collect())
                    .collect(),
            });
        }
        for gap in &self.gaps {
            blocks.push(Block::Line(format!("gap: {}: {}", gap.what, gap.why)));
        }
        blocks
    }

    fn items(&self) -> usize {
        self.rows.len()
    }

    fn keep(&mut self, keep: usize) {
        if keep < self.rows.len() {
            self.rows.truncate(keep);
            self.settle();
        }
    }

    fn file(&self) -> Option<KeptFile> {
        let (file, content) = (self.file.as_ref()?, self.content.as_ref()?);
        Some(KeptFile {
            uri: file.uri.clone(),
            media_type: FILE_MEDIA_TYPE,
            content: Arc::clone(content),
        })
    }
}
