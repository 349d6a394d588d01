//! From spreadsheets to `.faq` files and back: the FAQ as it was published, whatever else people put into cells, and that
//! a sheet gives its knowledge base back with what was changed in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use faqc::diag::{Code, Diagnostics};
use faqc::emit::Target;
use faqc::import::{Format, Imported, import};
use faqc::runtime::fold;
use faqc::session::{Compilation, Input, compile, compile_unproved};
use proptest::prelude::*;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn fixture(name: &str) -> Imported {
    let bytes = fs::read(root().join("tests/import").join(name)).expect("the fixture is there");
    import(Format::of(name).expect("it is a sheet"), &bytes, "FAQ").expect("it can be read")
}

fn inputs(imported: &Imported) -> Vec<Input> {
    imported.files.iter().map(|file| Input { name: file.path.clone(), bytes: file.bytes.clone() }).collect()
}

fn text(imported: &Imported) -> String {
    let file = |file: &faqc::emit::OutputFile| format!("── {}\n{}", file.path, String::from_utf8_lossy(&file.bytes));
    imported.files.iter().map(file).collect::<Vec<_>>().join("\n")
}

fn knowledge_base(folder: &str) -> Compilation {
    compile_unproved(read(&root().join(folder)))
}

fn read(folder: &Path) -> Vec<Input> {
    let mut names: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    names.sort_by_key(|path| (path.extension().is_some_and(|extension| extension == "faq"), path.clone()));
    let input = |path: &PathBuf| Input {
        name: path.file_name().expect("a name").to_string_lossy().into_owned(),
        bytes: fs::read(path).expect("a file"),
    };
    names.iter().map(input).collect()
}

fn emitted(target: &str, compilation: &Compilation) -> Vec<u8> {
    let mut diagnostics = Diagnostics::default();
    let files = Target::find(target).expect("a target").emit(compilation, &mut diagnostics);
    assert!(diagnostics.is_empty());
    files.into_iter().next().expect("one file").bytes
}

fn files(imported: &Imported) -> BTreeMap<&str, &[u8]> {
    imported.files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect()
}

/// The text of a file without the names in references.
fn as_seen(text: &str) -> String {
    let mut parts = text.split("[→");
    let first = parts.next().unwrap_or("").to_owned();
    fold(&parts.fold(first, |all, part| all + part.split_once('：').map_or(part, |(_, shown)| shown)))
}

#[test]
fn the_published_sheet_becomes_files_that_compile_and_read_like_it() {
    let imported = fixture("error-faq.xlsx");
    let compilation = compile(inputs(&imported));
    assert!(!compilation.diagnostics.has_errors(), "{:?}", compilation.diagnostics.as_slice());
    assert_eq!((imported.entries, compilation.model.entries.len()), (16, 16));
    let remarks: String =
        imported.remarks.iter().map(|remark| format!("{} {} {:?}\n", remark.place, remark.key, remark.args)).collect();
    insta::assert_snapshot!("error_faq", format!("{}\n── remarks\n{remarks}", text(&imported)));
}

/// CSV in Shift_JIS and a table in Markdown hold the same rows.
#[test]
fn the_same_sheet_in_other_formats_becomes_the_same_entries() {
    let entries = |imported: &Imported| -> BTreeMap<String, String> {
        let files = imported.files.iter().filter(|file| file.path.ends_with(".faq"));
        let lines = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            text.lines().filter(|line| !line.trim_start().starts_with('#')).collect::<Vec<_>>().join("\n")
        };
        files.map(|file| (file.path.clone(), lines(&file.bytes))).collect()
    };
    let xlsx = entries(&fixture("error-faq.xlsx"));
    assert_eq!(entries(&fixture("error-faq.csv")), xlsx);
    assert_eq!(entries(&fixture("error-faq.md")), xlsx);
}

#[test]
fn no_word_of_the_published_sheet_is_lost() {
    let csv = encoding_rs::SHIFT_JIS
        .decode(&fs::read(root().join("tests/import/error-faq.csv")).expect("it is there"))
        .0
        .into_owned();
    let seen = as_seen(&text(&fixture("error-faq.csv")));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    for record in reader.records() {
        let record = record.expect("a row");
        for line in record.iter().skip(4).flat_map(str::lines).filter(|line| !line.contains("更新日")) {
            let line = line.trim().trim_start_matches("■");
            assert!(seen.contains(&fold(line)) || line.contains("可能性が") || line == "対応策", "{line}");
        }
    }
}

