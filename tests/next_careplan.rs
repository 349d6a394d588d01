//! What the reader of the care-plan FAQ is led to, step by step.

#[path = "support/careplan.rs"]
mod careplan;

use careplan::careplan_table;
use faqc::runtime::{ContactSource, Matched, Next, Session, find, next, question_named, read_given, shown};
use faqc::table::Table;

struct Case {
    table: Table,
    session: Session,
}

impl Case {
    fn new(symptom: &str) -> Self {
        let table = careplan_table();
        let symptom = table.symptoms.iter().position(|it| it.id == symptom).unwrap();
        Self { table, session: Session::new(symptom as u32) }
    }

    fn given(mut self, facts: &str) -> Self {
        for fact in facts.split_whitespace() {
            let (_, cells) = read_given(&self.table, fact, None).unwrap();
            self.session.give(&self.table, &cells);
        }
        self
    }

    fn failed(mut self, action: &str) -> Self {
        let action = self.table.actions.iter().position(|it| it.id == action).unwrap();
        self.session.done(&self.table, action as u32);
        self
    }

    fn unknown(mut self, question: &str) -> Self {
        let question = question_named(&self.table, question).unwrap();
        self.session.unknown(&self.table, question);
        self
    }

    fn next(&self) -> String {
        let Self { table, session } = self;
        match next(table, session) {
            Next::Ask { question, .. } => format!("ask {}", table.questions[question as usize].id),
            Next::Do { action, certain: true, .. } => format!("do {}", table.actions[action as usize].id),
            Next::Do { action, .. } => format!("perhaps {}", table.actions[action as usize].id),
            Next::Contact { contact, .. } => format!("contact {}", table.contacts[contact as usize].id),
            other => format!("{other:?}"),
        }
    }

    fn entry(&self) -> &str {
        let first = shown(&self.table, &self.session).into_iter().find(|it| !it.is_spent).unwrap();
        &self.table.entries[first.entry as usize].id
    }
}

#[test]
fn a_button_decides_about_the_blue_screen() {
    assert_eq!(Case::new("blue-screen").next(), "ask run-button-shown");
    let shown = Case::new("blue-screen").given("run-button-shown=yes");
    assert_eq!((shown.entry(), shown.next().as_str()), ("run-blocked-app", "do run-blocked-app/run"));
    let hidden = Case::new("blue-screen").given("run-button-shown=no");
    assert_eq!(hidden.next(), "do show-run-button/turn-off");
    assert_eq!(hidden.failed("show-run-button/turn-off").next(), "contact helpdesk");
}

#[test]
fn components_are_updated_one_after_the_other() {
    let case = Case::new("startup-exception");
    assert_eq!(case.next(), "ask edge-latest");
    let case = case.unknown("edge-latest");
    assert_eq!(case.next(), "do update-components/update-edge");
    let case = case.failed("update-components/update-edge");
    assert_eq!(case.next(), "do update-components/install-dotnet");
    let case = case.failed("update-components/install-dotnet");
    assert_eq!(case.next(), "do update-components/install-webview2");
    assert_eq!(case.failed("update-components/install-webview2").next(), "contact helpdesk");
}

#[test]
fn a_certificate_is_looked_at_before_anything_is_done_about_it() {
    let case = Case::new("send-failed");
    assert_eq!((case.entry(), case.next().as_str()), ("check-certificate", "do check-certificate/check"));
    let checked = case.failed("check-certificate/check");
    assert_eq!(checked.next(), "ask certificate-found");
    assert_eq!(Case::new("send-failed").unknown("certificate-found").next(), "contact helpdesk");
    let other_office = checked.given("certificate-found=yes own-certificate=no");
    // How many there are is asked once there is one to be kept.
    assert_eq!(other_office.next(), "ask care-certificate-issued");
    let installed = other_office.given("care-certificate-issued=yes").failed("install-certificate/install-issued");
    // It may not have worked.
    assert_eq!(installed.next(), "ask certificate-found");
    let installed = installed.given("certificate-found=yes own-certificate=yes certificate-in-date=yes");
    assert_eq!(installed.next(), "ask certificate-offices");
    let still_none = Case::new("send-failed").given("certificate-found=no care-certificate-issued=yes");
    let tried = still_none.failed("check-certificate/check").failed("install-certificate/install-issued");
    assert_eq!(tried.given("certificate-found=no").next(), "contact helpdesk");
}

#[test]
fn what_follows_from_the_certificate_is_done_in_its_order() {
    let no_password = "certificate-found=yes own-certificate=no certificate-offices=1 care-certificate-issued=no issuing-password-known=no";
    let case = Case::new("send-failed").failed("check-certificate/check").given(no_password);
    assert_eq!((case.entry(), case.next().as_str()), ("reissue-password", "do reissue-password/reissue"));
    let case = case.failed("reissue-password/reissue");
    assert_eq!(case.next(), "do install-certificate/get-new");
    let case = case.failed("install-certificate/get-new");
    assert_eq!(case.next(), "ask certificate-found");
    let case = case.given("certificate-found=yes own-certificate=yes certificate-in-date=yes certificate-offices=2");
    assert_eq!((case.entry(), case.next().as_str()), ("keep-one-office", "do keep-one-office/keep-own"));
    assert_eq!(case.failed("keep-one-office/keep-own").next(), "contact helpdesk");
    let fine = "certificate-found=yes own-certificate=yes certificate-in-date=yes certificate-offices=1";
    assert_eq!(Case::new("send-failed").given(fine).next(), "contact helpdesk");
}

#[test]
fn a_pasted_message_leads_to_its_symptom() {
    let table = careplan_table();
    let found = |text: &str| {
        let hits = find(&table, text);
        hits.first().map(|hit| (table.symptoms[hit.symptom as usize].id.clone(), hit.matched))
    };
    let exact = |id: &str| Some((id.to_owned(), Matched::Exact));
    assert_eq!(found("送信に失敗しました。再度実行してください。"), exact("send-failed"));
    let recipient = "送信に失敗しました。送信先事業所がケアプランデータ連携システムの利用申請を行っていない、または現在有効なライセンスを持っていません。送信先事業所が利用申請を行った後に再度送信してください。";
    assert_eq!(found(recipient), exact("recipient-not-ready"));
    assert_eq!(found("受信に失敗しました。再度実行してください。"), exact("receive-failed"));
    assert_eq!(found("安全にダウンロードすることはできません"), exact("download-blocked"));
    assert_eq!(found("プリンターの紙が詰まった"), None);
}

#[test]
fn a_session_travels_as_json() {
    let case = Case::new("send-failed").unknown("certificate-found").failed("check-certificate/check");
    let json = serde_json::to_string(&case.session).unwrap();
    assert_eq!(serde_json::from_str::<Session>(&json).unwrap(), case.session);
    assert_eq!(serde_json::from_str::<Session>("{}").unwrap(), Session::default());
    assert_eq!(next(&case.table, &Session::default()), Next::Choose);
    let Next::Contact { from, .. } = next(&case.table, &case.session) else { panic!() };
    assert!(matches!(from, ContactSource::Question(_)));
}
