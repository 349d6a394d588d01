//! What no test reaches, as text and in the formats of tools.

use clap::ValueEnum;

use super::lcov;
use crate::diag::{Arg, Scene, catalogue};
use crate::language::Language;
use crate::model::SymptomId;
use crate::runtime::optimum::Expected;
use crate::session::Compilation;
use crate::suite::coverage::{Coverage, Item, ItemKind, Share};
use crate::suite::document::coverage_document;

/// As given to `--coverage-format`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum CoverageFormat {
    /// Numbers, and a line for everything that no test reaches
    #[default]
    Text,
    /// One JSON document
    Json,
    /// A trace file of lcov, for editors and code hosts: the lines of the .faq files, condition rows as branches
    Lcov,
}

pub fn shown(format: CoverageFormat, compilation: &Compilation, coverage: &Coverage, scene: Scene<'_>) -> String {
    match format {
        CoverageFormat::Text => text(compilation, coverage, scene),
        CoverageFormat::Json => coverage_document(compilation, coverage, scene),
        CoverageFormat::Lcov => lcov::report(coverage, scene),
    }
}

/// Of what less than this percentage is reached.
pub fn lacking(coverage: &Coverage, least: u8) -> Vec<(&'static str, Share)> {
    let shares = ItemKind::ALL.into_iter().map(|kind| (plural(kind), coverage.share(kind)));
    shares.filter(|(_, share)| !share.is_at_least(least)).collect()
}

fn text(compilation: &Compilation, coverage: &Coverage, scene: Scene<'_>) -> String {
    let mut out = String::new();
    for kind in ItemKind::ALL {
        let share = coverage.share(kind);
        let number = |number: usize| Arg::Text(number.to_string());
        let args = [
            ("kind", Arg::Word(plural(kind))),
            ("reached", number(share.reached)),
            ("of", number(share.of)),
            ("percent", number(share.percent())),
        ];
        out += &sentence("coverage-share", &args, scene);
    }
    let mut unreached = coverage.unreached().peekable();
    if unreached.peek().is_some() {
        out += &sentence("coverage-unreached", &[], scene);
    }
    out += &unreached.map(|item| unreached_line(item, scene)).collect::<String>();
    if !coverage.times.is_empty() {
        out += &sentence("expected-times", &[], scene);
    }
    out + &coverage.times.iter().map(|(symptom, it)| time_line(compilation, *symptom, it, scene)).collect::<String>()
}

fn time_line(compilation: &Compilation, symptom: SymptomId, expected: &Expected, scene: Scene<'_>) -> String {
    let [proposed, least] = expected.seconds().map(|it| Arg::Text(duration(it, scene.language)));
    let name = Arg::Text(compilation.model.symptoms[symptom].id.clone());
    sentence("expected-time", &[("symptom", name), ("time", proposed), ("least", least)], scene)
}

/// Seconds up to two minutes, minutes up to two hours, hours.
fn duration(seconds: u128, language: Language) -> String {
    let (number, [ja, en]) = match seconds {
        0..120 => (seconds, ["秒", "s"]),
        120..7_200 => ((seconds + 30) / 60, ["分", "min"]),
        _ => ((seconds + 1_800) / 3_600, ["時間", "h"]),
    };
    match language {
        Language::Japanese => format!("{number} {ja}"),
        Language::English => format!("{number} {en}"),
    }
}

fn unreached_line(item: &Item, scene: Scene<'_>) -> String {
    let kind = catalogue().word(singular(item.kind), scene.language);
    let args = [
        ("place", Arg::Text(format!("{}{}", scene.prefix, scene.sources[item.span.file].name))),
        ("line", Arg::Text(scene.sources.line(item.span).to_string())),
        ("kind", Arg::Text(kind.to_owned())),
        ("name", Arg::Text(item.name.clone())),
    ];
    sentence("coverage-item", &args, scene)
}

fn sentence(key: &'static str, args: &[(&'static str, Arg)], scene: Scene<'_>) -> String {
    catalogue().sentence(key, args, scene.language) + "\n"
}

fn plural(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Entry => "covered-entries",
        ItemKind::Row => "covered-rows",
        ItemKind::Action => "covered-actions",
        ItemKind::Symptom => "covered-symptoms",
        ItemKind::Message => "covered-messages",
    }
}

fn singular(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Entry => "entry",
        ItemKind::Row => "covered-row",
        ItemKind::Action => "action",
        ItemKind::Symptom => "symptom",
        ItemKind::Message => "covered-message",
    }
}
