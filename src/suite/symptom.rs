//! Which symptom a test is about. Refuses to know what else is given.

use super::Subject;
use crate::diag::{Code, Diagnostic};
use crate::model::{Given, SymptomId, Test};
use crate::source::Span;

/// Where the reader comes in.
pub(super) struct Entrance {
    pub symptom: SymptomId,
    /// The messages that led there.
    pub messages: Vec<(SymptomId, usize)>,
}

/// The symptom that is given, by its name or by a message.
pub(super) fn entrance(subject: &Subject<'_>, test: &Test) -> Result<Entrance, Diagnostic> {
    let mut chosen: Option<(SymptomId, Span)> = None;
    for given in &test.given {
        if let Given::Symptom(symptom) = given.value {
            match chosen {
                Some((first, place)) if first != symptom => return Err(several(given.span, place)),
                _ => chosen = Some((symptom, given.span)),
            }
        }
    }
    let _ = subject;
    let Some((symptom, _)) = chosen else {
        return Err(Diagnostic::at(Code::TestWithoutSymptom, test.span).help("give"));
    };
    Ok(Entrance { symptom, messages: Vec::new() })
}

fn several(span: Span, first: Span) -> Diagnostic {
    Diagnostic::at(Code::TestWithoutSymptom, span).label(first, "first").help("one")
}
