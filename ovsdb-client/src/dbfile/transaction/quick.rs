//! The quick way through a transaction: one pass over its text.
//!
//! It knows only what servers write. Anything else ends it, and the text is then read again the
//! careful way, which looks at each row and column for itself and says what is wrong with it.

use std::str;
use std::sync::Arc;

use uuid::Uuid;

use super::{COMMENT, DATE, Head, IS_DIFF};
use crate::replica::{Snapshot, TableRows};
use crate::row::RowBuilder;
use crate::update::{Order, RowChange, Update, columns, fill_absents};
use crate::value::scan::{Scan, Stop};

/// A transaction, read.
#[derive(Debug)]
pub(crate) struct Quick<'t> {
    pub(crate) head: Head<'t>,
    pub(crate) update: Update,
}

impl<'t> Quick<'t> {
    /// Reads an object of tables. A row that is not among the `known` ones is a new one.
    pub(crate) fn read(text: &'t str, known: &Snapshot, builder: &mut RowBuilder) -> Option<Self> {
        let mut scan = Scan::new(text.as_bytes());
        let quick = transaction(&mut scan, known, builder).ok()?;
        is_all(&mut scan).then_some(quick)
    }

    /// Reads a cluster's commit that changes rows only: `[null, transaction]`.
    pub(crate) fn read_commit(
        text: &'t str,
        known: &Snapshot,
        builder: &mut RowBuilder,
    ) -> Option<Self> {
        let mut scan = Scan::new(text.as_bytes());
        let mut commit = || {
            scan.expect(b'[')?;
            scan.literal(b"null")?;
            scan.expect(b',')?;
            let quick = transaction(&mut scan, known, builder)?;
            scan.expect(b']')?;
            Ok::<_, Stop>(quick)
        };
        let quick = commit().ok()?;
        is_all(&mut scan).then_some(quick)
    }
}

/// Whether nothing follows.
fn is_all(scan: &mut Scan<'_>) -> bool {
    scan.peek() == Err(Stop::End)
}

/// Reads an object of tables.
fn transaction<'t>(
    scan: &mut Scan<'t>,
    known: &Snapshot,
    builder: &mut RowBuilder,
) -> Result<Quick<'t>, Stop> {
    let mut head = Head::default();
    let mut update = Update::new(Arc::clone(known.layout()));
    each_member(scan, |scan| {
        let name = str::from_utf8(scan.word()?).map_err(|_| Stop::Odd)?;
        scan.expect(b':')?;
        match name {
            DATE => head.date = Some(text(scan)?),
            COMMENT => head.comment = Some(text(scan)?),
            IS_DIFF => head.is_diff = Some(text(scan)?),
            _ if name.starts_with('_') => {
                scan.any()?;
            }
            _ => match known.layout().table_number(name) {
                Some(number) if update.tables.iter().any(|(other, _)| *other == number) => {
                    return Err(Stop::Odd);
                }
                Some(number) => {
                    let rows = rows(scan, known.table_at(number), builder)?;
                    update.tables.push((number, rows));
                }
                // A table that is not asked for.
                None if known.layout().schema.table(name).is_some() && scan.peek()? == b'{' => {
                    scan.any()?;
                }
                None => return Err(Stop::Odd),
            },
        }
        Ok(())
    })?;
    // In the order of the tables' names, whatever that of the text.
    update.tables.sort_by_key(|(number, _)| *number);
    Ok(Quick { head, update })
}

/// A value that is read later.
fn text<'t>(scan: &mut Scan<'t>) -> Result<&'t str, Stop> {
    str::from_utf8(scan.any()?).map_err(|_| Stop::Odd)
}

/// Reads an object of rows, each as it is to be.
fn rows(
    scan: &mut Scan<'_>,
    known: TableRows<'_>,
    builder: &mut RowBuilder,
) -> Result<Vec<(Uuid, RowChange)>, Stop> {
    let (table, mut order) = (known.layout(), Order::default());
    let mut rows = Vec::new();
    each_member(scan, |scan| {
        let uuid = scan.uuid_text()?;
        scan.expect(b':')?;
        let is_known = known.get(uuid).is_some();
        let change = if scan.peek()? == b'n' {
            scan.literal(b"null")?;
            if !is_known {
                return Err(Stop::Odd);
            }
            RowChange::Delete
        } else {
            columns(scan, table, &mut order, builder)?;
            if is_known {
                RowChange::Modify(builder.delta())
            } else {
                fill_absents(table, builder);
                RowChange::Whole(builder.row(uuid))
            }
        };
        rows.push((uuid, change));
        Ok(())
    })?;
    Ok(rows)
}

/// Reads an object, each member by a function.
fn each_member<'t>(
    scan: &mut Scan<'t>,
    mut member: impl FnMut(&mut Scan<'t>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    scan.expect(b'{')?;
    if scan.peek()? == b'}' {
        return scan.expect(b'}');
    }
    loop {
        member(scan)?;
        match scan.next()? {
            b',' => {}
            b'}' => return Ok(()),
            _ => return Err(Stop::Odd),
        }
    }
}
