//! Conntrack zones, as `ct-zone-list` of ovn-controller lists them.
//!
//! **Source**: ovn-controller(8), `ct-zone-list`.

use crate::dump::Listing;

/// A conntrack zone and whom ovn-controller gave it to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// The number.
    pub number: u16,
    /// A logical port, or a router with `_dnat` or `_snat`; routers may be named by UUID.
    pub user: String,
}

impl Zone {
    /// Reads one line.
    pub fn parse(line: &str) -> Option<Self> {
        let (user, number) = line.rsplit_once(' ')?;
        Some(Self {
            number: number.parse().ok()?,
            user: user.trim().to_owned(),
        })
    }

    /// Reads a whole listing.
    pub fn list(text: &str) -> Listing<Self> {
        Listing::read(text, |_| false, Self::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_and_what_is_none_is_kept() {
        let listing = Zone::list("GR_node1_snat 0\na b 13\nfailed\n");
        let zones: Vec<(&str, u16)> = listing
            .items
            .iter()
            .map(|zone| (&*zone.user, zone.number))
            .collect();
        assert_eq!(zones, [("GR_node1_snat", 0), ("a b", 13)]);
        assert_eq!(listing.other, ["failed"]);
    }
}
