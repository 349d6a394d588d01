//! Says where no entry answers, and what could. Refuses to search.

use super::{Found, Region};
use crate::analysis::mend::{self, ACTION, CONTACT, ENTRY, FALLBACK, OTHERWISE, SYMPTOM, WHEN};
use crate::analysis::site::{Site, quoted, with_size};
use crate::analysis::written;
use crate::diag::{Arg, Code, Diagnostic, Diagnostics};
use crate::language::Language;
use crate::model::Names;

pub(in crate::analysis) fn report(found: &Found, site: &Site<'_>, diagnostics: &mut Diagnostics) {
    let Some((first, others)) = found.regions.split_first() else { return };
    let message = if site.cx.model.config.default_contact.is_some() { "default" } else { "message" };
    let finding = Diagnostic::at(Code::Gap, site.name())
        .message(message)
        .text("symptom", site.title())
        .arg("situation", site.situation(&first.facts));
    let finding = with_size(finding, found.size);
    let finding = with_others(finding, others, found.has_more, site);
    let finding = with_shown(finding, found, site);
    let finding = with_entry(finding, first, site);
    let finding = with_fallback(finding, found, site);
    with_contact(finding, found, site).push_to(diagnostics);
}

fn with_others(finding: Diagnostic, others: &[Region], has_more: bool, site: &Site<'_>) -> Diagnostic {
    let language = site.cx.model.config.language;
    let others = others.iter().filter_map(|it| site.words(&it.facts));
    let mut words: Vec<Arg> = others.map(|it| Arg::Text(quoted(&it, language))).collect();
    if words.is_empty() {
        return finding;
    }
    if has_more {
        words.push(Arg::Word("and-more"));
    }
    finding.arg("others", Arg::List(words)).help("also")
}

/// Entries that are shown there but offer nothing.
fn with_shown(finding: Diagnostic, found: &Found, site: &Site<'_>) -> Diagnostic {
    found.shown.iter().take(3).fold(finding, |finding, index| finding.label(site.condition_place(*index), "shown"))
}

/// An entry for the first of the regions.
fn with_entry(finding: Diagnostic, region: &Region, site: &Site<'_>) -> Diagnostic {
    let symptom = &site.cx.model.symptoms[site.places.symptom];
    if symptom.in_place {
        return finding.help("declare");
    }
    let language = mend::keywords_at(symptom.name, site.cx.sources);
    let facts = site.outward(&region.facts);
    let condition = written::condition(&facts, site.cx, language);
    if condition.is_none() && !facts.literals().is_empty() {
        return finding.help("entry-by-hand");
    }
    let when = condition.map(|it| format!("{} {it}", WHEN.spelt(language)));
    let condition = when.as_ref().map_or(String::new(), |when| format!("  {when}\n"));
    let (title, step) = match site.cx.model.config.language {
        Language::Japanese => ("題名を書く", "することを書く"),
        Language::English => ("Write a title", "Write what to do"),
    };
    let lines = format!(
        "{} {} {title} {{\n  {} {}\n{condition}  {} {{\n    > {step}\n  }}\n}}\n",
        ENTRY.spelt(language),
        fresh_name(&symptom.id, &site.cx.model.names),
        SYMPTOM.spelt(language),
        written::name(&symptom.id),
        ACTION.spelt(language),
    );
    let edits = vec![mend::append(symptom.name, &lines, site.cx.sources)];
    match when {
        Some(when) => finding.text("when", when).edits("entry-when", edits, false),
        None => finding.edits("entry", edits, false),
    }
}

/// An entry that sends everybody else to the default contact.
fn with_fallback(finding: Diagnostic, found: &Found, site: &Site<'_>) -> Diagnostic {
    let model = site.cx.model;
    let symptom = &model.symptoms[site.places.symptom];
    let Some(contact) = model.config.default_contact.filter(|_| found.fallback_helps && !symptom.in_place) else {
        return finding;
    };
    let language = mend::keywords_at(symptom.name, site.cx.sources);
    let title = match model.config.language {
        Language::Japanese => "ほかの項目がどれも当てはまらない",
        Language::English => "No other entry applies",
    };
    let lines = format!(
        "{} {} {title} {{\n  {} {}\n  {}\n  {} {}\n}}\n",
        ENTRY.spelt(language),
        fresh_name(&symptom.id, &model.names),
        SYMPTOM.spelt(language),
        written::name(&symptom.id),
        FALLBACK.spelt(language),
        CONTACT.spelt(language),
        written::name(&model.contacts[contact].id),
    );
    finding.edits("fallback", vec![mend::append(symptom.name, &lines, site.cx.sources)], false)
}

/// A contact for when nothing is left, in an entry that is shown in all of the regions.
fn with_contact(finding: Diagnostic, found: &Found, site: &Site<'_>) -> Diagnostic {
    let model = site.cx.model;
    let (Some(contact), Some(index)) = (model.config.default_contact, found.shown_throughout) else { return finding };
    let id = site.entry(index);
    let language = mend::keywords_at(model.entries[id].name, site.cx.sources);
    let rest = format!("{} {}", CONTACT.spelt(language), written::name(&model.contacts[contact].id));
    match mend::add_line(id, OTHERWISE, &rest, site.cx) {
        Some(edit) => finding.text("entry", site.entry_title(index)).edits("contact", vec![edit], false),
        None => finding,
    }
}

fn fresh_name(symptom: &str, names: &Names) -> String {
    let candidates = (2..).map(|number| format!("{symptom}-{number}"));
    let free = candidates.into_iter().find(|it| !names.entries.contains_key(&*crate::model::fold_name(it)));
    written::name(&free.unwrap_or_default())
}
