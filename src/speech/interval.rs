//! Says stretches of numbers, versions and dates: 「18以上25以下」. Knows nothing of whole conditions.

use crate::language::Language;
use crate::model::FactId;
use crate::types::{Cut, Interval, NumberDomain, Point};

use super::point;
use super::spelling::{Side, Spellings};
use super::{Speech, either, except, nothing, simplify};

/// The stretches, or what they leave out when that is shorter to say.
pub fn words(speech: Speech<'_>, fact: FactId, intervals: &[Interval], spellings: &Spellings) -> String {
    let say = |intervals: &[Interval]| -> Vec<String> {
        intervals.iter().map(|interval| one(speech, fact, interval, spellings)).collect()
    };
    let gaps: Vec<Interval> = simplify::gaps(intervals).iter().map(|gap| on_grid(speech, fact, gap)).collect();
    let open_ended =
        intervals.first().is_some_and(|first| first.from.is_none()) && intervals.last().is_some_and(|l| l.to.is_none());
    let one_left_out = || matches!(gaps.as_slice(), [gap] if named(speech, fact, gap, spellings).is_some());
    if intervals.is_empty() {
        nothing(speech.language).to_owned()
    } else if open_ended && !gaps.is_empty() || one_left_out() {
        except(&say(&gaps), speech.language)
    } else {
        either(&say(intervals), speech.language)
    }
}

/// A stretch of numbers by its first and last value: 「1〜4件」, as in the name of an answer. Others in words.
pub fn stretch(speech: Speech<'_>, fact: FactId, interval: &Interval, spellings: &Spellings) -> String {
    let Interval { from: Some(from), to: Some(to) } = interval else { return one(speech, fact, interval, spellings) };
    let (Point::Number(first), Point::Number(end)) = (&from.point, &to.point) else {
        return one(speech, fact, interval, spellings);
    };
    let write = |number: i64| point::bare(speech, fact, &Point::Number(number));
    let last = end.saturating_sub(1);
    let numbers = match (*first == last, speech.language) {
        (true, _) => write(*first),
        (false, Language::Japanese) => format!("{}〜{}", write(*first), write(last)),
        (false, Language::English) => format!("{} to {}", write(*first), write(last)),
    };
    point::with_unit(numbers, point::unit(speech, fact))
}

/// The same values, between cuts that lie at values which the fact may have.
fn on_grid(speech: Speech<'_>, fact: FactId, interval: &Interval) -> Interval {
    let Some(NumberDomain { min, step, .. }) = speech.types.numbers.get(&fact) else { return interval.clone() };
    let base = min.unwrap_or(0);
    let next = |cut: &Cut| match cut.point {
        Point::Number(number) => {
            let beyond = number.saturating_sub(base).rem_euclid(*step);
            let up = if beyond == 0 { 0 } else { step - beyond };
            Cut { point: Point::Number(number.saturating_add(up)), after: cut.after }
        }
        Point::Version(_) | Point::Date(_) | Point::Today(_) => cut.clone(),
    };
    Interval { from: interval.from.as_ref().map(next), to: interval.to.as_ref().map(next) }
}

/// An end of a stretch, in the way that people would write it.
struct End<'a> {
    point: Point,
    inclusive: bool,
    cut: &'a Cut,
}

fn one(speech: Speech<'_>, fact: FactId, interval: &Interval, spellings: &Spellings) -> String {
    let write = |point: &Point| point::words(speech, fact, point, spellings);
    let step = grain(speech, fact);
    if let Some(single) = single(interval, step) {
        return write(single);
    }
    if let Some(named) = named(speech, fact, interval, spellings) {
        return write(&named);
    }
    if let Some(base) = wildcard(interval) {
        return format!("{}.x", write(base));
    }
    let written = |point: &Point, side| spellings.has(speech, fact, point, side);
    let from = interval.from.as_ref().map(|cut| lower(cut, step, written));
    let to = interval.to.as_ref().map(|cut| upper(cut, step, written));
    if let Some(text) = days_around(&from, &to, speech.language) {
        return text;
    }
    let from = from.map(|end| (write(&end.point), end));
    let to = to.map(|end| (write(&end.point), end));
    match speech.language {
        Language::Japanese => japanese(from, to),
        Language::English => english(from, to),
    }
}

