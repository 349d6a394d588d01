//! Says why something is never shown: which conditions contradict each other, or which entries always override it. Refuses to
//! know under which symptoms.

use super::everywhere::Verdict;
use crate::analysis::Context;
use crate::analysis::assumptions::Connected;
use crate::analysis::mend::{self, BEFORE};
use crate::analysis::site::{condition_place, entry_title, quoted};
use crate::diag::{Arg, Code, Diagnostic, Diagnostics};
use crate::logic::{Budget, Formula, Space, is_satisfiable, minimal_core};
use crate::model::{ActionId, ConditionId, EntryId, Target};
use crate::prose;
use crate::source::Span;
use crate::speech::describe_meaning;
use crate::types::Condition;

const BUDGET: Budget = Budget { cubes: 1 << 12 };

/// So many entries are named.
const NAMED: usize = 8;

pub(super) fn report(verdict: &Verdict, cx: &Context<'_>, connected: &Connected, diagnostics: &mut Diagnostics) {
    let finding = match verdict.action {
        None => Diagnostic::at(Code::DeadEntry, condition_place(verdict.entry, cx)),
        Some(action) => {
            Diagnostic::at(Code::DeadAction, guard_place(action, cx)).text("action", action_title(action, cx))
        }
    };
    let finding = finding.text("entry", entry_title(verdict.entry, cx));
    let finding = match verdict.suppressed_by.as_slice() {
        [] => with_clash(finding, verdict, cx, connected),
        by => with_overriding(finding, verdict, by, cx),
    };
    finding.push_to(diagnostics);
}

/// The first of an action's conditions, else what it is called.
fn guard_place(action: ActionId, cx: &Context<'_>) -> Span {
    let declared = &cx.model.actions[action];
    declared.when.first().map_or(declared.span, |when| cx.model.conditions[*when].span())
}

fn action_title(action: ActionId, cx: &Context<'_>) -> String {
    prose::title(&Target::Action(action), cx.model, cx.sources)
}

/// One of the statements that contradict each other.
struct Statement {
    written: ConditionId,
    formula: Formula,
    is_assumed: bool,
}

/// The smallest set of statements that contradict each other.
fn with_clash(finding: Diagnostic, verdict: &Verdict, cx: &Context<'_>, connected: &Connected) -> Diagnostic {
    let statements = statements(verdict, cx, connected);
    let formulas: Vec<Formula> = statements.iter().map(|it| it.formula.clone()).collect();
    let Ok(Some(core)) = minimal_core(&cx.domain.space, &formulas, BUDGET) else { return finding.help("relax") };
    let core: Vec<&Statement> = core.into_iter().filter_map(|index| statements.get(index)).collect();
    let finding = core.iter().fold(finding, |finding, it| {
        let (span, key) = (cx.model.conditions[it.written].span(), if it.is_assumed { "assumed" } else { "condition" });
        if finding.span == Some(span) { finding } else { finding.label(span, key) }
    });
    let parts = clashing_parts(&core, cx);
    let finding = match (parts.as_slice(), core.len()) {
        ([_, _, ..], _) => finding.arg("parts", Arg::List(parts)).help("clash-parts"),
        (_, 1) => finding.help("contradicts-itself"),
        _ => finding.help("clash"),
    };
    // Of an action only its own conditions are to be given up.
    let kept: &[ConditionId] = if verdict.action.is_some() { &cx.model.entries[verdict.entry].when } else { &[] };
    let own = core.iter().filter(|it| !it.is_assumed && !kept.contains(&it.written)).map(|it| it.written);
    let mendable: Vec<ConditionId> = own.filter(|id| is_mended_without(*id, &statements)).collect();
    with_removals(finding, &mendable, cx)
}

/// The smallest set of parts of the statements that contradict each other, in the reader's words.
fn clashing_parts(core: &[&Statement], cx: &Context<'_>) -> Vec<Arg> {
    let mut parts = Vec::new();
    for statement in core {
        add_parts(&cx.types.conditions[statement.written], &mut parts);
    }
    let formulas: Vec<Formula> = parts.iter().map(|part| cx.meanings.of_part(part)).collect();
    let Ok(Some(clash)) = minimal_core(&cx.domain.space, &formulas, BUDGET) else { return Vec::new() };
    let Context { model, types, sources, .. } = *cx;
    let language = model.config.language;
    let clash = clash.into_iter().filter_map(|index| parts.get(index));
    let said = clash.map(|part| describe_meaning(part, model, types, sources, language));
    said.map(|said| Arg::Text(quoted(&said, language))).collect()
}

fn add_parts<'c>(condition: &'c Condition, parts: &mut Vec<&'c Condition>) {
    match condition {
        Condition::And(inner) => inner.iter().for_each(|part| add_parts(part, parts)),
        Condition::Error | Condition::Or(_) | Condition::Not(_) | Condition::Test(..) => parts.push(condition),
    }
}

