//! Owns what a release note says, as headings, sentences and lists; refuses to know how that was found, and how it looks.

/// What changed for readers since the release before, in the language of the knowledge base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    pub title: String,
    pub blocks: Vec<Block>,
}

/// Texts are plain: whoever shows them escapes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading below the title, of level 2 or 3.
    Heading(usize, String),
    Paragraph(String),
    List(Vec<Item>),
}

/// An item of a list, and the items below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub text: String,
    pub items: Vec<String>,
}

impl Note {
    pub fn heading(&mut self, level: usize, text: impl Into<String>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }

    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Adds to the list that the note ends with, or begins one.
    pub fn item(&mut self, text: impl Into<String>, items: Vec<String>) {
        let item = Item { text: text.into(), items };
        match self.blocks.last_mut() {
            Some(Block::List(list)) => list.push(item),
            _ => self.blocks.push(Block::List(vec![item])),
        }
    }
}
