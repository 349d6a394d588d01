//! What is told differently of a thing that both versions have, and in which situations. Refuses to know how lines come
//! about.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Thing;
use super::context::Context;
use super::matching::Twin;
use super::region::{Region, SEARCH, region};
use super::told::Line;
use super::version::Side;
use super::world::Field;
use crate::logic::{Exploded, Formula, is_satisfiable};
use crate::model::Target;
use crate::prose;

/// The lines of a thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    pub thing: Thing,
    /// In reading order.
    pub lines: Vec<ChangedLine>,
    /// Where readers see the change; `None` for everywhere.
    pub region: Option<Region>,
    /// Entries of the new version that refer to the thing, where the change is not their own.
    pub cited_by: Vec<Twin>,
}

impl TextChange {
    /// Whether only what steers the next step changed.
    pub fn is_guidance(&self) -> bool {
        self.lines.iter().all(|line| line.is_guidance)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedLine {
    /// Of which version it is.
    pub side: Side,
    /// The case that it is for, to stand before the text; empty where it is for all.
    pub case: String,
    pub text: String,
    pub is_guidance: bool,
}

/// What a reference leads to, in either version.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aim {
    Things(Vec<Thing>),
    /// A text that depends on a fact, by its name.
    Text(String),
    Nowhere,
}

/// A line in terms of both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Compared<'a> {
    key: &'a str,
    aims: Vec<Aim>,
    when: Formula,
}

/// More combinations of conditions than this are not looked at.
const MOST_CASES: usize = 512;

/// How the lines differ; `None` when a reader sees the same in every situation.
///
/// # Errors
/// When that could not be decided.
pub fn compare(cx: &Context<'_>, thing: Thing, lines: [&[Line]; 2]) -> Result<Option<TextChange>, Exploded> {
    let compared =
        Side::BOTH.map(|side| lines[side.index()].iter().map(|line| read(cx, side, line)).collect::<Vec<_>>());
    let [old, new] = &compared;
    if old == new {
        return Ok(None);
    }
    let region = match differing(cx, old, new)? {
        Difference::None => return Ok(None),
        Difference::Everywhere => None,
        Difference::Within(region) => Some(region),
    };
    let lines = changed_lines(cx, lines, &compared);
    Ok(Some(TextChange { thing, lines, region, cited_by: Vec::new() }))
}

fn read<'a>(cx: &Context<'_>, side: Side, line: &'a Line) -> Compared<'a> {
    Compared {
        key: line.key.as_deref().unwrap_or(&line.text),
        aims: line.aims.iter().map(|target| aim(cx, side, target)).collect(),
        when: cx.joint.shared(&line.when, side),
    }
}

pub fn aim(cx: &Context<'_>, side: Side, target: &Target) -> Aim {
    let matching = cx.matching;
    let one = |thing| Aim::Things(vec![thing]);
    match target {
        Target::Error | Target::Escape => Aim::Nowhere,
        Target::Entries(ids) => {
            Aim::Things(ids.iter().map(|id| Thing::Entry(matching.entries.of(side, *id))).collect())
        }
        Target::Action(id) => one(Thing::Action(matching.actions.of(side, *id))),
        Target::Symptom(id) => one(Thing::Symptom(matching.symptoms.of(side, *id))),
        Target::Fact(id) => one(Thing::Fact(matching.facts.of(side, *id))),
        Target::Document(id) => one(Thing::Document(matching.documents.of(side, *id))),
        Target::Section(id) => one(Thing::Section(matching.sections.of(side, *id))),
        Target::Link(id) => one(Thing::Link(matching.links.of(side, *id))),
        Target::Contact(id) => one(Thing::Contact(matching.contacts.of(side, *id))),
        Target::Term(id) => one(Thing::Term(matching.terms.of(side, *id))),
        Target::Text(id) => Aim::Text(cx.version(side).model().texts[*id].id.clone()),
    }
}

enum Difference {
    None,
    Everywhere,
    Within(Region),
}

/// Lines at both ends that are the same in every situation are left out of account.
fn differing(cx: &Context<'_>, old: &[Compared<'_>], new: &[Compared<'_>]) -> Result<Difference, Exploded> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    let mut guards: Vec<&Formula> = Vec::new();
    for line in old.iter().chain(new) {
        if line.when != Formula::Const(true) && !guards.contains(&&line.when) {
            guards.push(&line.when);
        }
    }
    let vars = guards.iter().flat_map(|guard| guard.support()).collect();
    let field = Field::new(cx.joint, cx.world, vars);
    let mut cases = Cases { field: &field, guards: &guards, old, new, differ: Vec::new(), same: 0, left: MOST_CASES };
    cases.look(&mut Vec::new(), &mut Vec::new())?;
    let Cases { differ, same, .. } = cases;
    match (differ.is_empty(), same) {
        (true, _) => Ok(Difference::None),
        (false, 0) => Ok(Difference::Everywhere),
        (false, _) => Ok(match region(&field, &Formula::Or(differ))? {
            Some((region, _)) => Difference::Within(region),
            None => Difference::None,
        }),
    }
}

/// A walk through the combinations of conditions that some situation has.
struct Cases<'a> {
    field: &'a Field,
    guards: &'a [&'a Formula],
    old: &'a [Compared<'a>],
    new: &'a [Compared<'a>],
    /// Those in which the lines differ.
    differ: Vec<Formula>,
    /// How many there are in which they do not.
    same: usize,
    left: usize,
}

