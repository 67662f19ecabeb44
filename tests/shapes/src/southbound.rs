//! A southbound database: what ovn-northd makes of such a cluster, most of it logical flows.

use crate::northbound::port_name;
use crate::rows::{references, strings};
use crate::{Rows, Size, address, mac};

/// How many flows a switch and its router have of their own.
const NODE_FLOWS: usize = 600;
/// How many flows a pod's port adds.
const POD_FLOWS: usize = 11;

/// The stages that a port's flows go to, in turn.
const STAGES: [(&str, &str, usize); 4] = [
    ("ingress", "ls_in_check_port_sec", 0),
    ("ingress", "ls_in_arp_rsp", 19),
    ("ingress", "ls_in_l2_lkup", 25),
    ("egress", "ls_out_check_port_sec", 9),
];

/// All rows of a cluster.
pub fn southbound(size: Size) -> Rows {
    let mut rows = Rows::default();
    rows.add(
        "SB_Global",
        &size.uuid("sb-global", 0),
        &format!(
            r#"{{"nb_cfg":{},"options":["map",[["mac_prefix","0a:58:00"],["northd_internal_version","23.03.1-20.27.0-70.6"]]]}}"#,
            size.revision
        ),
    );
    for node in 0..size.nodes {
        self::node(&mut rows, size, node);
    }
    for pod in 0..size.pods {
        self::pod(&mut rows, size, pod);
    }
    for namespace in 0..size.namespaces() {
        let pods = namespace * 50..(namespace * 50 + 50).min(size.pods);
        let addresses = strings(pods.clone().map(|pod| address(0, pod)));
        let uuid = size.uuid("sb-addresses", namespace);
        let columns = format!(r#"{{"name":"a{namespace:019}","addresses":{addresses}}}"#);
        rows.add("Address_Set", &uuid, &columns);
        let ports = strings(pods.map(port_name));
        let uuid = size.uuid("sb-ports", namespace);
        let columns = format!(r#"{{"name":"1_a{namespace:019}","ports":{ports}}}"#);
        rows.add("Port_Group", &uuid, &columns);
    }
    rows
}

fn node(rows: &mut Rows, size: Size, node: usize) {
    let name = format!("worker-{node:03}.example.org");
    let (chassis, encap) = (size.uuid("chassis", node), size.uuid("encap", node));
    let ip = address(160, node);
    rows.add(
        "Encap",
        &encap,
        &format!(
            r#"{{"chassis_name":"{chassis}","ip":"{ip}","type":"geneve","options":["map",[["csum","true"]]]}}"#
        ),
    );
    rows.add(
        "Chassis",
        &size.uuid("sb-chassis", node),
        &format!(
            r#"{{"name":"{chassis}","hostname":"{name}","encaps":["uuid","{encap}"],"other_config":["map",[["ct-no-masked-label","true"],["datapath-type",""],["iface-types","geneve,gre,internal,patch,stt,vxlan"],["is-interconn","false"],["ovn-bridge-mappings","physnet:br-ex"],["port-up-notif","true"]]]}}"#
        ),
    );
    let datapath = size.uuid("datapath", node);
    rows.add(
        "Datapath_Binding",
        &datapath,
        &format!(
            r#"{{"tunnel_key":{},"external_ids":["map",[["logical-switch","{}"],["name","{name}"]]]}}"#,
            node + 1,
            size.uuid("switch", node),
        ),
    );
    let ports = references(
        (node..size.pods)
            .step_by(size.nodes)
            .map(|pod| size.uuid("binding", pod)),
    );
    rows.add(
        "Multicast_Group",
        &size.uuid("flood", node),
        &format!(
            r#"{{"name":"_MC_flood","tunnel_key":32768,"datapath":["uuid","{datapath}"],"ports":{ports}}}"#
        ),
    );
    for number in 0..NODE_FLOWS {
        let (pipeline, stage, table) = STAGES[number % STAGES.len()];
        let vip = address(162, number);
        flow(
            rows,
            &size.uuid("node-flow", node * NODE_FLOWS + number),
            &format!(
                r#""pipeline":"{pipeline}","table_id":{table},"priority":{},"logical_datapath":["uuid","{datapath}"],"match":"ct.new && ip4.dst == {vip} && tcp.dst == {}","actions":"reg1 = {vip}; reg2[0..15] = 443; ct_lb_mark(backends={}:8443,{}:8443,{}:8443);""#,
                120 + number % 3000,
                443 + number,
                address(0, number * 3),
                address(0, number * 3 + 1),
                address(0, number * 3 + 2),
            ),
            &format!("{:08x}", number * 7919),
            stage,
        );
    }
}

fn pod(rows: &mut Rows, size: Size, pod: usize) {
    let node = pod % size.nodes;
    let (name, mac, ip) = (port_name(pod), mac(0, pod), address(0, pod));
    let (datapath, chassis) = (size.uuid("datapath", node), size.uuid("sb-chassis", node));
    rows.add(
        "Port_Binding",
        &size.uuid("binding", pod),
        &format!(
            r#"{{"logical_port":"{name}","tunnel_key":{},"datapath":["uuid","{datapath}"],"chassis":["uuid","{chassis}"],"mac":"{mac} {ip}","up":true,"options":["map",[["iface-id-ver","{}"],["requested-chassis","worker-{node:03}.example.org"]]],"external_ids":["map",[["namespace","namespace-{:04}"],["pod","true"]]]}}"#,
            pod / size.nodes + 1,
            size.uuid("pod", pod),
            pod / 50,
        ),
    );
    for number in 0..POD_FLOWS {
        let (pipeline, stage, table) = STAGES[number % STAGES.len()];
        flow(
            rows,
            &size.uuid("pod-flow", pod * POD_FLOWS + number),
            &format!(
                r#""pipeline":"{pipeline}","table_id":{table},"priority":{},"logical_datapath":["uuid","{datapath}"],"match":"inport == \"{name}\" && eth.src == {mac} && arp.tpa == {ip} && arp.op == 1","actions":"eth.dst = eth.src; eth.src = {mac}; arp.op = 2; arp.tha = arp.sha; outport = inport; flags.loopback = 1; output;""#,
                50 + number,
            ),
            &size.uuid("port", pod)[..8],
            stage,
        );
    }
}

fn flow(rows: &mut Rows, uuid: &str, columns: &str, hint: &str, stage: &str) {
    let columns = format!(
        r#"{{{columns},"external_ids":["map",[["source","northd.c:8123"],["stage-hint","{hint}"],["stage-name","{stage}"]]]}}"#
    );
    rows.add("Logical_Flow", uuid, &columns);
}
