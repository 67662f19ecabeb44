//! Monitors: a database's tables replicated by the newest method the server knows.
//!
//! **Source**: RFC 7047 §4.1.5 (`monitor`); ovsdb-server(7) §4.1.12 (`monitor_cond`) and §4.1.15
//! (`monitor_cond_since`).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::operation::Condition;
use crate::replica::{Cause, ChangeBatch, Replica, Snapshot};
use crate::rpc::{RemoteError, encode_request};
use crate::schema::DatabaseLayout;
use crate::session::MonitorError;
use crate::update::{Format, RowFault, Update};

/// A monitor of this session; its number is the identifier on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MonitorId(pub(crate) u64);

impl Serialize for MonitorId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

/// What to replicate: the tables and present columns of a layout, and the rows that conditions
/// choose.
#[derive(Clone, Debug)]
pub struct MonitorRequest {
    /// The tables and columns; its schema names the database.
    pub layout: Arc<DatabaseLayout>,
    /// Conditions by table name; a table that is not named is replicated whole.
    pub tables: Vec<MonitorTable>,
}

/// Which rows of a table.
#[derive(Clone, Debug)]
pub struct MonitorTable {
    /// The table's name.
    pub table: Box<str>,
    /// The conditions, of which a row must meet one; all rows where there are none.
    pub conditions: Vec<Condition>,
}

/// The methods, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Since,
    Conditional,
    Plain,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Self::Since => "monitor_cond_since",
            Self::Conditional => "monitor_cond",
            Self::Plain => "monitor",
        }
    }

    fn older(self) -> Option<Self> {
        match self {
            Self::Since => Some(Self::Conditional),
            Self::Conditional => Some(Self::Plain),
            Self::Plain => None,
        }
    }

    fn format(self) -> Format {
        match self {
            Self::Since | Self::Conditional => Format::Differences,
            Self::Plain => Format::Old,
        }
    }
}

/// One monitor: its request, its method and its replica.
#[derive(Debug)]
pub(crate) struct Monitor {
    id: MonitorId,
    request: MonitorRequest,
    method: Method,
    replica: Replica,
}

/// What a message did to a monitor.
#[derive(Debug)]
pub(crate) enum Step {
    /// Rows came.
    Replicated {
        snapshot: Snapshot,
        batch: ChangeBatch,
        faults: Vec<RowFault>,
    },
    /// The server does not know the method: ask again by an older one.
    Retry,
    /// The monitor is of no use any more.
    Failed(MonitorError),
}

#[derive(Serialize)]
struct TableRequest<'a> {
    columns: Vec<&'a str>,
    /// Present in every conditional request: a server crashes on a change of conditions without.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    conditions: Option<&'a [Condition]>,
}

impl Monitor {
    pub(crate) fn new(id: MonitorId, request: MonitorRequest) -> Self {
        let replica = Replica::new(Arc::clone(&request.layout));
        Self {
            id,
            request,
            method: Method::Since,
            replica,
        }
    }

    /// The request by the present method; always with every parameter, since a server crashes on
    /// a monitor with fewer.
    pub(crate) fn encode(&self, request_id: u64) -> Result<Vec<u8>, serde_json::Error> {
        let layout = &self.request.layout;
        let database = &layout.schema.name;
        let tables: BTreeMap<&str, [TableRequest<'_>; 1]> = layout
            .tables()
            .iter()
            .map(|table| {
                let request = TableRequest {
                    columns: table.present().map(|(_, column)| &*column.name).collect(),
                    conditions: self.conditions(&table.name),
                };
                (&*table.name, [request])
            })
            .collect();
        let method = self.method.name();
        match self.method {
            Method::Since => {
                let params = (database, self.id, tables, Uuid::nil().to_string());
                encode_request(request_id, method, &params)
            }
            Method::Conditional | Method::Plain => {
                encode_request(request_id, method, &(database, self.id, tables))
            }
        }
    }

    fn conditions(&self, table: &str) -> Option<&[Condition]> {
        if self.method == Method::Plain {
            return None;
        }
        let conditions = self
            .request
            .tables
            .iter()
            .find(|request| *request.table == *table)
            .map(|request| request.conditions.as_slice());
        // On the wire an empty list and the constant true both mean all rows; the constant is
        // what the C client sends.
        Some(match conditions {
            None | Some([]) => &[Condition::Always(true)],
            Some(conditions) => conditions,
        })
    }

    pub(crate) fn handle_reply(&mut self, result: Result<&RawValue, &RawValue>) -> Step {
        let result = match result {
            Ok(result) => result,
            Err(error) => {
                let error = RemoteError::decode(error);
                if error.tag == "unknown method"
                    && let Some(older) = self.method.older()
                {
                    self.method = older;
                    return Step::Retry;
                }
                return Step::Failed(MonitorError::Refused(error));
            }
        };
        if self.method == Method::Since {
            let reply: Result<(bool, &str, &RawValue), _> = serde_json::from_str(result.get());
            match reply {
                // `found` is false: no earlier transaction was named, so these are all rows.
                Ok((_, _, updates)) => self.initial(updates),
                Err(error) => Step::Failed(MonitorError::Form(error)),
            }
        } else {
            self.initial(result)
        }
    }

    fn initial(&mut self, updates: &RawValue) -> Step {
        let format = self.method.format();
        match Update::decode(&self.request.layout, format, updates.get()) {
            Ok(mut update) => {
                let faults = std::mem::take(&mut update.faults);
                let batch = self.replica.replace(update, Cause::Initial);
                self.replicated(batch, faults)
            }
            Err(error) => Step::Failed(MonitorError::Unreadable(error)),
        }
    }

    fn update(&mut self, format: Format, updates: &RawValue) -> Step {
        match Update::decode(&self.request.layout, format, updates.get()) {
            Ok(mut update) => {
                let faults = std::mem::take(&mut update.faults);
                let batch = self.replica.apply(update, format.into(), Cause::Delta);
                self.replicated(batch, faults)
            }
            Err(error) => Step::Failed(MonitorError::Unreadable(error)),
        }
    }

    fn replicated(&self, batch: ChangeBatch, faults: Vec<RowFault>) -> Step {
        Step::Replicated {
            snapshot: self.replica.snapshot(),
            batch,
            faults,
        }
    }
}

/// Applies an update notification to the monitor it names; `None` where there is no such monitor
/// or the notification is no update.
pub(crate) fn handle_notification(
    monitors: &mut HashMap<MonitorId, Monitor>,
    method: &str,
    params: &RawValue,
) -> Option<(MonitorId, Step)> {
    let (id, format, updates): (u64, Format, &RawValue) = match method {
        "update" | "update2" => {
            let (id, updates) = serde_json::from_str(params.get()).ok()?;
            let format = if method == "update" {
                Format::Old
            } else {
                Format::Differences
            };
            (id, format, updates)
        }
        "update3" => {
            let (id, _last, updates): (u64, &str, &RawValue) =
                serde_json::from_str(params.get()).ok()?;
            (id, Format::Differences, updates)
        }
        _ => return None,
    };
    let id = MonitorId(id);
    let step = monitors.get_mut(&id)?.update(format, updates);
    Some((id, step))
}