impl Cases<'_> {
    fn look(&mut self, path: &mut Vec<Formula>, chosen: &mut Vec<bool>) -> Result<(), Exploded> {
        let Some(guard) = self.guards.get(chosen.len()) else { return self.judge(path, chosen) };
        let guard = self.field.local(guard);
        for (holds, formula) in [(true, guard.clone()), (false, Formula::Not(Box::new(guard)))] {
            path.push(formula);
            let all = Formula::And([self.field.assumed.clone()].into_iter().chain(path.iter().cloned()).collect());
            if is_satisfiable(&self.field.space, &all, SEARCH)? {
                chosen.push(holds);
                self.look(path, chosen)?;
                chosen.pop();
            }
            path.pop();
        }
        Ok(())
    }

    fn judge(&mut self, path: &[Formula], chosen: &[bool]) -> Result<(), Exploded> {
        self.left = self.left.checked_sub(1).ok_or(Exploded)?;
        let shown = |line: &&Compared<'_>| {
            let at = self.guards.iter().position(|guard| **guard == line.when);
            at.and_then(|at| chosen.get(at)).copied().unwrap_or(true)
        };
        let told = |line: &Compared<'_>| (line.key.to_owned(), line.aims.clone());
        match self.old.iter().filter(shown).map(told).eq(self.new.iter().filter(shown).map(told)) {
            true => self.same += 1,
            false => self.differ.push(Formula::And(path.to_vec())),
        }
        Ok(())
    }
}

/// The lines that a comparison line by line gives (Myers 1986), conditions that come to the same being the same.
fn changed_lines(cx: &Context<'_>, lines: [&[Line]; 2], compared: &[Vec<Compared<'_>>; 2]) -> Vec<ChangedLine> {
    let classes = classes(cx, compared);
    let keys = Side::BOTH.map(|side| {
        let compared = compared[side.index()].iter();
        compared.map(|line| (line.key, &line.aims, class(&line.when, &classes))).collect::<Vec<_>>()
    });
    let mut changed = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &keys[0], &keys[1]) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        for (side, range) in [(Side::Old, op.old_range()), (Side::New, op.new_range())] {
            let other = match side {
                Side::Old => lines[1].get(op.new_range()),
                Side::New => lines[0].get(op.old_range()),
            };
            for line in lines[side.index()].get(range).unwrap_or_default() {
                changed.push(changed_line(cx, side, line, other.unwrap_or_default()));
            }
        }
    }
    changed
}

/// Where the words stay and lead elsewhere, it is said where.
fn changed_line(cx: &Context<'_>, side: Side, line: &Line, others: &[Line]) -> ChangedLine {
    let mut text = line.text.clone();
    let is_same_text = others.iter().any(|other| other.text == line.text && other.case == line.case);
    if is_same_text && !line.aims.is_empty() {
        let compilation = cx.version(side).compilation;
        let title = |target: &Target| match target {
            Target::Link(id) => compilation.sources.text(compilation.model.links[*id].url).to_owned(),
            other => prose::title(other, &compilation.model, &compilation.sources).replace('\n', " "),
        };
        let titles: Vec<String> = line.aims.iter().map(title).collect();
        text.push_str(&format!(" [→ {}]", titles.join(", ")));
    }
    ChangedLine { side, case: line.case.clone(), text, is_guidance: line.is_guidance }
}

/// The conditions of the lines; those that hold in the same situations are one class, whose first is named.
fn classes<'a>(cx: &Context<'_>, compared: &'a [Vec<Compared<'_>>; 2]) -> Vec<(&'a Formula, usize)> {
    let mut classes: Vec<(&Formula, usize)> = Vec::new();
    for line in compared.iter().flatten().filter(|line| line.when != Formula::Const(true)) {
        if classes.iter().any(|(known, _)| **known == line.when) {
            continue;
        }
        let firsts = classes.iter().enumerate().filter(|(at, (_, class))| at == class);
        let mut firsts = firsts.map(|(at, (known, _))| (at, *known)).collect::<Vec<_>>().into_iter();
        let equal = firsts.find(|(_, known)| are_equal(cx, known, &line.when));
        let class = equal.map_or(classes.len(), |(at, _)| at);
        classes.push((&line.when, class));
    }
    classes
}

fn class(when: &Formula, classes: &[(&Formula, usize)]) -> Option<usize> {
    classes.iter().find(|(known, _)| *known == when).map(|(_, class)| *class)
}

/// Whether two conditions are seen to hold in the same situations.
fn are_equal(cx: &Context<'_>, one: &Formula, other: &Formula) -> bool {
    let field = Field::new(cx.joint, cx.world, one.support().into_iter().chain(other.support()).collect());
    let not = |formula: &Formula| Formula::Not(Box::new(formula.clone()));
    let (one, other) = (field.local(one), field.local(other));
    let apart = Formula::Or(vec![Formula::And(vec![one.clone(), not(&other)]), Formula::And(vec![not(&one), other])]);
    let apart = Formula::And(vec![field.assumed.clone(), apart]);
    is_satisfiable(&field.space, &apart, SEARCH) == Ok(false)
}
