//! Messages as programs show them, many of which differ in a word only.

use std::collections::BTreeSet;

use faqc::runtime::fold;
use faqc::table::Table;
use fastrand::Rng;
use serde_json::{Value, json};

const THINGS: &[&str] = &[
    "ファイル",
    "フォルダー",
    "電子証明書",
    "給付管理票",
    "ケアプランデータ",
    "設定ファイル",
    "利用者情報",
    "請求データ",
    "プリンター",
    "ライセンス",
    "パスワード",
    "ネットワークドライブ",
    "データベース",
    "バックアップ",
    "テンプレート",
    "ログファイル",
    "添付ファイル",
    "アカウント",
];
const DEEDS: &[&str] = &[
    "送信",
    "受信",
    "読み込み",
    "書き込み",
    "保存",
    "削除",
    "印刷",
    "更新",
    "取得",
    "登録",
    "暗号化",
    "復号",
    "検索",
    "変換",
    "同期",
    "接続",
    "認証",
    "圧縮",
];
const RESULTS: &[&str] = &[
    "に失敗しました。",
    "できませんでした。",
    "を中止しました。",
    "が完了していません。",
    "中にエラーが発生しました。",
    "がタイムアウトしました。",
    "は許可されていません。",
    "は既に実行されています。",
    "の途中で予期しない応答を受け取りました。",
];
const REASONS: &[&str] = &[
    "ディスクの空き容量が不足しています。",
    "ほかのプログラムが使用中です。",
    "有効期限が切れています。",
    "形式が正しくありません。",
    "アクセス権がありません。",
    "サーバーが応答しません。",
    "ネットワークに接続されていません。",
    "指定された名前は既に存在します。",
    "必須の項目が入力されていません。",
    "バージョンが古すぎます。",
    "署名を検証できません。",
    "文字コードが違います。",
];
const ADVICE: &[&str] = &[
    "再度実行してください。",
    "管理者に連絡してください。",
    "しばらくしてからやり直してください。",
    "設定を確認してください。",
    "コンピューターを再起動してください。",
    "",
    "ケーブルの接続を確認してください。",
    "最新版をインストールしてください。",
];
const ENGLISH: &[&str] =
    &["cannot be opened", "could not be saved", "is corrupt", "was not found", "is already in use", "has expired"];
const OBJECTS: &[&str] = &[
    "The file",
    "The certificate",
    "The database",
    "The connection",
    "The license",
    "The template",
    "The printer driver",
    "The session",
];
const TAILS: &[&str] = &[
    "Check the permissions.",
    "Try again later.",
    "Contact your administrator.",
    "Restart the computer.",
    "Free some disk space.",
    "",
];

/// So many different messages, the same ones each time.
pub fn generated(count: usize) -> Vec<String> {
    let mut rng = Rng::with_seed(11);
    let mut known = BTreeSet::new();
    let mut messages = Vec::new();
    while messages.len() < count {
        let text = message(&mut rng);
        if known.insert(fold(&text)) {
            messages.push(text);
        }
    }
    messages
}

fn message(rng: &mut Rng) -> String {
    let mut pick = |from: &'static [&'static str]| from[rng.usize(..from.len())];
    let (thing, deed, result, reason, advice) = (pick(THINGS), pick(DEEDS), pick(RESULTS), pick(REASONS), pick(ADVICE));
    let (object, english, tail) = (pick(OBJECTS), pick(ENGLISH), pick(TAILS));
    match rng.u8(..10) {
        0..5 => format!("{thing}の{deed}{result}{reason}{advice}"),
        5 => format!("エラー E{:04}：{thing}の{deed}{result}{advice}", rng.u16(..9999)),
        6 => format!("{reason}{thing}を{deed}する前に、{advice}"),
        7 => format!("「{thing}」の{deed}{result}（コード 0x8007{:04X}）", rng.u16(..)),
        8 => format!("{object} {english}. {tail} (error {})", rng.u16(..9999)),
        _ => format!("{object} {english}. {thing}の{deed}{result}"),
    }
}

/// A table with a symptom for each message.
pub fn table(messages: &[String], terms: Value) -> Table {
    let symptom = |(number, text): (usize, &String)| {
        let key = json!({"kind": "message", "text": text, "folded": [fold(text)]});
        json!({"id": format!("m{number}"), "title": [text], "keys": [key], "entries": [], "actions": []})
    };
    let symptoms: Vec<Value> = messages.iter().enumerate().map(symptom).collect();
    let table = json!({
        "format": "faqc-table", "version": 1, "title": "", "language": "ja", "questions": [], "facts": [],
        "contradiction": {"rows": []}, "conditions": [], "symptoms": symptoms, "entries": [], "actions": [], "terms": terms,
    });
    Table::from_json(table.to_string().as_bytes()).unwrap()
}
