//! Owns the reader of an inference table: loading it, judging entries and actions by evidence, reading answers, finding symptoms,
//! and what comes next. Refuses to know anything but the table.

mod answer;
mod check;
mod choose;
mod clash;
mod columns;
mod cost;
mod evidence;
mod find;
mod fold;
mod ground;
mod judge;
mod load;
mod next;
mod precedence;
mod reader;
mod relevance;
mod session;
mod view;
mod weigh;

pub use answer::{AnswerError, Day, Expected, question_named, read_answer, read_given};
pub use clash::{clashes, take_effects};
pub use evidence::Evidence;
pub use find::{Hit, Matched, Search, find};
pub use fold::fold;
pub use judge::{ActionJudgement, Judgement, Verdict, judge, judge_actions, judge_condition};
pub use load::LoadError;
pub use next::{ContactSource, Next, ShownEntry, next, shown};
pub use reader::Reader;
pub use session::Session;
