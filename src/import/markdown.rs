//! Reads the pipe tables of a Markdown page: the FAQ as `--emit markdown` writes it, and tables that people write.

use super::csv::decode;
use super::grid::Grid;
use crate::diag::Diagnostic;

/// A grid for each table, its rows counted by the lines of the page.
///
/// # Errors
/// When it is no text.
pub fn read(bytes: &[u8]) -> Result<Vec<Grid>, Box<Diagnostic>> {
    let (text, _) = decode(bytes)?;
    let lines: Vec<&str> = text.lines().collect();
    let mut grid = Grid::default();
    for (row, line) in (0u32..).zip(&lines) {
        if is_rule(line) {
            continue;
        }
        if let Some(heading) = line.strip_prefix("# ") {
            grid.put(row, 0, plain(heading))?;
        }
        let is_table = line.trim_start().starts_with('|') || is_beside_rule(&lines, row as usize);
        for (column, cell) in (0..64).zip(cells(line)).filter(|_| is_table) {
            grid.put(row, column, plain(cell))?;
        }
    }
    Ok(vec![grid])
}

/// `|---|:--:|`
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// Of a table without pipes at the ends: the lines since the last blank one hold a rule.
fn is_beside_rule(lines: &[&str], row: usize) -> bool {
    let is_part = |line: &&&str| line.contains('|');
    let above = lines.get(..row).unwrap_or(&[]).iter().rev().take_while(is_part).take(2000).any(|line| is_rule(line));
    lines.get(row).is_some_and(|line| line.contains('|'))
        && (above || lines.get(row + 1).is_some_and(|line| is_rule(line)))
}

/// Parted by pipes that are not escaped.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (at, c) in line.char_indices() {
        if c == '|' && !escaped {
            cells.push(line.get(from..at).unwrap_or(""));
            from = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    let last = line.get(from..).unwrap_or("");
    if !last.trim().is_empty() {
        cells.push(last);
    }
    cells
}

/// The text that a cell shows: line breaks, no marks of Markdown or HTML, addresses behind what leads to them.
fn plain(cell: &str) -> String {
    let mut out = String::new();
    let mut rest = cell.trim();
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or("");
        rest = match c {
            '\\' if tail.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.extend(tail.chars().next());
                tail.get(1..).unwrap_or("")
            }
            '<' => tag(tail, &mut out).unwrap_or_else(|| keep(c, tail, &mut out)),
            '&' => entity(tail, &mut out).unwrap_or_else(|| keep(c, tail, &mut out)),
            '[' => link(tail, &mut out).unwrap_or_else(|| keep(c, tail, &mut out)),
            '*' if tail.starts_with('*') => tail.get(1..).unwrap_or(""),
            _ => keep(c, tail, &mut out),
        };
    }
    out
}

fn keep<'t>(c: char, tail: &'t str, out: &mut String) -> &'t str {
    out.push(c);
    tail
}

/// A tag or an address in angle brackets.
fn tag<'t>(tail: &'t str, out: &mut String) -> Option<&'t str> {
    let (inside, rest) = tail.split_once('>')?;
    let name = inside.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
    match name.to_ascii_lowercase().as_str() {
        "br" | "p" | "li" => out.push('\n'),
        "strong" | "b" | "em" | "i" | "a" | "code" | "span" => {}
        _ if inside.starts_with("http://") || inside.starts_with("https://") => out.push_str(inside),
        _ => return None,
    }
    Some(rest)
}

fn entity<'t>(tail: &'t str, out: &mut String) -> Option<&'t str> {
    let (name, rest) = tail.split_once(';').filter(|(name, _)| name.len() <= 8)?;
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let c = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "nbsp" => ' ',
        _ => match name.strip_prefix("#x") {
            Some(digits) => number(digits, 16)?,
            None => number(name.strip_prefix('#')?, 10)?,
        },
    };
    out.push(c);
    Some(rest)
}

/// `[words](address)`: the words, and an address of the web that they do not show already.
fn link<'t>(tail: &'t str, out: &mut String) -> Option<&'t str> {
    let close = unescaped(tail, ']')?;
    let rest = tail.get(close + 1..)?.strip_prefix('(')?;
    let end = unescaped(rest, ')')?;
    let (words, address) = (plain(tail.get(..close)?), rest.get(..end)?.trim_matches(['<', '>']));
    out.push_str(&words);
    if (address.starts_with("http://") || address.starts_with("https://")) && words != address {
        out.push_str(&format!("（ {address} ）"));
    }
    rest.get(end + 1..)
}

fn unescaped(text: &str, wanted: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == wanted && !escaped {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}