/// The values that a number fact may take; `None` when there are no bounds.
pub fn range(speech: Speech<'_>, fact: FactId) -> Option<String> {
    let NumberDomain { min, max, step } = *speech.types.numbers.get(&fact)?;
    let cut = |number: i64| Cut { point: Point::Number(number), after: false };
    // Where both ends are known, the last value is the one before the end.
    let after = max.and_then(|max| max.checked_add(if min.is_some() { 1 } else { step }));
    let interval = Interval { from: min.map(cut), to: after.map(cut) };
    let ends = [(min, Side::Before), (max, Side::After)];
    let ends = ends.into_iter().filter_map(|(end, side)| Some((Point::Number(end?), side)));
    let spellings = Spellings::of_ends(fact, ends, speech);
    (min.is_some() || max.is_some()).then(|| stretch(speech, fact, &interval, &spellings))
}

/// The distance between the values of a number fact.
pub fn step(speech: Speech<'_>, fact: FactId) -> String {
    let step = Point::Number(grain(speech, fact));
    point::words(speech, fact, &step, &Spellings::default())
}

fn grain(speech: Speech<'_>, fact: FactId) -> i64 {
    speech.types.numbers.get(&fact).map_or(1, |domain| domain.step)
}

/// The value, when there is one alone because others are beyond the fact's range, and the writer named it: `= 0` of a
/// count, which has no end below.
fn named(speech: Speech<'_>, fact: FactId, interval: &Interval, spellings: &Spellings) -> Option<Point> {
    let domain = speech.types.numbers.get(&fact)?;
    let number = |cut: &Option<Cut>| match cut.as_ref().map(|cut| &cut.point) {
        Some(Point::Number(number)) => Some(*number),
        Some(Point::Version(_) | Point::Date(_) | Point::Today(_)) | None => None,
    };
    let first = number(&interval.from).or(domain.min)?;
    let next = number(&interval.to).or(domain.max.and_then(|max| max.checked_add(domain.step)))?;
    let point = Point::Number(first);
    let is_alone = first.checked_add(domain.step) == Some(next);
    (is_alone && spellings.has(speech, fact, &point, Side::Around)).then_some(point)
}

/// The value, when there is one alone.
fn single(interval: &Interval, step: i64) -> Option<&Point> {
    let (from, to) = (interval.from.as_ref()?, interval.to.as_ref()?);
    let alone = match (&from.point, &to.point) {
        (Point::Version(a), Point::Version(b)) => a == b && !from.after && to.after,
        (Point::Number(a), Point::Number(b)) => a.checked_add(step) == Some(*b),
        (Point::Date(a), Point::Date(b)) | (Point::Today(a), Point::Today(b)) => a.checked_add(1) == Some(*b),
        (Point::Number(_) | Point::Version(_) | Point::Date(_) | Point::Today(_), _) => false,
    };
    alone.then_some(&from.point)
}

/// `22.04` of the stretch that `22.04.x` stands for: up to the next version of as many parts.
fn wildcard(interval: &Interval) -> Option<&Point> {
    let (from, to) = (interval.from.as_ref()?, interval.to.as_ref()?);
    let (Point::Version(low), Point::Version(high)) = (&from.point, &to.point) else { return None };
    let (last, head) = low.split_last()?;
    let (next, other) = high.split_last()?;
    (!from.after && !to.after && head == other && last.checked_add(1) == Some(*next)).then_some(&from.point)
}

/// From 18: 「18以上」; a whole number has a second name, 「17超」, which is taken when the writer did, or when it is rounder.
fn lower(cut: &Cut, step: i64, written: impl Fn(&Point, Side) -> bool) -> End<'_> {
    let rounder = |before: &Point| roundness(before) > roundness(&cut.point);
    match second_name(cut, step, written, rounder) {
        Some(point) => End { point, inclusive: false, cut },
        None => End { point: cut.point.clone(), inclusive: !cut.after, cut },
    }
}

/// Up to 26, itself excluded: 「25以下」, or 「26未満」 when the writer put it so, or where that is rounder, as with 100.
fn upper(cut: &Cut, step: i64, written: impl Fn(&Point, Side) -> bool) -> End<'_> {
    let rounder = |before: &Point| roundness(before) >= roundness(&cut.point);
    match second_name(cut, step, written, rounder) {
        Some(point) => End { point, inclusive: true, cut },
        None => End { point: cut.point.clone(), inclusive: cut.after, cut },
    }
}

/// The value just before a cut, when the cut is better named by it than by the value just after.
fn second_name(
    cut: &Cut,
    step: i64,
    written: impl Fn(&Point, Side) -> bool,
    rounder: impl Fn(&Point) -> bool,
) -> Option<Point> {
    let before = previous(&cut.point, step)?;
    let is_better = match (written(&before, Side::After), written(&cut.point, Side::Before)) {
        (true, false) => true,
        (false, true) => false,
        (true, true) | (false, false) => rounder(&before),
    };
    is_better.then_some(before)
}

