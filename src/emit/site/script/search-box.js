// The search box of the start page and of the dialogue: symptoms that fit a message first, then entries that hold the words, then what
// entries refer to. Refuses to know how a search finds anything.
(faqc => {
  "use strict";
  const { make, words } = faqc;
  const root = document.documentElement.dataset.root ?? "./";
  /** How long a reader pauses before what is typed letter by letter is looked up, in milliseconds. */
  const PAUSE = 150;
  const WHOLE = ["insertFromPaste", "insertFromDrop"];
  const SYMPTOMS = 6;
  const FIRST = 10;
  /** In characters; servers take so long an address, with each character in nine. */
  const LONGEST_IN_ADDRESS = 500;

  const symptomItem = ({ page, title, key }) => {
    const name = encodeURIComponent(page);
    return make("li", {},
      make("a", { href: `${root}symptoms/${name}.html` }, title),
      key.text !== title && make("p", { class: "excerpt" }, key.text),
      make("p", {}, make("a", { class: "quiet", href: `${root}guide.html#${name}`, "aria-label": `${words.startHere}${words.colon}${title}` }, words.startHere)));
  };

  const marked = pieces => pieces.map(({ text, isMatch }) => isMatch ? make("mark", {}, text) : text);

  const entryItem = ({ page, number, titlePieces, excerpt }, by) => make("li", {},
    by && make("p", { class: "hint" }, words.foundBy(by)),
    make("a", { href: `${root}entries/${encodeURIComponent(page)}.html` }, number && `${number} `, marked(titlePieces)),
    excerpt && make("p", { class: "excerpt" }, marked(excerpt.pieces)));

  const otherItem = ({ href, title, beside }) => make("li", {},
    make("a", { href: `${root}${href}` }, title), beside && make("p", { class: "excerpt" }, beside));

  const section = (title, id, ...children) => make("section", { "aria-labelledby": id }, make("h2", { id }, title), children);

  const symptomsFound = ({ hits, isAmbiguous }) => hits.length > 0 && section(words.symptoms, "found-symptoms",
    isAmbiguous && make("p", { class: "hint" }, words.ambiguous), make("ul", { class: "hits" }, hits.slice(0, SYMPTOMS).map(symptomItem)));

  const othersFound = hits => hits.length > 0 && section(words.others, "found-others", make("ul", { class: "hits" }, hits.map(otherItem)));

  const countOf = ({ symptoms, entries, others }) => symptoms.hits.length + others.length + (entries.isCounted ? entries.total : entries.hits.length);

  const statusText = found => {
    const count = countOf(found);
    if (count > 0) return words.found(count, found.entries.isCounted);
    return found.entries.more ? words.noneYet : words.nothing;
  };

  const noteMiss = async (text, found) => {
    const { logMisses } = await faqc.search.about();
    faqc.search.noteMiss(text, countOf(found) === 0 && !found.entries.more, logMisses);
  };

  /** The first of many, and a button that shows more: of those found, then of those that are looked for when they are asked for. `tell`
   * is given what is found then, or nothing where it cannot be loaded. */
  const entriesFound = ({ entries, ...rest }, tell) => {
    if (entries.hits.length === 0 && !entries.more) return undefined;
    const list = make("ul", { class: "hits" });
    const button = make("button", { class: "button second", type: "button" });
    const place = section(words.entries, "found-entries", list, make("p", { class: "more" }, button));
    const heading = place.querySelector("h2");
    heading.tabIndex = -1;
    let [count, isBusy] = [0, false];
    const show = most => {
      // What was found by other words comes last, so that the first of it says so for all.
      const first = entries.hits.find(it => it.by);
      const items = entries.hits.slice(count, most).map(hit => entryItem(hit, hit === first && hit.by));
      list.append(...items);
      count += items.length;
      list.hidden = count === 0;
      button.hidden = count >= entries.hits.length && !entries.more;
      button.textContent = count === 0 ? words.searchOn : words.more;
      return items[0];
    };
    const showMore = async () => {
      while (count >= entries.hits.length && entries.more) entries = await entries.more();
      const first = show(count + FIRST);
      tell({ entries, ...rest });
      (first?.querySelector("a") ?? heading).focus();
    };
    button.addEventListener("click", async () => {
      if (isBusy) return;
      isBusy = true;
      button.setAttribute("aria-busy", "true");
      try {
        await showMore();
      } catch (problem) {
        console.error(problem);
        tell();
      }
      button.removeAttribute("aria-busy");
      isBusy = false;
    });
    show(FIRST);
    return place;
  };

  const look = async text => {
    // Files are waited for while symptoms are looked through.
    const [entries, symptoms, others] = await Promise.all([faqc.searchText(text), faqc.findSymptoms(text), faqc.findOthers(text)]);
    const found = { symptoms, entries, others };
    await noteMiss(text, found);
    return found;
  };

  /** What is found takes the place of what else the page offers. */
  const makeRoom = isFound => document.body.classList.toggle("found", isFound);

  const draw = ({ status, list }, text, found, isLatest) => {
    const tell = later => {
      if (!isLatest()) return;
      status.textContent = later ? statusText(later) : words.failed;
      if (later) noteMiss(text, later);
    };
    status.textContent = statusText(found);
    makeRoom(countOf(found) > 0);
    const groups = [symptomsFound(found.symptoms), entriesFound(found, tell), othersFound(found.others)];
    list.replaceChildren(...groups.filter(Boolean));
  };

  /** What is looked for comes back with the page. In its address it stands when the reader says so, and it is not too long for one. */
  const remember = (text, isAddress) => {
    const query = text === "" || text.length > LONGEST_IN_ADDRESS ? location.pathname : `?q=${encodeURIComponent(text)}`;
    history.replaceState({ ...history.state, q: text }, "", isAddress ? query + location.hash : location.href);
  };

  const setUp = (form, place) => {
    const field = form.querySelector("textarea");
    // Screen readers tell what changes in an element that was there before.
    const shown = { status: make("p", { role: "status" }), list: make("div") };
    place.replaceChildren(shown.status, shown.list);
    let timer;
    let latest = 0;

    const clear = () => {
      shown.status.textContent = "";
      shown.list.replaceChildren();
      makeRoom(false);
      place.removeAttribute("aria-busy");
    };

    const search = async isSubmitted => {
      const turn = ++latest;
      const text = field.value.trim();
      place.hidden = text === "";
      if (text === "") clear();
      else place.setAttribute("aria-busy", "true");
      try {
        remember(text, isSubmitted);
        if (text === "") return;
        const found = await look(text);
        // What was typed since then is being looked up.
        if (turn === latest) draw(shown, text, found, () => turn === latest);
      } catch (problem) {
        console.error(problem);
        if (turn === latest) {
          clear();
          shown.status.textContent = words.failed;
        }
      }
      if (turn === latest) place.removeAttribute("aria-busy");
    };

    // What every search takes is there by the time that something is typed.
    field.addEventListener("focus", () => faqc.findSymptoms("").catch(() => {}), { once: true });
    const searchAfter = pause => {
      clearTimeout(timer);
      timer = setTimeout(() => search(false), pause);
    };
    field.addEventListener("input", event => {
      clearTimeout(timer);
      // While a word is being put together from kana, it is not what the reader means.
      if (!event.isComposing) searchAfter(WHOLE.includes(event.inputType) ? 0 : PAUSE);
    });
    field.addEventListener("compositionend", () => searchAfter(0));
    field.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", event => {
      event.preventDefault();
      clearTimeout(timer);
      search(true);
    });
    field.value = history.state?.q ?? new URLSearchParams(location.search).get("q") ?? "";
    if (field.value !== "") search(false);
  };

  const form = document.getElementById("search");
  if (form && faqc.findSymptoms && faqc.searchText) setUp(form, document.getElementById("results"));
})(globalThis.faqc ??= {});
