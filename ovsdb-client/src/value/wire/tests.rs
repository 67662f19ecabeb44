//! The JSON form, read in all its spellings and written in one.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::value::column_type::{BaseType, RefKind, Reference, UNLIMITED};
use crate::value::samples::{typed_data, typed_datum};

fn pack(column_type: &ColumnType, text: &str) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(text);
    PackSeed {
        column_type,
        out: &mut out,
    }
    .deserialize(&mut reader)?;
    reader.end()?;
    Ok(out)
}

/// What a column of this type makes of each text: the JSON it writes again, or the error.
fn check(column_type: &ColumnType, texts: &[&str]) -> String {
    let mut report = format!("{column_type}\n");
    for text in texts {
        let line = match Datum::from_json(column_type, text) {
            Ok(datum) => {
                let payload = pack(column_type, text).unwrap();
                let json = serde_json::to_string(&Value::new(column_type, &payload)).unwrap();
                assert_eq!(json, serde_json::to_string(&datum).unwrap());
                json
            }
            Err(error) => format!("error: {error}: {}", error.cause),
        };
        report += &format!("{text} => {line}\n");
    }
    report
}

fn scalar(kind: Kind) -> ColumnType {
    ColumnType::scalar(kind)
}

fn set(kind: Kind) -> ColumnType {
    ColumnType {
        min: 0,
        max: UNLIMITED,
        ..scalar(kind)
    }
}

fn map(key: Kind, value: Kind) -> ColumnType {
    ColumnType {
        value: Some(BaseType::plain(value)),
        ..set(key)
    }
}

/// Another spelling of an atom that means the same.
fn respelled_atom(atom: &Atom, odd: bool) -> String {
    match atom {
        // Exact only where a double holds every digit.
        Atom::Integer(i) if odd && i.unsigned_abs() < 1 << 50 => format!("{i}.0"),
        Atom::Real(real) if odd && real.fract() == 0.0 && real.abs() < 1e15 => format!("{real:.0}"),
        Atom::Uuid(uuid) if odd => {
            format!("[ \"uuid\" , \"{}\" ]", uuid.to_string().to_uppercase())
        }
        Atom::String(string) if odd => {
            let escaped: String = string
                .encode_utf16()
                .map(|unit| format!("\\u{unit:04X}"))
                .collect();
            format!("\"{escaped}\"")
        }
        atom => serde_json::to_string(atom).unwrap(),
    }
}

/// Another spelling of a value that means the same: elements turned round, one of them in a set.
fn respelled(datum: &Datum, odd: bool, turn: usize) -> String {
    let (tag, mut elements): (_, Vec<String>) = match datum {
        Datum::Set(atoms) => (
            "set",
            atoms.iter().map(|a| respelled_atom(a, odd)).collect(),
        ),
        Datum::Map(pairs) => (
            "map",
            pairs
                .iter()
                .map(|(k, v)| format!("[{},{}]", respelled_atom(k, odd), respelled_atom(v, !odd)))
                .collect(),
        ),
    };
    let length = elements.len();
    if !elements.is_empty() {
        elements.rotate_left(turn % length);
    }
    format!("[\"{tag}\", [{}]]", elements.join(" ,"))
}

proptest! {
    #[test]
    fn a_value_reads_back_as_it_was_written((column_type, datum) in typed_datum()) {
        let text = serde_json::to_string(&datum).unwrap();
        prop_assert_eq!(&Datum::from_json(&column_type, &text).unwrap(), &datum);
        let payload = pack(&column_type, &text).unwrap();
        let value = Value::new(&column_type, &payload);
        prop_assert_eq!(&value.to_datum(), &datum);
        prop_assert_eq!(serde_json::to_string(&value).unwrap(), text);
        prop_assert_eq!((value.len(), value.is_empty()), (datum.len(), datum.is_empty()));
    }

    #[test]
    fn equal_values_have_equal_bytes_however_they_are_spelled(
        (column_type, datum) in typed_datum(),
        odd in any::<bool>(),
        turn in 0usize..5,
    ) {
        let text = serde_json::to_string(&datum).unwrap();
        let other = respelled(&datum, odd, turn);
        prop_assert_eq!(
            pack(&column_type, &text).unwrap(),
            pack(&column_type, &other).unwrap(),
            "{} and {}", text, other
        );
    }

    #[test]
    fn different_values_have_different_bytes((column_type, a, b) in typed_data()) {
        let bytes = |datum| pack(&column_type, &serde_json::to_string(datum).unwrap()).unwrap();
        prop_assert_eq!(a == b, bytes(&a) == bytes(&b));
    }

    #[test]
    fn an_element_given_twice_is_refused((column_type, datum) in typed_datum()) {
        prop_assume!(!datum.is_empty());
        let text = match &datum {
            Datum::Set(atoms) => serde_json::to_string(&("set", [atoms, &atoms[..1]].concat())),
            Datum::Map(pairs) => serde_json::to_string(&("map", [pairs, &pairs[..1]].concat())),
        };
        let error = pack(&column_type, &text.unwrap()).unwrap_err().to_string();
        prop_assert!(error.starts_with("an element stands twice"), "{}", error);
    }

    #[test]
    fn any_json_gives_a_value_or_an_error((column_type, _) in typed_datum(), text in any_json()) {
        let _ = Datum::from_json(&column_type, &text);
    }
}

