//! How often the message that was meant comes first, by what became of it; and that nothing is found for what is about
//! something else.
//!
//! `cargo test --test search quality -- --nocapture` shows the figures.

use faqc::runtime::{Matched, Search, decided, find, is_ambiguous};
use fastrand::Rng;
use serde_json::json;

use super::careplan::careplan_table;
use super::messages::{generated, table};
use super::noise::{ALL, Noise, apply};

/// Of each kind the least share of first places, in thousandths, among 2,000 generated messages.
const LEAST: &[(Noise, usize)] = &[
    (Noise::None, 1000),
    (Noise::Pasted, 990),
    (Noise::Width, 995),
    (Noise::Breaks, 1000),
    (Noise::Kana, 990),
    (Noise::Dropped, 980),
    (Noise::Doubled, 990),
    (Noise::Misread, 980),
    (Noise::MuchMisread, 950),
    (Noise::Half, 450),
    (Noise::All, 920),
];

#[test]
fn quality_among_near_duplicates() {
    let messages = generated(2000);
    let table = table(&messages, json!([]));
    let search = Search::new(&table);
    for (noise, least) in LEAST {
        let figures = figures(*noise, &search, &messages);
        println!(
            "{noise:?}: top-1 {:.3}, mean reciprocal rank {:.3}, ambiguous {:.3}, wrong without saying so {:.3}",
            figures.first, figures.reciprocal, figures.ambiguous, figures.wrong
        );
        assert!(figures.first * 1000.0 >= *least as f64, "{noise:?}: {}", figures.first);
        assert_eq!(figures.wrong, 0.0, "{noise:?}");
    }
}

struct Figures {
    first: f64,
    reciprocal: f64,
    ambiguous: f64,
    /// First is another, and no other is said to be a rival.
    wrong: f64,
}

fn figures(noise: Noise, search: &Search<'_>, messages: &[String]) -> Figures {
    let mut rng = Rng::with_seed(5);
    let mut sums = [0.0; 4];
    let asked = 250;
    for turn in 0..asked {
        let meant = turn * 7919 % messages.len();
        let hits = search.find(&apply(noise, &messages[meant], &mut rng));
        let place = hits.iter().position(|hit| hit.symptom as usize == meant);
        let is_ambiguous = is_ambiguous(&hits);
        sums[0] += f64::from(place == Some(0));
        sums[1] += place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
        sums[2] += f64::from(is_ambiguous);
        sums[3] += f64::from(!hits.is_empty() && place != Some(0) && !is_ambiguous);
    }
    let [first, reciprocal, ambiguous, wrong] = sums.map(|sum| sum / asked as f64);
    Figures { first, reciprocal, ambiguous, wrong }
}

#[test]
fn messages_of_the_careplan_faq_come_first_whatever_became_of_them() {
    let table = careplan_table();
    let search = Search::new(&table);
    let mut rng = Rng::with_seed(3);
    for noise in
        ALL.iter().filter(|noise| !matches!(noise, Noise::Half | Noise::Told | Noise::All | Noise::MuchMisread))
    {
        let (mut first, mut asked) = (0, 0);
        for (symptom, it) in table.symptoms.iter().enumerate() {
            for key in it.keys.iter().filter(|key| key.text.chars().count() > 9) {
                let hits = search.find(&apply(*noise, &key.text, &mut rng));
                asked += 1;
                first += usize::from(hits.first().is_some_and(|hit| hit.symptom as usize == symptom));
            }
        }
        println!("{noise:?}: {first} of {asked}");
        assert!(first * 100 >= asked * 90, "{noise:?}: {first} of {asked}");
    }
}

#[test]
fn an_exact_message_is_always_first() {
    for table in [careplan_table(), table(&generated(500), json!([]))] {
        let search = Search::new(&table);
        for (symptom, it) in table.symptoms.iter().enumerate() {
            for key in it.keys.iter().filter(|key| key.folded.len() == 1) {
                let hits = search.find(&key.text);
                assert_eq!((hits[0].matched, hits[0].score), (Matched::Exact, 1000), "{}", key.text);
                let is_found = hits.iter().any(|hit| hit.symptom as usize == symptom && hit.matched == Matched::Exact);
                assert!(is_found, "{}", key.text);
            }
        }
    }
}

