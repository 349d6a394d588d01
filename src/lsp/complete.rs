//! What may be written at a place: keywords of the block in the file's language, names of the kind that the line takes,
//! values of the fact that is compared, sections of the document that is named.

use lsp_types::{CompletionItem, CompletionItemKind, CompletionList, Documentation, MarkupContent, MarkupKind};

use super::book::Book;
use super::gloss::gloss;
use super::items::{name_of, title_of};
use super::mention::Thing;
use super::page::Page;
use crate::ast::{Item, TypeKind};
use crate::language::Language;
use crate::model::{Kind, fold_name};
use crate::parse::keyword::{Block, Keyword, Opens, find_keyword, statements};
use crate::parse::rows::{Body, Row, Shape};

/// So many are offered at once; more typing narrows them down.
const MOST: usize = 200;

pub fn complete(book: &Book, page: &Page, offset: u32) -> CompletionList {
    let before = page.text.get(..offset as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("").trim_start();
    let mut offers = Offers { typed: String::new(), items: Vec::new(), is_incomplete: false };
    let block = block_at(page, offset);
    if let Some(inside) = open_reference(line) {
        reference(book, inside, &mut offers);
    } else if let Some((word, rest)) = cut_keyword(line) {
        argument(book, page, block, word, rest, &mut offers);
    } else {
        offers.typed = fold_name(line.trim_start_matches(['}', '｝', ' '])).into_owned();
        keywords(block, block_language(page, offset), &mut offers);
    }
    CompletionList { is_incomplete: offers.is_incomplete, items: offers.items }
}

struct Offers {
    /// What is typed of it so far, folded.
    typed: String,
    items: Vec<CompletionItem>,
    is_incomplete: bool,
}

impl Offers {
    fn add(&mut self, label: &str, kind: CompletionItemKind, detail: &str) {
        let is_meant = || fold_name(label).to_lowercase().contains(&self.typed.to_lowercase());
        if !self.typed.is_empty() && !is_meant() && !detail.contains(&self.typed) {
            return;
        }
        if self.items.len() == MOST {
            self.is_incomplete = true;
            return;
        }
        let detail = (!detail.is_empty()).then(|| detail.to_owned());
        self.items.push(CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            detail,
            ..CompletionItem::default()
        });
    }

    /// Words of the language itself.
    fn add_words(&mut self, words: &[&str]) {
        words.iter().for_each(|word| self.add(word, CompletionItemKind::KEYWORD, ""));
    }
}

/// The language of the keyword that opens the block around a place; at top level that of the file.
fn block_language(page: &Page, offset: u32) -> Language {
    let until = page.rows.partition_point(|row| row.span.start < offset);
    let start = page.text.get(..offset as usize).unwrap_or("").rfind('\n').map_or(0, |at| at + 1);
    let mut depth = usize::MAX;
    for row in page.rows.get(..until).unwrap_or(&[]).iter().rev().filter(|row| (row.span.start as usize) < start) {
        if let (Shape::Statement(statement), Body::Block { .. }) = (&row.shape, body_of(row))
            && row.depth < depth
        {
            return if page.slice(statement.word).is_ascii() { Language::English } else { Language::Japanese };
        }
        if matches!(row.shape, Shape::Close { .. }) {
            depth = depth.min(row.depth);
        }
        if row.depth == 0 && matches!(row.shape, Shape::Close { .. }) {
            break;
        }
    }
    language_of(page)
}

fn body_of(row: &Row) -> &Body {
    match &row.shape {
        Shape::Statement(statement) => &statement.body,
        _ => &Body::None,
    }
}

/// The block that encloses a place.
pub fn block_at(page: &Page, offset: u32) -> Block {
    let until = page.rows.partition_point(|row| row.span.start < offset);
    let start = page.text.get(..offset as usize).unwrap_or("").rfind('\n').map_or(0, |at| at + 1);
    let before = page.rows.get(..until).unwrap_or(&[]).iter().rev();
    let Some(row) = before.clone().find(|row| (row.span.start as usize) < start) else { return Block::File };
    match &row.shape {
        Shape::Statement(statement) if matches!(statement.body, Body::Block { .. }) => opened(row, statement.keyword),
        Shape::Close { .. } => before
            .clone()
            .skip_while(|other| !std::ptr::eq(*other, row))
            .find(|other| other.depth < row.depth)
            .map_or(Block::File, |outer| match &outer.shape {
                Shape::Statement(statement) => opened(outer, statement.keyword),
                _ => Block::File,
            }),
        _ => row.block,
    }
}

