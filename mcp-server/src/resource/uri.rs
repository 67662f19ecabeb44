//! The parts of a URI.

use std::borrow::Cow;

/// How every URI begins.
pub const SCHEME: &str = "ovn://";
/// What stands for any node.
pub const ANY: &str = "-";

/// What can stand in a template of URIs, or be asked for by a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// A node, or [`ANY`].
    NodeOrAny,
    /// A node.
    Node,
    /// A database.
    Database,
    /// A table of the database.
    Table,
    /// A row's UUID.
    Uuid,
    /// A column of the table.
    Column,
    /// Who sends a packet.
    From,
    /// Whom it is for.
    To,
    /// A pod.
    Pod,
    /// A service.
    Service,
    /// An egress IP.
    EgressIp,
    /// A transport protocol.
    Protocol,
    /// A transport port.
    Port,
    /// A capture.
    Capture,
}

impl Variable {
    /// Its name in templates and prompts.
    pub fn name(self) -> &'static str {
        match self {
            Self::NodeOrAny | Self::Node => "node",
            Self::Database => "database",
            Self::Table => "table",
            Self::Uuid => "uuid",
            Self::Column => "column",
            Self::From => "from",
            Self::To => "to",
            Self::Pod => "pod",
            Self::Service => "service",
            Self::EgressIp => "egress_ip",
            Self::Protocol => "protocol",
            Self::Port => "port",
            Self::Capture => "capture",
        }
    }
}

/// The segments of a URI of ours, none of them empty; `None` where it is none.
pub(super) fn segments(path: &str) -> Option<Vec<String>> {
    let segments = path.strip_prefix(SCHEME)?.split('/').map(|segment| {
        let decoded = percent_encoding::percent_decode_str(segment)
            .decode_utf8()
            .ok()?;
        // What is left of a percent sign was no escape.
        let whole = segment.matches('%').count() == escapes(segment);
        (whole && !decoded.is_empty()).then(|| decoded.into_owned())
    });
    segments.collect()
}

/// How many escapes there are in a segment.
fn escapes(segment: &str) -> usize {
    let is_escape = |at: &usize| {
        let digits = segment.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let signs = segment.match_indices('%').map(|(at, _)| at);
    signs.filter(is_escape).count()
}

/// The parameters of a URI.
pub(super) fn query(parameters: &str) -> impl Iterator<Item = (Cow<'_, str>, String)> {
    let pairs = form_urlencoded::parse(parameters.as_bytes());
    pairs.map(|(name, value)| (name, value.into_owned()))
}
