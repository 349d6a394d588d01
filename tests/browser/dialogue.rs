//! The guided dialogue about the entries 9 to 12 of the care-plan FAQ: every screen is the step that the reader in Rust takes.

use faqc::emit::site::slice::Slicer;
use faqc::runtime::{Next, Session, Verdict, next, question_named, read_answer, shown};
use faqc::session::Input;
use faqc::table::{Entry, Table};

use crate::driver::Browser;
use crate::site::{Site, plain};

const ENTER: &str = "\u{E007}";
const TAB: &str = "\u{E004}";

/// The dialogue on the page and the session that it should have.
struct Dialogue<'a> {
    browser: &'a Browser,
    table: Table,
    session: Session,
    /// Of each screen so far.
    headings: Vec<String>,
    by_keyboard: bool,
}

/// What the reader does on a screen: the text of a choice or a button.
struct Deed {
    button: String,
    session: Session,
}

impl<'a> Dialogue<'a> {
    /// Begins where a reader begins, at the list of symptoms.
    fn begin(browser: &'a Browser, site: &Site, guide: &str, symptom: &str, by_keyboard: bool) -> Self {
        let index = site.table.symptoms.iter().position(|it| it.id == symptom).unwrap() as u32;
        let table = Slicer::new(&site.table).slice(index).unwrap().table;
        browser.go(guide);
        browser.wait("document.querySelector('#begin .choices a[href^=\"guide.html#\"]')");
        let title = plain(&table.symptoms[0].title);
        let dialogue = Self { browser, table, session: Session::new(0), headings: Vec::new(), by_keyboard };
        dialogue.choose("#begin .choices a", &title);
        dialogue
    }

    /// Clicks what has this text, or goes there with the keyboard.
    fn choose(&self, selector: &str, text: &str) {
        let find = format!(
            "[...document.querySelectorAll({selector:?})].find(it => it.innerText.trim().split('\\n')[0] === {text:?}.trim())"
        );
        self.browser.wait(&find);
        if self.by_keyboard {
            for presses in 0.. {
                let is_there = format!("return document.activeElement === {find};");
                if self.browser.script(&is_there, &[]) == true {
                    return self.browser.press(ENTER);
                }
                assert!(presses < 100, "the keyboard does not reach {text}\n{}", self.browser.page());
                self.browser.press(TAB);
            }
        }
        self.browser.script(&format!("({find}).click();"), &[]);
    }

    /// The heading that the screen has to have, and how the reader goes on from it.
    fn expected(&self, answers: &[(&str, &str)]) -> (String, Option<Deed>) {
        let Self { table, session, .. } = self;
        let mut after = session.clone();
        let step = next(table, session);
        if let (Next::Contact { .. } | Next::Done, Some(entry)) = (&step, self.unread()) {
            after.tell(entry);
            let it = &table.entries[entry as usize];
            return (numbered(it), Some(Deed { button: "解決しなかった".to_owned(), session: after }));
        }
        let (heading, button) = match step {
            Next::Ask { question, .. } => {
                let asked = &table.questions[question as usize];
                let heading = if asked.ask.is_empty() { asked.label.clone() } else { plain(&asked.ask) };
                let answer = answers.iter().find(|(id, _)| question_named(table, id) == Some(question));
                let (_, answer) = answer.unwrap_or_else(|| panic!("no answer to {}", asked.id));
                let cells = read_answer(table, question, answer, None).unwrap();
                after.answer(table, question, &cells);
                (heading, table.facts[cells[0].fact as usize].cells[cells[0].cells[0] as usize].label.clone())
            }
            Next::Do { action, entry, .. } => {
                after.done(table, action);
                let it = &table.actions[action as usize];
                let title = plain(&it.title);
                let heading = if title.is_empty() { plain(&table.entries[entry as usize].title) } else { title };
                let solves = !it.solved.is_empty() || it.likely_percent.is_some();
                let button = match (solves, it.finds.is_empty(), it.then.is_empty()) {
                    (false, false, _) => "確認した",
                    (false, true, false) => "行った（次へ）",
                    _ => "解決しなかった",
                };
                (heading, button.to_owned())
            }
            Next::Contact { contact, .. } => return (plain(&table.contacts[contact as usize].title), None),
            Next::Done => return ("これ以上".to_owned(), None),
            Next::Choose | Next::Contradiction { .. } => panic!("{step:?}"),
        };
        (heading, Some(Deed { button, session: after }))
    }

    /// An entry that applies, offers nothing, and was not read.
    fn unread(&self) -> Option<u32> {
        let is_bare = |it: &Entry| it.actions.is_empty() && it.contacts.is_empty();
        let entries = shown(&self.table, &self.session).into_iter();
        let mut certain = entries.filter(|it| it.verdict == Verdict::Certain).map(|it| it.entry);
        certain.find(|it| is_bare(&self.table.entries[*it as usize]) && !self.session.told.contains(it))
    }

