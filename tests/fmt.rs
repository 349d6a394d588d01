//! Formatting keeps what a file means and every comment in its place, leaves alone what is broken, and is done after one go.

#[path = "support/soup.rs"]
mod soup;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use faqc::diag::Diagnostics;
use faqc::fmt::fmt_text;
use faqc::parse::parse_file;
use faqc::session::{Compilation, Input, compile};
use faqc::source::Sources;
use proptest::prelude::*;
use soup::{SAMPLE, mutated, soup};
use support::code_blocks;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

/// Letters and digits, which formatting keeps, of a stretch of text.
fn letters(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

/// What a text says: its tree and its findings, with letters in the place of spans.
fn meaning(text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("test.faq", text);
    let mut findings = Diagnostics::default();
    let file = parse_file(id, &sources, &mut findings);
    let said: Vec<_> = findings.iter().map(|finding| (finding.code, finding.span)).collect();
    with_letters(&format!("{file:?}{said:?}"), text)
}

fn with_letters(shown: &str, text: &str) -> String {
    const BEFORE: &str = "Span { file: FileId(0), start: ";
    let mut parts = shown.split(BEFORE);
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (span, rest) = part.split_once(" }").expect("a span ends");
        let (start, end) = span.split_once(", end: ").expect("a span has an end");
        let range = start.parse().expect("a number")..end.parse::<usize>().expect("a number");
        out += &letters(text.get(range).expect("a span lies in the text"));
        out += rest;
    }
    out
}

/// Each comment on a line of its own, with the next line that is none.
fn comments(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_comment = |line: &&str| line.starts_with(['#', '＃']);
    let next =
        |at: usize| lines.iter().skip(at).find(|line| !is_comment(line)).map_or(String::new(), |line| letters(line));
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_comment(line)) {
        found.push(((*line).nfkc().collect(), next(at)));
    }
    found
}

fn assert_kept(text: &str) {
    let formatted = fmt_text(text);
    assert_eq!(fmt_text(&formatted), formatted, "formatted again\n{text:?}");
    assert_eq!(meaning(text), meaning(&formatted), "\n{text:?}\n{formatted:?}");
    assert_eq!(comments(text), comments(&formatted), "\n{text:?}\n{formatted:?}");
}

proptest! {
    #[test]
    fn a_soup_of_the_languages_pieces_keeps_its_meaning(text in soup()) {
        assert_kept(&text);
    }

    #[test]
    fn a_mutated_knowledge_base_keeps_its_meaning(text in mutated()) {
        assert_kept(&text);
    }

    #[test]
    fn any_text_keeps_its_meaning(text in "\\PC*") {
        assert_kept(&text);
    }

    /// Space at the beginning of lines means nothing, so neither does it to the formatter.
    #[test]
    fn one_form_for_all_indentations(widths in prop::collection::vec(0..6_usize, 200)) {
        let lines = SAMPLE.lines().zip(widths.iter().cycle());
        let mut fenced = false;
        let moved: String = lines.map(|(line, width)| {
            let was = fenced;
            fenced ^= line.trim().starts_with("```");
            if was || fenced { format!("{line}\n") } else { format!("{}{}\n", " ".repeat(width + 1), line.trim()) }
        }).collect();
        prop_assert_eq!(fmt_text(&moved), fmt_text(SAMPLE));
    }
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let walk = WalkDir::new(project(folder)).sort_by_file_name().into_iter().filter_map(Result::ok);
    walk.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|it| it == ending)).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the project's files are UTF-8")
}

/// Where a broken row hides the header of its table, a bar that may stand for a blank cell is kept.
#[test]
fn a_row_below_a_broken_one_keeps_its_blank_cell() {
    let table = "fact os : one of { a b }\nfact n : number\nderive risk : one of { low high } {\n  low otherwise\n}\ntable t decides risk first {\n  os | n | risk\n";
    for rows in [
        "-\n | - | low\n",
        "-\n| a | 1 | high |\n",
        "-\n || low\n",
        "(\n || low\n# c\n| a | 2 | low\n",
        "# c\n | 1 | low\n",
    ] {
        assert_kept(&format!("{table}{rows}}}\n"));
    }
}

