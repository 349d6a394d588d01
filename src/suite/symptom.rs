//! Which symptom a test is about. Refuses to know what else is given.

use super::{Refusal, Subject};
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::{Given, Id, SymptomId, Test};
use crate::runtime::{Hit, Matched};
use crate::source::Span;
use crate::table::{KeyKind, MessagePiece};

/// Where the reader comes in.
pub(super) struct Entrance {
    pub symptom: SymptomId,
    /// The messages that led there: a symptom, and the index of the message within it.
    pub messages: Vec<(SymptomId, usize)>,
}

/// The symptom that is given, by its name or by messages, which must lead there.
pub(super) fn entrance(subject: &Subject<'_>, test: &Test) -> Result<Entrance, Refusal> {
    let mut named = named(test)?;
    let mut messages = Vec::new();
    for given in &test.given {
        if let Given::Message(text) = given.value {
            let hit = hit(subject, text, given.span, named)?;
            let symptom = SymptomId::new(hit.symptom as usize);
            messages.extend(message_of(subject, &hit).map(|message| (symptom, message)));
            named = named.or(Some((symptom, given.span)));
        }
    }
    match named {
        Some((symptom, _)) => Ok(Entrance { symptom, messages }),
        None => Err(Diagnostic::at(Code::TestWithoutSymptom, test.span).help("give").into()),
    }
}

/// The symptom that is given by its name, and where.
fn named(test: &Test) -> Result<Option<(SymptomId, Span)>, Refusal> {
    let mut chosen: Option<(SymptomId, Span)> = None;
    for given in &test.given {
        if let Given::Symptom(symptom) = given.value {
            match chosen {
                Some((first, place)) if first != symptom => {
                    let finding = Diagnostic::at(Code::TestWithoutSymptom, given.span);
                    return Err(finding.label(place, "first").help("one").into());
                }
                Some(_) => {}
                None => chosen = Some((symptom, given.span)),
            }
        }
    }
    Ok(chosen)
}

/// What the message leads to: to one symptom more than to any other, or to the one that is given too.
fn hit(subject: &Subject<'_>, text: Span, span: Span, named: Option<(SymptomId, Span)>) -> Result<Hit, Refusal> {
    let mut hits = subject.search.find(subject.compilation.sources.text(text));
    // A test says what the screen shows; a text that is only similar to a message is a mistake in one of the two.
    hits.retain(|hit| hit.matched != Matched::Similar);
    let Some(best) = hits.first() else {
        return Err(Diagnostic::at(Code::TestMessage, span).help("none").into());
    };
    let alike: Vec<&Hit> = hits.iter().filter(|it| it.rival || it.symptom == best.symptom).collect();
    match named {
        Some((symptom, place)) => {
            let meant = alike.iter().find(|it| it.symptom as usize == symptom.index());
            meant.map(|it| (*it).clone()).ok_or_else(|| elsewhere(subject, span, place, best).into())
        }
        None if alike.len() > 1 => Err(several(subject, span, &alike).into()),
        None => Ok(best.clone()),
    }
}

fn elsewhere(subject: &Subject<'_>, span: Span, place: Span, best: &Hit) -> Diagnostic {
    let found = SymptomId::new(best.symptom as usize);
    let model = &subject.compilation.model;
    let finding = Diagnostic::at(Code::TestMessage, span).text("found", &model.symptoms[found].id);
    finding.label(place, "given").label(model.symptoms[found].name, "found-here").help("elsewhere")
}

fn several(subject: &Subject<'_>, span: Span, alike: &[&Hit]) -> Diagnostic {
    let symptoms = alike.iter().map(|it| &subject.compilation.model.symptoms[SymptomId::new(it.symptom as usize)]);
    let names = symptoms.clone().map(|it| Arg::Text(it.id.clone())).collect();
    let finding = Diagnostic::at(Code::TestMessage, span).arg("symptoms", Arg::List(names)).help("several");
    symptoms.fold(finding, |finding, symptom| finding.label(symptom.name, "found-here"))
}

/// The index of the message that matched, if it was one.
fn message_of(subject: &Subject<'_>, hit: &Hit) -> Option<usize> {
    let symptom = subject.table.symptoms.get(hit.symptom as usize)?;
    let key = symptom.keys.get(hit.key as usize).filter(|key| key.kind == KeyKind::Message)?;
    symptom.messages.iter().position(|message| written(&message.pieces) == key.text)
}

fn written(pieces: &[MessagePiece]) -> String {
    let text = |piece: &MessagePiece| match piece {
        MessagePiece::Text(text) => text.clone(),
        MessagePiece::Varies { varies } => format!("{{{varies}}}"),
    };
    pieces.iter().map(text).collect()
}
