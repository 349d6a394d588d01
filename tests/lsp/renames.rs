//! A new name changes no meaning, or is refused.

use serde_json::{Value, json};

use super::client::Client;

const CONFIG: &str = "title = \"t\"\nlanguage = \"en\"\ndefault-contact = \"h\"\n";

const RULES: &str = "\
symptom s \"S\" { message \"boom\" }
fact f \"F\" : yes/no { ask \"f?\" }
fact os \"OS\" : one of { win mac } { ask \"os?\" }
contact h \"Help\" { tel 1 }
document d \"D\" { section 2.1 \"Paper\" }
entry e1 \"E1\" {
  symptom s
  when not f and win
  action fix \"do it\" {
    > See [→e2], [@f] and [→d 2.1].
    sets f = yes
  }
  before e2
}
entry e2 \"E2\" {
  symptom s
  when mac
  contact h
}
test \"t\" {
  given s, f = no, os = win
  expect entry e1
}
";

fn rename(client: &mut Client, needle: &str, new: &str) -> Result<Value, String> {
    let mut params = client.at("a.faq", RULES, needle);
    params["newName"] = json!(new);
    let response = client.respond("textDocument/rename", params);
    match response["error"]["message"].as_str() {
        Some(message) => Err(message.to_owned()),
        None => Ok(response["result"].clone()),
    }
}

fn editor() -> Client {
    let mut client = Client::start(&[("faq.toml", CONFIG), ("a.faq", RULES)]);
    client.open("a.faq", RULES);
    client
}

#[test]
fn a_name_that_would_be_taken_for_another_is_refused() {
    let mut client = editor();
    for (needle, new, place) in [
        ("fact |f", "mac", "a.faq:17"),
        ("{ |win", "f", "a.faq:8"),
        ("fact |f", "h", "a.faq:10"),
        ("contact |h", "f", "a.faq:10"),
        ("entry |e2", "s", "a.faq:10"),
        ("document |d", "e2", "a.faq:10"),
    ] {
        let refused = rename(&mut client, needle, new).expect_err(new);
        assert!(refused.contains(place), "{needle} → {new}: {refused}");
    }
    for (needle, new) in [("fact |f", "os"), ("{ |win", "mac"), ("entry |e1", "e2"), ("section |2", "")] {
        rename(&mut client, needle, new).expect_err(new);
    }
}

/// Whatever the name, the files are as sound with it as they were before.
#[test]
fn a_word_of_the_language_is_a_name_in_quotes() {
    let words = [
        "not",
        "and",
        "or",
        "in",
        "has",
        "かつ",
        "または",
        "でない",
        "は",
        "other",
        "unknown",
        "yes",
        "いいえ",
        "contact",
        "when",
        "action",
        "No.3",
        "a b",
        "a:b",
        "a/b",
        "f=yes",
        "x,y",
        "x、y",
        "①",
        "-",
        "1f",
        "a#b",
        "don't",
        ">",
        "…",
        "Ａ",
        "a\\b",
    ];
    let mut client = editor();
    let sound = findings(RULES, CONFIG);
    let mut renamed = 0;
    for needle in
        ["fact |f", "{ |win", "entry |e2", "contact |h", "action |fix", "document |d", "symptom |s", "{ section |2.1"]
    {
        for new in words {
            let Ok(edit) = rename(&mut client, needle, new) else { continue };
            let rules = client.edited("a.faq", RULES, &edit);
            let config = client.edited("faq.toml", CONFIG, &json!({ "changes": edit["changes"] }));
            assert_ne!(rules, RULES);
            assert_eq!(findings(&rules, &config), sound, "{needle} → {new}\n{rules}");
            renamed += 1;
        }
    }
    assert!(renamed > 100, "{renamed}");
    let edit = rename(&mut client, "fact |f", "not").expect("it can be quoted");
    let rules = client.edited("a.faq", RULES, &edit);
    assert!(rules.contains("when not \"not\" and win") && rules.contains("[@\"not\"]"), "{rules}");
    let edit = rename(&mut client, "{ section |2.1", "3.4").expect("a section's number");
    assert_eq!(client.edited("a.faq", RULES, &edit), RULES.replace("2.1", "3.4"));
}

fn findings(rules: &str, config: &str) -> Vec<String> {
    let input = |name: &str, text: &str| faqc::session::Input { name: name.to_owned(), bytes: text.into() };
    let inputs = vec![input("faq.toml", config), input("a.faq", rules)];
    let compiled = faqc::session::compile(inputs);
    compiled.diagnostics.iter().map(|finding| finding.code.id().to_owned()).collect()
}

