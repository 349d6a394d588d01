//! A web site made again and again in one process is, after every edit, the same byte for byte as one made from nothing.

#[path = "support/careplan.rs"]
mod careplan;

use std::collections::BTreeMap;

use careplan::careplan_inputs;
use faqc::diag::{Diagnostics, Levels};
use faqc::emit::site::{LastSearch, Site};
use faqc::emit::table::{LastTable, build_table_again};
use faqc::session::{Compilation, Input, Session, compile};
use fastrand::Rng;

/// What a preview shows that has shown another version before, or none.
fn site(compilation: &Compilation, search: &LastSearch, table: &mut LastTable) -> BTreeMap<String, String> {
    let site = Site::preview(build_table_again(compilation, table, &mut Diagnostics::default()), search.clone());
    let writer = site.writer();
    site.files().iter().map(|file| (file.path.clone(), writer.text(file))).collect()
}

/// Changes a title or a line of instructions or conditions, doubles one, or takes one away; what is wrong then is wrong in both.
fn edit(inputs: &mut [Input], rng: &mut Rng) {
    let is_title = |line: &str| line.trim_start().starts_with(['項', '対']) && line.ends_with("\" {");
    let is_step = |line: &str| line.trim_start().starts_with(['＞', '※']) || line.contains(" かつ ") || is_title(line);
    let texts: Vec<String> = inputs.iter().map(|it| String::from_utf8_lossy(&it.bytes).into_owned()).collect();
    let with_steps: Vec<usize> = (0..inputs.len()).filter(|at| texts[*at].lines().any(is_step)).collect();
    let place = with_steps[rng.usize(..with_steps.len())];
    let mut lines: Vec<String> = texts[place].lines().map(str::to_owned).collect();
    let steps: Vec<usize> = (0..lines.len()).filter(|at| is_step(&lines[*at])).collect();
    let at = steps[rng.usize(..steps.len())];
    match rng.u8(..3) {
        _ if is_title(&lines[at]) => lines[at] = lines[at].replace("\" {", &format!("{}\" {{", rng.u8(..))),
        0 if lines[at].contains(" かつ ") => lines[at] = lines[at].replace(" かつ ", " または "),
        0 => lines[at].push_str(&format!("（{}）", rng.u32(..))),
        1 => lines.insert(at, lines[at].clone()),
        _ => drop(lines.remove(at)),
    }
    inputs[place].bytes = (lines.join("\n") + "\n").into_bytes();
}

#[test]
fn a_session_that_goes_on_makes_what_a_clean_build_makes() {
    let rounds = std::env::var("FAQC_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12);
    let mut rng = Rng::with_seed(4);
    let mut inputs = careplan_inputs();
    let mut session = Session::new(Levels::default());
    let (search, mut table) = (LastSearch::default(), LastTable::default());
    let mut before = site(&session.compile(inputs.clone()), &search, &mut table);
    let mut changed = 0;
    for _ in 0..rounds {
        edit(&mut inputs, &mut rng);
        let compilation = session.compile(inputs.clone());
        let after = site(&compilation, &search, &mut table);
        assert!(
            after == site(&compile(inputs.clone()), &LastSearch::default(), &mut LastTable::default()),
            "the same bytes"
        );
        if rng.u8(..8) > 0 {
            session.take_back(compilation);
        }
        changed += usize::from(after != before);
        before = after;
    }
    assert!(changed > rounds / 2, "most edits can be seen");
}
