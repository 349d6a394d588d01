//! Looks up the references in prose and in lists of references, and turns steps over to the model.

use crate::ast::{self, ActionRef, EntryTarget, Name};
use crate::diag::{Arg, Code, Diagnostic};
use crate::model::{Branch, DocumentId, EntryId, Kind, Named, Prose, Reference, Step, StepKind, Target, fold_name};
use crate::source::Span;

use super::{Context, lookup, report, section};

pub(super) fn resolve_prose(cx: &mut Context, prose: &ast::Prose) -> Prose {
    let refs = prose.refs.iter().map(|reference| resolve_reference(cx, reference, true)).collect();
    Prose { lines: prose.lines.clone(), refs }
}

pub(super) fn resolve_optional(cx: &mut Context, prose: Option<&ast::Prose>) -> Option<Prose> {
    prose.map(|prose| resolve_prose(cx, prose))
}

/// A title; what has none is called by its name.
pub(super) fn resolve_title(cx: &mut Context, title: Option<&ast::Prose>, name: Name) -> Prose {
    match title {
        Some(title) if !is_blank(cx, title) => resolve_prose(cx, title),
        Some(_) | None => Prose { lines: vec![name.span], refs: Vec::new() },
    }
}

pub(super) fn is_blank(cx: &Context, prose: &ast::Prose) -> bool {
    prose.lines.iter().all(|line| cx.text(*line).trim().is_empty())
}

pub(super) fn resolve_references(cx: &mut Context, refs: &[ast::Reference]) -> Vec<Reference> {
    refs.iter().map(|reference| resolve_reference(cx, reference, false)).collect()
}

pub(super) fn resolve_steps(cx: &mut Context, steps: &[ast::Step]) -> Vec<Step> {
    steps.iter().filter_map(|step| resolve_step(cx, step)).collect()
}

fn resolve_step(cx: &mut Context, step: &ast::Step) -> Option<Step> {
    let kind = match &step.kind {
        ast::StepKind::Step(prose) => StepKind::Step(resolve_prose(cx, prose)),
        ast::StepKind::Bullet(prose) => StepKind::Bullet(resolve_prose(cx, prose)),
        ast::StepKind::Note(prose) => StepKind::Note(resolve_prose(cx, prose)),
        ast::StepKind::Warning(prose) => StepKind::Warning(resolve_prose(cx, prose)),
        ast::StepKind::Fence { info, lines } => StepKind::Fence { info: *info, lines: lines.clone() },
        ast::StepKind::Branches(branches) => StepKind::Branches(resolve_branches(cx, branches)),
        ast::StepKind::Do(action) => StepKind::Do(lookup::find_action(cx, action)?),
        ast::StepKind::Contact(name) => StepKind::Contact(lookup::find(cx, *name)?),
        ast::StepKind::See(refs) => StepKind::See(resolve_references(cx, refs)),
    };
    Some(Step { span: step.span, kind })
}

fn resolve_branches(cx: &mut Context, branches: &[ast::Branch]) -> Vec<Branch> {
    let resolve = |branch: &ast::Branch| Branch {
        span: branch.span,
        when: branch.when.as_ref().map(|when| cx.condition(when)),
        steps: resolve_steps(cx, &branch.steps),
    };
    branches.iter().map(resolve).collect()
}

fn resolve_reference(cx: &mut Context, reference: &ast::Reference, in_prose: bool) -> Reference {
    let ast::Reference { span, ref target, shown } = *reference;
    let bare = matches!(target, ast::Target::Numbers(_)) && !cx.text(span).starts_with(['[', '［']);
    let range = matches!(target, ast::Target::Numbers(numbers) if lookup::is_range(numbers));
    let target = resolve_target(cx, span, target, in_prose && bare);
    if let (Target::Entries(entries), false) = (&target, range)
        && let [only] = entries[..]
    {
        lookup::note_self(cx, span, only, in_prose && bare);
    }
    Reference { span, target, shown, bare }
}

fn resolve_target(cx: &mut Context, span: Span, target: &ast::Target, in_prose: bool) -> Target {
    match target {
        ast::Target::Name { kind: None, name } => resolve_name(cx, *name),
        ast::Target::Name { kind: Some(kind), name } => resolve_qualified(cx, *kind, *name),
        ast::Target::Numbers(EntryTarget::Numbers { first, last }) => {
            entries(lookup::find_numbers(cx, span, *first, *last, in_prose))
        }
        ast::Target::Numbers(EntryTarget::Name(name)) => resolve_name(cx, *name),
        ast::Target::Action(action) => lookup::find_action(cx, action).map_or(Target::Error, Target::Action),
        ast::Target::Section { document, section } => section::resolve_section(cx, *document, *section),
        ast::Target::Escape => Target::Escape,
    }
}

