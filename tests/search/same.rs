//! The site's script finds what the library finds, to the bit.

use faqc::runtime::{Search, TextSearch};
use fastrand::Rng;
use serde_json::{Value, json};

use super::careplan::careplan_table;
use super::engine::Engine;
use super::messages::{generated, table};
use super::noise::{ALL, apply};

const SYMPTOMS: &str = "(await faqc.findSymptoms(given)).hits.map(({page, key, matched, score, margin, rival, sure}) =>
    ({symptom: Number(page.slice(5)), key: key.text, matched, score, margin, rival, sure}))";

#[test]
fn symptoms_are_found_alike() {
    let terms = json!([
        {"id": "電子証明書", "avoid": ["デジタル証明書"], "reading": ["でんししょうめいしょ"]},
        {"id": "送信", "reading": ["そうしん、そうしんする"]},
    ]);
    let mut rng = Rng::with_seed(17);
    for table in [careplan_table(), table(&generated(300), terms)] {
        let (search, engine) = (Search::new(&table), Engine::new(&table));
        for symptom in table.symptoms.iter().take(40) {
            for noise in ALL {
                let text = apply(*noise, &symptom.keys[rng.usize(..symptom.keys.len())].text, &mut rng);
                let expected: Vec<Value> = search
                    .find(&text)
                    .into_iter()
                    .map(|hit| {
                        let key = &table.symptoms[hit.symptom as usize].keys[hit.key as usize].text;
                        let mut hit = serde_json::to_value(hit).unwrap();
                        hit["key"] = json!(key);
                        hit
                    })
                    .collect();
                assert_eq!(engine.evaluate(&json!(text), SYMPTOMS), Value::from(expected), "{text}");
            }
        }
    }
}

const TEXTS: &str =
    "(await faqc.searchText(given)).hits.map(({entry, score, places, instead}) => ({entry, score, places, instead}))";

#[test]
fn texts_are_found_alike() {
    let table = careplan_table();
    let (search, engine) = (TextSearch::new(&table), Engine::new(&table));
    let words = [
        "アプリ",
        "ｱﾌﾟﾘ",
        "あぷり",
        "証明書",
        "電子証明書 発行",
        "Web サイト",
        "端末",
        "ログオン",
        "No.9",
        "9",
        "№９",
        "No１０－１２",
        "No 12、9番",
        "No.99",
        "①",
        "。",
        "",
        "存在しない語",
        "送信、失敗",
        "ID",
        "ｉｄ",
        "デジタル証明書の",
        "パ",
        "請求 委任",
        "https",
        "Σ",
        "し",
        "e",
        "WebView2",
        "出来ない",
    ];
    for word in words {
        let expected = serde_json::to_value(search.find(word)).unwrap();
        assert_eq!(engine.evaluate(&json!(word), TEXTS), expected, "{word}");
    }
}
