//! The answer for people: entry by entry what holds and what does not, and what is missing. Refuses to work anything out.

use unicode_width::UnicodeWidthStr;

use super::Verdict;
use super::{Answer, Evidence, Explanation, Inquiry, NearMiss, Reason, Requirement, RequirementKind, Smallest, Status};
use crate::diag::{Arg, catalogue};
use crate::language::Language;
use crate::logic::{Values, Var};
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
        let lines: Vec<Line> = self.requirements(explanation);
        self.lines(&lines);
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

    fn requirements(&self, explanation: &Explanation) -> Vec<Line> {
        let joint = explanation.together.as_ref().map(|(joint, _)| joint);
        let shown = explanation.requirements.iter().enumerate();
        // Of other entries, those that decide.
        let decided = explanation.verdict == Verdict::Excluded;
        let is_shown = |(at, one): &(usize, &Requirement)| {
            one.is_condition() || joint.map_or(!decided || one.status == Status::Fails, |joint| joint.contains(at))
        };
        shown.filter(is_shown).map(|(_, one)| self.requirement(one)).collect()
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
            return vec![self.word("why-by-itself").to_owned()];
        }
        let mut lines = Vec::new();
        let facts = clash_words(self.inquiry, self.evidence, reason);
        if !facts.is_empty() && (said.is_none_or(|said| facts != [said]) || !reason.assumptions.is_empty()) {
            lines.push(self.sentence("why-because", &[("facts", self.list(&facts))]));
        }
        lines.extend(reason.assumptions.iter().map(|written| {
            let (words, dependent) = self.inquiry.assumption(*written);
            let model = &self.inquiry.compilation.model;
            let place = self.place(model.conditions[*written].span());
            match dependent {
                Some(fact) => {
                    let sources = &self.inquiry.compilation.sources;
                    let fact = crate::prose::fact_title(fact, model, sources);
                    self.sentence("why-only-when", &[("fact", fact), ("condition", words), ("place", place)])
                }
                None => self.sentence("why-assumed", &[("condition", words), ("place", place)]),
            }
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
        for (key, facts) in [("why-otherwise", known), ("why-missing", missing)] {
            if facts.is_empty() {
                continue;
            }
            let label = self.word(key);
            let indent = " ".repeat(label.width());
            for (at, (var, cells)) in facts.into_iter().enumerate() {
                let label = if at == 0 { label } else { &indent };
                let line = format!("{label}  {}", self.inquiry.say(*var, cells));
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
