//! Owns the tests that a knowledge base holds: carries them out on its inference table, and says what they leave untested.
//! Refuses to know the command line and how results are shown.

mod answer;
mod assumed;
pub mod coverage;
pub mod document;
mod expectation;
mod reach;
mod reason;
mod situation;
mod step;
pub mod suggestion;
mod symptom;
mod ways;
mod wording;

use std::sync::Arc;

use self::assumed::Assumptions;
use crate::diag::{Diagnostic, Diagnostics};
use crate::domain::{Applicability, Domain, Meanings, cut_domain};
use crate::model::{FactId, SymptomId, Test, TestId};
use crate::prose::plain;
use crate::runtime::{Reader, Search, Session};
use crate::session::Compilation;
use crate::table::Table;

/// What came of one test.
#[derive(Debug)]
pub struct TestResult {
    pub test: TestId,
    /// What it expected in vain, or why it could not be carried out; none when it passed.
    pub findings: Vec<Diagnostic>,
    /// What it comes by: the session just before each action that failed, and the one that it asks about.
    pub moments: Vec<Session>,
    /// The messages that it pastes: a symptom, and the index of the message within it.
    pub messages: Vec<(SymptomId, usize)>,
}

impl TestResult {
    pub fn passed(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Carries out the tests whose titles are wanted, in the order in which they are written, on a table that was built from the
/// compilation.
pub fn run_tests(compilation: &Compilation, table: &Table, is_wanted: impl Fn(&str) -> bool) -> Vec<TestResult> {
    let subject = Subject::new(compilation, table);
    let wanted = |(_, test): &(TestId, &Test)| is_wanted(&title(test, compilation));
    compilation.model.tests.enumerate().filter(wanted).map(|(id, test)| run_test(&subject, id, test)).collect()
}

/// A test's title as it is shown.
pub fn title(test: &Test, compilation: &Compilation) -> String {
    plain(&test.title, &compilation.model, &compilation.sources)
}

/// Why a test cannot be carried out.
type Refusal = Box<Diagnostic>;

fn run_test(subject: &Subject<'_>, id: TestId, test: &Test) -> TestResult {
    let mut result = TestResult { test: id, findings: Vec::new(), moments: Vec::new(), messages: Vec::new() };
    if let Err(finding) = carry_out(subject, test, &mut result) {
        result.findings.push(*finding);
    }
    result
}

fn carry_out(subject: &Subject<'_>, test: &Test, result: &mut TestResult) -> Result<(), Refusal> {
    let entrance = symptom::entrance(subject, test)?;
    result.messages = entrance.messages;
    let situation = situation::situation(subject, entrance.symptom, test)?;
    let unmet = test.expect.iter().filter_map(|expect| expectation::unmet(subject, &situation, expect));
    result.findings.extend(unmet);
    result.moments.extend(situation.before_actions);
    result.moments.push(situation.session);
    Ok(())
}

/// The knowledge base under test.
struct Subject<'a> {
    compilation: &'a Compilation,
    table: &'a Table,
    reader: Reader<'a>,
    search: Search<'a>,
    domain: Arc<Domain>,
    applicability: Applicability,
    assumptions: Assumptions,
    meanings: Meanings<'a>,
}

impl<'a> Subject<'a> {
    fn new(compilation: &'a Compilation, table: &'a Table) -> Self {
        let Compilation { model, types, sources, .. } = compilation;
        let domain = cut_domain(model, types, sources);
        // What cannot be worked in was reported when the table was built.
        let meanings = Meanings::new(model, types, &domain, &mut Diagnostics::default());
        let applicability = Applicability::new(model);
        let assumptions = Assumptions::new(&meanings, &domain);
        let (reader, search) = (Reader::new(table), Search::new(table));
        Self { compilation, table, reader, search, domain, applicability, assumptions, meanings }
    }

    /// The index of an asked fact's question.
    fn question_of(&self, fact: FactId) -> Option<u32> {
        let variable = self.domain.vars(fact).next()?;
        Some(self.table.facts.get(variable.index())?.question)
    }
}
