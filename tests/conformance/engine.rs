//! The site's reader of a table in a small JavaScript engine.

use faqc::emit::site::scripts::{RUNTIME, SEARCH};

use crate::search_engine::Engine;

/// With the scripts that read a table, and the one that carries out checks.
pub fn reader() -> Engine {
    let engine = Engine::bare();
    RUNTIME.iter().chain(SEARCH).for_each(|script| engine.run(script.name, script.text));
    engine.run("run.js", include_str!("run.js"));
    engine
}
