//! Filters, files and flows.

use core::net::{IpAddr, Ipv4Addr};
use std::fmt::Write as _;

use etherparse::{IpFragOffset, PacketBuilder, TcpHeader};
use proptest::prelude::*;

use super::*;
use crate::address::{Mac, Network};
use crate::capture::decode::decode;
use crate::capture::term::{Flag, Protocol};

/// Two nodes or pods.
const ONE: ([u8; 6], [u8; 4]) = ([2, 0, 0, 0, 0, 1], [10, 0, 0, 1]);
const TWO: ([u8; 6], [u8; 4]) = ([2, 0, 0, 0, 0, 2], [10, 0, 0, 2]);

type Host = ([u8; 6], [u8; 4]);

/// A capture of these packets of Ethernet, a tenth of a second between.
pub(crate) fn pcap(packets: &[Vec<u8>]) -> Vec<u8> {
    pcap_of(1, packets)
}

fn pcap_of(link: u32, packets: &[Vec<u8>]) -> Vec<u8> {
    let mut file = Vec::new();
    for number in [0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, link] {
        file.extend(u32::to_le_bytes(number));
    }
    for (packet, tenths) in packets.iter().zip(0_u32..) {
        let length = u32::try_from(packet.len()).expect("short");
        let (seconds, micros) = (1_700_000_000 + tenths / 10, tenths % 10 * 100_000);
        for number in [seconds, micros, length, length] {
            file.extend(number.to_le_bytes());
        }
        file.extend(packet);
    }
    file
}

/// A segment of TCP with these flags of the header, a sequence number and data.
pub(crate) fn tcp(
    from: (Host, u16),
    to: (Host, u16),
    flags: &str,
    at: u32,
    data: &[u8],
) -> Vec<u8> {
    let mut header = TcpHeader::new(from.1, to.1, at, 65_535);
    for flag in flags.split(' ').filter(|flag| !flag.is_empty()) {
        match flag {
            "SYN" => header.syn = true,
            "ACK" => header.ack = true,
            "FIN" => header.fin = true,
            "RST" => header.rst = true,
            other => panic!("no flag: {other}"),
        }
    }
    let ((from_mac, from_ip), (to_mac, to_ip)) = (from.0, to.0);
    let builder = PacketBuilder::ethernet2(from_mac, to_mac)
        .ipv4(from_ip, to_ip, 64)
        .tcp_header(header);
    let mut packet = Vec::new();
    builder.write(&mut packet, data).expect("a packet");
    packet
}

fn udp(from: (Host, u16), to: (Host, u16), data: &[u8]) -> Vec<u8> {
    let ((from_mac, from_ip), (to_mac, to_ip)) = (from.0, to.0);
    let builder = PacketBuilder::ethernet2(from_mac, to_mac)
        .ipv4(from_ip, to_ip, 64)
        .udp(from.1, to.1);
    let mut packet = Vec::new();
    builder.write(&mut packet, data).expect("a packet");
    packet
}

fn ping(from: Host, to: Host, is_answer: bool) -> Vec<u8> {
    let builder = PacketBuilder::ethernet2(from.0, to.0).ipv4(from.1, to.1, 64);
    let builder = if is_answer {
        builder.icmpv4_echo_reply(7, 1)
    } else {
        builder.icmpv4_echo_request(7, 1)
    };
    let mut packet = Vec::new();
    builder.write(&mut packet, b"ping").expect("a packet");
    packet
}

/// An error message about a packet of Ethernet.
fn unreachable(by: Host, to: Host, code: u8, of: &[u8]) -> Vec<u8> {
    let builder = PacketBuilder::ethernet2(by.0, to.0)
        .ipv4(by.1, to.1, 64)
        .icmpv4_raw(3, code, [0; 4]);
    let mut packet = Vec::new();
    // The header of IP, and the first bytes behind it.
    builder.write(&mut packet, &of[14..42]).expect("a packet");
    packet
}

fn arp(from: Host, to: [u8; 4], operation: u8) -> Vec<u8> {
    let mut packet = vec![0xff; 6];
    packet.extend(from.0);
    packet.extend([0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, operation]);
    packet.extend(from.0);
    packet.extend(from.1);
    packet.extend([0; 6]);
    packet.extend(to);
    packet
}

