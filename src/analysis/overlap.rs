//! `overlap`: entries that apply together and tell the reader different things. Refuses to know how situations are searched.

use super::problem::Problem;
use super::site::Site;
use crate::diag::Diagnostics;

/// The pairs of entries that overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {}

pub(super) fn find(_problem: &Problem) -> Found {
    Found {}
}

pub(super) fn report(_found: &Found, _site: &Site<'_>, _diagnostics: &mut Diagnostics) {}
