//! What an entry offers to do, with its alternatives. Refuses to know the rest of the entry.

use askama::Template;

use super::plan;
use super::prose::References;
use super::view::{Link, View};
use crate::table::{Action, Cause, Entry, LikelyWord, Offer, Reference};

/// An action as it stands on its entry's page, or a pointer to another entry's.
#[derive(Template)]
#[template(path = "action.html")]
pub struct Deed<'a> {
    view: View<'a>,
    action: &'a Action,
    anchor: String,
    /// Of the heading, 3 for the actions of an entry.
    level: usize,
    /// Where it is told, when it is another entry's.
    elsewhere: Option<Link>,
    /// The cause that it is against, where the entry has several.
    cause: Option<Against<'a>>,
    alternatives: Vec<Deed<'a>>,
}

impl askama::filters::HtmlSafe for Deed<'_> {}

#[derive(Clone, Copy)]
struct Against<'a> {
    /// On the entry's page, from 1.
    number: usize,
    cause: &'a Cause,
}

/// Headings of HTML end at six.
const DEEPEST: usize = 6;

pub fn deeds<'a>(view: View<'a>, entry: &'a Entry) -> Vec<Deed<'a>> {
    entry.actions.iter().filter_map(|offer| offered(view, entry, offer)).collect()
}

fn offered<'a>(view: View<'a>, entry: &'a Entry, offer: &Offer) -> Option<Deed<'a>> {
    let mut deed = deed(view, offer.action, 3)?;
    if offer.reused {
        (deed.elsewhere, deed.alternatives) = (Some(view.action_link(offer.action)), Vec::new());
    }
    deed.cause = offer.cause.filter(|_| entry.causes.len() > 1).and_then(|cause| against(entry, cause as usize));
    Some(deed)
}

fn against(entry: &Entry, cause: usize) -> Option<Against<'_>> {
    entry.causes.get(cause).map(|it| Against { number: cause + 1, cause: it })
}

fn deed(view: View<'_>, index: u32, level: usize) -> Option<Deed<'_>> {
    let action = view.action(index)?;
    let alternatives = action.alternatives.iter().filter_map(|it| deed(view, *it, (level + 1).min(DEEPEST))).collect();
    let anchor = plan::action_anchor(view.table, index);
    Some(Deed { view, action, anchor, level, elsewhere: None, cause: None, alternatives })
}

/// The same as it stands in a cell of the sheet: without anchors and headings.
#[derive(Template)]
#[template(path = "row.html")]
pub struct InCell<'a> {
    view: View<'a>,
    action: &'a Action,
    elsewhere: &'a Option<Link>,
    cause: Option<Against<'a>>,
    alternatives: &'a [Deed<'a>],
}

impl askama::filters::HtmlSafe for InCell<'_> {}

impl InCell<'_> {
    /// What it leads to, each after its label.
    fn lines(&self) -> Vec<(&'static str, Vec<Link>)> {
        let Self { view, action, .. } = self;
        let after = action.after.iter().map(|it| view.action_link(*it)).collect();
        let contacts = action.contacts.iter().map(|it| view.contact_link(*it)).collect();
        let then = action.then.iter().map(|it| view.entry_link(*it)).collect();
        let words = view.words;
        let lines: [(_, Vec<Link>); 3] = [(words.after, after), (words.contacts, contacts), (words.then, then)];
        lines.into_iter().filter(|(_, links)| !links.is_empty()).collect()
    }
}

impl<'a> Deed<'a> {
    pub fn row(&self) -> InCell<'_> {
        let Self { view, action, elsewhere, cause, alternatives, .. } = self;
        InCell { view: *view, action, elsewhere, cause: *cause, alternatives }
    }

    fn references(&self, references: &'a [Reference]) -> References<'a> {
        References { view: self.view, references }
    }

    fn likely(&self) -> Option<String> {
        match (self.action.likely_word, self.action.likely_percent) {
            (Some(LikelyWord::Often), _) => Some(self.view.words.often.to_owned()),
            (Some(LikelyWord::Rarely), _) => Some(self.view.words.rarely.to_owned()),
            (None, Some(percent)) => Some(format!("{percent}%")),
            (None, None) => None,
        }
    }

    fn has_facts(&self) -> bool {
        let action = self.action;
        let lists = [&action.after, &action.finds, &action.then, &action.contacts];
        lists.iter().any(|list| !list.is_empty())
            || !action.see.is_empty()
            || action.seconds.is_some()
            || action.likely_percent.is_some()
            || action.likely_word.is_some()
    }

    fn question(&self, question: &u32) -> Link {
        let text = self.view.question(*question).map(|it| it.label.clone()).unwrap_or_default();
        Link { href: self.view.question_href(*question), text }
    }
}
