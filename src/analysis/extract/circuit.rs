//! Takes entries that hand over to each other out of the model, whatever their symptoms are. Refuses to look for ways round.

use rustc_hash::FxHashMap;

use super::{Extraction, Numbered, number_variables};
use crate::analysis::Context;
use crate::analysis::assumptions::Connected;
use crate::analysis::problem::Problem;
use crate::analysis::told::Told;
use crate::logic::{Space, Var};
use crate::model::{ActionId, EntryId, SymptomId};

/// Some entries and the hand-overs among them, with what the numbers of the problem stand for.
#[derive(Clone, Debug)]
pub struct Circuit {
    /// Each entry's own condition is here all of what decides whether it applies, and hand-overs to other entries are left out.
    pub problem: Problem,
    /// The symptom that it is looked at under.
    pub under: Option<SymptomId>,
    pub vars: Vec<Var>,
    pub entries: Vec<EntryId>,
    /// For each entry its problem's actions.
    pub actions: Vec<Vec<ActionId>>,
}

/// The entries under a symptom, which may list some of them, or by themselves.
pub fn extract_circuit(
    entries: &[EntryId],
    under: Option<SymptomId>,
    cx: &Context<'_>,
    connected: &Connected,
) -> Circuit {
    let mut extraction = Extraction {
        cx,
        told: Told::new(cx.model, cx.sources, false),
        entries: entries.to_vec(),
        places: entries.iter().copied().zip(0..).collect(),
        numbers: FxHashMap::default(),
        listed: entries.len(),
        limit: 0,
        is_cut: false,
    };
    let (mut taken, mut actions) = (Vec::new(), Vec::new());
    for id in entries {
        let (mut entry, ids) = extraction.entry(*id);
        let listing = under.filter(|symptom| cx.applicability.entries[*symptom].contains(id));
        if let Some(symptom) = listing {
            entry.own = cx.applicability.condition(symptom, *id, cx.meanings);
        }
        entry.fallback = false;
        taken.push(entry);
        actions.push(ids);
    }
    let mut problem = Problem {
        space: Space::default(),
        assumptions: Vec::new(),
        entries: taken,
        listed: entries.len(),
        policy: None,
        is_cut: false,
    };
    let Numbered { vars, .. } = number_variables(&mut problem, cx, connected);
    Circuit { problem, under, vars, entries: entries.to_vec(), actions }
}
