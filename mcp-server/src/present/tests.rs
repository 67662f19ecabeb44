//! Answers within budgets.

use ovn_tools::report::Block;
use proptest::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::*;

/// A list of words, as reports of rows are.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Words {
    rows: Vec<String>,
    returned: usize,
    truncated: bool,
}

impl Words {
    fn new(rows: Vec<String>) -> Self {
        Self {
            returned: rows.len(),
            truncated: false,
            rows,
        }
    }
}

impl Report for Words {
    fn blocks(&self) -> Vec<Block> {
        Vec::new()
    }

    fn items(&self) -> usize {
        self.rows.len()
    }

    fn keep(&mut self, keep: usize) {
        self.truncated |= keep < self.rows.len();
        self.rows.truncate(keep);
        self.returned = self.rows.len();
    }
}

proptest! {
    #[test]
    fn an_answer_never_exceeds_its_budget_and_keeps_as_many_whole_rows_as_fit(
        rows in proptest::collection::vec("[a-zé\"]{0,60}", 0..200),
        tokens in MIN_TOKENS..3_000,
    ) {
        let report = Words::new(rows.clone());
        let budget = Budget::of_tokens(tokens);
        let value = structured(&report, budget).expect("one word fits");
        prop_assert!(value.to_string().len() <= budget.bytes());
        let kept = value["rows"].as_array().expect("rows").len();
        prop_assert!(kept >= rows.len().min(1));
        prop_assert_eq!(&value["rows"], &serde_json::json!(&rows[..kept]));
        prop_assert_eq!(value["returned"].as_u64(), u64::try_from(kept).ok());
        prop_assert_eq!(&value["truncated"], &Value::Bool(kept < rows.len()));
        if kept < rows.len() {
            let mut more = report.clone();
            more.keep(kept + 1);
            let more = serde_json::to_string(&more).expect("JSON");
            prop_assert!(more.len() > budget.bytes());
        }
    }
}

#[test]
fn what_cannot_be_cut_short_enough_is_a_failure_that_says_what_to_send() {
    let failure = |length: usize| {
        let report = Words::new(vec!["x".repeat(length), "y".to_owned()]);
        let error = structured(&report, Budget::of_tokens(100)).unwrap_err();
        Failure::from(error).text()
    };
    insta::assert_snapshot!(failure(1_000), @"
    error: the shortest answer takes 475 tokens, more than the 100 of max_tokens
    hint: send max_tokens: 475, or ask for less
    ");
    insta::assert_snapshot!(failure(100_000), @"
    error: the shortest answer takes 45475 tokens, more than the 100 of max_tokens
    hint: ask for less: one node, or a few columns (max_tokens goes up to 20000)
    ");
}

#[test]
fn no_budget_exceeds_what_clients_take() {
    assert_eq!(Budget::default().bytes(), 8_800);
    assert_eq!(Budget::of_tokens(usize::MAX).bytes(), 44_000);
    assert!(Budget::of_tokens(MAX_TOKENS).bytes() <= MAX_CHARACTERS);
}

#[test]
fn a_summary_tells_no_rows_and_full_detail_all_that_may_be_asked_for() {
    let report = Words::new(vec!["x".repeat(100); 200]);
    let rows = |detail, tokens| {
        let value = structured(&report, Budget::new(tokens, detail)).expect("it fits");
        value["rows"].as_array().expect("rows").len()
    };
    assert_eq!(rows(Detail::Summary, None), 0);
    assert_eq!(rows(Detail::Summary, Some(MIN_TOKENS)), 0);
    assert!((1..100).contains(&rows(Detail::Rows, None)));
    assert_eq!(rows(Detail::Full, None), 200);
    assert!(rows(Detail::Full, Some(DEFAULT_TOKENS)) < 100);
    for detail in Detail::ALL {
        assert_eq!(Detail::from_name(detail.name()), Some(detail));
    }
}

/// Rows of one node's ports.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Ports {
    rows: Vec<Vec<String>>,
}

impl Report for Ports {
    fn blocks(&self) -> Vec<Block> {
        Vec::new()
    }

    fn items(&self) -> usize {
        self.rows.len()
    }

    fn keep(&mut self, keep: usize) {
        self.rows.truncate(keep);
    }
}

#[test]
fn what_does_not_fit_has_a_legend_unless_all_detail_is_asked_for() {
    let node = "ip-10-0-0-17.us-east-2.compute.internal";
    let ports = |count: usize| Ports {
        rows: (0..count)
            .map(|port| vec![port.to_string(), node.to_owned()])
            .collect(),
    };
    let told = |count, detail, tokens| {
        let value = structured(&ports(count), Budget::new(Some(tokens), detail));
        let value = value.expect("it fits");
        let rows = value["rows"].as_array().expect("rows").len();
        (rows, value["legend"]["~1"].as_str().map(str::to_owned))
    };
    assert_eq!(told(10, Detail::Rows, 4_000), (10, None));
    assert_eq!(told(60, Detail::Rows, 1_000), (60, Some(node.to_owned())));
    let (rows, legend) = told(60, Detail::Full, 1_000);
    assert!(rows < 60 && legend.is_none());
}
