//! Files come and go, cannot be read, and the conversation ends.

use serde_json::{Value, json};

use super::client::{Client, codes};

const CONFIG: &str = "title = \"t\"\nlanguage = \"en\"\n";
const ENTRY: &str = "entry e \"E\" {\n  symptom s\n  contact h\n}\n";
const COMMON: &str = "symptom s \"S\" { message \"x\" }\ncontact h \"H\" { tel 1 }\n";

fn is_lost(codes: &[String]) -> bool {
    codes.iter().any(|code| code == "F0201")
}

#[test]
fn a_folder_becomes_a_knowledge_base_and_is_one_no_more() {
    let mut client = Client::start(&[("a.faq", ENTRY), ("b.faq", COMMON)]);
    client.open("a.faq", ENTRY);
    client.until("a.faq", is_lost);
    std::fs::write(client.path("faq.toml"), CONFIG).expect("files can be written");
    client.watched("faq.toml", 1);
    client.until("a.faq", |codes| !is_lost(codes));
    let place = client.ask("textDocument/definition", client.at("a.faq", ENTRY, "symptom |s"));
    assert_eq!(place[0]["uri"], client.uri("b.faq"));
    std::fs::remove_file(client.path("faq.toml")).expect("files can be removed");
    client.watched("faq.toml", 3);
    client.until("a.faq", is_lost);
}

/// An editor that tells nothing about files that are not open.
#[test]
fn saving_the_settings_makes_a_knowledge_base() {
    let mut client = Client::start(&[("a.faq", ENTRY), ("b.faq", COMMON)]);
    let unsaved = format!("{ENTRY}entry other \"O\" {{\n  symptom s\n  see e\n}}\n");
    client.open("a.faq", &unsaved);
    client.until("a.faq", is_lost);
    client.open("faq.toml", CONFIG);
    std::fs::write(client.path("faq.toml"), CONFIG).expect("files can be written");
    client.tell("textDocument/didSave", json!({ "textDocument": { "uri": client.uri("faq.toml") } }));
    client.until("a.faq", |codes| !is_lost(codes));
    let place = client.ask("textDocument/definition", client.at("a.faq", &unsaved, "see |e"));
    assert_eq!(place[0]["range"]["start"], json!({ "line": 0, "character": 6 }), "what is not saved is kept");
}

#[test]
fn what_cannot_be_read_is_said_and_makes_nothing_else_wrong() {
    let mut client = Client::start(&[("faq.toml", CONFIG), ("a.faq", ENTRY), ("b.faq", COMMON)]);
    std::fs::create_dir(client.path("x.faq")).expect("folders can be made");
    client.open("a.faq", ENTRY);
    let found = client.findings("faq.toml");
    assert!(found[0]["message"].as_str().is_some_and(|message| message.contains("x.faq")), "{found:?}");
    assert_eq!(found[0]["code"], "F0908");
    let broken = ENTRY.replace("contact h", "number one");
    client.change("a.faq", json!([{ "text": broken }]));
    let found = client.until("a.faq", |codes| !codes.is_empty());
    assert_eq!(found[0]["code"], "F0109", "{found:?}");
    assert_eq!(found.len(), 1, "{found:?}");
    let mut params = client.at("a.faq", &broken, "entry |e");
    params["newName"] = json!("other");
    let refused = client.respond("textDocument/rename", params)["error"]["message"].clone();
    assert_eq!(refused, "some files cannot be read, so that no name can be changed");
    client.change("a.faq", json!([{ "text": ENTRY.replace("symptom s", "symptom t") }]));
    std::fs::remove_dir(client.path("x.faq")).expect("folders can be removed");
    client.watched("x.faq", 3);
    // The settings come first among the files.
    client.until("faq.toml", <[String]>::is_empty);
    client.until("a.faq", is_lost);
}

#[test]
fn rules_for_words_are_no_rules_of_the_faq() {
    let config = "title = \"x\"\nlanguage = \"ja\"\nwords = [\"prh.yml\"]\n";
    let words = "version: 1\nrules:\n  -   expected: ください\n";
    let mut client = Client::start(&[("faq.toml", config), ("a.faq", ENTRY), ("b.faq", COMMON), ("prh.yml", words)]);
    client.open("prh.yml", words);
    client.open("a.faq", ENTRY);
    let document = json!({ "uri": client.uri("prh.yml") });
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let edits = client.ask("textDocument/formatting", json!({ "textDocument": document, "options": options }));
    assert_eq!(edits, json!([]));
    let outline = client.ask("textDocument/documentSymbol", json!({ "textDocument": document }));
    assert_eq!(outline, json!([]));
    let broken = format!("{words}      pattern: /(/\n");
    client.change("prh.yml", json!([{ "text": broken }]));
    let found = client.until("prh.yml", |codes| !codes.is_empty());
    assert!(codes(&found).iter().all(|code| !code.starts_with("F01")), "{found:?}");
}

#[test]
fn the_end_is_in_order_or_not() {
    let client = Client::start(&[("a.faq", ENTRY)]);
    assert_eq!(client.leave(), Some(1), "without a shutdown");
    let mut client = Client::start(&[("a.faq", ENTRY)]);
    client.open("a.faq", ENTRY);
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
    for method in ["textDocument/hover", "shutdown", "no/such"] {
        let response = client.respond(method, client.at("a.faq", ENTRY, "entry |e"));
        assert_eq!(response["error"]["code"], -32600, "{method}: {response}");
    }
    assert_eq!(client.leave(), Some(0));
}
