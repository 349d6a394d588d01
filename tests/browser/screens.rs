//! What single screens of the dialogue show, and how their buttons and fields behave.

use faqc::Input;
use serde_json::json;

use crate::driver::Browser;
use crate::site::Site;

/// The screen that a link leads to, as somebody opens it who was not there.
fn open(browser: &Browser, site: &Site, hash: &str) {
    browser.go("about:blank");
    browser.go(&site.page(&format!("guide.html#{hash}")));
    browser.wait("document.querySelector('#step')");
}

/// Clicks what a browser counts as so many clicks in a row.
fn click(browser: &Browser, selector: &str, count: u32) {
    let click = "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: arguments[1] }));";
    browser.script(click, &[json!(selector), json!(count)]);
}

pub fn a_double_click_is_one_answer(browser: &Browser) {
    let site = Site::careplan();
    open(browser, &site, "send-failed/!check-certificate:check");
    let before = browser.url();
    click(browser, "#dialogue .choices button", 2);
    click(browser, "#dialogue .stage .buttons button", 2);
    assert_eq!(browser.url(), before);
    assert_eq!(browser.script("return document.querySelectorAll('#dialogue details[open]').length;", &[]), 0);
    click(browser, "#dialogue .choices button", 1);
    browser.wait(&format!("location.href === {:?}", format!("{before}/certificate-found=yes")));
}

pub fn a_link_ends_in_no_mark(browser: &Browser) {
    let site = Site::careplan();
    open(browser, &site, "send-failed");
    let written = browser.promise(
        "faqc.data('symptom/send-failed').then(({ table }) => ['', '/certificate-found=?', '/certificate-found=yes'].map(moves => {
            const read = hash => faqc.address.movesOf(table, hash, '2023-06-29');
            const { moves: before } = read(`#send-failed${moves}`);
            const link = faqc.address.write(table, 'send-failed', before);
            const { moves: after, isWhole } = read(link);
            return [link, isWhole && JSON.stringify(after) === JSON.stringify(before)];
        }))",
    );
    let expected = ["#send-failed", "#send-failed/certificate-found=?/", "#send-failed/certificate-found=yes"];
    assert_eq!(written, json!(expected.map(|link| (link, true))));
    // As such links were written before.
    open(browser, &site, "send-failed/certificate-found=?");
    browser.wait("document.querySelector('#dialogue .log')?.textContent.includes('分からない')");
}

pub fn branches_stand_beside_what_is_ticked_off(browser: &Browser) {
    let site = Site::careplan();
    let ticks = "return document.querySelectorAll('#dialogue .tick input').length;";
    let branches = "return document.querySelectorAll('#dialogue .branch').length;";
    open(browser, &site, "download-blocked");
    assert_eq!(browser.script("return document.querySelectorAll('label :is(div, ol, p)').length;", &[]), 0);
    assert_eq!((browser.script(ticks, &[]), browser.script(branches, &[])), (json!(5), json!(2)));
    // With a window as narrow as a phone, too, there is room for a line of text.
    browser.resize(360, 700);
    let width = browser.script("return document.querySelector('.branch .deed').clientWidth;", &[]);
    browser.resize(1000, 900);
    assert!(width.as_i64().is_some_and(|it| it > 200), "{width}");
    // The steps of the one that is certain are steps like all others.
    open(browser, &site, "download-blocked/file-trusted=yes");
    assert_eq!((browser.script(ticks, &[]), browser.script(branches, &[])), (json!(8), json!(0)));
}

pub fn what_an_action_depends_on_is_said(browser: &Browser) {
    let site = Site::careplan();
    let said = "return document.querySelector('#dialogue .stage .warning')?.textContent ?? '';";
    let walked = "site-login-failed/expired-shown=?/kj-id-known=yes/!check-site-login:retype";
    open(browser, &site, walked);
    // The condition of the cause that the action is against.
    let warning = browser.script(said, &[]);
    assert!(warning.as_str().is_some_and(|it| it.contains("「有効期限切れ」と表示される：はい")), "{warning}");
    open(browser, &site, "site-login-failed/expired-shown=yes");
    assert_eq!(browser.script(said, &[]), "", "it is known");
}

pub fn notes_of_an_entry_can_be_seen(browser: &Browser) {
    let site = Site::careplan();
    open(browser, &site, "receive-failed");
    browser.wait(
        "[...document.querySelectorAll('#dialogue .stage .note')].some(it => it.checkVisibility() && it.textContent.includes('インストールされた状態で'))",
    );
}

