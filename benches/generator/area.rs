//! An area of work: its facts, what is derived from them, and the conditions that can be written over both.

use std::fmt::Write as _;

use fastrand::Rng;

use super::library::Library;
use super::words::{AREAS, CHOICES, FIELDS, STATES, THINGS, UNITS};
use super::{FACTS_PER_AREA, Keywords, sentences};

pub struct Area {
    number: usize,
    pub name: String,
    pub title: String,
    facts: Vec<Fact>,
}

/// Something that a condition can test.
struct Fact {
    name: String,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    YesNo,
    OneOf(usize),
    AnyOf(usize),
    Number,
    Version,
    /// Derived from two others.
    Defined,
    Derived,
}

/// Facts that a condition must not test together, by their places: one of them says something of the other.
const TIED: &[(usize, usize)] = &[(0, 3), (1, 2), (1, 20), (2, 20), (4, 21), (7, 21)];

const DEFINED: usize = FACTS_PER_AREA;
const DERIVED: usize = FACTS_PER_AREA + 1;
const TESTED: usize = FACTS_PER_AREA + 2;

impl Area {
    pub fn new(number: usize, rng: &mut Rng) -> Self {
        let (id, title) = AREAS[number % AREAS.len()];
        let name = format!("{id}-{}", number / AREAS.len() + 1);
        let title = format!("{title}{}", number / AREAS.len() + 1);
        let facts = (0..TESTED).map(|place| Fact::new(&name, place, rng)).collect();
        Self { number, name, title, facts }
    }

    pub fn keywords(&self) -> Keywords {
        Keywords::of_file(self.number)
    }

    /// Places of different facts, the first of them in turn.
    pub fn choose(&self, turn: usize, count: usize, rng: &mut Rng) -> Vec<usize> {
        let mut chosen = vec![turn % TESTED];
        while chosen.len() < count {
            let place = rng.usize(..TESTED);
            let tied = |other: &usize| TIED.contains(&(place, *other)) || TIED.contains(&(*other, place));
            if !chosen.contains(&place) && !chosen.iter().any(tied) {
                chosen.push(place);
            }
        }
        chosen
    }

    /// A condition over the facts at these places.
    pub fn condition(&self, places: &[usize], keywords: Keywords, rng: &mut Rng) -> String {
        let atoms: Vec<String> = places.iter().map(|place| self.facts[*place].test(keywords, rng)).collect();
        let and = keywords.pick(" かつ ", " and ");
        match atoms.as_slice() {
            [first, second, rest @ ..] if rng.u8(..6) == 0 => {
                let either = format!("({first} {} {second})", keywords.pick("または", "or"));
                std::iter::once(either).chain(rest.iter().cloned()).collect::<Vec<_>>().join(and)
            }
            _ => atoms.join(and),
        }
    }

    /// The name of a fact that a reader can be asked, and a value that an action may give it.
    pub fn effect(&self, place: usize, rng: &mut Rng) -> Option<(&str, String)> {
        let fact = &self.facts[place];
        let value = match fact.kind {
            Kind::YesNo => "yes".to_owned(),
            Kind::OneOf(choice) => sentences::pick_value(rng, CHOICES[choice]).to_owned(),
            Kind::Number => "1".to_owned(),
            Kind::AnyOf(_) | Kind::Version | Kind::Defined | Kind::Derived => return None,
        };
        Some((&fact.name, value))
    }

    /// The fact's name, if a reader can be asked for it.
    pub fn asked(&self, place: usize) -> Option<&str> {
        (place < FACTS_PER_AREA).then(|| self.facts[place].name.as_str())
    }

    /// The name of the text that differs by a fact of this area.
    pub fn text(&self) -> String {
        format!("{}-where", self.name)
    }

