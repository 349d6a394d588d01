//! `spelling-variants`: one word written in several ways, which no term has settled. Found by comparing the texts of the
//! knowledge base with each other; nothing is reported that is written in one way throughout.

mod forms;
mod pairs;
mod phrases;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Context, Lint, Scope};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics, Edit};
use crate::model::Term;
use crate::source::Span;

pub const LINT: Lint = Lint { code: Code::SpellingVariants, scope: Scope::Everything, check };

/// Most forms that a finding names.
const MOST_SHOWN: usize = 6;

/// Ways to write one thing, by what they have in common; of one file.
#[derive(Debug, Default)]
pub struct Groups {
    by_key: FxHashMap<String, Group<Form>>,
}

/// The ways to write one thing.
type Group<F> = BTreeMap<String, F>;

/// One way to write it.
#[derive(Clone, Debug)]
struct Form {
    /// As it reads where it is first met.
    shown: String,
    places: Vec<Span>,
}

impl Groups {
    /// That something is written so here. `shown` is what to show of it.
    pub fn add(&mut self, key: &str, form: &str, shown: &str, span: Span) {
        if !self.by_key.contains_key(key) {
            self.by_key.insert(key.to_owned(), Group::default());
        }
        let Some(group) = self.by_key.get_mut(key) else { return };
        match group.get_mut(form) {
            Some(form) => form.places.push(span),
            None => {
                let first = Form { shown: shown.to_owned(), places: vec![span] };
                group.insert(form.to_owned(), first);
            }
        }
    }
}

/// Reads texts.
pub struct Reader(pairs::Search);

impl Default for Reader {
    fn default() -> Self {
        Self(pairs::search())
    }
}

impl Reader {
    /// Takes in what a stretch says.
    pub fn read(&self, span: Span, text: &str, groups: &mut Groups) {
        pairs::collect(&self.0, text, span, groups);
        forms::collect(text, span, groups);
        phrases::collect(text, span, groups);
    }
}

fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let files: Vec<&Groups> = context.wording.files().map(|file| &file.variants).collect();
    let declared = declared(context);
    for key in varied(&files) {
        let group = joined(key, &files);
        let is_number = key == forms::NUMBER;
        let varies = !is_number || forms::vary(group.keys());
        if varies && !group.keys().any(|form| is_declared(form, &declared)) {
            diagnostics.push(finding(&group, is_number));
        }
    }
}

/// The things that are written in several ways, by their keys.
fn varied<'a>(files: &[&'a Groups]) -> BTreeSet<&'a str> {
    let mut only: FxHashMap<&str, &str> = FxHashMap::default();
    let mut varied = BTreeSet::new();
    for (key, group) in files.iter().flat_map(|groups| &groups.by_key) {
        for form in group.keys() {
            if *only.entry(key).or_insert(form) != form {
                varied.insert(key.as_str());
            }
        }
    }
    varied
}

/// The ways to write one thing, in all files; places in their order.
fn joined(key: &str, files: &[&Groups]) -> Group<Form> {
    let mut all: Group<Form> = Group::default();
    for (name, form) in files.iter().filter_map(|groups| groups.by_key.get(key)).flatten() {
        match all.get_mut(name) {
            Some(known) => known.places.extend(&form.places),
            None => drop(all.insert(name.clone(), form.clone())),
        }
    }
    all.values_mut().for_each(|form| form.places.sort_unstable());
    all
}

/// Right forms and avoided ones, all of which somebody has looked at.
fn declared<'a>(context: &Context<'a>) -> Vec<&'a str> {
    context.model.terms.iter().flat_map(Term::spellings).map(|span| context.sources.text(span)).collect()
}

fn is_declared(form: &str, declared: &[&str]) -> bool {
    declared.iter().any(|word| *word == form || word.starts_with(form) && form.chars().count() > 1)
}

fn finding(group: &Group<Form>, is_number: bool) -> Diagnostic {
    let first = |form: &Form| form.places.first().copied();
    let mut forms: Vec<(&String, &Form)> = group.iter().collect();
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