    fn wait_for(&self, heading: &str) {
        let heading = heading.replace('\n', "");
        self.browser.wait(&format!(
            "!document.querySelector('#dialogue').hidden && document.querySelector('#step')?.textContent.replaceAll('\\n', '').includes({heading:?})"
        ));
    }

    /// To the end, or until so many screens were seen.
    fn follow(&mut self, answers: &[(&str, &str)], most: usize) {
        for _ in 0..most {
            let (heading, deed) = self.expected(answers);
            self.wait_for(&heading);
            self.headings.push(heading);
            let Some(Deed { button, session }) = deed else { return };
            if self.headings.len() == most {
                return;
            }
            let before = self.browser.url();
            self.choose("#dialogue .stage button", &button);
            self.browser.wait(&format!("location.href !== {before:?}"));
            self.session = session;
        }
    }
}

fn numbered(it: &Entry) -> String {
    let number = it.number.map_or_else(String::new, |number| format!("No.{number} "));
    number + &plain(&it.title)
}

const TO_ENTRY_12: &[(&str, &str)] = &[
    ("certificate-found", "yes"),
    ("own-certificate", "yes"),
    ("certificate-offices", "2"),
    ("certificate-in-date", "yes"),
    ("care-certificate-issued", "yes"),
    ("issuing-password-known", "yes"),
];
const TO_ENTRY_11: &[(&str, &str)] = &[
    ("certificate-found", "no"),
    ("own-certificate", "no"),
    ("certificate-offices", "1"),
    ("certificate-in-date", "no"),
    ("care-certificate-issued", "no"),
    ("issuing-password-known", "no"),
];
const TO_ENTRY_10: &[(&str, &str)] = &[
    ("certificate-found", "yes"),
    ("own-certificate", "yes"),
    ("certificate-offices", "1"),
    ("certificate-in-date", "no"),
    ("care-certificate-issued", "yes"),
    ("issuing-password-known", "yes"),
];

/// Nothing to complain about, and nothing asked of any host but one's own.
fn is_quiet(browser: &Browser, own: &str) {
    assert_eq!(browser.console(), [""; 0]);
    assert_eq!(browser.requests_beside(own), [""; 0]);
}

pub fn entries_9_to_12_from_a_folder(browser: &Browser) {
    let site = Site::careplan();
    for answers in [TO_ENTRY_12, TO_ENTRY_11, TO_ENTRY_10] {
        let mut dialogue = Dialogue::begin(browser, &site, &site.page("guide.html"), "send-failed", false);
        dialogue.follow(answers, 30);
        assert!(dialogue.headings.len() > 3, "{:?}", dialogue.headings);
        browser.wait("document.querySelector('#summary')?.value.includes('ケアプラン')");
    }
    is_quiet(browser, "file://");
}

pub fn the_dialogue_from_a_server(browser: &Browser) {
    let site = Site::careplan();
    let address = site.serve();
    let mut dialogue = Dialogue::begin(browser, &site, &format!("{address}/guide.html"), "send-failed", false);
    dialogue.follow(TO_ENTRY_12, 30);
    is_quiet(browser, &address);
}

pub fn back_reload_and_link(browser: &Browser) {
    let site = Site::careplan();
    browser.begin_anew();
    let mut dialogue = Dialogue::begin(browser, &site, &site.page("guide.html"), "send-failed", false);
    dialogue.follow(TO_ENTRY_12, 4);
    let headings = dialogue.headings.clone();
    let link = browser.url();
    browser.reload();
    dialogue.wait_for(&headings[3]);
    for heading in headings[..3].iter().rev() {
        browser.back();
        dialogue.wait_for(heading);
    }
    // What was ticked off is so when a reader comes back.
    browser.script("document.querySelector('#dialogue .tick input').click();", &[]);
    dialogue.choose("#dialogue .stage button", "確認した");
    dialogue.wait_for(&headings[1]);
    dialogue.choose("#dialogue .way-back button", "1つ前に戻る");
    dialogue.wait_for(&headings[0]);
    browser.wait("document.querySelector('#dialogue .tick input').checked");
    // As a colleague opens it, who was not there.
    browser.go("about:blank");
    browser.go(&link);
    dialogue.wait_for(&headings[3]);
    dialogue.choose("#dialogue .way-back button", "1つ前に戻る");
    dialogue.wait_for(&headings[2]);
    is_quiet(browser, "file://");
}

/// What stands in the summary below a heading.
fn told(browser: &Browser, heading: &str) -> String {
    browser.wait("document.querySelector('#summary')?.value");
    let summary = browser.script("return document.querySelector('#summary').value;", &[]);
    let summary = summary.as_str().unwrap();
    let (_, rest) = summary.split_once(heading).unwrap_or_else(|| panic!("no {heading} in {summary}"));
    rest.split("\n■").next().unwrap().to_owned()
}

const TRIED: &str = "■ 試したこと";
const NOT: &str = "■ 当てはまらなかった項目・行わなかったこと";

