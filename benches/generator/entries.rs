//! The entries, in groups that share a symptom.
//!
//! The first entry of a group finds out the facts that the others depend on and hands over to them; all have conditions but
//! the last one, which is the fallback. An entry refers to about three other things.

use std::fmt::Write as _;

use fastrand::Rng;

use super::area::Area;
use super::library::Library;
use super::words::{OCCASIONS, SCREENS};
use super::{ENTRIES_PER_FILE, Keywords, Scale, sentences};

/// The files with all entries, `entries/0001.faq` and so on.
pub fn write_entries(scale: Scale, library: &Library, areas: &[Area], rng: &mut Rng) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut first = 1;
    while first <= scale.entries {
        let number = files.len();
        let last = (first + ENTRIES_PER_FILE - 1).min(scale.entries);
        let area = &areas[number % areas.len()];
        let mut file = File { out: String::new(), keywords: Keywords::of_file(number), scale, library, area, rng };
        file.write(first, last);
        files.push((format!("entries/{:04}.faq", number + 1), file.out));
        first = last + 1;
    }
    files
}

/// One file being written.
struct File<'a> {
    out: String,
    keywords: Keywords,
    scale: Scale,
    library: &'a Library,
    area: &'a Area,
    rng: &'a mut Rng,
}

/// Entries with one symptom; they are numbered in a row.
struct Group {
    first: usize,
    last: usize,
    facts: Vec<usize>,
    /// What all of them but the fallback require.
    premise: String,
    category: String,
    occasion: &'static str,
}

impl Group {
    fn symptom(&self) -> String {
        format!("trouble-{}", self.first)
    }
}

/// An entry's name; whatever the area, the number makes it unique.
fn entry_name(number: usize) -> String {
    format!("{}-{number}", ["fix", "check", "restore", "retry", "adjust"][number % 5])
}

