//! Says a condition in the reader's words; refuses to know any output format.

use crate::language::Language;
use crate::model::{ConditionId, Model};
use crate::source::Sources;
use crate::types::Types;

/// The condition as a reader would say it: facts by their labels, values by theirs.
pub fn describe(id: ConditionId, model: &Model, _types: &Types, sources: &Sources, _language: Language) -> String {
    sources.text(model.conditions[id].span()).to_owned()
}
