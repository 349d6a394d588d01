//! Owns the reader of an inference table: loading it, judging entries and actions by evidence, reading answers, finding symptoms,
//! and what comes next. Refuses to know anything but the table.

mod agree;
mod answer;
mod check;
mod choose;
mod clash;
mod columns;
mod cost;
mod damage;
mod event;
mod evidence;
mod fold;
mod foreign;
mod ground;
mod judge;
mod load;
mod next;
#[cfg(feature = "compiler")]
pub mod optimum;
mod precedence;
mod reader;
mod reason;
mod relevance;
mod search;
mod session;
mod view;
mod weigh;

pub use answer::{AnswerError, Day, Expected, question_named, read_answer, read_given};
pub use clash::{clashes, take_effects};
pub use damage::Damage;
pub use event::{Event, EventError, Missing, NoCells};
pub use evidence::Evidence;
pub use fold::{fold, level};
pub use foreign::{NoCellsOfFact, SessionError};
pub use judge::{ActionJudgement, Judgement, Verdict, judge, judge_actions, judge_condition};
pub use load::LoadError;
pub use next::{ContactSource, Next, ShownEntry, next, shown};
pub use reader::Reader;
pub use reason::{Reason, reasons};
pub use search::{
    Hit, Matched, Passage, Place, Search, TextHit, TextSearch, decided, find, is_ambiguous, passages, search_text,
    symptoms_of_entries,
};
pub use session::Session;
pub use view::is_bare;
