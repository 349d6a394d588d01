//! Lines that a mend adds or takes away, spelled as the file around them is. Refuses to know what they mend.

use super::Context;
use crate::ast::Name;
use crate::diag::Edit;
use crate::model::{EntryId, Model};
use crate::resolve::spelled;
use crate::source::{Sources, Span};

/// Chooses between a Japanese and an English spelling.
pub(super) type Word<'a> = &'a dyn Fn(&'static str, &'static str) -> &'static str;

/// A line added at the end of an entry; `None` for an entry that stands on one line.
pub(super) fn add_line(entry: EntryId, line: &dyn Fn(Word<'_>) -> String, cx: &Context<'_>) -> Option<Edit> {
    let header = cx.model.entries[entry].span;
    let brace = cx.model.end_of(header)?;
    let is_japanese = cx.sources.text(header).starts_with(|c: char| !c.is_ascii());
    let word = |ja, en| if is_japanese { ja } else { en };
    let indentation = indentation(header, cx.sources);
    let start = Span { start: brace.start - indentation_of(brace, cx.sources).len() as u32, ..brace };
    let text = format!("{indentation}  {}\n", line(&word));
    Some(Edit { span: start.before(), text })
}

/// The contact that a dead end most likely wants, as a name to write: the default one, or the only one.
pub(super) fn contact_to_add<'a>(model: &Model, sources: &'a Sources) -> Option<String> {
    let only = model.contacts.ids().next().filter(|_| model.contacts.len() == 1);
    let contact = &model.contacts[model.config.default_contact.or(only)?];
    let before = sources[contact.name.file].text.get(..contact.name.start as usize);
    let quoted = before.is_some_and(|before| before.ends_with(['「', '"', '“', '”', '＂']));
    let place = Name { span: contact.name, quoted: false };
    Some(spelled(sources, Name { span: contact.name, quoted }, place))
}

/// The white space before a place on its line.
fn indentation_of<'a>(place: Span, sources: &'a Sources) -> &'a str {
    let text = sources[place.file].text.get(..place.start as usize).unwrap_or_default();
    let line = text.rsplit('\n').next().unwrap_or_default();
    if line.trim().is_empty() { line } else { "" }
}

fn indentation<'a>(header: Span, sources: &'a Sources) -> &'a str {
    indentation_of(header, sources)
}
