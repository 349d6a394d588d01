//! The fixed words of a diff, in the two languages; refuses to know where they stand.

use super::matching::RenamedKind;
use super::{Diff, Effect, Thing, Undecided};
use crate::diff::Side;
use crate::language::Language;

/// A name in quotation marks.
pub fn quoted(name: &str, language: Language) -> String {
    match language {
        Language::Japanese => format!("「{name}」"),
        Language::English => format!("“{name}”"),
    }
}

/// What kind of thing it is, before its name.
pub fn kind(thing: Thing, language: Language) -> &'static str {
    let (ja, en) = match thing {
        Thing::KnowledgeBase => ("知識ベース", "knowledge base"),
        Thing::Entry(_) => ("項目", "entry"),
        Thing::Action(_) => ("対応策", "action"),
        Thing::Symptom(_) => ("事象", "symptom"),
        Thing::Fact(_) => ("質問", "question"),
        Thing::Document(_) => ("文書", "document"),
        Thing::Section(_) => ("章", "section"),
        Thing::Link(_) => ("リンク", "link"),
        Thing::Contact(_) => ("連絡先", "contact"),
        Thing::Term(_) => ("用語", "term"),
    };
    pick(language, ja, en)
}

pub fn renamed_kind(kind: RenamedKind, language: Language) -> &'static str {
    let (ja, en) = match kind {
        RenamedKind::Entry => ("項目", "entry"),
        RenamedKind::Symptom => ("事象", "symptom"),
        RenamedKind::Fact => ("事実", "fact"),
        RenamedKind::Document => ("文書", "document"),
        RenamedKind::Link => ("リンク", "link"),
        RenamedKind::Contact => ("連絡先", "contact"),
        RenamedKind::Term => ("用語", "term"),
    };
    pick(language, ja, en)
}

pub fn pick(language: Language, ja: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Japanese => ja,
        Language::English => en,
    }
}

/// With its kind, and for an action with its entry: 「項目「No.10 …」の対応策「…」」.
pub fn named(diff: &Diff<'_>, thing: Thing, language: Language) -> String {
    let name = quoted(&diff.title(thing), language);
    let said = match language {
        Language::Japanese => format!("{}{name}", kind(thing, language)),
        Language::English => format!("{} {name}", kind(thing, language)),
    };
    let Thing::Action(action) = thing else { return said };
    match (diff.entry_of(action), language) {
        (Some(entry), Language::Japanese) => format!("{}の{said}", quoted(&diff.title(Thing::Entry(entry)), language)),
        (Some(entry), Language::English) => format!("{said} of {}", quoted(&diff.title(Thing::Entry(entry)), language)),
        (None, _) => said,
    }
}

/// What changes, as a sentence without its end.
pub fn effect(diff: &Diff<'_>, effect: Effect, language: Language) -> String {
    let entry = |twin| quoted(&diff.title(Thing::Entry(twin)), language);
    let action = |twin| quoted(&diff.title(Thing::Action(twin)), language);
    match (effect, language) {
        (Effect::Shown(it), Language::Japanese) => format!("{}を案内するようになりました", entry(it)),
        (Effect::Shown(it), Language::English) => format!("{} applies now", entry(it)),
        (Effect::Hidden(it), Language::Japanese) => format!("{}は案内しなくなりました", entry(it)),
        (Effect::Hidden(it), Language::English) => format!("{} no longer applies", entry(it)),
        (Effect::Before(a, b), Language::Japanese) => {
            format!("{}を{}より先に案内するようになりました", entry(a), entry(b))
        }
        (Effect::Before(a, b), Language::English) => format!("{} now comes before {}", entry(a), entry(b)),
        (Effect::Offered(it, a), Language::Japanese) => {
            format!("{}で、対応策{}を案内するようになりました", entry(it), action(a))
        }
        (Effect::Offered(it, a), Language::English) => format!("{} now offers {}", entry(it), action(a)),
        (Effect::Withdrawn(it, a), Language::Japanese) => {
            format!("{}で、対応策{}は案内しなくなりました", entry(it), action(a))
        }
        (Effect::Withdrawn(it, a), Language::English) => format!("{} no longer offers {}", entry(it), action(a)),
        (Effect::ActionBefore(it, a, b), Language::Japanese) => {
            format!("{}で、対応策{}を{}より先に案内するようになりました", entry(it), action(a), action(b))
        }
        (Effect::ActionBefore(it, a, b), Language::English) => {
            format!("in {}, {} now comes before {}", entry(it), action(a), action(b))
        }
    }
}

pub fn undecided(diff: &Diff<'_>, what: &Undecided, language: Language) -> String {
    let side = |side: &Side| match side {
        Side::Old => pick(language, "前の版", "the old version"),
        Side::New => pick(language, "新しい版", "the new version"),
    };
    match (what, language) {
        (Undecided::Derived(it), Language::Japanese) => {
            format!("{}の導出された事実が大きすぎるため、条件を比べられませんでした", side(it))
        }
        (Undecided::Derived(it), Language::English) => {
            format!("a derived fact of {} is too large, so that conditions could not be compared", side(it))
        }
        (Undecided::Situations, Language::Japanese) => {
            "一方の版だけが想定する状況があるかどうかは、判定できませんでした".to_owned()
        }
        (Undecided::Situations, Language::English) => {
            "it could not be decided whether only one version knows some situations".to_owned()
        }
        (Undecided::Text(thing), Language::Japanese) => {
            format!("{}の文言が変わるかどうかは、判定できませんでした", named(diff, *thing, language))
        }
        (Undecided::Text(thing), Language::English) => {
            format!("it could not be decided whether the text of the {} changes", named(diff, *thing, language))
        }
        (Undecided::Symptom(twin), Language::Japanese) => {
            format!("{}で何が変わるかは、判定しきれませんでした", named(diff, Thing::Symptom(*twin), language))
        }
        (Undecided::Symptom(twin), Language::English) => format!(
            "it could not be fully decided what changes for the {}",
            named(diff, Thing::Symptom(*twin), language)
        ),
    }
}

/// 「24 通りのうち 2 通り」.
pub fn count(count: super::Count, language: Language) -> String {
    match language {
        Language::Japanese => format!("{} 通りのうち {} 通り", count.all, count.of),
        Language::English => format!("{} of {} situations", count.of, count.all),
    }
}
