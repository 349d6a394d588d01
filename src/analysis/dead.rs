//! `dead-entry` and `dead-action`: what is shown in no situation. Refuses to know how situations are searched.

use super::Context;
use super::assumptions::Connected;
use super::problem::Problem;
use super::site::Site;
use crate::diag::Diagnostics;

/// What is dead under one symptom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {}

pub(super) fn find(_problem: &Problem) -> Found {
    Found {}
}

/// What is dead under every symptom seen.
#[derive(Debug, Default)]
pub(super) struct Everywhere {}

impl Everywhere {
    pub(super) fn note(&mut self, _found: &Found, _site: &Site<'_>) {}

    pub(super) fn report(self, _cx: &Context<'_>, _connected: &Connected, _diagnostics: &mut Diagnostics) {}
}
