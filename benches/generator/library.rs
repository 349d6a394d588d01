//! What entries refer to besides each other: documents with sections, links, contacts and terms.

use std::cell::Cell;
use std::fmt::Write as _;

use fastrand::Rng;

use super::words::{AREAS, FIELDS, SCREENS, THINGS};
use super::{Scale, sentences};

const SECTIONS: usize = 8;

/// Hands out its members in turn, so that each of them is used.
pub struct Library {
    scale: Scale,
    section: Cell<usize>,
    link: Cell<usize>,
    contact: Cell<usize>,
    term: Cell<usize>,
}

fn next(turn: &Cell<usize>, count: usize) -> usize {
    turn.replace(turn.get() + 1) % count
}

impl Library {
    pub fn new(scale: Scale) -> Self {
        let turn = || Cell::new(0);
        Self { scale, section: turn(), link: turn(), contact: turn(), term: turn() }
    }

    /// A document and a section of it, as a reference names them.
    pub fn section(&self) -> String {
        let turn = next(&self.section, self.scale.documents * SECTIONS);
        let (document, section) = (turn % self.scale.documents, turn / self.scale.documents);
        format!("manual-{document} {}.{}", section / 4 + 1, section % 4 + 1)
    }

    pub fn link(&self) -> String {
        format!("site-{}", next(&self.link, self.scale.links))
    }

    pub fn contact(&self) -> String {
        format!("desk-{}", next(&self.contact, self.scale.contacts))
    }

    pub fn term(&self) -> String {
        term(next(&self.term, self.scale.terms))
    }

    pub fn files(&self, rng: &mut Rng) -> Vec<(String, String)> {
        vec![
            ("documents.faq".to_owned(), documents(self.scale)),
            ("contacts.faq".to_owned(), contacts(self.scale, rng)),
            ("terms.faq".to_owned(), terms(self.scale)),
        ]
    }
}

fn documents(scale: Scale) -> String {
    let mut text = "# 手順書と、外部のページ。\n\n".to_owned();
    for number in 0..scale.documents {
        let area = AREAS[number % AREAS.len()].1;
        writeln!(text, "document manual-{number} \"{area} 操作の手引き 第{}編\" {{", number + 1).unwrap();
        writeln!(text, "  where 社内掲示板＞手引き＞{area}").unwrap();
        for section in 0..SECTIONS {
            let screen = SCREENS[(number * SECTIONS + section) % SCREENS.len()];
            writeln!(text, "  section {}.{} \"{screen}画面の使い方\"", section / 4 + 1, section % 4 + 1).unwrap();
        }
        text.push_str("}\n\n");
    }
    for number in 0..scale.links {
        let thing = THINGS[number % THINGS.len()];
        writeln!(text, "link site-{number} \"{thing}の配布ページ {number}\" https://support.example.jp/{number}/ja")
            .unwrap();
    }
    text
}

fn contacts(scale: Scale, rng: &mut Rng) -> String {
    let mut text = "# 問い合わせ先。\n\n".to_owned();
    for number in 0..scale.contacts {
        let area = AREAS[number % AREAS.len()].1;
        writeln!(text, "連絡先 desk-{number} \"{area}の相談窓口 {number}\" {{").unwrap();
        writeln!(text, "  電話 03-0000-{number:04}").unwrap();
        writeln!(text, "  受付 平日 {}:00〜{}:30", 8 + number % 2, 17 + number % 3).unwrap();
        writeln!(text, "  伝達 表示されたメッセージと、{}を伝えてください。", sentences::pick(rng, FIELDS)).unwrap();
        text.push_str("}\n\n");
    }
    text
}

/// A term's name: two words, so that it occurs in no other prose.
fn term(number: usize) -> String {
    format!("{}用{}", FIELDS[number % FIELDS.len()], THINGS[number / FIELDS.len() % THINGS.len()])
}

fn terms(scale: Scale) -> String {
    let mut text = "# 用語。\n\n".to_owned();
    for number in 0..scale.terms {
        let name = term(number);
        writeln!(text, "term {name} {{").unwrap();
        writeln!(
            text,
            "  meaning {}を記録するために使う、{}番目の様式です。",
            THINGS[number % THINGS.len()],
            number + 1
        )
        .unwrap();
        writeln!(text, "  avoid   旧{name}、仮{name}\n}}\n").unwrap();
    }
    text
}
