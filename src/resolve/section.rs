//! Sections of documents: folds the ways to write a section's number, and finds a section by number, title or URL.

use crate::ast::Name;
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::{DocumentId, Id, Kind, Model, Section, SectionId, Target, fold_name};
use crate::source::{Sources, Span};

use super::suggest::{Candidate, nearest};
use super::{Context, lookup, prose};

/// Enough sections to choose from in a message.
const SHOWN: usize = 12;

/// Enough sections to look for the nearest in.
const COMPARED: usize = 1000;

/// A section's number without 第…章, § and a last point: `第３．６．３章` is `3.6.3`.
pub(super) fn fold_number(written: &str) -> String {
    let folded = fold_name(written.trim());
    let start = folded.trim_start_matches(['第', '§']).trim_start();
    start.trim_end_matches(['章', '節', '項', '§', '.']).trim_end().to_owned()
}

pub(super) fn resolve_section(cx: &mut Context, document: Name, section: Name) -> Target {
    if let Some(name) = spaced_name(cx, document, section) {
        return prose::resolve_unknown(cx, name);
    }
    let Some(id) = lookup::find::<DocumentId>(cx, document) else { return Target::Error };
    match find_section(cx, id, section.span) {
        Some(section) => Target::Section(section),
        None => {
            report_undeclared(cx, id, section);
            Target::Error
        }
    }
}

/// All of a reference that is no section of any document, but a name with a space that lacks its quotes.
fn spaced_name(cx: &mut Context, document: Name, section: Name) -> Option<Name> {
    let written = cx.text(document.span);
    let numbered = cx.text(section.span).starts_with(|c: char| c.is_numeric() || matches!(c, '第' | '§'));
    let is_document = numbered || document.quoted || section.quoted;
    if is_document || !cx.model.names.kinds(&fold_name(written)).is_empty() {
        return None;
    }
    let name = Name { span: document.span.to(section.span), quoted: false };
    lookup::suggestion(cx, Kind::Document, written).is_none().then_some(name)
}

fn find_section(cx: &Context, document: DocumentId, section: Span) -> Option<SectionId> {
    let written = cx.text(section);
    let find = |key: String| cx.model.names.sections.get(&(document, key)).copied();
    find(fold_number(written)).or_else(|| find(fold_name(written.trim()).into_owned()))
}

fn report_undeclared(cx: &mut Context, document: DocumentId, section: Name) {
    let written = cx.text(section.span);
    let sections = cx.document_sections.get(document.index()).map_or(&[] as &[SectionId], Vec::as_slice);
    let known = known_sections(&cx.model, cx.sources, sections, section.quoted);
    let candidates: Vec<_> = known.iter().map(|key| Candidate::new(key, *key)).collect();
    let wanted = fold_number(written);
    let near = nearest(&wanted, &candidates, &mut cx.budget).map(|found| (*found.item).to_owned());
    let name = cx.card(Kind::Document, document.index()).map_or("", |card| cx.text(card.name.span));
    let list: Vec<Arg> = sections.iter().take(SHOWN).map(|id| Arg::Text(shown(cx, *id))).collect();
    let finding = Diagnostic::at(Code::UnknownSection, section.span).text("name", written).text("document", name);
    let finding = match list.is_empty() {
        true => finding.help("declare"),
        false => finding.arg("known", Arg::List(list)).help("known"),
    };
    let finding = match near {
        Some(near) => finding.text("suggestion", &near).suggest("did-you-mean", section.span, near),
        None => finding,
    };
    finding.push_to(cx.diagnostics);
}

/// A section's number and title.
fn shown(cx: &Context, id: SectionId) -> String {
    let section = &cx.model.sections[id];
    let title = section.title.map(|title| cx.text(title));
    section.number.as_deref().into_iter().chain(title).collect::<Vec<_>>().join(" ")
}

/// What the sections of a document may be referred to by: for a number their numbers, for a title in quotes their titles.
fn known_sections<'m>(model: &'m Model, sources: &'m Sources, sections: &[SectionId], quoted: bool) -> Vec<&'m str> {
    let sections = sections.iter().take(COMPARED).map(|id| &model.sections[*id]);
    let title = |section: &'m Section| section.title.map(|span| sources.text(span));
    sections.filter_map(|section| if quoted { title(section) } else { section.number.as_deref() }).collect()
}

#[cfg(test)]
mod tests {
    use super::fold_number;

    #[test]
    fn numbers_are_compared_without_their_dress() {
        for written in ["3.6.3", "第3.6.3章", "３．６．３", "§3.6.3", "3.6.3.", " 第３.６.３節 "] {
            assert_eq!(fold_number(written), "3.6.3", "{written}");
        }
        assert_eq!(fold_number("付録A"), "付録A");
    }
}
