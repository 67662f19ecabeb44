//! Resources: single rows, full traces and captured packets, each by a URI of its own.

mod uri;

use std::sync::Arc;

use ovn_tools::access::Source;
use ovn_tools::access::bundle::Progress;
use ovn_tools::database::Database;
use ovn_tools::run::run_telling;
use ovn_tools::tool::Tool;
use ovn_tools::tool::packet_capture::{FILE_MEDIA_TYPE, PacketCapture};
use ovn_tools::tool::packet_trace::{self, PacketTrace, Protocol};
use ovn_tools::tool::row_read::{self, RowRead};
use ovn_tools::tool::rows_find::RowsFind;

pub use self::uri::{ANY, SCHEME, Variable};
use crate::failure::{Failure, did_you_mean};
use crate::kept::Shelf;
use crate::offer::Offer;
use crate::resource::uri::{query, segments};

/// What a template of URIs stands for.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// The template (RFC 6570).
    pub uri: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What is read, for whoever has to choose.
    pub description: &'static str,
    /// What it is read as.
    pub mime_type: &'static str,
    /// The tool that shows what can be read; without it there is no such resource.
    pub tool: &'static str,
    /// What can stand in it.
    pub variables: &'static [Variable],
}

/// Every template, in the order in which they are shown.
pub static TEMPLATES: [Template; 4] = [
    Template {
        uri: "ovn://row/{node}/{database}/{table}/{uuid}",
        name: "row",
        title: "A row",
        description: "One row with all its columns, as the database has it. `node` may be `-` \
                      where only one database has the row; `database` is nb, sb or ovs; of \
                      `uuid` 8 digits are enough.",
        mime_type: "application/json",
        tool: RowsFind::NAME,
        variables: &[
            Variable::NodeOrAny,
            Variable::Database,
            Variable::Table,
            Variable::Uuid,
        ],
    },
    Template {
        uri: "ovn://row/{node}/{database}/{table}/{uuid}/{column}",
        name: "column",
        title: "A column of a row",
        description: "The value of one column of a row, as the database has it.",
        mime_type: "application/json",
        tool: RowsFind::NAME,
        variables: &[
            Variable::NodeOrAny,
            Variable::Database,
            Variable::Table,
            Variable::Uuid,
            Variable::Column,
        ],
    },
    Template {
        uri: "ovn://trace/{from}/{to}{?protocol,port,node}",
        name: "trace",
        title: "A full trace",
        description: "The whole text of ovn-trace for a packet, zone after zone. `from` and `to` \
                      are pods or services as namespace/name (written namespace%2Fname), ports or \
                      addresses.",
        mime_type: "text/plain",
        tool: PacketTrace::NAME,
        variables: &[
            Variable::From,
            Variable::To,
            Variable::Protocol,
            Variable::Port,
            Variable::Node,
        ],
    },
    Template {
        uri: "ovn://capture/{capture}",
        name: "capture",
        title: "Captured packets",
        description: "The packets of a capture as a pcapng file, for a while: `file.uri` of what \
                      packet_capture answered.",
        mime_type: FILE_MEDIA_TYPE,
        tool: PacketCapture::NAME,
        variables: &[Variable::Capture],
    },
];

/// The templates whose tool is offered.
pub fn offered(offer: &Offer) -> impl Iterator<Item = &'static Template> {
    let has = |tool: &str| offer.tools().iter().any(|offered| offered.name == tool);
    TEMPLATES.iter().filter(move |template| has(template.tool))
}

/// Something that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A row, or one column of it.
    Row(row_read::Params),
    /// The text of a trace.
    Trace(packet_trace::Params),
    /// The packets of a capture, by their URI.
    Capture(String),
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// What is in it.
    pub body: Body,
    /// What it is to be read as.
    pub mime_type: &'static str,
}

/// What is in a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Arc<Vec<u8>>),
}

