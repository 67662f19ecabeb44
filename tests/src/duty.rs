//! The small database of the client's tests: its operations, its rows, and whether a client's
//! replica is what a server holds.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use ovsdb_client::operation::{Condition, Function, Operation};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::row::Row;
use ovsdb_client::schema::TableLayout;
use ovsdb_client::value::{AtomRef, Datum};

use crate::dump;
use crate::sandbox::{DatabaseServer, READY, wait_until};

/// The database.
pub const DATABASE: &str = "Duty";
/// Its table of root rows.
pub const ITEM: &str = "Item";
/// Its table of rows that exist as long as an item names them.
pub const PART: &str = "Part";

/// Adds an item.
pub fn insert(name: &str, number: i64) -> Operation {
    insert_with(name, vec![("number".into(), Datum::scalar(number))])
}

/// Adds an item with these columns beside its name.
pub fn insert_with(name: &str, mut row: Vec<(Box<str>, Datum)>) -> Operation {
    row.push(("name".into(), Datum::scalar(name)));
    Operation::Insert {
        table: ITEM.into(),
        row,
        uuid: None,
        uuid_name: None,
    }
}

/// Sets an item's number.
pub fn update(name: &str, number: i64) -> Operation {
    Operation::Update {
        table: ITEM.into(),
        conditions: vec![named(name)],
        row: vec![("number".into(), Datum::scalar(number))],
    }
}

/// Removes an item.
pub fn delete(name: &str) -> Operation {
    Operation::Delete {
        table: ITEM.into(),
        conditions: vec![named(name)],
    }
}

/// The item of that name.
pub fn named(name: &str) -> Condition {
    Condition::Clause {
        column: "name".into(),
        function: Function::Equal,
        value: Datum::scalar(name),
    }
}

/// The items whose number is at least this.
pub fn at_least(number: i64) -> Condition {
    Condition::Clause {
        column: "number".into(),
        function: Function::GreaterOrEqual,
        value: Datum::scalar(number),
    }
}

/// The numbers of all items by their names.
pub fn numbers(snapshot: &Snapshot) -> BTreeMap<String, i64> {
    let Some(table) = snapshot.table(ITEM) else {
        return BTreeMap::new();
    };
    table.iter().map(|row| item(row, table.layout())).collect()
}

/// An item's name and number.
pub fn item(row: &Row, layout: &TableLayout) -> (String, i64) {
    let first = |column| {
        row.value(layout, column)
            .and_then(|value| value.atoms().next())
    };
    let name = match first("name") {
        Some(AtomRef::String(name)) => name.to_owned(),
        _ => String::new(),
    };
    let number = match first("number") {
        Some(AtomRef::Integer(number)) => number,
        _ => 0,
    };
    (name, number)
}

/// Waits until a replica is what a server holds by its own dump.
///
/// # Errors
///
/// They differ for longer than a busy machine explains; the message shows both.
pub fn await_agreement(
    server: &DatabaseServer,
    mut snapshot: impl FnMut() -> Snapshot,
) -> Result<()> {
    let agreed = wait_until("the replica is what the server holds", READY, || {
        let agree = dump::dump(server, DATABASE)? == dump::dynamic(&snapshot());
        Ok(agree.then_some(()))
    });
    if agreed.is_err() {
        let (theirs, ours) = (dump::dump(server, DATABASE)?, dump::dynamic(&snapshot()));
        bail!("the server holds\n{theirs:#?}\nand the replica\n{ours:#?}");
    }
    Ok(())
}

/// Waits until a replica's items are these.
///
/// # Errors
///
/// They are others for longer than a busy machine explains.
pub fn await_numbers(
    expected: &[(&str, i64)],
    mut snapshot: impl FnMut() -> Snapshot,
) -> Result<()> {
    let expected: BTreeMap<String, i64> = expected
        .iter()
        .map(|(name, number)| ((*name).to_owned(), *number))
        .collect();
    let mut last = BTreeMap::new();
    let found = wait_until("the items are as expected", READY, || {
        last = numbers(&snapshot());
        Ok((last == expected).then_some(()))
    });
    if found.is_err() {
        bail!("the items are {last:?}, not {expected:?}");
    }
    Ok(())
}
