//! `several-actions`: a step that asks for several things on the screen, one after the other. A reader who stops between
//! them cannot tick the step off, and one who is lost cannot say where.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{Context, Lint, Scope};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::Prose;
use crate::source::{Sources, Span};

pub const LINT: Lint = Lint { code: Code::SeveralActions, scope: Scope::Entry, check };

/// What is done on a screen; a result that follows by itself (downloading, closing) is none.
const DEEDS: &[&str] =
    &["クリックし", "タップし", "押し", "選択し", "選び", "入力し", "開き", "アクセスし", "起動し", "チェックを入れ"];

/// What may stand between a deed and the next.
const JOINTS: &[&str] = &["、", "て、", "た後", "てから", "た上で", "てください。"];

/// All deeds at once.
static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(DEEDS).ok());

const VERBS: &[&str] =
    &["click", "double-click", "right-click", "tap", "press", "select", "choose", "enter", "type", "open", "start"];

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    context.wording.files().flat_map(|file| &file.several).for_each(|finding| diagnostics.push(finding.clone()));
}

/// The first line of a step that asks for several.
pub fn find(step: &Prose, sources: &Sources) -> Option<Diagnostic> {
    let counted = |line: &Span| (*line, count(&without_quotes(sources.text(*line))));
    let (line, count) = step.lines.iter().map(counted).find(|(_, count)| *count > 1)?;
    Some(Diagnostic::at(LINT.code, line).text("count", count.to_string()).help("part"))
}

/// Quoted words say what a button is called, not what is done.
fn without_quotes(text: &str) -> String {
    let mut depth = 0u32;
    let mut keep = |c: char| match c {
        '「' | '『' | '“' | '[' | '［' => {
            depth += 1;
            false
        }
        '」' | '』' | '”' | ']' | '］' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    let text: String = text.chars().filter(|c| keep(*c)).collect();
    text.split('"').step_by(2).collect()
}

/// How many deeds one after the other.
fn count(text: &str) -> usize {
    let joined = |(at, deed): (usize, &str)| {
        let after = text.get(at + deed.len()..).unwrap_or("");
        JOINTS.iter().any(|joint| after.starts_with(joint))
    };
    let hits = SEARCH.iter().flat_map(|search| search.find_iter(text));
    let deeds: Vec<(usize, &str)> = hits.filter_map(|hit| Some((hit.start(), text.get(hit.range())?))).collect();
    let last = deeds.iter().map(|(at, _)| *at).max().unwrap_or(0);
    let earlier = deeds.iter().filter(|deed| deed.0 < last && joined(**deed)).count();
    if earlier > 0 { earlier + 1 } else { english(text) }
}

/// Clauses that begin with a verb.
fn english(text: &str) -> usize {
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return 0;
    }
    let lower = text.to_ascii_lowercase();
    let clauses =
        lower.split([',', ';', '.']).flat_map(|part| part.split(" then ")).flat_map(|part| part.split(" and "));
    let begins = |clause: &str| {
        let words = clause.trim().trim_start_matches("then ").trim_start_matches("and ");
        words.split_whitespace().next().is_some_and(|word| VERBS.contains(&word))
    };
    clauses.filter(|clause| begins(clause)).count()
}

#[cfg(test)]
mod tests {
    use super::{count, without_quotes};

    #[test]
    fn deeds_one_after_the_other_are_counted() {
        let deeds = |text: &str| count(&without_quotes(text));
        assert_eq!(deeds("起動後、画面右上の「・・・」をクリックし、メニュー下の「設定」をクリックします。"), 2);
        assert_eq!(deeds("「詳細情報」をクリックして、「実行」を押します。"), 2);
        assert_eq!(deeds("「再起動」をクリックして、更新を完了します。"), 0);
        assert_eq!(deeds("「詳細情報」をクリックすると表示される「実行」ボタンをクリックします。"), 0);
        assert_eq!(deeds("Click \"More info\", then click \"Run anyway\"."), 2);
        assert_eq!(deeds("Click the link to open the site."), 1);
    }
}
