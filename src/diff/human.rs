//! A diff for a writer at a terminal. Refuses to know which versions they are but for what they are called.

use super::say::View;
use super::texts::{ChangedLine, TextChange};
use super::words::{count, effect, named, pick, quoted, renamed_kind, undecided};
use super::{Change, Diff, Effect, OneSided, Region, Side, SymptomChange, Thing};
use crate::language::Language;
use crate::logic::{Cube, Var};

/// What the versions are called, old and new.
pub type Labels<'a> = [&'a str; 2];

/// The whole diff in words, with colours for what is gone and what is new.
pub fn render(diff: &Diff<'_>, labels: Labels<'_>, language: Language) -> String {
    let mut page = Page { diff, language, out: format!("{} → {}\n", labels[0], labels[1]) };
    page.names();
    page.symptoms();
    page.texts();
    page.situations();
    page.rest();
    page.summary();
    page.out
}

const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

struct Page<'a> {
    diff: &'a Diff<'a>,
    language: Language,
    out: String,
}

impl Page<'_> {
    fn pick(&self, ja: &'static str, en: &'static str) -> &'static str {
        pick(self.language, ja, en)
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.out.extend(std::iter::repeat_n("  ", depth));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn heading(&mut self, text: &str) {
        self.out.push('\n');
        self.line(0, &format!("{BOLD}{text}{PLAIN}"));
    }

    /// Marked as gone or as new.
    fn marked(&mut self, depth: usize, side: Side, text: &str) {
        let (mark, colour) = match side {
            Side::Old => ("-", RED),
            Side::New => ("+", GREEN),
        };
        for part in text.split('\n') {
            self.line(depth, &format!("{colour}{mark} {part}{PLAIN}"));
        }
    }

    fn names(&mut self) {
        let language = self.language;
        if !self.diff.matching.renames.is_empty() {
            self.heading(self.pick("名前の変更", "Names that changed"));
        }
        for rename in &self.diff.matching.renames {
            let said = format!("{} {} → {}", renamed_kind(rename.kind, language), rename.old, rename.new);
            self.line(1, &said);
            if !rename.is_declared {
                self.line(2, &guess(rename.kind, &rename.old, language));
            }
        }
        if self.diff.added.is_empty() && self.diff.removed.is_empty() {
            return;
        }
        self.heading(self.pick("増えたもの・なくなったもの", "What is new, and what is gone"));
        for (side, things) in [(Side::Old, &self.diff.removed), (Side::New, &self.diff.added)] {
            for thing in things {
                let said = named(self.diff, *thing, language);
                self.marked(1, side, &said);
            }
        }
    }

    /// Symptoms with the same changes share a heading.
    fn symptoms(&mut self) {
        for (titles, change) in grouped(self.diff) {
            let names: Vec<String> = titles.iter().map(|title| quoted(title, self.language)).collect();
            self.heading(&match self.language {
                Language::Japanese => format!("事象{}", names.join("")),
                Language::English => format!("Symptom {}", names.join(", ")),
            });
            change.changes.iter().for_each(|change| self.change(change));
        }
    }

    fn change(&mut self, change: &Change) {
        self.region(1, &change.region, View::Both);
        for it in &change.effects {
            let said = effect(self.diff, *it, self.language);
            self.marked(2, side_of(*it), &said);
        }
        self.example(&change.example.situation, View::Both);
        let labels = [self.pick("前", "before"), self.pick("後", "after")];
        for (label, answers) in labels.into_iter().zip(&change.example.answers) {
            let answers: Vec<String> = answers.iter().map(|it| self.diff.answer_words(it, self.language)).collect();
            let said = match answers.is_empty() {
                true => self.pick("（当てはまる項目なし）", "(no entry applies)").to_owned(),
                false => answers.join(self.pick(" → ", " → ")),
            };
            self.line(3, &format!("{label}{}{said}", self.pick("：", ": ")));
        }
    }

    fn region(&mut self, depth: usize, region: &Region, view: View) {
        let size = region.count.map(|it| count(it, self.language));
        let size = size.map_or_else(String::new, |size| match self.language {
            Language::Japanese => format!("（{size}）"),
            Language::English => format!(" ({size})"),
        });
        match region.boxes.as_slice() {
            [only] if region.is_complete => {
                let said = self.cube(only, view);
                self.line(depth, &format!("{}{said}{size}", self.pick("場合：", "When: ")));
            }
            several => {
                self.line(depth, &format!("{}{size}", self.pick("次のいずれかの場合：", "When one of these holds:")));
                for cube in several {
                    let said = self.cube(cube, view);
                    self.line(depth + 1, &format!("{} {said}", self.pick("・", "-")));
                }
            }
        }
        if !region.is_complete {
            self.line(depth + 1, self.pick("ほかにもあります", "and in others"));
        }
    }

    fn cube(&self, cube: &Cube, view: View) -> String {
        self.joined(&self.diff.box_words(cube, view, self.language))
    }

    fn joined(&self, words: &[String]) -> String {
        match words {
            [] => self.pick("どの場合も", "always").to_owned(),
            some => some.join(self.pick("、", " and ")),
        }
    }

    fn example(&mut self, situation: &[(Var, u32)], view: View) {
        let words = self.diff.situation_words(situation, view, self.language);
        if !words.is_empty() {
            self.line(2, &format!("{}{}", self.pick("例：", "Example: "), self.joined(&words)));
        }
    }

    fn texts(&mut self) {
        for change in &self.diff.texts {
            self.text(change);
        }
    }

    fn text(&mut self, change: &TextChange) {
        let name = named(self.diff, change.thing, self.language);
        self.heading(&match self.language {
            Language::Japanese => format!("{name}の文言"),
            Language::English => format!("Text of the {name}"),
        });
        if let Some(region) = &change.region {
            self.region(1, region, View::Both);
        }
        for ChangedLine { side, case, text, .. } in &change.lines {
            self.marked(1, *side, &format!("{case}{text}"));
        }
        if !change.cited_by.is_empty() {
            let entries: Vec<String> = change.cited_by.iter().map(|it| self.diff.title(Thing::Entry(*it))).collect();
            let label = self.pick("使っている項目：", "Used by: ");
            self.line(1, &format!("{label}{}", entries.join(self.pick("、", ", "))));
        }
    }

    fn situations(&mut self) {
        for OneSided { side, region, example } in &self.diff.one_sided {
            let (old, new) = match self.language {
                Language::Japanese => ("前の版だけが想定する状況", "新しい版だけが想定する状況"),
                Language::English => {
                    ("Situations that only the old version knows", "Situations that only the new version knows")
                }
            };
            self.heading(if *side == Side::Old { old } else { new });
            self.region(1, region, View::Only(*side));
            self.example(example, View::Only(*side));
        }
        if self.diff.is_disjoint {
            self.heading(self.pick(
                "2つの版に共通の状況がないため、案内を比べられません",
                "The versions have no situation in common, so that their answers cannot be compared",
            ));
        }
    }

    fn rest(&mut self) {
        let language = self.language;
        for twin in &self.diff.joint.retyped {
            let name = named(self.diff, Thing::Fact(*twin), language);
            self.heading(&match language {
                Language::Japanese => format!("{name}の型が変わったため、前の版とは別の質問として比べました"),
                Language::English => format!("The {name} has another type; it was compared as two questions"),
            });
        }
        if self.diff.is_question_order_changed {
            self.heading(self.pick(
                "質問の並び順が変わりました。尋ねる順序が変わることがあります",
                "Questions stand in another order; they may be asked in another order",
            ));
        }
        if !self.diff.undecided.is_empty() {
            self.heading(self.pick("判定できなかったこと", "What could not be decided"));
        }
        for it in &self.diff.undecided {
            let said = undecided(self.diff, it, language);
            self.line(1, &said);
        }
    }

    fn summary(&mut self) {
        self.out.push('\n');
        let said = match (self.diff.is_unchanged(), self.language) {
            (true, Language::Japanese) => "読者への案内は、どの場合も変わりません".to_owned(),
            (true, Language::English) => "Nothing changes for any reader, in any situation".to_owned(),
            (false, Language::Japanese) => format!("変わるもの：{}", self.counts().join("、")),
            (false, Language::English) => format!("What changes: {}", self.counts().join(", ")),
        };
        self.line(0, &said);
    }

    /// Of each kind of change how many there are, if there are any.
    fn counts(&self) -> Vec<String> {
        let diff = self.diff;
        let counts = [
            (diff.symptoms.len(), "案内が変わる事象", "symptoms with other answers"),
            (diff.texts.len(), "文言", "texts"),
            (diff.added.len(), "増えたもの", "new"),
            (diff.removed.len(), "なくなったもの", "gone"),
            (diff.one_sided.len(), "一方の版だけが想定する状況", "groups of situations that only one version knows"),
            (diff.joint.retyped.len(), "型の変わった質問", "questions of another type"),
            (usize::from(diff.is_question_order_changed), "質問の並び順", "order of questions"),
            (diff.undecided.len(), "判定できなかったこと", "not decided"),
        ];
        let some = counts.into_iter().filter(|(count, ..)| *count > 0);
        some.map(|(count, ja, en)| match self.language {
            Language::Japanese => format!("{ja} {count} 件"),
            Language::English => format!("{en}: {count}"),
        })
        .collect()
    }
}

