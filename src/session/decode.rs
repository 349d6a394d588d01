//! From a file's bytes to its text: what is not UTF-8 is recognised, said, and read as well as can be.

use encoding_rs::{EUC_JP, Encoding as Charset, SHIFT_JIS, UTF_8};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{Encoding, FileId, Sources, Span};

/// Adds the file to the sources; its text is whatever could be read.
pub fn decode(name: String, bytes: Vec<u8>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> FileId {
    if let Some((charset, _)) = Charset::for_bom(&bytes).filter(|(charset, _)| *charset != UTF_8) {
        return converted(name, &bytes, charset, sources, diagnostics);
    }
    let (bytes, encoding) = without_mark(bytes);
    match String::from_utf8(bytes) {
        Ok(text) if memchr::memchr(0, text.as_bytes()).is_none() => sources.add_decoded(name, text, encoding),
        Ok(text) => without_nulls(name, text, sources, diagnostics),
        Err(error) => not_utf8(name, error.as_bytes(), sources, diagnostics),
    }
}

/// What may stand before UTF-8.
pub const MARK: &[u8] = b"\xEF\xBB\xBF";

fn without_mark(mut bytes: Vec<u8>) -> (Vec<u8>, Encoding) {
    if !bytes.starts_with(MARK) {
        return (bytes, Encoding::Utf8);
    }
    bytes.drain(..MARK.len());
    (bytes, Encoding::MarkedUtf8)
}

fn not_utf8(name: String, bytes: &[u8], sources: &mut Sources, diagnostics: &mut Diagnostics) -> FileId {
    match japanese_charset(bytes) {
        Some(charset) => converted(name, bytes, charset, sources, diagnostics),
        None => repaired(name, bytes, sources, diagnostics),
    }
}

/// The text of a known encoding, with one finding at its first character that is not ASCII.
fn converted(
    name: String,
    bytes: &[u8],
    charset: &'static Charset,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> FileId {
    let (text, _, _) = charset.decode(bytes);
    let at = text.find(|c: char| !c.is_ascii()).unwrap_or(0);
    let end = at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let file = sources.add_decoded(name, text, Encoding::Other);
    Diagnostic::at(Code::OtherEncoding, Span::new(file, at..end))
        .text("encoding", charset.name())
        .text("iconv", iconv_name(charset))
        .help("save-as")
        .help("convert")
        .push_to(diagnostics);
    file
}

/// The text with U+FFFD for what cannot be read; nothing of a file that is not text at all.
fn repaired(name: String, bytes: &[u8], sources: &mut Sources, diagnostics: &mut Diagnostics) -> FileId {
    if memchr::memchr(0, bytes).is_some() {
        return not_text(name, sources, diagnostics);
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    let at = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    let end = at + char::REPLACEMENT_CHARACTER.len_utf8();
    let file = sources.add_decoded(name, text, Encoding::Other);
    let span = Span::new(file, at..end);
    Diagnostic::at(Code::NotUtf8, span)
        .text("line", sources.line(span).to_string())
        .text("offset", (at + 1).to_string())
        .help("retype")
        .push_to(diagnostics);
    file
}

fn not_text(name: String, sources: &mut Sources, diagnostics: &mut Diagnostics) -> FileId {
    let file = sources.add_decoded(name, "", Encoding::Other);
    Diagnostic::at(Code::NullBytes, Span::new(file, 0..0)).help("not-text").push_to(diagnostics);
    file
}

/// A few stray NULs become spaces; a text with many is some other kind of file.
fn without_nulls(name: String, text: String, sources: &mut Sources, diagnostics: &mut Diagnostics) -> FileId {
    const TEXT_BYTES_PER_NULL: usize = 64;
    let nulls = memchr::memchr_iter(0, text.as_bytes()).count();
    if nulls > text.len() / TEXT_BYTES_PER_NULL + 1 {
        return not_text(name, sources, diagnostics);
    }
    let at = text.find('\0').unwrap_or(0);
    let file = sources.add_decoded(name, text.replace('\0', " "), Encoding::Other);
    Diagnostic::at(Code::NullBytes, Span::new(file, at..at + 1)).help("stray").push_to(diagnostics);
    file
}

/// Shift_JIS or EUC-JP, when the bytes are valid in it and mostly read as Japanese.
fn japanese_charset(bytes: &[u8]) -> Option<&'static Charset> {
    if is_damaged_utf8(bytes) {
        return None;
    }
    [SHIFT_JIS, EUC_JP].into_iter().find(|charset| {
        let text = charset.decode_without_bom_handling_and_without_replacement(bytes);
        text.is_some_and(|text| looks_japanese(&text))
    })
}

/// More characters beyond ASCII that are UTF-8 than places that are not.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// There are kana, and most of what is not ASCII is what Japanese is written with. Half-width katakana do not count: bytes of other
/// encodings read as Shift_JIS give many.
fn looks_japanese(text: &str) -> bool {
    let (mut kana, mut kanji, mut other) = (0_usize, 0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        match c {
            '\u{3041}'..='\u{30FF}' => kana += 1,
            '\u{3000}'..='\u{3040}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}' => kanji += 1,
            _ => other += 1,
        }
    }
    kana > 0 && kana + kanji > 3 * other
}

/// What iconv calls an encoding; Japanese Windows writes CP932, a superset of Shift_JIS.
fn iconv_name(charset: &'static Charset) -> &'static str {
    if charset == SHIFT_JIS { "CP932" } else { charset.name() }
}
