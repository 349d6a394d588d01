//! The arithmetic of expected costs: weights, seconds, and the best prefix. Refuses to know tables and sessions.
//!
//! Everything is an integer, so that every reader decides alike. A score is a sum of weights times seconds: the expected seconds
//! times the total weight, and scores are compared only for the same total. Bounds: a case weighs at most 10^12 (see [`CERTAIN`] and
//! [`MOST_WEIGHT`]) and a time is at most 10^8 seconds, so that for 2^28 cases and remedies, more than a table can hold in memory, a
//! score is below 2^(40 + 28 + 27 + 28) = 2^123, and the sums of a few scores fit 128 bits.

use std::cmp::Ordering;

/// The whole of an entry's cases.
pub(super) const CERTAIN: u64 = 1_000_000;
/// A percentage of them.
pub(super) const PERCENT: u64 = CERTAIN / 100;
/// An entry's weight counts as no more than this.
pub(super) const MOST_WEIGHT: u64 = 1_000_000;
/// A time counts as no more than this, about three years, and as a second at least.
pub(super) const MOST_SECONDS: u64 = 100_000_000;

/// Times where none is declared.
pub(super) const QUESTION_SECONDS: u64 = 60;
pub(super) const ACTION_SECONDS: u64 = 300;
pub(super) const CONTACT_SECONDS: u64 = 86_400;

/// A sum of weights times seconds.
pub(super) type Score = u128;

/// Something that may solve the problem: the weight of the cases in which it does, and how long it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trial {
    pub weight: Score,
    /// At least 1, or else not everything could be put in order.
    pub seconds: u64,
}

impl Trial {
    /// Less is better: more weight per second comes first.
    pub fn order(&self, other: &Self) -> Ordering {
        let per_second = |weight: Score, seconds: u64| weight.saturating_mul(Score::from(seconds));
        per_second(other.weight, self.seconds).cmp(&per_second(self.weight, other.seconds))
    }
}

/// A declared time within its bounds.
pub(super) fn seconds(declared: Option<u32>, default: u64) -> u64 {
    declared.map_or(default, u64::from).clamp(1, MOST_SECONDS)
}

/// The score of trying things in this order, stopping after as many as is best, and then turning to somebody who takes `last`
/// seconds. `total` is the weight of all cases, of which each trial takes its own away.
///
/// The order by weight per second and the best prefix of it are the optimum for independent actions with a last resort: Heckerman,
/// Breese and Rommelse, "Decision-theoretic troubleshooting", CACM 38(3), 1995; the best prefix instead of the first one that looks
/// good was found better by exhaustive comparison.
pub(super) fn best_prefix(total: Score, trials: impl IntoIterator<Item = Trial>, last: u64) -> Score {
    let last = Score::from(last);
    let mut best = total.saturating_mul(last);
    let (mut left, mut spent) = (total, 0);
    for Trial { weight, seconds } in trials {
        spent = left.saturating_mul(Score::from(seconds)).saturating_add(spent);
        left = left.saturating_sub(weight);
        best = best.min(left.saturating_mul(last).saturating_add(spent));
    }
    best
}

