//! Nesting: where in a JSON text strings and brackets stand, part by part as it comes.
//!
//! Only strings and brackets are understood; whether the text is sound is its reader's business.

use crate::value::scan::special;

/// Follows a text; it goes on where it stopped, wherever the parts split.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nesting {
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    /// The place of the next bracket or comma outside of strings from `at` on; `Err` holds where to
    /// go on when more of the text is there.
    #[inline]
    pub(crate) fn next(&mut self, text: &[u8], mut at: usize) -> Result<usize, usize> {
        loop {
            if self.in_string {
                at = self.skip_string(text, at)?;
            }
            match text.get(at) {
                None => return Err(at),
                Some(b'"') => {
                    self.in_string = true;
                    at += 1;
                }
                Some(b'{' | b'[' | b'}' | b']' | b',') => return Ok(at),
                Some(_) => at += 1,
            }
        }
    }

    /// The place after the string that `at` stands in.
    fn skip_string(&mut self, text: &[u8], mut at: usize) -> Result<usize, usize> {
        loop {
            if self.escaped {
                if at >= text.len() {
                    return Err(at);
                }
                self.escaped = false;
                at += 1;
            }
            let Some(stop) = special(text, at) else {
                return Err(text.len());
            };
            at = stop + 1;
            match text[stop] {
                b'"' => {
                    self.in_string = false;
                    return Ok(at);
                }
                b'\\' => self.escaped = true,
                _ => {}
            }
        }
    }
}
