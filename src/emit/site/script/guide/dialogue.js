// The guided dialogue: the address says where it stands, a step is shown, and what the reader does makes the next address.
// Refuses to know how a step is chosen and how its screen looks.
(faqc => {
  "use strict";
  const { make, words, plain } = faqc;
  const root = document.documentElement.dataset.root ?? "./";
  const TITLE = document.title;

  const today = () => {
    const now = new Date();
    const two = number => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };

  const go = hash => { location.hash = hash; };

  /** A step of the browser's history says where it was come to from. */
  const noteOrigin = address => {
    if (history.state?.from === undefined) history.replaceState({ ...history.state, from: new URL(address).hash }, "");
  };

  /** Goes to the address before. When that is the step of the history before, what was ticked off comes back with it. */
  const goBack = hash => {
    if (history.state?.from === new URL(hash, location.href).hash) history.back();
    else go(hash);
  };

  /** Where things are that prose refers to, and what the evidence says of conditions. */
  const contextOf = (slice, session) => {
    const { table } = slice;
    // Ids are any text, `__proto__` too.
    const hrefs = new Map(Object.entries(slice.hrefs).map(([kind, places]) => [kind, new Map(places)]));
    return {
      table,
      judge: condition => faqc.judgeCondition(table, condition, session.evidence),
      href: (kind, id) => {
        const href = hrefs.get(kind)?.get(id);
        return href === undefined || /^[a-z]+:/i.test(href) ? faqc.safeUrl(href ?? "") : root + href;
      },
      name: (kind, id) => {
        const entry = kind === "entry" && table.entries.find(it => it.id === id);
        return entry ? entry.number === undefined ? plain(entry.title) : `No.${entry.number}` : id;
      },
    };
  };

  /** An entry that applies and offers nothing but what it says is read before the reader is sent away. */
  const stepOf = (table, session, moves) => {
    if (moves.at(-1)?.kind === "solved") return { step: "solved" };
    const step = faqc.next(table, session);
    if (step.step !== "contact" && step.step !== "done") return step;
    const isUnread = ({ entry, verdict }) =>
      verdict === "certain" && faqc.inner.isBare(table.entries[entry]) && !(session.told ?? []).includes(entry);
    const unread = faqc.shown(table, session).find(isUnread);
    return unread ? { step: "tell", entry: unread.entry } : step;
  };

  /** What screens are made from, and what they can do. */
  const stageOf = (slice, name, moves, day) => {
    const { table } = slice;
    const session = faqc.story.replay(table, moves, day);
    const to = changed => go(faqc.address.write(table, name, changed));
    const stage = {
      table, session, moves, today: day, title: table.title, context: contextOf(slice, session),
      move: move => to([...moves, move]),
      remove: place => to(moves.filter((_, at) => at !== place)),
      upTo: place => to(moves.slice(0, place)),
      back: () => moves.length > 0 ? goBack(faqc.address.write(table, name, moves.slice(0, -1))) : go("#"),
      say,
    };
    stage.answer = cells => stage.move({ kind: "answer", question: stage.question, cells, today: day });
    stage.unknown = () => stage.move({ kind: "unknown", question: stage.question });
    return stage;
  };

  const status = make("p", { role: "status", class: "unseen" });

  /** In milliseconds. */
  const SHOWN = 5000;

  /** Tells a screen reader; with the button that was pressed, also who looks there, for a while. */
  const say = (text, button) => {
    status.textContent = text;
    if (button === undefined) return;
    const told = make("span", { class: "told", "aria-hidden": "true" }, text);
    button.querySelector(".told")?.remove();
    button.append(told);
    setTimeout(() => told.remove(), SHOWN);
  };

  const about = (stage, name) => {
    const symptom = stage.table.symptoms[0];
    return make("div", { class: "about" },
      make("span", {}, make("span", { class: "mark" }, words.about), " ",
        make("a", { class: "title", href: `${root}symptoms/${encodeURIComponent(name)}.html` }, plain(symptom.title))));
  };

  const log = stage => {
    const item = (move, place) => {
      const { what, result } = faqc.story.line(stage.table, move);
      return make("li", {}, make("span", {}, what, words.colon, make("span", { class: "answer" }, result)),
        make("button", { class: "link", type: "button", "aria-label": words.changeOf(what), onclick: () => stage.upTo(place) }, words.change));
    };
    const moves = stage.moves.filter(move => move.kind !== "solved");
    return moves.length > 0 && make("section", { "aria-labelledby": "log" }, make("h3", { id: "log" }, words.log),
      make("ol", { class: "log" }, moves.map(item)));
  };

  const shown = stage => {
    const entries = faqc.shown(stage.table, stage.session).filter(it => !it.spent);
    const item = ({ entry, verdict }) => {
      const it = stage.table.entries[entry];
      const href = stage.context.href("entry", it.id);
      const name = faqc.story.numbered(it);
      return make("li", {}, make("span", { class: `badge ${verdict}` }, words[verdict]), href ? make("a", { href }, name) : name);
    };
    return entries.length > 0 && make("section", { "aria-labelledby": "shown" }, make("h3", { id: "shown" }, words.shown),
      make("ul", { class: "shown" }, entries.map(item)));
  };

  const wayBack = (stage, name) => {
    const copyLink = async ({ currentTarget: button }) => say(await faqc.copy(location.href) ? words.copied : words.linkFailed, button);
    return make("div", { class: "way-back" },
      make("button", { class: "link", type: "button", onclick: stage.back }, words.back),
      stage.moves.length > 0 && make("button", { class: "link", type: "button", onclick: () => go(`#${encodeURIComponent(name)}`) }, words.restart),
      make("button", { class: "link", type: "button", onclick: copyLink }, words.link));
  };

  const draw = (place, stage, name, notice) => {
    const step = stepOf(stage.table, stage.session, stage.moves);
    const screen = faqc.screens[step.step](stage, step);
    const heading = make("h2", { id: "step", tabindex: "-1" }, screen.heading);
    place.replaceChildren(
      about(stage, name),
      ...(notice ? [make("p", { class: "note" }, notice)] : []),
      make("section", { class: screen.isGood ? "stage good" : "stage", "aria-labelledby": "step" },
        make("p", { class: "kind" }, screen.kind), heading, screen.body),
      status,
      wayBack(stage, name),
      make("div", { class: "beside" }, log(stage), step.step !== "solved" && shown(stage)));
    document.title = `${heading.textContent} | ${TITLE}`;
    return heading;
  };

  /** Reads the address, and shows its step. The focus follows, but not when the page has just been opened. */
  const show = async isFirst => {
    const [place, begin] = [document.getElementById("dialogue"), document.getElementById("begin")];
    const hash = location.hash;
    const name = faqc.address.symptomOf(hash);
    say("");
    document.body.classList.toggle("begun", name !== "");
    begin.hidden = name !== "";
    place.hidden = name === "";
    if (name === "") return reset(place, isFirst);
    place.setAttribute("aria-busy", "true");
    try {
      const slice = await faqc.data(`symptom/${name}`);
      // The reader may have gone on while it was loading.
      if (location.hash !== hash) return;
      if (slice.moved !== undefined) {
        location.replace(faqc.address.moved(hash, slice.moved));
        return;
      }
      const day = today();
      const { moves, isWhole } = faqc.address.movesOf(slice.table, hash, day);
      const heading = draw(place, stageOf(slice, name, moves, day), name, isWhole ? "" : words.lost);
      if (!isFirst) heading.focus();
    } catch (problem) {
      fail(place, begin, problem, isFirst);
    } finally {
      place.removeAttribute("aria-busy");
    }
  };

  const reset = (place, isFirst) => {
    place.replaceChildren();
    document.title = TITLE;
    if (!isFirst) document.getElementById("q").focus();
  };

  /** A symptom that is not there any more, or a file that did not load: the reader can choose anew. */
  const fail = (place, begin, problem, isFirst) => {
    console.error(problem);
    begin.hidden = false;
    document.body.classList.remove("begun");
    const note = make("p", { class: "note", role: "alert", tabindex: "-1" }, words.gone);
    place.replaceChildren(note);
    if (!isFirst) note.focus();
  };

  // Without scripts they lead to pages.
  for (const link of document.querySelectorAll("[data-guide]")) link.setAttribute("href", link.dataset.guide);
  // The second click of a double click falls on the screen that the first one led to.
  document.getElementById("dialogue").addEventListener("click", event => {
    if (event.detail < 2 || !event.target.closest(".stage button")) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
  // The link past the navigation would be taken for an address of the dialogue.
  document.querySelector(".skip").addEventListener("click", event => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  addEventListener("hashchange", event => {
    noteOrigin(event.oldURL);
    show(false);
  });
  show(true);
})(globalThis.faqc ??= {});
