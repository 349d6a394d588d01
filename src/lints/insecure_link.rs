//! `insecure-link`: an address that begins with `http:`, which anybody on the way can read and change.

use memchr::memmem::Finder;
use rustc_hash::FxHashSet;

use super::{Context, Lint, Scope, visit_addresses};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

pub const LINT: Lint = Lint { code: Code::InsecureLink, scope: Scope::Entry, check };

/// How such an address begins.
const SCHEME: &str = "http:";

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let search = Finder::new(SCHEME);
    if context.sources.ids().all(|id| search.find(context.sources[id].text.as_bytes()).is_none()) {
        return;
    }
    let mut declared: FxHashSet<&str> = FxHashSet::default();
    visit_addresses(context.model, context.sources, &mut |span, is_declaration| {
        let url = context.sources.text(span);
        // One that is declared is mended where it is declared; those come first.
        let is_told = !is_declaration && declared.contains(url);
        if is_declaration {
            declared.insert(url);
        }
        if url.starts_with(SCHEME) && !is_local(url) && !is_told {
            let scheme = Span { end: span.start + "http".len() as u32, ..span };
            Diagnostic::at(LINT.code, span).text("url", url).suggest("secure", scheme, "https").push_to(diagnostics);
        }
    });
}

/// The reader's own machine.
fn is_local(url: &str) -> bool {
    let host = url.trim_start_matches("http://").split(['/', ':']).next().unwrap_or("");
    host == "localhost" || host.starts_with("127.")
}
