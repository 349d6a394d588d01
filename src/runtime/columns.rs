//! Many conditions judged at once: for each cell of each fact a set of the rows that it decides about, as bits. Refuses to know what the
//! conditions stand for.

use std::collections::BTreeMap;

use super::{Evidence, Verdict};
use crate::table::{Condition, Row, Table};

/// Conditions in a list, ready to be judged by any evidence that is not contradictory. The verdicts are those of the rows one by one.
#[derive(Debug)]
pub(super) struct Columns {
    certain: Side,
    excluded: Side,
}

/// How a condition of each place comes to be certain, or excluded: by any of these three.
#[derive(Debug, Default)]
struct Side {
    /// Places where it always is.
    always: Vec<u64>,
    /// Inside a row that names one fact: for each cell the places whose row allows it.
    single: BTreeMap<u32, Vec<Bits>>,
    /// Inside a row that names several: for each cell the rows that do not allow it.
    several: Rows,
    /// Clear of all rows of a place: for each cell the rows that do not allow it.
    clear_of: Rows,
    /// Places with rows to be clear of.
    clearing: Vec<u64>,
}

#[derive(Debug, Default)]
struct Rows {
    /// The place that each row belongs to.
    places: Vec<u32>,
    /// The facts that each row names.
    facts: Vec<Vec<u32>>,
    columns: BTreeMap<u32, Column>,
}

#[derive(Debug, Default)]
struct Column {
    /// Rows that name the fact.
    named: Bits,
    /// For each cell the rows that do not allow it.
    barred: Vec<Bits>,
}

/// A set of numbers, 64 to a word.
#[derive(Debug)]
enum Bits {
    Dense(Vec<u64>),
    /// Words that are not 0, in order.
    Sparse(Vec<(u32, u64)>),
}

impl Columns {
    /// For these conditions (indexes), in this order.
    pub fn new(table: &Table, conditions: &[u32]) -> Self {
        let mut lists = [SideBuilder::new(conditions.len()), SideBuilder::new(conditions.len())];
        for (place, index) in conditions.iter().enumerate() {
            let Some(condition) = table.conditions.get(*index as usize) else { continue };
            let Condition { certain, certain_clear_of, excluded, excluded_clear_of } = &**condition;
            let [of_certain, of_excluded] = &mut lists;
            of_certain.add(table, place as u32, certain.as_deref(), certain_clear_of.as_deref());
            of_excluded.add(table, place as u32, excluded.as_deref(), excluded_clear_of.as_deref());
        }
        let [certain, excluded] = lists.map(SideBuilder::build);
        Self { certain, excluded }
    }

    /// The verdicts at all places, 64 together. The evidence is not contradictory.
    pub fn judge(&self, evidence: &Evidence) -> impl Iterator<Item = Verdicts> {
        let (certain, excluded) = (self.certain.holds(evidence), self.excluded.holds(evidence));
        certain.into_iter().zip(excluded).map(|(certain, excluded)| Verdicts { certain, excluded })
    }
}

/// The verdicts at 64 places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdicts {
    certain: u64,
    excluded: u64,
}

impl Verdicts {
    /// One after the other.
    pub fn each(self) -> [Verdict; 64] {
        let mut all = [Verdict::Possible; 64];
        for (at, four) in all.as_chunks_mut().0.iter_mut().enumerate() {
            let bits = |word: u64| (word >> (4 * at) & 0xF) as usize;
            *four = OF_FOUR[bits(self.certain)][bits(self.excluded)];
        }
        all
    }
}

/// The verdicts at four places, by where they are certain and where excluded: so that nothing is decided for each place.
static OF_FOUR: [[[Verdict; 4]; 16]; 16] = {
    let mut all = [[[Verdict::Possible; 4]; 16]; 16];
    let mut at = 0;
    while at < 16 * 16 * 4 {
        let (certain, excluded, place) = (at / 64, at / 4 % 16, at % 4);
        if certain >> place & 1 == 1 {
            all[certain][excluded][place] = Verdict::Certain;
        } else if excluded >> place & 1 == 1 {
            all[certain][excluded][place] = Verdict::Excluded;
        }
        at += 1;
    }
    all
};

impl Side {
    fn holds(&self, evidence: &Evidence) -> Vec<u64> {
        let mut holds = self.always.clone();
        for (fact, cells) in self.single.iter().filter(|(fact, _)| !evidence.is_whole(**fact)) {
            add_common(&mut holds, cells, evidence, *fact);
        }
        self.several.each_inside(evidence, |place| set(&mut holds, place));
        if self.clearing.iter().any(|word| *word != 0) {
            let mut touched = vec![0; self.clearing.len()];
            self.clear_of.each_touched(evidence, |place| set(&mut touched, place));
            let clear = self.clearing.iter().zip(touched).map(|(clearing, touched)| clearing & !touched);
            holds.iter_mut().zip(clear).for_each(|(holds, clear)| *holds |= clear);
        }
        holds
    }
}

