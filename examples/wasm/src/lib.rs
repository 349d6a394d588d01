//! The reader of inference tables as a WebAssembly module that imports nothing. Build it with
//!
//! ```text
//! cargo build --manifest-path examples/wasm/Cargo.toml --target wasm32-unknown-unknown --release
//! ```
//! A host and the module hand each other UTF-8 texts. The host asks for room with `reserve(length)`, writes its text there and calls a
//! function with the place and the length; the room is the module's again. What comes back is a place (the upper 32 bits) and a length
//! (the lower 32) of JSON, which the host reads and gives back with `release(place, length)`. What went wrong is `{"message": …}`, with
//! more members where the session or an event was wrong.

use std::sync::OnceLock;

use faqc::runtime::{Event, Reader, Session, decided, find as find_symptoms};
use faqc::table::Table;
use serde::Deserialize;
use serde_json::{Value, json};

/// The table lives as long as the module.
static READER: OnceLock<Reader<'static>> = OnceLock::new();

/// Room for a text of the host.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(length: usize) -> *mut u8 {
    Box::into_raw(vec![0u8; length].into_boxed_slice()).cast()
}

/// Gives room back.
///
/// # Safety
/// The place and the length are those of `reserve`, or of an answer, and were not given back before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn release(place: *mut u8, length: usize) {
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(place, length)) });
}

/// The table (`table.json`) that all other functions read; once.
///
/// # Safety
/// As for `release`, and so for the functions below.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn load(place: *mut u8, length: usize) -> u64 {
    answer(&unsafe { text(place, length) }, |bytes| {
        let table: &'static Table = Box::leak(Box::new(Table::from_json(bytes).map_err(|it| message(&it))?));
        READER.set(Reader::new(table)).map_err(|_| message(&"a table is loaded already"))?;
        Ok(json!({"title": table.title}))
    })
}

/// Symptoms for what a reader typed: `hits`, the best first, and the symptom that is `decided`; when none is, ask.
///
/// # Safety
/// As for `release`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn find(place: *mut u8, length: usize) -> u64 {
    answer(&unsafe { text(place, length) }, |bytes| {
        let hits = find_symptoms(reader()?.table(), &String::from_utf8_lossy(bytes));
        Ok(json!({"hits": hits, "decided": decided(&hits)}))
    })
}

/// The verdicts on all entries and actions of a session's symptom.
///
/// # Safety
/// As for `release`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn judge(place: *mut u8, length: usize) -> u64 {
    answer(&unsafe { text(place, length) }, |bytes| {
        let reader = reader()?;
        let session: Session = serde_json::from_slice(bytes).map_err(|it| message(&it))?;
        session.check(reader.table()).map_err(|it| refusal(json!(it), &it))?;
        let (symptom, evidence) = (session.symptom.unwrap_or(u32::MAX), reader.evidence(&session));
        Ok(json!({
            "entries": reader.judge(symptom, &evidence), "actions": reader.judge_actions(symptom, &evidence)
        }))
    })
}

/// `{"session": …, "event": …}`, where both may be missing, to the session as it is then, the step that comes next, and the entries to
/// show beside it.
///
/// # Safety
/// As for `release`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn next(place: *mut u8, length: usize) -> u64 {
    answer(&unsafe { text(place, length) }, |bytes| {
        let reader = reader()?;
        let request: Request = serde_json::from_slice(bytes).map_err(|it| message(&it))?;
        let mut session = request.session.unwrap_or_default();
        session.check(reader.table()).map_err(|it| refusal(json!(it), &it))?;
        if let Some(event) = request.event {
            session.take(reader.table(), &event).map_err(|it| refusal(json!(it), &it))?;
        }
        let (step, shown) = reader.next_and_shown(&session);
        Ok(json!({"session": session, "next": step, "shown": shown}))
    })
}

#[derive(Deserialize)]
struct Request {
    session: Option<Session>,
    event: Option<Event>,
}

fn reader() -> Result<&'static Reader<'static>, Value> {
    READER.get().ok_or_else(|| message(&"load a table first"))
}

fn message(error: &impl std::fmt::Display) -> Value {
    json!({"message": error.to_string()})
}

/// What does not fit the table, as its error is written.
fn refusal(mut refusal: Value, error: &impl std::fmt::Display) -> Value {
    refusal["message"] = json!(error.to_string());
    refusal
}

/// # Safety
/// As for `release`.
unsafe fn text(place: *mut u8, length: usize) -> Box<[u8]> {
    unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(place, length)) }
}

fn answer(text: &[u8], work: impl FnOnce(&[u8]) -> Result<Value, Value>) -> u64 {
    let (Ok(answer) | Err(answer)) = work(text);
    let answer = answer.to_string().into_bytes().into_boxed_slice();
    let length = answer.len() as u64;
    let place = Box::into_raw(answer).cast::<u8>() as usize as u64;
    place << 32 | length
}