impl Resource {
    /// What a URI names.
    ///
    /// # Errors
    /// [`Failure`] with what to write instead.
    pub fn of(uri: &str) -> Result<Self, Failure> {
        let (path, parameters) = uri.split_once('?').unwrap_or((uri, ""));
        let segments = segments(path).ok_or_else(|| nothing(uri))?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            ["row", node, database, table, uuid] if parameters.is_empty() => {
                row(node, database, table, uuid, None)
            }
            ["row", node, database, table, uuid, column] if parameters.is_empty() => {
                row(node, database, table, uuid, Some(column))
            }
            ["trace", from, to] => trace(from, to, parameters),
            ["capture", _] if parameters.is_empty() => Ok(Self::Capture(uri.to_owned())),
            _ => Err(nothing(uri)),
        }
    }

    /// The tool that shows what this is part of.
    pub fn tool(&self) -> &'static str {
        match self {
            Self::Row(_) => RowsFind::NAME,
            Self::Trace(_) => PacketTrace::NAME,
            Self::Capture(_) => PacketCapture::NAME,
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`Failure`] when it is not there or cannot be read.
    ///
    /// # Cancel safety
    /// Dropping the future closes the connections it opened; nothing stays behind.
    pub async fn read(
        &self,
        sources: &[Source],
        kept: Shelf<'_>,
        progress: &Arc<dyn Progress>,
    ) -> Result<Contents, Failure> {
        match self {
            Self::Row(params) => {
                let row = run_telling::<RowRead>(sources, params, progress).await?;
                Ok(Contents {
                    body: Body::Text(row.value.to_string()),
                    mime_type: "application/json",
                })
            }
            Self::Trace(params) => {
                let traced = run_telling::<PacketTrace>(sources, params, progress).await?;
                if traced.trace.is_empty() {
                    return Err(Failure::new(format!(
                        "nothing was traced: {}",
                        traced.summary
                    )));
                }
                Ok(Contents {
                    body: Body::Text(traced.trace.join("\n")),
                    mime_type: "text/plain",
                })
            }
            Self::Capture(uri) => match kept.find(uri) {
                Some(file) => Ok(Contents {
                    body: Body::Bytes(file.content),
                    mime_type: file.media_type,
                }),
                None => Err(Failure::new(format!("{uri} is not kept, or not any more"))
                    .hint("capture again, and read the file soon")),
            },
        }
    }
}

fn row(
    node: &str,
    database: &str,
    table: &str,
    uuid: &str,
    column: Option<&&str>,
) -> Result<Resource, Failure> {
    let Some(database) = Database::from_name(database) else {
        let names = Database::ALL.map(Database::short_name);
        let near = did_you_mean(database, names).map_or_else(String::new, |near| near + " ");
        let failure = Failure::new(format!("there is no database {database:?}"));
        return Err(failure.hint(format!("{near}the databases are {}", names.join(", "))));
    };
    Ok(Resource::Row(row_read::Params {
        node: (node != ANY).then(|| node.to_owned()),
        database,
        table: table.to_owned(),
        uuid: uuid.to_owned(),
        column: column.map(|&column| column.to_owned()),
    }))
}

fn trace(from: &str, to: &str, parameters: &str) -> Result<Resource, Failure> {
    let mut params = packet_trace::Params {
        from: from.to_owned(),
        to: to.to_owned(),
        protocol: None,
        port: None,
        connection: packet_trace::Connection::default(),
        node: None,
        full: true,
    };
    for (name, value) in query(parameters) {
        match &*name {
            "protocol" => params.protocol = Some(protocol(&value)?),
            "port" => params.port = Some(port(&value)?),
            "node" => params.node = Some(value),
            other => {
                return Err(Failure::new(format!("a trace has no parameter {other:?}"))
                    .hint("its parameters are protocol, port and node"));
            }
        }
    }
    Ok(Resource::Trace(params))
}

/// A transport protocol by its name.
///
/// # Errors
/// [`Failure`] with the names there are.
pub(crate) fn protocol(name: &str) -> Result<Protocol, Failure> {
    let protocols = [Protocol::Tcp, Protocol::Udp, Protocol::Sctp, Protocol::Icmp];
    let found = protocols
        .into_iter()
        .find(|protocol| protocol.name() == name);
    found.ok_or_else(|| {
        let names = protocols.map(Protocol::name).join(", ");
        Failure::new(format!(
            "there is no protocol {name:?}: send one of {names}"
        ))
    })
}

/// A port by its number.
///
/// # Errors
/// [`Failure`] with the numbers there are.
pub(crate) fn port(number: &str) -> Result<u16, Failure> {
    let port = number.parse().ok().filter(|port| *port > 0);
    port.ok_or_else(|| Failure::new(format!("{number:?} is no port: send 1 to 65535")))
}

