//! Random histories: what happens to a database, the same for the same seed.

use serde_json::{Value, json};

/// Numbers that look random (xorshift64*).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `sides`.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap_or_default() % sides
    }

    fn some<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.below(4);
        (0..count).map(|_| make(self)).collect()
    }
}

/// A few rows come and go.
const ROWS: usize = 12;

pub(crate) fn uuid(number: usize) -> String {
    format!("a0000000-0000-4000-8000-{number:012x}")
}

fn distinct(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(ToString::to_string);
    values.dedup();
    values
}

/// The value of a column of table `A`; `n` is unique, so it is the row's own number and a digit.
fn value(dice: &mut Dice, column: &str, number: usize) -> Value {
    let word = |dice: &mut Dice| Value::from(["a", "b", "c", "é\"\n"][dice.below(4)]);
    match column {
        "n" => (number * 10 + dice.below(3)).into(),
        "s" => json!(["set", distinct(dice.some(word))]),
        "m" => {
            let keys = distinct(dice.some(word));
            let pairs: Vec<Value> = keys
                .into_iter()
                .map(|key| json!([key, word(dice)]))
                .collect();
            json!(["map", pairs])
        }
        "one" => match dice.below(3) {
            0 => json!(["map", []]),
            n => json!(["map", [[word(dice), n]]]),
        },
        "e" => [json!("x"), json!("y"), json!(["set", []])][dice.below(3)].clone(),
        "f" => json!([0.0, 1.5, -2.25, 1e300][dice.below(4)]),
        "b" => [json!(true), json!(false), json!(["set", [false, true]])][dice.below(3)].clone(),
        _ => match dice.below(4) {
            0 => json!(["set", []]),
            n => json!(n),
        },
    }
}

pub(crate) const COLUMNS: [&str; 8] = ["n", "s", "m", "one", "e", "f", "b", "o"];

/// The next transaction: rows of `A` are inserted, changed in a few columns, and deleted. `there`
/// says which rows there are, and is kept up.
pub(crate) fn transaction(dice: &mut Dice, there: &mut [bool; ROWS]) -> Vec<Value> {
    let mut operations = Vec::new();
    for _ in 0..=dice.below(3) {
        let number = dice.below(ROWS);
        let present = &mut there[number];
        let clause = json!([["_uuid", "==", ["uuid", uuid(number)]]]);
        if !*present {
            let row: serde_json::Map<String, Value> = COLUMNS
                .iter()
                .map(|column| ((*column).to_owned(), value(dice, column, number)))
                .collect();
            operations
                .push(json!({"op": "insert", "table": "A", "uuid": uuid(number), "row": row}));
            *present = true;
        } else if dice.below(4) == 0 {
            operations.push(json!({"op": "delete", "table": "A", "where": clause}));
            *present = false;
            // A UUID cannot come back within its transaction.
            break;
        } else {
            let row: serde_json::Map<String, Value> = dice
                .some(|dice| COLUMNS[dice.below(8)])
                .into_iter()
                .map(|column| (column.to_owned(), Value::from(column)))
                .collect();
            let row: serde_json::Map<String, Value> = row
                .into_iter()
                .map(|(column, _)| {
                    let value = value(dice, &column, number);
                    (column, value)
                })
                .collect();
            operations.push(json!({"op": "update", "table": "A", "where": clause, "row": row}));
        }
    }
    operations
}

/// No rows yet.
pub(crate) fn nothing() -> [bool; ROWS] {
    [false; ROWS]
}
