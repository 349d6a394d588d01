//! Numbers as bits that are the fewer the better they were expected. Refuses to know what they count.

/// How likely the bits of numbers of one kind are to be ones, in 65,536ths, as those before them were.
#[derive(Debug)]
pub(super) struct Chances {
    /// Whether a number has more bits than so many.
    longer: [u16; 32],
    /// By how many bits a number has, and the first three of those before.
    bits: [[u16; 8]; 32],
}

impl Default for Chances {
    fn default() -> Self {
        Self { longer: [EVEN; 32], bits: [[EVEN; 8]; 32] }
    }
}

const EVEN: u16 = 1 << 15;
/// What came last counts a sixteenth.
const MEMORY: u32 = 4;

/// The part of all texts of bits in which the one lies that is written (I. H. Witten and others, Communications of the ACM 30,
/// 1987), from `low` to `high`, 24 bits of each after what both begin with.
#[derive(Debug)]
pub(super) struct Coder {
    low: u32,
    high: u32,
    bytes: Vec<u8>,
}

impl Default for Coder {
    fn default() -> Self {
        Self { low: 0, high: MASK, bytes: Vec::new() }
    }
}

const MASK: u32 = 0xFF_FFFF;

impl Coder {
    fn bit(&mut self, chance: &mut u16, bit: bool) {
        let part = (u64::from(self.high - self.low) * u64::from(*chance)) >> 16;
        let middle = self.low + part as u32;
        if bit {
            self.high = middle;
            *chance += ((0x1_0000 - u32::from(*chance)) >> MEMORY) as u16;
        } else {
            self.low = middle + 1;
            *chance -= *chance >> MEMORY;
        }
        while self.low >> 16 == self.high >> 16 {
            self.bytes.push((self.low >> 16) as u8);
            self.low = self.low << 8 & MASK;
            self.high = self.high << 8 & MASK | 0xFF;
        }
    }

    /// A number from 1: how many bits follow its first one, and these.
    pub fn number(&mut self, value: u32, chances: &mut Chances) {
        let width = value.ilog2() as usize;
        for (at, chance) in chances.longer.iter_mut().take(width + 1).enumerate() {
            self.bit(chance, at < width);
        }
        for place in (0..width).rev() {
            let above = value as usize >> (place + 1);
            let above = if above < 8 { above } else { 0 };
            self.bit(&mut chances.bits[width][above], value >> place & 1 == 1);
        }
    }

    /// What is missing at the end are zeros.
    pub fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.push((self.high >> 16) as u8);
        self.bytes
    }
}

/// Reads what a [`Coder`] wrote.
#[cfg(test)]
pub(super) struct Decoder<'a> {
    low: u32,
    high: u32,
    code: u32,
    rest: &'a [u8],
}

#[cfg(test)]
impl<'a> Decoder<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut decoder = Self { low: 0, high: MASK, code: 0, rest: bytes };
        (0..3).for_each(|_| decoder.shift());
        decoder
    }

    fn shift(&mut self) {
        let (byte, rest) = self.rest.split_first().map_or((0, self.rest), |(byte, rest)| (*byte, rest));
        self.code = self.code << 8 & MASK | u32::from(byte);
        self.rest = rest;
    }

    fn bit(&mut self, chance: &mut u16) -> bool {
        let mut coder = Coder { low: self.low, high: self.high, bytes: Vec::new() };
        let part = (u64::from(self.high - self.low) * u64::from(*chance)) >> 16;
        let bit = self.code <= self.low + part as u32;
        coder.bit(chance, bit);
        (self.low, self.high) = (coder.low, coder.high);
        coder.bytes.iter().for_each(|_| self.shift());
        bit
    }

    pub fn number(&mut self, chances: &mut Chances) -> u32 {
        let width = (0..).find(|at| !self.bit(&mut chances.longer[*at])).expect("a number ends");
        (0..width).fold(1, |value, _| {
            let above = if value < 8 { value as usize } else { 0 };
            value << 1 | u32::from(self.bit(&mut chances.bits[width][above]))
        })
    }
}
