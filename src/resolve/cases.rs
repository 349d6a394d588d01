//! Snippets of knowledge bases and what resolution says of them; the checks of types use the same way to compile one.

use crate::config::Config;
use crate::diag::{Diagnostic, Diagnostics, catalogue};
use crate::language::Language;
use crate::model::{Id, Model, Target};
use crate::parse::parse_file;
use crate::source::{Sources, Span};
use crate::types::{Types, check_types};

/// A compiled snippet.
pub(crate) struct Case {
    pub sources: Sources,
    pub model: Model,
    pub types: Types,
    pub findings: Vec<Diagnostic>,
}

pub(crate) fn compile(text: &str) -> Case {
    compile_files(&[("a.faq", text)])
}

pub(crate) fn compile_files(files: &[(&str, &str)]) -> Case {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    for (name, text) in files {
        sources.add(*name, *text);
    }
    let asts: Vec<_> = sources.ids().map(|id| parse_file(id, &sources, &mut diagnostics)).collect();
    let asts: Vec<_> = asts.iter().collect();
    let model = super::resolve(&asts, &Config::default(), &sources, &mut diagnostics);
    let types = check_types(&model, &sources, &mut diagnostics);
    Case { sources, model, types, findings: diagnostics.into_vec() }
}

impl Case {
    /// `F0201 message / label @line / help / fix → edited text`, one line a finding.
    pub fn shown(&self) -> Vec<String> {
        self.findings.iter().map(|finding| self.show(finding, Language::Japanese)).collect()
    }

    fn show(&self, finding: &Diagnostic, language: Language) -> String {
        let text = |key: &str| {
            let text = catalogue().render(finding.code, key, &finding.args, language);
            text.unwrap_or_else(|| panic!("{} lacks {key}", finding.code.id()))
        };
        let mut parts = vec![format!("{} {}", finding.code.id(), text("message"))];
        parts.extend(finding.labels.iter().map(|it| format!("{} @{}", text(it.key), self.sources.line(it.span))));
        parts.extend(finding.helps.iter().map(|key| text(key)));
        for fix in &finding.fixes {
            let edits: Vec<String> =
                fix.edits.iter().map(|it| format!("{}→{}", self.sources.text(it.span), it.text)).collect();
            parts.push(format!("{} ({})", text(fix.key), edits.join(" ")));
        }
        parts.join(" / ")
    }

    pub fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(|finding| finding.code.id()).collect()
    }

    /// That the snippet has exactly these findings, each given by a part of its shown text.
    #[track_caller]
    pub fn says(&self, expected: &[&str]) {
        let shown = self.shown();
        let fits = shown.len() == expected.len() && shown.iter().zip(expected).all(|(is, part)| is.contains(part));
        assert!(fits, "found:\n{}\nexpected:\n{}", shown.join("\n"), expected.join("\n"));
        for finding in &self.findings {
            self.show(finding, Language::English);
        }
    }
}

const SYMPTOM: &str = "symptom fails \"送信に失敗する\"\n";

#[track_caller]
fn says(text: &str, expected: &[&str]) {
    compile(&format!("{SYMPTOM}{text}")).says(expected);
}

/// An entry around some lines.
fn entry(lines: &str) -> String {
    format!("entry a A の見出し {{\nsymptom fails\n{lines}\naction 再送する {{\n> 再送します\n}}\n}}\n")
}

#[test]
fn a_whole_entry_is_resolved_in_silence() {
    let case = compile(
        "symptom fails \"送信に失敗する\"
document manual 操作マニュアル {
  section 3.6.3 \"インストール\" https://example.jp/m
}
contact helpdesk \"ヘルプデスク\"
fact broken : yes/no {
  ask 壊れていますか？
}
項目 first 一つ目の項目 {
  番号 10
  旧名 old-first
  分類 大分類 ＞ 小分類
  事象 fails
  条件 broken ＝ はい
  対応策 install \"入れる\" {
    ＞ [→manual 第3.6.3章] と[→manual 「インストール」]と No.11、[→helpdesk：窓口]
    結果 broken ＝ いいえ
  }
  要因 古い {
    対応策 {
      ＞ 更新します
    }
    実施 second/①
  }
  解決しない場合 連絡 helpdesk
}
項目 second 二つ目の項目 {
  番号 11
  分類 大分類 ＞ 小分類
  事象 「送信に失敗する」、「別の言い方」
  対応策 {
    ① 一つ目
    ② 二つ目
    ＞ No.10-11 と [→first/install] と [→10]
    後 ①
  }
}
",
    );
    case.says(&[]);
    let first = case.model.entries.iter().next().map(|entry| entry.actions.len());
    assert_eq!(first, Some(3));
    assert_eq!(case.model.categories.len(), 2);
    assert_eq!(case.model.symptoms.len(), 2);
}

