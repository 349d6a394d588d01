//! All that has a name or a text: paired, compared, and listed where only one version has it. Refuses to know when
//! entries apply.

use std::collections::BTreeMap;

use super::Undecided;
use super::context::Context;
use super::joint::Joint;
use super::matching::{Found, Matching, Name, Pairs, Rename, RenamedKind, Twin, match_actions, match_sections};
use super::texts::{self, Aim, TextChange, compare};
use super::told::{self, Line};
use super::version::{Side, Version};
use crate::language::Language;
use crate::logic::Exploded;
use crate::model::{ActionId, EntryId, FactId, Id, IdVec};

/// Something that changes, by its place among those of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    KnowledgeBase,
    Entry(Twin),
    Action(Twin),
    Symptom(Twin),
    Fact(Twin),
    Document(Twin),
    Section(Twin),
    Link(Twin),
    Contact(Twin),
    Term(Twin),
}

/// What is which, and the space that conditions of both are compared in.
pub fn matched(versions: [&Version<'_>; 2], language: Language) -> (Matching, Joint) {
    let mut renames = Vec::new();
    let pairing = Pairing { versions, language };
    let documents =
        pairing.of(RenamedKind::Document, &mut renames, |v| &v.model().documents, |it| (&it.id, &[]), told::document);
    let links = pairing.of(RenamedKind::Link, &mut renames, |v| &v.model().links, |it| (&it.id, &[]), told::link);
    let contacts =
        pairing.of(RenamedKind::Contact, &mut renames, |v| &v.model().contacts, |it| (&it.id, &[]), told::contact);
    let terms = pairing.of(RenamedKind::Term, &mut renames, |v| &v.model().terms, |it| (&it.id, &[]), told::term);
    let symptoms = pairing.of(
        RenamedKind::Symptom,
        &mut renames,
        |v| &v.model().symptoms,
        |it| (&it.id, &it.formerly),
        told::symptom,
    );
    let facts =
        pairing.of(RenamedKind::Fact, &mut renames, |v| &v.model().facts, |it| (&it.id, &it.formerly), told::fact);
    let joint = Joint::new(&facts, versions);
    let entries = pairing.of(
        RenamedKind::Entry,
        &mut renames,
        |v| &v.model().entries,
        |it| (&it.id, &it.formerly),
        |version, id, language| entry_content(version, id, language, &joint),
    );
    let actions =
        match_actions(&entries, versions, |side, id| content(&told::action(versions[side.index()], id, language)));
    let sections = match_sections(&documents, versions);
    renames.sort_by_key(|rename| rename.kind);
    (Matching { entries, actions, symptoms, facts, documents, sections, links, contacts, terms, renames }, joint)
}

/// With its actions and its condition, so that only what says and means the same is taken for the same.
fn entry_content(version: &Version<'_>, id: EntryId, language: Language, joint: &Joint) -> Vec<Line> {
    let mut lines = told::entry(version, id, language);
    for (action, _) in version.offers(id) {
        lines.extend(told::action(version, action, language));
    }
    if let Some(first) = lines.first_mut() {
        let own = joint.shared(version.meanings.own(id), version.side);
        first.text.push_str(&format!("{own:?}"));
    }
    lines
}

struct Pairing<'a> {
    versions: [&'a Version<'a>; 2],
    language: Language,
}

impl Pairing<'_> {
    fn of<'b, I: Id + 'b, T: 'b>(
        &'b self,
        kind: RenamedKind,
        renames: &mut Vec<Rename>,
        table: impl Fn(&'b Version<'b>) -> &'b IdVec<I, T>,
        name: impl Fn(&'b T) -> (&'b String, &'b [String]),
        tell: impl Fn(&Version<'_>, I, Language) -> Vec<Line>,
    ) -> Pairs<I> {
        let names = self.versions.map(|version| {
            let named = table(version).iter().map(&name);
            named.map(|(id, formerly)| Name { id, formerly }).collect::<Vec<_>>()
        });
        let mut found = Found::by_name(kind, &names[0], &names[1]);
        found.by_content(&names[0], &names[1], |side, at| {
            content(&tell(self.versions[side.index()], I::new(at), self.language))
        });
        found.finish(renames)
    }
}