#[test]
fn sending_and_receiving_are_told_apart() {
    let table = careplan_table();
    let first = |text: &str| {
        let hits = find(&table, text);
        assert!(!is_ambiguous(&hits), "{text}: {hits:?}");
        table.symptoms[hits[0].symptom as usize].id.clone()
    };
    assert_eq!(first("送信に失敗しました。再度実行してください。"), "send-failed");
    assert_eq!(first("受信に失敗しました。再度実行してください。"), "receive-failed");
    assert_eq!(first("画面に「受信に失敗しました。\n再度実行してください」と出ます"), "receive-failed");
}

#[test]
fn what_the_faq_is_about_leads_nowhere() {
    let table = careplan_table();
    for (text, symptom) in [
        (
            "ケアプランデータ連携システムを使い始めました。「送信に失敗しました。再度実行してください。」と出ました。",
            "send-failed",
        ),
        ("ケアプランデータ連携システムで受信できない", "receive-failed"),
        ("ケアプランデータ連携システムで送信に失敗しました", "send-failed"),
        (
            "ケアプランデータ連携システムで、KJから始まるIDとパスワードを入力すると「有効期限切れ」と表示される",
            "site-login-expired",
        ),
    ] {
        let hits = find(&table, text);
        let first = hits.first().map(|hit| table.symptoms[hit.symptom as usize].id.as_str());
        assert_eq!(first, Some(symptom), "{text}: {hits:?}");
    }
    assert_eq!(find(&table, "ケアプランデータ連携システムの料金を教えてください"), []);
}

#[test]
fn of_two_that_are_named_together_the_reader_is_asked() {
    let table = careplan_table();
    for text in [
        "送受信できない",
        "送受信に失敗する",
        "送信できないし受信もできない",
        "送信も受信も失敗する",
        "送信または受信に失敗しました。再度実行してください。",
        "受信できるが送信できない",
        "受信はできますが送信に失敗します",
    ] {
        let hits = find(&table, text);
        let named = |id: &str| hits.iter().any(|hit| table.symptoms[hit.symptom as usize].id == id);
        assert!(is_ambiguous(&hits) && named("send-failed") && named("receive-failed"), "{text}: {hits:?}");
    }
}

#[test]
fn what_people_say_leads_to_the_symptom() {
    let table = careplan_table();
    for (text, symptom) in [
        ("そうしんにしっぱいしました", "send-failed"),
        ("ｿｳｼﾝﾆｼｯﾊﾟｲｼﾏｼﾀ", "send-failed"),
        ("じゅしんできない", "receive-failed"),
        ("受信にしっぱいしました", "receive-failed"),
        ("れいがいがはっせいしました", "startup-exception"),
        ("ゆうこうきげんぎれ", "site-login-expired"),
        ("データの送信ができません", "send-failed"),
        ("送信出来ません", "send-failed"),
        ("データを受け取れない", "receive-failed"),
        ("アプリが立ち上がらない", "startup-exception"),
        ("送信に失敗しました。送信先事業所が", "recipient-not-ready"),
        ("くみあわせが正しくない", "wrong-combination"),
        ("証明書発行用パスワードが分かりません", "send-failed"),
        ("アプリのパスワードが分かりません", "app-login-failed"),
        ("事業所ユーザIDが分からない", "site-login-failed"),
        ("送信はできるのですが受信ができません。", "receive-failed"),
    ] {
        let hits = find(&table, text);
        let first = hits.first().map(|hit| table.symptoms[hit.symptom as usize].id.as_str());
        assert_eq!(first, Some(symptom), "{text}");
    }
}

