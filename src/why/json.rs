//! The answer as one JSON document, for programs; the structs here are its format.

use schemars::JsonSchema;
use serde::Serialize;

use super::Verdict;
use super::{Answer, Evidence, Explanation, Inquiry, NearMiss, Reason, Requirement, RequirementKind, Smallest, Status};
use crate::emit::wire;
use crate::logic::{Values, Var};
use crate::model::ConditionId;

const FORMAT: &str = "faqc-why";
const VERSION: u32 = 1;

/// Why the entries of a symptom apply or do not, under what is known.
#[derive(Serialize, JsonSchema)]
struct Document {
    /// Always `faqc-why`.
    format: &'static str,
    /// Version of the format.
    version: u32,
    symptom: Named,
    /// Facts of which something is known.
    known: Vec<Fact>,
    /// Ids of the facts that were asked and are not known.
    unknown: Vec<String>,
    /// In the order in which they are shown.
    entries: Vec<Entry>,
}

#[derive(Serialize, JsonSchema)]
struct Named {
    id: String,
    title: String,
}

/// A fact and some of its cells.
#[derive(Serialize, JsonSchema)]
struct Fact {
    /// As in the inference table.
    id: String,
    /// Indexes of the fact's cells in the inference table.
    cells: Vec<u32>,
    /// In words.
    text: String,
}

