//! Loading a table: what is cut off, of another version or damaged is refused with a reason, and nothing panics.

mod random_model;
mod support;

use faqc::emit::table::{emit, schema};
use faqc::runtime::optimum::expected;
use faqc::runtime::{Event, Evidence, LoadError, Next, Reader, Session, find, judge, judge_actions};
use faqc::table::Table;
use random_model::Random;
use serde_json::{Map, Value, json};

fn document(seed: u64) -> String {
    let file = emit(&random_model::compilation(seed), &mut faqc::diag::Diagnostics::default()).remove(0);
    String::from_utf8(file.bytes).unwrap()
}

fn load(document: &Value) -> Result<Table, LoadError> {
    Table::from_json(document.to_string().as_bytes())
}

#[test]
fn a_table_that_is_cut_off_is_refused() {
    let text = document(7);
    for end in 0..text.trim_end().len() {
        assert!(matches!(Table::from_json(&text.as_bytes()[..end]), Err(LoadError::Json(_))), "cut at {end}");
    }
}

#[test]
fn another_format_or_version_is_named() {
    let mut table: Value = serde_json::from_str(&document(7)).unwrap();
    table["version"] = json!(2);
    assert_eq!(load(&table).unwrap_err().to_string(), "version 2 of the table format is unknown here; 1 is known");
    table["format"] = json!("faqc-kb");
    assert_eq!(load(&table).unwrap_err().to_string(), "not a table: its format is `faqc-kb`, not `faqc-table`");
}

#[test]
fn damage_is_refused_with_its_place() {
    let table: Value = serde_json::from_str(&document(7)).unwrap();
    let refusal = |pointer: &str, value: Value| {
        let mut table = table.clone();
        *table.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) = value;
        load(&table).unwrap_err().to_string()
    };
    let index = "refers to something that the table does not have";
    assert_eq!(
        refusal("/symptoms/0/entries", json!([{"entry": 99, "condition": 0}])),
        format!("the table is damaged: symptoms[0].entries[0] {index}")
    );
    assert_eq!(refusal("/facts/0/question", json!(99)), format!("the table is damaged: facts[0] {index}"));
    let many_decimals = json!({"kind": "number", "scale": 16, "id": "q", "label": "Q", "facts": [0]});
    assert_eq!(
        refusal("/questions/0", many_decimals),
        "the table is damaged: questions[0] has more decimals than numbers can have"
    );
    assert_eq!(refusal("/facts/0/cells", json!([])), "the table is damaged: facts[0] has no cells");
    let rows = |row: Value| refusal("/conditions/0", json!({"certain": [row], "excluded": []}));
    assert_eq!(rows(json!({"0": []})), "the table is damaged: conditions[0] allows a fact no cell at all");
    assert_eq!(rows(json!({"0": [1, 0]})), "the table is damaged: conditions[0] lists cells out of order");
    assert_eq!(rows(json!({"0": [77]})), format!("the table is damaged: conditions[0] {index}"));
    assert_eq!(
        rows(json!({"77": [0]})),
        "the table is damaged: conditions[0] speaks of a fact that the table does not have"
    );
    assert_eq!(
        refusal("/conditions/0", json!({"certain": []})),
        "the table is damaged: conditions[0] lacks one of its two lists of rows"
    );
}

#[test]
fn things_that_do_not_agree_are_refused_with_their_place() {
    let table = rich_table();
    let refusal = |change: &dyn Fn(&mut Value)| {
        let mut table = table.clone();
        change(&mut table);
        let told = load(&table).unwrap_err().to_string();
        told.strip_prefix("the table is damaged: ").unwrap_or_else(|| panic!("{told}")).to_owned()
    };
    for list in ["questions", "facts", "symptoms", "entries", "actions", "contacts"] {
        let taken = refusal(&|table| {
            let first = table[list][0].clone();
            table[list].as_array_mut().unwrap().push(first);
        });
        let last = table[list].as_array().unwrap().len();
        assert_eq!(taken, format!("{list}[{last}] has the id of an earlier one"));
    }
    let endless = "leads back to itself";
    assert_eq!(refusal(&|table| table["actions"][1]["parent"] = json!(1)), format!("actions[1] {endless}"));
    assert_eq!(refusal(&|table| table["actions"][1]["alternatives"] = json!([1])), format!("actions[1] {endless}"));
    let does = json!([{"kind": "do", "action": 1}]);
    assert_eq!(refusal(&|table| table["actions"][1]["steps"] = does.clone()), format!("actions[1] {endless}"));
    let round =
        json!([{"id": "t", "cases": [{"condition": 0, "text": [{"ref": "text", "targets": ["t"], "text": "t"}]}]}]);
    assert_eq!(refusal(&|table| table["texts"] = round.clone()), format!("texts[0] {endless}"));
    let other = "and its facts do not name each other";
    assert_eq!(refusal(&|table| table["questions"][0]["facts"] = json!([])), format!("questions[0] {other}"));
    assert_eq!(refusal(&|table| table["facts"][0]["question"] = json!(1)), format!("questions[0] {other}"));
    let bounds = "has bounds that its question's kind does not have";
    assert_eq!(refusal(&|table| table["facts"][0]["cells"][0]["ge"] = json!(3)), format!("facts[0] {bounds}"));
    assert_eq!(refusal(&|table| table["facts"][3]["cells"][0]["le"] = json!("3")), format!("facts[3] {bounds}"));
}

