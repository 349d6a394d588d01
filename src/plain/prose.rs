//! Prose as text: what is mentioned by its words, texts that depend on a fact by the case that holds.

use super::Voice;
use crate::runtime::{Verdict, judge_condition};
use crate::table::{Piece, RefKind, Reference, Text};

/// Prose with its line breaks. Texts stand within texts, but not without end: tables of which this is not so are refused.
pub fn prose(voice: Voice<'_>, prose: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Reference(reference) => mention(voice, reference),
    };
    prose.iter().map(piece).collect()
}

fn mention(voice: Voice<'_>, reference: &Reference) -> String {
    let named = |text: &&Text| reference.targets.contains(&text.id);
    let text = voice.table.texts.iter().find(|text| reference.kind == RefKind::Text && named(text));
    text.map_or_else(|| reference.text.clone(), |text| by_value(voice, text))
}

/// The case that is certain; while none is, all that are not excluded, with their values.
fn by_value(voice: Voice<'_>, text: &Text) -> String {
    let verdict = |condition| judge_condition(voice.table, condition, voice.evidence);
    if let Some(case) = text.cases.iter().find(|case| verdict(case.condition) == Verdict::Certain) {
        return prose(voice, &case.text);
    }
    let open = text.cases.iter().filter(|case| verdict(case.condition) != Verdict::Excluded);
    let said = open.map(|case| {
        let when = case.when.as_deref().unwrap_or_else(|| voice.word("told-else"));
        voice.sentence("told-case", &[("text", &prose(voice, &case.text)), ("when", when)])
    });
    said.collect::<Vec<String>>().join(voice.word("told-or"))
}
