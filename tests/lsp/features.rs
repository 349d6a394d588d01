//! What the server can do, each thing once.

use serde_json::{Value, json};

use super::client::{Client, codes, find};

const CONFIG: &str = "title = \"印刷\"\ndefault-contact = \"helpdesk\"\n";

const COMMON: &str = "\
事象 print-failed \"印刷できない\" {
  表示 「印刷に失敗しました。」
}
事実 paper \"用紙\" : はい/いいえ {
  質問 給紙トレイに用紙が入っていますか？
}
事実 os \"パソコン\" : いずれか { win \"Windows\", mac } {
  質問 パソコンはどれですか？
}
文書 manual \"説明書\" {
  章 2.1 \"用紙の入れかた\"
}
連絡先 helpdesk \"ヘルプデスク\" {
  電話 内線 1234
}
";

const ENTRIES: &str = "\
項目 no-paper 用紙がない 👩‍💻 {
  番号 1
  事象 print-failed
  条件 paper = いいえ
  対応策 add \"用紙を入れる\" {
    > [→manual 2.1]のとおりに用紙を入れます。
    ※ 直らないときは、👩‍💻No.2もご覧ください。
    結果 paper = はい
  }
  解決しない場合 連絡 helpdesk
}
項目 other ほかの原因 {
  番号 2
  事象 print-failed
  条件 paper かつ os = win
  先行 No.1
  実施 no-paper/add
  連絡 helpdesk
}
";

const FILES: [(&str, &str); 3] = [("faq.toml", CONFIG), ("common.faq", COMMON), ("entries.faq", ENTRIES)];

fn editor() -> Client {
    editor_with(json!(["utf-16"]))
}

fn editor_with(encodings: Value) -> Client {
    showing_entries(Client::start_with(&FILES, encodings))
}

fn showing_entries(mut client: Client) -> Client {
    client.open("entries.faq", ENTRIES);
    client
}

fn labels(list: &Value) -> Vec<&str> {
    list["items"].as_array().expect("a list").iter().filter_map(|item| item["label"].as_str()).collect()
}

#[test]
fn what_is_typed_is_parsed_at_once_and_analysed_when_typing_rests() {
    let mut client = editor();
    client.until("common.faq", |codes| codes.contains(&"F0701".to_owned()));
    let broken = ENTRIES
        .replace("番号 1", "番号 one")
        .replace("事象 print-failed\n  条件 paper か", "事象 print-faild\n  条件 paper か");
    client.change("entries.faq", json!([{ "text": broken }]));
    let findings = client.until("entries.faq", |codes| !codes.is_empty());
    assert_eq!(codes(&findings), ["F0109"], "at once");
    let findings = client.until("entries.faq", |codes| codes.contains(&"F0201".to_owned()));
    assert!(codes(&findings).contains(&"F0109".to_owned()), "after a rest");
    let unknown = findings.iter().find(|finding| finding["code"] == "F0201").expect("it is there");
    assert_eq!(unknown["range"]["start"], client.place(&broken, find(&broken, "print-faild")));
    assert!(unknown["message"].as_str().expect("a message").contains("print-failed"), "{unknown}");
    let actions = client.actions_in("entries.faq", &unknown["range"]);
    let fix = actions.iter().find(|it| it["kind"] == "quickfix").expect("a fix");
    let mended = client.edited("entries.faq", &broken, &fix["edit"]);
    assert!(mended.contains("事象 print-failed\n  条件 paper か"), "{mended}");
}

#[test]
fn a_gap_is_mended_by_the_entry_that_is_missing() {
    let mut client = editor();
    let gap = client.until("common.faq", |codes| codes.contains(&"F0701".to_owned())).remove(0);
    let actions = client.actions_in("common.faq", &gap["range"]);
    let mut edits = actions.iter().map(|it| it["edit"].to_string());
    assert!(edits.any(|edit| edit.contains("print-failed-2")), "{actions:?}");
}