fn guess(renamed: super::RenamedKind, old: &str, language: Language) -> String {
    use super::RenamedKind as Kind;
    let can_declare = matches!(renamed, Kind::Entry | Kind::Symptom | Kind::Fact);
    match (language, can_declare) {
        (Language::Japanese, true) => {
            format!(
                "内容が同じなので、名前だけが変わったとみなしました。確かなら、新しい名前のほうに「旧名 {old}」と書きます"
            )
        }
        (Language::English, true) => format!(
            "taken for a change of name, since the content is the same; if so, declare it with `formerly {old}` under the new name"
        ),
        (Language::Japanese, false) => "内容が同じなので、名前だけが変わったとみなしました".to_owned(),
        (Language::English, false) => "taken for a change of name, since the content is the same".to_owned(),
    }
}

/// What is gone is marked so, all else is new.
fn side_of(effect: Effect) -> Side {
    match effect {
        Effect::Hidden(_) | Effect::Withdrawn(..) => Side::Old,
        Effect::Shown(_) | Effect::Before(..) | Effect::Offered(..) | Effect::ActionBefore(..) => Side::New,
    }
}

/// Whether the same happens in the same regions, whatever else applies there.
fn are_alike(one: &SymptomChange, other: &SymptomChange) -> bool {
    let key =
        |it: &SymptomChange| it.changes.iter().map(|it| (it.effects.clone(), it.region.clone())).collect::<Vec<_>>();
    one.changes.len() == other.changes.len() && key(one) == key(other)
}

/// The symptoms that change, with the titles of those that change alike; the examples are those of the first.
pub fn grouped<'a>(diff: &'a Diff<'_>) -> Vec<(Vec<String>, &'a SymptomChange)> {
    let mut groups: Vec<(Vec<String>, &SymptomChange)> = Vec::new();
    for change in diff.symptoms.iter().filter(|change| !change.changes.is_empty()) {
        let title = diff.title(Thing::Symptom(change.symptom));
        // Symptoms that share entries stand near each other, and a long list need not be searched.
        let alike = groups.iter_mut().rev().take(8).find(|(_, known)| are_alike(known, change));
        match alike {
            Some((titles, _)) => titles.push(title),
            None => groups.push((vec![title], change)),
        }
    }
    groups
}
