//! Whole sites, read as a browser reads them: every link leads somewhere, hostile text stays text, no page runs anything of its own.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};

use super::*;
use crate::emit::markdown::tests::{HOSTILE, careplan, compile_files, hostile, resolve_path};
use crate::emit::names::safe;
use crate::language::Language;
use crate::session::{Input, compile};

/// Every file of a site by its path.
fn files_of(compilation: &Compilation) -> BTreeMap<String, String> {
    let mut diagnostics = Diagnostics::default();
    let site = Site::of(compilation, &mut diagnostics);
    let (files, writer) = (site.files(), site.writer());
    let texts: BTreeMap<_, _> = files.iter().map(|file| (file.path.clone(), writer.text(file))).collect();
    assert_eq!(texts.len(), files.len(), "no path is written twice");
    texts
}

/// Every file of the site of an English knowledge base with these settings.
fn english(settings: &str, text: &str) -> BTreeMap<String, String> {
    let input = |name: &str, text: &str| Input { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let config = format!("title = \"T\"\nlanguage = \"en\"\n{settings}\n");
    let compilation = compile(vec![input("a.faq", text), input("faq.toml", &config)]);
    assert!(!compilation.diagnostics.has_errors(), "{:?}", compilation.diagnostics);
    files_of(&compilation)
}

fn pages_of(files: &BTreeMap<String, String>) -> BTreeMap<&str, Html> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, text)| (path.as_str(), Html::parse_document(text))).collect()
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn texts_in(element: ElementRef<'_>, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    element.select(&selector).map(|it| it.text().collect()).collect()
}

fn ids(page: &Html) -> Vec<&str> {
    all(page, "[id]").iter().filter_map(|element| element.attr("id")).collect()
}

fn check(files: &BTreeMap<String, String>) -> BTreeMap<&str, Html> {
    let pages = pages_of(files);
    for (path, page) in &pages {
        assert_sound(path, page);
        assert_inert(path, page);
    }
    assert_links_resolve(files, &pages);
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("data/")) {
        assert!(!text.contains(['<', '\u{2028}', '\u{2029}']), "{path}: {text}");
        assert_eq!(text.lines().count(), 1, "{path}");
    }
    pages
}

/// One main heading, no level left out, a language, ids once each, names for fields and regions.
fn assert_sound(path: &str, page: &Html) {
    assert!(matches!(page.root_element().attr("lang"), Some("ja" | "en")), "{path} says its language");
    let ids = ids(page);
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "{path}: {ids:?}");
    let levels: Vec<u32> =
        all(page, "h1, h2, h3, h4, h5, h6").iter().filter_map(|it| it.value().name()[1..].parse().ok()).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{path}: {levels:?}");
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1) && levels[0] == 1, "{path}: {levels:?}");
    for element in all(page, "[aria-labelledby], label[for], [aria-describedby]") {
        let named = ["aria-labelledby", "for", "aria-describedby"].into_iter().filter_map(|name| element.attr(name));
        named.for_each(|id| assert!(distinct.contains(&id), "{path} has no {id}"));
    }
    assert_eq!(all(page, "title").len(), 1, "{path}");
}

/// Nothing on a page is a script, a style or a handler of its own; blocks of data are JSON.
fn assert_inert(path: &str, page: &Html) {
    for element in all(page, "*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on") && name != "style", "{path}: {name}={value}");
        }
        let name = element.value().name();
        assert!(!matches!(name, "style" | "iframe" | "object" | "embed" | "img" | "form-x"), "{path}: <{name}>");
        assert!(element.value().attr("action").is_none_or(|action| action.ends_with("index.html")), "{path}");
    }
    for script in all(page, "script") {
        match script.attr("type") {
            Some("application/ld+json") => {
                let text: String = script.text().collect();
                let data: serde_json::Value = serde_json::from_str(&text).expect("a block of JSON");
                assert_eq!(data["@type"], "FAQPage", "{path}");
            }
            _ => assert!(script.attr("src").is_some() && script.text().next().is_none(), "{path}"),
        }
    }
    let policy = all(page, "meta[http-equiv=Content-Security-Policy]");
    assert!(
        policy[0].attr("content").is_some_and(|it| it.starts_with("default-src 'none'; script-src 'self'")),
        "{path}"
    );
}

