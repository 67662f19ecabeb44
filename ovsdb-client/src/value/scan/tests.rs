//! The quick way gives what the careful way gives, or says that it is not for it.

use proptest::prelude::*;
use serde::de::DeserializeSeed;

use super::*;
use crate::value::wire::PackSeed;
use crate::value::{Datum, samples};

/// What the quick way makes of a value that a comma follows, and how much of the text it is.
fn quick(column: &ColumnType, text: &[u8]) -> Result<(Vec<u8>, usize), Stop> {
    let mut out = b"before".to_vec();
    let mut scan = Scan::new(text);
    scan.value(column, &mut out)?;
    Ok((out.split_off(6), scan.at()))
}

fn careful(column: &ColumnType, text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(text);
    let column_type = column;
    PackSeed {
        column_type,
        out: &mut out,
    }
    .deserialize(&mut reader)
    .ok()?;
    reader.end().ok()?;
    Some(out)
}

/// Checks that the quick way does not contradict the careful one, and says whether it was taken.
fn check(column: &ColumnType, text: &str) -> bool {
    let whole = format!("{text},");
    match quick(column, whole.as_bytes()) {
        Ok((packed, length)) => {
            assert_eq!(
                careful(column, &text[..length]),
                Some(packed),
                "{column}: {text}"
            );
            true
        }
        Err(_) => false,
    }
}

#[test]
fn what_servers_write_is_read_the_quick_way() {
    let texts = [
        (Kind::Integer, "0"),
        (Kind::Integer, "-7"),
        (Kind::Integer, "9223372036854775807"),
        (Kind::Real, "1e-07"),
        (Kind::Real, "2"),
        (Kind::Boolean, "true"),
        (Kind::Boolean, "false"),
        (Kind::String, r#""""#),
        (Kind::String, r#""plain""#),
        (
            Kind::String,
            r#""inport == \"a\" && \\ \/ \n\r\t\b\f, long enough for a word of eight""#,
        ),
        (Kind::String, "\"ü and more than eight bytes ∞\""),
        (
            Kind::Uuid,
            r#"["uuid","00000000-0000-0000-0000-000000000001"]"#,
        ),
        (
            Kind::Uuid,
            r#"["uuid","00000000-0000-0000-0000-000000000000"]"#,
        ),
    ];
    for (kind, text) in texts {
        let mut column = ColumnType::scalar(kind);
        assert!(check(&column, text), "{text}");
        column.min = 0;
        column.max = 9;
        for set in [
            text.to_owned(),
            format!(r#"["set",[{text}]]"#),
            r#"["set",[]]"#.to_owned(),
        ] {
            assert!(check(&column, &set), "{set}");
        }
        column.value = Some(column.key.clone());
        assert!(
            check(&column, &format!(r#"["map",[[{text},{text}]]]"#)),
            "{text}"
        );
    }
    let mut long = ColumnType::scalar(Kind::String);
    assert!(check(&long, &format!(r#""\"{}\"""#, "x".repeat(40_000))));
    long.max = 3;
    assert!(
        check(&long, r#"["set", ["b", "a", "\"" ]]"#),
        "in another order"
    );
}

#[test]
fn what_is_odd_is_left_to_the_careful_way() {
    let texts = [
        (Kind::Integer, "01"),
        (Kind::Integer, "1-1"),
        (Kind::Integer, "1e400"),
        (Kind::Boolean, "1"),
        (Kind::String, "7"),
        (Kind::String, "\"\u{1}\""),
        (Kind::String, r#""\ud83d\ude00""#),
        (Kind::String, r#""\u0000""#),
        (Kind::String, r#""\u+0e9""#),
        (Kind::String, r#""\x""#),
        (Kind::String, "null"),
        (Kind::Uuid, r#"["uuid","short"]"#),
        (Kind::Uuid, r#"["named-uuid","a"]"#),
    ];
    for (kind, text) in texts {
        let text = format!("{text}                                                  ,");
        let read = quick(&ColumnType::scalar(kind), text.as_bytes());
        assert_eq!(read, Err(Stop::Odd), "{text}");
    }
}

/// Texts near to values.
fn texts() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "[",
        "]",
        ",",
        "\"set\"",
        "\"map\"",
        "\"uuid\"",
        "\"a\"",
        "\"b\\\"\"",
        "\\",
        "\"",
        "0",
        "-1",
        "1.5",
        "true",
        " ",
        "\"00000000-0000-0000-0000-000000000001\"",
        "null",
        "é",
        "\"\\u001b\\u00e9x\"",
        "\n",
    ]);
    prop::collection::vec(parts, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn values_are_read_as_the_careful_way_reads_them((t, a) in samples::typed_datum()) {
        let text = serde_json::to_string(&a).unwrap();
        prop_assert!(check(&t, &text) || text.contains("\\u0000"), "{}", text);
        let _: Datum = a;
    }

    #[test]
    fn any_text_is_read_as_the_careful_way_reads_it_or_left_to_it(
        (t, _) in samples::typed_datum(),
        text in texts(),
    ) {
        check(&t, &text);
    }

    #[test]
    fn a_text_cut_anywhere_is_at_its_end_and_nothing_else(
        (t, a) in samples::typed_datum(),
        cut in any::<prop::sample::Index>(),
    ) {
        let text = serde_json::to_string(&a).unwrap() + ",";
        let cut = cut.index(text.len());
        if let Ok(whole) = quick(&t, text.as_bytes()) {
            // A number's end shows by what follows only.
            let part = quick(&t, &text.as_bytes()[..cut]);
            prop_assert!(part == Err(Stop::End) || part == Ok(whole), "{}", &text[..cut]);
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(
        (t, _) in samples::typed_datum(),
        bytes in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let _ = quick(&t, &bytes);
    }
}
