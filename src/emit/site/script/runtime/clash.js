// Which pieces of evidence cannot be true together, and what an action's effects leave of it. Refuses to judge conditions.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  const ascending = numbers => [...new Set(numbers)].sort((a, b) => a - b);

  const clashesOf = (ready, evidence) => {
    const rows = ready.rows.filter(row => inner.isInside(row, evidence)).map(row => [row]);
    const lists = ready.clearOf.filter(rows => inner.isClear(rows, evidence));
    const knownFacts = rows => ascending(rows.flatMap(row => row.facts).filter(fact => !evidence.isWhole(fact)));
    return [...rows, ...lists].map(knownFacts);
  };

  /** Changes evidence as doing an action does. Returns the facts that are open now, whose questions may be asked anew. */
  inner.takeEffects = (ready, action, evidence) => {
    const done = ready.table.actions[action];
    if (done === undefined) return [];
    const sets = done.sets ?? [];
    for (const { fact, cells } of sets) evidence.set(fact, cells);
    const doubtful = (done.recheck ?? []).flatMap(question => ready.table.questions[question]?.facts ?? []);
    doubtful.forEach(fact => evidence.forget(fact));
    // All clashes are found before any fact is made whole, so that their order does not matter.
    const clashing = clashesOf(ready, evidence).flat().filter(fact => !sets.some(it => it.fact === fact));
    clashing.forEach(fact => evidence.forget(fact));
    return ascending([...doubtful, ...clashing]);
  };

  /** Facts (indexes, ascending) that cannot be true together, one list for each clash. `evidence` is a row, as a session has it. */
  faqc.clashes = (table, evidence) => {
    const ready = inner.ready(table);
    return clashesOf(ready, inner.evidenceOf(ready, evidence));
  };

  /** What an action (an index) makes of evidence (a row), and the facts that are open now. */
  faqc.takeEffects = (table, action, evidence) => {
    const ready = inner.ready(table);
    const changed = inner.evidenceOf(ready, evidence);
    const open = inner.takeEffects(ready, action, changed);
    return { evidence: changed.toRow(), open };
  };

  Object.assign(inner, { ascending, clashesOf });
})(globalThis.faqc ??= {});
