//! Whether the things of a table agree: ids told apart, questions and facts that name each other, nothing within itself.
//! Refuses to look at a table with indexes out of bounds.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::fits;
use super::check::{Checked, broken};
use super::damage::Damage;
use crate::table::{Action, Piece, Prose, RefKind, Step, Table, Text};

/// So many lines are done within an action at most, and so many cases of texts stand within a text. The compiler keeps to it.
const MOST: usize = 500;

/// Finds the first things that do not.
pub(super) fn check(table: &Table) -> Checked {
    distinct("questions", table.questions.iter().map(|it| it.id.as_str()))?;
    distinct("facts", table.facts.iter().map(|it| it.id.as_str()))?;
    distinct("symptoms", table.symptoms.iter().map(|it| it.id.as_str()))?;
    distinct("entries", table.entries.iter().map(|it| it.id.as_str()))?;
    distinct("actions", table.actions.iter().map(|it| it.id.as_str()))?;
    distinct("contacts", table.contacts.iter().map(|it| it.id.as_str()))?;
    distinct("documents", table.documents.iter().map(|it| it.id.as_str()))?;
    distinct("links", table.links.iter().map(|it| it.id.as_str()))?;
    distinct("terms", table.terms.iter().map(|it| it.id.as_str()))?;
    distinct("texts", table.texts.iter().map(|it| it.id.as_str()))?;
    questions(table)?;
    bounds(table)?;
    ends("actions", &table.actions.iter().map(|it| parent(it)).collect::<Vec<_>>())?;
    ends("actions", &table.actions.iter().map(|it| alternatives(it)).collect::<Vec<_>>())?;
    ends("actions", &table.actions.iter().map(|it| done(it)).collect::<Vec<_>>())?;
    let places = (0u32..).zip(&table.texts).map(|(place, it)| (it.id.as_str(), place)).collect();
    ends("texts", &table.texts.iter().map(|it| said(it, &places)).collect::<Vec<_>>())
}

fn at(list: &str, place: usize, damage: Damage) -> Checked {
    Err(broken(&format!("{list}[{place}]"), damage))
}

fn distinct<'a>(list: &str, ids: impl Iterator<Item = &'a str>) -> Checked {
    let mut known = BTreeSet::new();
    let taken = ids.enumerate().find(|(_, id)| !known.insert(*id));
    taken.map_or(Ok(()), |(place, _)| at(list, place, Damage::IdTaken))
}

/// A question lists those facts that name it, each once.
fn questions(table: &Table) -> Checked {
    let mut named: Vec<Vec<u32>> = vec![Vec::new(); table.questions.len()];
    for (place, fact) in (0u32..).zip(&table.facts) {
        named.get_mut(fact.question as usize).into_iter().for_each(|it| it.push(place));
    }
    let agrees = |listed: &[u32], named: &[u32]| {
        let mut listed = listed.to_vec();
        listed.sort_unstable();
        listed == named
    };
    let pairs = table.questions.iter().zip(&named);
    let other = pairs.into_iter().position(|(question, named)| !agrees(&question.facts, named));
    other.map_or(Ok(()), |place| at("questions", place, Damage::OtherQuestion))
}

fn bounds(table: &Table) -> Checked {
    let kind = |question: u32| table.questions.get(question as usize).map(|it| &it.kind);
    let other = table.facts.iter().position(|fact| {
        let bounds = fact.cells.iter().flat_map(|cell| [&cell.ge, &cell.gt, &cell.le, &cell.lt]).flatten();
        bounds.into_iter().any(|bound| kind(fact.question).is_none_or(|kind| !fits(kind, bound)))
    });
    other.map_or(Ok(()), |place| at("facts", place, Damage::OtherBound))
}

/// What something has by itself, and the places of what stands within it, again for each time.
type Contents = (usize, Vec<u32>);

fn parent(action: &Action) -> Contents {
    (0, action.parent.into_iter().collect())
}

fn alternatives(action: &Action) -> Contents {
    (0, action.alternatives.clone())
}

fn done(action: &Action) -> Contents {
    let mut contents = Contents::default();
    add_done(&action.steps, &mut contents);
    contents
}

fn add_done(steps: &[Step], contents: &mut Contents) {
    for step in steps {
        contents.0 += 1;
        match step {
            Step::Do { action } => contents.1.push(*action),
            Step::Branches { branches } => branches.iter().for_each(|branch| {
                contents.0 += 1;
                add_done(&branch.steps, contents);
            }),
            Step::Step { .. }
            | Step::Bullet { .. }
            | Step::Note { .. }
            | Step::Warning { .. }
            | Step::Fence { .. }
            | Step::Contact { .. }
            | Step::See { .. } => {}
        }
    }
}

fn said(text: &Text, places: &BTreeMap<&str, u32>) -> Contents {
    let within = |prose: &Prose| {
        let texts = prose.iter().filter_map(|piece| match piece {
            Piece::Reference(it) if it.kind == RefKind::Text => Some(&it.targets),
            Piece::Reference(_) | Piece::Text(_) => None,
        });
        texts.flatten().filter_map(|id| places.get(id.as_str()).copied()).collect::<Vec<_>>()
    };
    (text.cases.len(), text.cases.iter().flat_map(|case| within(&case.text)).collect())
}

/// Nothing leads back to itself, and there is not too much within anything: from what has nothing within it upwards.
fn ends(list: &str, things: &[Contents]) -> Checked {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); things.len()];
    let mut unknown: Vec<usize> = things.iter().map(|(_, within)| within.len()).collect();
    let mut put_in = vec![0usize; things.len()];
    for (holder, (_, within)) in things.iter().enumerate() {
        within.iter().for_each(|it| holders[*it as usize].push(holder));
    }
    let mut known: Vec<usize> = (0..things.len()).filter(|thing| unknown[*thing] == 0).collect();
    while let Some(thing) = known.pop() {
        if put_in[thing] > MOST {
            return at(list, thing, Damage::TooMuch);
        }
        for holder in std::mem::take(&mut holders[thing]) {
            put_in[holder] += things[thing].0 + put_in[thing];
            unknown[holder] -= 1;
            known.extend((unknown[holder] == 0).then_some(holder));
        }
    }
    let endless = unknown.iter().position(|it| *it > 0);
    endless.map_or(Ok(()), |thing| at(list, thing, Damage::Endless))
}
