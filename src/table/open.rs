//! The schema of objects of which one member is chosen. Refuses to know which.

use schemars::Schema;
use serde_json::Value;

/// Lets the alternatives of an enum have members that are not described, as all other objects of a table may.
pub(super) fn schema(schema: &mut Schema) {
    let Some(Value::Array(alternatives)) = schema.get_mut("oneOf") else { return };
    for alternative in alternatives.iter_mut().filter_map(Value::as_object_mut) {
        alternative.remove("additionalProperties");
    }
}
