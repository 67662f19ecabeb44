//! The quick way through one row update: one pass over its text, as servers write it.

use uuid::Uuid;

use super::{Format, fill_absents};
use crate::row::RowBuilder;
use crate::schema::{ColumnLayout, TableLayout};
use crate::update::RowChange;
use crate::value::scan::{Scan, Stop};

/// Which column came after which, so that the next one is found without a search: a server writes
/// the columns of all rows of a table in one order.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// By the number of a column and one more, 0 standing for the beginning, the number of the one
    /// that came next.
    next: Vec<u16>,
}

/// Reads the row update that stands next.
pub(crate) fn row_update(
    scan: &mut Scan<'_>,
    uuid: Uuid,
    format: Format,
    table: &TableLayout,
    order: &mut Order,
    builder: &mut RowBuilder,
) -> Result<RowChange, Stop> {
    scan.expect(b'{')?;
    let word = scan.word()?;
    scan.expect(b':')?;
    let change = match (format, word) {
        (Format::Differences, b"initial" | b"insert") => {
            columns(scan, table, order, builder)?;
            fill_absents(table, builder);
            RowChange::Whole(builder.row(uuid))
        }
        (Format::Differences, b"modify") => {
            columns(scan, table, order, builder)?;
            RowChange::Modify(builder.delta())
        }
        (Format::Differences, b"delete") => {
            scan.literal(b"null")?;
            RowChange::Delete
        }
        (Format::Old, b"new") => {
            columns(scan, table, order, builder)?;
            RowChange::Whole(builder.row(uuid))
        }
        _ => return Err(Stop::Odd),
    };
    scan.expect(b'}')?;
    Ok(change)
}

/// Reads an object of columns into the builder. Columns that are not asked for are passed over.
pub(crate) fn columns(
    scan: &mut Scan<'_>,
    table: &TableLayout,
    order: &mut Order,
    builder: &mut RowBuilder,
) -> Result<(), Stop> {
    builder.clear();
    scan.expect(b'{')?;
    if scan.peek()? == b'}' {
        return scan.expect(b'}');
    }
    let mut before = 0;
    loop {
        let column = order.column(scan, table, before)?;
        scan.expect(b':')?;
        if let Some((number, column)) = column {
            let start = builder.buffer().len();
            scan.value(&column.column_type, builder.buffer())?;
            builder.set(number, start);
            before = usize::from(number) + 1;
        } else {
            scan.any()?;
        }
        match scan.next()? {
            b',' => {}
            b'}' => return Ok(()),
            _ => return Err(Stop::Odd),
        }
    }
}

impl Order {
    /// The column whose name stands next; `None` for one that the layout does not have.
    fn column<'a>(
        &mut self,
        scan: &mut Scan<'_>,
        table: &'a TableLayout,
        before: usize,
    ) -> Result<Option<(u16, &'a ColumnLayout)>, Stop> {
        if let Some(&number) = self.next.get(before)
            && let Some(column) = table.column(number)
        {
            scan.peek()?;
            // What is not there yet is never noted as what comes next.
            if column.present && scan.is_word(column.name.as_bytes()) {
                return Ok(Some((number, column)));
            }
        }
        let name = std::str::from_utf8(scan.word()?).map_err(|_| Stop::Odd)?;
        let Some(number) = table.column_number(name) else {
            return Ok(None);
        };
        let column = table.column(number).ok_or(Stop::Odd)?;
        if self.next.len() <= before {
            self.next.resize(table.columns().len() + 1, u16::MAX);
        }
        self.next[before] = number;
        Ok(Some((number, column)))
    }
}
