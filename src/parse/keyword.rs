//! The keywords, and which block knows which: the one table of statements.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::Rule;
use super::cursor::parse_rule;
use crate::language::Language;
use crate::model::fold_name;
use crate::source::{FileId, Span};

macro_rules! keywords {
    ($($name:ident $rule:ident $ja:literal $en:literal)*) => {
        /// A word that makes a line a statement.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Keyword { $($name),* }

        impl Keyword {
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),*];

            fn of_rule(rule: Rule) -> Option<Self> {
                match rule { $(Rule::$rule => Some(Self::$name),)* _ => None }
            }

            /// The spelling that messages use.
            pub(crate) fn spelling(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::Japanese) => $ja, (Self::$name, Language::English) => $en,)*
                }
            }
        }
    };
}

keywords! {
    Entry kw_entry "項目" "entry"             Symptom kw_symptom "事象" "symptom"
    Fact kw_fact "事実" "fact"                Define kw_define "定義" "define"
    Derive kw_derive "導出" "derive"          Table kw_table "判定表" "table"
    Assume kw_assume "前提" "assume"          Document kw_document "文書" "document"
    Link kw_link "リンク" "link"              Contact kw_contact "連絡先" "contact"
    ContactTo kw_contact_to "連絡" "contact"  Term kw_term "用語" "term"
    Text kw_text "文言" "text"                Test kw_test "試験" "test"
    Number kw_number "番号" "number"          Formerly kw_formerly "旧名" "formerly"
    Category kw_category "分類" "category"    When kw_when "条件" "when"
    Fallback kw_fallback "予備" "fallback"    Before kw_before "先行" "before"
    Overrides kw_overrides "打ち消し" "overrides" Cause kw_cause "要因" "cause"
    Action kw_action "対応策" "action"        Do kw_do "実施" "do"
    See kw_see "参照" "see"                   Note kw_note "備考" "note"
    Otherwise kw_otherwise "解決しない場合" "otherwise" Else kw_else "それ以外" "else"
    Weight kw_weight "重み" "weight"          Review kw_review "見直し" "review"
    Updated kw_updated "更新" "updated"       Owner kw_owner "担当" "owner"
    Name kw_name "名前" "name"                Finds kw_finds "判明" "finds"
    Sets kw_sets "結果" "sets"                Recheck kw_recheck "再確認" "recheck"
    Then kw_then "次" "then"                  After kw_after "後" "after"
    Solved kw_solved "解決確認" "solved"      Likely kw_likely "見込み" "likely"
    Takes kw_takes "所要" "takes"             Message kw_message "表示" "message"
    During kw_during "場面" "during"          Also kw_also "言い換え" "also"
    SameAs kw_same_as "同様" "same-as"        KindOf kw_kind_of "一種" "kind-of"
    Order kw_order "順序" "order"             Policy kw_policy "方針" "policy"
    Ask kw_ask "質問" "ask"                   Check kw_check "確認" "check"
    Shows kw_shows "表示" "shows"             OnlyWhen kw_only_when "対象" "only when"
    IfUnknown kw_if_unknown "不明なら" "if unknown" Value kw_value "値" "value"
    Section kw_section "章" "section"         Url kw_url "URL" "url"
    Where kw_where "掲載" "where"             Tel kw_tel "電話" "tel"
    Mail kw_mail "メール" "mail"              Hours kw_hours "受付" "hours"
    Tell kw_tell "伝達" "tell"                Avoid kw_avoid "避ける" "avoid"
    Meaning kw_meaning "意味" "meaning"       Reading kw_reading "読み" "reading"
    Given kw_given "与件" "given"             Expect kw_expect "期待" "expect"
    Allow kw_allow "許容" "allow"
}

/// What a brace pair encloses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Block {
    File,
    Entry,
    Cause,
    Action,
    Branch,
    Symptom,
    Fact,
    Derive,
    Table,
    Document,
    Contact,
    Term,
    Text,
    Test,
    /// Of a statement that was not understood.
    Unknown,
}

/// Whether a statement opens a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opens {
    Never,
    May(Block),
    Must(Block),
}

