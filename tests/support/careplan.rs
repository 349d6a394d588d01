//! The table of the care-plan FAQ.

use std::path::Path;

use faqc::diag::Diagnostics;
use faqc::emit::table::build_table;
use faqc::table::Table;
use faqc::{Input, compile};

pub fn careplan_table() -> Table {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("kb/careplan");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let inputs = names.into_iter().map(|name| Input { bytes: std::fs::read(folder.join(&name)).unwrap(), name });
    build_table(&compile(inputs.collect()), &mut Diagnostics::default())
}
