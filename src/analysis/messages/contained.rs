//! Finds messages that stand inside those of other symptoms. Refuses to know what a finding says of each.

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use super::LABELS;
use super::known::{Known, Messages, VARIES};
use crate::analysis::within::undecided;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// At most so many places where the longest part of a message stands in another one are looked at.
const PLACES: usize = 4_000_000;
/// At most so many messages with the same text are looked at.
const ALIKE: usize = 64;
/// A shorter message, in characters, is not searched for.
const SHORTEST: usize = 2;

/// Messages with the same text.
struct Alike<'a> {
    text: &'a str,
    messages: Vec<&'a Known>,
    /// The longer ones that contain it.
    longer: Vec<(&'a Known, &'a Known)>,
    more: usize,
    /// The text looked at last, so that each is looked at once.
    seen_in: Option<usize>,
}

/// One finding for each text that stands in a message of another symptom, the parts that do not vary in order. All texts are
/// searched for all others at once, by their longest part (Aho and Corasick).
pub(super) fn check(messages: &Messages<'_>, diagnostics: &mut Diagnostics) {
    let mut groups = groups(&messages.all);
    let texts: Vec<&str> = groups.iter().map(|group| group.text).collect();
    let parts: Vec<&str> = texts.iter().map(|text| longest_part(text)).collect();
    let Ok(search) = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&parts) else { return };
    let mut places = 0;
    for (longer, text) in texts.iter().enumerate() {
        for hit in search.find_overlapping_iter(text) {
            places += 1;
            let shorter = hit.pattern().as_usize();
            if groups[shorter].seen_in.replace(longer) != Some(longer)
                && (shorter == longer || stands_in(groups[shorter].text, text))
            {
                pair(shorter, longer, &mut groups, messages);
            }
        }
        if places > PLACES {
            report_undecided(messages, diagnostics);
            break;
        }
    }
    groups.iter().for_each(|group| report(group, messages, diagnostics));
}

fn groups(all: &[Known]) -> Vec<Alike<'_>> {
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut groups: Vec<Alike<'_>> = Vec::new();
    for known in all.iter().filter(|known| known.text.chars().nth(SHORTEST - 1).is_some()) {
        let place = *places.entry(&known.text).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Alike { text: &known.text, messages: Vec::new(), longer: Vec::new(), more: 0, seen_in: None });
        }
        groups[place].messages.push(known);
    }
    groups
}

fn longest_part(text: &str) -> &str {
    text.split(VARIES).max_by_key(|part| part.len()).unwrap_or(text)
}

/// Whether all parts of a message stand in a text in their order.
pub(super) fn stands_in(message: &str, text: &str) -> bool {
    let mut rest = Some(text);
    for part in message.split(VARIES) {
        rest = rest.and_then(|rest| rest.split_once(part)).map(|(_, after)| after);
    }
    rest.is_some()
}

/// Notes a pair of messages that may be confused, the first that there is. Of equal messages those count that have different
/// circumstances; others are errors.
fn pair<'a>(shorter: usize, longer: usize, groups: &mut [Alike<'a>], messages: &Messages<'_>) {
    let is_pair = |(one, other): &(&'a Known, &'a Known)| {
        (shorter != longer || one.during != other.during) && messages.may_be_confused(one, other)
    };
    let known = |group: usize| groups[group].messages.iter().copied().take(ALIKE);
    let found = known(shorter).flat_map(|one| known(longer).map(move |other| (one, other))).find(is_pair);
    let Some(found) = found else { return };
    let group = &mut groups[shorter];
    if group.longer.len() < LABELS {
        group.longer.push(found);
    } else {
        group.more += 1;
    }
}

fn report(group: &Alike<'_>, messages: &Messages<'_>, diagnostics: &mut Diagnostics) {
    let Some((shorter, longer)) = group.longer.first() else { return };
    let finding = Diagnostic::at(Code::ContainedMessage, shorter.span).text("name", messages.name(shorter.symptom));
    let is_equal = shorter.text == longer.text;
    let finding = finding.word("relation", if is_equal { "equal-to" } else { "is-part-of" });
    let mut finding = finding.text("other", messages.name(longer.symptom));
    for (_, longer) in &group.longer {
        finding = finding.label(longer.span, if longer.text == shorter.text { "equal" } else { "longer" });
    }
    if group.more > 0 {
        finding = finding.text("more", group.more.to_string()).help("more");
    }
    let finding = if is_equal { finding.help("during") } else { finding.help("longest").help("apart") };
    finding.push_to(diagnostics);
}

fn report_undecided(messages: &Messages<'_>, diagnostics: &mut Diagnostics) {
    if let Some(known) = messages.all.first() {
        let name = messages.name(known.symptom);
        undecided(known.span, name, "whether-contained").push_to(diagnostics);
    }
}
