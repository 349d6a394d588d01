//! Owns the search of a table: symptoms by a message or by words, entries by the text that stands in them. Refuses to know what
//! follows from what is found.

mod asked;
mod find;
mod foreign;
mod grams;
mod index;
mod letters;
mod likeness;
mod numbers;
mod passages;
mod pieces;
mod ranked;
mod rivals;
mod spelling;
mod text;
mod weight;

pub use find::{Hit, Matched, Search, decided, find, is_ambiguous};
pub use passages::{Passage, Place, passages, symptoms_of_entries};
pub use text::{TextHit, TextSearch, search_text};
