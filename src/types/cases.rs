//! Snippets of knowledge bases and what the checks of types say of them.

use super::{Condition, Test};
use crate::resolve::cases::{Case, compile};

const FACTS: &str = "fact ok : yes/no
fact os : one of { windows \"Windows 11\" mac other-os }
fact os-bits : one of { 32 \"32ビット\" 64 \"64ビット\" }
fact tools : any of { word excel }
fact count : number 0..10 unit 件
fact rate : number 0..1 step 0.05
fact net : version
fact expiry : date
fact mode : one of { fast slow … } {
  only when ok
}
define ready when ok = no
derive risk : one of { high low } {
  high when count > 5
}
";

fn with(condition: &str) -> Case {
    compile(&format!("{FACTS}assume {condition}\n"))
}

#[track_caller]
fn says(condition: &str, expected: &[&str]) {
    with(condition).says(expected);
}

/// The meaning of a condition that has no findings.
#[track_caller]
fn meaning(condition: &str) -> String {
    let case = with(condition);
    case.says(&[]);
    let id = case.model.assumptions.first().copied();
    id.map_or(String::new(), |id| short(&case.types.conditions[id]))
}

fn short(condition: &Condition) -> String {
    let all = |parts: &[Condition]| parts.iter().map(short).collect::<Vec<_>>().join(" ");
    match condition {
        Condition::Error => "?".to_owned(),
        Condition::And(parts) => format!("({})", all(parts)),
        Condition::Or(parts) => format!("[{}]", all(parts)),
        Condition::Not(inner) => format!("!{}", short(inner)),
        Condition::Test(_, Test::OneOf(values)) => format!("{values:?}"),
        Condition::Test(_, Test::Has(value)) => format!("has{value}"),
        Condition::Test(_, Test::Within(parts)) => parts.iter().map(stretch).collect::<Vec<_>>().join("+"),
    }
}

fn stretch(interval: &super::Interval) -> String {
    let cut = |cut: &Option<super::Cut>| match cut {
        None => String::new(),
        Some(cut) => format!("{:?}{}", cut.point, if cut.after { "+" } else { "" }),
    };
    format!("{}..{}", cut(&interval.from), cut(&interval.to)).replace("Number", "").replace("Version", "")
}

#[test]
fn values_go_by_name_and_label() {
    assert_eq!(meaning("os = windows"), "[0]");
    assert_eq!(meaning("os ＝ 「Windows 11」"), "[0]");
    assert_eq!(meaning("os-bits = 64ビット"), "[1]");
    assert_eq!(meaning("os-bits = ６４"), "[1]");
    assert_eq!(meaning("os in {mac, windows}"), "[0, 1]");
    assert_eq!(meaning("ok ＝ なし"), "[1]");
    assert_eq!(meaning("ok でない"), "![0]");
    assert_eq!(meaning("mac または ok"), "[[1] [0]]");
    assert_eq!(meaning("ok implies mac"), "[![0] [1]]");
}

#[test]
fn several_values_at_once_have_members() {
    assert_eq!(meaning("tools has word"), "has0");
    assert_eq!(meaning("tools = excel"), "has1");
    assert_eq!(meaning("tools in {word, excel}"), "[has0 has1]");
    says("os has mac", &["F0313"]);
}

#[test]
fn different_means_applicable_and_different() {
    assert_eq!(meaning("os != mac"), "![1]");
    assert_eq!(meaning("mode != fast"), "([0, 1, 2] ![0])");
    assert_eq!(meaning("risk != high"), "([0, 1] ![0])");
    assert_eq!(meaning("ready = no"), "![0]");
    assert_eq!(meaning("ready != no"), "!![0]");
}

#[test]
fn numbers_are_cut_before_values() {
    assert_eq!(meaning("count <= 5"), "..(6)");
    assert_eq!(meaning("count > 5"), "(6)..");
    assert_eq!(meaning("count = 5件"), "(5)..(6)");
    assert_eq!(meaning("count 2 以上 5 以下"), "((2).. ..(6))");
    assert_eq!(meaning("count in 2..<5"), "(2)..(5)");
    assert_eq!(meaning("count >= 0"), "..");
    assert_eq!(meaning("count in {1, 2, 4}"), "(1)..(3)+(4)..(5)");
    assert_eq!(meaning("rate <= 0.05"), "..(10)");
    assert_eq!(meaning("rate < 0.07"), "..(10)");
}

#[test]
fn versions_and_dates_are_ordered() {
    assert_eq!(meaning("net = 6.0"), "([6])..([6])+");
    assert_eq!(meaning("net = 22.04.x"), "([22, 4])..([22, 5])");
    assert_eq!(meaning("net > 6.0.1"), "([6, 0, 1])+..");
    assert_eq!(meaning("expiry < 2023-06-29"), "..Date(19537)");
    assert_eq!(meaning("expiry <= today + 30 days"), "..Today(31)");
}

#[test]
fn a_value_outside_its_list_is_told_the_list() {
    says(
        "os-bits = 16",
        &[
            "F0301 「os-bits」の値は 32（32ビット）、64（64ビット） です。「16」はありません / 事実の宣言はここです @3 / この中から選ぶか、事実の宣言に値「16」を足します",
        ],
    );
    says("os = widnows", &["「windows」のことですか (widnows→windows)"]);
    says("os = window11", &["「windows」のことですか (window11→windows)"]);
    says("ok = maybe", &["F0301 「ok」の値は はい、いいえ です"]);
}

#[test]
fn a_condition_with_a_mistake_still_names_its_facts() {
    let case = with("os = linux and (count > 3人 or mode)");
    let named = case.model.assumptions.first().and_then(|id| case.types.named.get(id));
    let names: Vec<_> = named.into_iter().flatten().map(|fact| case.model.facts[*fact].id.as_str()).collect();
    assert_eq!(names, ["os", "count", "mode"]);
}

#[test]
fn names_alone_must_be_conditions() {
    says(
        "os",
        &[
            "F0303 「os」だけでは条件になりません / 「はい」か「いいえ」で答える事実ではありません @2 / 値と比べます。例: os ＝ windows",
        ],
    );
    says("okk", &["F0201"]);
    let case = compile("fact a : one of { x y }\nfact b : one of { x z }\nassume x\n");
    case.says(&["F0302 「x」は a、b のどれにもある値なので"]);
}

#[test]
fn unknown_facts_and_other_kinds_are_reported() {
    says("oss = mac", &["F0201 事実「oss」は見つかりません"]);
    compile("contact c \"C\"\nassume c = yes\n").says(&["F0202 「c」は連絡先です。ここには事実を書きます"]);
}

#[test]
fn order_is_for_ordered_values() {
    says("os > mac", &["F0304"]);
    says("os in 1..2", &["F0304"]);
}

#[test]
fn literals_fit_their_facts() {
    says("count = many", &["F0305 「count」は数値ですが"]);
    says("net = new", &["F0305 「net」はバージョンですが"]);
    says("expiry = 5", &["F0305 「expiry」は日付ですが"]);
    says(
        "count = 1.5",
        &["F0306 「count」は 1 刻みなので、1.5 は細かすぎます / 事実の宣言はここです @5 / 近い値（1、2）に直します"],
    );
    says(
        "rate = 0.07",
        &[
            "F0307 「rate」は 0.05 刻みなので、0.07 になることはありません / 事実の宣言はここです @6 / 近い値（0.05、0.1）に直します",
        ],
    );
    says("count > 11", &["F0308 11 は「count」の範囲 0..10 の外です"]);
    says("count = 99999999999999999999", &["F0309"]);
    says("count = 9007199254740993", &["F0309"]);
    says("count = 5人", &["F0310 「count」の単位は「人」ではありません"]);
    says(
        "count in 5件..2",
        &["F0314 範囲「5件..2」に入る値がありません / 小さい値、大きい値の順に書きます (5件→2 2→5件)"],
    );
    says("net = 5版", &["F0305 「net」はバージョンですが、「5版」は"]);
    says("net = 1.99999999999", &["F0309"]);
}

#[test]
fn a_date_is_compared_in_one_way() {
    says("expiry < today or expiry > 2023-01-01", &["F0311"]);
}

#[test]
fn values_after_a_comma_want_a_set() {
    says(
        "os = windows, mac",
        &[
            "F0312 「、」は「かつ」の意味なので、「os」の値を並べることはできません / どれか一つのことなら「os in {windows, mac}」と書きます (os = windows, mac→os in {windows, mac})",
        ],
    );
    says("os != windows, mac", &["(os != windows, mac→os not in {windows, mac})"]);
    says("os-bits = 32ビット、64", &["(os-bits = 32ビット、64→os-bits in {32ビット, 64})"]);
    says("os = windows、ok", &[]);
    says("tools = word, excel", &[]);
    says("os ＝ 「Windows 11」、「mac」", &["(os ＝ 「Windows 11」、「mac」→os in {「Windows 11」, 「mac」})"]);
}

#[test]
fn declarations_of_facts_are_checked() {
    compile("fact a : one of { x x }\n").says(&["F0315"]);
    compile("fact a : one of { x \"y\" y }\n").says(&["F0315"]);
    compile("fact a : one of { }\n").says(&["F0316"]);
    compile("fact a : number 5..1\n").says(&["F0314"]);
    compile("fact a : number step 0\n").says(&["F0317"]);
    compile("fact a : number 0..99999999999999999999\n").says(&["F0309"]);
    compile("fact a : number 0人..5件\n").says(&["F0310 「a」の単位は「人」ではありません"]);
    compile("fact a : number 0..5件\nassume a = 3件\n").says(&[]);
}

#[test]
fn texts_have_a_case_for_each_value() {
    let text = |cases: &str| compile(&format!("{FACTS}text t by os {{\n{cases}\n}}\n"));
    text("windows: W\nmac: M\nother-os: O").says(&[]);
    text("windows: W\notherwise: O").says(&[]);
    text("windows: W").says(&["F0319 文言「t」に「mac、other-os」の場合の文がありません"]);
    text("windows: W\nwindows: X\notherwise: O").says(&["F0320"]);
    text("linux: W\notherwise: O").says(&["F0301"]);
}

#[test]
fn derived_facts_are_neither_asked_nor_set() {
    let action = |line: &str| {
        let head = "symptom s \"S\"\nentry a A {\nsymptom s\naction x \"X\" {\n> step\n";
        compile(&format!("{FACTS}{head}{line}\n}}\n}}\n"))
    };
    action("sets ok = yes").says(&[]);
    action("sets os = linux").says(&["F0301"]);
    action("finds risk").says(&["F0318 「risk」はほかの事実から決まるので"]);
    action("sets risk = high").says(&["F0318"]);
    action("recheck ready").says(&["F0318"]);
}

#[test]
fn values_outside_conditions_are_typed() {
    let case =
        compile("fact a : one of { x y } {\nx shows 「X」\nif unknown = y\n}\ntest t {\ngiven a = x\nexpect none\n}\n");
    case.says(&[]);
    assert_eq!(case.types.values.len(), 3);
    assert_eq!(case.codes().len(), 0);
}
