//! Boundaries between messages in a stream that is only passed on.

/// Where a stream of JSON objects stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Boundary {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Boundary {
    /// Whether the stream stands between two messages.
    pub(super) fn is_between(&self) -> bool {
        self.depth == 0
    }

    /// Goes over bytes; gives the place after the last message that ends in them.
    pub(super) fn pass(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut end = None;
        for (at, byte) in bytes.iter().enumerate() {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        end = Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_end_of_a_message_is_found_however_the_stream_is_cut(
            texts in proptest::collection::vec(any::<String>(), 1..4),
            cut in 1_usize..9,
        ) {
            let messages: Vec<String> = texts
                .iter()
                .map(|text| serde_json::json!({"a": [text, {"b": text}]}).to_string())
                .collect();
            let stream = messages.concat();
            let mut boundary = Boundary::default();
            let (mut passed, mut ends) = (0, Vec::new());
            for part in stream.as_bytes().chunks(cut) {
                if let Some(end) = boundary.pass(part) {
                    ends.push(passed + end);
                }
                passed += part.len();
            }
            prop_assert!(boundary.is_between());
            prop_assert_eq!(ends.last(), Some(&stream.len()));
            let mut expected = 0;
            let all: Vec<usize> = messages.iter().map(|message| { expected += message.len(); expected }).collect();
            prop_assert!(ends.iter().all(|end| all.contains(end)));
        }
    }
}
