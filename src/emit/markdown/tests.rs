//! Whole knowledge bases as pages: every link leads somewhere, hostile text stays text, the same input gives the same bytes.

mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::*;
use crate::config;
use crate::diag::Diagnostics;
use crate::language::Language;
use crate::{parse, resolve, source, types};

fn compile(language: Language, text: &str) -> Compilation {
    compile_files(language, [("a.faq".to_owned(), text.to_owned())])
}

pub fn compile_files(language: Language, files: impl IntoIterator<Item = (String, String)>) -> Compilation {
    let mut sources = source::Sources::default();
    let mut diagnostics = Diagnostics::default();
    let ids: Vec<_> = files.into_iter().map(|(name, text)| sources.add(name, text)).collect();
    let files: Vec<_> = ids.into_iter().map(|id| parse::parse_file(id, &sources, &mut diagnostics)).collect();
    let files: Vec<_> = files.iter().collect();
    let config =
        config::Config { title: "障害 | FAQ {{#include x}}".to_owned(), language, ..config::Config::default() };
    let model = resolve::resolve(&files, &config, &sources, &mut diagnostics);
    let types = types::check_types(&model, &sources, &mut diagnostics);
    Compilation {
        sources,
        model,
        types,
        graph: Default::default(),
        diagnostics,
        changes: None,
        descent: Default::default(),
    }
}

pub fn careplan() -> Compilation {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/kb/careplan");
    let entries = std::fs::read_dir(folder).expect("the knowledge base lies beside the sources");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "faq"));
    paths.sort();
    let read = |path: &std::path::PathBuf| std::fs::read_to_string(path).expect("a readable file");
    compile_files(Language::Japanese, paths.iter().map(|path| (path.display().to_string(), read(path))))
}

fn pages(compilation: &Compilation) -> BTreeMap<String, String> {
    let files = emit(compilation);
    let count = files.len();
    let pages: BTreeMap<_, _> =
        files.into_iter().map(|file| (file.path, String::from_utf8(file.bytes).unwrap())).collect();
    assert_eq!(pages.len(), count, "no path is written twice");
    pages
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS
}

/// What can be linked to on a page, each once.
fn anchors(page: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for event in Parser::new_ext(page, options()) {
        if let Event::Html(html) | Event::InlineHtml(html) = event {
            for part in html.split("<a id=\"").skip(1) {
                let name = part.split('"').next().unwrap_or("");
                assert!(anchors.insert(name.to_owned()), "{name} twice in {page}");
            }
        }
    }
    anchors
}

fn links(page: &str) -> Vec<String> {
    let link = |event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        Event::Start(Tag::Image { dest_url, .. }) => panic!("an image: {dest_url}"),
        _ => None,
    };
    Parser::new_ext(page, options()).filter_map(link).collect()
}

pub fn resolve_path(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn assert_links_resolve(pages: &BTreeMap<String, String>) -> usize {
    let anchors: BTreeMap<&str, _> = pages.iter().map(|(path, text)| (path.as_str(), anchors(text))).collect();
    let mut count = 0;
    for (path, text) in pages.iter().filter(|(path, _)| path.ends_with(".md")) {
        for link in links(text).iter().filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').map_or((link.as_str(), None), |(file, at)| (file, Some(at)));
            let target = if file.is_empty() { path.clone() } else { resolve_path(path, file) };
            let there = anchors.get(target.as_str()).unwrap_or_else(|| panic!("{path} links to {link}"));
            assert!(anchor.is_none_or(|anchor| there.contains(anchor)), "{path} links to {link}");
            count += 1;
        }
    }
    count
}

