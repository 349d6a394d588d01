//! A diff as a release note that a help desk can publish: what changed for the reader, in the language of the knowledge
//! base. Refuses to show what only writers know: names, numbers of situations, guesses.

use super::human::grouped;
use super::say::View;
use super::words::{effect, kind, named, pick, quoted};
use super::{Change, Diff, Region, Side, TextChange, Thing};
use crate::emit::markdown::note_page;
use crate::emit::markdown::words::words;
use crate::emit::wire;
use crate::language::Language;
use crate::note::Note;

/// The release note.
pub fn note(diff: &Diff<'_>) -> Note {
    let language = diff.version(Side::New).model().config.language;
    let mut page = Page { diff, language, note: Note::default() };
    page.head();
    if diff.is_unchanged() {
        page.note.paragraph(page.pick("ご案内の内容に変更はありません。", "Nothing has changed for readers."));
        return page.note;
    }
    page.things();
    page.symptoms();
    page.texts();
    page.situations();
    page.guidance();
    page.note
}

/// The release note as Markdown.
pub fn render(diff: &Diff<'_>) -> String {
    note_page(&note(diff))
}

struct Page<'a> {
    diff: &'a Diff<'a>,
    language: Language,
    note: Note,
}

impl Page<'_> {
    fn pick(&self, ja: &'static str, en: &'static str) -> &'static str {
        pick(self.language, ja, en)
    }

    fn head(&mut self) {
        let title = &self.diff.version(Side::New).model().config.title;
        let said = match self.language {
            Language::Japanese => format!("{title} 更新履歴"),
            Language::English => format!("{title}: what has changed"),
        };
        self.note.title = said.trim_start().to_owned();
        let releases = [Side::Old, Side::New].map(|side| self.release(side));
        if let [Some(old), Some(new)] = releases
            && old != new
        {
            self.note.paragraph(format!("{old} → {new}"));
        }
    }

    /// 「1.2（2023-06-29）」.
    fn release(&self, side: Side) -> Option<String> {
        let config = &self.diff.version(side).model().config;
        match (&config.version, config.updated.map(wire::date)) {
            (Some(version), Some(day)) => Some(match self.language {
                Language::Japanese => format!("{version}（{day}）"),
                Language::English => format!("{version} ({day})"),
            }),
            (version, day) => version.clone().or(day),
        }
    }

    fn things(&mut self) {
        let headings = [
            (self.pick("追加したもの", "New"), &self.diff.added),
            (self.pick("なくなったもの", "Gone"), &self.diff.removed),
        ];
        for (heading, things) in headings {
            if things.is_empty() {
                continue;
            }
            self.note.heading(2, heading);
            for thing in things {
                self.note.item(named(self.diff, *thing, self.language), Vec::new());
            }
        }
    }

    fn symptoms(&mut self) {
        let groups = grouped(self.diff);
        if groups.is_empty() {
            return;
        }
        self.note.heading(2, self.pick("ご案内が変わった事象", "Symptoms with other answers"));
        for (titles, change) in groups {
            self.note.heading(3, titles.join(self.pick("／", " / ")));
            change.changes.iter().for_each(|change| self.change(change));
        }
    }

    fn change(&mut self, change: &Change) {
        let effects: Vec<String> = change.effects.iter().map(|it| effect(self.diff, *it, self.language)).collect();
        self.region(&change.region, &effects);
    }

    /// What is so, and where: on one line when both are short.
    fn region(&mut self, region: &Region, effects: &[String]) {
        let boxes: Vec<Vec<String>> =
            region.boxes.iter().map(|cube| self.diff.box_words(cube, View::Both, self.language)).collect();
        let stop = self.pick("。", ".");
        let said: Vec<String> = effects.iter().map(|it| format!("{}{stop}", sentence(it))).collect();
        let is_always = region.is_complete && matches!(boxes.as_slice(), [words] if words.is_empty());
        if is_always {
            return said.into_iter().for_each(|it| self.note.item(it, Vec::new()));
        }
        let lead = self.cases(&boxes, region.is_complete);
        self.note.item(lead, said);
    }

    /// 「証明書：なし の場合」, or several of them.
    fn cases(&self, boxes: &[Vec<String>], is_complete: bool) -> String {
        let said: Vec<String> = boxes.iter().map(|words| words.join(self.pick("、", " and "))).collect();
        let more = if is_complete { "" } else { self.pick(" など", " and other cases") };
        match self.language {
            Language::Japanese => format!("{}{more} の場合", said.join(" または ")),
            Language::English => format!("If {}{more}", said.join(", or ")),
        }
    }

    fn texts(&mut self) {
        let shown: Vec<&TextChange> = self.diff.texts.iter().filter(|change| !change.is_guidance()).collect();
        if shown.is_empty() {
            return;
        }
        self.note.heading(2, self.pick("変わった文言", "Texts that have changed"));
        for change in shown {
            let name = self.heading_of(change.thing);
            self.note.heading(3, name);
            // Lines that name their case need no other word on where they are shown.
            let has_open_line = change.lines.iter().any(|line| !line.is_guidance && line.case.is_empty());
            if let Some(region) = change.region.as_ref().filter(|_| has_open_line) {
                let boxes: Vec<Vec<String>> =
                    region.boxes.iter().map(|it| self.diff.box_words(it, View::Both, self.language)).collect();
                let said = self.cases(&boxes, region.is_complete);
                self.note.paragraph(said);
            }
            for line in change.lines.iter().filter(|line| !line.is_guidance) {
                let label = match line.side {
                    Side::Old => self.pick("変更前：", "Before: "),
                    Side::New => self.pick("変更後：", "Now: "),
                };
                let text = line.text.strip_prefix(words(self.language).step_mark).unwrap_or(&line.text);
                self.note.item(format!("{label}{}{text}", line.case), Vec::new());
            }
        }
    }

    /// Entries by their title alone; other things by their kind too, actions with their entry.
    fn heading_of(&self, thing: Thing) -> String {
        match thing {
            Thing::Entry(_) | Thing::KnowledgeBase => self.diff.title(thing),
            Thing::Action(action) => {
                let entry = self.diff.entry_of(action).map(|it| self.diff.title(Thing::Entry(it)));
                let entry = entry.map(|it| quoted(&it, self.language));
                let kind = kind(thing, self.language);
                let title = quoted(&self.diff.title(thing), self.language);
                match self.language {
                    Language::Japanese => format!("{}の{kind}{title}", entry.unwrap_or_default()),
                    Language::English => format!("{}: {kind} {title}", entry.unwrap_or_default()),
                }
            }
            Thing::Symptom(_)
            | Thing::Fact(_)
            | Thing::Document(_)
            | Thing::Section(_)
            | Thing::Link(_)
            | Thing::Contact(_)
            | Thing::Term(_) => sentence(&named(self.diff, thing, self.language)),
        }
    }

    fn situations(&mut self) {
        for side in [Side::New, Side::Old] {
            let regions: Vec<&Region> =
                self.diff.one_sided.iter().filter(|it| it.side == side).map(|it| &it.region).collect();
            if regions.is_empty() {
                continue;
            }
            let heading = match side {
                Side::New => self.pick("新しく想定する場合", "Cases that are new"),
                Side::Old => self.pick("想定しなくなった場合", "Cases that are no longer considered"),
            };
            self.note.heading(2, heading);
            for cube in regions.into_iter().flat_map(|region| &region.boxes) {
                let words = self.diff.box_words(cube, View::Only(side), self.language);
                let said = match words.is_empty() {
                    true => self.pick("すべての場合", "all cases").to_owned(),
                    false => words.join(self.pick("、", " and ")),
                };
                self.note.item(said, Vec::new());
            }
        }
    }

    fn guidance(&mut self) {
        let has_guidance = self.diff.texts.iter().any(|change| change.lines.iter().any(|line| line.is_guidance));
        if has_guidance || self.diff.is_question_order_changed {
            self.note.heading(2, self.pick("そのほか", "Also"));
            let said = self.pick(
                "お尋ねする順序や、ご案内の順序が変わることがあります。",
                "Questions and actions may come in another order.",
            );
            self.note.item(said, Vec::new());
        }
    }
}

/// With a capital letter where the script has them.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
