//! Table `A_Table_Whose_Name_Is_So_Long_That_Nothing_Fits_On_One_Line` of `Odd`.
//!
//! Generated from odd.ovsschema 0.0.1; do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

/// A row of `A_Table_Whose_Name_Is_So_Long_That_Nothing_Fits_On_One_Line`.
#[derive(Clone, PartialEq, Eq)]
pub struct ATableWhoseNameIsSoLongThatNothingFitsOnOneLine(Row);

/// `a_column_whose_name_is_just_as_long_as_that_of_the_table` of
/// `A_Table_Whose_Name_Is_So_Long_That_Nothing_Fits_On_One_Line`.
///
/// **Shape**: set of strong references to [`ATableWhoseNameIsSoLongThatNothingFitsOnOneLine`].
pub const A_COLUMN_WHOSE_NAME_IS_JUST_AS_LONG_AS_THAT_OF_THE_TABLE: Column<
    ATableWhoseNameIsSoLongThatNothingFitsOnOneLine,
    Set<Ref<ATableWhoseNameIsSoLongThatNothingFitsOnOneLine>>,
> = Column::new(0);

/// `another_column_with_a_long_name` of
/// `A_Table_Whose_Name_Is_So_Long_That_Nothing_Fits_On_One_Line`.
///
/// **Shape**: set of [`ATableWhoseNameIsSoLongThatNothingFitsOnOneLineAnotherColumnWithALongName`].
pub const ANOTHER_COLUMN_WITH_A_LONG_NAME: Column<
    ATableWhoseNameIsSoLongThatNothingFitsOnOneLine,
    Set<ATableWhoseNameIsSoLongThatNothingFitsOnOneLineAnotherColumnWithALongName>,
> = Column::new(1);

/// A value of [`ANOTHER_COLUMN_WITH_A_LONG_NAME`]: of `another_column_with_a_long_name` in
/// `A_Table_Whose_Name_Is_So_Long_That_Nothing_Fits_On_One_Line`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ATableWhoseNameIsSoLongThatNothingFitsOnOneLineAnotherColumnWithALongName {
    /// `a-rather-long-value-of-the-enumeration`.
    ARatherLongValueOfTheEnumeration,
    /// `another-rather-long-value`.
    AnotherRatherLongValue,
    /// `a-third-value-that-is-rather-long-too`.
    AThirdValueThatIsRatherLongToo,
    /// `and-one-more-for-good-measure`.
    AndOneMoreForGoodMeasure,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ATableWhoseNameIsSoLongThatNothingFitsOnOneLineAnotherColumnWithALongName {
    fn from_name(name: &str) -> Self {
        match name {
            "a-rather-long-value-of-the-enumeration" => Self::ARatherLongValueOfTheEnumeration,
            "another-rather-long-value" => Self::AnotherRatherLongValue,
            "a-third-value-that-is-rather-long-too" => Self::AThirdValueThatIsRatherLongToo,
            "and-one-more-for-good-measure" => Self::AndOneMoreForGoodMeasure,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::ARatherLongValueOfTheEnumeration => "a-rather-long-value-of-the-enumeration",
            Self::AnotherRatherLongValue => "another-rather-long-value",
            Self::AThirdValueThatIsRatherLongToo => "a-third-value-that-is-rather-long-too",
            Self::AndOneMoreForGoodMeasure => "and-one-more-for-good-measure",
            Self::Other(other) => other,
        }
    }
}

/// Any string.
const STRING: BaseDef = BaseDef::plain(Kind::String);

/// Any UUID.
const UUID: BaseDef = BaseDef::plain(Kind::Uuid);

/// A scalar of any string: each column below says in what it differs.
const PLAIN: ColumnDef = ColumnDef {
    name: "",
    key: STRING,
    value: None,
    min: 1,
    max: 1,
    mutable: true,
    ephemeral: false,
};

/// What the table holds, with its columns in the order of their numbers.
#[rustfmt::skip]
pub static DEFINITION: TableDef = TableDef {
    database: "Odd",
    name: "A_Table_Whose_Name_Is_So_Long_That_Nothing_Fits_On_One_Line",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "a_column_whose_name_is_just_as_long_as_that_of_the_table",
            key: BaseDef { reference: Some(("A_Table_Whose_Name_Is_So_Long_That_Nothing_Fits_On_One_Line", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "another_column_with_a_long_name",
            key: BaseDef { enumeration: &[
                "a-rather-long-value-of-the-enumeration", "another-rather-long-value",
                "a-third-value-that-is-rather-long-too", "and-one-more-for-good-measure",
            ], ..STRING },
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for ATableWhoseNameIsSoLongThatNothingFitsOnOneLine {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(
            A_COLUMN_WHOSE_NAME_IS_JUST_AS_LONG_AS_THAT_OF_THE_TABLE,
            self.a_column_whose_name_is_just_as_long_as_that_of_the_table(),
        );
        visitor.column(
            ANOTHER_COLUMN_WITH_A_LONG_NAME,
            self.another_column_with_a_long_name(),
        );
    }
}

impl fmt::Debug for ATableWhoseNameIsSoLongThatNothingFitsOnOneLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl ATableWhoseNameIsSoLongThatNothingFitsOnOneLine {
    /// The column `a_column_whose_name_is_just_as_long_as_that_of_the_table`. See
    /// [`A_COLUMN_WHOSE_NAME_IS_JUST_AS_LONG_AS_THAT_OF_THE_TABLE`].
    pub fn a_column_whose_name_is_just_as_long_as_that_of_the_table(
        &self,
    ) -> SetView<'_, Ref<ATableWhoseNameIsSoLongThatNothingFitsOnOneLine>> {
        self.0
            .get(A_COLUMN_WHOSE_NAME_IS_JUST_AS_LONG_AS_THAT_OF_THE_TABLE)
    }

    /// The column `another_column_with_a_long_name`. See [`ANOTHER_COLUMN_WITH_A_LONG_NAME`].
    pub fn another_column_with_a_long_name(
        &self,
    ) -> SetView<'_, ATableWhoseNameIsSoLongThatNothingFitsOnOneLineAnotherColumnWithALongName>
    {
        self.0.get(ANOTHER_COLUMN_WITH_A_LONG_NAME)
    }
}