/// Texts near to values: tagged arrays of the wrong length, nested ones, other atoms.
fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(
        &[
            "null",
            "true",
            "1",
            "-0",
            "1.5",
            "1e400",
            "\"\"",
            "\"\\ud800\"",
            "\"set\"",
            "\"map\"",
            "\"uuid\"",
            "\"00000000-0000-0000-0000-000000000000\"",
            "{}",
            "x",
            "",
        ][..],
    )
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(",")))
    })
}

#[test]
fn a_bare_atom_is_a_set_of_one_and_is_what_a_set_of_one_is_written_as() {
    insta::assert_snapshot!(check(&set(Kind::String), &[
        "\"a\"",
        "[\"set\", [\"a\"]]",
        "[\"set\", []]",
        "[\"set\", [\"b\", \"a\"]]",
        "\"set\"",
        "[\"set\", [\"set\", \"map\"]]",
        "[\"set\", [\"a\", \"b\", \"a\"]]",
        "[\"set\"]",
        "[\"set\", [], []]",
        "[\"set\", \"a\"]",
        "[\"map\", []]",
        "[\"uuid\", \"00000000-0000-0000-0000-000000000001\"]",
        "[]",
        "null",
        "{\"a\": 1}",
    ]), @r#"
    set of string
    "a" => "a"
    ["set", ["a"]] => "a"
    ["set", []] => ["set",[]]
    ["set", ["b", "a"]] => ["set",["a","b"]]
    "set" => "set"
    ["set", ["set", "map"]] => ["set",["map","set"]]
    ["set", ["a", "b", "a"]] => error: no value of type set of string: an element stands twice at line 1 column 23
    ["set"] => error: no value of type set of string: a set without its elements at line 1 column 7
    ["set", [], []] => error: no value of type set of string: an array with more than two elements at line 1 column 15
    ["set", "a"] => error: no value of type set of string: invalid type: string "a", expected an array of elements at line 1 column 11
    ["map", []] => error: no value of type set of string: this is no set of string at line 1 column 8
    ["uuid", "00000000-0000-0000-0000-000000000001"] => error: no value of type set of string: this is no string at line 1 column 47
    [] => error: no value of type set of string: this is no set of string at line 1 column 2
    null => error: no value of type set of string: invalid type: null, expected set of string at line 1 column 4
    {"a": 1} => error: no value of type set of string: invalid type: map, expected set of string at line 1 column 1
    "#);
    insta::assert_snapshot!(check(&scalar(Kind::Integer), &["[\"set\", [7]]", "7", "[7]", "true"]), @r#"
    integer
    ["set", [7]] => 7
    7 => 7
    [7] => error: no value of type integer: invalid type: integer `7`, expected "set", "map" or "uuid" at line 1 column 2
    true => error: no value of type integer: this is no integer at line 1 column 4
    "#);
}

#[test]
fn integers_are_exact_and_refused_where_they_do_not_fit() {
    insta::assert_snapshot!(check(&scalar(Kind::Integer), &[
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775806",
        "1e3",
        "1.0",
        "0.1e1",
        "-0",
        "-0.0",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "-18446744073709551616",
        "1e400",
        "1.5",
        "\"1\"",
    ]), @r#"
    integer
    9223372036854775807 => 9223372036854775807
    -9223372036854775808 => -9223372036854775808
    9223372036854775806 => 9223372036854775806
    1e3 => 1000
    1.0 => 1
    0.1e1 => 1
    -0 => 0
    -0.0 => 0
    9223372036854775808 => error: no value of type integer: this is no integer at line 1 column 19
    -9223372036854775809 => error: no value of type integer: this is no integer at line 1 column 20
    18446744073709551615 => error: no value of type integer: this is no integer at line 1 column 20
    18446744073709551616 => error: no value of type integer: this is no integer at line 1 column 20
    -18446744073709551616 => error: no value of type integer: this is no integer at line 1 column 21
    1e400 => error: no value of type integer: number out of range at line 1 column 5
    1.5 => error: no value of type integer: this is no integer at line 1 column 3
    "1" => error: no value of type integer: this is no integer at line 1 column 3
    "#);
}

#[test]
fn a_real_column_takes_integers_and_keeps_every_digit() {
    insta::assert_snapshot!(check(&scalar(Kind::Real), &[
        "2",
        "-0",
        "0.3",
        "0.30000000000000004",
        "1e+15",
        "1e-07",
        "18446744073709551616",
        "2.2250738585072014e-308",
        "1.7976931348623157e308",
        "122.416294033786585",
        "1e400",
        "\"1\"",
    ]), @r#"
    real
    2 => 2.0
    -0 => 0.0
    0.3 => 0.3
    0.30000000000000004 => 0.30000000000000004
    1e+15 => 1000000000000000.0
    1e-07 => 1e-7
    18446744073709551616 => 1.8446744073709552e+19
    2.2250738585072014e-308 => 2.2250738585072014e-308
    1.7976931348623157e308 => 1.7976931348623157e+308
    122.416294033786585 => 122.41629403378658
    1e400 => error: no value of type real: number out of range at line 1 column 5
    "1" => error: no value of type real: this is no real at line 1 column 3
    "#);
}

#[test]
fn a_map_is_always_tagged() {
    insta::assert_snapshot!(check(&map(Kind::String, Kind::Integer), &[
        "[\"map\", []]",
        "[\"map\", [[\"b\", 1], [\"a\", 2]]]",
        "[\"map\", [[\"a\", 1], [\"a\", 2]]]",
        "[\"map\", [[\"a\"]]]",
        "[\"map\", [[\"a\", 1, 2]]]",
        "[\"map\", [[1, \"a\"]]]",
        "[\"map\", {\"a\": 1}]",
        "[\"map\"]",
        "[\"set\", []]",
        "\"a\"",
        "{}",
    ]), @r#"
    map of string to integer
    ["map", []] => ["map",[]]
    ["map", [["b", 1], ["a", 2]]] => ["map",[["a",2],["b",1]]]
    ["map", [["a", 1], ["a", 2]]] => error: no value of type map of string to integer: an element stands twice at line 1 column 28
    ["map", [["a"]]] => error: no value of type map of string to integer: a pair holds a key and a value at line 1 column 14
    ["map", [["a", 1, 2]]] => error: no value of type map of string to integer: an array with more than two elements at line 1 column 20
    ["map", [[1, "a"]]] => error: no value of type map of string to integer: this is no string at line 1 column 11
    ["map", {"a": 1}] => error: no value of type map of string to integer: invalid type: map, expected an array of elements at line 1 column 8
    ["map"] => error: no value of type map of string to integer: a map without its pairs at line 1 column 7
    ["set", []] => error: no value of type map of string to integer: this is no map of string to integer at line 1 column 8
    "a" => error: no value of type map of string to integer: a map is written ["map", [[key, value], …]] at line 1 column 3
    {} => error: no value of type map of string to integer: invalid type: map, expected map of string to integer at line 1 column 2
    "#);
}

#[test]
fn a_uuid_is_36_characters_in_either_case() {
    insta::assert_snapshot!(check(&scalar(Kind::Uuid), &[
        "[\"uuid\", \"0F000000-0000-0000-0000-00000000000a\"]",
        "[\"set\", [[\"uuid\", \"0f000000-0000-0000-0000-00000000000a\"]]]",
        "[\"uuid\", \"0f00000000000000000000000000000a\"]",
        "[\"uuid\", \"{0f000000-0000-0000-0000-00000000000a}\"]",
        "[\"uuid\", 5]",
        "[\"uuid\"]",
        "[\"uuid\", \"0f000000-0000-0000-0000-00000000000a\", 1]",
        "[\"named-uuid\", \"x\"]",
        "\"0f000000-0000-0000-0000-00000000000a\"",
    ]), @r#"
    uuid
    ["uuid", "0F000000-0000-0000-0000-00000000000a"] => ["uuid","0f000000-0000-0000-0000-00000000000a"]
    ["set", [["uuid", "0f000000-0000-0000-0000-00000000000a"]]] => ["uuid","0f000000-0000-0000-0000-00000000000a"]
    ["uuid", "0f00000000000000000000000000000a"] => error: no value of type uuid: "0f00000000000000000000000000000a" is no 36 characters of a uuid at line 1 column 43
    ["uuid", "{0f000000-0000-0000-0000-00000000000a}"] => error: no value of type uuid: "{0f000000-0000-0000-0000-00000000000a}" is no 36 characters of a uuid at line 1 column 49
    ["uuid", 5] => error: no value of type uuid: invalid type: integer `5`, expected 36 characters of a uuid at line 1 column 10
    ["uuid"] => error: no value of type uuid: a uuid without its text at line 1 column 8
    ["uuid", "0f000000-0000-0000-0000-00000000000a", 1] => error: no value of type uuid: an array with more than two elements at line 1 column 51
    ["named-uuid", "x"] => error: no value of type uuid: this is no uuid at line 1 column 15
    "0f000000-0000-0000-0000-00000000000a" => error: no value of type uuid: this is no uuid at line 1 column 38
    "#);
    let reference = ColumnType {
        key: BaseType {
            reference: Some(Reference {
                table: "ACL".into(),
                kind: RefKind::Weak,
            }),
            ..BaseType::plain(Kind::Uuid)
        },
        ..set(Kind::Uuid)
    };
    insta::assert_snapshot!(check(&reference, &["[\"map\", []]"]), @r#"
    set of weak reference to ACL
    ["map", []] => error: no value of type set of weak reference to ACL: this is no set of weak reference to ACL at line 1 column 8
    "#);
}

#[test]
fn strings_and_booleans_are_no_numbers() {
    let choice = ColumnType {
        key: BaseType {
            enumeration: vec![Atom::from("tcp"), Atom::from("udp")],
            ..BaseType::plain(Kind::String)
        },
        ..scalar(Kind::String)
    };
    insta::assert_snapshot!(check(&choice, &["\"tcp\"", "\"sctp\"", "6", "\"\\ud800\""]), @r#"
    string (one of tcp, udp)
    "tcp" => "tcp"
    "sctp" => "sctp"
    6 => error: no value of type string (one of tcp, udp): this is no string at line 1 column 1
    "\ud800" => error: no value of type string (one of tcp, udp): unexpected end of hex escape at line 1 column 8
    "#);
    insta::assert_snapshot!(check(&scalar(Kind::Boolean), &["true", "0", "\"true\""]), @r#"
    boolean
    true => true
    0 => error: no value of type boolean: this is no boolean at line 1 column 1
    "true" => error: no value of type boolean: this is no boolean at line 1 column 6
    "#);
}

#[test]
fn atoms_a_server_cannot_read_are_not_written() {
    let written = |atom: Atom| match serde_json::to_string(&Datum::scalar(atom)) {
        Ok(json) => json,
        Err(error) => format!("error: {error}"),
    };
    let atoms = [
        Atom::from("a\0b"),
        Atom::from(f64::NAN),
        Atom::from(f64::INFINITY),
        Atom::from(f64::NEG_INFINITY),
        Atom::from(3e-320),
        Atom::from(f64::MIN_POSITIVE),
        Atom::from(f64::MAX),
        Atom::from(0.1 + 0.2),
        Atom::from(-0.0),
        Atom::from(i64::MIN),
        Atom::from(i64::MAX),
        Atom::from("\u{1}\"\\/é\u{7f}"),
        Atom::NamedUuid("row1".into()),
    ];
    let report: Vec<String> = atoms.into_iter().map(written).collect();
    insta::assert_snapshot!(report.join("\n"), @r#"
    error: a string with a NUL character cannot be sent
    error: NaN cannot be sent: no finite normal real
    error: inf cannot be sent: no finite normal real
    error: -inf cannot be sent: no finite normal real
    error: 3e-320 cannot be sent: no finite normal real
    2.2250738585072014e-308
    1.7976931348623157e+308
    0.30000000000000004
    -0.0
    -9223372036854775808
    9223372036854775807
    "\u0001\"\\/é"
    ["named-uuid","row1"]
    "#);
}

#[test]
fn the_zero_of_a_scalar_takes_no_bytes_and_reads_as_zero() {
    for (kind, text) in [
        (Kind::Integer, "0"),
        (Kind::Real, "-0.0"),
        (Kind::Boolean, "false"),
        (Kind::String, "\"\""),
        (
            Kind::Uuid,
            "[\"uuid\", \"00000000-0000-0000-0000-000000000000\"]",
        ),
    ] {
        let column_type = scalar(kind);
        let payload = pack(&column_type, text).unwrap();
        assert!(payload.is_empty(), "{kind:?}");
        let value = Value::new(&column_type, &payload);
        assert!(value.is_default());
        assert_eq!(value.atoms().collect::<Vec<_>>(), [kind.default_atom()]);
        // In an optional column the same atom is a value, and none is the default.
        let optional = ColumnType {
            min: 0,
            ..scalar(kind)
        };
        let payload = pack(&optional, text).unwrap();
        assert_eq!(Value::new(&optional, &payload).len(), 1);
        assert!(Value::new(&optional, &[]).is_empty());
    }
}

#[test]
fn a_uuid_reads_as_its_number() {
    let column_type = scalar(Kind::Uuid);
    let text = "[\"uuid\", \"0F000000-0000-0000-0000-00000000000a\"]";
    let uuid = Uuid::from_u128(0x0f00_0000_0000_0000_0000_0000_0000_000a);
    assert_eq!(
        Datum::from_json(&column_type, text).unwrap(),
        Datum::scalar(uuid)
    );
}