fn entries(found: Vec<EntryId>) -> Target {
    if found.is_empty() { Target::Error } else { Target::Entries(found) }
}

fn resolve_qualified(cx: &mut Context, kind: Name, name: Name) -> Target {
    let keyword = fold_name(cx.text(kind.span));
    match Kind::of_keyword(&keyword) {
        Some(kind) => resolve_as(cx, kind, name),
        // The grammar knows one more word for a kind: that for actions.
        None => {
            let action = ActionRef { span: name.span, entry: None, action: name };
            lookup::find_action(cx, &action).map_or(Target::Error, Target::Action)
        }
    }
}

fn resolve_as(cx: &mut Context, kind: Kind, name: Name) -> Target {
    match kind {
        Kind::Entry => find_as(cx, name, |entry| Target::Entries(vec![entry])),
        Kind::Symptom => find_as(cx, name, Target::Symptom),
        Kind::Fact => find_as(cx, name, Target::Fact),
        Kind::Document => find_as(cx, name, Target::Document),
        Kind::Link => find_as(cx, name, Target::Link),
        Kind::Contact => find_as(cx, name, Target::Contact),
        Kind::Term => find_as(cx, name, Target::Term),
        Kind::Text => find_as(cx, name, Target::Text),
    }
}

fn find_as<I: Named>(cx: &mut Context, name: Name, target: impl FnOnce(I) -> Target) -> Target {
    lookup::find(cx, name).map_or(Target::Error, target)
}

/// A name of any kind; several kinds that have it are an error, and a number alone is an entry's.
fn resolve_name(cx: &mut Context, name: Name) -> Target {
    let folded = fold_name(cx.text(name.span));
    let kinds = cx.model.names.kinds(&folded);
    match kinds[..] {
        [only] => resolve_as(cx, only, name),
        [] => match folded.parse() {
            Ok(number) => entries(lookup::find_numbers(cx, name.span, number, number, false)),
            Err(_) => resolve_unknown(cx, name),
        },
        [..] => {
            report_ambiguous(cx, name, &kinds);
            Target::Error
        }
    }
}

fn report_ambiguous(cx: &mut Context, name: Name, kinds: &[Kind]) {
    let written = cx.text(name.span);
    let list = kinds.iter().map(|kind| Arg::Word(kind.word())).collect();
    let mut finding =
        Diagnostic::at(Code::AmbiguousName, name.span).text("name", written).arg("kinds", Arg::List(list));
    let whole = report::with_quotes(cx.sources, name);
    for kind in kinds {
        let qualified = format!("{}:{}", kind.keyword(cx.model.config.language), cx.text(whole));
        finding = finding.text(kind.word(), &qualified).suggest(as_kind(*kind), whole, qualified);
    }
    finding.push_to(cx.diagnostics);
}

/// The key of the advice to say which kind is meant.
fn as_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Entry => "as-entry",
        Kind::Symptom => "as-symptom",
        Kind::Fact => "as-fact",
        Kind::Document => "as-document",
        Kind::Link => "as-link",
        Kind::Contact => "as-contact",
        Kind::Term => "as-term",
        Kind::Text => "as-text",
    }
}

/// A document and one of its sections, written without a space between.
fn glued_section(cx: &Context, written: &str) -> Option<String> {
    let cuts = written.char_indices().map(|(at, _)| at).skip(1);
    cuts.into_iter().find_map(|at| {
        let (document, number) = written.split_at_checked(at)?;
        let id = cx.model.names.find::<DocumentId>(&fold_name(document))?;
        let key = (id, section::fold_number(number));
        cx.model.names.sections.contains_key(&key).then(|| format!("{document} {number}"))
    })
}

/// A symptom by its wording, else an error with the nearest name of any kind.
pub(super) fn resolve_unknown(cx: &mut Context, name: Name) -> Target {
    let written = cx.text(name.span);
    if let Some(symptom) = cx.symptom_titles.get(fold_name(written).as_ref()) {
        return Target::Symptom(*symptom);
    }
    if let Some(parted) = glued_section(cx, written) {
        let finding = Diagnostic::at(Code::UnknownReference, name.span).text("name", written);
        finding.text("suggestion", &parted).fix("did-you-mean", name.span, parted).push_to(cx.diagnostics);
        return Target::Error;
    }
    let near = Kind::ALL.into_iter().filter_map(|kind| lookup::suggestion(cx, kind, written));
    let meant = near.min_by_key(|meant| meant.distance);
    let finding = Diagnostic::at(Code::UnknownReference, name.span).text("name", written);
    let finding = match meant {
        Some(meant) => {
            let meant = meant.at(cx, name);
            report::did_you_mean(finding, name.span, meant)
        }
        None => finding.help("declare"),
    };
    finding.push_to(cx.diagnostics);
    Target::Error
}