#[test]
fn the_contact_in_the_settings_is_renamed_too() {
    let mut client = editor();
    let edit = rename(&mut client, "contact |h", "desk").expect("a free name");
    let changes = edit["changes"][client.uri("faq.toml")].clone();
    assert_eq!(client.edited("faq.toml", CONFIG, &changes), CONFIG.replace("\"h\"", "\"desk\""));
    let refused = rename(&mut client, "contact |h", "a\\b").expect_err("no TOML");
    assert!(refused.contains("faq.toml"), "{refused}");
}

#[test]
fn a_file_in_another_encoding_is_left_alone() {
    let text = "事象 s 「S」\n項目 e1 一 {\n  事象 s\n  備考 あ\n}\n";
    let mut client = Client::start(&[("faq.toml", "title = \"t\"\n"), ("a.faq", text)]);
    // 項目 e2 二 { 事象 s 先行 e1 備考 あ }
    let other = b"\x8d\x80\x96\xda e2 \x93\xf1 {\n  \x8e\x96\x8f\xdb s\n  \x90\xe6\x8d\x73 e1\n  \x94\xf5\x8d\x6c \x82\xa0\n}\n";
    std::fs::write(client.path("b.faq"), other).expect("files can be written");
    client.open("a.faq", text);
    let mut params = client.at("a.faq", text, "項目 |e1");
    params["newName"] = json!("newname");
    let refused = client.respond("textDocument/rename", params.clone())["error"]["message"].clone();
    assert_eq!(refused, "b.faq is not saved in UTF-8, so that the name in it cannot be changed");
    // As soon as it is converted the name can be changed, though nobody has told.
    let converted = "項目 e2 二 {\n  事象 s\n  先行 e1\n  備考 あ\n}\n";
    std::fs::write(client.path("b.faq"), converted).expect("files can be written");
    let edit = client.ask("textDocument/rename", params);
    assert_eq!(client.edited("b.faq", converted, &edit), converted.replace("e1", "newname"));
}

#[test]
fn edits_tell_the_versions_that_they_are_for() {
    let able = json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } });
    let second = "entry e3 \"E3\" {\n  symptom s\n  before e2\n}\n";
    let mut client = Client::start_able(&[("faq.toml", CONFIG), ("a.faq", RULES), ("b.faq", second)], able);
    client.open("a.faq", RULES);
    client.change("a.faq", json!([{ "text": RULES }]));
    let edit = rename(&mut client, "entry |e2", "second").expect("a free name");
    assert!(edit["changes"].is_null());
    let documents = edit["documentChanges"].as_array().expect("a list");
    let versions: Vec<&Value> = documents.iter().map(|it| &it["textDocument"]["version"]).collect();
    assert_eq!(versions, [&json!(2), &Value::Null]);
    assert_eq!(client.edited("b.faq", second, &edit), second.replace("e2", "second"));
}

/// A mend is right for the texts that the analysis saw, and is not offered for others.
#[test]
fn mends_are_never_behind_the_text() {
    let common = "symptom s \"S\" { message \"boom\" }\ncontact h \"Help\" { tel 1 }\n";
    let entries = "entry e \"E\" {\n  symptom s\n  action a \"A\" {\n    > do it\n  }\n}\n";
    let config = "title = \"t\"\nlanguage = \"en\"\n";
    let mut client = Client::start(&[("faq.toml", config), ("a.faq", common), ("b.faq", entries)]);
    client.open("a.faq", common);
    client.open("b.faq", entries);
    client.until("a.faq", |codes| codes.contains(&"F0705".to_owned()));
    let mended = |client: &mut Client, text: &str| -> Vec<String> {
        let actions = client.actions("a.faq", common, "|s \"S\"");
        actions.iter().map(|it| client.edited("b.faq", text, &it["edit"])).filter(|it| it != text).collect()
    };
    let expected = mended(&mut client, entries);
    assert!(!expected.is_empty(), "the dead end is mended in the other file");
    let start = json!({ "line": 0, "character": 0 });
    client.change("b.faq", json!([{ "range": { "start": start, "end": start }, "text": "# a remark\n# another\n" }]));
    let text = format!("# a remark\n# another\n{entries}");
    let moved: Vec<String> = expected.iter().map(|it| format!("# a remark\n# another\n{it}")).collect();
    // At once there is none; after a rest, the one for the new text.
    let mut offered = mended(&mut client, &text);
    while offered.is_empty() {
        client.until("a.faq", |codes| codes.contains(&"F0705".to_owned()));
        offered = mended(&mut client, &text);
    }
    assert_eq!(offered, moved);
    // Nor into a file that is closed and has changed on disk without a word.
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": client.uri("b.faq") } }));
    while mended(&mut client, entries) != expected {
        client.until("a.faq", |codes| codes.contains(&"F0705".to_owned()));
    }
    std::fs::write(client.path("b.faq"), &text).expect("files can be written");
    assert_eq!(mended(&mut client, &text), [""; 0]);
}
