//! The tool on the demo.

use super::*;
use crate::tool::recording;

fn ask(params: &Params) -> Listing {
    LflowList::conclude(params, &recording::demo()).expect("an answer")
}

fn lines(listing: &Listing) -> String {
    let rows = listing.rows.iter();
    let rows: Vec<String> = rows
        .map(|row| Json::from(row.clone()).to_string())
        .collect();
    let (summary, columns) = (&listing.summary, &listing.columns);
    format!("{summary}\n{columns:?}\n{}", rows.join("\n"))
}

#[test]
fn without_a_filter_stages_are_counted() {
    let params = Params {
        node: Some("worker-a".to_owned()),
        ..Params::default()
    };
    insta::assert_snapshot!(lines(&ask(&params)));
}

#[test]
fn the_flows_of_an_access_rule_are_found_and_named_by_it() {
    let params = Params {
        of: Some("f729b91b".to_owned()),
        ..Params::default()
    };
    insta::assert_snapshot!(lines(&ask(&params)));
}

#[test]
fn flows_can_be_asked_for_by_stage_datapath_field_action_and_text() {
    let total = |params: Params| ask(&params).total;
    let all = total(Params {
        text: Some(String::new()),
        ..Params::default()
    });
    assert!(all > 400, "{all}");
    let stage = Params {
        stage: Some("ls_in_acl".to_owned()),
        datapath: Some("worker-a".to_owned()),
        ..Params::default()
    };
    let stage = total(stage);
    let field = total(Params {
        field: Some("arp".to_owned()),
        ..Params::default()
    });
    let action = total(Params {
        action: Some("ct_lb_mark".to_owned()),
        ..Params::default()
    });
    let text = total(Params {
        text: Some("10.96.118.7".to_owned()),
        ..Params::default()
    });
    for some in [stage, field, action, text] {
        assert!(0 < some && some < all, "{some}");
    }
}

#[test]
fn what_is_not_there_is_refused_with_what_is() {
    let refused = |params: &Params| {
        let error = LflowList::conclude(params, &recording::demo()).unwrap_err();
        format!("{error}: {}", error.hint.as_deref().unwrap_or_default())
    };
    let datapath = Params {
        datapath: Some("workera".to_owned()),
        ..Params::default()
    };
    assert!(refused(&datapath).contains("`worker-a`"));
    let of = Params {
        of: Some("acl".to_owned()),
        ..Params::default()
    };
    assert!(refused(&of).contains("8 or more hexadecimal digits"));
}
