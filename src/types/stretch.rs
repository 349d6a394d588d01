//! Stretches of ordered values: what a comparison with a literal leaves of a number, version or date.

use crate::ast::{Comparison, Range, Value, ValueKind};
use crate::diag::{Code, Diagnostic};
use crate::model::{Fact, FactId, Type, fold_name};

use super::context::Context;
use super::literal::{days_since_epoch, parse_decimal, parse_version, show_scaled, trim_zeros};
use super::{Cut, Interval, NumberDomain, Point, Test};

/// Where a literal begins and where it ends: `[from, to)` holds exactly what equals it.
pub(super) struct Bounds {
    from: Cut,
    to: Cut,
}

/// The values for which the comparison holds; `!=` gives those that are equal.
pub(super) fn compare(cx: &mut Context, id: FactId, op: Comparison, value: &Value) -> Option<Test> {
    let Bounds { from, to } = bounds(cx, id, value)?;
    let interval = match op {
        Comparison::Equal | Comparison::NotEqual => return equal(cx, id, value, from, to),
        Comparison::Less => Interval { from: None, to: Some(from) },
        Comparison::LessOrEqual => Interval { from: None, to: Some(to) },
        Comparison::Greater => Interval { from: Some(to), to: None },
        Comparison::GreaterOrEqual => Interval { from: Some(from), to: None },
    };
    Some(Test::Within(vec![within_domain(cx, id, interval)]))
}

fn equal(cx: &mut Context, id: FactId, value: &Value, from: Cut, to: Cut) -> Option<Test> {
    if from < to {
        let interval = Interval { from: Some(from), to: Some(to) };
        return Some(Test::Within(vec![within_domain(cx, id, interval)]));
    }
    report_number(cx, id, value, Code::OffStep, "step");
    None
}

/// The values in a written range.
pub(super) fn in_range(cx: &mut Context, id: FactId, range: &Range) -> Option<Test> {
    let from = match &range.from {
        Some(value) => Some(bounds(cx, id, value)?.from),
        None => None,
    };
    let to = match &range.to {
        Some(value) => Some(bounds(cx, id, value).map(|it| if range.inclusive { it.to } else { it.from })?),
        None => None,
    };
    if from.as_ref().zip(to.as_ref()).is_some_and(|(from, to)| from >= to) {
        report_empty(cx, range);
        return None;
    }
    Some(Test::Within(vec![within_domain(cx, id, Interval { from, to })]))
}

fn report_empty(cx: &mut Context, range: &Range) {
    let finding = Diagnostic::at(Code::EmptyRange, range.span).text("range", cx.text(range.span));
    finding.help("order").push_to(cx.diagnostics);
}

/// The union of stretches, sorted and disjoint.
pub(super) fn union(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.sort_by(|a, b| a.from.cmp(&b.from));
    let mut merged: Vec<Interval> = Vec::with_capacity(intervals.len());
    for next in intervals {
        match merged.last_mut() {
            Some(last) if last.to.is_none() || next.from.is_none() || last.to >= next.from => {
                last.to = last.to.take().zip(next.to).map(|(a, b)| a.max(b));
            }
            Some(_) | None => merged.push(next),
        }
    }
    merged
}

/// Ends beyond a number's domain are no ends.
fn within_domain(cx: &Context, id: FactId, interval: Interval) -> Interval {
    let Some(domain) = cx.types.numbers.get(&id) else { return interval };
    let number = |cut: &Cut| match cut.point {
        Point::Number(number) => Some(number),
        Point::Version(_) | Point::Date(_) | Point::Today(_) => None,
    };
    let above = |cut: &Cut| domain.min.is_none_or(|min| number(cut).is_none_or(|at| at > min));
    let below = |cut: &Cut| domain.max.is_none_or(|max| number(cut).is_none_or(|at| at <= max));
    Interval { from: interval.from.filter(above), to: interval.to.filter(below) }
}

fn bounds(cx: &mut Context, id: FactId, value: &Value) -> Option<Bounds> {
    let fact = &cx.model.facts[id];
    match &fact.ty {
        Type::Number { unit, .. } => {
            check_unit(cx, fact, *unit, value);
            number(cx, id, value)
        }
        Type::Version => version(cx, id, value),
        Type::Date => date(cx, id, value),
        Type::Error | Type::YesNo | Type::OneOf { .. } | Type::AnyOf { .. } => None,
    }
}

fn number(cx: &mut Context, id: FactId, value: &Value) -> Option<Bounds> {
    let domain = cx.types.numbers.get(&id).copied()?;
    if !matches!(value.kind, ValueKind::Number) {
        report_wrong(cx, id, value, "type-number", "write-number");
        return None;
    }
    let Some(parsed) = parse_decimal(cx.text(value.span)) else {
        report_number(cx, id, value, Code::TooLarge, "smaller");
        return None;
    };
    let scale = cx.types.scales.get(&id).copied().unwrap_or(0);
    if parsed.digits > scale {
        report_number(cx, id, value, Code::TooFine, "step");
        return None;
    }
    let Some(scaled) = parsed.at_scale(scale) else {
        report_number(cx, id, value, Code::TooLarge, "smaller");
        return None;
    };
    if domain.min.is_some_and(|min| scaled < min) || domain.max.is_some_and(|max| scaled > max) {
        report_number(cx, id, value, Code::OutOfRange, "range");
        return None;
    }
    let below = on_grid(domain, scaled);
    let from = if below == scaled { below } else { below.checked_add(domain.step)? };
    let to = below.checked_add(domain.step)?;
    let cut = |at| Cut { point: Point::Number(at), after: false };
    Some(Bounds { from: cut(from), to: cut(to) })
}

