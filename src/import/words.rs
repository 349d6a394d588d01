//! The keywords that imported files are written with, in the language of the sheet.

use crate::language::Language;

#[derive(Debug)]
pub struct Words {
    pub entry: &'static str,
    pub number: &'static str,
    pub category: &'static str,
    pub symptom: &'static str,
    pub message: &'static str,
    pub cause: &'static str,
    pub action: &'static str,
    pub note: &'static str,
    pub otherwise: &'static str,
    pub contact: &'static str,
    pub to_contact: &'static str,
    pub link: &'static str,
    pub document: &'static str,
    pub section: &'static str,
    pub step: &'static str,
    pub warning: &'static str,
    pub between: &'static str,
    /// Title of the help desk.
    pub help_desk: &'static str,
    pub untitled: &'static str,
    pub no_remedy: &'static str,
}

pub fn words(language: Language) -> &'static Words {
    match language {
        Language::Japanese => &JAPANESE,
        Language::English => &ENGLISH,
    }
}

const JAPANESE: Words = Words {
    entry: "項目",
    number: "番号",
    category: "分類",
    symptom: "事象",
    message: "表示",
    cause: "要因",
    action: "対応策",
    note: "※",
    otherwise: "解決しない場合",
    contact: "連絡先",
    to_contact: "連絡",
    link: "リンク",
    document: "文書",
    section: "章",
    step: ">",
    warning: "!",
    between: " > ",
    help_desk: "ヘルプデスク",
    untitled: "（題名なし）",
    no_remedy: "対応策は、まだ書かれていません。",
};

const ENGLISH: Words = Words {
    entry: "entry",
    number: "number",
    category: "category",
    symptom: "symptom",
    message: "message",
    cause: "cause",
    action: "action",
    note: "※",
    otherwise: "otherwise",
    contact: "contact",
    to_contact: "contact",
    link: "link",
    document: "document",
    section: "section",
    step: ">",
    warning: "!",
    between: " > ",
    help_desk: "help desk",
    untitled: "(no title)",
    no_remedy: "What to do has not been written yet.",
};