#[test]
fn a_knowledge_base_comes_back_from_its_sheet_byte_for_byte() {
    for folder in ["kb/careplan", "tests/as_published"] {
        let compilation = knowledge_base(folder);
        let originals = read(&root().join(folder));
        for (target, format) in [("xlsx", Format::Xlsx), ("csv", Format::Csv)] {
            let back = import(format, &emitted(target, &compilation), "x").expect("it can be read");
            assert_eq!(back.remarks, [], "{folder} {target}");
            let expected: BTreeMap<&str, &[u8]> =
                originals.iter().map(|input| (input.name.as_str(), input.bytes.as_slice())).collect();
            assert_eq!(files(&back), expected, "{folder} {target}");
        }
    }
}

#[test]
fn a_table_in_markdown_is_read_back_as_a_sheet() {
    let compilation = knowledge_base("kb/careplan");
    let files = Target::find("markdown").expect("a target").emit(&compilation, &mut Diagnostics::default());
    let index = files.iter().find(|file| file.path == "markdown/index.md").expect("the table");
    let back = import(Format::Markdown, &index.bytes, "x").expect("it can be read");
    let again = compile_unproved(inputs(&back));
    assert!(!again.diagnostics.has_errors());
    assert_eq!(again.model.entries.len(), 16);
    let numbers: Vec<u32> = again.model.entries.iter().filter_map(|entry| entry.number).collect();
    assert_eq!(numbers.len(), 16);
}

/// The cells of the care-plan FAQ's sheet in CSV, changed, and read again.
fn changed(change: impl FnOnce(&mut Vec<Vec<String>>)) -> Imported {
    let bytes = emitted("csv", &knowledge_base("kb/careplan"));
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|record| record.expect("a row").iter().map(str::to_owned).collect()).collect();
    change(&mut rows);
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).expect("written"));
    import(Format::Csv, &writer.into_inner().expect("flushed"), "x").expect("it can be read")
}

fn file<'a>(imported: &'a Imported, name: &str) -> &'a str {
    std::str::from_utf8(files(imported)[name]).expect("UTF-8")
}

fn keys(imported: &Imported) -> Vec<&'static str> {
    imported.remarks.iter().map(|remark| remark.key).collect()
}

#[test]
fn a_changed_cell_changes_the_line_that_says_it() {
    let back = changed(|rows| {
        let row = rows.iter_mut().find(|row| row[0] == "6").expect("No.6");
        row[5] = row[5].replace("利用規約に同意します。", "利用規約を読んで、同意します。");
        row[3] = "利用申請・変更時のエラー".to_owned();
    });
    let login = file(&back, "login.faq");
    assert!(login.contains("    > 利用規約を読んで、同意します。\n"), "{login}");
    assert!(login.contains("利用申請・ダウンロード時のエラー > 利用申請・変更時のエラー\n"), "{login}");
    assert!(!compile_unproved(inputs(&back)).diagnostics.has_errors());
}

/// No.6 is spoken of by its number, No.8 is not.
#[test]
fn a_number_changes_where_nothing_refers_to_it() {
    let back = changed(|rows| {
        for row in rows.iter_mut().filter(|row| row[0] == "6" || row[0] == "8") {
            row[0] = format!("2{}", row[0]);
        }
    });
    assert!(file(&back, "sending.faq").contains("  number   28\n") && file(&back, "login.faq").contains("  番号 6\n"));
    assert_eq!(keys(&back), ["import-not-taken", "import-taken"]);
}

#[test]
fn lines_put_in_and_taken_out_are_put_in_and_taken_out() {
    let back = changed(|rows| {
        let row = rows.iter_mut().find(|row| row[0] == "6").expect("No.6");
        row[5] = row[5]
            .replace("＞ 利用規約に同意します。\n", "")
            .replace("＞ パスワードを変更します。", "＞ パスワードを変更します。\n※ パスワードは控えておきます。");
    });
    let login = file(&back, "login.faq");
    assert!(!login.contains("利用規約に同意します。"), "{login}");
    assert!(login.contains("    > パスワードを変更します。\n    ※ パスワードは控えておきます。\n"), "{login}");
}

