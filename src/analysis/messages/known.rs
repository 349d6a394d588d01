//! All messages as they are compared, and what tells their symptoms apart. Refuses to compare them.

use rustc_hash::FxHashSet;

use crate::analysis::Context;
use crate::model::{Model, Prose, SymptomId};
use crate::prose::plain;
use crate::runtime::fold;
use crate::source::Span;
use crate::table::{MessagePiece, message_pieces};

/// Stands in a folded text for a part that varies; folding leaves no such character.
pub(super) const VARIES: char = '\0';

/// A message of which something is left when it is folded.
pub(super) struct Known {
    pub symptom: SymptomId,
    pub span: Span,
    /// The folded parts that do not vary, in order, with [`VARIES`] between them.
    pub text: String,
    /// The first sentence as written, and folded like the text, when the message goes on after it.
    pub first: Option<(String, String)>,
    /// Folded.
    pub during: Option<String>,
}

/// The messages of a knowledge base, in the order of symptoms.
pub(super) struct Messages<'a> {
    pub all: Vec<Known>,
    model: &'a Model,
}

impl<'a> Messages<'a> {
    pub(super) fn of(cx: &Context<'a>) -> Self {
        let mut all = Vec::new();
        for (id, symptom) in cx.model.symptoms.enumerate() {
            let during = symptom.during.as_ref().map(|during| folded_prose(during, cx)).filter(|it| !it.is_empty());
            for message in &symptom.messages {
                let lines: Vec<&str> = message.lines.iter().map(|line| cx.sources.text(*line)).collect();
                let written = lines.join("\n");
                let text = folded(&message_pieces(&written));
                if !text.is_empty() {
                    let first = first_sentence(&written, &text);
                    all.push(Known { symptom: id, span: message.span, text, first, during: during.clone() });
                }
            }
        }
        Self { all, model: cx.model }
    }

    pub(super) fn name(&self, symptom: SymptomId) -> &'a str {
        &self.model.symptoms[symptom].id
    }

    /// Whether a reader who sees one of the messages may take it for the other: their symptoms are different, none is the same
    /// as or a kind of the other, and the circumstances may be the same.
    pub(super) fn may_be_confused(&self, one: &Known, other: &Known) -> bool {
        one.symptom != other.symptom
            && overlap(one.during.as_deref(), other.during.as_deref())
            && !self.inherits(one.symptom, other.symptom)
            && !self.inherits(other.symptom, one.symptom)
    }

    /// Whether a symptom is the same as, or a kind of, another one, also by way of others.
    fn inherits(&self, symptom: SymptomId, from: SymptomId) -> bool {
        let mut seen = FxHashSet::default();
        let mut open = vec![symptom];
        while let Some(id) = open.pop() {
            if id == from {
                return true;
            }
            if seen.insert(id) {
                let symptom = &self.model.symptoms[id];
                open.extend(symptom.same_as.iter().chain(&symptom.kind_of).map(|used| used.symptom));
            }
        }
        false
    }
}

/// Whether one may be the case while the other is: one is not told, or says no less than the other.
fn overlap(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.contains(other) || other.contains(one),
        (None, _) | (_, None) => true,
    }
}

fn folded_prose(prose: &Prose, cx: &Context<'_>) -> String {
    fold(&plain(prose, cx.model, cx.sources))
}

fn folded(pieces: &[MessagePiece]) -> String {
    let fixed = pieces.iter().map(|piece| match piece {
        MessagePiece::Text(text) => fold(text),
        MessagePiece::Varies { .. } => String::new(),
    });
    let fixed: Vec<String> = fixed.filter(|part| !part.is_empty()).collect();
    fixed.join(VARIES.encode_utf8(&mut [0; 4]))
}

/// The first sentence and its folded text, unless that is the whole of the message's, which is `text`.
fn first_sentence(written: &str, text: &str) -> Option<(String, String)> {
    let mut chars = written.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '。' | '．' | '！' | '？' | '!' | '?' => true,
            '.' => chars.peek().is_none_or(|(_, next)| next.is_whitespace()),
            _ => false,
        };
        if ends {
            let sentence = written.get(..at + c.len_utf8())?;
            let folded = folded(&message_pieces(sentence));
            return (!folded.is_empty() && folded != text).then(|| (sentence.to_owned(), folded));
        }
    }
    None
}
