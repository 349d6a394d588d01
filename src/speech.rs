//! Says a condition in the reader's words; refuses to know any output format.

mod interval;
mod point;
mod simplify;
mod spelling;

use std::borrow::Cow;

use crate::ast;
use crate::language::Language;
use crate::model::{ConditionId, FactId, Id, Model, Type, ValueDecl};
use crate::source::Sources;
use crate::types::{Condition, Test, Types};

pub use interval::{range, step, stretch};
pub use point::{civil, decimal};
pub use spelling::Spellings;

/// What is needed to name facts and values in the language of the prose.
#[derive(Clone, Copy, Debug)]
pub struct Speech<'a> {
    pub model: &'a Model,
    pub types: &'a Types,
    pub sources: &'a Sources,
    pub language: Language,
}

/// A piece of a condition in words, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(Cow<'a, str>),
    /// A fact's label, for emitters that link it.
    Fact(FactId, &'a str),
}

/// The condition as a reader would say it: facts by their labels, values by theirs.
pub fn describe(id: ConditionId, model: &Model, types: &Types, sources: &Sources, language: Language) -> String {
    join(&pieces(Speech { model, types, sources, language }, &[id]))
}

/// The same for a meaning that no single written condition has.
pub fn describe_meaning(
    condition: &Condition,
    model: &Model,
    types: &Types,
    sources: &Sources,
    language: Language,
) -> String {
    let speech = Speech { model, types, sources, language };
    join(&meaning_pieces(speech, condition, &Spellings::default()))
}

/// All of the conditions together, in pieces; nothing when there is none.
pub fn pieces<'a>(speech: Speech<'a>, ids: &[ConditionId]) -> Vec<Piece<'a>> {
    let known: Vec<&Condition> = ids.iter().filter_map(|id| meaning(speech.types, *id)).collect();
    if known.is_empty() || known.len() < ids.len() || known.iter().any(|condition| has_error(condition)) {
        return ids.iter().map(|id| as_written(speech, *id)).collect();
    }
    let written = ids.iter().map(|id| &speech.model.conditions[*id]);
    let spellings = Spellings::of(written, speech);
    match known.as_slice() {
        [only] => meaning_pieces(speech, only, &spellings),
        all => {
            let together = Condition::And(all.iter().map(|condition| (*condition).clone()).collect());
            meaning_pieces(speech, &together, &spellings)
        }
    }
}

/// The values that a test of a fact lets through, without the fact: `2以上`.
pub fn values(speech: Speech<'_>, fact: FactId, test: &Test) -> String {
    test_words(speech, fact, test, &Spellings::default())
}

/// A value written outside conditions (an effect's, what `shows` names), by its label.
pub fn value(speech: Speech<'_>, fact: FactId, value: &ast::Value) -> String {
    match speech.types.values.get(&value.span) {
        Some(Test::Has(index)) => label(speech, fact, *index),
        Some(test) => test_words(speech, fact, test, &Spellings::of_value(fact, value, speech)),
        None => speech.sources.text(value.span).to_owned(),
    }
}

fn meaning(types: &Types, id: ConditionId) -> Option<&Condition> {
    (id.index() < types.conditions.len()).then(|| &types.conditions[id])
}

fn has_error(condition: &Condition) -> bool {
    match condition {
        Condition::Error => true,
        Condition::And(parts) | Condition::Or(parts) => parts.iter().any(has_error),
        Condition::Not(inner) => has_error(inner),
        Condition::Test(..) => false,
    }
}

fn as_written(speech: Speech<'_>, id: ConditionId) -> Piece<'_> {
    Piece::Text(Cow::Borrowed(speech.sources.text(speech.model.conditions[id].span())))
}

fn join(pieces: &[Piece<'_>]) -> String {
    let text = |piece: &Piece<'_>| match piece {
        Piece::Text(text) => text.to_string(),
        Piece::Fact(_, label) => (*label).to_owned(),
    };
    pieces.iter().map(text).collect()
}

fn meaning_pieces<'a>(speech: Speech<'a>, condition: &Condition, spellings: &Spellings) -> Vec<Piece<'a>> {
    let simple = simplify::simplify(condition, speech.model);
    let mut out = Vec::new();
    say(&mut out, speech, &simple, spellings);
    out
}

fn say<'a>(out: &mut Vec<Piece<'a>>, speech: Speech<'a>, condition: &Condition, spellings: &Spellings) {
    let japanese = speech.language == Language::Japanese;
    match condition {
        Condition::Error => text(out, "?"),
        Condition::And(parts) if parts.is_empty() => text(out, if japanese { "いつでも" } else { "always" }),
        Condition::Or(parts) if parts.is_empty() => {
            text(out, if japanese { "当てはまることはない" } else { "never" });
        }
        Condition::And(parts) => say_list(out, speech, parts, if japanese { " かつ " } else { " and " }, spellings),
        Condition::Or(parts) => say_list(out, speech, parts, if japanese { " または " } else { " or " }, spellings),
        Condition::Not(inner) => say_not(out, speech, inner, spellings),
        Condition::Test(fact, test) => say_test(out, speech, *fact, test, spellings),
    }
}

/// Mixed `and` and `or` always get parentheses: precedence is a programmer's convention, not a reader's.
fn say_list<'a>(
    out: &mut Vec<Piece<'a>>,
    speech: Speech<'a>,
    parts: &[Condition],
    between: &'static str,
    spellings: &Spellings,
) {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text(out, between);
        }
        match part {
            Condition::And(inner) | Condition::Or(inner) if inner.len() > 1 => {
                say_in_parentheses(out, speech, part, spellings);
            }
            other => say(out, speech, other, spellings),
        }
    }
}