fn assert_links_resolve(files: &BTreeMap<String, String>, pages: &BTreeMap<&str, Html>) {
    let anchors: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(path, page)| (*path, ids(page).into_iter().collect())).collect();
    for (path, page) in pages {
        for element in all(page, "[href], [src]") {
            let link = element.attr("href").or(element.attr("src")).unwrap_or_default();
            let scheme = link.split_once(':').map(|(scheme, _)| scheme.to_lowercase());
            if let Some(scheme) = scheme.filter(|it| it.chars().all(char::is_alphabetic)) {
                assert!(["http", "https", "mailto", "tel"].contains(&scheme.as_str()), "{path}: {link}");
                continue;
            }
            let (file, anchor) = link.split_once('#').map_or((link, None), |(file, at)| (file, Some(at)));
            let target = if file.is_empty() { (*path).to_owned() } else { resolve_path(path, file) };
            assert!(files.contains_key(&target), "{path} links to {link}");
            match anchor {
                Some(name) if files.contains_key(&format!("data/symptom/{name}.js")) && target == "guide.html" => {}
                Some(anchor) => assert!(anchors[target.as_str()].contains(anchor), "{path} links to {link}"),
                None => {}
            }
        }
    }
}

fn visible(page: &Html) -> String {
    all(page, "main").iter().flat_map(ElementRef::text).collect()
}

#[test]
fn hostile_text_is_only_text_wherever_it_stands() {
    let more =
        ["</script><svg onload=alert(1)>", "\" onfocus=alert(1) x=\"", "a\u{2028}b\u{2029}c", "{{ 7 * 7 }}{% x %}"];
    let texts = [HOSTILE, &more].concat();
    let compilation = compile_files(Language::Japanese, hostile(&texts));
    let files = files_of(&compilation);
    let pages = check(&files);
    assert_eq!(compilation.model.entries.len(), texts.len());
    let sheet = visible(&pages["sheet.html"]);
    for (entry, text) in compilation.model.entries.iter().zip(texts) {
        let page = visible(&pages[format!("entries/{}.html", safe(&entry.id)).as_str()]);
        assert!(page.matches(text).count() > 8, "{text}: {page}");
        assert!(sheet.contains(text), "{text}");
    }
}

#[test]
fn the_care_plan_faq_is_whole() {
    let compilation = careplan();
    let files = files_of(&compilation);
    let pages = check(&files);
    let entry = &pages["entries/install-certificate.html"];
    let crumbs: Vec<String> = all(entry, ".path a").iter().map(|it| it.text().collect()).collect();
    assert_eq!(crumbs, ["トップ", "各種不具合・エラー", "アプリ操作時のエラー", "データ送信時のエラー"]);
    let actions: Vec<_> = all(entry, "section.action").iter().filter_map(|it| it.attr("id")).collect();
    assert_eq!(actions, ["action.install-issued", "action.get-new"]);
    let cited: Vec<_> = all(entry, "[aria-labelledby=cited] a").iter().filter_map(|it| it.attr("href")).collect();
    assert_eq!(cited, ["../entries/check-certificate.html", "../entries/reissue-password.html"]);
    let rows = all(&pages["sheet.html"], "tbody tr");
    assert_eq!(rows.len(), 16);
    assert_eq!(texts_in(rows[0], "th, td").len(), 6);
    // Equal categories below each other are one cell.
    assert_eq!(all(&pages["sheet.html"], "td.category").len(), 3 + 4 + 6);
}

#[test]
fn without_scripts_symptoms_lead_to_their_pages() {
    let files = files_of(&careplan());
    let guide = &pages_of(&files)["guide.html"];
    let links = all(guide, "#begin .choices a");
    assert_eq!(links.len(), 12);
    for link in links {
        let page = link.attr("href").unwrap_or_default();
        let dialogue = page.replace("symptoms/", "guide.html#").replace(".html", "");
        assert!(files.contains_key(page), "{page}");
        assert_eq!(link.attr("data-guide").map(|it| it.replace(".html", "")), Some(dialogue));
    }
}

