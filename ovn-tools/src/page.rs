//! Pages: which part of a long answer is asked for, and where the next one begins.

use std::fmt;

use crate::report::{Gap, ToolError};

/// How many rows a page holds unless the question says otherwise.
/// **Default and why**: 50; the budget of an answer cuts it shorter where rows are long.
pub const DEFAULT_LIMIT: usize = 50;
/// The most rows that a page can be asked to hold.
/// **Default and why**: 1000; more is paged, so that no answer grows without bound.
pub const MAX_LIMIT: usize = 1000;

/// The part of an answer that is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Where it begins: the `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// The most rows of it. **Default**: [`DEFAULT_LIMIT`].
    pub limit: Option<usize>,
}

/// A page of rows that are all known.
///
/// Its cursors say how many rows come before, and by a number which row was the last of them: where
/// others have come or gone meanwhile, the next page still goes on after that row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// How many rows come before it.
    pub(crate) first: usize,
    /// The most rows of it.
    pub(crate) limit: usize,
    question: u64,
    /// The numbers of the row before the page and of those on it.
    marks: Vec<u64>,
    has_lost: bool,
}

impl Place {
    /// The place of a page among `total` rows, of which `mark` tells the numbers, as an answer to
    /// a [`question`].
    ///
    /// # Errors
    /// [`ToolError`] when the cursor is damaged or another question's.
    pub(crate) fn of(
        page: &Page,
        question: u64,
        total: usize,
        mark: impl Fn(usize) -> u64,
    ) -> Result<Self, ToolError> {
        let limit = page.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
        let (mut first, mut has_lost) = (0, false);
        if let Some(cursor) = &page.cursor {
            let last = Cursor::parse(cursor, question)?;
            first = last.count;
            if let Some(at) = last.count.checked_sub(1) {
                let is_it = |at: &usize| *at < total && mark(*at) == last.mark;
                // The nearest of those that are told apart by nothing.
                let mut near = (0..=total.max(at))
                    .flat_map(|step| [at.checked_sub(step), at.checked_add(step)])
                    .flatten();
                match near.find(is_it) {
                    Some(at) => first = at + 1,
                    None => (first, has_lost) = (first.min(total), true),
                }
            }
        }
        let end = first.saturating_add(limit).min(total);
        let before = first.checked_sub(1).map_or(0, &mark);
        Ok(Self {
            first,
            limit,
            question,
            marks: std::iter::once(before)
                .chain((first..end).map(mark))
                .collect(),
            has_lost,
        })
    }

    /// The cursor of the page that begins after so many rows of this one; none at the end.
    pub(crate) fn next(&self, returned: usize, total: usize) -> Option<String> {
        let count = self.first.saturating_add(returned);
        let mark = self.marks.get(returned).copied().unwrap_or_default();
        let cursor = Cursor { count, mark };
        (count < total).then(|| cursor.print(self.question))
    }

    /// What may be missing or told twice, where the last row before the page is no longer there.
    pub(crate) fn gap(&self) -> Option<Gap> {
        self.has_lost.then(|| Gap {
            what: "rows beside the beginning of this page".to_owned(),
            why: "the last row of the page before has gone or changed since, so that some may be \
                  left out or told twice"
                .to_owned(),
        })
    }
}

/// How many rows have been told, and the number of the last.
#[derive(Clone, Copy, Debug)]
struct Cursor {
    count: usize,
    mark: u64,
}

impl Cursor {
    fn parse(text: &str, question: u64) -> Result<Self, ToolError> {
        let again = "drop the cursor and ask again from the first page";
        let damaged = || ToolError::new("the cursor is damaged").hint(again);
        let parts: Vec<&str> = text.trim().split('.').collect();
        let &[count, asked, mark] = parts.as_slice() else {
            return Err(damaged());
        };
        let number = |digits: &str| u64::from_str_radix(digits, 16).map_err(|_| damaged());
        let cursor = Self {
            count: count.parse().map_err(|_| damaged())?,
            mark: number(mark)?,
        };
        if number(asked)? != question {
            return Err(ToolError::new(
                "the cursor belongs to another question: only the limit may change from page to \
                 page",
            )
            .hint(format!("{again}, or send the question it came from")));
        }
        Ok(cursor)
    }

    fn print(self, question: u64) -> String {
        let Self { count, mark } = self;
        format!("{count}.{question:016x}.{mark:016x}")
    }
}

/// A number for what is asked of a tool, whichever `page` of the answer.
pub(crate) fn question<P: Clone + fmt::Debug>(
    tool: &str,
    params: &P,
    page: impl FnOnce(&mut P) -> &mut Page,
) -> u64 {
    let mut asked = params.clone();
    *page(&mut asked) = Page::default();
    mark([tool, &format!("{asked:?}")])
}

/// A number for texts that is the same on every machine (FNV-1a).
pub(crate) fn mark<'t>(texts: impl IntoIterator<Item = &'t str>) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let mut hash = BASIS;
    for text in texts {
        // What no text holds stands between two.
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(cursor: &str) -> Page {
        Page {
            cursor: Some(cursor.to_owned()),
            limit: None,
        }
    }

    const ROWS: [u64; 6] = [11, 22, 33, 44, 55, 66];

    fn place(page: &Page, rows: &[u64]) -> Result<Place, ToolError> {
        Place::of(page, 7, rows.len(), |at| rows[at])
    }

    #[test]
    fn a_cursor_leads_to_the_rows_behind_the_page() {
        let first = place(&Page::default(), &ROWS).unwrap();
        let cursor = first.next(2, ROWS.len()).unwrap();
        let second = place(&page(&cursor), &ROWS).unwrap();
        assert_eq!((second.first, second.next(4, ROWS.len())), (2, None));
        // Of a page that shows nothing it is the page's own.
        assert_eq!(second.next(0, ROWS.len()), Some(cursor));
        let none = first.next(0, ROWS.len()).unwrap();
        assert_eq!(place(&page(&none), &ROWS).unwrap().first, 0);
    }

    #[test]
    fn rows_that_come_and_go_shift_nothing() {
        let first = place(&Page::default(), &ROWS).unwrap();
        let cursor = page(&first.next(3, ROWS.len()).unwrap());
        let found = |rows: &[u64]| {
            let place = place(&cursor, rows).unwrap();
            (place.first, place.gap().is_some())
        };
        assert_eq!(found(&[1, 2, 11, 22, 33, 44]), (5, false));
        assert_eq!(found(&[33, 44]), (1, false));
        assert_eq!(found(&[33, 11, 33, 44]), (3, false));
        assert_eq!(found(&[11, 22, 44, 55]), (3, true));
        assert_eq!(found(&[]), (0, true));
    }

    #[test]
    fn other_questions_and_damage_are_refused() {
        let first = place(&Page::default(), &ROWS).unwrap();
        let cursor = page(&first.next(1, ROWS.len()).unwrap());
        assert!(Place::of(&cursor, 8, ROWS.len(), |at| ROWS[at]).is_err());
        for cursor in [
            "",
            "x",
            "1.",
            "1.x",
            "1.7",
            "1.7.x",
            "99999999999999999999.7.0",
        ] {
            assert!(place(&page(cursor), &ROWS).is_err(), "{cursor}");
        }
        assert_ne!(mark(["ab", "c"]), mark(["a", "bc"]));
        assert_ne!(
            question("a", &Page::default(), |page| page),
            question("b", &Page::default(), |page| page)
        );
    }
}
