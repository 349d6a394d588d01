//! Vectors of the search for words: small tables whose texts hold what Unicode makes hard, and parts of these as readers type them.

use faqc::table::Table;
use fastrand::Rng;
use serde_json::{Value, json};

use crate::generate::write_vector;
use crate::vector::Call;

/// So many tables.
const TABLES: u64 = 40;
const PARTS: usize = 6;

/// Words that are the same in several ways of writing, and such as are not.
const WORDS: &[&str] = &[
    "電子証明書",
    "デジタル証明書",
    "アプリ",
    "ｱﾌﾟﾘ",
    "あぷり",
    "パソコン",
    "ﾊﾟｿｺﾝ",
    "か\u{3099}めん",
    "ガメン",
    "ヴァージョン",
    "ヽヾ",
    "ＷＥＢサイト",
    "Web サイト",
    "Wi-Fi",
    "ﬁle",
    "STRASSE",
    "straße",
    "ΣΊΣΥΦΟΣ",
    "İzmir",
    "Cafe\u{301}",
    "café",
    "㍻",
    "№９",
    "Ⅳ",
    "①",
    "½",
    "𠮷野家",
    "😀",
    "👨‍👩‍👧",
    "ー",
    "送信/受信",
    "0x8007000E",
    "no",
    "i",
    "C++",
    "<b>&amp;",
    "\"'`\\",
];
const JOINTS: &[&str] = &["", "", " ", "　", "\u{a0}", "\n", "\t", "、", "。", "・", "（", "）", "/", "を", "の", "が"];
const ASKED: &[&str] = &["", " ", "。", "、 ・", "証明書", "でんししょうめいしょ", "存在しない語", "no.7", "ｱ", "e"];

fn text(rng: &mut Rng) -> String {
    (0..rng.usize(1..5))
        .map(|_| format!("{}{}", WORDS[rng.usize(..WORDS.len())], JOINTS[rng.usize(..JOINTS.len())]))
        .collect()
}

fn steps(rng: &mut Rng) -> Vec<Value> {
    let step = |rng: &mut Rng| match rng.u8(..5) {
        0 => json!({"kind": "note", "text": [text(rng)]}),
        1 => json!({"kind": "fence", "info": "", "lines": [text(rng), text(rng)]}),
        2 => {
            json!({"kind": "branches", "branches": [{"condition": 0, "when": text(rng), "steps": [{"kind": "bullet", "text": [text(rng)]}]}]})
        }
        _ => json!({"kind": "step", "text": [text(rng), text(rng)]}),
    };
    (0..rng.usize(..4)).map(|_| step(rng)).collect()
}

fn entry(number: usize, rng: &mut Rng) -> Value {
    let mut entry = json!({
        "id": format!("e{number}"), "title": [text(rng)], "weight": 1, "notes": steps(rng), "owner": [text(rng)],
        "actions": [{"action": number}], "category": [text(rng)],
    });
    if rng.bool() {
        entry["number"] = json!(number + 5);
    }
    if rng.bool() {
        entry["when"] = json!(text(rng));
        entry["causes"] = json!([{"title": [text(rng)], "notes": steps(rng)}]);
    }
    entry
}

fn action(number: usize, rng: &mut Rng) -> Value {
    json!({"id": format!("e{number}/1"), "entry": number, "number": "1", "title": [text(rng)], "steps": steps(rng), "solved": [text(rng)]})
}

fn random_table(rng: &mut Rng) -> Table {
    let count = rng.usize(2..6);
    let entries: Vec<Value> = (0..count).map(|number| entry(number, rng)).collect();
    let actions: Vec<Value> = (0..count).map(|number| action(number, rng)).collect();
    let symptom =
        json!({"id": "s", "title": [text(rng)], "keys": [], "actions": [], "entries": [{"entry": 0, "condition": 0}]});
    let table = json!({
        "format": "faqc-table", "version": 1, "title": "", "language": "ja", "questions": [], "facts": [],
        "contradiction": {"rows": []}, "conditions": [{"certain": [{}], "excluded": []}], "symptoms": [symptom], "entries": entries, "actions": actions,
        "terms": [
            {"id": "電子証明書", "avoid": ["デジタル証明書", "e証明書"], "reading": ["でんししょうめいしょ"]},
            {"id": "パソコン", "avoid": ["ＰＣ", "端末"]},
        ],
    });
    Table::from_json(table.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}: {table}"))
}

/// Part of a text of the table's own words, in whole characters, or a few of its words in another order.
fn asked(rng: &mut Rng) -> String {
    let text = text(rng);
    let chars: Vec<char> = text.chars().collect();
    let start = rng.usize(..chars.len());
    match rng.u8(..4) {
        0 => format!("{} {}", WORDS[rng.usize(..WORDS.len())], WORDS[rng.usize(..WORDS.len())]),
        1 => chars[start..(start + rng.usize(1..5)).min(chars.len())].iter().collect(),
        2 => WORDS[rng.usize(..WORDS.len())].to_lowercase(),
        _ => WORDS[rng.usize(..WORDS.len())].to_owned(),
    }
}

/// Numbers as readers type them, alone and in ranges, and texts that only look like them.
const NUMBERS: &[&str] = &[
    "No.9",
    "no9",
    "№９",
    "No．９",
    "９番",
    "No 9",
    "9",
    "No9－12",
    "No.9～No.12",
    "9番、12番",
    "No.12・9",
    "9-12",
    "No.90",
    "No.9の",
    "no",
    "No.7",
];

/// Numbers of other entries stand in their texts.
fn number_vector() {
    let entry =
        |number: Option<u32>, title: &str| json!({"id": title, "number": number, "title": [title], "weight": 1});
    let table = json!({
        "format": "faqc-table", "version": 1, "title": "", "language": "ja", "questions": [], "facts": [],
        "contradiction": {"rows": []}, "conditions": [], "symptoms": [], "actions": [],
        "entries": [entry(Some(12), "No.9 の後に見る"), entry(None, "№９とNo9-12"), entry(Some(9), "九番"), entry(Some(90), "九十番"), entry(Some(10), "9番の次")],
    });
    let table = Table::from_json(table.to_string().as_bytes()).unwrap();
    let calls: Vec<Call> = NUMBERS.iter().map(|text| Call::SearchText { text: (*text).to_owned() }).collect();
    write_vector("words-numbers.json", "Numbers of entries come before texts that name them", &table, &calls);
}

pub fn word_vectors() {
    number_vector();
    for number in 1..=TABLES {
        let mut rng = Rng::with_seed(number);
        let table = random_table(&mut rng);
        let fixed = (0..2).map(|_| ASKED[rng.usize(..ASKED.len())].to_owned()).collect::<Vec<_>>();
        let texts = fixed.into_iter().chain((0..PARTS).map(|_| asked(&mut rng)));
        let calls: Vec<Call> = texts.map(|text| Call::SearchText { text }).collect();
        write_vector(
            &format!("words-{number:02}.json"),
            &format!("Words in random texts, table {number}"),
            &table,
            &calls,
        );
    }
}