#[test]
fn keywords_are_completed_in_the_language_of_the_file() {
    let mut client = editor();
    let at = |text: &str| format!("{ENTRIES}{text}");
    let list = client.completed("entries.faq", &at("項目 x x {\n  分"));
    assert_eq!(labels(&list), ["分類"]);
    let list = client.completed("entries.faq", &at("項目 x x {\n  "));
    assert!(labels(&list).contains(&"解決しない場合") && !labels(&list).contains(&"category"), "{list}");
    let list = client.completed("entries.faq", &at(""));
    assert!(labels(&list).contains(&"事象") && !labels(&list).contains(&"番号"), "{list}");
}

#[test]
fn names_values_and_sections_are_completed() {
    let cases: &[(&str, &[&str])] = &[
        ("  事象 pr", &["print-failed"]),
        ("  条件 ", &["os", "paper"]),
        ("  条件 os = ", &["mac", "win"]),
        ("  条件 os =", &["mac", "win"]),
        ("  条件 os＝w", &["win"]),
        ("  条件 paper ＝ ", &["いいえ", "はい"]),
        ("  条件 os in {w", &["win"]),
        ("  先行 no", &["no-paper"]),
        ("  連絡 ", &["helpdesk"]),
        ("  実施 no-paper/", &["add"]),
        ("  対応策 x {\n    > [→manual ", &["2.1"]),
        ("  対応策 x {\n    > [→man", &["manual"]),
        ("  対応策 x {\n    結果 os = m", &["mac"]),
        ("  許容 empty", &["empty-action"]),
        ("  解決しない場合 連絡 ", &["helpdesk"]),
        ("  解決しない場合 項目 no", &["no-paper"]),
        ("  条件 paper ", &["かつ", "でない", "または"]),
        ("}\n試験 x {\n  期待 除", &["除外"]),
        ("}\n試験 x {\n  期待 質問 ", &["os", "paper"]),
        ("}\n試験 x {\n  期待 項目 no", &["no-paper"]),
    ];
    let mut client = editor();
    for (typed, expected) in cases {
        let list = client.completed("entries.faq", &format!("{ENTRIES}項目 x x {{\n{typed}"));
        let mut found = labels(&list);
        found.sort_unstable();
        assert_eq!(found, *expected, "{typed}");
    }
}

#[test]
fn hovering_shows_entries_facts_sections_and_codes() {
    let mut client = editor();
    let mut hover = |text: &str, needle: &str| {
        client.change("entries.faq", json!([{ "text": text }]));
        let result = client.ask("textDocument/hover", client.at("entries.faq", text, needle));
        result["contents"]["value"].as_str().unwrap_or_else(|| panic!("{needle}: {result}")).to_owned()
    };
    let entry = hover(ENTRIES, "先行 N|o.1");
    assert!(entry.contains("No.1 用紙がない") && entry.contains("1. 説明書 2.1のとおりに"), "{entry}");
    let fact = hover(ENTRIES, "条件 pa|per =");
    assert!(fact.contains("給紙トレイに用紙が入っていますか？") && fact.contains("はい/いいえ"), "{fact}");
    let fact = hover(ENTRIES, "o|s = win");
    assert!(fact.contains("`win` Windows") && fact.contains("`mac`"), "{fact}");
    assert!(hover(ENTRIES, "manual 2|.1").contains("用紙の入れかた"));
    assert!(hover(ENTRIES, "no-paper/a|dd").contains("用紙を入れる"));
    let allowed = ENTRIES.replace("  番号 1\n", "  番号 1\n  許容 empty-action 理由 まだ\n");
    assert!(hover(&allowed, "empty|-action").starts_with("# F0510 empty-action"));
}

#[test]
fn an_editor_without_markdown_gets_plain_text() {
    let plain = json!(["plaintext"]);
    let shown = json!({ "hover": { "contentFormat": plain }, "completion": { "completionItem": { "documentationFormat": plain } } });
    let mut client = showing_entries(Client::start_able(&FILES, json!({ "textDocument": shown })));
    let result = client.ask("textDocument/hover", client.at("entries.faq", ENTRIES, "先行 N|o.1"));
    let said = result["contents"]["value"].as_str().expect("a text");
    assert!(result["contents"]["kind"] == "plaintext" && !said.contains(['*', '#', '\\']), "{said}");
    assert!(said.contains("1. 説明書 2.1のとおりに用紙を入れます。"), "{said}");
    let list = client.completed("entries.faq", "項目 x x {\n  解決");
    assert_eq!(list["items"][0]["documentation"]["kind"], "plaintext", "{list}");
}

