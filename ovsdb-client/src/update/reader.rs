//! Table updates read while they come: row by row out of the bytes there are so far.
//!
//! A row is read the quick way, in one pass. Where the bytes end within one, a search for the end
//! of its text remembers how far it was, so that a row of any length costs two passes and no
//! more. What is not as servers write it is read the careful way once its text is whole.

use std::str;
use std::sync::Arc;

use serde::de::Error as _;

use super::decode::{Format, Order, UpdateError, row_member, row_update, table_member, tables};
use crate::row::RowBuilder;
use crate::schema::DatabaseLayout;
use crate::update::Update;
use crate::value::nesting::Nesting;
use crate::value::scan::{Scan, Stop};

/// How long the beginning of a table may be and still be read anew with each part that comes.
/// **Default and why**: 1 KiB, far longer than the name of any table.
const TABLE_NAME: usize = 1024;

/// Reads table updates, whatever the parts in which they come.
#[derive(Debug)]
pub(crate) struct UpdateReader {
    update: Update,
    format: Format,
    builder: RowBuilder,
    /// What was learnt of each table's columns, by the table's number.
    orders: Vec<Order>,
    place: Place,
    /// The member that stands next is not whole, or not as servers write it.
    member: Option<Member>,
    /// Why these are no table updates, when they are not.
    wrong: Option<UpdateError>,
}

/// What stands next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The object of tables.
    Start,
    /// The first table, or the end.
    FirstTable,
    /// A table.
    Table,
    /// A comma and another table, or the end.
    AfterTable,
    /// The first row of a table, or its end.
    FirstRow(Rows),
    /// A row.
    Row(Rows),
    /// A comma and another row, or the table's end.
    AfterRow(Rows),
    /// More of what is no table updates.
    Wrong,
    /// Nothing: the end is read.
    End,
}

/// The table whose rows are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rows {
    /// Its number in the layout.
    table: usize,
    /// Its place in the update.
    at: usize,
}

/// How far the reading came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// How many bytes are read and not needed again.
    pub(crate) bytes: usize,
    /// Whether the updates are through; what follows is not theirs.
    pub(crate) done: bool,
}

/// A text is not such that its end could be found. The fault is the sender's.
#[derive(Debug)]
pub(crate) enum Fault {
    /// This is no JSON.
    Syntax(serde_json::Error),
    /// The text is not UTF-8.
    Encoding,
    /// Arrays and objects nest too deep.
    Depth,
}

impl Update {
    /// Reads the `<table-updates>` or `<table-updates2>` in `text`.
    ///
    /// Tables and columns that the layout does not hold are passed over. A row or column that is
    /// not what the schema says becomes a fault, and the rest is read.
    ///
    /// # Errors
    /// [`UpdateError`] when the text as a whole is no table updates.
    pub fn decode(
        layout: &Arc<DatabaseLayout>,
        format: Format,
        text: &str,
    ) -> Result<Self, UpdateError> {
        let mut reader = UpdateReader::new(layout, format);
        if let Ok(Progress { bytes, done: true }) = reader.read(text.as_bytes(), usize::MAX)
            && text[bytes..].trim_ascii().is_empty()
            && reader.wrong.is_none()
        {
            return reader.into_update();
        }
        // Read anew, for what it says about the whole text.
        let mut update = Self::new(Arc::clone(layout));
        tables(&mut update, format, text)?;
        Ok(update)
    }
}

impl UpdateReader {
    pub(crate) fn new(layout: &Arc<DatabaseLayout>, format: Format) -> Self {
        let orders = layout.tables().iter().map(|_| Order::default()).collect();
        Self {
            update: Update::new(Arc::clone(layout)),
            format,
            builder: RowBuilder::default(),
            orders,
            place: Place::Start,
            member: None,
            wrong: None,
        }
    }

    /// What was read.
    ///
    /// # Errors
    /// It was no table updates.
    pub(crate) fn into_update(self) -> Result<Update, UpdateError> {
        match self.wrong {
            Some(error) => Err(error),
            None => Ok(self.update),
        }
    }

    /// How many arrays and objects are open where reading goes on.
    fn depth(&self) -> usize {
        match self.place {
            Place::Start | Place::Wrong | Place::End => 0,
            Place::FirstTable | Place::Table | Place::AfterTable => 1,
            Place::FirstRow(_) | Place::Row(_) | Place::AfterRow(_) => 2,
        }
    }

    /// Reads on. `text` begins with the first byte that was not yet told to be read, and has more
    /// of what follows each time. Arrays and objects may nest `depth` levels.
    pub(crate) fn read(&mut self, text: &[u8], depth: usize) -> Result<Progress, Fault> {
        let mut bytes = 0;
        while self.place != Place::End {
            let rest = &text[bytes..];
            let limit = depth.saturating_sub(self.depth());
            if let Some(mut member) = self.member.take() {
                let end = match self.place {
                    Place::Wrong => member.close(rest, depth)?,
                    _ => member.end(rest, limit)?,
                };
                match end {
                    Some(length) if self.place == Place::Wrong => {
                        bytes += length;
                        self.place = Place::End;
                    }
                    Some(length) => bytes += self.whole(&rest[..length])?,
                    None => {
                        // What is passed over need not be kept.
                        if self.place == Place::Wrong {
                            bytes = text.len();
                            member.at = 0;
                        }
                        self.member = Some(member);
                        break;
                    }
                }
                continue;
            }
            match self.step(rest) {
                Ok(read) => bytes += read,
                Err(stop) => match (self.place, stop) {
                    (Place::Table, Stop::End) if rest.len() < TABLE_NAME => break,
                    (Place::Table | Place::Row(_), _) => self.member = Some(Member::default()),
                    // There is nothing but space.
                    (_, Stop::End) => {
                        bytes = text.len();
                        break;
                    }
                    (Place::Start, Stop::Odd) => {
                        self.give_up(serde_json::Error::custom("this is no object of tables"));
                    }
                    (_, Stop::Odd) => {
                        let error = "neither another member nor the end of an object";
                        return Err(Fault::Syntax(serde_json::Error::custom(error)));
                    }
                },
            }
        }
        let done = self.place == Place::End;
        Ok(Progress { bytes, done })
    }