fn opened(row: &Row, keyword: Keyword) -> Block {
    match row.block.opens(keyword) {
        Some(Opens::May(block) | Opens::Must(block)) => block,
        Some(Opens::Never) | None => row.block,
    }
}

/// Japanese when more of the file's keywords are.
pub fn language_of(page: &Page) -> Language {
    let words = page.rows.iter().filter_map(|row| match &row.shape {
        Shape::Statement(statement) => Some(page.slice(statement.word).is_ascii()),
        _ => None,
    });
    let (mut ascii, mut wide) = (0, 0);
    words.take(1000).for_each(|is_ascii| if is_ascii { ascii += 1 } else { wide += 1 });
    let is_english = ascii > wide || (ascii == wide && page.text.is_ascii());
    if is_english { Language::English } else { Language::Japanese }
}

fn keywords(block: Block, language: Language, offers: &mut Offers) {
    for (keyword, _) in statements(block) {
        let before = offers.items.len();
        offers.add(keyword.spelling(language), CompletionItemKind::KEYWORD, "");
        if let Some(item) = offers.items.get_mut(before) {
            let said = gloss(*keyword, block, language).map(|found| found.markdown(language));
            item.documentation =
                said.map(|value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }));
        }
    }
    offers.items.dedup_by(|one, other| one.label == other.label);
}

/// The keyword of a line and what is typed behind it.
fn cut_keyword(line: &str) -> Option<(Keyword, &str)> {
    let line = line.trim_start_matches(['}', '｝', ' ']);
    let end = line.find(char::is_whitespace)?;
    let (word, rest) = line.split_at(end);
    Some((find_keyword(word.trim_end_matches([':', '：']))?, rest.trim_start()))
}

/// What is typed of a reference that is not closed yet.
fn open_reference(line: &str) -> Option<&str> {
    let at = line.rfind(['[', '［'])?;
    let inside = line.get(at..)?.trim_start_matches(['[', '［']);
    let arrow = ["→", "⇒", "->", "=>", "@", "＠"].into_iter().find_map(|arrow| inside.strip_prefix(arrow))?;
    (!arrow.contains([']', '］'])).then_some(arrow)
}

fn reference(book: &Book, inside: &str, offers: &mut Offers) {
    let inside = inside.trim_start();
    if let Some((document, typed)) = inside.split_once([' ', '\u{3000}']) {
        offers.typed = fold_name(typed.trim_start()).into_owned();
        return sections(book, &fold_name(document), offers);
    }
    if let Some((entry, typed)) = inside.split_once(['/', '／']) {
        offers.typed = fold_name(typed).into_owned();
        return actions(book, &fold_name(entry), offers);
    }
    offers.typed = fold_name(inside).into_owned();
    names(book, &Kind::ALL, offers);
}

fn argument(book: &Book, page: &Page, block: Block, keyword: Keyword, rest: &str, offers: &mut Offers) {
    use Keyword as K;
    let separators = |c: char| c.is_whitespace() || "、,，(（!！{｛".contains(c);
    let typed = rest.rsplit(separators).next().unwrap_or("");
    offers.typed = fold_name(typed).into_owned();
    match keyword {
        K::Symptom if block == Block::Entry => names(book, &[Kind::Symptom], offers),
        K::SameAs | K::KindOf => names(book, &[Kind::Symptom], offers),
        K::Before | K::Overrides | K::Then | K::Order => names(book, &[Kind::Entry], offers),
        K::Otherwise | K::IfUnknown if rest.contains(['=', '＝']) => own_values(book, page, rest, offers),
        K::Otherwise | K::IfUnknown => way_out(book, rest, offers),
        K::Contact | K::ContactTo if block != Block::File => names(book, &[Kind::Contact], offers),
        K::Finds | K::Recheck => names(book, &[Kind::Fact], offers),
        K::When | K::OnlyWhen | K::Assume | K::Define | K::Sets | K::Given | K::Check | K::Else => {
            condition(book, rest, offers);
            if keyword == K::Given {
                names(book, &[Kind::Symptom], offers);
            }
        }
        K::See => reference(book, rest.rsplit(['、', ',', '，']).next().unwrap_or("").trim_start(), offers),
        K::Do | K::After => match typed.split_once(['/', '／']) {
            Some((entry, typed)) => {
                offers.typed = fold_name(typed).into_owned();
                actions(book, &fold_name(entry), offers);
            }
            None => names(book, &[Kind::Entry], offers),
        },
        K::Expect => expectation(book, rest, offers),
        K::Table | K::Text => names(book, &[Kind::Fact], offers),
        K::Allow => crate::diag::Code::ALL
            .iter()
            .filter(|code| code.severity() != crate::diag::Severity::Error)
            .for_each(|code| offers.add(code.name(), CompletionItemKind::CONSTANT, code.id())),
        _ => {}
    }
}

