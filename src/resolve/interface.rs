//! What other declarations see of those of one file: names, numbers, titles and wordings of symptoms, and which actions there are, or are
//! taken over, in which order. Refuses to know what else is said in them.
//!
//! As long as it stays the same, whatever refers to the file means what it meant: files that have not changed need not be
//! resolved again (early cutoff; A. Mokhov and others, Build Systems à la Carte, ICFP 2018).

use crate::ast::{self, Action, Entry, Item, Name, Symptom, SymptomUse};
use crate::source::Span;

use super::action::{Written, written_actions};

/// A file's declarations with its text.
#[derive(Clone, Copy)]
pub(crate) struct Declarations<'a> {
    pub file: &'a ast::File,
    pub text: &'a str,
}

impl<'a> Declarations<'a> {
    fn at(self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Whether they stand in the order of the file; those written inside of others come last.
    fn are_in_order(self) -> bool {
        self.file.items.is_sorted_by(|one, next| one.span().start < next.span().start)
    }

    /// Each with all of its text, up to the next one, where they are in order.
    fn items(self) -> impl Iterator<Item = (&'a Item, &'a str)> {
        let items = &self.file.items;
        let start = |item: &Item| item.span().start as usize;
        let ends = items.iter().skip(1).map(start).chain([self.text.len()]);
        items.iter().zip(ends).map(move |(item, end)| (item, self.text.get(start(item)..end).unwrap_or("")))
    }
}

/// Whether others see the same of two versions of a file.
pub(crate) fn have_same_interface(old: Declarations<'_>, new: Declarations<'_>) -> bool {
    let pair = Pair { old, new };
    let mut pairs = old.items().zip(new.items());
    let can_be_told = old.are_in_order() && new.are_in_order() && old.file.items.len() == new.file.items.len();
    can_be_told && pairs.all(|(old, new)| pair.looks_same(old, new))
}

#[derive(Clone, Copy)]
struct Pair<'a> {
    old: Declarations<'a>,
    new: Declarations<'a>,
}

impl Pair<'_> {
    fn looks_same(self, (old, old_text): (&Item, &str), (new, new_text): (&Item, &str)) -> bool {
        match (old, new) {
            (Item::Entry(old), Item::Entry(new)) => old_text == new_text || self.is_same_entry(old, new),
            (Item::Symptom(old), Item::Symptom(new)) => old_text == new_text || self.is_same_symptom(old, new),
            // Nobody refers to them.
            (Item::Test(_), Item::Test(_)) | (Item::Assume(_), Item::Assume(_)) => true,
            // They are short, and seldom changed.
            _ => std::mem::discriminant(old) == std::mem::discriminant(new) && old_text == new_text,
        }
    }

    fn is_same_entry(self, old: &Entry, new: &Entry) -> bool {
        self.is_same_name(old.name, new.name)
            && old.number.map(|it| it.value) == new.number.map(|it| it.value)
            && self.all(&old.formerly, &new.formerly, |old, new| self.is_same_name(*old, *new))
            && self.all(&wordings(old), &wordings(new), |old, new| self.is_same_name(*old, *new))
            && self.all(&written_actions(old), &written_actions(new), |(_, old), (_, new)| match (old, new) {
                (Written::Own(old), Written::Own(new)) => self.is_same_action(old, new),
                (Written::Reused(old), Written::Reused(new)) => self.is_same(old.span, new.span),
                _ => false,
            })
    }

    fn is_same_action(self, old: &Action, new: &Action) -> bool {
        let is_same_name = match (old.name, new.name) {
            (Some(old), Some(new)) => self.is_same_name(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        is_same_name && self.all(&old.alternatives, &new.alternatives, |old, new| self.is_same_action(old, new))
    }

    fn is_same_symptom(self, old: &Symptom, new: &Symptom) -> bool {
        let title = |symptom: &Symptom| symptom.title.as_ref().and_then(|title| title.lines.first().copied());
        self.is_same_name(old.name, new.name)
            && title(old).map(|it| self.old.at(it)) == title(new).map(|it| self.new.at(it))
            && self.all(&old.formerly, &new.formerly, |old, new| self.is_same_name(*old, *new))
    }

    fn is_same_name(self, old: Name, new: Name) -> bool {
        old.quoted == new.quoted && self.is_same(old.span, new.span)
    }

    fn is_same(self, old: Span, new: Span) -> bool {
        self.old.at(old) == self.new.at(new)
    }

    fn all<T>(self, old: &[T], new: &[T], is_same: impl Fn(&T, &T) -> bool) -> bool {
        old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_same(old, new))
    }
}

/// The symptoms that an entry words itself.
fn wordings(entry: &Entry) -> Vec<Name> {
    let name = |used: &SymptomUse| match used {
        SymptomUse::InPlace { wording, .. } => Some(*wording),
        SymptomUse::Named(_) => None,
    };
    entry.symptoms.iter().filter_map(name).collect()
}