pub fn what_cannot_be_done_is_passed_over(browser: &Browser) {
    let site = Site::careplan();
    let mut dialogue = Dialogue::begin(browser, &site, &site.page("guide.html"), "send-failed", false);
    // Up to an action that changes something and leads on.
    let answers = [("certificate-found", "no"), ("care-certificate-issued", "no"), ("issuing-password-known", "no")];
    dialogue.follow(&answers, 5);
    let Next::Do { action, .. } = next(&dialogue.table, &dialogue.session) else {
        panic!("no action: {:?}", dialogue.headings)
    };
    let title = plain(&dialogue.table.actions[action as usize].title);
    let (mut passed, mut done) = (dialogue.session.clone(), dialogue.session.clone());
    passed.pass_over(action);
    done.done(&dialogue.table, action);
    assert_ne!(next(&dialogue.table, &passed), next(&dialogue.table, &done), "the effects make a difference");
    dialogue.choose("#dialogue .stage button", "ここでは行えない・当てはまらない");
    dialogue.session = passed;
    let (heading, _) = dialogue.expected(&answers);
    dialogue.wait_for(&heading);
    assert!(browser.url().contains("/~!"), "{}", browser.url());
    browser.wait("document.querySelector('#dialogue .log li:last-child')?.textContent.includes('行わなかった')");
    browser.reload();
    dialogue.wait_for(&heading);

    // To the end, where a contact cannot be reached either.
    while let Next::Do { action, .. } = next(&dialogue.table, &dialogue.session) {
        dialogue.choose("#dialogue .stage button", "ここでは行えない・当てはまらない");
        dialogue.session.pass_over(action);
        let (heading, _) = dialogue.expected(&answers);
        dialogue.wait_for(&heading);
    }
    let Next::Contact { contact, .. } = next(&dialogue.table, &dialogue.session) else { panic!("{}", browser.page()) };
    assert!(told(browser, NOT).contains(&title), "{}", told(browser, NOT));
    assert!(!told(browser, TRIED).contains(&title), "{}", told(browser, TRIED));
    dialogue.choose("#dialogue .stage button", "連絡できない");
    dialogue.session.contact(contact);
    let (heading, _) = dialogue.expected(&answers);
    assert!(!heading.is_empty());
    let contact = plain(&dialogue.table.contacts[contact as usize].title);
    browser.wait(&format!("document.querySelector('#summary')?.value.includes('・{contact}\\n■ 日付')"));
    assert!(!told(browser, TRIED).contains(&contact), "{}", told(browser, TRIED));
    is_quiet(browser, "file://");
}

pub fn the_summary_does_not_contradict_itself(browser: &Browser) {
    let site = Site::careplan();
    // Everything was tried, and the effects exclude what was.
    let walked = "send-failed/!check-certificate:check/certificate-found=no/care-certificate-issued=no/\
                  issuing-password-known=no/!reissue-password:reissue/!install-certificate:get-new/\
                  certificate-offices=~ge2/!keep-one-office:keep-own";
    browser.go("about:blank");
    browser.go(&site.page(&format!("guide.html#{walked}")));
    let (tried, not) = (told(browser, TRIED), told(browser, NOT));
    for number in ["No.9 ", "No.10 ", "No.11 ", "No.12 "] {
        assert!(tried.contains(number) && !not.contains(number), "{tried}\n{not}");
    }
    // The answers excluded all that the reader was handed over to.
    let mut dialogue = Dialogue::begin(browser, &site, &site.page("guide.html"), "send-failed", false);
    let answers = [
        ("certificate-found", "yes"),
        ("own-certificate", "yes"),
        ("certificate-in-date", "yes"),
        ("certificate-offices", "1"),
    ];
    dialogue.follow(&answers, 30);
    let (tried, not) = (told(browser, TRIED), told(browser, NOT));
    for number in ["No.10 ", "No.11 ", "No.12 "] {
        assert!(!tried.contains(number) && not.contains(&format!("・{number}")), "{tried}\n{not}");
    }
    assert!(not.contains("（電子証明書がある事業所の数：1事業所分）") && !not.contains("No.9 "), "{not}");
}

pub fn what_an_action_brought_about_is_told_apart(browser: &Browser) {
    let text = include_str!("../support/lamp.faq");
    let site = Site::of(vec![Input { name: "lamp.faq".to_owned(), bytes: text.into() }]);
    browser.go("about:blank");
    browser.go(&site.page("guide.html#dark/plugged=no/!plug-in:plug/@desk/"));
    let not = told(browser, NOT);
    assert!(not.contains("（電源ランプがついている：はい［対応策の結果］）"), "{not}");
}

pub fn the_dialogue_by_keyboard_alone(browser: &Browser) {
    let site = Site::careplan();
    let mut dialogue = Dialogue::begin(browser, &site, &site.page("guide.html"), "send-failed", true);
    dialogue.follow(TO_ENTRY_12, 30);
    assert!(dialogue.headings.len() > 3, "{:?}", dialogue.headings);
}