/// What tells things apart.
fn content(lines: &[Line]) -> String {
    lines.iter().map(|line| format!("{}\u{1f}{}\u{1e}", line.case, line.text)).collect()
}

/// Texts that changed: of the knowledge base itself, of entries with their actions, then of all that they refer to.
pub fn texts(cx: &Context<'_>, undecided: &mut Vec<Undecided>) -> Vec<TextChange> {
    let mut teller = Telling { cx, changes: Vec::new(), undecided };
    teller.compare(Thing::KnowledgeBase, [Side::Old, Side::New].map(|side| told::base(cx.version(side), cx.language)));
    teller.entries();
    teller.all(&cx.matching.symptoms, Thing::Symptom, told::symptom);
    teller.facts();
    teller.all(&cx.matching.contacts, Thing::Contact, told::contact);
    teller.all(&cx.matching.documents, Thing::Document, told::document);
    teller.all(&cx.matching.links, Thing::Link, told::link);
    teller.all(&cx.matching.terms, Thing::Term, told::term);
    let mut changes = teller.changes;
    cite(cx, &mut changes);
    changes
}

struct Telling<'a, 'b> {
    cx: &'a Context<'a>,
    changes: Vec<TextChange>,
    undecided: &'b mut Vec<Undecided>,
}

impl Telling<'_, '_> {
    fn compare(&mut self, thing: Thing, lines: [Vec<Line>; 2]) {
        match compare(self.cx, thing, [&lines[0], &lines[1]]) {
            Ok(change) => self.changes.extend(change),
            Err(Exploded) => self.undecided.push(Undecided::Text(thing)),
        }
    }

