//! `faqc ask` on a terminal of its own: arrow keys and numbers, back, *I don't know*, 80 columns, and what is left behind.
#![cfg(unix)]

#[path = "support/environment.rs"]
mod environment;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const ROWS: u16 = 60;
const COLUMNS: u16 = 80;

/// A program on a terminal, and what the terminal shows.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    /// All that was written so far.
    bytes: Arc<Mutex<Vec<u8>>>,
    /// Held, for the program ends with it.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn start(program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal can be made");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        for name in environment::FORGOTTEN {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        environment.iter().for_each(|(name, value)| command.env(name, value));
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let keys = pair.master.take_writer().expect("keys can be pressed");
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&bytes);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut chunk) {
                written.lock().expect("nobody panics with it").extend_from_slice(&chunk[..count]);
            }
        });
        Self { child, keys, bytes, _master: pair.master }
    }

    fn careplan(environment: &[(&str, &str)]) -> Self {
        Self::start(env!("CARGO_BIN_EXE_faqc"), &["ask", "kb/careplan"], environment)
    }

    fn bytes(&self) -> Vec<u8> {
        self.bytes.lock().expect("nobody panics with it").clone()
    }

    fn parser(&self) -> vt100::Parser {
        let size = |n: u16| NonZeroU16::new(n).expect("not 0");
        let mut parser = vt100::Parser::new(size(ROWS), size(COLUMNS), 0);
        parser.process(&self.bytes());
        parser
    }

    fn screen(&self) -> String {
        let contents = self.parser().screen().contents();
        contents.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    /// Waits until the last prompt is this one; it has to come, however slow the machine is.
    fn wait_for(&self, prompt: &str) {
        let is_asked = |screen: &str| {
            let last = screen.lines().rfind(|line| line.starts_with("? ") || line.starts_with("> "));
            let last_prompt = screen.lines().rfind(|line| line.starts_with("? "));
            screen.trim_end().ends_with(']') && last.is_some() && last_prompt.is_some_and(|line| line.contains(prompt))
        };
        self.wait(prompt, |terminal| is_asked(&terminal.screen()));
    }

    fn wait(&self, what: &str, is_there: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !is_there(self) {
            assert!(begun.elapsed() < Duration::from_secs(120), "no `{what}` in\n{}", self.screen());
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("keys can be pressed");
    }

    /// Its exit code.
    fn end(mut self) -> (u32, Vec<u8>) {
        let code = self.child.wait().expect("it ends").exit_code();
        thread::sleep(Duration::from_millis(50));
        (code, self.bytes())
    }
}

const MESSAGE: &str = "送信に失敗しました。再度実行してください。\r";
const DOWN: &str = "\x1b[B";

#[test]
fn certificates_by_arrow_keys_and_numbers() {
    let mut terminal = Terminal::careplan(&[]);
    terminal.wait_for("困っていること");
    terminal.press(MESSAGE);
    terminal.wait_for("確認できましたか？");
    insta::assert_snapshot!("entry_9", terminal.screen());
    terminal.press("1\r");
    terminal.wait_for("事業所の電子証明書がある");
    // No, and back: an answer is changed.
    terminal.press(DOWN);
    terminal.press("\r");
    terminal.wait_for("「介護保険証明書」が発行済み");
    terminal.press("\x1b");
    terminal.wait_for("事業所の電子証明書がある");
    terminal.press("?\r");
    terminal.wait("調べ方", |terminal| terminal.screen().contains("（ヘルプデスクに連絡する）"));
    terminal.wait_for("事業所の電子証明書がある");
    insta::assert_snapshot!("how_to_find_out", terminal.screen());
    terminal.press("1\r");
    terminal.wait_for("利用する事業所の電子証明書がある");
    terminal.press("1\r");
    terminal.wait_for("有効期限内の電子証明書がある");
    terminal.press("\r");
    terminal.wait_for("電子証明書がある事業所の数");
    terminal.press("many");
    terminal.wait("nothing fits", |terminal| terminal.screen().contains("当てはまるものがありません"));
    terminal.press("\r");
    let asked_again =
        |terminal: &Terminal| terminal.screen().lines().any(|line| line == "> 電子証明書がある事業所の数");
    terminal.wait("asked again", asked_again);
    terminal.wait_for("電子証明書がある事業所の数");
    // A number is an answer of its own.
    terminal.press("3\r");
    terminal.wait_for("送信または受信ができましたか？");
    insta::assert_snapshot!("entry_12", terminal.screen());
    terminal.press("2\r");
    terminal.wait_for("どうしますか？");
    terminal.press("1\r");
    terminal.wait_for("終わりますか？");
    insta::assert_snapshot!("summary", terminal.screen());
    terminal.press("1\r");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_certificate_is_missing_and_the_password_too() {
    let mut terminal = Terminal::careplan(&[]);
    terminal.wait_for("困っていること");
    terminal.press(MESSAGE);
    terminal.wait_for("確認できましたか？");
    terminal.press("4\r");
    terminal.wait_for("終わった手順");
    terminal.press(" ");
    terminal.press(DOWN);
    terminal.press(" \r");
    terminal.wait("[x]  2.", |terminal| terminal.screen().contains("[x]  2."));
    terminal.wait_for("確認できましたか？");
    terminal.press("1\r");
    terminal.wait_for("事業所の電子証明書がある");
    terminal.press("いいえ\r");
    terminal.wait_for("「介護保険証明書」が発行済み");
    terminal.press("2\r");
    terminal.wait_for("証明書発行用パスワードが分かる");
    terminal.press("?\r");
    // Unknown counts as no, so that No.11 comes; it leads to No.10.
    terminal.wait_for("行えましたか？");
    insta::assert_snapshot!("entry_11", terminal.screen());
    terminal.press("1\r");
    terminal.wait_for("送信または受信ができましたか？");
    insta::assert_snapshot!("entry_10", terminal.screen());
    terminal.press("q\r");
    assert_eq!(terminal.end().0, 0);
}

/// Colours and the like are set by sequences that end in `m`.
fn colours(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    text.split("\x1b[")
        .skip(1)
        .filter(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m'))
        .count()
}

#[test]
fn colours_are_left_out_on_request() {
    let run = |environment: &[(&str, &str)]| {
        let mut terminal = Terminal::careplan(environment);
        terminal.wait_for("困っていること");
        terminal.press(MESSAGE);
        terminal.wait_for("確認できましたか？");
        terminal.press("q\r");
        terminal.end()
    };
    let (code, bytes) = run(&[]);
    assert!(code == 0 && colours(&bytes) > 0);
    let (code, bytes) = run(&[("NO_COLOR", "1")]);
    assert_eq!((code, colours(&bytes)), (0, 0), "{}", String::from_utf8_lossy(&bytes));
}

#[test]
fn a_dumb_terminal_gets_plain_lines() {
    for environment in [&[("TERM", "dumb")][..], &[("TERM", "dumb"), ("CI", "true")]] {
        let mut terminal = Terminal::careplan(environment);
        terminal.wait("> ", |terminal| terminal.screen().trim_end().ends_with('>'));
        terminal.press("q\r");
        let (code, bytes) = terminal.end();
        assert!(code == 0 && !bytes.contains(&0x1b), "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn ctrl_c_leaves_the_terminal_as_it_was() {
    let program = format!("{} ask kb/careplan; echo code=$?; stty -a; echo END", env!("CARGO_BIN_EXE_faqc"));
    let mut terminal = Terminal::start("sh", &["-c", &program], &[]);
    terminal.wait_for("困っていること");
    terminal.press(MESSAGE);
    terminal.wait_for("確認できましたか？");
    terminal.press("\x03");
    terminal.wait("END", |terminal| terminal.screen().contains("\nEND"));
    let screen = terminal.screen();
    assert!(screen.contains("code=130") && screen.contains("■ お問い合わせの記録"), "{screen}");
    assert_is_cooked(&screen);
    let parser = terminal.parser();
    assert!(!parser.screen().hide_cursor() && !parser.screen().bracketed_paste());
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn ctrl_c_gives_the_summary_in_plain_lines_too() {
    let mut terminal = Terminal::careplan(&[("TERM", "dumb")]);
    terminal.wait("困っていること", |terminal| terminal.screen().trim_end().ends_with("\n>"));
    terminal.press(&MESSAGE.replace('\r', "\n"));
    terminal.wait("確認できましたか？", |terminal| {
        let screen = terminal.screen();
        screen.contains("確認できましたか？") && screen.trim_end().ends_with("\n>")
    });
    terminal.press("\x03");
    let (code, bytes) = terminal.end();
    let written = String::from_utf8_lossy(&bytes);
    assert!(code == 130 && written.contains("■ お問い合わせの記録"), "{code}: {written}");
}

/// What `stty -a` shows of a terminal in which a shell can be used.
fn assert_is_cooked(screen: &str) {
    let settings: Vec<&str> = screen.split_whitespace().map(|it| it.trim_end_matches(';')).collect();
    assert!(["icanon", "echo", "isig", "opost"].iter().all(|it| settings.contains(it)), "{screen}");
}

#[test]
fn a_request_to_end_leaves_the_terminal_as_it_was() {
    let asked = format!("sh -c 'echo pid=$$; exec {} ask kb/careplan'", env!("CARGO_BIN_EXE_faqc"));
    let program = format!("{asked}; echo code=$?; stty -a; echo END");
    let terminal = Terminal::start("sh", &["-c", &program], &[]);
    terminal.wait_for("困っていること");
    let screen = terminal.screen();
    let pid = screen.lines().find_map(|line| line.strip_prefix("pid=")).expect("the shell says it");
    let told = std::process::Command::new("kill").args(["-TERM", pid]).status();
    assert!(told.expect("there is kill").success());
    terminal.wait("END", |terminal| terminal.screen().contains("\nEND"));
    let screen = terminal.screen();
    assert!(screen.contains("code=143"), "{screen}");
    assert_is_cooked(&screen);
    let parser = terminal.parser();
    assert!(!parser.screen().hide_cursor() && !parser.screen().bracketed_paste());
    assert_eq!(terminal.end().0, 0);
}

/// The table of the care-plan FAQ, with what would steer a terminal before some of its words.
fn hostile_table(folder: &std::path::Path) -> String {
    let built = std::process::Command::new(env!("CARGO_BIN_EXE_faqc"))
        .args(["build", "kb/careplan", "--emit", "table", "--out"])
        .arg(folder)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    assert!(built.expect("the program starts").status.success());
    let path = folder.join("table.json");
    let table = std::fs::read_to_string(&path).expect("it was built");
    let attack = "\\u001b]0;owned\\u0007\\u001b[31m\\u001b[6n\\u009b8m\\u202e\\u0008";
    let hostile = ["電子証明書", "ヘルプデスク"];
    let table = hostile.iter().fold(table, |table, word| table.replace(word, &format!("{attack}{word}")));
    std::fs::write(&path, table).expect("it can be written");
    path.to_str().expect("it is UTF-8").to_owned()
}

#[test]
fn texts_do_not_steer_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let table = hostile_table(folder.path());
    let mut terminal = Terminal::start(env!("CARGO_BIN_EXE_faqc"), &["ask", &table], &[]);
    terminal.wait_for("困っていること");
    terminal.press(MESSAGE);
    terminal.wait_for("確認できましたか？");
    terminal.press("1\r");
    terminal.wait_for("がある");
    terminal.press("?\r");
    terminal.wait("調べ方", |terminal| terminal.screen().contains("連絡する"));
    terminal.wait_for("がある");
    terminal.press("\x03");
    let (code, bytes) = terminal.end();
    let written = String::from_utf8_lossy(&bytes);
    assert!(code == 130 && written.contains("owned"), "{written}");
    for steering in ["\u{1b}]0;owned", "\u{7}", "\u{1b}[6n", "\u{9b}", "\u{202e}", "\u{8}"] {
        assert!(!written.contains(steering), "{steering:?} in {written:?}");
    }
}