    /// The file that declares all this.
    pub fn write(&self, library: &Library, rng: &mut Rng) -> String {
        let k = self.keywords();
        let mut out = format!("# {}で尋ねること。\n\n", self.title);
        for place in 0..FACTS_PER_AREA {
            self.write_fact(&mut out, place, library, rng);
        }
        let name = |place: usize| &self.facts[place].name;
        let (define, derive, text) = (k.pick("定義", "define"), k.pick("導出", "derive"), k.pick("文言", "text"));
        let (when, otherwise) = (k.pick("条件", "when"), k.pick("それ以外", "otherwise"));
        let (assume, implies, or) = (k.pick("前提", "assume"), k.pick("ならば", "implies"), k.pick("または", "or"));
        writeln!(out, "{define} {} \"{}を始められる\" {when} {} {or} {}", name(DEFINED), self.title, name(1), name(2))
            .unwrap();
        writeln!(out, "{assume} {} {implies} {}\n", name(1), name(2)).unwrap();
        writeln!(out, "{derive} {} \"{}の経路\" : {} {{", name(DERIVED), self.title, one_of(k, CHOICES[2])).unwrap();
        writeln!(out, "  wired {when} {} = {}", name(4), CHOICES[choice_of(4)][0].0).unwrap();
        writeln!(out, "  wireless {when} {} >= 5\n  mobile {otherwise}\n}}\n", name(7)).unwrap();
        writeln!(out, "{text} {} {} {} {{", self.text(), k.pick("別", "by"), name(4)).unwrap();
        writeln!(out, "  {} : 画面の下にある「{}」の欄", CHOICES[choice_of(4)][0].0, sentences::pick(rng, FIELDS))
            .unwrap();
        writeln!(out, "  {otherwise} : 画面の右上にある「{}」の欄\n}}", sentences::pick(rng, FIELDS)).unwrap();
        out
    }

    fn write_fact(&self, out: &mut String, place: usize, library: &Library, rng: &mut Rng) {
        let k = self.keywords();
        let Fact { name, kind } = &self.facts[place];
        let thing = sentences::pick(rng, THINGS);
        let label = match kind {
            Kind::YesNo => format!("{thing}の{}", sentences::pick(rng, STATES)),
            _ => format!("{thing}の{}", sentences::pick(rng, FIELDS)),
        };
        writeln!(out, "{} {name} \"{label}\" : {} {{", k.pick("事実", "fact"), kind.declared(k, rng)).unwrap();
        writeln!(out, "  {} {label}を教えてください。{}", k.pick("質問", "ask"), sentences::note(rng)).unwrap();
        if place == 3 {
            writeln!(out, "  {} {}", k.pick("対象", "only when"), self.facts[0].name).unwrap();
        }
        if place.is_multiple_of(3) {
            writeln!(out, "  {} {{", k.pick("確認", "check")).unwrap();
            for _ in 0..3 {
                writeln!(out, "    {} {}", k.pick("＞", ">"), sentences::step(rng)).unwrap();
            }
            out.push_str("  }\n");
        }
        if let Kind::OneOf(choice) = kind {
            let (value, label) = CHOICES[*choice][0];
            writeln!(out, "  {} {value} 「{label}で動作しています」", k.pick("表示", "shows")).unwrap();
        }
        match (kind, place % 4) {
            (Kind::YesNo, 0) => {
                writeln!(out, "  {} = {}", k.pick("不明なら", "if unknown"), k.pick("いいえ", "no")).unwrap()
            }
            (_, 1) => {
                let contact = k.pick("連絡", "contact");
                writeln!(out, "  {} {contact} {}", k.pick("不明なら", "if unknown"), library.contact()).unwrap();
            }
            _ => {}
        }
        out.push_str("}\n\n");
    }
}

fn kind_of(place: usize) -> Kind {
    match place {
        4..=6 | 14 | 15 => Kind::OneOf(choice_of(place)),
        7 | 8 | 16 => Kind::Number,
        9 | 17 => Kind::Version,
        18 | 19 => Kind::AnyOf(choice_of(place)),
        DEFINED => Kind::Defined,
        DERIVED => Kind::Derived,
        _ => Kind::YesNo,
    }
}