/// A question with two intervals of each kind that can be typed, and one with many.
fn measured() -> Site {
    let entry = |id: &str, when: &str| {
        format!(
            "entry {id} \"{id}\" {{\n  symptom {id}\n  when {when}\n  action x \"Do it\" {{\n    > Do it.\n  }}\n}}\nsymptom {id} \"{id}\"\n"
        )
    };
    let many = (1..10).map(|it| format!("pages = {it}")).collect::<Vec<_>>().join(" or ");
    let text = format!(
        "{}{}{}fact copies : number {{\n  ask How many?\n}}\nfact bought : date {{\n  ask When?\n}}\nfact pages : number {{\n  ask How many?\n}}\n",
        entry("few", "copies < 3"),
        entry("old", "bought < 2023-06-29"),
        entry("some", &many),
    );
    let config = "title = \"T\"\nlanguage = \"en\"\n";
    let input = |name: &str, text: &str| Input { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    Site::of(vec![input("a.faq", &text), input("faq.toml", config)])
}

pub fn a_value_is_typed_where_that_is_easier(browser: &Browser) {
    let site = measured();
    let field = "return document.querySelector('#value')?.checkVisibility() ?? null;";
    let problem = "return document.querySelector('#problem').textContent;";
    open(browser, &site, "few");
    assert_eq!(browser.script(field, &[]), json!(null), "two buttons say all");
    open(browser, &site, "old");
    assert_eq!(browser.script(field, &[]), false, "it is the alternative");
    click(browser, "#dialogue summary", 1);
    assert_eq!(browser.script(field, &[]), true);
    click(browser, "#dialogue form button", 1);
    assert_eq!(browser.script(problem, &[]), "Please type a date.");
    open(browser, &site, "some");
    assert_eq!(browser.script(field, &[]), true, "there would be too many buttons");
    click(browser, "#dialogue form button", 1);
    assert_eq!(browser.script(problem, &[]), "Please type a number.");
    browser.script("document.querySelector('#value').value = '4';", &[]);
    click(browser, "#dialogue form button", 1);
    browser.wait("document.querySelector('#dialogue .log')?.textContent.includes('pages: 4')");
}

pub fn what_was_copied_is_told_at_the_button(browser: &Browser) {
    let site = Site::careplan();
    let button = "document.querySelector('#dialogue .way-back button:last-child')";
    open(browser, &site, "send-failed/certificate-found=?");
    let place = format!(
        "const {{ x, y, width }} = {button}.getBoundingClientRect(); return [x, y, width, document.body.scrollHeight];"
    );
    browser.script(&format!("{button}.scrollIntoView();"), &[]);
    let before = browser.script(&place, &[]);
    browser.script(&format!("{button}.click();"), &[]);
    browser.wait(&format!("{button}.querySelector('.told')?.checkVisibility()"));
    assert_eq!(browser.script(&place, &[]), before);
    // To those who do not see it as well, once.
    browser.wait(&format!(
        "document.querySelector('#dialogue [role=status]').textContent === {button}.querySelector('.told').textContent"
    ));
    assert_eq!(browser.script(&format!("return {button}.querySelector('.told').ariaHidden;"), &[]), "true");
}

/// How the edge of an answer stands out from what is around it, by the definition of WCAG 2.2.
const CONTRAST: &str = "
    const part = value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
    const light = colour => colour.match(/\\d+/g).slice(0, 3).reduce((sum, it, at) => sum + part(it / 255) * [.2126, .7152, .0722][at], 0);
    const edge = light(getComputedStyle(document.querySelector('#dialogue .choices button')).borderColor);
    const ground = light(getComputedStyle(document.body).backgroundColor);
    return (Math.max(edge, ground) + .05) / (Math.min(edge, ground) + .05);";

pub fn the_edges_of_answers_stand_out(browser: &Browser) {
    let site = Site::careplan();
    for scheme in ["light", "dark"] {
        browser.prefer(scheme);
        open(browser, &site, "send-failed/!check-certificate:check");
        let contrast = browser.script(CONTRAST, &[]);
        assert!(contrast.as_f64().is_some_and(|it| it >= 3.0), "{scheme}: {contrast}");
    }
    browser.prefer("");
}
