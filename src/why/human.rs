//! The answer for people: entry by entry what holds and what does not, and what is missing. Refuses to work anything out.

use unicode_width::UnicodeWidthStr;

use super::Verdict;
use super::{Answer, Evidence, Explanation, Inquiry, NearMiss, Reason, Requirement, RequirementKind, Smallest, Status};
use crate::diag::{Arg, catalogue};
use crate::language::Language;
use crate::logic::{Values, Var};
use crate::model::ConditionId;
use crate::prose::fact_title;
use crate::session::Compilation;
use crate::source::Span;

/// The answer as text, in the language of the person; `prefix` stands before every file's name.
pub fn emit_human(inquiry: &Inquiry<'_>, answer: &Answer, language: Language, prefix: &str) -> String {
    let mut page = Page { inquiry, evidence: &answer.evidence, language, prefix, out: String::new() };
    page.heading(answer);
    for explanation in &answer.entries {
        page.out.push('\n');
        page.entry(explanation);
    }
    page.out
}

/// What a clash is between, as text.
pub fn clash_words(inquiry: &Inquiry<'_>, evidence: &Evidence, clash: &Reason) -> Vec<String> {
    clash.facts.iter().filter_map(|var| Some(inquiry.say(*var, evidence.cells.get(var.index())?))).collect()
}

/// An assumption with its place.
pub fn assumption_words(inquiry: &Inquiry<'_>, written: ConditionId, language: Language, prefix: &str) -> String {
    let Compilation { model, sources, .. } = inquiry.compilation;
    let (words, dependent) = inquiry.assumption(written);
    let (file, line) = inquiry.place(model.conditions[written].span());
    let mut args = vec![("condition", Arg::Text(words)), ("place", Arg::Text(format!("{prefix}{file}:{line}")))];
    let key = match dependent {
        Some(fact) => {
            args.push(("fact", Arg::Text(fact_title(fact, model, sources))));
            "why-only-when"
        }
        None => "why-assumed",
    };
    catalogue().sentence(key, &args, language)
}

struct Page<'a> {
    inquiry: &'a Inquiry<'a>,
    evidence: &'a Evidence,
    language: Language,
    prefix: &'a str,
    out: String,
}

/// One line: a mark, what is said, and the place that it is said of.
struct Line {
    text: String,
    place: Option<String>,
    /// Lines below it.
    below: Vec<String>,
}

/// What is said of so many other entries is read.
const MOST_OTHERS: usize = 5;

/// Places stand below each other, unless a line is longer than this.
const WIDEST: usize = 64;

