// Prose and steps of a table as elements: the same as on the pages. Refuses to know which step of a dialogue they belong to.
(faqc => {
  "use strict";
  const { make, words } = faqc;

  /** The words of prose. */
  faqc.plain = (prose = []) => prose.map(piece => typeof piece === "string" ? piece : piece.text).join("");

  /** Whether a reference is to a document, or a section of it, that cannot be read on the web. */
  const isOffline = ({ table }, kind, id) => {
    if (kind !== "document" && kind !== "section") return false;
    const documents = table.documents ?? [];
    const document = documents.find(it => kind === "document" ? it.id === id : it.sections?.some(section => section.id === id));
    const section = document?.sections?.find(it => it.id === id);
    return faqc.safeUrl(section?.url ?? document?.url ?? "") === undefined;
  };

  /** How the link of a reference looks, as `link_class` in src/emit/site/view.rs. */
  const linkClass = (context, kind, id, href) => {
    if (/^[a-z]+:/i.test(href)) return "out";
    if (kind === "term") return kind;
    return isOffline(context, kind, id) && "offline";
  };

  const link = (context, { ref: kind, targets, text }) => {
    if (targets.length !== 1) return several(context, kind, targets, text);
    const href = context.href(kind, targets[0]);
    if (href === undefined) return [text];
    const look = linkClass(context, kind, targets[0], href);
    return [make("a", { href, class: look, rel: look === "out" && "noopener", target: "_blank" }, text)];
  };

  const several = (context, kind, targets, text) => {
    const links = targets.map(id => [id, context.href(kind, id)]).filter(([, href]) => href !== undefined);
    if (links.length === 0) return [text];
    const items = links.flatMap(([id, href], at) => [at > 0 && words.comma, make("a", { href, target: "_blank" }, context.name(kind, id))]);
    return [text, "（", ...items, "）"];
  };

  /** A text that depends on a fact: the case that is certain, or all that may be, with their conditions. */
  const cases = (context, reference) => {
    const text = (context.table.texts ?? []).find(it => it.id === reference.targets[0]);
    if (text === undefined) return [reference.text];
    const judged = text.cases.map(it => ({ ...it, verdict: context.judge(it.condition) }));
    const certain = judged.find(it => it.verdict === "certain");
    const inner = { ...context, isInCase: true };
    if (certain) return prose(inner, certain.text);
    return judged.filter(it => it.verdict !== "excluded").map(it => make("span", { class: "case" },
      make("span", { class: "case-when" }, it.when ? words.caseOf(it.when) : words.otherwise), " ",
      make("span", { class: "case-text" }, prose(inner, it.text))));
  };

  const piece = (context, it) => {
    if (typeof it === "string") return faqc.lines(it);
    if (it.ref === "text" && !context.isInCase) return cases(context, it);
    return context.isUnlinked ? [it.text] : link(context, it);
  };

  const prose = (context, pieces = []) => pieces.flatMap(it => piece(context, it));

  const references = (context, list = []) => list.flatMap((it, at) => [at > 0 && words.comma, ...link(context, it)]);

  const mark = text => make("span", { class: "mark" }, text);

  const fence = ({ info, lines }) => {
    const caption = { 入力: words.input, input: words.input, 表示: words.output, output: words.output }[info];
    return make("figure", { class: "fence" }, caption && make("figcaption", {}, caption), make("pre", { tabindex: "0" }, lines.join("\n")));
  };

  /** What accompanies a step; `undefined` for what is done. */
  const block = (context, step) => {
    switch (step.kind) {
      case "bullet": return make("p", { class: "bullet" }, "・", prose(context, step.text));
      case "note": return make("p", { class: "note" }, mark(words.note), " ", prose(context, step.text));
      case "warning": return make("p", { class: "warning" }, mark(words.warning), " ", prose(context, step.text));
      case "fence": return fence(step);
      case "see": return make("p", { class: "see" }, mark(words.see), " ", references(context, step.references));
      default: return undefined;
    }
  };

  /** The steps that are done: of branches, those of the one that is certain. */
  const settled = (context, list) => list.flatMap(step => {
    const certain = step.branches?.find(it => context.judge(it.condition) === "certain");
    return certain ? settled(context, certain.steps) : [step];
  });

  const branches = (context, step) => {
    const open = step.branches.filter(it => context.judge(it.condition) !== "excluded");
    return make("div", { class: "branches" }, open.map(it => make("div", { class: "branch" },
      make("p", { class: "branch-when" }, it.when ? words.caseOf(it.when) : words.otherwise), steps(context, it.steps))));
  };

  /** What is done, in a sentence. */
  const deed = (context, step) => {
    switch (step.kind) {
      case "step": return prose(context, step.text);
      case "do": return words.doIt(faqc.plain(context.table.actions[step.action]?.title));
      case "contact": return words.turnTo(faqc.plain(context.table.contacts[step.contact]?.title));
      case "branches": return words.branches;
      default: return [];
    }
  };

  /** What the sentence stands for. */
  const detail = (context, step) => {
    switch (step.kind) {
      case "do": return steps(context, context.table.actions[step.action]?.steps);
      case "branches": return branches(context, step);
      default: return [];
    }
  };

  const item = (context, { step, blocks }) => {
    const sentence = deed(context, step);
    const text = context.tick ? context.tick(sentence) : make("div", { class: "deed" }, sentence);
    return make("li", {}, text, detail({ ...context, tick: undefined }, step), blocks);
  };

  /** Steps in order, numbered, each with the notes that follow it. With `context.tick` each becomes something to tick off. */
  const steps = (context, list = []) => {
    const [lead, items] = [[], []];
    for (const step of settled(context, list)) {
      const beside = block(context, step);
      if (beside === undefined) items.push({ step, blocks: [] });
      else (items.at(-1)?.blocks ?? lead).push(beside);
    }
    const numbered = items.length > 0 && make("ol", { class: context.tick ? "steps ticks" : "steps" }, items.map(it => item(context, it)));
    return [...lead, numbered].filter(Boolean);
  };

  Object.assign(faqc, { prose, steps, references });
})(globalThis.faqc ??= {});
