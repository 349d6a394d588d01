//! Reading a table from JSON. Refuses what it does not understand, with a reason.

use std::fmt;

use serde::Deserialize;

use super::check;
use super::damage::Damage;
use crate::table::{FORMAT, Table, VERSION};

/// Why something is no table that this library can read.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// Not JSON, cut off, or not of a table's shape.
    Json(serde_json::Error),
    /// Some other kind of document; the text is what its `format` says.
    Format(String),
    /// A version of the format that this library does not know.
    Version(u64),
    /// Of a table's shape, but what stands at `place` does not fit the rest of it.
    Broken { place: String, damage: Damage },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "not a readable table: {error}"),
            Self::Format(found) => write!(f, "not a table: its format is `{found}`, not `{FORMAT}`"),
            Self::Version(found) => {
                write!(f, "version {found} of the table format is unknown here; {VERSION} is known")
            }
            Self::Broken { place, damage } => write!(f, "the table is damaged: {place} {damage}"),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            Self::Format(_) | Self::Version(_) | Self::Broken { .. } => None,
        }
    }
}

/// What is looked at before the rest is trusted to have a known shape.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

impl Table {
    /// Reads a table and checks that everything it refers to is there.
    ///
    /// # Errors
    /// When the text is no table of a known version, or a damaged one; see [`LoadError`].
    pub fn from_json(json: &[u8]) -> Result<Self, LoadError> {
        let header: Header = serde_json::from_slice(json).map_err(LoadError::Json)?;
        if header.format != FORMAT {
            return Err(LoadError::Format(header.format));
        }
        if header.version != u64::from(VERSION) {
            return Err(LoadError::Version(header.version));
        }
        let table = serde_json::from_slice(json).map_err(LoadError::Json)?;
        check::check(&table)?;
        Ok(table)
    }
}
