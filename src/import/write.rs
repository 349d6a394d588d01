//! Writes rows as `.faq` files. What it writes is compiled before it is given out; an entry that would not compile is
//! written again as plain text, so that the result always compiles and no word is lost.

use std::collections::{BTreeMap, BTreeSet};

use super::head::{Found, Row};
use super::mention::{self, Library, Rewritten, neutral, rewrite};
use super::remedy::{self, Item, is_circled};
use super::symptom::{self, Seen, Symptom};
use super::words::{Words, words};
use super::{Imported, Remark};
use crate::diag::Severity;
use crate::emit::OutputFile;
use crate::language::Language;
use crate::session::{Input, compile_unproved};

/// The file of what entries share.
const COMMON: &str = "common.faq";

/// A knowledge base of all rows.
pub fn knowledge_base(found: &Found, title: &str, mut remarks: Vec<Remark>) -> Imported {
    let language = language_of(&found.rows);
    let config = config(found, title, language);
    let prefix = Prefix::default();
    let (drafts, own) =
        drafts(&found.rows, language, &prefix, &[Input { name: "faq.toml".into(), bytes: config.clone().into() }]);
    remarks.extend(found.remarks.iter().cloned());
    remarks.extend(own);
    let mut files = vec![OutputFile::text("faq.toml", config)];
    files.extend(drafts.into_iter().map(|(name, text)| OutputFile::text(name, text)));
    Imported { files, entries: found.rows.len(), remarks }
}

/// What names of entries and files begin with where others exist already, and the numbers of those.
#[derive(Debug, Default)]
pub struct Prefix<'a> {
    pub id: &'a str,
    pub numbers: BTreeSet<u32>,
}

/// Names and texts of the files for some rows, which compile together with `others`, and what to look at.
pub fn drafts(
    rows: &[Row],
    language: Language,
    prefix: &Prefix<'_>,
    others: &[Input],
) -> (Vec<(String, String)>, Vec<Remark>) {
    let mut plain: BTreeSet<usize> = BTreeSet::new();
    loop {
        let writer = Writer::new(rows, language, prefix);
        let (drafts, remarks) = writer.write(&plain);
        let broken = broken_rows(&drafts, others);
        let is_new = broken.iter().any(|row| !plain.contains(row));
        if broken.is_empty() || !is_new && plain.len() == rows.len() {
            let files = drafts.into_iter().map(|draft| (draft.name, draft.text)).collect();
            return (files, remarks);
        }
        match is_new {
            true => plain.extend(broken),
            false => plain.extend(0..rows.len()),
        }
    }
}

/// Rows in whose text there is an error; all of them for an error elsewhere.
fn broken_rows(drafts: &[Draft], others: &[Input]) -> BTreeSet<usize> {
    let inputs = drafts.iter().map(|draft| Input { name: draft.name.clone(), bytes: draft.text.clone().into_bytes() });
    let compilation = compile_unproved(others.iter().cloned().chain(inputs).collect());
    let errors = compilation.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let mut rows = BTreeSet::new();
    for span in errors.filter_map(|finding| finding.span) {
        let name = &compilation.sources[span.file].name;
        let Some(draft) = drafts.iter().find(|draft| draft.name == *name) else { continue };
        let before = draft.starts.partition_point(|(start, _)| *start <= span.start as usize);
        match before.checked_sub(1).and_then(|at| draft.starts.get(at)) {
            Some((_, row)) => rows.insert(*row),
            None => {
                rows.extend(drafts.iter().flat_map(|draft| draft.starts.iter().map(|(_, row)| *row)));
                true
            }
        };
    }
    rows
}

fn language_of(rows: &[Row]) -> Language {
    let is_japanese = |c: char| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ' | '一'..='龠');
    match rows.iter().any(|row| row.symptom.contains(is_japanese) || row.remedy.contains(is_japanese)) {
        true => Language::Japanese,
        false => Language::English,
    }
}

