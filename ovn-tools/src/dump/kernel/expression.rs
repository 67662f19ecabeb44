//! Expressions of nftables: the JSON of libnftables-json(5), in the words of nft(8).

use serde_json::{Map, Value as Json};

/// The statements of a rule in words; those that are not known stand as their JSON.
pub(super) fn statements(statements: &[Json]) -> String {
    let words = statements.iter().map(statement);
    let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
    words.join(" ")
}

/// The name and the value of a JSON object with one member.
fn single(json: &Json) -> Option<(&str, &Json)> {
    let object = json.as_object().filter(|object| object.len() == 1)?;
    let (name, value) = object.iter().next()?;
    Some((name, value))
}

fn statement(json: &Json) -> String {
    let Some((name, value)) = single(json) else {
        return expression(json);
    };
    let object = value.as_object();
    let member = |name: &str| object.and_then(|object| object.get(name));
    match name {
        "match" => {
            let side = |name| member(name).map(expression).unwrap_or_default();
            match member("op").and_then(Json::as_str) {
                // The text has no operator for what is the same.
                Some("==" | "in") | None => format!("{} {}", side("left"), side("right")),
                Some(operator) => format!("{} {operator} {}", side("left"), side("right")),
            }
        }
        "accept" | "drop" | "return" | "continue" | "notrack" => name.to_owned(),
        "jump" | "goto" => {
            let target = member("target").map(expression).unwrap_or_default();
            format!("{name} {target}")
        }
        "counter" => match (member("packets"), member("bytes")) {
            (Some(packets), Some(bytes)) => format!("counter packets {packets} bytes {bytes}"),
            _ => "counter".to_owned(),
        },
        "snat" | "dnat" | "masquerade" | "redirect" => nat(name, object),
        "mangle" => {
            let side = |name| member(name).map(expression).unwrap_or_default();
            format!("{} set {}", side("key"), side("value"))
        }
        "vmap" => {
            let side = |name| member(name).map(expression).unwrap_or_default();
            format!("{} vmap {}", side("key"), side("data"))
        }
        "reject" => match (member("type"), member("expr")) {
            (Some(kind), Some(code)) => {
                format!("reject with {} {}", expression(kind), expression(code))
            }
            (Some(kind), None) => format!("reject with {}", expression(kind)),
            _ => name.to_owned(),
        },
        "limit" => {
            let get = |name| member(name).map(expression).unwrap_or_default();
            format!("limit rate {}/{}", get("rate"), get("per"))
        }
        "log" => match member("prefix").and_then(Json::as_str) {
            Some(prefix) => format!("log prefix {prefix:?}"),
            None => name.to_owned(),
        },
        "xt" => {
            // What iptables-nft keeps in its own words is not told here.
            let get = |name| member(name).map(expression).unwrap_or_default();
            format!("xt {} {}", get("type"), get("name"))
                .trim_end()
                .to_owned()
        }
        _ => json.to_string(),
    }
}

/// `dnat to 10.0.0.1:80`
fn nat(name: &str, object: Option<&Map<String, Json>>) -> String {
    let get = |name: &str| object.and_then(|object| object.get(name)).map(expression);
    let flags = get("flags").map(|flags| format!(" {flags}"));
    let to = match (get("addr"), get("port")) {
        (Some(address), Some(port)) if address.contains(':') => format!(" to [{address}]:{port}"),
        (Some(address), Some(port)) => format!(" to {address}:{port}"),
        (Some(address), None) => format!(" to {address}"),
        (None, Some(port)) => format!(" to :{port}"),
        (None, None) => String::new(),
    };
    format!("{name}{to}{}", flags.unwrap_or_default())
}

/// How deep expressions are followed.
/// **Default and why**: 16; nft itself nests a handful deep.
const MAX_DEPTH: usize = 16;

/// An expression in words.
fn expression(json: &Json) -> String {
    within(json, MAX_DEPTH)
}

fn within(json: &Json, depth: usize) -> String {
    let Some(depth) = depth.checked_sub(1) else {
        return "…".to_owned();
    };
    let list = |items: &[Json], between: &str| {
        let items: Vec<String> = items.iter().map(|item| within(item, depth)).collect();
        items.join(between)
    };
    match json {
        Json::String(text) => text.clone(),
        Json::Array(items) => list(items, ","),
        Json::Object(_) => {
            let Some((name, value)) = single(json) else {
                return json.to_string();
            };
            let member = |name: &str| {
                let value = value.as_object().and_then(|object| object.get(name));
                value.map(|value| within(value, depth)).unwrap_or_default()
            };
            match (name, value) {
                ("payload", _) if !member("protocol").is_empty() => {
                    format!("{} {}", member("protocol"), member("field"))
                }
                ("meta", _) => match member("key").as_str() {
                    // These stand without `meta` in the text.
                    key @ ("iifname" | "oifname" | "iif" | "oif") => key.to_owned(),
                    key => format!("meta {key}"),
                },
                ("ct", _) => {
                    let direction = member("dir");
                    format!("ct {direction} {}", member("key")).replace("  ", " ")
                }
                ("fib", _) => format!("fib {} {}", member("flags"), member("result")),
                ("prefix", _) => format!("{}/{}", member("addr"), member("len")),
                ("range", Json::Array(ends)) => list(ends, "-"),
                ("concat", Json::Array(parts)) => list(parts, " . "),
                ("set", Json::Array(elements)) => format!("{{ {} }}", elements_in(elements, depth)),
                ("map", _) => format!("{} map {}", member("key"), member("data")),
                ("elem", _) => member("val"),
                ("&" | "|" | "^" | "<<" | ">>", Json::Array(sides)) => {
                    list(sides, &format!(" {name} "))
                }
                ("jump" | "goto", _) => format!("{name} {}", member("target")),
                (verdict, Json::Null) => verdict.to_owned(),
                _ => json.to_string(),
            }
        }
        plain => plain.to_string(),
    }
}

/// The elements of a set or a map: of these each is a pair.
fn elements_in(elements: &[Json], depth: usize) -> String {
    let words = elements.iter().map(|element| match element {
        Json::Array(pair) if pair.len() == 2 => {
            format!("{} : {}", within(&pair[0], depth), within(&pair[1], depth))
        }
        element => within(element, depth),
    });
    words.collect::<Vec<_>>().join(", ")
}