#[test]
fn keywords_say_what_they_mean() {
    let mut client = editor();
    let result = client.ask("textDocument/hover", client.at("entries.faq", ENTRIES, "  条|件 paper ="));
    let said = result["contents"]["value"].as_str().expect("a text");
    assert!(said.contains("何行もあれば、すべて成り立つとき") || said.contains("when all hold"), "{said}");
    let text = "fact a : yes/no { ask x }\nfact b : yes/no { ask x }\n項目 x x {\n  解決";
    let list = client.completed("entries.faq", text);
    assert_eq!(labels(&list), ["解決しない場合"], "in the language of the block");
    assert!(list["items"][0]["documentation"]["value"].as_str().is_some_and(|text| text.contains("行き先")), "{list}");
}

#[test]
fn an_overlap_is_shown_at_both_entries() {
    let base = "title = \"x\"\nlanguage = \"ja\"\n";
    let common = "事象 s \"困る\"\n事実 a : はい/いいえ { 質問 aですか？ }\n事実 b : はい/いいえ { 質問 bですか？ }\n";
    let one = "項目 one 一 {\n  事象 s\n  条件 a\n  対応策 { > 一をします。 }\n}\n";
    let two = "項目 two 二 {\n  事象 s\n  条件 b\n  対応策 { > 二をします。 }\n}\n";
    let files = [("faq.toml", base), ("common.faq", common), ("one.faq", one), ("two.faq", two)];
    let mut client = Client::start_with(&files, json!(["utf-16"]));
    client.open("one.faq", one);
    for name in ["one.faq", "two.faq"] {
        let findings = client.until(name, |codes| codes.contains(&"F0702".to_owned()));
        let overlap = findings.iter().find(|finding| finding["code"] == "F0702").expect("it is there");
        assert!(overlap["relatedInformation"][0]["location"]["uri"].as_str().is_some(), "{overlap}");
        assert!(overlap["message"].as_str().is_some_and(|text| text.contains("先行")), "{overlap}");
    }
}

#[test]
fn definitions_and_references_are_found_across_files() {
    let mut client = editor();
    let place = client.ask("textDocument/definition", client.at("entries.faq", ENTRIES, "条件 p|aper ="));
    assert_eq!(place[0]["uri"], client.uri("common.faq"));
    assert_eq!(place[0]["range"]["start"], client.place(COMMON, find(COMMON, "paper")));
    let place = client.ask("textDocument/definition", client.at("entries.faq", ENTRIES, "👩‍💻N|o.2も"));
    assert_eq!(place[0]["range"]["start"], client.place(ENTRIES, find(ENTRIES, "other")));
    let mut params = client.at("entries.faq", ENTRIES, "項目 no-|paper");
    params["context"] = json!({ "includeDeclaration": true });
    let places = client.ask("textDocument/references", params.clone());
    assert_eq!(places.as_array().expect("a list").len(), 3, "its name, No.1 and no-paper/add: {places}");
    params["context"] = json!({ "includeDeclaration": false });
    assert_eq!(client.ask("textDocument/references", params).as_array().expect("a list").len(), 2);
    let marked = client.ask("textDocument/documentHighlight", client.at("entries.faq", ENTRIES, "条件 p|aper ="));
    assert_eq!(marked.as_array().expect("a list").len(), 3);
}