#[test]
fn the_sheet_says_what_each_action_is_against() {
    let files = files_of(&careplan());
    let pages = pages_of(&files);
    let row = all(&pages["sheet.html"], "tbody tr").into_iter().find(|it| texts_in(*it, "th") == ["7"]);
    let actions = texts_in(row.expect("a row of No.7"), ".action");
    assert_eq!(actions.len(), 3);
    let against = [
        ("パスワードの有効期限が切れている", "「有効期限切れ」と表示される：はい"),
        ("IDまたはパスワードの入力に誤りがある", "KJから始まるIDとパスワードが分かる：はい"),
        ("KJから始まるIDまたはパスワードが分からない", "KJから始まるIDとパスワードが分かる：いいえ"),
    ];
    for (action, (cause, when)) in actions.iter().zip(against) {
        assert!(action.contains(cause) && action.contains(when), "{action}");
    }
}

#[test]
fn search_engines_learn_what_an_answer_depends_on() {
    let files = files_of(&careplan());
    let pages = pages_of(&files);
    let entries = ["check-certificate", "install-certificate", "reissue-password", "keep-one-office"];
    let descriptions: BTreeSet<_> = entries
        .iter()
        .filter_map(|id| {
            all(&pages[format!("entries/{id}.html").as_str()], "meta[name=description]")[0].attr("content")
        })
        .collect();
    assert_eq!(descriptions.len(), entries.len(), "{descriptions:?}");
    let script = &all(&pages["entries/install-certificate.html"], "script[type='application/ld+json']")[0];
    let data: serde_json::Value = serde_json::from_str(&script.text().collect::<String>()).expect("a block of JSON");
    let question = &data["mainEntity"][0];
    assert_eq!(
        question["name"],
        "正しい電子証明書がインストールされていない（送信に失敗しました。再度実行してください。）"
    );
    let answer = question["acceptedAnswer"]["text"].as_str().expect("a text");
    let place = |text: &str| answer.find(text).unwrap_or_else(|| panic!("no {text} in {answer}"));
    let ways = ["「介護保険証明書」が発行済み：はいの場合", "発行済みの「介護保険証明書」をインストールする"];
    let others = ["「介護保険証明書」が発行済み：いいえ", "「請求委任事業所用ケアプラン証明書」（無償）"];
    let places = [ways, others].concat().iter().map(|text| place(text)).collect::<Vec<_>>();
    assert!(place("正しい電子証明書がある：いいえの場合") < places[0] && places.is_sorted(), "{answer}");
}

#[test]
fn documents_without_an_address_look_other_than_links() {
    let text = "entry a \"A\" {\n  symptom s\n  action x \"X\" {\n    > See [-> here] and [-> away 1].\n  }\n}\nsymptom s \"S\"\n\
                document here \"Here\" {\n  url https://a.example/\n}\ndocument away \"Away\" {\n  section 1 \"One\"\n}\n";
    let files = english("", text);
    let pages = check(&files);
    let links = all(&pages["entries/a.html"], ".deed a");
    assert_eq!(links.iter().map(|it| it.attr("class")).collect::<Vec<_>>(), [None, Some("offline")]);
}

#[test]
fn how_words_are_spelt_is_for_writers() {
    let files = files_of(&careplan());
    let seen = visible(&pages_of(&files)["terms.html"]);
    assert!(seen.contains("Cから始まるユーザID") && !seen.contains("下さい"), "{seen}");
}

#[test]
fn what_changed_is_a_page_that_every_page_leads_to() {
    let mut compilation = careplan();
    assert!(!files_of(&compilation).values().any(|text| text.contains("changes.html")));
    let mut note = Note { title: HOSTILE.concat(), ..Note::default() };
    note.paragraph(HOSTILE[0]);
    note.heading(2, HOSTILE[0]);
    note.heading(3, HOSTILE[1]);
    HOSTILE.iter().for_each(|text| note.item(*text, vec![(*text).to_owned()]));
    compilation.changes = Some(note);
    let files = files_of(&compilation);
    let pages = check(&files);
    let seen = visible(&pages["changes.html"]);
    assert!(HOSTILE.iter().all(|text| seen.matches(text).count() >= 3), "{seen}");
    assert_eq!(all(&pages["changes.html"], "main > ul > li > ul > li").len(), HOSTILE.len());
    for (path, page) in pages.iter().filter(|(_, page)| !all(page, "footer").is_empty()) {
        assert_eq!(all(page, "footer a[href$='changes.html']").len(), 1, "{path}");
    }
}

