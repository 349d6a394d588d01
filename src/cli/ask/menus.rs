//! The dialogue on a terminal, by the prompts of inquire, of which this is the only user. Refuses to know what is chosen.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use inquire::autocompletion::Replacement;
use inquire::list_option::ListOption;
use inquire::ui::{RenderConfig, Styled};
use inquire::{Autocomplete, CustomUserError, InquireError, MultiSelect, Select, Text};
use unicode_width::UnicodeWidthStr;

use super::Said;
use crate::ask::{Choice, Command, Dialogue, Prompt, Screen};
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::diag::catalogue;
use crate::plain::{clean, wrap};
use crate::runtime::fold;

pub(super) fn say(dialogue: &Dialogue<'_>, screen: &Screen, console: Console) -> Result<Said, Failure> {
    let asked = match &screen.prompt {
        Prompt::Words { .. } => words(dialogue, screen, console),
        Prompt::One { choices, .. } => one(dialogue, screen, choices, console),
        Prompt::Several { items, chosen, choices, .. } => several(dialogue, screen, (items, chosen), choices, console),
    };
    match asked {
        Ok(command) => Ok(Said::Command(command)),
        // Esc.
        Err(InquireError::OperationCanceled) => Ok(Said::Command(back(screen))),
        Err(InquireError::OperationInterrupted) => Ok(Said::Interrupt),
        Err(error) => Err(Failure::cannot_read(Path::new("stdin"), &std::io::Error::other(error.to_string()))),
    }
}

/// A step back; at the beginning there is none, and it ends.
fn back(screen: &Screen) -> Command {
    let can_go_back = screen.prompt.choices().iter().any(|choice| choice.command == Command::Back);
    if can_go_back { Command::Back } else { Command::End }
}

/// Without colours where NO_COLOR is set.
fn look(console: Console) -> RenderConfig<'static> {
    let went_back = catalogue().word("ask-went-back", console.language);
    RenderConfig::default().with_canceled_prompt_indicator(Styled::new(went_back))
}

// ── Words ──

fn words(dialogue: &Dialogue<'_>, screen: &Screen, console: Console) -> Result<Command, InquireError> {
    let (label, help) = (clean(screen.prompt.label()), clean(screen.prompt.help()));
    let is_search = screen.prompt.choices().iter().any(|choice| choice.command == Command::ListAll);
    let prompt =
        Text::new(&label).with_help_message(&help).with_render_config(look(console)).with_page_size(MOST_SUGGESTIONS);
    let line = match is_search {
        true => prompt.with_autocomplete(Suggestions { dialogue, console }).prompt()?,
        false => prompt.prompt()?,
    };
    // Any words mean something here.
    dialogue.read(screen, &line).map_err(|_| InquireError::OperationCanceled)
}

/// So many titles are suggested below the words.
const MOST_SUGGESTIONS: usize = 5;

/// Titles of symptoms, while words are typed.
#[derive(Clone)]
struct Suggestions<'d, 't> {
    dialogue: &'d Dialogue<'t>,
    console: Console,
}

impl Autocomplete for Suggestions<'_, '_> {
    fn get_suggestions(&mut self, input: &str) -> Result<Vec<String>, CustomUserError> {
        let titles = self.dialogue.suggestions(input).into_iter().take(MOST_SUGGESTIONS);
        Ok(titles.map(|title| on_one_line(&title, self.console)).collect())
    }

    fn get_completion(&mut self, _: &str, highlighted: Option<String>) -> Result<Replacement, CustomUserError> {
        Ok(highlighted)
    }
}

/// A suggestion is what was typed once it is taken, so that it is shown whole where there is room.
fn on_one_line(title: &str, console: Console) -> String {
    let room = console.columns().saturating_sub(4);
    wrap(&clean(title).replace('\n', " "), room).into_iter().next().unwrap_or_default()
}

// ── One of several ──

