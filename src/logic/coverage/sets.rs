//! Which set of one variable's values parts a list of boxes best. It refuses to know the other variables.

/// Different sets looked at; the rest of a list with more is left out of the choice.
const DISTINCT: usize = 32;

/// So many cuts of the values in their order are tried.
const CUTS: usize = 8;

/// The sets of values that boxes ask of one variable, each with how many boxes ask for it.
pub(super) struct Sets {
    width: usize,
    words: Vec<u64>,
    counts: Vec<u64>,
}

/// A set to split on.
pub(super) struct Choice {
    pub(super) set: Vec<u64>,
    /// The lower, the fewer boxes are on both sides and the more even the sides are.
    pub(super) cost: u64,
}

impl Sets {
    pub(super) fn new(width: usize) -> Sets {
        Sets { width, words: Vec::new(), counts: Vec::new() }
    }

    /// Adds a set inside the variable's values.
    pub(super) fn add(&mut self, set: impl Iterator<Item = u64> + Clone) {
        let known = self.words.chunks(self.width).position(|known| set.clone().eq(known.iter().copied()));
        match known {
            Some(place) => self.counts[place] += 1,
            None if self.counts.len() < DISTINCT => {
                self.words.extend(set);
                self.counts.push(1);
            }
            None => {}
        }
    }

    /// The best split of `values`, where so many boxes do not constrain the variable.
    pub(super) fn choose(&self, values: &[u64], unconstrained: u64) -> Option<Choice> {
        let mut candidates = vec![];
        let apart = self.apart();
        if apart.len() > 1 {
            candidates.push(half(apart, self.width));
        } else {
            candidates.extend(self.iter().map(|(set, _)| set.to_vec()));
            candidates.extend(cuts(values));
        }
        let choices = candidates.into_iter().map(|set| Choice { cost: self.cost(&set, unconstrained), set });
        choices.min_by_key(|choice| choice.cost)
    }

    fn iter(&self) -> impl Iterator<Item = (&[u64], u64)> {
        self.words.chunks(self.width).zip(self.counts.iter().copied())
    }

    fn cost(&self, set: &[u64], unconstrained: u64) -> u64 {
        let (mut inside, mut outside) = (unconstrained, unconstrained);
        for (asked, count) in self.iter() {
            inside += if meet(asked, set) { count } else { 0 };
            outside += if asked.iter().zip(set).any(|(asked, set)| asked & !set != 0) { count } else { 0 };
        }
        inside.saturating_mul(inside).saturating_add(outside.saturating_mul(outside))
    }

    /// The values in sets such that each set asked for lies inside one of them, with the numbers of boxes.
    fn apart(&self) -> Vec<(Vec<u64>, u64)> {
        let mut apart: Vec<(Vec<u64>, u64)> = Vec::new();
        for (asked, count) in self.iter() {
            let mut joined = (asked.to_vec(), count);
            apart.retain(|(set, weight)| {
                let is_met = meet(set, &joined.0);
                if is_met {
                    joined.0.iter_mut().zip(set).for_each(|(word, other)| *word |= other);
                    joined.1 += weight;
                }
                !is_met
            });
            apart.push(joined);
        }
        apart
    }
}

fn meet(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}

/// About half of the boxes: heaviest first, each set goes to the lighter side.
fn half(mut apart: Vec<(Vec<u64>, u64)>, width: usize) -> Vec<u64> {
    apart.sort_by(|(a, x), (b, y)| (y, a).cmp(&(x, b)));
    let (mut side, mut here, mut there) = (vec![0; width], 0, 0);
    for (set, weight) in apart {
        if here <= there {
            here += weight;
            side.iter_mut().zip(set).for_each(|(word, other)| *word |= other);
        } else {
            there += weight;
        }
    }
    side
}

/// The lowest values, some of them or more.
fn cuts(values: &[u64]) -> impl Iterator<Item = Vec<u64>> {
    let total: usize = values.iter().map(|word| word.count_ones() as usize).sum();
    let step = total.div_ceil(CUTS + 1).max(1);
    (1..total).filter(move |taken| taken % step == 0).map(move |taken| lowest(values, taken))
}

fn lowest(values: &[u64], mut taken: usize) -> Vec<u64> {
    let mut result = vec![0; values.len()];
    for (word, mut rest) in result.iter_mut().zip(values.iter().copied()) {
        while taken > 0 && rest != 0 {
            *word |= rest & rest.wrapping_neg();
            rest &= rest - 1;
            taken -= 1;
        }
    }
    result
}
