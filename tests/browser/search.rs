//! The search box: a pasted message leads to its symptom and from there into the dialogue, words lead to entries, nonsense to nothing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use faqc::table::{KeyKind, Table};
use serde_json::{Value, json};

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

/// Whether a page shows what it offers beside a search.
const OTHERS: &str = "document.querySelector('#by-symptom').checkVisibility()";

pub fn on_a_phone_the_first_hit_is_seen(browser: &Browser) {
    let site = Site::careplan();
    browser.resize(360, 640);
    for page in ["guide.html", "index.html"] {
        browser.go(&site.page(page));
        browser.wait("globalThis.faqc?.findSymptoms");
        type_in(browser, "送信に失敗しました。再度実行してください。");
        browser.wait("document.querySelector('#results .hits a')");
        let bottom = "return document.querySelector('#results .hits a').getBoundingClientRect().bottom;";
        let bottom = browser.script(bottom, &[]);
        assert!(bottom.as_f64().is_some_and(|it| it < 640.0), "{page}: {bottom}");
        assert_eq!(browser.script(&format!("return {OTHERS};"), &[]), false, "{page}");
    }
    // What else the page offers is there again where a search finds nothing.
    type_in(browser, "zzzzqqqq");
    browser.wait(OTHERS);
    browser.resize(1000, 900);
}

pub fn other_words_are_told_once(browser: &Browser) {
    let site = Site::careplan();
    browser.go(&site.page("index.html"));
    browser.wait("globalThis.faqc?.findSymptoms");
    type_in(browser, "端末");
    browser.wait("document.querySelectorAll('#results a[href*=\"entries/\"]').length > 1");
    let told = "return [...document.querySelectorAll('#results li .hint')].map(it => it.textContent);";
    assert_eq!(browser.script(told, &[]), json!(["「パソコン」で探しました"]));
}

pub fn every_message_of_the_faq_is_found(browser: &Browser) {
    let site = Site::careplan();
    browser.go(&site.page("index.html"));
    browser.wait("globalThis.faqc?.findSymptoms");
    for symptom in &site.table.symptoms {
        for key in symptom.keys.iter().filter(|it| it.kind == KeyKind::Message && it.folded.len() == 1) {
            let text = json!(key.text);
            let found = browser.promise(&format!("faqc.findSymptoms({text}).then(it => it.hits[0]?.title)"));
            assert_eq!(found, plain(&symptom.title), "{text}");
        }
    }
}

pub fn contacts_and_numbers_are_found(browser: &Browser) {
    let site = Site::careplan();
    browser.go(&site.page("index.html"));
    browser.wait("globalThis.faqc?.findOthers");
    type_in(browser, "№９");
    browser.wait("document.querySelector('#results .hits a')?.textContent.startsWith('No.9 ')");
    type_in(browser, "ヘルプデスク");
    browser.wait("document.querySelector('#results section:last-child a[href=\"./contacts.html#contact.helpdesk\"]')");
    assert_eq!(violations(browser), [""; 0]);
    browser.script("document.querySelector('#results section:last-child a').click();", &[]);
    browser.wait("location.hash === '#contact.helpdesk' && document.querySelector(':target')");
}

/// Takes what is posted to the address that is returned.
fn listen() -> (String, Receiver<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/misses", listener.local_addr().unwrap());
    let (sender, posted) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream);
            let mut head = String::new();
            while reader.read_line(&mut head).is_ok_and(|length| length > 2) {}
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            reader.read_exact(&mut body).unwrap();
            reader.get_mut().write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").unwrap();
            let _ = sender.send((head, serde_json::from_slice(&body).unwrap()));
        }
    });
    (address, posted)
}

/// Nonsense first, then what is found; and the other way round.
fn miss_and_hit(browser: &Browser, url: &str) {
    browser.go(url);
    browser.wait("globalThis.faqc?.findSymptoms");
    browser.script("globalThis.told = []; console.info = text => told.push(text);", &[]);
    type_in(browser, "送信に失敗しました。再度実行してください。");
    browser.wait("document.querySelector('#results .hits')");
    type_in(browser, "zzzzqqqq");
    browser.wait("document.querySelector('#results [role=status]') && !document.querySelector('#results .hits')");
}

pub fn what_is_not_found_is_told_where_it_is_wanted(browser: &Browser) {
    browser.console();
    let site = Site::careplan_with("[site]\nlog-misses = \"console\"");
    miss_and_hit(browser, &site.page("index.html"));
    browser.wait("told.length > 0");
    assert_eq!(browser.script("return told;", &[]), json!(["no hit: zzzzqqqq"]));

    let (address, posted) = listen();
    let site = Site::careplan_with(&format!("[site]\nlog-misses = \"{address}\""));
    for url in [site.page("index.html"), format!("{}/index.html", site.serve())] {
        miss_and_hit(browser, &url);
        let (head, body) = posted.recv_timeout(Duration::from_secs(60)).expect("it is told");
        assert!(head.starts_with("POST /misses "), "{head}");
        assert!(!head.to_lowercase().contains("cookie") && !head.to_lowercase().contains("referer"), "{head}");
        let page = if url.starts_with("http") { json!("/index.html") } else { Value::Null };
        assert_eq!(body, json!({ "query": "zzzzqqqq", "page": page }));
        // To no other address, not even of the same host.
        let other = address.replace("/misses", "/other");
        let refused =
            browser.promise(&format!("fetch({other:?}, {{ method: 'POST', mode: 'no-cors' }}).then(() => 'sent')"));
        assert_ne!(refused, "sent");
        assert_eq!(
            browser
                .console()
                .iter()
                .filter(|it| !it.contains("Content Security Policy") && !it.contains("/other"))
                .count(),
            0
        );
    }
    assert!(posted.try_recv().is_err(), "once each");
}
