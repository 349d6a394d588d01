//! What the next table takes over from the last one. Refuses to know how any of it is written.

use std::sync::Arc;

use super::rows::KnownRows;
use crate::model::{self, Model};
use crate::session::{Compilation, Descent};
use crate::source::Span;
use crate::table::{Action, Alone, Cause, Entry, Prose, Step, Table};

/// What was written last, so that after an edit only the entries and actions are written that it touches, and only the conditions
/// are sought that are new. The table is the one that would be written from nothing.
#[derive(Debug, Default)]
pub struct LastTable {
    pub(super) rows: KnownRows,
    pub(super) texts: LastTexts,
}

/// The entries and actions of a compilation's table.
#[derive(Debug, Default)]
pub(super) struct LastTexts {
    of: Descent,
    entries: Vec<Arc<Entry>>,
    actions: Vec<Arc<Action>>,
}

impl LastTexts {
    pub(super) fn new(table: &Table, compilation: &Compilation) -> Self {
        let Table { entries, actions, .. } = table;
        Self { of: compilation.descent.clone(), entries: entries.clone(), actions: actions.clone() }
    }

    /// What can be taken over, if anything: where a title has changed, it has also in the texts that show it.
    pub(super) fn known<'a>(
        &'a self,
        compilation: &'a Compilation,
        written: impl Fn(&model::Prose) -> Prose,
    ) -> Known<'a> {
        let Compilation { model, descent, .. } = compilation;
        let Model { entries, actions, .. } = model;
        let is_changed = |span: Span| !descent.is_unchanged(span.file);
        let action_title = |action: &model::Action| action.title.as_ref().map_or_else(Vec::new, &written);
        let has_same_titles = || {
            let mut entries = entries.iter().zip(&self.entries).filter(|(now, _)| is_changed(now.span));
            let mut actions = actions.iter().zip(&self.actions).filter(|(now, _)| is_changed(now.span));
            entries.all(|(now, last)| written(&now.title) == last.title)
                && actions.all(|(now, last)| action_title(now) == last.title)
        };
        let is_known = descent.follows(&self.of)
            && (entries.len(), actions.len()) == (self.entries.len(), self.actions.len())
            && has_same_titles();
        Known(is_known.then_some((self, descent)))
    }
}

/// The entries and actions of the last table that stand in the next one, at the same places, as they are.
#[derive(Clone, Copy)]
pub(super) struct Known<'a>(Option<(&'a LastTexts, &'a Descent)>);

impl<'a> Known<'a> {
    /// One that holds no conditions, but for when it applies alone.
    pub(super) fn entry(self, place: usize, span: Span) -> Option<&'a Arc<Entry>> {
        let entry = self.find(|last| last.entries.get(place), span)?;
        let is_plain = |cause: &Cause| cause.condition.is_none() && !have_branches(&cause.notes);
        (entry.causes.iter().all(is_plain) && !have_branches(&entry.notes)).then_some(entry)
    }

    /// One that holds no conditions.
    pub(super) fn action(self, place: usize, span: Span) -> Option<&'a Arc<Action>> {
        self.find(|last| last.actions.get(place), span).filter(|action| !have_branches(&action.steps))
    }

    fn find<T>(self, at: impl Fn(&'a LastTexts) -> Option<&'a Arc<T>>, span: Span) -> Option<&'a Arc<T>> {
        let (last, descent) = self.0?;
        at(last).filter(|_| descent.is_unchanged(span.file))
    }
}

fn have_branches(steps: &[Step]) -> bool {
    steps.iter().any(|step| matches!(step, Step::Branches { .. }))
}

/// An entry or action whose conditions have no places yet.
pub(super) enum Draft<'a, T> {
    New(T),
    Known(&'a Arc<T>),
}

impl Draft<'_, Entry> {
    /// With when it applies alone.
    pub(super) fn with(self, alone: Option<Alone>) -> Arc<Entry> {
        match self {
            Draft::New(entry) => Arc::new(Entry { alone, ..entry }),
            Draft::Known(known) if known.alone == alone => Arc::clone(known),
            Draft::Known(known) => Arc::new(Entry { alone, ..Entry::clone(known) }),
        }
    }
}
