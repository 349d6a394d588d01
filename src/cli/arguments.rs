//! What is wrong with the arguments, said with a code and in the reader's language; clap's own sentences are English.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, ValueEnum};

use super::failure::Failure;
use super::{Cli, Lang};
use crate::diag::{Arg, Code, Diagnostic, catalogue};
use crate::language::Language;

/// Whether the reader asked for what clap has to show.
pub fn is_request(error: &clap::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// The language that the arguments ask for, though they could not all be read.
pub fn wanted_language() -> Option<Lang> {
    let arguments: Vec<String> = given().collect();
    let joined = arguments.iter().find_map(|argument| argument.strip_prefix("--lang="));
    let apart = arguments.iter().skip_while(|argument| *argument != "--lang").nth(1).map(String::as_str);
    Lang::from_str(joined.or(apart)?, true).ok()
}

fn given() -> impl Iterator<Item = String> {
    std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned())
}

pub fn failure(error: &clap::Error, language: Language) -> Failure {
    let detail = catalogue().sentence(sentence(error), &arguments(error), language);
    let finding = Diagnostic::general(Code::CommandLine).text("detail", detail);
    let finding = match (suggestion(error), known(error)) {
        (Some(near), _) => finding.text("suggestion", near).help("did-you-mean"),
        (None, Some(known)) => finding.arg("known", known).help("known"),
        (None, None) => finding,
    };
    finding.text("command", command()).help("usage").into()
}

/// The key of what is wrong.
fn sentence(error: &clap::Error) -> &'static str {
    let is_option = written(error, ContextKind::InvalidArg).is_some_and(|argument| argument.starts_with('-'));
    let is_empty = written(error, ContextKind::InvalidValue).is_none_or(|value| value.is_empty());
    let is_repeated = written(error, ContextKind::InvalidArg) == written(error, ContextKind::PriorArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => "no-such-command",
        ErrorKind::MissingSubcommand => "command-missing",
        ErrorKind::UnknownArgument if is_option => "no-such-option",
        ErrorKind::UnknownArgument => "one-too-many",
        ErrorKind::InvalidValue if is_empty => "value-missing",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "value-wrong",
        ErrorKind::MissingRequiredArgument => "argument-missing",
        ErrorKind::ArgumentConflict if is_repeated => "given-twice",
        ErrorKind::ArgumentConflict => "arguments-conflict",
        _ => "arguments-wrong",
    }
}

/// What the sentences have places for.
fn arguments(error: &clap::Error) -> [(&'static str, Arg); 3] {
    let argument = match error.kind() {
        ErrorKind::InvalidSubcommand => written(error, ContextKind::InvalidSubcommand),
        ErrorKind::MissingRequiredArgument => written(error, ContextKind::InvalidArg),
        _ => written(error, ContextKind::InvalidArg).map(|argument| flag(&argument)),
    };
    let other = written(error, ContextKind::PriorArg).map(|argument| flag(&argument));
    let value = written(error, ContextKind::InvalidValue);
    let text = |text: Option<String>| Arg::Text(text.unwrap_or_default());
    [("argument", text(argument)), ("value", text(value)), ("other", text(other))]
}

/// An option without the value that the help shows after it.
fn flag(argument: &str) -> String {
    match argument.split_once(' ') {
        Some((flag, _)) if flag.starts_with('-') => flag.to_owned(),
        _ => argument.to_owned(),
    }
}

fn suggestion(error: &clap::Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    kinds.into_iter().find_map(|kind| written(error, kind))
}

fn known(error: &clap::Error) -> Option<Arg> {
    let kinds = [ContextKind::ValidSubcommand, ContextKind::ValidValue];
    match kinds.into_iter().find_map(|kind| error.get(kind))? {
        ContextValue::Strings(values) if !values.is_empty() => {
            Some(Arg::List(values.iter().cloned().map(Arg::Text).collect()))
        }
        _ => None,
    }
}

/// As given, or as the help writes it; several after one another.
fn written(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) if !texts.is_empty() => Some(texts.join(" ")),
        _ => None,
    }
}

/// The command that was called, as far as it is one of ours: `faqc check`.
fn command() -> String {
    let cli = Cli::command();
    let is_ours = |argument: &String| cli.get_subcommands().any(|command| command.get_name() == argument);
    given().find(is_ours).map_or_else(|| "faqc".to_owned(), |name| format!("faqc {name}"))
}
