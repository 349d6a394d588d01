//! What conditions are said as, in both languages.

use super::*;
use crate::model::{Fact, IdVec};
use crate::source::{FileId, Span};
use crate::types::{Cut, Interval, Point};

struct Fixture {
    sources: Sources,
    model: Model,
    types: Types,
    file: FileId,
}

const TEXT: &str = "有効な電子証明書 証明書の数 OS Windows macOS Linux 件 版 期限 年齢";

impl Fixture {
    fn new() -> Self {
        let mut sources = Sources::default();
        let file = sources.add("a.faq", TEXT);
        Self { sources, model: Model::default(), types: Types::default(), file }
    }

    fn span(&self, words: &str) -> Span {
        let at = TEXT.find(words).expect("a word of the fixture");
        Span::new(self.file, at..at + words.len())
    }

    fn fact(&mut self, label: &str, ty: Type) -> FactId {
        let span = self.span(label);
        self.model.facts.push(Fact {
            id: label.to_owned(),
            name: span,
            span,
            label: None,
            ty,
            derived: None,
            table: None,
            ask: None,
            checks: Vec::new(),
            shows: Vec::new(),
            only_when: Vec::new(),
            if_unknown: None,
            takes: None,
            formerly: Vec::new(),
            notes: Vec::new(),
        })
    }

    fn one_of(&self, open: bool) -> Type {
        let value = |word: &str| ValueDecl { id: word.to_owned(), span: self.span(word), label: None };
        Type::OneOf { values: ["Windows", "macOS", "Linux"].into_iter().map(value).collect(), open }
    }

    fn number(&self) -> Type {
        Type::Number { range: None, step: None, unit: Some(self.span("件")) }
    }

    fn say(&self, condition: &Condition) -> String {
        describe_meaning(condition, &self.model, &self.types, &self.sources, Language::Japanese)
    }

    fn say_english(&self, condition: &Condition) -> String {
        describe_meaning(condition, &self.model, &self.types, &self.sources, Language::English)
    }
}

fn within(from: Option<Point>, to: Option<Point>) -> Test {
    let cut = |point| Cut { point, after: false };
    Test::Within(vec![Interval { from: from.map(cut), to: to.map(cut) }])
}