/// An action of so many lines, done by another one; and a text that stands so many times within another one with two cases.
fn nested(lines: usize, texts: usize) -> String {
    let (lines, within) = ("    > Wait.\n".repeat(lines), "[→inner]".repeat(texts));
    format!(
        "fact a : yes/no {{ ask \"A?\" }}\n\
         text inner by a {{\n  yes : \"y\"\n  no : \"n\"\n}}\n\
         text outer by a {{\n  yes : \"{within}\"\n  no : \"n\"\n}}\n\
         entry e \"E\" {{\n  symptom \"S\"\n  action inner \"In\" {{\n{lines}  }}\n\
         \x20 action outer \"Out\" {{\n    do e/inner\n    > [→outer]\n  }}\n}}\n"
    )
}

#[test]
fn the_compiler_writes_as_much_as_is_read() {
    for (lines, texts, code, refused) in
        [(500, 250, None, None), (501, 1, Some("F0411"), Some("actions[1]")), (1, 251, Some("F0412"), Some("texts[1]"))]
    {
        let compilation = faqc::session::compile(support::inputs(&nested(lines, texts)));
        let findings = compilation.diagnostics.iter().filter(|it| it.severity == faqc::diag::Severity::Error);
        assert_eq!(findings.map(|it| it.code.id()).collect::<Vec<_>>(), Vec::from_iter(code), "{lines}, {texts}");
        let file = emit(&compilation, &mut faqc::diag::Diagnostics::default()).remove(0);
        let told = Table::from_json(&file.bytes).err().map(|error| error.to_string());
        let wanted =
            refused.map(|place| format!("the table is damaged: {place} contains more than is shown to a reader"));
        assert_eq!(told, wanted, "{lines}, {texts}");
    }
}

/// Everything of which one member says what it is, and a bit of all else.
const RICH: &str = r#"
symptom s "S" {
  message "{count} left"
  note n
}
contact desk "Desk" { tel 0 }
entry second "O" {
  symptom s
  action o
}
fact a : one of { x y … } { ask "A?" ; if unknown contact desk }
fact b : any of { p q } { ask "B?" ; if unknown = q }
fact c : number 0..9 { ask "C?" ; if unknown entry second }
entry e "E" {
  symptom s
  when a = x and b has p and c > 3
  action Do it {
    > See [→second]
    sets a = y
    recheck c
  }
  otherwise entry second
  otherwise contact desk
}
"#;

fn rich_table() -> Value {
    let compilation = faqc::session::compile(support::inputs(RICH));
    let findings: Vec<_> = compilation.diagnostics.iter().collect();
    assert!(findings.iter().all(|it| it.severity != faqc::diag::Severity::Error), "{findings:?}");
    let file = emit(&compilation, &mut faqc::diag::Diagnostics::default()).remove(0);
    serde_json::from_slice(&file.bytes).unwrap()
}

