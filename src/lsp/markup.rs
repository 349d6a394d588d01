//! Markdown for editors, and as plain text for those that show no other. Refuses to know what it says.

use lsp_types::{ClientCapabilities, MarkupContent, MarkupKind};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The forms that an editor shows.
#[derive(Clone, Copy, Debug)]
pub struct Markup {
    pub hover: Form,
    pub completion: Form,
}

/// Whether an editor lays Markdown out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Markdown,
    Plain,
}

impl Markup {
    /// Where an editor does not say, it is asked for Markdown.
    pub fn agreed(capabilities: &ClientCapabilities) -> Self {
        let text = capabilities.text_document.as_ref();
        let hover = text.and_then(|it| it.hover.as_ref()?.content_format.as_deref());
        let item = text.and_then(|it| it.completion.as_ref()?.completion_item.as_ref());
        let completion = item.and_then(|it| it.documentation_format.as_deref());
        Self { hover: Form::of(hover), completion: Form::of(completion) }
    }
}

impl Form {
    fn of(formats: Option<&[MarkupKind]>) -> Self {
        match formats {
            Some(formats) if !formats.is_empty() && !formats.contains(&MarkupKind::Markdown) => Self::Plain,
            Some(_) | None => Self::Markdown,
        }
    }

    /// A text in Markdown as the editor takes it.
    pub fn content(self, markdown: String) -> MarkupContent {
        match self {
            Self::Markdown => MarkupContent { kind: MarkupKind::Markdown, value: markdown },
            Self::Plain => MarkupContent { kind: MarkupKind::PlainText, value: plain(&markdown) },
        }
    }
}

/// What is read, without marks but those of lists.
fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::Start(Tag::List(first)) => {
                end_line(&mut out);
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                end_line(&mut out);
            }
            Event::Start(Tag::Item) => {
                end_line(&mut out);
                out.push_str(&"  ".repeat(lists.len().saturating_sub(1)));
                match lists.last_mut() {
                    Some(Some(number)) => {
                        out.push_str(&format!("{number}. "));
                        *number += 1;
                    }
                    Some(None) | None => out.push_str("- "),
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::BlockQuote(_)) => {
                end_line(&mut out);
            }
            _ => {}
        }
    }
    out.trim_end().to_owned()
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_is_read_is_left() {
        let markdown =
            "### No.7 \\[題\\]\n\n*事象*\n\n`paper = はい`\n\n**対応**\n\n1. 一つ目。\n2. 二つ目。\n- ※ 注\n    - 中\n";
        assert_eq!(plain(markdown), "No.7 [題]\n事象\npaper = はい\n対応\n1. 一つ目。\n2. 二つ目。\n- ※ 注\n  - 中");
    }
}
