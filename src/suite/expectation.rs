//! Whether what a test expects of entries is so, and what is so instead. Refuses to know why, and what comes next.

use std::collections::BTreeSet;

use super::Subject;
use super::reason::{explain, with_near_miss};
use super::situation::Situation;
use super::step;
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::{EntryId, Expect, ExpectKind, Id};
use crate::runtime::{ShownEntry, Verdict};

/// What is wrong with an expectation; nothing when it is met.
pub(super) fn unmet(subject: &Subject<'_>, situation: &Situation, expect: &Expect) -> Option<Diagnostic> {
    match &expect.kind {
        ExpectKind::Certain(entry) => verdict(subject, situation, expect, *entry, Verdict::Certain),
        ExpectKind::Possible(entry) => verdict(subject, situation, expect, *entry, Verdict::Possible),
        ExpectKind::Excluded(entry) => verdict(subject, situation, expect, *entry, Verdict::Excluded),
        ExpectKind::Applies(entries) => applies(subject, situation, expect, entries),
        ExpectKind::Entry(entry) => first_shown(subject, situation, expect, *entry),
        ExpectKind::Ask(fact) => step::ask(subject, situation, expect, *fact),
        ExpectKind::Action(action) => step::action(subject, situation, expect, *action),
        ExpectKind::Contact(contact) => step::contact(subject, situation, expect, *contact),
        ExpectKind::None => step::nothing(subject, situation, expect),
    }
}

/// The start of a finding that the expectation is not met.
pub(super) fn failed(subject: &Subject<'_>, expect: &Expect, actual: Arg) -> Diagnostic {
    let written = subject.compilation.sources.text(expect.span);
    Diagnostic::at(Code::TestFailed, expect.span).text("expected", written).arg("actual", actual)
}

fn verdict(
    subject: &Subject<'_>,
    situation: &Situation,
    expect: &Expect,
    entry: EntryId,
    expected: Verdict,
) -> Option<Diagnostic> {
    let found = verdict_of(&situation.shown, entry);
    if found == expected {
        return None;
    }
    let actual = Arg::Phrase(vec![Arg::Word(word(found)), name(subject, entry)]);
    let finding = explain(failed(subject, expect, actual), subject, situation, entry, found);
    Some(if expected == Verdict::Certain { with_near_miss(finding, subject, situation, entry) } else { finding })
}

/// An entry that the reader does not see is excluded.
fn verdict_of(shown: &[ShownEntry], entry: EntryId) -> Verdict {
    let found = shown.iter().find(|it| it.entry as usize == entry.index());
    found.map_or(Verdict::Excluded, |it| it.verdict)
}

fn applies(subject: &Subject<'_>, situation: &Situation, expect: &Expect, expected: &[EntryId]) -> Option<Diagnostic> {
    let shown = &situation.shown;
    let those = |verdict: Verdict| -> Vec<EntryId> {
        let found = shown.iter().filter(|it| it.verdict == verdict);
        found.map(|it| EntryId::new(it.entry as usize)).collect()
    };
    let (certain, possible) = (those(Verdict::Certain), those(Verdict::Possible));
    let wanted: BTreeSet<EntryId> = expected.iter().copied().collect();
    if possible.is_empty() && certain.iter().copied().collect::<BTreeSet<_>>() == wanted {
        return None;
    }
    let finding = failed(subject, expect, told(subject, &certain, &possible));
    let guilty = guilty(&wanted, &certain, &possible)?;
    let finding = explain(finding, subject, situation, guilty, verdict_of(shown, guilty));
    Some(if wanted.contains(&guilty) { with_near_miss(finding, subject, situation, guilty) } else { finding })
}

/// The entry to explain: one that is missing before one that is too much, one that is decided before one that is open.
fn guilty(wanted: &BTreeSet<EntryId>, certain: &[EntryId], possible: &[EntryId]) -> Option<EntryId> {
    let missing = wanted.iter().find(|it| !certain.contains(it) && !possible.contains(it));
    let extra = certain.iter().find(|it| !wanted.contains(it));
    missing.or(extra).or(possible.first()).copied()
}

/// 「該当 a、b 可能 c」
fn told(subject: &Subject<'_>, certain: &[EntryId], possible: &[EntryId]) -> Arg {
    let names = |entries: &[EntryId]| Arg::List(entries.iter().map(|it| name(subject, *it)).collect());
    let mut phrase = match certain {
        [] => vec![Arg::Word("nothing-applies")],
        _ => vec![Arg::Word("applies"), names(certain)],
    };
    if !possible.is_empty() {
        phrase.extend([Arg::Word("possible"), names(possible)]);
    }
    Arg::Phrase(phrase)
}

/// The first entry that the reader sees and that has something left to offer.
fn first_shown(subject: &Subject<'_>, situation: &Situation, expect: &Expect, expected: EntryId) -> Option<Diagnostic> {
    let shown = &situation.shown;
    let first = shown.iter().find(|it| !it.is_spent).map(|it| EntryId::new(it.entry as usize));
    if first == Some(expected) {
        return None;
    }
    let model = &subject.compilation.model;
    let (actual, finding) = match first {
        Some(first) => {
            let finding = failed(subject, expect, Arg::Phrase(vec![Arg::Word("entry"), name(subject, first)]));
            (Some(first), finding.text("first", &model.entries[first].id))
        }
        None => (None, failed(subject, expect, Arg::Word("nothing-shown"))),
    };
    let place = shown.iter().find(|it| it.entry as usize == expected.index());
    Some(match (place, actual) {
        (Some(place), _) if place.is_spent => {
            let finding = finding.text("entry", &model.entries[expected].id);
            spent(finding.label(model.entries[expected].name, "entry").help("spent"), subject, situation, expected)
        }
        (Some(place), Some(first)) if place.verdict == verdict_of(shown, first) => {
            let finding = finding.text("entry", &model.entries[expected].id);
            finding.label(model.entries[first].name, "other").help("comes-later")
        }
        _ => {
            let finding = explain(finding, subject, situation, expected, verdict_of(shown, expected));
            with_near_miss(finding, subject, situation, expected)
        }
    })
}

/// Points to what was done of the entry already.
fn spent(finding: Diagnostic, subject: &Subject<'_>, situation: &Situation, entry: EntryId) -> Diagnostic {
    let offered = &subject.compilation.model.entries[entry].actions;
    let tried = offered.iter().filter_map(|it| situation.failed_at.get(&(it.action.index() as u32)));
    tried.fold(finding, |finding, place| finding.label(*place, "tried"))
}

fn name(subject: &Subject<'_>, entry: EntryId) -> Arg {
    Arg::Text(subject.compilation.model.entries[entry].id.clone())
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Certain => "certain",
        Verdict::Possible => "possible",
        Verdict::Excluded | Verdict::Contradictory => "excluded",
    }
}
