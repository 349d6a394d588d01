//! Coverage as a trace file of lcov: the lines of the `.faq` files, and condition rows as branches.

use std::collections::BTreeMap;

use lcov::Report;
use lcov::report::section::{Key, Value, branch, line};

use crate::diag::Scene;
use crate::suite::coverage::{Coverage, Item, ItemKind};

/// A line counts as often as what is least often reached on it.
pub fn report(coverage: &Coverage, scene: Scene<'_>) -> String {
    let mut report = Report::new();
    for item in &coverage.items {
        let source_file = format!("{}{}", scene.prefix, scene.sources[item.span.file].name).into();
        let section = report.sections.entry(Key { test_name: String::new(), source_file }).or_default();
        add(item, scene.sources.line(item.span), section);
    }
    report.into_records().map(|record| format!("{record}\n")).collect()
}

fn add(item: &Item, at: u32, section: &mut Value) {
    let tests = item.tests as u64;
    match item.kind {
        ItemKind::Row => add_branch(at, tests, &mut section.branches),
        ItemKind::Entry | ItemKind::Action | ItemKind::Symptom | ItemKind::Message => {}
    }
    let value = section.lines.entry(line::Key { line: at }).or_insert(line::Value { count: tests, checksum: None });
    value.count = match item.kind {
        ItemKind::Row => value.count.max(tests),
        ItemKind::Entry | ItemKind::Action | ItemKind::Symptom | ItemKind::Message => value.count.min(tests),
    };
}

/// The rows of a line are numbered in order.
fn add_branch(at: u32, tests: u64, branches: &mut BTreeMap<branch::Key, branch::Value>) {
    let number = branches.keys().filter(|key| key.line == at).count() as u32;
    branches.insert(branch::Key { line: at, block: 0, branch: number }, branch::Value { taken: Some(tests) });
}
