//! `broken-link`, `unanswered-link`, `untested-link`: what became of addresses when they were tested. Says nothing when
//! nobody tested them: a compilation asks no network.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Lint, Scope, visit_addresses};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::links::Tested;
use crate::source::Span;

pub const BROKEN: Lint = Lint { code: Code::BrokenLink, scope: Scope::Entry, check: broken };
pub const UNANSWERED: Lint = Lint { code: Code::UnansweredLink, scope: Scope::Entry, check: unanswered };
pub const UNTESTED: Lint = Lint { code: Code::UntestedLink, scope: Scope::Entry, check: untested };

/// At each place, for each is to be mended.
fn broken(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    visit(context, &mut |span, url, tested| {
        if let Tested::Gone(status) = tested {
            let finding = Diagnostic::at(BROKEN.code, span).text("url", url).text("status", status.to_string());
            finding.help("look").push_to(diagnostics);
        }
    });
}

/// At the first place of each address: the others say nothing new.
fn unanswered(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    visit(context, &mut |span, url, tested| {
        let Tested::Unanswered(why) = tested else { return };
        if seen.insert(url) {
            let finding = Diagnostic::at(UNANSWERED.code, span).message(why.key()).text("url", url);
            let finding = match why.status() {
                Some(status) => finding.text("status", status.to_string()),
                None => finding,
            };
            finding.help(if why.key() == "private" { "allow-private" } else { "again" }).push_to(diagnostics);
        }
    });
}

/// Once for each host, at the first address that leads there.
fn untested(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut hosts: BTreeMap<(&str, bool), (Span, usize)> = BTreeMap::new();
    visit(context, &mut |span, _, tested| {
        let (host, leads_out) = match tested {
            Tested::NotAllowed(host) => (host.as_str(), false),
            Tested::LeadsOut(host) => (host.as_str(), true),
            Tested::Fine | Tested::Gone(_) | Tested::Unanswered(_) => return,
        };
        hosts.entry((host, leads_out)).or_insert((span, 0)).1 += 1;
    });
    for ((host, leads_out), (span, count)) in hosts {
        let finding = Diagnostic::at(UNTESTED.code, span).text("host", host).text("count", count.to_string());
        let finding = if leads_out { finding.message("leads-out") } else { finding };
        finding.help("allow").push_to(diagnostics);
    }
}

fn visit<'a>(context: &Context<'a>, visit: &mut impl FnMut(Span, &'a str, &'a Tested)) {
    let Some(links) = context.links else { return };
    visit_addresses(context.model, context.sources, &mut |span, _| {
        let url = context.sources.text(span);
        if let Some(tested) = links.get(url) {
            visit(span, url, tested);
        }
    });
}