#[test]
fn unknown_names_come_with_the_name_that_may_be_meant() {
    says(&entry("see [x"), &["F01"]);
    says(
        &entry("contact helpdsek").replace("entry a", "contact helpdesk \"窓口\"\nentry a"),
        &["F0201 連絡先「helpdsek」は見つかりません / 「helpdesk」（窓口）のことですか (helpdsek→helpdesk)"],
    );
    says(&entry("contact fails"), &["F0202 「fails」は事象です。ここには連絡先を書きます"]);
    says(&entry("note [→nothing]"), &["F0203"]);
    says(&entry("note [→送信に失敗する]"), &[]);
    says(&entry("otherwise entry b"), &["F0201 項目「b」は見つかりません"]);
    says(
        &entry("contact ＨＥＬＰdesk").replace("entry a", "contact helpdesk \"窓口\"\nentry a"),
        &["「helpdesk」（窓口）のことですか"],
    );
}

#[test]
fn full_width_names_are_the_same_names() {
    says(&format!("contact FAQ-２ \"窓口\"\n{}", entry("contact ＦＡＱ－2")), &[]);
}

#[test]
fn a_name_of_several_kinds_asks_for_the_kind() {
    let text =
        format!("link a \"A\" https://example.jp/\n{}entry b B の見出し {{\nsymptom fails\nsee a\n}}\n", entry(""));
    says(
        &text,
        &[
            "F0204 「a」という名前のものが複数あり（項目、リンク）、どれのことか分かりません / 項目のことなら「項目:a」と書きます (a→項目:a)",
        ],
    );
    says(&text.replace("see a", "see entry:a"), &[]);
    says(&text.replace("see a", "see リンク：a"), &[]);
}

#[test]
fn duplicates_show_both_places() {
    let two = format!("{}{}", entry("number 1"), entry("number 1"));
    says(
        &two,
        &[
            "F0206 項目「a」が二つあります / 一つ目はここです @2",
            "F0207 番号 1 の項目が二つあります / 一つ目はここです @4",
        ],
    );
    says("document d D {\nsection 3.1 \"x\"\nsection ３.１ \"y\"\n}\n", &["F0215"]);
    says(&entry("action x \"X\" {\n> s\n}\naction x \"Y\" {\n> s\n}"), &["F0217"]);
    says("contact c \"C\"\ncontact ｃ \"C\"\n", &["F0206"]);
    says("contact \"\" C\n", &["F0227"]);
    let names = "contact c-2 \"C\"\ncontact c-2 \"D\"\ncontact c-3 \"E\"\n";
    says(names, &["たとえば「c-4」に変えます (c-2→c-4)"]);
}

#[test]
fn numbers_that_are_used_later_are_not_free() {
    let other =
        |name: &str, number: u32| entry(&format!("number {number}")).replace("entry a", &format!("entry {name}"));
    let text = format!("{}{}{}", other("a", 1), other("b", 1), other("c", 2));
    says(&text, &["F0207 番号 1 の項目が二つあります / 一つ目はここです @4 / 空いている番号 3 にします (1→3)"]);
}

#[test]
fn former_names_lead_to_the_new_name() {
    let text = format!("{}entry b B の見出し {{\nsymptom fails\nsee old\n}}\n", entry("formerly old"));
    says(&text, &["F0209 項目「old」は「a」に名前が変わっています / 「a」に書き換えます (old→a)"]);
    says(&format!("{}{}", entry("formerly old"), entry("formerly old").replace("entry a", "entry b")), &["F0208"]);
}

