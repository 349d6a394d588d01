//! The site's searches in a small JavaScript engine, with the site's files.

use std::collections::BTreeMap;

use faqc::emit::site::scripts::{FOLD, SEARCH};
use faqc::emit::site::search::{Pages, emit_search};
use faqc::table::Table;
use rquickjs::{CatchResultExt, Context, Function, Promise, Runtime};
use serde_json::Value;

pub struct Engine {
    context: Context,
}

/// What a browser has and the engine has not, and files handed over instead of loaded.
const BROWSER: &str = r#"
globalThis.given = new Map();
globalThis.loaded = [];
globalThis.faqc = {
  give: (name, value) => given.set(name, value),
  data: async name => {
    if (!given.has(name)) run(name);
    loaded.push(name);
    return given.get(name);
  },
};
globalThis.TextDecoder = class {
  decode(bytes) {
    return decoded(Array.from(bytes));
  }
};
"#;

impl Engine {
    pub fn new(table: &Table) -> Self {
        Self::with(files(table))
    }

    /// Without any script.
    pub fn bare() -> Self {
        Self { context: Context::full(&Runtime::new().unwrap()).unwrap() }
    }

    /// With the site's files for a table.
    pub fn with(files: BTreeMap<String, String>) -> Self {
        let engine = Self::bare();
        engine.context.with(|context| {
            let globals = context.globals();
            let run = move |context: rquickjs::Ctx<'_>, name: String| {
                context.eval::<(), _>(files[&name].as_str()).unwrap_or_else(|error| panic!("{name}: {error}"));
            };
            globals.set("run", Function::new(context.clone(), run).unwrap()).unwrap();
            globals.set("decoded", Function::new(context.clone(), decoded).unwrap()).unwrap();
        });
        engine.run("browser", BROWSER);
        FOLD.iter().chain(SEARCH).for_each(|script| engine.run(script.name, script.text));
        engine
    }

    pub fn run(&self, name: &str, script: &str) {
        self.context.with(|context| {
            context.eval::<(), _>(script).catch(&context).unwrap_or_else(|error| panic!("{name}: {error}"));
        });
    }

    /// The JSON of what an expression promises, in which `it` is a value.
    pub fn evaluate(&self, it: &Value, expression: &str) -> Value {
        let json: String = self.context.with(|context| {
            context.globals().set("it", it.to_string()).unwrap();
            let script =
                format!("(async () => {{ const given = JSON.parse(it); return JSON.stringify({expression}); }})()");
            let promise: Promise<'_> = context.eval(script).catch(&context).unwrap();
            promise.finish().catch(&context).unwrap_or_else(|error| panic!("{error}\nin {expression} of {it}"))
        });
        serde_json::from_str(&json).unwrap()
    }
}

pub fn files(table: &Table) -> BTreeMap<String, String> {
    files_named(table, &names(table.entries.len()), &names(table.symptoms.len()))
}

/// Of pages that are named by their indexes.
pub fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("page-{number}")).collect()
}

pub fn files_named(table: &Table, entries: &[String], symptoms: &[String]) -> BTreeMap<String, String> {
    let files = emit_search(table, Pages { entries, symptoms, log_misses: None });
    let name = |path: &str| path.strip_prefix("data/").unwrap().strip_suffix(".js").unwrap().to_owned();
    files.into_iter().map(|file| (name(&file.path), String::from_utf8(file.bytes).unwrap())).collect()
}

fn decoded(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}
