//! Makes realistic knowledge bases of any size, the same one each time; refuses to know what the compiler does with them.
//!
//! An entry has about 1 KB of Japanese prose. Five entries on average share a symptom; their conditions test one to five
//! of the facts of their area, and half of the files are written in Japanese keywords, half in English ones. Everything
//! that is declared is used, so that the compiler has nothing to report.

// Each bench takes what it needs of this module.
#![allow(dead_code)]

mod area;
mod entries;
mod library;
mod sentences;
mod words;

use faqc::session::Input;
use fastrand::Rng;

use area::Area;
use library::Library;

/// Any number will do; another one makes another knowledge base of the same shape.
const SEED: u64 = 0x5EED_FA9C;

const ENTRIES_PER_FILE: usize = 200;
const FACTS_PER_AREA: usize = 20;

/// A knowledge base as files: names relative to its folder, with `/`, and their texts.
#[derive(Debug)]
pub struct KnowledgeBase {
    pub files: Vec<(String, String)>,
}

/// The sizes that the benches measure: 100,000 entries as well when `FAQC_BENCH_LARGE` is set.
pub fn sizes() -> Vec<usize> {
    let large = std::env::var_os("FAQC_BENCH_LARGE").map(|_| 100_000);
    [1_000, 10_000].into_iter().chain(large).collect()
}

/// Where the last test of an entry's condition begins, if the line is one of several tests.
pub fn last_test(line: &str) -> Option<usize> {
    let is_condition = line.starts_with("  条件 ") || line.starts_with("  when ");
    line.rfind(" かつ ").or_else(|| line.rfind(" and ")).filter(|_| is_condition)
}

/// How much of everything there is.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    pub entries: usize,
    pub areas: usize,
    pub documents: usize,
    pub links: usize,
    pub contacts: usize,
    pub terms: usize,
}

impl Scale {
    fn of(entries: usize) -> Self {
        let root = entries.isqrt();
        Self {
            entries,
            // 100 facts for 1,000 entries, 600 for 10,000, 2,000 for 100,000.
            areas: (root * 3 / 10).min(entries / ENTRIES_PER_FILE).max(1),
            documents: (entries / 250).max(2),
            links: (entries / 100).max(2),
            contacts: (entries / 500).clamp(2, 60),
            terms: (root * 2).clamp(8, 400),
        }
    }
}

impl KnowledgeBase {
    pub fn of(entries: usize) -> Self {
        let scale = Scale::of(entries);
        let mut rng = Rng::with_seed(SEED);
        let library = Library::new(scale);
        let areas: Vec<Area> = (0..scale.areas).map(|number| Area::new(number, &mut rng)).collect();
        let mut files = vec![("faq.toml".to_owned(), config(entries))];
        files.extend(library.files(&mut rng));
        files.extend(areas.iter().map(|area| (format!("facts/{}.faq", area.name), area.write(&library, &mut rng))));
        files.extend(entries::write_entries(scale, &library, &areas, &mut rng));
        files.sort();
        Self { files }
    }

    /// The files as the compiler takes them.
    pub fn inputs(&self) -> Vec<Input> {
        let input = |(name, text): &(String, String)| Input { name: name.clone(), bytes: text.clone().into_bytes() };
        self.files.iter().map(input).collect()
    }

    pub fn bytes(&self) -> usize {
        self.faq_files().map(|(_, text)| text.len()).sum()
    }

    pub fn faq_files(&self) -> impl Iterator<Item = &(String, String)> {
        self.files.iter().filter(|(name, _)| name.ends_with(".faq"))
    }

    /// Writes the files below a folder, which is made.
    pub fn write_to(&self, folder: &std::path::Path) -> std::io::Result<()> {
        for (name, text) in &self.files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
            std::fs::write(path, text)?;
        }
        Ok(())
    }
}

fn config(entries: usize) -> String {
    format!(
        "title = \"業務システム エラー関連FAQ（{entries}件）\"\nlanguage = \"ja\"\nupdated = 2025-04-01\ndefault-contact = \"desk-0\"\n"
    )
}

/// The keywords a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keywords {
    Japanese,
    English,
}

impl Keywords {
    fn of_file(number: usize) -> Self {
        if number.is_multiple_of(2) { Self::Japanese } else { Self::English }
    }

    fn pick<'a>(self, japanese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Japanese => japanese,
            Self::English => english,
        }
    }
}
