//! Whole knowledge bases as pages: every link leads somewhere, hostile text stays text, the same input gives the same bytes.

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

fn compile_files(language: Language, files: impl IntoIterator<Item = (String, String)>) -> Compilation {
    let mut sources = source::Sources::default();
    let mut diagnostics = Diagnostics::default();
    let ids: Vec<_> = files.into_iter().map(|(name, text)| sources.add(name, text)).collect();
    let files = ids.into_iter().map(|id| parse::parse_file(id, &sources, &mut diagnostics)).collect();
    let config =
        config::Config { title: "障害 | FAQ {{#include x}}".to_owned(), language, ..config::Config::default() };
    let model = resolve::resolve(files, &config, &sources, &mut diagnostics);
    let types = types::check_types(&model, &sources, &mut diagnostics);
    Compilation { sources, model, types, graph: Default::default(), diagnostics }
}

fn careplan() -> Compilation {
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
    let pages: BTreeMap<_, _> = files.into_iter().map(|file| (file.path, file.text)).collect();
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

fn resolve_path(from: &str, link: &str) -> String {
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