    fn pair<I: Id>(&mut self, thing: Thing, ids: (I, I), tell: impl Fn(&Version<'_>, I, Language) -> Vec<Line>) {
        let lines = [(Side::Old, ids.0), (Side::New, ids.1)];
        let lines = lines.map(|(side, id)| tell(self.cx.version(side), id, self.cx.language));
        self.compare(thing, lines);
    }

    fn all<I: Id>(
        &mut self,
        pairs: &Pairs<I>,
        thing: impl Fn(Twin) -> Thing,
        tell: impl Fn(&Version<'_>, I, Language) -> Vec<Line>,
    ) {
        for (twin, _) in pairs.iter() {
            if let Some(ids) = pairs.both(twin) {
                self.pair(thing(twin), ids, &tell);
            }
        }
    }

    /// An entry's actions follow it.
    fn entries(&mut self) {
        let matching = self.cx.matching;
        let mut own: BTreeMap<Twin, Vec<Twin>> = BTreeMap::new();
        for (twin, pair) in matching.actions.iter() {
            if let [Some(_), Some(new)] = pair {
                let entry = self.cx.version(Side::New).model().actions[new].entry;
                own.entry(matching.entries.of(Side::New, entry)).or_default().push(twin);
            }
        }
        for (twin, _) in matching.entries.iter() {
            if let Some(ids) = matching.entries.both(twin) {
                self.pair(Thing::Entry(twin), ids, told::entry);
                for action in own.get(&twin).into_iter().flatten() {
                    if let Some(ids) = matching.actions.both(*action) {
                        self.pair(Thing::Action(*action), ids, told::action);
                    }
                }
            }
        }
    }

    /// Facts that follow from others are no question that anybody is asked.
    fn facts(&mut self) {
        let facts = &self.cx.matching.facts;
        for (twin, _) in facts.iter() {
            if let Some(ids) = facts.both(twin)
                && is_asked(self.cx, Side::Old, ids.0)
                && is_asked(self.cx, Side::New, ids.1)
            {
                self.pair(Thing::Fact(twin), ids, told::fact);
            }
        }
    }
}

fn is_asked(cx: &Context<'_>, side: Side, id: FactId) -> bool {
    cx.version(side).model().facts[id].derived.is_none()
}

/// Names the entries that refer to shared things that changed.
fn cite(cx: &Context<'_>, changes: &mut [TextChange]) {
    let mut places: BTreeMap<Thing, usize> = BTreeMap::new();
    for (at, change) in changes.iter().enumerate() {
        if matches!(change.thing, Thing::Contact(_) | Thing::Document(_) | Thing::Link(_) | Thing::Term(_)) {
            places.insert(change.thing, at);
        }
    }
    if places.is_empty() {
        return;
    }
    let version = cx.version(Side::New);
    for id in version.model().entries.ids() {
        let twin = cx.matching.entries.of(Side::New, id);
        let actions = version.offers(id).into_iter().flat_map(|(action, _)| told::action(version, action, cx.language));
        let lines = told::entry(version, id, cx.language).into_iter().chain(actions);
        for target in lines.flat_map(|line| line.aims) {
            let Aim::Things(things) = texts::aim(cx, Side::New, &target) else { continue };
            for thing in things {
                let change = places.get(&within(cx, thing)).and_then(|at| changes.get_mut(*at));
                if let Some(change) = change.filter(|change| change.cited_by.last() != Some(&twin)) {
                    change.cited_by.push(twin);
                }
            }
        }
    }
}

/// A section is told with its document.
fn within(cx: &Context<'_>, thing: Thing) -> Thing {
    let Thing::Section(twin) = thing else { return thing };
    match cx.matching.sections.get(Side::New, twin) {
        Some(id) => {
            let document = cx.version(Side::New).model().sections[id].document;
            Thing::Document(cx.matching.documents.of(Side::New, document))
        }
        None => thing,
    }
}

/// The things that only this version has. Of an entry that is gone or new, its actions are not listed.
pub fn only_of(cx: &Context<'_>, side: Side) -> Vec<Thing> {
    let matching = cx.matching;
    let mut things = Vec::new();
    only(&matching.entries, side, |twin, _| things.push(Thing::Entry(twin)));
    only(&matching.actions, side, |twin, id: ActionId| {
        let entry = matching.entries.of(side, cx.version(side).model().actions[id].entry);
        if matching.entries.both(entry).is_some() {
            things.push(Thing::Action(twin));
        }
    });
    only(&matching.symptoms, side, |twin, _| things.push(Thing::Symptom(twin)));
    only(&matching.facts, side, |twin, id| {
        if is_asked(cx, side, id) {
            things.push(Thing::Fact(twin));
        }
    });
    for (twin, pair) in matching.facts.iter() {
        // Asked in one version, and following from others in the other.
        if let [Some(old), Some(new)] = pair {
            let (before, after) = (is_asked(cx, Side::Old, old), is_asked(cx, Side::New, new));
            if before != after && (side == Side::Old) == before {
                things.push(Thing::Fact(twin));
            }
        }
    }
    only(&matching.contacts, side, |twin, _| things.push(Thing::Contact(twin)));
    only(&matching.documents, side, |twin, _| things.push(Thing::Document(twin)));
    only(&matching.links, side, |twin, _| things.push(Thing::Link(twin)));
    only(&matching.terms, side, |twin, _| things.push(Thing::Term(twin)));
    things
}

fn only<I: Id>(pairs: &Pairs<I>, side: Side, mut each: impl FnMut(Twin, I)) {
    for (twin, _) in pairs.iter() {
        if let (Some(id), None) = (pairs.get(side, twin), pairs.get(side.other(), twin)) {
            each(twin, id);
        }
    }
}

/// Whether questions that both versions ask stand in another order.
pub fn is_question_order_changed(cx: &Context<'_>) -> bool {
    let facts = &cx.matching.facts;
    let asked = |side: Side| {
        let ids = cx.version(side).model().facts.ids();
        let both = move |id: &FactId| {
            let pair = facts.both(facts.of(side, *id));
            pair.is_some_and(|(old, new)| is_asked(cx, Side::Old, old) && is_asked(cx, Side::New, new))
        };
        ids.filter(both).map(move |id| facts.of(side, id)).collect::<Vec<Twin>>()
    };
    asked(Side::Old) != asked(Side::New)
}
