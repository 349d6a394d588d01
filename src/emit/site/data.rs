//! Data files: scripts that give a value a name. Refuses to know who asks for it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::linked_data::push_script_safe;
use super::references::{Mention, in_table};
use super::view::View;
use crate::table::{RefKind, Table};

/// Most files need no more, in bytes.
const ROOM: usize = 1 << 16;

/// A table about one symptom, and where on the site the things are that its texts mention.
#[derive(Serialize)]
struct Slice<'a> {
    table: &'a Table,
    /// Addresses by kind and id, relative to the site; those outside of it are whole.
    hrefs: BTreeMap<RefKind, BTreeMap<&'a str, String>>,
}

/// `data/symptom/NAME.js`
pub fn write_slice(view: View<'_>, name: &str, table: &Table, out: &mut String) {
    write(&format!("symptom/{name}"), &Slice { table, hrefs: hrefs(view, table) }, out);
}

/// A data file of this name, below `data/` and with `.js`. `faqc.data` gives its value.
fn write(name: &str, value: &impl Serialize, out: &mut String) {
    let mut json = Vec::with_capacity(ROOM);
    // Neither fails: there are string keys only, and a vector takes all bytes.
    let _ = serde_json::to_writer(&mut json, name);
    json.push(b',');
    let _ = serde_json::to_writer(&mut json, value);
    out.push_str("faqc.give(");
    push_script_safe(out, std::str::from_utf8(&json).unwrap_or_default());
    out.push_str(");\n");
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
