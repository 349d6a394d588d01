// Whether the things of a table agree: ids told apart, questions and facts that name each other, nothing within itself.
// Refuses to look at a table with indexes out of bounds.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  /** So many lines are done within an action at most, and so many cases of texts stand within a text. The compiler keeps to it. */
  const MOST = 500;
  const LISTS = ["questions", "facts", "symptoms", "entries", "actions", "contacts", "documents", "links", "terms", "texts"];

  const takenId = list => {
    const known = new Set();
    return list.findIndex(({ id }) => known.size === known.add(id).size);
  };

  /** A question that does not list those facts that name it, each once. */
  const otherQuestion = table => {
    const named = table.questions.map(() => []);
    table.facts.forEach((fact, place) => named[fact.question].push(place));
    return table.questions.findIndex(({ facts }, at) =>
      facts.length !== named[at].length || [...facts].sort((a, b) => a - b).some((fact, place) => fact !== named[at][place]));
  };

  const otherBound = table => table.facts.findIndex(fact => {
    const { kind } = table.questions[fact.question];
    const bounds = fact.cells.flatMap(({ ge, gt, le, lt }) => [ge, gt, le, lt]).filter(it => it !== undefined && it !== null);
    return bounds.some(bound => !inner.fitsKind(kind, bound));
  });

  // What something has by itself, and the places of what stands within it, again for each time.

  const parent = action => ({ own: 0, within: [action.parent].filter(it => it !== undefined && it !== null) });
  const alternatives = action => ({ own: 0, within: action.alternatives ?? [] });

  const lines = (steps = []) => steps.flatMap(step => [step, ...(step.branches ?? []).flatMap(it => [it, ...lines(it.steps)])]);
  const done = action => {
    const all = lines(action.steps);
    return { own: all.length, within: all.filter(it => it.kind === "do").map(it => it.action) };
  };

  const said = texts => {
    const places = new Map(texts.map(({ id }, place) => [id, place]));
    return ({ cases }) => {
      const references = cases.flatMap(it => it.text).filter(it => it.ref === "text");
      return { own: cases.length, within: references.flatMap(it => it.targets).map(it => places.get(it)).filter(it => it !== undefined) };
    };
  };

  /** Where something leads back to itself, or too much stands within it: from what has nothing within it upwards. */
  const tooMuch = things => {
    const holders = things.map(() => []);
    things.forEach(({ within }, holder) => within.forEach(it => holders[it].push(holder)));
    const unknown = things.map(({ within }) => within.length);
    const putIn = things.map(() => 0);
    const known = [...things.keys()].filter(thing => unknown[thing] === 0);
    while (known.length > 0) {
      const thing = known.pop();
      if (putIn[thing] > MOST) return thing;
      for (const holder of holders[thing]) {
        putIn[holder] += things[thing].own + putIn[thing];
        unknown[holder] -= 1;
        if (unknown[holder] === 0) known.push(holder);
      }
    }
    return unknown.findIndex(it => it > 0);
  };

  /** The place of the first thing that does not agree; undefined when there is none. */
  inner.disagreement = table => {
    const place = (list, at) => at < 0 ? undefined : `${list}[${at}]`;
    const texts = table.texts ?? [];
    return LISTS.map(name => place(name, takenId(table[name] ?? []))).find(it => it !== undefined)
      ?? place("questions", otherQuestion(table))
      ?? place("facts", otherBound(table))
      ?? place("actions", tooMuch(table.actions.map(parent)))
      ?? place("actions", tooMuch(table.actions.map(alternatives)))
      ?? place("actions", tooMuch(table.actions.map(done)))
      ?? place("texts", tooMuch(texts.map(said(texts))));
  };
})(globalThis.faqc ??= {});
