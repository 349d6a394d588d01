//! Finds the table in a sheet: which column is what, where the rows are, which categories a merged or a blank cell stands
//! for. Refuses to know how a symptom or a remedy is worded.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::Remark;
use super::grid::Grid;
use crate::emit::sheet::{KEY, KEY_HEAD};

/// The rows of all sheets that have the table.
#[derive(Debug, Default)]
pub struct Found {
    /// What stands above the table.
    pub title: Option<String>,
    /// As written: `2023年6月29日`.
    pub updated: Option<String>,
    pub rows: Vec<Row>,
    pub remarks: Vec<Remark>,
}

#[derive(Clone, Debug, Default)]
pub struct Row {
    pub number: String,
    /// From the widest to the narrowest; none is blank.
    pub categories: Vec<String>,
    pub symptom: String,
    pub remedy: String,
    /// The entry's name, in a sheet that faqc wrote.
    pub key: Option<String>,
    /// The cells as they stand, for comparison: number, three categories, symptom, remedy.
    pub seen: [String; 6],
    /// Where each of those stands.
    pub places: [String; 6],
    /// What stands in other columns, to be kept for those who look it over.
    pub unread: Vec<Remark>,
}

#[derive(Clone, Debug, Default)]
struct Columns {
    number: Option<u32>,
    categories: Vec<u32>,
    symptom: u32,
    remedy: u32,
    key: Option<u32>,
    /// What stands over each column that is none of these, and columns without a head.
    others: BTreeMap<u32, String>,
}

impl Columns {
    fn is_read(&self, column: u32) -> bool {
        let single = [self.number, self.key, Some(self.symptom), Some(self.remedy)];
        single.contains(&Some(column)) || self.categories.contains(&column)
    }
}

const NUMBER: &[&str] = &["no.", "no", "no．", "番号", "№", "項番", "#", "number"];
const CATEGORY: &[&str] = &[
    "大分類",
    "中分類",
    "小分類",
    "分類",
    "カテゴリ",
    "カテゴリー",
    "区分",
    "category",
    "subcategory",
    "topic",
    "分類1",
    "分類2",
    "分類3",
];
const SYMPTOM: &[&str] = &[
    "事象",
    "症状",
    "現象",
    "質問",
    "質問内容",
    "お問い合わせ内容",
    "問い合わせ内容",
    "エラー内容",
    "内容",
    "symptom",
    "question",
    "problem",
    "q",
];
const REMEDY: &[&str] = &[
    "対応策",
    "対応",
    "対応方法",
    "対処",
    "対処法",
    "対処方法",
    "解決策",
    "回答",
    "答え",
    "remedy",
    "answer",
    "action",
    "solution",
    "whattodo",
    "a",
];

/// `None` when no sheet has a row that heads a column of symptoms and one of remedies.
pub fn find(grids: &[Grid]) -> Option<Found> {
    let mut found = Found::default();
    let mut any = false;
    for grid in grids {
        any |= read(grid, &mut found);
    }
    any.then_some(found)
}

fn read(grid: &Grid, found: &mut Found) -> bool {
    let mut columns: Option<Columns> = None;
    let mut above: Vec<String> = Vec::new();
    for row in grid.rows() {
        if let Some(date) = grid.row(row).find_map(|(_, text)| day(text)) {
            found.updated.get_or_insert(date);
            above.extend(grid.row(row).map(|(_, text)| text.trim().to_owned()).filter(|text| day(text).is_none()));
            continue;
        }
        match (heads(grid, row), &columns) {
            (Some(heads), _) => columns = Some(heads),
            (None, None) => above.extend(grid.row(row).next().map(|(_, text)| text.trim().to_owned())),
            (None, Some(columns)) => add(grid, row, columns, found),
        }
    }
    if columns.is_some() && found.title.is_none() {
        found.title = above.into_iter().find(|text| !text.is_empty() && text.chars().count() < 100);
    }
    columns.is_some()
}

/// The date of a line that says when the sheet was last changed.
fn day(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['（', '）', '(', ')']);
    let rest = ["更新日", "最終更新", "Updated", "updated"].into_iter().find_map(|word| text.strip_prefix(word))?;
    let rest = rest.trim_start_matches(['日', '：', ':', ' ']).trim();
    rest.starts_with(|c: char| c.is_numeric()).then(|| rest.to_owned())
}

/// Longer than any head that is known, so that of a longer cell only this much is looked at.
const MOST_FOLDED: usize = 24;

fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).take(MOST_FOLDED).collect()
}

