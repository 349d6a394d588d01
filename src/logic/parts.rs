//! Numbers joined into parts. It refuses to know what they stand for.

/// A partition of the numbers below some bound (a union-find with path halving).
pub(super) struct Parts {
    parents: Vec<u32>,
}

impl Parts {
    /// Each number by itself.
    pub(super) fn new(bound: usize) -> Parts {
        Parts { parents: (0..bound as u32).collect() }
    }

    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.lowest(one), self.lowest(other));
        self.parents[one.max(other)] = one.min(other) as u32;
    }

    /// The lowest number of the part that a number is in.
    pub(super) fn lowest(&mut self, mut number: usize) -> usize {
        while self.parents[number] as usize != number {
            self.parents[number] = self.parents[self.parents[number] as usize];
            number = self.parents[number] as usize;
        }
        number
    }
}