#[test]
fn a_sentence_of_a_message_leads_to_it_whatever_stands_around() {
    let table = careplan_table();
    let ids = |text: &str| -> Vec<(&str, bool)> {
        let id = |symptom: u32| table.symptoms[symptom as usize].id.as_str();
        find(&table, text).into_iter().map(|hit| (id(hit.symptom), hit.rival)).collect()
    };
    for before in ["", "送信すると、", "お世話になっております。本日、", "パソコンを替えました！"]
    {
        for after in
            ["と表示されます", "と出ました。よろしくお願いいたします。", "となって困っています", "とのことです？"]
        {
            let text = format!("{before}送信に失敗しました{after}");
            let found = ids(&text);
            assert_eq!(found[0].0, "send-failed", "{text}: {found:?}");
            assert!(found.contains(&("recipient-not-ready", true)), "{text}: {found:?}");
            let text = format!("{before}受信に失敗しました{after}");
            assert_eq!(ids(&text)[0].0, "receive-failed", "{text}: {:?}", ids(&text));
        }
    }
    // A part of several messages says nothing of what stands whole in the text.
    assert_eq!(
        ids(
            "口グインに失敗しました。ケアプランデ一タ連携システムWebサイトより利用申請を行った後に再度実行してください"
        )[0]
        .0,
        "sending-login-failed"
    );
    for (text, both) in [
        (
            "受信に失敗しました。再度実行してください。また別件で、ファイルの組み合わせが正しくありませんとも出ます。",
            ["receive-failed", "wrong-combination"],
        ),
        (
            "ファイルの組み合わせが正しくありません。ケアプランデータの書式フォーマットが正しくありません。",
            ["wrong-format", "wrong-combination"],
        ),
    ] {
        let found = ids(text);
        let [first, other] = both;
        assert!(found[0].0 == first && found.contains(&(other, true)), "{text}: {found:?}");
    }
}

#[test]
fn what_may_be_about_something_else_is_asked_back() {
    let table = careplan_table();
    for text in [
        "メールの送信に失敗しました",
        "メールが送信できません",
        "FAXが送れない",
        "FAXの送信に失敗しました。再度実行してください。",
        "ケアマネの証明書の有効期限が切れた",
        "ネットバンキングの電子証明書の有効期限が切れた",
        "Windowsのパスワードの有効期限が切れました",
        "マイナンバーカードの有効期限が切れた",
        "車の免許の有効期限切れ",
        "介護ソフトが起動しない",
        "介護ソフトにログインできない",
        "Chromeが起動しません",
        "PDFがダウンロードできない",
        "Zoomをインストールできない",
        "アプリをアンインストールできない",
        "契約書の書式が違う",
        "シフトの組み合わせが違う",
        "送信すると、接続に失敗しましたと表示される",
        "操作マニュアルをダウンロードできない",
        "在職証明書の発行をお願いします",
        // What works, or is wished for.
        "送信できました",
        "無事に送信できました。ありがとうございました",
        "受信できますか",
        "アプリを起動できました",
        "アプリをダウンロードできました",
        "電子証明書の有効期限を知りたい",
    ] {
        let hits = find(&table, text);
        assert!(!hits.is_empty() && decided(&hits).is_none(), "{text}: {hits:?}");
    }
    for (text, symptom) in [
        ("データの送信ができません", "send-failed"),
        ("利用申請サイトの有効期限切れ", "site-login-expired"),
        ("受信に矢敗しました。再度実行してください", "receive-failed"),
        ("再受信に失敗しました。再度実行してください。", "receive-failed"),
        ("自分の事業所が利用申請を行っていない", "sending-login-failed"),
        ("送信できん", "send-failed"),
        ("データが送れません", "send-failed"),
        ("お世話になっております。データの受信ができません。対処方法を教えてください。", "receive-failed"),
        ("ブロツクされました。安全にダウンロ一ドすることはできません", "download-blocked"),
    ] {
        let hits = find(&table, text);
        let id = decided(&hits).map(|symptom| table.symptoms[symptom as usize].id.as_str());
        assert_eq!(id, Some(symptom), "{text}: {hits:?}");
    }
}

