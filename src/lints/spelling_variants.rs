//! `spelling-variants`: one word written in several ways, which no term has settled. Found by comparing the texts of the
//! knowledge base with each other; nothing is reported that is written in one way throughout.

mod forms;
mod pairs;
mod phrases;

use std::collections::BTreeMap;

use super::text::{Stretch, visit_stretches};
use super::{Context, Lint, Scope};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Edit};
use crate::source::Span;

pub const LINT: Lint = Lint { code: Code::SpellingVariants, scope: Scope::Everything, check };

/// Most forms that a finding names.
const MOST_SHOWN: usize = 6;

/// Ways to write one thing, by what they have in common.
#[derive(Debug, Default)]
pub struct Groups {
    by_key: BTreeMap<String, Group>,
}

/// The ways to write one thing.
#[derive(Debug, Default)]
struct Group {
    forms: BTreeMap<String, Form>,
}

/// One way to write it.
#[derive(Debug)]
struct Form {
    /// As it reads where it is first met.
    shown: String,
    /// In the order of the texts.
    places: Vec<Span>,
}

impl Groups {
    /// That something is written so here. `shown` is what to show of it.
    pub fn add(&mut self, key: &str, form: &str, shown: &str, span: Span) {
        if !self.by_key.contains_key(key) {
            self.by_key.insert(key.to_owned(), Group::default());
        }
        let Some(group) = self.by_key.get_mut(key) else { return };
        match group.forms.get_mut(form) {
            Some(form) => form.places.push(span),
            None => {
                let first = Form { shown: shown.to_owned(), places: vec![span] };
                group.forms.insert(form.to_owned(), first);
            }
        }
    }
}

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let pairs = pairs::search();
    let mut groups = Groups::default();
    visit_stretches(context, &mut |stretch: Stretch, text: &str| {
        pairs::collect(&pairs, text, stretch.span, &mut groups);
        forms::collect(text, stretch.span, &mut groups);
        phrases::collect(text, stretch.span, &mut groups);
    });
    let declared = declared(context);
    for (key, group) in &groups.by_key {
        let is_number = key == forms::NUMBER;
        let varies = if is_number { forms::vary(group.forms.keys()) } else { group.forms.len() > 1 };
        if varies && !group.forms.keys().any(|form| is_declared(form, &declared)) {
            diagnostics.push(finding(group, is_number));
        }
    }
}

/// Right forms and avoided ones, all of which somebody has looked at.
fn declared<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let terms = context.model.terms.iter();
    terms
        .flat_map(|term| std::iter::once(&term.name).chain(&term.avoid))
        .map(|span| context.sources.text(*span))
        .collect()
}

fn is_declared(form: &str, declared: &[&str]) -> bool {
    declared.iter().any(|word| *word == form || word.starts_with(form) && form.chars().count() > 1)
}

fn finding(group: &Group, is_number: bool) -> Diagnostic {
    let first = |form: &Form| form.places.first().copied();
    let mut forms: Vec<(&String, &Form)> = group.forms.iter().collect();
    // The most frequent, of equals the one that was written first.
    forms.sort_by_key(|(_, form)| (std::cmp::Reverse(form.places.len()), first(form)));
    let Some(((usual, shown), rest)) = forms.split_first() else { return Diagnostic::general(LINT.code) };
    let counted = forms.iter().take(MOST_SHOWN).map(|(_, form)| format!("{}（{}）", form.shown, form.places.len()));
    let avoid = rest.iter().take(MOST_SHOWN).map(|(_, form)| form.shown.as_str()).collect::<Vec<_>>().join("、");
    let place = rest.iter().filter_map(|(_, form)| first(form)).min();
    let mut finding = Diagnostic { span: place, ..Diagnostic::general(LINT.code) }
        .text("name", shown.shown.clone())
        .arg("forms", Arg::List(counted.map(Arg::Text).collect()))
        .text("avoid", avoid);
    let others = forms.iter().take(MOST_SHOWN).filter_map(|(_, form)| first(form));
    for span in others.filter(|span| Some(*span) != place) {
        finding = finding.label(span, "also");
    }
    if is_number {
        return finding.help("declare-none");
    }
    let places = rest.iter().flat_map(|(_, form)| &form.places);
    let mut edits: Vec<Edit> = places.map(|span| Edit { span: *span, text: (*usual).clone() }).collect();
    edits.sort_by_key(|edit| edit.span);
    edits.dedup_by_key(|edit| edit.span);
    finding.edits("unify", edits, false).help("declare")
}
