//! Relations that must not run in a circle, each with its code.

use super::answerable::{find_unanswerable, rule_place};
use super::cycle::{Arc, find_cycles};
use super::excess::{MOST, find_excess};
use super::node::{action_label, label};
use super::{EdgeKind, Graph, Node, Part, Place, expansion, facts_in, visit_parts};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Action, ActionId, ConditionId, FactId, Id, Model, Type};
use crate::source::{Sources, Span};
use crate::types::Types;

/// Reports forbidden cycles, one for each tangle, as the path that a person can follow, and facts that nobody can come
/// to know. Hand-overs may run in a circle; whether a situation does is for the analyses to say.
pub fn check(model: &Model, types: &Types, graph: &Graph, sources: &Sources, diagnostics: &mut Diagnostics) {
    let report = &mut Report { model, types, graph, sources, diagnostics };
    check_symptoms(report);
    check_order(report);
    check_after(report);
    check_contents(report);
    check_rules(report);
    check_finding(report);
}

struct Report<'a> {
    model: &'a Model,
    types: &'a Types,
    graph: &'a Graph,
    sources: &'a Sources,
    diagnostics: &'a mut Diagnostics,
}

/// Places of a cycle that are pointed at; a longer one is named in the message alone.
const LABELS: usize = 8;
/// Names that a message shows before and after the rest of a long path.
const SHOWN: (usize, usize) = (6, 2);

impl Report<'_> {
    fn cycle(&mut self, code: Code, cycle: &[Arc], name: impl Fn(usize) -> String) {
        let spans: Vec<_> = cycle.iter().filter_map(|arc| arc.span).collect();
        let Some((first, others)) = spans.split_first() else { return };
        let mut diagnostic = Diagnostic::at(code, *first).text("path", path(cycle, name)).help("break");
        if let Some((last, between)) = others.split_last() {
            diagnostic = between.iter().take(LABELS - 2).fold(diagnostic, |made, span| made.label(*span, "next"));
            diagnostic = diagnostic.label(*last, "back");
        }
        self.diagnostics.push(diagnostic);
    }

    fn excess(&mut self, code: Code, places: Vec<Span>) {
        for place in places {
            self.diagnostics.push(Diagnostic::at(code, place).text("most", MOST.to_string()).help("less"));
        }
    }
}

/// The names along a cycle, back to the first; a name that follows itself by its nature stands once.
fn path(cycle: &[Arc], name: impl Fn(usize) -> String) -> String {
    let (head, tail) = SHOWN;
    let skipped = cycle.len().saturating_sub(head + tail).max(1);
    let is_long = skipped > 1;
    let mut names: Vec<String> = Vec::new();
    for (index, arc) in cycle.iter().enumerate() {
        if is_long && (head..head + skipped).contains(&index) {
            if index == head {
                names.push(format!("… ({skipped}) …"));
            }
            continue;
        }
        names.push(name(arc.from));
    }
    names.dedup();
    if names.len() > 1 && names.first() == names.last() {
        names.pop();
    }
    names.extend(names.first().cloned());
    names.join(" → ")
}

fn arcs_of(graph: &Graph, is_wanted: impl Fn(EdgeKind) -> bool) -> Vec<Arc> {
    let wanted = graph.edges().filter(|(_, _, edge)| is_wanted(edge.kind));
    let arc = |(from, to, edge): (Node, Node, &super::Edge)| Arc {
        from: graph.index(from).index(),
        to: graph.index(to).index(),
        span: Some(edge.span),
    };
    wanted.map(arc).collect()
}

fn check_symptoms(report: &mut Report<'_>) {
    let (model, graph, sources) = (report.model, report.graph, report.sources);
    let is_same = |arc: &Arc| {
        let leaving = graph.outgoing(graph.node(arc.from));
        leaving.iter().any(|(_, edge)| edge.kind == EdgeKind::SameAs && Some(edge.span) == arc.span)
    };
    for cycle in find_cycles(&arcs_of(graph, |kind| matches!(kind, EdgeKind::SameAs | EdgeKind::KindOf))) {
        let code = if cycle.iter().all(is_same) { Code::SameAsCycle } else { Code::KindOfCycle };
        report.cycle(code, &cycle, |index| label(graph.node(index), model, sources));
    }
}

fn check_order(report: &mut Report<'_>) {
    let (model, graph, sources) = (report.model, report.graph, report.sources);
    for cycle in find_cycles(&arcs_of(graph, |kind| matches!(kind, EdgeKind::Before | EdgeKind::Overrides))) {
        report.cycle(Code::OrderCycle, &cycle, |index| label(graph.node(index), model, sources));
    }
}

