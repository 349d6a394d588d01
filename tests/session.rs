//! A session says the same of a knowledge base as a compilation from scratch, whatever was compiled in it before.

#![allow(clippy::unwrap_used)]

#[path = "../benches/generator/mod.rs"]
mod generator;
mod random_model;

use std::sync::Arc;

use faqc::analysis::{Memo, analyse};
use faqc::diag::Diagnostics;
use faqc::emit::TARGETS;
use faqc::emit::table::{LastTable, build_table, build_table_again};
use faqc::session::{Compilation, Input, Reread, Session, compile};
use faqc::table::Table;
use fastrand::Rng;
use generator::KnowledgeBase;

/// Lines that replace others: sound, broken, not allowed where they stand, and none at all.
const LINES: &[&str] = &[
    "",
    "}",
    "{",
    "entry 新しい \"新しい\" {\n  symptom send-failed\n  do \"待つ\" { step 待つ }\n}",
    "fact 新しい事実 : yes/no",
    "  when",
    "  条件 証明書あり",
    "許容 gap 理由 ためし",
    "  test \"中のテスト\" {",
    "これは何でもない行です。",
];

#[test]
fn a_session_is_a_compilation_from_scratch() {
    let mut rng = Rng::with_seed(11);
    let mut session = Session::default();
    let original = careplan();
    let mut inputs = original.clone();
    let mut compiled = Vec::new();
    for case in 0..cases(25) {
        // What is broken stays so for a few steps, and is mended at once.
        if case % 6 == 5 {
            inputs.clone_from(&original);
        } else {
            edit(&mut inputs, &mut rng);
        }
        let again = session.compile_again(reread(&inputs, &compiled, &mut rng));
        assert_eq!(said(&again), said(&compile(inputs.clone())), "after edit {case}");
        take_back(&mut session, again, &mut rng);
        compiled.clone_from(&inputs);
    }
}

/// As from a reader that knows of most files that they are those that were compiled last.
fn reread(inputs: &[Input], compiled: &[Input], rng: &mut Rng) -> Vec<Reread> {
    let named = |name: &str, all: &[Input]| all.iter().filter(|it| it.name == name).count();
    let mut file = |input: &Input| {
        let is_compiled = compiled.iter().any(|it| it.name == input.name && it.bytes == input.bytes);
        let is_only = named(&input.name, inputs) == 1 && named(&input.name, compiled) == 1;
        let is_unchanged = is_compiled && is_only && rng.u8(..8) > 0;
        if is_unchanged { Reread::Unchanged(input.name.clone()) } else { Reread::Read(input.clone()) }
    };
    inputs.iter().map(&mut file).collect()
}

/// Some are given back, as a preview does, and some kept.
fn take_back(session: &mut Session, compilation: Compilation, rng: &mut Rng) {
    if rng.u8(..4) > 0 {
        session.take_back(compilation);
    }
}