#[test]
fn numbers_name_existing_entries() {
    says(&entry("number 5\nnote No.6 を見ます"), &["F0210 No.6 の項目はありません / 近い番号は No.5 です"]);
    says(&entry("note No.6 を見ます"), &["F0210"]);
    says(&entry("number 5\nnote No.6-5"), &["F0211", "F0210"]);
    says(&entry("number 5\nnote ［→ No.6-5 ：x］"), &["(No.6-5→No.5-6)", "F0210"]);
    says(&entry("number 5\nnote No.1-3 と No.7"), &["F0210 No.1-3 の", "(→\\)"]);
    says(&entry("number 5\nnote No.1-4000000000"), &["F0212"]);
    says(&entry("number 5\nnote No.5 と \\No.9"), &["F0222"]);
    says(&entry("number 5\nbefore No.4-5"), &["F0210"]);
}

#[test]
fn where_one_entry_is_wanted_a_range_is_none() {
    let text = format!("{}entry b B の見出し {{\nnumber 2\nsymptom fails\notherwise No.1-2\n}}\n", entry("number 1"));
    says(&text, &["F0213"]);
}

#[test]
fn sections_are_declared() {
    let document = "document manual M {\nsection 3.6.2 \"導入\"\nsection 3.6.3 \"設定\"\n}\n";
    let at = |section: &str| format!("{document}{}", entry(&format!("note [→manual {section}]")));
    says(&at("3.6.2"), &[]);
    says(&at("「設定」"), &[]);
    says(
        &at("3.6.33"),
        &[
            "F0214 文書「manual」に章「3.6.33」は宣言されていません / 宣言されている章: 3.6.2 導入、3.6.3 設定 / 「3.6.3」のことですか",
        ],
    );
    says(&format!("document manual M\n{}", entry("note [→manual 3]")), &["「章 3」の行を書きます"]);
    says(&at("3.6.2").replace("[→manual", "[→a"), &["F0202"]);
}

#[test]
fn actions_are_found_by_name_and_number() {
    let text = |action: &str| {
        format!(
            "{}{}",
            entry("action install \"入れる\" {\n① x\n② y\n}"),
            entry(&format!("note [→{action}]")).replace("entry a", "entry b")
        )
    };
    for good in ["a/install", "a/1", "a/①", "a/2", "a/1.2"] {
        says(&text(good), &[]);
    }
    says(&text("a/instal"), &["F0216 項目「a」に対応策「instal」はありません / 「install」のことですか"]);
    says(&text("a/9"), &["この項目の対応策: install、2"]);
    says(&entry("note [→対応策:1]"), &[]);
}

#[test]
fn missing_texts_and_contents_are_reported() {
    says("entry a {\nsymptom fails\nnote 備考\n}\n", &["F0219 項目には、名前と題名の両方を書きます"]);
    says("entry 「見出し」 {\nsymptom fails\nnote 備考\n}\n", &[]);
    says("symptom b\n", &["F0219 事象には、名前と題名の両方を書きます"]);
    says("entry a A {\nsymptom fails\n}\n", &["F0220"]);
}

#[test]
fn broken_lines_are_not_reported_as_missing() {
    says("entry a A {\nsymptom 「閉じない\n}\n", &["F01"]);
}

#[test]
fn an_entry_does_not_refer_to_itself() {
    says(&entry("see a"), &["F0222"]);
    says(&entry("action x {\n> s\nthen a\n}"), &["F0222"]);
    says(&entry("otherwise entry a"), &["F0222"]);
}

#[test]
fn wordings_in_place_are_shared_and_compared() {
    let text = format!(
        "{}{}",
        entry("symptom 「画面が出ない」"),
        entry("symptom 「画面が出ない」").replace("entry a", "entry b")
    );
    says(&text, &[]);
    says(
        &entry("symptom 「送信に　失敗する」"),
        &[
            "F0223 事象「送信に　失敗する」は、宣言済みの「送信に失敗する」とほぼ同じです / 宣言はここです @1 / 同じ事象なら「送信に失敗する」と書きます",
        ],
    );
    says(&entry("symptom 「受信に失敗する」"), &[]);
}

