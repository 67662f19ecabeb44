//! Packets traced by the real `ovn-trace`, over the demonstration cluster and a live stack.

use anyhow::Result;
use ovn_tests::sandbox::Node;
use ovn_tools::access::Source;
use ovn_tools::run::run;
use ovn_tools::tool::packet_trace::{PacketTrace, PacketTraced, Params, Verdict};

async fn trace(
    sources: &[Source],
    from: &str,
    to: &str,
    port: Option<u16>,
) -> Result<PacketTraced> {
    let params = Params {
        from: from.to_owned(),
        to: to.to_owned(),
        port,
        ..Params::default()
    };
    let traced = run::<PacketTrace>(sources, &params).await?;
    anyhow::ensure!(traced.gaps.is_empty(), "{:?}", traced.gaps);
    Ok(traced)
}

#[tokio::test]
async fn the_faults_of_the_demonstration_cluster_decide_about_packets() -> Result<()> {
    let frontend = "shop/frontend-6d5f9c7b8d-x2k4q";
    let healthy = "shop/frontend-6d5f9c7b8d-h8v5n";
    let mut told = Vec::new();
    for (from, to, port) in [
        // The allow rule names an address set that does not exist.
        (frontend, "shop/cart-0", Some(8080)),
        (healthy, "shop/cart-1", Some(8080)),
        // The port is not claimed.
        ("monitoring/prometheus-0", "shop/cart-0", Some(9102)),
        // There is no route to the other node; back there is one.
        (frontend, "shop/cart-1", Some(8080)),
        ("shop/cart-1", "monitoring/prometheus-0", Some(9090)),
        (healthy, "shop/cart", None),
        (healthy, "8.8.8.8", None),
    ] {
        let traced = trace(&[Source::Demo], from, to, port).await?;
        told.push(format!("{from}: {}", traced.summary));
    }
    insta::assert_snapshot!(told.join("\n"), @"
    shop/frontend-6d5f9c7b8d-x2k4q: the packet to port shop_cart-0 (10.244.0.6 tcp 8080) is dropped in stage ls_out_acl of worker-a on worker-a, by ACL of default deny of namespace shop, Ingress
    shop/frontend-6d5f9c7b8d-h8v5n: port shop_cart-1 (10.244.1.6 tcp 8080) is reached: the packet is delivered to port shop_cart-1
    monitoring/prometheus-0: port shop_cart-0 (10.244.0.6 tcp 9102) is reached: the packet is delivered to port shop_cart-0, which no chassis has claimed: in truth it arrives nowhere
    shop/frontend-6d5f9c7b8d-x2k4q: the packet to port shop_cart-1 (10.244.1.6 tcp 8080) is dropped in stage lr_in_ip_routing of ovn_cluster_router on worker-a: no route matches
    shop/cart-1: port monitoring_prometheus-0 (10.244.0.8 tcp 9090) is reached: the packet is delivered to port monitoring_prometheus-0
    shop/frontend-6d5f9c7b8d-h8v5n: service shop/cart at 10.96.118.7:8080 (10.96.118.7 tcp 8080) is reached: the packet is delivered to port shop_cart-1
    shop/frontend-6d5f9c7b8d-h8v5n: the packet to address 8.8.8.8 (8.8.8.8 icmp) leaves the logical network through br-ex_worker-b
    ");
    Ok(())
}

#[tokio::test]
async fn a_live_server_and_its_files_give_the_same_verdicts() -> Result<()> {
    let node = Node::start("hv1")?;
    for command in [
        "ls-add sw0 -- lsp-add sw0 p1 -- lsp-add sw0 p2",
        "acl-add sw0 to-lport 1000 outport==\"p2\"&&tcp.dst==22 drop",
    ] {
        node.nbctl(&command.split(' ').collect::<Vec<_>>())?;
    }
    node.nbctl(&["lsp-set-addresses", "p1", "50:54:00:00:00:01 10.0.0.1"])?;
    node.nbctl(&["lsp-set-addresses", "p2", "50:54:00:00:00:02 10.0.0.2"])?;
    node.plug("p1")?;
    node.plug("p2")?;
    node.sync()?;
    let servers = [node.northbound(), node.southbound()];
    let live: Vec<Source> = servers
        .iter()
        .map(|server| server.endpoint().parse())
        .collect::<Result<_, _>>()?;
    let files: Vec<Source> = servers
        .iter()
        .map(|server| format!("recorded:{}", server.files()[0].display()).parse())
        .collect::<Result<_, _>>()?;
    for sources in [live, files] {
        let open = trace(&sources, "p1", "p2", Some(80)).await?;
        assert_eq!(open.verdict, Verdict::Delivered, "{}", open.summary);
        assert!(open.to.chassis.is_some());
        let closed = trace(&sources, "p1", "10.0.0.2", Some(22)).await?;
        assert_eq!(closed.verdict, Verdict::Dropped, "{}", closed.summary);
        assert_eq!(closed.decided_by.len(), 1);
        assert!(closed.decided_by[0].what.contains("tcp.dst==22"));
    }
    Ok(())
}

#[tokio::test]
async fn of_routes_of_equal_cost_the_same_one_is_taken_each_time() -> Result<()> {
    let node = Node::start("hv1")?;
    for command in [
        "ls-add sw0 -- lsp-add sw0 p1 -- lr-add r0 -- lrp-add r0 rp0 00:00:00:00:ff:01 10.0.0.254/24",
        "lsp-add sw0 sp0 -- lsp-set-type sp0 router -- lsp-set-addresses sp0 router -- lsp-set-options sp0 router-port=rp0",
        "lrp-add r0 rp1 00:00:00:00:ff:02 10.1.0.1/24 -- lrp-add r0 rp2 00:00:00:00:ff:03 10.2.0.1/24",
        "--ecmp lr-route-add r0 30.0.0.0/8 10.1.0.2 rp1 -- --ecmp lr-route-add r0 30.0.0.0/8 10.2.0.2 rp2",
        "--ecmp lr-route-add r0 30.0.0.0/8 10.1.0.3 rp1 -- --ecmp lr-route-add r0 30.0.0.0/8 10.2.0.3 rp2",
    ] {
        node.nbctl(&command.split(' ').collect::<Vec<_>>())?;
    }
    node.nbctl(&["lsp-set-addresses", "p1", "50:54:00:00:00:01 10.0.0.1"])?;
    node.sync()?;
    let servers = [node.northbound(), node.southbound()];
    let live: Vec<Source> = servers
        .iter()
        .map(|server| server.endpoint().parse())
        .collect::<Result<_, _>>()?;
    let first = trace(&live, "p1", "30.0.0.1", Some(80)).await?;
    let choice = "stage lr_in_ip_routing takes the first of 4 next hops of equal cost";
    assert!(
        first.assumptions.iter().any(|told| told == choice),
        "{:?}",
        first.assumptions
    );
    // Four routes taken at random are the same ten times in one of 260 000 runs.
    for _ in 0..9 {
        let again = trace(&live, "p1", "30.0.0.1", Some(80)).await?;
        assert_eq!(again.summary, first.summary);
        assert_eq!(format!("{:?}", again.path), format!("{:?}", first.path));
    }
    Ok(())
}
