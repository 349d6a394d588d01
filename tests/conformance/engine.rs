//! The site's script in a small JavaScript engine.

use faqc::emit::site::scripts::{RUNTIME, SEARCH};
use rquickjs::{CatchResultExt, Context, Promise, Runtime};
use serde_json::Value;

pub struct Engine {
    context: Context,
}

impl Engine {
    pub fn new() -> Self {
        let context = Context::full(&Runtime::new().unwrap()).unwrap();
        let engine = Self { context };
        for script in RUNTIME.iter().chain(SEARCH) {
            engine.run(script.name, script.text);
        }
        engine.run("run.js", include_str!("run.js"));
        engine
    }

    fn run(&self, name: &str, script: &str) {
        self.context.with(|context| {
            context.eval::<(), _>(script).catch(&context).unwrap_or_else(|error| panic!("{name}: {error}"));
        });
    }

    /// The JSON of what an expression comes to in which `it` is a value.
    pub fn evaluate(&self, given: &Value, expression: &str) -> Value {
        let json: String = self.context.with(|context| {
            context.globals().set("given", given.to_string()).unwrap();
            let script =
                format!("(async () => {{ const it = JSON.parse(given); return JSON.stringify({expression}); }})()");
            let promise: Promise<'_> = context.eval(script).catch(&context).unwrap();
            promise.finish().catch(&context).unwrap_or_else(|error| panic!("{error}\nin {expression} of {given}"))
        });
        serde_json::from_str(&json).unwrap()
    }

    /// A table for the expressions that follow, as `table`.
    pub fn take_table(&self, table: &Value) {
        self.evaluate(table, "(globalThis.table = it, null)");
    }
}
