//! The care-plan FAQ: its files, and its table.

#![allow(dead_code, reason = "each test uses what it needs")]

use std::path::Path;

use faqc::diag::Diagnostics;
use faqc::emit::table::build_table;
use faqc::table::Table;
use faqc::{Input, compile};

/// In the order of their names.
pub fn careplan_inputs() -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("kb/careplan");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.into_iter().map(|name| Input { bytes: std::fs::read(folder.join(&name)).unwrap(), name }).collect()
}

pub fn careplan_table() -> Table {
    build_table(&compile(careplan_inputs()), &mut Diagnostics::default())
}
