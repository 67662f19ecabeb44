//! Redaction of text and of databases.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::tool::recording;

fn redactor() -> Redactor {
    Redactor::new([7; 32])
}

fn expression(redactor: &mut Redactor, text: &str) -> String {
    redactor.rewrite(text, true)
}

#[test]
fn names_and_addresses_are_replaced_and_the_rest_stays() {
    let mut redactor = redactor();
    let lines = [
        "worker-a",
        "GR_worker-a",
        "rtos-worker-a-6c0f5c1e-8b0a-4d5e-9a6b-0f3d2f7a1b01",
        "shop_cart-0",
        "0a:58:0a:f4:00:05 10.244.0.5 fd00:10:244::5",
        "10.244.0.0/16",
        "10.244.0.5/16",
        "fd00:10:244::/48",
        "[fd00:10:244::5]:443,10.244.0.5:80",
        "ip-10-244-0-5.example.com",
        "02:42:ac:12:00:02",
        "0.0.0.0/0 ::/0 255.255.255.0 224.0.0.1 127.0.0.1 ::1 ff02::1 169.254.169.5",
        "8.8.8.8 fe80::858:aff:fef4:5",
        "ff:ff:ff:ff:ff:ff 01:00:5e:00:00:01 33:33:00:00:00:01",
        "tcp:172.18.0.2:6642",
        "23.03.1-20.27.0-70.6",
        "default-network-controller:NetpolNode:worker-a:10.244.0.2",
        "{\"node\":\"worker-a\\nworker-b\"}",
        "größe",
        "",
    ];
    let redacted = lines.map(|line| format!("{line} → {}", redactor.text(line)));
    insta::assert_snapshot!(redacted.join("\n"));
}

#[test]
fn matches_keep_their_language_and_lose_their_names() {
    let mut redactor = redactor();
    let lines = [
        "inport == \"shop_cart-0\" && ip4.src == {10.244.0.5, 10.244.0.0/24} && tcp.dst == 80",
        "(arp||nd)&&ip4 && outport == @a10578530130364489152 /* worker-a */ && flags.loopback == 1",
        "ip4.src == {$a10462039644706838307} && ip4.dst == ^NODEIP_IPv4_0",
        "ip4.src == $as_web.shop_ip4 && eth.src == $svc_monitor_mac && inport == @pg_shop",
        "eth.dst = 0a:58:0a:f4:00:05; outport = \"_MC_flood\"; reg0 = 0xa9fe0102; next;",
        "log(name=\"NP:shop:Egress\", severity=info, verdict=drop); ct_lb_mark(backends=10.244.0.5:8080);",
    ];
    let redacted = lines.map(|line| format!("{line}\n→ {}", expression(&mut redactor, line)));
    insta::assert_snapshot!(redacted.join("\n"));
}

#[test]
fn the_same_is_replaced_by_the_same_in_every_database() {
    let mut redactor = redactor();
    let read = recording::read(
        Database::Nb,
        "",
        &[
            json!({"name": "OVN_Northbound", "version": "7.0.0", "tables": {"ACL": {"columns": {
                "name": {"type": {"key": {"type": "string", "maxLength": 6}, "min": 0}},
                "match": {"type": "string"},
                "action": {"type": {"key": {"type": "string", "enum": ["set", ["allow", "pass"]]}}},
                "external_ids": {"type": {"key": "string", "value": "string", "min": 0,
                                          "max": "unlimited"}}}}}}),
            json!({"ACL": {"aaaaaaaa-0000-4000-8000-000000000001": {
                "name": "cart-1", "action": "pass", "match": "inport == \"cart\" && tcp",
                "external_ids": ["map", [["k8s.ovn.org/name", "cart"], ["stage-hint", "deadbeef"],
                                         ["cart", "10.244.0.5"]]]}}}),
        ],
    );
    let table = read.rows.table("ACL").expect("a table");
    let row = table.iter().next().expect("a row");
    let mut of = redactor.of(Database::Nb);
    let shown =
        row.values(table.layout())
            .map(|(name, value)| match of.value("ACL", name, value) {
                Some(datum) => format!("{name}: {datum}"),
                None => format!("{name}: as it is"),
            });
    insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n"));
    assert_eq!(redactor.text("cart"), redactor.text("cart"));
    assert_eq!(redactor.replaced().ip_addresses, 1);
}

proptest! {
    #[test]
    fn any_text_is_cut_into_pieces_that_are_all_of_it(text in "(\\PC|[0-9a-f:.\\-/\\\\\"]){0,40}") {
        let mut rest = text.as_str();
        for token in tokens(&text) {
            match token {
                Token::Word(piece) | Token::Other(piece) => {
                    rest = rest.strip_prefix(piece).expect("the piece stands here");
                }
                // How an address is spelled is not kept; it ends where the next piece begins.
                Token::Ip(_) | Token::Mac(_) => return Ok(()),
            }
        }
        prop_assert_eq!(rest, "");
    }

    #[test]
    fn different_names_stay_different(a in "[a-z]{1,6}(-[a-z0-9]{1,4}){0,2}", b in "[a-z]{1,6}(-[a-z0-9]{1,4}){0,2}") {
        let mut redactor = redactor();
        prop_assert_eq!(redactor.text(&a) == redactor.text(&b), a == b);
    }

    #[test]
    fn any_address_is_found_wherever_it_stands(bits in any::<u32>(), before in "[a-z_ =,(]{0,4}", after in "[ ,);:/]?") {
        prop_assume!(!before.ends_with(|c: char| c.is_alphanumeric()));
        let address = core::net::Ipv4Addr::from(bits);
        let tokens_found = format!("{before}{address}{after}");
        let found = tokens(&tokens_found).into_iter().filter(|token| matches!(token, Token::Ip(_)));
        prop_assert_eq!(found.count(), 1);
    }
}
