//! Findings as the editor shows them.

use lsp_types::{
    Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range,
};

use super::book::Book;
use super::page::Page;
use super::place::Units;
use crate::diag::{Diagnostic, Scene, Severity};
use crate::language::Language;

/// All that is known to be wrong with a page.
pub fn report(book: &Book, page: &Page, units: Units, language: Language) -> Vec<Shown> {
    let analysed = page.analysed.iter().map(|finding| show(finding, book, page, None, units, language));
    let own = page.shown_parsed().map(|finding| show(finding, book, page, Some(page), units, language));
    let mirrored = mirrored(book, page, units, language);
    let failure = book.failure.iter().filter(|_| page.is_config());
    let failure = failure.map(|finding| show(finding, book, page, Some(page), units, language));
    failure.chain(analysed).chain(own).chain(mirrored).collect()
}

/// Findings about two things alike, at the one of them that another page reports it of.
fn mirrored(book: &Book, page: &Page, units: Units, language: Language) -> Vec<Shown> {
    let own = book.pages.iter().position(|other| std::ptr::eq(other, page));
    let mut found = Vec::new();
    for other in &book.pages {
        for finding in other.analysed.iter().filter(|finding| finding.code.is_mutual()) {
            let here = finding.labels.iter().filter(|label| Some(label.span.file.0 as usize) == own);
            for label in here.filter(|label| finding.span.is_some_and(|span| span.file != label.span.file)) {
                let mut shown = show(finding, book, other, None, units, language);
                let place = finding.span.map(|span| units.range(other.source(), span)).unwrap_or_default();
                let location = Location { uri: other.uri.clone(), range: place };
                let message = shown.message.lines().next().unwrap_or("").to_owned();
                shown.related_information = Some(vec![DiagnosticRelatedInformation { location, message }]);
                shown.range = units.range(page.source(), label.span);
                found.push(shown);
            }
        }
    }
    found
}

/// `home` is the page that the finding's places lie in, if they are not those of the analysis.
fn show(
    finding: &Diagnostic,
    book: &Book,
    page: &Page,
    home: Option<&Page>,
    units: Units,
    language: Language,
) -> Shown {
    let scene = Scene { sources: &page.sources, language, prefix: "" };
    let mut message = scene.message(finding);
    // What was probably meant is the title of the mend.
    let mends = finding.fixes.iter().map(|fix| scene.fix_title(finding, fix));
    for help in scene.helps(finding).into_iter().chain(mends).filter(|help| !help.is_empty()) {
        message.push_str("\n→ ");
        message.push_str(&help);
    }
    let severity = match finding.severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Hint => DiagnosticSeverity::INFORMATION,
    };
    // Other places are where the analysis saw them.
    let labels = if home.is_some() || book.is_analysed() { finding.labels.as_slice() } else { &[][..] };
    let related = labels.iter().filter_map(|label| {
        let page = home.or_else(|| book.pages.get(label.span.file.0 as usize))?;
        let location = Location { uri: page.uri.clone(), range: units.range(page.source(), label.span) };
        Some(DiagnosticRelatedInformation { location, message: scene.label(finding, label) })
    });
    let related: Vec<_> = related.collect();
    Shown {
        range: finding.span.map_or(Range::default(), |span| units.range(page.source(), span)),
        severity: Some(severity),
        code: Some(NumberOrString::String(finding.code.id().to_owned())),
        source: Some("faqc".to_owned()),
        message,
        related_information: Some(related).filter(|related| !related.is_empty()),
        ..Shown::default()
    }
}

pub fn fix_title(finding: &Diagnostic, fix: &crate::diag::Fix, page: &Page, language: Language) -> String {
    Scene { sources: &page.sources, language, prefix: "" }.fix_title(finding, fix)
}
