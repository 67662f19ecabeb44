//! The tool on the demo.

use std::collections::BTreeSet;

use super::*;
use crate::report::Report;
use crate::tool::recording;

fn ask(params: &Params) -> HealthChecked {
    HealthCheck::conclude(params, &recording::demo()).expect("an answer")
}

#[test]
fn the_demo_has_exactly_the_faults_that_were_built_in() {
    let checked = ask(&Params::default());
    let found: Vec<String> = checked
        .findings
        .iter()
        .map(|one| {
            format!(
                "{} {}: {}",
                one.severity,
                one.node.as_deref().unwrap_or("-"),
                one.object
            )
        })
        .collect();
    insta::assert_snapshot!(found.join("\n"));
    assert!(
        checked
            .findings
            .iter()
            .all(|one| one.node.as_deref() == Some("worker-a"))
    );
    insta::assert_snapshot!(
        "demo",
        format!("{:#}", serde_json::to_value(&checked).unwrap())
    );
    let bytes = serde_json::to_string(&checked).unwrap().len();
    assert!(bytes < 8_800, "{bytes} bytes are more than 4 000 tokens");
}

#[test]
fn findings_can_be_asked_for_by_object_node_check_and_layer() {
    let found = |params: Params| -> Vec<String> {
        ask(&params)
            .findings
            .into_iter()
            .map(|one| one.id)
            .collect()
    };
    let object = |name: &str| Params {
        object: Some(name.to_owned()),
        ..Params::default()
    };
    for name in ["shop/cart-0", "shop_cart-0", "1fe53ae0c835129", "a94cb1f0"] {
        assert_eq!(found(object(name)), ["interface-version"], "{name}");
    }
    assert_eq!(found(object("shop/cart")), Vec::<String>::new());
    let node = |node: &str| Params {
        node: Some(node.to_owned()),
        ..Params::default()
    };
    assert_eq!(found(node("worker-a")).len(), 3);
    assert_eq!(found(node("worker-b")).len(), 0);
    // Alone, a symptom is a finding.
    let unbound = Params {
        checks: vec!["port-unbound".to_owned()],
        ..Params::default()
    };
    assert_eq!(found(unbound), ["port-unbound"]);
    let policy = Params {
        layers: vec![Layer::Policy],
        ..Params::default()
    };
    assert_eq!(found(policy), ["match-reference-missing"]);
}

#[test]
fn pages_hold_whole_findings_and_lead_on() {
    let mut first = ask(&Params::default());
    first.keep(1);
    assert_eq!((first.returned, first.total, first.truncated), (1, 3, true));
    let params = Params {
        page: Page {
            cursor: first.next_cursor.clone(),
            limit: None,
        },
        ..Params::default()
    };
    let second = ask(&params);
    assert_eq!((second.returned, second.truncated), (2, false));
    let other = Params {
        node: Some("worker-b".to_owned()),
        ..params
    };
    let error = HealthCheck::conclude(&other, &recording::demo()).unwrap_err();
    assert!(error.to_string().contains("another question"), "{error}");
}

#[test]
fn unknown_checks_and_nodes_are_refused_with_what_there_is() {
    let refused = |params: &Params| {
        let error = HealthCheck::conclude(params, &recording::demo()).unwrap_err();
        format!("{error}: {}", error.hint.as_deref().unwrap_or_default())
    };
    let check = refused(&Params {
        checks: vec!["port-unbond".to_owned()],
        ..Params::default()
    });
    assert!(check.contains("did you mean `port-unbound`?"), "{check}");
    let node = refused(&Params {
        node: Some("worker-c".to_owned()),
        ..Params::default()
    });
    insta::assert_snapshot!(node, @"no database of node `worker-c` was read: did you mean `worker-a` or `worker-b`? nodes there are: worker-a, worker-b");
}

#[test]
fn databases_that_were_not_read_make_gaps_and_no_findings() {
    let whole = recording::demo();
    for keep in 1..(1_usize << whole.databases.len()) {
        let reads = whole.databases.iter().enumerate();
        let reads = reads.filter(|(at, _)| keep & (1 << at) != 0);
        let part = recording::snapshot(reads.map(|(_, read)| read.clone()).collect());
        let checked = HealthCheck::conclude(&Params::default(), &part).expect("an answer");
        for finding in &checked.findings {
            assert_eq!(
                finding.node.as_deref(),
                Some("worker-a"),
                "{keep:b}: {finding:#?}"
            );
            assert!(
                [
                    "port-unbound",
                    "interface-version",
                    "interconnect-route-missing",
                    "match-reference-missing"
                ]
                .contains(&finding.id.as_str()),
                "{keep:b}: {finding:#?}"
            );
        }
        // What Kubernetes would tell is always one.
        let complete = [0b111, 0b11_1000, 0b11_1111].contains(&keep);
        assert_eq!(
            checked.gaps.len() == 1,
            complete,
            "{keep:b}: {:?}",
            checked.gaps
        );
    }
}

#[test]
fn every_check_has_an_id_of_its_own_and_says_what_it_is() {
    let ids: BTreeSet<&str> = CHECKS.iter().map(|check| check.id).collect();
    assert_eq!(ids.len(), CHECKS.len());
    for check in CHECKS {
        let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(check.id.bytes().all(is_word), "{}", check.id);
        assert!(
            !check.looks_for.is_empty() && !check.known_from.is_empty(),
            "{}",
            check.id
        );
        assert!(!check.needs.is_empty(), "{}", check.id);
        for explained in check.explains {
            assert!(ids.contains(explained), "{} explains {explained}", check.id);
            let other = CHECKS.iter().find(|other| other.id == *explained).unwrap();
            assert!(
                !other.explains.contains(&check.id),
                "{} and {explained}",
                check.id
            );
        }
    }
}
