//! Whether what a test expects is so, and what is so instead. Refuses to know why.

use std::collections::BTreeSet;

use super::Subject;
use super::reason::explain;
use super::situation::Situation;
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::{EntryId, Expect, ExpectKind, Id};
use crate::runtime::{Verdict, judge};

/// What is wrong with an expectation; nothing when it is met.
pub(super) fn unmet(subject: &Subject<'_>, situation: &Situation, expect: &Expect) -> Option<Diagnostic> {
    match &expect.kind {
        ExpectKind::Certain(entry) => verdict(subject, situation, expect, *entry, Verdict::Certain),
        ExpectKind::Possible(entry) => verdict(subject, situation, expect, *entry, Verdict::Possible),
        ExpectKind::Excluded(entry) => verdict(subject, situation, expect, *entry, Verdict::Excluded),
        ExpectKind::Applies(entries) => applies(subject, situation, expect, entries),
        ExpectKind::Entry(_)
        | ExpectKind::Ask(_)
        | ExpectKind::Action(_)
        | ExpectKind::Contact(_)
        | ExpectKind::None => None,
    }
}

fn verdict(
    subject: &Subject<'_>,
    situation: &Situation,
    expect: &Expect,
    entry: EntryId,
    expected: Verdict,
) -> Option<Diagnostic> {
    let found = verdict_of(subject, situation, entry);
    if found == expected {
        return None;
    }
    let actual = Arg::Phrase(vec![Arg::Word(word(found)), entry_name(subject, entry)]);
    Some(explain(failed(subject, expect, actual), subject, situation, entry, found))
}

/// What evidence says of an entry; one that the symptom does not have is excluded.
pub(super) fn verdict_of(subject: &Subject<'_>, situation: &Situation, entry: EntryId) -> Verdict {
    let judged = judge(subject.table, situation.symptom.index() as u32, &situation.evidence);
    let found = judged.into_iter().find(|it| it.entry as usize == entry.index());
    found.map_or(Verdict::Excluded, |it| it.verdict)
}

fn applies(subject: &Subject<'_>, situation: &Situation, expect: &Expect, expected: &[EntryId]) -> Option<Diagnostic> {
    let judged = judge(subject.table, situation.symptom.index() as u32, &situation.evidence);
    let those = |verdict: Verdict| -> Vec<EntryId> {
        let found = judged.iter().filter(|it| it.verdict == verdict);
        found.map(|it| EntryId::new(it.entry as usize)).collect()
    };
    let (certain, possible) = (those(Verdict::Certain), those(Verdict::Possible));
    let wanted: BTreeSet<EntryId> = expected.iter().copied().collect();
    if possible.is_empty() && certain.iter().copied().collect::<BTreeSet<_>>() == wanted {
        return None;
    }
    let finding = failed(subject, expect, told(subject, &certain, &possible));
    let guilty = guilty(&wanted, &certain, &possible)?;
    Some(explain(finding, subject, situation, guilty, verdict_of(subject, situation, guilty)))
}

/// The entry to explain: one that is missing before one that is too much, one that is decided before one that is open.
fn guilty(wanted: &BTreeSet<EntryId>, certain: &[EntryId], possible: &[EntryId]) -> Option<EntryId> {
    let missing = wanted.iter().find(|it| !certain.contains(it) && !possible.contains(it));
    let extra = certain.iter().find(|it| !wanted.contains(it));
    missing.or(extra).or(possible.first()).copied()
}

/// 「該当 a、b　可能 c」
fn told(subject: &Subject<'_>, certain: &[EntryId], possible: &[EntryId]) -> Arg {
    let names = |entries: &[EntryId]| Arg::List(entries.iter().map(|it| entry_name(subject, *it)).collect());
    let mut phrase = match certain {
        [] => vec![Arg::Word("nothing-applies")],
        _ => vec![Arg::Word("applies"), names(certain)],
    };
    if !possible.is_empty() {
        phrase.extend([Arg::Word("possible"), names(possible)]);
    }
    Arg::Phrase(phrase)
}

fn failed(subject: &Subject<'_>, expect: &Expect, actual: Arg) -> Diagnostic {
    let written = subject.compilation.sources.text(expect.span);
    Diagnostic::at(Code::TestFailed, expect.span).text("expected", written).arg("actual", actual)
}

fn entry_name(subject: &Subject<'_>, entry: EntryId) -> Arg {
    Arg::Text(subject.compilation.model.entries[entry].id.clone())
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Certain => "certain",
        Verdict::Possible => "possible",
        Verdict::Excluded | Verdict::Contradictory => "excluded",
    }
}
