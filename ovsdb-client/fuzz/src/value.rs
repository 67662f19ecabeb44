//! Values: what is read can be written, and reads back as the same.

use ovsdb_client::schema::{BaseType, ColumnType, UNLIMITED};
use ovsdb_client::value::{Datum, Kind, parse_atom};

const KINDS: [Kind; 5] = [
    Kind::Integer,
    Kind::Real,
    Kind::Boolean,
    Kind::String,
    Kind::Uuid,
];
const BOUNDS: [(u32, u32); 6] = [
    (1, 1),
    (0, 1),
    (0, UNLIMITED),
    (0, 3),
    (1, UNLIMITED),
    (1, 2),
];

/// The first three bytes choose the column's type (bounds, key, value), the rest is the text.
pub fn run(data: &[u8]) {
    let Some((&[bounds, key, value], text)) = data.split_first_chunk() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let column_type = column_type(bounds, key, value);
    json(&column_type, text);
    words(column_type.key.kind, text);
}

fn column_type(bounds: u8, key: u8, value: u8) -> ColumnType {
    let (min, max) = BOUNDS[usize::from(bounds) % BOUNDS.len()];
    let key = KINDS[usize::from(key) % KINDS.len()];
    // One more than there are kinds: the last is no map.
    let value = KINDS.get(usize::from(value) % (KINDS.len() + 1)).copied();
    ColumnType {
        key: BaseType::plain(key),
        value: value.map(BaseType::plain),
        min,
        max,
    }
}

fn json(column_type: &ColumnType, text: &str) {
    let datum = match Datum::from_json(column_type, text) {
        Ok(datum) => datum,
        Err(error) => return drop(error.to_string()),
    };
    assert!(!datum.to_string().is_empty(), "{datum:?} has a text");
    // What a server would close the connection on can be read and is never written: a NUL
    // character, a subnormal real.
    let Ok(written) = serde_json::to_string(&datum) else {
        return;
    };
    let again = Datum::from_json(column_type, &written).expect("what we write can be read");
    assert_eq!(again, datum, "{text} written as {written}");
}

fn words(kind: Kind, text: &str) {
    if let Ok(atom) = parse_atom(kind, text) {
        let written = atom.to_string();
        let again = parse_atom(kind, &written).expect("what we print can be read");
        assert_eq!(again, atom, "{text} printed as {written}");
    }
}
