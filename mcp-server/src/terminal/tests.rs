//! Answers as text.

use ovn_tools::report::{Cell, Tone};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::*;

fn blocks() -> Vec<Block> {
    let row = |name: &str, addresses: &str, state: Cell| {
        vec![Cell::plain(name), Cell::plain(addresses), state]
    };
    vec![
        Block::Summary("2 ports, 1 of them unbound".to_owned()),
        Block::Heading("worker-a".to_owned()),
        Block::Table {
            columns: ["name", "addresses", "state"].map(str::to_owned).to_vec(),
            rows: vec![
                row(
                    "shop_cart-7d9f",
                    "0a:58:0a:f4:00:05 10.244.0.5 fd00:10:244::5",
                    Cell::toned("bound", Tone::Good),
                ),
                row("名前\u{1b}[31m", "", Cell::toned("unbound", Tone::Bad)),
            ],
        },
        Block::Line("1 more: --cursor abc".to_owned()),
        Block::Line("gap: sb:\nnot read".to_owned()),
        Block::Verbatim("graph LR\n\ta --> b\u{7}\u{202e}\n".to_owned()),
    ]
}

#[test]
fn without_a_terminal_nothing_is_fitted_or_coloured() {
    insta::assert_snapshot!(render(&blocks(), Look::default()), @r"
    2 ports, 1 of them unbound

    worker-a
    name            addresses                                    state
    shop_cart-7d9f  0a:58:0a:f4:00:05 10.244.0.5 fd00:10:244::5  bound
    名前\u{1b}[31m                                               unbound

    1 more: --cursor abc
    gap: sb:\nnot read

    graph LR
    	a --> b\u{7}\u{202e}
    ");
}

#[test]
fn on_a_terminal_the_widest_columns_give_way() {
    let look = Look {
        width: Some(40),
        colour: false,
    };
    insta::assert_snapshot!(render(&blocks(), look), @r"
    2 ports, 1 of them unbound

    worker-a
    name            addresses        state
    shop_cart-7d9f  0a:58:0a:f4:00…  bound
    名前\u{1b}[31m                   unbound

    1 more: --cursor abc
    gap: sb:\nnot read

    graph LR
    	a --> b\u{7}\u{202e}
    ");
}

#[test]
fn on_a_narrow_terminal_rows_become_records() {
    let look = Look {
        width: Some(20),
        colour: false,
    };
    insta::assert_snapshot!(render(&blocks(), look), @r"
    2 ports, 1 of them unbound

    worker-a
    name       shop_cart-7d9f
    addresses  0a:58:0a:f4:00:05 10.244.0.5 fd00:10:244::5
    state      bound

    name       名前\u{1b}[31m
    addresses
    state      unbound

    1 more: --cursor abc
    gap: sb:\nnot read

    graph LR
    	a --> b\u{7}\u{202e}
    ");
}

#[test]
fn colours_follow_the_tone() {
    let look = Look {
        width: None,
        colour: true,
    };
    let text = render(&blocks()[..3], look).replace('\u{1b}', "ESC");
    insta::assert_snapshot!(text, @r"
    ESC[1m2 ports, 1 of them unboundESC[0m

    ESC[1mESC[4mworker-aESC[0m
    ESC[1mESC[4mnameESC[0m            ESC[1mESC[4maddressesESC[0m                                    ESC[1mESC[4mstateESC[0m
    shop_cart-7d9f  0a:58:0a:f4:00:05 10.244.0.5 fd00:10:244::5  ESC[32mboundESC[0m
    名前\u{1b}[31m                                               ESC[31munboundESC[0m
    ");
}

#[test]
fn what_is_verbatim_stands_alone_for_programs() {
    assert_eq!(verbatim(&blocks()), "graph LR\n\ta --> b\\u{7}\\u{202e}\n");
    assert_eq!(one_line("a\r\nb\u{9b}"), "a\\r\\nb\\u{9b}");
}

proptest! {
    #[test]
    fn a_table_never_exceeds_the_terminal_unless_it_becomes_records(
        rows in proptest::collection::vec(proptest::collection::vec("\\PC{0,40}", 4), 1..6),
        width in 38_usize..120,
    ) {
        let columns = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let rows = rows
            .iter()
            .map(|row| row.iter().map(|text| Cell::plain(text.as_str())).collect())
            .collect();
        let look = Look { width: Some(width), colour: false };
        for line in render(&[Block::Table { columns, rows }], look).lines() {
            prop_assert!(line.width() <= width, "{line:?}");
        }
    }
}
