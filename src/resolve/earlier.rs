//! What the version before has of the files that are as they were, to be taken over. Refuses to know whether it still means the
//! same (`interface`).

use std::ops::Range;
use std::vec::IntoIter;

use crate::ast;
use crate::model::{Action, Entry, Model};
use crate::source::FileId;

use super::Context;

/// A version of which there are as many entries and actions, of the same names.
pub(crate) struct Earlier {
    entries: IntoIter<Entry>,
    actions: IntoIter<Action>,
    conditions: Vec<Option<ast::Condition>>,
    /// By file.
    is_unchanged: Vec<bool>,
}

impl Earlier {
    pub fn new(model: Model, is_unchanged: Vec<bool>) -> Self {
        let Model { entries, actions, conditions, .. } = model;
        let conditions = conditions.into_iter().map(Some).collect();
        Self { entries: entries.into_iter(), actions: actions.into_iter(), conditions, is_unchanged }
    }

    /// Whether there are as many of both now.
    pub(super) fn has_as_many(&self, entries: usize, actions: usize) -> bool {
        self.entries.len() == entries && self.actions.len() == actions
    }
}

/// Whether a file is as it was in the version before, in which nothing was found wrong.
pub(super) fn is_unchanged(cx: &Context, file: FileId) -> bool {
    cx.earlier.as_ref().is_some_and(|earlier| earlier.is_unchanged.get(file.0 as usize) == Some(&true))
}

/// The next entry of the version before, with its conditions, if it can be taken over.
pub(super) fn next_entry(cx: &mut Context) -> Option<Entry> {
    let entry = cx.earlier.as_mut()?.entries.next()?;
    take_conditions(cx, entry.span.file, &entry.conditions).then_some(entry)
}

/// The same of the next action.
pub(super) fn next_action(cx: &mut Context) -> Option<Action> {
    let action = cx.earlier.as_mut()?.actions.next()?;
    take_conditions(cx, action.span.file, &action.conditions).then_some(action)
}

/// What names conditions by their ids can be taken over if these stay the same.
fn take_conditions(cx: &mut Context, file: FileId, ids: &Range<usize>) -> bool {
    if !is_unchanged(cx, file) || cx.model.conditions.len() != ids.start {
        return false;
    }
    let Some(earlier) = &mut cx.earlier else { return false };
    let conditions = earlier.conditions.get_mut(ids.clone()).unwrap_or_default();
    conditions.iter_mut().filter_map(Option::take).for_each(|condition| {
        cx.model.conditions.push(condition);
    });
    true
}
