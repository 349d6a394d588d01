//! An entry as `FAQPage` of schema.org, in JSON-LD: what search engines read. Refuses to know the page around it.

use serde::Serialize;

use super::plan;
use super::prose::plain;
use super::view::View;
use crate::table::{Entry, Step};

#[derive(Serialize)]
struct FaqPage<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "inLanguage")]
    language: &'static str,
    #[serde(rename = "dateModified", skip_serializing_if = "Option::is_none")]
    modified: Option<&'a str>,
    #[serde(rename = "mainEntity")]
    questions: [Question; 1],
}

#[derive(Serialize)]
struct Question {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    #[serde(rename = "acceptedAnswer")]
    answer: Answer,
}

#[derive(Serialize)]
struct Answer {
    #[serde(rename = "@type")]
    kind: &'static str,
    text: String,
}

/// The text of a script element of the type `application/ld+json`: a block of data, which no browser runs.
pub fn question(view: View<'_>, entry: &Entry, asked: Option<String>) -> String {
    let page = FaqPage {
        context: "https://schema.org",
        kind: "FAQPage",
        language: view.words.tag,
        modified: entry.updated.as_deref().or(view.table.updated.as_deref()),
        questions: [Question {
            kind: "Question",
            name: asked.unwrap_or_else(|| plan::entry_heading(entry)),
            answer: Answer { kind: "Answer", text: answer(view, entry) },
        }],
    };
    script_safe(&serde_json::to_string(&page).unwrap_or_default())
}

/// JSON that can stand inside a script element: no `<` can end it or begin a comment, and the line separators that old scripts
/// stumble over are escaped. Equal to the JSON given.
pub fn script_safe(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// What the entry is, and what to do, a line each.
fn answer(view: View<'_>, entry: &Entry) -> String {
    let mut lines = vec![plan::entry_heading(entry)];
    for offer in &entry.actions {
        write_action(view, offer.action, &mut lines);
    }
    write_steps(view, &entry.notes, &mut lines);
    lines.join("\n")
}

fn write_action(view: View<'_>, index: u32, lines: &mut Vec<String>) {
    let Some(action) = view.action(index) else { return };
    let title = plain(&action.title);
    if !title.is_empty() {
        lines.push(title);
    }
    write_steps(view, &action.steps, lines);
    action.alternatives.iter().for_each(|it| write_action(view, *it, lines));
}

fn write_steps(view: View<'_>, steps: &[Step], lines: &mut Vec<String>) {
    for step in steps {
        match step {
            Step::Step { text } | Step::Bullet { text } | Step::Note { text } | Step::Warning { text } => {
                lines.push(plain(text));
            }
            Step::Fence { lines: kept, .. } => lines.extend(kept.iter().cloned()),
            Step::Branches { branches } => branches.iter().for_each(|branch| {
                let words = view.words;
                lines.push(branch.when.as_ref().map_or_else(
                    || words.case_else.to_owned(),
                    |when| format!("{}{when}{}", words.case_before, words.case_after),
                ));
                write_steps(view, &branch.steps, lines);
            }),
            Step::Do { action } => lines.push(view.action_link(*action).text),
            Step::Contact { contact } => lines.push(view.contact_link(*contact).text),
            Step::See { .. } => {}
        }
    }
}
