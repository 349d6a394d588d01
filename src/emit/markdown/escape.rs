//! Writes text so that a Markdown parser gives back exactly that text; refuses to know what the text is about.
//!
//! Holds for CommonMark with GitHub's tables and strikethrough, and for mdBook, whose preprocessor looks for `{{#…}}` before
//! any Markdown is read, in fenced code too.

/// A text of its own: space at its ends is kept as well.
pub fn text(out: &mut String, text: &str) {
    part(out, text, true, true);
}

/// A part of a line. `starts` and `ends`: whether it is the first or last of it, where Markdown would drop space.
pub fn part(out: &mut String, text: &str, starts: bool, ends: bool) {
    let text = match starts {
        true => edge_space(out, text, text.len() - text.trim_start_matches([' ', '\t']).len()),
        false => text,
    };
    let body = if ends { text.trim_end_matches([' ', '\t']) } else { text };
    // Digits that end the part before could be the number of a list.
    let may_begin = starts || out.ends_with(|c: char| c.is_ascii_digit());
    let marker = if may_begin { block_marker(body) } else { ("", None) };
    out.push_str(marker.0);
    if let Some(mark) = marker.1 {
        out.push('\\');
        out.push(mark);
    }
    inline(out, &body[marker.0.len() + marker.1.map_or(0, char::len_utf8)..]);
    edge_space(out, &text[body.len()..], text.len() - body.len());
}

/// The text with the web addresses in it as links.
pub fn linked(out: &mut String, text: &str, starts: bool, ends: bool) {
    let mut rest = text;
    let mut starts = starts;
    while let Some((before, address, after)) = next_address(rest) {
        part(out, before, starts, false);
        link_open(out);
        inline(out, address);
        link_close(out, address);
        rest = after;
        starts = false;
    }
    part(out, rest, starts, ends);
}

/// `[`; what follows up to [`link_close`] is the link's text.
pub fn link_open(out: &mut String) {
    out.push('[');
}

/// `](destination)`: bytes that Markdown or mdBook could take for their own are percent-encoded, other than letters of
/// any script, which file names and anchors here may hold.
pub fn link_close(out: &mut String, destination: &str) {
    out.push_str("](");
    for c in destination.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '(' | ')' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_alphanumeric() || "-._~:/?#@!'*+,;=%・".contains(c) => out.push(c),
            c => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
    out.push(')');
}

/// Whether a reader can be sent there: the web, mail or a telephone, never a script.
pub fn is_followable(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or("");
    address.len() > scheme.len() && ["http", "https", "mailto", "tel"].iter().any(|s| scheme.eq_ignore_ascii_case(s))
}

/// Lines of code, each written after `indent`, in a fence longer than any in them. Where mdBook would look for a
/// directive, or a carriage return would end a line, as HTML, in which every character can be spelled.
pub fn code_block<'a>(out: &mut String, indent: &str, info: &str, lines: impl Iterator<Item = &'a str> + Clone) {
    if lines.clone().any(|line| line.contains("{{") || line.contains(['\r', '\n', '\0'])) {
        return html_block(out, indent, lines);
    }
    let longest = lines.clone().map(longest_backticks).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    out.push_str(&fence);
    out.push_str(info);
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(indent);
        }
        out.push_str(line);
    }
    out.push('\n');
    out.push_str(indent);
    out.push_str(&fence);
    out.push('\n');
}

fn html_block<'a>(out: &mut String, indent: &str, lines: impl Iterator<Item = &'a str>) {
    out.push_str("<pre><code>");
    for (index, line) in lines.enumerate() {
        if index > 0 {
            out.push('\n');
            out.push_str(indent);
        }
        html(out, line);
    }
    out.push_str("</code></pre>\n");
}

/// Text inside HTML.
fn html(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            '\r' => out.push_str("&#13;"),
            '\n' => out.push_str("&#10;"),
            other => out.push(other),
        }
    }
}

fn longest_backticks(line: &str) -> usize {
    line.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Space that Markdown would drop at the end of a line; gives what follows it.
fn edge_space<'a>(out: &mut String, text: &'a str, length: usize) -> &'a str {
    let (space, rest) = text.split_at(length);
    for c in space.chars() {
        out.push_str(if c == '\t' { "&#9;" } else { "&#32;" });
    }
    rest
}

/// What could begin a block (`-`, `+`, `=`, `:`, `1.`, `1)`) as the digits before its mark and the mark.
fn block_marker(text: &str) -> (&str, Option<char>) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    let mark = match (digits.is_empty(), rest.chars().next()) {
        (_, Some(mark @ ('.' | ')'))) => Some(mark),
        (true, Some(mark @ ('-' | '+' | '=' | ':'))) => Some(mark),
        _ => None,
    };
    (digits, mark)
}

/// Text with other text on both sides, as in a link.
pub fn inline(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let action = ESCAPES[byte as usize];
        if action == PLAIN || (action == BANG && !text[at + 1..].is_empty() && !text[at + 1..].starts_with('[')) {
            continue;
        }
        out.push_str(&text[from..at]);
        from = at + 1;
        match action {
            ENTITY => out.push_str(&format!("&#{byte};")),
            _ => {
                out.push('\\');
                out.push(byte as char);
            }
        }
    }
    out.push_str(&text[from..]);
}

const PLAIN: u8 = 0;
const BACKSLASH: u8 = 1;
/// `|`, which tables cut at before they look for backslashes in pairs, and what would end a line.
const ENTITY: u8 = 2;
/// `!`, which would turn a link after it into an image.
const BANG: u8 = 3;

const ESCAPES: [u8; 256] = {
    let mut table = [PLAIN; 256];
    let backslash = b"\\`*_[]<>&$~#{}";
    let mut index = 0;
    while index < backslash.len() {
        table[backslash[index] as usize] = BACKSLASH;
        index += 1;
    }
    table[b'|' as usize] = ENTITY;
    table[b'\r' as usize] = ENTITY;
    table[b'\n' as usize] = ENTITY;
    table[b'!' as usize] = BANG;
    table
};

/// The first web address, with what stands before and after it. It ends at the first character that no address holds;
/// punctuation that closes the sentence around it is not part of it.
fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(found) = memchr::memmem::find(&text.as_bytes()[from..], b"://") {
        let at = from + found;
        from = at + 3;
        let scheme = ["https", "http"].iter().find(|scheme| text[..at].ends_with(**scheme));
        let length = address_length(&text[from..]);
        if let (Some(scheme), 1..) = (scheme, length) {
            let start = at - scheme.len();
            return Some((&text[..start], &text[start..from + length], &text[from + length..]));
        }
    }
    None
}

fn address_length(text: &str) -> usize {
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(b);
    let mut length = text.bytes().take_while(|b| is_part(b)).count();
    while let Some(last) = text[..length].chars().next_back() {
        let unbalanced = last == ')' && count(&text[..length], b')') > count(&text[..length], b'(');
        if !unbalanced && !".,:;!?'*_~".contains(last) {
            break;
        }
        length -= 1;
    }
    length
}

fn count(text: &str, byte: u8) -> usize {
    text.bytes().filter(|b| *b == byte).count()
}

#[cfg(test)]
mod tests;
