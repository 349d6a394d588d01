//! What a compilation has in common with the one before it. Refuses to know what is made of that.

use std::sync::Arc;

use crate::source::FileId;

/// Which compilation it is, and what a session found to be as it was in the one before.
#[derive(Clone, Debug, Default)]
pub struct Descent {
    own: Arc<()>,
    parent: Option<Parent>,
}

/// A compilation in which what other files see of each file that has changed since was the same.
#[derive(Clone, Debug)]
struct Parent {
    own: Arc<()>,
    /// By file.
    is_unchanged: Arc<[bool]>,
}

impl Descent {
    /// Of a compilation that follows this one, with whether each file is as it was.
    pub(super) fn followed(&self, is_unchanged: &[bool]) -> Self {
        let parent = Parent { own: Arc::clone(&self.own), is_unchanged: is_unchanged.into() };
        Self { own: Arc::default(), parent: Some(parent) }
    }

    /// Whether it follows that one; then the same things stand at the same places.
    pub fn follows(&self, other: &Self) -> bool {
        self.parent.as_ref().is_some_and(|parent| Arc::ptr_eq(&parent.own, &other.own))
    }

    /// Whether a file is as it was in the compilation that this one follows.
    pub fn is_unchanged(&self, file: FileId) -> bool {
        self.parent.as_ref().is_some_and(|parent| parent.is_unchanged.get(file.0 as usize) == Some(&true))
    }
}