#[test]
fn a_name_is_changed_in_all_files() {
    let mut client = editor();
    let mut params = client.at("entries.faq", ENTRIES, "条件 p|aper =");
    let prepared = client.ask("textDocument/prepareRename", params.clone());
    assert_eq!(prepared["placeholder"], "paper");
    params["newName"] = json!("用紙 あり");
    let edit = client.ask("textDocument/rename", params.clone());
    let entries = client.edited("entries.faq", ENTRIES, &edit);
    assert_eq!(entries, ENTRIES.replace("paper =", "\"用紙 あり\" =").replace("paper か", "\"用紙 あり\" か"));
    let common = client.edited("common.faq", COMMON, &edit);
    assert_eq!(common, COMMON.replace("paper", "\"用紙 あり\""));
    params["newName"] = json!("os");
    assert_eq!(client.respond("textDocument/rename", params.clone())["error"]["message"], "that name is taken");
    params["newName"] = json!("a\"b");
    assert_eq!(client.respond("textDocument/rename", params)["error"]["message"], "that cannot be a name");
    let number = client.at("entries.faq", ENTRIES, "先行 N|o.1");
    assert!(client.respond("textDocument/prepareRename", number)["error"]["message"].as_str().is_some());
}

#[test]
fn symbols_and_folds_follow_the_blocks() {
    let mut client = editor();
    let document = json!({ "textDocument": { "uri": client.uri("entries.faq") } });
    let outline = client.ask("textDocument/documentSymbol", document.clone());
    assert_eq!(outline[0]["name"], "no-paper");
    assert_eq!(outline[0]["detail"], "用紙がない 👩‍💻");
    assert_eq!(outline[0]["children"][0]["name"], "add");
    assert_eq!(outline[1]["range"]["start"]["line"], 11);
    let folds = client.ask("textDocument/foldingRange", document);
    let lines: Vec<(u64, u64)> = folds
        .as_array()
        .expect("a list")
        .iter()
        .map(|fold| (fold["startLine"].as_u64().expect("a line"), fold["endLine"].as_u64().expect("a line")))
        .collect();
    assert_eq!(lines, [(0, 9), (4, 7), (11, 17)]);
    for (asked, found) in
        [("用紙の", None), ("ヘルプ", Some("helpdesk ヘルプデスク")), ("No.2", Some("other ほかの原因"))]
    {
        let symbols = client.ask("workspace/symbol", json!({ "query": asked }));
        assert_eq!(symbols[0]["name"].as_str(), found, "{asked}");
    }
}

#[test]
fn words_are_told_apart_by_what_they_name() {
    for encodings in [json!(["utf-16"]), json!(["utf-8", "utf-16"])] {
        let mut client = editor_with(encodings);
        let document = json!({ "textDocument": { "uri": client.uri("entries.faq") } });
        let tokens = client.ask("textDocument/semanticTokens/full", document);
        let numbers: Vec<u64> = tokens["data"].as_array().expect("a list").iter().filter_map(Value::as_u64).collect();
        let (mut line, mut column, mut words) = (0, 0, Vec::new());
        for token in numbers.chunks(5) {
            let &[down, right, length, kind, _] = token else { panic!("five numbers a token") };
            (line, column) = if down == 0 { (line, column + right) } else { (line + down, right) };
            let start = client.offset(ENTRIES, &json!({ "line": line, "character": column }));
            let end = client.offset(ENTRIES, &json!({ "line": line, "character": column + length }));
            words.push((&ENTRIES[start..end], kind));
        }
        for expected in [
            ("項目", 0),
            ("no-paper", 5),
            ("print-failed", 6),
            ("paper", 7),
            ("win", 8),
            ("add", 9),
            ("No.2", 5),
            ("helpdesk", 11),
            ("=", 4),
        ] {
            assert!(words.contains(&expected), "{expected:?} in {words:?}");
        }
    }
}

#[test]
fn the_title_behind_a_number_is_shown() {
    let mut client = editor();
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": { "uri": client.uri("entries.faq") }, "range": range });
    let hints = client.ask("textDocument/inlayHint", params);
    assert_eq!(hints[0]["label"], "（ほかの原因）");
    assert_eq!(hints[0]["position"], client.place(ENTRIES, find(ENTRIES, "No.2|も")));
    assert_eq!(hints[1]["label"], "（用紙がない 👩‍💻）");
    assert_eq!(hints.as_array().expect("a list").len(), 2);
}

