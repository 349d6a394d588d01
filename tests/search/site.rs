//! The site's full-text search against the truth: an entry has a text when it stands in one of its passages once both are
//! levelled.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use faqc::diag::Diagnostics;
use faqc::emit::site::search::{Pages, SearchFiles, emit_search};
use faqc::emit::table::build_table;
use faqc::runtime::{level, passages, symptoms_of_entries};
use faqc::table::{Piece, Table};
use faqc::{Input, compile};
use fastrand::Rng;
use serde_json::{Value, json};

use super::careplan::careplan_table;
use super::engine::{Engine, files, files_named, names};

#[path = "../../benches/generator/mod.rs"]
mod generator;

/// The levelled passages of each entry.
fn texts(table: &Table) -> Vec<Vec<String>> {
    let symptoms = symptoms_of_entries(table);
    let entries = table.entries.iter().zip(&symptoms);
    entries
        .map(|(entry, symptoms)| passages(table, entry, symptoms).iter().map(|it| level(&it.text)).collect())
        .collect()
}

/// Parts of passages, of so many characters, some in other width or kana.
fn parts(table: &Table, count: usize, lengths: RangeInclusive<usize>) -> Vec<String> {
    let symptoms = symptoms_of_entries(table);
    let mut rng = Rng::with_seed(23);
    let mut parts = Vec::new();
    while parts.len() < count {
        let entry = rng.usize(..table.entries.len());
        let passages = passages(table, &table.entries[entry], &symptoms[entry]);
        let chars: Vec<char> = passages[rng.usize(..passages.len())].text.chars().collect();
        let length = rng.usize(lengths.clone()).min(chars.len());
        let start = rng.usize(..=chars.len() - length);
        let part: String = chars[start..start + length].iter().map(|c| varied(*c, &mut rng)).collect();
        if part.trim().chars().count() >= 2 && part.chars().any(char::is_alphanumeric) {
            parts.push(part);
        }
    }
    parts
}

fn varied(c: char, rng: &mut Rng) -> char {
    match (c, rng.u8(..4)) {
        ('!'..='~', 0) => char::from_u32(c as u32 + 0xFEE0).unwrap(),
        ('ァ'..='ヶ', 0) => char::from_u32(c as u32 - 0x60).unwrap(),
        ('a'..='z', 1) => c.to_ascii_uppercase(),
        _ => c,
    }
}

fn truth(texts: &[Vec<String>], part: &str) -> BTreeSet<u64> {
    let asked = level(part);
    let having = texts.iter().enumerate().filter(|(_, passages)| passages.iter().any(|text| text.contains(&asked)));
    having.map(|(entry, _)| entry as u64).collect()
}

#[test]
fn every_part_of_a_text_is_found_and_nothing_else() {
    let table = careplan_table();
    let (texts, engine) = (texts(&table), Engine::new(&table));
    for part in parts(&table, 400, 2..=20) {
        let found = engine.evaluate(
            &json!(part),
            "(({hits}) => hits.filter(it => !it.instead).map(it => it.entry))(await faqc.searchText(given))",
        );
        let found: BTreeSet<u64> = found.as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect();
        assert_eq!(found, truth(&texts, &part), "{part}");
    }
}

/// What a part of a text finds with the files that one search loads.
#[test]
#[ignore = "takes minutes without optimisation"]
fn ten_thousand_entries_are_searched_with_little_loaded() {
    let table = many_entries(10_000);
    let files = files_of(&table);
    let size: usize = files.values().map(String::len).sum();
    println!("{} files, {size} bytes, symptoms {}", files.len(), files["search/symptoms"].len());
    assert!(files.len() <= 300 && size <= 5_000_000);
    let (texts, engine) = (texts(&table), Engine::with(files.clone()));
    let (mut found, mut expected, mut both) = (0, 0, 0);
    let short = parts(&table, 300, 2..=6);
    for part in &short {
        let entries = engine.evaluate(&json!(part), "(await faqc.searchText(given)).entries");
        let entries: BTreeSet<u64> = entries.as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect();
        let truth = truth(&texts, part);
        found += entries.len();
        expected += truth.len();
        both += entries.intersection(&truth).count();
    }
    println!("recall {both}/{expected}, precision {both}/{found}");
    assert_eq!(both, expected);
    assert!(both * 100 >= found * 98);
    assert_eq!(beyond_budget(&files, &short[..40]), 0);
    let longer = parts(&table, 60, 7..=20);
    assert_eq!(beyond_budget(&files, &longer), 0);
    // Where phrases are put together that each stand in many entries, a reader may have to ask for more to see the one that has them
    // all.
    let is_shown =
        |part: &&String| engine.evaluate(&json!(part), "(await faqc.searchText(given)).hits.length > 0") == true;
    let shown = longer.iter().filter(is_shown).count();
    println!("shown at once {shown} of {}", longer.len());
    assert!(shown * 8 > longer.len() * 7);
    for part in &longer {
        let found = engine.evaluate(&json!(part), ALL_HITS);
        let found: BTreeSet<u64> = found.as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect();
        assert_eq!(found, truth(&texts, part), "{part}");
    }
}

