//! The two languages that the tool and its texts speak.

/// Of a knowledge base's prose, or of the tool's messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    Japanese,
    English,
}
