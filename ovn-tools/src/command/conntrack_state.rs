//! Conntrack states: what connection tracking says of a traced packet.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// What a pass through conntrack finds, as `--ct` of ovn-trace(8) and `--ct-next` of
/// ovs-vswitchd(8) take it. A tracked packet is always meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConntrackState {
    flags: u8,
}

/// The flags with their bits.
const FLAGS: [(&str, u8); 8] = [
    ("trk", 0x01),
    ("new", 0x02),
    ("est", 0x04),
    ("rel", 0x08),
    ("rpl", 0x10),
    ("inv", 0x20),
    ("snat", 0x40),
    ("dnat", 0x80),
];

/// A text is no conntrack state.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{0:?} is no conntrack state: write new, est, rel, rpl, inv, snat or dnat, several with commas"
)]
pub struct ParseConntrackState(String);

impl ConntrackState {
    /// The first packet of a connection.
    pub const NEW: Self = Self { flags: 0x03 };
    /// A later packet of a connection, in the direction of the first.
    pub const ESTABLISHED: Self = Self { flags: 0x05 };
    /// A later packet of a connection, in the other direction.
    pub const REPLY: Self = Self { flags: 0x15 };
}

impl FromStr for ConntrackState {
    type Err = ParseConntrackState;

    fn from_str(text: &str) -> Result<Self, ParseConntrackState> {
        let mut flags = 0x01;
        for name in text.split([',', '|']).map(str::trim) {
            let flag = FLAGS.iter().find(|(flag, _)| *flag == name);
            let (_, bit) = flag.ok_or_else(|| ParseConntrackState(text.to_owned()))?;
            flags |= bit;
        }
        Ok(Self { flags })
    }
}

impl fmt::Display for ConntrackState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = FLAGS.iter().filter(|(_, bit)| self.flags & bit != 0);
        let names: Vec<&str> = set.map(|(name, _)| *name).collect();
        f.write_str(&names.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_read_and_print_in_the_notation_of_the_programs() {
        let check = |text: &str| {
            text.parse::<ConntrackState>()
                .map(|state| state.to_string())
        };
        assert_eq!(check("new"), Ok("trk,new".to_owned()));
        assert_eq!(check("trk, est|rpl"), Ok("trk,est,rpl".to_owned()));
        assert_eq!(ConntrackState::REPLY.to_string(), "trk,est,rpl");
        assert_eq!("est".parse(), Ok(ConntrackState::ESTABLISHED));
        assert!(check("old").is_err() && check("").is_err());
    }
}
