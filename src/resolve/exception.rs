//! Exceptions: which lint each is to.

use super::Context;
use crate::ast;
use crate::config::lint_error;
use crate::diag::{Code, Diagnostic, Exception, LevelError, Severity, nearest_lint};

pub(super) fn resolve_exceptions(cx: &mut Context, mut exceptions: Vec<ast::Exception>) {
    exceptions.sort_by_key(|exception| exception.span);
    for exception in exceptions {
        let resolved = resolve(cx, exception);
        cx.model.exceptions.extend(resolved);
    }
}

fn resolve(cx: &mut Context, written: ast::Exception) -> Option<Exception> {
    let span = written.lint.span;
    let name = cx.id(written.lint);
    let Some(code) = Code::find(&name) else {
        let error = LevelError::Unknown { nearest: nearest_lint(&name) };
        lint_error(cx.text(span), error, Some(span)).push_to(cx.diagnostics);
        return None;
    };
    if code.severity() == Severity::Error {
        let finding = Diagnostic::at(Code::ExceptionToError, span).text("lint", cx.text(span));
        finding.help("mend").push_to(cx.diagnostics);
        return None;
    }
    let ast::Exception { span, reason, block, .. } = written;
    Some(Exception { code, span, reason, block })
}
