//! Vectors from random tables, from rules told in words and from the care-plan FAQ, with what the reader in Rust says to them.

use std::path::PathBuf;

use faqc::diag::Diagnostics;
use faqc::emit::site::slice::Slicer;
use faqc::emit::table::build_table;
use faqc::runtime::{Next, Session, next, question_named, read_given, shown};
use faqc::table::Table;
use faqc::{Input, compile};
use serde_json::json;

use crate::careplan::careplan_table;
use crate::messages::{generated, table};
use crate::noise;
use crate::random_model::{Random, random_table};
use crate::rules::{RULES, Rule, TAIL};
use crate::vector::Call;
use crate::walk::{dialogue, judgements};
use crate::words::word_vectors;

/// So many random tables have a vector.
const RANDOM: usize = 270;
/// Of this many bytes at most, so that a vector can be read.
const LARGEST: usize = 4_000;
const MOST_STEPS: usize = 7;
const CAREPLAN_STEPS: usize = 25;

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

pub fn schema_file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/schema/conformance.schema.json")
}

/// A check a line.
pub fn write_vector(name: &str, about: &str, table: &Table, calls: &[Call]) {
    let checks: Vec<String> = calls.iter().map(|call| check(call, table)).collect();
    let table = serde_json::to_string(table).unwrap();
    let text =
        format!("{{\"about\": {},\n\"table\": {table},\n\"checks\": [\n{}\n]}}\n", json!(about), checks.join(",\n"));
    std::fs::write(folder().join(name), text).unwrap();
}

/// The call, and last what it gives.
fn check(call: &Call, table: &Table) -> String {
    let written = serde_json::to_string(call).unwrap();
    format!("{},\"gives\":{}}}", written.strip_suffix('}').unwrap(), call.carry_out(table))
}

/// A dialogue in which questions are asked.
fn is_eventful(calls: &[Call], table: &Table) -> bool {
    let asks = |it: &&Call| it.carry_out(table)["step"] == "ask";
    calls.len() > 9 && calls.iter().filter(asks).count() > 1
}

#[test]
#[ignore = "writes the vectors anew"]
fn regenerate() {
    random_vectors();
    RULES.iter().for_each(rule_vector);
    careplan_vectors();
    search_vectors();
    word_vectors();
}

fn search_vectors() {
    let terms = json!([
        {"id": "電子証明書", "avoid": ["デジタル証明書", "証明書"], "reading": ["でんししょうめいしょ"]},
        {"id": "送信", "reading": ["そうしん、おくること"]},
    ]);
    search_vector(
        "generated",
        "Messages that differ in a word, and what becomes of them",
        &table(&generated(60), terms),
        2,
    );
    search_texts();
    let mut table = careplan_table();
    (table.questions, table.facts, table.conditions) = Default::default();
    (table.entries, table.actions, table.contacts, table.documents) = Default::default();
    (table.links, table.texts, table.contradiction, table.default_contact) = Default::default();
    for symptom in &mut table.symptoms {
        (symptom.entries, symptom.actions, symptom.notes) = Default::default();
    }
    search_vector("careplan", "The symptoms of the care-plan FAQ, and what becomes of their messages", &table, 1);
}

