//! Owns the reader of an inference table: loading it, and judging entries and actions by evidence. Refuses to know anything
//! but the table.

mod check;
mod clash;
mod evidence;
mod fold;
mod judge;
mod load;

pub use clash::{clashes, take_effects};
pub use evidence::Evidence;
pub use fold::fold;
pub use judge::{ActionJudgement, Judgement, Verdict, judge, judge_actions, judge_condition};
pub use load::LoadError;