/// What a reader finds who always asks for more.
const ALL_HITS: &str = "await (async () => {
  let result = await faqc.searchText(given);
  while (result.more) result = await result.more();
  return result.hits.map(hit => hit.entry);
})()";

/// How many first searches load more than 150 KB.
fn beyond_budget(files: &BTreeMap<String, String>, parts: &[String]) -> usize {
    let loaded: Vec<usize> = parts.iter().map(|part| loaded_for(files, part)).collect();
    let beyond = loaded.iter().filter(|it| **it > 150_000).count();
    let (most, mean) = (loaded.iter().max().unwrap(), loaded.iter().sum::<usize>() / loaded.len());
    println!("loaded {mean} for the first search, at most {most}, more than 150 KB for {beyond} of {}", loaded.len());
    beyond
}

/// As a site has them: pages have the names of what they are about.
fn files_of(table: &Table) -> BTreeMap<String, String> {
    let entries: Vec<String> = table.entries.iter().map(|it| it.id.clone()).collect();
    let symptoms: Vec<String> = table.symptoms.iter().map(|it| it.id.clone()).collect();
    files_named(table, &entries, &symptoms)
}

/// What the first search on a page loads, of symptoms and of texts.
fn loaded_for(files: &BTreeMap<String, String>, part: &str) -> usize {
    let search = "(await Promise.all([faqc.findSymptoms(given), faqc.searchText(given)]), loaded)";
    let loaded = Engine::with(files.clone()).evaluate(&json!(part), search);
    loaded.as_array().unwrap().iter().map(|name| files[name.as_str().unwrap()].len()).sum()
}

fn many_entries(count: usize) -> Table {
    let input = |(name, text): &(String, String)| Input { name: name.clone(), bytes: text.clone().into_bytes() };
    let compilation = compile(generator::KnowledgeBase::of(count).files.iter().map(input).collect());
    build_table(&compilation, &mut Diagnostics::default())
}

#[test]
fn what_is_larger_than_a_block_is_unpacked_whole() {
    let mut table = careplan_table();
    let mut rng = Rng::with_seed(5);
    let title: String = (0..400_000).map(|_| rng.char('ぁ'..='ん')).collect();
    table.symptoms[0].title = vec![Piece::Text(title.clone())];
    let unpack = "faqc.search.unpack(await faqc.data('search/symptoms'))[2][0]";
    assert!(Engine::new(&table).evaluate(&json!(null), unpack) == json!(title));
}

#[test]
fn what_only_texts_tell_is_not_counted() {
    let table = many_entries(300);
    let (texts, engine) = (texts(&table), Engine::new(&table));
    let search = "(({isCounted, total}) => [isCounted, total])(await faqc.searchText(given))";
    // One character has no gram, and each word has to be looked up before a number is told.
    for asked in ["の", "の画面", "画面 の", "保険者番号の値が正しくないため、処理を続けられません 画面 の"]
    {
        let told = engine.evaluate(&json!(asked), search);
        let (is_counted, total) = (told[0].as_bool().unwrap(), told[1].as_u64().unwrap());
        let having = having_all(&texts, asked);
        assert!(!is_counted || total == having, "{asked}: {told}, {having} have it");
    }
}

/// How many entries have a text, or, where none has it whole, all its words.
fn having_all(texts: &[Vec<String>], asked: &str) -> u64 {
    let has = |passages: &[String], word: &str| passages.iter().any(|text| text.contains(&level(word)));
    let count = |is: &dyn Fn(&[String]) -> bool| texts.iter().filter(|passages| is(passages)).count() as u64;
    match count(&|passages| has(passages, asked)) {
        0 => count(&|passages| asked.split(' ').all(|word| has(passages, word))),
        whole => whole,
    }
}

#[test]
fn other_spellings_lead_to_the_word_and_are_marked() {
    let engine = Engine::new(&careplan_table());
    let instead =
        engine.evaluate(&json!("デジタル証明書"), "(await faqc.searchText(given)).hits.map(it => it.instead)");
    assert_eq!(instead[0], "電子証明書");
    let by = |words: &str| {
        engine.evaluate(&json!(words), "(await faqc.searchText(given)).hits.filter(it => it.instead).map(it => it.by)")
    };
    // The words are shown as they are written, not as they are compared.
    assert_eq!(by("ログオン")[0], json!(["ログイン"]));
    assert_eq!(by("端末 デジタル証明書")[0], json!(["パソコン", "電子証明書"]));
}