impl Page<'_> {
    fn heading(&mut self, answer: &Answer) {
        let title = self.inquiry.symptom_title(answer.symptom);
        let title = self.sentence("why-symptom", &[("symptom", title)]);
        self.line(0, &title);
        let known: Vec<String> = self.known().iter().map(|(var, cells)| self.inquiry.say(*var, cells)).collect();
        let unknown: Vec<String> = self.evidence.unknown.iter().map(|var| self.inquiry.question(*var)).collect();
        if known.is_empty() && unknown.is_empty() {
            let nothing = self.word("why-nothing-known");
            return self.line(0, nothing);
        }
        self.line(0, self.word("why-known"));
        for fact in known {
            self.line(1, &fact);
        }
        for fact in unknown {
            let line = self.sentence("why-not-known", &[("fact", fact)]);
            self.line(1, &line);
        }
    }

    fn known(&self) -> Vec<(Var, Values)> {
        let known = (0u32..).map(Var).zip(&self.evidence.cells).filter(|(_, cells)| !cells.is_full());
        known.map(|(var, cells)| (var, cells.clone())).collect()
    }

    fn entry(&mut self, explanation: &Explanation) {
        let verdict = self.word(match explanation.verdict {
            Verdict::Certain => "why-certain",
            Verdict::Possible => "why-possible",
            Verdict::Excluded => "why-excluded",
            Verdict::Undecided => "why-undecided",
        });
        let name = self.inquiry.entry_name(explanation.entry);
        let title = self.inquiry.entry_title(explanation.entry);
        let heading = self.sentence("why-entry", &[("entry", name), ("title", title), ("verdict", verdict.to_owned())]);
        self.line(0, &heading);
        if explanation.requirements.is_empty() && explanation.verdict == Verdict::Certain {
            self.line(1, self.word("why-always"));
        }
        let (lines, more) = self.requirements(explanation);
        self.lines(&lines);
        if more > 0 {
            let line = self.sentence("why-more", &[("count", more.to_string())]);
            self.line(1, &line);
        }
        if let Some((_, reason)) = &explanation.together {
            self.line(1, self.word("why-together"));
            for below in self.because(reason, None) {
                self.line(2, &below);
            }
        }
        if let Some(near_miss) = &explanation.near_miss {
            self.near_miss(near_miss);
        }
    }

    // ── What the entry asks for ──

    /// The conjuncts of its condition, and of what it asks of other entries that which decides: so much of it as is read, and
    /// how much more there is.
    fn requirements(&self, explanation: &Explanation) -> (Vec<Line>, usize) {
        let joint = explanation.together.as_ref().map(|(joint, _)| joint);
        let is_excluded = explanation.verdict == Verdict::Excluded;
        let decides = |at: usize, one: &Requirement| match joint {
            Some(joint) => joint.contains(&at),
            None => !is_excluded || one.status == Status::Fails,
        };
        let (mut lines, mut others) = (Vec::new(), 0);
        for (at, one) in explanation.requirements.iter().enumerate() {
            if !one.is_condition() {
                if !decides(at, one) {
                    continue;
                }
                others += 1;
            }
            if others <= MOST_OTHERS || one.is_condition() {
                lines.push(self.requirement(one));
            }
        }
        (lines, others.saturating_sub(MOST_OTHERS))
    }

    fn requirement(&self, requirement: &Requirement) -> Line {
        let mark = self.word(match requirement.status {
            Status::Holds => "why-holds",
            Status::Fails => "why-fails",
            Status::Open => "why-open",
        });
        let said = match &requirement.kind {
            RequirementKind::Condition { .. } => self.inquiry.condition_words(&requirement.kind).unwrap_or_default(),
            RequirementKind::NotOverridden { by: entry, .. } => {
                self.sentence("why-not-overridden", &[("entry", self.inquiry.entry_name(*entry))])
            }
            RequirementKind::NothingRegular { entry } => {
                self.sentence("why-nothing-regular", &[("entry", self.inquiry.entry_name(*entry))])
            }
        };
        let place = self.place(self.inquiry.span_of(&requirement.kind));
        let below = match requirement.status {
            Status::Holds | Status::Fails => self.because(&requirement.reason, Some(&said)),
            Status::Open => self.open(&requirement.open, &said),
        };
        Line { text: format!("{mark} {said}"), place: Some(place), below }
    }

    /// What decides, unless it is what was said already.
    fn because(&self, reason: &Reason, said: Option<&str>) -> Vec<String> {
        if reason.is_empty() {
            return vec![format!("{}{}", self.word("why-because"), self.word("why-by-itself"))];
        }
        let mut lines = Vec::new();
        let facts = clash_words(self.inquiry, self.evidence, reason);
        if !facts.is_empty() && (said.is_none_or(|said| facts != [said]) || !reason.assumptions.is_empty()) {
            lines.push(format!("{}{}", self.word("why-because"), self.list(&facts)));
        }
        let assumed = reason.assumptions.iter();
        lines.extend(assumed.map(|written| {
            let words = assumption_words(self.inquiry, *written, self.language, self.prefix);
            format!("{}{words}", self.word("why-since"))
        }));
        lines
    }

    fn open(&self, open: &[Var], said: &str) -> Vec<String> {
        let questions: Vec<String> = open.iter().map(|var| self.inquiry.question(*var)).collect();
        let is_said = |question: &String| said.starts_with(question.as_str());
        if questions.is_empty() || questions.iter().all(is_said) {
            return Vec::new();
        }
        vec![self.sentence("why-hangs-on", &[("facts", self.list(&questions))])]
    }

    // ── What is missing ──

    fn near_miss(&mut self, near_miss: &NearMiss) {
        let (facts, smallest) = match near_miss {
            NearMiss::Never => return self.line(1, self.word("why-never")),
            NearMiss::Change { facts, smallest } => (facts, *smallest),
        };
        let heading = match facts.len() {
            1 => self.word("why-needs-one").to_owned(),
            count => self.sentence("why-needs", &[("count", count.to_string())]),
        };
        self.line(1, &heading);
        let (known, missing): (Vec<_>, Vec<_>) = facts.iter().partition(|(var, _)| self.is_known(*var));
        let lists = [("why-otherwise", known), ("why-missing", missing)];
        let used = lists.iter().filter(|(_, facts)| !facts.is_empty());
        let width = used.map(|(key, _)| self.word(key).width()).max().unwrap_or(0);
        for (key, facts) in lists {
            for (at, (var, cells)) in facts.into_iter().enumerate() {
                let label = if at == 0 { self.word(key) } else { "" };
                let gap = " ".repeat(width.saturating_sub(label.width()) + 2);
                let line = format!("{label}{gap}{}", self.inquiry.say(*var, cells));
                self.line(2, &line);
            }
        }
        if smallest == Smallest::NotProved {
            self.line(2, self.word("why-not-smallest"));
        }
    }

    fn is_known(&self, var: Var) -> bool {
        self.evidence.cells.get(var.index()).is_some_and(|cells| !cells.is_full())
    }

    // ── Lines ──

    fn lines(&mut self, lines: &[Line]) {
        let width = lines.iter().map(|line| line.text.width()).filter(|width| *width <= WIDEST).max().unwrap_or(0);
        let width = width.min(WIDEST);
        for line in lines {
            let gap = " ".repeat(width.saturating_sub(line.text.width()) + 2);
            let place = line.place.as_ref().map_or(String::new(), |place| format!("{gap}{place}"));
            self.line(1, &format!("{}{place}", line.text));
            for below in &line.below {
                self.line(3, below);
            }
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn place(&self, span: Span) -> String {
        let (file, line) = self.inquiry.place(span);
        format!("{}{file}:{line}", self.prefix)
    }

    fn word(&self, key: &'static str) -> &'static str {
        catalogue().word(key, self.language)
    }

    fn sentence(&self, key: &'static str, args: &[(&'static str, String)]) -> String {
        let args: Vec<(&'static str, Arg)> = args.iter().map(|(name, text)| (*name, Arg::Text(text.clone()))).collect();
        catalogue().sentence(key, &args, self.language)
    }

    fn list(&self, items: &[String]) -> String {
        items.join(match self.language {
            Language::Japanese => "、",
            Language::English => ", ",
        })
    }
}
