//! Which thing of the old version is which of the new one. Refuses to know what things say and mean, but for a key that
//! tells their contents apart.
//!
//! Names decide, then declared former names; a thing that is gone and a thing that is new, each the only one of its
//! content, are taken for one whose name was changed, which is a guess.

use std::collections::BTreeMap;

use super::version::{Side, Version};
use crate::model::{
    ActionId, ContactId, DocumentId, EntryId, FactId, Id, IdVec, LinkId, Model, SectionId, SymptomId, TermId,
};

/// A thing of either version or of both, by its place in [`Pairs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Twin(pub u32);

/// The things of one kind: those of the new version in order, then those that only the old one has.
#[derive(Debug)]
pub struct Pairs<I> {
    pairs: Vec<[Option<I>; 2]>,
    twins: [Vec<Twin>; 2],
}

impl<I: Id> Pairs<I> {
    /// From the old counterpart of each new thing.
    fn new(old_count: usize, olds: &[Option<usize>]) -> Self {
        let mut pairs: Vec<[Option<I>; 2]> =
            olds.iter().enumerate().map(|(new, old)| [old.map(I::new), Some(I::new(new))]).collect();
        let mut twins = [vec![None; old_count], vec![None; olds.len()]];
        for (at, pair) in (0..).zip(&pairs) {
            for (ids, id) in twins.iter_mut().zip(pair) {
                if let Some(place) = id.and_then(|id| ids.get_mut(id.index())) {
                    *place = Some(Twin(at));
                }
            }
        }
        let [old, new] = twins;
        let old = old.into_iter().enumerate().map(|(id, twin)| {
            twin.unwrap_or_else(|| {
                pairs.push([Some(I::new(id)), None]);
                Twin(pairs.len() as u32 - 1)
            })
        });
        let old = old.collect();
        Self { pairs, twins: [old, new.into_iter().flatten().collect()] }
    }

    pub fn of(&self, side: Side, id: I) -> Twin {
        let twins = match side {
            Side::Old => &self.twins[0],
            Side::New => &self.twins[1],
        };
        twins.get(id.index()).copied().unwrap_or(Twin(u32::MAX))
    }

    pub fn get(&self, side: Side, twin: Twin) -> Option<I> {
        self.pairs.get(twin.0 as usize).and_then(|pair| pair.get(side.index()).copied().flatten())
    }

    /// Both ids of what both versions have.
    pub fn both(&self, twin: Twin) -> Option<(I, I)> {
        self.get(Side::Old, twin).zip(self.get(Side::New, twin))
    }

    pub fn iter(&self) -> impl Iterator<Item = (Twin, [Option<I>; 2])> {
        (0..).map(Twin).zip(self.pairs.iter().copied())
    }
}

/// A name that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    pub kind: RenamedKind,
    pub old: String,
    pub new: String,
    /// By `formerly`; otherwise it is a guess.
    pub is_declared: bool,
}

/// The kinds of things whose names may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RenamedKind {
    Entry,
    Symptom,
    Fact,
    Document,
    Link,
    Contact,
    Term,
}

/// What has a name: the present one and former ones.
pub struct Name<'a> {
    pub id: &'a str,
    pub formerly: &'a [String],
}

/// The old counterpart of each new thing by name, found so far, and the renames among them.
pub struct Found {
    kind: RenamedKind,
    olds: Vec<Option<usize>>,
    old_count: usize,
    renames: Vec<Rename>,
}

impl Found {
    pub fn by_name(kind: RenamedKind, old: &[Name<'_>], new: &[Name<'_>]) -> Self {
        let mut found = Self { kind, olds: vec![None; new.len()], old_count: old.len(), renames: Vec::new() };
        let present: BTreeMap<&str, usize> = old.iter().enumerate().map(|(at, name)| (name.id, at)).collect();
        let mut taken = vec![false; old.len()];
        for (place, name) in found.olds.iter_mut().zip(new) {
            *place = present.get(name.id).copied();
            if let Some(taken) = place.and_then(|at| taken.get_mut(at)) {
                *taken = true;
            }
        }
        found.declared(old, new, &present, &mut taken);
        found
    }

    /// The new version says what a thing was called, or, when the newer one stands first, the old version does.
    fn declared(&mut self, old: &[Name<'_>], new: &[Name<'_>], present: &BTreeMap<&str, usize>, taken: &mut [bool]) {
        let mut former: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, name) in old.iter().enumerate() {
            name.formerly.iter().for_each(|id| _ = former.entry(id).or_insert(at));
        }
        for (at, name) in new.iter().enumerate() {
            if self.olds.get(at).is_none_or(Option::is_some) {
                continue;
            }
            let forward = name.formerly.iter().filter_map(|id| present.get(id.as_str()).copied());
            let candidates: Vec<usize> = forward.chain(former.get(name.id).copied()).collect();
            let free = candidates.into_iter().find(|old| taken.get(*old) == Some(&false));
            if let Some(old_at) = free {
                taken[old_at] = true;
                self.pair(at, old_at, old, new, true);
            }
        }
    }

    /// Pairs what is left over and has a content that nothing else left over on its side has.
    pub fn by_content(&mut self, old: &[Name<'_>], new: &[Name<'_>], content: impl Fn(Side, usize) -> String) {
        let taken: Vec<usize> = self.olds.iter().flatten().copied().collect();
        let mut free = vec![true; self.old_count];
        taken.into_iter().for_each(|at| free[at] = false);
        let gone = (0..self.old_count).filter(|at| free[*at]);
        let added: Vec<usize> = (0..new.len()).filter(|at| self.olds.get(*at) == Some(&None)).collect();
        let gone = only_of_content(gone.collect(), |at| content(Side::Old, at));
        for (content, at) in only_of_content(added, |at| content(Side::New, at)) {
            if let (Some(at), Some(Some(old_at))) = (at, gone.get(&content)) {
                self.pair(at, *old_at, old, new, false);
            }
        }
    }

    fn pair(&mut self, at: usize, old_at: usize, old: &[Name<'_>], new: &[Name<'_>], is_declared: bool) {
        if let Some(place) = self.olds.get_mut(at) {
            *place = Some(old_at);
        }
        if let (Some(old), Some(new)) = (old.get(old_at), new.get(at)) {
            let (old, new) = (old.id.to_owned(), new.id.to_owned());
            self.renames.push(Rename { kind: self.kind, old, new, is_declared });
        }
    }

    pub fn finish<I: Id>(self, renames: &mut Vec<Rename>) -> Pairs<I> {
        renames.extend(self.renames);
        Pairs::new(self.old_count, &self.olds)
    }
}