/// What was proved of knowledge bases that are much alike is never taken for what another one asks.
#[test]
fn what_is_remembered_of_others_changes_no_proof() {
    let mut memo = Memo::default();
    for seed in 1..=cases(150) as u64 {
        let [one, other] = random_model::mutation::pair(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let third = random_model::compilation_with_paths(seed);
        for compilation in [&one, &other, &third, &other, &one] {
            let afresh = proved(compilation, &mut Memo::default());
            assert_eq!(proved(compilation, &mut memo), afresh, "seed {seed}");
            assert_eq!(proved(compilation, &mut memo), afresh, "seed {seed}, again");
        }
    }
}

fn proved(compilation: &Compilation, memo: &mut Memo) -> Vec<faqc::diag::Diagnostic> {
    let Compilation { model, types, graph, sources, .. } = compilation;
    let mut diagnostics = Diagnostics::default();
    analyse(model, types, graph, sources, memo, &mut diagnostics);
    diagnostics.into_vec()
}

/// Edits as writers make them: lines are taken out, put in twice or elsewhere, words are put in the place of others; entries,
/// facts, values, messages, symptoms and files come, go and change their names.
#[test]
fn a_session_of_edits_is_a_compilation_from_scratch() {
    let mut rng = Rng::with_seed(23);
    let mut session = Session::default();
    let knowledge_base = KnowledgeBase::of(60);
    let input = |(name, text): &(String, String)| Input { name: name.clone(), bytes: text.clone().into_bytes() };
    let original: Vec<Input> = knowledge_base.files.iter().map(input).flat_map(halves).collect();
    let mut inputs = original.clone();
    let mut sound = 0;
    let mut compiled = Vec::new();
    let mut tables = Tables::default();
    for case in 0..cases(80) {
        let before = inputs.clone();
        write_on(&mut inputs, &mut rng);
        let afresh = compile(inputs.clone());
        let again = session.compile_again(reread(&inputs, &compiled, &mut rng));
        assert_eq!(said(&again), said(&afresh), "after edit {case}");
        if !afresh.diagnostics.has_errors() && rng.u8(..6) > 0 {
            tables.check(&again, &afresh);
        }
        take_back(&mut session, again, &mut rng);
        compiled.clone_from(&inputs);
        sound += usize::from(!afresh.diagnostics.has_errors());
        // Most mistakes are mended at once, so that there are proofs to remember.
        if afresh.diagnostics.has_errors() && rng.u8(..8) > 0 {
            inputs = before;
        }
        if case % 15 == 14 {
            inputs.clone_from(&original);
        }
    }
    assert!(sound > 10, "of {sound} sound versions something is proved");
    assert!(tables.shared > 100, "{} entries and actions were taken over", tables.shared);
}

/// Tables that are made one after the other, not of each version.
#[derive(Default)]
struct Tables {
    last: LastTable,
    before: Option<Table>,
    /// So many entries and actions stand in a table as they stood in the one before.
    shared: usize,
}

impl Tables {
    fn check(&mut self, again: &Compilation, afresh: &Compilation) {
        let (mut reported, mut expected) = (Diagnostics::default(), Diagnostics::default());
        let table = build_table_again(again, &mut self.last, &mut reported);
        assert!(table == build_table(afresh, &mut expected), "the same table");
        assert_eq!(reported.as_slice(), expected.as_slice());
        if let Some(before) = &self.before {
            let entries = table.entries.iter().zip(&before.entries).filter(|(now, then)| Arc::ptr_eq(now, then));
            let actions = table.actions.iter().zip(&before.actions).filter(|(now, then)| Arc::ptr_eq(now, then));
            self.shared += entries.count() + actions.count();
        }
        self.before = Some(table);
    }
}

/// Titles of entries and actions stand in the texts of other files.
#[test]
fn a_title_changes_where_it_is_shown() {
    let shown = |title: &str, action: &str| {
        format!("entry plug \"{title}\" {{\n  symptom stuck\n  action pull \"{action}\" {{\n    > Pull it.\n  }}\n}}\n")
    };
    let showing = "symptom stuck \"Stuck\"\nentry lamp \"Lamp\" {\n  symptom stuck\n  action look \"Look\" {\n    \
                   > See [→plug].\n    > Do [→plug/pull].\n  }\n}\n";
    let input = |name: &str, text: String| Input { name: name.to_owned(), bytes: text.into_bytes() };
    let (mut session, mut tables) = (Session::default(), Tables::default());
    for (title, action) in [("Plug", "Pull"), ("The plug", "Pull"), ("The plug", "Pull it"), ("The plug", "Pull it")] {
        let inputs = vec![input("a.faq", shown(title, action)), input("b.faq", showing.to_owned())];
        let again = session.compile(inputs.clone());
        assert!(!again.diagnostics.has_errors(), "{:?}", again.diagnostics);
        tables.check(&again, &compile(inputs));
        session.take_back(again);
    }
    let steps = &tables.before.unwrap().actions[1].steps;
    assert!(format!("{steps:?}").contains("The plug"), "{steps:?}");
    assert_eq!(tables.shared, 4, "all of the last version");
}

/// A file of entries as two.
fn halves(input: Input) -> Vec<Input> {
    let text = String::from_utf8(input.bytes).unwrap();
    let starts: Vec<usize> = text.match_indices("\n項目 ").map(|(at, _)| at + 1).collect();
    let half = starts.get(starts.len() / 2).copied().unwrap_or(text.len());
    let (first, second) = text.split_at(half);
    let part = |name: String, text: &str| Input { name, bytes: text.into() };
    let parts = [part(input.name.clone(), first), part(input.name.replace(".faq", "-2.faq"), second)];
    parts.into_iter().filter(|it| !it.bytes.is_empty()).collect()
}

fn write_on(inputs: &mut Vec<Input>, rng: &mut Rng) {
    let entries = inputs.iter_mut().find(|it| it.name.starts_with("entries/"));
    if let Some(entries) = entries.filter(|_| rng.u8(..3) == 0) {
        return write_more(entries, rng);
    }
    let at = rng.usize(..inputs.len());
    if rng.u8(..20) == 0 {
        return drop(inputs.remove(at));
    }
    let Ok(text) = String::from_utf8(inputs[at].bytes.clone()) else { return };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let conditions: Vec<usize> = (0..lines.len()).filter(|line| is_condition(&lines[*line])).collect();
    match (rng.u8(..12), rng.choice(&conditions).copied()) {
        (0..=7, Some(line)) => change_condition(&mut lines, line, &conditions, rng),
        (8, _) => drop(lines.remove(rng.usize(..lines.len()))),
        (9, _) => {
            let line = rng.usize(..lines.len());
            let copy = lines[line].clone();
            lines.insert(rng.usize(..lines.len()), copy);
        }
        (10, _) => {
            let line = rng.usize(..lines.len());
            lines[line].push_str(rng.choice(["", "。", " もう一度。", " not", "2"]).unwrap());
        }
        _ => rename(&mut lines, rng),
    }
    inputs[at].bytes = lines.join("\n").into_bytes();
}

/// A step gets longer, which no other entry can see.
fn write_more(input: &mut Input, rng: &mut Rng) {
    let Ok(text) = std::str::from_utf8(&input.bytes) else { return };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut steps: Vec<&mut String> = lines.iter_mut().filter(|it| it.trim_start().starts_with(['>', '＞'])).collect();
    if let Some(step) = rng.choice(&mut steps) {
        step.push_str(" もう一度。");
    }
    input.bytes = lines.join("\n").into_bytes();
}

fn is_condition(line: &str) -> bool {
    ["条件 ", "when ", "場合 ", "前提 ", "assume ", "対象 ", "only when "]
        .iter()
        .any(|word| line.trim_start().starts_with(word))
}

/// The last test goes, or what another condition asks for is asked for too, or instead.
fn change_condition(lines: &mut Vec<String>, line: usize, conditions: &[usize], rng: &mut Rng) {
    let other = lines[*rng.choice(conditions).unwrap()].clone();
    let asked = other.trim().split_once(' ').map_or("", |(_, asked)| asked.trim_end_matches('{')).trim().to_owned();
    let (word, rest) = lines[line].trim_start().split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let (rest, brace) = rest.strip_suffix('{').map_or((rest.as_str(), ""), |rest| (rest.trim_end(), " {"));
    let cut = rest.rfind(" かつ ").or_else(|| rest.rfind(" and "));
    let changed = match (rng.u8(..4), cut) {
        (0 | 1, Some(cut)) => rest[..cut].to_owned(),
        (2, _) => asked,
        (3, _) => return drop(lines.remove(line)),
        _ => format!("{rest} and ({asked})"),
    };
    lines[line] = format!("  {word} {changed}{brace}");
}

/// A word becomes another one, in one place or wherever it stands.
fn rename(lines: &mut [String], rng: &mut Rng) {
    let words: Vec<String> =
        lines.iter().flat_map(|line| line.split(' ')).filter(|it| it.len() > 3).map(str::to_owned).collect();
    let (Some(word), Some(other)) = (rng.choice(&words), rng.choice(&words)) else { return };
    let new = if rng.bool() { format!("{word}x") } else { other.clone() };
    let once = rng.bool();
    for line in lines.iter_mut().filter(|line| line.contains(word.as_str())) {
        *line = line.replace(word.as_str(), &new);
        if once {
            break;
        }
    }
}

fn cases(few: usize) -> usize {
    std::env::var("FAQC_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few)
}

fn careplan() -> Vec<Input> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/kb/careplan");
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let is_read = |name: &str| name.ends_with(".faq") || name == "faq.toml";
    let named = files.map(|file| (file.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned(), file));
    let read = named.filter(|(name, _)| is_read(name));
    read.map(|(name, file)| Input { name, bytes: std::fs::read(file.path()).unwrap() }).collect()
}

fn edit(inputs: &mut Vec<Input>, rng: &mut Rng) {
    let at = rng.usize(..inputs.len());
    match rng.u32(..8) {
        0 if inputs.len() > 1 => drop(inputs.remove(at)),
        1 => inputs.insert(at, Input { name: format!("new{}.faq", rng.u8(..)), bytes: inputs[at].bytes.clone() }),
        2 => inputs[at].bytes = b"\x83\x47\x83\x89\x81\x5b".to_vec(),
        3 => inputs[at].bytes.splice(..0, *b"\xEF\xBB\xBF").for_each(drop),
        4 => inputs[at].name.push_str(".txt"),
        _ => replace_line(&mut inputs[at].bytes, rng),
    }
}

fn replace_line(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines: Vec<&str> = text.lines().collect();
    if let Some(line) = rng.choice(lines.iter_mut()) {
        *line = rng.choice(LINES).copied().unwrap_or_default();
    }
    *bytes = lines.join("\n").into_bytes();
}

/// The findings, and all that is written if there are no errors.
fn said(compilation: &Compilation) -> String {
    let findings = format!("{:#?}", compilation.diagnostics);
    if compilation.diagnostics.has_errors() {
        return findings;
    }
    let mut diagnostics = faqc::diag::Diagnostics::default();
    let files = TARGETS.iter().flat_map(|target| target.emit(compilation, &mut diagnostics));
    files.fold(findings, |all, file| all + &String::from_utf8_lossy(&file.bytes))
}