/// A packet in a tunnel of Geneve between the two, with an option as OVN has it.
pub(crate) fn geneve(network: u32, inner: &[u8]) -> Vec<u8> {
    let mut data = vec![0x02, 0, 0x65, 0x58];
    data.extend((network << 8).to_be_bytes());
    data.extend([0x01, 0x02, 0x80, 0x01, 0, 1, 0, 2]);
    data.extend(inner);
    udp(
        (([2, 9, 9, 9, 9, 1], [172, 18, 0, 2]), 50_000),
        (([2, 9, 9, 9, 9, 2], [172, 18, 0, 3]), 6081),
        &data,
    )
}

fn shown(link: u32, packets: &[Vec<u8>]) -> String {
    let file = pcap_of(link, packets);
    let capture = Pcap::read(&file).expect("a capture");
    let told = flows(&capture, false);
    let mut text = String::new();
    for flow in &told.flows {
        let _ = write!(
            text,
            "{} {} > {}: {}/{} [{}] < {}/{} [{}]",
            flow.protocol,
            flow.from,
            flow.to,
            flow.forth.packets,
            flow.forth.bytes,
            flow.forth.flags(),
            flow.back.packets,
            flow.back.bytes,
            flow.back.flags()
        );
        if let Some(tunnel) = flow.tunnel {
            let _ = write!(text, " {tunnel:?} {:?}", flow.networks);
        }
        if let Some(vlan) = flow.vlan {
            let _ = write!(text, " vlan {vlan}");
        }
        text.push_str(
            &flow
                .remarks
                .iter()
                .map(|remark| format!(" | {remark}"))
                .collect::<String>(),
        );
        text.push('\n');
    }
    if told.unknown > 0 {
        let _ = writeln!(text, "{} unknown", told.unknown);
    }
    text
}

#[test]
fn a_connection_is_one_flow_both_ways_and_what_comes_again_is_counted() {
    let (a, b) = ((ONE, 40_000), (TWO, 80));
    let packets = [
        tcp(a, b, "SYN", 100, b""),
        tcp(b, a, "SYN ACK", 500, b""),
        tcp(a, b, "ACK", 101, b""),
        tcp(a, b, "ACK", 101, b"hello"),
        tcp(a, b, "ACK", 101, b"hello"),
        tcp(b, a, "ACK", 501, b"world"),
        tcp(a, b, "FIN ACK", 106, b""),
        tcp(b, a, "FIN ACK", 506, b""),
    ];
    insta::assert_snapshot!(shown(1, &packets), @"tcp 10.0.0.1:40000 > 10.0.0.2:80: 5/280 [SYN ACK FIN] < 3/167 [SYN ACK FIN] | 1 retransmission");
}

