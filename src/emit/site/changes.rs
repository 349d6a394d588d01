//! The page of what changed since the release before.

use askama::Template;

use super::frame::Head;
use super::view::View;
use crate::note::{Block, Note};

#[derive(Template)]
#[template(path = "changes.html")]
pub struct Changes<'a> {
    view: View<'a>,
    head: Head,
    note: &'a Note,
}

pub fn page<'a>(view: View<'a>, note: &'a Note) -> Changes<'a> {
    Changes { view, head: Head::new(view.words.changes, "changes"), note }
}