/// Whether what is left can hold.
fn is_mended_without(id: ConditionId, statements: &[Statement]) -> bool {
    let left = statements.iter().filter(|it| it.written != id).map(|it| it.formula.clone()).collect();
    is_satisfiable(&Space::default(), &Formula::And(left), BUDGET) == Ok(true)
}

/// Offers to remove one of the conditions.
fn with_removals(finding: Diagnostic, conditions: &[ConditionId], cx: &Context<'_>) -> Diagnostic {
    let span = |id: &ConditionId| cx.model.conditions[*id].span();
    let lines = conditions.iter().filter_map(|id| Some((span(id), mend::statement_line(span(id), cx.sources)?)));
    let keys = [("one", "remove-one"), ("other", "remove-other")];
    lines.zip(keys).fold(finding, |finding, ((span, line), (name, key))| {
        finding.text(name, cx.sources.text(span)).suggest(key, line, "")
    })
}

/// The conditions of the entry, and of the action in it, and the assumptions connected with them.
fn statements(verdict: &Verdict, cx: &Context<'_>, connected: &Connected) -> Vec<Statement> {
    let mut conditions = cx.model.entries[verdict.entry].when.clone();
    conditions.extend(verdict.action.into_iter().flat_map(|action| guards(verdict.entry, action, cx)));
    let own = conditions.into_iter().map(|id| Statement {
        written: id,
        formula: cx.meanings.of(id).clone(),
        is_assumed: false,
    });
    let mut statements: Vec<Statement> = own.collect();
    let mut vars = statements.iter().flat_map(|it| it.formula.support()).collect();
    let assumed = connected.touching(&mut vars).into_iter();
    statements.extend(assumed.map(|it| Statement {
        written: it.written,
        formula: it.formula.clone(),
        is_assumed: true,
    }));
    statements
}

/// The conditions of an action, of those that it is within, and of its cause.
fn guards(entry: EntryId, action: ActionId, cx: &Context<'_>) -> Vec<ConditionId> {
    let model = cx.model;
    let mut found = Vec::new();
    let mut next = Some(action);
    while let Some(id) = next {
        found.splice(0..0, model.actions[id].when.iter().copied());
        next = model.actions[id].parent;
    }
    let cause = model.actions[action].cause.filter(|_| model.actions[action].entry == entry);
    let cause = cause.and_then(|cause| model.entries[entry].causes.get(cause));
    cause.into_iter().flat_map(|cause| cause.when.iter().copied()).chain(found).collect()
}

/// The smallest set of entries of which one is always shown instead.
fn with_overriding(finding: Diagnostic, verdict: &Verdict, by: &[EntryId], cx: &Context<'_>) -> Diagnostic {
    let names = by.iter().take(NAMED).map(|id| Arg::Text(entry_title(*id, cx)));
    let more = (by.len() > NAMED).then_some(Arg::Word("and-more"));
    let finding = finding.arg("by", Arg::List(names.chain(more).collect()));
    let overriding: Vec<Span> = by.iter().filter_map(|id| overrides(*id, verdict.entry, cx)).collect();
    let help = match (overriding.is_empty(), overriding.len() == by.len()) {
        (true, _) => "by-regular",
        (false, true) => "by-overriding",
        (false, false) => "by-both",
    };
    let finding = finding.help(help);
    let finding = by.iter().take(NAMED).fold(finding, |it, id| it.label(condition_place(*id, cx), "instead"));
    match (overriding.as_slice(), by) {
        ([span], [only]) if verdict.action.is_none() => with_order(finding, *span, *only, verdict.entry, cx),
        _ => finding.help("relax"),
    }
}

/// Where an entry says that it overrides another.
fn overrides(id: EntryId, other: EntryId, cx: &Context<'_>) -> Option<Span> {
    cx.model.entries[id].overrides.iter().find(|used| used.entry == other).map(|used| used.span)
}

/// Has the overriding entry come first only, if that is all that keeps the other from being shown.
fn with_order(finding: Diagnostic, span: Span, by: EntryId, entry: EntryId, cx: &Context<'_>) -> Diagnostic {
    let is_all = cx.applicability.overridden_by(entry) == [by] && !cx.model.entries[entry].fallback;
    let word = mend::statement_word(span, cx.sources).filter(|_| is_all);
    let can_hold = || *cx.meanings.own(entry) != Formula::Const(false);
    match word.filter(|_| can_hold()) {
        Some(word) => {
            let language = mend::keywords_at(cx.model.entries[by].name, cx.sources);
            finding.suggest("order-only", word, BEFORE.spelt(language))
        }
        None => finding.help("relax"),
    }
}