/// Each action waits for the next: none of them would ever be proposed.
fn check_after(report: &mut Report<'_>) {
    let model = report.model;
    let waits = |(id, action): (ActionId, &Action)| {
        let arc = move |(after, span): &(ActionId, _)| Arc { from: id.index(), to: after.index(), span: Some(*span) };
        action.after.iter().map(arc).collect::<Vec<_>>()
    };
    for cycle in find_cycles(&model.actions.enumerate().flat_map(waits).collect::<Vec<_>>()) {
        report.cycle(Code::AfterCycle, &cycle, |index| action_label(ActionId::new(index), model));
    }
}

/// Steps that contain themselves or too much, and texts that do.
fn check_contents(report: &mut Report<'_>) {
    let (model, graph, sources) = (report.model, report.graph, report.sources);
    let (mut reuses, mut texts) = (Vec::new(), Vec::new());
    visit_parts(model, &mut |place, part| {
        reuses.extend(reuse(place, part));
        expansion::arcs(place, part, model, graph, &mut texts);
    });
    if !reuses.is_empty() {
        report.excess(Code::TooMuchReuse, find_excess(&reuses, &expansion::lines_of_actions(model)));
        reuses = reuses.iter().map(of_whole).collect();
        push_nesting(model, &mut reuses);
    }
    for cycle in find_cycles(&reuses) {
        report.cycle(Code::ReuseCycle, &cycle, |index| action_label(ActionId::new(index / 2), model));
    }
    let within_texts = expansion::arcs_of_texts(&texts, graph);
    report.excess(Code::TooMuchText, find_excess(&within_texts, &expansion::cases_of_texts(model)));
    for cycle in find_cycles(&texts) {
        report.cycle(Code::TextCycle, &cycle, |index| expansion::name(index, model, graph, sources));
    }
}

fn reuse(place: Place, part: Part<'_>) -> Option<Arc> {
    let Part::Do(to, span) = part else { return None };
    Some(Arc { from: place.action?.index(), to: to.index(), span: Some(span) })
}

/// An action stands twice in this relation: its steps at 2n, and at 2n + 1 the whole with its alternatives, which is
/// what `do` takes over.
fn of_whole(arc: &Arc) -> Arc {
    Arc { from: arc.from * 2, to: arc.to * 2 + 1, span: arc.span }
}

/// The whole contains its steps and the whole of each alternative; an alternative's steps begin with those of its parent.
fn push_nesting(model: &Model, arcs: &mut Vec<Arc>) {
    for (id, action) in model.actions.enumerate() {
        let (steps, whole) = (id.index() * 2, id.index() * 2 + 1);
        arcs.push(Arc { from: whole, to: steps, span: None });
        arcs.extend(action.alternatives.iter().map(|inner| Arc { from: whole, to: inner.index() * 2 + 1, span: None }));
        arcs.extend(action.parent.map(|outer| Arc { from: steps, to: outer.index() * 2, span: None }));
    }
}

/// Facts that are derived from each other, or each apply only when the next does.
fn check_rules(report: &mut Report<'_>) {
    let (model, sources) = (report.model, report.sources);
    let mut arcs = Vec::new();
    for (id, fact) in model.facts.enumerate() {
        let rules = fact.derived.iter().flatten().filter_map(|rule| Some((rule.when?, rule_place(rule, model)?)));
        let only_when = fact.only_when.iter().map(|when| (*when, model.conditions[*when].span()));
        rules.chain(only_when).for_each(|(when, place)| push_needs(id, when, place, report, &mut arcs));
    }
    for cycle in find_cycles(&arcs) {
        let is_derived = |arc: &Arc| model.facts[FactId::new(arc.from)].derived.is_some();
        let code = if cycle.iter().any(is_derived) { Code::DeriveCycle } else { Code::OnlyWhenCycle };
        report.cycle(code, &cycle, |index| label(FactId::new(index).into(), model, sources));
    }
}

fn push_needs(fact: FactId, when: ConditionId, place: Span, report: &Report<'_>, arcs: &mut Vec<Arc>) {
    let needed = facts_in(when, report.types).into_iter();
    arcs.extend(needed.map(|to| Arc { from: fact.index(), to: to.index(), span: Some(place) }));
}

fn check_finding(report: &mut Report<'_>) {
    let (model, graph, sources) = (report.model, report.graph, report.sources);
    let found = find_unanswerable(model, report.types);
    for cycle in &found.cycles {
        report.cycle(Code::FindingCycle, cycle, |index| label(FactId::new(index).into(), model, sources));
    }
    let is_needed = |id: &FactId| graph.is_used(Node::Fact(*id), |edge| edge.kind == EdgeKind::Needs);
    for id in found.without_question.into_iter().filter(is_needed) {
        let fact = &model.facts[id];
        if !matches!(fact.ty, Type::Error) {
            report.diagnostics.push(Diagnostic::at(Code::NoQuestion, fact.name).text("name", &fact.id).help("ask"));
        }
    }
}