#[test]
fn a_number_becomes_a_name_and_a_condition_gets_one() {
    let mut client = editor();
    let mut chosen = |needle: &str, title: &str| {
        let actions = client.actions("entries.faq", ENTRIES, needle);
        let action = actions.iter().find(|it| it["title"].as_str().is_some_and(|it| it.starts_with(title)));
        let edit = action.unwrap_or_else(|| panic!("{title} in {actions:?}"))["edit"].clone();
        client.edited("entries.faq", ENTRIES, &edit)
    };
    assert_eq!(chosen("先行 N|o.1", "write the name"), ENTRIES.replace("先行 No.1", "先行 no-paper"));
    assert_eq!(chosen("👩‍💻N|o.2も", "write the name"), ENTRIES.replace("No.2も", "[→other]も"));
    let expected = ENTRIES
        .replace("条件 paper かつ os = win", "条件 条件-1")
        .replace("項目 other", "定義 条件-1 条件 paper かつ os = win\n\n項目 other");
    assert_eq!(chosen("か|つ os", "give the condition"), expected);
}

#[test]
fn formatting_changes_only_what_differs() {
    let mut client = editor();
    let untidy = ENTRIES.replace("  番号 2", "番号　２");
    client.change("entries.faq", json!([{ "text": untidy }]));
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let params = json!({ "textDocument": { "uri": client.uri("entries.faq") }, "options": options });
    let edits = client.ask("textDocument/formatting", params.clone());
    let formatted = client.edited("entries.faq", &untidy, &edits);
    assert_eq!(formatted, faqc::fmt::fmt_text(&untidy));
    client.change("entries.faq", json!([{ "text": formatted }]));
    assert_eq!(client.ask("textDocument/formatting", params), json!([]));
}

#[test]
fn what_leads_here_and_where_it_leads() {
    let mut client = editor();
    let items = client.ask("textDocument/prepareCallHierarchy", client.at("entries.faq", ENTRIES, "項目 no-|paper"));
    assert_eq!(items[0]["name"], "no-paper");
    let incoming = client.ask("callHierarchy/incomingCalls", json!({ "item": items[0] }));
    assert_eq!(incoming[0]["from"]["name"], "other");
    assert_eq!(incoming[0]["fromRanges"].as_array().expect("a list").len(), 2, "{incoming}");
    let outgoing = client.ask("callHierarchy/outgoingCalls", json!({ "item": items[0] }));
    let names: Vec<&str> =
        outgoing.as_array().expect("a list").iter().filter_map(|it| it["to"]["name"].as_str()).collect();
    assert_eq!(names, ["print-failed", "paper", "manual", "helpdesk", "other"]);
}

#[test]
fn what_is_not_saved_counts_and_what_is_closed_does_not() {
    let mut client = editor();
    let common = COMMON.replace("事実 os", "事実 system");
    client.open("common.faq", &common);
    client.until("entries.faq", |codes| codes.contains(&"F0201".to_owned()));
    let document = json!({ "textDocument": { "uri": client.uri("common.faq") } });
    client.tell("textDocument/didClose", document);
    client.until("entries.faq", |codes| !codes.contains(&"F0201".to_owned()));
}

#[test]
fn a_file_outside_a_knowledge_base_works_alone() {
    let mut client = Client::start(&[("alone.faq", "")]);
    let text = "entry a \"A\" {\n  symptom \"s\"\n  note n\n  see b\n}\n";
    client.open("alone.faq", text);
    client.until("alone.faq", |codes| codes.contains(&"F0203".to_owned()) || codes.contains(&"F0201".to_owned()));
    let place = client.ask("textDocument/hover", client.at("alone.faq", text, "entry |a"));
    assert!(place["contents"]["value"].as_str().is_some_and(|text| text.contains("### A")), "{place}");
    let untitled = json!({ "uri": "untitled:Untitled-1", "languageId": "faq", "version": 1, "text": text });
    client.tell("textDocument/didOpen", json!({ "textDocument": untitled }));
    let outline =
        client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": "untitled:Untitled-1" } }));
    assert_eq!(outline[0]["name"], "a");
}
