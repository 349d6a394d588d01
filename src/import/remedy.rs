//! The cell of the remedy: which line is a cause, a step, an alternative, a bullet, a note. What a line is that has no
//! mark is judged by how it ends. Refuses to know files.

/// A line and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    Cause(String),
    /// ■, or ① with its mark.
    Action(String),
    Step(String),
    Bullet(String),
    Note(String),
    Warning(String),
    /// Has no mark, and nothing tells what it is.
    Unknown(String),
}

const STEP: &[char] = &['＞', '>', '→', '⇒'];
const NOTE: &[&str] = &["※", "＊", "注）", "注)", "注："];
const WARNING: &[&str] = &["注意：", "【注意】", "⚠", "！", "!"];
const BULLET: &[char] = &['・', '･', '●', '○', '•', '◦'];
const HEADING: &[char] = &['■', '◆', '▼', '□'];

/// What a cause is said with.
const CAUSES: &[&str] =
    &["可能性がございます", "可能性が御座います", "可能性があります", "可能性が考えられます", "が原因です", "ためです"];

/// Endings of sentences that tell what happens, not what to do.
const HAPPENINGS: &[&str] = &[
    "なります",
    "始まります",
    "されます",
    "ございます",
    "御座います",
    "あります",
    "できます",
    "可能です",
    "発生します",
    "表示します",
    "です",
    "影響しません",
    "できません",
];

/// Endings of sentences that tell what to do.
const DEEDS: &[&str] = &[
    "ます",
    "ください",
    "下さい",
    "お願いいたします",
    "お願い致します",
    "お願いします",
    "押す",
    "する",
    "開く",
    "選ぶ",
    "確認",
    "実施",
];

/// The mark of an alternative.
pub fn is_circled(c: char) -> bool {
    ('①'..='⑳').contains(&c)
}

/// The lines of a cell: without blank ones, and those joined that were broken only to fit.
pub fn lines(cell: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in cell.lines().map(tidy).filter(|line| !line.is_empty()) {
        match lines.last_mut() {
            Some(last) if is_broken(last) && !has_mark(&line) => last.push_str(&line),
            _ => lines.push(line),
        }
    }
    lines
}

fn tidy(line: &str) -> String {
    let kept = |c: &char| !c.is_control() || *c == '\t' || *c == '\u{1}';
    line.chars().filter(kept).collect::<String>().trim().to_owned()
}

/// Whether a line goes on in the next: it is long, and no sentence ends there.
fn is_broken(line: &str) -> bool {
    let ends = ['。', '．', '.', '！', '!', '？', '?', '」', '）', ')', '：', ':', '\u{1}'];
    line.chars().count() >= 40 && !line.ends_with(ends) && !line.is_ascii() && !line.starts_with(HEADING)
}

fn has_mark(line: &str) -> bool {
    line.starts_with(STEP)
        || line.starts_with(BULLET)
        || line.starts_with(HEADING)
        || line.starts_with(is_circled)
        || line.starts_with(['（', '「', '('])
        || NOTE.iter().chain(WARNING).any(|mark| line.starts_with(mark))
        || numbered(line).is_some()
}

/// Reads a cell.
pub fn read(cell: &str) -> Vec<Item> {
    let lines = lines(cell);
    let has_steps = lines.iter().any(|line| line.starts_with(STEP) || numbered(line).is_some());
    let mut items: Vec<Item> = Vec::new();
    let mut causes = false;
    for (index, line) in lines.iter().enumerate() {
        let next_is_step = lines.get(index + 1).is_some_and(|next| next.starts_with(STEP) || numbered(next).is_some());
        let before = items.len();
        match marked(line) {
            Some(Item::Bullet(text)) if causes => items.push(Item::Cause(text)),
            Some(item) => items.push(item),
            None => unmarked(line, has_steps && !next_is_step, &mut items),
        }
        let is_bullet = line.starts_with(BULLET);
        causes = is_bullet && causes || !is_bullet && announces_causes(line) && items.len() > before;
        // 「要因：」 announces, and says nothing itself.
        if causes && !is_bullet && ["要因：", "原因：", "要因", "原因", "Cause:", "Causes:"].contains(&line.as_str())
        {
            items.truncate(before);
        }
    }
    items
}

fn announces_causes(line: &str) -> bool {
    ["要因", "原因", "Cause"].iter().any(|word| line.contains(word))
        && (line.contains("以下") || line.contains("次の") || line.ends_with(['：', ':']))
}

fn marked(line: &str) -> Option<Item> {
    let text =
        |mark: &str| line.strip_prefix(mark).map(|rest| rest.trim_start().to_owned()).filter(|rest| !rest.is_empty());
    let after = |marks: &[char]| {
        let rest = line.strip_prefix(marks).map(str::trim_start).filter(|rest| !rest.is_empty());
        rest.map(str::to_owned)
    };
    if let Some(text) = after(STEP).or_else(|| numbered(line)) {
        return Some(Item::Step(text));
    }
    if let Some(text) = after(BULLET).or_else(|| text("- ")) {
        return Some(Item::Bullet(text));
    }
    if let Some(text) = after(HEADING) {
        return Some(Item::Action(text));
    }
    if line.starts_with(is_circled) && line.chars().count() > 1 {
        return Some(Item::Action(line.to_owned()));
    }
    if let Some(text) = WARNING.iter().find_map(|mark| text(mark)) {
        return Some(Item::Warning(text));
    }
    if let Some(text) = NOTE.iter().find_map(|mark| text(mark)) {
        return Some(Item::Note(text));
    }
    labelled(line)
}

