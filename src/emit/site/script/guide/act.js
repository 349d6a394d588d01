// The screens of what to do: an action with steps to tick off, a contact, an entry to read. Refuses to know what follows.
(faqc => {
  "use strict";
  const { make, words, plain } = faqc;

  /** Ticks last through going back and reloading, with this step of the browser's history. */
  const ticker = stage => {
    const done = new Set(history.state?.ticks ?? []);
    let count = 0;
    const tick = children => {
      const at = count++;
      const box = make("input", { type: "checkbox", checked: done.has(at) });
      box.addEventListener("change", () => {
        if (box.checked) done.add(at);
        else done.delete(at);
        history.replaceState({ ...history.state, ticks: [...done] }, "");
        stage.say(words.ticked(done.size, count));
      });
      return make("label", { class: "tick" }, box, make("span", { class: "deed" }, children));
    };
    return { tick, hasSteps: () => count > 0 };
  };

  const more = (stage, entry) => {
    const { context } = stage;
    const causes = (entry.causes ?? []).map(cause => make("li", {}, faqc.prose(context, cause.title)));
    const href = context.href("entry", entry.id);
    return make("details", {},
      make("summary", {}, faqc.story.numbered(entry)),
      causes.length > 0 && [make("p", { class: "mark" }, words.causes), make("ul", { class: "causes" }, causes)],
      href && make("p", {}, make("a", { href, target: "_blank" }, words.aboutEntry)));
  };

  const button = (text, onclick, isSecond) =>
    make("button", { class: isSecond ? "button second" : "button", type: "button", onclick }, text);

  /** What the reader can say of what is proposed: the move that follows when it was done, when it solved the problem, when it cannot be. */
  const outcomes = (stage, by) => ({
    next: () => stage.move(by),
    solved: () => stage.move({ kind: "solved", by }),
    declined: () => stage.move({ kind: "declined", by }),
  });

  const buttons = (...all) => make("div", { class: "buttons" }, all);

  const afterStep = ({ next, solved, declined }, head, goOn) => [make("h3", {}, head),
    buttons(button(goOn, next), button(words.alreadySolved, solved, true), button(words.decline, declined, true))];

  const afterDeed = ({ next, solved, declined }, asked) => [make("h3", {}, asked),
    buttons(button(words.yes, solved), button(words.no, next, true), button(words.decline, declined, true))];

  /** The conditions, in words, under which an entry offers an action: its own, of the cause that this is against, and the action's. */
  const conditions = (table, entry, lineage) => {
    const offer = entry.actions?.find(it => table.actions[it.action] === lineage[0]);
    const cause = entry.causes?.[offer?.cause];
    return [entry, cause, ...lineage].map(it => it?.when).filter(Boolean);
  };

  faqc.screens = faqc.screens ?? {};
  faqc.screens.do = (stage, step) => {
    const { table, context } = stage;
    const action = table.actions[step.action];
    const entry = table.entries[step.entry];
    const { tick, hasSteps } = ticker(stage);
    const lineage = faqc.story.lineage(table, step.action);
    const parts = lineage.map(it => faqc.steps({ ...context, tick }, it.steps));
    const when = conditions(table, entry, lineage).join(words.comma);
    const can = outcomes(stage, { kind: "done", action: step.action });
    const own = lineage.findLast(it => it.solved);
    const after = {
      solve: () => afterDeed(can, own ? faqc.prose(context, own.solved) : words.helped),
      finds: () => afterStep(can, words.checkedHead, words.checked),
      then: () => afterStep(can, words.doneHead, words.doneNext),
    };
    const contacts = (action.contacts ?? []).map(contact => card(stage, table.contacts[contact]));
    return {
      kind: words.remedy,
      heading: plain(action.title) || plain(entry.title),
      body: [
        !step.certain && when && make("p", { class: "warning" }, make("span", { class: "mark" }, words.onlyIf), " ", when),
        hasSteps() && make("p", { class: "hint" }, words.steps),
        parts,
        faqc.steps(context, entry.notes),
        contacts,
        action.see && make("p", { class: "see" }, make("span", { class: "mark" }, words.see), " ", faqc.references(context, action.see)),
        after[faqc.story.purpose(lineage)](),
        more(stage, entry),
      ],
    };
  };

  const row = (label, value) => make("div", {}, make("dt", {}, label), make("dd", {}, value));

  const webLink = url => {
    const href = faqc.safeUrl(url);
    return href === undefined ? url : make("a", { href, class: "out", rel: "noopener", target: "_blank" }, url);
  };

  /** The words of prose that has no links of its own. */
  const unlinked = prose => prose.every(piece => typeof piece === "string") ? prose.join("") : "";

  /** As in src/emit/site/view.rs: a telephone number that is called, a mail address that is written to. */
  const called = prose => {
    const number = unlinked(prose).normalize("NFKC").replace(/[\s‐−ー-]/g, "");
    return /^\+?\d{9,15}$/.test(number) ? `tel:${number}` : undefined;
  };
  const writtenTo = prose => {
    const address = unlinked(prose).trim();
    return /^[\w.+-]+@[\w.+-]+$/.test(address) ? `mailto:${address}` : undefined;
  };

  const reached = (context, prose, href) => {
    const text = faqc.prose(context, prose);
    return href === undefined ? text : make("a", { href }, text);
  };

  const card = ({ context }, contact) => make("div", { class: "contact" },
    make("h3", {}, faqc.prose({ ...context, isUnlinked: true }, contact.title)),
    make("dl", {},
      contact.tel && row(words.call, make("span", { class: "tel" }, reached(context, contact.tel, called(contact.tel)))),
      contact.mail && row(words.mail, reached(context, contact.mail, writtenTo(contact.mail))),
      contact.url && row(words.web, webLink(contact.url)),
      contact.hours && row(words.hours, faqc.prose(context, contact.hours)),
      contact.tell && row(words.tell, faqc.prose(context, contact.tell))),
    faqc.steps(context, contact.notes));

  faqc.screens.contact = (stage, step) => {
    const contact = stage.table.contacts[step.contact];
    const { next, solved, declined } = outcomes(stage, { kind: "contact", contact: step.contact });
    return {
      kind: words.contact,
      heading: words.turnTo(plain(contact.title)),
      body: [
        card(stage, contact),
        faqc.summaryBox(stage),
        make("h3", {}, words.afterContact),
        buttons(button(words.contactSolved, solved), button(words.contactFailed, next, true), button(words.contactDecline, declined, true)),
      ],
    };
  };

  faqc.screens.tell = (stage, step) => {
    const entry = stage.table.entries[step.entry];
    return {
      kind: words.read,
      heading: faqc.story.numbered(entry),
      body: [
        (entry.causes ?? []).map(cause => make("p", {}, faqc.prose(stage.context, cause.title))),
        faqc.steps(stage.context, entry.notes),
        entry.see && make("p", { class: "see" }, make("span", { class: "mark" }, words.see), " ", faqc.references(stage.context, entry.see)),
        more(stage, { ...entry, causes: [] }),
        afterDeed(outcomes(stage, { kind: "told", entry: step.entry }), words.helped),
      ],
    };
  };
})(globalThis.faqc ??= {});
