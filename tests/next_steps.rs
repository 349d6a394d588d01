//! What comes next, rule by rule, for knowledge bases of a few lines.

use faqc::diag::Diagnostics;
use faqc::emit::table::build_table;
use faqc::runtime::{ContactSource, Next, Session, next, question_named, read_given, shown};
use faqc::table::Table;
use faqc::{Input, compile};

/// A case in a knowledge base, told in words: `ask f`, `do e/a`, `perhaps e/a`, `contact c`, `done`.
struct Case {
    table: Table,
    session: Session,
}

fn case(text: &str) -> Case {
    let text = spelled_out(text);
    let compilation = compile(vec![Input { name: "a.faq".to_owned(), bytes: text.clone().into_bytes() }]);
    assert!(!compilation.diagnostics.has_errors(), "{text}\n{:?}", compilation.diagnostics);
    let table = build_table(&compilation, &mut Diagnostics::default());
    let symptom = table.symptoms.iter().position(|it| it.id == "s").unwrap();
    Case { table, session: Session::new(symptom as u32) }
}

/// Statements on lines of their own, and a step in every action that has no block.
fn spelled_out(text: &str) -> String {
    let lines = text.replace(" ; ", "\n").replace("{ ", "{\n").replace(" }", "\n}");
    let line = |line: &str| match line.trim() {
        action if action.starts_with("action ") && !action.ends_with('{') => format!("{action} {{\n> Do it.\n}}\n"),
        other => format!("{other}\n"),
    };
    lines.lines().map(line).collect()
}

impl Case {
    fn next(&self) -> String {
        let Self { table, session } = self;
        match next(table, session) {
            Next::Ask { question, .. } => format!("ask {}", table.questions[question as usize].id),
            Next::Do { action, certain: true, .. } => format!("do {}", table.actions[action as usize].id),
            Next::Do { action, .. } => format!("perhaps {}", table.actions[action as usize].id),
            Next::Contact { contact, .. } => format!("contact {}", table.contacts[contact as usize].id),
            Next::Done => "done".to_owned(),
            step @ (Next::Choose | Next::Contradiction { .. }) => format!("{step:?}"),
        }
    }

    /// Does what is proposed, in vain, and answers with what is given (or else that it is unknown), to the end.
    fn walk(mut self, answers: &[&str]) -> Vec<String> {
        let mut steps = Vec::new();
        loop {
            let step = self.next();
            steps.push(step.clone());
            match next(&self.table, &self.session) {
                Next::Ask { question, .. } => {
                    let id = &self.table.questions[question as usize].id;
                    match answers.iter().find(|it| it.split_once('=').unwrap().0 == id) {
                        Some(answer) => {
                            let (question, cells) = read_given(&self.table, answer, None).unwrap();
                            self.session.answer(&self.table, question, &cells);
                        }
                        None => self.session.unknown(&self.table, question),
                    }
                }
                Next::Do { action, .. } => self.session.done(&self.table, action),
                Next::Contact { .. } | Next::Done | Next::Choose | Next::Contradiction { .. } => return steps,
            }
        }
    }

    fn given(mut self, fact: &str) -> Self {
        let (_, cells) = read_given(&self.table, fact, None).unwrap();
        self.session.give(&self.table, &cells);
        self
    }

    fn shown(&self) -> Vec<(String, bool)> {
        let name = |entry: u32| self.table.entries[entry as usize].id.clone();
        shown(&self.table, &self.session).iter().map(|it| (name(it.entry), it.is_spent)).collect()
    }
}

const TAIL: &str = "\nsymptom s \"s\"\ncontact c \"c\"\ncontact d \"d\"\n";

fn walked(text: &str, answers: &[&str]) -> Vec<String> {
    case(&format!("{text}{TAIL}")).walk(answers)
}

#[test]
fn without_likelihoods_the_order_is_that_of_the_file() {
    let text = "entry a \"a\" { symptom s ; action x \"x\" ; action y \"y\" ; otherwise contact c }
                entry b \"b\" { symptom s ; action z \"z\" }";
    assert_eq!(walked(text, &[]), ["do a/x", "do a/y", "do b/z", "contact c"]);
}

#[test]
fn likelihoods_and_times_put_first_what_helps_soon() {
    let text = "entry a \"a\" { symptom s ; action x \"x\" { likely 10% } ; action y \"y\" { likely 60% } ; otherwise contact c }
                entry b \"b\" { symptom s ; weight 2 ; action z \"z\" { likely 60% ; takes 1min } }";
    assert_eq!(walked(text, &[]), ["do b/z", "do a/y", "do a/x", "contact c"]);
}

