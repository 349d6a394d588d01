//! Search keys: a symptom's texts as a search compares them. Refuses to know how texts are folded and how a search ranks.

use crate::runtime::fold;
use crate::table::{Key, KeyKind, MessagePiece};

/// The keys of a symptom: its title, its messages, its other wordings; those of which nothing is left once folded are dropped.
pub(super) fn keys<'a>(title: &str, also: &[String], messages: impl Iterator<Item = &'a [MessagePiece]>) -> Vec<Key> {
    let plain = |kind, text: &str| Key { kind, text: text.to_owned(), folded: vec![fold(text)] };
    let message = |pieces| Key { kind: KeyKind::Message, text: message_text(pieces), folded: fixed_parts(pieces) };
    let all = [plain(KeyKind::Title, title)].into_iter();
    let all = all.chain(messages.map(message)).chain(also.iter().map(|text| plain(KeyKind::Also, text)));
    let all = all.map(|mut key| {
        key.folded.retain(|part| !part.is_empty());
        key
    });
    all.filter(|key| !key.folded.is_empty()).collect()
}

fn fixed_parts(pieces: &[MessagePiece]) -> Vec<String> {
    let text = |piece: &MessagePiece| match piece {
        MessagePiece::Text(text) => Some(fold(text)),
        MessagePiece::Varies { .. } => None,
    };
    pieces.iter().filter_map(text).collect()
}

fn message_text(pieces: &[MessagePiece]) -> String {
    let text = |piece: &MessagePiece| match piece {
        MessagePiece::Text(text) => text.clone(),
        MessagePiece::Varies { varies } => format!("{{{varies}}}"),
    };
    pieces.iter().map(text).collect()
}
