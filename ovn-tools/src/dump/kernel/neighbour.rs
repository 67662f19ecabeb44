//! Neighbours: `ip neighbour`.

use serde::Deserialize;

use crate::dump::Listing;
use crate::dump::kernel::words::{Words, json};

/// One neighbour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbour {
    /// Its address.
    pub address: String,
    /// The device on which it is.
    pub device: Option<String>,
    /// Its MAC address; `None` where it is not known.
    pub mac: Option<String>,
    /// The states, such as `REACHABLE`, `STALE` or `FAILED`.
    pub states: Vec<String>,
    /// What else is said, such as `router` or `extern_learn`.
    pub flags: Vec<String>,
}

/// Flags of a neighbour.
const FLAGS: [&str; 5] = ["router", "proxy", "extern_learn", "offload", "managed"];

#[derive(Deserialize)]
struct JsonNeighbour {
    dst: String,
    dev: Option<String>,
    lladdr: Option<String>,
    #[serde(default)]
    state: Vec<String>,
    #[serde(flatten)]
    rest: serde_json::Map<String, serde_json::Value>,
}

impl From<JsonNeighbour> for Neighbour {
    fn from(json: JsonNeighbour) -> Self {
        // They are members with a null value.
        let flags = FLAGS.iter().filter(|flag| json.rest.contains_key(**flag));
        Self {
            address: json.dst,
            device: json.dev,
            mac: json.lladdr,
            states: json.state,
            flags: flags.map(|flag| (*flag).to_owned()).collect(),
        }
    }
}

impl Neighbour {
    /// Reads the output of `ip neighbour`, in JSON or as text.
    pub fn list(text: &str) -> Listing<Self> {
        json::<JsonNeighbour, _>(text)
            .unwrap_or_else(|| Listing::read(text, |_| false, Self::parse))
    }

    /// `10.0.0.2 dev br-ex lladdr 0a:58:0a:f4:00:05 ref 1 used 13/73/13probes 0 STALE`
    fn parse(line: &str) -> Option<Self> {
        let mut words = Words::of(line);
        let address = words.word()?;
        let is_address = |c: char| c.is_ascii_hexdigit() || ".:".contains(c);
        if !address.chars().all(is_address) {
            return None;
        }
        let mut neighbour = Self {
            address: address.to_owned(),
            ..Self::default()
        };
        while let Some(word) = words.word() {
            match word {
                "dev" => neighbour.device = words.word().map(str::to_owned),
                "lladdr" => neighbour.mac = words.word().map(str::to_owned),
                flag if FLAGS.contains(&flag) => neighbour.flags.push(flag.to_owned()),
                state if state.chars().all(|c| c.is_ascii_uppercase()) => {
                    neighbour.states.push(state.to_owned());
                }
                _ => {}
            }
        }
        neighbour.device.is_some().then_some(neighbour)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // iproute2 6.15 on the node of a real stack, and 5.4 of a sosreport.
    const TEXT: &str = "\
10.244.0.5 dev v-pod-a lladdr 0a:58:0a:f4:00:05  used 13/73/13probes 0 STALE 
fe80::1 dev br-ex lladdr 62:18:f2:74:13:b8 router ref 1 used 82/10/77 probes 1 REACHABLE
172.18.0.9 dev br-ex  used 16/76/16probes 6 FAILED 
ip: command not found
";
    const JSON: &str = r#"[{"dst":"10.244.0.5","dev":"v-pod-a","lladdr":"0a:58:0a:f4:00:05","used":13,"confirmed":73,"updated":13,"probes":0,"state":["STALE"]},{"dst":"fe80::1","dev":"br-ex","lladdr":"62:18:f2:74:13:b8","router":null,"refcnt":1,"state":["REACHABLE"]},{"dst":"172.18.0.9","dev":"br-ex","probes":6,"state":["FAILED"]}]"#;

    #[test]
    fn text_and_json_read_the_same() {
        let text = Neighbour::list(TEXT);
        assert_eq!(text.items, Neighbour::list(JSON).items);
        assert_eq!(text.other, ["ip: command not found"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "([0-9a-f.:]{1,12} (dev|lladdr)? ?[a-zA-Z0-9 ]*\\n|\\PC*\\n){0,6}") {
            let _ = Neighbour::list(&text);
        }
    }
}
