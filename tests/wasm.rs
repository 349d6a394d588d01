//! The runtime as WebAssembly: the module of `examples/wasm`, compiled without features, run in an interpreter, answers as this program.

#[path = "support/careplan.rs"]
mod careplan;

use std::path::{Path, PathBuf};
use std::process::Command;

use careplan::careplan_table;
use faqc::runtime::{Event, Next, Session, judge, judge_actions, next, shown};
use faqc::table::Table;
use serde_json::{Value, json};
use wasmi::{Engine, Instance, Linker, Memory, Module, Store};

const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the module, adding the target where rustup can.
fn module() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = root.join("target/wasm");
    let build = || {
        Command::new(env!("CARGO"))
            .args(["build", "--release", "--locked", "--target", TARGET, "--manifest-path"])
            .arg(root.join("examples/wasm/Cargo.toml"))
            .arg("--target-dir")
            .arg(&out)
            .env_remove("CARGO_BUILD_TARGET")
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs")
    };
    let mut built = build();
    if !built.status.success() && Command::new("rustup").args(["target", "add", TARGET]).status().is_ok() {
        built = build();
    }
    assert!(
        built.status.success(),
        "the module does not compile; is the target there? `rustup target add {TARGET}`\n{}",
        String::from_utf8_lossy(&built.stderr)
    );
    out.join(TARGET).join("release/faqc_wasm.wasm")
}

/// The module as a host sees it.
struct Host {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
}

impl Host {
    fn new() -> Self {
        let engine = Engine::default();
        let module = Module::new(&engine, std::fs::read(module()).unwrap()).unwrap();
        assert_eq!(module.imports().count(), 0, "nothing is asked of the host: no files, no clock, no chance");
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module).unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        Self { store, instance, memory }
    }

    fn call(&mut self, function: &str, text: &[u8]) -> Value {
        let Self { store, instance, memory } = self;
        let reserve = instance.get_typed_func::<u32, u32>(&*store, "reserve").unwrap();
        let release = instance.get_typed_func::<(u32, u32), ()>(&*store, "release").unwrap();
        let function = instance.get_typed_func::<(u32, u32), u64>(&*store, function).unwrap();
        let length = text.len() as u32;
        let place = reserve.call(&mut *store, length).unwrap();
        memory.write(&mut *store, place as usize, text).unwrap();
        let answer = function.call(&mut *store, (place, length)).unwrap();
        let (place, length) = ((answer >> 32) as u32, answer as u32);
        let mut bytes = vec![0; length as usize];
        memory.read(&*store, place as usize, &mut bytes).unwrap();
        release.call(&mut *store, (place, length)).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }
}

/// What the reader does at a step: every other answer is another one.
fn reaction(table: &Table, step: &Next, turn: usize) -> Option<Event> {
    match step {
        Next::Ask { question, .. } if turn % 3 == 2 => Some(Event::Unknown { question: *question }),
        Next::Ask { question, .. } => {
            let fact = &table.facts[table.questions[*question as usize].facts[0] as usize];
            let cells: Vec<&str> =
                fact.cells.iter().filter(|it| !it.not_applicable).map(|it| it.label.as_str()).collect();
            Some(Event::Answer { question: *question, text: cells[turn % cells.len()].to_owned() })
        }
        Next::Do { action, .. } => Some(Event::Done { action: *action }),
        Next::Contact { contact, .. } => Some(Event::Contact { contact: *contact }),
        Next::Choose | Next::Contradiction { .. } | Next::Done => None,
    }
}

#[test]
fn the_module_answers_as_the_library_does() {
    let table = careplan_table();
    let mut host = Host::new();
    assert_eq!(host.call("next", b"{}"), json!({"message": "load a table first"}));
    assert_eq!(host.call("load", &serde_json::to_vec(&table).unwrap()), json!({"title": table.title}));
    let mut steps = 0;
    for symptom in 0..table.symptoms.len() as u32 {
        let mut session = Session::new(symptom);
        let mut event = None;
        for turn in 0.. {
            let before = session.clone();
            if let Some(event) = &event {
                session.take(&table, event).unwrap();
            }
            let step = next(&table, &session);
            let answer = host.call("next", json!({"session": before, "event": event}).to_string().as_bytes());
            assert_eq!(answer, json!({"session": session, "next": step, "shown": shown(&table, &session)}));
            let judged = host.call("judge", json!(session).to_string().as_bytes());
            let evidence = session.evidence(&table);
            let (entries, actions) = (judge(&table, symptom, &evidence), judge_actions(&table, symptom, &evidence));
            assert_eq!(judged, json!({"entries": entries, "actions": actions}));
            steps += 1;
            event = reaction(&table, &step, turn + symptom as usize);
            if event.is_none() {
                break;
            }
        }
    }
    assert!(steps > 30, "{steps} steps");
    let message = "送信に失敗しました。再度実行してください。";
    let found = faqc::runtime::find(&table, message);
    assert!(!found.is_empty());
    let decided = faqc::runtime::decided(&found);
    assert_eq!(host.call("find", message.as_bytes()), json!({"hits": found, "decided": decided}));
    for hostile in
        [&b"\xff"[..], b"", b"[[[[", br#"{"session": 1}"#, br#"{"event": {"event": "done", "action": 4000000000}}"#]
    {
        assert!(host.call("next", hostile)["message"].is_string());
    }
}
