//! Owns the proofs: what holds of a knowledge base in every situation, or the situation that refutes it. Refuses to know the
//! text of messages and the format of outputs.
//!
//! An analysis is a file. One that looks at a symptom at a time is a pure function of its [`Problem`] and has a field in
//! [`Findings`]; its `report` turns local indexes into places and words. One that looks at the knowledge base as a whole is a
//! line in `WHOLE`.

pub mod assumptions;
mod constant;
mod dead;
mod dead_end;
mod decision_table;
mod endless_loop;
pub mod extract;
pub mod findings;
mod gap;
mod idle;
mod impossible_value;
mod inexact;
mod keys;
mod memo;
mod mend;
mod messages;
mod overlap;
pub mod problem;
mod ranking;
mod reopen;
mod replay;
mod search;
mod shown;
mod site;
mod table_row;
mod telling;
#[cfg(test)]
mod tests;
mod told;
mod undecided;
mod vacuous;
mod walk;
mod within;
mod written;

use rustc_hash::FxHashSet;

use crate::diag::{Code, Diagnostics, Meant};
use crate::domain::{Applicability, Domain, Meanings, cut_domain};
use crate::graph::Graph;
use crate::model::{EntryId, Model};
use crate::source::Sources;
use crate::types::Types;

use assumptions::Connected;
use extract::extract;
pub use findings::{Findings, solve};
use keys::{EntryKeys, Keys};
pub use memo::Memo;
pub use problem::Problem;
pub use site::Site;

/// What an analysis may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub model: &'a Model,
    pub types: &'a Types,
    pub graph: &'a Graph,
    pub sources: &'a Sources,
    pub domain: &'a Domain,
    pub meanings: &'a Meanings<'a>,
    pub applicability: &'a Applicability,
    pub keys: &'a Keys,
    /// Where overlaps are meant.
    pub meant: &'a Meant,
}

/// Looks at the knowledge base as a whole.
type Whole = fn(&Context<'_>, &EntryKeys, &mut memo::Run<'_>, &mut Diagnostics);

/// Every analysis of the knowledge base as a whole, in the order of codes.
const WHOLE: &[Whole] = &[messages::check, within::check];

/// Proves what can be proved of a knowledge base without errors, and reports what is refuted. What the memo knows is not
/// asked again.
pub fn analyse(
    model: &Model,
    types: &Types,
    graph: &Graph,
    sources: &Sources,
    memo: &mut Memo,
    diagnostics: &mut Diagnostics,
) {
    let domain = cut_domain(model, types, sources);
    let meanings = Meanings::new(model, types, &domain, diagnostics);
    let applicability = Applicability::new(model);
    let meant = Meant::new(&model.exceptions, Code::Overlap);
    let assumed = meanings.assumptions();
    let keys = Keys::new(model, types, &domain, &meanings, &assumed);
    let cx = Context {
        model,
        types,
        graph,
        sources,
        domain: &domain,
        meanings: &meanings,
        applicability: &applicability,
        keys: &keys,
        meant: &meant,
    };
    let mut run = memo.run();
    let entries = EntryKeys::new(&cx);
    let connected = Connected::new(assumed);
    if inexact::are_assumptions_exact(&cx) {
        // Where the assumptions contradict each other everything would be proved.
        if vacuous::check(&cx, &connected, &mut run, diagnostics) {
            return;
        }
        let inexact = inexact::inexact_entries(&cx);
        analyse_symptoms(&cx, &entries, &connected, &inexact, &mut run, diagnostics);
        endless_loop::check(&cx, &entries, &connected, &inexact, &mut run, diagnostics);
    }
    WHOLE.iter().for_each(|check| check(&cx, &entries, &mut run, diagnostics));
    run.finish();
}

fn analyse_symptoms(
    cx: &Context<'_>,
    entries: &EntryKeys,
    connected: &Connected,
    inexact: &FxHashSet<EntryId>,
    run: &mut memo::Run<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut reported = findings::Reported::default();
    let mut dead = dead::Everywhere::default();
    let mut quiet = Vec::new();
    for symptom in cx.model.symptoms.ids() {
        let key = if inexact.is_empty() { entries.of_symptom(symptom, cx) } else { None };
        if key.is_some_and(|key| run.is_quiet(key)) {
            continue;
        }
        let (problem, places) = extract(symptom, cx, connected);
        if places.entries.iter().any(|entry| inexact.contains(entry)) {
            continue;
        }
        let memo::Solved { problem, findings } = run.solve(problem);
        let site = Site { cx, problem, places: &places };
        quiet.extend(key.filter(|_| *findings == Findings::default()));
        reported.report(findings, &site, diagnostics);
        dead.note(&findings.dead, &site);
    }
    quiet.into_iter().for_each(|key| run.note_quiet(key));
    dead.report(cx, connected, inexact, diagnostics);
    reported.finish(diagnostics);
}
