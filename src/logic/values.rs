//! A set of values of one variable, as bits; up to 64 values need no allocation. It refuses to know which variable.

/// A subset of the values `0..size` of one variable. Two sets are only ever combined when they have the same size.
///
/// The order is that of the bits read as a number, lowest value first; it means nothing, but it is total and stable.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Values(Repr);

/// `Small` exactly when there are at most 64 values; bits from `size` on are always 0. Hence derived equality is
/// equality of sets.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Repr {
    Small { size: u8, bits: u64 },
    Large { size: u32, words: Box<[u64]> },
}

const WORD: u32 = u64::BITS;

impl Values {
    /// No value out of `size`.
    pub fn none(size: u32) -> Values {
        match u8::try_from(size) {
            Ok(small) if size <= WORD => Values(Repr::Small { size: small, bits: 0 }),
            _ => Values(Repr::Large { size, words: vec![0; size.div_ceil(WORD) as usize].into() }),
        }
    }

    /// Every value out of `size`.
    pub fn all(size: u32) -> Values {
        Values::none(size).complement()
    }

    /// The given values out of `size`; those that are not below `size` are left out.
    pub fn of(size: u32, values: impl IntoIterator<Item = u32>) -> Values {
        let mut set = Values::none(size);
        for value in values {
            set.insert(value);
        }
        set
    }

    /// The values out of `size` whose bits are set in `words`, lowest value first.
    pub(super) fn from_words(size: u32, words: &[u64]) -> Values {
        let mut set = Values::none(size);
        for ((word, bits), index) in set.words_mut().iter_mut().zip(words).zip(0..) {
            *word = bits & mask(size, index);
        }
        set
    }

    /// How many values the variable has, in this set or not.
    pub fn size(&self) -> u32 {
        match &self.0 {
            Repr::Small { size, .. } => u32::from(*size),
            Repr::Large { size, .. } => *size,
        }
    }

    pub fn contains(&self, value: u32) -> bool {
        self.words().get((value / WORD) as usize).is_some_and(|word| word >> (value % WORD) & 1 == 1)
    }

    /// Adds a value. One that the variable does not have is ignored.
    pub fn insert(&mut self, value: u32) {
        if value >= self.size() {
            return;
        }
        if let Some(word) = self.words_mut().get_mut((value / WORD) as usize) {
            *word |= 1 << (value % WORD);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.words().iter().all(|word| *word == 0)
    }

    pub fn is_full(&self) -> bool {
        self.len() == self.size()
    }

    /// How many values are in the set.
    pub fn len(&self) -> u32 {
        self.words().iter().map(|word| word.count_ones()).sum()
    }

    pub fn union(&self, other: &Values) -> Values {
        self.combine(other, |a, b| a | b)
    }

    pub fn intersect(&self, other: &Values) -> Values {
        self.combine(other, |a, b| a & b)
    }

    pub fn complement(&self) -> Values {
        let size = self.size();
        let mut result = self.clone();
        for (word, index) in result.words_mut().iter_mut().zip(0..) {
            *word = !*word & mask(size, index);
        }
        result
    }

    pub fn is_subset(&self, other: &Values) -> bool {
        self.pairs(other).all(|(a, b)| a & !b == 0)
    }

    pub fn is_disjoint(&self, other: &Values) -> bool {
        self.pairs(other).all(|(a, b)| a & b == 0)
    }

    /// The lowest value of the set.
    pub fn first(&self) -> Option<u32> {
        self.iter().next()
    }

    /// The values of the set, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words().iter().zip(0u32..).flat_map(|(word, index)| ones(*word).map(move |bit| index * WORD + bit))
    }

    /// The bits, lowest value first, in words of 64.
    pub(super) fn words(&self) -> &[u64] {
        match &self.0 {
            Repr::Small { bits, .. } => std::slice::from_ref(bits),
            Repr::Large { words, .. } => words,
        }
    }

    fn words_mut(&mut self) -> &mut [u64] {
        match &mut self.0 {
            Repr::Small { bits, .. } => std::slice::from_mut(bits),
            Repr::Large { words, .. } => words,
        }
    }

    fn pairs<'a>(&'a self, other: &'a Values) -> impl Iterator<Item = (u64, u64)> + 'a {
        debug_assert_eq!(self.size(), other.size(), "sets of values of different variables");
        self.words().iter().copied().zip(other.words().iter().copied())
    }

    fn combine(&self, other: &Values, bits: impl Fn(u64, u64) -> u64) -> Values {
        debug_assert_eq!(self.size(), other.size(), "sets of values of different variables");
        let mut result = self.clone();
        for (word, others) in result.words_mut().iter_mut().zip(other.words()) {
            *word = bits(*word, *others);
        }
        result
    }
}

impl std::fmt::Debug for Values {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_set().entries(self.iter()).finish()?;
        write!(out, "/{}", self.size())
    }
}

/// The bits of the word at `index` that stand for values below `size`.
fn mask(size: u32, index: u32) -> u64 {
    match size.saturating_sub(index.saturating_mul(WORD)) {
        0 => 0,
        rest if rest >= WORD => u64::MAX,
        rest => (1 << rest) - 1,
    }
}

/// The places of the bits that are set, lowest first.
fn ones(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let place = (word != 0).then(|| word.trailing_zeros());
        word &= word.wrapping_sub(1);
        place
    })
}
