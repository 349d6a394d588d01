//! Numbers as bits, most significant first. Refuses to know what they count.

/// Bits written one after the other.
#[derive(Debug, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    last: u64,
    /// How many bits of `last` count.
    filled: u32,
}

impl Bits {
    /// The lower bits of a value, at most 32 of them.
    pub fn push(&mut self, value: u32, width: u32) {
        self.last = self.last << width | u64::from(value);
        self.filled += width;
        while self.filled >= 8 {
            self.filled -= 8;
            self.bytes.push((self.last >> self.filled) as u8);
        }
        self.last &= (1 << self.filled) - 1;
    }

    /// A number from 1: as many zeros as it has bits after the first, then its bits (Elias' gamma code, IEEE Transactions on
    /// Information Theory 21, 1975).
    pub fn gamma(&mut self, value: u32) {
        let width = value.ilog2();
        self.push(0, width);
        self.push(value, width + 1);
    }

    /// A number from 0 that is less than `count`: the least ones are a bit shorter than the others, unless there are so many as a
    /// power of two.
    pub fn one_of(&mut self, value: u32, count: u32) {
        let width = u32::BITS - (count - 1).leading_zeros();
        let short = (1u64 << width) as u32 - count;
        if value < short { self.push(value, width - 1) } else { self.push(value + short, width) }
    }

    /// All others after these.
    pub fn extend(&mut self, other: &Self) {
        other.bytes.iter().for_each(|byte| self.push(u32::from(*byte), 8));
        self.push(other.last as u32, other.filled);
    }

    pub fn len(&self) -> usize {
        self.bytes.len() * 8 + self.filled as usize
    }

    /// All of them, the last byte filled with zeros.
    pub fn into_bytes(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.push(0, 8 - self.filled);
        }
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn codes_are_those_of_their_authors() {
        let mut bits = Bits::default();
        bits.gamma(1);
        bits.gamma(5);
        (0..3).for_each(|value| bits.one_of(value, 3));
        bits.one_of(0, 1);
        let mut all = Bits::default();
        all.push(3, 2);
        all.extend(&bits);
        // 11 1 00101 0 10 11
        assert_eq!((all.len(), all.into_bytes()), (13, vec![0b1110_0101, 0b0101_1000]));
    }
}