/// Whether a row names nothing unknown takes as long to see by itself as so many words of sets take to be added.
const LOOK: usize = 16;

impl Rows {
    /// The places of rows that the evidence is inside of: they allow all that is possible of each fact that they name.
    fn each_inside(&self, evidence: &Evidence, mut found: impl FnMut(u32)) {
        let (unknown, known): (Vec<_>, Vec<_>) = self.columns.iter().partition(|(fact, _)| evidence.is_whole(**fact));
        if known.is_empty() {
            return;
        }
        let words = self.places.len().div_ceil(64);
        let (mut barred, mut named) = (vec![0; words], vec![0; words]);
        for (fact, column) in known {
            let possible = column.barred.iter().zip(evidence.flags(*fact)).filter(|(_, is_possible)| **is_possible);
            possible.for_each(|(cell, _)| cell.add_to(&mut barred));
            if !unknown.is_empty() {
                column.named.add_to(&mut named);
            }
        }
        if unknown.is_empty() {
            named.fill(u64::MAX);
        }
        let looks_at_each = are_few(unbarred(&named, &barred), &unknown);
        if !looks_at_each {
            unknown.iter().for_each(|(_, column)| column.named.add_to(&mut barred));
        }
        each_bit(unbarred(&named, &barred), |row| {
            let (place, facts) = (self.places.get(row), self.facts.get(row));
            let fits = !looks_at_each || facts.is_some_and(|it| it.iter().all(|fact| !evidence.is_whole(*fact)));
            place.filter(|_| fits).into_iter().for_each(|place| found(*place));
        });
    }

    /// The places of rows that the evidence touches: they allow something that is possible of each fact that they name.
    fn each_touched(&self, evidence: &Evidence, mut found: impl FnMut(u32)) {
        let mut barred = vec![0; self.places.len().div_ceil(64)];
        for (fact, column) in self.columns.iter().filter(|(fact, _)| !evidence.is_whole(**fact)) {
            add_common(&mut barred, &column.barred, evidence, *fact);
        }
        each_bit(barred.iter().map(|it| !it), |row| {
            self.places.get(row).into_iter().for_each(|place| found(*place));
        });
    }
}

/// What is named and not barred.
fn unbarred<'a>(named: &'a [u64], barred: &'a [u64]) -> impl Iterator<Item = u64> + 'a {
    named.iter().zip(barred).map(|(named, barred)| named & !barred)
}

/// Whether rows are sooner looked at one by one than all that name something unknown are taken out.
fn are_few(rows: impl Iterator<Item = u64>, unknown: &[(&u32, &Column)]) -> bool {
    let words: usize = unknown.iter().map(|(_, column)| column.named.len()).sum();
    words > 0 && rows.map(|word| word.count_ones() as usize).sum::<usize>() * LOOK < words
}

/// Adds what the sets of all possible cells of a fact have in common.
fn add_common(sum: &mut [u64], cells: &[Bits], evidence: &Evidence, fact: u32) {
    let mut possible = cells.iter().zip(evidence.flags(fact)).filter(|(_, is_possible)| **is_possible).map(|it| it.0);
    let Some(first) = possible.next() else { return };
    let others: Vec<&Bits> = possible.collect();
    if others.is_empty() {
        first.add_to(sum);
        return;
    }
    first.each_word(|at, word| {
        if let Some(sum) = sum.get_mut(at) {
            *sum |= others.iter().fold(word, |word, other| word & other.word(at));
        }
    });
}

impl Default for Bits {
    fn default() -> Self {
        Self::Sparse(Vec::new())
    }
}

impl Bits {
    /// Of numbers in ascending order.
    fn new(numbers: &[u32]) -> Self {
        let mut words: Vec<(u32, u64)> = Vec::new();
        for number in numbers {
            let (at, bit) = (number / 64, 1 << (number % 64));
            match words.last_mut() {
                Some((last, word)) if *last == at => *word |= bit,
                _ => words.push((at, bit)),
            }
        }
        // A word and its number take twice the room of a word.
        match words.last() {
            Some((last, _)) if words.len() * 2 > *last as usize => {
                let mut dense = vec![0; *last as usize + 1];
                words.iter().for_each(|(at, word)| dense[*at as usize] = *word);
                Self::Dense(dense)
            }
            _ => Self::Sparse(words),
        }
    }

    /// How many words it has.
    fn len(&self) -> usize {
        match self {
            Self::Dense(words) => words.len(),
            Self::Sparse(words) => words.len(),
        }
    }

    fn word(&self, at: usize) -> u64 {
        match self {
            Self::Dense(words) => words.get(at).copied().unwrap_or(0),
            Self::Sparse(words) => {
                let found = words.binary_search_by_key(&at, |(at, _)| *at as usize).ok();
                found.and_then(|found| words.get(found)).map_or(0, |(_, word)| *word)
            }
        }
    }

