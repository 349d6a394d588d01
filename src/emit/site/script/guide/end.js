// The screens at the end of a dialogue, and of answers that clash. Refuses to know how it came to that.
(faqc => {
  "use strict";
  const { make, words } = faqc;

  /** The summary, and a button that copies it. */
  faqc.summaryBox = stage => {
    const text = faqc.story.summary(stage.table, stage.moves, stage.session, {
      title: stage.title, link: location.href, today: stage.today,
    });
    const area = make("textarea", { id: "summary", readonly: true, rows: "12", spellcheck: "false" });
    area.value = text;
    const copy = async ({ currentTarget: button }) => {
      if (await faqc.copy(text)) return stage.say(words.copied, button);
      area.focus();
      area.select();
      stage.say(words.copyFailed, button);
    };
    return make("div", { class: "copy" }, make("h3", {}, make("label", { for: "summary" }, words.summary)), area,
      // A field is as high on paper as it is on the screen.
      make("pre", { class: "paper-only" }, text),
      make("p", { class: "buttons" }, make("button", { class: "button second", type: "button", onclick: copy }, words.copy)));
  };

  faqc.screens = faqc.screens ?? {};
  faqc.screens.solved = stage => ({
    kind: words.solvedKind,
    isGood: true,
    heading: words.solved,
    body: [make("p", {}, words.solvedLead), faqc.summaryBox(stage)],
  });

  faqc.screens.done = stage => ({
    kind: words.over,
    heading: words.ended,
    body: [make("p", {}, words.endedLead), faqc.summaryBox(stage)],
  });

  /** The last move that said something about a fact. */
  const moveAbout = (stage, fact) => {
    const question = stage.table.facts[fact].question;
    return stage.moves.findLastIndex(move => move.question === question);
  };

  faqc.screens.contradiction = (stage, step) => {
    const places = new Set(step.clashes.flat().map(fact => moveAbout(stage, fact)).filter(place => place >= 0));
    const item = place => {
      const { what, result } = faqc.story.line(stage.table, stage.moves[place]);
      return make("li", {}, make("span", {}, what, words.colon, make("span", { class: "answer" }, result)),
        make("button", { class: "link", type: "button", "aria-label": `${words.takeBack}${words.colon}${what}`,
          onclick: () => stage.remove(place) }, words.takeBack));
    };
    return {
      kind: words.question,
      heading: words.contradiction,
      body: [make("p", {}, words.contradictionLead), make("ul", { class: "log" }, [...places].sort((a, b) => a - b).map(item))],
    };
  };
})(globalThis.faqc ??= {});
