//! The search box: a pasted message leads to its symptom and from there into the dialogue, words lead to entries, nonsense to nothing.

use faqc::table::{KeyKind, Table};

use crate::driver::Browser;
use crate::pages::violations;
use crate::site::{Site, plain};

/// Types a text where a reader does, in place of what stands there.
fn type_in(browser: &Browser, text: &str) {
    browser.script("const field = document.querySelector('#q'); field.value = ''; field.focus();", &[]);
    browser.press(text);
}

fn title(table: &Table, id: &str) -> String {
    plain(&table.symptoms.iter().find(|it| it.id == id).unwrap().title)
}

fn first_hit(expected: &str) -> String {
    format!("document.querySelector('#results .hits a')?.textContent === {expected:?}")
}

pub fn a_message_leads_into_the_dialogue(browser: &Browser) {
    let site = Site::careplan();
    browser.console();
    browser.requests_beside("");
    browser.go(&site.page("index.html"));
    browser.wait("globalThis.faqc?.findSymptoms");
    // The very message, the same in other widths and cut, and words with nothing in common.
    type_in(browser, "送信に失敗しました。再度実行してください。");
    browser.wait(&first_hit(&title(&site.table, "send-failed")));
    assert_eq!(violations(browser), [""; 0]);
    type_in(browser, "受信に失敗しました 再度実行");
    browser.wait(&first_hit(&title(&site.table, "receive-failed")));
    type_in(browser, "zzzzqqqq");
    browser.wait(
        "document.querySelector('#results [role=status]')?.textContent && !document.querySelector('#results .hits')",
    );
    type_in(browser, "電子証明書");
    browser.wait("document.querySelector('#results a[href*=\"entries/\"] mark')");
    type_in(browser, "送信に失敗しました。再度実行してください。");
    browser.wait(&first_hit(&title(&site.table, "send-failed")));
    browser.script("document.querySelector('#results a[href*=\"guide.html#\"]').click();", &[]);
    browser.wait("location.pathname.endsWith('/guide.html') && document.querySelector('#step')");
    assert_eq!(browser.console(), [""; 0]);
    assert_eq!(browser.requests_beside("file://"), [""; 0]);
}

pub fn every_message_of_the_faq_is_found(browser: &Browser) {
    let site = Site::careplan();
    browser.go(&site.page("index.html"));
    browser.wait("globalThis.faqc?.findSymptoms");
    for symptom in &site.table.symptoms {
        for key in symptom.keys.iter().filter(|it| it.kind == KeyKind::Message && it.folded.len() == 1) {
            let text = serde_json::json!(key.text);
            let found = browser.promise(&format!("faqc.findSymptoms({text}).then(it => it.hits[0]?.title)"));
            assert_eq!(found, plain(&symptom.title), "{text}");
        }
    }
}
