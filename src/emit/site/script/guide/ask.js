// The screen of a question: choices, a field for a value, and how to find the answer out. Refuses to know what follows from an answer.
(faqc => {
  "use strict";
  const { make, words } = faqc;

  /** Up to this many answers are buttons where a value can be typed as well. */
  const MOST_BUTTONS = 8;
  const TYPED = ["number", "version", "date", "date-from-today"];
  /** Of these it is easier to type one than to see between which others it lies. */
  const COMPARED = ["version", "date", "date-from-today"];

  const shownFor = (question, fact, cell) =>
    (question.shows ?? []).filter(it => it.cells[fact]?.includes(cell)).map(it => make("span", { class: "sub" }, faqc.lines(it.text)));

  const choice = (stage, fact, cell) => make("li", {}, make("button", {
    type: "button",
    onclick: () => stage.answer([{ fact, cells: [cell] }]),
  }, stage.table.facts[fact].cells[cell].label, shownFor(stage.asked, fact, cell)));

  const choices = stage => {
    const [fact] = stage.asked.facts;
    const cells = stage.table.facts[fact].cells.map((it, cell) => ({ it, cell })).filter(({ it }) => !it.not_applicable);
    const { kind } = stage.asked;
    if (TYPED.includes(kind) && cells.length > MOST_BUTTONS) return typed(stage);
    return [
      make("ul", { class: "choices" }, cells.map(({ cell }) => choice(stage, fact, cell))),
      COMPARED.includes(kind) && make("details", {}, make("summary", {}, words.typeOr), typed(stage)),
    ];
  };

  const problemText = ({ choices, expected }) => expected ? words.expected[expected] : words.oneOf(choices.join(words.comma));

  const typed = stage => {
    const problem = make("p", { class: "problem", id: "problem", role: "alert" });
    const isDay = stage.asked.kind.startsWith("date");
    const field = make("input", { id: "value", type: isDay ? "date" : "text", inputmode: stage.asked.kind === "number" && "decimal",
      autocomplete: "off", "aria-describedby": "problem" });
    const submit = event => {
      event.preventDefault();
      const read = faqc.readAnswer(stage.table, stage.question, field.value, stage.today);
      if (read.cells) return stage.answer(read.cells);
      problem.textContent = problemText(read);
      field.setAttribute("aria-invalid", "true");
      field.focus();
    };
    const unit = stage.asked.unit && make("span", {}, stage.asked.unit);
    return make("form", { novalidate: true, onsubmit: submit },
      make("label", { for: "value" }, words.typeIt),
      make("div", { class: "type" }, field, unit, make("button", { class: "button second", type: "submit" }, words.enter)), problem);
  };

  const several = stage => {
    const boxes = stage.asked.facts.map(fact => {
      const box = make("input", { type: "checkbox", value: String(fact) });
      const label = make("label", {}, box, make("span", {}, stage.table.facts[fact].label));
      return { box, fact, label };
    });
    const none = make("input", { type: "checkbox" });
    none.addEventListener("change", () => boxes.forEach(({ box }) => { if (none.checked) box.checked = false; }));
    boxes.forEach(({ box }) => box.addEventListener("change", () => { if (box.checked) none.checked = false; }));
    const problem = make("p", { class: "problem", role: "alert" });
    const cellOf = (fact, value) => stage.table.facts[fact].cells.findIndex(cell => cell.value === value);
    const submit = event => {
      event.preventDefault();
      if (!none.checked && !boxes.some(({ box }) => box.checked)) {
        problem.textContent = words.noneChosen;
        boxes[0]?.box.focus();
        return;
      }
      stage.answer(boxes.map(({ box, fact }) => ({ fact, cells: [cellOf(fact, box.checked ? "yes" : "no")] })));
    };
    return make("form", { novalidate: true, onsubmit: submit },
      make("fieldset", { class: "many" }, make("legend", {}, words.chooseSeveral), boxes.map(it => it.label),
        make("label", {}, none, make("span", {}, words.noneOfThese))),
      problem, make("p", { class: "buttons" }, make("button", { class: "button", type: "submit" }, words.answer)));
  };

  const procedures = (stage, places) => {
    const ways = places.map(place => stage.asked.procedures[place]).filter(Boolean);
    if (ways.length === 0) return undefined;
    return make("details", {}, make("summary", {}, words.findOut), ways.map(way => [
      way.when && make("p", { class: "when" }, words.caseOf(way.when)), faqc.steps(stage.context, way.steps)]));
  };

  /** First shows how to find out; without a way, or when that did not help, goes on. */
  const dontKnow = (stage, ways) => {
    const go = () => stage.unknown();
    if (ways === undefined) return make("button", { class: "link", type: "button", onclick: go }, words.unknown);
    const button = make("button", { class: "link", type: "button" }, words.unknown);
    button.addEventListener("click", () => {
      if (button.dataset.shown) return go();
      ways.open = true;
      button.dataset.shown = "yes";
      button.textContent = words.goOn;
      stage.say(words.lookFirst);
      button.before(make("p", { class: "hint" }, words.lookFirst));
      ways.querySelector("summary").focus();
    });
    return button;
  };

  faqc.screens = faqc.screens ?? {};
  faqc.screens.ask = (stage, step) => {
    const asked = stage.table.questions[step.question];
    Object.assign(stage, { question: step.question, asked });
    const ways = procedures(stage, step.procedures ?? []);
    return {
      kind: words.question,
      heading: asked.ask ? faqc.prose({ ...stage.context, isUnlinked: true }, asked.ask) : asked.label,
      body: [
        faqc.steps(stage.context, asked.notes),
        asked.kind === "any-of" ? several(stage) : choices(stage),
        ways,
        make("div", { class: "buttons" }, dontKnow(stage, ways)),
      ],
    };
  };
})(globalThis.faqc ??= {});
