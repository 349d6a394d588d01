//! Rows: what evidence is tested against. Refuses to know what the facts are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// For each fact that the row constrains (by its index) the cells that it allows (by their indexes, ascending, at least one).
/// A row without facts holds always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Row(pub BTreeMap<u32, Vec<u32>>);

/// When a condition is certain and when it is excluded: for each of the two, one of the two lists is present.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Condition {
    /// Certain when the evidence is inside one of these rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certain: Option<Vec<Row>>,
    /// Certain when the evidence touches none of these rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certain_clear_of: Option<Vec<Row>>,
    /// Excluded when the evidence is inside one of these rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excluded: Option<Vec<Row>>,
    /// Excluded when the evidence touches none of these rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excluded_clear_of: Option<Vec<Row>>,
}

/// Evidence that no situation agrees with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compiler", derive(schemars::JsonSchema))]
pub struct Contradiction {
    /// Contradictory when the evidence is inside one of these rows.
    pub rows: Vec<Row>,
    /// Contradictory when there is one of these lists such that the evidence touches none of its rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clear_of: Vec<Vec<Row>>,
}
