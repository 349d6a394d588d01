//! The assumptions, parted into groups that share no variable. Refuses to solve them.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::domain::Assumed;
use crate::logic::Var;

/// Assumptions by the variables that they connect.
#[derive(Debug)]
pub struct Connected {
    /// In each group the assumptions, in the order written, and all variables that they mention.
    groups: Vec<Group>,
    by_var: FxHashMap<Var, usize>,
}

#[derive(Debug, Default)]
struct Group {
    assumed: Vec<(usize, Assumed)>,
    vars: BTreeSet<Var>,
}

impl Connected {
    /// Merges smaller groups into larger ones (union by size), so that the effort is nearly linear.
    pub fn new(assumed: Vec<Assumed>) -> Self {
        let mut connected = Self { groups: Vec::new(), by_var: FxHashMap::default() };
        for (index, one) in assumed.into_iter().enumerate() {
            connected.add(index, one);
        }
        for group in &mut connected.groups {
            group.assumed.sort_by_key(|(index, _)| *index);
        }
        connected
    }

    fn add(&mut self, index: usize, assumed: Assumed) {
        let vars = assumed.formula.support();
        let near: BTreeSet<usize> = vars.iter().filter_map(|var| self.by_var.get(var).copied()).collect();
        let largest = near.iter().copied().max_by_key(|group| self.groups[*group].vars.len());
        let home = largest.unwrap_or_else(|| {
            self.groups.push(Group::default());
            self.groups.len() - 1
        });
        for other in near.into_iter().filter(|group| *group != home) {
            let Group { assumed, vars } = std::mem::take(&mut self.groups[other]);
            self.groups[home].assumed.extend(assumed);
            self.join(home, vars);
        }
        self.join(home, vars);
        self.groups[home].assumed.push((index, assumed));
    }

    fn join(&mut self, home: usize, vars: BTreeSet<Var>) {
        for var in &vars {
            self.by_var.insert(*var, home);
        }
        self.groups[home].vars.extend(vars);
    }

    /// The assumptions connected with some variables, in the order written; their variables are added.
    pub fn touching(&self, vars: &mut BTreeSet<Var>) -> Vec<&Assumed> {
        let groups: BTreeSet<usize> = vars.iter().filter_map(|var| self.by_var.get(var).copied()).collect();
        let mut found: Vec<&(usize, Assumed)> = Vec::new();
        for group in groups {
            let Group { assumed, vars: connected } = &self.groups[group];
            found.extend(assumed);
            vars.extend(connected);
        }
        found.sort_by_key(|(index, _)| *index);
        found.into_iter().map(|(_, assumed)| assumed).collect()
    }

    /// Every group's assumptions.
    pub fn groups(&self) -> impl Iterator<Item = impl Iterator<Item = &Assumed>> {
        self.groups.iter().map(|group| group.assumed.iter().map(|(_, assumed)| assumed))
    }
}
