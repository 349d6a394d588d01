//! What every comparison looks things up in. Refuses to compare.

use std::cell::Cell;

use super::joint::Joint;
use super::matching::Matching;
use super::version::{Side, Version};
use super::world::World;
use crate::language::Language;

pub struct Context<'a> {
    pub versions: [&'a Version<'a>; 2],
    pub matching: &'a Matching,
    pub joint: &'a Joint,
    /// What both versions assume.
    pub world: &'a World,
    /// That of the new version's prose.
    pub language: Language,
    /// How many more regions may be worked out before it takes too long.
    pub regions_left: Cell<usize>,
}

/// More changes than anybody reads, worked out in seconds.
pub const MOST_REGIONS: usize = 4096;

impl<'a> Context<'a> {
    pub fn version(&self, side: Side) -> &'a Version<'a> {
        match side {
            Side::Old => self.versions[0],
            Side::New => self.versions[1],
        }
    }
}
