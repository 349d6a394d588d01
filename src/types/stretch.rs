//! Stretches of ordered values: what a comparison with a literal leaves of a number, version or date.

use crate::ast::{Comparison, Range, Value, ValueKind};
use crate::diag::{Arg, Code, Diagnostic, Edit};
use crate::model::{Fact, FactId, Type, fold_name};

use super::context::Context;
use super::literal::{Decimal, days_since_epoch, is_dotted, parse_decimal, parse_version, show_scaled, trim_zeros};
use super::{Cut, Interval, NumberDomain, Point, Test};
use crate::parse::is_condition;
use crate::parse::rewrite::rewritten;

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
    report_off_step(cx, id, value);
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
    if let Some((from, to)) = from.as_ref().zip(to.as_ref()).filter(|(from, to)| from >= to) {
        report_empty(cx, range, from > to);
        return None;
    }
    Some(Test::Within(vec![within_domain(cx, id, Interval { from, to })]))
}

/// A range without values; where its ends are the wrong way round, they change places.
pub(super) fn report_empty(cx: &mut Context, range: &Range, descends: bool) {
    let finding = Diagnostic::at(Code::EmptyRange, range.span).text("range", cx.text(range.span));
    let finding = match (&range.from, &range.to, descends) {
        (Some(from), Some(to), true) => {
            let (from, to) = (from.whole(), to.whole());
            let edit = |span, text| Edit { span, text: cx.text(text).to_owned() };
            finding.edits("order", vec![edit(from, to), edit(to, from)], false)
        }
        _ => finding.help("widen"),
    };
    finding.push_to(cx.diagnostics);
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
            // In another unit, the number means something else.
            check_unit(cx, fact, *unit, value).then(|| number(cx, id, value))?
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
        about(cx, id, value, Code::TooLarge).help("smaller").push_to(cx.diagnostics);
        return None;
    };
    let scale = cx.types.scales.get(&id).copied().unwrap_or(0);
    if parsed.digits > scale {
        report_too_fine(cx, id, value, parsed);
        return None;
    }
    let Some(scaled) = parsed.at_scale(scale) else {
        about(cx, id, value, Code::TooLarge).help("smaller").push_to(cx.diagnostics);
        return None;
    };
    if domain.min.is_some_and(|min| scaled < min) || domain.max.is_some_and(|max| scaled > max) {
        report_out_of_range(cx, id, value);
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
    let dotted = dotted && is_dotted(cx.text(value.span));
    let Some((parts, wildcard)) = parse_version(cx.text(value.span)).filter(|_| dotted) else {
        match dotted {
            true => about(cx, id, value, Code::TooLarge).help("version").push_to(cx.diagnostics),
            false => report_wrong(cx, id, value, "type-version", "write-version"),
        }
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
            report_no_date(cx, id, value);
            return None;
        }
    };
    let cut = |day| Cut { point: point(day), after: false };
    Some(Bounds { from: cut(day), to: cut(day.checked_add(1)?) })
}

/// Whether the unit is the fact's own, or left out; another is reported.
pub(super) fn check_unit(cx: &mut Context, fact: &Fact, declared: Option<crate::source::Span>, value: &Value) -> bool {
    let Some(written) = value.unit else { return true };
    let unit = declared.map(|span| cx.text(span));
    if unit.is_some_and(|unit| fold_name(unit) == fold_name(cx.text(written))) {
        return true;
    }
    let finding = Diagnostic::at(Code::WrongUnit, written).text("unit", cx.text(written));
    let finding = finding.text("fact", cx.text(fact.name)).label(fact.name, "declared");
    let finding = match unit {
        Some(unit) => finding.text("meant", unit).suggest("use", written, unit),
        None => finding.suggest("remove", written, "").help("declare"),
    };
    finding.push_to(cx.diagnostics);
    false
}

/// `90日前` is a day counted from today.
fn report_no_date(cx: &mut Context, id: FactId, value: &Value) {
    let whole = cx.text(value.whole());
    let reads = |text: &str| is_condition(&format!("x = {text}"));
    match rewritten(whole, reads).filter(|meant| matches!(meant.key, "ago" | "era")) {
        Some(meant) => {
            let finding = about(cx, id, value, Code::WrongLiteral).word("type", "type-date");
            finding.text("meant", &meant.text).suggest("write", value.whole(), meant.text).push_to(cx.diagnostics);
        }
        None => report_wrong(cx, id, value, "type-date", "write-date"),
    }
}

fn report_wrong(cx: &mut Context, id: FactId, value: &Value, ty: &'static str, help: &'static str) {
    about(cx, id, value, Code::WrongLiteral).word("type", ty).help(help).push_to(cx.diagnostics);
}

/// A finding about a value, with its fact.
fn about(cx: &Context, id: FactId, value: &Value, code: Code) -> Diagnostic {
    let finding = Diagnostic::at(code, value.whole()).text("value", cx.text(value.whole()));
    finding.text("fact", cx.name(id)).label(cx.model.facts[id].name, "declared")
}

fn report_out_of_range(cx: &mut Context, id: FactId, value: &Value) {
    let range = match &cx.model.facts[id].ty {
        Type::Number { range: Some(range), .. } => cx.text(range.span),
        Type::Number { range: None, .. } => "",
        Type::Error | Type::YesNo | Type::OneOf { .. } | Type::AnyOf { .. } | Type::Version | Type::Date => "",
    };
    about(cx, id, value, Code::OutOfRange).text("range", range).help("range").push_to(cx.diagnostics);
}

/// More digits after the point than the step of the fact has.
fn report_too_fine(cx: &mut Context, id: FactId, value: &Value, parsed: Decimal) {
    let finer = show_scaled(1, parsed.digits);
    let finding = about(cx, id, value, Code::TooFine).text("finer", finer);
    with_step(cx, id, value, finding).help("finer").push_to(cx.diagnostics);
}

fn report_off_step(cx: &mut Context, id: FactId, value: &Value) {
    let finding = about(cx, id, value, Code::OffStep);
    with_step(cx, id, value, finding).push_to(cx.diagnostics);
}

/// Says the step of a number fact, and the values on either side of the one written.
fn with_step(cx: &Context, id: FactId, value: &Value, finding: Diagnostic) -> Diagnostic {
    let Some(domain) = cx.types.numbers.get(&id).copied() else { return finding };
    let scale = cx.types.scales.get(&id).copied().unwrap_or(0);
    let below = parse_decimal(cx.text(value.span)).and_then(|parsed| parsed.floor_at(scale));
    let near = below.map_or(Vec::new(), |below| neighbours(domain, below));
    let near: Vec<Arg> = near.into_iter().map(|near| Arg::Text(show_scaled(near, scale))).collect();
    let finding = finding.text("step", show_scaled(domain.step, scale));
    if near.is_empty() { finding } else { finding.arg("near", Arg::List(near)).help("near") }
}

/// The values of the domain on either side of a number that is none of them.
fn neighbours(domain: NumberDomain, number: i64) -> Vec<i64> {
    let below = on_grid(domain, number);
    let fits = |near: &i64| domain.min.is_none_or(|min| *near >= min) && domain.max.is_none_or(|max| *near <= max);
    [Some(below), below.checked_add(domain.step)].into_iter().flatten().filter(fits).collect()
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
