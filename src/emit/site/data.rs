//! Data files: scripts that give a value a name. Refuses to know who asks for it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::linked_data::script_safe;
use super::references::{Mention, in_table};
use super::view::View;
use crate::table::{RefKind, Table};

/// A table about one symptom, and where on the site the things are that its texts mention.
#[derive(Serialize)]
struct Slice<'a> {
    table: &'a Table,
    /// Addresses by kind and id, relative to the site; those outside of it are whole.
    hrefs: BTreeMap<RefKind, BTreeMap<&'a str, String>>,
}

/// `data/symptom/NAME.js`
pub fn slice(view: View<'_>, name: &str, table: &Table) -> String {
    file(&format!("symptom/{name}"), &Slice { table, hrefs: hrefs(view, table) })
}

/// A data file of this name, below `data/` and with `.js`. `faqc.data` gives its value.
pub fn file(name: &str, value: &impl Serialize) -> String {
    let json = |text: serde_json::Result<String>| script_safe(&text.unwrap_or_default());
    format!("faqc.give({},{});\n", json(serde_json::to_string(name)), json(serde_json::to_string(value)))
}

fn hrefs<'a>(view: View<'_>, table: &'a Table) -> BTreeMap<RefKind, BTreeMap<&'a str, String>> {
    let mut hrefs: BTreeMap<RefKind, BTreeMap<&'a str, String>> = BTreeMap::new();
    let mut add = |kind: RefKind, id: &'a str| {
        if let Some(href) = view.target(kind, id) {
            hrefs.entry(kind).or_default().insert(id, href);
        }
    };
    table.entries.iter().for_each(|entry| add(RefKind::Entry, &entry.id));
    in_table(table, &mut |mention| {
        if let Mention::Reference(reference) = mention {
            reference.targets.iter().for_each(|id| add(reference.kind, id));
        }
    });
    hrefs
}
