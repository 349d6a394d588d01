// Follows the knowledge base while it is being written: a page changes when a file is saved, and mistakes are shown on it.
(() => {
  "use strict";
  const STYLE = `
    :host { all: initial; }
    section { position: fixed; inset: auto 0 0 0; max-height: 60vh; overflow: auto; z-index: 99; padding: 1rem 1.25rem; background: #2b1213; color: #fff;
      font: 15px/1.7 system-ui, sans-serif; border-top: 4px solid #ff8f87; }
    section.fine { background: #2a2412; border-color: #ffc847; }
    h2 { margin: 0 0 .5rem; font-size: 1rem; }
    ol { margin: 0; padding: 0; list-style: none; display: grid; gap: .7rem; }
    code { font: 13px/1.6 ui-monospace, Consolas, monospace; color: #ffd9a0; overflow-wrap: anywhere; }
    p { margin: 0; overflow-wrap: anywhere; }
    .help { color: #d8e6ff; }
    button { position: absolute; top: .7rem; right: 1rem; font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 4px; padding: .1rem .8rem; cursor: pointer; }
  `;
  const JAPANESE = { count: (n, what) => `${what} ${n} 件`, more: n => `ほかに ${n} 件あります。`, error: "エラー", warning: "警告", note: "ヒント", close: "閉じる", stays: "最後に作成できた内容を表示しています。" };
  const ENGLISH = { count: (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`, more: n => `and ${n} more`, error: "error", warning: "warning", note: "note", close: "Close", stays: "This is the last version that could be made." };
  const words = navigator.language.startsWith("ja") ? JAPANESE : ENGLISH;

  let shown;

  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const item = ({ code, severity, message, location, helps, fixes }) => {
    const li = make("li");
    const place = location ? `${location.file}:${location.start.line}:${location.start.column} ` : "";
    li.append(make("code", `${place}${words[severity] ?? severity}[${code}]`), make("p", message));
    li.append(...helps.concat(fixes.map(fix => fix.title)).map(help => make("p", help, "help")));
    return li;
  };

  /** In a tree of its own, so that the page's look and this one's do not meet. */
  const show = ({ findings, errors, others }) => {
    document.getElementById("faqc-findings")?.remove();
    if (findings.length === 0) return;
    const host = make("div");
    host.id = "faqc-findings";
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const section = make("section", undefined, errors > 0 ? "" : "fine");
    section.setAttribute("role", "alert");
    const close = make("button", words.close);
    close.type = "button";
    close.addEventListener("click", () => host.remove());
    const list = make("ol");
    list.append(...findings.map(item));
    const more = errors + others - findings.length;
    if (more > 0) list.append(make("li", words.more(more)));
    const head = errors > 0 ? `${words.count(errors, words.error)} — ${words.stays}` : words.count(others, words.warning);
    section.append(make("h2", head), close, list);
    root.append(section);
    document.body.append(host);
  };

  const take = event => {
    if (event.data === "") return;
    const news = JSON.parse(event.data);
    const { run, version } = news;
    const told = `${run}/${version}`;
    if (shown !== undefined && told !== shown) return location.reload();
    // A page that waits for the first version has not been made from any.
    if (shown === undefined && version > 0 && !document.documentElement.dataset.root) return location.reload();
    shown = told;
    show(news);
  };

  // A browser keeps few connections to a computer open: only pages that are looked at take one. Each begins with what is so now.
  let source;
  const follow = () => {
    source?.close();
    source = undefined;
    if (document.visibilityState !== "visible") return;
    source = new EventSource("/-/events");
    source.addEventListener("state", take);
  };
  document.addEventListener("visibilitychange", follow);
  follow();
})();