#[test]
fn a_reference_that_nobody_touched_stays_one() {
    let back = changed(|rows| {
        let row = rows.iter_mut().find(|row| row[0] == "6").expect("No.6");
        assert!(row[5].contains("＞ KJから始まるIDでログインします。"), "{}", row[5]);
        row[5] = row[5].replace("KJから始まるIDでログインします。", "KJから始まるIDで、もう一度ログインします。");
    });
    assert!(file(&back, "login.faq").contains("> [→KJから始まるID]で、もう一度ログインします。"));
}

#[test]
fn rows_that_are_new_become_entries_and_rows_that_are_gone_go_if_nothing_needs_them() {
    let back = changed(|rows| {
        let last = rows.iter().position(|row| row[0] == "16").expect("No.16");
        rows.insert(
            last + 1,
            ["17", "各種不具合・エラー", "", "", "印刷できない。", "＞用紙を入れます。\n※No.8とNo.99も参照", ""]
                .map(str::to_owned)
                .to_vec(),
        );
        rows.retain(|row| row[0] != "14" && row[0] != "9");
    });
    let keys = keys(&back);
    assert!(keys.contains(&"import-added") && keys.contains(&"import-removal-refused"), "{keys:?}");
    assert!(file(&back, "added-faq.faq").contains("No.8と\\No.99も参照"), "{}", text(&back));
    assert!(!compile_unproved(inputs(&back)).diagnostics.has_errors());
}

#[test]
fn what_no_place_says_alone_is_left_and_told() {
    let back = changed(|rows| {
        let row = rows.iter_mut().find(|row| row[0] == "10").expect("No.10");
        row[4] = row[4].replace("当てはまる条件：", "当てはまる場合：");
    });
    assert_eq!(keys(&back), ["import-not-taken"]);
    assert!(file(&back, "certificates.faq").contains("# No.10"), "{}", file(&back, "certificates.faq"));
}

#[test]
fn a_sheet_without_its_archive_is_read_as_any_other() {
    let back = changed(|rows| {
        rows.retain(|row| !row[6].starts_with("faqc:1:"));
        rows.iter_mut().for_each(|row| row.truncate(6));
    });
    let compilation = compile_unproved(inputs(&back));
    assert!(!compilation.diagnostics.has_errors());
    assert_eq!(compilation.model.entries.len(), 16);
}

#[test]
fn a_damaged_archive_is_told_and_not_used() {
    let back = changed(|rows| {
        let piece = rows.iter_mut().find(|row| row[6].starts_with("faqc:1:")).expect("a piece");
        piece[6].pop();
    });
    assert_eq!(back.remarks[0].key, "import-archive-broken");
    assert!(!compile_unproved(inputs(&back)).diagnostics.has_errors());
    let without = changed(|rows| rows.retain(|row| !row[6].starts_with("faqc:1:")));
    assert_eq!(without.remarks[0].key, "import-archive-broken", "the rows' names say that it was there");
}

