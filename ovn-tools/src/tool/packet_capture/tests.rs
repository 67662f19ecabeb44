//! Questions, places and answers of captures.

use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::capture::tests::{geneve, pcap, tcp};
use crate::command::KernelListing;
use crate::report::Report;
use crate::snapshot::{CaptureEnd, CaptureRead, Captured, Output};
use crate::tool::recording::read;

const ONE: ([u8; 6], [u8; 4]) = ([2, 0, 0, 0, 0, 1], [10, 0, 0, 1]);
const TWO: ([u8; 6], [u8; 4]) = ([2, 0, 0, 0, 0, 2], [10, 0, 0, 2]);

/// Two nodes with a pod each, one of them in a network of a user's too, and a tunnel.
fn nodes() -> Snapshot {
    let node = |name: &str, interfaces: &[(&str, &str, &str)]| {
        let mut rows = json!({});
        for (at, (name, kind, port)) in interfaces.iter().enumerate() {
            let uuid = format!("00000000-0000-4000-8000-{at:012}");
            let ids = match *port {
                "" => json!(["map", []]),
                port => json!(["map", [["iface-id", port]]]),
            };
            rows[uuid] = json!({"name": name, "type": kind, "external_ids": ids});
        }
        let text = json!({"type": "string"});
        let ids =
            json!({"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}});
        let columns = json!({"name": text, "type": text, "external_ids": ids});
        let schema = json!({
            "name": "Open_vSwitch",
            "version": "8.3.0",
            "tables": {"Interface": {"columns": columns}},
        });
        let records = [schema, json!({"Interface": rows})];
        let mut read = read(Database::Ovs, name, &records);
        read.recorded = false;
        read
    };
    let databases = vec![
        node(
            "n1",
            &[
                ("veth1", "", "shop_cart"),
                ("veth1_2", "", "shop.blue_shop_cart"),
                ("br-ex", "internal", ""),
            ],
        ),
        node(
            "n2",
            &[
                ("veth2", "system", "shop_web"),
                ("ovn-n1-0", "geneve", ""),
                ("patch-x", "patch", ""),
            ],
        ),
    ];
    Snapshot {
        databases,
        ..Snapshot::default()
    }
}

fn params(change: impl Fn(&mut Params)) -> Params {
    let mut params = Params::default();
    change(&mut params);
    params
}

fn pods(pods: &[&str]) -> Params {
    params(|params| params.pods = pods.iter().map(|&pod| pod.to_owned()).collect())
}

fn planned(params: &Params) -> String {
    let planned = PacketCapture::needs(params).and_then(|_| PacketCapture::plan(params, &nodes()));
    match planned {
        Ok(requests) => {
            let requests = requests.iter();
            let lines = requests.map(|one| format!("{} {}", one.database, one.command));
            lines.collect::<Vec<_>>().join("\n")
        }
        Err(error) => format!("{error} ({})", error.hint.clone().unwrap_or_default()),
    }
}

#[test]
fn pods_ports_and_interfaces_are_found_on_their_nodes() {
    let asked = [
        pods(&["shop/web", "shop/cart"]),
        params(|params| {
            params.ports = vec!["shop_web".to_owned()];
            params.filter = Some("tcp port 80 && host 10.0.0.1".to_owned());
            params.direction = Some(Direction::In);
            params.seconds = Some(3);
            params.packets = Some(5);
            params.packet_bytes = Some(64);
        }),
        params(|params| params.interfaces = vec!["any".to_owned()]),
        params(|params| {
            params.interfaces = vec!["br-ex".to_owned(), "veth1".to_owned()];
            params.pods = vec!["shop/cart".to_owned()];
            params.node = Some("n1".to_owned());
        }),
    ];
    insta::assert_snapshot!(asked.iter().map(planned).collect::<Vec<_>>().join("\n\n"), @"
    1 tcpdump -i veth2 -n -p -U --immediate-mode -s 256 -c 1000 -w -
    0 tcpdump -i veth1 -n -p -U --immediate-mode -s 256 -c 1000 -w -
    0 tcpdump -i veth1_2 -n -p -U --immediate-mode -s 256 -c 1000 -w -

    1 tcpdump -i veth2 -n -p -U --immediate-mode -s 64 -c 5 -Q in -w - -- 'tcp port 80 and host 10.0.0.1'

    0 tcpdump -i any -n -p -U --immediate-mode -s 256 -c 1000 -w -
    1 tcpdump -i any -n -p -U --immediate-mode -s 256 -c 1000 -w -

    0 tcpdump -i veth1 -n -p -U --immediate-mode -s 256 -c 1000 -w -
    0 tcpdump -i veth1_2 -n -p -U --immediate-mode -s 256 -c 1000 -w -
    0 tcpdump -i br-ex -n -p -U --immediate-mode -s 256 -c 1000 -w -
    ");
}

#[test]
fn what_cannot_be_captured_is_refused_with_what_to_send() {
    let interface = |name: &str| params(|params| params.interfaces = vec![name.to_owned()]);
    let asked = [
        Params::default(),
        pods(&["cart"]),
        pods(&["shop/card"]),
        interface("-w"),
        interface("nfqueue"),
        interface("ovn-n1-0"),
        interface("patch-x"),
        params(|params| {
            params.interfaces = vec!["br-ex".to_owned()];
            params.node = Some("n3".to_owned());
        }),
        params(|params| {
            params.interfaces = vec!["br-ex".to_owned()];
            params.seconds = Some(1_000);
        }),
        params(|params| {
            params.interfaces = vec!["br-ex".to_owned()];
            params.filter = Some("tcp port http".to_owned());
        }),
        params(|params| params.interfaces = (0..5).map(|at| format!("eth{at}")).collect()),
    ];
    insta::assert_snapshot!(asked.iter().map(planned).collect::<Vec<_>>().join("\n"), @r#"
    it is not said where to capture (send `pod` (namespace/name), `port` (a logical port) or `interface`, such as genev_sys_6081 for what passes between nodes)
    `pod`: "cart" is no pod (write namespace/name)
    `pod`: no interface of the nodes that were read is of shop/card (did you mean `shop_cart`? ovs_show lists the interfaces with their logical ports (iface_id); a pod that shares its node's network has none)
    `interface`: "-w" is no interface: names hold no blanks, slashes or colons and begin with no hyphen ()
    `interface`: "nfqueue" is no network interface, and reading from it may take packets away ()
    the interface ovn-n1-0 is of the type geneve, which is no device of the kernel (capture at the device of all tunnels of its type, such as genev_sys_6081, where packets are seen without the tunnel's header, or at the interface to the other nodes with the filter `udp port 6081`)
    the interface patch-x is of the type patch, which is no device of the kernel (capture at a port or an interface on its way; ovs_show lists them)
    no Open_vSwitch of node `n3` was read (nodes there are: n1, n2)
    `seconds` is 1000, not from 1 to 120 ()
    `filter`: "http" is not a port's number (write a number from 0 to 65535)
    these are 10 places, more than 8 (say `node`, one of n1, n2)
    "#);
    let mut recorded = nodes();
    for read in &mut recorded.databases {
        read.recorded = true;
    }
    let refused = PacketCapture::plan(&pods(&["shop/cart"]), &recorded).expect_err("refused");
    insta::assert_snapshot!(format!("{refused} ({})", refused.hint.clone().unwrap_or_default()), @"packets can be captured on live nodes only, and these databases were recorded (name a live source: unix:PATH on the host itself, or kube)");
}

/// The answer to captures of these packets at the places in turn.
fn concluded(params: &Params, captures: &[(&[u8], CaptureEnd)]) -> PacketsCaptured {
    let mut snapshot = nodes();
    let requests = PacketCapture::plan(params, &snapshot).expect("a plan");
    for (request, (bytes, end)) in requests.into_iter().zip(captures) {
        let Command::Capture(capture) = request.command else {
            panic!("no capture: {}", request.command);
        };
        snapshot.captures.push(CaptureRead {
            database: request.database,
            capture,
            captured: Captured {
                bytes: Arc::new(bytes.to_vec()),
                notes: "3 packets captured\n7 packets received by filter\n4 packets dropped by kernel\n".to_owned(),
                end: end.clone(),
            },
        });
    }
    PacketCapture::conclude(params, &snapshot).expect("an answer")
}

fn shown(answer: &PacketsCaptured) -> String {
    let mut json = serde_json::to_value(answer).expect("JSON");
    let members = json.as_object_mut().expect("an object");
    members.remove("sources");
    format!("{json:#}")
}

#[test]
fn both_ends_of_a_conversation_are_told_and_kept_in_one_file() {
    let (a, b) = ((ONE, 40_000), (TWO, 80));
    let cart = pcap(&[tcp(a, b, "SYN", 1, b""), tcp(a, b, "SYN", 1, b"")]);
    let web = pcap(&[
        geneve(5, &tcp(a, b, "SYN", 1, b"")),
        tcp(b, a, "ACK", 9, b"data"),
    ]);
    let params = params(|params| {
        params.pods = vec!["shop/web".to_owned()];
        params.interfaces = vec!["br-ex".to_owned()];
        params.node = None;
    });
    let ends = [
        (&web[..], CaptureEnd::Time),
        (&cart[..], CaptureEnd::Packets),
        (
            &[][..],
            CaptureEnd::Broken("the connection broke off".to_owned()),
        ),
    ];
    let answer = concluded(&params, &ends);
    insta::assert_snapshot!(shown(&answer), @r#"
    {
      "summary": "4 packets in 3 flows at veth2 (shop_web) of n2 and br-ex of n1 and br-ex of n2; the capture at br-ex of n1 ended early (packets); the capture at br-ex of n2 ended early (the connection broke off); 2 flows are remarkable: tcp 10.0.0.1:40000 to 10.0.0.2:80: no answer to 1 SYN before the capture ended; tcp 10.0.0.1:40000 to 10.0.0.2:80: no answer to 2 SYN before the capture ended; tcp 10.0.0.1:40000 to 10.0.0.2:80: 1 retransmission; not all could be captured, see gaps",
      "points": [
        {
          "node": "n2",
          "interface": "veth2",
          "port": "shop_web",
          "packets": 2,
          "bytes": 170,
          "first": "2023-11-14T22:13:20Z",
          "ended_by": "time",
          "lost": 4
        },
        {
          "node": "n1",
          "interface": "br-ex",
          "packets": 2,
          "bytes": 108,
          "first": "2023-11-14T22:13:20Z",
          "ended_by": "packets",
          "lost": 4
        },
        {
          "node": "n2",
          "interface": "br-ex",
          "packets": 0,
          "bytes": 0,
          "ended_by": "the connection broke off",
          "lost": 4
        }
      ],
      "columns": [
        "node",
        "at",
        "protocol",
        "from",
        "to",
        "packets",
        "bytes",
        "back_packets",
        "back_bytes",
        "begin",
        "end",
        "flags",
        "in",
        "remarks"
      ],
      "rows": [
        [
          "n2",
          "veth2",
          "tcp",
          "10.0.0.1:40000",
          "10.0.0.2:80",
          1,
          112,
          0,
          0,
          "0.000000",
          "0.000000",
          "SYN",
          "geneve 172.18.0.2 - 172.18.0.3 vni 5",
          "no answer to 1 SYN before the capture ended"
        ],
        [
          "n1",
          "br-ex",
          "tcp",
          "10.0.0.1:40000",
          "10.0.0.2:80",
          2,
          108,
          0,
          0,
          "0.000000",
          "0.100000",
          "SYN",
          null,
          "no answer to 2 SYN before the capture ended; 1 retransmission"
        ],
        [
          "n2",
          "veth2",
          "tcp",
          "10.0.0.2:80",
          "10.0.0.1:40000",
          1,
          58,
          0,
          0,
          "0.100000",
          "0.100000",
          "ACK",
          null,
          null
        ]
      ],
      "total": 3,
      "returned": 3,
      "truncated": false,
      "file": {
        "uri": "ovn://capture/e78e00c056f910e97694a4002e7734d7",
        "bytes": 536
      },
      "gaps": [
        {
          "what": "n2: br-ex",
          "why": "the connection broke off; what was captured until then is told"
        }
      ]
    }
    "#);
    let file = answer.file().expect("a file");
    assert_eq!(Some(&file.uri), answer.file.as_ref().map(|file| &file.uri));
    assert_eq!(file.content[..4], [0x0a, 0x0d, 0x0d, 0x0a]);
    let mut cut = answer.clone();
    cut.keep(1);
    insta::assert_snapshot!(cut.summary, @"4 packets in 3 flows at veth2 (shop_web) of n2 and br-ex of n1 and br-ex of n2; the capture at br-ex of n1 ended early (packets); the capture at br-ex of n2 ended early (the connection broke off); 2 flows are remarkable: tcp 10.0.0.1:40000 to 10.0.0.2:80: no answer to 1 SYN before the capture ended; tcp 10.0.0.1:40000 to 10.0.0.2:80: no answer to 2 SYN before the capture ended; tcp 10.0.0.1:40000 to 10.0.0.2:80: 1 retransmission; 1 flow shown, all are in the file: a narrower filter shows the others; not all could be captured, see gaps");
    assert!(cut.truncated && cut.returned == 1 && cut.total == 3);
}

#[test]
fn silence_and_what_is_no_capture_are_told() {
    let params = params(|params| {
        params.ports = vec!["shop_web".to_owned()];
        params.filter = Some("udp port 53".to_owned());
    });
    let silent = concluded(&params, &[(&pcap(&[]), CaptureEnd::Time)]);
    let broken = concluded(&params, &[(b"<html>nothing of the kind", CaptureEnd::Time)]);
    assert!(silent.file.is_none() && Report::file(&silent).is_none());
    let gap = broken
        .gaps
        .first()
        .map(|gap| format!("{}: {}", gap.what, gap.why));
    let told = [silent.summary, broken.summary, gap.unwrap_or_default()];
    insta::assert_snapshot!(told.join("\n"), @"
    no packet that is udp port 53 passed at veth2 (shop_web) of n2 within 10 s
    no packet that is udp port 53 passed at veth2 (shop_web) of n2 within 10 s; not all could be captured, see gaps
    n2: veth2: it begins with 6d74683c, which no capture does
    ");
}

#[test]
fn one_way_is_not_taken_for_a_missing_answer() {
    let capture = pcap(&[tcp((ONE, 1), (TWO, 80), "SYN", 1, b"")]);
    let of = |change: fn(&mut Params)| {
        let mut params = pods(&["shop/web"]);
        change(&mut params);
        concluded(&params, &[(&capture, CaptureEnd::Time)]).summary
    };
    assert!(of(|_| {}).contains("no answer"));
    assert!(!of(|params| params.direction = Some(Direction::In)).contains("no answer"));
    assert!(!of(|params| params.filter = Some("dst port 80".to_owned())).contains("no answer"));
}

/// The node's own devices: a pod's port, and one that leads nowhere else.
const LINKS: &str = r#"[
    {"ifindex":1,"ifname":"lo"},
    {"ifindex":5,"link_index":2,"ifname":"veth1","link_netnsid":0,"linkinfo":{"info_kind":"veth"}},
    {"ifindex":6,"ifname":"veth1_2","linkinfo":{"info_kind":"tun"}},
    {"ifindex":7,"link_index":2,"ifname":"veth2","link_netnsid":4,"linkinfo":{"info_kind":"veth"}}
]"#;
const NAMESPACES: &str = r#"{"namespaces": [
    {"netnsid": "unassigned", "pid": 1},
    {"netnsid": "0", "pid": 24760}
]}"#;
/// The devices in that namespace.
const LINKS_INSIDE: &str = r#"[
    {"ifindex":1,"ifname":"lo"},
    {"ifindex":2,"link_index":9,"ifname":"net1","link_netnsid":0},
    {"ifindex":2,"link_index":5,"ifname":"eth0","link_netnsid":0}
]"#;

fn inside(change: impl Fn(&mut Params)) -> Params {
    params(|params| {
        params.inside = true;
        change(params);
    })
}

/// What is asked, round by round, where the kernels answer so; and the answer.
fn rounds(params: &Params, links_inside: &str) -> (Vec<String>, PacketsCaptured) {
    let mut snapshot = nodes();
    let (mut asked, mut told): (Vec<Request>, Vec<String>) = Default::default();
    loop {
        let mut requests = PacketCapture::plan(params, &snapshot).expect("a plan");
        requests.retain(|request| !asked.contains(request));
        if requests.is_empty() {
            let answer = PacketCapture::conclude(params, &snapshot).expect("an answer");
            return (told, answer);
        }
        asked.extend_from_slice(&requests);
        for request in requests {
            told.push(format!("{} {}", request.database, request.command));
            let text = match &request.command {
                Command::Capture(capture) => {
                    let packet = tcp((ONE, 40_000), (TWO, 80), "SYN", 1, b"");
                    snapshot.captures.push(CaptureRead {
                        database: request.database,
                        capture: capture.clone(),
                        captured: Captured {
                            bytes: Arc::new(pcap(&[packet])),
                            notes: String::new(),
                            end: CaptureEnd::Time,
                        },
                    });
                    continue;
                }
                Command::Kernel(KernelListing::Links) => LINKS,
                Command::Kernel(KernelListing::Namespaces) => NAMESPACES,
                Command::LinksInside(_) => links_inside,
                other => panic!("{other}"),
            };
            snapshot.outputs.push(Output {
                request,
                text: text.to_owned(),
            });
        }
        told.push(String::new());
    }
}

fn gaps(answer: &PacketsCaptured) -> String {
    let gaps = answer.gaps.iter();
    let gaps: Vec<String> = gaps
        .map(|gap| format!("{}: {}", gap.what, gap.why))
        .collect();
    gaps.join("\n")
}

#[test]
fn the_other_end_of_a_port_is_found_by_what_the_kernel_tells_alone() {
    let asked = inside(|params| params.ports = vec!["shop_cart".to_owned()]);
    let (told, answer) = rounds(&asked, LINKS_INSIDE);
    insta::assert_snapshot!(told.join("\n"), @"
    0 ip -j -d -s link show
    0 lsns -t net -J -o NETNSID,PID

    0 nsenter --net=/proc/24760/ns/net -- ip -j -d -s link show

    0 nsenter --net=/proc/24760/ns/net -- tcpdump -i eth0 -n -p -U --immediate-mode -s 256 -c 1000 -w -
    ");
    insta::assert_snapshot!(answer.summary, @"1 packet in 1 flow at eth0 of shop_cart on n1; 1 flow is remarkable: tcp 10.0.0.1:40000 to 10.0.0.2:80: no answer to 1 SYN before the capture ended");
    assert!(answer.points[0].inside && answer.points[0].interface == "eth0");
    // Other interfaces of the same pod.
    let named = inside(|params| {
        params.pods = vec!["shop/cart".to_owned(), "shop/web".to_owned()];
        params.interfaces = vec!["lo".to_owned(), "any".to_owned()];
    });
    let (told, answer) = rounds(&named, LINKS_INSIDE);
    let captures: Vec<&String> = told
        .iter()
        .filter(|line| line.contains("tcpdump"))
        .collect();
    insta::assert_debug_snapshot!(captures, @r#"
    [
        "0 nsenter --net=/proc/24760/ns/net -- tcpdump -i lo -n -p -U --immediate-mode -s 256 -c 1000 -w -",
        "0 nsenter --net=/proc/24760/ns/net -- tcpdump -i any -n -p -U --immediate-mode -s 256 -c 1000 -w -",
    ]
    "#);
    insta::assert_snapshot!(gaps(&answer), @"
    n1: inside veth1_2: veth1_2 (tun) has no other end in another network namespace
    n2: inside veth2: no process is seen in the network namespace 4, where the other end of veth2 is: programs run where the processes of the node are not seen
    ");
}

#[test]
fn what_is_not_the_pod_s_namespace_is_not_entered() {
    let asked = inside(|params| params.ports = vec!["shop_cart".to_owned()]);
    // Another process has the number meanwhile.
    let (told, answer) = rounds(&asked, r#"[{"ifindex":2,"link_index":9,"ifname":"eth0"}]"#);
    assert!(
        !told.iter().any(|line| line.contains("tcpdump")),
        "{told:?}"
    );
    insta::assert_snapshot!(format!("{}\n{}", answer.summary, gaps(&answer)), @"
    nothing could be captured; not all could be captured, see gaps
    n1: inside veth1: its other end is not where the process 24760 is, so the pod has gone meanwhile: ask again
    ");
    let nowhere = inside(|params| params.interfaces = vec!["eth0".to_owned()]);
    insta::assert_snapshot!(planned(&nowhere), @"`inside` is said, and not which pod is meant (send `pod` (namespace/name) or `port` (a logical port) too)");
}
