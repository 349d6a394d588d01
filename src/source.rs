//! Owns the texts being compiled and the places in them; refuses to know where they came from.

use std::ops::{Index, Range};
use std::sync::{Arc, OnceLock};

/// A file of the knowledge base, by its position in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A stretch of one file: byte offsets, start inclusive, end exclusive, both on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: offset(range.start), end: offset(range.end) }
    }

    /// Byte offsets for slicing the file's text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of `self` to the end of `last`; both lie in one file.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        Self { end: last.end, ..self }
    }

    /// The empty place just before this stretch.
    #[must_use]
    pub fn before(self) -> Self {
        Self { end: self.start, ..self }
    }

    /// The empty place just after this stretch.
    #[must_use]
    pub fn after(self) -> Self {
        Self { start: self.end, ..self }
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A position as people and tools count it; all counts begin at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: u32,
    /// Characters (Unicode scalar values) before the position on its line, plus 1.
    pub column: u32,
    /// UTF-16 code units before the position on its line, plus 1.
    pub utf16_column: u32,
}

/// How a file's bytes became its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    #[default]
    Utf8,
    /// UTF-8 after a byte order mark, which is no part of the text.
    MarkedUtf8,
    /// The text was converted or repaired: its offsets are not those of the file, which must not be rewritten from it.
    Other,
}

impl Encoding {
    /// Bytes in the file before the text.
    pub fn mark_length(self) -> u32 {
        match self {
            Self::MarkedUtf8 => 3,
            Self::Utf8 | Self::Other => 0,
        }
    }
}

/// One file: its name as shown in messages (relative, with `/`) and its text.
#[derive(Debug)]
pub struct SourceFile {
    pub name: String,
    pub text: String,
    pub encoding: Encoding,
    line_starts: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// Byte offset of each line's first byte.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|at| at as u32 + 1)).collect()
        })
    }

    /// The line, from 0, that holds a byte offset.
    pub fn line_index(&self, offset: u32) -> usize {
        self.line_starts().partition_point(|start| *start <= offset).saturating_sub(1)
    }

    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_index(offset);
        let start = self.line_starts().get(line).copied().unwrap_or(0) as usize;
        let before = self.text.get(start..offset as usize).unwrap_or("");
        Position {
            line: line as u32 + 1,
            column: before.chars().count() as u32 + 1,
            utf16_column: before.encode_utf16().count() as u32 + 1,
        }
    }
}

/// All files of one compilation, in the order given (callers sort by name, so that output is stable).
#[derive(Debug, Default)]
pub struct Sources {
    /// Shared with whoever compiles again and has not changed them.
    files: Vec<Arc<SourceFile>>,
}

impl Sources {
    /// The line in which a place begins, line break included.
    pub fn line_around(&self, span: Span) -> Span {
        let file = &self[span.file];
        let line = file.line_index(span.start);
        let bound = |line: usize| file.line_starts().get(line).copied();
        let end = bound(line + 1).unwrap_or(file.text.len() as u32);
        Span { start: bound(line).unwrap_or(span.start), end, ..span }
    }

    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.add_decoded(name, text, Encoding::Utf8)
    }

    pub fn add_decoded(&mut self, name: impl Into<String>, text: impl Into<String>, encoding: Encoding) -> FileId {
        let file = SourceFile { name: name.into(), text: text.into(), encoding, line_starts: OnceLock::new() };
        self.share(Arc::new(file))
    }

    /// Adds a file of another compilation.
    pub fn share(&mut self, file: Arc<SourceFile>) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(file);
        id
    }

    /// The file, for another compilation to use.
    pub fn shared(&self, id: FileId) -> Arc<SourceFile> {
        Arc::clone(&self.files[id.0 as usize])
    }

    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }

    /// The text a span covers.
    pub fn text(&self, span: Span) -> &str {
        self[span.file].text.get(span.range()).unwrap_or("")
    }

    /// The file's name and the span's first position.
    pub fn locate(&self, span: Span) -> (&str, Position) {
        let file = &self[span.file];
        (&file.name, file.position(span.start))
    }

    /// 1-based line of the span's start.
    pub fn line(&self, span: Span) -> u32 {
        self[span.file].line_index(span.start) as u32 + 1
    }
}

impl Index<FileId> for Sources {
    type Output = SourceFile;

    fn index(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }
}
