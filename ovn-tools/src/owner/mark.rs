//! The marks that OVN-Kubernetes leaves in `external_ids`.

use crate::objects::ObjectKind;
use crate::owner::egress_ip::EgressIpPod;
use crate::owner::ids::Ids;
use crate::owner::neutron;
use crate::owner::node::network_of;
use crate::owner::pod::Pod;
use crate::owner::service::Service;

const ID: &str = "k8s.ovn.org/id";
const CONTROLLER: &str = "k8s.ovn.org/owner-controller";
const OWNER_TYPE: &str = "k8s.ovn.org/owner-type";
const NAME: &str = "k8s.ovn.org/name";

/// The name that the egress firewall of a namespace must have.
const FIREWALL: &str = "default";

/// What a row of OVN-Kubernetes says of its owner.
///
/// **Source**: ovn-kubernetes, `go-controller/pkg/libovsdb/ops/db_object_ids.go`.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    /// `controller:type:key:…`, which the hashed name is made from.
    pub id: Option<&'a str>,
    /// The controller, such as `default-network-controller`.
    pub controller: &'a str,
    /// What kind of object, such as `NetworkPolicy`.
    pub owner_type: &'a str,
    /// The object.
    pub name: Option<&'a str>,
    ids: Ids<'a>,
}

impl<'a> Mark<'a> {
    /// The mark in a row's `external_ids`.
    pub fn of(ids: Ids<'a>) -> Option<Self> {
        Some(Self {
            id: ids.get(ID),
            controller: ids.get(CONTROLLER).unwrap_or_default(),
            owner_type: ids.get(OWNER_TYPE)?,
            name: ids.get(NAME),
            ids,
        })
    }

    /// One of the keys that only this type of owner has, such as `direction`.
    pub fn key(&self, key: &str) -> Option<&'a str> {
        self.ids.get(key)
    }

    /// The namespace that the object is in or is.
    pub fn namespace(&self) -> Option<&'a str> {
        let name = self.name?;
        match self.owner_type {
            "NetworkPolicy" => name.split_once(':').map(|(namespace, _)| namespace),
            "Namespace" | "NetpolNamespace" | "EgressFirewall" | "MulticastNS" | "EgressQoS" => {
                Some(name)
            }
            _ => None,
        }
    }

    /// The pod and the egress IP that it stands for, where it stands for one.
    pub fn egress_ip_pod(&self) -> Option<EgressIpPod> {
        EgressIpPod::parse(self.owner_type, self.name?)
    }

    /// In words: `network policy shop/allow-frontend, Ingress rule 0`.
    fn words(&self) -> String {
        let name = self.name.unwrap_or("?");
        let direction = self.key("direction").unwrap_or_default();
        let rule = self.key("gress-index").or(self.key("rule-index"));
        let what = match self.owner_type {
            "NetworkPolicy" => format!("network policy {}", name.replacen(':', "/", 1)),
            "AdminNetworkPolicy" => format!("admin network policy {name}"),
            "BaselineAdminNetworkPolicy" => "baseline admin network policy".to_owned(),
            "NetpolNamespace" => match self.key("type") {
                Some("arpAllow") => format!("ARP within the default deny of namespace {name}"),
                _ => format!("default deny of namespace {name}"),
            },
            "NetpolNode" => format!("traffic from node {name} to its pods"),
            "NetpolDefault" => format!("{name} of all network policies"),
            "Namespace" => format!("namespace {name}"),
            "PodSelector" => format!("pods selected by {name}"),
            "EgressFirewall" => format!("egress firewall of namespace {name}"),
            "EgressFirewallDNS" => format!("addresses of {name} for egress firewalls"),
            "EgressIP" => match self.egress_ip_pod() {
                Some(served) => format!("egress IP {} for pod {}", served.egress_ip, served.pod),
                None => format!("egress IPs: {name}"),
            },
            "Cluster" => format!("cluster: {name}"),
            other => format!("{other} {name}"),
        };
        match (direction, rule) {
            ("", None) => what,
            ("", Some(rule)) => format!("{what}, rule {rule}"),
            (direction, Some(rule)) => format!("{what}, {direction} rule {rule}"),
            (direction, None) => format!("{what}, {direction}"),
        }
    }
}

/// Whom a row stands for, in words; `None` where its `external_ids` do not say.
pub fn describe(ids: Ids<'_>) -> Option<String> {
    if let Some(mark) = Mark::of(ids) {
        return Some(mark.words());
    }
    if let Some(service) = Service::of(ids) {
        return Some(format!("service {service}"));
    }
    neutron::describe(ids).or_else(|| network_of(ids).map(|network| format!("network {network}")))
}

/// The object of the cluster that a row was made for, as `NAMESPACE/NAME` or the name alone; `None`
/// where its `external_ids` name none of a kind that ovnscope reads.
pub fn object_of(ids: Ids<'_>) -> Option<(ObjectKind, String)> {
    if let Some(service) = Service::of(ids) {
        return Some((ObjectKind::Service, service.to_string()));
    }
    let mark = Mark::of(ids)?;
    let name = mark.name?;
    match mark.owner_type {
        "NetworkPolicy" => Some((ObjectKind::NetworkPolicy, name.replacen(':', "/", 1))),
        "AdminNetworkPolicy" => Some((ObjectKind::AdminNetworkPolicy, name.to_owned())),
        "BaselineAdminNetworkPolicy" => {
            Some((ObjectKind::BaselineAdminNetworkPolicy, name.to_owned()))
        }
        "EgressFirewall" => Some((ObjectKind::EgressFirewall, format!("{name}/{FIREWALL}"))),
        "EgressIP" => {
            let served = mark.egress_ip_pod()?;
            Some((ObjectKind::EgressIp, served.egress_ip.into()))
        }
        _ => None,
    }
}

/// Whom a switch port stands for, in words.
pub fn describe_port(name: &str, ids: Ids<'_>) -> Option<String> {
    match Pod::of_port(name, ids) {
        Some(pod) => Some(format!("pod {pod}")),
        None => neutron::describe(ids),
    }
}
