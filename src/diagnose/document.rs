//! The answer as one JSON document, for programs; the structs here are its format.

use schemars::JsonSchema;
use serde::Serialize;

use super::Case;
use crate::emit::wire;
use crate::plain::{
    Told, Voice, action_title, choices, clean, contact_title, known, lineage, mentioned, places, prose, question,
    references_of, steps, symptom_title, tell,
};
use crate::runtime::{ContactSource, Evidence, Hit, Matched, Next, Reason, Verdict, clashes, next, reasons, shown};
use crate::table::{Kind, Procedure, Reference, Step, Table};

const FORMAT: &str = "faqc-diagnosis";
const VERSION: u32 = 1;

/// What a message is about, which entries apply under what is known, and what to do next.
#[derive(Serialize, JsonSchema)]
struct Document {
    /// Always `faqc-diagnosis`.
    format: &'static str,
    /// Version of the format.
    version: u32,
    /// The text that was looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// What the text leads to, the best first; or the symptom that was named.
    symptoms: Vec<FoundSymptom>,
    /// Id of the symptom that the rest is about; absent when the text leads to none, to several that are as good, or to one that it is
    /// only somewhat like: then a reader has to be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    symptom: Option<String>,
    /// Facts of which something is known, after the effects of what was tried.
    known: Vec<KnownFact>,
    /// Ids of questions that were answered with *I don't know*.
    unknown: Vec<String>,
    /// Facts that cannot be so together, for each reason that there is; none when the facts agree.
    clashes: Vec<Vec<KnownFact>>,
    /// The symptom's entries and those that the reader was handed over to, in the order in which they are shown: those that are
    /// certain, then those that are possible, and last those that are excluded. None while facts clash.
    entries: Vec<FoundEntry>,
    next: NextStep,
}

#[derive(Serialize, JsonSchema)]
struct FoundSymptom {
    id: String,
    title: String,
    /// In thousandths: 1000 for the very text. Absent for a symptom that was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u32>,
    /// How much less it has in common with the text than the first symptom that was found, in thousandths of what that has; 0 for
    /// the first. Absent for a symptom that was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    margin: Option<u32>,
    /// Whether the text does not tell it from the first symptom that was found: then a reader has to be asked which of the two it
    /// is.
    rival: bool,
    /// Whether the text is one of the symptom's own, but for width, case, kana and punctuation.
    exact: bool,
}

/// A fact and the cells that it may still have.
#[derive(Serialize, JsonSchema)]
struct KnownFact {
    /// As in the inference table.
    id: String,
    /// Indexes of the fact's cells in the inference table.
    cells: Vec<u32>,
    /// In words.
    text: String,
}

