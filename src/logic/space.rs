//! Variables and how many values each has; it refuses to know what they stand for.

/// A variable: an index into its [`Space`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Var(pub u32);

impl Var {
    /// The variable's place in a slice with one element per variable.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of values of each variable. The situations are all the ways to choose one value each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Space {
    sizes: Vec<u32>,
}

impl Space {
    /// `sizes[v]` is the number of values of `Var(v)`. A variable needs at least one, so 0 is read as 1.
    pub fn new(sizes: Vec<u32>) -> Space {
        Space { sizes: sizes.into_iter().map(|size| size.max(1)).collect() }
    }

    /// The number of values of `var`, 1 for a variable that the space does not have.
    pub fn size(&self, var: Var) -> u32 {
        self.sizes.get(var.index()).copied().unwrap_or(1)
    }

    /// All variables, in ascending order.
    pub fn vars(&self) -> impl ExactSizeIterator<Item = Var> + use<> {
        (0..self.sizes.len() as u32).map(Var)
    }
}
