//! A message cut at the parts that vary. Refuses to know how it is searched for.

use super::MessagePiece;

/// Text with `{name}` or `｛name｝` for parts that vary; other braces are text.
pub fn message_pieces(text: &str) -> Vec<MessagePiece> {
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