fn nothing(uri: &str) -> Failure {
    let templates: Vec<&str> = TEMPLATES.iter().map(|template| template.uri).collect();
    Failure::new(format!("{uri:?} names no resource"))
        .hint(format!("write one of {}", templates.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(uri: &str) -> String {
        match Resource::of(uri) {
            Ok(Resource::Row(row)) => format!(
                "row {:?} {} {} {} {:?}",
                row.node, row.database, row.table, row.uuid, row.column
            ),
            Ok(Resource::Trace(trace)) => format!(
                "trace {} {} {:?} {:?} {:?} {}",
                trace.from, trace.to, trace.protocol, trace.port, trace.node, trace.full
            ),
            Ok(Resource::Capture(uri)) => format!("capture {uri}"),
            Err(failure) => failure.text(),
        }
    }

    #[test]
    fn uris_name_rows_columns_and_traces_and_what_they_do_not_name_is_said() {
        let texts = [
            "ovn://row/worker-a/nb/ACL/5a5a5a5a-0000-4000-8000-000000000001",
            "ovn://row/-/OVN_Southbound/Port_Binding/5a5a5a5a/options",
            "ovn://row/a%20b%2Fc/ovs/Interface/5a5a5a5a",
            "ovn://trace/shop%2Fcart-0/10.0.0.1?protocol=udp&port=53&node=worker-a",
            "ovn://trace/a/b",
            "ovn://capture/0123abcd",
            "ovn://capture/0123abcd?x=1",
            "ovn://row/-/north/ACL/5a5a5a5a",
            "ovn://row/-/nb/ACL",
            "ovn://row/-/nb/ACL/5a5a5a5a?at=1",
            "ovn://row/%zz/nb/ACL/5a5a5a5a",
            "ovn://trace/a/b?port=http",
            "ovn://trace/a/b?port=0",
            "ovn://trace/a/b?protocol=gre",
            "ovn://trace/a/b?detail=full",
            "file:///etc/passwd",
        ];
        insta::assert_snapshot!(texts.map(check).join("\n"), @r#"
        row Some("worker-a") nb ACL 5a5a5a5a-0000-4000-8000-000000000001 None
        row None sb Port_Binding 5a5a5a5a Some("options")
        row Some("a b/c") ovs Interface 5a5a5a5a None
        trace shop/cart-0 10.0.0.1 Some(Udp) Some(53) Some("worker-a") true
        trace a b None None None true
        capture ovn://capture/0123abcd
        error: "ovn://capture/0123abcd?x=1" names no resource
        hint: write one of ovn://row/{node}/{database}/{table}/{uuid}, ovn://row/{node}/{database}/{table}/{uuid}/{column}, ovn://trace/{from}/{to}{?protocol,port,node}, ovn://capture/{capture}
        error: there is no database "north"
        hint: the databases are nb, sb, ovs
        error: "ovn://row/-/nb/ACL" names no resource
        hint: write one of ovn://row/{node}/{database}/{table}/{uuid}, ovn://row/{node}/{database}/{table}/{uuid}/{column}, ovn://trace/{from}/{to}{?protocol,port,node}, ovn://capture/{capture}
        error: "ovn://row/-/nb/ACL/5a5a5a5a?at=1" names no resource
        hint: write one of ovn://row/{node}/{database}/{table}/{uuid}, ovn://row/{node}/{database}/{table}/{uuid}/{column}, ovn://trace/{from}/{to}{?protocol,port,node}, ovn://capture/{capture}
        error: "ovn://row/%zz/nb/ACL/5a5a5a5a" names no resource
        hint: write one of ovn://row/{node}/{database}/{table}/{uuid}, ovn://row/{node}/{database}/{table}/{uuid}/{column}, ovn://trace/{from}/{to}{?protocol,port,node}, ovn://capture/{capture}
        error: "http" is no port: send 1 to 65535
        error: "0" is no port: send 1 to 65535
        error: there is no protocol "gre": send one of tcp, udp, sctp, icmp
        error: a trace has no parameter "detail"
        hint: its parameters are protocol, port and node
        error: "file:///etc/passwd" names no resource
        hint: write one of ovn://row/{node}/{database}/{table}/{uuid}, ovn://row/{node}/{database}/{table}/{uuid}/{column}, ovn://trace/{from}/{to}{?protocol,port,node}, ovn://capture/{capture}
        "#);
    }
}
