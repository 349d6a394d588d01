//! Sets of values against the standard library's, at the sizes where the representation changes.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::config;
use crate::logic::Values;

fn two_sets() -> impl Strategy<Value = (u32, BTreeSet<u32>, BTreeSet<u32>)> {
    let size = prop_oneof![Just(0u32), 1u32..10, 60u32..70, 120u32..135, 190u32..260];
    size.prop_flat_map(|size| {
        let values = || prop::collection::btree_set(0..size.max(1), 0..=size as usize);
        (Just(size), values(), values())
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn operations_are_those_of_sets((size, mut a, mut b) in two_sets()) {
        a.retain(|value| *value < size);
        b.retain(|value| *value < size);
        let set = |values: &BTreeSet<u32>| Values::of(size, values.iter().copied());
        let all: BTreeSet<u32> = (0..size).collect();
        let (x, y) = (set(&a), set(&b));
        prop_assert!(x.iter().eq(a.iter().copied()));
        prop_assert_eq!((x.len() as usize, x.first(), x.size()), (a.len(), a.first().copied(), size));
        prop_assert_eq!(x.union(&y), set(&(&a | &b)));
        prop_assert_eq!(x.intersect(&y), set(&(&a & &b)));
        prop_assert_eq!(x.complement(), set(&(&all - &a)));
        prop_assert_eq!((x.is_subset(&y), x.is_disjoint(&y)), (a.is_subset(&b), a.is_disjoint(&b)));
        prop_assert_eq!((x.is_empty(), x.is_full(), x == y), (a.is_empty(), a == all, a == b));
        prop_assert!((0..size + 70).all(|value| x.contains(value) == a.contains(&value)));
        prop_assert_eq!(Values::all(size), set(&all));
        prop_assert_eq!(Values::of(size, [size, size + 64]), Values::none(size));
    }
}
