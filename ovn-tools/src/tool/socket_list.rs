//! The `socket_list` tool: the sockets of nodes, with the programs that hold them.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::command::KernelListing;
use crate::dump;
use crate::dump::kernel::socket::Socket;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::kernel::{held, needs, requests, unread_words};

/// Lists sockets.
#[derive(Clone, Copy, Debug)]
pub struct SocketList;

/// Which sockets to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only those with this address at either end.
    pub address: Option<String>,
    /// Only those with this port at either end.
    pub port: Option<u16>,
    /// Only those of this protocol.
    pub protocol: Option<String>,
    /// Only those that a program of this name holds.
    pub program: Option<String>,
    /// Only those in this state, such as `LISTEN`.
    pub state: Option<String>,
    /// Only those of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

const ALL: KernelListing = KernelListing::Sockets;

impl Tool for SocketList {
    const NAME: &'static str = "socket_list";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(needs())
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        requests(&[ALL], params.node.as_deref(), snapshot)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let read = |text: &str| -> dump::Listing<Socket> { Socket::list(text).listing };
        let held = held(ALL, snapshot, read);
        let total = held.items.len();
        let (mut rows, mut counts): (Vec<Vec<Json>>, BTreeMap<String, usize>) =
            (Vec::new(), BTreeMap::new());
        for (node, socket) in &held.items {
            if !keeps(params, socket) {
                continue;
            }
            *counts
                .entry(format!("{} {}", socket.protocol, socket.state))
                .or_default() += 1;
            rows.push(vec![
                json!(node),
                json!(socket.protocol),
                json!(socket.state),
                json!(socket.local),
                json!(socket.peer),
                json!(socket.programs),
                json!(socket.receive_queue),
                json!(socket.send_queue),
            ]);
        }
        let found = format!(
            "{} of {total} sockets{}",
            rows.len(),
            unread_words(&held.unread)
        );
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = [
            "node",
            "protocol",
            "state",
            "local",
            "peer",
            "programs",
            "receive_queue",
            "send_queue",
        ];
        let listed = Listing::page(found, &columns, rows, &params.page, question, snapshot)?;
        Ok(listed.counted(counts))
    }
}

fn keeps(params: &Params, socket: &Socket) -> bool {
    let ends = [&socket.local, &socket.peer];
    let has_address = |address: &String| ends.iter().any(|end| Socket::address(end) == address);
    let has_port = |port: u16| ends.iter().any(|end| Socket::port(end) == Some(port));
    let is_held = |program: &String| {
        let names = socket.programs.iter().map(|held| held.rsplit_once('/'));
        names.flatten().any(|(name, _)| name == program)
    };
    params.address.as_ref().is_none_or(has_address)
        && params.port.is_none_or(has_port)
        && params
            .protocol
            .as_ref()
            .is_none_or(|it| *it == socket.protocol)
        && params
            .state
            .as_ref()
            .is_none_or(|state| state.eq_ignore_ascii_case(&socket.state))
        && params.program.as_ref().is_none_or(is_held)
}
