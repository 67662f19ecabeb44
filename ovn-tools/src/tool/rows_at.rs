//! The `rows_at` tool: rows of one table as they were at a moment of a recording.

use crate::moment::Moment;
use crate::report::ToolError;
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;
use crate::tool::rows_find::{self, RowsFind, RowsFound};

/// Finds rows by conditions in the past.
#[derive(Clone, Copy, Debug)]
pub struct RowsAt;

/// Which rows to find, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// The rows; its own `at` does not count.
    pub find: rows_find::Params,
    /// When.
    pub at: Moment,
}

impl Params {
    /// What `rows_find` is asked.
    fn question(&self) -> rows_find::Params {
        rows_find::Params {
            at: Some(self.at),
            ..self.find.clone()
        }
    }
}

impl Tool for RowsAt {
    const NAME: &'static str = "rows_at";
    type Params = Params;
    type Report = RowsFound;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        RowsFind::needs(&params.question())
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<RowsFound, ToolError> {
        RowsFind::conclude(&params.question(), snapshot)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::database::Database;
    use crate::tool::recording;

    const SWITCH: &str = "5a5a5a5a-0000-4000-8000-000000000001";

    fn ask(record: usize, cursor: Option<String>) -> Result<RowsFound, ToolError> {
        let records = [
            json!({"name": "OVN_Northbound", "version": "7.0.0", "tables": {"Logical_Switch": {
                "isRoot": true, "columns": {"name": {"type": "string"}}}}}),
            json!({"Logical_Switch": {SWITCH: {"name": "old"},
                                      SWITCH.replace('1', "2"): {"name": "other"}}}),
            json!({"Logical_Switch": {SWITCH: {"name": "new"}}}),
        ];
        let at = Moment::Record(record);
        let read = recording::past(Database::Nb, "a", recording::file(&records), at);
        let mut find = rows_find::Params::new(Database::Nb, "Logical_Switch");
        find.limit = 1;
        find.cursor = cursor;
        let params = Params { find, at };
        assert_eq!(RowsAt::needs(&params)?.moments(), [Some(at)]);
        RowsAt::conclude(&params, &recording::snapshot(vec![read]))
    }

    #[test]
    fn rows_are_found_as_they_were() {
        let found = [1, 2].map(|record| ask(record, None).expect("an answer"));
        let shown = found
            .each_ref()
            .map(|found| format!("{}: {}", found.summary, found.rows[0][1]));
        insta::assert_snapshot!(shown.join("\n"), @r#"
        2 rows of Logical_Switch on a at record:1; row 1 is on this page: "old"
        2 rows of Logical_Switch on a at record:2; row 1 is on this page: "new"
        "#);
    }

    #[test]
    fn a_cursor_of_one_moment_goes_on_at_no_other() {
        let first = ask(1, None).expect("an answer");
        let next = ask(1, first.next_cursor.clone()).expect("the same question");
        assert_eq!(next.returned, 1);
        let other = ask(2, first.next_cursor).expect_err("another question");
        assert!(other.message.contains("another question"), "{other}");
    }
}