#[test]
fn declared_order_is_kept_whatever_is_likely() {
    let text = "entry a \"a\" { symptom s ; before b ; action x \"x\" { likely 1% } ; otherwise contact c }
                entry b \"b\" { symptom s ; weight 9 ; action y \"y\" { likely 9% } ; action z \"z\" { likely 90% ; after y } }";
    assert_eq!(walked(text, &[]), ["do a/x", "do b/y", "do b/z", "contact c"]);
    let kinds = "entry a \"a\" { symptom t ; weight 9 ; action x \"x\" }
                 entry b \"b\" { symptom s ; action y \"y\" ; otherwise contact c }";
    let text = format!("{kinds}\nsymptom t \"t\"\nsymptom s \"s\" kind-of t\ncontact c \"c\"");
    assert_eq!(case(&text).walk(&[]), ["do b/y", "do a/x", "contact c"]);
}

#[test]
fn what_is_certain_comes_before_what_is_possible_unless_declared_otherwise() {
    let facts = "fact f : yes/no { ask \"f?\" ; takes 1h }\n";
    let text = "entry a \"a\" { symptom s ; when f ; action x \"x\" ; otherwise contact c }
                entry b \"b\" { symptom s ; action y \"y\" }";
    assert_eq!(walked(&format!("{facts}{text}"), &["f=yes"]), ["do b/y", "ask f", "do a/x", "contact c"]);
    assert_eq!(walked(&format!("{facts}{text}"), &[]), ["do b/y", "ask f", "perhaps a/x", "contact c"]);
    let before = text.replace("when f ;", "when f ; before b ;");
    assert_eq!(walked(&format!("{facts}{before}"), &["f=yes"]), ["ask f", "do a/x", "do b/y", "contact c"]);
    assert_eq!(walked(&format!("{facts}{before}"), &["f=no"]), ["ask f", "do b/y", "done"]);
    assert_eq!(walked(&format!("{facts}{before}"), &[]), ["ask f", "do b/y", "perhaps a/x", "contact c"]);
}

#[test]
fn what_comes_after_another_waits_until_that_was_tried_or_does_not_apply() {
    let text = "fact f : yes/no { ask \"f?\" }
                entry a \"a\" { symptom s ; action x \"x\" { when f } ; action y \"y\" { after x } ; otherwise contact c }";
    assert_eq!(walked(text, &["f=yes"]), ["ask f", "do a/x", "do a/y", "contact c"]);
    assert_eq!(walked(text, &["f=no"]), ["ask f", "do a/y", "contact c"]);
    assert_eq!(walked(text, &[]), ["ask f", "perhaps a/x", "do a/y", "contact c"]);
    // What does not apply makes nobody wait for what that would have come after.
    let text = "fact f : yes/no { ask \"f?\" }
                entry a \"a\" { symptom s ; action z \"z\" { after x } ; action x \"x\" { when f ; after y } ; action y \"y\" ; otherwise contact c }";
    assert_eq!(case(&format!("{text}{TAIL}")).given("f=no").walk(&[]), ["do a/z", "do a/y", "contact c"]);
}

#[test]
fn alternatives_are_done_in_their_order_with_what_they_are_alternatives_of() {
    let text = "fact f : yes/no { ask \"f?\" }
                entry a \"a\" { symptom s
                  action x \"x\" { sets f = yes
                    action x1 \"x1\" { likely 1% }
                    action x2 \"x2\" { likely 90% } }
                  action y \"y\" { when not f ; likely 9% }
                  otherwise contact c }";
    let mut known = case(&format!("{text}{TAIL}")).given("f=yes");
    assert_eq!(known.next(), "do a/x1");
    known.session.done(&known.table, 1);
    assert_eq!(known.next(), "do a/x2");
    // Trying the one that is divided is trying them all.
    let mut all = case(&format!("{text}{TAIL}")).given("f=yes");
    all.session.done(&all.table, 0);
    assert_eq!(all.next(), "contact c");
}

