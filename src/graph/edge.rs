//! The kinds of dependency and where each is written.

use crate::model::ActionId;
use crate::source::Span;

/// One dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub kind: EdgeKind,
    /// Where it is written: the name or reference itself, or the condition that names a fact.
    pub span: Span,
    /// The action it stands in; `None` when it belongs to the whole declaration.
    pub action: Option<ActionId>,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $word:literal;)*) => {
        /// Why one declaration relies on another.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EdgeKind { $($(#[$doc])* $variant),* }

        impl EdgeKind {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in outputs, and its key among the catalogue's words.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
    };
}

kinds! {
    /// A text or `see` refers to an entry or to one of its actions.
    See = "see";
    SameAs = "same-as";
    KindOf = "kind-of";
    /// A hand-over: `then`, `otherwise entry`, `if unknown entry`.
    Then = "then";
    Finds = "finds";
    /// A condition, a rule or a text by value names a fact.
    Needs = "needs";
    Sets = "sets";
    Rechecks = "rechecks";
    /// A text or `see` refers to a document, a section or a link.
    Cites = "cites";
    Contacts = "contacts";
    /// `do`: another entry's action, offered or done here.
    Reuses = "reuses";
    HasSymptom = "has-symptom";
    InCategory = "in-category";
    /// A section of its document, a category of the wider one.
    PartOf = "part-of";
    /// `before`, or one entry's place before the next in a symptom's `order`.
    Before = "before";
    Overrides = "overrides";
    /// `after`: an action of another entry was tried.
    After = "after";
    /// A text refers to a symptom, a fact, a term or a text by value.
    Mentions = "mentions";
}

impl EdgeKind {
    /// Whether what the edge leads to relies on the dependent too: a fact on what finds it out or changes it, an entry
    /// on what suppresses it.
    pub fn is_mutual(self) -> bool {
        matches!(self, Self::Finds | Self::Sets | Self::Rechecks | Self::Overrides)
    }
}
