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

    /// A number from 0: its upper bits as so many ones and a zero, then the lower `width` bits (Rice, JPL 79-22, 1979).
    pub fn rice(&mut self, value: u32, width: u32) {
        let mut ones = value >> width;
        while ones > 0 {
            let some = ones.min(31);
            self.push((1 << some) - 1, some);
            ones -= some;
        }
        self.push(0, 1);
        self.push(value & ((1 << width) - 1), width);
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
        bits.rice(9, 2);
        bits.push(3, 2);
        // 1 00101 110 01 11
        assert_eq!(bits.into_bytes(), [0b1001_0111, 0b0011_1000]);
    }
}