/// Keys of which parts vary, and texts that are hard to cut.
fn search_texts() {
    let key = |kind: &str, text: &str, folded: &[&str]| json!({"kind": kind, "text": text, "folded": folded});
    let symptoms = [
        vec![key(
            "message",
            "{件数}件の送信に失敗しました。時間をおいて再度実行してください。",
            &["件の送信に失敗しました時間をおいて再度実行してください"],
        )],
        vec![
            key("title", "データの一覧が受信できない", &["でーたの一覧が受信できない"]),
            key(
                "message",
                "受信に失敗しました！\n時間をおいて再度実行してください‼",
                &["受信に失敗しました時間をおいて再度実行してください"],
            ),
        ],
        vec![key(
            "message",
            "𠮷野家の{店}でｴﾗｰが発生しました。𩸽を確認してください。",
            &["𠮷野家の", "でえらーが発生しました𩸽を確認してください"],
        )],
        vec![key(
            "message",
            "ｻｰﾊﾞｰに接続できません。ネットワーク管理者に連絡してください。",
            &["さーばーに接続できませんねっとわーく管理者に連絡してください"],
        )],
        vec![key("also", "", &[""]), key("also", "印刷できない", &[])],
    ];
    let symptoms = symptoms
        .iter()
        .enumerate()
        .map(|(at, keys)| json!({"id": format!("s{at}"), "title": [], "keys": keys, "entries": [], "actions": []}));
    let table = json!({
        "format": "faqc-table", "version": 1, "title": "受付システム 𠮷", "language": "ja", "questions": [], "facts": [],
        "contradiction": {"rows": []}, "conditions": [], "symptoms": symptoms.collect::<Vec<_>>(), "entries": [], "actions": [],
        "terms": [{"id": "サーバー", "avoid": ["サーバ"], "reading": ["さーばー"]}],
    });
    let table = Table::from_json(table.to_string().as_bytes()).expect("a table");
    let texts = [
        "3件の送信に失敗しました。時間をおいて再度実行してください。".to_owned(),
        "送信に失敗しましたと出ます‼どうすればいいですか".to_owned(),
        "メールの受信に失敗しました。".to_owned(),
        "急に一覧の受信に失敗しました".to_owned(),
        "目録の受信に失敗しました".to_owned(),
        "受信に失敗しました時間をおいて".to_owned(),
        "時間をおいて再度実行してください".to_owned(),
        "𠮷野家のA店でエラーが発生しました".to_owned(),
        "𩸽を確認してください。𠮷の𩸽が𠮷野家".to_owned(),
        "サーバに接続できません。ーーらーめんー。ネットワーク管理者に連絡".to_owned(),
        "ｻ ｰ ﾊﾞ ｰ に接続できません".to_owned(),
        "ーあーーアーー、ーの接続できません".to_owned(),
        format!("{}受信に失敗しました。時間をおいて再度実行してください。", "長い文です。".repeat(700)),
        format!("{}受信に失敗しました。", "𠮷です。ああ".repeat(799)),
        "！？。\n".to_owned(),
        "データの一覧が受信できました".to_owned(),
        "データの一覧が受信できません".to_owned(),
        "データの一覧の受信が無理".to_owned(),
    ];
    let calls: Vec<Call> = texts.into_iter().map(|text| Call::Find { text }).collect();
    write_vector("search-texts.json", "Keys of which parts vary, and texts that are hard to cut", &table, &calls);
}

fn search_vector(name: &str, about: &str, table: &Table, kinds: usize) {
    let mut rng = fastrand::Rng::with_seed(29);
    let texts = [
        "",
        "。",
        "あ",
        "Σ",
        "印刷できない",
        "The printer is out of paper",
        "no",
        "エラー",
        "ログインできない",
        "送受信できない",
        "受信できるが送信できない",
        "送信に失敗しました。送信先",
        "正しくありません",
        "コード：12029",
    ];
    let mut calls: Vec<Call> = texts.iter().map(|text| Call::Find { text: (*text).to_owned() }).collect();
    for key in table.symptoms.iter().flat_map(|it| &it.keys) {
        for _ in 0..kinds {
            let noise = noise::ALL[rng.usize(..noise::ALL.len())];
            calls.push(Call::Find { text: noise::apply(noise, &key.text, &mut rng) });
        }
    }
    write_vector(&format!("search-{name}.json"), about, table, &calls);
}

fn random_vectors() {
    let tables = (1u64..).map(|seed| (seed, random_table(seed)));
    let dialogues = tables.filter(|(_, table)| json!(table).to_string().len() <= LARGEST).map(|(seed, table)| {
        let mut random = Random::new(seed ^ 0x3333);
        let symptom = random.below(table.symptoms.len()) as u32;
        let calls = dialogue(&table, symptom, MOST_STEPS, &mut random);
        (table, calls, random)
    });
    let eventful = dialogues.filter(|(table, calls, _)| is_eventful(calls, table));
    for (at, (table, mut calls, mut random)) in eventful.take(RANDOM).enumerate() {
        let number = at + 1;
        calls.extend(judgements(&table, &mut random));
        let about = format!("Random table {number}: a dialogue, and judgements");
        write_vector(&format!("random-{number:03}.json"), &about, &table, &calls);
    }
}

/// The dialogue about each symptom of the care-plan FAQ, taken in a few ways.
fn careplan_vectors() {
    let table = careplan_table();
    let slicer = Slicer::new(&table);
    for (index, symptom) in (0u32..).zip(&table.symptoms) {
        let slice = slicer.slice(index).unwrap().table;
        let mut random = Random::new(u64::from(index) + 1);
        let mut calls: Vec<Call> = (0..4).flat_map(|_| dialogue(&slice, 0, CAREPLAN_STEPS, &mut random)).collect();
        calls.extend(judgements(&slice, &mut random));
        let about = format!("The care-plan FAQ: dialogues about {}", symptom.id);
        write_vector(&format!("careplan-{}.json", symptom.id), &about, &slice, &calls);
    }
}

