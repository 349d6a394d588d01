//! What comes next for a reader of texts: the next step, and before it entries that have nothing to do but to be read.

use crate::runtime::{ContactSource, Next, Reader, Session, ShownEntry, Verdict, is_bare};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Next(Next),
    /// Read an entry (an index) that offers nothing to do; unless `certain`, only if what its `when` says is so.
    Told {
        entry: u32,
        certain: bool,
    },
}

/// An entry to be read comes as soon as it is certain, and one that is possible before the reader is sent away.
pub(super) fn turn(reader: &Reader<'_>, session: &Session) -> Turn {
    let (next, shown) = reader.next_and_shown(session);
    let is_last = match &next {
        Next::Choose | Next::Contradiction { .. } => return Turn::Next(next),
        Next::Contact { from: ContactSource::Otherwise(_) | ContactSource::Default, .. } | Next::Done => true,
        Next::Contact { .. } | Next::Ask { .. } | Next::Do { .. } => false,
    };
    let is_due = |it: &ShownEntry| {
        let bare = reader.table().entries.get(it.entry as usize).is_some_and(|entry| is_bare(entry));
        bare && !it.is_spent && (is_last || it.verdict == Verdict::Certain)
    };
    match shown.into_iter().find(is_due) {
        Some(it) => Turn::Told { entry: it.entry, certain: it.verdict == Verdict::Certain },
        None => Turn::Next(next),
    }
}