#[test]
fn advice_that_many_messages_give_decides_nothing() {
    let messages = [
        "ライセンスが無効です。管理者に連絡してください。",
        "請求データの取得処理に失敗しました",
        "帳票の出力に失敗しました。再度実行してください。",
        "帳票が印刷できない。プリンターの電源を入れてください。",
    ];
    let messages: Vec<String> = messages.map(str::to_owned).into_iter().chain(generated(60)).collect();
    let table = table(&messages, json!([]));
    let found = |text: &str| find(&table, text);
    let other = "給与明細が届かないので困っています。どうすればいいですか？管理者に連絡してください、とのことです。";
    assert_eq!(decided(&found(other)), None);
    let misread = found("請求データの取得処理に矢敗しました。管理者に連絡してください");
    assert!(misread[0].symptom == 1 || misread.iter().any(|hit| hit.symptom == 1 && hit.rival), "{misread:?}");
    let contained = found("帳票が印刷できないので困っています。再度実行してください、と表示されます。");
    assert_ne!(decided(&contained), Some(2), "{contained:?}");
}

#[test]
fn a_code_or_a_part_names_its_message() {
    let message = |code: u32| {
        format!("処理を続けられませんでした（エラーコード：E-{code:06}）。しばらくしてから、やり直してください。")
    };
    let messages: Vec<String> = (0..300).map(|at| message(at * 7919 % 100_000)).collect();
    let table = table(&messages, json!([]));
    let search = Search::new(&table);
    for (symptom, at) in (0..300).enumerate().step_by(23) {
        let code = at * 7919 % 100_000;
        for text in [
            format!("E-{code:06}"),
            format!("エラーコードＥ－{code:06}が出ました"),
            format!("（エラーコード：E-{code:06}）。しばらく"),
        ] {
            let hits = search.find(&text);
            assert_eq!(hits.first().map(|hit| hit.symptom as usize), Some(symptom), "{text}");
            assert!(!is_ambiguous(&hits), "{text}: {hits:?}");
        }
    }
    assert!(search.find("E-999999").is_empty());
}

#[test]
fn years_and_names_of_products_are_no_codes() {
    let texts =
        ["2025年版に更新できない", "プリンターで印刷できない", "Office365の設定が終わらない", "ログインできない"];
    let table = table(&texts.map(str::to_owned), json!([]));
    for (text, symptom) in
        [("2025年からプリンターで印刷ができなくなった", 1), ("Office365に変えたらログインできない", 3)]
    {
        let hits = find(&table, text);
        assert!(hits[0].symptom == symptom || is_ambiguous(&hits), "{text}: {hits:?}");
    }
}

/// What is about something else, in both languages.
const IRRELEVANT: &[&str] = &[
    "今日はいい天気ですね。お昼は何を食べますか。",
    "来週の会議の資料を印刷しておいてください。",
    "給与明細はいつ届きますか？",
    "コピー機の紙が詰まりました。",
    "有給休暇の申請方法を教えてください。",
    "画面が真っ暗で電源が入りません",
    "マウスが動かない",
    "メールの返信が来ない",
    "Where can I buy a train ticket to Kyoto?",
    "The quick brown fox jumps over the lazy dog.",
    "Please tell me how to cook rice in a microwave oven.",
    "lorem ipsum dolor sit amet, consectetur adipiscing elit",
    "お客様の荷物は本日中に配達されます。ご不在の場合は再配達をご依頼ください。",
    "ありがとうございました。助かりました。",
    "よろしくお願いいたします。",
    "aaaaaaaaaaaaaaaaaaaa",
    "1234567890",
    "😀😀😀",
];

#[test]
fn nothing_is_found_for_what_is_about_something_else() {
    let table = careplan_table();
    let many = super::messages::table(&generated(2000), json!([]));
    for text in IRRELEVANT {
        let hits = find(&table, text);
        assert!(
            hits.is_empty(),
            "{text}: {:?}",
            table.symptoms[hits[0].symptom as usize].keys[hits[0].key as usize].text
        );
    }
    let search = Search::new(&many);
    let found = IRRELEVANT.iter().filter(|text| !search.find(text).is_empty()).count();
    assert!(found <= 1, "{found}");
}