fn heads(grid: &Grid, row: u32) -> Option<Columns> {
    let names: Vec<(u32, String)> = grid.row(row).map(|(column, text)| (column, folded(text))).collect();
    let find =
        |known: &[&str]| names.iter().find(|(_, name)| known.contains(&name.as_str())).map(|(column, _)| *column);
    let categories = names.iter().filter(|(_, name)| CATEGORY.contains(&name.as_str())).map(|(column, _)| *column);
    let columns = Columns {
        number: find(NUMBER),
        categories: categories.collect(),
        symptom: find(SYMPTOM)?,
        remedy: find(REMEDY)?,
        key: find(&[KEY_HEAD]),
        others: BTreeMap::new(),
    };
    let others = grid.row(row).filter(|(column, _)| !columns.is_read(*column));
    let others = others.map(|(column, text)| (column, first_line(text))).collect();
    Some(Columns { others, ..columns })
}

fn add(grid: &Grid, row: u32, columns: &Columns, found: &mut Found) {
    let cell = |column: u32| grid.merged_text(row, column);
    let own_number = columns.number.map_or("", |column| grid.get(row, column)).trim();
    let (symptom, remedy) = (cell(columns.symptom), cell(columns.remedy));
    let own = |column: u32| !grid.get(row, column).trim().is_empty();
    if !own(columns.symptom) && !own(columns.remedy) && own_number.is_empty() {
        let text = grid.row(row).map(|(_, text)| text).find(|text| !text.starts_with("faqc:"));
        found.remarks.extend(
            text.map(|text| Remark::new(grid.place(row, 0), "import-row-skipped").text("text", first_line(text))),
        );
        return;
    }
    let unread = unread(grid, row, columns);
    // The rest of a cell that was too long for its page.
    let has_key = columns.key.is_some_and(|key| !grid.get(row, key).is_empty());
    match found.rows.last_mut() {
        Some(last) if own_number.is_empty() && !own(columns.symptom) && !has_key => {
            last.remedy.push('\n');
            last.remedy.push_str(remedy);
            last.unread.extend(unread);
            return;
        }
        _ => {}
    }
    let categories = categories(grid, row, columns, found.rows.last());
    let category = |index: usize| columns.categories.get(index).map_or("", |column| cell(*column));
    let place = |column: Option<u32>| column.map_or_else(|| grid.place(row, 0), |column| grid.place(row, column));
    let key = columns.key.and_then(|column| grid.get(row, column).trim().strip_prefix(KEY));
    found.rows.push(Row {
        number: own_number.to_owned(),
        symptom: symptom.to_owned(),
        remedy: remedy.to_owned(),
        key: key.map(str::to_owned),
        seen: [own_number, category(0), category(1), category(2), symptom, remedy].map(str::to_owned),
        places: [
            place(columns.number),
            place(columns.categories.first().copied()),
            place(columns.categories.get(1).copied()),
            place(columns.categories.get(2).copied()),
            place(Some(columns.symptom)),
            place(Some(columns.remedy)),
        ],
        categories,
        unread,
    });
}

/// What stands in columns that are not read.
fn unread(grid: &Grid, row: u32, columns: &Columns) -> Vec<Remark> {
    let cells = grid.row(row).filter(|(column, text)| !columns.is_read(*column) && !text.starts_with("faqc:"));
    let remark = |(column, text): (u32, &str)| {
        let head = columns.others.get(&column).map_or("", String::as_str);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Remark::new(grid.place(row, column), "import-cell-unread").text("head", head).text("text", text)
    };
    cells.map(remark).collect()
}

fn first_line(text: &str) -> String {
    text.trim().lines().next().unwrap_or("").chars().take(40).collect()
}

/// A blank cell stands for the one above it as long as the wider categories are blank, too, or the same.
fn categories(grid: &Grid, row: u32, columns: &Columns, above: Option<&Row>) -> Vec<String> {
    let mut categories: Vec<String> = Vec::new();
    for (index, column) in columns.categories.iter().enumerate() {
        let written = tidy(grid.merged_text(row, *column));
        let is_same_so_far = above.is_some_and(|above| above.categories.get(..index) == Some(categories.as_slice()));
        match above.and_then(|above| above.categories.get(index)) {
            Some(inherited) if written.is_empty() && is_same_so_far => categories.push(inherited.clone()),
            _ if written.is_empty() => break,
            _ => categories.push(written),
        }
    }
    categories
}

/// A category without 「（続き）」 and without the line breaks that fit it into its column.
fn tidy(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_latin(out.chars().next_back()) && is_latin(line.chars().next()) {
            out.push(' ');
        }
        out.push_str(line);
    }
    const AGAIN: [&str; 6] = ["（続き）", "(続き)", "（つづき）", "(つづき)", "(continued)", "（continued）"];
    AGAIN.iter().fold(out, |text, again| text.replace(again, "")).trim().to_owned()
}
