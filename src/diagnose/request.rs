//! From what was typed to a case: names looked up, answers read, in the order in which it happened.

use std::collections::BTreeSet;

use super::Case;
use super::names::{action, contact, fact, symptom};
use crate::diag::{Arg, Code, Diagnostic, catalogue};
use crate::plain::{Voice, not_an_answer, read_fact};
use crate::runtime::{Day, Session, decided, find, question_named};
use crate::table::{Kind, Table};

/// A question to a table.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub message: Option<String>,
    pub symptom: Option<String>,
    /// In the order in which it happened, for an action's effects change what was known before it.
    pub given: Vec<Given>,
    pub today: Option<String>,
}

/// Something that was said or done, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// `ID=VALUE`
    Fact(String),
    Unknown(String),
    /// `ENTRY/ACTION`
    Tried(String),
    /// The same, of one that was not done.
    PassedOver(String),
    Contacted(String),
}

/// The case of a request.
///
/// # Errors
/// When a name or a value means nothing in the table: what is wrong, and what was probably meant.
pub fn read(voice: Voice<'_>, request: &Request) -> Result<Case, Box<Diagnostic>> {
    let today = request.today.as_deref().map(|day| day_of(day, voice)).transpose()?;
    let hits = request.message.as_deref().map(|text| find(voice.table, text)).unwrap_or_default();
    let named = request.symptom.as_deref().map(|written| symptom(voice, written)).transpose()?;
    let session = Session { symptom: named.or_else(|| decided(&hits)), today, ..Session::default() };
    let mut reading = Reading { voice, session, given: BTreeSet::new() };
    request.given.iter().try_for_each(|given| reading.take(given))?;
    Ok(Case { message: request.message.clone(), hits, session: reading.session })
}

fn day_of(written: &str, voice: Voice<'_>) -> Result<Day, Box<Diagnostic>> {
    let args = [("argument", Arg::Text("--today".to_owned())), ("value", Arg::Text(written.to_owned()))];
    Day::try_from(written.to_owned()).map_err(|_| refused("value-wrong", &args, voice))
}

fn refused(key: &'static str, args: &[(&'static str, Arg)], voice: Voice<'_>) -> Box<Diagnostic> {
    let detail = catalogue().sentence(key, args, voice.language);
    let finding = Diagnostic::general(Code::CommandLine).text("detail", detail);
    Box::new(finding.text("command", "faqc diagnose").help("usage"))
}

struct Reading<'a> {
    voice: Voice<'a>,
    session: Session,
    /// Facts given since something was last done.
    given: BTreeSet<u32>,
}

impl Reading<'_> {
    fn take(&mut self, given: &Given) -> Result<(), Box<Diagnostic>> {
        let table: &Table = self.voice.table;
        match given {
            Given::Fact(written) => self.fact(written)?,
            Given::Unknown(written) => self.unknown(written)?,
            Given::Tried(written) => {
                self.session.done(table, action(table, written)?);
                self.given.clear();
            }
            Given::PassedOver(written) => self.session.pass_over(action(table, written)?),
            Given::Contacted(written) => self.session.contact(contact(self.voice, written)?),
        }
        Ok(())
    }

    fn fact(&mut self, written: &str) -> Result<(), Box<Diagnostic>> {
        let table = self.voice.table;
        let missing = || refused("value-missing", &[("argument", Arg::Text(format!("--fact {written}")))], self.voice);
        let (name, value) = written.split_once(['=', '＝']).ok_or_else(missing)?;
        let name = fact(table, name)?;
        let read = read_fact(table, &name, value, self.session.today);
        let (question, cells) = read.map_err(|error| Box::new(not_an_answer(&self.label(&name), value, error)))?;
        for it in &cells {
            self.once(it.fact, &name)?;
        }
        let is_whole = table.questions.get(question as usize).is_some_and(|it| it.facts.len() == cells.len());
        match is_whole {
            true => self.session.answer(table, question, &cells),
            false => self.session.give(table, &cells),
        }
        Ok(())
    }

    fn unknown(&mut self, written: &str) -> Result<(), Box<Diagnostic>> {
        let table = self.voice.table;
        let name = fact(table, written)?;
        let name = name.split_once('/').map_or(name.as_str(), |(question, _)| question);
        if let Some(question) = question_named(table, name) {
            let facts = table.questions.get(question as usize).map_or(&[][..], |it| it.facts.as_slice());
            for fact in facts {
                self.once(*fact, name)?;
            }
            self.session.unknown(table, question);
        }
        Ok(())
    }

    /// A fact is given once, unless something was done in between.
    fn once(&mut self, fact: u32, name: &str) -> Result<(), Box<Diagnostic>> {
        if self.given.insert(fact) {
            return Ok(());
        }
        Err(refused("given-twice", &[("argument", Arg::Text(self.label(name)))], self.voice))
    }

    fn label(&self, name: &str) -> String {
        let table = self.voice.table;
        let question = question_named(table, name).and_then(|it| table.questions.get(it as usize));
        let member = || table.facts.iter().find(|it| it.id == name).map(|it| it.label.clone());
        question
            .filter(|it| it.kind != Kind::AnyOf || it.id == name)
            .map(|it| it.label.clone())
            .or_else(member)
            .unwrap_or_else(|| name.to_owned())
    }
}
