//! One row as it should be written, but for the space that lines it up with its neighbours.

use crate::parse::keyword::{Block, Keyword};
use crate::parse::rows::{Body, Row, Shape, Statement};
use crate::parse::tokens::{Argument, Class, Token, cell_tokens, half_width};
use crate::source::Span;

/// A row in columns: the keyword and what follows it, or the cells of a table.
#[derive(Debug)]
pub(super) struct Written {
    pub columns: Vec<String>,
    /// What stands between columns.
    pub between: &'static str,
    /// Columns that columns of other rows line up with; none when the row stands alone.
    pub lines_up: Lines,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    Alone,
    /// A statement among statements.
    Statement,
    /// A case of a `derive`.
    Case,
    /// Cells of a table; whether there is a bar before the first.
    Cells {
        is_bordered: bool,
    },
}

impl Written {
    fn alone(text: String) -> Self {
        Self { columns: vec![text], between: " ", lines_up: Lines::Alone }
    }

    pub(super) fn text(&self) -> String {
        let text = self.columns.join(self.between);
        text.trim_end().to_owned()
    }
}

/// The row, or `None` when it has to stay as it is.
pub(super) fn write_row(row: &Row, text: &str) -> Option<Written> {
    let slice = |span: Span| text.get(span.range()).unwrap_or("");
    Some(match &row.shape {
        Shape::Comment => Written::alone(comment(slice(row.span))),
        Shape::Close { tail } => Written::alone(with_tail("}", slice(*tail))),
        Shape::Marked { .. } | Shape::Plain => Written::alone(part(row, text)?),
        Shape::Cells(cells) => return write_cells(*cells, row.block, slice(row.span)),
        Shape::Statement(statement) => return write_statement(statement, row.block, text),
        Shape::Fence | Shape::Unknown | Shape::Stray => return None,
    })
}

fn comment(written: &str) -> String {
    let text = written.trim_start_matches(['#', '＃']);
    let marks = written.chars().take_while(|c| matches!(c, '#' | '＃')).count();
    format!("{}{}", "#".repeat(marks), text.trim_end())
}

fn with_tail(before: &str, tail: &str) -> String {
    if tail.is_empty() { before.to_owned() } else { format!("{before} {}", comment(tail)) }
}

fn write_statement(statement: &Statement, block: Block, text: &str) -> Option<Written> {
    let slice = |span: Span| text.get(span.range()).unwrap_or("");
    let closing = if statement.closes { "} " } else { "" };
    let mut word = format!("{closing}{}", plain_word(slice(statement.word)));
    let mut argument = laid_out(statement.kind, slice(statement.argument));
    if let Some(rest) = second_word(statement.keyword, &argument) {
        word = format!("{word} {}", argument.get(..argument.len() - rest.len()).unwrap_or("").trim_end());
        argument = rest.trim_start().to_owned();
    }
    let stands_alone = statement.closes || block == Block::File || is_branch(statement, block, &argument);
    let mut lines_up = if stands_alone { Lines::Alone } else { Lines::Statement };
    match &statement.body {
        Body::None => {}
        Body::Block { tail } => {
            argument = with_tail(&spaced(&argument, "{"), slice(*tail));
            lines_up = Lines::Alone;
        }
        Body::Inline { parts, tail } => {
            argument = with_tail(&spaced(&argument, &inline(parts, text)?), slice(*tail));
            lines_up = Lines::Alone;
        }
    }
    let columns = if argument.is_empty() { vec![word] } else { vec![word, argument] };
    Some(Written { columns, between: " ", lines_up })
}

/// What follows the second word of `if unknown` and the like.
fn second_word(keyword: Keyword, argument: &str) -> Option<&str> {
    let second = match keyword {
        Keyword::OnlyWhen => "when ",
        Keyword::IfUnknown => "unknown ",
        Keyword::SameAs => "as ",
        Keyword::KindOf => "of ",
        _ => return None,
    };
    argument.strip_prefix(second)
}

/// `when x: do this` is a step, and stands as one among others.
fn is_branch(statement: &Statement, block: Block, argument: &str) -> bool {
    let is_step = statement.keyword == Keyword::When && matches!(block, Block::Action | Block::Branch);
    is_step && argument.contains(": ")
}

fn spaced(before: &str, after: &str) -> String {
    let space = if before.is_empty() || after.is_empty() { "" } else { " " };
    format!("{before}{space}{after}")
}

