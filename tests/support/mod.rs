//! Knowledge bases written in one text, and the examples in Markdown pages.

#![allow(dead_code, reason = "each test uses what it needs")]

use faqc::diag::{Diagnostic, Diagnostics};
use faqc::emit::table::build_table;
use faqc::session::{Compilation, Input};
use faqc::suite::run_tests;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// The files of a case: `case.faq`, and one more after each line `#--- NAME`; after `#--- bytes NAME` its bytes are
/// written in hexadecimal.
pub fn inputs(source: &str) -> Vec<Input> {
    let mut files = vec![("case.faq".to_owned(), String::new())];
    for line in source.split_inclusive('\n') {
        match (line.strip_prefix("#--- "), files.last_mut()) {
            (Some(name), _) => files.push((name.trim().to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => {}
        }
    }
    files.retain(|(_, text)| !text.is_empty());
    files.into_iter().map(|(name, text)| input(&name, text)).collect()
}

fn input(name: &str, text: String) -> Input {
    match name.strip_prefix("bytes ") {
        Some(name) => Input { name: name.to_owned(), bytes: text.split_whitespace().map(byte).collect() },
        None => Input { name: name.to_owned(), bytes: text.into_bytes() },
    }
}

fn byte(written: &str) -> u8 {
    u8::from_str_radix(written, 16).expect("a byte is two hexadecimal digits")
}

/// Each fenced block of a Markdown page: its info string and its text.
pub fn code_blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => open = Some((info.to_string(), String::new())),
            Event::Text(text) => {
                if let Some((_, block)) = &mut open {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

/// What the tests of a knowledge base without errors come to.
pub fn failures(compilation: &Compilation) -> Vec<Diagnostic> {
    let mut reported = Diagnostics::default();
    if compilation.diagnostics.has_errors() || compilation.model.tests.is_empty() {
        return Vec::new();
    }
    let table = build_table(compilation, &mut reported);
    if reported.has_errors() {
        return Vec::new();
    }
    run_tests(compilation, &table, |_| true).into_iter().flat_map(|result| result.findings).collect()
}
