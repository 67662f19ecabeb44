//! The `daemon_status` tool: what the daemons of each node say of themselves.

use std::collections::BTreeMap;

use ovn_schemas::vswitch;
use serde_json::{Value as Json, json};

use crate::command::{Command, Daemon};
use crate::database::Database;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{DatabaseRead, Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::{node_of, none};

/// Shows what the daemons say of themselves.
#[derive(Clone, Copy, Debug)]
pub struct DaemonStatus;

/// Which daemons to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only those of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// The daemons beside a database's server, and what each is asked.
fn questions(database: Database) -> Vec<(Daemon, Command)> {
    match database {
        Database::Nb => vec![
            (Daemon::Northd, Command::Version(Daemon::Northd)),
            (Daemon::Northd, Command::NorthdStatus),
        ],
        Database::Sb => Vec::new(),
        Database::Ovs => vec![
            (Daemon::Controller, Command::Version(Daemon::Controller)),
            (Daemon::Controller, Command::ConnectionStatus),
            (Daemon::Controller, Command::ControllerStatus),
            (Daemon::Vswitchd, Command::Version(Daemon::Vswitchd)),
            (Daemon::Vswitchd, Command::Memory(Daemon::Vswitchd)),
        ],
    }
}

impl Tool for DaemonStatus {
    const NAME: &'static str = "daemon_status";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(Needs::default()
            .database(Database::Nb)
            .column(Database::Ovs, vswitch::bridge::NAME))
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let node = params.node.as_deref();
        let mut requests = Vec::new();
        for database in [Database::Nb, Database::Ovs] {
            for (place, _) in snapshot.places(database, node) {
                requests.extend(questions(database).into_iter().map(|(_, command)| Request {
                    database: place,
                    command,
                }));
            }
        }
        if requests.is_empty() {
            return Err(none(Database::Ovs, node, snapshot));
        }
        Ok(requests)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        let mut rows: BTreeMap<(String, Daemon), Vec<Json>> = BTreeMap::new();
        let mut silent = 0;
        for database in [Database::Nb, Database::Ovs] {
            for read in snapshot.of(database, node) {
                for daemon in Daemon::ALL {
                    let asked = questions(database);
                    let asked = asked.iter().filter(|(of, _)| *of == daemon);
                    let answers: Vec<Option<&str>> = asked
                        .map(|(_, command)| answer(read, command, snapshot))
                        .collect();
                    let [version, others @ ..] = answers.as_slice() else {
                        continue;
                    };
                    silent += usize::from(version.is_none());
                    let state: Vec<String> = others
                        .iter()
                        .flatten()
                        .map(|text| on_one_line(text))
                        .collect();
                    let row = vec![
                        json!(node_of(read)),
                        json!(daemon.program()),
                        json!(version.map(first_line)),
                        json!(state.join("; ")),
                    ];
                    rows.insert((node_of(read), daemon), row);
                }
            }
        }
        let found = match silent {
            0 => format!("{} daemons answer", rows.len()),
            silent => format!("{silent} of {} daemons give no answer", rows.len()),
        };
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = ["node", "daemon", "version", "state"];
        let rows = rows.into_values().collect();
        Listing::page(found, &columns, rows, &params.page, question, snapshot)
    }
}

/// What was answered beside that database.
fn answer<'s>(read: &DatabaseRead, command: &Command, snapshot: &'s Snapshot) -> Option<&'s str> {
    let mut answers = snapshot.answers(|_| true);
    let (_, output) = answers.find(|(beside, output)| {
        std::ptr::eq(*beside, read) && output.request.command == *command
    })?;
    Some(&output.text)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
