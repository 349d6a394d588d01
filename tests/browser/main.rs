//! The site in a real browser. One Chromium serves all tests, one after the other, so that the harness is our own.
//!
//! `cargo test --test browser NAME` runs those whose name contains `NAME`.

#[path = "../support/careplan.rs"]
mod careplan;
mod dialogue;
mod driver;
mod hostile;
mod pages;
mod screens;
mod search;
mod site;
mod vectors;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use driver::Browser;

type Test = (&'static str, fn(&Browser));

const TESTS: &[Test] = &[
    ("vectors: the script passes every one", vectors::the_script_passes_every_vector),
    ("dialogue: entries 9 to 12, from a folder", dialogue::entries_9_to_12_from_a_folder),
    ("dialogue: from a server", dialogue::the_dialogue_from_a_server),
    ("dialogue: back, reload and link", dialogue::back_reload_and_link),
    ("dialogue: by keyboard alone", dialogue::the_dialogue_by_keyboard_alone),
    ("dialogue: what cannot be done", dialogue::what_cannot_be_done_is_passed_over),
    ("dialogue: the summary", dialogue::the_summary_does_not_contradict_itself),
    ("dialogue: what follows from actions", dialogue::what_an_action_brought_about_is_told_apart),
    ("screens: a double click", screens::a_double_click_is_one_answer),
    ("screens: ends of links", screens::a_link_ends_in_no_mark),
    ("screens: branches", screens::branches_stand_beside_what_is_ticked_off),
    ("screens: conditions", screens::what_an_action_depends_on_is_said),
    ("screens: notes", screens::notes_of_an_entry_can_be_seen),
    ("screens: typed values", screens::a_value_is_typed_where_that_is_easier),
    ("screens: what was copied", screens::what_was_copied_is_told_at_the_button),
    ("screens: edges of answers", screens::the_edges_of_answers_stand_out),
    ("search: a message leads into the dialogue", search::a_message_leads_into_the_dialogue),
    ("search: every message of the FAQ is found", search::every_message_of_the_faq_is_found),
    ("search: on a phone", search::on_a_phone_the_first_hit_is_seen),
    ("search: other words", search::other_words_are_told_once),
    ("search: contacts and numbers", search::contacts_and_numbers_are_found),
    ("search: misses are told where it is wanted", search::what_is_not_found_is_told_where_it_is_wanted),
    ("pages: accessible and silent", pages::pages_are_accessible_and_silent),
    ("pages: as wide as the window", pages::no_page_is_wider_than_the_window),
    ("pages: with large letters", pages::large_letters_fit_a_phone),
    ("pages: with forced colours", pages::what_is_chosen_shows_in_forced_colours),
    ("pages: printed black on white", pages::paper_is_white_in_the_dark),
    ("pages: hostile text is text", hostile::hostile_text_is_text),
    ("links: lead to symptoms alone", hostile::links_lead_to_symptoms_alone),
    ("links: outlive a change of name", hostile::a_link_outlives_a_change_of_name),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let names: Vec<&String> = arguments.iter().filter(|it| !it.starts_with("--")).collect();
    let is_wanted = |name: &str| names.is_empty() || names.iter().any(|it| name.contains(it.as_str()));
    let wanted: Vec<&Test> = TESTS.iter().filter(|(name, _)| is_wanted(name)).collect();
    if arguments.iter().any(|it| it == "--list") {
        wanted.iter().for_each(|(name, _)| println!("{name}: test"));
        return ExitCode::SUCCESS;
    }
    // None is ignored.
    if wanted.is_empty() || arguments.iter().any(|it| it == "--ignored") {
        return ExitCode::SUCCESS;
    }
    match Browser::start() {
        Ok(browser) => run(&browser, &wanted),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(browser: &Browser, tests: &[&Test]) -> ExitCode {
    println!("\nrunning {} tests", tests.len());
    let mut failed = Vec::new();
    for (name, test) in tests {
        let passes = catch_unwind(AssertUnwindSafe(|| test(browser))).is_ok();
        println!("test {name} ... {}", if passes { "ok" } else { "FAILED" });
        if !passes {
            failed.push(*name);
        }
    }
    println!("\ntest result: {} passed; {} failed {}\n", tests.len() - failed.len(), failed.len(), failed.join(", "));
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
