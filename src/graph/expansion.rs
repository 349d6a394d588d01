//! Texts that contain each other: titles and texts by value are put in the place of references to them, so a text that
//! leads back to itself would have no end.

use super::cycle::Arc;
use super::{Graph, Node, Part, Place, node};
use crate::model::{ActionId, Id, Model, Prose, Reference, Step, StepKind, Target};
use crate::source::Sources;

/// Nodes by their place in the graph, then actions.
pub fn arcs(place: Place, part: Part<'_>, model: &Model, graph: &Graph, arcs: &mut Vec<Arc>) {
    let from = match place.action {
        Some(action) => action_index(action, graph),
        None => graph.index(place.node).index(),
    };
    if let Some(prose) = expanded(place, part) {
        for reference in &prose.refs {
            let span = Some(reference.span);
            arcs.extend(shown(reference, model, graph).into_iter().map(|to| Arc { from, to, span }));
        }
    }
}

/// Of these arcs those between texts by value, by the numbers of texts.
pub fn arcs_of_texts(arcs: &[Arc], graph: &Graph) -> Vec<Arc> {
    let text = |index: usize| {
        let node = (index < graph.inner.node_count()).then(|| graph.node(index))?;
        if let Node::Text(id) = node { Some(id.index()) } else { None }
    };
    arcs.iter().filter_map(|arc| Some(Arc { from: text(arc.from)?, to: text(arc.to)?, span: arc.span })).collect()
}

/// How many cases each text has.
pub fn cases_of_texts(model: &Model) -> Vec<usize> {
    model.texts.iter().map(|text| text.cases.len()).collect()
}

/// How many lines each action has, those of `do` and of cases too.
pub fn lines_of_actions(model: &Model) -> Vec<usize> {
    model.actions.iter().map(|action| lines(&action.steps)).collect()
}

fn lines(steps: &[Step]) -> usize {
    let line = |step: &Step| {
        let branches = if let StepKind::Branches(branches) = &step.kind { branches.as_slice() } else { &[] };
        1 + branches.iter().map(|it| 1 + lines(&it.steps)).sum::<usize>()
    };
    steps.iter().map(line).sum()
}

/// What one of the numbers is called.
pub fn name(index: usize, model: &Model, graph: &Graph, sources: &Sources) -> String {
    let nodes = graph.inner.node_count();
    match index.checked_sub(nodes) {
        None => node::label(graph.node(index), model, sources),
        Some(action) => node::action_label(ActionId::new(action), model),
    }
}

fn action_index(action: ActionId, graph: &Graph) -> usize {
    graph.inner.node_count() + action.index()
}

/// The prose that stands for its owner wherever that is referred to.
fn expanded<'a>(place: Place, part: Part<'a>) -> Option<&'a Prose> {
    match (part, place.node) {
        (Part::Title(prose), _) | (Part::Prose(prose), Node::Text(_)) => Some(prose),
        (Part::Prose(_) | Part::Words(_) | Part::References(_), _) => None,
        (Part::Condition(_) | Part::Do(..) | Part::Contact(..), _) => None,
    }
}

/// Whose text is put in the place of a reference.
fn shown(reference: &Reference, model: &Model, graph: &Graph) -> Vec<usize> {
    if reference.shown.is_some() || reference.bare {
        return Vec::new();
    }
    let node = |node: Node| vec![graph.index(node).index()];
    match &reference.target {
        Target::Error | Target::Escape | Target::Fact(_) | Target::Term(_) => Vec::new(),
        Target::Entries(ids) => {
            let titled = ids.iter().filter(|id| model.entries[**id].number.is_none());
            titled.map(|id| graph.index(Node::Entry(*id)).index()).collect()
        }
        Target::Action(id) if model.actions[*id].title.is_some() => vec![action_index(*id, graph)],
        Target::Action(id) if model.entries[model.actions[*id].entry].number.is_some() => Vec::new(),
        Target::Action(id) => node(model.actions[*id].entry.into()),
        Target::Symptom(id) => node((*id).into()),
        Target::Document(id) => node((*id).into()),
        Target::Section(id) => node(model.sections[*id].document.into()),
        Target::Link(id) => node((*id).into()),
        Target::Contact(id) => node((*id).into()),
        Target::Text(id) => node((*id).into()),
    }
}