/// Divides a weight among so many, evenly; the parts add up to it.
pub(super) fn divide(weight: u64, parts: usize) -> impl Iterator<Item = u64> {
    let (weight, count) = (u128::from(weight), parts.max(1) as u128);
    (0..count).map(move |at| (weight * (at + 1) / count - weight * at / count) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trials(list: &[(Score, u64)]) -> Vec<Trial> {
        list.iter().map(|(weight, seconds)| Trial { weight: *weight, seconds: *seconds }).collect()
    }

    /// The score of doing all of it, the last thing solving the rest: a prefix whose last resort is the last thing.
    fn all(total: Score, list: &[(Score, u64)], last: u64) -> Score {
        let (mut left, mut spent) = (total, 0);
        for (weight, seconds) in list {
            spent += left * Score::from(*seconds);
            left -= *weight;
        }
        spent + left * Score::from(last)
    }

    /// Heckerman, Breese and Rommelse 1995, fig. 1: a question for 5, then two components to repair for 10 and 20; percentages that
    /// the first repair helps. The second one always does.
    #[test]
    fn a_rollback_asks_first_where_the_answer_is_worth_it() {
        let (question, c1, c2) = (5, 10, 20);
        let first_c1 = |percent| all(100, &[(percent, c1)], c2);
        let first_c2 = |percent| all(100, &[(percent, c2)], c1);
        assert_eq!((first_c1(90) + 500, first_c2(1) + 500), (1_700, 3_490));
        assert_eq!((first_c1(25) + 500, first_c2(70) + 500), (3_000, 2_800));
        assert_eq!((first_c1(50), first_c2(5)), (2_000, 2_950));
        let ask = question * 100 + (80 * first_c1(90).min(first_c2(1)) + 20 * first_c1(25).min(first_c2(70))) / 100;
        assert_eq!(ask, 1_920);
        assert!(ask < first_c1(50).min(first_c2(5)));
    }

    /// Jensen et al. 2001, fig. 1: causes of 20, 25, 40 and 15; three actions for 1 that remove two of them each.
    #[test]
    fn overlapping_actions_show_what_greed_costs() {
        let causes: [Score; 4] = [20, 25, 40, 15];
        let removes = [[true, true, false, false], [false, true, true, false], [false, false, true, true]];
        let weights = |left: &[bool; 4]| -> Vec<Score> {
            let weight = |removed: &[bool; 4]| (0..4).filter(|at| left[*at] && removed[*at]).map(|at| causes[at]).sum();
            removes.iter().map(weight).collect()
        };
        let (mut left, mut order, mut chain) = ([true; 4], Vec::new(), Vec::new());
        while left.contains(&true) {
            let weights = weights(&left);
            let trial = |at: &usize| Trial { weight: weights[*at], seconds: 1 };
            let best = (0..3).min_by(|a, b| trial(a).order(&trial(b))).unwrap();
            order.push(best);
            chain.push((weights[best], 1));
            (0..4).for_each(|at| left[at] &= !removes[best][at]);
        }
        assert_eq!((order, all(100, &chain, 0)), (vec![1, 0, 2], 150));
        let in_order = |order: [usize; 3]| {
            let mut left = [true; 4];
            let chain = order.map(|at| {
                let weight = weights(&left)[at];
                (0..4).for_each(|cause| left[cause] &= !removes[at][cause]);
                (weight, 1)
            });
            all(100, &chain, 0)
        };
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        assert_eq!(orders.map(in_order).into_iter().min(), Some(145));
        assert_eq!(in_order([2, 0, 1]), 145);
        // "C1 or C2?" for 0.2, times ten: yes leaves the first action, no the third.
        let ask = 2 * 100 + all(45, &[(45, 10)], 0) + all(55, &[(55, 10)], 0);
        assert_eq!(ask, 1_200);
        assert!(ask < 1_450);
    }

    #[test]
    fn three_remedies_in_a_row_are_all_tried_when_the_last_resort_is_dear() {
        let remedies = trials(&[(50, 3), (30, 8), (15, 6)]);
        assert!(remedies.is_sorted_by(|a, b| a.order(b).is_le()));
        assert_eq!(best_prefix(100, remedies.clone(), 30), 970);
        assert_eq!(best_prefix(100, remedies, 10), 800);
    }

    #[test]
    fn the_order_by_weight_per_second_and_its_best_prefix_are_the_optimum() {
        let mut state = 1u64;
        let mut below = |limit: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % limit
        };
        for _ in 0..300 {
            let mut remedies: Vec<Trial> =
                (0..1 + below(5)).map(|_| Trial { weight: below(20).into(), seconds: 1 + below(30) }).collect();
            let total: Score = remedies.iter().map(|it| it.weight).sum::<Score>() + u128::from(below(20));
            let last = below(60);
            let optimum = best_order(total, &remedies, last);
            remedies.sort_by(Trial::order);
            assert_eq!(best_prefix(total, remedies, last), optimum);
        }
    }

    fn best_order(left: Score, remedies: &[Trial], last: u64) -> Score {
        let next = (0..remedies.len()).map(|at| {
            let mut others = remedies.to_vec();
            let Trial { weight, seconds } = others.remove(at);
            left * Score::from(seconds) + best_order(left - weight, &others, last)
        });
        next.chain([left * Score::from(last)]).min().unwrap()
    }

    #[test]
    fn divided_weights_add_up() {
        assert_eq!(divide(10, 4).collect::<Vec<_>>(), [2, 3, 2, 3]);
        assert_eq!(divide(u64::MAX, 3).sum::<u64>(), u64::MAX);
    }
}