impl File<'_> {
    fn write(&mut self, mut first: usize, last: usize) {
        writeln!(self.out, "# {}：No.{first} から No.{last}。", self.area.title).unwrap();
        while first <= last {
            let size = self.rng.usize(3..=7);
            // Nothing smaller than three is left over for the file's last group.
            let end = if last - first < size + 3 { last } else { first + size - 1 };
            self.write_group(first, end);
            first = end + 1;
        }
    }

    fn write_group(&mut self, first: usize, last: usize) {
        let screen = sentences::pick(self.rng, SCREENS);
        let occasion = OCCASIONS[self.rng.usize(..OCCASIONS.len())];
        let category = format!(
            "{} {} {screen} {} {occasion}",
            self.area.title,
            self.keywords.pick("＞", ">"),
            self.keywords.pick("＞", ">")
        );
        let facts = self.area.choose(first / 3, 7, self.rng);
        let premise = self.area.condition(&facts[..1], self.keywords, self.rng);
        let group = Group { first, last, facts, premise, category, occasion };
        self.write_symptom(&group);
        self.write_check(&group);
        for number in first + 1..last {
            self.write_remedy(&group, number);
        }
        self.write_fallback(&group);
    }

    // ── Lines ──

    fn line(&mut self, indent: usize, japanese: &str, english: &str, rest: &str) {
        let keyword = self.keywords.pick(japanese, english);
        writeln!(self.out, "{:indent$}{keyword} {rest}", "").unwrap();
    }

    fn close(&mut self, indent: usize) {
        writeln!(self.out, "{:indent$}}}", "").unwrap();
    }

    fn steps(&mut self, indent: usize, count: usize) {
        for _ in 0..count {
            let step = sentences::step(self.rng);
            self.line(indent, "＞", ">", &step);
        }
    }

    /// Another entry's number.
    fn other(&mut self, number: usize) -> usize {
        let other = self.rng.usize(1..self.scale.entries);
        if other >= number { other + 1 } else { other }
    }

    /// A step with a checked reference in it.
    fn step_with_reference(&mut self, indent: usize, number: usize) {
        let thing = sentences::solved(self.rng).replace("は正しく表示されましたか？", "");
        let step = match self.rng.u8(..9) {
            0..=2 => format!("[→{}]のとおりに、{thing}を設定します。", self.library.section()),
            3 => format!("[→{}：配布ページ]から、最新の{thing}を保存します。", self.library.link()),
            4 => format!("[→{}]に、{thing}の状況を尋ねます。", self.library.contact()),
            5 => format!("[→{}]に{thing}の番号を書き写します。", self.library.term()),
            6 => format!("{thing}の番号を、[→{}]に入力します。", self.area.text()),
            7 => format!("[→{}]の手順で、{thing}を確かめます。", entry_name(self.other(number))),
            _ => format!("No.{}と同じように、{thing}を確かめます。", self.other(number)),
        };
        self.line(indent, "＞", ">", &step);
    }

    // ── Declarations ──

    fn write_symptom(&mut self, group: &Group) {
        let title = format!("{}（E-{:06}）", sentences::trouble(self.rng), group.first);
        writeln!(self.out, "\n# ---- No.{} ----\n", group.first).unwrap();
        self.line(0, "事象", "symptom", &format!("{} \"{title}\" {{", group.symptom()));
        let message = format!("\"E-{:06}：{}ため、処理を続けられません。\"", group.first, sentences::reason(self.rng));
        self.line(2, "表示", "message", &message);
        self.line(2, "場面", "during", group.occasion);
        let also = format!("{}、{}", sentences::trouble(self.rng), sentences::trouble(self.rng));
        self.line(2, "言い換え", "also", &also);
        self.close(0);
        match group.first % 20 {
            1 => self.write_relative(group, "same-as"),
            2 => self.write_relative(group, "kind-of"),
            _ => {}
        }
    }

    /// A symptom with the same entries, or first of all with its own.
    fn write_relative(&mut self, group: &Group, relation: &str) {
        let title = format!("{}（W-{:06}）", sentences::trouble(self.rng), group.first);
        let head = format!("{}-too \"{title}\" {relation} {} {{", group.symptom(), group.symptom());
        self.line(0, "事象", "symptom", &head);
        let message = format!("\"W-{:06}：{}可能性があります。\"", group.first, sentences::reason(self.rng));
        self.line(2, "表示", "message", &message);
        self.close(0);
    }

    fn open_entry(&mut self, group: &Group, number: usize) {
        let title = sentences::remedy(self.rng);
        self.out.push('\n');
        self.line(0, "項目", "entry", &format!("{} {title} {{", entry_name(number)));
        self.line(2, "番号", "number", &number.to_string());
        self.line(2, "分類", "category", &group.category);
        self.line(2, "事象", "symptom", &group.symptom());
    }

    fn write_check(&mut self, group: &Group) {
        let number = group.first;
        self.open_entry(group, number);
        self.line(2, "条件", "when", &group.premise);
        self.line(2, "先行", "before", &format!("No.{}-{}", number + 1, group.last));
        self.write_cause();
        self.open_action(2, "check");
        self.steps(4, 4);
        self.step_with_reference(4, number);
        self.step_with_reference(4, number);
        let note = sentences::note(self.rng);
        self.line(4, "※", "※", &note);
        let facts: Vec<&str> = group.facts.iter().filter_map(|place| self.area.asked(*place)).take(4).collect();
        self.line(4, "判明", "finds", &facts.join("、"));
        self.line(4, "次", "then", &format!("No.{}-{}", number + 1, group.last));
        self.close(2);
        self.write_otherwise();
        self.close(0);
    }

    fn write_remedy(&mut self, group: &Group, number: usize) {
        self.open_entry(group, number);
        // What overrides tests more than what it overrides, which is thus shown somewhere.
        let overrides = number.is_multiple_of(11) && number + 1 < group.last;
        let tests = if overrides { 5 } else { self.rng.usize(1..=4) };
        let (mut condition, untested) = self.condition(group, tests);
        if overrides {
            // One test that either of two facts passes may leave no more to test than what is overridden tests.
            condition = condition.replace(" または ", " かつ ").replace(" or ", " and ");
        }
        self.line(2, "条件", "when", &condition);
        self.line(2, "先行", "before", &entry_name(number + 1));
        if overrides {
            self.line(2, "打ち消し", "overrides", &format!("No.{}", number + 1));
        }
        self.write_cause();
        match number % 10 {
            0 => self.write_alternatives(number),
            1 if number > group.first + 1 => {
                self.line(2, "実施", "do", &format!("{}/check", entry_name(group.first)));
                self.open_action(2, "repair");
                self.fill_action(group, number, untested);
            }
            _ => {
                self.open_action(2, "repair");
                self.fill_action(group, number, untested);
            }
        }
        let see = format!("No.{}、{}", self.other(number), entry_name(self.other(number)));
        self.line(2, "参照", "see", &see);
        self.write_otherwise();
        self.close(0);
    }

    fn write_fallback(&mut self, group: &Group) {
        let number = group.last;
        self.open_entry(group, number);
        self.line(2, "予備", "fallback", "");
        self.open_action(2, "ask-desk");
        self.steps(4, 6);
        self.step_with_reference(4, number);
        self.step_with_reference(4, number);
        let note = sentences::note(self.rng);
        self.line(4, "！", "!", &note);
        let contact = self.library.contact();
        self.line(4, "連絡", "contact", &contact);
        self.close(2);
        self.close(0);
    }

    // ── Their parts ──

    /// The premise and so many further tests, fewer than there are facts; with the place of one that is left.
    fn condition(&mut self, group: &Group, tests: usize) -> (String, usize) {
        let mut places = group.facts[1..].to_vec();
        self.rng.shuffle(&mut places);
        let untested = places[tests];
        places.truncate(tests);
        let tests = self.area.condition(&places, self.keywords, self.rng);
        (format!("{} {} {tests}", group.premise, self.keywords.pick("かつ", "and")), untested)
    }

    fn write_otherwise(&mut self) {
        let contact = format!("{} {}", self.keywords.pick("連絡", "contact"), self.library.contact());
        self.line(2, "解決しない場合", "otherwise", &contact);
    }

    fn write_cause(&mut self) {
        let reason = sentences::reason(self.rng);
        self.line(2, "要因", "cause", &reason);
    }

    fn open_action(&mut self, indent: usize, name: &str) {
        let title = sentences::remedy(self.rng);
        self.line(indent, "対応策", "action", &format!("{name} \"{title}\" {{"));
    }

    fn fill_action(&mut self, group: &Group, number: usize, untested: usize) {
        let steps = self.rng.usize(2..=5);
        self.steps(4, steps);
        match number % 7 {
            0 => self.write_branch(untested),
            1 => self.write_command(number),
            _ => self.steps(4, 1),
        }
        self.step_with_reference(4, number);
        let note = sentences::note(self.rng);
        self.line(4, "※", "※", &note);
        if number.is_multiple_of(3) {
            let minutes = self.rng.u8(2..30);
            self.line(4, "所要", "takes", &format!("{minutes}{}", self.keywords.pick("分", "min")));
            let percent = self.rng.u8(1..10) * 10;
            self.line(4, "見込み", "likely", &format!("{percent}%"));
        }
        self.write_effect(group, number);
        let solved = sentences::solved(self.rng);
        self.line(4, "解決確認", "solved", &solved);
        self.close(2);
    }

    fn write_effect(&mut self, group: &Group, number: usize) {
        let place = group.facts[number % group.facts.len()];
        if number.is_multiple_of(4)
            && let Some((fact, value)) = self.area.effect(place, self.rng)
        {
            self.line(4, "結果", "sets", &format!("{fact} = {value}"));
        } else if number % 4 == 1
            && let Some(fact) = self.area.asked(place)
        {
            self.line(4, "再確認", "recheck", fact);
        }
    }

    /// A branch on a fact that the entry does not test, or else it would be taken always or never.
    fn write_branch(&mut self, place: usize) {
        let condition = self.area.condition(&[place], self.keywords, self.rng);
        self.line(4, "場合", "when", &format!("{condition} {{"));
        self.steps(6, 2);
        writeln!(self.out, "    }} {} {{", self.keywords.pick("それ以外", "else")).unwrap();
        self.steps(6, 1);
        self.close(4);
    }

    fn write_command(&mut self, number: usize) {
        self.line(4, "＞", ">", "次の命令を、管理者用の画面に入力します。");
        let info = self.keywords.pick("入力", "input");
        writeln!(self.out, "    ```{info}\n    repair.exe /no:{number} /keep > result-{number}.txt\n    ```").unwrap();
    }

    fn write_alternatives(&mut self, number: usize) {
        for mark in ["①", "②"] {
            let title = sentences::remedy(self.rng);
            self.line(2, mark, mark, &title);
            self.steps(4, 2);
            self.step_with_reference(4, number);
        }
    }
}