/// The events that a reader could tell apart from plain text.
fn assert_harmless(pages: &BTreeMap<String, String>) {
    let allowed = ["<a id=", "</a>", "<br>", "<strong>", "</strong>", "<pre><code>"];
    for (path, text) in pages.iter().filter(|(path, _)| path.ends_with(".md")) {
        assert!(!text.contains("{{"), "{path}: {text}");
        let mut in_code = false;
        for event in Parser::new_ext(text, options()) {
            match event {
                Event::Html(html) => {
                    let starts = allowed.iter().any(|tag| html.starts_with(tag));
                    assert!(starts || in_code, "{path}: {html}");
                    in_code = (in_code || html.contains("<pre>")) && !html.contains("</pre>");
                }
                Event::InlineHtml(html) => assert!(allowed.iter().any(|tag| html.starts_with(tag)), "{path}: {html}"),
                Event::Start(Tag::Emphasis | Tag::Strikethrough | Tag::FootnoteDefinition(_)) => {
                    panic!("{path}: {text}")
                }
                _ => {}
            }
        }
    }
}

fn check(compilation: &Compilation) -> BTreeMap<String, String> {
    let pages = pages(compilation);
    assert_links_resolve(&pages);
    assert_harmless(&pages);
    assert_eq!(emit(compilation), emit(compilation), "the same bytes each time");
    pages
}

#[test]
fn the_care_plan_faq_is_a_book_whose_links_lead_somewhere() {
    let compilation = careplan();
    let pages = check(&compilation);
    assert!(assert_links_resolve(&pages) > 200);
    let rows = pages["markdown/index.md"].lines().filter(|line| line.starts_with("| [")).count();
    assert_eq!(rows, 16);
    let summary = &pages["markdown/SUMMARY.md"];
    for path in pages.keys().filter(|path| path.ends_with(".md") && !path.ends_with("SUMMARY.md")) {
        let file = path.trim_start_matches("markdown/");
        assert_eq!(summary.matches(&format!("]({file})")).count(), 1, "{file} stands once in the table of contents");
    }
}

const SAMPLE: &str = include_str!("../../../tests/parse/sample.faq");

#[test]
fn every_construct_is_on_some_page() {
    let pages = check(&compile(Language::Japanese, SAMPLE));
    let entry = &pages["markdown/entries/install.md"];
    for text in [
        "# No.10 正しい証明書がない",
        "有効な証明書](../facts.md#fact.certificate)：いいえ かつ [app](../facts.md#fact.app)：6.0以上7以下",
        "> 送信に失敗しました。再度実行してください。",
        "> Sending failed. Try \\{count\\} again.（en）",
        "> 送信に失敗しました。<br>もう一度。",
        "- <a id=\"cause.1\"></a>証明書が入っていない（「[有効な証明書](../facts.md#fact.certificate)：はい」ではない）",
        "<a id=\"action.1\"></a><a id=\"action.issue\"></a>",
        "1. [マニュアル](../documents.md#section.annex.1.2) のとおりに入れます。",
        " と No.9 と ",
        "<br>二行目です。",
        "   - 箇条書き",
        "   > ※ 注意",
        "   > ⚠ <strong>注意：</strong>警告",
        "   入力するコマンド：",
        "   ```text\n   setup.exe { # > }\n   ```",
        "2. <strong>[OS](../facts.md#fact.os)：Windows 10 の場合：</strong>x86 をクリックします",
        "* 実施後の状態：[有効な証明書](../facts.md#fact.certificate)＝はい、[証明書の数](../facts.md#fact.証明書の数)＝1件",
        "* 解決の見込み：60%",
        "* 所要時間：3日",
        "#### 1.1 新しいもの",
        "* 見直し予定日：2027年4月1日",
        "* 担当：証明書の係",
        "## 解決しない場合",
        "## この項目を参照している項目\n\n* [No.11 Reissue](reissue.md)",
    ] {
        assert!(entry.contains(text), "{text:?} in {entry}");
    }
    assert!(pages["markdown/entries/old-install.md"].contains("](install.md)"));
    assert!(pages["markdown/book.toml"].contains("\"/entries/old-install.html\" = \"install.html\""));
    assert!(pages["markdown/facts.md"].contains("* 答え：Windows 10、Windows 11、その他"));
    assert!(pages["markdown/documents.md"].contains("[1.2 インストール](https://example.jp/a#b)"));
}