#[derive(Serialize, JsonSchema)]
struct FoundEntry {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    title: String,
    status: Status,
    /// Its own condition, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    /// Whether all that it offers was tried.
    spent: bool,
    reasons: Reasons,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Status {
    /// It applies whatever else is so.
    Certain,
    /// It depends on what is not known.
    Possible,
    /// It does not apply.
    Excluded,
}

/// What the status hangs on.
#[derive(Serialize, JsonSchema)]
struct Reasons {
    /// Of an entry that is certain or excluded: what makes it so. Empty when it is so by itself.
    decided_by: Vec<KnownFact>,
    /// Of one that is possible: ids of facts; when all of these are known, it is decided.
    open: Vec<String>,
}

/// What to do next.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "step", rename_all = "kebab-case")]
enum NextStep {
    /// Choose a symptom.
    Choose,
    /// Look over the facts that clash.
    Contradiction,
    /// Answer a question.
    Ask {
        /// Id of the question.
        question: String,
        text: String,
        answers: Vec<PossibleAnswer>,
        /// Whether several may be chosen.
        several: bool,
        /// Ways to find the answer out, each its steps.
        procedures: Vec<Vec<Line>>,
        /// What these mention: documents, links and words.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        see: Vec<Place>,
        /// Ids of entries that the answer may decide about.
        entries: Vec<String>,
    },
    /// Do an action.
    Do {
        /// Id of the action.
        action: String,
        /// Id of the entry that offers it.
        entry: String,
        title: String,
        /// Otherwise it is only to be done if what `when` says is so.
        certain: bool,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        when: Vec<String>,
        steps: Vec<Line>,
        /// What the steps mention, and what else there is to see: documents, links and words.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        see: Vec<Place>,
        /// How to ask whether it helped.
        #[serde(skip_serializing_if = "Option::is_none")]
        solved: Option<String>,
    },
    /// Turn to a contact.
    Contact {
        /// Id of the contact.
        contact: String,
        title: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        tel: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        mail: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        hours: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        tell: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        /// Who sends there: a question that is not known, an entry, an entry of which nothing helped, or nothing else.
        from: Source,
    },
    /// There is nothing left to propose.
    Done,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Source {
    Question(String),
    Entry(String),
    Otherwise(String),
    Default,
}

#[derive(Serialize, JsonSchema)]
struct PossibleAnswer {
    /// To be given as `ID=VALUE`.
    value: String,
    label: String,
}

#[derive(Serialize, JsonSchema)]
struct Line {
    /// `step`, `bullet`, `note`, `warning`, `fence`, `when` (the deeper lines that follow are for this case), `contact` or `see`.
    kind: &'static str,
    text: String,
    /// How many cases it is for: what belongs to a `when` is one deeper than that.
    depth: u32,
}

/// What there is to look at.
#[derive(Serialize, JsonSchema)]
struct Place {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// The answer as a document.
pub fn document(voice: Voice<'_>, case: &Case) -> String {
    let session = &case.session;
    let fact = |fact: u32| known_fact(voice, fact);
    let clashes = clashes(voice.table, voice.evidence);
    let facts = (0..voice.table.facts.len() as u32).filter(|fact| !voice.evidence.is_whole(*fact));
    let id = |symptom: u32| voice.table.symptoms.get(symptom as usize).map(|it| it.id.clone());
    let document = Document {
        format: FORMAT,
        version: VERSION,
        message: case.message.clone(),
        symptoms: symptoms(voice, case),
        symptom: session.symptom.and_then(id),
        known: facts.map(fact).collect(),
        unknown: session
            .unknown
            .iter()
            .filter_map(|it| Some(voice.table.questions.get(*it as usize)?.id.clone()))
            .collect(),
        clashes: clashes.iter().map(|facts| facts.iter().copied().map(fact).collect()).collect(),
        entries: if clashes.is_empty() { entries(voice, case) } else { Vec::new() },
        next: next_step(voice, case),
    };
    serde_json::to_string_pretty(&document).expect("strings and numbers are JSON") + "\n"
}

/// The JSON Schema of the document.
pub fn schema() -> schemars::Schema {
    wire::schema::<Document>()
}

fn symptoms(voice: Voice<'_>, case: &Case) -> Vec<FoundSymptom> {
    let found = |symptom: u32, hit: Option<&Hit>| FoundSymptom {
        id: voice.table.symptoms.get(symptom as usize).map_or_else(String::new, |it| it.id.clone()),
        title: symptom_title(voice, symptom),
        score: hit.map(|it| it.score),
        margin: hit.map(|it| it.margin),
        rival: hit.is_some_and(|it| it.rival),
        exact: hit.is_some_and(|it| it.matched == Matched::Exact),
    };
    let hits = case.hits.iter().map(|hit| found(hit.symptom, Some(hit)));
    let named = case.session.symptom.filter(|it| !case.hits.iter().any(|hit| hit.symptom == *it));
    named.map(|it| found(it, None)).into_iter().chain(hits).collect()
}

fn known_fact(voice: Voice<'_>, fact: u32) -> KnownFact {
    KnownFact { id: fact_id(voice.table, fact), cells: voice.evidence.cells(fact).collect(), text: known(voice, fact) }
}

fn fact_id(table: &Table, fact: u32) -> String {
    table.facts.get(fact as usize).map_or_else(String::new, |it| it.id.clone())
}

/// The symptom's entries (indexes) and those in play beside them, in the order in which they are shown, those that are excluded last;
/// with why they apply, none for one of which the table does not say when it does.
pub(super) fn judged(voice: Voice<'_>, case: &Case) -> Vec<(u32, Option<Reason>)> {
    let symptom = case.session.symptom.and_then(|it| voice.table.symptoms.get(it as usize));
    let mut judged: Vec<(u32, Option<u32>)> =
        symptom.into_iter().flat_map(|it| &it.entries).map(|it| (it.entry, Some(it.condition))).collect();
    let shown = shown(voice.table, &case.session);
    for it in &shown {
        if !judged.iter().any(|(entry, _)| *entry == it.entry) {
            let alone = voice.table.entries.get(it.entry as usize).and_then(|it| it.alone.as_ref());
            judged.push((it.entry, alone.map(|it| it.condition)));
        }
    }
    judged.sort_by_cached_key(|(entry, _)| shown.iter().position(|it| it.entry == *entry).unwrap_or(usize::MAX));
    let conditions: Vec<u32> = judged.iter().filter_map(|(_, condition)| *condition).collect();
    let mut reasons = reasons(voice.table, &conditions, voice.evidence).into_iter();
    judged.into_iter().map(|(entry, condition)| (entry, condition.and_then(|_| reasons.next()))).collect()
}

fn entries(voice: Voice<'_>, case: &Case) -> Vec<FoundEntry> {
    let shown = shown(voice.table, &case.session);
    let one = |(index, reason): (u32, Option<Reason>)| {
        let entry = voice.table.entries.get(index as usize)?;
        Some(FoundEntry {
            id: entry.id.clone(),
            number: entry.number,
            title: prose(voice, &entry.title),
            status: status(reason.as_ref()),
            when: entry.when.clone(),
            spent: shown.iter().any(|it| it.entry == index && it.is_spent),
            reasons: why(voice, reason),
        })
    };
    judged(voice, case).into_iter().filter_map(one).collect()
}

fn status(reason: Option<&Reason>) -> Status {
    match reason.map(|it| it.verdict) {
        Some(Verdict::Certain) => Status::Certain,
        Some(Verdict::Excluded) => Status::Excluded,
        Some(Verdict::Possible | Verdict::Contradictory) | None => Status::Possible,
    }
}

fn why(voice: Voice<'_>, reason: Option<Reason>) -> Reasons {
    let is_open = matches!(status(reason.as_ref()), Status::Possible);
    let facts = reason.map(|it| it.facts).unwrap_or_default();
    match is_open {
        true => Reasons { decided_by: Vec::new(), open: facts.iter().map(|it| fact_id(voice.table, *it)).collect() },
        false => Reasons { decided_by: facts.iter().map(|it| known_fact(voice, *it)).collect(), open: Vec::new() },
    }
}

fn next_step(voice: Voice<'_>, case: &Case) -> NextStep {
    let table = voice.table;
    let entry_id = |entry: u32| table.entries.get(entry as usize).map_or_else(String::new, |it| it.id.clone());
    match next(table, &case.session) {
        Next::Choose => NextStep::Choose,
        Next::Contradiction { .. } => NextStep::Contradiction,
        Next::Done => NextStep::Done,
        Next::Ask { question, procedures, entries } => {
            ask(voice, question, &procedures, entries.into_iter().map(entry_id).collect())
        }
        Next::Do { action, entry, certain } => act(voice, action, entry_id(entry), certain),
        Next::Contact { contact, from } => turn_to(
            voice,
            contact,
            match from {
                ContactSource::Question(question) => Source::Question(question_id(table, question)),
                ContactSource::Entry(entry) => Source::Entry(entry_id(entry)),
                ContactSource::Otherwise(entry) => Source::Otherwise(entry_id(entry)),
                ContactSource::Default => Source::Default,
            },
        ),
    }
}

fn question_id(table: &Table, question: u32) -> String {
    table.questions.get(question as usize).map_or_else(String::new, |it| it.id.clone())
}

fn ask(voice: Voice<'_>, index: u32, procedures: &[u32], entries: Vec<String>) -> NextStep {
    let Some(asked) = voice.table.questions.get(index as usize) else { return NextStep::Done };
    let ways: Vec<&Procedure> = procedures.iter().filter_map(|it| asked.procedures.get(*it as usize)).collect();
    let several = asked.kind == Kind::AnyOf;
    let one = |fact: &u32| -> Vec<PossibleAnswer> {
        let value = |cell: u32, label: &str| {
            let cell = voice.table.facts.get(*fact as usize).and_then(|it| it.cells.get(cell as usize));
            cell.and_then(|it| it.value.clone()).unwrap_or_else(|| label.to_owned())
        };
        choices(voice, *fact)
            .map(|(cell, label)| PossibleAnswer { value: value(cell, label), label: label.to_owned() })
            .collect()
    };
    let member = |fact: &u32| {
        let fact = voice.table.facts.get(*fact as usize)?;
        let value = fact.id.rsplit_once('/').map_or(fact.id.as_str(), |(_, value)| value);
        Some(PossibleAnswer { value: value.to_owned(), label: fact.label.clone() })
    };
    let answers = match several {
        true => asked.facts.iter().filter_map(member).collect(),
        false => asked.facts.first().map(one).unwrap_or_default(),
    };
    NextStep::Ask {
        question: asked.id.clone(),
        text: question(voice, index),
        answers,
        several,
        procedures: ways.iter().map(|it| lines(voice, [it.steps.as_slice()])).collect(),
        see: see(voice, ways.iter().flat_map(|it| mentioned(voice, &it.steps)).collect()),
        entries,
    }
}

fn act(voice: Voice<'_>, index: u32, entry: String, certain: bool) -> NextStep {
    let lineage = lineage(voice, index);
    let own_entry = voice.table.entries.iter().find(|it| it.id == entry);
    let when = own_entry.into_iter().filter_map(|it| it.when.clone());
    let when = when.chain(lineage.iter().filter_map(|it| it.when.clone())).filter(|_| !certain);
    let solved = lineage.iter().rev().find(|it| !it.solved.is_empty()).map(|it| prose(voice, &it.solved));
    NextStep::Do {
        action: lineage.last().map_or_else(String::new, |it| it.id.clone()),
        entry,
        title: action_title(voice, index),
        certain,
        when: when.collect(),
        steps: lines(voice, lineage.iter().map(|it| it.steps.as_slice())),
        see: see(voice, references_of(voice, &lineage)),
        solved,
    }
}

fn turn_to(voice: Voice<'_>, index: u32, from: Source) -> NextStep {
    let Some(contact) = voice.table.contacts.get(index as usize) else { return NextStep::Done };
    let some = |text: &crate::table::Prose| (!text.is_empty()).then(|| prose(voice, text));
    NextStep::Contact {
        contact: contact.id.clone(),
        title: contact_title(voice, index),
        tel: some(&contact.tel),
        mail: some(&contact.mail),
        hours: some(&contact.hours),
        tell: some(&contact.tell),
        url: contact.url.clone(),
        from,
    }
}

fn lines<'a>(voice: Voice<'a>, all: impl IntoIterator<Item = &'a [Step]>) -> Vec<Line> {
    let line = |(depth, told): &(usize, Told<'_>)| {
        let (kind, text) = tell(voice, told);
        Line { kind, text: clean(&text), depth: *depth as u32 }
    };
    steps(voice, all).iter().map(line).collect()
}

fn see(voice: Voice<'_>, references: Vec<&Reference>) -> Vec<Place> {
    let place = |(text, url): (String, Option<&str>)| Place { text: clean(&text), url: url.map(str::to_owned) };
    places(voice, references).into_iter().map(place).collect()
}

/// What is known after a case's session.
impl Case {
    pub fn evidence(&self, table: &Table) -> Evidence {
        self.session.evidence(table)
    }
}