/// `{ ask "…" ; if unknown = 0 }`
fn inline(parts: &[Row], text: &str) -> Option<String> {
    let mut out = "{".to_owned();
    let mut before: Option<u32> = None;
    for row in parts {
        let between = before.and_then(|end| text.get(end as usize..row.span.start as usize)).unwrap_or("");
        out.push_str(if between.contains([';', '；']) { " ; " } else { " " });
        out.push_str(&part(row, text)?);
        before = Some(row.span.end);
    }
    out.push_str(" }");
    Some(out)
}

/// A line in a block of one line, or one that stands alone.
fn part(row: &Row, text: &str) -> Option<String> {
    let slice = |span: Span| text.get(span.range()).unwrap_or("");
    Some(match &row.shape {
        Shape::Marked { mark, text } => spaced(&plain_mark(slice(*mark).trim()), slice(*text)),
        Shape::Plain => slice(row.span).to_owned(),
        Shape::Cells(cells) => laid_out(*cells, slice(row.span)),
        Shape::Statement(statement) => {
            spaced(&plain_word(slice(statement.word)), &laid_out(statement.kind, slice(statement.argument)))
        }
        Shape::Comment | Shape::Close { .. } | Shape::Fence | Shape::Unknown | Shape::Stray => return None,
    })
}

/// The argument with its signs and spaces as they should be; as it is, if that would change what it says.
fn laid_out(kind: Argument, written: &str) -> String {
    let Some(tokens) = kind.tokens(written, stretch(written)) else { return written.to_owned() };
    let laid_out = joined(&tokens);
    if laid_out == written || kind.tokens(&laid_out, stretch(&laid_out)).is_some_and(|again| is_same(&tokens, &again)) {
        return laid_out;
    }
    written.to_owned()
}

fn stretch(text: &str) -> Span {
    Span::new(crate::source::FileId(0), 0..text.len())
}

fn is_same(tokens: &[Token], again: &[Token]) -> bool {
    let said = |token: &Token| (token.class, token.text.clone(), token.tight);
    tokens.iter().map(said).eq(again.iter().map(said))
}

fn joined(tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        if !token.tight && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&token.text);
    }
    out
}

fn write_cells(cells: Argument, block: Block, written: &str) -> Option<Written> {
    if cells == Argument::Row {
        return Some(write_table_row(cells, written));
    }
    let text = laid_out(cells, written);
    if block != Block::Derive {
        return Some(Written::alone(text));
    }
    let tokens = cells.tokens(&text, stretch(&text)).unwrap_or_default();
    let at = tokens.iter().skip(1).find(|token| token.class == Class::Word).map(|token| token.span.start as usize);
    Some(match at {
        Some(at) => {
            let (value, case) = text.split_at(at);
            let columns = vec![value.trim_end().to_owned(), case.to_owned()];
            Written { columns, between: " ", lines_up: Lines::Case }
        }
        None => Written::alone(text),
    })
}

fn write_table_row(kind: Argument, written: &str) -> Written {
    let cells: Vec<String> = kind
        .tokens(written, stretch(written))
        .unwrap_or_default()
        .into_iter()
        .filter(|token| token.class == Class::Text)
        .map(|token| cell(&token.text))
        .collect();
    if cells.len() < 2 {
        return Written::alone(written.to_owned());
    }
    let is_bordered = written.starts_with(['|', '｜']);
    Written { columns: cells, between: " | ", lines_up: Lines::Cells { is_bordered } }
}

fn cell(written: &str) -> String {
    let Some(tokens) = cell_tokens(written, stretch(written)) else { return written.to_owned() };
    let text = joined(&tokens);
    if cell_tokens(&text, stretch(&text)).is_some_and(|again| is_same(&tokens, &again)) {
        text
    } else {
        written.to_owned()
    }
}

/// A keyword typed with an input method.
fn plain_word(written: &str) -> String {
    let is_wide = |c: char| ('\u{FF01}'..='\u{FF5E}').contains(&c);
    written.chars().map(|c| if is_wide(c) { half_width(c.encode_utf8(&mut [0; 4])) } else { c.to_string() }).collect()
}

fn plain_mark(written: &str) -> String {
    match written {
        "･" => "・".to_owned(),
        "*" => "-".to_owned(),
        other => half_width(other),
    }
}
