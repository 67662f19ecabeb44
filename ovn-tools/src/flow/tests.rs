//! The language, in small texts and in those that northd writes.

use ovn_schemas::sb;
use proptest::prelude::*;

use crate::database::Database;
use crate::flow::{Action, Actions, Match, Value};
use crate::tool::recording;

#[track_caller]
fn same(text: &str) {
    let parsed = Match::parse(text).map(|read| read.to_string());
    assert_eq!(parsed.as_deref(), Ok(text));
}

#[track_caller]
fn wrong(text: &str, expected: &str) {
    let error = Match::parse(text).map_err(|error| error.to_string());
    assert_eq!(error, Err(expected.to_owned()), "{text}");
}

/// The text without spaces, so that only what means something is compared.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_form_prints_as_it_was_written() {
    for text in [
        "1",
        "ip4",
        "!ip4 && !(tcp || udp)",
        "(ip4.src == $a1 || ip4.src == $a2) && ip4.dst == $a3",
        "ip4.src == {$a1, 10.0.0.0/8} && tcp.dst == 80",
        "inport == \"rtos-a\" && eth.mcast",
        "outport == @pg && is_chassis_resident(\"cr-a\")",
        "reg0[1] == 1 && ct_label[0..7] != 0x3/0xff && flags.loopback",
        "1 <= ip.ttl < 10",
        "80 == tcp.dst",
        "ip6.dst == fe80::1/64 && eth.dst == 33:33:00:00:00:00/ff:ff:00:00:00:00",
        "ip4.dst == ^VIP && ct.new",
        "ip.ttl == {0, 1}",
    ] {
        same(text);
    }
    let comment = Match::parse("ip4.dst==172.18.0.2 /* worker-a */");
    assert_eq!(
        comment.unwrap().to_string(),
        "ip4.dst == 172.18.0.2 /* worker-a */"
    );
}

#[test]
fn what_is_no_match_says_where() {
    wrong("", "a field, a constant or `(` is missing at byte 0");
    wrong("ip4.src ==", "a constant is missing at byte 10");
    wrong("(ip4", "`)` is missing at byte 4");
    wrong(
        "ip4 && tcp || udp",
        "`&&` and `||` need parentheses, or the text should end at byte 11",
    );
    wrong("inport == \"a", "nothing of the language begins at byte 10");
    wrong("reg0[x]", "a bit's number is missing at byte 5");
    wrong("ip4.src == $", "nothing of the language begins at byte 11");
    wrong(&"(".repeat(1000), "the parentheses go too deep at byte 100");
}

#[test]
fn fields_constants_and_what_every_packet_must_have_can_be_asked_for() {
    let text = "inport == \"a\" && (ip4.src == $s || ip4.src == 10.0.0.1) && !ct.new";
    let expression = Match::parse(text).unwrap().expression;
    let fields: Vec<String> = expression
        .fields()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(fields, ["inport", "ip4.src", "ip4.src", "ct.new"]);
    let values: Vec<String> = expression
        .values()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(values, ["\"a\"", "$s", "10.0.0.1"]);
    assert_eq!(expression.required("inport"), [&Value::Text("a".into())]);
    assert!(expression.required("ip4.src").is_empty());
}

#[test]
fn actions_become_a_tree_and_print_as_they_were_written() {
    for text in [
        "next;",
        "next(pipeline=ingress, table=5);",
        "reg0[0] = 1; next;",
        "eth.dst <-> eth.src; ip.ttl--; output;",
        "ct_lb_mark(backends=10.244.0.5:8080,10.244.1.5:8080; hash_fields=\"ip_src\");",
        "ct_commit { ct_mark.blocked = 0; ct_label.label = 3; }; next;",
        "reg0[9] = check_pkt_larger(1514); next;",
        "arp { eth.dst = ff:ff:ff:ff:ff:ff; output; };",
        "log(verdict=drop, name=\"a;b)\", meter=\"m\"); /* drop */",
    ] {
        assert_eq!(Actions::parse(text).to_string(), text);
    }
    let actions = Actions::parse("ct_commit { ct_mark.blocked = 0; }; @@; next;");
    assert_eq!(actions.names(), ["ct_commit", "ct_mark.blocked", "next"]);
    assert_eq!(actions.unknown(), 1);
}

#[test]
fn a_value_that_leaves_a_quote_or_a_bracket_open_is_kept_verbatim() {
    for text in [
        "tcp = 80x[1\"3] != {1, 2}",
        "reg0 = {1",
        "eth.src <-> (eth.dst",
    ] {
        let actions = Actions::parse(text);
        assert_eq!(actions, Actions(vec![Action::Other(text.into())]));
    }
}

#[test]
fn every_flow_of_the_demo_is_understood_and_prints_as_northd_wrote_it() {
    let demo = recording::demo();
    let mut flows = 0;
    for read in demo.of(Database::Sb, None) {
        for row in read.rows.rows::<sb::LogicalFlow>() {
            flows += 1;
            let text = row.match_();
            let parsed = Match::parse(text).map(|read| bare(&read.to_string()));
            assert_eq!(parsed, Ok(bare(text)), "{text}");
            let text = row.actions();
            let actions = Actions::parse(text);
            assert_eq!(actions.unknown(), 0, "{text}");
            let printed = bare(&actions.to_string()).replace(';', "");
            assert_eq!(printed, bare(text).replace(';', ""), "{text}");
        }
    }
    assert!(flows > 500, "{flows}");
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*|[a-z0-9.$@^!&|(){}\\[\\]<>=\",;:/ -]{0,60}") {
        let _ = Match::parse(&text);
        let actions = Actions::parse(&text);
        let _ = (actions.unknown(), actions.names());
    }

    #[test]
    fn what_is_printed_is_read_back(text in "((ip4|tcp.dst == 80|!ct.new|\\(a == \"b\" \\|\\| 1\\)|x\\[1..3\\] != \\{1, 2\\})( && )?){1,6}") {
        if let Ok(read) = Match::parse(&text) {
            prop_assert_eq!(Match::parse(&read.to_string()), Ok(read));
        }
        let actions = Actions::parse(&text);
        if actions.unknown() > 0 {
            return Ok(());
        }
        prop_assert_eq!(Actions::parse(&actions.to_string()), actions);
    }
}
