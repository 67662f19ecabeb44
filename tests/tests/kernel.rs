//! The tools over a node's kernel: live on this machine, and over the outputs that a sosreport
//! keeps.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovn_tools::access::Source;
use ovn_tools::listing::Listing;
use ovn_tools::run::run;
use ovn_tools::tool::Tool;
use ovn_tools::tool::ip_show::{self, IpShow, Subject};
use ovn_tools::tool::iptables_show::{self, IptablesShow};
use ovn_tools::tool::kernel_conntrack_list::{self, KernelConntrackList};
use ovn_tools::tool::nft_show::{self, NftShow};
use ovn_tools::tool::socket_list::{self, SocketList};

// Of the node of a real stack (Open vSwitch 3.5, nftables 1.0.6, iptables 1.8.9, conntrack 1.4.7),
// shortened.
const NFT: &str = "\
table ip nat { # handle 1
\tchain OVN-KUBE-NODEPORT { # handle 1
\t\tfib daddr type local tcp dport 30080 counter packets 2 bytes 120 dnat to 10.96.0.10:80 # handle 19
\t}
\tchain PREROUTING { # handle 7
\t\ttype nat hook prerouting priority dstnat; policy accept;
\t\tcounter packets 0 bytes 0 jump OVN-KUBE-NODEPORT # handle 8
\t}
}
";
const IPTABLES_FILTER: &str = "\
Chain FORWARD (policy DROP 0 packets, 0 bytes)
    pkts      bytes target     prot opt in     out     source               destination
       5      419 ACCEPT     0    --  ovn-k8s-mp0 *       0.0.0.0/0            0.0.0.0/0
";
const IPTABLES_NAT: &str = "\
Chain PREROUTING (policy ACCEPT 0 packets, 0 bytes)
 pkts bytes target     prot opt in     out     source               destination
    2   153 OVN-KUBE-ETP  0    --  *      *       0.0.0.0/0            0.0.0.0/0
";
const CONNTRACK: &str = "\
conntrack v1.4.7 (conntrack-tools): 2 flow entries have been shown.
ipv4     2 tcp      6 431978 ESTABLISHED src=10.244.0.2 dst=10.96.0.10 sport=35156 dport=80 src=10.244.1.6 dst=10.244.0.2 sport=9090 dport=35156 [ASSURED] mark=0 zone=3 use=1
ipv4     2 udp      17 16 src=10.244.0.2 dst=10.244.1.6 sport=43650 dport=5353 [UNREPLIED] src=10.244.1.6 dst=10.244.0.2 sport=5353 dport=43650 mark=0 use=1
";

async fn ask<T: Tool<Report = Listing>>(source: &str, params: &T::Params) -> Result<Listing> {
    let sources: [Source; 1] = [source.parse()?];
    Ok(run::<T>(&sources, params).await?)
}

/// A server with the database of a host, which is all that the tools need of it.
fn host() -> Result<DatabaseServer> {
    let server = DatabaseServer::setup()
        .database(Schema::open_vswitch())
        .start()?;
    server.transact(
        r#"["Open_vSwitch", {"op": "insert", "table": "Open_vSwitch",
            "row": {"external_ids": ["map", [["system-id", "hv1"], ["hostname", "hv1"]]]}}]"#,
    )?;
    Ok(server)
}

/// A sosreport of the host with these outputs.
fn report(server: &DatabaseServer, folder: &Path, outputs: &[(&str, String)]) -> Result<String> {
    let report = folder.join("sosreport-hv1");
    let etc = report.join("etc/openvswitch");
    fs::create_dir_all(&etc)?;
    fs::copy(&server.files()[0], etc.join("conf.db"))?;
    for (name, text) in outputs {
        let path = report.join("sos_commands").join(name);
        fs::create_dir_all(path.parent().context("a folder")?)?;
        fs::write(path, text)?;
    }
    Ok(format!("recorded:{}", report.display()))
}

fn printed(command: &[&str]) -> Result<String> {
    let output = Command::new(command[0]).args(&command[1..]).output()?;
    ensure!(output.status.success(), "{command:?}");
    Ok(String::from_utf8(output.stdout)?)
}

#[tokio::test]
async fn json_of_the_live_kernel_and_text_of_a_report_give_the_same_rows() -> Result<()> {
    let server = host()?;
    let folder = tempfile::tempdir()?;
    let kept = [
        (
            "networking/ip_-d_address",
            printed(&["ip", "-d", "address"])?,
        ),
        (
            "networking/ip_route_show_table_all",
            printed(&["ip", "-4", "route", "show", "table", "all"])?,
        ),
        (
            "networking/ip_-6_route_show_table_all",
            printed(&["ip", "-6", "route", "show", "table", "all"])?,
        ),
        ("networking/ip_-4_rule", printed(&["ip", "-4", "rule"])?),
        ("networking/ip_-6_rule", printed(&["ip", "-6", "rule"])?),
        (
            "networking/namespaces/other/ip_-d_address",
            "1: wrong: <UP> mtu 1\n".to_owned(),
        ),
    ];
    let recorded = report(&server, folder.path(), &kept)?;
    for subject in [Subject::Address, Subject::Route, Subject::Rule] {
        let params = ip_show::Params {
            subject,
            ..ip_show::Params::default()
        };
        let live = ask::<IpShow>(&server.endpoint(), &params).await?;
        let kept = ask::<IpShow>(&recorded, &params).await?;
        assert!(live.total > 0, "{subject:?}: {}", live.summary);
        assert_eq!(live.gaps, [], "{subject:?}");
        assert_eq!(kept.gaps, [], "{subject:?}");
        assert_eq!(kept.rows, live.rows, "{subject:?}");
    }
    let params = ip_show::Params {
        subject: Subject::Route,
        address: Some("127.0.0.1".to_owned()),
        ..ip_show::Params::default()
    };
    let routes = ask::<IpShow>(&server.endpoint(), &params).await?;
    let first = routes.rows.first().context("a route")?;
    let at = routes
        .columns
        .iter()
        .position(|column| column == "destination");
    assert_eq!(
        first[at.context("destinations")?],
        "127.0.0.1",
        "the longest prefix is the first"
    );
    Ok(())
}