fn rule_vector(rule: &Rule) {
    let text = spelled_out(&format!("{}{TAIL}", rule.text));
    let compilation = compile(vec![Input { name: "a.faq".to_owned(), bytes: text.clone().into_bytes() }]);
    assert!(!compilation.diagnostics.has_errors(), "{}: {text}\n{:?}", rule.name, compilation.diagnostics);
    let table = build_table(&compilation, &mut Diagnostics::default());
    let calls: Vec<Call> = rule.dialogues.iter().flat_map(|lines| told(rule.name, &table, lines)).collect();
    write_vector(&format!("rule-{}.json", rule.name), rule.about, &table, &calls);
}

/// Statements on lines of their own, and a step in every action that has no block.
fn spelled_out(text: &str) -> String {
    let lines = text.replace(" ; ", "\n").replace("{ ", "{\n").replace(" }", "\n}");
    let line = |line: &str| match line.trim() {
        action if action.starts_with("action ") && !action.ends_with('{') => format!("{action} {{\n> Do it.\n}}\n"),
        other => format!("{other}\n"),
    };
    lines.lines().map(line).collect()
}

/// The calls of a dialogue in words, whose expectations hold.
fn told(name: &str, table: &Table, lines: &[&str]) -> Vec<Call> {
    let index = |ids: Vec<&String>, id: &str| {
        ids.iter().position(|it| *it == id).unwrap_or_else(|| panic!("{name}: there is no {id}")) as u32
    };
    let entry = |id: &str| index(table.entries.iter().map(|it| &it.id).collect(), id);
    let action = |id: &str| index(table.actions.iter().map(|it| &it.id).collect(), id);
    let contact = |id: &str| index(table.contacts.iter().map(|it| &it.id).collect(), id);
    let symptom = |id: &str| index(table.symptoms.iter().map(|it| &it.id).collect(), id);
    let mut session = Session::new(symptom("s"));
    let mut calls = Vec::new();
    for line in lines {
        let now = session.clone();
        let call = if let Some(expected) = line.strip_prefix("= ") {
            assert_eq!(step_in_words(table, &next(table, &now)), expected, "{name}, before {line}: {}", json!(now));
            Call::Next { session: now }
        } else if let Some(expected) = line.strip_prefix('?') {
            assert_eq!(shown_in_words(table, &now), expected.trim(), "{name}: {}", json!(now));
            Call::Shown { session: now }
        } else if let Some(id) = line.strip_prefix("on ") {
            Call::Start { symptom: symptom(id), today: None }
        } else if let Some(given) = line.strip_prefix("answer ") {
            let (question, cells) = read_given(table, given, None).unwrap();
            Call::Answer { session: now, question, cells }
        } else if let Some(id) = line.strip_prefix("unknown ") {
            Call::Unknown { session: now, question: question_named(table, id).unwrap() }
        } else if let Some(id) = line.strip_prefix("take back ") {
            Call::TakeBack { session: now, question: question_named(table, id).unwrap() }
        } else if let Some(id) = line.strip_prefix("failed ") {
            Call::Done { session: now, action: action(id) }
        } else if let Some(id) = line.strip_prefix("cannot ") {
            Call::PassOver { session: now, action: action(id) }
        } else if let Some(id) = line.strip_prefix("went to ") {
            Call::Contact { session: now, contact: contact(id) }
        } else if let Some(id) = line.strip_prefix("read ") {
            Call::Tell { session: now, entry: entry(id) }
        } else {
            let (_, cells) = read_given(table, line, None).unwrap();
            Call::Give { session: now, cells }
        };
        if !matches!(call, Call::Next { .. } | Call::Shown { .. }) {
            session = serde_json::from_value(call.carry_out(table)).unwrap();
        }
        calls.push(call);
    }
    calls
}

fn step_in_words(table: &Table, step: &Next) -> String {
    match step {
        Next::Ask { question, .. } => format!("ask {}", table.questions[*question as usize].id),
        Next::Do { action, certain: true, .. } => format!("do {}", table.actions[*action as usize].id),
        Next::Do { action, .. } => format!("perhaps {}", table.actions[*action as usize].id),
        Next::Contact { contact, .. } => format!("contact {}", table.contacts[*contact as usize].id),
        Next::Contradiction { clashes } => {
            let facts = clashes.iter().flatten().map(|it| table.facts[*it as usize].id.as_str());
            format!("contradiction {}", facts.collect::<Vec<_>>().join(" "))
        }
        Next::Choose => "choose".to_owned(),
        Next::Done => "done".to_owned(),
    }
}

fn shown_in_words(table: &Table, session: &Session) -> String {
    let words = shown(table, session).into_iter().map(|it| {
        let verdict = json!(it.verdict);
        let spent = if it.is_spent { " spent" } else { "" };
        format!("{} {}{spent}", table.entries[it.entry as usize].id, verdict.as_str().unwrap())
    });
    words.collect::<Vec<_>>().join(", ")
}