/// The neighbouring value below, of a scale that has one.
fn previous(point: &Point, step: i64) -> Option<Point> {
    match point {
        Point::Number(n) => n.checked_sub(step).map(Point::Number),
        Point::Date(n) => n.checked_sub(1).map(Point::Date),
        Point::Today(n) => n.checked_sub(1).map(Point::Today),
        Point::Version(_) => None,
    }
}

/// Trailing zeros; dates are all alike.
fn roundness(point: &Point) -> u32 {
    match point {
        Point::Number(0) | Point::Today(0) => u32::MAX,
        Point::Number(n) | Point::Today(n) => {
            std::iter::successors(Some(*n), |n| Some(n / 10)).take_while(|n| n % 10 == 0).count() as u32
        }
        Point::Date(_) | Point::Version(_) => 0,
    }
}

/// 「今日から30日以内」.
fn days_around(from: &Option<End<'_>>, to: &Option<End<'_>>, language: Language) -> Option<String> {
    let (from, to) = (from.as_ref()?, to.as_ref()?);
    let (Point::Today(first), Point::Today(last)) = (&from.cut.point, &to.cut.point) else { return None };
    match (first, last.checked_sub(1)?, language) {
        (0, last @ 1.., Language::Japanese) => Some(format!("今日から{last}日以内")),
        (0, 1, Language::English) => Some("within a day from today".to_owned()),
        (0, last @ 1.., Language::English) => Some(format!("within {last} days from today")),
        (first @ ..0, 0, Language::Japanese) => Some(format!("今日までの{}日以内", first.unsigned_abs())),
        (-1, 0, Language::English) => Some("within the last day".to_owned()),
        (first @ ..0, 0, Language::English) => Some(format!("within the last {} days", first.unsigned_abs())),
        _ => None,
    }
}

type Written<'a> = Option<(String, End<'a>)>;

fn japanese(from: Written<'_>, to: Written<'_>) -> String {
    let from = from.map(|(text, end)| {
        text + match (&end.point, end.inclusive) {
            (Point::Number(_), true) | (Point::Version(_), true) => "以上",
            (Point::Number(_), false) => "超",
            (Point::Version(_), false) => "より新しい版",
            (Point::Date(_) | Point::Today(_), true) => "以降",
            (Point::Date(_) | Point::Today(_), false) => "より後",
        }
    });
    let to = to.map(|(text, end)| {
        text + match (&end.point, end.inclusive) {
            (Point::Number(_), true) | (Point::Version(_), true) => "以下",
            (Point::Number(_) | Point::Version(_), false) => "未満",
            (Point::Date(_) | Point::Today(_), true) => "まで",
            (Point::Date(_) | Point::Today(_), false) => "より前",
        }
    });
    match (from, to) {
        (Some(from), Some(to)) if to.ends_with("まで") || to.ends_with("より前") => format!("{from}、{to}"),
        (Some(from), Some(to)) => from + &to,
        (Some(end), None) | (None, Some(end)) => end,
        (None, None) => "どの値でも".to_owned(),
    }
}

fn english(from: Written<'_>, to: Written<'_>) -> String {
    match (from, to) {
        (Some((low, from)), Some((high, to))) if from.inclusive && to.inclusive => format!("from {low} to {high}"),
        (Some(from), Some(to)) => format!("{} and {}", at_least(from), at_most(to)),
        (Some(from), None) => at_least(from),
        (None, Some(to)) => at_most(to),
        (None, None) => "any value".to_owned(),
    }
}

fn at_least((text, end): (String, End<'_>)) -> String {
    match (&end.point, end.inclusive) {
        (Point::Number(_), true) => format!("at least {text}"),
        (Point::Number(_), false) => format!("more than {text}"),
        (Point::Version(_), true) => format!("{text} or newer"),
        (Point::Version(_), false) => format!("newer than {text}"),
        (Point::Date(_) | Point::Today(_), true) => format!("on or after {text}"),
        (Point::Date(_) | Point::Today(_), false) => format!("after {text}"),
    }
}

fn at_most((text, end): (String, End<'_>)) -> String {
    match (&end.point, end.inclusive) {
        (Point::Number(_), true) => format!("at most {text}"),
        (Point::Number(_), false) => format!("less than {text}"),
        (Point::Version(_), true) => format!("{text} or older"),
        (Point::Version(_), false) => format!("older than {text}"),
        (Point::Date(_) | Point::Today(_), true) => format!("on or before {text}"),
        (Point::Date(_) | Point::Today(_), false) => format!("before {text}"),
    }
}
