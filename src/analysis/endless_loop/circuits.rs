//! Which entries hand over to each other in circles, and under which symptoms a reader gets there. Refuses to know situations.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::{Found, find, report};
use crate::analysis::Context;
use crate::analysis::assumptions::Connected;
use crate::analysis::extract::{Circuit, extract_circuit};
use crate::analysis::keys::EntryKeys;
use crate::analysis::memo::Run;
use crate::diag::Diagnostics;
use crate::graph::{Arc, find_tangles};
use crate::model::{EntryId, Id, IfUnknown, SymptomId};

/// So many symptoms are looked at for entries that hand over to each other.
const SYMPTOMS: usize = 32;

/// Reports the circles in the hand-overs of a knowledge base, but for those with an entry of `inexact`. Linear where there are
/// none.
pub(in crate::analysis) fn check(
    cx: &Context<'_>,
    entries: &EntryKeys,
    connected: &Connected,
    inexact: &FxHashSet<EntryId>,
    run: &mut Run<'_>,
    diagnostics: &mut Diagnostics,
) {
    let arcs: Vec<Arc> = entries.hand_overs.enumerate().flat_map(|(from, targets)| arcs_from(from, targets)).collect();
    let mut key = cx.keys.key("tangles");
    arcs.iter().for_each(|arc| key.add((arc.from, arc.to)));
    let key = key.finish();
    if run.is_quiet(key) {
        return;
    }
    let tangles = find_tangles(&arcs);
    if tangles.is_empty() {
        return run.note_quiet(key);
    }
    let listing = Listing::new(cx, &arcs);
    for tangle in tangles {
        let entries: Vec<EntryId> = tangle.into_iter().map(EntryId::new).collect();
        if !entries.iter().any(|entry| inexact.contains(entry)) {
            check_tangle(&entries, &listing, cx, connected, diagnostics);
        }
    }
}

fn arcs_from(from: EntryId, targets: &[EntryId]) -> impl Iterator<Item = Arc> {
    targets.iter().map(move |to| Arc { from: from.index(), to: to.index(), span: None })
}

/// How readers get to entries.
struct Listing {
    /// The symptoms that list an entry.
    symptoms: BTreeMap<EntryId, Vec<SymptomId>>,
    /// The entries that hand over to one.
    into: BTreeMap<EntryId, Vec<EntryId>>,
    /// Entries that readers go on with who do not know the answer to a question.
    asked: BTreeSet<EntryId>,
}

impl Listing {
    fn new(cx: &Context<'_>, arcs: &[Arc]) -> Self {
        let mut symptoms: BTreeMap<EntryId, Vec<SymptomId>> = BTreeMap::new();
        for (symptom, entries) in cx.applicability.entries.enumerate() {
            entries.iter().for_each(|entry| symptoms.entry(*entry).or_default().push(symptom));
        }
        let mut into: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
        for arc in arcs {
            into.entry(EntryId::new(arc.to)).or_default().push(EntryId::new(arc.from));
        }
        let asked = cx.model.facts.iter().filter_map(|fact| match &fact.if_unknown {
            Some(IfUnknown::Entry(used)) => Some(used.entry),
            Some(IfUnknown::Contact(_) | IfUnknown::Value(_)) | None => None,
        });
        Self { symptoms, into, asked: asked.collect() }
    }

    /// The symptoms that list one of the entries, ascending.
    fn of(&self, entries: &[EntryId]) -> BTreeSet<SymptomId> {
        entries.iter().filter_map(|entry| self.symptoms.get(entry)).flatten().copied().collect()
    }

    /// Whether a reader may get to the entries with a symptom that lists none of them, so that nothing overrides them.
    fn lets_strangers_in(&self, entries: &[EntryId], own: &BTreeSet<SymptomId>) -> bool {
        if own.is_empty() {
            return true;
        }
        let mut seen: BTreeSet<EntryId> = entries.iter().copied().collect();
        let mut open: Vec<EntryId> = entries.to_vec();
        while let Some(entry) = open.pop() {
            let is_strange = |symptom: &SymptomId| !own.contains(symptom);
            if self.asked.contains(&entry) || self.symptoms.get(&entry).is_some_and(|it| it.iter().any(is_strange)) {
                return true;
            }
            open.extend(self.into.get(&entry).into_iter().flatten().copied().filter(|from| seen.insert(*from)));
        }
        false
    }
}

/// Overriding only narrows conditions: a circle that no situation has without it is none.
fn check_tangle(
    entries: &[EntryId],
    listing: &Listing,
    cx: &Context<'_>,
    connected: &Connected,
    diagnostics: &mut Diagnostics,
) {
    let by_themselves = extract_circuit(entries, None, cx, connected);
    let found = find(&by_themselves.problem);
    let symptoms = listing.of(entries);
    if found == Found::default() || listing.lets_strangers_in(entries, &symptoms) {
        return report::report(&found, &by_themselves, cx, diagnostics);
    }
    let mut circuits: Vec<Circuit> = Vec::new();
    for symptom in symptoms.iter().take(SYMPTOMS) {
        let circuit = extract_circuit(entries, Some(*symptom), cx, connected);
        if circuits.iter().all(|it| it.problem != circuit.problem) {
            circuits.push(circuit);
        }
    }
    // Where nothing is overridden under any symptom, none needs to be named.
    if circuits.iter().all(|circuit| circuit.problem == by_themselves.problem) {
        return report::report(&found, &by_themselves, cx, diagnostics);
    }
    let mut undecided = symptoms.len() > SYMPTOMS || found.is_undecided;
    let mut known: BTreeSet<_> = BTreeSet::new();
    for circuit in &circuits {
        let Found { mut circles, is_undecided } = find(&circuit.problem);
        undecided |= is_undecided;
        circles.retain(|circle| known.insert(circle.steps.clone()));
        report::report(&Found { circles, is_undecided: false }, circuit, cx, diagnostics);
    }
    if undecided && known.is_empty() {
        let found = Found { circles: Vec::new(), is_undecided: true };
        report::report(&found, &by_themselves, cx, diagnostics);
    }
}
