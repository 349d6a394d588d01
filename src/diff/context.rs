//! What every comparison looks things up in. Refuses to compare.

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
}

impl<'a> Context<'a> {
    pub fn version(&self, side: Side) -> &'a Version<'a> {
        match side {
            Side::Old => self.versions[0],
            Side::New => self.versions[1],
        }
    }
}
