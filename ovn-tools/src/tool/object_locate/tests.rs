//! The tool on the demo.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::check::fixture::Fixture;
use crate::check::healthy::cluster;
use crate::objects::ObjectKind;
use crate::tool::acl_list::{self, AclList};
use crate::tool::health_check;
use crate::tool::lflow_list::{self, LflowList};
use crate::tool::load_balancer_list::{self, LoadBalancerList};
use crate::tool::nat_list::{self, NatList};
use crate::tool::recording;
use crate::tool::route_list::{self, RouteList};

fn ask(object: &str) -> Result<Listing, ToolError> {
    let params = Params {
        object: object.to_owned(),
        ..Params::default()
    };
    ObjectLocate::conclude(&params, &recording::demo())
}

fn text(object: &str) -> String {
    let listing = ask(object).expect("an answer");
    let rows = listing.rows.iter();
    let rows: Vec<String> = rows
        .map(|row| Json::from(row.clone()).to_string())
        .collect();
    let hints = listing.hints.join("\n");
    format!(
        "{}\n{hints}\n{:?}\n{}",
        listing.summary,
        listing.columns,
        rows.join("\n")
    )
}

#[test]
fn the_chain_of_a_pod_names_the_break() {
    insta::assert_snapshot!("pod", text("shop/cart-0"));
    for other in [
        "shop_cart-0",
        "cart-0",
        "10.244.0.6",
        "0a:58:0a:f4:00:06",
        "a94cb1f0",
        "1fe53ae0c835129",
    ] {
        let listing = ask(other).unwrap();
        assert!(
            listing.summary.contains("shop/cart-0"),
            "{other}: {}",
            listing.summary
        );
        assert!(
            listing.summary.contains("interface-version"),
            "{other}: {}",
            listing.summary
        );
    }
}

#[test]
fn the_chain_of_a_healthy_pod_has_no_break() {
    let listing = ask("shop/cart-1").unwrap();
    assert!(
        listing.summary.contains("no break found"),
        "{}",
        listing.summary
    );
    assert!(!text("shop/cart-1").contains("BREAK"));
}

#[test]
fn a_name_of_a_set_that_a_node_lacks_is_told() {
    insta::assert_snapshot!("set", text("a14262568268554482202"));
}

#[test]
fn services_policies_egress_ips_nodes_and_addresses_are_found() {
    let all = [
        "shop/cart",
        "shop/allow-frontend",
        "shop-egress",
        "worker-b",
        "GR_worker-b",
        "shop",
        "172.18.0.100",
        "10.96.118.7",
    ];
    let texts: Vec<String> = all
        .iter()
        .map(|object| format!("== {object}\n{}", text(object)))
        .collect();
    insta::assert_snapshot!("objects", texts.join("\n"));
}

#[test]
fn what_is_nowhere_is_refused_with_what_is_like_it() {
    let error = ask("shop/cart-7").unwrap_err();
    assert!(
        error
            .hint
            .as_deref()
            .is_some_and(|hint| hint.contains("`shop/cart-1`")),
        "{error:?}"
    );
    assert!(ask(" ").is_err());
}

#[test]
fn answers_do_not_depend_on_the_order_in_which_databases_were_read() {
    fn same<T: Tool>(params: &T::Params) {
        let demo = recording::demo();
        let mut turned = demo.clone();
        turned.databases.reverse();
        turned.sort();
        let answer = |snapshot| {
            let report = T::conclude(params, snapshot).expect("an answer");
            serde_json::to_string(&report).expect("JSON")
        };
        assert_eq!(answer(&demo), answer(&turned), "{}", T::NAME);
        let bytes = answer(&demo).len();
        assert!(bytes > 100, "{}: {bytes}", T::NAME);
    }
    same::<HealthCheck>(&health_check::Params::default());
    same::<AclList>(&acl_list::Params::default());
    same::<NatList>(&nat_list::Params::default());
    same::<RouteList>(&route_list::Params::default());
    same::<LoadBalancerList>(&load_balancer_list::Params::default());
    same::<LflowList>(&lflow_list::Params::default());
    same::<ObjectLocate>(&Params {
        object: "shop".to_owned(),
        ..Params::default()
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_panics(object in "\\PC{0,12}|[0-9a-f.:/_-]{0,20}") {
        let _ = ask(&object);
    }
}

fn located(fixture: &Fixture, object: &str) -> String {
    let params = Params {
        object: object.to_owned(),
        ..Params::default()
    };
    match ObjectLocate::conclude(&params, &fixture.snapshot()) {
        Ok(listing) => listing.summary,
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_object_of_the_cluster_is_the_first_link() {
    let uid = json!({"metadata": {"uid": "another"}});
    let host =
        json!({"spec": {"nodeName": "a", "hostNetwork": true}, "status": {"phase": "Running"}});
    let ips = json!({"status": {"addresses": [{"address": "172.18.0.2"}]}});
    let told = [
        located(&cluster(), "uid-web-1"),
        located(
            &cluster().object(ObjectKind::Pod, "shop/web-1", uid),
            "shop/web-1",
        ),
        located(
            &cluster().without_object(ObjectKind::Service, "shop/web"),
            "shop/web",
        ),
        located(
            &cluster().without_object(ObjectKind::EgressIp, "out"),
            "out",
        ),
        located(
            &cluster().object(ObjectKind::Pod, "shop/agent", host),
            "agent",
        ),
        located(&cluster().object(ObjectKind::Node, "a", ips), "172.18.0.2"),
        located(&cluster(), "shop_blue"),
        located(&cluster().forbid(ObjectKind::Pod), "shop/agent"),
    ];
    insta::assert_snapshot!(told.join("\n"), @"
    pod shop/web-1: 6 rows; the chain breaks at nb.Logical_Switch_Port on a: northd has made no Port_Binding; port-unprocessed on a
    pod shop/web-1: 6 rows; the chain breaks at k8s.Pod: the pod was made anew under its name, and the port is still that of the one before (pod-gone); port-unprocessed on a, pod-gone on a
    2 objects (service shop/web, network policy shop/web): 7 rows; the chain breaks at k8s.Service: the cluster has no such service any more: its load balancers were not deleted, and take what is sent to its address, which another service may get (service-gone); service-gone on a, service-gone on b
    egress IP out: 3 rows; the chain breaks at k8s.EgressIP: the cluster has no such egress IP any more, and its NAT was not deleted (egressip-status); egressip-status on a
    pod shop/agent: 1 row, no break found
    2 objects (node a, address 172.18.0.2): 6 rows; remote-port-unbound on b, chassis-private-missing on a
    network shop_blue: 2 rows, no break found
    nothing is called `shop/agent`, has it as an address, or a UUID that begins so; recorded:case: list of pods was not read: forbidden: Pod
    ");
}
