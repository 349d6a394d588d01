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

/// The ways to write one thing, each with its places in the order of the texts.
#[derive(Debug, Default)]
struct Group {
    forms: BTreeMap<String, Vec<Span>>,
}

impl Groups {
    /// That something is written so here.
    pub fn add(&mut self, key: &str, form: &str, span: Span) {
        if !self.by_key.contains_key(key) {
            self.by_key.insert(key.to_owned(), Group::default());
        }
        let Some(group) = self.by_key.get_mut(key) else { return };
        match group.forms.get_mut(form) {
            Some(places) => places.push(span),
            None => {
                group.forms.insert(form.to_owned(), vec![span]);
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
    for group in groups.by_key.values() {
        if group.forms.len() > 1 && !group.forms.keys().any(|form| is_declared(form, &declared)) {
            diagnostics.push(finding(group));
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

fn finding(group: &Group) -> Diagnostic {
    // The most frequent, of equals the one that was written first.
    let first = |places: &Vec<Span>| places.first().copied();
    let mut forms: Vec<(&String, &Vec<Span>)> = group.forms.iter().collect();
    forms.sort_by_key(|(_, places)| (std::cmp::Reverse(places.len()), first(places)));
    let (usual, rest) =
        forms.split_first().map_or((String::new(), &[] as &[_]), |(usual, rest)| (usual.0.clone(), rest));
    let shown = forms.iter().take(MOST_SHOWN).map(|(form, places)| Arg::Text(format!("{form}（{}）", places.len())));
    let place = rest.iter().filter_map(|(_, places)| first(places)).min();
    let mut finding = Diagnostic { span: place, ..Diagnostic::general(LINT.code) }
        .text("name", usual.clone())
        .arg("forms", Arg::List(shown.collect()))
        .text("avoid", rest.iter().take(MOST_SHOWN).map(|(form, _)| form.as_str()).collect::<Vec<_>>().join("、"));
    let others = forms.iter().take(MOST_SHOWN).filter_map(|(_, places)| first(places));
    for span in others.filter(|span| Some(*span) != place) {
        finding = finding.label(span, "also");
    }
    let mut edits: Vec<Edit> = rest
        .iter()
        .flat_map(|(_, places)| places.iter())
        .map(|span| Edit { span: *span, text: usual.clone() })
        .collect();
    edits.sort_by_key(|edit| edit.span);
    edits.dedup_by_key(|edit| edit.span);
    match usual.contains('0') {
        // The shape of a number is no text to write.
        true => finding.help("declare-none"),
        false => finding.edits("unify", edits, false).help("declare"),
    }
}
