//! What can be wrong with a table of the right shape. Refuses to know where.

use std::fmt;

/// Why a place of a table does not fit the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// An index leads out of its list.
    NoSuchThing,
    NoSuchFact,
    NoCells,
    TooManyDecimals,
    OneListOfRows,
    TwoFormsOfRows,
    NoCellAllowed,
    CellsOutOfOrder,
    IdTaken,
    /// A question does not list a fact that names it, or lists another one's.
    OtherQuestion,
    /// A bound is no number, version or day, as the question's kind would have it.
    OtherBound,
    /// It leads back to itself, or to something that does.
    Endless,
    /// More is done, or said, within it than a reader is shown.
    TooMuch,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchThing => "refers to something that the table does not have",
            Self::NoSuchFact => "speaks of a fact that the table does not have",
            Self::NoCells => "has no cells",
            Self::TooManyDecimals => "has more decimals than numbers can have",
            Self::OneListOfRows => "lacks one of its two lists of rows",
            Self::TwoFormsOfRows => "has both forms of a list of rows",
            Self::NoCellAllowed => "allows a fact no cell at all",
            Self::CellsOutOfOrder => "lists cells out of order",
            Self::IdTaken => "has the id of an earlier one",
            Self::OtherQuestion => "and its facts do not name each other",
            Self::OtherBound => "has bounds that its question's kind does not have",
            Self::Endless => "leads back to itself",
            Self::TooMuch => "contains more than is shown to a reader",
        })
    }
}
