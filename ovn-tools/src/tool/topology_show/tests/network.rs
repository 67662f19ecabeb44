//! Small networks as databases.

use ovsdb_client::schema::UNLIMITED;
use ovsdb_client::table::{BaseDef, ColumnDef};
use serde_json::{Map, Value as Json, json};
use sha1::{Digest, Sha1};

use crate::database::Database;
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::tool::recording;

/// The rows of one zone: table, what the UUID is made of, columns.
#[derive(Clone, Debug)]
pub(super) struct Network {
    node: String,
    salt: u32,
    nb: Vec<(&'static str, String, Json)>,
    sb: Vec<(&'static str, String, Json)>,
}

/// A port with whatever name and peer.
#[derive(Clone, Debug)]
pub(super) struct AnyPort {
    /// The type, or `lrp` for a router's port.
    pub(super) kind: &'static str,
    /// Which port it names.
    pub(super) peer: usize,
    /// Which name it has.
    pub(super) name: usize,
}

impl Network {
    pub(super) fn new(node: &str) -> Self {
        Self {
            node: node.to_owned(),
            salt: 0,
            nb: Vec::new(),
            sb: Vec::new(),
        }
    }

    pub(super) fn router(&mut self, name: &str, row: Json, ports: &[&str]) -> &mut Self {
        self.northbound("Logical_Router", name, with(row, "name", name), ports)
    }

    pub(super) fn switch(&mut self, name: &str, row: Json, ports: &[&str]) -> &mut Self {
        self.northbound(
            "Logical_Switch",
            &format!("switch {name}"),
            with(row, "name", name),
            ports,
        )
    }

    pub(super) fn router_port(&mut self, name: &str, row: Json) -> &mut Self {
        self.northbound("Logical_Router_Port", name, with(row, "name", name), &[])
    }

    pub(super) fn switch_port(&mut self, name: &str, row: Json) -> &mut Self {
        self.northbound("Logical_Switch_Port", name, with(row, "name", name), &[])
    }

    /// Adds a chassis to the gateways of a router's port that is there already.
    pub(super) fn gateway(&mut self, port: &str, chassis: &str, priority: i64) -> &mut Self {
        let key = format!("{port} {chassis}");
        let row = json!({"name": key, "chassis_name": chassis, "priority": priority});
        let port = self.nb.iter_mut().find(|(_, name, _)| name == port);
        let columns = &mut port.expect("the port is there").2;
        if columns.get("gateway_chassis").is_none() {
            columns["gateway_chassis"] = json!([]);
        }
        let gateways = columns["gateway_chassis"].as_array_mut();
        gateways
            .expect("they are an array")
            .push(Json::from(key.clone()));
        self.nb.push(("Gateway_Chassis", key, row));
        self
    }

    pub(super) fn chassis(&mut self, name: &str, hostname: &str, remote: bool) -> &mut Self {
        let remote = if remote { "true" } else { "false" };
        let row = json!({"name": name, "hostname": hostname, "other_config": map(&[("is-remote", remote)])});
        self.sb.push(("Chassis", name.to_owned(), row));
        self
    }

    /// A binding, of the chassis with that system ID.
    pub(super) fn bound(&mut self, port: &str, chassis: Option<&str>, row: Json) -> &mut Self {
        let mut row = with(row, "logical_port", port);
        if let Some(chassis) = chassis {
            row["chassis"] = json!([chassis]);
        }
        self.sb
            .push(("Port_Binding", format!("binding of {port}"), row));
        self
    }

    /// The same rows with other UUIDs and in another order.
    pub(super) fn shuffled(mut self, salt: u32) -> Self {
        self.salt = salt;
        for rows in [&mut self.nb, &mut self.sb] {
            rows.sort_by_key(|(_, key, _)| salted(key, salt));
        }
        self
    }

    pub(super) fn reads(&self) -> Vec<DatabaseRead> {
        [(Database::Nb, &self.nb), (Database::Sb, &self.sb)]
            .into_iter()
            .map(|(database, rows)| {
                let mut records = vec![schema(database)];
                for (table, key, row) in rows {
                    let row = references(row, self.salt);
                    records.push(json!({*table: {salted(key, self.salt): row}}));
                }
                recording::read(database, &self.node, &records)
            })
            .collect()
    }

    fn northbound(
        &mut self,
        table: &'static str,
        key: &str,
        mut row: Json,
        ports: &[&str],
    ) -> &mut Self {
        if !ports.is_empty() {
            row["ports"] = json!(ports);
        }
        self.nb.push((table, key.to_owned(), row));
        self
    }
}

/// Any network at all: references and names that lead anywhere or nowhere.
pub(super) fn any(
    ports: &[AnyPort],
    devices: &[(bool, usize, usize)],
    bindings: &[(usize, usize, bool)],
    held: &[usize],
) -> Snapshot {
    let mut network = Network::new("");
    network.chassis("c0", "c1", false).chassis("c1", "", true);
    for (place, port) in ports.iter().enumerate() {
        let key = format!("row {place}");
        let (table, row) = if port.kind == "lrp" {
            let row = json!({"name": format!("p{}", port.name), "peer": format!("p{}", port.peer)});
            ("Logical_Router_Port", row)
        } else {
            let peer = format!("p{}", port.peer);
            let options = [
                ("router-port", &*peer),
                ("network_name", &*peer),
                ("virtual-parents", &*peer),
            ];
            let name = if port.name > 11 {
                String::new()
            } else {
                format!("p{}", port.name)
            };
            let row =
                json!({"name": name, "type": port.kind, "peer": peer, "options": map(&options)});
            ("Logical_Switch_Port", row)
        };
        network.nb.push((table, key, row));
    }
    for (place, (is_router, name, pinned)) in devices.iter().enumerate() {
        let ports: Vec<String> = held.iter().map(|port| format!("row {port}")).collect();
        let key = format!("device {place}");
        let mut row = json!({"name": format!("d{name}"), "ports": ports});
        let table = if *is_router {
            row["options"] = map(&[("chassis", ["", "c0", "c9"][*pinned])]);
            "Logical_Router"
        } else {
            row["other_config"] = map(&[("interconn-ts", "x")]);
            "Logical_Switch"
        };
        network.nb.push((table, key, row));
    }
    for (place, (port, chassis, redirect)) in bindings.iter().enumerate() {
        let prefix = if *redirect { "cr-" } else { "" };
        let row =
            json!({"logical_port": format!("{prefix}p{port}"), "chassis": [format!("c{chassis}")]});
        network
            .sb
            .push(("Port_Binding", format!("binding {place}"), row));
    }
    recording::snapshot(network.reads())
}

/// A map from strings to strings.
pub(super) fn map(pairs: &[(&str, &str)]) -> Json {
    json!(["map", pairs])
}

/// A switch's port towards this port of a router.
pub(super) fn towards(router_port: &str) -> Json {
    json!({"type": "router", "addresses": "router", "options": map(&[("router-port", router_port)])})
}

/// The UUID of the row that is made of this key.
pub(super) fn id(key: &str) -> String {
    salted(key, 0)
}

fn salted(key: &str, salt: u32) -> String {
    let digest = Sha1::digest(format!("{salt} {key}").as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |from: usize, to: usize| &hex[from..to];
    [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ]
    .join("-")
}

fn with(mut row: Json, column: &str, value: &str) -> Json {
    row[column] = Json::from(value);
    row
}

/// Keys in arrays stand for references to their rows.
fn references(row: &Json, salt: u32) -> Json {
    let Some(columns) = row.as_object() else {
        return row.clone();
    };
    let reference = |key: &Json| json!(["uuid", salted(key.as_str().unwrap_or_default(), salt)]);
    let columns = columns.iter().map(|(name, value)| {
        let value = match value.as_array() {
            Some(keys) if keys.first() != Some(&json!("map")) => {
                json!(["set", keys.iter().map(reference).collect::<Vec<_>>()])
            }
            _ => value.clone(),
        };
        (name.clone(), value)
    });
    Json::Object(columns.collect())
}

/// The tables that the tool reads.
const TABLES: [&str; 9] = [
    "Chassis",
    "Gateway_Chassis",
    "HA_Chassis",
    "HA_Chassis_Group",
    "Logical_Router",
    "Logical_Router_Port",
    "Logical_Switch",
    "Logical_Switch_Port",
    "Port_Binding",
];

/// The schema as the generated tables describe it.
fn schema(database: Database) -> Json {
    let definition = database.definition();
    let tables = definition
        .tables
        .iter()
        .filter(|table| TABLES.contains(&table.name));
    let tables = tables.map(|table| {
        let columns = table
            .columns
            .iter()
            .map(|column| (column.name.to_owned(), json!({"type": column_type(column)})));
        let columns: Map<String, Json> = columns.collect();
        (table.name.to_owned(), json!({"columns": columns}))
    });
    let tables: Map<String, Json> = tables.collect();
    json!({"name": definition.name, "version": definition.version, "tables": tables})
}

fn column_type(column: &ColumnDef) -> Json {
    let base = |base: &BaseDef| match base.reference {
        Some((table, _)) if TABLES.contains(&table) => {
            json!({"type": "uuid", "refTable": table, "refType": "weak"})
        }
        _ => json!(base.kind.name()),
    };
    let max = match column.max {
        UNLIMITED => json!("unlimited"),
        max => json!(max),
    };
    let mut column_type = json!({"key": base(&column.key), "min": column.min, "max": max});
    if let Some(value) = &column.value {
        column_type["value"] = base(value);
    }
    column_type
}
