//! The pages of questions: what decides which entry applies, and how to find it out.

use askama::Template;

use super::frame::{Head, Parts};
use super::view::View;
use crate::table::{Question, Table};

const ON_A_PAGE: usize = 100;

#[derive(Template)]
#[template(path = "questions.html")]
pub struct Page<'a> {
    view: View<'a>,
    head: Head,
    questions: &'a [Question],
}

impl Page<'_> {
    /// What a reader can answer, in the order of the table.
    fn answers(&self, question: &Question) -> Vec<String> {
        let facts: Vec<_> = question.facts.iter().filter_map(|it| self.view.table.facts.get(*it as usize)).collect();
        match facts.as_slice() {
            [fact] => fact.cells.iter().filter(|it| !it.not_applicable).map(|it| it.label.clone()).collect(),
            facts => facts.iter().map(|it| it.label.clone()).collect(),
        }
    }
}

/// The page that a question stands on.
pub fn part_of(question: u32) -> usize {
    question as usize / ON_A_PAGE
}

pub fn parts(table: &Table) -> usize {
    super::count_parts(table.questions.len(), ON_A_PAGE)
}

pub fn page(view: View<'_>, part: usize) -> Page<'_> {
    Page {
        head: Head {
            description: view.words.questions_lead.to_owned(),
            parts: Parts::new("questions", parts(view.table), part),
            ..Head::new(view.words.questions, "questions")
        },
        questions: super::part_of(&view.table.questions, part, ON_A_PAGE),
        view,
    }
}
