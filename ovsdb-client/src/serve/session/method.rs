//! Methods: what a request is answered with.
//!
//! **Source**: RFC 7047 §4.1; ovsdb-server(7) §4.1; the texts are those of ovsdb-server 3.1.

use serde_json::Value as Json;
use serde_json::value::RawValue;

use crate::serve::database::Database;
use crate::serve::message::{Answer, ECHO, raw};
use crate::serve::monitor::{Monitor, Version};
use crate::serve::refusal::Refusal;
use crate::serve::session::ServerSession;

impl ServerSession {
    /// The answer to any request but `transact`.
    pub(crate) fn answer(&mut self, method: &str, params: &[Json]) -> Answer {
        if let Some(version) = Version::of(method)
            && (version == Version::Old || !self.config.plain_monitors_only)
        {
            return self.monitor(method, version, params);
        }
        match method {
            "list_dbs" => {
                let names: Vec<&str> = self.databases.iter().map(Database::name).collect();
                Ok(raw(&names))
            }
            "get_schema" => {
                let number = self.database(method, params)?;
                Ok(self.databases.list()[number].schema().to_owned())
            }
            "get_server_id" => Ok(raw(&self.databases.server_id().to_string())),
            ECHO => Ok(raw(&params)),
            "set_db_change_aware" => match params {
                [Json::Bool(aware)] => {
                    self.aware = *aware;
                    Ok(empty())
                }
                _ => {
                    let details = "set_db_change_aware: true or false parameter expected";
                    Err(raw(&Refusal::syntax(&Json::from(params), details)))
                }
            },
            "monitor_cond_change" => self.change_conditions(params),
            "monitor_cancel" => self.cancel_monitor(params),
            "lock" | "steal" | "unlock" => Err(raw(
                &"lock and unlock methods not allowed, DB server is read only.",
            )),
            "convert" => {
                self.database(method, params)?;
                // A real read-only server does convert; this one has nothing to convert.
                let details =
                    "convert operation not allowed when database server is in read only mode";
                Err(raw(&Refusal::new("not allowed", details)))
            }
            _ => unknown_method(),
        }
    }

    /// The number of the database that the parameters begin with.
    pub(crate) fn database(&self, method: &str, params: &[Json]) -> Result<usize, Box<RawValue>> {
        let Some(name) = params.first().and_then(Json::as_str) else {
            let details = format!("{method} request params must begin with <db-name>");
            return Err(raw(&Refusal::syntax(&Json::from(params), details)));
        };
        self.databases.number(name).ok_or_else(|| {
            let details = format!("{method} request specifies unknown database {name}");
            raw(&Refusal::quoting(
                &Json::from(params),
                "unknown database",
                details,
            ))
        })
    }

    fn monitor(&mut self, method: &str, version: Version, params: &[Json]) -> Answer {
        let number = self.database(method, params)?;
        let database = &self.databases.list()[number];
        if let Some(id) = params.get(1)
            && self.find(id).is_some()
        {
            return Err(raw(&Refusal::syntax(id, "duplicate monitor ID")));
        }
        let monitor =
            Monitor::parse(version, number, database, params).map_err(|refusal| raw(&refusal))?;
        let rows = monitor.initial(database, &self.snapshots[number]);
        self.monitors.push(monitor);
        Ok(rows)
    }

    fn find(&self, id: &Json) -> Option<usize> {
        self.monitors.iter().position(|monitor| monitor.id == *id)
    }

    fn change_conditions(&mut self, params: &[Json]) -> Answer {
        let refuse = |json: &Json, details: &str| Err(raw(&Refusal::syntax(json, details)));
        let [id, new_id, requests] = params else {
            return refuse(&Json::from(params), "invalid parameters");
        };
        let Some(number) = self.find(id) else {
            return refuse(id, "unknown monitor session");
        };
        if id != new_id && self.find(new_id).is_some() {
            return refuse(new_id, "duplicate monitor ID");
        }
        let monitor = &mut self.monitors[number];
        let notice = monitor
            .change_conditions(
                new_id,
                requests,
                &self.databases.list()[monitor.database],
                &self.snapshots[monitor.database],
            )
            .map_err(|refusal| raw(&refusal))?;
        let method = monitor.version.notice();
        if let Some(notice) = notice {
            self.send(method, notice);
        }
        Ok(empty())
    }

    fn cancel_monitor(&mut self, params: &[Json]) -> Answer {
        let [id] = params else {
            return Err(raw(&"invalid parameters"));
        };
        match self.find(id) {
            Some(number) => {
                self.monitors.remove(number);
                Ok(empty())
            }
            None => Err(raw(&"unknown monitor")),
        }
    }
}

/// What a server says of a method that it does not know.
pub(crate) fn unknown_method() -> Answer {
    Err(raw(&"unknown method"))
}

fn empty() -> Box<RawValue> {
    raw(&serde_json::Map::new())
}
