//! Hashed names of port groups and address sets.

/// The name that OVN-Kubernetes gives to the port group or address set with this
/// `k8s.ovn.org/id`: `a` and the decimal FNV-1a hash of 64 bits.
///
/// **Source**: ovn-kubernetes, `go-controller/pkg/util/util.go`, `HashForOVN`.
pub fn hashed_name(id: &str) -> String {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let hash = id.bytes().fold(BASIS, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    format!("a{hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names stand in ovn-kubernetes, `docs/design/acls.md`.
    #[test]
    fn names_are_those_of_ovn_kubernetes() {
        let namespace = "default-network-controller:Namespace:default:v4";
        assert_eq!(hashed_name(namespace), "a4322231855293774466");
        let dns = "default-network-controller:EgressFirewallDNS:www.openvswitch.org:v4";
        assert_eq!(hashed_name(dns), "a5272457940446250407");
    }
}
