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

/// The text of a script element of the type `application/ld+json`: a block of data, which no browser runs. `name` is the question.
pub fn question(view: View<'_>, entry: &Entry, name: String) -> String {
    let page = FaqPage {
        context: "https://schema.org",
        kind: "FAQPage",
        language: view.words.tag,
        modified: entry.updated.as_deref().or(view.table.updated.as_deref()),
        questions: [Question { kind: "Question", name, answer: Answer { kind: "Answer", text: answer(view, entry) } }],
    };
    let mut text = String::new();
    push_script_safe(&mut text, &serde_json::to_string(&page).unwrap_or_default());
    text
}

/// JSON that can stand inside a script element: no `<` can end it or begin a comment, and the line separators that old scripts
/// stumble over are escaped. Equal to the JSON given.
pub fn push_script_safe(out: &mut String, json: &str) {
    let bytes = json.as_bytes();
    let mut kept = 0;
    // Nearly all bytes are none of these, and a separator begins with one that Japanese text hardly has.
    for at in (0..bytes.len()).filter(|at| matches!(bytes[*at], b'<' | b'>' | b'&' | 0xE2)) {
        let Some((escape, length)) = escape(&bytes[at..]) else { continue };
        out.push_str(&json[kept..at]);
        out.push_str(escape);
        kept = at + length;
    }
    out.push_str(&json[kept..]);
}

/// What stands for the character that the bytes begin with, and its length, if it cannot stand for itself.
fn escape(bytes: &[u8]) -> Option<(&'static str, usize)> {
    match bytes {
        [b'<', ..] => Some(("\\u003c", 1)),
        [b'>', ..] => Some(("\\u003e", 1)),
        [b'&', ..] => Some(("\\u0026", 1)),
        [0xE2, 0x80, 0xA8, ..] => Some(("\\u2028", 3)),
        [0xE2, 0x80, 0xA9, ..] => Some(("\\u2029", 3)),
        _ => None,
    }
}

/// What the entry is, and what to do in which case, a line each.
fn answer(view: View<'_>, entry: &Entry) -> String {
    let mut lines = vec![plan::entry_heading(entry)];
    write_case(view, entry.when.as_deref(), &mut lines);
    for offer in &entry.actions {
        let cause = offer.cause.and_then(|cause| entry.causes.get(cause as usize));
        write_case(view, cause.and_then(|it| it.when.as_deref()), &mut lines);
        write_action(view, offer.action, &mut lines);
    }
    write_steps(view, &entry.notes, &mut lines);
    lines.join("\n")
}

fn write_case(view: View<'_>, when: Option<&str>, lines: &mut Vec<String>) {
    lines.extend(when.map(|when| view.words.case(when)));
}

fn write_action(view: View<'_>, index: u32, lines: &mut Vec<String>) {
    let Some(action) = view.action(index) else { return };
    write_case(view, action.when.as_deref(), lines);
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
                lines.push(branch.when.as_ref().map_or_else(|| words.case_else.to_owned(), |when| words.case(when)));
                write_steps(view, &branch.steps, lines);
            }),
            Step::Do { action } => lines.push(view.action_link(*action).text),
            Step::Contact { contact } => lines.push(view.contact_link(*contact).text),
            Step::See { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::push_script_safe;

    #[test]
    fn what_a_script_element_could_stumble_over_is_escaped() {
        let text = "</script><!-- & \u{2028}a\u{2029}“–” 送信\u{20ac}";
        let json = serde_json::to_string(text).expect("a text is JSON");
        let mut safe = String::new();
        push_script_safe(&mut safe, &json);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).ok().as_deref(), Some(text));
        assert!(safe.contains("“–” 送信\u{20ac}"), "{safe}");
    }
}