fn config(found: &Found, title: &str, language: Language) -> String {
    let title = found.title.as_deref().unwrap_or(title).replace('\n', " ");
    let mut text = format!("title = {}\n", toml::Value::String(title));
    text.push_str(match language {
        Language::Japanese => "language = \"ja\"\n",
        Language::English => "language = \"en\"\n",
    });
    if let Some(date) = found.updated.as_deref().and_then(date) {
        text.push_str(&format!("updated = {date}\n"));
    }
    text
}

/// `2023-06-29`, if there is such a day.
fn date(written: &str) -> Option<String> {
    let numbers: Vec<u32> = written
        .split(|c: char| !c.is_numeric())
        .filter_map(|part| mention::digits(part).map(|(number, _)| number))
        .collect();
    let [year, month, day] = numbers.as_slice() else { return None };
    let text = format!("{year:04}-{month:02}-{day:02}");
    text.parse::<toml::value::Datetime>().ok().map(|_| text)
}

/// A file being written, and where each row's text begins in it.
#[derive(Debug, Default)]
struct Draft {
    name: String,
    text: String,
    starts: Vec<(usize, usize)>,
}

struct Writer<'a> {
    rows: &'a [Row],
    prefix: &'a Prefix<'a>,
    language: Language,
    words: &'static Words,
    seen: Vec<Seen>,
    symptoms: Vec<Symptom>,
    /// The wordings that several symptoms have.
    shared: BTreeSet<String>,
    numbers: Vec<Option<u32>>,
    library: Library,
    helped: bool,
    remarks: Vec<Remark>,
    /// Where they stand among these, by the place that they are about.
    remarked: BTreeMap<String, Vec<usize>>,
}

impl<'a> Writer<'a> {
    fn new(rows: &'a [Row], language: Language, prefix: &'a Prefix<'a>) -> Self {
        let seen: Vec<Seen> = rows.iter().map(|row| symptom::read(&row.symptom)).collect();
        let symptoms = symptom::group(rows, &seen);
        let mut met = BTreeSet::new();
        let shared =
            symptoms.iter().filter(|it| !met.insert(it.wording.as_str())).map(|it| it.wording.clone()).collect();
        let mut remarks = Vec::new();
        let numbers = numbers(rows, &prefix.numbers, &mut remarks);
        let known = prefix.numbers.iter().copied().chain(numbers.iter().copied().flatten());
        let library = Library::new(known.collect(), prefix.id);
        Self {
            rows,
            prefix,
            language,
            words: words(language),
            seen,
            symptoms,
            shared,
            numbers,
            library,
            helped: false,
            remarks,
            remarked: BTreeMap::new(),
        }
    }

    fn write(mut self, plain: &BTreeSet<usize>) -> (Vec<Draft>, Vec<Remark>) {
        let names = self.file_names();
        let mut drafts: Vec<Draft> = Vec::new();
        let symptom_of: BTreeMap<usize, usize> = (0..)
            .zip(&self.symptoms)
            .flat_map(|(symptom, it)| it.rows.iter().map(move |row| (*row, symptom)))
            .collect();
        for (row, name) in names.into_iter().enumerate() {
            let at = drafts.iter().position(|draft| draft.name == name).unwrap_or_else(|| {
                drafts.push(Draft { name: name.clone(), ..Draft::default() });
                drafts.len() - 1
            });
            let draft = &mut drafts[at];
            draft.starts.push((draft.text.len(), row));
            let symptom = symptom_of.get(&row).copied().unwrap_or_default();
            let is_first = self.symptoms[symptom].rows.first() == Some(&row);
            if is_first {
                let all_plain = self.symptoms[symptom].rows.iter().any(|row| plain.contains(row));
                draft.text.push_str(&self.symptom(symptom, all_plain));
            }
            draft.text.push_str(&self.entry(row, symptom, plain.contains(&row)));
        }
        for draft in &mut drafts {
            draft.text.truncate(draft.text.trim_end().len());
            draft.text.push('\n');
        }
        let common = self.common();
        if !common.is_empty() {
            drafts.push(Draft { name: format!("{}{COMMON}", self.prefix.id), text: common, starts: Vec::new() });
        }
        (drafts, self.remarks)
    }

