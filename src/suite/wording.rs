//! How what a test gives and expects is written down. Refuses to know what should be.

use std::collections::BTreeMap;

use super::Subject;
use crate::domain::Cell;
use crate::language::Language;
use crate::model::{ContactId, EntryId, FactId, Id, SymptomId, Type, fold_name};
use crate::runtime::{Next, Session};
use crate::speech::civil;
use crate::types::{Cut, Interval, Point, show_scaled};

/// How a value can be given.
pub(super) enum Said {
    /// `fact = value`
    Text(String),
    /// It follows from what else is given: a value that is not among those chosen.
    Already,
    /// It cannot be given.
    Never,
}

/// The words of a knowledge base's language.
pub(super) struct Wording<'a> {
    subject: &'a Subject<'a>,
    is_japanese: bool,
}

impl<'a> Wording<'a> {
    pub(super) fn of(subject: &'a Subject<'a>) -> Self {
        let is_japanese = subject.compilation.model.config.language == Language::Japanese;
        Self { subject, is_japanese }
    }

    fn word(&self, japanese: &'static str, english: &'static str) -> &'static str {
        if self.is_japanese { japanese } else { english }
    }

    pub(super) fn symptom(&self, symptom: SymptomId) -> String {
        let declared = &self.subject.compilation.model.symptoms[symptom];
        if declared.in_place {
            format!("\"{}\"", self.subject.compilation.sources.text(declared.name))
        } else {
            name(&declared.id)
        }
    }

    /// None for a text that cannot be quoted.
    pub(super) fn message(&self, text: &str) -> Option<String> {
        let text = one_line(text);
        (!text.contains(['"', '“', '”'])).then(|| format!("{} \"{text}\"", self.word("表示", "message")))
    }

    /// That a fact (an index) has a cell, where these are all that is given.
    pub(super) fn given(&self, fact: u32, cell: u32, all: &BTreeMap<u32, u32>) -> Said {
        let variable = &self.subject.domain.variables[fact as usize];
        let Some(cell) = variable.cells.get(cell as usize) else { return Said::Never };
        let value = match (variable.member, cell) {
            (_, Cell::NotApplicable) => None,
            (Some(_), Cell::No) if self.is_said(fact, all) => return Said::Already,
            (Some(_), Cell::No) => self.none(variable.fact),
            (Some(member), _) => self.value(variable.fact, member),
            (None, Cell::Yes) => Some(self.word("はい", "yes").to_owned()),
            (None, Cell::No) => Some(self.word("いいえ", "no").to_owned()),
            (None, Cell::Value(value)) => self.value(variable.fact, *value),
            (None, Cell::Other(_)) => Some(self.word("その他", "other").to_owned()),
            (None, Cell::Stretch(interval)) => self.inside(variable.fact, interval),
        };
        let id = name(&self.subject.compilation.model.facts[variable.fact].id);
        value.map_or(Said::Never, |value| Said::Text(format!("{id} {} {value}", self.word("＝", "="))))
    }

    /// Whether it follows that this is not among several values: from one that is, or since what comes before it says that none is.
    fn is_said(&self, fact: u32, all: &BTreeMap<u32, u32>) -> bool {
        const YES: u32 = 0;
        let mut vars = self.subject.domain.vars(self.subject.domain.variables[fact as usize].fact).map(|var| var.0);
        vars.any(|var| all.get(&var) == Some(&YES) || (var < fact && all.contains_key(&var)))
    }

    /// The word for none of several values, unless one of them is called so.
    fn none(&self, fact: FactId) -> Option<String> {
        let word = self.word("なし", "none");
        let Type::AnyOf { values } = &self.subject.compilation.model.facts[fact].ty else { return None };
        let mut texts = values.iter().flat_map(|value| [Some(value.span), value.label].into_iter().flatten());
        let is_taken =
            texts.any(|text| fold_name(self.subject.compilation.sources.text(text)).trim().eq_ignore_ascii_case(word));
        (!is_taken).then(|| word.to_owned())
    }

    fn value(&self, fact: FactId, index: usize) -> Option<String> {
        let declared = match &self.subject.compilation.model.facts[fact].ty {
            Type::OneOf { values, .. } | Type::AnyOf { values } => values.get(index)?,
            Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => return None,
        };
        Some(name(self.subject.compilation.sources.text(declared.span)))
    }

    /// A value inside the stretch: its first, else its last.
    fn inside(&self, fact: FactId, Interval { from, to }: &Interval) -> Option<String> {
        match (from, to) {
            (Some(Cut { point: Point::Version(parts), after: true }), _) => newer(parts, to.as_ref()),
            (Some(from), _) => self.point(fact, &from.point, 0),
            (None, Some(Cut { point: Point::Version(_), .. })) => Some("0".to_owned()),
            (None, Some(to)) => self.point(fact, &to.point, 1),
            (None, None) => match self.subject.compilation.model.facts[fact].ty {
                Type::Date => Some(self.word("今日", "today").to_owned()),
                Type::Number { .. } => Some("0".to_owned()),
                Type::Version => Some("1".to_owned()),
                Type::Error | Type::YesNo | Type::OneOf { .. } | Type::AnyOf { .. } => None,
            },
        }
    }

    /// The point, or as many steps before it.
    fn point(&self, fact: FactId, point: &Point, back: i64) -> Option<String> {
        let types = &self.subject.compilation.types;
        match point {
            Point::Number(number) => {
                Some(show_scaled(number.checked_sub(back)?, types.scales.get(&fact).copied().unwrap_or(0)))
            }
            Point::Version(parts) => Some(version(parts)),
            Point::Date(day) => {
                let (year, month, day) = civil(day.checked_sub(back)?);
                Some(format!("{year:04}-{month:02}-{day:02}"))
            }
            Point::Today(days) => Some(self.days_from_today(days.checked_sub(back)?)),
        }
    }

    fn days_from_today(&self, days: i64) -> String {
        let (today, unit) = (self.word("今日", "today"), self.word("日", " days"));
        match days {
            0 => today.to_owned(),
            1.. => format!("{today} + {days}{unit}"),
            ..0 => format!("{today} - {}{unit}", days.unsigned_abs()),
        }
    }

    pub(super) fn certain(&self, entry: EntryId) -> String {
        let id = &self.subject.compilation.model.entries[entry].id;
        format!("{} {}", self.word("確実", "certain"), name(id))
    }

    /// What comes next.
    pub(super) fn next(&self, session: &Session) -> Option<String> {
        let table = self.subject.table;
        match self.subject.reader.next(session) {
            Next::Ask { question, .. } => {
                let question = table.questions.get(question as usize)?;
                Some(format!("{} {}", self.word("質問", "ask"), name(&question.id)))
            }
            Next::Do { action, .. } => {
                let action = table.actions.get(action as usize)?;
                let (entry, action) = action.id.split_once('/')?;
                Some(format!("{} {}/{}", self.word("対応策", "action"), name(entry), name(action)))
            }
            Next::Contact { contact, .. } => {
                let contact = &self.subject.compilation.model.contacts[ContactId::new(contact as usize)];
                Some(format!("{} {}", self.word("連絡", "contact"), name(&contact.id)))
            }
            Next::Done => Some(self.word("なし", "none").to_owned()),
            Next::Choose | Next::Contradiction { .. } => None,
        }
    }

    pub(super) fn block(&self, title: &str, given: &[String], expect: &[String]) -> String {
        let title: String = title.chars().map(|c| if matches!(c, '"' | '“' | '”') { '\'' } else { c }).collect();
        let mut out = format!("{} \"{title}\" {{\n", self.word("試験", "test"));
        out += &format!("  {} {}\n", self.word("与件", "given"), given.join(self.word("、", ", ")));
        for expect in expect {
            out += &format!("  {} {expect}\n", self.word("期待", "expect"));
        }
        out + "}\n"
    }
}

/// A version after this one and before the other end.
fn newer(parts: &[u32], to: Option<&Cut>) -> Option<String> {
    const DEEPEST: usize = 4;
    let fits = |version: &Vec<u32>| match to {
        Some(Cut { point: Point::Version(end), after }) => version < end || (*after && version == end),
        Some(_) | None => true,
    };
    let candidates = (0..DEEPEST).map(|zeros| {
        let zeros = std::iter::repeat_n(0, zeros);
        parts.iter().copied().chain(zeros).chain([1]).collect::<Vec<u32>>()
    });
    candidates.into_iter().find(fits).map(|found| version(&found))
}

fn version(parts: &[u32]) -> String {
    if parts.is_empty() {
        return "0".to_owned();
    }
    parts.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}

/// Quoted where it cannot be written bare.
fn name(id: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '・' | 'ー' | '々');
    if id.chars().all(bare) { id.to_owned() } else { format!("\"{id}\"") }
}

/// Line breaks become spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
