//! Each lint on a knowledge base made by hand: a case that fires and a near miss that does not.

use super::*;
use crate::graph::build;
use crate::graph::sample::Sample;
use crate::model::{Prose, StepKind, Target};

fn findings(sample: &Sample, lint: Lint) -> Vec<String> {
    let graph = build(&sample.model, &sample.types);
    let sources = sample.sources();
    let wording = Wording::of(&sample.model, &sources, &[], None);
    let context = Context {
        model: &sample.model,
        types: &sample.types,
        graph: &graph,
        sources: &sources,
        errors: &[],
        today: None,
        links: None,
        wording: &wording,
    };
    let mut diagnostics = Diagnostics::default();
    (lint.check)(&context, &mut diagnostics);
    assert!(diagnostics.iter().all(|finding| finding.code == lint.code));
    let name = |finding: &Diagnostic| match finding.args.first() {
        Some((_, crate::diag::Arg::Text(name))) => name.clone(),
        other => panic!("a lint names what it found first, not {other:?}"),
    };
    diagnostics.iter().map(name).collect()
}

#[test]
fn codes_are_in_order_and_each_has_one_lint() {
    let codes: Vec<_> = ALL.iter().map(|lint| lint.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b));
    assert_eq!(codes.len(), Code::ALL.iter().filter(|code| code.id().starts_with("F05")).count());
}

#[test]
fn a_fact_is_used_by_a_condition_an_effect_or_an_assumption() {
    let mut sample = Sample::default();
    let facts = ["needed", "found", "assumed", "idle"].map(|id| sample.asked(id));
    let entry = sample.entry("x");
    let (action, finds, when) = (sample.action(entry), sample.fact_use(facts[1]), sample.condition(&facts[..1]));
    sample.model.entries[entry].when.push(when);
    sample.model.actions[action].finds.push(finds);
    let assumed = sample.condition(&facts[2..3]);
    sample.model.assumptions.push(assumed);
    assert_eq!(findings(&sample, unused_fact::LINT), ["idle"]);
}

#[test]
fn a_document_is_used_by_its_sections_and_only_then_are_idle_sections_reported() {
    let mut sample = Sample::default();
    let (cited, idle) = (sample.document("cited"), sample.document("idle"));
    let section = sample.section(cited, "1.1");
    sample.section(cited, "1.2");
    sample.section(idle, "1");
    let entry = sample.entry("x");
    let see = sample.reference(Target::Section(section));
    sample.model.entries[entry].see.push(see);
    assert_eq!(findings(&sample, unused_document::LINT), ["idle"]);
    assert_eq!(findings(&sample, unused_section::LINT), ["cited 1.2"]);
}

#[test]
fn a_link_a_text_and_a_contact_are_used_by_references() {
    let mut sample = Sample::default();
    let (link, text, contact) = (sample.link("l"), sample.text("t", Prose::default()), sample.contact("c"));
    sample.link("idle-link");
    sample.text("idle-text", Prose::default());
    sample.contact("idle-contact");
    let default = sample.contact("default");
    sample.model.config.default_contact = Some(default);
    let entry = sample.entry("x");
    for target in [Target::Link(link), Target::Text(text), Target::Contact(contact)] {
        let (action, prose) = (sample.action(entry), sample.refer(target));
        let step = sample.step(StepKind::Step(prose));
        sample.model.actions[action].steps.push(step);
    }
    assert_eq!(findings(&sample, unused_link::LINT), ["idle-link"]);
    assert_eq!(findings(&sample, unused_text::LINT), ["idle-text"]);
    assert_eq!(findings(&sample, unused_contact::LINT), ["idle-contact"]);
}

#[test]
fn a_term_is_used_where_it_is_written_even_inside_another_term_but_not_in_its_own_meaning() {
    let mut sample = Sample::default();
    sample.term("電子証明書");
    sample.term("証明書");
    let own = sample.term("事業所");
    sample.model.terms[own].meaning = Some(sample.prose("事業所とは"));
    let entry = sample.entry("x");
    sample.model.entries[entry].title = sample.prose("電子証明書がない");
    assert_eq!(findings(&sample, unused_term::LINT), ["事業所"]);
}

#[test]
fn a_symptom_takes_entries_over_through_several_others() {
    let mut sample = Sample::default();
    let [a, b, c, _] = ["a", "b", "c", "idle"].map(|id| sample.symptom(id));
    let uses = [sample.symptom_use(b), sample.symptom_use(c), sample.symptom_use(c)];
    sample.model.symptoms[a].same_as.push(uses[0]);
    sample.model.symptoms[b].kind_of.push(uses[1]);
    let entry = sample.entry("x");
    sample.model.entries[entry].symptoms.push(uses[2]);
    assert_eq!(findings(&sample, symptom_without_entries::LINT), ["idle"]);
}

#[test]
fn an_entry_is_reached_by_a_symptom_or_a_reference_but_not_by_its_own_references() {
    let mut sample = Sample::default();
    let [alone, referring, referred] = ["alone", "referring", "referred"].map(|id| sample.entry(id));
    let symptom = sample.symptom("s");
    let used = sample.symptom_use(symptom);
    sample.model.entries[alone].symptoms.push(used);
    for target in [referred, referring] {
        let see = sample.reference(Target::Entries(vec![target]));
        sample.model.entries[referring].see.push(see);
    }
    assert_eq!(findings(&sample, isolated_entry::LINT), ["referring"]);
}

#[test]
fn a_title_alone_makes_an_action() {
    let mut sample = Sample::default();
    let entry = sample.entry("x");
    let (titled, _) = (sample.action(entry), sample.action(entry));
    sample.model.actions[titled].title = Some(sample.prose("restart"));
    assert_eq!(findings(&sample, empty_action::LINT), ["x/2"]);
}

#[test]
fn only_a_line_that_opens_no_block_may_be_removed() {
    let mut sources = Sources::default();
    let file =
        sources.add("a.faq", "link a \"A\" http://a/\nterm x {\n}\nfact y : one of { a b }\ndocument d { section 1 }");
    let line = |at: usize| whole_line(Span::new(file, at..at + 1), &sources).map(|line| sources.text(line));
    assert_eq!(line(5), Some("link a \"A\" http://a/\n"));
    assert_eq!(line(26), None);
    assert_eq!(line(40), Some("fact y : one of { a b }\n"));
    assert_eq!(line(70), None, "the section's line is its document's");
}