#[test]
fn an_action_that_finds_out_is_followed_by_its_questions() {
    let text = "fact f : yes/no { ask \"f?\" }\nfact g : yes/no { ask \"g?\" }\nfact h : yes/no { ask \"h?\" }
                entry a \"a\" { symptom s ; before b ; action look \"look\" { finds f, g, h } ; otherwise contact c }
                entry b \"b\" { symptom s ; when f and g ; action x \"x\" }";
    // Two of three matter: asking takes less than looking for all three.
    assert_eq!(walked(text, &["f=yes", "g=yes"]), ["ask f", "ask g", "do b/x", "contact c"]);
    let text = text.replace("f and g", "f and g and h");
    let all = ["f=yes", "g=yes", "h=yes"];
    assert_eq!(walked(&text, &all), ["do a/look", "ask f", "ask g", "ask h", "do b/x", "contact c"]);
    assert_eq!(walked(&text, &["f=no"]), ["do a/look", "ask f", "contact c"]);
    let known = case(&format!("{text}{TAIL}")).given("f=yes").given("g=yes").given("h=yes");
    assert_eq!(known.shown(), [("a".to_owned(), true), ("b".to_owned(), false)]);
}

#[test]
fn a_reader_is_handed_over_to_entries_of_other_symptoms() {
    let text = "fact f : yes/no { ask \"f?\" }
                entry a \"a\" { symptom s ; action x \"x\" { then e, g } ; action y \"y\" ; otherwise contact c }
                entry e \"e\" { symptom t ; when f ; action z \"z\" ; otherwise contact d }
                entry g \"g\" { symptom t ; when not f ; action w \"w\" { then a } }
                symptom t \"t\"";
    assert_eq!(walked(text, &["f=yes"]), ["do a/x", "ask f", "do e/z", "do a/y", "contact d"]);
    assert_eq!(walked(text, &["f=no"]), ["do a/x", "ask f", "do g/w", "do a/y", "contact c"]);
    let excluded = case(&format!("{text}{TAIL}")).given("f=no");
    assert_eq!(excluded.walk(&[]), ["do a/x", "do g/w", "do a/y", "contact c"]);
}

#[test]
fn otherwise_comes_when_nothing_is_left_and_may_be_an_entry() {
    let text = "entry a \"a\" { symptom s ; action x \"x\" ; otherwise e }
                entry b \"b\" { symptom s ; action y \"y\" ; otherwise contact c }
                entry e \"e\" { symptom t ; action z \"z\" ; otherwise contact d }
                symptom t \"t\"";
    assert_eq!(walked(text, &[]), ["do a/x", "do b/y", "do e/z", "contact d"]);
    let mut case = case(&format!("{text}{TAIL}"));
    for contact in ["d", "c"] {
        while !case.next().starts_with("contact") {
            let Next::Do { action, .. } = next(&case.table, &case.session) else { panic!() };
            case.session.done(&case.table, action);
        }
        assert_eq!(case.next(), format!("contact {contact}"));
        let Next::Contact { contact, from } = next(&case.table, &case.session) else { panic!() };
        assert!(matches!(from, ContactSource::Otherwise(_)));
        case.session.contact(contact);
    }
    assert_eq!(case.next(), "done");
}

#[test]
fn not_knowing_leads_to_a_contact_an_entry_or_an_assumption() {
    let text = |unknown: &str| {
        format!(
            "fact f : yes/no {{ ask \"f?\" ; if unknown {unknown} }}
             entry a \"a\" {{ symptom s ; when f ; action x \"x\" ; otherwise contact c }}
             entry e \"e\" {{ symptom t ; action z \"z\" }}
             symptom t \"t\""
        )
    };
    assert_eq!(walked(&text("contact d"), &[]), ["ask f", "contact d"]);
    assert_eq!(walked(&text("= yes"), &[]), ["ask f", "do a/x", "contact c"]);
    assert_eq!(walked(&text("= no"), &[]), ["ask f", "done"]);
    assert_eq!(walked(&text("entry e"), &[]), ["ask f", "do e/z", "perhaps a/x", "contact c"]);
}

#[test]
fn a_contact_of_an_entry_comes_in_its_place() {
    let text = "fact f : yes/no { ask \"f?\" }
                entry a \"a\" { symptom s ; when f ; contact d }
                entry b \"b\" { symptom s ; when not f ; action y \"y\" ; otherwise contact c }";
    assert_eq!(walked(text, &["f=yes"]), ["ask f", "contact d"]);
    assert_eq!(walked(text, &["f=no"]), ["ask f", "do b/y", "contact c"]);
}