#[derive(Serialize, JsonSchema)]
struct Entry {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    title: String,
    verdict: WireVerdict,
    /// What it asks for: all conjuncts of its condition, and of all else what does not hold.
    requirements: Vec<WireRequirement>,
    /// Present where no requirement fails by itself, but some cannot hold together.
    #[serde(skip_serializing_if = "Option::is_none")]
    together: Option<Together>,
    /// What would make it certain; absent for an entry that is, and where that could not be worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<Needs>,
    file: String,
    line: u32,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum WireVerdict {
    Certain,
    Possible,
    Excluded,
    Undecided,
}

#[derive(Serialize, JsonSchema)]
struct WireRequirement {
    kind: WireKind,
    /// A condition in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Id of the other entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    status: WireStatus,
    #[serde(flatten)]
    because: Because,
    /// Ids of facts not known yet that an open one hangs on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    open: Vec<String>,
    /// Where it is written.
    file: String,
    line: u32,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum WireKind {
    Condition,
    /// That the condition of `entry`, which overrides this one, does not hold.
    NotOverridden,
    /// That the condition of `entry` does not hold, for this one is a fallback.
    NothingRegular,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum WireStatus {
    Holds,
    Fails,
    Open,
}

#[derive(Serialize, JsonSchema)]
struct Because {
    /// The known facts that it follows from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<Fact>,
    /// The assumptions that it follows from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    assumptions: Vec<Assumption>,
}

#[derive(Serialize, JsonSchema)]
struct Assumption {
    /// In words.
    text: String,
    /// Id of the fact whose `only when` it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    only_when: Option<String>,
    file: String,
    line: u32,
}

#[derive(Serialize, JsonSchema)]
struct Together {
    /// Indexes of requirements.
    requirements: Vec<usize>,
    #[serde(flatten)]
    because: Because,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Needs {
    /// Nothing can make it apply.
    Never,
    Change(Change),
}

#[derive(Serialize, JsonSchema)]
struct Change {
    /// Known facts that would have to be otherwise.
    answered_otherwise: Vec<Fact>,
    /// Facts that would have to be known.
    not_yet_known: Vec<Fact>,
    /// Whether it is proved that no smaller change does.
    smallest: bool,
}

/// The answer as a document.
pub fn emit_json(inquiry: &Inquiry<'_>, answer: &Answer) -> String {
    let symptom = &inquiry.compilation.model.symptoms[answer.symptom];
    let it = Writer { inquiry, evidence: &answer.evidence };
    let known = (0u32..).map(Var).zip(&answer.evidence.cells).filter(|(_, cells)| !cells.is_full());
    let document = Document {
        format: FORMAT,
        version: VERSION,
        symptom: Named { id: symptom.id.clone(), title: inquiry.symptom_title(answer.symptom) },
        known: known.map(|(var, cells)| it.fact(var, cells)).collect(),
        unknown: answer.evidence.unknown.iter().map(|var| inquiry.id(*var)).collect(),
        entries: answer.entries.iter().map(|explanation| it.entry(explanation)).collect(),
    };
    serde_json::to_string_pretty(&document).expect("strings and numbers are JSON") + "\n"
}

/// The JSON Schema of the document.
pub fn schema() -> schemars::Schema {
    wire::schema::<Document>()
}

struct Writer<'a> {
    inquiry: &'a Inquiry<'a>,
    evidence: &'a Evidence,
}

impl Writer<'_> {
    fn fact(&self, var: Var, cells: &Values) -> Fact {
        Fact { id: self.inquiry.id(var), cells: cells.iter().collect(), text: self.inquiry.say(var, cells) }
    }

    fn entry(&self, explanation: &Explanation) -> Entry {
        let declared = &self.inquiry.compilation.model.entries[explanation.entry];
        let (file, line) = self.inquiry.place(declared.span);
        Entry {
            id: declared.id.clone(),
            number: declared.number,
            title: self.inquiry.entry_title(explanation.entry),
            verdict: match explanation.verdict {
                Verdict::Certain => WireVerdict::Certain,
                Verdict::Possible => WireVerdict::Possible,
                Verdict::Excluded => WireVerdict::Excluded,
                Verdict::Undecided => WireVerdict::Undecided,
            },
            requirements: explanation.requirements.iter().map(|one| self.requirement(one)).collect(),
            together: explanation.together.as_ref().map(|(requirements, reason)| Together {
                requirements: requirements.clone(),
                because: self.because(reason),
            }),
            needs: explanation.near_miss.as_ref().map(|near_miss| self.needs(near_miss)),
            file: file.to_owned(),
            line,
        }
    }

    fn requirement(&self, requirement: &Requirement) -> WireRequirement {
        let (kind, entry) = match &requirement.kind {
            RequirementKind::Condition { .. } => (WireKind::Condition, None),
            RequirementKind::NotOverridden { by, .. } => (WireKind::NotOverridden, Some(*by)),
            RequirementKind::NothingRegular { entry } => (WireKind::NothingRegular, Some(*entry)),
        };
        let (file, line) = self.inquiry.place(self.inquiry.span_of(&requirement.kind));
        WireRequirement {
            kind,
            text: self.inquiry.condition_words(&requirement.kind),
            entry: entry.map(|entry| self.inquiry.compilation.model.entries[entry].id.clone()),
            status: match requirement.status {
                Status::Holds => WireStatus::Holds,
                Status::Fails => WireStatus::Fails,
                Status::Open => WireStatus::Open,
            },
            because: self.because(&requirement.reason),
            open: requirement.open.iter().map(|var| self.inquiry.id(*var)).collect(),
            file: file.to_owned(),
            line,
        }
    }

    fn because(&self, reason: &Reason) -> Because {
        let known = |var: &Var| Some(self.fact(*var, self.evidence.cells.get(var.index())?));
        Because {
            facts: reason.facts.iter().filter_map(known).collect(),
            assumptions: reason.assumptions.iter().map(|written| self.assumption(*written)).collect(),
        }
    }

    fn assumption(&self, written: ConditionId) -> Assumption {
        let model = &self.inquiry.compilation.model;
        let (text, dependent) = self.inquiry.assumption(written);
        let (file, line) = self.inquiry.place(model.conditions[written].span());
        let only_when = dependent.map(|fact| model.facts[fact].id.clone());
        Assumption { text, only_when, file: file.to_owned(), line }
    }

    fn needs(&self, near_miss: &NearMiss) -> Needs {
        let NearMiss::Change { facts, smallest } = near_miss else { return Needs::Never };
        let is_known = |var: Var| self.evidence.cells.get(var.index()).is_some_and(|cells| !cells.is_full());
        let (known, missing): (Vec<_>, Vec<_>) = facts.iter().partition(|(var, _)| is_known(*var));
        let facts = |facts: Vec<&(Var, Values)>| facts.into_iter().map(|(var, cells)| self.fact(*var, cells)).collect();
        Needs::Change(Change {
            answered_otherwise: facts(known),
            not_yet_known: facts(missing),
            smallest: *smallest == Smallest::Proved,
        })
    }
}
