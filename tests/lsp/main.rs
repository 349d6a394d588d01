//! The language server, as an editor talks with it: over standard input and output.

mod client;
mod features;
mod files;
mod neovim;
mod renames;
mod robust;