#[tokio::test]
async fn the_sockets_of_this_machine_have_their_programs() -> Result<()> {
    let server = host()?;
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    let params = socket_list::Params {
        port: Some(listener.local_addr()?.port()),
        state: Some("listen".to_owned()),
        ..socket_list::Params::default()
    };
    let sockets = ask::<SocketList>(&server.endpoint(), &params).await?;
    assert_eq!(sockets.total, 1, "{sockets:?}");
    let row = serde_json::to_string(&sockets.rows[0])?;
    assert!(row.contains(&format!("/{}", std::process::id())), "{row}");
    Ok(())
}

#[tokio::test]
async fn firewalls_and_connections_are_read_from_a_report() -> Result<()> {
    let server = host()?;
    let folder = tempfile::tempdir()?;
    let kept = [
        ("firewall_tables/nft_-a_list_ruleset", NFT.to_owned()),
        ("firewall_tables/iptables_-vnxL", IPTABLES_FILTER.to_owned()),
        (
            "firewall_tables/iptables_-t_nat_-nvL",
            IPTABLES_NAT.to_owned(),
        ),
        ("conntrack/conntrack_-L_-o_extended", CONNTRACK.to_owned()),
    ];
    let recorded = report(&server, folder.path(), &kept)?;
    let shown = |listed: &Listing| {
        let rows = listed.rows.iter().map(serde_json::to_string);
        let rows: Vec<String> = rows.collect::<Result<_, _>>()?;
        let gaps = listed.gaps.iter().map(|gap| format!("gap {}", gap.what));
        let gaps: Vec<String> = gaps.collect();
        Ok::<_, anyhow::Error>(format!(
            "{}\n{}\n{}",
            listed.summary,
            rows.join("\n"),
            gaps.join("\n")
        ))
    };
    let rules = ask::<NftShow>(&recorded, &nft_show::Params::default()).await?;
    insta::assert_snapshot!(shown(&rules)?, @r#"
    2 of 2 rules, in 2 chains; 0 sets and maps
    ["ip nat","OVN-KUBE-NODEPORT",null,"fib daddr type local tcp dport 30080 dnat to 10.96.0.10:80",2,120,null,19]
    ["ip nat","PREROUTING","prerouting dstnat, policy accept","jump OVN-KUBE-NODEPORT",0,0,null,8]
    "#);
    let params = nft_show::Params {
        hit: true,
        contains: Some("30080".to_owned()),
        ..nft_show::Params::default()
    };
    assert_eq!(ask::<NftShow>(&recorded, &params).await?.total, 1);
    let rules = ask::<IptablesShow>(&recorded, &iptables_show::Params::default()).await?;
    insta::assert_snapshot!(shown(&rules)?, @r#"
    2 of 2 rules; what no rule decides on is not accepted in filter FORWARD of hv1 (DROP)
    ["filter","FORWARD","-i ovn-k8s-mp0","ACCEPT",5,419,null]
    ["nat","PREROUTING",null,"OVN-KUBE-ETP",2,153,null]
    "#);
    let params = kernel_conntrack_list::Params {
        translated: true,
        ..kernel_conntrack_list::Params::default()
    };
    let connections = ask::<KernelConntrackList>(&recorded, &params).await?;
    insta::assert_snapshot!(shown(&connections)?, @r#"
    1 of 2 connections; not all could be read, see gaps
    [3,null,"tcp","10.244.0.2:35156 > 10.96.0.10:80","10.244.1.6:9090 > 10.244.0.2:35156","ESTABLISHED",["ASSURED"],null,431978]
    gap hv1: conntrack -L -f ipv6 -o extended, ovs-appctl -t ovn-controller ct-zone-list
    "#);
    // What was not kept is a gap, not an empty table.
    let params = iptables_show::Params {
        ipv6: true,
        ..iptables_show::Params::default()
    };
    let none = ask::<IptablesShow>(&recorded, &params).await?;
    assert!(
        none.gaps[0].why.contains("keeps no output"),
        "{:?}",
        none.gaps
    );
    Ok(())
}

#[tokio::test]
async fn a_table_chooses_routes_and_rules_alone() -> Result<()> {
    let params = ip_show::Params {
        table: Some("main".to_owned()),
        ..ip_show::Params::default()
    };
    let error = ask::<IpShow>("demo", &params).await.expect_err("no table");
    assert!(
        error.to_string().contains("`table` chooses no address"),
        "{error}"
    );
    Ok(())
}
