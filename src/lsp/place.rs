//! Places as the protocol counts them: lines from 0, and bytes or UTF-16 units within a line. Any place is answered, if need
//! be with the nearest.

use lsp_types::{Position, PositionEncodingKind, Range, Uri};
use std::path::{Path, PathBuf};

use crate::source::{SourceFile, Span};

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    Utf8,
    Utf16,
}

impl Units {
    /// UTF-8 when the client offers it, since nothing has to be counted then.
    pub fn agreed(offered: Option<&[PositionEncodingKind]>) -> Self {
        let is_offered = offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8));
        if is_offered { Self::Utf8 } else { Self::Utf16 }
    }

    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn length(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }

    /// Units in a stretch of text.
    pub fn count(self, text: &str) -> u32 {
        let count = match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The byte at a place; one within a character counts as its beginning, one beyond a line as the line's end.
    pub fn offset(self, file: &SourceFile, place: Position) -> u32 {
        let Some(start) = file.line_starts().get(place.line as usize).copied() else { return file.text.len() as u32 };
        let line = line_at(file, start);
        let mut units = 0;
        for (at, c) in line.char_indices() {
            units += self.length(c);
            if units > place.character as usize {
                return start + at as u32;
            }
        }
        start + line.len() as u32
    }

    pub fn position(self, file: &SourceFile, offset: u32) -> Position {
        let line = file.line_index(offset);
        let start = file.line_starts().get(line).copied().unwrap_or(0);
        let before = file.text.get(start as usize..offset as usize).unwrap_or("");
        Position { line: line as u32, character: self.count(before) }
    }

    pub fn range(self, file: &SourceFile, span: Span) -> Range {
        Range { start: self.position(file, span.start), end: self.position(file, span.end) }
    }
}

/// A line's text without its end.
fn line_at(file: &SourceFile, start: u32) -> &str {
    let rest = file.text.get(start as usize..).unwrap_or("");
    rest.split('\n').next().unwrap_or("").trim_end_matches('\r')
}

/// The path that a `file:` address names.
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    let written = uri.as_str().strip_prefix("file://")?;
    let path = written.get(written.find('/')?..)?;
    let path = String::from_utf8(decoded(path)).ok()?;
    let is_drive = path.as_bytes().get(2) == Some(&b':') && path.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
    Some(PathBuf::from(if is_drive { path.get(1..)? } else { &path }))
}

fn decoded(path: &str) -> Vec<u8> {
    let mut bytes = path.bytes();
    let mut out = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        let hex = bytes.as_slice_of_two();
        match hex.filter(|_| byte == b'%') {
            Some(value) => {
                out.push(value);
                bytes.nth(1);
            }
            None => out.push(byte),
        }
    }
    out
}

trait TwoDigits {
    /// The byte that the next two characters write in hexadecimal.
    fn as_slice_of_two(&self) -> Option<u8>;
}

impl TwoDigits for std::str::Bytes<'_> {
    fn as_slice_of_two(&self) -> Option<u8> {
        let mut next = self.clone();
        let digits = [next.next()?, next.next()?];
        u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()
    }
}

/// The address of a path.
pub fn uri_of(path: &Path) -> Option<Uri> {
    let text = path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
    let mut uri = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn places_count_units_and_not_characters() {
        let mut sources = Sources::default();
        let id = sources.add("a", "項目 x\r\n👩‍💻＝a\nが");
        let file = &sources[id];
        for offset in file.text.char_indices().map(|(at, _)| at as u32).filter(|at| *at != 9 && *at != 8) {
            for units in [Units::Utf8, Units::Utf16] {
                assert_eq!(units.offset(file, units.position(file, offset)), offset, "{units:?}");
            }
        }
        let at = Units::Utf16.position(file, file.text.find('＝').expect("it is there") as u32);
        assert_eq!((at.line, at.character), (1, 5));
        let beyond = Position { line: 0, character: 99 };
        assert_eq!(Units::Utf16.offset(file, beyond), 8, "before the line's end");
        let inside = Position { line: 1, character: 1 };
        assert_eq!(Units::Utf16.offset(file, inside), 10, "within a surrogate pair");
        assert_eq!(Units::Utf8.offset(file, Position { line: 99, character: 0 }), file.text.len() as u32);
    }

    #[test]
    fn addresses_are_paths() {
        let path = Path::new("/tmp/知識 ベース/a%b#c.faq");
        let uri = uri_of(path).expect("a path has an address");
        assert!(uri.as_str().is_ascii());
        assert_eq!(path_of(&uri).as_deref(), Some(path));
        assert_eq!(path_of(&"untitled:a".parse().expect("an address")), None);
    }
}
