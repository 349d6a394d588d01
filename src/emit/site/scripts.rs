//! The site's scripts, in the order in which a page loads them. Refuses to know what they do.

/// A classic script; those before it in its list are loaded first.
#[derive(Clone, Copy, Debug)]
pub struct Script {
    /// Relative to the folder of scripts, with `/`.
    pub name: &'static str,
    pub text: &'static str,
}

macro_rules! scripts {
    ($($name:literal),* $(,)?) => {
        &[$(Script { name: $name, text: include_str!(concat!("script/", $name)) }),*]
    };
}

/// What other scripts of a page stand on.
pub const BASE: &[Script] = scripts!["data.js", "words.js", "dom.js"];

/// The dialogue, on the reader of a table.
pub const DIALOGUE: &[Script] = scripts![
    "guide/address.js",
    "guide/prose.js",
    "guide/story.js",
    "guide/ask.js",
    "guide/act.js",
    "guide/end.js",
    "guide/dialogue.js",
];

/// The search box, on the search.
pub const SEARCH_BOX: &[Script] = scripts!["search-box.js"];

/// The reader of an inference table: what `runtime` is in Rust.
pub const RUNTIME: &[Script] = scripts![
    "runtime/check.js",
    "runtime/agree.js",
    "runtime/fold.js",
    "runtime/evidence.js",
    "runtime/ready.js",
    "runtime/judge.js",
    "runtime/ground.js",
    "runtime/clash.js",
    "runtime/value.js",
    "runtime/pick.js",
    "runtime/answer.js",
    "runtime/session.js",
    "runtime/view.js",
    "runtime/relevance.js",
    "runtime/heap.js",
    "runtime/precedence.js",
    "runtime/cost.js",
    "runtime/cases.js",
    "runtime/weigh.js",
    "runtime/choose.js",
    "runtime/next.js",
    "runtime/reason.js",
];

/// What folds a text; other lists stand on it.
pub const FOLD: &[Script] = scripts!["runtime/fold.js"];

/// The searches. They stand on [`FOLD`], and on `faqc.data`.
pub const SEARCH: &[Script] = scripts![
    "search/likeness.js",
    "search/pieces.js",
    "search/letters.js",
    "search/spelling.js",
    "search/rivals.js",
    "search/foreign.js",
    "search/find.js",
    "search/load.js",
    "search/misses.js",
    "search/excerpt.js",
    "search/numbers.js",
    "search/text.js",
    "search/others.js",
    "search/symptoms.js",
];
