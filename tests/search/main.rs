//! Both searches: how well they find what people really paste and type, and that the site's script finds the same.
#![cfg(feature = "compiler")]

mod engine;
mod messages;
mod noise;
mod quality;
mod same;
mod site;

use std::path::Path;

use faqc::diag::Diagnostics;
use faqc::emit::table::build_table;
use faqc::table::Table;
use faqc::{Input, compile};

/// The table of the care-plan FAQ.
fn careplan() -> Table {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("kb/careplan");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let inputs = names.into_iter().map(|name| Input { bytes: std::fs::read(folder.join(&name)).unwrap(), name });
    build_table(&compile(inputs.collect()), &mut Diagnostics::default())
}
