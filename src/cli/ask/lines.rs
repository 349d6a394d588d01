//! The dialogue in plain lines: what can be chosen is listed, and a line is read. Refuses to know what it means.

use std::io::{IsTerminal, stdin};

use unicode_width::UnicodeWidthStr;

use super::Said;
use super::input::{Heard, Input};
use crate::ask::{Dialogue, Prompt, Screen};
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::diag::catalogue;
use crate::plain::Page;

pub(super) fn say(dialogue: &Dialogue<'_>, screen: &Screen, input: &Input, console: Console) -> Result<Said, Failure> {
    console.print(&listed(&screen.prompt, console).render(Some(console.columns()), false))?;
    loop {
        console.print("> ")?;
        let heard = input.next()?;
        let Heard::Line(line) = heard else {
            console.print("\n")?;
            return Ok(if let Heard::Interrupt = heard { Said::Interrupt } else { Said::EndOfInput });
        };
        // On a terminal it has been seen already, elsewhere it is shown for those who read the record.
        if !stdin().is_terminal() {
            console.print(&format!("{}\n", crate::plain::clean(&line)))?;
        }
        match dialogue.read(screen, &line) {
            Ok(command) => return Ok(Said::Command(command)),
            Err(lines) => {
                let mut page = Page::default();
                lines.into_iter().for_each(|line| page.line(0, line));
                console.print(&page.render(Some(console.columns()), false))?;
            }
        }
    }
}

fn listed(prompt: &Prompt, console: Console) -> Page {
    let mut page = Page::default();
    page.line(0, prompt.label());
    if let Prompt::Words { .. } = prompt {
        page.line(2, catalogue().word("ask-type-words", console.language));
    }
    if let Prompt::Several { items, chosen, .. } = prompt {
        for (place, item) in items.iter().enumerate() {
            let tick = if chosen.contains(&place) { "[x]" } else { "[ ]" };
            page.item(2, format!("{:>2}) {tick} ", place + 1), item);
        }
        page.line(2, catalogue().word("ask-type-several", console.language));
    }
    let widest = prompt.choices().iter().map(|choice| choice.key.width()).max().unwrap_or(1);
    for choice in prompt.choices() {
        let mark = match choice.key.as_str() {
            "" => catalogue().word("told-bullet", console.language).to_owned(),
            key => format!("{key:>widest$}) "),
        };
        page.item(2, mark, &choice.label);
        choice.note.iter().for_each(|note| page.line(4 + widest, note));
    }
    if prompt.choices().iter().any(|choice| choice.key.is_empty()) {
        page.line(2, catalogue().word("ask-type-value", console.language));
    }
    page
}