/// Each fixture is a text, a line of dashes, and the text as it should be laid out.
#[test]
fn values_of_which_it_is_asked_what_parts_them_stay_so() {
    for values in ["chro、me edge", "c,hrome edge", "a \"A\", b c", "a b, c d"] {
        assert_kept(&format!("fact browsers : any of {{ {values} }}\n"));
    }
}

#[test]
fn what_random_texts_found_is_kept() {
    assert_kept("fact d : date\ndefine soon \"S\" when d >= today - 3#0\n");
    assert_kept("\r\none of\n|");
}

#[test]
fn fixtures_are_formatted_as_they_say() {
    for path in files("tests/fmt", "faq") {
        let fixture = read(&path);
        let (written, expected) = fixture.split_once("\n# ---- formatted ----\n").expect("a fixture has two parts");
        let formatted = fmt_text(&format!("{written}\n"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, format!("{written}\n# ---- formatted ----\n{formatted}"))
                .expect("a fixture can be written");
        } else {
            assert_eq!(formatted, expected, "{}", path.display());
        }
        assert_kept(written);
        assert_kept(expected);
    }
}

/// All that the project holds up as an example. With UPDATE set it is formatted where it stands.
#[test]
fn what_the_project_shows_is_formatted() {
    let rules = ["kb", "examples", "src/cli/new"].into_iter().flat_map(|folder| files(folder, "faq"));
    let pages = files("docs", "md").into_iter().chain([project("README.md")]);
    let mut wrong = Vec::new();
    for path in rules.chain(pages) {
        let text = read(&path);
        let formatted = if path.extension().is_some_and(|it| it == "md") { fmt_page(&text) } else { fmt_text(&text) };
        if formatted != text {
            wrong.push(path.display().to_string());
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&path, formatted).expect("the project's files can be written");
            }
        }
    }
    assert!(wrong.is_empty(), "run `faqc fmt` on {wrong:?}");
}

/// A page with each block marked `faq` formatted; those marked `faq fails` show mistakes.
fn fmt_page(page: &str) -> String {
    let blocks = code_blocks(page).into_iter().filter(|(info, _)| info == "faq");
    blocks.fold(page.to_owned(), |page, (_, text)| page.replacen(&text, &fmt_text(&text), 1))
}

fn knowledge_base(folder: &str, change: impl Fn(&str) -> String) -> Compilation {
    let folder = project(folder);
    let mut inputs =
        vec![Input { name: "faq.toml".to_owned(), bytes: fs::read(folder.join("faq.toml")).expect("it is there") }];
    for path in files(folder.to_str().expect("the path is UTF-8"), "faq") {
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        inputs.push(Input { name, bytes: change(&read(&path)).into_bytes() });
    }
    compile(inputs)
}

/// The texts of a knowledge base in another layout: as it was typed with an input method, and without indentation.
fn disarranged(text: &str) -> String {
    let wide = |line: &str| match line.split_once(['>', '|']) {
        Some(("", rest)) if line.starts_with('>') => format!("＞{rest}"),
        Some(("", rest)) => format!("｜　{rest}"),
        Some(_) | None => line.replace(" {", "　｛"),
    };
    text.lines().map(|line| format!(" {}　\n", wide(line.trim()))).collect()
}

#[test]
fn a_formatted_knowledge_base_gives_the_same_outputs() {
    let outputs = |compilation: &Compilation| {
        // The sheets carry the files themselves.
        let targets = faqc::emit::TARGETS.iter().filter(|target| !["xlsx", "csv"].contains(&target.name));
        let all = targets.map(|target| target.emit(compilation, &mut Diagnostics::default()));
        format!("{:?}", all.collect::<Vec<_>>())
    };
    let written = knowledge_base("kb/careplan", disarranged);
    let formatted = knowledge_base("kb/careplan", |text| fmt_text(&disarranged(text)));
    assert!(!written.diagnostics.has_errors() && !formatted.diagnostics.has_errors());
    assert_eq!(outputs(&written), outputs(&formatted));
}