/// The greatest value of the domain up to here.
fn on_grid(domain: NumberDomain, scaled: i64) -> i64 {
    let base = domain.min.unwrap_or(0);
    base + (scaled - base).div_euclid(domain.step) * domain.step
}

fn version(cx: &mut Context, id: FactId, value: &Value) -> Option<Bounds> {
    let dotted = matches!(value.kind, ValueKind::Number | ValueKind::Version) && value.unit.is_none();
    let Some((parts, wildcard)) = parse_version(cx.text(value.span)).filter(|_| dotted) else {
        report_wrong(cx, id, value, "type-version", "write-version");
        return None;
    };
    let cut = |parts, after| Cut { point: Point::Version(trim_zeros(parts)), after };
    if !wildcard {
        return Some(Bounds { from: cut(parts.clone(), false), to: cut(parts, true) });
    }
    let mut next = parts.clone();
    let last = next.last_mut()?;
    *last = last.checked_add(1)?;
    Some(Bounds { from: cut(parts, false), to: cut(next, false) })
}

fn date(cx: &mut Context, id: FactId, value: &Value) -> Option<Bounds> {
    let uses = cx.dates.entry(id).or_default();
    let (day, point): (i64, fn(i64) -> Point) = match value.kind {
        ValueKind::Date(date) => {
            uses.calendar.get_or_insert(value.span);
            (days_since_epoch(date), Point::Date)
        }
        ValueKind::Today { days } => {
            uses.today.get_or_insert(value.span);
            (days, Point::Today)
        }
        ValueKind::Word { .. } | ValueKind::Number | ValueKind::Version => {
            report_wrong(cx, id, value, "type-date", "write-date");
            return None;
        }
    };
    let cut = |day| Cut { point: point(day), after: false };
    Some(Bounds { from: cut(day), to: cut(day.checked_add(1)?) })
}

/// The unit is the fact's own, or left out.
fn check_unit(cx: &mut Context, fact: &Fact, declared: Option<crate::source::Span>, value: &Value) {
    let Some(written) = value.unit else { return };
    let unit = declared.map(|span| cx.text(span));
    if unit.is_some_and(|unit| fold_name(unit) == fold_name(cx.text(written))) {
        return;
    }
    let finding = Diagnostic::at(Code::WrongUnit, written).text("unit", cx.text(written));
    let finding = finding.text("fact", cx.text(fact.name)).label(fact.name, "declared");
    let finding = match unit {
        Some(unit) => finding.text("meant", unit).suggest("use", written, unit),
        None => finding.suggest("remove", written, "").help("declare"),
    };
    finding.push_to(cx.diagnostics);
}

fn report_wrong(cx: &mut Context, id: FactId, value: &Value, ty: &'static str, help: &'static str) {
    let finding = Diagnostic::at(Code::WrongLiteral, value.span).text("value", cx.text(value.span));
    let finding = finding.text("fact", cx.name(id)).word("type", ty).label(cx.model.facts[id].name, "declared");
    finding.help(help).push_to(cx.diagnostics);
}

/// A finding about a number, with the range and the step of its fact.
fn report_number(cx: &mut Context, id: FactId, value: &Value, code: Code, help: &'static str) {
    let domain = cx.types.numbers.get(&id).copied().unwrap_or(NumberDomain { min: None, max: None, step: 1 });
    let scale = cx.types.scales.get(&id).copied().unwrap_or(0);
    let end = |end: Option<i64>| end.map_or(String::new(), |end| show_scaled(end, scale));
    Diagnostic::at(code, value.span)
        .text("value", cx.text(value.span))
        .text("fact", cx.name(id))
        .text("range", format!("{}..{}", end(domain.min), end(domain.max)))
        .text("step", show_scaled(domain.step, scale))
        .label(cx.model.facts[id].name, "declared")
        .help(help)
        .push_to(cx.diagnostics);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(from: Option<i64>, to: Option<i64>) -> Interval {
        let cut = |at| Cut { point: Point::Number(at), after: false };
        Interval { from: from.map(cut), to: to.map(cut) }
    }

    #[test]
    fn stretches_that_touch_become_one() {
        let parts = vec![interval(Some(5), Some(6)), interval(None, Some(2)), interval(Some(2), Some(3))];
        assert_eq!(union(parts), [interval(None, Some(3)), interval(Some(5), Some(6))]);
        let parts = vec![interval(Some(1), None), interval(Some(4), Some(5))];
        assert_eq!(union(parts), [interval(Some(1), None)]);
    }

    #[test]
    fn values_lie_on_the_grid_of_steps() {
        let domain = NumberDomain { min: Some(1), max: None, step: 5 };
        assert_eq!(on_grid(domain, 6), 6);
        assert_eq!(on_grid(domain, 10), 6);
    }
}
