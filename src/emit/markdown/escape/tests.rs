//! Whether a Markdown parser gives back exactly the text that was written, hostile text first.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::*;

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "a | b || c \\| d \\\\| e",
    "= * _ ` [x](y) ![x](y) # > ~~x~~ **b** __b__ `c`",
    "{{#include /etc/passwd}} \\{{#include /etc/passwd}} {{ #title x}}",
    "title {#id .class}",
    "- item",
    "1. item",
    "1) item",
    "123456789. item",
    "    code",
    "\tcode",
    "---",
    "===",
    "+++",
    "***",
    ": definition",
    "> [!NOTE]",
    "[^1]: note",
    "[x]: http://example.com",
    "- [ ] task",
    "$x$ $$y$$",
    "&amp; &lt; &#65; &copy;",
    "trailing backslash \\",
    "trailing space  ",
    "heading # ##",
    "<!-- comment",
    "<?php ?>",
    "``` fence",
    "~~~",
    "emoji 🎉👩‍👩‍👧 :tada:",
    "全角　空白　",
    "「WindowsによってPCが保護されました」",
    "http://example.com/a_b*c?d=e&f=(g)#h。",
    "\u{a0}nbsp\u{a0}",
    "|",
    "\\",
    "!",
    "",
];

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
}

/// The text that a reader sees inside one kind of block.
fn seen(markdown: &str, inside: impl Fn(&Tag<'_>) -> bool, until: impl Fn(&TagEnd) -> bool) -> String {
    let mut out = String::new();
    let mut open = false;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(tag) if inside(&tag) => open = true,
            Event::End(tag) if until(&tag) => open = false,
            Event::Text(text) if open => out.push_str(&text),
            Event::Start(Tag::Link { .. } | Tag::TableCell) => {}
            Event::Start(tag) if open => panic!("{tag:?} in {markdown:?}"),
            Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {
                panic!("{event:?} in {markdown:?}")
            }
            Event::Start(_) | Event::End(_) | Event::Text(_) => {}
        }
    }
    out
}

fn escaped(given: &str) -> String {
    let mut out = String::new();
    linked(&mut out, given, true, true);
    out
}

fn check(given: &str) {
    let written = escaped(given);
    let paragraph = seen(&written, |tag| matches!(tag, Tag::Paragraph), |tag| matches!(tag, TagEnd::Paragraph));
    assert_eq!(paragraph, given, "as a paragraph: {written:?}");
    let heading =
        seen(&format!("# {written}\n"), |tag| matches!(tag, Tag::Heading { .. }), |t| matches!(t, TagEnd::Heading(_)));
    assert_eq!(heading, given, "as a heading: {written:?}");
    let item = seen(&format!("1. {written}\n"), |tag| matches!(tag, Tag::Item), |tag| matches!(tag, TagEnd::Item));
    assert_eq!(item, given, "as an item: {written:?}");
    let cell = seen(
        &format!("| h | i |\n|---|---|\n| {written} | x |\n"),
        |tag| matches!(tag, Tag::TableRow),
        |tag| matches!(tag, TagEnd::TableRow),
    );
    assert_eq!(cell, format!("{given}x"), "as a cell: {written:?}");
}

#[test]
fn hostile_text_comes_back_exactly() {
    HOSTILE.iter().for_each(|text| check(text));
}

#[test]
fn parts_of_a_line_do_not_join_into_markup() {
    for (first, second) in [("1", ". x"), ("see!", "[x](y)"), ("a\\", "*b*"), ("&", "amp;"), ("http:", "//a.b")] {
        let mut out = String::new();
        part(&mut out, first, true, false);
        part(&mut out, second, false, true);
        let text = seen(&out, |tag| matches!(tag, Tag::Paragraph), |tag| matches!(tag, TagEnd::Paragraph));
        assert_eq!(text, format!("{first}{second}"));
    }
}

#[test]
fn no_directive_of_mdbook_survives() {
    for text in ["{{#include x}}", "\\{{#include x}}", "{{ #playground x}}", "{{\n#include x}}"] {
        let mut out = escaped(text);
        code_block(&mut out, "", "", text.split('\n'));
        link_open(&mut out);
        link_close(&mut out, text);
        assert!(!out.contains("{{"), "{out}");
    }
}

#[test]
fn addresses_in_text_become_links_without_the_punctuation_around_them() {
    let links = |text: &str| {
        let written = escaped(text);
        let links = Parser::new(&written).filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        });
        links.collect::<Vec<_>>()
    };
    assert_eq!(
        links("「例」（ https://dotnet.microsoft.com/ja-jp/download/dotnet/6.0 ）に"),
        ["https://dotnet.microsoft.com/ja-jp/download/dotnet/6.0"]
    );
    assert_eq!(
        links("(http://www.e-seikyuu.jp/) or http://a.b/c_(d)?e=f&g=*h. x://y http://"),
        ["http://www.e-seikyuu.jp/", "http://a.b/c_(d)?e=f&g=*h"]
    );
    assert!(is_followable("HTTPS://a") && !is_followable("javascript:alert(1)") && !is_followable("http"));
}

fn code_of(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Text(text) => out.push_str(&text),
            Event::Html(html) => out.push_str(
                &html
                    .replace("<pre><code>", "")
                    .replace("</code></pre>", "")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&#123;", "{")
                    .replace("&#125;", "}")
                    .replace("&#13;", "\r")
                    .replace("&amp;", "&"),
            ),
            _ => {}
        }
    }
    out
}

fn check_code(lines: &[String]) {
    let expected: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let lines = || lines.iter().map(String::as_str);
    let mut out = String::new();
    code_block(&mut out, "", "text", lines());
    assert_eq!(code_of(&out), expected, "{out:?}");
    let mut out = "1. ".to_owned();
    code_block(&mut out, "   ", "text", lines());
    assert_eq!(code_of(&out), expected, "in an item: {out:?}");
}

#[test]
fn code_comes_back_exactly() {
    let hostile: Vec<String> = HOSTILE.iter().map(|line| (*line).to_owned()).collect();
    check_code(&hostile);
    hostile.iter().for_each(|line| check_code(std::slice::from_ref(line)));
    check_code(&["````".to_owned(), "  ``` ".to_owned(), String::new(), "`````x".to_owned()]);
    check_code(&["{{#include x}}".to_owned(), String::new(), "</pre>".to_owned()]);
}

fn markup() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            proptest::sample::select(HOSTILE).prop_map(str::to_owned),
            "[-+*_=#<>|\\\\`~&;!\\[\\](){}$:.0-9a-z \t\n「あ　]{0,8}",
            "\\PC{0,8}",
        ],
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_exactly(text in markup()) {
        check(&text);
    }

    #[test]
    fn any_code_comes_back_exactly(lines in proptest::collection::vec(markup(), 1..4)) {
        check_code(&lines.iter().map(|line| line.replace('\n', "")).collect::<Vec<_>>());
    }
}