#[test]
fn an_entry_with_nothing_to_do_is_asked_about_and_shown() {
    let text = "fact f : yes/no { ask \"f?\" }
                entry a \"a\" { symptom s ; when f ; note It is known. ; otherwise contact c }";
    let text = format!("{text}{TAIL}");
    assert_eq!(case(&text).walk(&["f=yes"]), ["ask f", "contact c"]);
    let mut told = case(&text).given("f=yes");
    assert_eq!(told.shown(), [("a".to_owned(), false)]);
    told.session.tell(0);
    assert_eq!(told.shown(), [("a".to_owned(), true)]);
    assert_eq!(case(&text).given("f=no").shown(), []);
}

#[test]
fn a_question_that_may_not_apply_comes_after_what_decides_that() {
    let text = "fact f : yes/no { ask \"f?\" }\nfact g : yes/no { only when f ; ask \"g?\" }
                entry a \"a\" { symptom s ; when g ; action x \"x\" ; otherwise contact c }
                entry b \"b\" { symptom s ; when not g ; action y \"y\" ; otherwise contact c }";
    assert_eq!(walked(text, &["f=yes", "g=yes"]), ["ask f", "ask g", "do a/x", "contact c"]);
    assert_eq!(walked(text, &["f=no"]), ["ask f", "do b/y", "contact c"]);
    assert_eq!(walked(text, &["g=yes"]), ["ask f", "ask g", "do a/x", "contact c"]);
}

#[test]
fn effects_reopen_what_they_put_in_doubt() {
    let text = "fact n : number 1..9 { ask \"n?\" }
                entry a \"a\" { symptom s ; when n = 1 ; action x \"x\" { recheck n } ; otherwise contact c }
                entry b \"b\" { symptom s ; when n >= 5 ; action y \"y\" { sets n = 1 } }";
    let mut case = case(&format!("{text}{TAIL}")).given("n=1");
    assert_eq!(case.next(), "do a/x");
    case.session.done(&case.table, 0);
    assert_eq!(case.next(), "ask n");
    assert_eq!(case.walk(&["n=7"]), ["ask n", "do b/y", "contact c"]);
}

#[test]
fn an_answer_can_be_taken_back() {
    let text = "fact f : yes/no { ask \"f?\" }\nfact g : yes/no { ask \"g?\" }\nassume f implies g
                entry a \"a\" { symptom s ; when f ; action x \"x\" }\nentry b \"b\" { symptom s ; when not f ; action y \"y\" }";
    let mut case = case(&format!("{text}{TAIL}")).given("f=yes").given("g=no");
    assert!(case.next().starts_with("Contradiction"), "{}", case.next());
    assert_eq!(case.shown(), []);
    let question = question_named(&case.table, "f").unwrap();
    case.session.take_back(&case.table, question);
    assert_eq!(case.next(), "do b/y");
}

/// Vomlelová 2003, theorem 4: 3m + 3 equal faults of cost 1, and m questions of cost 1 that each tell of three of them. The best is to
/// ask: 3 on average for m = 1, 3.667 for m = 2.
#[test]
fn questions_that_divide_the_faults_are_asked_first() {
    for (m, optimum) in [(1usize, 3.0), (2, 11.0 / 3.0)] {
        let mut text = String::new();
        for set in 0..m {
            text.push_str(&format!("fact q{set} : yes/no {{ ask \"?\" ; takes 1s }}\n"));
        }
        for set in 1..m {
            text.push_str(&format!("assume not (q0 and q{set})\n"));
        }
        for fault in 0..3 * m + 3 {
            let own = fault / 3;
            let when: Vec<String> =
                (0..m).map(|set| if set == own { format!("q{set}") } else { format!("not q{set}") }).collect();
            text.push_str(&format!(
                "entry e{fault} \"e\" {{ symptom s ; when {} ; action a \"a\" {{ likely 100% ; takes 1s }} }}\n",
                when.join(" and ")
            ));
        }
        let faults = 3 * m + 3;
        let total: usize = (0..faults)
            .map(|fault| {
                let answers: Vec<String> =
                    (0..m).map(|set| format!("q{set}={}", if set == fault / 3 { "yes" } else { "no" })).collect();
                let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
                let steps = walked(&text, &answers);
                1 + steps.iter().position(|it| *it == format!("do e{fault}/a")).unwrap()
            })
            .sum();
        assert!((total as f64 / faults as f64 - optimum).abs() < 1e-9, "m = {m}: {total}");
    }
}