    /// A file for each of the widest categories, when there are several.
    fn file_names(&self) -> Vec<String> {
        let widest = |row: &Row| row.categories.first().cloned().unwrap_or_default();
        let all: BTreeSet<String> = self.rows.iter().map(widest).collect();
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let mut used: BTreeSet<String> = BTreeSet::from([COMMON.to_lowercase()]);
        let mut name_of = |category: String| {
            let safe: String =
                category.chars().map(|c| if c.is_alphanumeric() || c == '・' { c } else { '-' }).take(40).collect();
            let safe = safe.trim_matches('-').to_owned();
            let base = if all.len() < 2 || safe.is_empty() { "faq".to_owned() } else { safe };
            let name = taken.entry(category).or_insert_with(|| {
                let names = std::iter::once(format!("{base}.faq")).chain((2..).map(|n| format!("{base}-{n}.faq")));
                let name = names.into_iter().find(|name| !used.contains(&name.to_lowercase())).unwrap_or_default();
                used.insert(name.to_lowercase());
                name
            });
            format!("{}{name}", self.prefix.id)
        };
        self.rows.iter().map(|row| name_of(widest(row))).collect()
    }

    fn remark(&mut self, remark: Remark) -> String {
        let sentence = remark.sentence(self.language).replace('\n', " ");
        let comment = format!("# {}{}{sentence}", remark.place, if remark.place.is_empty() { "" } else { ": " });
        let about = self.remarked.entry(remark.place.clone()).or_default();
        if !about.iter().any(|at| self.remarks[*at] == remark) {
            about.push(self.remarks.len());
            self.remarks.push(remark);
        }
        comment
    }

    fn id(&self, row: usize) -> String {
        match self.numbers[row] {
            Some(number) => format!("{}no-{number}", self.prefix.id),
            None => format!("{}row-{}", self.prefix.id, row + 1),
        }
    }

    fn symptom(&mut self, at: usize, plain: bool) -> String {
        let id = self.symptom_id(at);
        let symptom = &self.symptoms[at];
        let (messages, notes, rows) = (symptom.messages.clone(), symptom.notes.clone(), symptom.rows.clone());
        let wording = self.wording(&symptom.wording, &messages);
        let is_untitled = wording.is_none();
        let wording = wording.unwrap_or_else(|| self.words.untitled.to_owned());
        let place = rows.first().map(|row| self.rows[*row].places[4].clone()).unwrap_or_default();
        let title = self.title(&wording, plain, &place);
        let mut out = format!("{} {id} {title} {{\n", self.words.symptom);
        for message in messages.iter().filter(|_| !plain) {
            out.push_str(&message_lines(message, self.words));
        }
        for note in &notes {
            out.push_str(&self.sentence("  ", self.words.note, note, plain, &place));
        }
        if is_untitled {
            let comment = self.remark(Remark::new(place.clone(), "import-no-symptom"));
            out.push_str(&format!("  {comment}\n"));
        }
        if rows.len() > 1 {
            let numbers: Vec<String> = rows.iter().map(|row| self.shown(*row)).collect();
            let comment = self.remark(Remark::new(place, "import-same-symptom").text("rows", numbers.join("、")));
            out.push_str(&format!("  {comment}\n"));
        }
        out + "}\n\n"
    }

    /// With the message, where several symptoms are worded alike.
    fn wording(&self, wording: &str, messages: &[Vec<String>]) -> Option<String> {
        let message = messages.first().and_then(|lines| lines.first()).map(|line| format!("「{line}」"));
        let is_shared = self.shared.contains(wording);
        match (wording.is_empty(), message) {
            (false, Some(message)) if is_shared => Some(format!("{wording}{message}")),
            (false, _) => Some(wording.to_owned()),
            (true, message) => message,
        }
    }

    fn symptom_id(&self, at: usize) -> String {
        let first = self.symptoms[at].rows.first().copied().unwrap_or_default();
        format!("{}-symptom", self.id(first))
    }