    fn each_word(&self, mut look: impl FnMut(usize, u64)) {
        match self {
            Self::Dense(words) => words.iter().enumerate().for_each(|(at, word)| look(at, *word)),
            Self::Sparse(words) => words.iter().for_each(|(at, word)| look(*at as usize, *word)),
        }
    }

    fn add_to(&self, sum: &mut [u64]) {
        match self {
            Self::Dense(words) => sum.iter_mut().zip(words).for_each(|(sum, word)| *sum |= word),
            Self::Sparse(words) => {
                for (at, word) in words {
                    if let Some(sum) = sum.get_mut(*at as usize) {
                        *sum |= word;
                    }
                }
            }
        }
    }
}

fn set(words: &mut [u64], number: u32) {
    if let Some(word) = words.get_mut(number as usize / 64) {
        *word |= 1 << (number % 64);
    }
}

fn each_bit(words: impl Iterator<Item = u64>, mut found: impl FnMut(usize)) {
    for (at, mut word) in words.enumerate() {
        while word != 0 {
            found(at * 64 + word.trailing_zeros() as usize);
            word &= word - 1;
        }
    }
}

/// Sets of one side while they grow.
struct SideBuilder {
    side: Side,
    /// For each fact and cell the places whose row of this fact alone allows it.
    single: BTreeMap<u32, Vec<Vec<u32>>>,
    several: RowsBuilder,
    clear_of: RowsBuilder,
}

#[derive(Default)]
struct RowsBuilder {
    rows: Rows,
    columns: BTreeMap<u32, (Vec<u32>, Vec<Vec<u32>>)>,
}

impl SideBuilder {
    fn new(count: usize) -> Self {
        let words = count.div_ceil(64);
        let side = Side { always: vec![0; words], clearing: vec![0; words], ..Side::default() };
        Self { side, single: BTreeMap::new(), several: RowsBuilder::default(), clear_of: RowsBuilder::default() }
    }

    fn add(&mut self, table: &Table, place: u32, inside: Option<&[Row]>, clear_of: Option<&[Row]>) {
        for row in inside.into_iter().flatten() {
            // Where every cell is allowed, the row says nothing of the fact.
            let cells = |fact: u32| table.facts.get(fact as usize).map_or(0, |it| it.cells.len());
            let says: Vec<(u32, &[u32], usize)> =
                row.0.iter().map(|it| (*it.0, it.1.as_slice(), cells(*it.0))).collect();
            let says: Vec<_> = says.into_iter().filter(|(_, allowed, count)| allowed.len() < *count).collect();
            match says.as_slice() {
                [] => set(&mut self.side.always, place),
                [(fact, allowed, count)] => {
                    let cells = self.single.entry(*fact).or_insert_with(|| vec![Vec::new(); *count]);
                    // A second row of the same fact is another way to be inside, not a wider one.
                    if cells.iter().any(|it| it.last() == Some(&place)) {
                        self.several.add(place, &says);
                    } else {
                        allowed
                            .iter()
                            .for_each(|cell| cells.get_mut(*cell as usize).into_iter().for_each(|it| it.push(place)));
                    }
                }
                _ => self.several.add(place, &says),
            }
        }
        for row in clear_of.into_iter().flatten() {
            let cells = |fact: u32| table.facts.get(fact as usize).map_or(0, |it| it.cells.len());
            let says: Vec<_> = row.0.iter().map(|it| (*it.0, it.1.as_slice(), cells(*it.0))).collect();
            self.clear_of.add(place, &says);
        }
        if clear_of.is_some() {
            set(&mut self.side.clearing, place);
        }
    }

    fn build(mut self) -> Side {
        let bits = |cells: Vec<Vec<u32>>| cells.iter().map(|it| Bits::new(it)).collect();
        self.side.single = self.single.into_iter().map(|(fact, cells)| (fact, bits(cells))).collect();
        Side { several: self.several.build(), clear_of: self.clear_of.build(), ..self.side }
    }
}

impl RowsBuilder {
    fn add(&mut self, place: u32, says: &[(u32, &[u32], usize)]) {
        let row = self.rows.places.len() as u32;
        self.rows.places.push(place);
        self.rows.facts.push(says.iter().map(|it| it.0).collect());
        for (fact, allowed, count) in says {
            let (named, barred) = self.columns.entry(*fact).or_insert_with(|| (Vec::new(), vec![Vec::new(); *count]));
            named.push(row);
            let others = (0u32..).zip(barred).filter(|(cell, _)| allowed.binary_search(cell).is_err());
            others.for_each(|(_, rows)| rows.push(row));
        }
    }

    fn build(self) -> Rows {
        let column = |(named, barred): (Vec<u32>, Vec<Vec<u32>>)| Column {
            named: Bits::new(&named),
            barred: barred.iter().map(|it| Bits::new(it)).collect(),
        };
        Rows { columns: self.columns.into_iter().map(|(fact, it)| (fact, column(it))).collect(), ..self.rows }
    }
}
