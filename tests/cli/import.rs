//! `faqc import`: from a file to a folder, and what stands in the way.

use std::fs;

use super::{folder, run, write};

const SHEET: &str = "No.,大分類,事象,対応策\r\n1,印刷,印刷できない。,＞用紙を入れます。\r\n2,印刷,「紙詰まり」と表示される。,謎の一行\r\n";

#[test]
fn a_sheet_becomes_a_knowledge_base_that_checks() {
    let place = folder(&[("faq.csv", SHEET.as_bytes())]);
    let made = run(place.path(), &["import", "faq.csv", "--out", "my-faq"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.out.contains("D3: a step or an explanation? kept as a note: 謎の一行"), "{}", made.out);
    assert!(made.err.contains("entries written to my-faq: 2; things to look at: 1"), "{}", made.err);
    let checked = run(place.path(), &["check", "my-faq", "--format", "short"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
}

#[test]
fn what_is_not_read_is_told_and_kept() {
    let sheet =
        "No.,事象,対応策,担当,\r\n1,印刷できない,用紙を入れます。,\"総務\r\nの係\",x\r\n2,,電源を切ります。,,\r\n";
    let place = folder(&[("faq.csv", sheet.as_bytes())]);
    let made = run(place.path(), &["import", "faq.csv", "--out", "my-faq"]);
    let written = fs::read_to_string(place.path().join("my-faq/faq.faq")).expect("it was written");
    for remark in [
        "D2: the column “担当” is not read; this was kept here: 総務 の係",
        "E2: the column “” is not read; this was kept here: x",
        "B3: there is no symptom; it needs a title",
    ] {
        assert!(made.out.contains(remark), "{}", made.out);
    }
    for comment in [
        "# D2: 列「担当」は読み取らないので、ここに残しました：総務 の係",
        "# B3: 事象が書かれていません。題名を付けてください",
    ] {
        assert!(written.contains(comment), "{written}");
    }
    assert_eq!(run(place.path(), &["check", "my-faq"]).code, 0);
}

#[test]
fn a_knowledge_base_goes_to_a_sheet_and_back() {
    let place = folder(&[("faq.csv", SHEET.as_bytes())]);
    run(place.path(), &["import", "faq.csv", "--out", "one"]);
    let built = run(place.path(), &["build", "one", "--out", "out", "--emit", "xlsx,csv"]);
    assert_eq!((built.code, built.out.as_str()), (0, "out/faq.csv\nout/faq.xlsx\n"), "{}", built.err);
    for sheet in ["out/faq.xlsx", "out/faq.csv"] {
        let back = run(place.path(), &["import", sheet, "--out", &format!("{sheet}-back")]);
        assert_eq!((back.code, back.out.as_str()), (0, ""), "{}", back.err);
        for name in ["faq.toml", "faq.faq"] {
            let read = |folder: &str| fs::read(place.path().join(folder).join(name)).expect("it was written");
            assert_eq!(read("one"), read(&format!("{sheet}-back")));
        }
    }
}

#[test]
fn what_cannot_be_imported_is_told_and_nothing_is_written() {
    let place = folder(&[("faq.csv", SHEET.as_bytes()), ("faq.xls", b"x"), ("no.csv", b"a,b\n"), ("full/x.txt", b"x")]);
    fs::create_dir(place.path().join("dir.xlsx")).expect("made");
    let cases = [
        (vec!["import", "faq.xls"], "F0960"),
        (vec!["import", "no.csv"], "F0961"),
        (vec!["import", "dir.xlsx"], "F0903"),
        (vec!["import", "missing.csv"], "F0903"),
        (vec!["import", "faq.csv", "--out", "full"], "F0906"),
    ];
    for (arguments, code) in cases {
        let refused = run(place.path(), &arguments);
        assert_eq!(refused.code, 2, "{arguments:?}");
        assert!(refused.err.contains(code), "{arguments:?}: {}", refused.err);
    }
    let mut names: Vec<_> =
        fs::read_dir(place.path()).expect("a folder").map(|it| it.expect("an entry").file_name()).collect();
    names.sort();
    assert_eq!(names, ["dir.xlsx", "faq.csv", "faq.xls", "full", "no.csv"]);
}

#[test]
fn the_day_of_review_is_compared_with_the_day_given() {
    let entry = "entry a \"A\" {\n  symptom \"s\"\n  review 2026-04-01\n  note n\n}\n";
    let place = folder(&[("a.faq", entry.as_bytes())]);
    let check = |today: &str| run(place.path(), &["check", "a.faq", "--today", today, "--format", "short"]).out;
    assert!(
        check("2026-04-01").contains("F0516") && check("2026-04-01").contains("was due"),
        "{}",
        check("2026-04-01")
    );
    assert!(check("2026-03-03").contains("(days left: 29)"), "{}", check("2026-03-03"));
    assert!(!check("2026-03-01").contains("F0516"), "{}", check("2026-03-01"));
    assert_eq!(run(place.path(), &["check", "a.faq", "--today", "2026-02-30"]).code, 2);
}

#[test]
fn what_changed_since_the_previous_release_is_a_page_of_the_book() {
    let entry = |note: &str| format!("entry a \"A\" {{\n  symptom \"s\"\n  note {note}\n}}\n");
    let place = folder(&[
        ("old/faq.toml", b"title = \"t\"\nlanguage = \"en\"\n"),
        ("old/a.faq", entry("Restart it.").as_bytes()),
        ("new/faq.toml", b"title = \"t\"\nlanguage = \"en\"\nprevious = \"../old\"\n"),
        ("new/a.faq", entry("Restart it twice.").as_bytes()),
    ]);
    let built = run(place.path(), &["build", "new", "--out", "out", "--emit", "markdown,site"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let read = |name: &str| fs::read_to_string(place.path().join("out/markdown").join(name)).expect("it was written");
    assert!(read("changes.md").contains("Restart it twice."), "{}", read("changes.md"));
    assert!(read("SUMMARY.md").ends_with("\n[What changed](changes.md)\n"));
    let site = |name: &str| fs::read_to_string(place.path().join("out/site").join(name)).expect("it was written");
    assert!(site("changes.html").contains("Restart it twice."), "{}", site("changes.html"));
    assert!(site("index.html").contains("<a href=\"changes.html\">What changed</a>"));
    write(&place.path().join("old/a.faq"), b"entry a \"A\" {\n");
    let refused = run(place.path(), &["build", "new", "--out", "out", "--emit", "markdown"]);
    assert!(refused.code == 2 && refused.err.contains("F0945"), "{}", refused.err);
}
