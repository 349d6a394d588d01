//! `insecure-link`: an address that begins with `http:`, which anybody on the way can read and change.

use rustc_hash::FxHashSet;

use super::text::{visit_stretches, within};
use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

pub const LINT: Lint = Lint { code: Code::InsecureLink, scope: Scope::Entry, check };

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let model = context.model;
    let declared = model.links.iter().map(|link| link.url);
    let declared = declared.chain(model.documents.iter().filter_map(|document| document.url));
    let declared = declared.chain(model.sections.iter().filter_map(|section| section.url));
    let declared = declared.chain(model.contacts.iter().filter_map(|contact| contact.url));
    let mut spans: Vec<Span> = declared.filter(|span| context.sources.text(*span).starts_with("http:")).collect();
    let declared: FxHashSet<&str> = spans.iter().map(|span| context.sources.text(*span)).collect();
    visit_stretches(context, &mut |stretch, text| {
        for (at, _) in text.match_indices("http://") {
            let rest = text.get(at..).unwrap_or("");
            let length = rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
            let span = within(stretch.span, at, at + length);
            // One that is declared is mended where it is declared.
            if !declared.contains(context.sources.text(span)) {
                spans.push(span);
            }
        }
    });
    for span in spans.into_iter().filter(|span| !is_local(context.sources.text(*span))) {
        let scheme = Span { end: span.start + "http".len() as u32, ..span };
        Diagnostic::at(LINT.code, span)
            .text("url", context.sources.text(span))
            .suggest("secure", scheme, "https")
            .push_to(diagnostics);
    }
}

/// The reader's own machine.
fn is_local(url: &str) -> bool {
    let host = url.trim_start_matches("http://").split(['/', ':']).next().unwrap_or("");
    host == "localhost" || host.starts_with("127.")
}