#[test]
fn former_names_lead_on() {
    let text = "項目 new \"新しい項目\" {\n番号 1\n旧名 old\n対応策 直す {\n＞ 直します。\n}\n}\n";
    let files = files_of(&compile_files(Language::Japanese, [("a.faq".to_owned(), text.to_owned())]));
    let pages = check(&files);
    let refresh = all(&pages["entries/old.html"], "meta[http-equiv=refresh]");
    assert_eq!(refresh[0].attr("content"), Some("0; url=../entries/new.html"));
    assert!(files.contains_key("categories/~other.html"), "entries without a category have a place");
}

#[test]
fn an_english_knowledge_base_speaks_english_throughout() {
    let text = "entry vpn \"VPN drops\" { number 1 ; category Net > VPN ; symptom down ; action Restart { > Restart it. } }\n\
                symptom down \"No connection\" { shows \"No connection\" }\n";
    let files = files_of(&compile_files(Language::English, [("a.faq".to_owned(), text.to_owned())]));
    let japanese = |c: char| ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
    for (path, page) in check(&files) {
        let seen: String = all(&page, "body").iter().flat_map(ElementRef::text).collect();
        assert!(!seen.replace("障害", "").contains(japanese), "{path}: {seen}");
    }
}

/// Where the dialogue ends without more to try.
#[test]
fn pages_lead_to_the_default_contact() {
    let entry =
        |id: &str, more: &str| format!("entry {id} \"{id}\" {{\n  symptom \"{id}\"\n{more}  action x \"X\"\n}}\n");
    let text = [
        entry("a", ""),
        entry("b", "  contact desk\n"),
        entry("c", "  otherwise contact other\n"),
        "contact desk \"Help desk\"\ncontact other \"Others\"\n".to_owned(),
    ];
    let files = english("default-contact = \"desk\"", &text.concat());
    let pages = check(&files);
    for (entry, ways) in [("a", vec!["Help desk"]), ("b", vec![]), ("c", vec!["Others"])] {
        let page = &pages[format!("entries/{entry}.html").as_str()];
        let shown: Vec<String> = all(page, ".otherwise a").iter().map(|it| it.text().collect()).collect();
        assert_eq!(shown, ways, "{entry}");
    }
    let rows = all(&pages["sheet.html"], "td.remedy");
    let says = |row: &ElementRef<'_>| row.text().any(|it| it == "If this does not help");
    assert_eq!(rows.iter().map(says).collect::<Vec<_>>(), [true, false, true]);
}

/// The same categories appear in the same order, in parts, and no page has a link to all of them.
#[test]
fn long_lists_are_cut_into_pages() {
    let entry = |number: usize| {
        format!(
            "項目 e{number} \"項目{number}\" {{\n番号 {number}\n分類 あ ＞ い{}\n対応策 直す {{\n＞ 直します。\n}}\n}}\n",
            number / 150
        )
    };
    let text: String = (1..=700).map(entry).collect();
    let files = files_of(&compile_files(Language::Japanese, [("a.faq".to_owned(), text)]));
    let pages = check(&files);
    assert_eq!(all(&pages["sheet.html"], "tbody tr").len() + all(&pages["sheet~p2.html"], "tbody tr").len(), 600);
    assert_eq!(all(&pages["categories/あ.html"], ".shelves > li").len(), 5);
    assert!(pages.contains_key("categories/あ-い0~p2.html"));
    for (path, page) in pages.iter().filter(|(path, _)| !path.starts_with("sheet")) {
        assert!(all(page, "a").len() < 140, "{path}");
    }
}

#[test]
fn only_pages_with_a_search_may_reach_the_address_of_the_log() {
    let policies = |setting: &str| -> BTreeMap<String, String> {
        let files = english(&format!("[site]\n{setting}"), "entry a \"A\" {\n  symptom \"s\"\n  action x \"X\"\n}\n");
        let policy = |page: &Html| all(page, "meta[http-equiv]")[0].attr("content").unwrap_or_default().to_owned();
        pages_of(&files).into_iter().map(|(path, page)| (path.to_owned(), policy(&page))).collect()
    };
    let told = policies("log-misses = \"https://a.example/misses;x?key=1\"");
    for (path, policy) in &told {
        let allowed = policy.split_once("; connect-src ").map(|(_, sources)| sources);
        let has_search = ["index.html", "guide.html"].contains(&path.as_str());
        assert_eq!(allowed, has_search.then_some("https://a.example/misses%3Bx"), "{path}");
    }
    for setting in ["", "log-misses = \"console\""] {
        assert!(policies(setting).values().all(|policy| !policy.contains("connect-src")));
    }
}