#[test]
fn numbers_lead_to_their_entries_first() {
    let mut table = careplan_table();
    for (number, entry) in (1..4).chain(101..).zip(&mut table.entries) {
        Arc::make_mut(entry).number = Some(number);
    }
    let engine = Engine::new(&table);
    let found = |words: &str| {
        let found = engine.evaluate(&json!(words), "(await faqc.searchText(given)).hits.map(it => it.number)");
        found.as_array().unwrap().iter().map(|it| it.as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    for words in ["No.1", "No1", "№１", "1番", "no 1", "1"] {
        assert_eq!(found(words)[0], "No.1", "{words}");
    }
    assert_eq!(found("No1－3")[..3], ["No.1", "No.2", "No.3"]);
    assert_eq!(found("No.3、1番")[..2], ["No.1", "No.3"]);
    // All of a range, though it is more than a search shows at first.
    assert_eq!(found("No.101～999").len(), table.entries.len() - 3);
    let symptoms = engine.evaluate(&json!("No.101"), "(await faqc.findSymptoms(given)).hits");
    assert_eq!(symptoms, json!([]));
}

#[test]
fn contacts_documents_and_terms_are_found() {
    let mut table = careplan_table();
    table.contacts[0].tel = vec![Piece::Text("03-1234-5678".to_owned())];
    let engine = Engine::new(&table);
    let found = |words: &str| engine.evaluate(&json!(words), "(await faqc.findOthers(given)).map(it => it.href)");
    let first = |words: &str| found(words)[0].clone();
    assert_eq!(first("連絡先"), "contacts.html");
    for words in ["ヘルプデスク", "ﾍﾙﾌﾟﾃﾞｽｸ", "へるぷですく", "03-1234-5678", "０３１２３４５６７８"]
    {
        assert_eq!(first(words), "contacts.html#contact.helpdesk", "{words}");
    }
    let terms = |words: &str| {
        let expression = "(await faqc.findOthers(given)).filter(it => it.href.includes('#term.')).map(it => it.title)";
        engine.evaluate(&json!(words), expression)
    };
    for term in &table.terms {
        // What is for writers alone leads nowhere.
        for words in term.avoid.iter().chain([&term.id]) {
            let is_found = terms(words).as_array().unwrap().contains(&json!(term.id));
            assert_eq!(is_found, !term.meaning.is_empty(), "{words}");
        }
    }
    for document in &table.documents {
        let title = document.title.iter().map(|it| match it {
            Piece::Text(text) => text.as_str(),
            Piece::Reference(it) => &it.text,
        });
        let hits = found(&title.collect::<String>());
        assert_eq!(hits[0], format!("documents.html#document.{}", document.id));
    }
    // Neither a letter nor a part of a number leads anywhere, nor does a message.
    for words in ["", "の", "123", "、", "送信に失敗しました。再度実行してください。"] {
        assert_eq!(found(words), json!([]), "{words}");
    }
}

#[test]
fn excerpts_show_what_was_found() {
    let engine = Engine::new(&careplan_table());
    for (query, shown) in [("ｱﾌﾟﾘ", "アプリ"), ("あぷり", "アプリ"), ("ＷＥＢ サ", "Web サ")] {
        let pieces =
            engine.evaluate(&json!(query), "(await faqc.searchText(given)).hits.flatMap(it => it.excerpt.pieces)");
        let matches: Vec<&Value> = pieces.as_array().unwrap().iter().filter(|it| it["isMatch"] == true).collect();
        assert!(matches.iter().any(|it| it["text"] == shown), "{query}: {pieces}");
    }
    let pieces =
        |text: &str, word: &str| engine.evaluate(&json!([text, word]), "faqc.search.pieces(given[0], [given[1]])");
    assert_eq!(pieces("ｶﾞｽ漏れ<b>", "がす")[0], json!({"text": "ｶﾞｽ", "isMatch": true}));
    assert_eq!(pieces("😀か\u{3099}す", "がす")[1], json!({"text": "か\u{3099}す", "isMatch": true}));
    assert_eq!(pieces("", "a"), json!([]));
}

#[test]
fn hostile_text_stays_text() {
    let text = "</script><script>alert(1)</script>\u{2028}\u{2029}\\u003c\"'`${x}";
    let mut table = careplan_table();
    Arc::make_mut(&mut table.entries[0]).title = vec![Piece::Text(text.to_owned())];
    table.terms[0].avoid.push(text.to_owned());
    for (name, file) in files(&table) {
        assert!(!file.contains('<') && !file.contains(['\u{2028}', '\u{2029}']), "{name}");
    }
    let titles =
        Engine::new(&table).evaluate(&json!("alert(1)"), "(await faqc.searchText(given)).hits.map(it => it.title)");
    assert_eq!(titles, json!([text]));
}

#[test]
fn files_kept_over_edits_are_those_of_a_clean_build() {
    let mut table = many_entries(300);
    let (entries, symptoms) = (names(table.entries.len()), names(table.symptoms.len()));
    let pages = Pages { entries: &entries, symptoms: &symptoms, log_misses: None };
    let mut kept = SearchFiles::default();
    let mut before = kept.update(&table, pages);
    for edited in [7, 7, 150] {
        Arc::make_mut(&mut table.entries[edited]).title.push(Piece::Text("新しい題名".to_owned()));
        Arc::make_mut(&mut table.entries[edited + 1]).title = vec![Piece::Text("短い題".to_owned())];
        let after = kept.update(&table, pages);
        assert!(after == emit_search(&table, pages));
        let same = after.iter().zip(&before).filter(|(after, before)| after == before).count();
        assert!(same * 4 > after.len(), "{same} of {}", after.len());
        before = after;
    }
    table.entries.truncate(200);
    table.symptoms.clear();
    assert!(kept.update(&table, pages) == emit_search(&table, pages));
}
