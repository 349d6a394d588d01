//! What the checks of types share: the values of all facts by name, and how names are looked up and reported.

use rustc_hash::FxHashMap;

use super::Types;
use crate::ast::Name;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{FactId, Kind, Model, Type, fold_name};
use crate::parse::is_condition;
use crate::parse::rewrite::rewritten;
use crate::resolve::{Budget, Candidate, former_name, nearest, spelled, unknown_name};
use crate::source::{Sources, Span};

pub(super) struct Context<'a> {
    pub model: &'a Model,
    pub sources: &'a Sources,
    pub diagnostics: &'a mut Diagnostics,
    pub types: Types,
    /// The values of `one of` and `any of` facts by folded name and label.
    pub values: FxHashMap<FactId, FxHashMap<String, usize>>,
    /// The facts that have a value of this folded name or label.
    pub owners: FxHashMap<String, Vec<(FactId, usize)>>,
    /// Where date facts are compared with calendar dates and with today, first.
    pub dates: FxHashMap<FactId, DateUse>,
    /// When a fact with `only when` has a value, for facts of several values at once.
    pub applicable: FxHashMap<FactId, Vec<super::Condition>>,
    /// The facts that the condition being checked has named so far.
    pub named: Vec<FactId>,
    pub budget: Budget,
    candidates: Option<Vec<Candidate<Name>>>,
}

#[derive(Clone, Copy, Default)]
pub(super) struct DateUse {
    pub calendar: Option<Span>,
    pub today: Option<Span>,
}

impl<'a> Context<'a> {
    pub fn new(model: &'a Model, sources: &'a Sources, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            model,
            sources,
            diagnostics,
            types: Types::default(),
            values: FxHashMap::default(),
            owners: FxHashMap::default(),
            dates: FxHashMap::default(),
            applicable: FxHashMap::default(),
            named: Vec::new(),
            budget: Budget::default(),
            candidates: None,
        }
    }

    pub fn text(&self, span: Span) -> &'a str {
        self.sources.text(span)
    }

    /// A fact's name as declared.
    pub fn name(&self, fact: FactId) -> &'a str {
        self.text(self.model.facts[fact].name)
    }

    /// The fact of this name; without one, that is reported.
    pub fn find_fact(&mut self, name: Name) -> Option<FactId> {
        let found = self.known_fact(name);
        if found.is_none() {
            self.report_unknown(name);
        }
        found
    }

    /// The fact of this name; a former name gets a hint.
    pub fn known_fact(&mut self, name: Name) -> Option<FactId> {
        let written = self.text(name.span);
        let folded = fold_name(written);
        let id = self.model.names.find::<FactId>(&folded)?;
        self.named.push(id);
        let fact = &self.model.facts[id];
        if fact.id != folded {
            let current = spelled(self.sources, declared_name(self.sources, fact.name), name);
            former_name(Kind::Fact, name, written, current).push_to(self.diagnostics);
        }
        Some(id)
    }

    pub fn report_unknown(&mut self, name: Name) {
        let written = self.text(name.span);
        if let Some((parted, known)) = self.parted(written) {
            let finding = Diagnostic::at(Code::UnknownName, name.span).word("kind", Kind::Fact.word());
            let finding = finding.text("name", written).text("suggestion", known).text("parted", parted.clone());
            let is_gap_alone = parted.replace(' ', "") == written;
            let finding = match is_gap_alone {
                true => finding.fix("part", name.span, parted),
                false => finding.suggest("say", name.span, parted),
            };
            return finding.push_to(self.diagnostics);
        }
        let others = self.model.names.kinds(&fold_name(written));
        let (model, sources) = (self.model, self.sources);
        let candidates = self.candidates.get_or_insert_with(|| fact_candidates(model, sources));
        let near = nearest(written, candidates, &mut self.budget);
        let meant = near.map(|found| (spelled(sources, *found.item, name), found.same_but_for_spelling));
        unknown_name(Kind::Fact, name, written, &others, meant).push_to(self.diagnostics);
    }
}

impl Context<'_> {
    /// A name as a condition, if it is a fact's name and more of the condition written without a space between; and that name.
    fn parted<'a>(&self, written: &'a str) -> Option<(String, &'a str)> {
        let cuts = written.char_indices().map(|(at, _)| at).skip(1).collect::<Vec<_>>();
        cuts.into_iter().rev().find_map(|at| {
            let (known, rest) = written.split_at_checked(at)?;
            self.model.names.find::<FactId>(&fold_name(known))?;
            let said = format!("{known} {}", said_apart(rest)?);
            // More may follow after the name, which a connective at its end waits for.
            let waits = said.ends_with("かつ") || said.ends_with("または");
            let reads = waits || is_condition(&said) || after_number(&said);
            let meant = if reads { Some(said) } else { rewritten(&said, is_condition).map(|found| found.text) };
            let meant = meant.or_else(|| rewritten(&format!("{known} {rest}"), is_condition).map(|found| found.text));
            Some((meant?, known))
        })
    }
}

/// Whether a number stands last, so that a comparison may follow after the name.
fn after_number(said: &str) -> bool {
    said.split_whitespace().last().is_some_and(|last| is_condition(&format!("x {last} 以上")))
}

/// The rest of a condition after its fact, if it can be one: a negation, a connective, a number, or 「は」 and a value.
fn said_apart(rest: &str) -> Option<String> {
    if let Some(after) = ["かつ", "または"].into_iter().find_map(|word| Some((word, rest.strip_prefix(word)?))) {
        return Some(format!("{} {}", after.0, after.1).trim_end().to_owned());
    }
    if matches!(rest, "でない" | "ではない" | "あり" | "なし") || rest.starts_with(char::is_numeric) {
        return Some(rest.to_owned());
    }
    let value = rest.strip_prefix(['は', 'が']).filter(|value| !value.is_empty())?;
    let is_number = value.starts_with(char::is_numeric) || matches!(value, "あり" | "なし");
    Some(if is_number { value.to_owned() } else { format!("＝ {value}") })
}

fn fact_candidates(model: &Model, sources: &Sources) -> Vec<Candidate<Name>> {
    let texts = model.facts.iter().flat_map(|fact| {
        let name = declared_name(sources, fact.name);
        [Some(fact.name), fact.label].into_iter().flatten().map(move |span| (span, name))
    });
    let values = model.facts.iter().flat_map(|fact| match &fact.ty {
        Type::OneOf { values, .. } | Type::AnyOf { values } => values.as_slice(),
        Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => &[],
    });
    let values = values.map(|value| (value.span, declared_name(sources, value.span)));
    texts.chain(values).map(|(span, name)| Candidate::new(sources.text(span), name)).collect()
}

/// A declared name, quoted where it could not be written bare.
pub(super) fn declared_name(sources: &Sources, span: Span) -> Name {
    let bare =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '・' | 'ー' | '々' | '－' | '−' | '‐' | '–');
    Name { span, quoted: !sources.text(span).chars().all(bare) }
}

/// A date fact is compared with calendar dates or with today, never both.
pub(super) fn report_mixed_dates(cx: &mut Context) {
    for (id, fact) in cx.model.facts.enumerate() {
        let Some(DateUse { calendar: Some(calendar), today: Some(today) }) = cx.dates.get(&id) else { continue };
        let finding = Diagnostic::at(Code::MixedDates, *today).text("fact", cx.sources.text(fact.name));
        finding.label(*calendar, "calendar").help("split").push_to(cx.diagnostics);
    }
}
