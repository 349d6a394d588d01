//! Test blocks.

use crate::ast::{self, EntryRef, Spanned};
use crate::diag::{Code, Diagnostic};
use crate::model::{EntryId, Expect, ExpectKind, Given, Test};
use crate::source::Span;

use super::prose::resolve_prose;
use super::{Context, lookup};

pub(super) fn resolve_tests(cx: &mut Context, tests: &[&ast::Test]) {
    let headers: Vec<Span> = tests.iter().map(|test| test.span).collect();
    for (test, next) in tests.iter().zip(1..) {
        let title = resolve_prose(cx, &test.title);
        let given = test.given.iter().filter_map(|given| resolve_given(cx, given)).collect();
        let end = headers.get(next).filter(|next| next.file == test.span.file).map_or(u32::MAX, |next| next.start);
        if test.expect.is_empty() && !cx.is_broken(test.span, end) {
            Diagnostic::at(Code::TestWithoutExpect, test.span).help("expect").push_to(cx.diagnostics);
        }
        let expect = test.expect.iter().filter_map(|expect| resolve_expect(cx, expect)).collect();
        cx.model.tests.push(Test { span: test.span, title, given, expect });
    }
}

fn resolve_given(cx: &mut Context, given: &Spanned<ast::Given>) -> Option<Spanned<Given>> {
    let value = match &given.value {
        ast::Given::Symptom(name) => Given::Symptom(lookup::find_symptom(cx, *name)?.symptom),
        ast::Given::Message(span) => Given::Message(*span),
        ast::Given::Fact { fact, value } => Given::Fact { fact: lookup::find(cx, *fact)?, value: value.clone() },
        ast::Given::Unknown(fact) => Given::Unknown(lookup::find(cx, *fact)?),
        ast::Given::Failed(action) => Given::Failed(lookup::find_action(cx, action)?),
        ast::Given::Today(date) => Given::Today(*date),
    };
    Some(Spanned { span: given.span, value })
}

fn resolve_expect(cx: &mut Context, expect: &ast::Expect) -> Option<Expect> {
    let kind = match &expect.kind {
        ast::ExpectKind::Entry(entry) => ExpectKind::Entry(one(cx, entry)?),
        ast::ExpectKind::Applies(entries) => {
            let found = lookup::find_entries(cx, entries);
            ExpectKind::Applies(found.into_iter().map(|found| found.entry).collect())
        }
        ast::ExpectKind::Certain(entry) => ExpectKind::Certain(one(cx, entry)?),
        ast::ExpectKind::Possible(entry) => ExpectKind::Possible(one(cx, entry)?),
        ast::ExpectKind::Excluded(entry) => ExpectKind::Excluded(one(cx, entry)?),
        ast::ExpectKind::Ask(fact) => ExpectKind::Ask(lookup::find(cx, *fact)?),
        ast::ExpectKind::Action(action) => ExpectKind::Action(lookup::find_action(cx, action)?),
        ast::ExpectKind::Contact(name) => ExpectKind::Contact(lookup::find(cx, *name)?),
        ast::ExpectKind::None => ExpectKind::None,
    };
    Some(Expect { span: expect.span, kind })
}

fn one(cx: &mut Context, entry: &EntryRef) -> Option<EntryId> {
    lookup::find_entry(cx, entry).map(|found| found.entry)
}