/// By content the one that has it; `None` where several do.
fn only_of_content(places: Vec<usize>, content: impl Fn(usize) -> String) -> BTreeMap<String, Option<usize>> {
    let mut found: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for at in places {
        found.entry(content(at)).and_modify(|only| *only = None).or_insert(Some(at));
    }
    found
}

/// Sections belong to their document, by number or else by title.
pub fn match_sections(documents: &Pairs<DocumentId>, versions: [&Version<'_>; 2]) -> Pairs<SectionId> {
    let [old, new] = versions;
    let key = |version: &Version<'_>, id: SectionId| {
        let section = &version.model().sections[id];
        let title = || section.title.map(|span| version.compilation.sources.text(span).to_owned());
        let name = section.number.clone().or_else(title).unwrap_or_default();
        (documents.of(version.side, section.document), name)
    };
    let known: BTreeMap<_, usize> = old.model().sections.ids().map(|id| (key(old, id), id.index())).collect();
    let olds: Vec<Option<usize>> = new.model().sections.ids().map(|id| known.get(&key(new, id)).copied()).collect();
    Pairs::new(old.model().sections.len(), &olds)
}

/// Actions belong to their entry: by name, then by equal content, then by number.
pub fn match_actions(
    entries: &Pairs<EntryId>,
    versions: [&Version<'_>; 2],
    content: impl Fn(Side, ActionId) -> String,
) -> Pairs<ActionId> {
    let [old, new] = versions.map(Version::model);
    let (of_old, of_new) = (by_entry(old), by_entry(new));
    let mut olds: Vec<Option<usize>> = vec![None; new.actions.len()];
    for (_, pair) in entries.iter() {
        let [Some(old_entry), Some(new_entry)] = pair else { continue };
        let mut gone = of_old[old_entry].clone();
        let mut added = of_new[new_entry].clone();
        let named = |model: &Model, id: ActionId| model.actions[id].name.clone();
        pair_up(&mut gone, &mut added, &mut olds, |id| named(old, id), |id| named(new, id));
        let old_content = |id| Some(content(Side::Old, id));
        pair_up(&mut gone, &mut added, &mut olds, old_content, |id| Some(content(Side::New, id)));
        let number = |model: &Model, id: ActionId| Some(model.actions[id].number.clone());
        pair_up(&mut gone, &mut added, &mut olds, |id| number(old, id), |id| number(new, id));
    }
    Pairs::new(old.actions.len(), &olds)
}

fn by_entry(model: &Model) -> IdVec<EntryId, Vec<ActionId>> {
    let mut lists: IdVec<EntryId, Vec<ActionId>> = model.entries.iter().map(|_| Vec::new()).collect();
    model.actions.enumerate().for_each(|(id, action)| lists[action.entry].push(id));
    lists
}

/// Takes out of both lists what has the same key, in order.
fn pair_up(
    gone: &mut Vec<ActionId>,
    added: &mut Vec<ActionId>,
    olds: &mut [Option<usize>],
    old_key: impl Fn(ActionId) -> Option<String>,
    new_key: impl Fn(ActionId) -> Option<String>,
) {
    if gone.is_empty() {
        return;
    }
    let mut known: BTreeMap<String, Vec<ActionId>> = BTreeMap::new();
    for id in gone.iter().rev() {
        if let Some(key) = old_key(*id) {
            known.entry(key).or_default().push(*id);
        }
    }
    added.retain(|id| {
        let old = new_key(*id).and_then(|key| known.get_mut(&key)?.pop());
        if let (Some(old), Some(place)) = (old, olds.get_mut(id.index())) {
            *place = Some(old.index());
            gone.retain(|other| *other != old);
        }
        old.is_none()
    });
}

/// Everything that has a counterpart, or could have.
#[derive(Debug)]
pub struct Matching {
    pub entries: Pairs<EntryId>,
    pub actions: Pairs<ActionId>,
    pub symptoms: Pairs<SymptomId>,
    pub facts: Pairs<FactId>,
    pub documents: Pairs<DocumentId>,
    pub sections: Pairs<SectionId>,
    pub links: Pairs<LinkId>,
    pub contacts: Pairs<ContactId>,
    pub terms: Pairs<TermId>,
    pub renames: Vec<Rename>,
}