const ENGLISH: &str = r#"
entry vpn "The VPN does not connect" {
  number 1
  category Network > VPN
  symptom no-connection
  when os-version >= 14 and certificates < 2
  action install "Install a certificate" {
    > Open [→path] and see No.2.
    when os-version < 16 {
      > Restart.
    } else {
      > Sign out.
    }
    contact desk
    takes 90min
    likely often
  }
}
entry other "Anything else" { number 2 ; symptom no-connection ; fallback ; contact desk }
symptom no-connection "No connection"
fact os-version "OS version" : version
fact certificates "number of certificates" : number 0.. { ask How many? }
fact os : one of { windows "Windows" mac "macOS" }
text path by os {
  windows: C:\Users
  mac: ~/Library
}
contact desk "Help desk" {
  tel 1234
}
"#;

#[test]
fn an_english_knowledge_base_speaks_english_throughout() {
    let pages = check(&compile(Language::English, ENGLISH));
    let japanese = |c: char| ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
    for (path, text) in &pages {
        let text = text.replace("障害", "");
        assert!(!text.contains(japanese), "{path}: {text}");
    }
    let entry = &pages["markdown/entries/vpn.md"];
    let condition = "[OS version](../facts.md#fact.os-version) is 14 or newer and \
                     [number of certificates](../facts.md#fact.certificates) is less than 2";
    assert!(entry.contains(condition), "{entry}");
    assert!(entry.contains("Time needed: 1 h 30 min"), "{entry}");
    assert!(entry.contains(r"Windows: C:\\Users, macOS: \~/Library"), "{entry}");
}

pub const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "a | b || c \\| d",
    "*a* _b_ `c` [d](e) ![f](g) # ~~h~~",
    "---",
    "- x",
    "9. x",
    "</pre>",
    "javascript:alert(1)",
    "$x$ &amp; <!-- y",
    "emoji 🎉 全角　（）",
    "../../etc/passwd",
    "CON",
    "con",
    "a/b",
    "a\\b",
    "[→ない]",
    "very long very long very long very long very long very long very long very long very long very long very long name",
];

/// A file for each text, in every place that takes one.
pub fn hostile(texts: &[&str]) -> impl Iterator<Item = (String, String)> {
    texts.iter().enumerate().map(|(index, text)| {
        let name = format!("「{text}」");
        let file = format!(
            "項目 {name} \"{text}\" {{\n番号 {index}\n旧名 「old {text}」\n分類 {text} ＞ x{text}\n事象 {name}\n\
             条件 {name} ＝ {name}\n要因 {text}\n対応策 {text} {{\n名前 {name}\n＞ {text}\n| {text}\n・ {text}\n\
             ※ {text}\n！ {text}\n``` {text}\n{text}\n```\n解決確認 {text}\n次 {name}\n}}\n担当 {text}\n}}\n\
             事象 {name} \"{text}\" {{\n表示 「{text}」\n言い換え {text}\n}}\n\
             事実 {name} \"{text}\" ： いずれか {{ {name} \"{text}\" y }} {{\n質問 {text}\n表示 {name} 「{text}」\n}}\n\
             文書 {name} \"{text}\" {{\n章 1 \"{text}\" {text}\nＵＲＬ {text}\n}}\n\
             リンク {name} \"{text}\" javascript:alert(1)\n連絡先 {name} \"{text}\" {{\n電話 {text}\n}}\n\
             用語 {name} {{\n避ける {text}\n意味 {text}\n}}\n\
             文言 {name} 別 {name} {{\n{name}：{text}\nそれ以外：[→文言：{name}] {text}\n}}\n",
        );
        (format!("{index}.faq"), file)
    })
}

/// What a reader sees of a page.
fn visible(page: &str) -> String {
    let text = |event| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::Html(html) => {
            html.replace("&#123;", "{").replace("&#125;", "}").replace("&lt;", "<").replace("&gt;", ">")
        }
        _ => String::new(),
    };
    Parser::new_ext(page, options()).map(text).collect()
}

