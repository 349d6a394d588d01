//! From a typed line to what is meant on a screen: a key, an item's number, the words of an answer. Refuses to know where lines
//! come from.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::prompt::{Choice, Prompt, Screen};
use super::state::Mode;
use super::turn::{Turn, turn};
use super::{Command, Dialogue};
use crate::plain::{Voice, advice, bare_number, not_an_answer};
use crate::runtime::{Next, fold, read_answer};

pub(super) fn read(
    voice: Voice<'_>,
    dialogue: &Dialogue<'_>,
    screen: &Screen,
    line: &str,
) -> Result<Command, Vec<String>> {
    if let Some(choice) = named(screen.prompt.choices(), line) {
        return Ok(choice.command.clone());
    }
    match &screen.prompt {
        Prompt::Words { .. } if dialogue.now.mode == Mode::Why => Ok(Command::Reason(line.trim().to_owned())),
        Prompt::Words { .. } if is_back(line) => Err(vec![voice.word("ask-at-start").to_owned()]),
        Prompt::Words { .. } if fold(line).is_empty() => Ok(Command::ListAll),
        Prompt::Words { .. } => Ok(Command::Search(line.trim().to_owned())),
        Prompt::One { .. } => read_one(voice, dialogue, line),
        Prompt::Several { items, chosen, .. } => read_several(voice, dialogue, items, chosen, line),
    }
}

/// Where there is nothing before, nobody looks for these words.
fn is_back(line: &str) -> bool {
    matches!(line.trim(), "b" | "<" | "back" | "戻る")
}

/// The choice of a key, a label, or a word for what can be chosen everywhere.
fn named<'a>(choices: &'a [Choice], line: &str) -> Option<&'a Choice> {
    let line: String = line.trim().nfkc().flat_map(char::to_lowercase).collect();
    let folded = fold(&line);
    let by_label = |choice: &&Choice| choice.label == line || !folded.is_empty() && fold(&choice.label) == folded;
    let everywhere = match folded.as_str() {
        "back" | "戻る" | "もどる" => Some("b"),
        "quit" | "exit" | "end" | "終わる" | "おわる" | "終了" => Some("q"),
        "unknown" | "dontknow" | "idontknow" | "分からない" | "わからない" | "不明" => Some("?"),
        _ => None,
    };
    let key = match line.as_str() {
        "<" => "b",
        line => line,
    };
    let is_meant = |choice: &&Choice, key: &str| choice.key == key || key == "q" && choice.command == Command::End;
    let keyed = |key: &str| choices.iter().find(|choice| !choice.key.is_empty() && is_meant(choice, key));
    choices.iter().find(by_label).or_else(|| keyed(key)).or_else(|| everywhere.and_then(keyed))
}

/// The words of an answer, where a question is asked.
fn read_one(voice: Voice<'_>, dialogue: &Dialogue<'_>, line: &str) -> Result<Command, Vec<String>> {
    let session = &dialogue.now.session;
    let Turn::Next(Next::Ask { question, .. }) = turn(&dialogue.reader, session) else {
        return Err(vec![voice.sentence("ask-no-choice", &[("line", line.trim())])]);
    };
    if line.trim().is_empty() {
        return Err(vec![voice.word("ask-empty").to_owned()]);
    }
    let asked = voice.table.questions.get(question as usize);
    let label = asked.map_or("", |it| it.label.as_str());
    if let Some(error) = asked.and_then(|it| bare_number(&it.kind, line)) {
        return Err(advice(&not_an_answer(label, line.trim(), error), voice.language));
    }
    match read_answer(voice.table, question, line, session.today) {
        Ok(cells) => Ok(Command::Answer(cells)),
        Err(error) => Err(advice(&not_an_answer(label, line.trim(), error), voice.language)),
    }
}

/// Numbers with commas and ranges, all, none; or the words of an answer.
fn read_several(
    voice: Voice<'_>,
    dialogue: &Dialogue<'_>,
    items: &[String],
    chosen: &BTreeSet<usize>,
    line: &str,
) -> Result<Command, Vec<String>> {
    let line: String = line.trim().nfkc().collect();
    let is_tick = dialogue.now.mode == Mode::Tick;
    let places = match fold(&line).as_str() {
        "" if is_tick => Some(chosen.clone()),
        "all" | "すべて" | "全て" | "全部" => Some((0..items.len()).collect()),
        "none" | "なし" | "無し" | "0" => Some(BTreeSet::new()),
        _ => numbers(&line, items.len()),
    };
    match places {
        Some(places) => Ok(several(voice, dialogue, &places)),
        None if is_tick => Err(vec![voice.sentence("ask-no-choice", &[("line", &line)])]),
        None => read_one(voice, dialogue, &line),
    }
}

/// `1,3` and `2-4`, counted from 1; as places counted from 0.
fn numbers(line: &str, count: usize) -> Option<BTreeSet<usize>> {
    let mut places = BTreeSet::new();
    let parts = line.split([',', '、', ' ', '\u{3001}']).map(str::trim).filter(|part| !part.is_empty());
    for part in parts {
        let (from, to) = part.split_once(['-', '~', '〜']).unwrap_or((part, part));
        let (from, to): (usize, usize) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        if from == 0 || to > count || from > to {
            return None;
        }
        places.extend(from - 1..to);
    }
    (!places.is_empty()).then_some(places)
}

/// What items, by their places, stand for.
pub(super) fn several(voice: Voice<'_>, dialogue: &Dialogue<'_>, places: &BTreeSet<usize>) -> Command {
    if dialogue.now.mode == Mode::Tick {
        return Command::Ticked(places.iter().map(|place| place + 1).collect());
    }
    let Turn::Next(Next::Ask { question, .. }) = turn(&dialogue.reader, &dialogue.now.session) else {
        return Command::Back;
    };
    let facts = voice.table.questions.get(question as usize).map_or(&[][..], |it| it.facts.as_slice());
    let settled = facts.iter().enumerate().filter_map(|(place, fact)| {
        let value = if places.contains(&place) { "yes" } else { "no" };
        let cells = &voice.table.facts.get(*fact as usize)?.cells;
        let cell = (0u32..).zip(cells).find(|(_, cell)| cell.value.as_deref() == Some(value))?.0;
        Some(crate::table::Assignment { fact: *fact, cells: vec![cell] })
    });
    Command::Answer(settled.collect())
}
