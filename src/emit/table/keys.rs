//! Search keys: texts folded so that width, case, kana and punctuation do not matter. Refuses to know how a search ranks.

use unicode_normalization::UnicodeNormalization;

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

/// Circled numbers dropped, NFKC, lower case, then only letters and digits (Unicode's Alphabetic, and the categories N), katakana
/// as hiragana. Each step is described in `docs/table.md`, so that others can fold alike.
///
/// Circled numbers go first because NFKC would make digits of them: `①1表` is no `11表`.
fn fold(text: &str) -> String {
    let uncircled = text.chars().filter(|c| !is_enclosed(*c));
    let lower = uncircled.nfkc().flat_map(char::to_lowercase).nfkc();
    lower.filter(|c| c.is_alphanumeric()).map(as_hiragana).collect()
}

fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325F}' | '\u{32B1}'..='\u{32BF}')
}

fn as_hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, message_pieces};
    use crate::table::MessagePiece;

    #[test]
    fn folding_ignores_width_case_kana_and_punctuation() {
        assert_eq!(fold("送信に失敗しました。再度 実行してください！"), "送信に失敗しました再度実行してください");
        assert_eq!(fold("ＷｅｂＶｉｅｗ２ サーバー"), "webview2さーばー");
        assert_eq!(fold("ｱﾌﾟﾘ"), "あぷり");
        assert_eq!(fold("①1表と2表"), "1表と2表");
    }

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

    #[test]
    fn the_documented_examples_fold_so() {
        let page = include_str!("../../../docs/table.md");
        let (_, section) = page.split_once("\n## Search keys\n").unwrap();
        let (_, block) = section.split_once("```json\n").unwrap();
        let (block, _) = block.split_once("```").unwrap();
        let examples: std::collections::BTreeMap<String, String> = serde_json::from_str(block).unwrap();
        assert!(examples.len() > 3);
        for (text, folded) in examples {
            assert_eq!(fold(&text), folded);
        }
    }
}
