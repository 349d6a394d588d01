//! Owns the semantic diff: what two versions of a knowledge base tell their readers differently, and in which situations.
//! Refuses to know where the versions come from.
//!
//! Everything is compared over the situations that both versions know, each with the assumptions of both; what only one
//! of them knows is a class of its own. Conditions are compared by what they mean, not by their words. Nothing is left out
//! but what only writers use (comments, who looks after an entry, days of change and review, tests) and the place of things
//! in lists of all of them, so that a diff without a change is a proof that nothing changes for any reader.

mod behaviour;
mod context;
mod example;
pub mod human;
mod joint;
pub mod json;
pub mod markdown;
mod matching;
mod one_sided;
mod region;
mod say;
mod texts;
mod things;
mod told;
mod version;
mod words;
mod world;

pub use behaviour::{Change, Effect, SymptomChange};
pub use example::{Answer, Example};
pub use joint::{Face, Joint, JointCell, JointVariable, Place};
pub use matching::{Matching, Pairs, Rename, RenamedKind, Twin};
pub use one_sided::OneSided;
pub use region::{Count, Region};
pub use say::View;
pub use texts::{ChangedLine, TextChange};
pub use things::Thing;
pub use version::{Side, Version};

use std::cell::Cell;

use self::context::{Context, MOST_REGIONS};
use self::one_sided::{Worlds, one_sided};
use self::region::SEARCH;
use crate::session::Compilation;

/// What changes from the old version to the new one.
#[derive(Debug)]
pub struct Diff<'a> {
    pub versions: [Version<'a>; 2],
    pub matching: Matching,
    pub joint: Joint,
    /// Things that only the new version has, and that only the old one has.
    pub added: Vec<Thing>,
    pub removed: Vec<Thing>,
    pub symptoms: Vec<SymptomChange>,
    pub texts: Vec<TextChange>,
    pub one_sided: Vec<OneSided>,
    /// Questions that both versions ask come in another order in the files, which settles ties between them.
    pub is_question_order_changed: bool,
    /// The versions have no situation in common.
    pub is_disjoint: bool,
    pub undecided: Vec<Undecided>,
}

/// What a budget ended before it was known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// A derived fact of this version could not be worked in: nothing about conditions is sure.
    Derived(Side),
    /// Whether there are situations that only one version knows.
    Situations,
    /// Whether a text changed.
    Text(Thing),
    /// Whether these things change for a symptom.
    Symptom(Twin),
}

impl Diff<'_> {
    /// Whether it is proved that no reader is told anything else, names of things aside.
    pub fn is_unchanged(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.symptoms.is_empty()
            && self.texts.is_empty()
            && self.one_sided.is_empty()
            && self.joint.retyped.is_empty()
            && !self.is_question_order_changed
            && !self.is_disjoint
            && self.undecided.is_empty()
    }
}

/// Compares two compilations without errors.
pub fn diff<'a>(old: &'a Compilation, new: &'a Compilation) -> Diff<'a> {
    let language = new.model.config.language;
    let versions = [Version::new(Side::Old, old), Version::new(Side::New, new)];
    let pair = [&versions[0], &versions[1]];
    let (matching, joint) = things::matched(pair, language);
    let worlds = Worlds::new(&joint, pair);
    let cx = Context {
        versions: pair,
        matching: &matching,
        joint: &joint,
        world: &worlds.both,
        language,
        regions_left: Cell::new(MOST_REGIONS),
    };
    let mut undecided: Vec<Undecided> =
        pair.iter().filter(|it| !it.is_whole).map(|it| Undecided::Derived(it.side)).collect();
    let (one_sided, is_open) = one_sided(&joint, &worlds);
    let is_disjoint = worlds.both.is_empty(&joint.space, SEARCH);
    if is_open || is_disjoint.is_err() {
        undecided.push(Undecided::Situations);
    }
    let is_disjoint = is_disjoint == Ok(true);
    let symptoms = if is_disjoint { Vec::new() } else { symptoms(&cx, &mut undecided) };
    let texts = things::texts(&cx, &mut undecided);
    let [added, removed] = [Side::New, Side::Old].map(|side| things::only_of(&cx, side));
    let is_question_order_changed = things::is_question_order_changed(&cx);
    Diff {
        added,
        removed,
        symptoms,
        texts,
        one_sided,
        is_question_order_changed,
        is_disjoint,
        undecided,
        matching,
        joint,
        versions,
    }
}

/// Those that change. What is undecided of one is named once.
fn symptoms(cx: &Context<'_>, undecided: &mut Vec<Undecided>) -> Vec<SymptomChange> {
    let offers = behaviour::offers(cx);
    let mut changes = Vec::new();
    for (twin, _) in cx.matching.symptoms.iter() {
        let Some(ids) = cx.matching.symptoms.both(twin) else { continue };
        if let Some(change) = behaviour::compare(cx, twin, ids, &offers) {
            if !change.undecided.is_empty() {
                undecided.push(Undecided::Symptom(twin));
            }
            changes.push(change);
        }
    }
    changes
}
