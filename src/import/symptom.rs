//! The cell of the symptom: its wording, the messages that the screen shows, what tells it from rows alike, and which
//! rows are about one symptom. Refuses to know remedies.

use std::collections::{BTreeMap, BTreeSet};

use super::head::Row;
use super::remedy::{is_circled, lines};
use crate::runtime::fold;

/// What a cell says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// In the reader's words, on one line.
    pub wording: String,
    /// Each in the lines that the screen shows.
    pub messages: Vec<Vec<String>>,
    /// Lines marked ■: which of the rows alike this is.
    pub cases: Vec<String>,
    /// ①②③, as written.
    pub variants: Vec<String>,
}

/// A symptom, with the rows that are about it.
#[derive(Debug, Default)]
pub struct Symptom {
    pub wording: String,
    pub messages: Vec<Vec<String>>,
    /// Other wordings and variants, as written.
    pub notes: Vec<String>,
    pub rows: Vec<usize>,
}

/// Words behind a quotation that make it a message.
const SHOWN: &[&str] = &[
    "とエラー",
    "のエラー",
    "と表示",
    "が表示",
    "の表示",
    "のメッセージ",
    "というメッセージ",
    "というエラー",
    "の画面",
    "の青い画面",
    "」と出",
    "と出る",
    "とでる",
];

/// Reads a cell.
pub fn read(cell: &str) -> Seen {
    let mut seen = Seen::default();
    for line in lines(&quoted_together(cell)) {
        let line = line.replace('\u{1}', "\n");
        if let Some(case) = line.strip_prefix(['■', '◆', '▼']) {
            seen.cases.push(flat(case.trim()));
        } else if line.starts_with(is_circled) {
            seen.messages.extend(messages(&line));
            seen.variants.push(flat(&line));
        } else if let Some(message) = whole_quote(&line) {
            seen.messages.push(shown_lines(message));
        } else {
            seen.messages.extend(messages(&line));
            seen.wording.push_str(&flat(&line));
        }
    }
    let mut known: BTreeSet<Vec<String>> = BTreeSet::new();
    seen.messages.retain(|message| !message.is_empty() && known.insert(message.clone()));
    seen
}

/// The lines of a message on a screen.
fn shown_lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Line breaks inside a quotation as a sign that no cell has, so that a message of several lines stays together.
fn quoted_together(cell: &str) -> String {
    let mut depth = 0usize;
    // A quotation that is never closed reaches no further than its line.
    let is_balanced = cell.matches('「').count() == cell.matches('」').count();
    let sign = |c: char| {
        match c {
            '「' => depth += 1,
            '」' => depth = depth.saturating_sub(1),
            '\n' if depth > 0 && is_balanced => return '\u{1}',
            '\u{1}' => return ' ',
            _ => {}
        }
        c
    };
    cell.chars().map(sign).collect()
}

fn flat(text: &str) -> String {
    text.replace('\n', "")
}

/// The inside of a line that is one quotation.
fn whole_quote(line: &str) -> Option<&str> {
    let line = line.trim();
    let inside = line.strip_prefix('「')?.strip_suffix('」')?;
    let mut depth = 0i32;
    let stays_in = inside.chars().all(|c| {
        depth += i32::from(c == '「') - i32::from(c == '」');
        depth >= 0
    });
    (stays_in && depth == 0).then_some(inside)
}

/// Quotations that the words behind them make messages.
fn messages(line: &str) -> Vec<Vec<String>> {
    let mut messages = Vec::new();
    let mut rest = line;
    while let Some(open) = rest.find('「') {
        let inside = rest.get(open + '「'.len_utf8()..).unwrap_or("");
        let Some(close) = inside.find('」') else { break };
        let (text, after) = (inside.get(..close).unwrap_or(""), inside.get(close + '」'.len_utf8()..).unwrap_or(""));
        let is_shown = SHOWN.iter().any(|words| after.trim_start().starts_with(words));
        if is_shown && text.chars().count() >= 4 {
            messages.push(shown_lines(text));
        }
        rest = after;
    }
    messages
}

/// Rows with a message in common, or with the same wording and none, are about one symptom: equal messages could not be
/// told apart.
pub fn group(rows: &[Row], seen: &[Seen]) -> Vec<Symptom> {
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut symptoms: Vec<Symptom> = Vec::new();
    for (row, seen) in seen.iter().enumerate() {
        let keys = keys(seen, rows.get(row));
        let known = keys.iter().find_map(|key| by_key.get(key)).copied();
        let at = known.unwrap_or_else(|| {
            symptoms.push(Symptom { wording: seen.wording.clone(), ..Symptom::default() });
            symptoms.len() - 1
        });
        keys.into_iter().for_each(|key| {
            by_key.entry(key).or_insert(at);
        });
        let Some(symptom) = symptoms.get_mut(at) else { continue };
        symptom.rows.push(row);
        let is_new = |message: &&Vec<String>| {
            let folded = fold(&message.concat());
            !symptom.messages.iter().any(|known| fold(&known.concat()) == folded)
        };
        let new: Vec<_> = seen.messages.iter().filter(is_new).cloned().collect();
        // One that belongs to another symptom stays there.
        let own = |message: &Vec<String>| by_key.get(&message_key(message)) == Some(&at);
        symptom.messages.extend(new.into_iter().filter(own));
        let wording = Some(&seen.wording).filter(|wording| **wording != symptom.wording && !wording.is_empty());
        let notes = wording.into_iter().chain(&seen.variants).cloned().collect::<Vec<_>>();
        symptom.notes.extend(notes.into_iter().filter(|note| !symptom.notes.contains(note)).collect::<Vec<_>>());
    }
    symptoms
}

fn message_key(message: &[String]) -> String {
    format!("m{}", fold(&message.concat()))
}

fn keys(seen: &Seen, row: Option<&Row>) -> Vec<String> {
    let messages: Vec<String> = seen.messages.iter().map(|message| message_key(message)).collect();
    if !messages.is_empty() {
        return messages;
    }
    match fold(&seen.wording) {
        folded if folded.is_empty() => vec![format!("r{}", row.map_or("", |row| &row.places[4]))],
        folded => vec![format!("w{folded}")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_a_message_where_the_screen_shows_it() {
        let seen = read(
            "「WindowsによってPCが保護されました」の画面の「詳細情報」をクリックしても、「実行」ボタンが表示されない。",
        );
        assert_eq!(seen.messages, [["WindowsによってPCが保護されました"]]);
    }

    #[test]
    fn a_message_of_several_lines_stays_together_and_a_case_apart() {
        let seen = read(
            "送信が成功せずに、以下のメッセージが表示される。\n「送信に失敗しました。\n送信先が利用していません。」\n\n■No9の方法で確認した結果。",
        );
        assert_eq!(seen.wording, "送信が成功せずに、以下のメッセージが表示される。");
        assert_eq!(seen.messages, [["送信に失敗しました。", "送信先が利用していません。"]]);
        assert_eq!(seen.cases, ["No9の方法で確認した結果。"]);
    }

    #[test]
    fn variants_keep_their_words_and_give_their_messages() {
        let seen = read(
            "以下いずれかが発生する場合\n①「一般的にダウンロードされていません」とエラーが表示され、ダウンロードできない。",
        );
        assert_eq!(seen.messages, [["一般的にダウンロードされていません"]]);
        assert_eq!(
            seen.variants,
            ["①「一般的にダウンロードされていません」とエラーが表示され、ダウンロードできない。"]
        );
    }
}
