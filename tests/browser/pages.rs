//! All kinds of pages: accessible in both themes and at the width of a phone, silent, and asking no other host for anything.

use std::path::Path;

use crate::driver::Browser;
use crate::site::Site;
use serde_json::json;

/// What reaches out of the page on the right, where a reader would have to scroll sideways.
const TOO_WIDE: &str = "
    const most = document.documentElement.clientWidth + 1;
    if (document.documentElement.scrollWidth <= most) return [];
    const right = it => Math.round(it.getBoundingClientRect().right);
    return [...document.querySelectorAll('body *')].filter(it => right(it) > most).map(it => `${it.localName}.${it.className} ${right(it)} of ${most}`);";

/// Loads axe-core into the page and tells what it finds.
pub fn violations(browser: &Browser) -> Vec<String> {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/axe/axe.min.js");
    let axe = std::fs::read_to_string(axe).expect("axe-core stands in tests/browser/axe");
    browser.script(&axe, &[]);
    let found = browser.promise(
        // It would load style sheets itself, which the pages' policy forbids.
        "axe.run(document, { resultTypes: ['violations'], preload: false }).then(it => it.violations.map(it => `${it.id}: ${it.nodes.map(node => node.html).join(' ')}`))",
    );
    let found = found.as_array().unwrap_or_else(|| panic!("{found}")).iter();
    found.map(|it| it.as_str().unwrap().chars().take(600).collect()).collect()
}

fn look_at(browser: &Browser, url: &str, ready: &str) {
    browser.go("about:blank");
    browser.go(url);
    browser.wait(ready);
    assert_eq!(violations(browser), [""; 0], "{url}");
    assert_eq!(browser.script(TOO_WIDE, &[]), json!([]), "{url} is wider than the window");
}

/// At the widths of telephones, tablets and desktops, and between; with scrollbars that take room.
pub fn no_page_is_wider_than_the_window(browser: &Browser) {
    let site = Site::careplan();
    for page in ["index.html", "guide.html", "entries.html"] {
        browser.go(&site.page(page));
        for width in [360, 420, 600, 768, 900, 1000, 1100, 1280, 1920] {
            browser.resize(width, 700);
            browser.wait("document.readyState === 'complete'");
            assert_eq!(browser.script(TOO_WIDE, &[]), json!([]), "{page} is wider than the window of {width}");
        }
    }
    browser.go(&site.page("index.html"));
    browser.wait("document.readyState === 'complete'");
    let bar = "return innerWidth - document.documentElement.clientWidth;";
    assert!(browser.script(bar, &[]).as_i64().unwrap() > 0, "no scrollbar takes room here");
    browser.resize(1000, 900);
}

/// With letters twice as large as usual, as some readers set their browser.
pub fn large_letters_fit_a_phone(browser: &Browser) {
    let site = Site::careplan();
    browser.resize(360, 700);
    for page in [
        "index.html",
        "entries/keep-download.html",
        "symptoms/send-failed.html",
        "sheet.html",
        "guide.html#download-blocked",
        "guide.html#send-failed/!check-certificate:check",
        "guide.html#send-failed/certificate-found=?",
    ] {
        browser.go("about:blank");
        browser.go(&site.page(page));
        browser.wait("document.querySelector('body.guide') === null || document.querySelector('#step')");
        browser.script("document.documentElement.style.fontSize = '32px';", &[]);
        assert_eq!(browser.script(TOO_WIDE, &[]), json!([]), "{page}");
    }
    browser.resize(1000, 900);
}

/// Where the system chooses the colours, as with high contrast on Windows.
pub fn what_is_chosen_shows_in_forced_colours(browser: &Browser) {
    let site = Site::careplan();
    browser.force_colours(true);
    browser.go(&site.page("symptoms.html"));
    browser.wait("document.querySelector('#theme input')");
    let look = "
        const lines = [...document.querySelectorAll('nav.main a')].filter(it => parseFloat(getComputedStyle(it).borderBottomWidth) > 0);
        const colours = [...document.querySelectorAll('#theme span')].map(it => getComputedStyle(it).backgroundColor);
        return [lines.map(it => it.getAttribute('href')), colours[0] !== colours[1], colours[1] === colours[2]];";
    let seen = browser.script(look, &[]);
    browser.go(&site.page("index.html"));
    browser.wait("document.querySelector('.ask button')");
    let edge = browser
        .script("return parseFloat(getComputedStyle(document.querySelector('.ask button')).borderTopWidth) > 0;", &[]);
    browser.force_colours(false);
    assert_eq!(seen, json!([["symptoms.html"], true, true]));
    assert_eq!(edge, true, "the button of the search has an edge");
}

/// Whatever the reader prefers on a screen, and whatever was chosen.
pub fn paper_is_white_in_the_dark(browser: &Browser) {
    let site = Site::careplan();
    let colours = "const style = getComputedStyle(document.body); return [style.backgroundColor, style.color];";
    for chosen in [None, Some("light"), Some("dark")] {
        for scheme in ["light", "dark"] {
            browser.go(&site.page("index.html"));
            browser.wait("document.readyState === 'complete'");
            let choose = "const root = document.documentElement; if (arguments[0]) root.dataset.theme = arguments[0]; else delete root.dataset.theme;";
            browser.script(choose, &[json!(chosen)]);
            browser.emulate("print", scheme);
            let printed = browser.script(colours, &[]);
            browser.emulate("", scheme);
            assert_eq!(printed, json!(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]), "{chosen:?}, {scheme}");
        }
    }
    browser.prefer("");
}

pub fn pages_are_accessible_and_silent(browser: &Browser) {
    let site = Site::careplan();
    browser.console();
    browser.requests_beside("");
    for (scheme, width) in [("light", 1000), ("dark", 420)] {
        browser.prefer(scheme);
        browser.resize(width, 900);
        for page in site.pages() {
            look_at(browser, &site.page(&page), "document.readyState === 'complete'");
        }
        // A screen of each kind: a deed, a question, contacts with the summary.
        for hash in [
            "send-failed",
            "send-failed/!check-certificate:check",
            "send-failed/certificate-found=%3F",
            "nothing-of-the-kind",
        ] {
            let ready = "document.querySelector('#step') || document.querySelector('#dialogue [role=alert]')";
            let url = site.page(&format!("guide.html#{hash}"));
            if hash == "nothing-of-the-kind" {
                assert_eq!(browser.console(), [""; 0]);
                browser.go("about:blank");
                browser.go(&url);
                browser.wait(ready);
                let said = browser.console();
                assert!(said.iter().all(|it| it.contains("symptom/nothing-of-the-kind")), "{said:?}");
            } else {
                look_at(browser, &url, ready);
            }
        }
        assert_eq!(browser.console(), [""; 0]);
    }
    browser.prefer("");
    browser.resize(1000, 900);
    assert_eq!(browser.requests_beside("file://"), [""; 0]);
}
