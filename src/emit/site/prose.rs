//! Texts with references as HTML, and as plain text. Refuses to know where a text stands.

use askama::Template;

use super::view::{Link, View};
use crate::table::{MessagePiece, Piece, Prose, RefKind, Reference, Text};

/// A text inside a line of HTML.
#[derive(Template, Clone, Copy)]
#[template(path = "prose.html")]
pub struct Inline<'a> {
    pub view: View<'a>,
    pub prose: &'a Prose,
    /// Whether references are links; inside a link they cannot be.
    pub linked: bool,
    /// Whether it stands in a case of such a text: texts inside that one are shown by their words, or there might be no end.
    pub in_case: bool,
}

impl askama::filters::HtmlSafe for Inline<'_> {}

impl<'a> Inline<'a> {
    /// A text that depends on a fact, when the reference is to one.
    fn text(&self, reference: &Reference) -> Option<&'a Text> {
        let id = reference.targets.first().filter(|_| reference.kind == RefKind::Text && !self.in_case)?;
        self.view.table.texts.get(self.view.plan.find(RefKind::Text, id)? as usize)
    }

    /// Whether the words are a name of their own, as of an entry, beside links to each target.
    fn several(&self, reference: &Reference) -> Option<Vec<Link>> {
        let links = self.view.targets(reference);
        (reference.targets.len() > 1 && !links.is_empty()).then_some(links)
    }

    fn one(&self, reference: &Reference) -> Option<Link> {
        self.view.targets(reference).pop()
    }

    fn case(&self, prose: &'a Prose) -> Inline<'a> {
        Inline { prose, in_case: true, ..*self }
    }
}

/// A list of references, each a link if it has a place.
#[derive(Template, Clone, Copy)]
#[template(path = "references.html")]
pub struct References<'a> {
    pub view: View<'a>,
    pub references: &'a [Reference],
}

impl askama::filters::HtmlSafe for References<'_> {}

/// The words of a text; a line break is `\n`.
pub fn plain(prose: &Prose) -> String {
    let piece = |piece: &'_ Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Reference(reference) => reference.text.clone(),
    };
    prose.iter().map(piece).collect()
}

/// A message as the screen shows it, parts that vary by the writer's name for them.
pub fn message_text(pieces: &[MessagePiece]) -> String {
    let piece = |piece: &MessagePiece| match piece {
        MessagePiece::Text(text) => text.clone(),
        MessagePiece::Varies { varies } => format!("｛{varies}｝"),
    };
    pieces.iter().map(piece).collect()
}
