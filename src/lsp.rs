//! The language server: owns the conversation with the editor; refuses to know how anything is found out.
//!
//! What is typed is parsed at once, and requests are answered from the syntax of all files, unsaved ones included. The
//! analysis runs in a thread of its own when typing rests, so that no answer waits for it.

mod act;
mod analyse;
mod book;
mod complete;
mod files;
mod gloss;
mod hover;
mod items;
mod lead;
mod markup;
mod meaning;
mod mention;
mod outline;
mod page;
mod paint;
mod place;
mod rename;
mod report;
mod serve;

pub use serve::serve;