#[test]
fn what_a_spreadsheet_would_calculate_is_defused_and_comes_back() {
    let source =
        "entry a \"=HYPERLINK(1)\" { symptom \"@x\" ; note +1 }\nentry b \"'=x\" { symptom \"y\" ; note '+1 }\n";
    let input = Input { name: "a.faq".into(), bytes: source.into() };
    let config = Input { name: "faq.toml".into(), bytes: b"title = \"t\"\nlanguage = \"en\"\n".to_vec() };
    let compilation = compile_unproved(vec![config, input]);
    assert!(!compilation.diagnostics.has_errors(), "{:?}", compilation.diagnostics.as_slice());
    let csv = emitted("csv", &compilation);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_slice());
    for record in reader.records() {
        for cell in &record.expect("a row") {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
    let back = import(Format::Csv, &csv, "x").expect("it can be read");
    assert_eq!((back.remarks.len(), file(&back, "a.faq")), (0, source));
}

#[test]
fn hostile_files_are_refused_with_a_reason() {
    let refused = |format, bytes: &[u8]| import(format, bytes, "x").expect_err("it cannot be read").code;
    let xlsx = fs::read(root().join("tests/import/error-faq.xlsx")).expect("it is there");
    assert_eq!(refused(Format::Xlsx, b"PK\x03\x04 no zip"), Code::UnreadableSheet);
    assert_eq!(refused(Format::Xlsx, &xlsx[..xlsx.len() / 2]), Code::UnreadableSheet);
    assert_eq!(refused(Format::Xlsx, &[0xD0, 0xCF, 0x11, 0xE0, 0, 0]), Code::UnreadableSheet);
    assert_eq!(refused(Format::Csv, &[0xFF, 0xFF, 0x81]), Code::UnreadableSheet);
    assert_eq!(refused(Format::Csv, b"a\0b"), Code::UnreadableSheet);
    assert_eq!(refused(Format::Csv, "名前,電話\r\nA,1".as_bytes()), Code::NoSheetHead);
    assert_eq!(refused(Format::Markdown, b"no table"), Code::NoSheetHead);
    assert_eq!(refused(Format::Csv, b""), Code::NoSheetHead);
    assert_eq!(refused(Format::Xlsx, &bomb()), Code::SheetTooLarge);
    for end in (0..xlsx.len()).step_by(xlsx.len() / 60) {
        let mut broken = xlsx.clone();
        broken[end] ^= 0x55;
        let _ = import(Format::Xlsx, &broken, "x");
    }
}

/// A small file that unfolds to more than can be meant.
fn bomb() -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).expect("begun");
    let block = vec![b' '; 1 << 20];
    for _ in 0..520 {
        zip.write_all(&block).expect("written");
    }
    zip.finish().expect("closed").into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in cells, the files compile, and come back from the sheets that are made of them.
    #[test]
    fn any_text_in_cells_compiles(cells in proptest::collection::vec((cell(), cell(), cell()), 1..5)) {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(["No.", "大分類", "事象", "対応策"]).expect("written");
        for (number, (category, symptom, remedy)) in (1..).zip(&cells) {
            csv.write_record([&number.to_string(), category, symptom, remedy]).expect("written");
        }
        let Ok(imported) = import(Format::Csv, &csv.into_inner().expect("flushed"), "x") else { return Ok(()) };
        let compilation = compile_unproved(inputs(&imported));
        prop_assert!(!compilation.diagnostics.has_errors(), "{}\n{:?}", text(&imported), compilation.diagnostics.as_slice());
        prop_assert_eq!(compilation.model.entries.len(), imported.entries);
        for (target, format) in [("xlsx", Format::Xlsx), ("csv", Format::Csv)] {
            let back = import(format, &emitted(target, &compilation), "x").expect("it can be read");
            prop_assert_eq!(&back.remarks, &[]);
            prop_assert_eq!(files(&back), files(&imported));
        }
    }
}

/// Lines that look like what help desks write, and like what breaks a parser.
fn cell() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("＞".to_owned()),
        Just("①".to_owned()),
        Just("■".to_owned()),
        Just("※".to_owned()),
        Just("・".to_owned()),
        Just("「送信に失敗しました。」と表示される".to_owned()),
        Just("No.1-2".to_owned()),
        Just("No９９".to_owned()),
        Just("[→".to_owned()),
        Just("]".to_owned()),
        Just("{".to_owned()),
        Just("｝".to_owned()),
        Just("\"".to_owned()),
        Just("”".to_owned()),
        Just("「".to_owned()),
        Just("」".to_owned()),
        Just("\n".to_owned()),
        Just("```".to_owned()),
        Just("https://example.com/a(b)?c=1#d".to_owned()),
        Just("「操作マニュアル3.6章」".to_owned()),
        Just("#".to_owned()),
        Just("：".to_owned()),
        Just("|".to_owned()),
        Just("\\".to_owned()),
        Just("項目".to_owned()),
        Just("}".to_owned()),
        "[ぁ-んa-zA-Z0-9。、]{1,6}",
        any::<char>().prop_map(|c| c.to_string()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}
