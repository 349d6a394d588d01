//! Branches: the first whose condition holds is taken. Refuses to know what the branches say.

use super::context::Given;
use super::{Report, Walk};
use crate::model::Branch;

impl Walk<'_, '_> {
    /// A branch is reached when none before it holds. That the last of them is always met then is how a writer spells *else*
    /// out, and that the first one is always met says that no other is reached.
    pub(super) fn branches(&mut self, branches: &[Branch], given: &[Given]) {
        let mut reached = given.to_vec();
        for (at, branch) in branches.iter().enumerate() {
            let report = if at == 0 { Report::Both } else { Report::NeverOnly };
            match branch.when {
                Some(when) => {
                    let Some(inside) = self.conditions(&[when], reached.clone(), report) else {
                        reached.push(Given::denied_condition(when, self.within));
                        continue;
                    };
                    self.steps(&branch.steps, &inside);
                    reached.push(Given::denied_condition(when, self.within));
                    if report == Report::Both && !self.is_possible(&reached) {
                        return;
                    }
                }
                None if self.is_possible(&reached) => self.steps(&branch.steps, &reached),
                None => self.report_otherwise(branch.span, &reached),
            }
        }
    }
}
