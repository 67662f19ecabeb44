//! Pages: which part of a long answer is asked for, and where the next one begins.

use crate::report::ToolError;

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// How many rows come before it.
    pub(crate) first: usize,
    /// The most rows of it.
    pub(crate) limit: usize,
    mark: u64,
}

impl Place {
    /// The place of a page among rows that are the same only if `mark` is.
    ///
    /// # Errors
    /// [`ToolError`] when the cursor is damaged or another question's.
    pub(crate) fn of(page: &Page, mark: u64) -> Result<Self, ToolError> {
        let limit = page.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
        let Some(cursor) = &page.cursor else {
            let first = 0;
            return Ok(Self { first, limit, mark });
        };
        let again = "drop the cursor and ask again from the first page";
        let damaged = || ToolError::new("the cursor is damaged").hint(again);
        let (first, own) = cursor.trim().split_once('.').ok_or_else(damaged)?;
        let first = first.parse().map_err(|_| damaged())?;
        let own = u64::from_str_radix(own, 16).map_err(|_| damaged())?;
        if own != mark {
            let error = ToolError::new(
                "the cursor belongs to another question, or the rows have changed since",
            );
            return Err(error.hint(again));
        }
        Ok(Self { first, limit, mark })
    }

    /// The cursor of the page that begins after so many rows of this one; none at the end.
    pub(crate) fn next(&self, returned: usize, total: usize) -> Option<String> {
        let after = self.first.saturating_add(returned);
        (after < total).then(|| format!("{after}.{:016x}", self.mark))
    }
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

    #[test]
    fn a_cursor_leads_to_the_rows_behind_the_page() {
        let first = Place::of(&Page::default(), 7).unwrap();
        let cursor = first.next(20, 30).unwrap();
        let second = Place::of(&page(&cursor), 7).unwrap();
        assert_eq!((second.first, second.next(10, 30)), (20, None));
    }

    #[test]
    fn other_rows_and_damage_are_refused() {
        let first = Place::of(&Page::default(), 7).unwrap();
        let cursor = first.next(1, 30).unwrap();
        assert!(Place::of(&page(&cursor), 8).is_err());
        for cursor in ["", "x", "1.", "1.x", "99999999999999999999.0"] {
            assert!(Place::of(&page(cursor), 7).is_err(), "{cursor}");
        }
        assert_ne!(mark(["ab", "c"]), mark(["a", "bc"]));
    }
}