/// The statements of a block.
pub(crate) fn statements(block: Block) -> &'static [(Keyword, Opens)] {
    use Keyword as K;
    use Opens::{May, Must, Never};
    match block {
        Block::File => &[
            (K::Entry, Must(Block::Entry)),
            (K::Symptom, May(Block::Symptom)),
            (K::Fact, May(Block::Fact)),
            (K::Define, Never),
            (K::Derive, May(Block::Derive)),
            (K::Table, Must(Block::Table)),
            (K::Assume, Never),
            (K::Document, May(Block::Document)),
            (K::Link, Never),
            (K::Contact, May(Block::Contact)),
            (K::Term, May(Block::Term)),
            (K::Text, Must(Block::Text)),
            (K::Test, Must(Block::Test)),
            (K::Allow, Never),
        ],
        Block::Entry => &[
            (K::Number, Never),
            (K::Formerly, Never),
            (K::Category, Never),
            (K::Symptom, May(Block::Symptom)),
            (K::When, Never),
            (K::Fallback, Never),
            (K::Before, Never),
            (K::Overrides, Never),
            (K::Cause, May(Block::Cause)),
            (K::Action, May(Block::Action)),
            (K::Do, Never),
            (K::See, Never),
            (K::Note, Never),
            (K::Otherwise, Never),
            (K::Contact, Never),
            (K::ContactTo, Never),
            (K::Weight, Never),
            (K::Review, Never),
            (K::Updated, Never),
            (K::Owner, Never),
            (K::Allow, Never),
        ],
        Block::Cause => {
            &[(K::When, Never), (K::Action, May(Block::Action)), (K::Do, Never), (K::See, Never), (K::Note, Never)]
        }
        Block::Action => &[
            (K::Name, Never),
            (K::When, May(Block::Branch)),
            (K::Else, Must(Block::Branch)),
            (K::Action, May(Block::Action)),
            (K::Finds, Never),
            (K::Sets, Never),
            (K::Recheck, Never),
            (K::Then, Never),
            (K::Contact, Never),
            (K::ContactTo, Never),
            (K::After, Never),
            (K::Do, Never),
            (K::See, Never),
            (K::Solved, Never),
            (K::Likely, Never),
            (K::Takes, Never),
            (K::Note, Never),
        ],
        Block::Branch => &[
            (K::When, May(Block::Branch)),
            (K::Else, Must(Block::Branch)),
            (K::Note, Never),
            (K::See, Never),
            (K::Contact, Never),
            (K::ContactTo, Never),
            (K::Do, Never),
        ],
        Block::Symptom => &[
            (K::Message, Never),
            (K::During, Never),
            (K::Also, Never),
            (K::SameAs, Never),
            (K::KindOf, Never),
            (K::Order, Never),
            (K::Policy, Never),
            (K::Formerly, Never),
            (K::Note, Never),
            (K::Allow, Never),
        ],
        Block::Fact => &[
            (K::Ask, Never),
            (K::Check, Must(Block::Branch)),
            (K::Message, Never),
            (K::Shows, Never),
            (K::OnlyWhen, Never),
            (K::IfUnknown, Never),
            (K::Value, Never),
            (K::Takes, Never),
            (K::Note, Never),
            (K::Formerly, Never),
            (K::Allow, Never),
        ],
        Block::Document => {
            &[(K::Section, Never), (K::Url, Never), (K::Where, Never), (K::Note, Never), (K::Allow, Never)]
        }
        Block::Contact => &[
            (K::Url, Never),
            (K::Tel, Never),
            (K::Mail, Never),
            (K::Hours, Never),
            (K::Tell, Never),
            (K::Takes, Never),
            (K::Note, Never),
            (K::Allow, Never),
        ],
        Block::Term => &[(K::Avoid, Never), (K::Meaning, Never), (K::Reading, Never), (K::Allow, Never)],
        Block::Test => &[(K::Given, Never), (K::Expect, Never), (K::Allow, Never)],
        // Among cells and cases an exception is told by its shape.
        Block::Derive | Block::Table | Block::Text | Block::Unknown => &[],
    }
}

