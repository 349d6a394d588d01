//! Names that say what they begin with: `KJから始まるID`, `KJから始まる事業所ユーザID`. Those that share their beginning and their
//! last word, and differ in what stands between, are ways to call one thing.

use super::super::avoided_word::is_katakana;
use super::super::text::within;
use super::Groups;
use crate::source::Span;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Kanji,
    Katakana,
    Hiragana,
    Other,
}

fn script(c: char) -> Script {
    match c {
        _ if c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ') => Script::Latin,
        '一'..='龠' | '々' => Script::Kanji,
        _ if is_katakana(c) => Script::Katakana,
        'ぁ'..='ん' => Script::Hiragana,
        _ => Script::Other,
    }
}

/// A stretch of one script.
#[derive(Clone, Copy)]
struct Run {
    script: Script,
    start: usize,
    end: usize,
}

pub fn collect(text: &str, span: Span, groups: &mut Groups) {
    // Most texts have no such name.
    if !text.contains("から") {
        return;
    }
    let runs = runs(text);
    for (at, window) in runs.windows(4).enumerate() {
        let [first, from, verb, end] = window else { continue };
        let is_clause = first.script == Script::Latin
            && text.get(from.start..from.end) == Some("から")
            && verb.script == Script::Kanji
            && end.script == Script::Hiragana;
        let noun = noun(&runs, at + 4);
        let (true, Some((last, close))) = (is_clause, noun) else { continue };
        let (Some(beginning), Some(last)) = (text.get(first.start..end.end), text.get(last.start..last.end)) else {
            continue;
        };
        if let Some(form) = text.get(first.start..close) {
            groups.add(&format!("e{beginning}…{last}"), form, form, within(span, first.start, close));
        }
    }
}

/// The last run of the noun that begins at a run, and where it ends.
fn noun(runs: &[Run], from: usize) -> Option<(Run, usize)> {
    let is_part = |run: &&Run| matches!(run.script, Script::Latin | Script::Kanji | Script::Katakana);
    let last = runs.get(from..)?.iter().take_while(is_part).last()?;
    Some((*last, last.end))
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (start, c) in text.char_indices() {
        let (script, end) = (script(c), start + c.len_utf8());
        match runs.last_mut() {
            Some(last) if last.script == script => last.end = end,
            _ => runs.push(Run { script, start, end }),
        }
    }
    runs
}