/// A choice as it stands in the list; none for the line that says that nothing fits what was typed.
struct Shown<'a> {
    choice: Option<&'a Choice>,
    text: String,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn one(
    dialogue: &Dialogue<'_>,
    screen: &Screen,
    choices: &[Choice],
    console: Console,
) -> Result<Command, InquireError> {
    let (label, help) = (clean(screen.prompt.label()), clean(screen.prompt.help()));
    let fit = |typed: &str, choice: &Choice| fit(dialogue, screen, typed, choice);
    let scorer = |typed: &str, it: &Shown<'_>, _: &str, place: usize| match it.choice {
        _ if typed.trim().is_empty() => it.choice.map(|_| -i64::try_from(place).unwrap_or(i64::MAX)),
        Some(choice) => fit(typed, choice),
        None => choices.iter().all(|choice| fit(typed, choice).is_none()).then_some(0),
    };
    let best_first = |found: &mut [(usize, i64)]| found.sort_by_key(|(place, score)| (Reverse(*score), *place));
    let answered = |it: ListOption<&Shown<'_>>| {
        it.value.choice.map_or_else(String::new, |choice| clean(&choice.label).replace('\n', " "))
    };
    loop {
        let shown = listed(choices, console);
        let tallest = shown.iter().map(|it| it.text.lines().count()).max().unwrap_or(1).max(1);
        let chosen = Select::new(&label, shown)
            .with_page_size((console.rows().saturating_sub(4) / tallest).max(3))
            .with_help_message(&help)
            .with_scorer(&scorer)
            .with_sorter(&best_first)
            .with_formatter(&answered)
            .with_render_config(look(console))
            .prompt()?;
        if let Some(choice) = chosen.choice {
            return Ok(choice.command.clone());
        }
    }
}

fn listed(choices: &[Choice], console: Console) -> Vec<Shown<'_>> {
    let widest = choices.iter().map(|choice| choice.key.width()).max().unwrap_or(0);
    let of_choice = |choice| Shown { choice: Some(choice), text: in_list(choice, widest, console) };
    let nothing = catalogue().word("ask-nothing-fits", console.language).to_owned();
    choices.iter().map(of_choice).chain([Shown { choice: None, text: nothing }]).collect()
}

/// Its key, and its label in lines that hang behind it.
fn in_list(choice: &Choice, widest: usize, console: Console) -> String {
    let hang = if widest == 0 { 0 } else { widest + 2 };
    // Before each choice stand its mark and a space.
    let room = console.columns().saturating_sub(hang + 2);
    let mut lines = wrap(&clean(&choice.label), room);
    lines.extend(choice.note.iter().flat_map(|note| wrap(&clean(note), room)));
    let indent = " ".repeat(hang + 2);
    let key = if hang == 0 { String::new() } else { format!("{:>widest$}  ", choice.key) };
    key + &lines.join(&format!("\n{indent}"))
}

/// How well a choice fits what was typed: an answer that means it, its key, or part of its label.
fn fit(dialogue: &Dialogue<'_>, screen: &Screen, typed: &str, choice: &Choice) -> Option<i64> {
    let typed = typed.trim();
    if dialogue.read(screen, typed).is_ok_and(|command| command == choice.command) {
        return Some(2);
    }
    let words = fold(typed);
    let is_part = !words.is_empty() && fold(&choice.label).contains(&words);
    let is_start = !choice.key.is_empty() && choice.key.starts_with(typed);
    (is_part || is_start).then_some(1)
}

// ── Any of several ──

fn several(
    dialogue: &Dialogue<'_>,
    screen: &Screen,
    (items, chosen): (&[String], &BTreeSet<usize>),
    choices: &[Choice],
    console: Console,
) -> Result<Command, InquireError> {
    let (label, help) = (clean(screen.prompt.label()), clean(screen.prompt.help()));
    let room = console.columns().saturating_sub(6);
    let indent = format!("\n{}", " ".repeat(6));
    let shown: Vec<String> = items.iter().map(|item| wrap(&clean(item), room).join(&indent)).collect();
    let tallest = shown.iter().map(|it| it.lines().count()).max().unwrap_or(1).max(1);
    let before: Vec<usize> = chosen.iter().copied().filter(|place| *place < items.len()).collect();
    let counted = |all: &[ListOption<&String>]| format!("{} / {}", all.len(), items.len());
    let picked = MultiSelect::new(&label, shown)
        .with_default(&before)
        .with_page_size((console.rows().saturating_sub(4) / tallest).max(3))
        .with_help_message(&help)
        .with_formatter(&counted)
        .with_render_config(look(console))
        .raw_prompt();
    match picked {
        Ok(picked) => Ok(dialogue.chosen(&picked.into_iter().map(|it| it.index).collect())),
        // Esc: what else there is, *I don't know* and *back* among it.
        Err(InquireError::OperationCanceled) => one(dialogue, screen, choices, console),
        Err(error) => Err(error),
    }
}