fn choice_of(place: usize) -> usize {
    place % CHOICES.len()
}

fn one_of(keywords: Keywords, choices: &[(&str, &str)]) -> String {
    let values: Vec<String> = choices.iter().map(|(value, label)| format!("{value} \"{label}\"")).collect();
    format!("{} {{ {} }}", keywords.pick("いずれか", "one of"), values.join("  "))
}

impl Kind {
    fn declared(self, k: Keywords, rng: &mut Rng) -> String {
        match self {
            Self::YesNo | Self::Defined | Self::Derived => k.pick("はい/いいえ", "yes/no").to_owned(),
            Self::OneOf(choice) => one_of(k, CHOICES[choice]),
            Self::AnyOf(choice) => {
                one_of(k, CHOICES[choice]).replacen(k.pick("いずれか", "one of"), k.pick("複数", "any of"), 1)
            }
            Self::Number => {
                format!(
                    "{} 0..100 {} {}",
                    k.pick("数値", "number"),
                    k.pick("単位", "unit"),
                    sentences::pick(rng, UNITS)
                )
            }
            Self::Version => k.pick("バージョン", "version").to_owned(),
        }
    }
}

impl Fact {
    fn new(area: &str, place: usize, rng: &mut Rng) -> Self {
        let kind = kind_of(place);
        let topic = match kind {
            Kind::YesNo => ["ready", "saved", "allowed", "current", "shared"][rng.usize(..5)],
            Kind::OneOf(_) => "kind",
            Kind::AnyOf(_) => "uses",
            Kind::Number => "count",
            Kind::Version => "version",
            Kind::Defined => "startable",
            Kind::Derived => "route",
        };
        Self { name: format!("{area}-{topic}-{place:02}"), kind }
    }

    /// A test of this fact that some of its values pass and some do not.
    fn test(&self, k: Keywords, rng: &mut Rng) -> String {
        let name = &self.name;
        match self.kind {
            Kind::YesNo | Kind::Defined => match rng.u8(..3) {
                0 => name.clone(),
                1 => k.pick("@ でない", "not @").replace('@', name),
                _ => format!("{name} {}", k.pick("＝ はい", "= yes")),
            },
            Kind::OneOf(choice) => test_choice(name, CHOICES[choice], k, rng),
            Kind::Derived => test_choice(name, CHOICES[2], k, rng),
            Kind::AnyOf(choice) => {
                format!("{name} {} {}", k.pick("含む", "has"), sentences::pick_value(rng, CHOICES[choice]))
            }
            Kind::Number => test_number(name, k, rng),
            Kind::Version => {
                let bound = ["2.4", "3.0", "3.1.2", "4.0"][rng.usize(..4)];
                match rng.bool() {
                    true => format!("{name} >= {bound}"),
                    false => format!("{name} {} {bound}", k.pick("＜", "<")),
                }
            }
        }
    }
}

fn test_choice(name: &str, choices: &[(&str, &str)], k: Keywords, rng: &mut Rng) -> String {
    let place = rng.usize(..choices.len());
    let (value, other) = (choices[place].0, choices[(place + 1) % choices.len()].0);
    match rng.u8(..4) {
        0 => format!("{name} in {{{value}, {other}}}"),
        1 => format!("{name} {} {value}", k.pick("≠", "is not")),
        _ => format!("{name} {} {value}", k.pick("＝", "=")),
    }
}

fn test_number(name: &str, k: Keywords, rng: &mut Rng) -> String {
    let low = [5, 10, 20][rng.usize(..3)];
    match rng.u8(..3) {
        0 => k.pick("@ # 以上", "@ >= #").replace('@', name).replace('#', &low.to_string()),
        1 => k.pick("@ # 未満", "@ < #").replace('@', name).replace('#', &low.to_string()),
        _ => format!("{name} in {low}..{}", low * 4),
    }
}
