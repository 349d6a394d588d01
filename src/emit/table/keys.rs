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

/// Text with `{name}` or `｛name｝` for parts that vary; other braces are text.
pub(super) fn message_pieces(text: &str) -> Vec<MessagePiece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(open) = rest.find(OPEN) {
        let (before, from_brace) = rest.split_at(open);
        plain.push_str(before);
        match varying(from_brace) {
            Some((name, after)) => {
                push_text(&mut pieces, &mut plain);
                pieces.push(MessagePiece::Varies { varies: name.to_owned() });
                rest = after;
            }
            None => {
                let mut after = from_brace.chars();
                plain.extend(after.next());
                rest = after.as_str();
            }
        }
    }
    plain.push_str(rest);
    push_text(&mut pieces, &mut plain);
    pieces
}

/// Either brace of a kind may be the one that a Japanese input method writes.
const OPEN: [char; 2] = ['{', '｛'];
const CLOSE: [char; 2] = ['}', '｝'];

/// The name between braces, and what follows.
fn varying(from_brace: &str) -> Option<(&str, &str)> {
    let (name, after) = from_brace.strip_prefix(OPEN)?.split_once(CLOSE)?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    is_name.then_some((name, after))
}

fn push_text(pieces: &mut Vec<MessagePiece>, plain: &mut String) {
    if !plain.is_empty() {
        pieces.push(MessagePiece::Text(std::mem::take(plain)));
    }
}

#[cfg(test)]
mod tests {
    use super::message_pieces;
    use crate::table::MessagePiece;

    #[test]
    fn a_name_in_braces_varies_and_other_braces_are_text() {
        let text = |text: &str| MessagePiece::Text(text.to_owned());
        let varies = |name: &str| MessagePiece::Varies { varies: name.to_owned() };
        assert_eq!(message_pieces("{count}件を{ ok }"), [varies("count"), text("件を{ ok }")]);
        assert_eq!(message_pieces("（コード：｛コード｝）"), [text("（コード："), varies("コード"), text("）")]);
        assert_eq!(message_pieces("｛a}{ｂ｝｛"), [varies("a"), varies("ｂ"), text("｛")]);
        assert_eq!(message_pieces("a{"), [text("a{")]);
        assert_eq!(message_pieces("{}"), [text("{}")]);
    }
}
