//! Loading a table: what is cut off, of another version or damaged is refused with a reason, and nothing panics.

mod random_model;

use faqc::emit::table::emit;
use faqc::runtime::{Evidence, LoadError, judge, judge_actions};
use faqc::table::Table;
use random_model::Random;
use serde_json::{Value, json};

fn document(seed: u64) -> String {
    emit(&random_model::compilation(seed), &mut faqc::diag::Diagnostics::default()).remove(0).text
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

#[test]
fn damaged_tables_never_panic() {
    let mut random = Random::new(1);
    let mut refused = 0;
    for seed in 1..=2000 {
        let mut table: Value = serde_json::from_str(&document(1 + seed % 40)).unwrap();
        damage(&mut table, &mut random);
        match load(&table) {
            Ok(table) => {
                let evidence = Evidence::new(&table);
                for symptom in 0..table.symptoms.len() as u32 + 1 {
                    judge(&table, symptom, &evidence);
                    judge_actions(&table, symptom, &evidence);
                }
            }
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