#[test]
fn categories_that_nearly_agree_are_reported() {
    let two = |first: &str, second: &str| {
        let second = entry(&format!("category {second}")).replace("entry a", "entry b");
        format!("{}{second}", entry(&format!("category {first}")))
    };
    says(&two("ログイン ＞ サーバーのエラー", "ログイン > サーバーのエラー"), &[]);
    says(
        &two("サーバーのエラー", "サーバのエラー"),
        &["F0224 分類「サーバのエラー」は、ほかで「サーバーのエラー」と書かれています"],
    );
    says(&two("各種エラー", "各種 エラー"), &["F0224"]);
    says(&two("送信時のエラー", "受信時のエラー"), &[]);
}

#[test]
fn tables_decide_listed_facts_once() {
    let risk = "fact risk : one of { high low }\nfact n : number 0..\n";
    let table = "table t decides risk first {\nn | risk\n< 5 | high\n- | low\n}\n";
    let case = compile(&format!("{risk}{table}"));
    case.says(&[]);
    let rules = case.model.facts.iter().find_map(|fact| fact.derived.as_ref().map(Vec::len));
    assert_eq!((rules, case.model.conditions.len(), case.types.values.len()), (Some(2), 1, 2));
    says(&format!("{risk}{table}{table}"), &["F0206 判定表「t」", "F0225"]);
    says(&format!("{risk}{}", table.replace("decides risk", "decides n").replace("| risk", "| n")), &["F0226"]);
    says(&format!("{risk}{}", table.replace("n | risk", "risk | n")), &["F0230"]);
    says(&format!("{risk}{}", table.replace("n | risk", "m | risk")), &["F0201"]);
}

#[test]
fn facts_list_values_if_their_type_does() {
    says("fact a : yes/no {\nvalue x \"X\"\n}\n", &["F0228"]);
}

#[test]
fn tests_are_resolved() {
    says(&format!("{}test 試験 {{\ngiven fails\nexpect entry a\n}}\n", entry("")), &[]);
    says("test 試験 {\ngiven fails\n}\n", &["F0229"]);
    says("test 試験 {\ngiven 「送信に失敗する」\nexpect contact nobody\n}\n", &["F0201"]);
}

#[test]
fn targets_keep_what_was_found() {
    let case = compile(&format!("{SYMPTOM}{}", entry("number 3\nnote [→No.3-4] No.3")));
    case.says(&["F0210", "F0222"]);
    let entry = case.model.entries.ids().next().map(|id| &case.model.entries[id]);
    let refs: Vec<_> = entry.iter().flat_map(|entry| &entry.notes).map(|step| format!("{:?}", step.kind)).collect();
    assert!(refs.concat().contains("bare: true") && refs.concat().contains("bare: false"));
    assert_ne!(Target::Error, Target::Entries(vec![Id::new(0)]));
}

#[test]
fn the_default_contact_is_looked_up() {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let file = sources.add("faq.toml", "default-contact = \"helpdesc\"\n");
    let text = sources.add("a.faq", "contact helpdesk \"窓口\"\n");
    let ast = parse_file(text, &sources, &mut diagnostics);
    let contact = Some(("helpdesc".to_owned(), Span::new(file, 19..27)));
    let config = Config { default_contact: contact, ..Config::default() };
    let model = super::resolve(&[&ast], &config, &sources, &mut diagnostics);
    let types = Types::default();
    Case { sources, model, types, findings: diagnostics.into_vec() }.says(&["「helpdesk」（窓口）のことですか"]);
}

#[test]
fn the_knowledge_base_of_the_repository_resolves() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("kb/careplan");
    let mut files = Vec::new();
    for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.ends_with(".faq") {
            files.push((name, std::fs::read_to_string(file.path()).unwrap_or_default()));
        }
    }
    files.sort();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let case = compile_files(&files);
    let names = |shown: &String| shown.starts_with("F02");
    assert_eq!(case.shown().into_iter().filter(names).collect::<Vec<_>>(), Vec::<String>::new());
}