    fn shown(&self, row: usize) -> String {
        self.numbers[row].map_or_else(|| self.rows[row].places[4].clone(), |number| format!("No.{number}"))
    }

    fn entry(&mut self, row: usize, symptom: usize, plain: bool) -> String {
        let it = &self.rows[row];
        let words = self.words;
        let seen = self.seen[row].clone();
        let own = seen.cases.first().filter(|text| !text.is_empty()).cloned();
        let wording = own.or_else(|| self.wording(&seen.wording, &seen.messages));
        let title = self.title(&wording.unwrap_or_else(|| words.untitled.to_owned()), plain, &it.places[4]);
        let mut out = format!("{} {} {title} {{\n", words.entry, self.id(row));
        if let Some(number) = self.numbers[row] {
            out.push_str(&format!("  {} {number}\n", words.number));
        }
        for remark in it.unread.clone() {
            out.push_str(&format!("  {}\n", self.remark(remark)));
        }
        let parts = it.categories.iter().flat_map(|part| part.split(['>', '＞'])).map(harmless);
        // A colon after a keyword belongs to the keyword.
        let parts = parts.map(|part| part.trim_start_matches([':', '：', ' ', '　']).to_owned());
        let path: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        if !path.is_empty() {
            out.push_str(&format!("  {} {}\n", words.category, path.join(words.between)));
        }
        out.push_str(&format!("  {} {}\n", words.symptom, self.symptom_id(symptom)));
        if plain {
            let comment = self.remark(Remark::new(it.places[5].clone(), "import-plain"));
            out.push_str(&format!("  {comment}\n"));
            out.push_str(&self.plain_lines(row));
        } else {
            out.push_str(&self.cases(row, &seen));
            out.push_str(&self.remedy(row));
        }
        out + "}\n\n"
    }

    /// All that the cells say, as notes.
    fn plain_lines(&mut self, row: usize) -> String {
        let it = &self.rows[row];
        let lines = it.symptom.lines().chain(it.remedy.lines()).map(|line| harmless(&neutral(line)));
        let notes: String =
            lines.filter(|line| !line.is_empty()).map(|line| format!("  {} {line}\n", self.words.note)).collect();
        if notes.is_empty() { format!("  {} {}\n", self.words.note, self.words.no_remedy) } else { notes }
    }

    /// What tells this row from others alike: a condition in the making.
    fn cases(&mut self, row: usize, seen: &Seen) -> String {
        let place = self.rows[row].places[4].clone();
        let mut out = String::new();
        for (index, case) in seen.cases.iter().enumerate() {
            let comment = self.remark(Remark::new(place.clone(), "import-condition").text("text", case.clone()));
            out.push_str(&format!("  {comment}\n"));
            // The first is the title.
            if index > 0 {
                out.push_str(&self.sentence("  ", self.words.note, case, false, &place));
            }
        }
        out
    }

    fn remedy(&mut self, row: usize) -> String {
        let place = self.rows[row].places[5].clone();
        let items = remedy::read(&self.rows[row].remedy);
        if items.is_empty() {
            let comment = self.remark(Remark::new(place, "import-no-remedy"));
            return format!("  {comment}\n  {} {}\n", self.words.note, self.words.no_remedy);
        }
        let mut out = String::new();
        let (leading, actions) = arranged(items);
        for item in &leading {
            out.push_str(&self.item("  ", item, &place));
        }
        for action in &actions {
            out.push_str(&self.action("  ", action, &place));
        }
        let all = &self.rows[row].remedy;
        let lower = all.to_lowercase();
        if (all.contains("ヘルプデスク") || lower.contains("help desk") || lower.contains("helpdesk"))
            && ["問い合わせ", "問合せ", "連絡", "ask", "contact", "call"].iter().any(|word| lower.contains(word))
        {
            self.helped = true;
            let (words, id) = (self.words, self.prefix.id);
            out.push_str(&format!("  {} {} {id}helpdesk\n", words.otherwise, words.to_contact));
        }
        out
    }

