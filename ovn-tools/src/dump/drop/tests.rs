//! Lines of both programs, real and any.

use proptest::prelude::*;

use super::*;

/// **Source**: an event of retis 1.6.0 as its own tests hold it (`test_events_packets.json`),
/// without the sections that are not read, and with a stack as its documentation shows one.
const RETIS: &str = r#"{"common":{"timestamp":30415793489711},"startup":{"retis_version":"v1.6.0","clock_monotonic_offset":{"sec":1742309146,"nsec":691042000}}}
{"common":{"timestamp":30419169457160,"smp_id":6,"task":{"pid":985,"tgid":995,"comm":"handler8"}},"kernel":{"symbol":"skb:kfree_skb","probe_type":"raw_tracepoint","stack_trace":["bpf_prog_88089ccd9794be3a_sd_devices+0x3601","bpf_trace_run3+0x52","kfree_skb_reason+0x8f","icmp_rcv+0x77","ip_protocol_deliver_rcu+0x6b"]},"skb-drop":{"drop_reason":"NO_SOCKET"},"packet":{"len":98,"capture_len":98,"data":"psIRcVlF+ly9jswBCABFAABUTCMAAEABsx/AqH0LwKh9CgAASFpxTAAB7f3ZZwAAAACzHw0AAAAAABAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc="},"skb":{},"netns":{"cookie":3,"inum":4026532741},"dev":{"name":"veth-ns01","ifindex":11,"rx_ifindex":11}}
{"common":{"timestamp":1},"kernel":{"symbol":"skb:kfree_skb","probe_type":"raw_tracepoint"},"skb-drop":{"subsys":"openvswitch","drop_reason":"OVS_DROP_EXPLICIT"},"packet":{"len":4,"capture_len":4,"data":"AAAA"}}
{"common":{"timestamp":2},"kernel":{"symbol":"net:netif_receive_skb","probe_type":"raw_tracepoint"}}
WARN  lost 3 event(s)
{"common":{"timestamp":3},"kernel":{"symbol":"skb:kfr"#;

/// **Source**: the members are those that pwru 1.0.12 prints with the options asked for; the
/// values of the first line are those of its issue 429, of the third those of its pull request 148.
const PWRU: &str = r#"{"skb":"0xffff997d135cf300","cpu":17,"process":"~system-x86:3433","func":"sk_skb_reason_drop","caller_func":"nft_do_chain","netns":4026531840,"iface":"vgif_r2_1:13","proto":2048,"mtu":1500,"len":100,"tuple":{"saddr":"172.16.0.1","daddr":"172.16.0.2","proto":1}}
{"skb":"0xffff997d135cf301","func":"sk_skb_reason_drop (131073)","caller_func":"ovs_dp_process_packet","netns":4026531840,"iface":"~23456789abcd:21","tuple":{"saddr":"[fd00::1]","daddr":"[fd00::2]","sport":40000,"dport":53,"proto":17}}
{"skb":"0xffff936378692ce8","cpu":6,"process":"curl:77","func":"kfree_skb_reason(SKB_DROP_REASON_NETFILTER_DROP)","caller_func":"nf_hook_slow","iface":"0","tuple":{"saddr":"172.20.10.2","daddr":"1.1.1.1","sport":33918,"dport":4240,"proto":6}}
{"skb":"0xffff936378692ce9","func":"sk_skb_reason_drop(SKB_CONSUMED)","iface":"7","tuple":{}}
{"skb":"0xffff936378692cea","func":"kfree_skb","caller_func":"kfree_skb_list_reason","iface":"7","tuple":{}}
{"skb":"0xffff936378692ceb","func":"ip_rcv","tuple":{}}
{"skb":"0xffff9363"#;

fn shown(told: &Told) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let drops = told.drops.items.iter().map(|drop| {
        let (device, netns) = (&drop.device, drop.netns);
        let words = [
            &drop.reason,
            &drop.function,
            &drop.protocol,
            &drop.from,
            &drop.to,
        ]
        .map(text);
        format!("{} {device:?} {netns:?}", words.join(" "))
    });
    let other = told.drops.other.iter().map(|line| format!("? {line}"));
    let lines: Vec<String> = drops.chain(other).collect();
    lines.join("\n")
}

#[test]
fn what_retis_tells_of_drops_is_read_and_the_rest_is_kept() {
    let told = Told::by_retis(RETIS);
    assert!(told.has_listened);
    insta::assert_snapshot!(shown(&told), @r#"
    NO_SOCKET icmp_rcv icmp 192.168.125.11 192.168.125.10 Some(Name("veth-ns01")) Some(4026532741)
    openvswitch/OVS_DROP_EXPLICIT - - - - None None
    ? {"common":{"timestamp":2},"kernel":{"symbol":"net:netif_receive_skb","probe_type":"raw_tracepoint"}}
    ? WARN  lost 3 event(s)
    "#);
    assert!(!Told::by_retis("").has_listened);
}

#[test]
fn what_pwru_tells_of_drops_is_read_and_the_rest_is_kept() {
    let told = Told::by_pwru(PWRU, "2026/11/21 10:00:00 Listening for events..\n");
    assert!(told.has_listened);
    insta::assert_snapshot!(shown(&told), @r#"
    - nft_do_chain icmp 172.16.0.1 172.16.0.2 Some(Name("vgif_r2_1")) Some(4026531840)
    131073 ovs_dp_process_packet udp [fd00::1]:40000 [fd00::2]:53 Some(End("23456789abcd")) Some(4026531840)
    NETFILTER_DROP nf_hook_slow tcp 172.20.10.2:33918 1.1.1.1:4240 None None
    - - - - - Some(Number(7)) None
    ? {"skb":"0xffff936378692ceb","func":"ip_rcv","tuple":{}}
    "#);
    assert!(!Told::by_pwru(PWRU, "Attaching kprobes (via kprobe-multi)...").has_listened);
}

proptest! {
    #[test]
    fn every_whole_line_is_a_drop_or_kept(lines in prop::collection::vec("[ -~]{1,40}", 0..6)) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let lines = lines.iter().filter(|line| !line.trim().is_empty()).count();
        for told in [Told::by_retis(&text), Told::by_pwru(&text, "")] {
            prop_assert_eq!(told.drops.items.len() + told.drops.other.len(), lines);
        }
    }

    #[test]
    fn no_text_panics(text: String, notes: String) {
        let _ = (Told::by_retis(&text), Told::by_pwru(&text, &notes));
    }

    #[test]
    fn a_text_that_is_cut_tells_a_part_of_the_whole(cut in 0..RETIS.len().min(PWRU.len())) {
        let whole = (Told::by_retis(RETIS), Told::by_pwru(PWRU, ""));
        let part = (Told::by_retis(&RETIS[..cut]), Told::by_pwru(&PWRU[..cut], ""));
        for (part, whole) in [(part.0, whole.0), (part.1, whole.1)] {
            prop_assert!(whole.drops.items.starts_with(&part.drops.items));
            prop_assert!(whole.drops.other.starts_with(&part.drops.other));
        }
    }
}
