//! One headless Chromium, driven over WebDriver.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(30);

pub struct Browser {
    driver: Child,
    agent: ureq::Agent,
    /// The address of the session.
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// The error says how to install what is missing.
    pub fn start() -> Result<Self, String> {
        let missing = |error| {
            format!(
                "the browser tests need Chromium and its driver ({error}); run `tests/install.sh`, which installs them"
            )
        };
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut command = Command::new(program);
        command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = command.spawn().map_err(|error| missing(error.to_string()))?;
        let port = port_of(&mut driver).ok_or_else(|| missing("the driver does not start".to_owned()))?;
        let config =
            ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE * 2)).build();
        let profile = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut browser =
            Self { driver, agent: config.new_agent(), session: format!("http://127.0.0.1:{port}"), _profile: profile };
        let capabilities = browser.capabilities();
        let session =
            browser.post("/session", &json!({ "capabilities": { "alwaysMatch": capabilities } })).map_err(missing)?;
        let id = session["sessionId"].as_str().ok_or("no session")?;
        browser.session = format!("{}/session/{id}", browser.session);
        Ok(browser)
    }

    fn capabilities(&self) -> Value {
        let mut arguments = vec![
            "--headless=new".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--window-size=1000,900".to_owned(),
            format!("--user-data-dir={}", self._profile.path().display()),
        ];
        // Chromium refuses its sandbox to the administrator, whom containers often run as.
        if std::env::var("HOME").is_ok_and(|home| home == "/root") {
            arguments.push("--no-sandbox".to_owned());
        }
        json!({
            // Scrollbars take room, as they do on most desktops.
            "goog:chromeOptions": { "args": arguments, "excludeSwitches": ["hide-scrollbars"] },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "timeouts": { "script": PATIENCE.as_millis() as u64, "pageLoad": PATIENCE.as_millis() as u64 },
        })
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        let answer = self.agent.post(format!("{}{path}", self.session)).send_json(body);
        read(answer.map_err(|error| format!("{path}: {error}"))?)
    }

    fn get(&self, path: &str) -> Result<Value, String> {
        let answer = self.agent.get(format!("{}{path}", self.session)).call();
        read(answer.map_err(|error| format!("{path}: {error}"))?)
    }

    pub fn go(&self, url: &str) {
        self.post("/url", &json!({ "url": url })).unwrap();
    }

    pub fn url(&self) -> String {
        self.get("/url").unwrap().as_str().unwrap().to_owned()
    }

    /// A tab in which nothing was visited before: a browser forgets the first of very many pages.
    pub fn begin_anew(&self) {
        let tab = self.post("/window/new", &json!({ "type": "tab" })).unwrap();
        self.agent.delete(format!("{}/window", self.session)).call().unwrap();
        self.post("/window", &json!({ "handle": tab["handle"] })).unwrap();
    }

    pub fn back(&self) {
        self.post("/back", &json!({})).unwrap();
    }

    pub fn reload(&self) {
        self.post("/refresh", &json!({})).unwrap();
    }

    /// The value of a script's body, in which `arguments` are the given values.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        let given = json!({ "script": body, "args": arguments });
        self.post("/execute/sync", &given).unwrap_or_else(|error| panic!("{error}\nin {body}"))
    }

    /// The value that a promise comes to.
    pub fn promise(&self, expression: &str) -> Value {
        let body = format!(
            "const done = arguments[arguments.length - 1]; ({expression}).then(done, error => done(String(error)));"
        );
        self.post("/execute/async", &json!({ "script": body, "args": [] })).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Waits until an expression is true.
    pub fn wait(&self, expression: &str) {
        let body = format!("return Boolean({expression});");
        let end = Instant::now() + PATIENCE;
        while self.post("/execute/sync", &json!({ "script": body, "args": [] })) != Ok(json!(true)) {
            assert!(Instant::now() < end, "never came: {expression}\n{}", self.page());
            std::thread::sleep(PAUSE);
        }
    }

    /// What the page says, for messages.
    pub fn page(&self) -> String {
        let page = self.script("return location.href + '\\n' + document.body?.innerText;", &[]);
        format!("{}\n{:?}", page.as_str().unwrap_or_default(), self.console())
    }

    /// Presses keys one after the other, each a character or one of WebDriver's key codes.
    pub fn press(&self, keys: &str) {
        let actions = keys.chars().flat_map(|key| {
            let key = key.to_string();
            [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
        });
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions.collect::<Vec<_>>() });
        self.post("/actions", &json!({ "actions": [keyboard] })).unwrap();
    }

    /// What the console has said since the last time, but for what is merely told.
    pub fn console(&self) -> Vec<String> {
        let said = self.post("/se/log", &json!({ "type": "browser" })).unwrap_or_default();
        let said = said.as_array().cloned().unwrap_or_default();
        let serious = said.iter().filter(|it| it["level"] == "SEVERE" || it["level"] == "WARNING");
        serious.map(|it| it["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The addresses on the network that were asked for since the last time, but for those that begin so.
    pub fn requests_beside(&self, own: &str) -> Vec<String> {
        let events = self.post("/se/log", &json!({ "type": "performance" })).unwrap_or_default();
        let events = events.as_array().cloned().unwrap_or_default();
        let messages = events.iter().filter_map(|it| serde_json::from_str::<Value>(it["message"].as_str()?).ok());
        let sent = messages.filter(|it| it["message"]["method"] == "Network.requestWillBeSent");
        let urls = sent.filter_map(|it| Some(it["message"]["params"]["request"]["url"].as_str()?.to_owned()));
        // Chromium's own pages ask for files of its own.
        urls.filter(|it| (it.starts_with("http") || it.starts_with("ws")) && !it.starts_with(own)).collect()
    }

    /// Shows pages as they are shown to readers who prefer `light` or `dark`.
    pub fn prefer(&self, scheme: &str) {
        self.emulate("", scheme);
    }

    /// Shows pages as they are on a screen, or as they are printed (`print`).
    pub fn emulate(&self, media: &str, scheme: &str) {
        self.emulate_media(media, "prefers-color-scheme", scheme);
    }

    /// Shows pages as they are shown where the system chooses the colours, or no longer.
    pub fn force_colours(&self, is_forced: bool) {
        self.emulate_media("", "forced-colors", if is_forced { "active" } else { "" });
    }

    fn emulate_media(&self, media: &str, feature: &str, value: &str) {
        let features = json!([{ "name": feature, "value": value }]);
        let command =
            json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "media": media, "features": features } });
        self.post("/goog/cdp/execute", &command).unwrap();
    }

    pub fn resize(&self, width: u32, height: u32) {
        self.post("/window/rect", &json!({ "width": width, "height": height })).unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The driver tells which port it has chosen.
fn port_of(driver: &mut Child) -> Option<u16> {
    let output = BufReader::new(driver.stdout.take()?);
    output.lines().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    })
}

fn read(mut answer: ureq::http::Response<ureq::Body>) -> Result<Value, String> {
    let limit = 200 << 20;
    let body: Value = answer.body_mut().with_config().limit(limit).read_json().map_err(|error| error.to_string())?;
    let value = body["value"].clone();
    if answer.status().is_success() { Ok(value) } else { Err(value["message"].as_str().unwrap_or("error").to_owned()) }
}