    /// Passes over what is left, since these are no table updates.
    fn give_up(&mut self, error: serde_json::Error) {
        let open = self.depth();
        self.wrong = Some(error.into());
        self.place = Place::Wrong;
        self.member = Some(Member {
            open,
            ..Member::default()
        });
    }

    /// Reads what stands next, and says how many bytes that took. Nothing is read when it stops.
    fn step(&mut self, text: &[u8]) -> Result<usize, Stop> {
        let mut scan = Scan::new(text);
        self.place = match self.place {
            Place::Start => {
                scan.expect(b'{')?;
                Place::FirstTable
            }
            Place::FirstTable if scan.peek()? == b'}' => {
                scan.expect(b'}')?;
                Place::End
            }
            Place::AfterTable => match scan.next()? {
                b',' => Place::Table,
                b'}' => Place::End,
                _ => return Err(Stop::Odd),
            },
            Place::FirstTable => Place::Table,
            Place::Table => {
                let name = str::from_utf8(scan.word()?).map_err(|_| Stop::Odd)?;
                let table = self.update.layout.table_number(name).ok_or(Stop::Odd)?;
                scan.expect(b':')?;
                scan.expect(b'{')?;
                let at = self.update.place_of(table);
                Place::FirstRow(Rows { table, at })
            }
            Place::FirstRow(_) if scan.peek()? == b'}' => {
                scan.expect(b'}')?;
                Place::AfterTable
            }
            Place::FirstRow(rows) => Place::Row(rows),
            Place::AfterRow(rows) => match scan.next()? {
                b',' => Place::Row(rows),
                b'}' => Place::AfterTable,
                _ => return Err(Stop::Odd),
            },
            Place::Row(rows) => {
                self.row(&mut scan, rows)?;
                Place::AfterRow(rows)
            }
            place @ (Place::Wrong | Place::End) => place,
        };
        Ok(scan.at())
    }

    fn row(&mut self, scan: &mut Scan<'_>, rows: Rows) -> Result<(), Stop> {
        let uuid = scan.uuid_text()?;
        scan.expect(b':')?;
        let change = row_update(
            scan,
            uuid,
            self.format,
            &self.update.layout.tables()[rows.table],
            &mut self.orders[rows.table],
            &mut self.builder,
        )?;
        // Strings were copied as they are.
        if str::from_utf8(scan.passed()).is_err() {
            return Err(Stop::Odd);
        }
        self.update.tables[rows.at].1.push((uuid, change));
        Ok(())
    }

    /// Reads a table or row whose text is whole, and says how much of it is read.
    fn whole(&mut self, text: &[u8]) -> Result<usize, Fault> {
        if let Ok(read) = self.step(text) {
            return Ok(read);
        }
        let member = str::from_utf8(text).map_err(|_| Fault::Encoding)?;
        if member.trim_ascii().is_empty() {
            let error = "nothing stands where a member should";
            return Err(Fault::Syntax(serde_json::Error::custom(error)));
        }
        let (place, read) = match self.place {
            Place::Row(rows) => {
                let read = row_member(&mut self.update, rows.at, self.format, member);
                (Place::AfterRow(rows), read)
            }
            _ => {
                let read = table_member(&mut self.update, self.format, member);
                (Place::AfterTable, read)
            }
        };
        match read {
            Ok(()) => self.place = place,
            Err(error) if error.is_data() => self.give_up(error),
            Err(error) => return Err(Fault::Syntax(error)),
        }
        Ok(text.len())
    }
}

/// The search for the end of a member of an object, which goes on where it stopped.
#[derive(Debug, Default)]
struct Member {
    at: usize,
    open: usize,
    nesting: Nesting,
}

impl Member {
    /// The place where all that is open is closed, a value without brackets before what follows it;
    /// `None` until more of the text is there.
    fn close(&mut self, text: &[u8], depth: usize) -> Result<Option<usize>, Fault> {
        while let Ok(at) = self.nesting.next(text, self.at) {
            match text[at] {
                b'{' | b'[' => self.open += 1,
                _ if self.open == 0 => return Ok(Some(at)),
                b'}' | b']' if self.open == 1 => return Ok(Some(at + 1)),
                b'}' | b']' => self.open -= 1,
                _ => {}
            }
            if self.open > depth {
                return Err(Fault::Depth);
            }
            self.at = at + 1;
        }
        Ok(None)
    }

    /// The length of the member that the text begins with; `None` until more of it is there.
    fn end(&mut self, text: &[u8], depth: usize) -> Result<Option<usize>, Fault> {
        loop {
            match self.nesting.next(text, self.at) {
                Err(at) => {
                    self.at = at;
                    return Ok(None);
                }
                Ok(at) => {
                    match text[at] {
                        b'{' | b'[' => self.open += 1,
                        _ if self.open == 0 => return Ok(Some(at)),
                        b'}' | b']' => self.open -= 1,
                        _ => {}
                    }
                    if self.open > depth {
                        return Err(Fault::Depth);
                    }
                    self.at = at + 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