    fn action(&mut self, indent: &str, action: &Action, place: &str) -> String {
        let inner = format!("{indent}  ");
        let mut out = format!("{indent}{} ", self.words.action);
        if let Some(title) = &action.title {
            let (mark, text) = match title.chars().next().filter(|c| is_circled(*c)) {
                Some(mark) => (format!("{mark} "), title.get(mark.len_utf8()..).unwrap_or("").trim()),
                None => (String::new(), title.as_str()),
            };
            out.push_str(&format!("{mark}{} ", self.title(text, false, place)));
        }
        out.push_str("{\n");
        for item in &action.items {
            out.push_str(&self.item(&inner, item, place));
        }
        for child in &action.children {
            out.push_str(&self.action(&inner, child, place));
        }
        out + indent + "}\n"
    }

    fn item(&mut self, indent: &str, item: &Item, place: &str) -> String {
        let words = self.words;
        match item {
            Item::Cause(text) if indent.len() == 2 && !text.contains(['{', '｛', '}', '｝']) => {
                self.sentence(indent, words.cause, text, false, place)
            }
            Item::Step(text) => self.sentence(indent, words.step, text, false, place),
            Item::Bullet(text) if indent.len() > 2 => self.sentence(indent, "・", text, false, place),
            Item::Warning(text) => self.sentence(indent, words.warning, text, false, place),
            Item::Bullet(text) => self.sentence(indent, words.note, &format!("・{text}"), false, place),
            Item::Cause(text) | Item::Action(text) | Item::Note(text) => {
                self.sentence(indent, words.note, text, false, place)
            }
            Item::Unknown(text) => {
                let comment = self.remark(Remark::new(place, "import-unknown").text("text", text.clone()));
                format!("{indent}{comment}\n{}", self.sentence(indent, words.note, text, false, place))
            }
        }
    }

    /// A line that begins with a mark or a keyword.
    fn sentence(&mut self, indent: &str, mark: &str, text: &str, plain: bool, place: &str) -> String {
        let text = self.rewritten(text, plain, place);
        let text = text.trim();
        // A colon behind a keyword would be taken for its own.
        let text = if mark.chars().all(char::is_alphabetic) { text.trim_start_matches([':', '：']) } else { text };
        if text.is_empty() { String::new() } else { format!("{indent}{mark} {text}\n") }
    }

    fn rewritten(&mut self, text: &str, plain: bool, place: &str) -> String {
        let line = one_line(text);
        if plain {
            return harmless(&neutral(&line));
        }
        let Rewritten { text, unknown, changed } = rewrite(&line, &mut self.library);
        for number in unknown {
            self.remark(Remark::new(place, "import-unknown-number").text("number", number));
        }
        if changed {
            self.remark(Remark::new(place, "import-changed").text("text", line));
        }
        text
    }

    /// Between quotes that the text does not hold.
    fn title(&mut self, text: &str, plain: bool, place: &str) -> String {
        let text = self.rewritten(text, plain, place);
        let text = if text.trim().is_empty() { self.words.untitled.to_owned() } else { text.trim().to_owned() };
        match (text.contains('"'), text.contains(['“', '”'])) {
            (false, _) => format!("\"{text}\""),
            (true, false) => format!("“{text}”"),
            (true, true) => format!("\"{}\"", text.replace('"', "＂")),
        }
    }

    /// Links, documents and contacts that entries refer to.
    fn common(&self) -> String {
        let words = self.words;
        let declared = |keyword: &str, id: &str, index: usize, title: &str| {
            format!("{keyword} {}{id}-{} \"{}\"", self.prefix.id, index + 1, title.replace('"', "＂"))
        };
        let mut out = String::new();
        for (index, (url, title)) in self.library.links.iter().enumerate() {
            out.push_str(&format!("{} {url}\n", declared(words.link, "link", index, title)));
        }
        for (index, (title, _, sections)) in self.library.documents.iter().enumerate() {
            out.push_str(&format!("{} {{\n", declared(words.document, "document", index, title)));
            sections.iter().for_each(|section| out.push_str(&format!("  {} {section}\n", words.section)));
            out.push_str("}\n");
        }
        if self.helped {
            out.push_str(&format!("{} {}helpdesk \"{}\"\n", words.contact, self.prefix.id, words.help_desk));
        }
        out
    }
}