/// A contact, or an entry if the line says so.
fn way_out(book: &Book, rest: &str, offers: &mut Offers) {
    match rest.split_whitespace().next().filter(|_| rest.contains(char::is_whitespace)) {
        Some("連絡" | "contact") => names(book, &[Kind::Contact], offers),
        Some("項目" | "entry") => names(book, &[Kind::Entry], offers),
        Some(_) | None => {
            offers.add_words(if rest.is_ascii() && !rest.is_empty() {
                &["contact", "entry"]
            } else {
                &["連絡", "項目"]
            });
            names(book, &[Kind::Contact, Kind::Entry], offers);
        }
    }
}

/// What a test may expect, then what it is expected of.
fn expectation(book: &Book, rest: &str, offers: &mut Offers) {
    const JAPANESE: [&str; 9] = ["項目", "質問", "対応策", "除外", "該当", "確実", "可能", "連絡", "なし"];
    const ENGLISH: [&str; 9] =
        ["entry", "ask", "action", "excluded", "applies", "certain", "possible", "contact", "none"];
    match rest.split_whitespace().next().filter(|_| rest.contains(char::is_whitespace)) {
        Some("質問" | "ask") => names(book, &[Kind::Fact], offers),
        Some("連絡" | "contact" | "連絡先") => names(book, &[Kind::Contact], offers),
        Some("対応策" | "対応" | "action") => match offers.typed.clone().split_once(['/', '／']) {
            Some((entry, typed)) => {
                offers.typed = typed.to_owned();
                actions(book, &fold_name(entry), offers);
            }
            None => names(book, &[Kind::Entry], offers),
        },
        Some(_) => names(book, &[Kind::Entry], offers),
        None if !rest.is_empty() && rest.is_ascii() => offers.add_words(&ENGLISH),
        None => offers.add_words(&JAPANESE),
    }
}

/// Facts, or the values of the fact that the last comparison is about; after a complete test what joins it to another.
fn condition(book: &Book, rest: &str, offers: &mut Offers) {
    if let Some((fact, after)) = compared(rest) {
        let typed = after.rsplit(|c: char| c.is_whitespace() || "、,，{｛".contains(c)).next();
        offers.typed = fold_name(typed.unwrap_or("")).into_owned();
        return values(book, &fold_name(fact), offers);
    }
    let before = rest.trim_end_matches(|c: char| !c.is_whitespace());
    let last = before.split_whitespace().next_back().unwrap_or("");
    let is_open = last.ends_with(['、', ',', '(', '（']);
    let joins =
        ["かつ", "または", "もしくは", "ならば", "and", "or", "not", "implies", "when", "条件", "場合"].contains(&last);
    if last.is_empty() || is_open || joins {
        return names(book, &[Kind::Fact], offers);
    }
    match book.declaration(&Thing::Named(Kind::Fact, fold_name(last).into_owned())) {
        Some(_) if is_yes_no(book, &fold_name(last)) => offers.add_words(&["でない", "かつ", "または"]),
        Some(_) => offers.add_words(&["=", "in", "含む"]),
        None => offers.add_words(&["かつ", "または", "以上", "以下", "未満", "超"]),
    }
}

fn is_yes_no(book: &Book, fact: &str) -> bool {
    let Some(spot) = book.declaration(&Thing::Named(Kind::Fact, fact.to_owned())) else { return false };
    let Some(page) = book.pages.get(spot.page) else { return false };
    page.file.items.iter().any(|item| match item {
        Item::Fact(it) => it.name.span == spot.span && matches!(it.ty.kind, TypeKind::YesNo),
        Item::Define(it) => it.name.span == spot.span,
        _ => false,
    })
}