/// Gives every object a member that no version has. Rows have facts for members.
fn extend(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(extend),
        Value::Object(members) if is_row(members) => {}
        Value::Object(members) => {
            members.values_mut().for_each(extend);
            members.insert("from-the-future".to_owned(), json!({"0": []}));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_row(members: &Map<String, Value>) -> bool {
    members.keys().all(|name| name.parse::<u32>().is_ok())
}

#[test]
fn members_that_are_not_known_are_ignored() {
    let table = rich_table();
    let mut extended = table.clone();
    extend(&mut extended);
    for pointer in
        ["/questions/0/if_unknown", "/questions/1/if_unknown", "/questions/2/if_unknown", "/entries/1/otherwise/1"]
    {
        assert!(
            extended.pointer(pointer).is_some_and(|it| it.get("from-the-future").is_some()),
            "{pointer}: {extended}"
        );
    }
    assert_eq!(load(&extended).unwrap(), load(&table).unwrap());
    let validator = jsonschema::validator_for(schema().as_value()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&extended).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn what_is_one_of_several_is_exactly_one() {
    let validator = jsonschema::validator_for(schema().as_value()).unwrap();
    let refusal = |pointer: &str, value: Value| {
        let mut table = rich_table();
        *table.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&table), "the schema agrees");
        load(&table).unwrap_err().to_string()
    };
    for value in [json!({}), json!({"from-the-future": 0}), json!({"contact": 0, "entry": 0})] {
        let unknown = refusal("/questions/0/if_unknown", value.clone());
        assert!(unknown.contains("`if_unknown` has exactly one of `contact`, `entry` and `assume`"), "{unknown}");
        let otherwise = refusal("/entries/1/otherwise/0", value);
        assert!(otherwise.contains("`otherwise` has exactly one of `contact` and `entry`"), "{otherwise}");
    }
}

#[test]
fn an_assumed_value_of_several_settles_that_one_only() {
    let table = load(&rich_table()).unwrap();
    let Some(faqc::table::IfUnknown::Assume(cells)) = &table.questions[1].if_unknown else { panic!("b assumes") };
    let settled: Vec<&str> = cells.iter().map(|it| table.facts[it.fact as usize].id.as_str()).collect();
    assert_eq!((settled, table.questions[1].facts.len()), (vec!["b/q"], 2));
}

#[test]
fn other_is_no_value() {
    let table = load(&rich_table()).unwrap();
    let other: Vec<_> = table.facts[0].cells.iter().filter(|cell| cell.other).collect();
    assert!(matches!(other[..], [cell] if cell.value.is_none()), "{other:?}");
}

#[test]
fn a_reused_action_brings_its_alternatives() {
    let source = r#"
symptom s "S"
symptom t "T"
entry one "One" {
  symptom s
  action first {
    ① this
    ② that
  }
}
entry two "Two" {
  symptom t
  do one/1
}
"#;
    let compilation = faqc::session::compile(support::inputs(source));
    let table = faqc::emit::table::build_table(&compilation, &mut faqc::diag::Diagnostics::default());
    let [offer] = &table.entries[1].actions[..] else { panic!("one action is offered: {:?}", table.entries[1]) };
    assert!(offer.reused);
    let alternatives = &table.actions[offer.action as usize].alternatives;
    assert_eq!(alternatives.len(), 2);
    let listed: Vec<u32> = table.symptoms[1].actions.iter().map(|it| it.action).collect();
    assert!(alternatives.iter().all(|it| listed.contains(it)), "{listed:?}");
}

/// Changes one value somewhere in the document.
fn damage(value: &mut Value, random: &mut Random) {
    let junk =
        [json!(null), json!(-1), json!(4_000_000_000u64), json!("\u{0}"), json!([]), json!({}), json!(1.5), json!(3)];
    let below = match value {
        Value::Array(items) if !items.is_empty() && random.chance(90) => {
            let at = random.below(items.len());
            items.get_mut(at)
        }
        Value::Object(members) if !members.is_empty() && random.chance(97) => {
            let at = random.below(members.len());
            members.values_mut().nth(at)
        }
        _ => None,
    };
    match below {
        Some(inner) => damage(inner, random),
        None => *value = junk[random.below(junk.len())].clone(),
    }
}

/// Everything that a front end asks of a table, a few steps far, whatever it holds.
fn read_on(table: &Table) {
    let (reader, evidence) = (Reader::new(table), Evidence::new(table));
    for symptom in 0..table.symptoms.len() as u32 + 1 {
        assert_eq!(reader.judge(symptom, &evidence), judge(table, symptom, &evidence));
        assert_eq!(reader.judge_actions(symptom, &evidence), judge_actions(table, symptom, &evidence));
        let _ = expected(&reader, symptom, &mut 200);
        let mut session = Session::new(symptom);
        for turn in 0..12 {
            let event = match reader.next_and_shown(&session).0 {
                Next::Ask { question, .. } if turn % 3 == 0 => Event::Unknown { question },
                Next::Ask { question, .. } => Event::Answer { question, text: "はい".to_owned() },
                Next::Do { action, .. } => Event::Done { action },
                Next::Contact { contact, .. } => Event::Contact { contact },
                Next::Choose | Next::Contradiction { .. } | Next::Done => break,
            };
            if let (Err(_), Event::Answer { question, .. }) = (session.take(table, &event), &event) {
                session.unknown(table, *question);
            }
        }
    }
    find(table, "送信に失敗しました");
}

#[test]
fn damaged_tables_never_panic() {
    let mut random = Random::new(1);
    let mut refused = 0;
    for seed in 1..=2000 {
        let mut table: Value = serde_json::from_str(&document(1 + seed % 40)).unwrap();
        damage(&mut table, &mut random);
        match load(&table) {
            Ok(table) => read_on(&table),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 500, "{refused} of 2000 were refused");
}

#[test]
fn deep_nesting_is_refused() {
    let text = format!("{{\"format\":\"faqc-table\",\"version\":1,\"title\":{}", "[".repeat(100_000));
    assert!(matches!(Table::from_json(text.as_bytes()), Err(LoadError::Json(_))));
}
