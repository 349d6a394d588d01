//! What a conformance vector is, and what the reader in Rust says to it.

use std::collections::BTreeSet;

use faqc::runtime::{
    AnswerError, Day, Evidence, LoadError, Session, clashes, find, fold, judge, judge_actions, judge_condition, next,
    read_answer, read_given, search_text, shown, take_effects,
};
use faqc::table::{Assignment, Row, Table};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

/// A table, and what a reader of it has to say.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// What is shown here.
    pub about: String,
    /// An inference table: see `table.schema.json`.
    pub table: Value,
    pub checks: Vec<Check>,
}

/// A call, and what it has to give.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Check {
    #[serde(flatten)]
    pub call: Call,
    /// The result, as JSON: equal but for the order of members.
    pub gives: Value,
}

/// A row as in the table: cells by fact.
type Cells = Row;

/// What is called, with its arguments. Numbers are indexes into the lists of the table.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "call", rename_all = "kebab-case")]
pub enum Call {
    /// Gives the folded text.
    Fold { text: String },
    /// Gives the hits of a search of symptoms.
    Find { text: String },
    /// Gives the hits of a search of entries.
    SearchText { text: String },
    /// Gives whether a document can be read as a table: `readable`, or else `format`, `version` or `damaged`.
    CheckTable { document: Value },
    /// Gives the judgements of a symptom's entries.
    Judge {
        symptom: u32,
        #[serde(deserialize_with = "plain")]
        evidence: Cells,
    },
    /// Gives the judgements of a symptom's actions.
    JudgeActions {
        symptom: u32,
        #[serde(deserialize_with = "plain")]
        evidence: Cells,
    },
    /// Gives the verdict of each of the table's conditions.
    JudgeConditions {
        #[serde(deserialize_with = "plain")]
        evidence: Cells,
    },
    /// Gives a list of facts for each clash.
    Clashes {
        #[serde(deserialize_with = "plain")]
        evidence: Cells,
    },
    /// Gives the `evidence` that is left, and the facts that are `open` now.
    TakeEffects {
        action: u32,
        #[serde(deserialize_with = "plain")]
        evidence: Cells,
    },
    /// Gives `cells`, or what is wrong.
    ReadAnswer {
        question: u32,
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        today: Option<Day>,
    },
    /// Gives `question` and `cells`, or what is wrong.
    ReadGiven {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        today: Option<Day>,
    },
    /// Gives the step: see `next.schema.json`.
    Next {
        #[serde(deserialize_with = "plain")]
        session: Session,
    },
    /// Gives the entries that are shown.
    Shown {
        #[serde(deserialize_with = "plain")]
        session: Session,
    },
    /// Gives a session: see `session.schema.json`. So do all that follow.
    Start {
        symptom: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        today: Option<Day>,
    },
    Answer {
        #[serde(deserialize_with = "plain")]
        session: Session,
        question: u32,
        cells: Vec<Assignment>,
    },
    Give {
        #[serde(deserialize_with = "plain")]
        session: Session,
        cells: Vec<Assignment>,
    },
    Unknown {
        #[serde(deserialize_with = "plain")]
        session: Session,
        question: u32,
    },
    TakeBack {
        #[serde(deserialize_with = "plain")]
        session: Session,
        question: u32,
    },
    Done {
        #[serde(deserialize_with = "plain")]
        session: Session,
        action: u32,
    },
    PassOver {
        #[serde(deserialize_with = "plain")]
        session: Session,
        action: u32,
    },
    Contact {
        #[serde(deserialize_with = "plain")]
        session: Session,
        contact: u32,
    },
    Tell {
        #[serde(deserialize_with = "plain")]
        session: Session,
        entry: u32,
    },
}

/// Keys of rows are numbers only where they are read from JSON itself.
fn plain<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    serde_json::from_value(Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

impl Call {
    /// What the reader in Rust gives.
    pub fn carry_out(&self, table: &Table) -> Value {
        match self {
            Self::Fold { text } => json!(fold(text)),
            Self::Find { text } => json!(find(table, text)),
            Self::SearchText { text } => json!(search_text(table, text)),
            Self::CheckTable { document } => json!(readable(document)),
            Self::Judge { symptom, evidence } => json!(judge(table, *symptom, &known(table, evidence))),
            Self::JudgeActions { symptom, evidence } => {
                json!(judge_actions(table, *symptom, &known(table, evidence)))
            }
            Self::JudgeConditions { evidence } => {
                let evidence = known(table, evidence);
                let all = 0..table.conditions.len() as u32;
                json!(all.map(|it| judge_condition(table, it, &evidence)).collect::<Vec<_>>())
            }
            Self::Clashes { evidence } => json!(clashes(table, &known(table, evidence))),
            Self::TakeEffects { action, evidence } => effects(table, *action, evidence),
            Self::ReadAnswer { question, text, today } => {
                or_error(read_answer(table, *question, text, *today).map(|cells| json!({ "cells": cells })))
            }
            Self::ReadGiven { text, today } => {
                let given = read_given(table, text, *today);
                or_error(given.map(|(question, cells)| json!({ "question": question, "cells": cells })))
            }
            Self::Next { session } => json!(next(table, session)),
            Self::Shown { session } => json!(shown(table, session)),
            Self::Start { symptom, today } => json!(Session { today: *today, ..Session::new(*symptom) }),
            Self::Answer { session, question, cells } => changed(session, |it| it.answer(table, *question, cells)),
            Self::Give { session, cells } => changed(session, |it| it.give(table, cells)),
            Self::Unknown { session, question } => changed(session, |it| it.unknown(table, *question)),
            Self::TakeBack { session, question } => changed(session, |it| it.take_back(table, *question)),
            Self::Done { session, action } => changed(session, |it| it.done(table, *action)),
            Self::PassOver { session, action } => changed(session, |it| it.pass_over(*action)),
            Self::Contact { session, contact } => changed(session, |it| it.contact(*contact)),
            Self::Tell { session, entry } => changed(session, |it| it.tell(*entry)),
        }
    }
}

fn readable(document: &Value) -> &'static str {
    match Table::from_json(document.to_string().as_bytes()) {
        Ok(_) => "readable",
        Err(LoadError::Format(_)) => "format",
        Err(LoadError::Version(_)) => "version",
        Err(_) => "damaged",
    }
}

fn known(table: &Table, row: &Row) -> Evidence {
    let mut evidence = Evidence::new(table);
    for (fact, cells) in &row.0 {
        evidence.set(*fact, cells);
    }
    evidence
}

fn effects(table: &Table, action: u32, row: &Row) -> Value {
    let mut evidence = known(table, row);
    let open: BTreeSet<u32> = take_effects(table, action, &mut evidence);
    let left = (0..table.facts.len() as u32).filter(|fact| !evidence.is_whole(*fact));
    let left = Row(left.map(|fact| (fact, evidence.cells(fact).collect())).collect());
    json!({ "evidence": left, "open": open })
}

fn or_error(read: Result<Value, AnswerError>) -> Value {
    read.unwrap_or_else(|error| json!(error))
}

fn changed(session: &Session, change: impl FnOnce(&mut Session)) -> Value {
    let mut session = session.clone();
    change(&mut session);
    json!(session)
}
