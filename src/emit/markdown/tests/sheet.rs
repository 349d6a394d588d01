//! What a reader of the original sheet looks for, and finds.

use super::*;

const SHEET: &str = r#"
事象 失敗 "送信に失敗する" {
  表示 「失敗しました（コード：｛コード｝）」
  場面 データ送信
}
事実 回数 : 数値 0.. 単位 回 { 質問 何回ですか？ }
事実 日数 : 数値 0..30 刻み 0.5 単位 日 { 質問 何日ですか？ }
事実 枚数 : 数値 単位 枚 { 質問 何枚ですか？ }
項目 a 失敗が少ない {
  番号 5
  事象 失敗
  条件 回数 ５回未満、日数 0.5日未満
  要因 通信が切れている
  要因 設定が古い {
    条件 枚数 ３枚以上
    対応策 直す "直す" {
      ＞ 直します。
    }
    ※ 要因の備考
  }
  対応策 入れる "証明書を入れる" {
    後 直す
    ＞ No.５〜７とNo.5とNo.7を見ます。
    ``` 入力
    del a | b
    ```
    参照 No.6
    結果 回数 ＝ ０回
    連絡 窓口
    次 No.6、No.7
    解決確認 送信できましたか？
    所要 5分
    見込み 60%
  }
  備考 項目の備考
  参照 No.7
  先行 No.6
  解決しない場合 連絡 窓口
}
項目 b 打ち消す {
  番号 6
  事象 失敗
  打ち消し No.5
  要因 ひとつだけ
  対応策 x {
    ＞ 待ちます。
  }
}
項目 c 予備の項目 {
  番号 7
  事象 失敗
  予備
  連絡 窓口
}
連絡先 窓口 "ヘルプデスク" {
  電話 03
}
"#;

fn row(pages: &BTreeMap<String, String>, number: u32) -> Vec<String> {
    let index = &pages["markdown/index.md"];
    let start = format!("| [{number}](");
    let row = index.lines().find(|line| line.starts_with(&start)).expect("each entry has a row");
    row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
}

#[test]
fn a_row_of_the_sheet_loses_nothing() {
    let pages = check(&compile(Language::Japanese, SHEET));
    let cells = row(&pages, 5);
    let remedy = [
        "要因：<br>・通信が切れている<br>・設定が古い（[枚数](facts.md#fact.枚数)：3枚以上）<br>※ 要因の備考",
        "<strong>[1 直す](entries/a.md#action.1)</strong>（要因：設定が古い）<br>1. 直します。",
        "<strong>[2 証明書を入れる](entries/a.md#action.2)</strong>",
        "1. No.５〜７（No.5、[No.6](entries/b.md)、[No.7](entries/c.md)）とNo.5と[No.7](entries/c.md)を見ます。",
        "入力するコマンド：<br>del a &#124; b",
        "先に試すこと：[対応策1](entries/a.md#action.1)",
        "連絡先：[ヘルプデスク](contacts.md#contact.窓口)",
        "次に見る項目（当てはまるもの）：[No.6 打ち消す](entries/b.md)、[No.7 予備の項目](entries/c.md)",
        "参照：[No.6 打ち消す](entries/b.md)",
        "解決の確認：送信できましたか？<br>解決の見込み：60%<br>所要時間：5分",
        "※ 項目の備考<br>参照：[No.7 予備の項目](entries/c.md)",
        "解決しない場合：[ヘルプデスク](contacts.md#contact.窓口)",
    ];
    assert_eq!(cells[5], remedy.join("<br>"));
    let ends = "<br>場面：データ送信<br>当てはまる条件：[回数](facts.md#fact.回数)：5回未満 かつ \
                [日数](facts.md#fact.日数)：0.5日未満<br>次の項目より先に試します：[No.6 打ち消す](entries/b.md)";
    assert!(cells[4].ends_with(ends), "{}", cells[4]);
}

#[test]
fn a_fallback_says_so_and_whom_to_contact() {
    let pages = check(&compile(Language::Japanese, SHEET));
    let cells = row(&pages, 7);
    assert!(cells[4].ends_with("<br>予備：ほかの項目がどれも当てはまらない場合の項目です"), "{}", cells[4]);
    assert_eq!(cells[5], "[ヘルプデスク](contacts.md#contact.窓口)に連絡します。");
    let cells = row(&pages, 6);
    assert!(
        cells[4].ends_with("<br>この項目が当てはまる場合、次の項目は使いません：[No.5 失敗が少ない](entries/a.md)")
    );
    assert!(cells[5].starts_with("要因：ひとつだけ<br><strong>[1 x]"), "{}", cells[5]);
}

#[test]
fn a_value_that_is_set_is_that_value() {
    let pages = check(&compile(Language::Japanese, SHEET));
    assert!(pages["markdown/entries/a.md"].contains("* 実施後の状態：[回数](../facts.md#fact.回数)＝0回\n"));
}

#[test]
fn numbers_are_asked_for_with_range_step_and_unit() {
    let pages = check(&compile(Language::Japanese, SHEET));
    for line in ["* 答え：数（0回以上）\n", "* 答え：数（0〜30日、0.5日刻み）\n", "* 答え：数（単位：枚）\n"]
    {
        assert!(pages["markdown/facts.md"].contains(line), "{line}: {}", pages["markdown/facts.md"]);
    }
    let facts = "fact a : number 1..<10 unit kg\nfact b : number ..4\nfact c : number\n";
    let pages = check(&compile(Language::English, facts));
    for line in ["* Answers: a number (1 to 9 kg)\n", "* Answers: a number (at most 4)\n", "* Answers: a number\n"] {
        assert!(pages["markdown/facts.md"].contains(line), "{line}: {}", pages["markdown/facts.md"]);
    }
}
