//! Where addresses of web pages stand: declared ones, and those in sentences.

use super::text::{visit_shown, within};
use crate::model::Model;
use crate::source::{Sources, Span};

/// Every place of an address that begins with `http:` or `https:`, in the order of the model's tables, those that are
/// declared first; with whether it is declared. In a sentence an address ends before what no address holds, and before the full stop or bracket that
/// belongs to the sentence.
pub fn visit_addresses(model: &Model, sources: &Sources, visit: &mut impl FnMut(Span, bool)) {
    let declared = model.links.iter().map(|link| link.url);
    let declared = declared.chain(model.documents.iter().filter_map(|document| document.url));
    let declared = declared.chain(model.sections.iter().filter_map(|section| section.url));
    let declared = declared.chain(model.contacts.iter().filter_map(|contact| contact.url));
    declared.filter(|span| scheme(sources.text(*span)).is_some()).for_each(|span| visit(span, true));
    visit_shown(model, &mut |_, span| {
        let text = sources.text(span);
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find("http")) {
            let start = at + found;
            let rest = text.get(start..).unwrap_or("");
            let length = scheme(rest).map_or(0, |scheme| written(rest, scheme));
            if length > 0 {
                visit(within(span, start, start + length), false);
            }
            at = start + length.max("http".len());
        }
    });
}

/// What an address begins with.
fn scheme(text: &str) -> Option<&'static str> {
    ["http://", "https://"].into_iter().find(|scheme| text.starts_with(scheme))
}

/// How many bytes of a text are the address that it begins with; none if nothing follows its scheme.
fn written(text: &str, scheme: &str) -> usize {
    let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '|' | '`');
    let mut address = text.get(..text.find(|c| !is_part(c)).unwrap_or(text.len())).unwrap_or("");
    while let Some(last) = address.chars().next_back().filter(|c| ".,;:!?')]}*".contains(*c)) {
        let opened = match last {
            ')' => address.matches('(').count() >= address.matches(')').count(),
            ']' => address.matches('[').count() >= address.matches(']').count(),
            '}' => address.matches('{').count() >= address.matches('}').count(),
            _ => false,
        };
        if opened {
            break;
        }
        address = address.get(..address.len() - 1).unwrap_or("");
    }
    if address.len() > scheme.len() { address.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        let cases = [
            ("https://example.com/a.html.", "https://example.com/a.html"),
            ("https://example.com/を開きます", "https://example.com/"),
            ("https://example.com/a_(b) と", "https://example.com/a_(b)"),
            ("https://example.com/a)。", "https://example.com/a"),
            ("https://[::1]/", "https://[::1]/"),
            ("https://", ""),
        ];
        for (text, expected) in cases {
            let length = scheme(text).map_or(0, |scheme| written(text, scheme));
            assert_eq!(text.get(..length), Some(expected), "{text}");
        }
    }
}
