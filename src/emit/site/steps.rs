//! Instructions as HTML: numbered steps, each with the notes that follow it. Refuses to know whose they are.

use askama::Template;

use super::prose::References;
use super::view::View;
use crate::table::{Prose, Reference, Step};

/// Instructions, and what is to be noted with them.
#[derive(Template)]
#[template(path = "steps.html")]
pub struct Steps<'a> {
    view: View<'a>,
    /// What stands before the first step.
    lead: Vec<Block<'a>>,
    items: Vec<Item<'a>>,
}

impl askama::filters::HtmlSafe for Steps<'_> {}

/// Something to do, and what follows up to the next one.
struct Item<'a> {
    deed: &'a Step,
    blocks: Vec<Block<'a>>,
}

enum Block<'a> {
    Bullets(Vec<&'a Prose>),
    Note(&'a Prose),
    Warning(&'a Prose),
    Fence { caption: &'static str, lines: &'a [String] },
    See(&'a [Reference]),
}

impl<'a> Steps<'a> {
    pub fn new(view: View<'a>, steps: &'a [Step]) -> Self {
        let (mut lead, mut items) = (Vec::new(), Vec::<Item<'a>>::new());
        for step in steps {
            match block(view, step) {
                Some(block) => push(items.last_mut().map_or(&mut lead, |it| &mut it.blocks), block),
                None => items.push(Item { deed: step, blocks: Vec::new() }),
            }
        }
        Self { view, lead, items }
    }

    fn nested(&self, steps: &'a [Step]) -> Steps<'a> {
        Steps::new(self.view, steps)
    }

    fn references(&self, references: &'a [Reference]) -> References<'a> {
        References { view: self.view, references }
    }
}

/// `None` for what is done.
fn block<'a>(view: View<'a>, step: &'a Step) -> Option<Block<'a>> {
    match step {
        Step::Bullet { text } => Some(Block::Bullets(vec![text])),
        Step::Note { text } => Some(Block::Note(text)),
        Step::Warning { text } => Some(Block::Warning(text)),
        Step::Fence { info, lines } => Some(Block::Fence { caption: view.words.fence(info), lines }),
        Step::See { references } => Some(Block::See(references)),
        Step::Step { .. } | Step::Branches { .. } | Step::Do { .. } | Step::Contact { .. } => None,
    }
}

/// Bullets that follow each other are one list.
fn push<'a>(blocks: &mut Vec<Block<'a>>, block: Block<'a>) {
    match (blocks.last_mut(), block) {
        (Some(Block::Bullets(list)), Block::Bullets(more)) => list.extend(more),
        (_, block) => blocks.push(block),
    }
}