#[test]
fn hostile_text_is_only_text_wherever_it_stands() {
    let compilation = compile_files(Language::Japanese, hostile(HOSTILE));
    let pages = check(&compilation);
    assert_eq!(compilation.model.entries.len(), HOSTILE.len());
    let index = visible(&pages["markdown/index.md"]);
    for (entry, text) in compilation.model.entries.iter().zip(HOSTILE) {
        let path = format!("markdown/entries/{}.md", crate::emit::names::safe(&entry.id));
        let page = visible(&pages[&path]);
        assert!(page.starts_with(&format!("No.{} {text}", entry.number.unwrap_or(99))), "{text}: {page}");
        assert!(page.matches(text).count() > 8, "{text}: {page}");
        assert!(index.contains(text), "{text}: {index}");
    }
    for (path, text) in &pages {
        let scripts = links(text).into_iter().filter(|link| link.starts_with("javascript:"));
        assert_eq!(scripts.count(), 0, "{path}");
        let name = path.rsplit('/').next().unwrap_or("");
        assert!(name.len() < 220 && !path.contains(".."), "{path}");
    }
}

#[test]
fn no_directive_of_mdbook_is_carried_out() {
    let text = "{{#include /etc/passwd}}";
    let pages = check(&compile(
        Language::Japanese,
        &format!(
            "項目 a A {{\n事象 s\n対応策 x {{\n＞ {text}\n※ \\{text}\n``` 入力\n{text}\n\n\\{text}\n```\n}}\n担当 {text}\n}}\n\
             事象 s \"S\" {{\n表示 「{text}」\n言い換え {text}\n}}\n"
        ),
    ));
    let page = visible(&pages["markdown/entries/a.md"]);
    assert_eq!(page.matches(text).count(), 7, "{page}");
}

#[test]
fn titles_that_name_each_other_end() {
    let text = "項目 a 「[→b]」を見る {\n}\n項目 b 「[→a]」を見る {\n}\n文言 t 別 f {\nはい：[→文言：t]\n}\n事実 f ： はい/いいえ\n";
    check(&compile(Language::Japanese, text));
}

#[test]
fn an_empty_knowledge_base_is_a_book_of_one_page() {
    let pages = check(&compile(Language::Japanese, ""));
    assert_eq!(pages.keys().collect::<Vec<_>>(), ["markdown/SUMMARY.md", "markdown/book.toml", "markdown/index.md"]);
}

#[test]
#[ignore = "a measurement: run with --release --nocapture"]
fn ten_thousand_entries() {
    let mut text = String::new();
    for n in 0..200 {
        text +=
            &format!("事象 s{n} \"症状{n}が出る\" {{\n表示 「エラー {n} が発生しました。」\n言い換え 失敗{n}\n}}\n");
        text += &format!("事実 f{n} \"状態{n}\" ： はい/いいえ {{\n質問 状態{n}ですか？\n}}\n");
    }
    for n in 0..10_000 {
        let prose = "画面右上の「設定」をクリックして、表示された内容を確認します。".repeat(3);
        text += &format!(
            "項目 e{n} 項目{n}の題名 {{\n番号 {}\n分類 大{} ＞ 中{} ＞ 小{}\n事象 s{}\n条件 f{} ＝ はい かつ f{} ＝ いいえ\n\
             対応策 ① 直す {{\n＞ {prose}\n＞ {prose}No.{} も見ます。\n※ {prose}\n結果 f{} ＝ いいえ\n}}\n}}\n",
            n + 1,
            n % 7,
            n % 49,
            n % 343,
            n % 200,
            n % 200,
            (n * 7 + 1) % 200,
            (n * 31) % 10_000 + 1,
            n % 200
        );
    }
    let files = text.len();
    let compilation = compile(Language::Japanese, &text);
    let start = std::time::Instant::now();
    let pages = emit(&compilation);
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    eprintln!(
        "{} entries, {files} bytes in, {} pages, {bytes} bytes: {:?}",
        compilation.model.entries.len(),
        pages.len(),
        start.elapsed()
    );
}
