//! What tells one node from another, and rows in which one stands for the other.

use serde_json::Value as Json;

/// What the rows of a node are named after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    /// The number from which its addresses follow.
    pub(super) number: u8,
    /// Its name.
    pub(super) name: String,
    /// Its chassis.
    pub(super) chassis: String,
    /// Its own address.
    address: [u8; 4],
    /// The third number of its pods' addresses.
    subnet: u8,
}

impl Identity {
    /// The twin's first node.
    pub(super) fn first() -> Self {
        Self {
            number: 2,
            name: "worker-a".to_owned(),
            chassis: "6c0f5c1e-8b0a-4d5e-9a6b-0f3d2f7a1b01".to_owned(),
            address: [172, 18, 0, 2],
            subnet: 0,
        }
    }

    /// The twin's second node.
    pub(super) fn second() -> Self {
        Self {
            number: 3,
            name: "worker-b".to_owned(),
            chassis: "c2a9e7d4-51f3-4b7c-8e12-7d94b6e05a02".to_owned(),
            address: [172, 18, 0, 3],
            subnet: 1,
        }
    }

    /// The node of a number above those of the twin's.
    pub(super) fn of(number: u8) -> Self {
        Self {
            number,
            name: format!("node-{number:03}"),
            chassis: format!("{number:02x}5e1f07-0000-4000-8000-0000000000{number:02x}"),
            // Away from the egress address 172.18.0.100.
            address: [172, 18, 1, number],
            subnet: number,
        }
    }

    /// What the others call their tunnel to it.
    pub(super) fn tunnel(&self) -> String {
        format!("ovn-{}-0", self.chassis.get(..6).unwrap_or_default())
    }

    /// Its port on the transit switch.
    pub(super) fn transit_port(&self) -> String {
        format!("tstor-{}", self.name)
    }

    /// The texts in which its identity shows, in the same order for all nodes.
    fn texts(&self) -> Vec<String> {
        let number = self.number;
        let [a, b, c, d] = self.address;
        vec![
            self.tunnel(),
            self.chassis.clone(),
            self.name.clone(),
            format!("10.244.{}.", self.subnet),
            format!("0a:58:0a:f4:{:02x}:", self.subnet),
            format!("100.64.0.{number}"),
            format!("0a:58:64:40:00:{number:02x}"),
            format!("100.88.0.{number}"),
            format!("0a:58:64:58:00:{number:02x}"),
            format!("{a}.{b}.{c}.{d}"),
            format!("02:42:{a:02x}:{b:02x}:{c:02x}:{d:02x}"),
        ]
    }
}

/// How many of the texts are names, which stand in all tables.
const NAMES: usize = 3;
/// Tables that are the same on all nodes but for names.
const SHARED: [&str; 2] = ["Address_Set", "Load_Balancer"];
/// Keys whose values are the start of a UUID.
const HINT: &str = "stage-hint";
/// The option whose value is the number of the node.
const TUNNEL_KEY: &str = "requested-tnl-key";

/// The rows of a database in which `to` stands where `from` stood, with UUIDs of their own.
pub(super) fn renamed_rows(rows: &Json, from: &Identity, to: &Identity) -> Json {
    let texts = pairs(from, to);
    let names = texts.get(..NAMES).unwrap_or_default();
    let tables = rows.as_object().into_iter().flatten();
    let tables = tables.map(|(table, rows)| {
        let is_shared = SHARED.contains(&table.as_str());
        let texts = if is_shared { names } else { &texts };
        let rename = |text: &str, key: Option<&str>| match key {
            Some(TUNNEL_KEY) if text == from.number.to_string() => to.number.to_string(),
            Some(HINT) => moved(text, to.number),
            _ if is_uuid(text) && !is_chassis(text) => moved(text, to.number),
            _ => replaced(text, texts),
        };
        (table.clone(), mapped(rows, None, &rename))
    });
    Json::Object(tables.collect())
}

/// The columns of a row in which `to` stands where `from` stood, and copies where rows stood that
/// are copied with it.
pub(super) fn renamed_columns(
    columns: &Json,
    from: &Identity,
    to: &Identity,
    copies: &[(&str, String)],
) -> Json {
    let texts = pairs(from, to);
    let rename = |text: &str, key: Option<&str>| match key {
        Some(TUNNEL_KEY) if text == from.number.to_string() => to.number.to_string(),
        _ => match copies.iter().find(|(row, _)| *row == text) {
            Some((_, copy)) => copy.clone(),
            None => replaced(text, &texts),
        },
    };
    mapped(columns, None, &rename)
}

fn pairs(from: &Identity, to: &Identity) -> Vec<(String, String)> {
    from.texts().into_iter().zip(to.texts()).collect()
}

fn replaced(text: &str, pairs: &[(String, String)]) -> String {
    let pairs = pairs.iter();
    pairs.fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// A value with all its strings and names renamed; a string of a map with its key.
fn mapped(value: &Json, key: Option<&str>, rename: &impl Fn(&str, Option<&str>) -> String) -> Json {
    match value {
        Json::String(text) => Json::String(rename(text, key)),
        Json::Array(items) => {
            // A pair of a map is its key and its value.
            let key = items
                .first()
                .and_then(Json::as_str)
                .filter(|_| items.len() == 2);
            let items = items.iter().enumerate();
            let items = items.map(|(at, item)| mapped(item, key.filter(|_| at == 1), rename));
            Json::Array(items.collect())
        }
        Json::Object(members) => {
            let members = members.iter();
            let members =
                members.map(|(name, value)| (rename(name, None), mapped(value, None, rename)));
            Json::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// A UUID, or the first digits of one, that follows from another and a number.
pub(super) fn moved(uuid: &str, salt: u8) -> String {
    let first = uuid.get(..8).unwrap_or_default();
    let rest = uuid.get(8..).unwrap_or_default();
    let number = u32::from_str_radix(first, 16).unwrap_or_default();
    let mixed = number ^ u32::from(salt).wrapping_mul(0x9E37_79B1);
    format!("{mixed:08x}{rest}")
}

/// Whether it names one of the twin's chassis, which look like UUIDs and are names.
fn is_chassis(text: &str) -> bool {
    [Identity::first(), Identity::second()]
        .iter()
        .any(|node| node.chassis == text)
}

fn is_uuid(text: &str) -> bool {
    let dashes = [8, 13, 18, 23];
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| {
            if dashes.contains(&at) {
                byte == b'-'
            } else {
                byte.is_ascii_hexdigit()
            }
        })
}
