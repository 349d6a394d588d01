//! `gap`: situations of a symptom in which no entry answers. Refuses to know how situations are searched.

use super::problem::Problem;
use super::site::Site;
use crate::diag::Diagnostics;

/// The situations in which no entry answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {}

pub(super) fn find(_problem: &Problem) -> Found {
    Found {}
}

pub(super) fn report(_found: &Found, _site: &Site<'_>, _diagnostics: &mut Diagnostics) {}
