//! What rides along with a sheet for the way back: the files of the knowledge base, byte for byte, and a check sum of
//! each visible cell, by which a change is known. In pieces that fit a cell, in letters that no spreadsheet touches.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use super::{COLUMNS, Row, text};
use crate::config::FILE_NAME;
use crate::prh::is_rules_of_words;
use crate::session::{Compilation, Input, is_rules};
use crate::source::{Encoding, SourceFile};

/// What a piece begins with: `faqc:1:NUMBER/COUNT:CHECKSUM:` and the letters.
pub const PIECE: &str = "faqc:1:";

/// Letters of a piece; a cell of Excel holds a little more.
const LETTERS: usize = 30_000;

/// Most bytes that an archive may unfold to.
const MOST_BYTES: u64 = 256 << 20;

/// What rides along.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    pub files: Vec<File>,
    /// By the entry's name, a check sum of each cell.
    pub cells: BTreeMap<String, [u32; COLUMNS]>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub name: String,
    pub text: String,
    /// Whether a byte order mark stands before it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub marked: bool,
}

/// Why pieces make no archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// There are none.
    Absent,
    /// Some are missing or changed.
    Broken,
}

impl Archive {
    pub fn of(compilation: &Compilation, rows: &[Row]) -> Self {
        let sources = &compilation.sources;
        let is_read = |file: &&SourceFile| file.encoding != Encoding::Other;
        let files = sources.ids().map(|id| &sources[id]).filter(is_read).map(File::of).collect();
        let cells = rows.iter().map(|row| {
            let sums = row.cells.each_ref().map(|cell| sum(&text(cell, compilation)));
            (compilation.model.entries[row.entry].id.clone(), sums)
        });
        Self { files, cells: cells.collect() }
    }

    /// The files as they were.
    pub fn inputs(&self) -> Vec<Input> {
        self.files.iter().map(|file| Input { name: file.name.clone(), bytes: file.bytes() }).collect()
    }

    /// In pieces, each for a cell.
    pub fn pieces(&self) -> Vec<String> {
        let json = serde_json::to_vec(self).unwrap_or_default();
        let mut encoder = DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        // Writing to memory does not fail.
        let _ = encoder.write_all(&json);
        let letters = BASE64_STANDARD_NO_PAD.encode(encoder.finish().unwrap_or_default());
        let chunks: Vec<&[u8]> = letters.as_bytes().chunks(LETTERS).collect();
        let (count, sum) = (chunks.len(), sum_of(letters.as_bytes()));
        let piece = |(index, chunk): (usize, &&[u8])| {
            format!("{PIECE}{}/{count}:{sum:08x}:{}", index + 1, String::from_utf8_lossy(chunk))
        };
        chunks.iter().enumerate().map(piece).collect()
    }

    /// From pieces in any order; those of another kind are passed over.
    ///
    /// # Errors
    /// When there is no piece, or not every one that belongs to the first.
    pub fn from_pieces<'a>(cells: impl Iterator<Item = &'a str>) -> Result<Self, Damage> {
        let pieces: Vec<Piece<'_>> = cells.filter_map(piece).collect();
        let first = pieces.first().ok_or(Damage::Absent)?;
        let by_number: BTreeMap<usize, &str> =
            pieces.iter().filter(|piece| piece.sum == first.sum).map(|piece| (piece.number, piece.letters)).collect();
        let letters: String = by_number.values().copied().collect();
        let is_whole =
            by_number.len() == first.count && u32::from_str_radix(first.sum, 16) == Ok(sum_of(letters.as_bytes()));
        if !is_whole {
            return Err(Damage::Broken);
        }
        let bytes = BASE64_STANDARD_NO_PAD.decode(letters).map_err(|_| Damage::Broken)?;
        let mut json = Vec::new();
        DeflateDecoder::new(bytes.as_slice()).take(MOST_BYTES).read_to_end(&mut json).map_err(|_| Damage::Broken)?;
        let archive: Self = serde_json::from_slice(&json).map_err(|_| Damage::Broken)?;
        let is_safe = archive.files.iter().all(|file| is_inside(&file.name));
        if is_safe { Ok(archive) } else { Err(Damage::Broken) }
    }
}

impl File {
    fn of(file: &SourceFile) -> Self {
        Self { name: file.name.clone(), text: file.text.clone(), marked: file.encoding == Encoding::MarkedUtf8 }
    }

    fn bytes(&self) -> Vec<u8> {
        let mark: &[u8] = if self.marked { b"\xEF\xBB\xBF" } else { b"" };
        [mark, self.text.as_bytes()].concat()
    }
}

/// Whether a name leads to a file of a knowledge base, and nowhere out of its folder.
fn is_inside(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    name.split('/').all(is_part) && (is_rules(name) || name == FILE_NAME || is_rules_of_words(name))
}

struct Piece<'a> {
    number: usize,
    count: usize,
    sum: &'a str,
    letters: &'a str,
}

fn piece(cell: &str) -> Option<Piece<'_>> {
    let mut parts = cell.trim().strip_prefix(PIECE)?.splitn(3, ':');
    let (number, count) = parts.next()?.split_once('/')?;
    let (sum, letters) = (parts.next()?, parts.next()?);
    Some(Piece { number: number.parse().ok()?, count: count.parse().ok()?, sum, letters })
}

/// Of what people see in a cell, whatever a spreadsheet program does to its line ends and to what cannot be seen.
pub fn sum(cell: &str) -> u32 {
    sum_of(seen(cell).as_bytes())
}

/// A cell without what cannot be seen: carriage returns, control characters, space at the ends of lines.
pub fn seen(cell: &str) -> String {
    let lines = cell.split('\n').map(|line| {
        let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
        line.trim_end().to_owned()
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    text.trim_matches('\n').to_owned()
}

fn sum_of(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}