impl Keyword {
    /// Whether its argument is prose or phrases, in which a brace is a plain character.
    pub(crate) fn takes_prose(self) -> bool {
        use Keyword as K;
        matches!(
            self,
            K::Note
                | K::Owner
                | K::Solved
                | K::Message
                | K::Shows
                | K::During
                | K::Also
                | K::Ask
                | K::Where
                | K::Tel
                | K::Mail
                | K::Hours
                | K::Tell
                | K::Avoid
                | K::Meaning
                | K::Reading
                | K::Category
                | K::Allow
        )
    }
}

impl Keyword {
    /// Whether its text may go on in `|` lines.
    pub(crate) fn may_go_on(self) -> bool {
        use Keyword as K;
        let is_in_one_line = matches!(self, K::Shows | K::Also | K::Avoid | K::Category | K::Allow);
        self == K::Cause || (self.takes_prose() && !is_in_one_line)
    }
}

impl Block {
    /// How a statement stands to this block; `None` when it does not belong here.
    pub(crate) fn opens(self, keyword: Keyword) -> Option<Opens> {
        statements(self).iter().find(|(known, _)| *known == keyword).map(|(_, opens)| *opens)
    }

    /// Whether its lines are cells or cases, not statements.
    pub(crate) fn is_raw(self) -> bool {
        matches!(self, Self::Derive | Self::Table | Self::Text)
    }

    /// Whether unmarked lines are prose here.
    pub(crate) fn takes_steps(self) -> bool {
        matches!(self, Self::Action | Self::Branch)
    }

    /// Key of the words that say where its lines stand.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::File => "in-file",
            Self::Entry => "in-entry",
            Self::Cause => "in-cause",
            Self::Action => "in-action",
            Self::Branch => "in-branch",
            Self::Symptom => "in-symptom",
            Self::Fact => "in-fact",
            Self::Derive => "in-derive",
            Self::Table => "in-table",
            Self::Document => "in-document",
            Self::Contact => "in-contact",
            Self::Term => "in-term",
            Self::Text => "in-text",
            Self::Test => "in-test",
            Self::Unknown => "in-block",
        }
    }

    /// Every block that a statement may belong to, except those for things not understood.
    pub(crate) const ALL: &'static [Self] = &[
        Self::File,
        Self::Entry,
        Self::Cause,
        Self::Action,
        Self::Branch,
        Self::Symptom,
        Self::Fact,
        Self::Document,
        Self::Contact,
        Self::Term,
        Self::Test,
    ];
}

/// Words looked up before; what is not a keyword is remembered up to this many words.
const REMEMBERED: usize = 4096;

thread_local! {
    static LOOKED_UP: RefCell<FxHashMap<String, Option<Keyword>>> = RefCell::default();
}

/// The keyword a word is, by the grammar's spellings.
pub(crate) fn find_keyword(word: &str) -> Option<Keyword> {
    LOOKED_UP.with_borrow_mut(|known| {
        if let Some(found) = known.get(word) {
            return *found;
        }
        let found = parse_keyword(word);
        if known.len() < REMEMBERED {
            known.insert(word.to_owned(), found);
        }
        found
    })
}

fn parse_keyword(word: &str) -> Option<Keyword> {
    let folded = fold_name(word);
    let span = Span::new(FileId(0), 0..folded.len());
    let node = parse_rule(Rule::keyword, &folded, span).ok()?;
    Keyword::of_rule(node.first()?.rule())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_in_messages_is_one_the_grammar_knows() {
        for keyword in Keyword::ALL {
            for language in [Language::Japanese, Language::English] {
                let spelling = keyword.spelling(language);
                let word = spelling.split(' ').next().expect("a spelling is not empty");
                let found = find_keyword(word);
                let shared = matches!(
                    (keyword, found),
                    (Keyword::Shows, Some(Keyword::Message)) | (Keyword::ContactTo, Some(Keyword::Contact))
                );
                assert!(found == Some(*keyword) || shared, "{spelling} is read as {found:?}");
            }
        }
    }

    #[test]
    fn full_width_letters_spell_keywords() {
        assert_eq!(find_keyword("ｅｎｔｒｙ"), Some(Keyword::Entry));
        assert_eq!(find_keyword("Entry"), None);
    }
}
