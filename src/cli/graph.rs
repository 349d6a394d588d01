//! `faqc graph`: what depends on what, drawn.

use clap::{Args, ValueEnum};

use super::console::Console;
use super::failure::Failure;
use super::report::{Format, Reporting, rendered};
use super::{Outcome, files, progress};
use crate::diag::{Arg, Code, Diagnostic, nearest};
use crate::emit::graph::{self as emit, AffectedFormat, Scope};
use crate::graph::{Node, NodeKind, find, name, split_kind};
use crate::session::{Compilation, compile_with};

/// Draw what depends on what (依存関係の図)
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Graph {
    #[command(flatten)]
    reporting: Reporting,

    /// Format of the drawing
    #[arg(long, value_enum, default_value_t)]
    format: Drawing,

    /// Only this entry and what is next to it, by name or number
    #[arg(long, value_name = "ID")]
    entry: Option<String>,

    /// List what a change of this declaration would affect; with --format json as JSON
    #[arg(long, value_name = "ID", conflicts_with = "entry")]
    affected_by: Option<String>,
}

/// As given to `--format`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Drawing {
    /// Graphviz
    #[default]
    Dot,
    /// Mermaid, which Markdown pages can show
    Mermaid,
    /// Nodes and edges as JSON
    Json,
}

const AFTER_HELP: &str = "\
Examples:
  faqc graph kb | dot -Tsvg > kb.svg
  faqc graph kb --entry No.10 --format mermaid
  faqc graph kb --affected-by helpdesk   what a change of this touches (変更の影響範囲)
  faqc graph kb --affected-by fact:os    when several kinds share a name";

pub fn run(args: &Graph, console: Console) -> Result<Outcome, Failure> {
    let levels = args.reporting.levels()?;
    let loaded = progress::during("reading", console, || files::load(&args.reporting.knowledge_base))?;
    let compilation = progress::during("checking", console, || compile_with(loaded.inputs, &levels));
    if compilation.diagnostics.has_errors() {
        console.tell(&rendered(&compilation, &loaded.prefix, Format::Human, console));
        return Ok(Outcome::Findings);
    }
    let text = match &args.affected_by {
        Some(written) => affected(written, args.format, &compilation, console)?,
        None => drawing(args, &compilation)?,
    };
    console.write(&text)?;
    Ok(Outcome::Fine)
}

fn drawing(args: &Graph, compilation: &Compilation) -> Result<String, Failure> {
    let format = match args.format {
        Drawing::Dot => emit::Format::Dot,
        Drawing::Mermaid => emit::Format::Mermaid,
        Drawing::Json => emit::Format::Json,
    };
    let scope = match &args.entry {
        Some(written) => Scope::Around(node(written, Some(NodeKind::Entry), compilation)?, 1),
        None => Scope::All,
    };
    Ok(emit::emit_graph(compilation, format, scope))
}

fn affected(written: &str, format: Drawing, compilation: &Compilation, console: Console) -> Result<String, Failure> {
    let format = match format {
        Drawing::Dot | Drawing::Mermaid => AffectedFormat::Text(console.language),
        Drawing::Json => AffectedFormat::Json,
    };
    Ok(emit::emit_affected(compilation, node(written, None, compilation)?, format))
}

/// The one declaration that is meant, of the kind if one is given.
fn node(written: &str, kind: Option<NodeKind>, compilation: &Compilation) -> Result<Node, Failure> {
    let found = find(written, &compilation.model, &compilation.sources);
    let (found, others): (Vec<Node>, Vec<Node>) =
        found.into_iter().partition(|node| kind.is_none_or(|kind| node.kind() == kind));
    match found.as_slice() {
        [] if !others.is_empty() => Err(other_kind(written, &others)),
        [] => Err(unknown(written, kind, compilation)),
        [node] => Ok(*node),
        several => Err(ambiguous(written, several)),
    }
}

/// How many names are told to somebody who gave one that nothing has.
const MOST_NAMES: usize = 8;

pub(super) fn unknown(written: &str, kind: Option<NodeKind>, compilation: &Compilation) -> Failure {
    let (named, wanted) = split_kind(written);
    let kind = kind.or(named);
    let unknown = Diagnostic::general(Code::UnknownNode)
        .text("name", wanted)
        .word("kind", kind.map_or("declaration", NodeKind::word));
    let nodes = compilation.graph.nodes().filter(|node| kind.is_none_or(|kind| node.kind() == kind));
    let names: Vec<String> = nodes.map(|node| name(node, &compilation.model, &compilation.sources)).collect();
    match nearest(&wanted.to_lowercase(), names.iter().map(String::as_str)) {
        Some(near) => unknown.text("suggestion", near).help("did-you-mean").into(),
        None if names.is_empty() => unknown.into(),
        None => unknown.arg("known", some_of(names)).help("known").into(),
    }
}

fn some_of(names: Vec<String>) -> Arg {
    let more = (names.len() > MOST_NAMES).then(|| "…".to_owned());
    Arg::List(names.into_iter().take(MOST_NAMES).chain(more).map(Arg::Text).collect())
}

/// The name is that of something else than an entry.
fn other_kind(written: &str, others: &[Node]) -> Failure {
    let kinds = others.iter().map(|node| Arg::Word(node.kind().word())).collect();
    Diagnostic::general(Code::UnknownNode)
        .text("name", written)
        .word("kind", NodeKind::Entry.word())
        .arg("kinds", Arg::List(kinds))
        .help("other-kind")
        .into()
}

fn ambiguous(written: &str, several: &[Node]) -> Failure {
    let kinds: Vec<&'static str> = several.iter().map(|node| node.kind().word()).collect();
    let example = format!("{}:{written}", kinds.first().copied().unwrap_or_default());
    Diagnostic::general(Code::AmbiguousNode)
        .text("name", written)
        .arg("kinds", Arg::List(kinds.into_iter().map(Arg::Word).collect()))
        .text("example", example)
        .help("say-which")
        .into()
}