fn say_in_parentheses<'a>(out: &mut Vec<Piece<'a>>, speech: Speech<'a>, condition: &Condition, spellings: &Spellings) {
    let (open, close) = if speech.language == Language::Japanese { ("（", "）") } else { ("(", ")") };
    text(out, open);
    say(out, speech, condition, spellings);
    text(out, close);
}

fn say_not<'a>(out: &mut Vec<Piece<'a>>, speech: Speech<'a>, inner: &Condition, spellings: &Spellings) {
    if let Condition::Test(fact, Test::Has(index)) = inner
        && simplify::is_total(speech.model, *fact)
    {
        fact_label(out, speech, *fact);
        let member = label(speech, *fact, *index);
        return match speech.language {
            Language::Japanese => text(out, format!("：{member}を含まない")),
            Language::English => text(out, format!(" does not include {member}")),
        };
    }
    match (speech.language, inner) {
        (Language::Japanese, Condition::Test(..)) => {
            text(out, "「");
            say(out, speech, inner, spellings);
            text(out, "」ではない");
        }
        (Language::Japanese, _) => {
            say_in_parentheses(out, speech, inner, spellings);
            text(out, "ではない");
        }
        (Language::English, _) => {
            text(out, "not ");
            say_in_parentheses(out, speech, inner, spellings);
        }
    }
}

fn say_test<'a>(out: &mut Vec<Piece<'a>>, speech: Speech<'a>, fact: FactId, test: &Test, spellings: &Spellings) {
    fact_label(out, speech, fact);
    let verb = match (speech.language, test) {
        (Language::Japanese, _) => "：",
        (Language::English, Test::Has(_)) => " ",
        (Language::English, Test::OneOf(_) | Test::Within(_)) => " is ",
    };
    text(out, verb);
    text(out, test_words(speech, fact, test, spellings));
}

fn fact_label<'a>(out: &mut Vec<Piece<'a>>, speech: Speech<'a>, fact: FactId) {
    let declared = &speech.model.facts[fact];
    out.push(Piece::Fact(fact, speech.sources.text(declared.label.unwrap_or(declared.name))));
}

fn text<'a>(out: &mut Vec<Piece<'a>>, text: impl Into<Cow<'a, str>>) {
    out.push(Piece::Text(text.into()));
}

fn test_words(speech: Speech<'_>, fact: FactId, test: &Test, spellings: &Spellings) -> String {
    match (test, speech.language) {
        (Test::OneOf(indices), _) => one_of(speech, fact, indices),
        (Test::Has(index), Language::Japanese) => format!("{}を含む", label(speech, fact, *index)),
        (Test::Has(index), Language::English) => format!("includes {}", label(speech, fact, *index)),
        (Test::Within(intervals), _) => interval::words(speech, fact, intervals, spellings),
    }
}

/// The values by name, or those left out when they are fewer.
fn one_of(speech: Speech<'_>, fact: FactId, indices: &[usize]) -> String {
    let count = simplify::value_count(&speech.model.facts[fact].ty);
    let labels = |indices: &[usize]| indices.iter().map(|index| label(speech, fact, *index)).collect::<Vec<_>>();
    if indices.is_empty() {
        return nothing(speech.language).to_owned();
    }
    let is_other = |index: &usize| declared(&speech.model.facts[fact].ty).is_some_and(|values| *index >= values.len());
    let left_out = count.saturating_sub(indices.len());
    if left_out > 0 && (indices.last().is_some_and(is_other) || left_out * 2 < count) {
        let rest: Vec<usize> = (0..count).filter(|index| indices.binary_search(index).is_err()).collect();
        return except(&labels(&rest), speech.language);
    }
    either(&labels(indices), speech.language)
}

fn nothing(language: Language) -> &'static str {
    match language {
        Language::Japanese => "当てはまる値なし",
        Language::English => "no possible value",
    }
}

fn either(words: &[String], language: Language) -> String {
    words.join(match language {
        Language::Japanese => "か",
        Language::English => " or ",
    })
}

fn except(words: &[String], language: Language) -> String {
    match (language, words) {
        (Language::Japanese, _) => format!("{}以外", words.join("と")),
        (Language::English, [only]) => format!("not {only}"),
        (Language::English, _) => format!("other than {}", words.join(" and ")),
    }
}

fn declared(ty: &Type) -> Option<&[ValueDecl]> {
    match ty {
        Type::OneOf { values, .. } | Type::AnyOf { values } => Some(values),
        Type::Error | Type::YesNo | Type::Number { .. } | Type::Version | Type::Date => None,
    }
}

/// A value's label, else its name; past the declared ones is the other value of an open list.
fn label(speech: Speech<'_>, fact: FactId, index: usize) -> String {
    let english = speech.language == Language::English;
    match declared(&speech.model.facts[fact].ty) {
        Some(values) => match values.get(index) {
            Some(value) => speech.sources.text(value.label.unwrap_or(value.span)).to_owned(),
            None => if english { "something else" } else { "その他" }.to_owned(),
        },
        None if index == 0 => if english { "yes" } else { "はい" }.to_owned(),
        None => if english { "no" } else { "いいえ" }.to_owned(),
    }
}

#[cfg(test)]
mod tests;