fn numbers(rows: &[Row], taken: &BTreeSet<u32>, remarks: &mut Vec<Remark>) -> Vec<Option<u32>> {
    let mut taken = taken.clone();
    let mut number = |row: &Row| {
        let written = row.number.trim();
        let place = row.places[0].clone();
        if written.is_empty() {
            remarks.push(Remark::new(place, "import-number-missing"));
            return None;
        }
        match read_number(written) {
            Some(number) if taken.insert(number) => Some(number),
            Some(_) => {
                remarks.push(Remark::new(place, "import-number-twice").text("number", written));
                None
            }
            None => {
                remarks.push(Remark::new(place, "import-number-wrong").text("number", written));
                None
            }
        }
    };
    rows.iter().map(&mut number).collect()
}

/// `10`, `１０`, `No.10`, `10.0`.
pub fn read_number(written: &str) -> Option<u32> {
    let bare = ["No", "Ｎｏ", "NO", "№"].iter().find_map(|mark| written.strip_prefix(mark)).unwrap_or(written);
    let bare = bare.trim_start_matches(['.', '．', ' ']);
    let (number, length) = mention::digits(bare)?;
    let rest = bare.get(length..)?.trim_end_matches('.');
    (rest.is_empty() || rest == ".0" || rest == "番").then_some(number)
}

/// On one line, without what cannot be seen.
fn one_line(text: &str) -> String {
    let seen = |c: char| if c == '\n' || c == '\t' { ' ' } else { c };
    text.chars().map(seen).filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

/// Without braces and quotes that could open or close anything.
fn harmless(text: &str) -> String {
    let full = |c: char| match c {
        '{' | '｛' => '（',
        '}' | '｝' => '）',
        '"' => '＂',
        other => other,
    };
    one_line(text).chars().map(full).collect()
}

fn message_lines(message: &[String], words: &Words) -> String {
    let is_fenced = message.len() > 1 || message.iter().any(|line| line.contains('"'));
    match message {
        [only] if !is_fenced => format!("  {} \"{}\"\n", words.message, one_line(only)),
        lines => {
            let lines: String =
                lines.iter().map(|line| format!("  {}\n", one_line(line).replace("```", "'''"))).collect();
            format!("  {}\n  ```\n{lines}  ```\n", words.message)
        }
    }
}

/// An action, and those that divide it.
#[derive(Debug, Default)]
struct Action {
    title: Option<String>,
    items: Vec<Item>,
    children: Vec<Action>,
}

/// What belongs to the entry, and its actions: ① below ■ divides it.
fn arranged(items: Vec<Item>) -> (Vec<Item>, Vec<Action>) {
    let mut leading: Vec<Item> = Vec::new();
    let mut actions: Vec<Action> = Vec::new();
    for item in items {
        let begins_circled = |title: &str| title.starts_with(is_circled);
        match item {
            Item::Action(title) => {
                let own = Action { title: Some(title.clone()), ..Action::default() };
                match actions
                    .last_mut()
                    .filter(|last| last.title.as_deref().is_some_and(|above| !begins_circled(above)))
                {
                    Some(heading) if begins_circled(&title) => heading.children.push(own),
                    _ => actions.push(own),
                }
            }
            Item::Cause(_) => leading.push(item),
            item => match (actions.last_mut(), &item) {
                (Some(last), _) => {
                    last.children.last_mut().map_or(&mut last.items, |child| &mut child.items).push(item)
                }
                (None, Item::Step(_)) => actions.push(Action { items: vec![item], ..Action::default() }),
                (None, _) => leading.push(item),
            },
        }
    }
    (leading, actions)
}
