//! What one version says, line by line, each with when a reader is shown it. Refuses to know the other version.
//!
//! Texts that depend on a fact stand in place, one line for each case of them. Conditions are not lines: what they come
//! to is compared situation by situation.

mod declared;
mod entry;
mod steps;

pub use declared::{base, contact, document, fact, link, symptom, term};
pub use entry::{action, entry};

use super::version::Version;
use crate::domain::Meanings;
use crate::emit::markdown::words::{Words, words};
use crate::language::Language;
use crate::logic::Formula;
use crate::model::{ConditionId, Prose, Reference, Target, TextId};
use crate::prose::{self, Piece};
use crate::speech;

/// A line as a reader sees it.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    /// What is compared, when that is not the text.
    pub key: Option<String>,
    /// What its references lead to, in order.
    pub aims: Vec<Target>,
    /// In the version's own space.
    pub when: Formula,
    /// The same in words, to stand before the text; empty where it is always.
    pub case: String,
    /// It says how the reader is led, not what the reader is told.
    pub is_guidance: bool,
}

/// Collects lines; the labels of both versions are in the language of the new one.
pub struct Teller<'a> {
    version: &'a Version<'a>,
    words: &'static Words,
    language: Language,
    lines: Vec<Line>,
    when: Formula,
    case: String,
}

/// In more ways than this a line is not written out; it is compared with all its cases at once then.
const MOST_WAYS: usize = 64;

/// A line that is being put together, for certain cases of the texts in it.
#[derive(Clone)]
struct Way {
    when: Formula,
    case: String,
    text: String,
    aims: Vec<Target>,
}

impl<'a> Teller<'a> {
    pub fn new(version: &'a Version<'a>, language: Language) -> Self {
        let (when, case) = (Formula::Const(true), String::new());
        Self { version, words: words(language), language, lines: Vec::new(), when, case }
    }

    pub fn finish(self) -> Vec<Line> {
        self.lines
    }