#[test]
fn what_is_wrong_with_a_conversation_is_remarked() {
    let refused = [
        tcp((ONE, 1), (TWO, 81), "SYN", 1, b""),
        tcp((TWO, 81), (ONE, 1), "RST ACK", 0, b""),
    ];
    let silent = [
        tcp((ONE, 2), (TWO, 82), "SYN", 1, b""),
        tcp((ONE, 2), (TWO, 82), "SYN", 1, b""),
    ];
    let question = udp((ONE, 3), (TWO, 53), b"who");
    let unreachable = unreachable(([2, 0, 0, 0, 0, 9], [10, 0, 0, 254]), ONE, 3, &question);
    let mut packets = Vec::new();
    packets.extend(refused);
    packets.extend(silent);
    packets.extend([question, unreachable]);
    packets.extend([
        ping(ONE, TWO, false),
        ping(TWO, ONE, true),
        ping(ONE, TWO, false),
        arp(ONE, [10, 0, 0, 7], 1),
        arp(ONE, TWO.1, 1),
        arp(TWO, ONE.1, 2),
        // Nobody is asked, only told.
        arp(TWO, TWO.1, 1),
    ]);
    insta::assert_snapshot!(shown(1, &packets), @"
    tcp 10.0.0.1:1 > 10.0.0.2:81: 1/54 [SYN] < 1/54 [ACK RST] | refused by 10.0.0.2:81
    tcp 10.0.0.1:2 > 10.0.0.2:82: 2/108 [SYN] < 0/0 [] | no answer to 2 SYN | 1 retransmission
    udp 10.0.0.1:3 > 10.0.0.2:53: 1/45 [] < 0/0 [] | 10.0.0.254 says: port unreachable
    icmp 10.0.0.254 > 10.0.0.1: 1/70 [] < 0/0 [] | port unreachable for udp 10.0.0.1:3 to 10.0.0.2:53
    icmp 10.0.0.1 > 10.0.0.2: 2/92 [] < 1/46 [] | 1 of 2 requests without an answer
    arp 10.0.0.1 > 10.0.0.7: 1/42 [] < 0/0 [] | 1 of 1 requests without an answer
    arp 10.0.0.1 > 10.0.0.2: 1/42 [] < 1/42 []
    arp 10.0.0.2 > 10.0.0.2: 1/42 [] < 0/0 []
    ");
}

#[test]
fn packets_in_tunnels_are_told_by_what_is_inside() {
    let (a, b) = ((ONE, 40_000), (TWO, 80));
    let mut tagged = tcp(a, b, "ACK", 1, b"");
    tagged.splice(12..12, [0x81, 0, 0, 100]);
    let packets = [
        geneve(5, &tcp(a, b, "SYN", 100, b"")),
        geneve(6, &tcp(b, a, "SYN ACK", 100, b"")),
        tagged,
        // No frame is inside.
        udp((ONE, 9), (TWO, 6081), b"x"),
    ];
    insta::assert_snapshot!(shown(1, &packets), @r#"
    tcp 10.0.0.1:40000 > 10.0.0.2:80: 1/112 [SYN] < 1/112 [SYN ACK] ("geneve", 172.18.0.2, 172.18.0.3) {5, 6}
    tcp 10.0.0.1:40000 > 10.0.0.2:80: 1/58 [ACK] < 0/0 [] vlan 100
    udp 10.0.0.1:9 > 10.0.0.2:6081: 1/43 [] < 0/0 []
    "#);
}

#[test]
fn frames_of_all_interfaces_and_without_headers_are_told() {
    let segment = tcp((ONE, 1), (TWO, 2), "ACK", 1, b"");
    let mut cooked = vec![0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x08, 0x00];
    cooked.extend(&segment[14..]);
    let mut cooked_2 = vec![
        0x08, 0x00, 0, 0, 0, 0, 0, 3, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0,
    ];
    cooked_2.extend(&segment[14..]);
    let told = [
        shown(113, &[cooked]),
        shown(276, &[cooked_2]),
        shown(101, &[segment[14..].to_vec()]),
        shown(
            1,
            &[
                [&segment[..12], &[0x88, 0xcc, 1, 2, 3, 4]].concat(),
                vec![1, 2, 3],
            ],
        ),
        shown(9_999, &[segment]),
    ];
    insta::assert_snapshot!(told.concat(), @"
    tcp 10.0.0.1:1 > 10.0.0.2:2: 1/56 [ACK] < 0/0 []
    tcp 10.0.0.1:1 > 10.0.0.2:2: 1/60 [ACK] < 0/0 []
    tcp 10.0.0.1:1 > 10.0.0.2:2: 1/40 [ACK] < 0/0 []
    lldp 02:00:00:00:00:01 > 02:00:00:00:00:02: 1/18 [] < 0/0 []
    1 unknown
    1 unknown
    ");
}

#[test]
fn a_fragment_has_no_ports() {
    let mut ip = etherparse::Ipv4Header::new(8, 64, etherparse::IpNumber::UDP, ONE.1, TWO.1)
        .expect("a header");
    ip.fragment_offset = IpFragOffset::try_new(100).expect("an offset");
    let mut packet = [&TWO.0[..], &ONE.0, &[0x08, 0]].concat();
    packet.extend(&ip.to_bytes());
    packet.extend([1; 8]);
    insta::assert_snapshot!(shown(1, &[packet]), @"udp 10.0.0.1 > 10.0.0.2: 1/42 [] < 0/0 []");
}

#[test]
fn a_capture_that_is_cut_is_read_up_to_there_and_what_is_none_is_refused() {
    let packets = [udp((ONE, 1), (TWO, 2), b"x"), udp((ONE, 1), (TWO, 2), b"y")];
    let file = pcap(&packets);
    let whole = Pcap::read(&file).expect("a capture");
    assert_eq!((whole.packets.len(), whole.is_cut), (2, false));
    assert_eq!(whole.packets[1].bytes, packets[1]);
    let cut = Pcap::read(&file[..file.len() - 1]).expect("a capture");
    assert_eq!((cut.packets.len(), cut.is_cut), (1, true));
    // The other order of bytes, and nanoseconds.
    let mut big = Vec::new();
    for number in [
        0xa1b2_3c4d_u32,
        0x0002_0004,
        0,
        0,
        100,
        1,
        5,
        999_999_999,
        1,
        60,
    ] {
        big.extend(number.to_be_bytes());
    }
    big.push(0xff);
    let big = Pcap::read(&big).expect("a capture");
    let packet = big.packets[0];
    assert_eq!(
        (packet.time.as_nanosecond(), packet.length),
        (5_999_999_999, 60)
    );
    let errors = [&b""[..], b"abc", b"GET / HTTP/1.1", &file[..20]]
        .map(|bytes| Pcap::read(bytes).expect_err("no capture").to_string());
    insta::assert_snapshot!(errors.join("\n"), @"
    0 bytes are no capture
    3 bytes are no capture
    it begins with 20544547, which no capture does
    20 bytes are no capture
    ");
}

#[test]
fn one_file_holds_the_packets_of_several_places_in_the_order_of_time() {
    let (one, two) = (pcap(&[vec![1; 60], vec![2; 61]]), pcap(&[vec![3; 60]]));
    let place = |name: &str, file| Place {
        name: name.to_owned(),
        capture: Pcap::read(file).expect("a capture"),
    };
    let file = write(&[place("one", &one), place("two", &two)]);
    let mut kinds = Vec::new();
    let mut rest = &file[..];
    while !rest.is_empty() {
        let word = |at: usize| u32::from_le_bytes(rest[at..at + 4].try_into().expect("four"));
        let length = usize::try_from(word(4)).expect("short");
        assert_eq!(word(length - 4), word(4), "the length stands behind, too");
        assert_eq!(length % 4, 0);
        kinds.push((word(0), word(8)));
        rest = &rest[length..];
    }
    let [section, places @ .., _, _, _] = kinds.as_slice() else {
        panic!("{kinds:?}");
    };
    assert_eq!(section.0, 0x0a0d_0d0a);
    assert_eq!(places.len(), 2);
    // Those of the first tenth of a second come first.
    let of: Vec<u32> = kinds[3..].iter().map(|(_, place)| *place).collect();
    assert_eq!(of, [0, 1, 0]);
}

fn filter(text: &str) -> String {
    match text.parse::<Filter>() {
        Ok(filter) => format!("{filter}  =>  {}", filter.for_program()),
        Err(error) => format!("{text}: {error} ({})", error.hint()),
    }
}

#[test]
fn filters_are_written_anew_from_what_they_say() {
    let texts = [
        "tcp port 80",
        "host 10.0.0.1&&!port 22",
        "(src net 10.0.0.1/8 or dst host fd00::1) and udp dst portrange 30000-32767",
        "10.244.1.5 or src 10.244.1.6 or dst 10.244.0.0/16",
        "not (icmp or icmp6 or arp)",
        "ether host 0A:58:0a:f4:00:05 and ether dst ff:ff:ff:ff:ff:ff and ether proto 0x88cc",
        "tcp-rst or tcp-syn",
        "vlan 100 and geneve and geneve 5 and vlan",
        "proto 47 or igmp or broadcast or multicast",
        "sctp src port 5000",
    ];
    insta::assert_snapshot!(texts.map(filter).join("\n"), @"
    tcp port 80  =>  tcp port 80
    host 10.0.0.1 and (not port 22)  =>  host 10.0.0.1 and (not port 22)
    (src net 10.0.0.0/8 or dst host fd00::1) and udp dst portrange 30000-32767  =>  (src net 10.0.0.0/8 or dst host fd00::1) and udp dst portrange 30000-32767
    host 10.244.1.5 or src host 10.244.1.6 or dst net 10.244.0.0/16  =>  host 10.244.1.5 or src host 10.244.1.6 or dst net 10.244.0.0/16
    not (icmp or icmp6 or arp)  =>  not (icmp or icmp6 or arp)
    ether host 0a:58:0a:f4:00:05 and ether dst ff:ff:ff:ff:ff:ff and ether proto 0x88cc  =>  ether host 0a:58:0a:f4:00:05 and ether dst ff:ff:ff:ff:ff:ff and ether proto 0x88cc
    tcp-rst or tcp-syn  =>  (tcp[13] & 4 != 0 or (ip6[6] = 6 and ip6[53] & 4 != 0)) or (tcp[13] & 2 != 0 or (ip6[6] = 6 and ip6[53] & 2 != 0))
    vlan 100 and geneve and geneve 5 and vlan  =>  vlan 100 and geneve and geneve 5 and vlan
    proto 47 or igmp or broadcast or multicast  =>  (ip proto 47 or ip6 proto 47) or igmp or broadcast or multicast
    sctp src port 5000  =>  sctp src port 5000
    ");
}

#[test]
fn what_is_no_filter_is_refused_with_what_to_write() {
    let deep = format!("{}ip", "(".repeat(40));
    let texts = [
        "",
        "-w /tmp/x",
        "port",
        "port http",
        "port 70000",
        "host web",
        "net 10.0.0.0/33",
        "tcp and",
        "(tcp",
        "tcp)",
        "tcp udp",
        "a or b and c",
        "ip or tcp and udp",
        "icmp port 5",
        "portrange 5-4",
        "vlan 5000",
        "tcp[13] & 4 != 0",
        "ether host 1",
        &deep,
    ];
    let told = texts.map(|text| {
        let told = filter(text);
        // What can be written is the same each time.
        told.replace("write [src|dst] host ADDRESS, [src|dst] net CIDR, [tcp|udp|sctp] [src|dst] port N, portrange N-M, ether host MAC, ether proto N, proto N, vlan N, geneve N, ip, ip6, arp, tcp, udp, sctp, icmp, icmp6, igmp, tcp-syn, tcp-fin, tcp-rst, broadcast or multicast, with and, or, not and parentheses between", "GRAMMAR")
    });
    insta::assert_snapshot!(told.join("\n"), @r#"
    : what to capture is missing (GRAMMAR)
    -w /tmp/x: "-w" is nothing that a filter can say (GRAMMAR)
    port: a port's number is missing after "port" (GRAMMAR)
    port http: "http" is not a port's number (write a number from 0 to 65535)
    port 70000: "70000" is not a port's number (write a number from 0 to 65535)
    host web: "web" is no IP address (names are not resolved: write the address)
    net 10.0.0.0/33: "10.0.0.0/33" is no network (write one as 10.244.0.0/16 or fd00::/64)
    tcp and: what to capture is missing after "and" (GRAMMAR)
    (tcp: `)` is missing after "tcp" (GRAMMAR)
    tcp): a `)` closes nothing (GRAMMAR)
    tcp udp: `and` or `or` is missing before "udp" (GRAMMAR)
    a or b and c: "a" is nothing that a filter can say (GRAMMAR)
    ip or tcp and udp: `and` and `or` stand side by side, which can be read in two ways (put parentheses around what belongs together)
    icmp port 5: icmp has no ports (GRAMMAR)
    portrange 5-4: "5-4" is no range of ports (write one as 30000-32767)
    vlan 5000: "5000" is not a VLAN (write a number from 0 to 4095)
    tcp[13] & 4 != 0: "tcp[13]" is nothing that a filter can say (GRAMMAR)
    ether host 1: "1" is no MAC address (write one as 0a:58:0a:f4:00:05)
    ((((((((((((((((((((((((((((((((((((((((ip: parentheses and `not` stand more than 16 deep (GRAMMAR)
    "#);
}

fn side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Any), Just(Side::Source), Just(Side::Destination)]
}

fn address() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        any::<[u8; 4]>().prop_map(|bytes| IpAddr::V4(Ipv4Addr::from(bytes))),
        any::<[u8; 16]>().prop_map(IpAddr::from),
    ]
}

fn term() -> impl Strategy<Value = Term> {
    let transport = prop_oneof![
        Just(None),
        Just(Some(Protocol::Tcp)),
        Just(Some(Protocol::Udp)),
        Just(Some(Protocol::Sctp))
    ];
    prop_oneof![
        proptest::sample::select(Protocol::ALL.to_vec()).prop_map(Term::Protocol),
        proptest::sample::select(Flag::ALL.to_vec()).prop_map(Term::Flag),
        (side(), address()).prop_map(|(side, address)| Term::Host(side, address)),
        (side(), address(), 0_u8..=32).prop_map(|(side, address, prefix)| {
            Term::Net(side, Network { address, prefix }.canonical())
        }),
        (transport, side(), any::<u16>(), any::<u16>())
            .prop_map(|(of, side, one, two)| { Term::Ports(of, side, one.min(two), one.max(two)) }),
        (side(), any::<[u8; 6]>()).prop_map(|(side, mac)| Term::Mac(side, Mac(mac))),
        any::<u16>().prop_map(Term::EtherType),
        any::<u8>().prop_map(Term::IpProtocol),
        proptest::option::of(0_u16..=4095).prop_map(Term::Vlan),
        proptest::option::of(0_u32..=0xff_ffff).prop_map(Term::Geneve),
        Just(Term::Broadcast),
        Just(Term::Multicast),
    ]
}

fn any_filter() -> impl Strategy<Value = Filter> {
    term()
        .prop_map(Filter::Term)
        .prop_recursive(3, 24, 4, |inner| {
            let several = || proptest::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                inner
                    .clone()
                    .prop_map(|filter| Filter::Not(Box::new(filter))),
                several().prop_map(Filter::And),
                several().prop_map(Filter::Or),
            ]
        })
}

proptest! {
    #[test]
    fn whatever_filter_is_written_is_read_back(filter in any_filter()) {
        let text = filter.to_string();
        prop_assume!(text.len() <= 2_000);
        prop_assert_eq!(text.parse::<Filter>(), Ok(filter));
    }

    #[test]
    fn no_text_reaches_the_program_but_as_typed_terms(
        words in proptest::collection::vec("[ -~]{0,6}|host|port|80|and|or|not|\\(|\\)|10.0.0.1|-w|tcp|\\PC{1,3}", 0..12),
    ) {
        if let Ok(filter) = words.join(" ").parse::<Filter>() {
            let text = filter.for_program();
            let plain = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || " .:/()[]&!=-".contains(letter)
            };
            prop_assert!(text.chars().all(plain), "{}", text);
            prop_assert!(!text.starts_with('-') && !text.contains(" -"), "{}", text);
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(link in prop_oneof![Just(1_u16), Just(113), Just(276), Just(101), any::<u16>()], bytes: Vec<u8>) {
        let _ = decode(link, &bytes);
        let _ = Pcap::read(&bytes).map(|capture| flows(&capture, false));
    }

    #[test]
    fn a_capture_changed_anywhere_is_read_without_a_panic(
        at in any::<prop::sample::Index>(),
        byte: u8,
        cut in any::<prop::sample::Index>(),
    ) {
        let (a, b) = ((ONE, 40_000), (TWO, 80));
        let mut file = pcap(&[
            geneve(5, &tcp(a, b, "SYN", 100, b"x")),
            ping(ONE, TWO, false),
            arp(ONE, TWO.1, 1),
            unreachable(TWO, ONE, 1, &tcp(a, b, "SYN", 100, b"")),
        ]);
        let at = at.index(file.len());
        file[at] = byte;
        file.truncate(cut.index(file.len() + 1));
        if let Ok(capture) = Pcap::read(&file) {
            let told = flows(&capture, false);
            let packets: u64 = told.flows.iter().map(|flow| flow.forth.packets + flow.back.packets).sum();
            prop_assert_eq!(usize::try_from(packets + told.unknown).expect("few"), capture.packets.len());
            write(&[Place { name: "x".to_owned(), capture }]);
        }
    }
}
