//! What each renderer makes of findings: carets under Japanese text, tabs and emoji, escaping, places, schemas.

mod human;
mod machine;

use faqc::diag::{Arg, Code, Diagnostic, Diagnostics, Edit, Levels, Scene, settle};
use faqc::language::Language;
use faqc::source::{FileId, Sources, Span};

/// A text with `[[…]]` around the places that findings stand at.
pub struct Marked {
    pub sources: Sources,
    pub spans: Vec<Span>,
}

impl Marked {
    pub fn new(name: &str, marked: &str) -> Self {
        let mut this = Self { sources: Sources::default(), spans: Vec::new() };
        this.add(name, marked);
        this
    }

    pub fn add(&mut self, name: &str, marked: &str) {
        let file = FileId(self.sources.ids().count() as u32);
        let mut text = String::new();
        for (index, piece) in marked.split("[[").enumerate() {
            let start = text.len();
            match piece.split_once("]]").filter(|_| index > 0) {
                Some((inside, rest)) => {
                    text.push_str(inside);
                    self.spans.push(Span::new(file, start..text.len()));
                    text.push_str(rest);
                }
                None => text.push_str(piece),
            }
        }
        self.sources.add(name, text);
    }

    pub fn scene(&self, language: Language) -> Scene<'_> {
        Scene { sources: &self.sources, language, prefix: "kb/" }
    }
}

/// An unknown name at the place, with a fix.
pub fn unknown(span: Span, name: &str, suggestion: &str) -> Diagnostic {
    Diagnostic::at(Code::UnknownName, span)
        .word("kind", "symptom")
        .text("name", name)
        .text("suggestion", suggestion)
        .fix("did-you-mean", span, suggestion)
}

#[test]
fn findings_are_sorted_by_place_and_equal_ones_are_one() {
    let marked = Marked::new("a.faq", "[[一]] [[二]]");
    let (first, second) = (marked.spans[0], marked.spans[1]);
    let mut list = Diagnostics::default();
    list.push(Diagnostic::general(Code::NoEntries));
    list.push(unknown(second, "二", "x"));
    list.push(unknown(first, "一", "x"));
    list.push(unknown(second, "二", "x"));
    list.push(Diagnostic::at(Code::NotUtf8, second));
    let settled = settle(list, &Levels::default());
    let places: Vec<_> = settled.iter().map(|one| (one.span, one.code)).collect();
    assert_eq!(
        places,
        [
            (Some(first), Code::UnknownName),
            (Some(second), Code::NotUtf8),
            (Some(second), Code::UnknownName),
            (None, Code::NoEntries),
        ]
    );
}

/// Every kind of finding at once, for the formats that tools read.
pub fn everything() -> (Marked, Vec<Diagnostic>) {
    let mut marked = Marked::new("送信 100%.faq", "項目 a 題 {\n\t事象 [[😀送信]], b:c\n}\n");
    marked.add("b.faq", "事象 [[送信失敗]]\n事象 x\n");
    let [here, there] = [marked.spans[0], marked.spans[1]];
    let several = Diagnostic::at(Code::UnknownName, here)
        .word("kind", "symptom")
        .arg("name", Arg::Text("😀送信\n::warning::50%".to_owned()))
        .text("suggestion", "送信失敗")
        .label(there, "did-you-mean")
        .help("did-you-mean")
        .fix("did-you-mean", here, "送信失敗")
        .edits(
            "did-you-mean",
            vec![Edit { span: here, text: "甲".to_owned() }, Edit { span: there, text: "甲".to_owned() }],
            false,
        );
    let hint = Diagnostic { severity: faqc::diag::Severity::Hint, ..unknown(there, "送信失敗", "送信") };
    (marked, vec![several, hint, Diagnostic::general(Code::NoEntries).help("write-one")])
}