/// Labels that the sheet of faqc has, and those that people write.
fn labelled(line: &str) -> Option<Item> {
    if let Some(cause) = ["要因：", "原因：", "Cause: "].iter().find_map(|label| line.strip_prefix(label)) {
        return Some(Item::Cause(cause.trim().to_owned())).filter(|_| !cause.trim().is_empty());
    }
    let is_label = ["（", "(", "参照：", "連絡先：", "解決しない場合", "解決の確認：", "所要時間：", "See: "]
        .iter()
        .any(|label| line.starts_with(label));
    is_label.then(|| Item::Note(line.to_owned()))
}

/// `1. …`, `（2）…`, `手順3 …`.
fn numbered(line: &str) -> Option<String> {
    let open = line.strip_prefix(['（', '(']).or_else(|| line.strip_prefix("手順"));
    let (_, length) = super::mention::digits(open.unwrap_or(line)).filter(|(number, _)| *number < 100)?;
    let rest = open.unwrap_or(line).get(length..)?;
    let text = rest.strip_prefix(['.', '．', ')', '）', '：', ':', '、'])?;
    let is_section = text.starts_with(|c: char| c.is_numeric());
    (!is_section && !text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// By its sentences: causes apart, and the rest as one.
fn unmarked(line: &str, leads: bool, items: &mut Vec<Item>) {
    let mut rest = String::new();
    for sentence in sentences(line) {
        let bare = sentence.trim_end_matches(['。', '.', ' ', '\u{3000}']);
        match CAUSES.iter().any(|ending| bare.ends_with(ending)) && rest.is_empty() {
            true => items.push(Item::Cause(sentence.trim().to_owned())),
            false => rest.push_str(sentence),
        }
    }
    if !rest.trim().is_empty() {
        items.push(judged(rest.trim(), leads));
    }
}

fn judged(text: &str, leads: bool) -> Item {
    let bare = text.trim_end_matches(['。', '.', ' ', '\u{3000}', '!', '！']);
    let announces = ["以下", "次の", "下記"].iter().any(|word| bare.contains(word)) && bare.chars().count() < 60;
    let goes_elsewhere = bare.contains("ヘルプデスク") || bare.to_lowercase().contains("help desk");
    if leads || announces || goes_elsewhere {
        return Item::Note(text.to_owned());
    }
    let is_deed = DEEDS.iter().any(|ending| bare.ends_with(ending)) && !HAPPENINGS.iter().any(|it| bare.ends_with(it));
    let is_english = text.is_ascii() && text.contains(' ');
    match is_deed || is_english {
        true => Item::Step(text.to_owned()),
        false => Item::Unknown(text.to_owned()),
    }
}

/// Parted after 「。」 outside of quotations and parentheses.
fn sentences(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let (mut from, mut depth) = (0, 0i32);
    for (at, c) in line.char_indices() {
        match c {
            '「' | '（' | '(' => depth += 1,
            '」' | '）' | ')' => depth -= 1,
            '。' if depth <= 0 => {
                let end = at + c.len_utf8();
                sentences.extend(line.get(from..end));
                from = end;
            }
            _ => {}
        }
    }
    sentences.extend(line.get(from..).filter(|rest| !rest.is_empty()));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_say_what_a_line_is() {
        let items = read(
            "■正しい電子証明書をインストールする\n①「証明書」を発行済みの場合\n＞サイトを開きます。\n・一つ\n※注\n１．次",
        );
        assert_eq!(
            items,
            [
                Item::Action("正しい電子証明書をインストールする".into()),
                Item::Action("①「証明書」を発行済みの場合".into()),
                Item::Step("サイトを開きます。".into()),
                Item::Bullet("一つ".into()),
                Item::Note("注".into()),
                Item::Step("次".into()),
            ]
        );
    }

    #[test]
    fn causes_are_told_by_their_endings_and_by_what_announces_them() {
        let items = read(
            "利用申請が完了していない可能性がございます。今一度、ご確認ください。\n以下の要因が考えられます。\n・期限が切れている",
        );
        assert_eq!(
            items,
            [
                Item::Cause("利用申請が完了していない可能性がございます。".into()),
                Item::Step("今一度、ご確認ください。".into()),
                Item::Note("以下の要因が考えられます。".into()),
                Item::Cause("期限が切れている".into()),
            ]
        );
    }

    #[test]
    fn the_line_before_the_first_step_is_one_when_it_says_what_to_do() {
        let items = read("スタートボタンをクリックします。\n＞設定を開きます。");
        assert_eq!(
            items,
            [Item::Step("スタートボタンをクリックします。".into()), Item::Step("設定を開きます。".into())]
        );
    }

    #[test]
    fn what_nothing_tells_is_left_to_a_person() {
        assert_eq!(read("謎の一行"), [Item::Unknown("謎の一行".into())]);
    }
}