fn numbers(from: impl Into<Option<i64>>, to: impl Into<Option<i64>>) -> Test {
    within(from.into().map(Point::Number), to.into().map(Point::Number))
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

#[test]
fn facts_and_values_are_joined_as_a_reader_says_them() {
    let mut kb = Fixture::new();
    let valid = kb.fact("有効な電子証明書", Type::YesNo);
    let number = kb.number();
    let count = kb.fact("証明書の数", number);
    let both =
        Condition::And(vec![Condition::Test(valid, Test::OneOf(vec![1])), Condition::Test(count, numbers(2, None))]);
    assert_eq!(kb.say(&both), "有効な電子証明書：いいえ かつ 証明書の数：2件以上");
    assert_eq!(kb.say_english(&both), "有効な電子証明書 is no and 証明書の数 is at least 2件");
    let mixed = Condition::Or(vec![both, not(Condition::Test(valid, Test::OneOf(vec![1])))]);
    assert_eq!(kb.say(&mixed), "（有効な電子証明書：いいえ かつ 証明書の数：2件以上） または 有効な電子証明書：はい");
}

#[test]
fn stretches_of_numbers_take_their_rounder_name() {
    let mut kb = Fixture::new();
    let count = kb.fact("年齢", Type::Number { range: None, step: None, unit: None });
    let say = |test| kb.say(&Condition::Test(count, test));
    assert_eq!(say(numbers(18, 26)), "年齢：18以上25以下");
    assert_eq!(say(numbers(100, 120)), "年齢：100以上120未満");
    assert_eq!(say(numbers(None, 100)), "年齢：100未満");
    assert_eq!(say(numbers(101, None)), "年齢：100超");
    assert_eq!(say(numbers(5, 6)), "年齢：5");
    assert_eq!(say(numbers(None, None)), "年齢：どの値でも");
    assert_eq!(kb.say(&not(Condition::Test(count, numbers(5, 6)))), "年齢：5以外");
    let young_or_old =
        Condition::Or(vec![Condition::Test(count, numbers(None, 18)), Condition::Test(count, numbers(65, None))]);
    assert_eq!(kb.say_english(&young_or_old), "年齢 is not from 18 to 64");
    let narrowed =
        Condition::And(vec![Condition::Test(count, numbers(18, None)), Condition::Test(count, numbers(None, 26))]);
    assert_eq!(kb.say_english(&narrowed), "年齢 is from 18 to 25");
}

#[test]
fn decimals_lose_their_scale() {
    let mut kb = Fixture::new();
    let count = kb.fact("年齢", Type::Number { range: None, step: None, unit: None });
    kb.types.scales.insert(count, 2);
    assert_eq!(kb.say(&Condition::Test(count, numbers(-5, 251))), "年齢：-0.05以上2.5以下");
}

#[test]
fn the_shorter_list_of_values_is_named() {
    let mut kb = Fixture::new();
    let closed = kb.one_of(false);
    let open = kb.one_of(true);
    let closed = kb.fact("OS", closed);
    let open = kb.fact("版", open);
    assert_eq!(kb.say(&Condition::Test(closed, Test::OneOf(vec![0]))), "OS：Windows");
    assert_eq!(kb.say(&Condition::Test(closed, Test::OneOf(vec![0, 1]))), "OS：Linux以外");
    assert_eq!(kb.say_english(&not(Condition::Test(closed, Test::OneOf(vec![2])))), "OS is not Linux");
    assert_eq!(kb.say(&Condition::Test(open, Test::OneOf(vec![0, 1]))), "版：WindowsかmacOS");
    assert_eq!(kb.say(&Condition::Test(open, Test::OneOf(vec![3]))), "版：WindowsとmacOSとLinux以外");
    assert_eq!(kb.say_english(&Condition::Test(open, Test::Has(0))), "版 includes Windows");
}

#[test]
fn a_fact_without_a_value_is_not_said_to_have_another() {
    let mut kb = Fixture::new();
    let valid = kb.fact("有効な電子証明書", Type::YesNo);
    let name = kb.model.facts[valid].name;
    let condition = kb.model.conditions.push(ast::Condition::Error(name));
    kb.model.facts[valid].only_when.push(condition);
    let refused = not(Condition::Test(valid, Test::OneOf(vec![0])));
    assert_eq!(kb.say(&refused), "「有効な電子証明書：はい」ではない");
    assert_eq!(kb.say_english(&refused), "not (有効な電子証明書 is yes)");
}

#[test]
fn dates_versions_and_days_from_today() {
    let mut kb = Fixture::new();
    let date = kb.fact("期限", Type::Date);
    let version = kb.fact("版", Type::Version);
    let day = |n| Some(Point::Date(n));
    let today = |n| Some(Point::Today(n));
    let say = |test| kb.say(&Condition::Test(date, test));
    assert_eq!(say(within(day(19537), None)), "期限：2023年6月29日以降");
    assert_eq!(say(within(day(19537), day(19538))), "期限：2023年6月29日");
    assert_eq!(say(within(day(-1), day(1))), "期限：1969年12月31日以降、1970年1月1日まで");
    assert_eq!(say(within(today(0), today(31))), "期限：今日から30日以内");
    assert_eq!(say(within(today(-30), today(1))), "期限：今日までの30日以内");
    assert_eq!(say(within(None, today(0))), "期限：今日より前");
    assert_eq!(say(within(None, today(31))), "期限：今日の30日後まで");
    let english = |test| kb.say_english(&Condition::Test(date, test));
    assert_eq!(english(within(today(0), today(31))), "期限 is within 30 days from today");
    assert_eq!(english(within(today(0), today(2))), "期限 is within a day from today");
    assert_eq!(english(within(today(-1), today(1))), "期限 is within the last day");
    let versions = |from: &[u32], to: Option<&[u32]>| {
        let point = |parts: &[u32]| Point::Version(parts.to_vec());
        kb.say(&Condition::Test(version, within(Some(point(from)), to.map(point))))
    };
    assert_eq!(versions(&[14], None), "版：14以上");
    assert_eq!(versions(&[22, 4], Some(&[22, 5])), "版：22.4.x");
    assert_eq!(versions(&[14], Some(&[16, 1])), "版：14以上16.1未満");
}

#[test]
fn versions_keep_the_writers_spelling() {
    let mut kb = Fixture::new();
    let version = kb.fact("版", Type::Version);
    let file = kb.sources.add("b.faq", "版 = 22.04.x");
    let name = ast::Name { span: Span::new(file, 0..3), quoted: false };
    let value = ast::Value { span: Span::new(file, 6..13), kind: ast::ValueKind::Version, unit: None };
    let written = ast::Condition::Compare { fact: name, op: ast::Comparison::Equal, value };
    let id = kb.model.conditions.push(written);
    let test = within(Some(Point::Version(vec![22, 4])), Some(Point::Version(vec![22, 5])));
    kb.types.conditions.push(Condition::Test(version, test));
    assert_eq!(describe(id, &kb.model, &kb.types, &kb.sources, Language::Japanese), "版：22.04.x");
}

#[test]
fn a_condition_that_could_not_be_read_is_shown_as_written() {
    let mut kb = Fixture::new();
    let span = kb.span("Linux");
    let id = kb.model.conditions.push(ast::Condition::Error(span));
    kb.types.conditions = IdVec::default();
    assert_eq!(describe(id, &kb.model, &kb.types, &kb.sources, Language::Japanese), "Linux");
    kb.types.conditions.push(Condition::Error);
    assert_eq!(describe(id, &kb.model, &kb.types, &kb.sources, Language::Japanese), "Linux");
}

/// Facts, then a condition of each line.
fn say_each(facts: &str, conditions: &[&str]) -> Vec<String> {
    let assumed: String = conditions.iter().map(|condition| format!("前提 {condition}\n")).collect();
    let text = format!("{facts}{assumed}");
    let input = crate::session::Input { name: "a.faq".to_owned(), bytes: text.into_bytes() };
    let kb = crate::session::compile(vec![input]);
    let say = |id: &_| describe(*id, &kb.model, &kb.types, &kb.sources, Language::Japanese);
    kb.model.assumptions.iter().map(say).collect()
}

#[test]
fn bounds_are_said_as_they_were_written() {
    let facts = "事実 数 : 数値 0.. 単位 件\n事実 日 : 数値 0..9 刻み 0.5\n事実 買 : 日付\n";
    let pairs = [
        ("数 ５件未満", "数：5件未満"),
        ("数 4 以下", "数：4件以下"),
        ("数 > 9", "数：9件超"),
        ("数 >= 10", "数：10件以上"),
        ("数 = ０", "数：0件"),
        ("数 != 0", "数：0件以外"),
        ("数 > 0", "数：0件超"),
        ("not 数 < 18", "数：18件以上"),
        ("数 10 以上 かつ 数 20 未満", "数：10件以上20件未満"),
        ("数 in 10..20", "数：10件以上20件以下"),
        ("数 in 10..<20", "数：10件以上20件未満"),
        ("数 in {0、1}", "数：1件以下"),
        ("数 < 5 かつ 日 <= 4", "数：5件未満 かつ 日：4以下"),
        ("日 < 0.5", "日：0.5未満"),
        ("日 = 9", "日：9"),
        ("日 <= 4", "日：4以下"),
        ("買 < 2023-06-29", "買：2023年6月29日より前"),
        ("買 <= 2023年6月29日", "買：2023年6月29日まで"),
        ("買 > 今日 - 30日", "買：今日の30日前より後"),
    ];
    let (written, expected): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    assert_eq!(say_each(facts, &written), expected);
}