    fn text(&self, span: crate::source::Span) -> &'a str {
        self.version.compilation.sources.text(span)
    }

    fn title(&self, target: &Target) -> String {
        prose::title(target, self.version.model(), &self.version.compilation.sources).replace('\n', " ")
    }

    fn push(&mut self, text: String, aims: Vec<Target>) {
        let (when, case) = (self.when.clone(), self.case.clone());
        self.lines.push(Line { text, key: None, aims, when, case, is_guidance: false });
    }

    /// A label and plain text.
    fn field(&mut self, label: &str, text: &str) {
        self.push(format!("{label}{}{text}", self.words.colon), Vec::new());
    }

    /// A label and the titles of what it leads to.
    fn list(&mut self, label: &str, aims: Vec<Target>) {
        if !aims.is_empty() {
            let titles: Vec<String> = aims.iter().map(|aim| self.title(aim)).collect();
            self.push(format!("{label}{}{}", self.words.colon, titles.join(self.words.comma)), aims);
        }
    }

    /// What steers the next step. Compared by what it leads to and by its `key`, since its words are those of others.
    fn guidance(&mut self, label: &str, text: &str, key: String, aims: Vec<Target>) {
        let text = format!("{label}{}{text}", self.words.colon);
        let key = Some(format!("{label}{key}"));
        let (when, case) = (self.when.clone(), self.case.clone());
        self.lines.push(Line { text, key, aims, when, case, is_guidance: true });
    }

    fn see(&mut self, references: &[Reference]) {
        if references.is_empty() {
            return;
        }
        let shown = references.iter().map(|reference| match reference.shown {
            Some(span) => self.text(span).to_owned(),
            None => self.title(&reference.target),
        });
        let shown = shown.collect::<Vec<_>>().join(self.words.comma);
        let aims = references.iter().map(|reference| reference.target.clone()).collect();
        self.push(format!("{}{}{shown}", self.words.see, self.words.colon), aims);
    }

    /// A text after a mark or a label; its further lines follow by themselves.
    fn prose(&mut self, mark: &str, prose: &Prose) {
        let version = self.version;
        let mut ways = self.start(mark);
        for piece in prose::pieces(prose, &version.compilation.sources) {
            match piece {
                Piece::Text(text) => ways.iter_mut().for_each(|way| way.text.push_str(text)),
                Piece::Reference(reference) => ways = self.refer(ways, reference),
                Piece::Break => {
                    let done = std::mem::replace(&mut ways, self.start(""));
                    self.push_ways(done);
                }
            }
        }
        self.push_ways(ways);
    }

    fn start(&self, mark: &str) -> Vec<Way> {
        vec![Way { when: self.when.clone(), case: self.case.clone(), text: mark.to_owned(), aims: Vec::new() }]
    }

    fn push_ways(&mut self, ways: Vec<Way>) {
        let line = |Way { when, case, text, aims }| Line { text, key: None, aims, when, case, is_guidance: false };
        self.lines.extend(ways.into_iter().map(line));
    }

    fn refer(&self, mut ways: Vec<Way>, reference: &Reference) -> Vec<Way> {
        if let (Target::Text(id), None) = (&reference.target, reference.shown) {
            return self.by_value(ways, *id);
        }
        let shown = prose::shown(reference, self.version.model(), &self.version.compilation.sources);
        for way in &mut ways {
            way.text.push_str(&shown);
            way.aims.push(reference.target.clone());
        }
        ways
    }

    /// The text that each case stands for, and none where no case holds.
    fn by_value(&self, mut ways: Vec<Way>, id: TextId) -> Vec<Way> {
        let cases = self.cases(id);
        if ways.len().saturating_mul(cases.len()) > MOST_WAYS {
            let all: Vec<String> = cases.iter().map(|case| format!("{}{}", case.case, case.text)).collect();
            let (open, close) = (self.words.open_paren, self.words.close_paren);
            ways.iter_mut().for_each(|way| way.text.push_str(&format!("{open}{}{close}", all.join(self.words.comma))));
            return ways;
        }
        let together = |way: &Way, case: &Way| Way {
            when: Meanings::and([way.when.clone(), case.when.clone()]),
            case: format!("{}{}", way.case, case.case),
            text: format!("{}{}", way.text, case.text),
            aims: way.aims.iter().chain(&case.aims).cloned().collect(),
        };
        ways.iter().flat_map(|way| cases.iter().map(move |case| together(way, case))).collect()
    }

    /// The first case that holds counts; the last way is that none does.
    fn cases(&self, id: TextId) -> Vec<Way> {
        let model = self.version.model();
        let text = &model.texts[id];
        let mut still_open = Formula::Const(true);
        let mut ways = Vec::with_capacity(text.cases.len() + 1);
        for case in &text.cases {
            let own = self.case_formula(id, case);
            let when = Meanings::and([still_open.clone(), own.clone()]);
            still_open = Meanings::and([still_open, Meanings::not(&own)]);
            // A text in a text is named: two may name each other.
            let aims = case.text.refs.iter().map(|reference| reference.target.clone()).collect();
            let words = prose::plain(&case.text, model, &self.version.compilation.sources);
            ways.push(Way { when, case: self.case_words(id, case), text: words, aims });
        }
        if still_open != Formula::Const(false) {
            ways.push(Way {
                when: still_open,
                case: self.words.else_case.into(),
                text: String::new(),
                aims: Vec::new(),
            });
        }
        ways
    }

    fn case_formula(&self, id: TextId, case: &crate::model::TextCase) -> Formula {
        let Some(value) = &case.value else { return Formula::Const(true) };
        let version = self.version;
        let test = version.compilation.types.values.get(&value.span);
        match version.model().texts[id].by.zip(test) {
            Some((by, test)) => version.meanings.test(by.fact, test),
            None => Formula::Const(false),
        }
    }

    fn case_words(&self, id: TextId, case: &crate::model::TextCase) -> String {
        match (&self.version.model().texts[id].by, &case.value) {
            (Some(by), Some(value)) => {
                let (before, after) = self.words.in_case;
                let value = speech::value(self.version.speech(self.language), by.fact, value);
                format!("{before}{}{}{value}{after}", self.title(&Target::Fact(by.fact)), self.words.colon)
            }
            (None, Some(_)) | (_, None) => self.words.else_case.to_owned(),
        }
    }

    /// Tells what is shown only where the conditions hold, and `beside` them a formula without words.
    fn within(
        &mut self,
        conditions: &[ConditionId],
        beside: &Formula,
        words: Option<&str>,
        tell: impl FnOnce(&mut Self),
    ) {
        let own = self.version.meanings.all(conditions);
        let outer = (self.when.clone(), self.case.clone());
        self.when = Meanings::and([outer.0.clone(), beside.clone(), own]);
        if let Some(words) = words {
            self.case.push_str(words);
        }
        tell(self);
        (self.when, self.case) = outer;
    }

    /// 「OS：64ビット の場合：」; nothing for no conditions.
    fn when_words(&self, conditions: &[ConditionId]) -> String {
        if conditions.is_empty() {
            return String::new();
        }
        let (before, after) = self.words.in_case;
        let text = |piece: speech::Piece<'_>| match piece {
            speech::Piece::Text(text) => text.into_owned(),
            speech::Piece::Fact(_, label) => label.to_owned(),
        };
        let said: String =
            speech::pieces(self.version.speech(self.language), conditions).into_iter().map(text).collect();
        format!("{before}{said}{after}")
    }
}
