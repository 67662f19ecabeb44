//! The tables of `Odd`.
//!
//! Generated from odd.ovsschema 0.0.1; do not edit.

pub mod a_table_whose_name_is_so_long_that_nothing_fits_on_one_line;
pub mod node;
pub mod node_mode;
pub mod nothing;
pub mod self_;
pub mod set;
pub mod set_;

use ovsdb_client::table::{DatabaseDef, Row, Table, Visit};

pub use self::a_table_whose_name_is_so_long_that_nothing_fits_on_one_line::{
    ATableWhoseNameIsSoLongThatNothingFitsOnOneLine,
    ATableWhoseNameIsSoLongThatNothingFitsOnOneLineAnotherColumnWithALongName,
};
pub use self::node::{Node, NodeModeEnum, NodeQuotasKey, NodeQuotasValue};
pub use self::node_mode::NodeMode;
pub use self::nothing::Nothing;
pub use self::self_::SelfTable;
pub use self::set::{SetTable, SetTableMatch};
pub use self::set_::SetTable2;

/// The database, with its tables ascending by name.
pub static DATABASE: DatabaseDef = DatabaseDef {
    name: "Odd",
    version: "0.0.1",
    tables: &[
        &a_table_whose_name_is_so_long_that_nothing_fits_on_one_line::DEFINITION,
        &node::DEFINITION,
        &node_mode::DEFINITION,
        &nothing::DEFINITION,
        &set::DEFINITION,
        &self_::DEFINITION,
        &set_::DEFINITION,
    ],
};

/// Shows a row of the table called `table` to `visitor`, read by the generated type; false when
/// there is no such table.
pub fn visit(table: &str, row: Row, visitor: &mut impl Visit) -> bool {
    match table {
        "A_Table_Whose_Name_Is_So_Long_That_Nothing_Fits_On_One_Line" => {
            ATableWhoseNameIsSoLongThatNothingFitsOnOneLine::from_row(row).visit(visitor);
        }
        "Node" => Node::from_row(row).visit(visitor),
        "Node_Mode" => NodeMode::from_row(row).visit(visitor),
        "Nothing" => Nothing::from_row(row).visit(visitor),
        "Set" => SetTable::from_row(row).visit(visitor),
        "self" => SelfTable::from_row(row).visit(visitor),
        "set" => SetTable2::from_row(row).visit(visitor),
        _ => return false,
    }
    true
}