/// The fact before a comparison that has no value yet, and what is typed of that.
fn compared(rest: &str) -> Option<(&str, &str)> {
    const SIGNS: &[&str] = &["!=", "！＝", "≠", "==", "=", "＝", " has ", " in ", " is ", " 含む ", " は "];
    let (at, sign) =
        SIGNS.iter().filter_map(|sign| Some((rest.rfind(sign)?, sign))).max_by_key(|(at, sign)| at + sign.len())?;
    let after = rest.get(at + sign.len()..)?;
    let is_list = sign.trim() == "in" && !after.contains(['}', '｝']);
    let is_open = is_list || !after.trim_start().contains(|c: char| c.is_whitespace() || "、,，)）".contains(c));
    let fact = rest.get(..at)?.trim_end();
    let fact = fact.rsplit(|c: char| c.is_whitespace() || "、,，(（!！".contains(c)).next()?;
    (is_open && !fact.is_empty()).then_some((fact, after))
}

/// The values of the fact whose block the line stands in: for `if unknown = …`.
fn own_values(book: &Book, page: &Page, rest: &str, offers: &mut Offers) {
    let at = rest.as_ptr() as usize;
    let offset = at.saturating_sub(page.text.as_ptr() as usize) as u32;
    if let Some(Item::Fact(fact)) = super::items::item_at(page, offset) {
        values(book, &fold_name(page.slice(fact.name.span)), offers);
    }
}

fn names(book: &Book, kinds: &[Kind], offers: &mut Offers) {
    for page in &book.pages {
        for item in &page.file.items {
            let Some((kind, name)) = name_of(item).filter(|(kind, _)| kinds.contains(kind)) else { continue };
            offers.add(page.slice(name.span), icon(kind), title_of(item, page));
            if offers.is_incomplete {
                return;
            }
        }
    }
}

fn icon(kind: Kind) -> CompletionItemKind {
    match kind {
        Kind::Entry => CompletionItemKind::CLASS,
        Kind::Symptom => CompletionItemKind::EVENT,
        Kind::Fact => CompletionItemKind::VARIABLE,
        Kind::Document => CompletionItemKind::FILE,
        Kind::Link => CompletionItemKind::REFERENCE,
        Kind::Contact => CompletionItemKind::INTERFACE,
        Kind::Term => CompletionItemKind::CONSTANT,
        Kind::Text => CompletionItemKind::TEXT,
    }
}

fn values(book: &Book, fact: &str, offers: &mut Offers) {
    let Some(spot) = book.declaration(&Thing::Named(Kind::Fact, fact.to_owned())) else { return };
    let Some(page) = book.pages.get(spot.page) else { return };
    let of_fact = |thing: &Thing| matches!(thing, Thing::Value { fact: of, .. } if of == fact);
    let mut found: Vec<usize> = page.declared.iter().filter(|(thing, _)| of_fact(thing)).map(|(_, at)| *at).collect();
    found.sort_unstable();
    for mention in found.iter().filter_map(|at| page.mentions.get(*at)) {
        offers.add(page.slice(mention.span), CompletionItemKind::ENUM_MEMBER, "");
    }
    if found.is_empty() {
        let words = match language_of(page) {
            Language::Japanese => ["はい", "いいえ"],
            Language::English => ["yes", "no"],
        };
        words.into_iter().for_each(|word| offers.add(word, CompletionItemKind::ENUM_MEMBER, ""));
    }
}

fn sections(book: &Book, document: &str, offers: &mut Offers) {
    for page in &book.pages {
        for item in &page.file.items {
            let Item::Document(found) = item else { continue };
            if fold_name(page.slice(found.name.span)) != document {
                continue;
            }
            for section in &found.sections {
                let title = section.title.map_or("", |title| page.slice(title));
                match section.number {
                    Some(number) => offers.add(page.slice(number.span), CompletionItemKind::REFERENCE, title),
                    None => offers.add(&format!("\"{title}\""), CompletionItemKind::REFERENCE, title_of(item, page)),
                }
            }
        }
    }
}

fn actions(book: &Book, entry: &str, offers: &mut Offers) {
    let number = entry.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    let named = number.and_then(|number| book.entry_of_number(number)).unwrap_or(entry);
    for page in &book.pages {
        for (thing, at) in &page.declared {
            if let (Thing::Action { entry, .. }, Some(mention)) = (thing, page.mentions.get(*at))
                && entry == named
            {
                offers.add(page.slice(mention.span), CompletionItemKind::FUNCTION, "");
            }
        }
    }
    offers.items.sort_by(|one, other| one.label.cmp(&other.label));
}
